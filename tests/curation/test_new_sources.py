"""Publications as new sources: keys, entries that read back as they were written, duplicates."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.curation.citation import Citation, citation, person
from claimbook.curation.new_sources import Known, Library, entry, propose_key, record
from claimbook.loading import bibtex_file
from claimbook.records import Location

AT = Location("x", 1)
TEXT = st.text(
    st.one_of(
        st.sampled_from("\\{}%&$#_~^`'\"-,@ =<>ab"), st.characters(exclude_categories=("Cs", "Cc"))
    ),
    min_size=1,
    max_size=40,
)


def cited(people: Sequence[str] = (), kinds: Sequence[str] = (), **fields: Any) -> Citation:
    made = citation("article", {"title": "A trial", **fields}, {"author": people}, AT, kinds)
    assert isinstance(made, Citation)
    return made


@pytest.mark.parametrize(
    ("people", "title", "year", "key"),
    [
        (["Nemo, Ada"], "A trial", "2001", "nemo-2001"),
        (["van der Berg, Dee"], "A trial", "2001", "berg-2001"),
        (["Göbel, Fay"], "A trial", "2001", "gobel-2001"),
        (["Błąd-Søren, Fay"], "A trial", "2001", "blad-soren-2001"),
        (["D'Andrea, Fay"], "A trial", "2001", "d-andrea-2001"),
        (["{World Body of Nothing}"], "A trial", "2001", "world-body-nothing-2001"),
        ([], "A trial of nothing at all", "2001", "trial-nothing-all-2001"),
        (["Nemo, Ada"], "A trial", "", "nemo"),
        (["王, 小"], "Слово", "2001", "source-2001"),
        # keys that are not free
        (["Taken, Ada"], "A trial of examplutide", "2001", "taken-2001-trial"),
        (["Taken, Ada"], "On it", "2001", "taken-2001-2"),
    ],
)
def test_keys(people: list[str], title: str, year: str, key: str) -> None:
    publication = cited(people, title=title, year=year)
    assert propose_key(publication, {"taken-2001"}) == key


@given(TEXT, TEXT, st.lists(TEXT, max_size=3))
def test_entries_read_back_as_they_were_written(
    title: str, journal: str, people: list[str]
) -> None:
    fields = {"title": title, "journal": journal}
    written = citation("article", fields, {"author": map(person, people)}, AT)
    if not isinstance(written, Citation):
        return
    references, problems = bibtex_file.read(entry("key-2000", written).encode(), "x")
    assert not problems
    read = references["key-2000"]
    assert read.fields["title"] == written.title
    assert read.fields.get("journal") == written.fields.get("journal")
    names = [name.strip("{}") for name in written.people.get("author", ())]
    assert list(read.persons.get("author", ())) == names
    assert bibtex_file.citations([read])


@pytest.mark.parametrize(
    ("fields", "by", "differs", "sure"),
    [
        ({"doi": "10.5555/A.1", "title": "Another"}, ["DOI"], ["title", "doi"], True),
        ({"pmid": "7", "title": "A  trial."}, ["PMID"], [], True),
        ({"title": "THE “SAME” TITLE", "year": "2001"}, ["title and year"], [], True),
        ({"title": "The same title", "year": "2002"}, [], [], False),
        (
            {"title": "The same title", "year": "2001", "doi": "10.5555/b"},
            ["title and year"],
            ["doi"],
            False,
        ),
        (
            {"title": "B", "doi": "10.5555/a.1", "pmid": "7"},
            ["DOI"],
            ["title", "doi", "pmid"],
            True,
        ),
        ({"title": "B", "doi": "10.5555/c"}, [], [], False),
    ],
)
def test_what_is_there_already(
    fields: dict[str, str], by: list[str], differs: list[str], sure: bool
) -> None:
    there = Library(
        [
            Known("by-doi", {"title": "A trial", "doi": "https://doi.org/10.5555/a.1"}),
            Known("by-pmid", {"title": "A trial", "pmid": "7"}),
            Known("by-title", {"title": "The same title", "year": "2001", "doi": "10.5555/x"}),
        ]
    )
    match = there.match(cited(**fields).fields)
    assert list(match.by if match else ()) == by
    if match:
        assert [field for field, _, _ in match.differences] == differs
        assert match.sure == sure


@pytest.mark.parametrize(
    ("kinds", "line"),
    [
        (["Randomized Controlled Trial"], "kind study, design randomised-trial."),
        (["Review", "Meta-Analysis"], "kind review, design review-of-trials or review-of-obs"),
        (["Review"], "kind review, design narrative-review."),
        (["Observational Study"], "design cohort, controlled-cohort, case-control or cross-sect"),
        (["Journal Article"], None),
    ],
)
def test_a_publication_type_is_a_comment_and_never_a_field(
    kinds: list[str], line: str | None
) -> None:
    written = record(cited(kinds=tuple(kinds)))
    assert "kind: null\n" in written
    assert "design: null\n" in written
    comments = [each for each in written.splitlines() if each.startswith("#")]
    assert len(comments) == bool(line)
    assert not line or line in comments[0]


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"pmid": "7", "doi": "10.5555/a"}, "https://pubmed.ncbi.nlm.nih.gov/7/"),
        ({"doi": "10.5555/a"}, "https://doi.org/10.5555/a"),
        ({"url": "https://example.org/a_b%20c?d=1&e=~f"}, "https://example.org/a_b%20c?d=1&e=~f"),
    ],
)
def test_addresses(fields: dict[str, Any], address: str) -> None:
    references, _ = bibtex_file.read(entry("a", cited(**fields)).encode(), "x")
    assert references["a"].fields["url"] == address
