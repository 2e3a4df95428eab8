"""What is looked up in a base, and that a changed record is looked at afresh."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.evidence.appraisal import appraise, rating
from claimbook.evidence.index import Index, memoized
from claimbook.records import Kind, Participants, Reference, parse_value
from claimbook.records.grouping import grouped

ABOUT = {"intervention": "footbath"}
EXAMPLE = {
    "claims": [
        {
            "about": ABOUT | {"outcome": "relief"},
            "evidence": ["trial/relief", "series/relief"],
            "occurrences": [
                {
                    "page": "clinic-a",
                    "quote": "It eases.",
                    "says": {"effect": "reduces"},
                    "cites": ["unresolved", "trial"],
                }
            ],
        },
        {"about": ABOUT | {"outcome": "sleep"}, "evidence": ["trial/relief", "trial/sleep"]},
    ],
    "findings": {
        "trial/relief": {"says": {"effect": "reduces"}},
        "trial/sleep": {"says": {"effect": "none"}},
        "series/relief": {"says": {"effect": "none"}, "design": "case-series"},
        "label/harm": {"says": {"is": "yes"}},
    },
}
REFERENCES = {
    "trial": Reference(
        "trial", "misc", {}, {"author": ("Afridi, Shazia", "Weir, N., Jr.", "WHO")}, ""
    ),
    "series": Reference("series", "misc", {}, {"author": ("Afridi, S.",)}, ""),
    "label": Reference("label", "misc", {}, {"editor": ("Weir, N.",)}, ""),
}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    base = small_base(EXAMPLE, tmp_path)
    sizes = {"trial": Participants(84, 77), "series": Participants(77, 77), "label": Participants()}
    sources = {
        key: replace(source, participants=sizes[key]) for key, source in base.sources.items()
    }
    return Index(replace(base, sources=sources, references=REFERENCES))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "by_outcome",
            {
                "relief": ("series/relief", "trial/relief"),
                "sleep": ("trial/sleep",),
                "harm": ("label/harm",),
            },
        ),
        ("on_outcome", {"relief": ("claim-1",)}),  # of the other claim no passage speaks
        (
            "by_finding",
            {
                "trial/relief": ("claim-1", "claim-2"),
                "series/relief": ("claim-1",),
                "trial/sleep": ("claim-2",),
            },
        ),
        ("by_source", {"trial": ("claim-1", "claim-2"), "series": ("claim-1",)}),
        ("by_author", {"Afridi": ("trial", "series"), "Weir": ("trial",)}),
        ("by_size", {77: ("series", "trial"), 84: ("trial",)}),
    ],
)
def test_lookups(index: Index, name: str, expected: Mapping[Any, tuple[str, ...]]) -> None:
    names = {
        key: tuple(str(getattr(one, "key", getattr(one, "id", one))) for one in members)
        for key, members in getattr(index, name).items()
    }
    assert names == expected


def test_a_changed_passage_is_appraised_afresh(index: Index) -> None:
    (occurrence,) = index.base.occurrences.values()
    first = appraise(occurrence, index)
    assert appraise(replace(occurrence), index) is first
    denied = replace(occurrence, says=parse_value({"effect": "none"}))
    assert denied.id == occurrence.id
    assert appraise(denied, index).support != first.support
    assert appraise(occurrence, index) is first


def test_a_changed_claim_is_rated_afresh(index: Index) -> None:
    claim = index.base.claims["claim-1"]
    rated = rating(claim, index)
    assert rated is not None
    assert rating(replace(claim, evidence=claim.evidence[1:]), index) not in (rated, None)
    assert rating(replace(claim, kind=Kind.DEFINITION), index) is None
    assert rating(claim, index) is rated


def test_what_a_passage_cites_and_a_claim_rests_on(index: Index) -> None:
    (occurrence,) = index.base.occurrences.values()
    keys = [finding.key for finding in index.findings_cited(occurrence)]
    assert keys == ["trial/relief", "trial/sleep"]
    assert [finding.key for finding in index.findings_behind(occurrence)] == keys
    linked = index.base.linked(index.base.claims["claim-1"])
    assert [finding.key for finding in linked] == ["trial/relief", "series/relief"]
    assert index.findings_behind(replace(occurrence, cites=("unresolved",))) == linked


def test_the_kinds_of_claim_that_a_record_makes(tmp_path: Path) -> None:
    kinds = ("harm", "cost", "efficacy")
    claims = [
        {"kind": kind, "about": ABOUT, "occurrences": [{"page": page, "quote": f"On {kind}."}]}
        for kind, page in zip(kinds, ("clinic-a", "clinic-a", "clinic-b"), strict=True)
    ]
    index = Index(small_base({"claims": claims}, tmp_path))
    base = index.base
    assert index.kinds(base.pages["clinic-a"]) == {Kind.HARM, Kind.COST}
    made = [{kind} for kind in kinds]
    assert [index.kinds(claim) for claim in base.claims.values()] == made
    assert [index.kinds(passage) for passage in base.occurrences.values()] == made
    assert index.kinds(base.sources["trial"]) == frozenset()


@pytest.mark.parametrize(
    ("kind", "treatment", "made"),
    [
        ("harm", "footbath", {Kind.HARM}),
        ("harm", "steam-bath", set()),
        ("efficacy", "steam-bath", {Kind.EFFICACY}),
    ],
)
def test_what_a_page_tells_of_a_sister_drug_offers_nothing_but_a_benefit(
    kind: str, treatment: str, made: set[Kind], tmp_path: Path
) -> None:
    example = {
        "kind": kind,
        "about": {"intervention": treatment},
        "occurrences": [{"page": "clinic-a", "quote": "It does."}],
        "vocabulary": {
            "footbath": {"facet": "intervention"},
            "steam-bath": {"facet": "intervention", "distinct": ["footbath"]},
        },
    }
    base = small_base(example, tmp_path)
    assert Index(base).kinds(base.pages["clinic-a"]) == made
    assert Index(base).kinds(base.claims["claim-1"]) == {Kind(kind)}


def test_the_claims_that_tell_what_a_page_should(tmp_path: Path) -> None:
    told_by = {"one": ["claim-1", "claim-3"], "two": ["claim-3", "claim-2"]}
    example = {
        "claims": [{"about": ABOUT | {"outcome": f"outcome-{number}"}} for number in range(4)],
        "findings": {"label/harm": {"says": {"is": "yes"}}},
        "disclosures": {
            name: {"label": name, "kind": "disclosure", "force": "must", "authority": ["label"]}
            | {"told-by": told}
            for name, told in told_by.items()
        },
    }
    assert Index(small_base(example, tmp_path)).disclosing == {"claim-1", "claim-2", "claim-3"}


def test_the_illnesses_in_which_a_benefit_is_claimed(tmp_path: Path) -> None:
    people = {
        "ill": (),
        "cold": ("ill",),
        "child-cold": ("cold",),
        "fever": ("ill",),
        "child-fever": ("fever",),
        "feverish-cold": ("cold", "fever"),  # as much a fever, in which no benefit is claimed
        "people": (),
        "runners": ("people",),
        "child-runners": ("runners",),
        "runners-cold": ("runners", "cold"),
        "children": (),  # are not ill, though a benefit is claimed in them
        "schoolchildren": ("children",),
    }
    vocabulary = {
        name: {"facet": "population", "broader": list(broader)} for name, broader in people.items()
    }
    outcomes = {"relief": {}, "sleep": {"broader": ["relief"]}}
    claims = [
        {"kind": kind, "about": ABOUT | {"outcome": "sleep"} | ({"population": who} if who else {})}
        for kind, who in (
            ("efficacy", "cold"), ("onset", "runners"), ("efficacy", "children"),
            ("efficacy", None), ("harm", "fever"),
        )
    ]  # fmt: skip
    index = Index(small_base({"claims": claims, "vocabulary": vocabulary | outcomes}, tmp_path))
    assert index.illnesses == {"cold", "child-cold", "runners", "child-runners", "runners-cold"}


def test_the_outcomes_of_benefits(index: Index) -> None:
    claims = index.base.claims
    first, second = claims.values()
    other = {first.id: replace(first, kind=Kind.HARM), second.id: second}
    assert index.benefits == {"relief", "sleep"}
    assert Index(replace(index.base, claims=other)).benefits == {"sleep"}


def test_keys_and_their_members_come_in_order() -> None:
    pairs = [("b", 2), ("a", 3), ("b", 1), ("b", 2)]
    assert list(grouped(pairs).items()) == [("b", (2, 1, 2)), ("a", (3,))]


def test_what_was_worked_out_is_not_worked_out_again(index: Index) -> None:
    calls = []

    @memoized
    def double(subject: str, index: Index, times: int = 2, *, by: str = "") -> str:
        """Its own words."""
        calls.append((subject, index))
        return subject * times + by

    @memoized
    def triple(subject: str, index: Index, times: int = 3) -> str:
        return subject * times

    for _ in range(2):
        assert double("a", index) == "aa"
        assert double("b", index) == "bb"
        assert double("a", index, 4) == "aaaa"
        assert double("a", index, by="c") == "aac"
        assert double("a", index, by="d") == "aad"
        assert triple("a", index) == "aaa"
    assert calls == [(subject, index) for subject in "abaaa"]
    other = Index(index.base)
    assert double("a", other) == "aa"
    assert calls[5:] == [("a", other)]
    assert (double.__name__, double.__doc__) == ("double", "Its own words.")


def test_what_concerns_a_whole_base_is_worked_out_once(index: Index) -> None:
    calls = []

    @memoized
    def claims(index: Index) -> int:
        """Its own words."""
        calls.append(index)
        return len(index.base.claims)

    @memoized
    def topics(index: Index) -> int:
        return len(index.base.topics)

    other = Index(index.base)
    for _ in range(2):
        assert (claims(index), topics(index), claims(other)) == (2, 1, 2)
    assert calls == [index, other]
    assert (claims.__name__, claims.__doc__) == ("claims", "Its own words.")
