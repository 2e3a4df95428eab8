"""A page that offers a treatment without naming people who should not have it."""

from collections.abc import Iterator

from claimbook.evidence.disclosures import left_out
from claimbook.evidence.index import Index
from claimbook.records import Page, Remark


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once, with everything that is left out."""
    return left_out(page, "contraindication", "people who should not have it", index)
