"""A page that mentions benefits but no harms at all."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import BENEFITS, Kind, Page, Remark


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object where there is a passage of benefit and none of harm."""
    kinds = {index.base.claim_of(occurrence).kind for occurrence in index.base.by_page[page.id]}
    if kinds & BENEFITS and Kind.HARM not in kinds:
        yield Remark(page.at, "mentions benefits but no harms")
