"""A vetted draft as a Word file, and what of a file a plain text does not keep."""

import io
import re
import time
import zipfile
from datetime import date

import pytest
from conftest import WEIGHT_LOSS

from claimbook.loading.load import load
from claimbook.vetting.browser import vet_draft
from claimbook.vetting.drafts.dropped_content import not_kept
from claimbook.vetting.drafts.files import draft
from claimbook.vetting.formatters.docx_writer import Paragraph, word_file
from claimbook.vetting.formatters.results import pieces
from claimbook.vetting.formatters.word_report import as_word
from claimbook.vetting.vet import Vetter

VETTER = Vetter(load(WEIGHT_LOSS))
ALLOW = 'claimbook: allow promised-cure because "a title", owner: Ada, until: 2027-01-31'


def margin(text: str) -> dict[str, list[str]]:
    """The words of the Word file of a draft, each part with the comments on it."""
    result = vet_draft(draft(text.encode(), "a.txt"), VETTER, date(2026, 11, 28))
    read = result.draft
    spans = [read.span(each.start, each.end) for each in result.vetted.sentences]
    content = as_word(result, pieces(read.source, spans), VETTER.base)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document, comments = (
            archive.read(f"word/{part}.xml").decode() for part in ("document", "comments")
        )
    said = {
        number: "\n".join(re.findall("<w:t [^>]*>([^<]*)", comment))
        for number, comment in re.findall('<w:comment w:id="(\\d+)".*?>(.*?)</w:comment>', comments)
    }
    found: dict[str, list[str]] = {}
    for starts, words in re.findall(
        r'((?:<w:commentRangeStart w:id="\d+"/>)*)<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t [^>]*>([^<]*)',
        document,
    ):
        numbers = re.findall(r"\d+", starts)
        found.setdefault(words.strip(), []).extend(said[number] for number in numbers)
    return {words: remarks for words, remarks in found.items() if words}


def test_what_is_said_stands_beside_its_words() -> None:
    words = margin("The shot cures obesity. We open at nine.\n\nCome in.")
    (whole, cure) = words["The shot cures obesity."]
    assert whole.startswith("Error, of the whole draft: mentions benefits but no harms")
    assert "add: The weekly shot can inflame the pancreas." in whole
    assert "promises more than relief" in cure
    assert words["We open at nine."] == []
    assert words["Come in."] == []


@pytest.mark.parametrize(
    "text",
    [
        f"We open at nine. <!-- {ALLOW} -->\n\nCome in.",
        f"<!-- {ALLOW} -->\nWe open at nine.\n\nCome in.",
        f"# {ALLOW}\nWe open at nine.\n\nCome in.",
    ],
)
def test_comment_that_sets_a_flag_aside_goes_to_the_margin(text: str) -> None:
    words = margin(text)
    assert ALLOW.replace('"', "&quot;") in [
        remark.replace('"', "&quot;") for remark in words["We open at nine."]
    ]
    assert list(words) == ["We open at nine.", "Come in."]


def test_signs_that_a_word_file_cannot_hold_are_replaced() -> None:
    content = word_file([Paragraph("A\x07B\ud800C")], "claimbook")
    assert draft(content, "a.docx", ".docx").text.strip() == "A\ufffdB\ufffdC"


def docx(document: str, comments: str = "") -> bytes:
    """A Word file of two parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/comments.xml", comments)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "ending", "expected"),
    [
        (b"**Bold** <!-- x --> [a](b)", ".txt", []),
        (b"Plain words, 2*3*4.", ".md", []),
        (
            b"# Title\n\n**Bold** and [a link](b) ![pic](c)\n\n<!-- for Ada -->\n\n| a | b |\n| --- | --- |\n",
            ".md",
            ["1 comment", "1 table", "1 picture", "1 link", "formatting"],
        ),
        (f"Text. <!-- {ALLOW} -->".encode(), ".md", []),
        (b"<p>Words<br>more</p>", ".html", []),
        (b"<p><a href=x>a</a><img src=y>", ".htm", ["1 picture", "1 link", "formatting"]),
        (docx("<w:p><w:r><w:t>Words</w:t></w:r></w:p>"), ".docx", []),
        (
            docx(
                "<w:tbl></w:tbl><w:r><w:rPr><w:b/></w:rPr></w:r><w:drawing></w:drawing>"
                "<w:ins w:id='1'></w:ins><w:hyperlink r:id='2'></w:hyperlink>",
                "<w:comment w:id='0'><w:p><w:r><w:t>For Ada</w:t></w:r></w:p></w:comment>"
                "<w:comment w:id='1'><w:p><w:r><w:t>claimbook: allow x</w:t></w:r></w:p></w:comment>",
            ),
            ".docx",
            ["1 comment", "1 tracked change", "1 table", "1 picture", "1 link", "formatting"],
        ),
    ],
)
def test_what_is_not_kept(content: bytes, ending: str, expected: list[str]) -> None:
    assert not_kept(content, f"a{ending}", ending) == expected


@pytest.mark.parametrize("part", ["-", "[", "<a ", "*a ", "\n", "_", "<!--", "| ", "# "])
@pytest.mark.parametrize("ending", [".md", ".html"])
def test_long_files_are_looked_through_in_no_time(part: str, ending: str) -> None:
    begun = time.perf_counter()
    not_kept((part * 40_000).encode(), f"a{ending}", ending)
    assert time.perf_counter() - begun < 5
