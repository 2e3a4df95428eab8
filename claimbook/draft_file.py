"""Drafts in: Markdown, plain text, HTML and Word, as text with its lines. Nothing in them is run, and no file is too large to refuse."""

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

MAX_BYTES = 20_000_000
ENDINGS = (".md", ".markdown", ".txt", ".html", ".htm", ".docx")
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "br", "section", "article", "header", "footer",
     "button", "blockquote", "figcaption", "caption", "title"}
)  # fmt: skip
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")


class DraftError(ValueError):
    """A draft cannot be read; the message says why."""


def read(path: Path) -> str:
    """The words of a draft.

    Raises:
        DraftError: it is missing, too large, of another kind, damaged, or not text.
    """
    if path.suffix.lower() not in ENDINGS:
        raise DraftError(f"{path}: not a draft: {', '.join(ENDINGS)}")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DraftError(f"{path}: more than {MAX_BYTES // 1_000_000} MB")
        content = path.read_bytes()
    except OSError as error:
        raise DraftError(f"{path}: {error.strerror}") from error
    if path.suffix.lower() == ".docx":
        return _word(content, path)
    return text_of(content, str(path), markup=path.suffix.lower() in (".html", ".htm"))


def text_of(content: bytes, name: str, markup: bool = False) -> str:
    """The words of a draft's bytes: UTF-8, with the tags of HTML left out."""
    if len(content) > MAX_BYTES:
        raise DraftError(f"{name}: more than {MAX_BYTES // 1_000_000} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftError(f"{name}: not UTF-8 text (byte {error.start})") from error
    if "\0" in text:
        raise DraftError(f"{name}: binary, not text")
    if not markup:
        return _LINK.sub(lambda link: link[1], text)
    reader = _Words()
    reader.feed(text)
    reader.close()
    return reader.text()


class _Words(HTMLParser):
    """The words of a page of HTML, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        if tag in _BLOCKS:
            self.pieces.append("\n")
        for name, value in attrs:
            if name == "alt" and value and not self.hidden:
                self.pieces.append(f"\n{value}\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """The words so far, without empty lines."""
        lines = (line.strip() for line in "".join(self.pieces).split("\n"))
        return "\n".join(line for line in lines if line) + "\n"


def _word(content: bytes, path: Path) -> str:
    """The paragraphs of a Word file; a file that grows without bound as it is unpacked is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("word/document.xml") as inner:
            xml = inner.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise DraftError(f"{path}: not a Word document") from error
    if len(xml) > MAX_BYTES:
        raise DraftError(f"{path}: more than {MAX_BYTES // 1_000_000} MB when unpacked")
    pieces: list[str] = []
    inside = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside = name == "w:t"
        if name in ("w:p", "w:br", "w:tab"):
            pieces.append("\n" if name != "w:tab" else " ")

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    def words(data: str) -> None:
        if inside:
            pieces.append(data)

    def refuse(*_: object) -> None:
        raise DraftError(f"{path}: a Word document that declares entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise DraftError(f"{path}: not a Word document") from error
    return "".join(pieces).strip() + "\n"
