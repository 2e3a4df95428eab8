"""A passage that rests on evidence about another outcome."""

from collections.abc import Iterator

from claimbook.evidence.directness import Difference, directness
from claimbook.evidence.index import Index
from claimbook.records import (
    GRADED,
    Occurrence,
    Remark,
    Scope,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the sources behind the passage report other outcomes only."""
    claim, scope = index.base.claim_of(occurrence), index.base.scope_of(occurrence)
    if claim.kind not in GRADED or scope.outcome is None:
        return
    if cited := occurrence.cited:
        findings = [finding for key in cited for finding in index.base.sources[key].findings]
    else:
        findings = [index.base.findings[link.finding] for link in claim.evidence]
    if not findings or any(finding.about.outcome == scope.outcome for finding in findings):
        return
    near = [
        f
        for f in findings
        if not index.base.vocabulary.harm(f.about.outcome)
        and _same_treatment(f.about, scope, index)
    ]
    if near:
        reports = ", ".join(
            dict.fromkeys(index.base.vocabulary.label(f.about.outcome).lower() for f in near[:3])
        )
        wanted = index.base.vocabulary.label(scope.outcome).lower()
        sources = tuple(dict.fromkeys(f.source for f in near))
        yield Remark(
            occurrence.at,
            f"{', '.join(sources[:3])} reports {reports}, not {wanted}",
            sources=sources,
        )


def _same_treatment(about: Scope, scope: Scope, index: Index) -> bool:
    """Whether a finding is about the passage's people and treatment, whatever its outcome."""
    return all(
        facet == "outcome" or how is not Difference.OTHER
        for facet, how in directness(scope, about, index.base.vocabulary).differences
    )
