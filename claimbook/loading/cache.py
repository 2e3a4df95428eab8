"""Result cache, keyed by the names, sizes, times and numbers of the files that a result rests on.

Like Git's index: a file that was changed so lately that a second change could have the same time
is never trusted. Kept as plain text, never as code.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

Stat = tuple[int, ...]
FOLDER = ".claimbook-cache"
_FRESH = 2_000_000_000  # nanoseconds in which a file may change again without its time telling


def fingerprint(places: Iterable[Path], *settings: str) -> str | None:
    """A digest of every file's name, size, times and number, and of settings.

    Returns:
        None where a file is too fresh to trust, or cannot be looked at.
    """
    try:
        files = listing(places)
    except OSError:
        return None
    return None if any(map(fresh, files.values())) else digest(files, *settings)


def digest(files: Mapping[str, Stat], *settings: str) -> str:
    """A digest of a listing and of settings."""
    lines = (f"{path}\0{stat}" for path, stat in files.items())
    return _digest(os.fsencode("\n".join((*settings, "", *lines))))


def fresh(stat: Stat) -> bool:
    """Whether a file was changed so lately that it may change again without its time telling."""
    return max(stat[1:3], default=0) >= time.time_ns() - _FRESH


def listing(places: Iterable[Path]) -> dict[str, Stat]:
    """Each file's size, times and number by its path; of a folder, nothing.

    Raises:
        OSError: a file cannot be looked at.
    """
    files: dict[str, Stat] = {}
    folders = [os.fspath(place) for place in places]
    while folders:
        folder = folders.pop()
        files[folder] = ()
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
                continue
            stat = entry.stat()  # the second of the times cannot be put back
            files[entry.path] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    return files


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(
                (each for each in found if not each.name.startswith((".", "__pycache__"))),
                key=lambda entry: entry.name,
            )
    except FileNotFoundError:
        return []


def recall(root: Path, name: str, key: str) -> tuple[str, str] | None:
    """The line and the text kept under a name, if they were kept whole and for this very key."""
    try:
        with (root / FOLDER / name).open("rb") as kept:
            if kept.readline() != f"{key}\n".encode():
                return None
            checksum, content = kept.readline()[:-1].decode(), kept.read()
        if checksum != _digest(content):
            return None
        line, _, text = content.decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return line, text


def keep(root: Path, name: str, key: str, line: str, text: str) -> None:
    """Keep a line and a text under a name for a key, if the folder can be written to."""
    with contextlib.suppress(OSError, UnicodeEncodeError):
        content = f"{line}\n{text}".encode()
        folder = root / FOLDER
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        fresh_file = folder / f"{name}.{os.getpid()}"
        fresh_file.write_bytes(f"{key}\n{_digest(content)}\n".encode() + content)
        fresh_file.replace(folder / name)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
