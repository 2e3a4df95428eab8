"""Somebody's experience, told as a reason to expect the same."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.language.phrases import pattern
from claimbook.records import Occurrence, Remark

TYPICAL = pattern("typical")


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to an experience that stands without what is typical."""
    if not TYPICAL.search(occurrence.quote):
        yield Remark(occurrence.at, "an experience without the usual result beside it")
