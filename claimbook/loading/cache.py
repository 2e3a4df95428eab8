"""Result cache, keyed by the names, sizes and times of the files that a result rests on.

Like Git's index: a file that was changed so lately that a second change could have the same time
is never trusted. Kept as plain text, never as code.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

FOLDER = ".claimbook-cache"
_FRESH = 2_000_000_000  # nanoseconds in which a file may change again without its time telling


def fingerprint(places: Iterable[Path]) -> str | None:
    """A digest of every file's name, size and time; None where one is too fresh to trust."""
    digest = hashlib.blake2b(digest_size=16)
    newest = 0
    folders = [os.fspath(place) for place in places]
    while folders:
        folder = folders.pop()
        entries = [folder]
        for entry in _entries(folder):
            if entry.is_dir():
                folders.append(entry.path)
                continue
            stat = entry.stat()
            changed = stat.st_mtime_ns
            newest = max(newest, changed)
            entries.append(f"{entry.name}\0{stat.st_size}\0{changed}")
        digest.update(os.fsencode("\n".join(entries) + "\n\n"))
    return digest.hexdigest() if newest < time.time_ns() - _FRESH else None


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        return sorted(
            (entry for entry in os.scandir(folder) if entry.name != "__pycache__"),
            key=lambda entry: entry.name,
        )
    except FileNotFoundError:
        return []


def recall(root: Path, name: str, key: str) -> tuple[str, str] | None:
    """The line and the text kept under a name, if they were kept for this very key."""
    try:
        with (root / FOLDER / name).open(encoding="utf-8") as kept:
            return (kept.readline()[:-1], kept.read()) if kept.readline() == f"{key}\n" else None
    except (OSError, UnicodeDecodeError):
        return None


def keep(root: Path, name: str, key: str, line: str, content: str) -> None:
    """Keep a line and a text under a name for a key, if the folder can be written to."""
    with contextlib.suppress(OSError):
        folder = root / FOLDER
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        fresh = folder / f"{name}.{os.getpid()}"
        with fresh.open("w", encoding="utf-8") as kept:
            kept.write(f"{key}\n{line}\n")
            kept.write(content)
        fresh.replace(folder / name)
