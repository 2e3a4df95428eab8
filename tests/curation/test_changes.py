"""Who changed a file, and by which day a base is judged: read from Git as it is used."""

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from claimbook.curation.changes import as_of, changes
from claimbook.records import UserError

Git = Callable[..., None]
FILE = "claims/topic/a.yaml"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Git in a new repository, where nothing of this machine's own settings counts."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def run(
        *arguments: str, by: str = "Anna Example <anna@example.org>", on: str = "2002-02-01"
    ) -> None:
        name, _, email = by.strip(">").partition(" <")
        day = f"{on}T12:00:00+00:00"
        own = {"NAME": name, "EMAIL": email, "DATE": day}
        environment = {
            f"GIT_{who}_{key}": value
            for who in ("AUTHOR", "COMMITTER")
            for key, value in own.items()
        }
        subprocess.run(
            ["git", "-C", str(tmp_path), *arguments],
            check=True,
            capture_output=True,
            env=os.environ | environment,
        )

    run("init", "-q")
    return run


def commit(git: Git, root: Path, text: str, message: str = "Change", **who: str) -> None:
    path = root / "base" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    git("add", ".")
    git("commit", "-q", "-m", message, **who)


def test_changes_are_told_newest_first_with_all_their_authors(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "one")
    both = "Change\n\nCo-authored-by: Cara Example <cara@example.org>"
    commit(git, tmp_path, "two", both, by="Bert Example <bert@example.org>", on="2002-02-03")
    found = changes(tmp_path / "base")
    assert list(found) == [FILE]
    assert [(each.on, set(each.authors)) for each in found[FILE]] == [
        (date(2002, 2, 3), {"bert example", "bert@example.org", "cara example", "cara@example.org"}),
        (date(2002, 2, 1), {"anna example", "anna@example.org"}),
    ]  # fmt: skip
    assert as_of(tmp_path / "base") == date(2002, 2, 3)


def test_a_mailmap_tells_who_is_who(git: Git, tmp_path: Path) -> None:
    (tmp_path / ".mailmap").write_text("Anna Example <anna@example.org> <a@old.example.org>\n")
    commit(git, tmp_path, "one", by="annie <a@old.example.org>")
    assert changes(tmp_path / "base")[FILE][0].authors == {"anna example", "anna@example.org"}


@pytest.mark.parametrize("staged", [False, True])
def test_what_is_not_committed_has_no_author(git: Git, tmp_path: Path, staged: bool) -> None:
    commit(git, tmp_path, "one")
    (tmp_path / "base" / FILE).write_text("two")
    (tmp_path / "base" / "claims" / "topic" / "new.yaml").write_text("new")
    if staged:
        git("add", ".")
    assert not changes(tmp_path / "base")


def test_a_part_of_the_history_or_none_tells_nothing(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "one")
    commit(git, tmp_path, "two")
    clone = tmp_path / "clone"
    git("clone", "-q", "--depth", "1", f"file://{tmp_path}", str(clone))
    assert not changes(clone / "base")
    assert not changes(Path(os.sep))
    assert abs((as_of(Path(os.sep)) - datetime.now(UTC).date()).days) <= 1


def test_who_renames_a_file_did_not_write_it(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "".join(f"{n}: words\n" for n in range(9)))
    git("mv", f"base/{FILE}", "base/claims/topic/b.yaml")
    git("commit", "-q", "-m", "Rename", by="Bert Example <bert@example.org>")
    found = changes(tmp_path / "base")["claims/topic/b.yaml"]
    assert [min(each.authors) for each in found] == ["bert example", "anna example"]


def test_what_a_merge_changed_of_its_own_has_an_author(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "one")
    git("checkout", "-q", "-b", "side")
    commit(git, tmp_path, "two")
    git("checkout", "-q", "-")
    git("merge", "-q", "--no-ff", "--no-commit", "side")
    commit(git, tmp_path, "three", by="Bert Example <bert@example.org>")
    found = changes(tmp_path / "base")[FILE]
    assert [min(each.authors) for each in found] == ["bert example", *["anna example"] * 2]


@pytest.mark.parametrize("sign", ["\x01", "\x02", "\x1f", "\\0", ":100644"])
def test_what_a_message_holds_is_no_commit(git: Git, tmp_path: Path, sign: str) -> None:
    forged = f"Change\n\nCo-authored-by: C{sign}2002-03-01{sign}{sign}D <d@example.org>{sign}"
    commit(git, tmp_path, "one", forged)
    (tmp_path / "base" / "claims" / "a\nb.md").write_text("a name of two lines")
    commit(git, tmp_path, "two")
    found = changes(tmp_path / "base")[FILE]
    assert [each.on for each in found] == [date(2002, 2, 1)] * 2
    assert all("anna example" in each.authors for each in found)


def test_the_day_can_be_set(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, tmp_path, "one")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1041379200")
    assert as_of(tmp_path / "base") == date(2003, 1, 1)


@pytest.mark.parametrize("epoch", ["abc", "9" * 30])
def test_what_is_no_day_is_named(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UserError, match="SOURCE_DATE_EPOCH is not a time in seconds since 1970"):
        as_of(Path(os.sep))
