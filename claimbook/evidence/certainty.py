"""How strong a study is by its design (OCEBM), and how sure a body of evidence makes us (GRADE)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from claimbook.records import RAISING, Design, Domain, Judgement


class Certainty(IntEnum):
    """GRADE's rating of a body of evidence; NONE: no study that we can rate."""

    NONE = 0
    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def label(self) -> str:
        """The rating as the site and the exports write it."""
        return self.name.lower().replace("_", " ") if self else "no study that we can rate"


# The highest step of the wording ladder (`claimbook.language.strength`) for each certainty.
CEILINGS = dict(zip(Certainty, (1, 2, 3, 4, 6), strict=True))

# The designs of each level on the questions whether a treatment helps and how common its harms are
# (the rows are alike). A cohort without a control group counts as a case series, and a systematic
# review is no better than what it reviews: one without trials is read as without control groups.
_LEVELS: Mapping[int, frozenset[Design]] = {
    1: frozenset({Design.REVIEW_OF_TRIALS}),
    2: frozenset({Design.RANDOMISED_TRIAL}),
    3: frozenset({Design.CONTROLLED_COHORT}),
    4: frozenset(
        {Design.COHORT, Design.CASE_SERIES, Design.CASE_REPORT, Design.CASE_CONTROL}
        | {Design.CROSS_SECTIONAL, Design.SURVEY, Design.REVIEW_OF_OBSERVATIONS}
    ),
    5: frozenset({Design.ANIMAL, Design.LABORATORY}),
}
MECHANISM = 5  # the level of reasoning from mechanism
LEVEL_WHY: Mapping[int | None, str] = {
    1: "systematic review of randomised trials",
    2: "randomised trial",
    3: "controlled study without randomisation",
    4: "people studied without a control group, or looking back",
    5: "reasoning from mechanism",
    None: "not a study with a level",
}
_RANDOMISED = _LEVELS[1] | _LEVELS[2]
_OBSERVED = _LEVELS[3] | _LEVELS[4]
UNCONTROLLED = _LEVELS[4] - {Design.CASE_CONTROL}
_NOT_COMPARED = "nobody was compared with anybody: very low at most"
_NOT_JUDGED = "who was asked and who answered is not judged: low at most"


def level(design: Design) -> int | None:
    """The OCEBM 2011 level of a design, 1 (best) to 5; None where the table has no place for it.

    Guidelines, labels and rules have no level: they are authorities. A narrative review has none
    either: what counts is what it reviews. The rows for rare harms, for screening and for how
    common something is are not used.

    Source:
        OCEBM Levels of Evidence Working Group, The Oxford 2011 Levels of Evidence, as tabulated in
        the sources that `docs/method/authorities.md` names.
    """
    return next((level for level, designs in _LEVELS.items() if design in designs), None)


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a rating: what it is, by how much, why."""

    what: str
    change: int
    because: str


@dataclass(frozen=True, slots=True)
class Rating:
    """How sure a body of evidence makes us, with every step and its reason.

    `bias_judged`: somebody judged its risk of bias, or each study in it is at low risk.
    """

    certainty: Certainty
    steps: tuple[Step, ...]
    bias_judged: bool = False


def certainty(
    designs: Iterable[Design],
    judgements: Mapping[Domain, Judgement] | None = None,
    exceeds_design: str | None = None,
    *,
    frequency: bool = False,
    sound: bool = False,
) -> Rating:
    """Rate how sure a body of findings makes us of one claim.

    A body with a randomised trial starts high, one of observations on people starts low; each
    limitation takes it down and each reason to raise takes it up. A body in which nobody was
    compared with anybody cannot exceed very low without a recorded reason. How many people have
    something needs no comparison: studies of people that count them start high, but cannot exceed
    low until somebody has judged their risk of bias. Animal and laboratory work gives no clinical
    certainty.

    Args:
        designs: one study design per finding, in any order; may be empty.
        judgements: the GRADE domains that a person judged, with reasons.
        exceeds_design: why the rating may exceed what the designs allow, where it may.
        frequency: whether the question is how many people have something.
        sound: whether every study is known to be at low risk of bias.
    Returns:
        The rating, never below `VERY_LOW` where there is clinical evidence.
    Source:
        Balshem et al. 2011, GRADE guidelines 3, doi:10.1016/j.jclinepi.2010.07.015; the ceiling for
        uncontrolled bodies is this project's, after the same paper's advice that such series often
        warrant very low. Foroutan et al. 2020, GRADE guidelines 28, J Clin Epidemiol 121:62-70, on
        questions of prognosis: a body of observational evidence begins as high certainty.
    """
    studied = set(designs)
    uncontrolled = not frequency and studied.isdisjoint(_RANDOMISED | _OBSERVED - UNCONTROLLED)
    if frequency and studied & (_RANDOMISED | _OBSERVED):
        rating, steps = Certainty.HIGH, [Step("start", 0, "studies that count people start high")]
    elif studied & _RANDOMISED:
        rating, steps = Certainty.HIGH, [Step("start", 0, "randomised trials start high")]
    elif studied & _OBSERVED:
        rating, steps = Certainty.LOW, [Step("start", 0, "observational studies start low")]
    else:
        none = Step("start", 0, "no study that we can rate is linked on this outcome")
        return Rating(Certainty.NONE, (none,))
    total = int(rating)
    for domain, judged in (judgements or {}).items():
        change = (judged.up or 0) if domain in RAISING else -(judged.down or 0)
        steps.append(Step(domain.value, change, judged.because))
        total += change
    if exceeds_design and uncontrolled:
        steps.append(Step("design", 0, f"may exceed very low: {exceeds_design}"))
    bias_judged = sound or Domain.RISK_OF_BIAS in (judgements or {})
    for holds, most, why in (
        (uncontrolled and not exceeds_design, Certainty.VERY_LOW, _NOT_COMPARED),
        (frequency and not bias_judged, Certainty.LOW, _NOT_JUDGED),
    ):
        if holds and total > most:
            steps.append(Step("design", most - total, why))
            total = most
    rated = Certainty(max(Certainty.VERY_LOW, min(total, Certainty.HIGH)))
    return Rating(rated, tuple(steps), bias_judged)
