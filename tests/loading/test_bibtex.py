"""What stands in BibTeX comes out as plain text, and as it was written."""

import pytest

from claimbook.loading.bibtex_file import citations, latex_to_text, read


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"G{\"o}del", "Gödel"),
        (r"{\'e}t\'{\i}", "étí"),
        (r"\v{S}koda", "Škoda"),
        (r"{\O}stre", "Østre"),
        (r"Stra\ss{}e", "Straße"),
        (r"\c{c}a", "ça"),
        ("a--b", "a–b"),
        ("a~b", "a b"),
        ("Größe", "Größe"),
        (r"\&", "&"),
        ("Anesthesia & Analgesia", "Anesthesia & Analgesia"),
        (r"5\% of \$5", "5% of $5"),
        (r"5% of \alpha{} and \%", "5% of α and %"),
        (r"\textit{in vivo} $\alpha$-2", "in vivo α-2"),
        (r"H\textsubscript{2}O", "H2O"),
        ("{The {DNA}}", "The DNA"),
        (r"$p$ {\textless} 0.05", "p < 0.05"),
        (r"\textbraceleft{} and \textasciicircum{}", "{ and ^"),
        (r"\href{https://a.example}{a page}", "a page"),
        (r"\texttt{a} \mkbibemph{b} {\bf c}", "a b c"),
    ],
)
def test_tex_is_read_as_plain_text(written: str, plain: str) -> None:
    assert latex_to_text(written) == plain


def test_a_reference_is_plain_and_its_entry_is_kept() -> None:
    entry = r"""@misc{a-2001,
  title = {{\textit{In vivo} $\alpha$-2}},
  author = {M{\"u}ller, A. and {World Health Organization}},
  url = {https://a.example/x--y\_z?b=1\&c=2}
}
"""
    references, problems = read(entry.encode(), "references.bib")
    assert problems == []
    (reference,) = references.values()
    assert reference.fields == {"title": "In vivo α-2", "url": "https://a.example/x--y_z?b=1&c=2"}
    assert reference.persons == {"author": ("Müller, A.", "World Health Organization")}
    assert reference.text == entry


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            r"@misc{a, title = {\SI{5}{\milli\gram} of it}}",
            "x:1:10: 'title' holds the TeX command \\SI, which is not known; write out what it means",
        ),
        (
            r"@misc{a, title = {A}, author = {\foo{Nemo}, A}}",
            "x:1:23: 'author' holds the TeX command",
        ),
        (
            "@article{a, title = {A},\n journal = ipl}",
            "x:2:1: not valid BibTeX: undefined string: ipl; put braces around the words",
        ),
        ("@misc{a, title = {A\0\0\0},\n note = {\0}}", "x:1:20: a control character"),
    ],
)
def test_what_would_be_lost_is_told(written: str, problem: str) -> None:
    references, problems = read(written.encode(), "x")
    assert not references
    assert str(problems[0]).startswith(problem)
    assert len(problems) <= written.count("\n") + 1


def test_what_nobody_is_shown_may_hold_any_tex() -> None:
    references, problems = read(rb"@misc{a, title = {A}, abstract = {\SI{5}{mg}}}", "x")
    assert not problems
    assert references


def test_a_brace_that_is_meant_is_cited() -> None:
    references, _ = read(rb"@misc{a, title = {A \textbraceleft{} \& B}}", "x")
    assert "A { &amp; B" in citations(references.values())["a"]


BEFORE = """% a line of a program
@string{job = {Journal of Baths}}
@preamble{"x"}
"""
AFTER = "\n% ----\n\n@comment{jabref-meta: groups;}\n"


@pytest.mark.parametrize(
    ("kind", "fields", "read_as", "cited"),
    [
        ("article", "journal = job, year = 2001", {"journal": "Journal of Baths"}, "Journal of Baths"),
        ("article", "journal = job # { II}, month = jul", {"journal": "Journal of Baths II"}, "Baths II"),
        ("article", "journaltitle = {Baths}, date = {2001-05-03}", {"journal": "Baths", "year": "2001"}, "2001"),
        ("report", "institution = {Spa}, date = {2001-05}", {"year": "2001"}, "Spa"),
        ("thesis", "school = {Spa School}, year = 2001", {}, "Spa School"),
        ("conference", "booktitle = {Bath Days}, year = 2001", {}, "Bath Days"),
        ("legislation", "date = {2001}", {"year": "2001"}, "2001"),
        ("electronic", "TITLE2 = {x}", {"title2": "x"}, "A trial of baths"),
        ("misc", "url = {https://a.example/10.1%2Fb?c=d%20e}", {"url": "https://a.example/10.1%2Fb?c=d%20e"}, "A trial"),
        ("misc", "note = {Well 40% of\n all % of them}", {"note": "Well 40% of all % of them"}, "Well 40% of all % of them"),
        ("misc", r"note = {\textit{In vivo}, 5\,mg of $\alpha$}", {"note": "In vivo, 5 mg of α"}, "In vivo, 5 mg of α"),
        ("misc", r"doi = {https://doi.org/10.1000/xyz\_1}", {"doi": "10.1000/xyz_1"}, "A trial"),
        ("misc", "DOI = {doi: 10.1000/xyz}", {"doi": "10.1000/xyz"}, "A trial"),
    ],
)  # fmt: skip
def test_what_other_programs_write(
    kind: str, fields: str, read_as: dict[str, str], cited: str
) -> None:
    entry = f"@{kind}{{roe-2001,\n  author = {{Roe, Ann}},\n  title = {{A trial of baths}},\n  {fields}\n}}\n"
    references, problems = read((BEFORE + entry + AFTER).encode(), "references.bib")
    assert problems == []
    reference = references["roe-2001"]
    assert read_as.items() <= reference.fields.items()
    assert cited in citations([reference])["roe-2001"].replace("\xa0", " ")
    assert reference.at.line == 4
    assert reference.text.removeprefix("@string{job = {Journal of Baths}}\n") == entry
    again, problems = read(reference.text.encode(), "again.bib")
    assert problems == []
    assert again["roe-2001"].fields == reference.fields


BOOK = """@proceedings{spa-2003,
  title = {Proceedings of the {Spa}},
  editor = {Roe, Bo},
  year = {2003},
  publisher = {Steam},
  doi = {10.5555/book}
}
"""
CHAPTER = "@inproceedings{bath-2003,\n  title = {Baths},\n  author = {Doe, Ann},\n  %s\n}\n"


def test_an_entry_has_what_it_lacks_of_the_one_it_leads_to() -> None:
    series = '@book{all-2000, title = "All", series = "Waters", year = "2000"}\n'
    book = BOOK.replace("year", "crossref = {all-2000},\n  year", 1)
    chapter = CHAPTER % "CROSSREF = {Spa-2003},\n  publisher = {Mine}"
    references, problems = read((chapter + book + series).encode(), "references.bib")
    assert problems == []
    fields = dict(references["bath-2003"].fields)
    assert fields.pop("crossref") == "Spa-2003"
    assert fields == {
        "title": "Baths", "booktitle": "Proceedings of the Spa", "year": "2003",
        "publisher": "Mine", "series": "Waters",
    }  # fmt: skip
    assert references["bath-2003"].persons == {"author": ("Doe, Ann",), "editor": ("Roe, Bo",)}
    text = references["bath-2003"].text  # by itself it says the same
    (alone,) = read(text.encode(), "references.bib")[0].values()
    assert {**alone.fields, "crossref": "Spa-2003"} == references["bath-2003"].fields
    assert "Mine, 2003." in citations(references.values())["bath-2003"]


@pytest.mark.parametrize(
    ("crossref", "place", "message"),
    [
        ("spa-2030", "4:3", "crossref: unknown entry 'spa-2030'; did you mean 'spa-2003'?"),
        ("bath-2003", "4:3", "crossref: it leads in a circle; write the fields out"),
    ],
)
def test_an_entry_that_leads_nowhere(crossref: str, place: str, message: str) -> None:
    text = CHAPTER % f"crossref = {{{crossref}}}" + BOOK
    (problem,) = read(text.encode(), "references.bib")[1]
    assert str(problem).startswith(f"references.bib:{place}: {message}")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("author = {Doe A, Roe B}", "names that are parted by a comma; separate names with 'and'"),
        ("author = {Doe AB, Roe B, Poe C}", "names that are parted by a comma"),
        (
            "author = {family=Doe, given=Ann}",
            "a name in parts with names of their own; write it as Doe, Ann",
        ),
        ("doi = {\\url{10.5555/x}}", "is not a DOI; write 10.1000/xyz"),
        ("doi = {https://a.example/10.5555/x}", "is not a DOI"),
        ("pmid = {PMID: 123}", "'PMID: 123' is not a PubMed id; write its digits alone"),
        ("pmid = {PMC123}", "'PMC123' is not a PubMed id"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_line(field: str, message: str) -> None:
    text = f"@misc{{a-2001,\n  title = {{A}},\n  {field}\n}}\n"
    (problem,) = read(text.encode(), "references.bib")[1]
    assert str(problem).startswith("references.bib:3:3: ")
    assert message in str(problem)
