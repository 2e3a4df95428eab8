"""A page that offers a treatment and leaves out serious harms that its authorities name."""

from collections.abc import Iterator

from claimbook.evidence.disclosures import left_out
from claimbook.evidence.index import Index
from claimbook.records import Page, Remark


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once, with everything that is left out."""
    return left_out(page, "serious-harm", "serious harms", index)
