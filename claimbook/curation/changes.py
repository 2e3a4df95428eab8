"""Who changed the files of claims and when, and by which day a base is judged, as Git tells it."""

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from claimbook.records import Change

_LOG = ("log", "--relative", "--name-only", "--no-renames", "--no-merges", "-z")
_FORMAT = (
    "--format=%x01%as%x02%aN%x02%aE%x02%(trailers:key=Co-authored-by,valueonly,separator=%x02)"
)


def changes(root: Path) -> Mapping[str, tuple[Change, ...]]:
    """The changes of each file of claims, newest first, with their authors by `.mailmap`.

    A file that is not as it was committed has none, as nobody is known to have written it; nor has
    any file without Git, or with only a part of its history.
    """
    try:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
            return {}
        log = _git(root, *_LOG, _FORMAT, "--", "claims")
        unsaved = _git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", "claims")
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return {}
    files: dict[str, list[Change]] = {}
    for commit in log.split("\x01")[1:]:
        head, *names = commit.replace("\n", "\0").split("\0")
        day, name, email, *others = head.split("\x02")
        authors = {name, email}
        for other in others:  # "Name <e-mail>"
            authors |= {part.strip(" <>") for part in other.split("<")}
        change = Change(date.fromisoformat(day), frozenset(a.casefold() for a in authors if a))
        for file in filter(None, names):
            files.setdefault(file, []).append(change)
    return {name: tuple(each) for name, each in files.items() if name not in unsaved.split("\0")}


def as_of(root: Path) -> date:
    """The day by which a base is judged, the same for the same commit.

    That of SOURCE_DATE_EPOCH; else of the newest commit; else today.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return _day(int(epoch))
    try:
        return _day(int(_git(root, "log", "-1", "--format=%ct")))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return datetime.now(UTC).date()


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
