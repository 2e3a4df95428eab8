"""Passages that rest on evidence about another outcome, another treatment or other people."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.directness import Difference, directness
from claimbook.evidence.index import Index
from claimbook.records import (
    Occurrence,
    Remark,
    Scope,
    Severity,
    Verdict,
)
from claimbook.rules.remarks import agreeing, labels, listed

_ANOTHER = {"population": "other people", "intervention": "another treatment"}


def wrong_outcome(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the sources behind the passage report other outcomes only."""
    base, scope = index.base, index.base.scope_of(occurrence)
    claim = base.claim_of(occurrence)
    if scope.outcome is None:
        return
    if keys := occurrence.cited:
        findings = [finding for key in keys for finding in base.sources[key].findings]
    else:
        findings = [base.findings[link.finding] for link in claim.evidence]
    if any(finding.about.outcome == scope.outcome for finding in findings):
        return
    near = [
        finding
        for finding in findings
        if not base.vocabulary.harm(finding.about.outcome)
        and _others(scope, finding.about, index) <= {"outcome"}
    ]
    if near:
        keys = tuple(dict.fromkeys(finding.source for finding in near))
        reports = labels((finding.about.outcome for finding in near[:3]), index)
        who = f"{agreeing(keys[:3], 'reports', 'report')}"
        message = f"{who} {reports}, not {labels([scope.outcome], index)}"
        yield Remark(occurrence.at, message, sources=keys)


def borrowed_route(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every finding on the outcome is apart in the treatment, and in nothing else."""
    scope = index.base.scope_of(occurrence)
    on_outcome = [each for each in appraise(occurrence, index).all if each.evidence.on_outcome]
    scopes = [each.evidence.finding.about for each in on_outcome]
    if scopes and all(_others(scope, about, index) == {"intervention"} for about in scopes):
        studied = labels((about.intervention for about in scopes), index)
        message = (
            f"says this of {labels([scope.intervention], index)}; the evidence is on {studied}"
        )
        yield Remark(occurrence.at, message, sources=source_ids(on_outcome))


def miscited_source(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a cited source every finding of which is about other people or another treatment."""
    scope = index.base.scope_of(occurrence)
    for key in occurrence.cited:
        apart = [
            _others(scope, finding.about, index).intersection(_ANOTHER)
            for finding in index.base.sources[key].findings
        ]
        if apart and all(apart):
            common = sorted(frozenset.intersection(*apart), reverse=True)
            what = listed(_ANOTHER[facet] for facet in common or _ANOTHER)
            message = f"the cited source {key} is about {what}"
            yield Remark(occurrence.at, message, sources=(key,))


def population_broadened(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding is narrower in population than the passage."""
    appraisal = appraise(occurrence, index)
    says = occurrence.says
    if (says and (says.denies or says.doubts)) or appraisal.contradicts:
        return
    deciding = [each.evidence for each in appraisal.deciding]
    narrower = ("population", Difference.NARROWER)
    if deciding and all(narrower in each.directness.differences for each in deciding):
        keys = appraisal.sources
        people = labels([index.base.scope_of(occurrence).population], index)
        studied = labels((each.finding.about.population for each in deciding), index)
        named = not set(keys).isdisjoint(occurrence.cites)
        yield Remark(
            occurrence.at,
            f"says this of {people}; {listed(keys)} studied only {studied}",
            sources=keys,
            severity=Severity.WARNING if named else None,
            verdict=Verdict.OVERSTATED if named else None,
        )


def _others(scope: Scope, about: Scope, index: Index) -> frozenset[str]:
    """The facets in which a finding is about something else altogether."""
    differences = directness(scope, about, index.base.vocabulary).differences
    return frozenset(facet for facet, how in differences if how is Difference.OTHER)
