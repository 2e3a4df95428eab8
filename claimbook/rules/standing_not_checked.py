"""A study in use whose standing nobody has looked up.

Whether it was corrected or retracted is not known here. That is said, not assumed.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: cold-severity}
evidence: [trial/cold-severity]
findings: {trial/cold-severity: {says: {effect: reduces}}}
```
## Passes
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: cold-severity}
evidence: [trial/cold-severity]
findings: {trial/cold-severity: {says: {effect: reduces}, standing: {status: current, checked: 2001-01-01, with: the journal}}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Category, Remark, Severity, Source, SourceKind

SUBJECT = Source
CATEGORY = Category.CITATION
SEVERITY = Severity.NOTE
AUTHORITY = "A retraction that nobody looked for is not found."


def check(source: Source, index: Index) -> Iterator[Remark]:
    """Object to a study or review that some claim uses and whose standing is unknown."""
    if (
        source.kind in (SourceKind.STUDY, SourceKind.REVIEW)
        and source.standing.status == "unknown"
        and source.id in index.by_source
    ):
        yield Remark(
            source.at, f"nobody has looked up whether {source.id} was corrected or retracted"
        )
