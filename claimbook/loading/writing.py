"""Writing records: every file or none, and never over what somebody else wrote meanwhile."""

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from claimbook.loading import cache
from claimbook.loading.record_files import FOLDERS, JOURNAL
from claimbook.records import UserError


class Records:
    """The records of a base as a command found them, to be written into only as they were then."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.found = self._state()

    def write(self, contents: Mapping[Path, bytes]) -> None:
        """Write as `write_all` does.

        Raises:
            UserError: nothing was written; also where somebody else wrote meanwhile.
        """
        with alone(self.root):
            if self._state() != self.found:
                raise UserError(f"{self.root}: its records changed meanwhile: nothing was written")
            write_all(contents, self.root / JOURNAL if len(contents) > 1 else None)

    def edit(self, edits: Mapping[str, Callable[[str], str]]) -> None:
        """Write what each edit makes of its file: into all files or, raising as `write`, none."""
        contents = {}
        for file, edit in edits.items():
            path = self.root / file
            try:
                contents[path] = edit(path.read_bytes().decode("utf-8")).encode()
            except ValueError as error:
                raise UserError(f"{path}: {error}", "nothing was written") from error
        self.write(contents)

    def _state(self) -> str:
        try:
            return cache.digest(cache.listing(self.root / name for name in FOLDERS))
        except OSError:  # loading tells which file cannot be looked at
            return ""


@contextlib.contextmanager
def alone(folder: Path, wait: bool = True) -> Iterator[None]:
    """Keep other commands out of a folder while this one writes there, or until it ends.

    Where another is there already, wait for it, or raise UserError.
    """
    try:
        import fcntl
    except ImportError:  # on Windows, two that write in the same moment are not kept apart
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        why = "another run writes there; wait for it, or name another folder"
        raise UserError(f"{folder}: {why}") from error
    except OSError:  # a file system without locks
        pass
    try:
        yield
    finally:
        os.close(handle)


def finish(root: Path) -> None:
    """Put files in their place that a killed command had written whole beside them."""
    journal = root / JOURNAL
    try:
        with alone(root):  # who still writes is not disturbed
            if not journal.exists():
                return
            for beside, place in json.loads(journal.read_text("utf-8")):
                if (root / beside).exists():
                    (root / beside).replace(root / place)
                (root / f"{beside}.old").unlink(missing_ok=True)
            journal.unlink()
    except (OSError, ValueError, TypeError) as error:
        why = f"a write was broken off and cannot be finished: {error}"
        raise UserError(f"{journal}: {why}") from error


def write_all(contents: Mapping[Path, bytes], journal: Path | None = None) -> None:
    """Write every file or none: first beside the old ones, then in their place.

    Only a plain file is ever replaced: a link, a device or a pipe would become one. From the
    *journal*, which is there while they are put in place, `finish` puts the rest there, should this
    process be killed.

    Raises:
        UserError: nothing was written.
    """
    for each in contents:
        if os.path.lexists(each) and (each.is_symlink() or not each.is_file()):
            why = "not a plain file; write to another, or to - for standard output"
            raise UserError(f"{each}: {why}")
    fresh = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in contents}
    old = {path: each.with_name(f"{each.name}.old") for path, each in fresh.items()}
    replaced: list[Path] = []
    path = None
    try:
        for path, content in contents.items():
            fresh[path].write_bytes(content)
            if path.exists():
                shutil.copymode(path, fresh[path])
                shutil.copy2(path, old[path])
        if journal:
            rows = [[os.path.relpath(p, journal.parent) for p in (fresh[q], q)] for q in fresh]
            draft = journal.with_name(f"{journal.name}.{os.getpid()}")
            draft.write_text(json.dumps(rows), "utf-8")
            draft.replace(journal)
        for path in contents:
            replaced.append(path)
            fresh[path].replace(path)
    except BaseException as error:  # an interrupt too
        for each in replaced:
            with contextlib.suppress(OSError):
                old[each].replace(each) if old[each].exists() else each.unlink()
        if isinstance(error, OSError):
            raise UserError(f"{path}: {error.strerror}") from error
        raise
    finally:
        for each in (*([journal] if journal else []), *fresh.values(), *old.values()):
            with contextlib.suppress(OSError):
                each.unlink(missing_ok=True)
