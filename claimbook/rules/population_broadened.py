"""A passage about more people than were studied."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, source_ids
from claimbook.evidence.directness import Difference
from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Verdict,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding is narrower in population than the passage."""
    claim, scope, weighing = (
        index.base.claim_of(occurrence),
        index.base.scope_of(occurrence),
        appraise(occurrence, index),
    )
    deciding, says = weighing.deciding, occurrence.says
    if (
        (claim.kind not in BENEFITS and claim.kind is not Kind.SAFETY)
        or not deciding
        or (says and (says.denies or says.doubts))
    ):
        return
    if weighing.stands == {Support.CONTRADICTS}:
        return
    if all(
        ("population", Difference.NARROWER) in one.evidence.directness.differences
        for one in deciding
    ):
        label = index.base.vocabulary.label
        sources = source_ids(deciding)
        studied = ", ".join(
            dict.fromkeys(label(one.evidence.finding.about.population).lower() for one in deciding)
        )
        cited = any(source in occurrence.cites for source in sources)
        yield Remark(
            occurrence.at,
            f"speaks of {label(scope.population).lower()}; {', '.join(sources)} studied {studied} only",
            sources=sources,
            severity=Severity.WARNING if cited else None,
            verdict=Verdict.OVERSTATED if cited else None,
        )
