"""A definition that differs from the one the authority gives."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise
from claimbook.evidence.index import Index
from claimbook.records import Kind, Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the deciding authorities define it otherwise."""
    if index.base.claim_of(occurrence).kind is not Kind.DEFINITION:
        return
    weighing = appraise(occurrence, index)
    if weighing.support == {Support.CONTRADICTS}:
        first = weighing.deciding[0]
        reason = first.comparison.reason if first.comparison else ""
        yield Remark(
            occurrence.at,
            f"{first.source.id} defines it differently ({reason})",
            sources=weighing.sources,
        )
