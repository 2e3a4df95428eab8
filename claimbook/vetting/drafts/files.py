"""Which files are drafts, and which reader reads each. Nothing in a draft is run."""

import codecs
import os
import stat
from dataclasses import replace
from pathlib import Path

from claimbook.vetting.drafts.draft import MARK, NOT_LETTERS, Draft, DraftError, MarkupError, Unread
from claimbook.vetting.drafts.html import read_html
from claimbook.vetting.drafts.text import read_text

__all__ = ["ENDINGS", "Draft", "DraftError", "decode", "draft", "find", "read", "read_bytes"]


def _read_markdown(text: str, name: str) -> Draft:
    from claimbook.vetting.drafts.markdown import read_markdown  # slow to import

    return read_markdown(text, name)


HTML, WORD = (".html", ".htm"), ".docx"
READERS = {".md": _read_markdown, ".markdown": _read_markdown, ".txt": read_text}
READERS |= dict.fromkeys(HTML, read_html)
ENDINGS = (*READERS, WORD)
MAX_BYTES = 20_000_000
LIMITS = {WORD: 100_000_000}  # its pictures are never unpacked
MAX_LETTERS = 1_000_000  # of text: two novels, which is no draft
SKIPPED = frozenset({"node_modules", "__pycache__"})  # hidden folders are skipped too


def shown(path: Path) -> str:
    """How messages name a path: with slashes, and with nothing that cannot be printed."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def find(path: Path) -> tuple[list[Path], list[str]]:
    """The drafts that a path names, in order, and what could not be looked into.

    A file is a draft as it is given. Of a folder, hidden folders and files, `node_modules` and
    links to folders are skipped.
    """
    if not os.path.isdir(path):  # noqa: PTH112 (Path.is_dir fails where it may not look)
        return [path], []
    drafts: list[Path] = []
    failures: list[str] = []
    walk = os.walk(path, onerror=lambda error: failures.append(_why(Path(error.filename), error)))
    for where, folders, files in walk:
        folders[:] = [name for name in folders if not name.startswith(".") and name not in SKIPPED]
        drafts += [
            Path(where) / name
            for name in files
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in ENDINGS
        ]
    if not drafts and not failures:
        failures.append(f"{shown(path)}: no draft in this folder: {', '.join(ENDINGS)}")
    return sorted(drafts), sorted(failures)


def _why(path: Path, error: OSError) -> str:
    return f"{shown(path)}: {error.strerror}"


def read(path: Path) -> Draft:
    """The words of a draft.

    Raises:
        DraftError: it is missing, no regular file, too large, of no kind read here, damaged, or
            without words.
    """
    return draft(read_bytes(path), shown(path), path.suffix.lower())


def read_bytes(path: Path) -> bytes:
    """The bytes of a draft, one more than are read of one that is too large.

    Raises:
        DraftError: it is missing, no regular file, or of no kind read here.
    """
    name, ending = shown(path), path.suffix.lower()
    if ending not in ENDINGS:
        raise DraftError(f"{name}: not a draft: {', '.join(ENDINGS)}")
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            raise DraftError(f"{name}: not a regular file")
        with path.open("rb") as file:
            return file.read(LIMITS.get(ending, MAX_BYTES) + 1)
    except OSError as error:
        raise DraftError(_why(path, error)) from error


def draft(content: bytes, name: str, ending: str = ".txt") -> Draft:
    """The words of a draft's bytes; its ending says what kind it is.

    Raises:
        DraftError: as for `read`.
    """
    if len(content) > LIMITS.get(ending, MAX_BYTES):
        raise DraftError(f"{name}: more than {LIMITS.get(ending, MAX_BYTES) // 1_000_000} MB")
    words: Draft | None = None
    if ending == WORD:
        from claimbook.vetting.drafts.word import read_word  # slow to import, too

        words = read_word(content, name)
    else:
        text = decode(content, name)
        try:
            if len(text) <= MAX_LETTERS or ending in HTML:  # much of a page may be no words
                words = READERS[ending](text, name)
        except MarkupError as error:
            raise DraftError(f"{name}: {error}: what follows it would not be read") from error
    if words is None or len(words.text) > MAX_LETTERS:
        raise DraftError(f"{name}: more than {MAX_LETTERS // 1_000_000} million letters of text")
    if odd := list(NOT_LETTERS.finditer(words.text)):
        what = "which is not in plain letters"
        parts = (Unread(f"{word[0][:60]!r}, {what}", words.origin(word.start())) for word in odd)
        words = replace(words, unread=(*words.unread, *parts))
    if not any(map(str.isalnum, words.text)):
        unread = ", ".join(dict.fromkeys(part.what for part in words.unread))
        raise DraftError(f"{name}: no words to judge" + (f"; not read: {unread}" if unread else ""))
    return words


def decode(content: bytes, name: str) -> str:
    """A file's text: UTF-8, or UTF-16 that says so by its first bytes.

    Raises:
        DraftError: it is neither, or it is not text.
    """
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
        line = content.count(b"\n", 0, at) + 1
        where = f"byte {at}" if b"\0" in content[:at] else f"byte {at}, line {line}"
        raise DraftError(f"{name}: not UTF-8 text ({where}); save it as UTF-8") from error
    if MARK in text:
        raise DraftError(f"{name}: binary, not text")
    return text
