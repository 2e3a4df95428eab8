"""What a run came to, kept for an unchanged base: only names, sizes and times of files are read to know that it is.

Like Git's index: a file that was changed so lately that a second change could have the same time is never trusted. Kept as
plain text, never as code.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = ".claimbook-cache"
_FRESH = 2_000_000_000  # nanoseconds in which a file may change again without its time telling


def fingerprint(places: Iterable[Path]) -> str | None:
    """A digest of the name, size and time of every file below the places; None where some file is too fresh to trust."""
    digest = hashlib.blake2b(digest_size=16)
    newest = 0
    for place in places:
        digest.update(os.fsencode(place) + b"\n")
        for name, size, changed in _files(str(place)):
            newest = max(newest, changed)
            digest.update(b"%s\0%d\0%d\n" % (os.fsencode(name), size, changed))
    return digest.hexdigest() if newest < time.time_ns() - _FRESH else None


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            stat = entry.stat()
            yield entry.path, stat.st_size, stat.st_mtime_ns


def recall(root: Path, name: str, key: str) -> str | None:
    """What was kept under a name, if it was kept for this very key."""
    try:
        held, _, content = (root / FOLDER / name).read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return content if held == key else None


def keep(root: Path, name: str, key: str, content: str) -> None:
    """Keep a text under a name for a key; a folder that cannot be written to is no reason to fail."""
    with contextlib.suppress(OSError):
        folder = root / FOLDER
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        fresh = folder / f"{name}.{os.getpid()}"
        fresh.write_text(f"{key}\n{content}", encoding="utf-8")
        fresh.replace(folder / name)
