"""Somebody's experience, told as a reason to expect the same."""

import re
from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Kind, Occurrence, Remark

TYPICAL = re.compile(
    r"\b(?:results?|experiences?) (?:(?:may|can|will|do) )?(?:var|differ)|\bnot (?:be )?typical\b"
    r"|\bdoes not mean\b|\bdoesn['’]t mean\b|\bdoes(?: not|n['’]t) tell you\b|\bnot everyone\b"
    r"|\bothers (?:(?:felt|noticed|feel|saw) (?:nothing|no)\b|(?:may|notice|do not|don['’]t)\b)"
    r"|\bno meaningful change\b|\bminimal benefit\b|\bmay not respond\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to an experience that stands without what is typical."""
    if index.base.claim_of(occurrence).kind is Kind.TESTIMONIAL and not TYPICAL.search(
        occurrence.quote
    ):
        yield Remark(occurrence.at, "an experience without the usual result beside it")
