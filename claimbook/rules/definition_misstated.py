"""A definition that differs from the one the authority gives."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the deciding authorities define it otherwise."""
    weighing = appraise(occurrence, index)
    if weighing.contradicts:
        first = weighing.deciding[0]
        reason = first.comparison.reason if first.comparison else ""
        yield Remark(
            occurrence.at,
            f"{first.source.id} defines it differently ({reason})",
            sources=weighing.sources,
        )
