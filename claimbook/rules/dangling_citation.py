"""A passage with a citation that leads nowhere."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import UNRESOLVED, Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to an unresolved citation."""
    if UNRESOLVED in occurrence.cites:
        named = occurrence.cited
        known = f"; the description fits {', '.join(named)}" if named else ""
        yield Remark(
            occurrence.at,
            f"the citation leads nowhere in the text read{known}",
            sources=named,
        )
