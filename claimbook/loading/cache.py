"""Result cache, keyed by the names, sizes, times and numbers of the files that a result rests on.

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


def fingerprint(places: Iterable[Path], *settings: str) -> str | None:
    """A digest of every file's name, size, times and number, and of settings.

    Returns:
        None where a file is too fresh to trust, or cannot be looked at.
    """
    try:
        digest, newest = state(places, *settings)
    except OSError:
        return None
    return digest if newest < time.time_ns() - _FRESH else None


def state(places: Iterable[Path], *settings: str) -> tuple[str, int]:
    """That digest, and the time of the newest file in nanoseconds.

    Raises:
        OSError: a file cannot be looked at.
    """
    digest = hashlib.blake2b("\0".join(settings).encode(), digest_size=16)
    newest = 0
    folders = [os.fspath(place) for place in places]
    while folders:
        folder = folders.pop()
        entries = [folder]
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
                continue
            stat = entry.stat()
            changed = stat.st_mtime_ns, stat.st_ctime_ns  # the second cannot be put back
            newest = max(newest, *changed)
            entries.append(f"{entry.name}\0{stat.st_size}\0{changed}\0{stat.st_ino}")
        digest.update(os.fsencode("\n".join(entries) + "\n\n"))
    return digest.hexdigest(), newest


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
        with (root / FOLDER / name).open(encoding="utf-8", newline="") as kept:
            if kept.readline() != f"{key}\n":
                return None
            digest, content = kept.readline()[:-1], kept.read()
    except (OSError, UnicodeDecodeError):
        return None
    if digest != _digest(content):
        return None
    line, _, text = content.partition("\n")
    return line, text


def keep(root: Path, name: str, key: str, line: str, text: str) -> None:
    """Keep a line and a text under a name for a key, if the folder can be written to."""
    content = f"{line}\n{text}"
    with contextlib.suppress(OSError, UnicodeEncodeError):
        folder = root / FOLDER
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        fresh = folder / f"{name}.{os.getpid()}"
        with fresh.open("w", encoding="utf-8", newline="") as kept:
            kept.write(f"{key}\n{_digest(content)}\n{content}")
        fresh.replace(folder / name)


def _digest(content: str) -> str:
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
