"""A passage that the best evidence contradicts."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding is against the passage."""
    weighing = appraise(occurrence, index)
    if weighing.contradicts:
        against = weighing.deciding
        first = against[0]
        rest = len(against) - 1
        more = f"; and {rest} more finding{'s' * (rest > 1)}"
        reason = first.comparison.reason if first.comparison else ""
        yield Remark(
            occurrence.at,
            f"the best evidence says otherwise ({first.source.id}: {reason}{more if rest else ''})",
            sources=source_ids(against),
        )
