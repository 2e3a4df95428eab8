"""A passage that says more than the studies found."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, reports_rightly, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where some deciding finding is less than the passage says, or the findings split."""
    weighing = appraise(occurrence, index)
    short = [one for one in weighing.deciding if one.support is not Support.SUPPORTS]
    if (
        short
        and weighing.support != {Support.CONTRADICTS}
        and not reports_rightly(occurrence, index)
    ):
        split = len(short) < len(weighing.deciding)
        says = "; ".join(
            f"{one.source.id}: {one.comparison.reason}" for one in short if one.comparison
        )
        how = "the best evidence is divided" if split else "the evidence found less"
        yield Remark(occurrence.at, f"{how} ({says})", sources=source_ids(short))
