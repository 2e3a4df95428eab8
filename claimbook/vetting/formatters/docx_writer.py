"""A Word file with comments in its margin: the fewest parts that Office Open XML asks for.

Source: ECMA-376, part 1, 11.3 (the parts), 17.13.4 (comments).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DAY = (1980, 1, 1, 0, 0, 0)  # of every part, so that builds are reproducible
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Comment = tuple[str, ...]  # line by line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: parts of text, each with its comments, and its level as a heading (0: none).

    A paragraph of one part may be given as its text and its comment.
    """

    text: str = ""
    heading: int = 0
    comment: Comment = ()
    parts: tuple[tuple[str, tuple[Comment, ...]], ...] = ()

    def __iter__(self) -> Iterator[tuple[str, tuple[Comment, ...]]]:
        return iter(self.parts or ((self.text, (self.comment,) if self.comment else ()),))


def word_file(paragraphs: Iterable[Paragraph], author: str) -> bytes:
    """The paragraphs as a Word file; *author* signs the comments."""
    body: list[str] = []
    comments: list[str] = []
    for paragraph in paragraphs:
        runs: list[str] = []
        for text, remarks in paragraph:
            starts = ends = ""
            for remark in remarks:
                name = f'w:id="{len(comments)}"'
                starts += f"<w:commentRangeStart {name}/>"
                ends += f"<w:commentRangeEnd {name}/><w:r><w:commentReference {name}/></w:r>"
                lines = "".join(f"<w:p>{_run(line)}</w:p>" for line in remark)
                by = f"w:author={quoteattr(author)}"
                comments.append(f"<w:comment {name} {by}>{lines}</w:comment>")
            look = "<w:rPr><w:b/></w:rPr>" if paragraph.heading else ""
            runs += starts, _run(text, look), ends
        body.append(_paragraph("".join(runs), paragraph.heading))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({"comments": "comments.xml"}),
        "word/document.xml": _part("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/comments.xml": _part("comments", "".join(comments)),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(path, _DAY), xml, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _paragraph(runs: str, heading: int) -> str:
    level = f'<w:pPr><w:outlineLvl w:val="{heading - 1}"/></w:pPr>' if heading else ""
    return f"<w:p>{level}{runs}</w:p>"


def _run(text: str, look: str = "") -> str:
    words = escape(_NOT_XML.sub("\ufffd", text))
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _part(name: str, inner: str) -> str:
    return f'{_HEAD}<w:{name} xmlns:w="{_WORD}">{inner}</w:{name}>'


def _relations(targets: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets.items())
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("comments", "comments"))
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
