"""The commits that changed the files of claims, as Git tells them."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimbook.records import folded

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
        root: the folder of the base.
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
