"""Passages that the evidence on them contradicts, falls short of or does not address."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, of_source, reports_rightly, source_ids
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.strength import wording
from claimbook.records import (
    GRADED,
    ConceptSet,
    Kind,
    Occurrence,
    Relation,
    Remark,
    Severity,
    Verdict,
)
from claimbook.rules.remarks import agreeing, counted, labels

_DENIAL_IS_A_CLAIM = frozenset({Kind.HARM, Kind.SAFETY, Kind.CONTRAINDICATION})


def approval_misstated(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where all deciding authorities contradict the passage."""
    authorities = [each for each in appraise(occurrence, index).deciding if each.evidence.authority]
    if authorities and all(each.support is Support.CONTRADICTS for each in authorities):
        keys = source_ids(authorities)
        says = f"{agreeing(keys, 'says', 'say')} otherwise about approval"
        yield Remark(occurrence.at, f"{says} ({authorities[0].reason})", sources=keys)


def definition_misstated(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the deciding authorities define it otherwise."""
    appraisal = appraise(occurrence, index)
    if appraisal.contradicts:
        first = appraisal.deciding[0]
        message = f"{first.source.id} defines it differently ({first.reason})"
        yield Remark(occurrence.at, message, sources=appraisal.sources)


def contradicted_by_evidence(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding contradicts the passage."""
    appraisal = appraise(occurrence, index)
    if appraisal.contradicts:
        first, *others = appraisal.deciding
        more = f"; and {counted(len(others), 'more finding')}" if others else ""
        message = f"the best evidence says otherwise ({first.source.id}: {first.reason}{more})"
        yield Remark(occurrence.at, message, sources=appraisal.sources)


def contradicted_by_own_source(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a cited source whose findings on this outcome all say otherwise, or less."""
    outcome = index.base.scope_of(occurrence).outcome
    for key in occurrence.cited:
        compared = [
            each
            for each in of_source(key, occurrence, index)
            if each.support and each.evidence.finding.about.outcome == outcome
        ]
        if compared and all(each.support is not Support.SUPPORTS for each in compared):
            message = f"the cited source {key} reports otherwise ({compared[0].reason})"
            yield Remark(occurrence.at, message, sources=(key,))


def exceeds_evidence(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where some deciding finding is less than the passage says, or the findings split."""
    appraisal = appraise(occurrence, index)
    short = [each for each in appraisal.deciding if each.support is not Support.SUPPORTS]
    if short and not appraisal.contradicts and not reports_rightly(occurrence, index):
        divided = len(short) < len(appraisal.deciding)
        how = "the best evidence is divided" if divided else "the evidence found less"
        reasons = "; ".join(f"{each.source.id}: {each.reason}" for each in short)
        yield Remark(occurrence.at, f"{how} ({reasons})", sources=source_ids(short))


def setting_against_guidance(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where an authority's set of settings conflicts, also where it was read second-hand."""
    says, concepts = occurrence.says, index.base.vocabulary.concepts
    if not isinstance(says, ConceptSet) or not any(
        concepts[name].facet == "setting" for name in says.concepts
    ):
        return
    against = [
        each.evidence
        for each in appraise(occurrence, index).all
        if each.evidence.authority
        and each.comparison
        and each.comparison.relation is Relation.CONFLICTS
    ]
    if against:
        where, keys = labels(sorted(says.concepts), index), source_ids(against)
        unread = " (read only second-hand)" if all(each.second_hand for each in against) else ""
        message = f"{where}: {agreeing(keys, 'does', 'do')} not allow this{unread}"
        yield Remark(occurrence.at, message, sources=keys)


def unsupported_claim(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where nothing decides on the passage."""
    kind, appraisal = index.base.claim_of(occurrence).kind, appraise(occurrence, index)
    doubts = occurrence.says is not None and occurrence.says.doubts
    if appraisal.deciding or (
        kind not in _DENIAL_IS_A_CLAIM
        and (doubts or wording(occurrence.quote).step <= CEILINGS[Certainty.NONE])
    ):
        return
    sources, checked = source_ids(appraisal.all), True
    if second_hand := source_ids(each for each in appraisal.all if each.support):
        message = "the only evidence on this was read second-hand, so the passage was not checked"
        sources, checked = second_hand, False
    elif sources:
        message = (
            "the linked evidence is about another outcome, other people or another treatment, "
            "or cannot be compared"
        )
    elif kind in GRADED:
        message = "no study or authority recorded here reports this"
    else:
        message, checked = "no source recorded here addresses this", False
    severity = Severity.ERROR if kind in GRADED else Severity.WARNING
    yield Remark(
        occurrence.at,
        message,
        sources=sources,
        severity=severity if checked else Severity.NOTE,
        verdict=None if checked else Verdict.NOT_CHECKED,
    )
