"""Levels, certainty, and which findings decide."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from factories import small_base
from hypothesis import given
from hypothesis import strategies as st

from claimbook.evidence.appraisal import (
    Certainty,
    Question,
    Support,
    appraise,
    certainty,
    disagreements,
    level,
    question,
    rating,
    stand,
)
from claimbook.records import (
    RAISING,
    Base,
    Concept,
    Design,
    Domain,
    Judgement,
    Kind,
    Vocabulary,
    compare,
    parse_value,
)

RCT, SERIES, COHORT, CONTROLLED = (
    Design.RANDOMISED_TRIAL,
    Design.CASE_SERIES,
    Design.COHORT,
    Design.CONTROLLED_COHORT,
)
LEVELS = {
    Design.REVIEW_OF_TRIALS: (1, 1, None),
    Design.RANDOMISED_TRIAL: (2, 2, None),
    Design.CONTROLLED_COHORT: (3, 3, None),
    Design.COHORT: (4, 4, 4),
    Design.CASE_SERIES: (4, 4, 4),
    Design.CASE_REPORT: (4, 4, 4),
    Design.CASE_CONTROL: (4, 4, None),
    Design.CROSS_SECTIONAL: (4, 4, 3),
    Design.SURVEY: (4, 4, 3),
    Design.ANIMAL: (5, 5, None),
    Design.LABORATORY: (5, 5, None),
    Design.NARRATIVE_REVIEW: (None, None, None),
    Design.AUTHORITY: (None, None, None),
    Design.PROTOCOL: (None, None, None),
}


@pytest.mark.parametrize("design", Design)
def test_level(design: Design) -> None:
    assert (
        tuple(
            level(design, asked) for asked in (Question.BENEFIT, Question.HARM, Question.PREVALENCE)
        )
        == LEVELS[design]
    )


@pytest.mark.parametrize("kind", Kind)
def test_harm_and_safety_ask_for_harms(kind: Kind) -> None:
    assert (question(kind) is Question.HARM) == (kind in (Kind.HARM, Kind.SAFETY))


def down(steps: int) -> Judgement:
    return Judgement("A reason.", down=1 if steps == 1 else 2)


def up(steps: int) -> Judgement:
    return Judgement("A reason.", up=1 if steps == 1 else 2)


@pytest.mark.parametrize(
    ("designs", "judged", "why_more", "rated"),
    [
        ([], {}, None, Certainty.NONE),
        ([Design.ANIMAL], {}, None, Certainty.NONE),
        (
            [Design.LABORATORY, Design.ANIMAL],
            {Domain.LARGE_EFFECT: up(2)},
            "A reason.",
            Certainty.NONE,
        ),
        ([Design.AUTHORITY, Design.PROTOCOL, Design.NARRATIVE_REVIEW], {}, None, Certainty.NONE),
        ([Design.REVIEW_OF_TRIALS], {}, None, Certainty.HIGH),
        ([RCT], {}, None, Certainty.HIGH),
        ([RCT, SERIES, Design.ANIMAL], {}, None, Certainty.HIGH),
        *(
            ([RCT], {domain: down(1)}, None, Certainty.MODERATE)
            for domain in Domain
            if domain not in RAISING
        ),
        *(
            ([RCT], {domain: down(2)}, None, Certainty.LOW)
            for domain in Domain
            if domain not in RAISING
        ),
        (
            [RCT],
            {Domain.RISK_OF_BIAS: down(1), Domain.IMPRECISION: down(2)},
            None,
            Certainty.VERY_LOW,
        ),
        (
            [RCT],
            {Domain.RISK_OF_BIAS: down(2), Domain.IMPRECISION: down(2)},
            None,
            Certainty.VERY_LOW,
        ),
        ([RCT], {Domain.LARGE_EFFECT: up(2)}, None, Certainty.HIGH),
        (
            [RCT],
            {Domain.RISK_OF_BIAS: down(2), Domain.LARGE_EFFECT: up(1)},
            None,
            Certainty.MODERATE,
        ),
        ([CONTROLLED], {}, None, Certainty.LOW),
        ([Design.CASE_CONTROL], {}, None, Certainty.LOW),
        *(([CONTROLLED], {domain: up(1)}, None, Certainty.MODERATE) for domain in RAISING),
        *(([CONTROLLED], {domain: up(2)}, None, Certainty.HIGH) for domain in RAISING),
        ([CONTROLLED], {domain: up(2) for domain in RAISING}, None, Certainty.HIGH),
        ([CONTROLLED], {Domain.IMPRECISION: down(1)}, None, Certainty.VERY_LOW),
        *(
            ([design], {}, None, Certainty.VERY_LOW)
            for design in (
                COHORT,
                SERIES,
                Design.CASE_REPORT,
                Design.CROSS_SECTIONAL,
                Design.SURVEY,
            )
        ),
        ([SERIES, Design.SURVEY], {Domain.LARGE_EFFECT: up(2)}, None, Certainty.VERY_LOW),
        ([SERIES], {}, "Nobody gets well untreated.", Certainty.LOW),
        ([SERIES], {Domain.LARGE_EFFECT: up(2)}, "Nobody gets well untreated.", Certainty.HIGH),
        ([SERIES, CONTROLLED], {}, None, Certainty.LOW),
    ],
)
def test_certainty(
    designs: list[Design],
    judged: Mapping[Domain, Judgement],
    why_more: str | None,
    rated: Certainty,
) -> None:
    assert certainty(designs, judged, why_more).certainty is rated


def test_every_step_has_its_reason() -> None:
    steps = certainty([SERIES], {Domain.LARGE_EFFECT: Judgement("Nine of ten.", up=1)}).steps
    assert [(step.what, step.change) for step in steps] == [
        ("start", 0),
        ("large-effect", 1),
        ("design", -2),
    ]
    assert steps[1].because == "Nine of ten."
    assert "very low at most" in steps[2].because
    assert (
        certainty([SERIES], {}, "A reason.").steps[-1].because == "may exceed very low: A reason."
    )


LOWERING = [domain for domain in Domain if domain not in RAISING]
JUDGED = st.dictionaries(st.sampled_from(LOWERING), st.integers(1, 2).map(down)).flatmap(
    lambda some: st.dictionaries(st.sampled_from(sorted(RAISING)), st.integers(1, 2).map(up)).map(
        lambda more: {**some, **more}
    )
)
DESIGNS = st.lists(st.sampled_from(Design), max_size=4)
WHY = st.none() | st.just("A reason.")
PEOPLE = frozenset(design for design in Design if LEVELS[design][0] in (1, 2, 3, 4))


@given(DESIGNS, JUDGED, WHY, st.sampled_from(LOWERING), st.integers(1, 2))
def test_a_limitation_never_raises(
    designs: list[Design], judged: dict[Domain, Judgement], why: str | None, more: Domain, by: int
) -> None:
    without = {domain: one for domain, one in judged.items() if domain != more}
    assert (
        certainty(designs, without | {more: down(by)}, why).certainty
        <= certainty(designs, without, why).certainty
    )


@given(DESIGNS, JUDGED, WHY, st.sampled_from(sorted(RAISING)), st.integers(1, 2))
def test_a_reason_to_rate_up_never_lowers(
    designs: list[Design], judged: dict[Domain, Judgement], why: str | None, more: Domain, by: int
) -> None:
    without = {domain: one for domain, one in judged.items() if domain != more}
    assert (
        certainty(designs, without | {more: up(by)}, why).certainty
        >= certainty(designs, without, why).certainty
    )


@given(DESIGNS, JUDGED, WHY)
def test_certainty_stays_within_its_bounds(
    designs: list[Design], judged: dict[Domain, Judgement], why: str | None
) -> None:
    rated = certainty(designs, judged, why).certainty
    assert (rated is Certainty.NONE) == (not PEOPLE & set(designs))
    assert rated <= Certainty.HIGH
    if why is None and not set(designs) & {
        RCT,
        Design.REVIEW_OF_TRIALS,
        CONTROLLED,
        Design.CASE_CONTROL,
    }:
        assert rated <= Certainty.VERY_LOW
    assert certainty(designs, judged, why) == certainty(reversed(designs), judged, why)


# --- which findings decide --------------------------------------------------------------------------------------------

LESS, MORE, NONE = {"effect": "reduces"}, {"effect": "increases"}, {"effect": "none"}
ABOUT = {"population": "adults", "intervention": "footbath", "outcome": "coughing"}


def finding(says: Any = NONE, **fields: Any) -> dict[str, Any]:
    return {"says": dict(says), "about": ABOUT | fields.pop("about", {}), **fields}


def passage(says: Any = LESS, **fields: Any) -> dict[str, Any]:
    return {"page": "clinic-a", "quote": "Footbaths ease coughing.", "says": dict(says), **fields}


def base_of(
    findings: dict[str, Any],
    folder: Path,
    kind: str = "efficacy",
    occurrences: list[Any] | None = None,
    **more: Any,
) -> Base:
    known = {key: {"about": one["about"], **one} for key, one in findings.items()}
    evidence = list(findings)
    return small_base(
        {
            "kind": kind,
            "about": ABOUT,
            "evidence": evidence,
            "findings": known,
            "occurrences": occurrences or [passage()],
            **more,
        },
        folder,
    )


OTHER_PEOPLE = {"about": {"population": "horses"}}
ANY_PLACE = {"about": {"population": None}}


@pytest.mark.parametrize(
    ("findings", "deciding"),
    [
        ({"a/coughing": finding()}, ["a/coughing"]),
        (
            {"a/coughing": finding(), "b/coughing": finding()},
            ["a/coughing", "b/coughing"],
        ),  # all of the highest level
        ({"a/coughing": finding(), "b/coughing": finding(design="case-series")}, ["a/coughing"]),
        (
            {
                "a/coughing": finding(design="case-series"),
                "b/coughing": finding(design="review-of-trials"),
            },
            ["b/coughing"],
        ),
        (
            {"a/coughing": finding(design="case-series"), "b/coughing": finding(design="cohort")},
            ["a/coughing", "b/coughing"],
        ),
        # the more direct before the higher level
        (
            {
                "a/coughing": finding(about={"intervention": None}),
                "b/coughing": finding(design="case-series"),
            },
            ["b/coughing"],
        ),
        # nothing in common, or another outcome: cannot decide
        ({"a/coughing": finding(**OTHER_PEOPLE)}, []),
        ({"a/coughing": finding(about={"outcome": "sneezing"})}, []),
        (
            {"a/coughing": finding(**OTHER_PEOPLE), "b/coughing": finding(design="case-report")},
            ["b/coughing"],
        ),
        # what cannot be compared does not decide
        (
            {"a/coughing": finding({"amount": "40 min"}), "b/coughing": finding(design="survey")},
            ["b/coughing"],
        ),
        # second-hand never decides alone, and joins its rank
        ({"a/coughing": finding(read="second-hand")}, []),
        ({"a/coughing": finding(text_read="second-hand")}, []),
        ({"a/coughing": finding(text_read="none")}, []),
        (
            {"a/coughing": finding(read="second-hand"), "b/coughing": finding()},
            ["a/coughing", "b/coughing"],
        ),
        (
            {"a/coughing": finding(read="second-hand"), "b/coughing": finding(design="survey")},
            ["b/coughing"],
        ),
        # where evidence is graded, authorities come last
        (
            {
                "a/coughing": finding(kind="guideline", design="authority"),
                "b/coughing": finding(design="survey"),
            },
            ["b/coughing"],
        ),
        ({"a/coughing": finding(kind="guideline", design="authority")}, ["a/coughing"]),
    ],
)
def test_which_findings_decide(
    findings: dict[str, Any], deciding: list[str], tmp_path: Path
) -> None:
    cleaned = {
        key: one | {"about": {facet: name for facet, name in one["about"].items() if name}}
        for key, one in findings.items()
    }
    base = base_of(cleaned, tmp_path)
    weighing = appraise(next(iter(base.occurrences.values())), base)
    assert [one.evidence.finding.key for one in weighing.deciding] == deciding
    assert len(weighing.all) == len(findings)
    assert not weighing.established


@pytest.mark.parametrize(
    "kind", ["approval", "definition", "contraindication", "regimen", "eligibility"]
)
def test_authorities_decide_questions_of_fact(kind: str, tmp_path: Path) -> None:
    label = finding({"is": "no"}, kind="label", design="authority")
    base = base_of(
        {"trial/coughing": finding({"is": "yes"}), "label/coughing": label},
        tmp_path,
        kind,
        [passage({"is": "yes"})],
    )
    weighing = appraise(next(iter(base.occurrences.values())), base)
    assert [one.evidence.source.id for one in weighing.deciding] == ["label"]
    assert weighing.rating is None
    assert weighing.established
    assert weighing.stands == {Support.CONTRADICTS}


def test_a_study_alone_does_not_establish_a_fact(tmp_path: Path) -> None:
    base = base_of(
        {"trial/coughing": finding({"is": "yes"})}, tmp_path, "definition", [passage({"is": "yes"})]
    )
    weighing = appraise(next(iter(base.occurrences.values())), base)
    assert not weighing.established
    assert weighing.stands == {Support.SUPPORTS}


def test_a_mechanism_that_a_reference_states_is_established_and_not_graded(tmp_path: Path) -> None:
    textbook = finding(LESS, kind="reference", design="authority")
    for number, (findings, graded) in enumerate(
        [
            ({"book/coughing": textbook}, False),
            ({"book/coughing": textbook | {"read": "second-hand"}}, True),
            ({"a/coughing": finding()}, True),
        ]
    ):
        base = base_of(findings, tmp_path / str(number), "mechanism")
        assert (rating(base.claims["claim-1"], base) is not None) is graded


def test_only_findings_on_the_outcome_of_the_claim_are_rated(tmp_path: Path) -> None:
    elsewhere = {
        "trial/sneezing": finding(about={"outcome": "sneezing"}),
        "horses/coughing": finding(**OTHER_PEOPLE),
    }
    base = base_of(elsewhere | {"series/coughing": finding(design="case-series")}, tmp_path)
    rated = rating(base.claims["claim-1"], base)
    assert rated
    assert rated.certainty is Certainty.VERY_LOW


VOCABULARY = Vocabulary(
    {
        name: Concept(name, "outcome", name, good=good, harm=harm)  # type: ignore[arg-type]
        for name, good, harm in [
            ("relief", "more", False),
            ("wait", "less", False),
            ("length", None, False),
            ("scalds", None, True),
            ("fainting", "less", True),
        ]
    },
    {},
)


@pytest.mark.parametrize(
    ("outcome", "page", "found", "stands"),
    [
        ("relief", {"share": "50%"}, {"share": "50.2%"}, Support.SUPPORTS),
        ("relief", {"share": "60%"}, {"share": "50%"}, Support.WEAKER),
        ("relief", {"share": "40%"}, {"share": "50%"}, Support.SUPPORTS),  # a passage may say less
        ("relief", {"share": "40%"}, {"effect": "reduces"}, None),
        ("wait", {"amount": "40 min"}, {"amount": "90 min"}, Support.WEAKER),  # sooner is more
        ("wait", {"amount": "90 min"}, {"amount": "40 min"}, Support.SUPPORTS),
        ("length", {"amount": "40 min"}, {"amount": "90 min"}, Support.CONTRADICTS),
        ("length", {"amount": "90 min"}, {"amount": "40 min"}, Support.CONTRADICTS),
        ("scalds", {"share": "5%"}, {"share": "20%"}, Support.WEAKER),  # less harm is more
        ("scalds", {"share": "30%"}, {"share": "20%"}, Support.SUPPORTS),
        ("fainting", {"share": "5%"}, {"share": "20%"}, Support.WEAKER),
        ("relief", {"effect": "increases"}, {"effect": "none"}, Support.CONTRADICTS),
        ("relief", {"effect": "increases"}, {"effect": "mixed"}, Support.WEAKER),
        ("relief", {"effect": "mixed"}, {"effect": "increases"}, Support.SUPPORTS),
        ("scalds", {"effect": "none"}, {"effect": "increases"}, Support.CONTRADICTS),
        ("scalds", {"effect": "none"}, {"effect": "unclear"}, Support.WEAKER),
        ("scalds", {"effect": "reduces"}, {"effect": "mixed"}, Support.WEAKER),
        ("scalds", {"effect": "increases"}, {"effect": "unclear"}, Support.SUPPORTS),
        ("scalds", {"effect": "unclear"}, {"effect": "increases"}, Support.WEAKER),
        ("scalds", {"effect": "mixed"}, {"effect": "none"}, Support.SUPPORTS),
        ("relief", {"is": "yes"}, {"is": "no"}, Support.CONTRADICTS),
        ("relief", {"only": ["a", "b"]}, {"only": ["a"]}, Support.WEAKER),
        ("relief", {"only": ["a"]}, {"only": ["a", "b"]}, Support.SUPPORTS),
        ("relief", {"only": ["a"]}, {"only": ["b"]}, Support.CONTRADICTS),
    ],
)
def test_stand(
    outcome: str, page: dict[str, Any], found: dict[str, Any], stands: Support | None
) -> None:
    one, two = parse_value(page), parse_value(found)
    assert stand(compare(one, two), one, two, outcome, VOCABULARY) is stands


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        (passage(LESS), passage(MORE, page="clinic-b"), True),
        (passage(LESS), passage(LESS, page="clinic-b"), False),
        (
            passage(LESS),
            passage({"effect": "unclear"}, page="clinic-b"),
            False,
        ),  # one is only surer than the other
        (passage({"amount": "40 min"}), passage({"amount": "3 h"}, page="clinic-b"), True),
        (passage({"amount": "40 min"}), passage({"amount": "3 h"}), True),  # a page with itself
        (
            passage({"amount": "40 min"}),
            passage({"amount": "40 to 60 min"}, page="clinic-b"),
            False,
        ),
        (passage({"share": "49%"}), passage({"share": "77%"}, page="clinic-b"), True),
        (passage({"is": "yes"}), passage({"is": "no"}, page="clinic-b"), True),
        (
            passage({"only": ["footbath"]}),
            passage({"only": ["footbath", "adults"]}, page="clinic-b"),
            False,
        ),
        # different scope is never a conflict
        (passage(LESS), passage(MORE, page="clinic-b", about={"intervention": "mud-bath"}), False),
        (
            passage({"amount": "40 min"}),
            passage({"amount": "3 h"}, page="clinic-b", about={"population": "children"}),
            False,
        ),
        (
            passage({"amount": "40 min"}, about={"population": "children"}),
            passage({"amount": "3 h"}, page="clinic-b", about={"population": "children"}),
            True,
        ),
    ],
)
def test_disagreements(
    one: dict[str, Any], other: dict[str, Any], disagree: bool, tmp_path: Path
) -> None:
    base = base_of({}, tmp_path, "regimen", [one, other])
    found = disagreements(base.claims["claim-1"], base)
    assert bool(found) is disagree
    for pair in found:
        assert [o.id for o in (*pair.one, *pair.other)] == list(base.occurrences)


def test_passages_that_say_the_same_disagree_as_one(tmp_path: Path) -> None:
    pages = [passage({"amount": "40 min"}, page=f"clinic-{name}") for name in "abc"] + [
        passage({"amount": "3 h"}, page="clinic-d")
    ]
    base = base_of({}, tmp_path, "regimen", pages)
    (found,) = disagreements(base.claims["claim-1"], base)
    assert ([o.page for o in found.one], [o.page for o in found.other]) == (
        ["clinic-a", "clinic-b", "clinic-c"],
        ["clinic-d"],
    )
