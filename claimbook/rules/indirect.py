"""Passages that rest on evidence about another outcome, another treatment or other people."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, of_source, only_warns, source_ids
from claimbook.evidence.directness import Difference, directness
from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark, Severity, Verdict
from claimbook.records.display import listed
from claimbook.rules.remarks import agreeing, labels

_ANOTHER = {"population": "other people", "intervention": "another treatment"}


def wrong_outcome(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the sources behind the passage report other outcomes only."""
    vocabulary, scope = index.base.vocabulary, index.base.scope_of(occurrence)
    findings = index.findings_behind(occurrence)
    on_outcome = any(finding.about.outcome == scope.outcome for finding in findings)
    if scope.outcome is None or on_outcome:
        return
    near = [
        finding
        for finding in findings
        if not vocabulary.harm(finding.about.outcome)
        and directness(scope, finding.about, vocabulary).others <= {"outcome"}
    ]
    if near:
        keys = tuple(dict.fromkeys(finding.source for finding in near))
        outcomes = labels((finding.about.outcome for finding in near[:3]), index)
        reports = f"{agreeing(keys[:3], 'reports', 'report')} {outcomes}"
        yield Remark(f"{reports}, not {labels([scope.outcome], index)}", sources=keys)


def borrowed_route(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every finding on the outcome is about another treatment, and otherwise fits."""
    evidence = [each.evidence for each in appraise(occurrence, index).all]
    on_outcome = [each for each in evidence if each.on_outcome]
    if on_outcome and all(each.directness.others == {"intervention"} for each in on_outcome):
        offered = labels([index.base.scope_of(occurrence).intervention], index)
        studied = labels((each.finding.about.intervention for each in on_outcome), index)
        late = only_warns(occurrence, index)
        yield Remark(
            f"says this of {offered}; the evidence is on {studied}",
            sources=source_ids(on_outcome),
            severity=Severity.NOTE if late else None,
            verdict=Verdict.NOT_CHECKED if late else None,
        )


def miscited_source(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a cited source that is about other people or another treatment throughout."""
    for key in occurrence.cited:
        unrelated = [
            each.evidence.directness.others.intersection(_ANOTHER)
            for each in of_source(key, occurrence, index)
        ]
        if unrelated and all(unrelated):
            common = sorted(frozenset.intersection(*unrelated), reverse=True)
            what = listed(_ANOTHER[facet] for facet in common or _ANOTHER)
            yield Remark(f"the cited source {key} is about {what}", sources=(key,))


def population_broadened(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding is narrower in population than the passage."""
    appraisal = appraise(occurrence, index)
    says = occurrence.says
    if (says and says.promises_nothing) or appraisal.contradicts:
        return
    deciding = [each.evidence for each in appraisal.deciding]
    narrower = ("population", Difference.NARROWER)
    if deciding and all(narrower in each.directness.differences for each in deciding):
        keys = appraisal.sources
        people = labels([index.base.scope_of(occurrence).population], index)
        studied = labels((each.finding.about.population for each in deciding), index)
        named = not set(keys).isdisjoint(occurrence.cites)
        yield Remark(
            f"says this of {people}; {listed(keys)} studied only {studied}",
            sources=keys,
            severity=Severity.WARNING if named else None,
            verdict=Verdict.OVERSTATED if named else None,
        )
