"""A quote in our records that is not on its page."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark
from claimbook.records.quotes import contains_quote


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the page's text is at hand and does not carry the quote."""
    text = index.base.snapshots.get(occurrence.page)
    if text is not None and not contains_quote(text, occurrence.quote):
        yield Remark(occurrence.at, f'not on the page {occurrence.page}: "{occurrence.quote}"')
