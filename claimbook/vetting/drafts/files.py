"""Drafts in: Markdown, plain text, HTML and Word, as words with their places. Nothing in them is run, none is too large to refuse."""

import codecs
import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.parsers import expat

from claimbook.vetting.drafts.markup import MARK, Draft, MarkupError, markdown, page, plain

MAX_BYTES = 20_000_000  # of a file, and of what is unpacked from one
MAX_WORD = 100_000_000  # of a Word file, whose pictures are never unpacked
MAX_LETTERS = 5_000_000  # of the words as read: some twenty-five novels, and no draft
MAX_PARTS = 5_000  # of a Word file
READERS = {".md": markdown, ".markdown": markdown, ".txt": plain, ".html": page, ".htm": page}
ENDINGS = (*READERS, ".docx")
SKIPPED = frozenset(
    {"node_modules", "__pycache__"}
)  # folders that hold nobody's copy; hidden ones are skipped too
_PART = re.compile(r"word/(?:(header)|(document)|(footnotes)|(endnotes)|(footer))\d*\.xml")
_MARGIN = "word/comments.xml"


class DraftError(ValueError):
    """A draft cannot be read; the message says why."""


def shown(path: Path) -> str:
    """How messages name a path: with slashes, and with nothing that cannot be printed."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def drafts(paths: Iterable[Path]) -> Iterator[Path]:
    """Every draft that paths name: files as they are given, and the drafts in folders and in folders of these, in order, each once.

    Hidden folders and files, `node_modules` and links to folders are skipped.

    Raises:
        DraftError: a folder holds no draft.
    """
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(_walk(path)) if path.is_dir() else [path]
        if not inside:
            raise DraftError(f"{shown(path)}: no draft in this folder: {', '.join(ENDINGS)}")
        for one in inside:
            if one not in seen:
                seen.add(one)
                yield one


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in SKIPPED]
        for name in files:
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in ENDINGS:
                yield Path(where) / name


def read(path: Path, name: str | None = None) -> Draft:
    """The words of a draft; messages give it a name, by default its path.

    Raises:
        DraftError: it is missing, too large, of another kind, damaged, or not text.
    """
    name = name or shown(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise DraftError(f"{name}: not a draft: {', '.join(ENDINGS)}")
    limit = MAX_WORD if ending == ".docx" else MAX_BYTES
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise DraftError(f"{name}: {error.strerror}") from error
    return draft(content, name, ending)


def draft(content: bytes, name: str, ending: str = ".txt") -> Draft:
    """The words of a draft's bytes; its ending says what kind it is.

    Raises:
        DraftError: as for `read`.
    """
    limit = MAX_WORD if ending == ".docx" else MAX_BYTES
    if len(content) > limit:
        raise DraftError(f"{name}: more than {limit // 1_000_000} MB")
    try:
        found = (
            _word(content, name)
            if ending == ".docx"
            else READERS[ending](decoded(content, name), name)
        )
    except MarkupError as error:
        raise DraftError(f"{name}: {error}: what follows it would not be read") from error
    if len(found.text) > MAX_LETTERS:
        raise DraftError(f"{name}: more than {MAX_LETTERS // 1_000_000} million letters of text")
    return found


def decoded(content: bytes, name: str) -> str:
    """A file's text: UTF-8, or UTF-16 that says so by its first bytes.

    Raises:
        DraftError: it is neither, or it is not text.
    """
    encoding = (
        "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    )
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
        where = (
            f"byte {at}"
            if b"\0" in content[:at]
            else f"byte {at}, line {content.count(bytes([10]), 0, at) + 1}"
        )
        raise DraftError(f"{name}: not UTF-8 text ({where}); save it as UTF-8") from error
    if MARK in text:
        raise DraftError(f"{name}: binary, not text")
    return text


def _word(content: bytes, name: str) -> Draft:
    """The words of a Word file, its headers, notes and text boxes too.

    A file that grows without bound as it is unpacked is refused, and so is one that declares entities.
    """
    if content.count(b"PK\1\2") > MAX_PARTS:  # before the list of parts is made
        raise DraftError(f"{name}: a Word document of more than {MAX_PARTS} parts")
    parts: list[tuple[str, bytes]] = []
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = {
                one.filename: one
                for one in archive.infolist()
                if one.filename == _MARGIN or _PART.fullmatch(one.filename)
            }
            for part in sorted(wanted, key=_order):
                if wanted[part].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile
                with archive.open(wanted[part]) as inner:
                    xml = inner.read(left + 1)
                left -= len(xml)
                if left < 0:
                    raise DraftError(f"{name}: more than {MAX_BYTES // 1_000_000} MB when unpacked")
                parts.append((part, xml))
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        UnicodeError,
        ValueError,
    ) as error:
        if isinstance(error, DraftError):
            raise
        raise DraftError(f"{name}: not a Word document") from error
    if not any("document" in part for part, _ in parts):
        raise DraftError(f"{name}: not a Word document")
    margin: dict[str, str] = {}
    said: list[str] = []
    pieces: list[str] = []
    for part, xml in parts:
        reader = _Part(name, margin, said)
        reader.read(xml)
        if part == _MARGIN:
            margin = reader.margin
        else:
            pieces.append("".join(reader.pieces))
    text = "\n".join(piece for piece in (piece.strip("\n ") for piece in pieces) if piece) + "\n"
    made = plain(text, name, tuple(said))
    return Draft(
        name,
        made.text,
        made.text,
        tuple(replace(note, source=note.at) for note in made.notes),
        editable=False,
    )


def _order(part: str) -> tuple[int, str]:
    """Comments first, for the others point to them; then headers, the text, notes, footers."""
    found = _PART.fullmatch(part)
    return (found.lastindex or 0 if found else 0), part


class _Part:
    """One pass over a part of a Word file. Names are taken without their namespace, of which there are two."""

    LEFT_OUT = frozenset(
        {"del", "moveFrom", "Fallback", "instrText", "delText"}
    )  # deleted, moved away, or said twice

    def __init__(self, name: str, margin: dict[str, str], said: list[str]) -> None:
        self.name, self.margin, self.said = name, dict(margin), said
        self.pieces: list[str] = []
        self.inside = False
        self.hidden = 0
        self.comment: str | None = None
        self.cell: int | None = (
            None  # how many paragraphs of a cell have begun; the edge of the row counts as none
        )

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
            self.start,
            self.end,
            self.words,
        )
        parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = self.refuse
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise DraftError(f"{self.name}: not a Word document") from error
        except (ValueError, LookupError) as error:  # an encoding that there is not
            if isinstance(error, DraftError):
                raise
            raise DraftError(f"{self.name}: not a Word document") from error

    def start(self, full: str, attributes: dict[str, str]) -> None:
        tag = full.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if tag in self.LEFT_OUT:
            self.hidden += 1
        self.inside = tag == "t" and not self.hidden
        if self.hidden:
            return
        match tag:
            case "p":
                self.pieces.append(" | " if self.cell == 0 else "\n")
                self.cell = None
            case "tr":
                self.pieces.append("\n")
                self.cell = None
            case "tc":
                self.cell = 0 if self.pieces and self.pieces[-1][-1:] not in ("\n", "") else None
            case "br" | "cr":
                self.pieces.append("\n")
            case "tab":
                self.pieces.append(" ")
            case "noBreakHyphen":
                self.pieces.append("-")
            case "docPr" if given.get("descr", "").strip():
                self.pieces.append("\n" + " ".join(given["descr"].split()) + "\n")
            case "comment":
                self.comment, self.pieces = given.get("id", ""), []
            case "commentReference" if given.get("id") in self.margin:
                self.pieces.append(f"{MARK}{len(self.said)}{MARK}")
                self.said.append(self.margin[given["id"]])

    def end(self, full: str) -> None:
        tag = full.rpartition(" ")[2]
        self.inside = False
        if tag in self.LEFT_OUT:
            self.hidden = max(0, self.hidden - 1)
        if tag == "comment" and self.comment is not None:
            self.margin[self.comment] = " ".join("".join(self.pieces).split())
        if tag == "tbl":
            self.pieces.append("\n")
            self.cell = None

    def words(self, data: str) -> None:
        if self.inside:
            self.pieces.append(data)

    def refuse(self, *_: object) -> None:
        raise DraftError(f"{self.name}: a Word document that declares entities")
