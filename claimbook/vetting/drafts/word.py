"""The words of a Word file: text, headers, notes, text boxes; and the comments in its margin."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from xml.parsers import expat

from claimbook.vetting.drafts.draft import MARK, Draft, DraftError
from claimbook.vetting.drafts.text import read_text

MAX_UNPACKED = 20_000_000  # bytes
MAX_PARTS = 5_000
_PART = re.compile(r"word/(?:(header)|(document)|(footnotes)|(endnotes)|(footer))\d*\.xml")
_MARGIN = "word/comments.xml"
# What zipfile raises; NotImplementedError is a RuntimeError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)


def read_word(content: bytes, name: str) -> Draft:
    """The words of a Word file.

    Raises:
        DraftError: it is damaged, grows without bound as it is unpacked, or declares entities.
    """
    reader = WordXmlReader(name)
    texts = {part: reader.read(xml).strip("\n ") for part, xml in _parts(content, name)}
    words = "\n".join(text for part, text in texts.items() if text and part != _MARGIN)
    draft = read_text(f"{words}\n", name, tuple(reader.margin))
    directives = tuple(replace(one, source=one.at) for one in draft.directives)
    return Draft(name, draft.text, draft.text, directives, editable=False)


def _parts(content: bytes, name: str) -> list[tuple[str, bytes]]:
    """The parts that hold words, with their names: comments first, as the others point to them."""
    if content.count(b"PK\1\2") > MAX_PARTS:  # before zipfile makes a list of them
        raise DraftError(f"{name}: a Word document of more than {MAX_PARTS} parts")
    parts: list[tuple[str, bytes]] = []
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            for part in sorted(filter(_holds_words, infos), key=_order):
                if infos[part].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile
                with archive.open(infos[part]) as inner:
                    parts.append((part, inner.read(left + 1)))
                left -= len(parts[-1][1])
                if left < 0:
                    break
    except _DAMAGED as error:
        raise DraftError(f"{name}: not a Word document") from error
    if left < 0:
        raise DraftError(f"{name}: more than {MAX_UNPACKED // 1_000_000} MB when unpacked")
    if not any("document" in part for part, _ in parts):
        raise DraftError(f"{name}: not a Word document")
    return parts


def _holds_words(part: str) -> bool:
    return part == _MARGIN or _PART.fullmatch(part) is not None


def _order(part: str) -> tuple[int, str]:
    """Comments, headers, the text, notes, footers."""
    match = _PART.fullmatch(part)
    return (match.lastindex or 0 if match else 0), part


class WordXmlReader:
    """Reads the parts of a Word file in turn. Names are taken without their namespace."""

    # Deleted, moved away, said twice.
    LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})

    SIGNS: Mapping[str, str] = {
        "tr": "\n",
        "br": "\n",
        "cr": "\n",
        "tab": " ",
        "noBreakHyphen": "-",
    }

    def __init__(self, name: str) -> None:
        self.name = name
        self.by_id: dict[str, str] = {}  # the comments of the file
        self.margin: list[str] = []  # those that are pointed to, in order

    def read(self, xml: bytes) -> str:
        """The words of a part; those of comments are kept for the parts that point to them.

        Raises:
            DraftError: it is damaged, or declares entities.
        """
        self.pieces: list[str] = []
        self.inside = False  # an element of words
        self.hidden = 0  # how many elements are open that are left out
        self.comment = ""  # the id of the comment that is being read
        self.opens_cell = False  # at the start of a cell that is not the first of its row
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(xml, True)
        except DraftError:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:  # an unknown encoding too
            raise DraftError(f"{self.name}: not a Word document") from error
        return "".join(self.pieces)

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        tag = full.rpartition(" ")[2]
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if tag in self.LEFT_OUT:
            self.hidden += 1
        self.inside = tag == "t" and not self.hidden
        if self.hidden:
            return
        match tag:
            case "p":
                self.pieces.append(" | " if self.opens_cell else "\n")
            case "tc":
                self.opens_cell = bool(self.pieces) and self.pieces[-1][-1:] not in ("\n", "")
            case _ if tag in self.SIGNS:
                self.pieces.append(self.SIGNS[tag])
            case "docPr" if words := " ".join(values.get("descr", "").split()):
                self.pieces.append(f"\n{words}\n")
            case "comment":
                self.comment, self.pieces = values.get("id", ""), []
            case "commentReference" if values.get("id") in self.by_id:
                self.pieces.append(f"{MARK}{len(self.margin)}{MARK}")
                self.margin.append(self.by_id[values["id"]])
        self.opens_cell = self.opens_cell and tag not in ("p", "tr")

    def _end(self, full: str) -> None:
        tag = full.rpartition(" ")[2]
        self.inside = False
        if tag in self.LEFT_OUT:
            self.hidden = max(0, self.hidden - 1)
        if tag == "comment":
            self.by_id[self.comment] = " ".join("".join(self.pieces).split())
        if tag == "tbl":
            self.pieces.append("\n")
            self.opens_cell = False

    def _text(self, data: str) -> None:
        if self.inside:
            self.pieces.append(data)

    def _refuse(self, *_: object) -> None:
        raise DraftError(f"{self.name}: a Word document that declares entities")
