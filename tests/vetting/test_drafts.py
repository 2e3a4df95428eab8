"""Drafts are read as what a reader would see, every letter with its place, and what cannot be read is refused."""

import errno
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.records.quotes import VISIBLE
from claimbook.vetting.drafts.draft import DRESSED, Draft, MarkupError
from claimbook.vetting.drafts.files import (
    ENDINGS,
    MAX_BYTES,
    MAX_LETTERS,
    DraftError,
    decode,
    draft,
    find,
    read,
)
from claimbook.vetting.drafts.html import read_html
from claimbook.vetting.drafts.markdown import read_markdown
from claimbook.vetting.drafts.text import read_text
from claimbook.vetting.drafts.word import MAX_PARTS

READERS = [read_text, read_markdown, read_html]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Baths #\n\nA **bath** *cures*\ncolds.", "Baths\nA bath cures colds.\n"),
        ("Title\n=====\ntext", "Title\ntext\n"),
        ('---\ntitle: "Baths cure"\ndraft: true\n---\nText.', "Baths cure\nText.\n"),
        ("---\ntitle: Baths\nsummary: >-\n  They end\n  colds.\n\n  Ask us.\ndraft: 1\n---\nText.", "Baths\nThey end colds. Ask us.\nText.\n"),
        ("---\nhero:\n  alt: |\n    A bath\n  size: 3\n---\n", "A bath\n"),
        ('+++\ntitle = "Baths"\nweight = 40\n[extra]\ndescription = """They cure."""\n+++\nText.', "Baths\nThey cure.\nText.\n"),
        ("{/* for editors */}\n\nA {/* not\nseen */}bath. {count}", "A bath. {count}\n"),
        ('!!! tip inline end "A bath cures"\n    All colds.\n\n=== "Costs"\n\n    Ten.', "A bath cures\nAll colds.\nCosts\nTen.\n"),
        ('## Baths { #baths .wide data-n="40" }\n\nA [link](x){target=_blank rel="no"} {: .note }', "Baths\nA link\n"),
        ("---\nA rule, no front matter", "A rule, no front matter\n"),
        ("- one\n- [ ] two\n  goes on\n\n1. three", "one\ntwo goes on\nthree\n"),
        ("Said:\n> quoted\n> more\n\n> again", "Said:\nquoted more\nagain\n"),
        ("Code:\n\n```py\ncures()\n```\n~~~\ncures\n~~~\nAfter.", "Code:\nAfter.\n"),
        ("A `code span` stays", "A code span stays\n"),
        ('[words](http://x.y/(z) "t"), [ref][1], [short], [2]\n\n[1]: http://x\n[short]: <http://y>', "words, ref, short, [2]\n"),
        ("![A bath](x.png) [![In](y.png)](z) <https://x.y>", "A bath In\n"),
        ("Seen[^1].\n\n[^1]: The note.", "Seen.\nThe note.\n"),
        ("| What | Share |\n|---|:-:|\n| relief \\| ease | 77% |\n\nAfter", "What | Share\nrelief | ease | 77%\nAfter\n"),
        ("a | b\nno table", "a | b no table\n"),
        ("not  \na cure", "not a cure\n"), ("One.  \nTwo", "One.\nTwo\n"), ("one\\\nTwo", "one\nTwo\n"),
        ("5 * 3, snake_case, 2 < 3, \\*star\\*, &amp; &eacute;", "5 * 3, snake_case, 2 < 3, *star*, & é\n"),
        ("<div>In <b>bold</b><br>it is</div><img alt='A bath'>", "In bold it is\nA bath\n"),
        ("a <!-- gone\nand gone --> b", "a b\n"), ("<script>let cure = 1\n\n</script>\nb", "b\n"),
        ("Hi.\n\n<input type=submit>\n\n<meta name=description>\n", "Hi.\n"),
        ("Foo\n[bar]: /baz", "Foo [bar]: /baz\n"), ('[foo]: /url "title" ok', '[foo]: /url "title" ok\n'),
        ("---\nFoo\n---\nbar", "Foo\nbar\n"), ("[^1]: Dizziness", "Dizziness\n"),
        ("- ```\n  a\n- b\n\n  ```\n\nc", "a\nb\nc\n"), ("> ```\n> a\n\nb", "a\nb\n"),
        ("A ``<!--`` `<b>` \\<!-- c &amp;lt;", "A <!-- <b> <!-- c &lt;\n"),
        ("a\n\n    ```\n    <!--\n    **b**\n\nc", "a\n```\n<!-- b\nc\n"),
        ("> [!NOTE]\n> a ~~b~~ ==c==", "a b c\n"), ("| a |\n|---|\n| b | more |", "a\nb | more\n"),
        ("> | a \\| b | `c` |\n> |---|---|\n> | d | **e** |", "a | b | c\nd | e\n"),
        ("one\r\n\r\ntwo\rthree", "one\ntwo three\n"), ("", ""), ("[[[a](b)", "[[a\n"), ("a\x01b\x04c", "a b c\n"),
    ],
)  # fmt: skip
def test_markdown(source: str, text: str) -> None:
    assert read_markdown(source, "a.md").text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<title>T</title><p>A <b>cure</b> for\n colds.<p>B", "T\nA cure for colds.\nB\n"),
        ("<ul><li>one<li>two</ul><button aria-label='Book'>Go</button>", "one\ntwo\nBook\nGo\n"),
        ("<figure><img src=x alt='A &lt; B' title=\"t\"><figcaption>c</figcaption></figure>", "A < B\nt\nc\n"),
        ("<table><caption>C</caption><tr><th>a</th><td>b</td></tr><tr><td>c<td>d</table>", "C\na | b\nc | d\n"),
        ("<input type=submit value='Cure me'><input type=radio value=no><input placeholder='Your name'>", "Cure me\nYour name\n"),
        ("<meta name=description content='Baths cure.'><meta name=author content=me>", "Baths cure.\n"),
        ("<p>Hi.</p><input type=submit><input type='reset' value><input type=button onclick='go()'>", "Hi.\n"),
        ("<meta name='description'><meta property='og:title' /><meta name=description content>Hi.", "Hi.\n"),
        ("a<script>b<p>c</script>d<style>e</style><svg><title>f</title></svg><template>g</template>h", "ad\nf\nh\n"),
        ("<svg/>a &amp; &#233; &copy b&nbsp;c &#0; &#xD800;", "a & é © b\xa0c \ufffd \ufffd\n"),
        ("one<br>Two<br>three", "one\nTwo three\n"),
        ("a < b <3 </> <!doctype html> <?x?> c", "a < b <3 </> c\n"),
        ("<p title='unclosed>a</p><b>c</b>", "a\nc\n"),
        ("<a href='x>y'>z</a><!-- c -->w", "zw\n"), ("x <b", "x <b\n"), ("\x00"[:0], ""),
        ("a<p hidden>b<i>c</i></p>d<p hidden>e<p>f<ul><li hidden>g<li>h<li hidden>i</ul>j", "a\nd\nf\nh\nj\n"),
        ("<div style='Display : none'><div>a</div><p>b</div>c<b style=color:red>d</b>", "cd\n"),
        ("<p title='not hidden'>a</p><p hidden=until-found>b</p><input type=hidden title=c>", "not hidden\na\nb\n"),
        ("<div>x<p hidden>a</div>b<img hidden alt=c>", "x\nb\n"),
        ("a<svg><style>b</style><desc>c</desc><text x=1>d <tspan>e</tspan></text></svg>f", "a\nc\nd e\nf\n"),
        ("<svg aria-label=a><foreignObject><p>b <i>c</i></p></foreignObject><g>d</g><text><![CDATA[e]]></text></svg>f",
         "a\nb c\ne\nf\n"),
        ("<input value=a><input type=checkbox value=b><option label=c></option><p aria-valuetext=d></p>", "a\nc\nd\n"),
        ("<meta itemprop=headline content=a><meta property=og:image:alt content=b><img alt=c alt=d>", "a\nb\nc\n"),
        (f"&#{'0' * 90}99;ures &#x00000000063;olds", "cures colds\n"),
        ("a<!-- b --!>c<!--->d<!-->e", "acde\n"),
        ("<h2>Baths end<br>Colds for good</h2><p>One<br>Two</p>", "Baths end Colds for good\nOne\nTwo\n"),
        ("<p>Baths <img alt='👍'> cure <a href=x title='More here'>colds</a>.</p>", "Baths cure colds.\nMore here\n"),
        ("<p>Well in <math><mn>40</mn><mo>%</mo></math> of cases</p>", "Well in 40% of cases\n"),
        ("40%<sup>12</sup> of 30<sup><a href=#n>[3,4]</a></sup> people<sup>*</sup>.<sup>1–3</sup>", "40% of 30 people.\n"),
        ("25 kg/m<sup>2</sup>, 10<sup>6</sup>, 10<sup>-3</sup>, the 1<sup>st</sup>", "25 kg/m², 10⁶, 10⁻³, the 1st\n"),
        ("<p>May ease.<sup><a id=r href='#cmnt3'>[c]</a></sup></p><div><p><a href='#cmnt_ref3'>[c]</a><span>Cures!</span></p></div>b",
         "May ease.\nb\n"),
        ("<p hidden>a<p hidden>b<p>c<table hidden><tr><td>d</table><td hidden>e<td>f", "c\nf\n"),
    ],
)  # fmt: skip
def test_html(source: str, text: str) -> None:
    assert read_html(source, "a.html").text == text


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("a<iframe src=x>b</iframe>", ["<iframe>"], 1), ("a\n<video src=x></video>", ["<video>"], 2),
        ("a\n\n<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", ["a formula whose parts are not on one line"], 3),
        ("a<canvas>b</canvas><object data=x>c</object>", ["<canvas>", "<object>"], 1),
        ("a<img src=x>", ["a picture without alternative text"], 1), ("a<img src=x alt=''><img src=x alt=b>", [], 0),
        ("a<img src=x width=1 height=1>", [], 0), ("a<noscript>Our bath cures.</noscript>", ["<noscript>"], 1),
        ("a<noscript><img src='https://x.example/?id=1' width=1 height=1></noscript>", [], 0),
        ("a\n<template><p>Our bath cures.</p></template><template><hr></template>", ["<template>"], 2),
        ("a\nb\u202esdloc seruc\u202c", ["letters set from right to left"], 2),
        ("a\n<p>&#x202e;sdloc seruc</p>", ["letters set from right to left"], 2),
        ("a\n<bdo dir=rtl>sdloc seruc</bdo><bdo dir=ltr>b</bdo>", ["letters set from right to left"], 2),
        ("a<p style='unicode-bidi: bidi-override'>b</p>", ["letters set from right to left"], 1),
        ('a<script type="application/ld+json">{"text": "It cures."}</script>',
         ["what the page tells search engines (JSON-LD)"], 1),
        ("a<script>say('It cures.')</script>", [], 0),
        ("a\n<style>p::after { content: 'It cures.' }</style>", ["words that a style sheet adds"], 2),
        (r"a<style>p::after{CONTENT :'\43 ures'}</style>", ["words that a style sheet adds"], 1),
        ("a<style>p::after{content: attr( data-said )}</style>", ["words that a style sheet adds"], 1),
        (r"a<style>i:before{content:'\f101'} b:after{content:'→' counter(n)} c{font:'Arial'} d{content:url(x)}</style>", [], 0),
        ("a<frameset><frame src=b></frameset>", ["<frame>"], 1),
    ],
)  # fmt: skip
def test_what_is_not_read_is_kept_in_mind(source: str, what: list[str], line: int) -> None:
    read = draft(source.encode(), "a.html", ".html")
    assert [part.what for part in read.unread] == what
    assert {read.location(part.source).line for part in read.unread} <= {line}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It c.u.r.e.s colds.", "c.u.r.e.s"), ("It c u r e s colds.", "c u r e s"), ("It *c-u-r-e-s* it.", "c-u-r-e-s"),
        ("It c\u0336u\u0336res it.", "c\u0336u\u0336res"), ("It \u1d04\u1d1c\u0280\u1d07\ua731 it.", "\u1d04\u1d1c\u0280\u1d07\ua731"),
        ("It \u24d2\u24e4\u24e1\u24d4\u24e2 it.", "\u24d2\u24e4\u24e1\u24d4\u24e2"), ("It cu\u2c8fes.", "cu\u2c8fes"), ("It cu\u3164res.", "cu\u3164res"),
        ("E.g. in the U.S.A., i.v., a 9 a.m. bath (A, B, C or D).", ""), ("\ue000 Call\ufffd 3 x 4 x 5 x 6", ""),
        ("A na\u00efve caf\u00e9; TNF\u03b1, 5 \u00b5g, m\u00b2, 1\u207b\u00b9, \u00a9 \u2122 \U0001f44d\ufe0f 1\ufe0f\u20e3", ""),
    ],
)  # fmt: skip
def test_words_that_are_not_in_plain_letters_are_told(text: str, word: str) -> None:
    told = [part.what for part in draft(text.encode(), "a.txt").unread]
    assert told == ([f"{word!r}, which is not in plain letters"] if word else [])


def test_titles_of_links_are_told() -> None:
    source = "a\n\n> bb [cc](x 'It cures.') [dd][e]\n![ff](y) ![gg](z \"It heals.\")\n\n[e]: z 'It ends colds.'\n"
    read = draft(source.encode(), "a.md", ".md")
    assert [part.what for part in read.unread] == ["the title of a link"] * 3
    assert [source[part.source] for part in read.unread] == ["c", "d", "!"]


@pytest.mark.parametrize("source", ["a\n\n- ```", "a\n\n> ~~~ html", "a\n\n1. - ```\n"])
def test_a_fence_that_opens_nothing(source: str) -> None:
    assert read_markdown(source, "a.md").text == "a\n"


@pytest.mark.parametrize(
    ("reader", "source", "said"),
    [
        (read_html, "a\n<!-- b", "comment that is never closed (line 2)"), (read_html, "<script>b", "<script> that is never closed (line 1)"),
        (read_markdown, "a\n\n<!-- b", "comment that is never closed (line 3)"), (read_markdown, "```\ncode", "code that is never closed (line 1)"),
        (read_html, "<p>a<div hidden>b", "a hidden <div> that is never closed (line 1)"),
        (read_markdown, "<style>", "<style> that is never closed (line 1)"),
        (read_markdown, "- <!-- a\n\nb --> c", "comment that is never closed (line 1)"),
        (read_markdown, "a\n" + "> " * 60 + "b", "more than 50 deep (line 2)"),
    ],
)  # fmt: skip
def test_what_would_hide_the_rest_is_refused(
    reader: Callable[[str, str], Draft], source: str, said: str
) -> None:
    with pytest.raises(MarkupError) as error:
        reader(source, "a")
    assert said in str(error.value)


@pytest.mark.parametrize("reader", READERS)
@given(
    text=st.text(
        st.sampled_from("ab <>&;/!-[]()*_`#|\\\n\r\t\"'=:\u00e9\u200b\U0001f600"), max_size=120
    )
)
def test_every_letter_has_its_place(reader: Callable[[str, str], Draft], text: str) -> None:
    try:
        read = reader(text, "x")
    except MarkupError:
        return
    assert len(read.source) == len(text)
    assert read.starts[0] == 0
    assert list(read.starts) == sorted(read.starts)
    kept = 0
    for index, letter in enumerate(read.text):
        origin = read.origin(index)
        assert 0 <= origin <= len(text)
        start, end = read.place(index, index + 1)
        assert start <= end
        kept += letter not in " \n|" and text[origin : origin + 1] == letter
    solid = [letter for letter in read.text if letter not in " \n|"]
    assert kept >= len(solid) - text.count("&")  # an entity is another letter than the file has


@pytest.mark.parametrize(
    ("reader", "source"),
    [
        (
            read_html,
            "<p>It&shy; c&shy;u&#8203;r\u2060es<b>\u200b</b> &zwj;you.</p>&#xFEFF;<p>\u00ad</p><img alt='O&shy;h'>",
        ),
        (
            read_markdown,
            "It\u00ad **c\u00adu&ZeroWidthSpace;r\u2060es** \u200dyou.\n\n\u200b\n\nO\ufe0fh",
        ),
        (read_text, "It\u00ad c\u00adu\u200br\u2060es \u200dyou.\nO\u00adh\n"),
    ],
)
def test_what_is_not_seen_is_not_read_and_the_rest_keeps_its_place(
    reader: Callable[[str, str], Draft], source: str
) -> None:
    read = reader(source, "x")
    assert read.text.splitlines() == ["It cures you.", "Oh"]
    start = read.text.index("cures")
    assert read.written(start, start + 5).startswith("c")
    assert read.written(start, start + 5).endswith("es")
    assert read.source == source


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "cures",
    ["ｃｕｒｅｓ", "𝐜𝐮𝐫𝐞𝐬", "c𝒖re𝗌", "ｃures"],
)
def test_letters_in_another_dress_are_read_as_plain_ones(
    reader: Callable[[str, str], Draft], cures: str
) -> None:
    source = f"The ﬁrst {cures} ４０％."
    read = reader(source, "x")
    assert read.text.strip() == "The first cures 40%."
    start = read.text.index("cures")
    assert read.written(start, start + 5) == cures
    assert read.written(4, 9) == "ﬁrst"


def test_what_is_not_seen_in_a_word_file_is_not_read() -> None:
    body = "<d xmlns:w='w'><w:p><w:r><w:t>It c\u00adures</w:t></w:r><w:r><w:t>\u200b you.</w:t></w:r></w:p></d>"
    assert draft(docx(body), "x.docx", ".docx").text == "It cures you.\n"


@given(
    text=st.text(st.characters(exclude_characters="\r\0"), max_size=80).filter(
        lambda t: (
            "claimbook" not in t
            and "](" not in t
            and not t.lstrip().startswith(">")
            and not DRESSED.search(t)
            and t.isprintable()
            and "".join(VISIBLE.findall(t)) == t
        )
    )
)
def test_plain_text_is_itself(text: str) -> None:
    assert read_text(text, "x").text == text


FULL = "It may ease a cold in some of those who take a footbath by"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It lasts more than\n40 days, in all,\nWe hope.", "It lasts more than 40 days, in all, We hope."),
        (f"{FULL}\nDr. Example at home.", f"{FULL} Dr. Example at home."), (f"{FULL}.\nWell.", f"{FULL}.\nWell."),
        ("Costs\n40 dollars", "Costs\n40 dollars"), ("We offer the\n- first\n2. second", "We offer the\n- first\n2. second"),
        ("Salts and\n\nHerbs", "Salts and\n\nHerbs"), ("# All of the\nText", "# All of the\nText"),
        ("> It lasts more than\n> 40 days.\n>> Ah.", "It lasts more than 40 days.\nAh."),
        ("See https://a.example/cures-colds?b=c. Or <http://b.example>.", "See . Or <>."),
        ("It is\n> 15 days", "It is > 15 days"), ("> 15 days", "> 15 days"), (">a", "a"),
    ],
)  # fmt: skip
def test_lines_of_text_that_go_on(source: str, text: str) -> None:
    read = read_text(source, "x")
    assert read.text == text
    assert read.source == source
    assert all(read.origin(at) == source.index("40") for at in [text.find("40")] if at >= 0)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", "<a b='", "<!-", "<!-- claimbook: -", "<![CDATA[", "<div>", "<scriptx", "&", "&aaaa", "[", "![a](", "[a](b)", "]",
     "*a ", "_", "`a",
     "|", "> ", "- ", "# ", "~", "\\", "<td>", "1. ", "=", "- - ", "<http://", "\r", "a=", " \t", "a #", "(", "\x01", "[a](", "| a |\n",
      "[a]: b\n", "{/* ", "{a=b.c", "{.a ", '=== "', "+++\n", "title: >\n", "> 1", "<sup>", "\nthe"],
)  # fmt: skip
def test_work_is_in_proportion_to_length(reader: Callable[[str, str], Draft], unit: str) -> None:
    """Pieces and time grow as the text does; what grows as its square takes a hundred times as long."""

    def read(size: int) -> tuple[int, float]:
        start = time.process_time()
        try:
            pieces = len(reader(f"a{unit}" * (size // len(unit)), "x").starts)
        except MarkupError:
            pieces = 0
        return pieces, time.process_time() - start

    (few, short), (many, long) = read(2_000), read(20_000)
    assert many <= 11 * few + 11
    assert long < 0.125 + 20 * short


def docx(xml: str, **others: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
        for name, content in others.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def body(inner: str) -> str:
    return f"<w:document xmlns:w='http://x/w' xmlns:mc='http://x/mc' xmlns:wp='http://x/wp'><w:body>{inner}</w:body></w:document>"


def par(text: str, more: str = "") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (par("Baths ") + par("cure."), "Baths \ncure.\n"),
        (par("a", "<w:ins><w:r><w:t> put in</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"),
         "a put in\n"),
        (par("a", "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> moved</w:t></w:r></w:moveTo>"), "a moved\n"),
        (par("a", "<w:r><w:instrText>HYPERLINK x</w:instrText><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"),
         "a b\nc-\n"),
        (f"<w:tbl><w:tr><w:tc>{par('a')}</w:tc><w:tc>{par('b')}{par('c')}</w:tc></w:tr><w:tr><w:tc>{par('d')}</w:tc></w:tr></w:tbl>{par('e')}",
         "a | b\nc\n\nd\n\ne\n"),
        (par("a", f"<mc:AlternateContent><mc:Choice><w:txbxContent>{par('boxed')}</w:txbxContent></mc:Choice>"
                  f"<mc:Fallback>{par('boxed')}</mc:Fallback></mc:AlternateContent>"), "a\nboxed\n"),
        (par("a", "<w:r><wp:docPr descr='A   bath'/></w:r>"), "a\nA bath\n"),
        (par("more ", f"<w:r><w:txbxContent>{par('Book')}{par('now')}</w:txbxContent><w:t>than 40</w:t></w:r>"), "more than 40\nBook\nnow\n"),
        (par("a", "<w:r><v:textpath xmlns:v='v' string='Drawn letters'/></w:r>"), "a\nDrawn letters\n"),
        (par("a", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>b</w:t></w:r>"), "ab\n"),
        ("<w:p><w:pPr><w:rPr><w:vanish/><w:del/></w:rPr></w:pPr><w:r><w:t>more than</w:t></w:r></w:p>" + par(" 40 days") + par("b"),
         "more than 40 days\nb\n"),
        (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{par('gone')}</w:tc></w:tr><w:tr><w:tc>{par('a')}</w:tc></w:tr></w:tbl>{par('b')}", "a\nb\n"),
        (par("40%", "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>7,8</w:t></w:r><w:r><w:t> of kg/m</w:t></w:r>"
                    "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"), "40% of kg/m²\n"),
        (par("a ", "<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>40 </w:t><w:sym w:font='Symbol' w:char='F06D'/><w:t>g</w:t></w:r>"), "a ≥40 µg\n"),
    ],
)  # fmt: skip
def test_word(inner: str, text: str) -> None:
    read = draft(docx(body(inner)), "a.docx", ".docx")
    assert [line for line in read.text.split("\n") if line] == [
        line for line in text.split("\n") if line
    ]
    assert not read.editable


def test_word_reads_what_stands_around_the_text() -> None:
    parts = {
        name: body(par(name))
        for name in ("header1", "footnotes", "endnotes", "footer2", "styles", "comments")
    }
    assert draft(docx(body(par("text")), **parts), "a.docx", ".docx").text.split() == [
        "header1",
        "text",
        "footnotes",
        "endnotes",
        "footer2",
    ]


MAIL = 'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n<p>In <b>a mail</b></p>\n--x--\n'


@pytest.mark.parametrize(
    ("part", "content", "lines", "unread"),
    [
        ("word/afchunk.mht", MAIL, ["text", "In a mail"], []),
        ("word/chunk1.html", "<p>In</p><p>a page</p>", ["text", "In", "a page"], []),
        ("word/chunk1.html", "<p>In</p><img src=x>", ["text", "In"], ["a picture without alternative text"]),
        ("word/header1.xml", body("<w:p><docPr/><blip/></w:p><w:p><docPr descr='A bath'/><blip/></w:p>"), ["A bath", "text"],
         ["a picture without alternative text"]),
        ("word/header1.xml", body(par("\u202esdloc seruc")), ["sdloc seruc", "text"], ["letters set from right to left"]),
        ("word\\header1.xml", body(par("of Windows")), ["of Windows", "text"], []),
        ("word/charts/chart1.xml", "<c><a:p xmlns:a='a'><a:t>A title</a:t></a:p></c>", ["text", "A title"], []),
        ("word/charts/chart1.xml", "<c><v>40</v><v>50</v></c>", ["text"], ["the labels and figures of a chart"]),
        ("word/diagrams/data2.xml", "<d><p><t>A step</t></p></d>", ["text", "A step"], []),
        ("word/embeddings/plan.xlsx", "x", ["text"], ["a file in the file (plan.xlsx)"]),
        ("word/chunk.rtf", "x", ["text"], ["a file in the file (chunk.rtf)"]),
        ("word/header1.xml", body("<w:p><w:r><w:sym w:font='Dingbats' w:char='F041'/></w:r></w:p>"), ["text"], ["a sign of the font 'Dingbats'"]),
    ],
)  # fmt: skip
def test_word_reads_what_was_put_in(
    part: str, content: str, lines: list[str], unread: list[str]
) -> None:
    out = io.BytesIO(docx(body(par("text"))))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(part, content)
    read = draft(out.getvalue(), "a.docx", ".docx")
    assert read.text.split("\n")[:-1] == lines
    assert [each.what for each in read.unread] == unread


BOMB = body("<w:p>" + " " * 30_000_000 + "</w:p>")
ENTITY = '<!DOCTYPE d [<!ENTITY a "{}">]>' + body(par("&a;"))


def lying(content: bytes) -> bytes:
    """The archive with every size of what is unpacked said to be 10."""
    size = len(BOMB).to_bytes(4, "little")
    assert content.count(size) == 2
    return content.replace(size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "protected by a password"),
        ("a.docx", b"PK", "not a Word document"), ("a.docx", docx("<w:document>"), "not a Word document"),
        ("a.docx", lambda: docx(BOMB), "MB when unpacked"), ("a.docx", lambda: lying(docx(BOMB)), "not a Word document"),
        ("a.docx", lambda: docx(body(par("a")), header1=BOMB), "MB when unpacked"),
        ("a.docx", docx(ENTITY.format("a")), "declares entities"), ("a.docx", docx(ENTITY.format("&b;&b;&b;")), "declares entities"),
        ("a.docx", docx('<!DOCTYPE d SYSTEM "file:///etc/passwd">' + body("")), "declares entities"),
        ("a.docx", docx("<?xml version='1.0' encoding='none'?><a/>"), "not a Word document"),
        ("a.docx", lambda: docx(body(par("a")), **{f"n{n}": "" for n in range(MAX_PARTS + 1)}), f"more than {MAX_PARTS} parts"),
        ("a.docx", docx(body(par("a")))[:-40], "not a Word document"),
        ("a.docx", docx(body(par("a"))).replace(b"word/document", b"ward/document"), "not a Word document"),
        ("a.pdf", b"%PDF", "not a draft"), ("a.txt", b"caf\xe9", "not UTF-8 text (byte 3, line 1); save it as UTF-8"),
        ("a.md", b"a\0b", "binary"), ("a.txt", b"\xff\xfea", "not UTF-8"), ("a.txt", b"x" * (MAX_BYTES + 1), "more than 20 MB"),
        ("a.txt", b"x" * (MAX_LETTERS + 1), "million letters"),
        ("a.html", b"a<!--", "never closed (line 1): what follows it would not be read"),
        ("a.txt", b"\xed\xa0\x80", "not UTF-8"),
        ("a.md", b"", "no words to judge"), ("a.txt", b" \n***\n", "no words to judge"),
        ("a.md", b"```\ncures()\n```\n", "no words to judge"), ("a.html", b"<img src=x>", "no words to judge"),
        ("a.html", b"<iframe src=x></iframe>", "no words to judge; not read: <iframe>"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(
    name: str, content: bytes | Callable[[], bytes], said: str, tmp_path: Path
) -> None:
    """What takes long to write is written only for its own test."""
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content())
    with pytest.raises(DraftError) as error:
        read(tmp_path / name)
    assert said in str(error.value)
    assert name in str(error.value)


def test_a_deep_document_is_only_long() -> None:
    deep = body("<w:r>" * 100_000 + "<w:t>a</w:t>" + "</w:r>" * 100_000)
    assert draft(docx(deep), "a.docx", ".docx").text == "a\n"
    assert draft(b"<div>" * 100_000 + b"a", "a.html", ".html").text == "a\n"
    with pytest.raises(DraftError, match="lists or quotes more than 50 deep"):
        draft(b"> " * 100_000 + b"a", "a.md", ".md")


def test_encodings() -> None:
    assert (
        decode("Bäder".encode("utf-16"), "x") == decode("Bäder".encode("utf-8-sig"), "x") == "Bäder"
    )


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.txt",
        "c.pdf",
        "sub/d.HTML",
        "node_modules/e.md",
        ".git/f.md",
        ".g.md",
        "sub/~$h.docx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    names = ["a.txt", "b.md", "sub/d.HTML"]
    found, failures = find(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == names
    assert failures == []
    assert find(tmp_path / "b.md") == ([tmp_path / "b.md"], [])
    (tmp_path / "void").mkdir()
    void = f"{tmp_path.as_posix()}/void: no draft in this folder: {', '.join(ENDINGS)}"
    assert find(tmp_path / "void") == ([], [void])


def test_a_folder_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "sub").mkdir()
    scan = os.scandir

    def denied(path: str) -> Any:
        if path.endswith("sub"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", denied)
    found, failures = find(tmp_path)
    assert found == [tmp_path / "a.md"]
    assert failures == [f"{tmp_path.as_posix()}/sub: Permission denied"]
