"""Which of the findings linked to a claim decide on a passage, and what they make of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from claimbook.evidence.certainty import MECHANISM, Certainty, Rating, certainty, level
from claimbook.evidence.directness import Difference, Directness, directness
from claimbook.evidence.figures import printed_figure
from claimbook.evidence.index import Index, memoized
from claimbook.evidence.support import Support, denies_harm, support
from claimbook.records import (
    DANGERS,
    GRADED,
    Amount,
    Claim,
    Comparison,
    ConceptSet,
    Design,
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
    compare,
)

_NORMATIVE = frozenset(map(SourceKind, ("guideline", "label", "rule", "notice", "reference")))
_MANY = 300  # people, of whom nobody had a harm, for it to be rarer than one in a hundred
_TRIAL = 2  # OCEBM's level of a randomised trial
_FIRST, _LAST = 0, 9  # before and after every level
_TOO_LITTLE = Effect(Direction.UNCLEAR)
_STUDY = re.compile(r"\b(?:study|trial|review|researchers)\b", re.IGNORECASE)


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
    of_harm: bool  # the outcome that it reports is a harm

    @property
    def level(self) -> int | None:
        """The OCEBM level of its source's design."""
        return level(self.source.design)

    @property
    def against_active(self) -> bool:
        """Whether it is an effect beside that of another treatment, not beside that of nothing.

        What did better, worse or as well may all do something or nothing. More harm than with
        another treatment is still a warning.
        """
        compared = ("comparator", Difference.ACTIVE) in self.directness.differences
        says = self.finding.says
        warning = self.of_harm and says == Effect(Direction.INCREASES)
        return compared and isinstance(says, Effect) and not warning

    @property
    def usable(self) -> bool:
        """Whether it can speak on the claim at all; what was retracted cannot."""
        return self.on_outcome and not self.directness.unrelated and not self.retracted

    @property
    def retracted(self) -> bool:
        """Whether its source was retracted, so that nobody may rely on it."""
        return self.source.standing.status == "retracted"

    @property
    def of_people(self) -> bool:
        """Whether it is from a study of people that has a level."""
        return self.level is not None and self.level < MECHANISM

    @property
    def too_few(self) -> bool:
        """Whether a study is too small for what nobody in it had to be rare in others.

        None of 300 people leaves it open that one in a hundred has it.

        Source:
            Eypasch et al. 1995, BMJ 311:619, doi:10.1136/bmj.311.7005.619: where none of n people
            had it, up to 3 in n may.
        """
        return not self.authority and (self.analysed is None or self.analysed < _MANY)

    @property
    def analysed(self) -> int | None:
        """How many people a study analysed, where that is known."""
        participants = self.source.participants
        return participants.analysed if participants else None

    @property
    def second_hand(self) -> bool:
        """Whether nobody here read it in the source itself."""
        return read_second_hand(self.finding, self.source)

    @property
    def authority(self) -> bool:
        """Whether it is normative text rather than a study."""
        return self.source.kind in _NORMATIVE


@dataclass(frozen=True, slots=True)
class AppraisedFinding:
    """A piece of evidence compared with a passage; `decides`: among the deciding ones."""

    evidence: Evidence
    comparison: Comparison | None
    support: Support | None
    decides: bool = False

    @property
    def source(self) -> Source:
        """The source of the finding."""
        return self.evidence.source

    @property
    def relation(self) -> str:
        """How the passage stands to the finding; what it supports is never more than it says.

        Of a list it may bear out a part, which is `part`.
        """
        if not self.comparison:
            return ""
        relation = self.comparison.relation
        if self.support is not Support.SUPPORTS or relation is not Relation.EXCEEDS:
            return relation
        lists = isinstance(self.evidence.finding.says, ConceptSet)
        return "part" if lists else Relation.FALLS_SHORT

    @property
    def reason(self) -> str:
        """Why the finding and the passage agree or differ; empty where they were not compared."""
        return self.comparison.reason if self.comparison else ""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """All evidence on a passage, and the rating of the claim's whole body.

    `unmet` are the members of a passage's list that no finding read first-hand lists, each with
    the sources that do and were read second-hand.
    """

    all: tuple[AppraisedFinding, ...]
    rating: Rating | None  # None: this kind of claim is not graded
    unmet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def deciding(self) -> tuple[AppraisedFinding, ...]:
        """The findings that decide."""
        return tuple(finding for finding in self.all if finding.decides)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that decide."""
        return source_ids(self.deciding)

    @property
    def support(self) -> frozenset[Support]:
        """What the deciding findings make of the passage."""
        return frozenset(finding.support for finding in self.deciding if finding.support)

    @property
    def contradicts(self) -> bool:
        """Whether all deciding findings contradict the passage."""
        return self.support == {Support.CONTRADICTS}

    @property
    def undecided(self) -> bool:
        """Whether no deciding finding shows the passage, and some tell that too little was found.

        That shows an effect as little as having found nothing on it.
        """
        little = [each for each in self.deciding if each.evidence.finding.says == _TOO_LITTLE]
        others = [each for each in self.deciding if each not in little]
        return (
            bool(little)
            and all(each.support is Support.WEAKER for each in little)
            and all(each.support is Support.CONTRADICTS for each in others)
        )

    @property
    def refutes(self) -> bool:
        """Whether they contradict it surely enough to say that it is not so.

        They must be of at least low certainty or include an authority's, and some must be about all
        that the passage is about: no effect in one trial of 18 people rules little out, and neither
        does no effect in a few of those of whom the passage speaks.
        """
        evidence = [finding.evidence for finding in self.deciding]
        sure = self.rating is None or self.rating.certainty >= Certainty.LOW
        return (
            self.contradicts
            and (sure or any(each.authority for each in evidence))
            and not all(each.directness.partial for each in evidence)
        )


def source_ids(findings: Iterable[Evidence | AppraisedFinding]) -> tuple[str, ...]:
    """The ids of the sources of findings, each once, in the order of the findings."""
    return tuple(dict.fromkeys(finding.source.id for finding in findings))


@memoized
def body(claim: Claim, index: Index, scope: Scope | None = None) -> tuple[Evidence, ...]:
    """Every finding linked to a claim, with its directness to the claim's scope or a passage's."""
    findings = index.base.findings
    return tuple(
        _evidence(findings[link.finding], scope or claim.about, index, link.why)
        for link in claim.evidence
    )


def _evidence(finding: Finding, scope: Scope, index: Index, why: str = "") -> Evidence:
    on_outcome = scope.outcome is None or finding.about.outcome == scope.outcome
    how_direct = directness(scope, finding.about, index.base.vocabulary)
    if not _reviewed(finding, scope, index):
        how_direct = Directness((*how_direct.differences, ("intervention", Difference.OTHER)))
    source = index.base.sources[finding.source]
    of_harm = index.base.vocabulary.harm(finding.about.outcome)
    return Evidence(finding, source, why, how_direct, on_outcome, of_harm)


def _reviewed(finding: Finding, scope: Scope, index: Index) -> bool:
    """Whether a review, of what it contains, weighs a study of the treatment in question.

    A review of a drug says nothing of a form of it that none of its studies gave. Of one whose
    studies are not known, that cannot be told.
    """
    base = index.base
    contained = base.sources[finding.source].contains
    given = {f.about.intervention for key in contained for f in base.sources[key].findings}
    return not base.vocabulary.apart([scope.intervention], given)


@memoized
def rating(claim: Claim, index: Index) -> Rating | None:
    """How sure the claim's evidence makes us; None for kinds of claim that are not graded.

    Only findings that can speak on the claim count: the same outcome, and no facet with nothing in
    common. What most of the studies in people measured is the question, and only findings of that
    kind answer it: the share of people who have something, or another measure. How long a harm
    lasts is counted like how many have it. Of a harm, a count is asked for as soon as there is one
    (`harms` tells whether it is known). A mechanism that an authority or a reference states is
    established, not graded.
    """
    if claim.kind not in GRADED:
        return None
    if claim.kind is Kind.MECHANISM and any(
        evidence.usable and evidence.authority and not evidence.second_hand
        for evidence in body(claim, index)
    ):
        return None
    sources, frequency = _answering(claim, index)
    designs, may_exceed = (each.design for each in sources), claim.exceeds_design
    sound = all(each.risk_of_bias and each.risk_of_bias.rating == "low" for each in sources)
    return certainty(designs, claim.certainty, may_exceed, frequency=frequency, sound=sound)


def _answering(claim: Claim, index: Index) -> tuple[list[Source], bool]:
    """The sources of the findings that rate a claim, and whether these are counts of people."""
    usable = [evidence for evidence in body(claim, index) if evidence.usable]
    counts = [evidence for evidence in usable if _counts(evidence.finding, index.base.vocabulary)]
    others = [evidence for evidence in usable if evidence not in counts and evidence.of_people]
    frequency = bool(counts) and (claim.kind is Kind.HARM or len(counts) >= len(others))
    return [evidence.source for evidence in (counts if frequency else others)], frequency


def _counts(finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether a finding counts how many have something, or how long a harm lasts."""
    says = finding.says
    lasting = isinstance(says, Amount) and says.dimension == "time"
    return isinstance(says, Share) or (lasting and vocabulary.harm(finding.about.outcome))


@memoized
def appraise(occurrence: Occurrence, index: Index) -> Appraisal:
    """All evidence on a passage, and which of it decides.

    Of the findings that can be compared with what the passage says, the most direct decide; among
    those, the highest level (for questions of fact, authorities before studies); among those, all.
    A review of trials decides together with the trials that it does not contain, and no study
    decides beside a review that contains it. On a harm every authority decides, too: no study that
    saw none takes a warning back. On what should be done only authorities decide, on what is done
    only studies. What was read only second-hand joins findings of its rank and never decides alone.
    The protocol of a study without results never decides. What a passage tells of one study is
    held against that study. A list is held against all findings together.
    """
    claim = index.base.claim_of(occurrence)
    graded = rating(claim, index)
    scope = index.base.scope_of(occurrence)
    harm = index.base.vocabulary.harm(scope.outcome)
    compared = [_compared(each, occurrence, scope, index) for each in body(claim, index, scope)]
    speaks = _authorities_speak(claim, scope, index.base.vocabulary)

    def ranked(finding: AppraisedFinding) -> tuple[int, int] | None:
        able = speaks in (None, finding.evidence.authority)
        return _rank(finding, graded is not None) if able else None

    pairs = [(each, ranked(each)) for each in compared]
    if told := [pair for pair in pairs if pair[1] and _tells_of(occurrence, pair[0].source)]:
        pairs = [(each, rank if (each, rank) in told else None) for each, rank in pairs]
    first_hand = [(each, rank) for each, rank in pairs if rank and not each.evidence.second_hand]
    best = min((rank for _, rank in first_hand), default=None)
    contained = {key for each, rank in first_hand if rank == best for key in each.source.contains}

    def decides(finding: AppraisedFinding, rank: tuple[int, int] | None) -> bool:
        warning = harm and finding.evidence.authority and not finding.evidence.second_hand
        if not rank or finding.source.id in contained:
            return False
        return warning or rank == best

    findings = (
        replace(each, decides=True) if decides(each, rank) else each for each, rank in pairs
    )
    return Appraisal(tuple(findings), graded, _unmet(occurrence, scope, index))


def _tells_of(occurrence: Occurrence, source: Source) -> bool:
    """Whether a passage tells what one study found that it cites, or that it describes."""
    return source.id in occurrence.cited and bool(_STUDY.search(occurrence.quote))


def _unmet(occurrence: Occurrence, scope: Scope, index: Index) -> dict[str, tuple[str, ...]]:
    """The members of a passage's list that no list read first-hand has, with those that were not.

    All lists of the outcome count, linked to the claim or not.
    """
    says, vocabulary = occurrence.says, index.base.vocabulary
    if not isinstance(says, ConceptSet) or says.mode != "includes":
        return {}
    lists = list(_lists(index.base.claim_of(occurrence), scope, index))
    listing = {
        name: [each for each, listed in lists if _names(listed, name, vocabulary)]
        for name in sorted(says.concepts)
    }
    return {
        name: source_ids(found)
        for name, found in listing.items()
        if all(each.second_hand for each in found)
    }


def _names(listed: ConceptSet, name: str, vocabulary: Vocabulary) -> bool:
    """Whether a list names a concept: itself, a broader one, or of things a narrower one.

    What is given in a clinic is given in a medical setting. But what is not for some of those with
    a disease may be for the others.
    """
    fits = {name, *vocabulary.above[name]}
    if vocabulary.concepts[name].facet != "population":
        fits |= vocabulary.below[name]
    return not fits.isdisjoint(listed.concepts)


def _lists(claim: Claim, scope: Scope, index: Index) -> Iterator[tuple[Evidence, ConceptSet]]:
    """The lists that can speak on a scope."""
    base, aside = index.base, {each.finding for each in claim.set_aside}
    authorities = _authorities_speak(claim, scope, base.vocabulary)
    linked = {each.key: each for each in base.linked(claim)}
    alike = {each.key: each for each in index.by_outcome.get(scope.outcome, ())}
    for key, finding in (alike | linked).items():
        evidence, says = _evidence(finding, scope, index), finding.says
        speaks = evidence.usable and authorities in (None, evidence.authority)
        if isinstance(says, ConceptSet) and says.mode != "excludes" and speaks and key not in aside:
            yield evidence, says


def only_warns(occurrence: Occurrence, index: Index) -> bool:
    """Whether a passage only warns: of a harm, of people for whom the treatment is not, of delay.

    That at least some have a harm warns, too, and that a benefit does not last or come to all. One
    that comes after some time, with no end to it, is none that anybody is promised.
    """
    says, kind = occurrence.says, index.base.claim_of(occurrence).kind
    if limits_benefit(says, index.base.scope_of(occurrence).outcome, index.base.vocabulary):
        return True
    endless = isinstance(says, Share) and says.interval.high >= 100
    if kind is Kind.HARM and (endless or says == Effect(Direction.INCREASES)):
        return True
    if kind is Kind.ONSET and isinstance(says, Amount) and says.interval.threshold:
        return True
    return kind in DANGERS and isinstance(says, ConceptSet) and says.mode == "includes"


def limits_benefit(says: Value | None, outcome: str | None, vocabulary: Vocabulary) -> bool:
    """Whether no more is said than that a benefit comes to at most so many, or lasts so long."""
    limited = isinstance(says, Share | Amount) and says.interval.low <= 0
    return limited and vocabulary.good(outcome) == "more"


def _authorities_speak(claim: Claim, scope: Scope, vocabulary: Vocabulary) -> bool | None:
    """Whether only authorities decide on a passage, or only others; None: both may."""
    if vocabulary.norm(scope.outcome):
        return True
    return False if claim.kind is Kind.UTILISATION else None


def of_source(key: str, occurrence: Occurrence, index: Index) -> list[AppraisedFinding]:
    """What each finding of a source makes of a passage, linked to its claim or not."""
    scope = index.base.scope_of(occurrence)
    return [
        _compared(_evidence(finding, scope, index), occurrence, scope, index)
        for finding in index.base.sources[key].findings
    ]


def _compared(
    evidence: Evidence, occurrence: Occurrence, scope: Scope, index: Index
) -> AppraisedFinding:
    """Evidence compared with what a passage says; not where the finding cannot speak on it."""
    says, other, vocabulary = occurrence.says, evidence.finding.says, index.base.vocabulary
    if not evidence.usable or says is None:
        return AppraisedFinding(evidence, None, None)
    if evidence.against_active:
        treatment = vocabulary.label(evidence.finding.about.comparator).lower()
        why = f"compared with {treatment}, which does not tell of it beside nothing"
        return AppraisedFinding(evidence, Comparison(Relation.NOT_COMPARABLE, why), None)
    if evidence.of_harm and denies_harm(says) and denies_harm(other) and evidence.too_few:
        number = "an unknown number of" if evidence.analysed is None else evidence.analysed
        why = f"not seen in {number} people, which does not show that it does not happen"
        return AppraisedFinding(evidence, Comparison(Relation.NOT_COMPARABLE, why), None)
    comparison = compare(says, other, vocabulary.above)
    supports = support(comparison, says, other, scope.outcome, vocabulary)
    return AppraisedFinding(evidence, comparison, supports)


def reports_rightly(occurrence: Occurrence, index: Index) -> bool:
    """Whether a passage reports rightly what a source it cites found, of the people studied."""
    if not printed_figure(occurrence.says) and not _STUDY.search(occurrence.quote):
        return False
    return any(
        finding.source.id in occurrence.cites
        and finding.support is Support.SUPPORTS
        and "population" not in dict(finding.evidence.directness.differences)
        for finding in appraise(occurrence, index).all
    )


def _rank(finding: AppraisedFinding, graded: bool) -> tuple[int, int] | None:
    """Smaller decides first: the more direct, then the higher level; None cannot decide.

    A review of trials ranks with trials. Authorities are last, or first where nothing is graded. A
    protocol tells only what is planned.
    """
    evidence = finding.evidence
    if not finding.support or evidence.source.design is Design.PROTOCOL:
        return None
    if evidence.level is None:
        return evidence.directness.rank, (_FIRST if evidence.authority and not graded else _LAST)
    return evidence.directness.rank, max(evidence.level, _TRIAL)
