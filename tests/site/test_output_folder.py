"""A build replaces only what a build made, and repairs what a killed build left."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, WEIGHT_LOSS, WEIGHT_LOSS_TEXTS, build
from factories import small_base

import build_site
from claimbook.records import UserError
from claimbook.site.output_folder import (
    MARKER,
    PROJECT,
    STALE,
    beside,
    refuse,
    replace,
)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a file in every folder of its own."""
    for name in PROJECT:
        (tmp_path / "project" / name).mkdir(parents=True)
        (tmp_path / "project" / name / "kept.txt").write_text("kept")
    return tmp_path / "project"


@pytest.mark.parametrize(
    "out",
    [
        ".",
        "..",
        "/",
        *PROJECT,
        "claims/site",
        "docs/a/b",
        ".git/hooks",
        "site/../sources",
        "./claimbook/",
        "../project",
    ],
)
@pytest.mark.parametrize("marked", [False, True])
def test_no_part_of_the_project_is_replaced(out: str, marked: bool, project: Path) -> None:
    if marked:
        for folder in (project.parent, project, project / "claims", project / "docs"):
            (folder / MARKER).write_text("claimbook")
    with pytest.raises(UserError, match="name another folder"):
        refuse(project / out, project)
    with pytest.raises(UserError, match="name another folder"):
        refuse(project / out, project.parent / "elsewhere", project)


def test_a_linked_folder_of_the_project_is_not_replaced_either(project: Path) -> None:
    (project / "claims").rename(project.parent / "records")
    (project / "claims").symlink_to(project.parent / "records")
    for out in (project.parent / "records", project.parent / "records/site"):
        with pytest.raises(UserError, match="part of the project"):
            refuse(out, project)


def linked(path: Path) -> None:
    path.with_name("target").mkdir()
    (path.with_name("target") / MARKER).write_text("claimbook")
    path.symlink_to(path.with_name("target"))


def with_linked_marker(path: Path) -> None:
    path.mkdir()
    path.with_name("target").write_text("claimbook")
    (path / MARKER).symlink_to(path.with_name("target"))


def with_files(path: Path) -> None:
    path.mkdir()
    (path / "index.html").write_text("a site, or somebody's thesis")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (with_files, "delete it yourself"),
        (linked, "is a symbolic link"),
        (with_linked_marker, "delete it yourself"),
        (lambda path: path.symlink_to(path), "is a symbolic link"),
        (lambda path: path.write_text(""), "is not a folder"),
        (lambda path: (path / MARKER).mkdir(parents=True), "delete it yourself"),
    ],
)
def test_what_no_build_made_is_refused(
    make: Callable[[Path], object], why: str, project: Path
) -> None:
    make(project / "site")
    with pytest.raises(UserError, match=why) as error:
        refuse(project / "site", project)
    assert str(project / "site") in str(error.value)
    assert "\n" not in str(error.value)


def test_a_new_folder_an_empty_one_and_a_site_are_let_pass(project: Path) -> None:
    out = project / "site"
    refuse(out, project)
    out.mkdir()
    refuse(out, project)
    with beside(out) as folder:
        (folder / "site").mkdir()
        (folder / "site" / "index.html").write_text("new")
        replace(out, folder / "site")
    assert {path.name for path in out.iterdir()} == {"index.html", MARKER}
    assert (out / MARKER).read_text().startswith("claimbook")
    refuse(out, project)
    assert not list(project.glob(".site-*"))


@pytest.mark.parametrize("epoch", ["abc", "-5", "1.5", "4294967296", "9" * 400])
def test_a_day_that_is_none_is_said_in_one_line(
    epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setattr(sys, "argv", ["build_site.py", "--out", str(tmp_path / "site")])
    assert build_site.main() == 2
    said = capsys.readouterr().err
    assert said.startswith("SOURCE_DATE_EPOCH is not a time in seconds since 1970")
    assert "Traceback" not in said


def test_pages_are_written_as_files_only_where_a_build_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_site, "ROOT", WEIGHT_LOSS)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "index.md").write_text("a thesis")
    (tmp_path / "new" / "claims").mkdir(parents=True)
    (tmp_path / "new" / "index.md").write_text("as an earlier build wrote it")
    (tmp_path / "new" / MARKER).touch()
    os.utime(tmp_path / "new" / MARKER, (0, 0))
    for folder, code in (("own", 2), ("new", 0)):
        monkeypatch.setattr(sys, "argv", ["build_site.py", "--pages", str(tmp_path / folder)])
        assert build_site.main() == code
    assert (tmp_path / "new" / MARKER).stat().st_mtime > 0, "the next build may write there, too"
    assert (tmp_path / "new" / "index.md").read_text(encoding="utf-8").startswith("---\n")
    assert contents(tmp_path / "own") == {tmp_path / "own" / "index.md": b"a thesis"}
    written = (tmp_path / "new/claims/shot-lowers-weight.md").read_text(encoding="utf-8")
    assert written.startswith("---\n")
    assert "our weekly shot cures obesity for good" in written
    assert (tmp_path / "new/data/claims.json").is_file()
    assert not (tmp_path / "new/index.html").exists()


def interrupted(out: Path, mark: str | None = None) -> Path:
    """A temporary folder as a killed build leaves it, the earlier site moved into it."""
    folder = out.parent / f".site-{len(list(out.parent.iterdir()))}"
    (folder / "earlier").mkdir(parents=True)
    (folder / MARKER).write_text(out.name if mark is None else mark)
    (folder / "earlier" / MARKER).write_text("claimbook")
    (folder / "earlier" / "index.html").write_text(folder.name)
    return folder


def age(folder: Path, seconds: float) -> None:
    os.utime(folder, (time.time() - seconds, time.time() - seconds))


def test_a_site_that_a_killed_build_moved_away_is_put_back(tmp_path: Path) -> None:
    out = tmp_path / "site"
    older, newer, other = interrupted(out), interrupted(out), interrupted(out, "another")
    age(older, STALE + 60)
    age(newer, 60)
    with beside(out):
        assert (out / "index.html").read_text() == newer.name
    assert (out / "index.html").read_text() == newer.name
    assert not older.exists()
    assert (other / "earlier" / "index.html").exists()


def test_only_old_temporary_folders_of_this_site_are_swept(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (tmp_path / "x").mkdir()
    stale, recent, other, linked_to = (
        interrupted(out),
        interrupted(out),
        interrupted(out, "another"),
        interrupted(tmp_path / "x" / "site"),
    )
    somebodys = tmp_path / ".site-backup"
    somebodys.mkdir()
    (tmp_path / ".site-link").symlink_to(linked_to)
    for folder in (stale, other, somebodys, linked_to):
        age(folder, STALE + 60)
    age(recent, STALE - 60)
    with beside(out):
        assert not stale.exists()
    assert all(
        folder.exists()
        for folder in (recent, other, somebodys, linked_to / "earlier", tmp_path / ".site-link")
    )


def test_a_site_that_cannot_be_put_in_place_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    with_files(out)
    rename = Path.rename

    def interrupt(path: Path, target: Path) -> Path:
        if path.name == "site" and target == out:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupt)
    with beside(out) as folder:
        (folder / "site").mkdir()
        with pytest.raises(KeyboardInterrupt):
            replace(out, folder / "site")
    assert (out / "index.html").read_text() == "a site, or somebody's thesis"
    assert {path.name for path in tmp_path.iterdir()} == {"site"}


@pytest.mark.parametrize("out", ["thesis", "base", "base/claims"])
def test_the_command_refuses_and_touches_nothing(out: str, tmp_path: Path) -> None:
    for name in ("base/claims", "thesis"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "kept.txt").write_text("kept")
    before = contents(tmp_path)
    done = build(tmp_path / out, root=tmp_path / "base")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"cannot write: {tmp_path / out} ")
    assert done.stderr.endswith("\nnothing was built\n")
    assert contents(tmp_path) == before


def test_a_stopped_build_leaves_the_earlier_site_alone_and_the_next_gives_the_same_bytes(
    tmp_path: Path, weight_loss_site: Path
) -> None:
    out, base = tmp_path / "site", tmp_path / "base"
    shutil.copytree(weight_loss_site, out)
    before = contents(out)
    small_base({}, base)  # which is soon ready to be written
    for number in (signal.SIGTERM, signal.SIGINT):
        started = subprocess.Popen(
            [sys.executable, str(ROOT / "build_site.py"), "--out", str(out)],
            env={**os.environ, "CLAIMBOOK_ROOT": str(base)},
            stderr=subprocess.PIPE,
            text=True,
        )
        while not list(tmp_path.glob(".site-*/*")) and started.poll() is None:
            time.sleep(0.01)
        started.send_signal(number)
        _, said = started.communicate(timeout=120)
        assert started.returncode == 130, said
        assert said.split() == ["interrupted"]
        assert contents(out) == before
        assert {path.name for path in tmp_path.iterdir()} == {"base", "site"}
    (out / "index.html").write_text("an earlier site")
    done = build(out, "--strict", root=WEIGHT_LOSS, **WEIGHT_LOSS_TEXTS)
    assert done.returncode == 0, done.stderr
    after = contents(out)
    assert after.keys() == before.keys()
    assert [str(path) for path in after if after[path] != before[path]] == []
