"""A page that mentions benefits but no harms at all."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Kind, Page, Remark


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object to a page of benefits without a passage of harm."""
    if Kind.HARM not in index.kinds(page):
        yield Remark(page.at, "mentions benefits but no harms")
