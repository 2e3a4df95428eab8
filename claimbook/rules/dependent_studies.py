"""A claim that rests on several sources that may have counted the same people."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import body, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Claim, Remark
from claimbook.rules.remarks import listed


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each group of sources of the claim's evidence that overlap."""
    sources = source_ids(one for one in body(claim, index) if one.usable)
    groups: list[set[str]] = []
    for name in sources:
        near = {
            name,
            *(
                other
                for other in sources
                if other in index.base.sources[name].overlaps
                or name in index.base.sources[other].overlaps
            ),
        }
        joined = near.union(*(group for group in groups if group & near))
        groups = [group for group in groups if not group & near] + [joined]
    for group in groups:
        if len(group) > 1:
            keys = tuple(sorted(group))
            message = (
                f"{listed(keys)} may have counted the same people, so they count as one result"
            )
            yield Remark(claim.at, message, sources=keys)
