"""What a file has besides its words, which a plain text does not keep."""

import io
import re
import zipfile
from collections.abc import Mapping

from claimbook.records.display import count
from claimbook.vetting.drafts.files import HTML, WORD, decode

_COMMENT = r"<!--(?!\s*claimbook:)"
# By the kind of file, what is not kept and by which marks it is known; without a number: some.
_MARKS: Mapping[str, Mapping[str, str]] = {
    WORD: {
        "comment": r"<w:comment [^<>]*>(?!(?:<[^<>]*>)*\s*claimbook:)",
        "tracked change": r"<w:(?:ins|del|moveFrom|moveTo) ",
        "table": r"<w:tbl>",
        "picture": r"<w:drawing>|<w:pict>",
        "link": r"<w:hyperlink ",
        "formatting": r"<w:(?:b|i|u|color|sz|highlight|pStyle|numPr)[ />]",
    },
    "html": {
        "comment": _COMMENT,
        "table": r"<table\b",
        "picture": r"<(?:img|svg|picture)\b",
        "link": r"<a\s[^<>]*href",
        "formatting": r"<(?!br|p\b|!--|/)\w",
    },
    "md": {
        "comment": _COMMENT,
        "table": r"^(?=[^\n]*---)(?=[^\n]*\|)[ \t:|-]+$",
        "picture": r"!\[",
        "link": r"(?<!!)\[[^\[\]\n]*\]\(",
        "formatting": r"^#{1,6} |^[ \t]*[-*+] |`"
        r"|(?<!\w)[*_]{1,3}[^\s*_][^\n*_]{0,300}[*_]{1,3}(?!\w)",
    },
}
_SOME = ("formatting",)


def not_kept(content: bytes, name: str, ending: str) -> list[str]:
    """What of a file is not kept as plain text, each with its number; a text file loses nothing."""
    kind = "html" if ending in HTML else "md" if ending in (".md", ".markdown") else ending
    marks = _MARKS.get(kind, {})
    text = _xml(content) if ending == WORD else decode(content, name) if marks else ""
    found = {
        what: len(re.findall(pattern, text, re.IGNORECASE | re.MULTILINE))
        for what, pattern in marks.items()
    }
    return [
        what if what in _SOME else count(number, what) for what, number in found.items() if number
    ]


def _xml(content: bytes) -> str:
    """The text of a Word file and its comments, as written."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = {name.replace("\\", "/"): name for name in archive.namelist()}
        parts = (held[name] for name in ("word/document.xml", "word/comments.xml") if name in held)
        return "".join(archive.read(part).decode("utf-8", "replace") for part in parts)
