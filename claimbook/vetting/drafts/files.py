"""Which files are drafts, and which reader reads each. Nothing in a draft is run."""

import codecs
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimbook.vetting.drafts.draft import MARK, Draft, DraftError, MarkupError
from claimbook.vetting.drafts.html import read_html
from claimbook.vetting.drafts.text import read_text
from claimbook.vetting.drafts.word import read_word

__all__ = ["ENDINGS", "Draft", "DraftError", "decode", "draft", "drafts", "read"]


def _read_markdown(text: str, name: str) -> Draft:
    from claimbook.vetting.drafts.markdown import read_markdown  # slow to import

    return read_markdown(text, name)


WORD = ".docx"
READERS = {
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
}
ENDINGS = (*READERS, WORD)
MAX_BYTES = 20_000_000
MAX_WORD_BYTES = 100_000_000  # its pictures are never unpacked
MAX_LETTERS = 1_000_000  # of text: two novels, which is no draft
SKIPPED = frozenset({"node_modules", "__pycache__"})  # hidden folders are skipped too


def shown(path: Path) -> str:
    """How messages name a path: with slashes, and with nothing that cannot be printed."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def drafts(paths: Iterable[Path]) -> Iterator[Path]:
    """The drafts that paths name, each once: files as given, and the drafts in folders, in order.

    Hidden folders and files, `node_modules` and links to folders are skipped.

    Raises:
        DraftError: a folder holds no draft.
    """
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(_walk(path)) if path.is_dir() else [path]
        if not inside:
            raise DraftError(f"{shown(path)}: no draft in this folder: {', '.join(ENDINGS)}")
        for each in inside:
            if each not in seen:
                seen.add(each)
                yield each


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in SKIPPED]
        for name in files:
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in ENDINGS:
                yield Path(where) / name


def read(path: Path) -> Draft:
    """The words of a draft.

    Raises:
        DraftError: it is missing, no regular file, too large, of no kind read here, or damaged.
    """
    name, ending = shown(path), path.suffix.lower()
    if ending not in ENDINGS:
        raise DraftError(f"{name}: not a draft: {', '.join(ENDINGS)}")
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            raise DraftError(f"{name}: not a regular file")
        with path.open("rb") as file:
            content = file.read(_limit(ending) + 1)
    except OSError as error:
        raise DraftError(f"{name}: {error.strerror}") from error
    return draft(content, name, ending)


def draft(content: bytes, name: str, ending: str = ".txt") -> Draft:
    """The words of a draft's bytes; its ending says what kind it is.

    Raises:
        DraftError: as for `read`.
    """
    if len(content) > _limit(ending):
        raise DraftError(f"{name}: more than {_limit(ending) // 1_000_000} MB")
    if ending == WORD:
        return _short_enough(read_word(content, name))
    text = decode(content, name)
    if READERS[ending] is not read_html and len(text) > MAX_LETTERS:
        raise _too_long(name)
    try:
        return _short_enough(READERS[ending](text, name))
    except MarkupError as error:
        raise DraftError(f"{name}: {error}: what follows it would not be read") from error


def _limit(ending: str) -> int:
    return MAX_WORD_BYTES if ending == WORD else MAX_BYTES


def _short_enough(draft: Draft) -> Draft:
    if len(draft.text) > MAX_LETTERS:
        raise _too_long(draft.name)
    return draft


def _too_long(name: str) -> DraftError:
    return DraftError(f"{name}: more than {MAX_LETTERS // 1_000_000} million letters of text")


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
