"""Publications as other programs hand them on: what is read, what is refused, where."""

from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from claimbook.curation.citation import notices, pages, person, plain
from claimbook.curation.reference_formats import MAX_SIZE, read

FILES = ROOT / "tests" / "data" / "references"
INVENTED: dict[str, list[dict[str, Any]]] = {  # what each file says
    "invented.nbib": [
        {
            "title": "An invented trial of examplutide & exampramine: 50% of nobody, and a title"
            " that goes on",
            "journal": "Journal of imaginary results",
            "year": "2007",
            "volume": "12",
            "number": "3",
            "pages": "642-647",
            "doi": "10.5555/invented.1",
            "pmid": "99990001",
            "author": ["Nemo, Ada B", "de la Nada, Bo", "{Invented Study Group, North and South}"],
            "kinds": ["Journal Article", "Randomized Controlled Trial"],
            "at": "2:1",
        },
        {
            "title": "An invented series that was withdrawn by its invented journal",
            "journal": "Archives of nothing",
            "year": "2008",
            "pmid": "99990002",
            "author": ["Naught, Eli"],
            "kinds": ["Journal Article", "Case Reports", "Retracted Publication"],
            "notices": ["RETRACTED"],
            "at": "28:1",
        },
    ],
    "invented.ris": [
        {
            "title": "Exampramine tablets & weight: an imaginary trial",
            "journal": "Journal of Imaginary Results",
            "year": "2002",
            "volume": "7",
            "number": "2",
            "pages": "e0815",
            "doi": "10.5555/INVENTED.2",
            "pmid": "99990003",
            "url": "http://www.ncbi.nlm.nih.gov/pubmed/99990003",
            "author": ["Noone, Cy", "Nemo, A.B."],
            "at": "3:1",
        },
        {
            "title": "RETRACTED: An invented chapter",
            "booktitle": "The book of nothing",
            "year": "2011",
            "pages": "3-9",
            "publisher": "Nowhere Press",
            "doi": "10.5555/invented.3",
            "author": ["{World Body of Nothing}"],
            "editor": ["Void, Jr, Fay"],
            "notices": ["RETRACTED"],
            "at": "19:1",
        },
    ],
    "invented.json": [
        {
            "title": "Gallstones after an invented balloon",
            "journal": "Imaginary Reviews",
            "year": "2012",
            "volume": "3",
            "number": "1",
            "pages": "99-101",
            "doi": "10.5555/Invented.4",
            "author": ["van der Berg, Dee", "{Invented Study Group}"],
            "at": "2:1",
        },
        {
            "title": "An invented report without authors",
            "year": "2013",
            "institution": "Nowhere",
            "at": "15:1",
        },
    ],
    "invented.xml": [
        {
            "title": "Examplutide in H2O: an invented review of trials",
            "journal": "Journal of imaginary results",
            "year": "2014",
            "volume": "4",
            "pages": "11-19",
            "doi": "10.5555/invented.5",
            "pmid": "99990005",
            "pmcid": "PMC9999005",
            "author": ["Ñandú, Jr, Gil", "{Invented Group; and others}"],
            "kinds": ["Journal Article", "Systematic Review", "Review"],
            "notices": ["EXPRESSION OF CONCERN"],
            "at": "4:1",
        }
    ],
    "invented.bib": [
        {
            "title": "A weekly shot of examplutide: an imaginary trial",
            "journal": "Journal of Imaginary Results",
            "year": "2001",
            "doi": "10.5555/invented.6",
            "author": ["Nemo, Ada", "Nobody, Bo"],
            "at": "4:1",
        },
        {
            "title": "An invented report: p < 0.05",
            "year": "2016",
            "institution": "Nowhere",
            "author": ["{Office of Nothing}", "Göbel, Fay"],
            "at": "14:1",
        },
    ],
}


@pytest.mark.parametrize("name", INVENTED)
def test_every_format_is_read(name: str) -> None:
    citations, problems = read((FILES / name).read_bytes(), name)
    assert not problems
    assert [
        {
            **citation.fields,
            **{role: list(people) for role, people in citation.people.items()},
            **({"kinds": list(citation.kinds)} if citation.kinds else {}),
            **({"notices": [n.words for n in citation.notices]} if citation.notices else {}),
            "at": str(citation.at).removeprefix(f"{name}:"),
        }
        for citation in citations
    ] == INVENTED[name]


RIS = "TY  - JOUR\nTI  - {}\nER  - \n"
ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><PubmedArticleSet>&c;</PubmedArticleSet>'
)
OUTSIDE = (
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&a;</PubmedArticleSet>'
)
PARAMETER = '<!DOCTYPE a [<!ENTITY % a SYSTEM "https://example.org/a.dtd">%a;]><PubmedArticleSet/>'
UNDECLARED = (
    '<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><PubmedArticleSet>&a;</PubmedArticleSet>'
)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["x:1:1: not BibTeX, RIS"]),
        ("PK\x03\x04", ["x:1:1: not BibTeX, RIS"]),
        (RIS.format("A") + "TY  - JOUR\nTI  - Cut", ["x:4:1: a record that ER does not end"]),
        ("TY  - JOUR\nTI  - A\n" + RIS.format("B"), ["x:1:1: a record that ER does not end"]),
        (RIS.format("A") + "TI  - B\nER  -\n", ["x:5:1: a record that TY does not start"]),
        (RIS.format("") + RIS.format("..."), ["x:1:1: a record without", "x:4:1: a record without"]),
        (RIS.format("\x1b[31mA"), ["x:1:1: a control character in title (U+001B)"]),
        (RIS.format("A" * 2001), ["x:1:1: title has 2,001 letters"]),
        (RIS.format("A") + RIS.format("Gro\udcdf"), ["x:5:10: not valid UTF-8"]),
        ("PMID- 1\nAU  - Nemo A\n", ["x:1:1: a record without a title"]),
        ('[{"title": "A"},\n {"title": ""},\n 3]', ["x:2:1: a record", "x:3:1: an item is a"]),
        ('[{"title": "A"},\n {"title": "B"', ["x:2:1: not valid JSON"]),
        ('[{"title": "\\ud800"}]', ["x:1:1: a control character in title (U+D800)"]),
        ('[{"a":' * 100_000, ["x:1:1: not valid JSON: RecursionError"]),
        ("[]", ["x:1:1: no record in it"]),
        (ENTITIES, ["x:1:25: the file declares the entity 'a'; such a file is not read"]),
        (OUTSIDE, ["x:1:52: the file declares the entity 'a'"]),
        (PARAMETER, ["x:1:61: the file declares the entity 'a'"]),
        (UNDECLARED, ["x:1:69: the file refers to something outside itself"]),
        ("<a>" * 61, ["x:1:184: elements more than 60 deep"]),
        ("<PubmedArticleSet><PubmedArticle>", ["x:1:34: not valid XML: no element found"]),
        ("<html/>", ["x:1:1: <html> is not PubMed's XML"]),
        ("@article{a, title = {A}}\n@article{b, title = {}}", ["x:2:1: the entry 'b' has no title"]),
        ("@article{a, title = {A}", ["x:1:1: the braces of this entry"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_place(text: str, problems: list[str]) -> None:
    _, refused = read(text.encode(errors="surrogateescape"), "x")
    assert len(refused) == len(problems)
    for problem, start in zip(refused, problems, strict=True):
        assert str(problem).startswith(start)
        assert problem.repair


@given(
    st.sampled_from(sorted(INVENTED)),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 40), st.binary(max_size=8)), max_size=4
    ),
)
def test_no_damage_ends_in_a_traceback(name: str, edits: list[tuple[int, int, bytes]]) -> None:
    content = (FILES / name).read_bytes()
    for start, length, put in edits:
        at = start % len(content or b"x")
        content = content[:at] + put + content[at + length :]
    citations, problems = read(content, name)
    assert all(citation.title for citation in citations)
    assert all(
        0 < problem.at.line <= content.count(b"\n") + content.count(b"\r") + 1
        for problem in problems
    )


def test_a_file_of_any_size_is_not_read() -> None:
    _, (problem,) = read(b" " * (MAX_SIZE + 1), "x")
    assert "at most 50" in str(problem)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Nemo, Ada", "Nemo, Ada"),
        ("Nemo, Ada, Jr.", "Nemo, Jr., Ada"),
        ("Nemo A.B.", "Nemo, A.B."),
        ("van der Nemo AB", "van der Nemo, AB"),
        ("Shi,Yu ", "Shi, Yu"),
        ("Nemo,", "{Nemo}"),
        ("World Body of Nothing", "{World Body of Nothing}"),
        (r"N{\o}body, A", "Nobody, A"),
        (",", ""),
    ],
)
def test_names(written: str, read_as: str) -> None:
    assert person(written) == read_as


@pytest.mark.parametrize(
    ("first", "last", "read_as"),
    [
        ("642-7", None, "642-647"),
        ("642", "7", "642-647"),
        ("642--647", None, "642-647"),
        ("e12", None, "e12"),
        ("S7", "S9", "S7-S9"),
        ("7", "7", "7"),
        ("No", "Specified", ""),
        (None, None, ""),
    ],
)
def test_pages(first: str | None, last: str | None, read_as: str) -> None:
    assert pages(first, last) == read_as


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("p<0.05 &amp; H<sub>2</sub>O", "p<0.05 & H2O"),
        ("&lt;i&gt;in vivo&lt;/i&gt;  x", "in vivo x"),
        ("so\u00adft \u202egnorw\u202c", "soft gnorw"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # escaped wherever it is shown
        ("Go\u0308bel", "Göbel"),
    ],
)
def test_text(text: str, read_as: str) -> None:
    assert plain(text) == read_as


@pytest.mark.parametrize(
    ("title", "kind", "link", "words"),
    [
        ("A trial", "Journal Article", "CommentIn", []),
        ("A trial", "Retracted Publication", "", ["RETRACTED"]),
        ("A trial", "", "RetractionIn", ["RETRACTED"]),
        ("A trial", "Retracted Publication", "RIN", ["RETRACTED"]),
        ("A trial", "", "ECI", ["EXPRESSION OF CONCERN"]),
        ("A trial", "", "ErratumIn", ["corrected"]),
        ("A trial", "", "UIN", ["there is a newer version"]),
        ("A trial", "Retraction of Publication", "RetractionOf", ["A NOTICE about another publication"]),
        ("RETRACTED: A trial", "", "", ["RETRACTED"]),
        ("RETRACTED A trial", "", "", ["RETRACTED"]),
        ("[Retracted] A trial", "", "", ["RETRACTED"]),
        ("Retracted article: a trial", "", "", ["RETRACTED"]),
        ("A trial (Retracted article. See vol. 1)", "", "", ["RETRACTED"]),
        ("WITHDRAWN: A review", "", "", ["WITHDRAWN"]),
        ("Retraction notice to: A trial", "", "", ["A NOTICE about another publication"]),
        ("Expression of Concern: A trial", "", "", ["A NOTICE about another publication"]),
        ("Retracted papers in nursing: a survey", "", "", []),
        ("Correction to: A trial", "", "", ["A NOTICE about another publication"]),
        ("Erratum for a trial", "", "", ["A NOTICE about another publication"]),
        ("Correction for multiple tests", "", "", []),
        ("Retraction of the eyelid", "", "", []),
        ("Withdrawn patients and what became of them", "", "", []),
    ],
)  # fmt: skip
def test_notices(title: str, kind: str, link: str, words: list[str]) -> None:
    assert [notice.words for notice in notices(title, [kind], [link])] == words


def test_of_several_addresses_the_first_is_taken() -> None:
    for sign in ("; ", " "):
        text = RIS.format(f"A\nUR  - https://a.example/1{sign}https://a.example/2")
        (citation,), _ = read(text.encode(), "x")
        assert citation.fields["url"] == "https://a.example/1"


def test_what_cannot_be_used_of_a_record_is_told() -> None:
    text = RIS.format(
        "A\nDO  - none\nPY  - soon\nUR  - //example.org\nCP  - A congress\nIS  - " + "x" * 31
    )
    (citation,), problems = read(text.encode(), "x")
    assert not problems
    assert citation.fields == {"title": "A"}
    assert [what.partition(" ")[0] for what in citation.left_out] == ["year", "doi", "number"]
