"""A passage that the best evidence contradicts."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Kind, Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding is against the passage."""
    weighing = appraise(occurrence, index)
    if index.base.claim_of(occurrence).kind is not Kind.DEFINITION and weighing.stands == {
        Support.CONTRADICTS
    }:
        against = weighing.deciding
        first = against[0]
        more = f", and {len(against) - 1} more" if len(against) > 1 else ""
        reason = first.comparison.reason if first.comparison else ""
        yield Remark(
            occurrence.at,
            f"the deciding evidence says otherwise ({first.evidence.source.id}: {reason}{more})",
            sources=source_ids(against),
        )
