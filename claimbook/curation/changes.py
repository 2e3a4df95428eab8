"""Who changed the files of claims and when, and by which day a base is judged, as Git tells it."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from claimbook.curation.git_log import commits, git
from claimbook.loading.load import load
from claimbook.records import Base, Change, UserError


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
        names, own = [name], dict[int, Change]()
        for each in names:
            names += before.get(each, set()) - {*names}
            own |= files.get(each, {})
        found[name] = tuple(change for _, change in sorted(own.items()))
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
