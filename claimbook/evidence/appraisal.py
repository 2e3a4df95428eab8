"""Which of the findings that are linked to a claim decide on a passage, and what they make of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from claimbook.evidence.certainty import Rating, certainty, level
from claimbook.evidence.directness import Difference, Directness, directness
from claimbook.evidence.index import Index, remembered
from claimbook.records import (
    GRADED,
    Amount,
    Claim,
    Comparison,
    ConceptSet,
    Direction,
    Effect,
    Finding,
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

_NORMATIVE = {
    SourceKind.GUIDELINE, SourceKind.LABEL, SourceKind.RULE, SourceKind.NOTICE, SourceKind.REFERENCE,
}  # fmt: skip


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

    @property
    def source(self) -> Source:
        """The source of the finding."""
        return self.evidence.source


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
    def sources(self) -> tuple[str, ...]:
        """The sources that decide."""
        return source_ids(self.deciding)

    @property
    def stands(self) -> frozenset[Support]:
        """What the deciding findings make of the passage."""
        return frozenset(one.stand for one in self.all if one.decides and one.stand)


def source_ids(findings: Iterable[Evidence | AppraisedFinding]) -> tuple[str, ...]:
    """The ids of the sources of findings, each once, in the order of the findings."""
    return tuple(dict.fromkeys(finding.source.id for finding in findings))


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
    appraised = [
        AppraisedFinding(one, *_held(one, occurrence.says, scope, index), decides=False)
        for one in body(claim, index, scope)
    ]
    ranks = [_rank(one.evidence, graded is not None) if one.stand else None for one in appraised]
    first_hand = (
        rank for one, rank in zip(appraised, ranks, strict=True) if not one.evidence.second_hand
    )
    best = min(filter(None, first_hand), default=None)
    result = tuple(
        replace(one, decides=rank is not None and rank == best)
        for one, rank in zip(appraised, ranks, strict=True)
    )
    return Appraisal(result, graded)


def _held(
    one: Evidence, says: Value | None, scope: Scope, index: Index
) -> tuple[Comparison | None, Support | None]:
    """What a passage says held against a finding; nothing where the finding cannot speak on it."""
    if not one.usable or says is None:
        return None, None
    vocabulary = index.base.vocabulary
    comparison = compare(says, one.finding.says, vocabulary.above)
    return comparison, stand(comparison, says, one.finding.says, scope.outcome, vocabulary)


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
