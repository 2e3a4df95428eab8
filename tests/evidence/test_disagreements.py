"""What passages say of one claim, held beside one another."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from factories import Example, small_base

from claimbook.evidence.disagreements import (
    Disagreement,
    DisagreementKind,
    between_pages,
    from_claim,
    pairs,
    within_page,
)
from claimbook.evidence.index import Index
from claimbook.evidence.relations import relations
from claimbook.evidence.undecided import undecided, undecided_on_outcome
from claimbook.records import Base, Withdrawal, compare, parse_value

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
LONGEST = {"amount": "9 h"}
ONLY_BATHROOM, NOT_CAR = {"only": ["bathroom"]}, {"excludes": ["car"]}
CAR = {"includes": ["car"]}


def said(page: str, says: dict[str, Any], about: dict[str, str] | None = None) -> Example:
    return {
        "page": page,
        "quote": f"{page}: {says}",
        "says": dict(says),
        "about": dict(about or {}),
    }


def base_of(
    folder: Path, *occurrences: Example, kind: str = "dose", concepts: Example | None = None
) -> Base:
    example = {
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "how"},
        "occurrences": list(occurrences),
        "vocabulary": VOCABULARY | (concepts or {}),
    }
    return small_base(example, folder)


def test_a_page_that_tells_the_doubt_too_is_on_no_side(tmp_path: Path) -> None:
    unclear = {"effect": "unclear"}
    both = said("clinic-a", LESS), said("clinic-a", unclear)
    base = base_of(tmp_path, *both, said("clinic-b", unclear), kind="efficacy")
    assert pairs(base.claims["claim-1"], base.claims["claim-1"].occurrences, Index(base)) == ()


def test_a_doubt_says_what_it_is_held_against(tmp_path: Path) -> None:
    both = said("clinic-a", LESS), said("clinic-b", {"effect": "unclear"})
    base = base_of(tmp_path, *both, kind="efficacy")
    (pair,) = pairs(base.claims["claim-1"], base.claims["claim-1"].occurrences, Index(base))
    assert (pair.kind, pair.reason) == ("degree", "told as so, against as not known yet")


@pytest.mark.parametrize(
    ("claim", "page", "cites", "kind"),
    [
        ("regimen", "clinic-b", [], "degree"),  # each has its own timetable
        ("regimen", "clinic-a", [], "conflict"),  # but not two
        ("regimen", "clinic-b", ["trial"], "conflict"),  # what was studied is no timetable
        ("dose", "clinic-b", [], "conflict"),
    ],
)
def test_two_clinics_may_have_two_timetables(
    claim: str, page: str, cites: list[str], kind: str, tmp_path: Path
) -> None:
    passages = said("clinic-a", SHORT), {**said(page, LONG), "cites": cites}
    base = base_of(tmp_path, *passages, kind=claim)
    (pair,) = pairs(base.claims["claim-1"], base.claims["claim-1"].occurrences, Index(base))
    assert str(pair.kind) == kind


@pytest.mark.parametrize(
    ("one", "other", "kind", "facets"),
    [
        ((LESS,), (MORE,), "conflict", ""),
        ((LESS,), (MIXED,), "degree", ""),  # one is only surer than the other
        ((SHORT,), (LONG,), "conflict", ""),
        ((LONG,), (SHORT,), "conflict", ""),
        ((SHORT,), (LONGER,), "compatible", ""),
        # numbers apart differ in degree, where one is more than twice the other they conflict
        (({"share": "49%"},), ({"share": "77%"},), "degree", ""),
        (({"share": "77%"},), ({"share": "30%"},), "conflict", ""),
        ((SHORT,), ({"amount": "60 min"},), "degree", ""),
        ((SHORT,), ({"amount": "90 min"},), "conflict", ""),
        ((LONGER,), ({"amount": "2 to 3 h"},), "degree", ""),  # just twice as long
        (({"is": "yes"},), ({"is": "no"},), "conflict", ""),
        ((ONLY_BATHROOM,), ({"only": ["bathroom", "car"]},), "degree", ""),
        ((CAR,), ({"includes": ["bathroom"]},), "compatible", ""),
        ((ONLY_BATHROOM,), (CAR,), "conflict", ""),
        # another scope is never a conflict
        ((LESS,), (MORE, MUSTARD), "scope", "intervention"),
        ((SHORT,), (LONG, HOT), "scope", "intervention"),
        ((SHORT,), (LONG, CHILDREN), "scope", "population"),
        ((SHORT,), (LONG, HOT | CHILDREN), "scope", "population intervention"),
        ((SHORT, CHILDREN), (LONG, CHILDREN), "conflict", ""),
        # but a set that is closed, or that rules out, holds in every narrower scope
        ((ONLY_BATHROOM,), (CAR, HOT), "conflict", "intervention"),
        ((CAR, HOT), (ONLY_BATHROOM,), "conflict", "intervention"),
        ((NOT_CAR,), (CAR, HOT), "conflict", "intervention"),
        ((ONLY_BATHROOM, HOT), (CAR,), "scope", "intervention"),
        # and so does what is denied
        (({"is": "no"},), ({"is": "yes"}, HOT), "conflict", "intervention"),
        (({"is": "yes"}, HOT), ({"is": "no"},), "conflict", "intervention"),
        (({"is": "yes"},), ({"is": "no"}, HOT), "scope", "intervention"),
        ((CAR,), (NOT_CAR, HOT), "scope", "intervention"),
        ((ONLY_BATHROOM,), (CAR, MUSTARD), "scope", "intervention"),
        (
            (ONLY_BATHROOM, ADULTS),
            (CAR, CHILDREN | HOT),
            "scope",
            "population intervention",
        ),
    ],
)
def test_pairs(
    one: tuple[Any, ...], other: tuple[Any, ...], kind: str, facets: str, tmp_path: Path
) -> None:
    base = base_of(tmp_path, said("clinic-a", *one), said("clinic-b", *other))
    index, claim = Index(base), base.claims["claim-1"]
    (pair,) = pairs(claim, claim.occurrences, index)
    assert (pair.kind, " ".join(pair.facets)) == (kind, facets)
    says = (parse_value(one[0]), parse_value(other[0]))
    shown = not {"effect", "is"}.intersection(one[0])
    assert pair.reason == compare(*says).reason * shown
    assert [o.page for o in pair.passages] + [o.page for o in pair.others] == [
        "clinic-a",
        "clinic-b",
    ]
    disagrees = kind in ("conflict", "tension", "degree")
    found = from_claim(index.base.claims["claim-1"], index)
    assert [(each.kind, each.sides) for each in found] == [
        (kind, (pair.passages, pair.others))
    ] * disagrees


def test_a_page_may_disagree_with_itself(tmp_path: Path) -> None:
    base = base_of(tmp_path, said("clinic-a", SHORT), said("clinic-a", LONG))
    index = Index(base)
    (found,) = within_page("clinic-a", index)
    assert found.kind == "conflict"
    assert [passage.page for passage in found.passages] == ["clinic-a", "clinic-a"]
    assert between_pages(index) == ()


SICK, DIZZY = "scalds", "chills"


def test_a_page_is_read_by_its_fullest_list_of_harms(tmp_path: Path) -> None:
    lists = [
        said("clinic-a", {"includes": [SICK, DIZZY]}),
        said("clinic-a", {"includes": [SICK]}),
        said("clinic-b", {"includes": [SICK]}),
    ]
    example = {
        "kind": "harm",
        "about": {"outcome": "harm"},
        "vocabulary": {SICK: {}, DIZZY: {}},
        "occurrences": lists,
    }
    index = Index(small_base(example, tmp_path))
    assert within_page("clinic-a", index) == ()
    (found,) = between_pages(index)
    assert [[o.page for o in side] for side in found.sides] == [["clinic-a"], ["clinic-b"]]


@pytest.mark.parametrize(("kind", "lists"), [("harm", 1), ("regimen", 2)])
def test_a_shorter_list_of_what_is_no_harm_is_held_beside_others_too(
    kind: str, lists: int, tmp_path: Path
) -> None:
    both = said("clinic-a", {"includes": ["bathroom", "car"]})
    base = base_of(tmp_path, both, said("clinic-a", CAR), said("clinic-b", NOT_CAR), kind=kind)
    (found,) = between_pages(Index(base))
    pages = [[o.page for o in side] for side in found.sides]
    assert (found.kind, pages.count(["clinic-a"])) == ("conflict", lists)


def test_a_page_may_differ_from_itself_in_degree(tmp_path: Path) -> None:
    base = base_of(tmp_path, said("clinic-a", SHORT), said("clinic-a", {"amount": "60 min"}))
    (found,) = within_page("clinic-a", Index(base))
    assert found.kind == "degree"


def test_definitions_are_exact(tmp_path: Path) -> None:
    for kind, expected in (("definition", "conflict"), ("regimen", "degree")):
        days = ({"amount": ">15 day/month"}, {"amount": ">=16 day/month"})
        example = {
            "kind": kind,
            "about": {"intervention": "footbath", "outcome": "how"},
            "occurrences": [said("clinic-a", days[0]), said("clinic-b", {"amount": "9 day/month"})],
        }
        base = small_base(example, tmp_path / kind)
        (pair,) = pairs(base.claims["claim-1"], base.claims["claim-1"].occurrences, Index(base))
        assert pair.kind == expected


def test_a_limit_that_counts_itself_is_hardly_another(tmp_path: Path) -> None:
    days = [said("clinic-a", {"amount": ">15 day"}), said("clinic-b", {"amount": ">=15 day"})]
    example = {"kind": "definition", "about": {"outcome": "how"}, "occurrences": days}
    base = small_base(example, tmp_path)
    (pair,) = pairs(base.claims["claim-1"], base.claims["claim-1"].occurrences, Index(base))
    assert pair.kind == "degree"


def test_passages_that_say_the_same_are_one_side(tmp_path: Path) -> None:
    alike = [said(f"clinic-{name}", SHORT) for name in "abc"]
    base = base_of(tmp_path, *alike)
    assert between_pages(Index(base)) == ()
    base = base_of(tmp_path / "more", *alike, said("clinic-d", LONG), said("clinic-e", LONGEST))
    (found,) = between_pages(Index(base))
    assert [[o.page for o in side] for side in found.sides] == [
        ["clinic-a", "clinic-b", "clinic-c"],
        ["clinic-d"],
        ["clinic-e"],
    ]
    assert found.id == "claim-1--conflict"
    assert found.pages == tuple(f"clinic-{name}" for name in "abcde")


def test_a_narrower_concept_is_no_conflict(tmp_path: Path) -> None:
    tub = {"tub": {"facet": "setting", "broader": "bathroom"}}
    passages = (said("clinic-a", ONLY_BATHROOM), said("clinic-b", {"includes": ["tub"]}))
    base = base_of(tmp_path, *passages, concepts=tub)
    claim = base.claims["claim-1"]
    (pair,) = pairs(claim, claim.occurrences, Index(base))
    assert pair.kind == "compatible"


def test_a_passage_that_says_nothing_is_in_no_pair(tmp_path: Path) -> None:
    base = base_of(tmp_path, said("clinic-a", SHORT), said("clinic-b", LONG))
    claim = base.claims["claim-1"]
    silent = tuple(replace(one, says=None) for one in claim.occurrences)
    both, index = (*claim.occurrences, *silent), Index(base)
    assert pairs(claim, both, index) == pairs(claim, claim.occurrences, index)


def test_the_same_said_of_two_scopes_is_no_pair(tmp_path: Path) -> None:
    said_of = [said("clinic-a", SHORT), said("clinic-b", SHORT, HOT), said("clinic-c", LONG)]
    base = base_of(tmp_path, *said_of)
    claim, index = base.claims["claim-1"], Index(base)
    found = pairs(claim, claim.occurrences, index)
    assert [(p.passages[0].page, p.others[0].page) for p in found] == [
        ("clinic-a", "clinic-c"),
        ("clinic-b", "clinic-c"),
    ]


YES, NO, DOUBT = {"is": "yes"}, {"is": "no"}, {"effect": "unclear"}


def related(
    folder: Path,
    says: list[Example],
    how: list[tuple[int, str, int]],
    about: list[Example] | None = None,
    kind: str = "efficacy",
    *,
    pages: str = "abcdef",
    vocabulary: Example | None = None,
) -> Index:
    """Claims of one page each (clinic-a, clinic-b, ...), and how they bear on one another."""
    claims = []
    for number, value in enumerate(says, 1):
        page = f"clinic-{pages[number - 1]}"
        scope = {"intervention": "footbath", "outcome": f"outcome-{number}"}
        scope |= about[number - 1] if about else {}
        relations = [
            {"to": f"claim-{to}", "how": kind_, "because": f"{start} bears on {to}."}
            for start, kind_, to in how
            if start == number
        ]
        claims.append(
            {
                "kind": kind,
                "about": scope,
                "relations": relations,
                "occurrences": [{"page": page, "quote": f"Claim {number}.", "says": value}],
            }
        )
    return Index(
        small_base({"claims": claims, "vocabulary": VOCABULARY | (vocabulary or {})}, folder)
    )


@pytest.mark.parametrize(
    ("says", "how", "expected"),
    [
        ([YES, YES], [(1, "opposes", 2)], ["claim-1--claim-2--conflict"]),
        ([YES, NO], [(1, "opposes", 2)], []),
        ([NO, NO], [(1, "opposes", 2)], []),
        ([YES, DOUBT], [(1, "opposes", 2)], []),
        ([YES, YES], [(1, "in-tension", 2)], ["claim-1--claim-2--tension"]),
        ([YES, NO], [(1, "in-tension", 2)], []),
        ([YES, YES], [(1, "differs", 2)], ["claim-1--claim-2--degree"]),
        ([YES, NO], [(1, "differs", 2)], ["claim-1--claim-2--degree"]),  # little, against none
        ([YES, YES], [(1, "other-scope", 2)], ["claim-1--claim-2--scope"]),
        ([YES, NO], [(1, "other-scope", 2)], ["claim-1--claim-2--scope"]),
        ([NO, YES], [(1, "other-scope", 2)], []),
        ([YES, NO], [(1, "implies", 2)], ["claim-1--claim-2--conflict"]),
        ([YES, DOUBT], [(1, "implies", 2)], ["claim-1--claim-2--degree"]),
        ([YES, YES], [(1, "implies", 2)], []),
        ([NO, YES], [(1, "implies", 2)], []),
        ([YES, NO], [(1, "narrower", 2)], ["claim-1--claim-2--conflict"]),
        # what only suggests something is in tension with its denial
        ([YES, NO], [(1, "suggests", 2)], ["claim-1--claim-2--tension"]),
        ([YES, DOUBT], [(1, "suggests", 2)], []),
        ([YES, YES], [(1, "suggests", 2)], []),
        ([YES, YES, YES], [(1, "suggests", 2), (2, "opposes", 3)], ["claim-2--claim-3--conflict"]),
        ([YES, YES], [(1, "apart", 2)], []),
        # what implies something is opposed by what opposes that
        (
            [YES, YES, YES],
            [(1, "implies", 2), (2, "opposes", 3)],
            ["claim-1--claim-3--conflict", "claim-2--claim-3--conflict"],
        ),
        (
            [YES, NO, YES],
            [(1, "implies", 2), (3, "opposes", 2)],
            ["claim-1--claim-2--conflict", "claim-3--claim-1--conflict"],
        ),
        # unless it is recorded that they do not bear on each other
        (
            [YES, YES, YES],
            [(1, "implies", 2), (2, "opposes", 3), (1, "apart", 3)],
            ["claim-2--claim-3--conflict"],
        ),
        (
            [YES, YES, YES],
            [(1, "implies", 2), (2, "opposes", 3), (3, "apart", 1)],
            ["claim-2--claim-3--conflict"],
        ),
        # a claim that implies two that oppose each other is not held beside itself
        (
            [YES, YES, YES],
            [(1, "implies", 2), (1, "implies", 3), (2, "opposes", 3)],
            ["claim-2--claim-3--conflict"],
        ),
        # to imply is handed on
        (
            [YES, YES, NO],
            [(1, "narrower", 2), (2, "implies", 3)],
            ["claim-1--claim-3--conflict", "claim-2--claim-3--conflict"],
        ),
        ([YES, YES, YES], [(1, "in-tension", 2), (2, "in-tension", 3)],
         ["claim-1--claim-2--tension", "claim-2--claim-3--tension"]),  # tension is not
    ],
)  # fmt: skip
def test_claims_that_bear_on_each_other(
    says: list[Example], how: list[tuple[int, str, int]], expected: list[str], tmp_path: Path
) -> None:
    index = related(tmp_path, says, how)
    found = list(between_pages(index))
    assert sorted(each.id for each in found) == expected
    assert all(each.reasons for each in found)


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ([{}, {}], "conflict"),
        ([{"population": "adults"}, {}], "conflict"),  # the other is of anybody
        ([{}, HOT], "conflict"),
        ([MUSTARD, {}], None),
        ([{"population": "adults"}, {"population": "children"}], None),
    ],
)
def test_claims_of_scopes_with_nothing_in_common_do_not_disagree(
    scopes: list[Example], expected: str | None, tmp_path: Path
) -> None:
    index = related(tmp_path, [YES, YES], [(1, "opposes", 2)], scopes)
    found = [each.kind for each in between_pages(index)]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("kind", "effect", "expected"),
    [
        ("safety", "none", ["tension"]),  # that it is safe
        ("safety", "increases", []),
        ("safety", "unclear", []),
        ("harm", "increases", ["tension"]),
        ("harm", "none", []),
    ],
)
def test_who_sees_no_harm_affirms_that_it_is_safe(
    kind: str, effect: str, expected: list[str], tmp_path: Path
) -> None:
    index = related(tmp_path, [{"effect": effect}, YES], [(1, "in-tension", 2)], kind=kind)
    found = [each.kind for each in between_pages(index)]
    assert found == expected


def test_who_sees_a_harm_denies_that_it_is_safe(tmp_path: Path) -> None:
    index = related(tmp_path, [YES, MORE], [(1, "implies", 2)], kind="safety")
    (found,) = from_claim(index.base.claims["claim-1"], index)
    assert found.kind == "conflict"


@pytest.mark.parametrize(
    ("kind", "norm", "grave"),
    [
        ("efficacy", False, False),
        ("efficacy", True, True),
        ("harm", False, True),
        ("safety", False, True),
    ],
)
def test_what_is_on_safety_or_on_what_should_be_done_is_grave(
    kind: str, norm: bool, grave: bool, tmp_path: Path
) -> None:
    vocabulary = {"outcome-2": {"norm": norm}}
    index = related(tmp_path, [YES, YES], [(1, "opposes", 2)], kind=kind, vocabulary=vocabulary)
    (found,) = from_claim(index.base.claims["claim-1"], index)
    assert found.grave is grave


@pytest.mark.parametrize(
    ("how", "other", "expected"),
    [
        ("in-tension", {}, "tension"),
        ("in-tension", {"intervention": "mud-bath"}, "tension"),  # recorded of claims far apart
        ("differs", {"intervention": "mud-bath"}, "degree"),
        ("other-scope", {"intervention": "mud-bath"}, "scope"),
    ],
)
def test_claims_of_other_treatments_meet_where_that_is_recorded(
    how: str, other: Example, expected: str, tmp_path: Path
) -> None:
    index = related(tmp_path, [YES, YES], [(1, how, 2)], [{}, other])
    (found,) = between_pages(index)
    assert found.kind == expected


@pytest.mark.parametrize(
    ("how", "other", "expected"),
    [
        ("in-tension", HOT, ["tension"]),
        ("in-tension", MUSTARD, []),
        ("opposes", MUSTARD, []),
        ("differs", MUSTARD, ["degree"]),
    ],
)
def test_passages_of_other_scopes_are_in_no_tension(
    how: str, other: Example, expected: list[str], tmp_path: Path
) -> None:
    claims: list[Example] = [
        {"about": {"intervention": "footbath", "outcome": outcome},
         "occurrences": [said(page, YES, about)]}
        for outcome, page, about in (("warmth", "clinic-a", HOT), ("cold", "clinic-b", other))
    ]  # fmt: skip
    claims[0]["relations"] = [{"to": "claim-2", "how": how, "because": "It is."}]
    index = Index(small_base({"claims": claims, "vocabulary": VOCABULARY}, tmp_path))
    assert [each.kind for each in between_pages(index)] == expected


def test_a_page_may_act_against_itself(tmp_path: Path) -> None:
    index = related(tmp_path, [YES, YES], [(1, "in-tension", 2)], pages="aa")
    (found,) = within_page("clinic-a", index)
    assert (found.kind, found.reasons) == ("tension", ("1 bears on 2.",))


def test_another_page_is_not_held_against_a_page_itself(tmp_path: Path) -> None:
    index = related(tmp_path, [YES, YES], [(1, "in-tension", 2)], pages="ab")
    assert [each.pages for each in between_pages(index)] == [("clinic-a", "clinic-b")]
    assert within_page("clinic-a", index) == within_page("clinic-b", index) == ()


@pytest.mark.parametrize("name", ["claim-1", "claim-2"])
def test_what_was_withdrawn_disagrees_with_nothing(name: str, tmp_path: Path) -> None:
    base = related(tmp_path, [YES, YES], [(1, "opposes", 2)], pages="aa").base
    gone = replace(base.claims[name], withdrawn=Withdrawal(date(2002, 1, 1), "An error."))
    index = Index(replace(base, claims={**base.claims, name: gone}))
    assert within_page("clinic-a", Index(base))
    assert within_page("clinic-a", index) == ()


def test_a_circle_of_claims_that_imply_one_another_ends(tmp_path: Path) -> None:
    circle = [(1, "implies", 2), (2, "implies", 3), (3, "implies", 1)]
    index = related(tmp_path, [YES, YES, NO], circle)
    assert {pair for pair in relations(index) if pair[0] == "claim-1"} == {
        ("claim-1", "claim-2"),
        ("claim-1", "claim-3"),
    }


@pytest.mark.parametrize(("how", "kind"), [("in-tension", "tension"), ("opposes", "conflict")])
@pytest.mark.parametrize(
    ("quotes", "number"),
    [
        (("It lasts for months.", "It fades soon."), 1),
        (("It lasts, then it fades.", "It lasts, then it fades."), 0),
        (("It lasts, then it fades.", "then it fades"), 0),
        (("It lasts", "It lasts, then it fades."), 0),
    ],
)
def test_the_same_words_do_not_disagree_with_themselves(
    quotes: tuple[str, str], number: int, how: str, kind: str, tmp_path: Path
) -> None:
    claims: list[Example] = [
        {"about": {"intervention": "footbath", "outcome": outcome},
         "occurrences": [{"page": "clinic-a", "quote": quote, "says": YES}]}
        for outcome, quote in zip(("lasts", "fades"), quotes, strict=True)
    ]  # fmt: skip
    claims[0]["relations"] = [{"to": "claim-2", "how": how, "because": "It is."}]
    index = Index(small_base({"claims": claims, "vocabulary": VOCABULARY}, tmp_path))
    assert [each.kind for each in within_page("clinic-a", index)] == [kind] * number


@pytest.mark.parametrize(
    ("how", "kinds"), [("in-tension", []), ("differs", []), ("opposes", ["conflict"])]
)
def test_a_sentence_that_tells_both_sides_is_on_the_second(
    how: str, kinds: list[str], tmp_path: Path
) -> None:
    quotes = (
        "It lasts for very many months, though it fades",
        "many months, though it fades in some",
    )
    claims: list[Example] = [
        {"about": {"intervention": "footbath", "outcome": outcome},
         "occurrences": [{"page": "clinic-a", "quote": quote, "says": YES}]}
        for outcome, quote in zip(("lasts", "fades"), quotes, strict=True)
    ]  # fmt: skip
    claims[0]["relations"] = [{"to": "claim-2", "how": how, "because": "It is."}]
    index = Index(small_base({"claims": claims, "vocabulary": VOCABULARY}, tmp_path))
    assert [each.kind for each in within_page("clinic-a", index)] == kinds


@pytest.mark.parametrize(
    ("reported", "kind", "reason"),
    [
        (True, "tension", "what some people are reported to do, beside what another page asks for"),
        (False, "conflict", "car: not among what is allowed"),
    ],
)
def test_what_some_people_do_is_no_conflict_with_what_should_be_done(
    reported: bool, kind: str, reason: str, tmp_path: Path
) -> None:
    passages = said("clinic-a", ONLY_BATHROOM), said("clinic-b", CAR) | {"reported": reported}
    base = base_of(tmp_path, *passages)
    (found,) = between_pages(Index(base))
    assert (found.kind, found.reasons) == (kind, (reason,))


@pytest.mark.parametrize(
    ("written", "reasons", "small"),
    [(None, ("40 min against 60 min",), True), ("Ask how long.", ("Ask how long.",), False)],
)
def test_a_difference_is_told_in_the_words_of_its_claim(
    written: str | None, reasons: tuple[str, ...], small: bool, tmp_path: Path
) -> None:
    example = {
        "kind": "dose",
        "about": {"intervention": "footbath", "outcome": "how"},
        "occurrences": [said("clinic-a", SHORT), said("clinic-b", {"amount": "60 min"})],
    }
    example |= {"differences": written} if written else {}
    (found,) = between_pages(Index(small_base(example, tmp_path)))
    assert (found.reasons, found.small) == (reasons, small)


def test_what_is_written_of_how_pages_differ_is_not_told_of_one_page(tmp_path: Path) -> None:
    example = {
        "kind": "dose",
        "about": {"intervention": "footbath", "outcome": "how"},
        "occurrences": [said("clinic-a", SHORT), said("clinic-a", {"amount": "60 min"})],
        "differences": "Ask how long.",
    }
    (found,) = within_page("clinic-a", Index(small_base(example, tmp_path)))
    assert found.reasons == ("40 min against 60 min",)


@pytest.mark.parametrize(
    ("how", "marked", "small"),
    [
        ("differs", True, True),
        ("other-scope", True, True),
        ("differs", False, False),
        ("in-tension", True, False),  # two ways to go are never small
        ("opposes", True, False),
    ],
)
def test_a_difference_is_small_where_a_person_says_so(
    how: str, marked: bool, small: bool, tmp_path: Path
) -> None:
    relation: Example = {"to": "claim-2", "how": how, "because": "It is."}
    relation |= {"small": True} if marked else {}
    claims: list[Example] = [
        {"about": {"outcome": outcome}, "occurrences": [said(page, YES)], "relations": relations}
        for outcome, page, relations in (("lasts", "clinic-a", [relation]), ("fades", "clinic-b", []))
    ]  # fmt: skip
    (found,) = between_pages(Index(small_base({"claims": claims}, tmp_path)))
    assert found.small is small


def test_a_relation_may_choose_the_passages_that_bear_on_each_other(tmp_path: Path) -> None:
    passages = [said(f"clinic-{page}", YES, HOT) for page in "abc"]
    fades = [said("clinic-d", YES, MUSTARD), said("clinic-a", NO | {}, None)]
    chosen = [{"page": f"clinic-{page}", "quote": f"clinic-{page}"} for page in "cad"]
    relation = {"to": "claim-2", "how": "in-tension", "because": "It is.", "passages": chosen}
    claims: list[Example] = [
        {"about": {"intervention": "footbath", "outcome": "lasts"}, "occurrences": passages,
         "relations": [relation]},
        {"about": {"intervention": "footbath", "outcome": "fades"}, "occurrences": fades},
    ]  # fmt: skip
    index = Index(small_base({"claims": claims, "vocabulary": VOCABULARY}, tmp_path))
    (found,) = from_claim(index.base.claims["claim-1"], index)
    # in the order chosen, though their scopes have nothing in common
    assert [[o.page for o in side] for side in found.sides] == [
        ["clinic-c", "clinic-a"],
        ["clinic-d"],
    ]
    assert found.ordered


def test_a_difference_is_named_for_its_first_two_claims(tmp_path: Path) -> None:
    index = related(tmp_path, [YES, YES, YES], [(1, "in-tension", 2)])
    (found,) = between_pages(index)
    merged = replace(found, claims=tuple(index.base.claims.values()))
    assert found.id == merged.id == "claim-1--claim-2--tension"


def test_harm_counts_before_the_kind_of_a_difference() -> None:
    of = partial(Disagreement, (), sides=(), reasons=())
    order = [
        of(DisagreementKind.CONFLICT, grave=True),
        of(DisagreementKind.SCOPE, grave=True),
        of(DisagreementKind.CONFLICT, grave=False),
        of(DisagreementKind.TENSION, grave=False),
        of(DisagreementKind.DEGREE, grave=True, small=True),
        of(DisagreementKind.DEGREE, grave=False, small=True),
    ]
    severities = [each.severity for each in order]
    assert severities == sorted(severities)


def test_what_one_reason_is_written_for_is_one_row(tmp_path: Path) -> None:
    index = related(tmp_path, [YES, YES], [(1, "in-tension", 2)])
    (between,) = between_pages(index)
    assert between.row == ("tension", "1 bears on 2.")
    base = base_of(tmp_path / "one", said("clinic-a", SHORT), said("clinic-b", LONG))
    (on_one,) = between_pages(Index(base))
    assert on_one.row == ("conflict", "claim-1--conflict")


@pytest.mark.parametrize(
    ("kind", "outcome", "marked", "grave"),
    [
        ("efficacy", "lasts", False, False),
        ("efficacy", "lasts", True, True),
        ("harm", "lasts", False, True),
        ("contraindication", "lasts", False, True),
        ("regimen", "where-it-should-be", False, True),  # what should be done
    ],
)
def test_a_difference_is_grave_by_its_claims_or_because_a_person_says_so(
    kind: str, outcome: str, marked: bool, grave: bool, tmp_path: Path
) -> None:
    relation: Example = {"to": "claim-2", "how": "in-tension", "because": "It is."}
    relation |= {"grave": True} if marked else {}
    norm: Example = {"where-it-should-be": {"norm": True}}
    claims: list[Example] = [
        {"about": {"outcome": "fades"}, "occurrences": [said("clinic-a", YES)],
         "relations": [relation]},
        {"kind": kind, "about": {"outcome": outcome}, "occurrences": [said("clinic-b", YES)]},
    ]  # fmt: skip
    index = Index(small_base({"claims": claims, "vocabulary": VOCABULARY | norm}, tmp_path))
    (found,) = between_pages(index)
    assert found.grave is grave


def test_what_a_person_held_beside_each_other_is_not_compared_too(tmp_path: Path) -> None:
    """The pages of the words chosen; the words may stand on both claims, so one is named."""
    car = said("clinic-a", CAR)
    chosen = [
        {"page": "clinic-a", "quote": car["quote"], "claim": "claim-2"},
        {"page": "clinic-b", "quote": "clinic-b"},
    ]
    relation = {"to": "claim-2", "how": "in-tension", "because": "It is.", "passages": chosen}
    claims: list[Example] = [
        {"kind": "regimen", "about": {"intervention": "footbath", "outcome": "how"},
         "occurrences": [car, said("clinic-b", ONLY_BATHROOM), said("clinic-c", {"includes": ["car"]})],
         "relations": [relation]},
        {"kind": "practice", "about": {"intervention": "footbath", "outcome": "drives"},
         "occurrences": [car | {"says": dict(YES), "about": {}}]},
    ]  # fmt: skip
    index = Index(small_base({"claims": claims, "vocabulary": VOCABULARY}, tmp_path))
    found = [
        (str(e.kind), [[o.page for o in side] for side in e.sides]) for e in between_pages(index)
    ]
    assert found == [
        ("conflict", [["clinic-c"], ["clinic-b"]]),
        ("tension", [["clinic-b"], ["clinic-a"]]),
    ]


def test_passages_that_agree_are_one_side_whatever_their_scopes(tmp_path: Path) -> None:
    scopes = [{}, HOT, {"population": "adults"}]
    passages = [said(f"clinic-{'abc'[number]}", YES, scope) for number, scope in enumerate(scopes)]
    claims: list[Example] = [
        {"about": {"intervention": "footbath", "outcome": "lasts"}, "occurrences": passages,
         "relations": [{"to": "claim-2", "how": "in-tension", "because": "It is."}]},
        {"about": {"intervention": "footbath", "outcome": "fades"},
         "occurrences": [said("clinic-d", YES)]},
    ]  # fmt: skip
    index = Index(small_base({"claims": claims, "vocabulary": VOCABULARY}, tmp_path))
    (found,) = from_claim(index.base.claims["claim-1"], index)
    assert [[o.page for o in side] for side in found.sides] == [
        ["clinic-a", "clinic-b", "clinic-c"],
        ["clinic-d"],
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("regimen", "compatible"), ("practice", "compatible"), ("harm", "degree"),
     ("contraindication", "degree")],
)  # fmt: skip
def test_a_shorter_list_matters_where_what_it_leaves_out_can_hurt(
    kind: str, expected: str, tmp_path: Path
) -> None:
    both = {"includes": ["bathroom", "car"]}
    example = {
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "how"},
        "occurrences": [said("clinic-a", both), said("clinic-b", CAR)],
        "vocabulary": VOCABULARY,
    }
    base = small_base(example, tmp_path)
    (pair,) = pairs(base.claims["claim-1"], base.claims["claim-1"].occurrences, Index(base))
    assert pair.kind == expected


APART: Example = {"to": "claim-1", "how": "apart", "because": "They share a word only."}
PAIN, ACHE, ITCH = {"outcome": "pain"}, {"outcome": "ache"}, {"outcome": "itch"}
KINDS_OF_PAIN: Example = {"pain": {}, "ache": {"broader": "pain"}, "pang": {"broader": "pain"}}


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ({"about": PAIN}, {"about": PAIN}, "outcome"),
        ({"about": PAIN}, {"about": ACHE}, "kind of outcome"),
        ({"about": ACHE}, {"about": PAIN}, "kind of outcome"),
        ({"about": ACHE}, {"about": {"outcome": "pang"}}, "question"),  # two kinds of a third
        ({"about": PAIN}, {"about": ITCH}, "question"),
        ({"about": PAIN | MUSTARD}, {"about": PAIN | {"intervention": "footbath"}}, None),
        ({"about": PAIN | HOT}, {"about": PAIN | {"intervention": "footbath"}}, "outcome"),
        ({"about": PAIN}, {"about": PAIN, "kind": "practice"}, None),  # nobody can check it
        ({"about": PAIN}, {"about": PAIN, "occurrences": []}, None),  # no page says it
        ({"about": PAIN}, {"about": {"population": "adults"}}, None),
        ({"about": PAIN}, {"about": PAIN, "relations": [APART]}, None),
        ({"about": PAIN, "relations": [APART | {"to": "claim-2"}]}, {"about": PAIN}, None),
    ],
)
def test_claims_that_nobody_has_held_beside_one_another(
    one: Example, other: Example, shared: str | None, tmp_path: Path
) -> None:
    passage = {"page": "clinic-a", "quote": "A passage."}
    claims = [{"occurrences": [passage]} | claim for claim in (one, other)]
    example = {"claims": claims, "vocabulary": VOCABULARY | KINDS_OF_PAIN}
    index = Index(small_base(example, tmp_path))
    found = undecided(index)
    assert [(each.claim.id, each.other.id, each.shared) for each in found] == [
        ("claim-1", "claim-2", shared)
    ] * (shared is not None)
    of_first, of_second = (undecided_on_outcome(each, index) for each in index.base.claims.values())
    assert (of_first, of_second) == (found * (shared == "outcome"), ())


def test_undecided_claims_of_most_passages_come_first(tmp_path: Path) -> None:
    claims = [
        {
            "about": about,
            "occurrences": [
                {"page": "clinic-a", "quote": f"Passage {n}."} for n in range(passages)
            ],
        }
        for about, passages in ((PAIN, 2), (PAIN, 2), (PAIN, 3), (ITCH, 1))
    ]
    base = small_base({"claims": claims}, tmp_path)
    topics = {
        name: replace(topic, claims=("claim-1", "claim-4")) for name, topic in base.topics.items()
    }
    found = undecided(Index(replace(base, topics=topics)))
    assert [(each.claim.id, each.other.id) for each in found] == [
        ("claim-1", "claim-3"),
        ("claim-2", "claim-3"),
        ("claim-1", "claim-2"),
        ("claim-1", "claim-4"),
    ]
