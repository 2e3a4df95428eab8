"""How strong evidence is, how sure a body of it makes us, and which of it decides on a passage."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import combinations

from claimbook.evidence.directness import Difference, Directness, directness
from claimbook.evidence.index import Index, remembered
from claimbook.records import (
    FACETS,
    GRADED,
    RAISING,
    Amount,
    Claim,
    Comparison,
    ConceptSet,
    Design,
    Direction,
    Domain,
    Effect,
    Finding,
    Judgement,
    Kind,
    Occurrence,
    Relation,
    Scope,
    Share,
    Source,
    SourceKind,
    Value,
    Vocabulary,
    YesNo,
    compare,
)


class Certainty(IntEnum):
    """GRADE's rating of a body of evidence; NONE: no clinical evidence at all."""

    NONE = 0
    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def label(self) -> str:
        """The rating as the site and the exports write it."""
        return (
            "no clinical evidence"
            if self is Certainty.NONE
            else self.name.lower().replace("_", " ")
        )


# The highest step of the wording ladder (`claimbook.language.strength`) that each certainty allows.
CEILINGS = {
    Certainty.HIGH: 6,
    Certainty.MODERATE: 4,
    Certainty.LOW: 3,
    Certainty.VERY_LOW: 2,
    Certainty.NONE: 1,
}

# Which level a design has on the question whether a treatment helps, and on its common harms (the rows are alike).
# A cohort without a control group counts as a case series.
_LEVELS: Mapping[Design, int] = {
    Design.REVIEW_OF_TRIALS: 1,
    Design.RANDOMISED_TRIAL: 2,
    Design.CONTROLLED_COHORT: 3,
    Design.COHORT: 4,
    Design.CASE_SERIES: 4,
    Design.CASE_REPORT: 4,
    Design.CASE_CONTROL: 4,
    Design.CROSS_SECTIONAL: 4,
    Design.SURVEY: 4,
    Design.ANIMAL: 5,
    Design.LABORATORY: 5,
}
LEVEL_WHY: Mapping[int | None, str] = {
    1: "systematic review of randomised trials",
    2: "randomised trial",
    3: "controlled study without randomisation",
    4: "people studied without a control group, or looking back",
    5: "reasoning from mechanism",
    None: "not a study with a level",
}
_RANDOMISED = frozenset({Design.REVIEW_OF_TRIALS, Design.RANDOMISED_TRIAL})
_CONTROLLED = _RANDOMISED | {Design.CONTROLLED_COHORT, Design.CASE_CONTROL}
_OBSERVED = frozenset(
    {Design.CONTROLLED_COHORT, Design.COHORT, Design.CASE_SERIES, Design.CASE_REPORT, Design.CASE_CONTROL,
     Design.CROSS_SECTIONAL, Design.SURVEY}
)  # fmt: skip
_NORMATIVE = frozenset(
    {
        SourceKind.GUIDELINE,
        SourceKind.LABEL,
        SourceKind.RULE,
        SourceKind.NOTICE,
        SourceKind.REFERENCE,
    }
)


def level(design: Design) -> int | None:
    """The OCEBM 2011 level of a design, 1 (best) to 5; None where the table has no place for it.

    Guidelines, labels and rules have no level: they are authorities. A narrative review has none either: what counts is
    what it reviews. The rows for rare harms, for screening and for how common something is are not used.

    Source:
        OCEBM Levels of Evidence Working Group, The Oxford 2011 Levels of Evidence, as tabulated in the sources that
        `docs/method/authorities.md` names.
    """
    return _LEVELS.get(design)


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a rating: what it is, by how much, why."""

    what: str
    change: int
    because: str


@dataclass(frozen=True, slots=True)
class Rating:
    """How sure a body of evidence makes us, with every step and its reason."""

    certainty: Certainty
    steps: tuple[Step, ...]


def certainty(
    designs: Iterable[Design],
    judgements: Mapping[Domain, Judgement] | None = None,
    exceeds_design: str | None = None,
) -> Rating:
    """Rate how sure a body of findings makes us of one claim.

    A body with a randomised trial starts high, one of observations on people starts low; each limitation takes it down and
    each reason to raise takes it up. A body in which nobody was compared with anybody cannot exceed very low without a
    recorded reason. Animal and laboratory work gives no clinical certainty.

    Args:
        designs: one study design per finding, in any order; may be empty.
        judgements: the GRADE domains that a person judged, with reasons.
        exceeds_design: why the rating may exceed what the designs allow, where it may.
    Returns:
        The rating, never below `VERY_LOW` where there is clinical evidence.
    Source:
        Balshem et al. 2011, GRADE guidelines 3, doi:10.1016/j.jclinepi.2010.07.015; the ceiling for uncontrolled bodies is
        this project's, after the same paper's advice that such series often warrant very low.
    """
    found = set(designs)
    if found & _RANDOMISED:
        rating, steps = Certainty.HIGH, [Step("start", 0, "randomised trials start high")]
    elif found & _OBSERVED:
        rating, steps = Certainty.LOW, [Step("start", 0, "observational studies start low")]
    else:
        return Rating(
            Certainty.NONE, (Step("start", 0, "no study in people is linked on this outcome"),)
        )
    total = int(rating)
    for domain, judged in (judgements or {}).items():
        change = (judged.up or 0) if domain in RAISING else -(judged.down or 0)
        steps.append(Step(domain.value, change, judged.because))
        total += change
    ceiling = int(Certainty.HIGH)
    if not found & _CONTROLLED:
        if exceeds_design:
            steps.append(Step("design", 0, f"may exceed very low: {exceeds_design}"))
        else:
            ceiling = int(Certainty.VERY_LOW)
            if total > ceiling:
                steps.append(
                    Step(
                        "design",
                        ceiling - total,
                        "nobody was compared with anybody: very low at most",
                    )
                )
    return Rating(Certainty(max(int(Certainty.VERY_LOW), min(total, ceiling))), tuple(steps))


def read_second_hand(finding: Finding, source: Source) -> bool:
    """Whether nobody here read a finding in the source itself, only somebody's report of it."""
    return finding.read == "second-hand" or source.text_read in ("second-hand", "none")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One linked finding as it bears on a claim or a passage."""

    finding: Finding
    source: Source
    why: str
    directness: Directness
    on_outcome: bool  # it reports the very outcome, not another one

    @property
    def level(self) -> int | None:
        """The OCEBM level of its source's design."""
        return level(self.source.design)

    @property
    def usable(self) -> bool:
        """Whether it can speak on the claim at all."""
        return self.on_outcome and not self.directness.apart

    @property
    def second_hand(self) -> bool:
        """Whether nobody here read it in the source itself."""
        return read_second_hand(self.finding, self.source)

    @property
    def authority(self) -> bool:
        """Whether it is normative text rather than a study."""
        return self.source.kind in _NORMATIVE


class Support(StrEnum):
    """What a deciding finding makes of a passage."""

    SUPPORTS = "for"
    WEAKER = "less"  # the finding is less than the passage makes of it
    CONTRADICTS = "against"


@dataclass(frozen=True, slots=True)
class AppraisedFinding:
    """A piece of evidence with its comparison to a passage; `decides` where it is among the deciding ones."""

    evidence: Evidence
    comparison: Comparison | None
    stand: Support | None
    decides: bool


@dataclass(frozen=True, slots=True)
class Appraisal:
    """All evidence on a passage, and the rating of the claim's whole body."""

    all: tuple[AppraisedFinding, ...]
    rating: Rating | None  # None: this kind of claim is not graded

    @property
    def deciding(self) -> tuple[AppraisedFinding, ...]:
        """The findings that decide."""
        return tuple(one for one in self.all if one.decides)

    @property
    def stands(self) -> frozenset[Support]:
        """What the deciding findings make of the passage."""
        return frozenset(one.stand for one in self.all if one.decides and one.stand)


@remembered
def body(claim: Claim, index: Index, scope: Scope | None = None) -> tuple[Evidence, ...]:
    """Every finding linked to a claim, with its directness to the claim's scope (or to a passage's) and its level."""
    about = scope or claim.about
    found = []
    for link in claim.evidence:
        finding = index.base.findings[link.finding]
        source = index.base.sources[finding.source]
        apart = directness(about, finding.about, index.base.vocabulary)
        on_outcome = about.outcome is None or finding.about.outcome == about.outcome
        found.append(Evidence(finding, source, link.why, apart, on_outcome))
    return tuple(found)


@remembered
def rating(claim: Claim, index: Index) -> Rating | None:
    """How sure the claim's body of evidence makes us; None for kinds of claim that are not graded.

    Only findings that can speak on the claim count: the same outcome, and no facet with nothing in common.
    A mechanism that an authority or a reference states is established, not graded.
    """
    if claim.kind not in GRADED:
        return None
    usable = [one for one in body(claim, index) if one.usable]
    if claim.kind is Kind.MECHANISM and any(
        one.authority and not one.second_hand for one in usable
    ):
        return None
    return certainty((one.source.design for one in usable), claim.certainty, claim.exceeds_design)


# How much harm an effect on a harm tells of.
_GRAVE = {
    Direction.INCREASES: 2,
    Direction.MIXED: 1,
    Direction.UNCLEAR: 1,
    Direction.NONE: 0,
    Direction.REDUCES: 0,
}


def stand(
    comparison: Comparison, value: Value, found: Value, outcome: str | None, vocabulary: Vocabulary
) -> Support | None:
    """What a comparison makes of a passage, given in which direction the outcome is better for the patient.

    A passage may say less than was found, never more: more benefit, sooner, longer, less harm ("causes none" where too
    little was found to tell). Where an outcome has no better direction (a definition, a dose, a session's length), any
    difference goes against the passage.

    Args:
        comparison: of *value* with *found*.
        value: what the passage says.
        found: what the finding says.
        outcome: the outcome that both are about.
        vocabulary: which outcomes are harms, and in which direction the others are better.
    """
    match comparison.relation:
        case Relation.NOT_COMPARABLE:
            return None
        case Relation.AGREES:
            return Support.SUPPORTS
    harm = vocabulary.harm(outcome)
    if (
        harm
        and isinstance(value, Effect)
        and isinstance(found, Effect)
        and _GRAVE[value.direction] >= _GRAVE[found.direction]
    ):
        return Support.SUPPORTS
    if comparison.relation is Relation.CONFLICTS:
        return Support.CONTRADICTS
    exceeds = comparison.relation is Relation.EXCEEDS
    if isinstance(value, Effect) and isinstance(found, Effect):
        denies = value.direction is Direction.NONE and vocabulary.good(outcome) == "more"
        return Support.WEAKER if harm or (exceeds and not denies) else Support.SUPPORTS
    if isinstance(value, ConceptSet | YesNo):
        return Support.WEAKER if exceeds else Support.SUPPORTS
    good = vocabulary.good(outcome)
    if good == "neither" and harm:
        good = "less"
    if good == "neither":
        return Support.CONTRADICTS
    return Support.WEAKER if exceeds == (good == "more") else Support.SUPPORTS


@remembered
def appraise(occurrence: Occurrence, index: Index) -> Appraisal:
    """All evidence on a passage, and which of it decides.

    Of the findings that can be compared with what the passage says, the most direct decide; among those, the highest level
    (for questions of fact, authorities before studies); among those, all. What was read only second-hand joins findings of
    its rank and never decides alone.
    """
    claim = index.base.claims[occurrence.claim]
    scope = index.base.scope_of(occurrence)
    graded = rating(claim, index)
    weighed = []
    for one in body(claim, index, scope):
        comparison = stands = None
        if one.usable and occurrence.says and one.finding.says:
            comparison = compare(occurrence.says, one.finding.says, index.base.vocabulary.above)
            stands = stand(
                comparison, occurrence.says, one.finding.says, scope.outcome, index.base.vocabulary
            )
        weighed.append((one, comparison, stands))
    ranks = [
        _rank(one, graded is not None)
        for one, _, stands in weighed
        if stands and not one.second_hand
    ]
    best = min(ranks, default=None)
    result = tuple(
        AppraisedFinding(
            one,
            comparison,
            stands,
            stands is not None and _rank(one, graded is not None) == best,
        )
        for one, comparison, stands in weighed
    )
    return Appraisal(result, graded)


_STUDY = re.compile(r"\b(?:study|trial|review|researchers)\b", re.IGNORECASE)


def reports_rightly(occurrence: Occurrence, index: Index) -> bool:
    """Whether a passage reports, and reports rightly, what a source it cites found, of the people in whom it was found."""
    figure = isinstance(occurrence.says, Share | Amount) and occurrence.says.figure
    if not figure and not _STUDY.search(occurrence.quote):
        return False
    return any(
        one.evidence.source.id in occurrence.cites
        and one.stand is Support.SUPPORTS
        and ("population", Difference.NARROWER) not in one.evidence.directness.differences
        for one in appraise(occurrence, index).all
    )


def _rank(one: Evidence, graded: bool) -> tuple[int, int]:
    """Smaller decides first: the more direct, then the higher level; authorities last, or first where nothing is graded."""
    if one.authority or one.level is None:
        return one.directness.rank, (0 if one.authority and not graded else 9)
    return one.directness.rank, one.level


class PairRelation(StrEnum):
    """How two different things that pages say of one claim stand to each other."""

    CONFLICT = "conflict"
    DIFFERENT_SCOPE = "different scope"
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two different things that pages say of one claim: the passages, how they stand to each other, and the facets that differ."""

    one: tuple[Occurrence, ...]
    other: tuple[Occurrence, ...]
    comparison: Comparison
    kind: PairRelation
    facets: tuple[str, ...] = ()


@remembered
def pairs(claim: Claim, index: Index) -> tuple[Pair, ...]:
    """Every pair of different values that passages give for a claim.

    Passages are grouped by what they say, and groups are compared, not passages. Passages of another scope (another route,
    another population) are of different scope, never in conflict. A set that is closed ("only in a clinic") or that rules out
    holds for every narrower scope too.
    """
    groups: dict[tuple[Scope, Value], list[Occurrence]] = {}
    for occurrence in claim.occurrences:
        if occurrence.says:
            groups.setdefault((index.base.scope_of(occurrence), occurrence.says), []).append(
                occurrence
            )
    found = []
    for ((scope, value), some), ((other_scope, other_value), others) in combinations(
        groups.items(), 2
    ):
        if value == other_value:
            continue
        comparison = compare(value, other_value, index.base.vocabulary.above)
        facets = tuple(
            name for name in FACETS if getattr(scope, name) != getattr(other_scope, name)
        )
        held = _holds(value, scope, other_scope, index) or _holds(
            other_value, other_scope, scope, index
        )
        kind = PairRelation.COMPATIBLE
        if _disagree(comparison, value):
            kind = PairRelation.DIFFERENT_SCOPE if facets and not held else PairRelation.CONFLICT
        found.append(Pair(tuple(some), tuple(others), comparison, kind, facets))
    return tuple(found)


def disagreements(claim: Claim, index: Index) -> tuple[Pair, ...]:
    """The pairs that cannot both be so."""
    return tuple(pair for pair in pairs(claim, index) if pair.kind is PairRelation.CONFLICT)


def _holds(value: Value, scope: Scope, narrower: Scope, index: Index) -> bool:
    """Whether a set said of one scope holds in another, because it is closed or rules out and the other scope is narrower."""
    if not isinstance(value, ConceptSet) or value.mode == "includes":
        return False
    differences = directness(scope, narrower, index.base.vocabulary).differences
    return all(how is Difference.NARROWER for _, how in differences)


def _disagree(comparison: Comparison, value: Value) -> bool:
    """Two numbers apart cannot both be so; two effects or sets only where they conflict."""
    apart = comparison.relation in (Relation.EXCEEDS, Relation.FALLS_SHORT) and isinstance(
        value, Share | Amount
    )
    return apart or comparison.relation is Relation.CONFLICTS
