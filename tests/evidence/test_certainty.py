"""Levels, and certainty with its steps."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.evidence.certainty import CEILINGS, Certainty, certainty, level
from claimbook.records import RAISING, Design, Domain, Judgement

RCT, SERIES, COHORT, CONTROLLED = (
    Design.RANDOMISED_TRIAL,
    Design.CASE_SERIES,
    Design.COHORT,
    Design.CONTROLLED_COHORT,
)
LEVELS = {
    Design.REVIEW_OF_TRIALS: 1,
    Design.RANDOMISED_TRIAL: 2,
    Design.CONTROLLED_COHORT: 3,
    Design.COHORT: 4,
    Design.CASE_SERIES: 4,
    Design.CASE_REPORT: 4,
    Design.CASE_CONTROL: 4,
    Design.CROSS_SECTIONAL: 4,
    Design.SURVEY: 4,
    Design.REVIEW_OF_OBSERVATIONS: 4,
    Design.ANIMAL: 5,
    Design.LABORATORY: 5,
    Design.NARRATIVE_REVIEW: None,
    Design.AUTHORITY: None,
    Design.PROTOCOL: None,
}


@pytest.mark.parametrize("design", Design)
def test_level(design: Design) -> None:
    assert level(design) == LEVELS[design]


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
                Design.REVIEW_OF_OBSERVATIONS,
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


@pytest.mark.parametrize(
    ("designs", "judged", "rated"),
    [
        # counting needs no comparison, but somebody must judge who was asked and who answered
        ([COHORT], {Domain.RISK_OF_BIAS: down(1)}, Certainty.MODERATE),
        ([SERIES, Design.SURVEY], {Domain.RISK_OF_BIAS: down(1)}, Certainty.MODERATE),
        ([RCT], {Domain.RISK_OF_BIAS: down(2)}, Certainty.LOW),
        ([Design.REVIEW_OF_OBSERVATIONS], {Domain.RISK_OF_BIAS: down(1)}, Certainty.MODERATE),
        ([COHORT], {}, Certainty.LOW),
        ([RCT], {Domain.IMPRECISION: down(1)}, Certainty.LOW),
        ([SERIES], {Domain.IMPRECISION: down(2), Domain.INDIRECTNESS: down(1)}, Certainty.VERY_LOW),
        (
            [COHORT],
            {Domain.RISK_OF_BIAS: down(2), Domain.INDIRECTNESS: down(1)},
            Certainty.VERY_LOW,
        ),
        ([Design.ANIMAL], {}, Certainty.NONE),
        ([Design.AUTHORITY], {}, Certainty.NONE),
        ([], {}, Certainty.NONE),
    ],
)
def test_certainty_of_how_many(
    designs: list[Design], judged: Mapping[Domain, Judgement], rated: Certainty
) -> None:
    assert certainty(designs, judged, frequency=True).certainty is rated


@pytest.mark.parametrize("design", [RCT, COHORT, SERIES])
def test_sound_counts_start_high(design: Design) -> None:
    assert certainty([design], frequency=True, sound=True).certainty is Certainty.HIGH


NINE_OF_TEN = Judgement("Nine of ten.", up=1)
HIGH, LOW = (
    ("start", 0, "randomised trials start high"),
    ("start", 0, "observational studies start low"),
)


@pytest.mark.parametrize(
    ("designs", "judged", "why_more", "steps"),
    [
        (
            [Design.ANIMAL],
            {},
            None,
            [("start", 0, "no study that we can rate is linked on this outcome")],
        ),
        ([RCT], {}, "A reason.", [HIGH]),
        (
            [RCT],
            {Domain.LARGE_EFFECT: NINE_OF_TEN},
            None,
            [HIGH, ("large-effect", 1, "Nine of ten.")],
        ),
        ([CONTROLLED], {}, "A reason.", [LOW]),
        (
            [RCT],
            {Domain.IMPRECISION: Judgement("Forty people.", down=2)},
            None,
            [HIGH, ("imprecision", -2, "Forty people.")],
        ),
        (
            [RCT],
            {Domain.IMPRECISION: Judgement("Enough people."), Domain.DOSE_RESPONSE: Judgement("-")},
            None,
            [HIGH, ("imprecision", 0, "Enough people."), ("dose-response", 0, "-")],
        ),
        (
            [SERIES],
            {Domain.LARGE_EFFECT: NINE_OF_TEN},
            None,
            [
                LOW,
                ("large-effect", 1, "Nine of ten."),
                ("design", -2, "nobody was compared with anybody: very low at most"),
            ],
        ),
        ([SERIES], {}, "A reason.", [LOW, ("design", 0, "may exceed very low: A reason.")]),
    ],
)
def test_every_step_has_its_reason(
    designs: list[Design],
    judged: Mapping[Domain, Judgement],
    why_more: str | None,
    steps: list[tuple[str, int, str]],
) -> None:
    rated = certainty(designs, judged, why_more)
    assert [(step.what, step.change, step.because) for step in rated.steps] == steps


COUNTED = ("start", 0, "studies that count people start high")


@pytest.mark.parametrize(
    ("judged", "sound", "steps"),
    [
        (
            {},
            False,
            [
                COUNTED,
                ("design", -2, "who was asked and who answered is not judged: low at most"),
            ],
        ),
        ({}, True, [COUNTED]),
        ({Domain.RISK_OF_BIAS: down(1)}, False, [COUNTED, ("risk-of-bias", -1, "A reason.")]),
        ({Domain.IMPRECISION: down(2)}, False, [COUNTED, ("imprecision", -2, "A reason.")]),
    ],
)
def test_every_step_of_a_count_has_its_reason(
    judged: Mapping[Domain, Judgement], sound: bool, steps: list[tuple[str, int, str]]
) -> None:
    rated = certainty([SERIES], judged, frequency=True, sound=sound)
    assert [(step.what, step.change, step.because) for step in rated.steps] == steps


def test_no_judgements_are_as_good_as_none() -> None:
    assert certainty([RCT]) == certainty([RCT], {})


@pytest.mark.parametrize(
    ("rated", "label", "ceiling"),
    [
        (Certainty.NONE, "no study that we can rate", 1),
        (Certainty.VERY_LOW, "very low", 2),
        (Certainty.LOW, "low", 3),
        (Certainty.MODERATE, "moderate", 4),
        (Certainty.HIGH, "high", 6),
    ],
)
def test_what_a_rating_is_called_and_allows(rated: Certainty, label: str, ceiling: int) -> None:
    assert (rated.label, CEILINGS[rated]) == (label, ceiling)


@pytest.mark.parametrize(
    ("designs", "judged", "change"),
    [
        ([SERIES], {}, -1),
        ([SERIES], {Domain.LARGE_EFFECT: up(2)}, -3),
        (
            [SERIES],
            {Domain.IMPRECISION: down(1)},
            None,
        ),  # very low already: the design adds nothing
        ([SERIES], {Domain.IMPRECISION: down(2)}, None),
        ([CONTROLLED], {}, None),
    ],
)
def test_the_design_is_a_step_only_where_it_lowers(
    designs: list[Design], judged: Mapping[Domain, Judgement], change: int | None
) -> None:
    steps = {step.what: step.change for step in certainty(designs, judged).steps}
    assert steps.get("design") == change


LOWERING = [domain for domain in Domain if domain not in RAISING]
JUDGED = st.dictionaries(st.sampled_from(LOWERING), st.integers(1, 2).map(down)).flatmap(
    lambda some: st.dictionaries(st.sampled_from(sorted(RAISING)), st.integers(1, 2).map(up)).map(
        lambda more: {**some, **more}
    )
)
DESIGNS = st.lists(st.sampled_from(Design), max_size=4)
WHY = st.none() | st.just("A reason.")
PEOPLE = frozenset(design for design in Design if LEVELS[design] in (1, 2, 3, 4))


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
