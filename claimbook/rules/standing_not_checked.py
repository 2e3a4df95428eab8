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

from claimbook.records import Base, Category, Remark, Severity, Source, SourceKind

SUBJECT = Source
CATEGORY = Category.CITATION
SEVERITY = Severity.NOTE
AUTHORITY = "A retraction that nobody looked for is not found."


def check(source: Source, base: Base) -> Iterator[Remark]:
    """Object to a study or review that some claim uses and whose standing is unknown."""
    if "sources in use" not in base.memo:
        base.memo["sources in use"] = {
            base.findings[link.finding].source
            for claim in base.claims.values()
            for link in claim.evidence
        }
    used: set[str] = base.memo["sources in use"]  # type: ignore[assignment]
    if (
        source.kind in (SourceKind.STUDY, SourceKind.REVIEW)
        and source.standing.status == "unknown"
        and source.id in used
    ):
        yield Remark(
            source.at, f"nobody has looked up whether {source.id} was corrected or retracted"
        )
