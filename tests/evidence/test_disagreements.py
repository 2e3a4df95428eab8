"""What passages say of one claim, held beside one another."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from factories import Example, small_base

from claimbook.evidence.disagreements import disagreements, pairs
from claimbook.evidence.index import Index
from claimbook.records import Base, compare, parse_value

VOCABULARY = {
    "footbath": {"facet": "intervention"}, "hot-bath": {"facet": "intervention", "broader": "footbath"},
    "mustard-bath": {"facet": "intervention"}, "bathroom": {"facet": "setting"}, "car": {"facet": "setting"},
}  # fmt: skip
HOT, MUSTARD, ADULTS, CHILDREN = (
    {"intervention": "hot-bath"},  # narrower than the claim's
    {"intervention": "mustard-bath"},
    {"population": "adults"},
    {"population": "children"},
)
LESS, MORE, MIXED = {"effect": "reduces"}, {"effect": "increases"}, {"effect": "mixed"}
SHORT, LONG, LONGER = {"amount": "40 min"}, {"amount": "3 h"}, {"amount": "40 to 60 min"}
ONLY_BATHROOM, NOT_CAR = {"only": ["bathroom"]}, {"excludes": ["car"]}
CAR = {"includes": ["car"]}


def said(page: str, says: dict[str, Any], about: dict[str, str] | None = None) -> Example:
    return {
        "page": page,
        "quote": f"{page}: {says}",
        "says": dict(says),
        "about": dict(about or {}),
    }


def base_of(folder: Path, *occurrences: Example, **concepts: Example) -> Base:
    example = {
        "kind": "regimen",
        "about": {"intervention": "footbath", "outcome": "how"},
        "occurrences": list(occurrences),
        "vocabulary": VOCABULARY | concepts,
    }
    return small_base(example, folder)


@pytest.mark.parametrize(
    ("one", "other", "kind", "facets"),
    [
        ((LESS,), (MORE,), "conflict", ""),
        ((LESS,), (MIXED,), "compatible", ""),  # one is only surer than the other
        ((SHORT,), (LONG,), "conflict", ""),
        ((LONG,), (SHORT,), "conflict", ""),
        ((SHORT,), (LONGER,), "compatible", ""),
        (({"share": "49%"},), ({"share": "77%"},), "conflict", ""),
        (({"is": "yes"},), ({"is": "no"},), "conflict", ""),
        ((ONLY_BATHROOM,), ({"only": ["bathroom", "car"]},), "compatible", ""),
        ((ONLY_BATHROOM,), (CAR,), "conflict", ""),
        # another scope is never a conflict
        ((LESS,), (MORE, MUSTARD), "different scope", "intervention"),
        ((SHORT,), (LONG, HOT), "different scope", "intervention"),
        ((SHORT,), (LONG, CHILDREN), "different scope", "population"),
        ((SHORT,), (LONG, HOT | CHILDREN), "different scope", "population intervention"),
        ((SHORT, CHILDREN), (LONG, CHILDREN), "conflict", ""),
        # but a set that is closed, or that rules out, holds in every narrower scope
        ((ONLY_BATHROOM,), (CAR, HOT), "conflict", "intervention"),
        ((CAR, HOT), (ONLY_BATHROOM,), "conflict", "intervention"),
        ((NOT_CAR,), (CAR, HOT), "conflict", "intervention"),
        ((ONLY_BATHROOM, HOT), (CAR,), "different scope", "intervention"),
        ((CAR,), (NOT_CAR, HOT), "different scope", "intervention"),
        ((ONLY_BATHROOM,), (CAR, MUSTARD), "different scope", "intervention"),
        (
            (ONLY_BATHROOM, ADULTS),
            (CAR, CHILDREN | HOT),
            "different scope",
            "population intervention",
        ),
    ],
)
def test_pairs(
    one: tuple[Any, ...], other: tuple[Any, ...], kind: str, facets: str, tmp_path: Path
) -> None:
    base = base_of(tmp_path, said("clinic-a", *one), said("clinic-b", *other))
    index, claim = Index(base), base.claims["claim-1"]
    (pair,) = pairs(claim, index)
    assert (pair.kind, " ".join(pair.facets)) == (kind, facets)
    says = (parse_value(one[0]), parse_value(other[0]))
    assert pair.comparison == compare(*says)
    assert [o.page for o in pair.passages] + [o.page for o in pair.others] == [
        "clinic-a",
        "clinic-b",
    ]
    assert disagreements(claim, index) == ((pair,) if kind == "conflict" else ())


def test_a_page_may_disagree_with_itself(tmp_path: Path) -> None:
    base = base_of(tmp_path, said("clinic-a", SHORT), said("clinic-a", LONG))
    assert len(disagreements(base.claims["claim-1"], Index(base))) == 1


def test_passages_that_say_the_same_are_one(tmp_path: Path) -> None:
    alike = [said(f"clinic-{name}", SHORT) for name in "abc"]
    base = base_of(tmp_path, *alike)
    assert pairs(base.claims["claim-1"], Index(base)) == ()
    base = base_of(tmp_path / "more", *alike, said("clinic-d", LONG))
    (pair,) = disagreements(base.claims["claim-1"], Index(base))
    assert [o.page for o in pair.passages] == ["clinic-a", "clinic-b", "clinic-c"]
    assert [o.page for o in pair.others] == ["clinic-d"]


def test_a_narrower_concept_is_no_conflict(tmp_path: Path) -> None:
    tub = {"tub": {"facet": "setting", "broader": "bathroom"}}
    base = base_of(
        tmp_path,
        said("clinic-a", ONLY_BATHROOM),
        said("clinic-b", {"includes": ["tub"]}),
        **tub,
    )
    (pair,) = pairs(base.claims["claim-1"], Index(base))
    assert pair.kind == "compatible"


def test_a_passage_that_says_nothing_is_in_no_pair(tmp_path: Path) -> None:
    base = base_of(tmp_path, said("clinic-a", SHORT), said("clinic-b", LONG))
    claim = base.claims["claim-1"]
    silent = tuple(replace(one, says=None) for one in claim.occurrences)
    assert pairs(replace(claim, occurrences=(*claim.occurrences, *silent)), Index(base)) == pairs(
        claim, Index(base)
    )


def test_the_same_said_of_two_scopes_is_no_pair(tmp_path: Path) -> None:
    said_of = [said("clinic-a", SHORT), said("clinic-b", SHORT, HOT), said("clinic-c", LONG)]
    base = base_of(tmp_path, *said_of)
    claim, index = base.claims["claim-1"], Index(base)
    assert [(p.passages[0].page, p.others[0].page) for p in pairs(claim, index)] == [
        ("clinic-a", "clinic-c"),
        ("clinic-b", "clinic-c"),
    ]
