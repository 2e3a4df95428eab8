"""A passage with a citation that leads nowhere.

A bare marker, or the word "Source" without an address, promises a source and does not give it.

## Flagged
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Footbaths ease colds. (Source), says: {effect: reduces}, cites: [unresolved]}]
```
## Passes
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import UNRESOLVED, Category, Occurrence, Remark, Severity

SUBJECT = Occurrence
CATEGORY = Category.CITATION
SEVERITY = Severity.NOTE
AUTHORITY = "A reader must be able to find what is cited."


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
