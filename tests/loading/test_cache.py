"""A kept result is used only for the very same files, and only if it is whole."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from claimbook.loading import cache


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file were old enough to trust."""
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3600 * 10**9)


def folder(path: Path) -> Path:
    (path / "deep").mkdir(parents=True)
    for name in ("a.yaml", "deep/b.yaml"):
        (path / name).write_text("a: 1\n")
    return path


def put_back_time(path: Path) -> None:
    before = (path / "a.yaml").stat()
    (path / "a.yaml").write_text("b: 1\n")
    os.utime(path / "a.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))


def replace_by_a_twin(path: Path) -> None:
    before = (path / "deep/b.yaml").stat()
    (path / "twin").write_text("b: 1\n")
    os.utime(path / "twin", ns=(before.st_atime_ns, before.st_mtime_ns))
    (path / "twin").replace(path / "deep/b.yaml")


@pytest.mark.parametrize(
    "change",
    [
        put_back_time,
        replace_by_a_twin,
        lambda path: (path / "a.yaml").rename(path / "c.yaml"),
        lambda path: (path / "deep/b.yaml").unlink(),
        lambda path: (path / "deep/c.yaml").touch(),
        lambda path: (path / "a.yaml").chmod(0o600),
    ],
)
def test_every_change_gives_another_fingerprint(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    place = folder(tmp_path / "base")
    before = cache.fingerprint([place])
    assert before is not None
    assert cache.fingerprint([place]) == before
    change(place)
    assert cache.fingerprint([place]) not in (before, None)


def test_what_matters_beside_files(tmp_path: Path) -> None:
    place = folder(tmp_path / "base")
    assert cache.fingerprint([place], "https://a.example") != cache.fingerprint([place], "")


@pytest.mark.parametrize(
    ("name", "target", "known"),
    [
        (".#a.yaml", "user@host.1:2", True),  # an editor's lock
        ("loop", ".", True),
        ("README", "gone", False),
        ("itself", "itself", False),
    ],
)
def test_a_link_that_leads_nowhere_only_costs_time(
    name: str, target: str, known: bool, tmp_path: Path
) -> None:
    place = folder(tmp_path / "base")
    (place / name).symlink_to(target)
    assert (cache.fingerprint([place]) is not None) is known


KEPT = "a line\nsome text: it says error\r\nand more\n"


@pytest.mark.parametrize(
    "damaged",
    [
        KEPT[:-9],
        KEPT.replace("error", "note"),
        KEPT + "\0" * 4096,
        KEPT.replace("\n", "\r\n"),
        "",
    ],
)
def test_a_damaged_result_is_a_miss(damaged: str, tmp_path: Path) -> None:
    line, _, text = KEPT.partition("\n")
    cache.keep(tmp_path, "it", "key", line, text)
    assert cache.recall(tmp_path, "it", "key") == (line, text)
    assert cache.recall(tmp_path, "it", "other key") is None
    path = tmp_path / cache.FOLDER / "it"
    path.write_bytes(path.read_bytes().replace(KEPT.encode(), damaged.encode()))
    assert cache.recall(tmp_path, "it", "key") is None
