"""A claim that rests on evidence that was retracted, or that its publisher has expressed concern about."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Claim, Remark


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to a claim that uses such evidence."""
    for link in claim.evidence:
        key = index.base.findings[link.finding].source
        if (status := index.base.sources[key].standing.status) in ("retracted", "concern"):
            yield Remark(
                link.at,
                f"{key} is {'retracted' if status == 'retracted' else 'under an expression of concern'}",
                sources=(key,),
            )
