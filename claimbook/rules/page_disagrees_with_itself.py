"""A page that says one thing in one place and another in another."""

from collections.abc import Iterator

from claimbook.evidence.disagreements import disagreements
from claimbook.evidence.index import Index
from claimbook.records import Claim, Remark


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each page and pair of values that the page itself gives and that conflict."""
    for found in disagreements(claim, index):
        for page in sorted({o.page for o in found.one} & {o.page for o in found.other}):
            passages = [o for o in (*found.one, *found.other) if o.page == page]
            message = f"{page} says both: {found.comparison.reason}"
            yield Remark(passages[0].at, message, occurrences=tuple(o.id for o in passages))
