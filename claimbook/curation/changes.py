"""Who changed the files of claims and when, and by which day a base is judged, as Git tells it."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from claimbook.loading.load import load
from claimbook.records import Base, Change, UserError, folded
from claimbook.records.grouping import reachable

# Between NULs, which neither a name nor a message of Git can hold.
_HEAD = (
    "%x00%x00%as%x00%cs%x00%aN%x00%aE%x00%(trailers:key=Co-authored-by,valueonly,separator=%x02)"
)
_COMMIT = re.compile(
    "\0\0" + r"(\d{4}-\d\d-\d\d)\0(\d{4}-\d\d-\d\d)\0([^\0]*)\0([^\0]*)\0([^\0]*)\0"
)
_ENTRY = re.compile(
    r":+(?:\d+ )+(?:[0-9a-f]+ )*(?P<blob>[0-9a-f]+) "
    r"(?:R\d+\0(?P<old>[^\0]+)|(?P<status>[A-Z])[A-Z]*\d*)\0(?P<path>[^\0]+)\0"
)


def load_with_changes(root: Path) -> Base:
    """The base of a folder, with who changed its claims, as far as Git tells.

    Raises:
        LoadError: something is wrong with our own files.
    """
    return replace(load(root), changes=changes(root))


def changes(root: Path) -> Mapping[str, tuple[Change, ...]]:
    """The changes of each file of claims, newest first, with their authors by `.mailmap`.

    Those of a file's earlier names are among them: who renames it did not write it. A file that is
    not as it was committed has none, as nobody is known to have written it; nor has any file
    without Git, or with only a part of its history.
    """
    files: dict[str, dict[int, Change]] = {}
    before: dict[str, set[str]] = {}  # the earlier names of each
    try:
        for number, commit in enumerate(commits(root, "-c")):
            change = Change(date.fromisoformat(commit.written), commit.authors)
            for entry in commit.entries:
                files.setdefault(entry.path, {})[number] = change
                if entry.old:
                    before.setdefault(entry.path, set()).add(entry.old)
        unsaved = git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", "claims")
    except (OSError, subprocess.CalledProcessError, ValueError):
        return {}
    found = {}
    for name in files.keys() - set(unsaved.decode().split("\0")):
        names = reachable([name], lambda each: before.get(each, ()))
        own = {number: change for each in names for number, change in files.get(each, {}).items()}
        found[name] = tuple(own[number] for number in sorted(own))
    return found


def as_of(root: Path) -> date:
    """The day by which a base is judged, the same for the same commit.

    That of SOURCE_DATE_EPOCH; else of the newest commit; else today.

    Raises:
        UserError: SOURCE_DATE_EPOCH names no day.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return _day(int(epoch))
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH is not a time in seconds since 1970: {epoch!r}"
            raise UserError(message) from error
    try:
        return _day(int(git(root, "log", "-1", "--no-show-signature", "--format=%ct")))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return datetime.now(UTC).date()


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


# --- Git ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit did to a file: its path below the root, and what it then held.

    `old` is its path before, if it was renamed.
    """

    path: str
    blob: str
    added: bool
    old: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: the day it was written and the day it was committed, its authors by `.mailmap`."""

    written: str
    committed: str
    authors: frozenset[str]
    entries: tuple[Entry, ...]


def commits(root: Path, *options: str) -> Iterator[Commit]:
    """The commits that changed files of claims, newest first; none where a part of them is missing.

    Args:
        options: which commits, and how merges are compared, as `git log` has it.
    Raises:
        OSError: there is no Git.
        subprocess.CalledProcessError: the folder is in no repository, or without a commit.
        UnicodeDecodeError: Git holds what is not UTF-8.
    """
    if git(root, "rev-parse", "--is-shallow-repository").strip() != b"false":
        return
    above = len(git(root, "rev-parse", "--show-prefix").decode().rstrip("\n"))
    log = ["log", "--no-show-signature", "--raw", "--no-abbrev", "-M", "-z", *options]
    _, *parts = _COMMIT.split(git(root, *log, f"--format={_HEAD}", "--", "claims").decode())
    for written, committed, name, email, others, entries in zip(*[iter(parts)] * 6, strict=True):
        authors = {name, email}
        for other in others.split("\x02"):  # "Name <e-mail>"
            authors |= {part.strip(" <>") for part in other.split("<")}
        yield Commit(
            written,
            committed,
            frozenset(folded(author) for author in authors if author),
            tuple(
                Entry(
                    found["path"][above:],
                    found["blob"],
                    found["status"] == "A",
                    found["old"] and found["old"][above:],
                )
                for found in _ENTRY.finditer(entries)
            ),
        )


def git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """What a command of Git prints."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout
