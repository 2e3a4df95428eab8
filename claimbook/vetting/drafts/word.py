"""The words of a Word file: text, headers, notes, text boxes, and the comments in its margin.

Also titles of charts, words of diagrams (SmartArt) and of WordArt, and pages of HTML put into it.
Hidden text, deleted text and the marks of notes are left out.
"""

import email
import email.policy
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from xml.parsers import expat

from claimbook.vetting.drafts.draft import (
    MARK,
    RAISED,
    Draft,
    DraftError,
    MarkupError,
    Unread,
    is_reference_mark,
)
from claimbook.vetting.drafts.html import read_html
from claimbook.vetting.drafts.text import read_text

MAX_UNPACKED = 20_000_000  # bytes
MAX_PARTS = 5_000
_PART = re.compile(
    r"word/(?:(?:(header)|(document)|(footnotes)|(endnotes)|(footer)|(charts/chart)"
    r"|(diagrams/data))\d*\.xml|(.*\.(?:mht|mhtml|html?|xhtml|txt)))",
    re.IGNORECASE,
)
_FILE = re.compile(r"word/.*\.(?:rtf|docx?|docm|odt|pdf|xlsx?|pptx?|bin)", re.IGNORECASE)
_OLD = b"\xd0\xcf\x11\xe0"  # how a file of the old kind begins, and one under a password
_MARGIN = "word/comments.xml"
# Where the font Symbol has the letters that are not those of ASCII.
_SYMBOLS = dict(zip(b"abgdm\xa3\xb3\xb0\xb1\xb4\xb9\xbb\xa5\xb7", "αβγδµ≤≥°±×≠≈∞•", strict=True))
# What zipfile raises; NotImplementedError is a RuntimeError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)


def read_word(content: bytes, name: str) -> Draft:
    """The words of a Word file.

    Raises:
        DraftError: it is damaged, grows without bound as it is unpacked, or declares entities.
    """
    if content.startswith(_OLD):
        why = "protected by a password, or an old .doc: save it as .docx without one"
        raise DraftError(f"{name}: {why}")
    reader = WordXmlReader(name)
    texts: dict[str, str] = {}
    for part, held in _parts(content, name):
        if part.lower().endswith(".xml"):
            texts[part] = reader.read(held).strip("\n ")
        elif _FILE.fullmatch(part):
            reader.unread.append(f"a file in the file ({part.rpartition('/')[2]})")
        else:
            chunk = _chunk(held, part, name)
            texts[part] = chunk.text.strip("\n ")
            reader.unread += [each.what for each in chunk.unread]
    words = "\n".join(text for part, text in texts.items() if text and part != _MARGIN)
    draft = read_text(f"{words}\n", name, tuple(reader.margin), wrapped=False)
    directives = tuple(replace(one, source=one.at) for one in draft.directives)
    told = dict.fromkeys([*reader.unread, *(each.what for each in draft.unread)])
    unread = tuple(Unread(what, 0) for what in told)
    return Draft(name, draft.text, draft.text, directives, editable=False, unread=unread)


def _chunk(held: bytes, part: str, name: str) -> Draft:
    """The words of a page that was put into a Word file as it is, or as a mail (MHT)."""
    kind, text = part.lower().rpartition(".")[2], held.decode("utf-8", "replace")
    try:
        if kind.startswith("mht"):
            mail = email.message_from_bytes(held, policy=email.policy.default)
            inner = mail.get_body(("html", "plain"))
            if inner is None:
                raise DraftError(f"{name}: {part} holds no page")
            kind, text = inner.get_content_subtype(), str(inner.get_content())
        return (read_text if kind in ("plain", "txt") else read_html)(text, name)
    except (MarkupError, LookupError) as error:
        raise DraftError(f"{name}: {part}: {error}") from error


def _parts(content: bytes, name: str) -> list[tuple[str, bytes]]:
    """The parts that hold words, with their names: comments first, as the others point to them."""
    if content.count(b"PK\1\2") > MAX_PARTS:  # before zipfile makes a list of them
        raise DraftError(f"{name}: a Word document of more than {MAX_PARTS} parts")
    parts: list[tuple[str, bytes]] = []
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = {info.filename.replace("\\", "/"): info for info in archive.infolist()}
            wordy = (p for p in infos if p == _MARGIN or _PART.fullmatch(p) or _FILE.fullmatch(p))
            for part in sorted(wordy, key=_order):
                if infos[part].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile
                with archive.open(infos[part]) as inner:
                    parts.append((part, inner.read(0 if _FILE.fullmatch(part) else left + 1)))
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


def _order(part: str) -> tuple[int, str]:
    """Comments, headers, the text, notes, footers, charts, diagrams, pages; the rest last."""
    match = _PART.fullmatch(part)
    return (match.lastindex or 0 if match else 0 if part == _MARGIN else 9), part


class WordXmlReader:
    """Reads the parts of a Word file in turn. Names are taken without their namespace."""

    # Deleted, moved away, said twice.
    LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})

    SIGNS: Mapping[str, str] = {
        **dict.fromkeys(("tr", "br", "cr"), "\n"), "tab": " ", "noBreakHyphen": "-",
    }  # fmt: skip

    def __init__(self, name: str) -> None:
        self.name = name
        self.by_id: dict[str, str] = {}  # the comments of the file
        self.margin: list[str] = []  # those that are pointed to, in order
        self.unread: list[str] = []  # what is not read

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
        self.runs: list[set[str]] = []  # of each open run, whether it is hidden, whether raised
        self.rows: list[bool] = []  # of each open row, whether it is deleted
        self.marks: list[str] = []  # the open properties of paragraphs and rows
        self.joins = False  # the mark of the paragraph before is deleted
        self.outside: list[list[str]] = []  # the pieces around each open text box
        self.described = False  # the last picture or shape has an alternative text
        self.boxes: list[str] = []  # text boxes, until their paragraph ends
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
        return "".join([*self.pieces, *self.boxes])

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        tag = full.rpartition(" ")[2]
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if tag == "r":
            self.runs.append(set())
        elif tag == "tr":
            self.rows.append(False)
        elif tag in ("pPr", "trPr"):
            self.marks.append(tag)
        elif tag in self.LEFT_OUT:
            self.hidden += 1
            if self.marks and tag != "Fallback":
                self._delete(self.marks[-1])
        self.inside = tag == "t" and not self.hidden
        if not self.hidden:
            self._open(tag, values)

    def _delete(self, what: str) -> None:
        """The mark of a paragraph, or a row, is deleted."""
        if what == "pPr":
            self.joins = True
        elif self.rows and not self.rows[-1]:
            self.rows[-1] = True
            self.hidden += 1

    def _open(self, tag: str, values: Mapping[str, str]) -> None:
        match tag:
            case "p":
                gap = " | " if self.opens_cell else "\n"
                self.pieces.append("" if self.joins else gap)
                self.joins = False
            case "tc":
                self.opens_cell = bool(self.pieces) and self.pieces[-1][-1:] not in ("\n", "")
            case _ if tag in self.SIGNS:
                self.pieces.append(self.SIGNS[tag])
            case "sym":
                self._symbol(values.get("font", ""), values.get("char", ""))
            case "vanish" | "vertAlign" if self.runs and not self.marks:
                value = values.get("val", "")
                if value not in ("0", "false", "off", "subscript", "baseline"):
                    self.runs[-1].add("raised" if value == "superscript" else "hidden")
            case "txbxContent":
                self.outside.append(self.pieces)
                self.pieces = []
            case "docPr" | "textpath":  # a picture, and letters that are drawn (WordArt)
                words = values.get("descr" if tag == "docPr" else "string", "").split()
                self.boxes += [f"\n{' '.join(words)}\n"] if words else []
                self.described = bool(words)
            case "blip" if not self.described:
                self.unread.append("a picture without alternative text")
            case "v":
                self.unread.append("the labels and figures of a chart")
            case "comment":
                self.comment, self.pieces = values.get("id", ""), []
            case "commentReference" if values.get("id") in self.by_id:
                self.pieces.append(f"{MARK}{len(self.margin)}{MARK}")
                self.margin.append(self.by_id[values["id"]])
        self.opens_cell = self.opens_cell and tag not in ("p", "tr")

    def _symbol(self, font: str, code: str) -> None:
        """A sign of a font that has signs of its own for the letters of others."""
        number = int(code, 16) & 0xFF if re.fullmatch(r"[0-9A-Fa-f]{1,8}", code) else 0
        sign = chr(number) if 0x20 < number < 0x40 else _SYMBOLS.get(number, "")
        if sign and font.lower() == "symbol":
            self.pieces.append(sign)
        else:
            self.unread.append(f"a sign of the font {font!r}")

    def _end(self, full: str) -> None:
        tag = full.rpartition(" ")[2]
        self.inside = False
        if tag in self.LEFT_OUT:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "r" and self.runs:
            self.runs.pop()
        elif tag == "tr" and self.rows:
            self.hidden -= self.rows.pop()
        elif tag in ("pPr", "trPr") and self.marks:
            self.marks.pop()
        if self.hidden:
            return
        match tag:
            case "txbxContent" if self.outside:
                self.boxes.append("".join([*self.pieces, "\n"]))
                self.pieces = self.outside.pop()
            case "p" if self.boxes and not self.outside:
                self.pieces += self.boxes
                self.boxes = []
            case "comment":
                self.by_id[self.comment] = " ".join("".join(self.pieces).split())
            case "tbl":
                self.pieces.append("\n")
                self.opens_cell = False

    def _text(self, data: str) -> None:
        if not self.inside or any("hidden" in run for run in self.runs):
            return
        raised = any("raised" in run for run in self.runs)
        if not (raised and is_reference_mark(data, self.pieces[-1] if self.pieces else "")):
            self.pieces.append(data.translate(RAISED) if raised else data)

    def _refuse(self, *_: object) -> None:
        raise DraftError(f"{self.name}: a Word document that declares entities")
