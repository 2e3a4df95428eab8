"""A passage with a citation that leads nowhere."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import UNRESOLVED, Occurrence, Remark
from claimbook.rules.remarks import listed


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to an unresolved citation."""
    if UNRESOLVED in occurrence.cites:
        keys = occurrence.cited
        known = f"; from its description it may be {listed(keys)}" if keys else ""
        yield Remark(occurrence.at, f"the citation leads nowhere{known}", sources=tuple(keys))
