"""A claim that rests on several sources which may have counted the same people.

Three papers from one centre over the same years are not three independent results. The sources say which others they
overlap with (`overlaps`).

## Flagged
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [early-report/cold-length, paper/cold-length]
findings:
  early-report/cold-length: {says: {effect: reduces}, overlaps: [paper]}
  paper/cold-length: {says: {effect: reduces}}
```
## Passes
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [early-report/cold-length, paper/cold-length]
findings:
  early-report/cold-length: {says: {effect: reduces}}
  paper/cold-length: {says: {effect: reduces}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import body, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Category, Claim, Remark, Severity

SUBJECT = Claim
CATEGORY = Category.OMISSION
SEVERITY = Severity.NOTE
AUTHORITY = "Cochrane Handbook: several reports of the same people are one study."


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each group of sources of the claim's evidence that overlap."""
    sources = source_ids(one for one in body(claim, index) if one.usable)
    groups: list[set[str]] = []
    for name in sources:
        near = {
            name,
            *(
                other
                for other in sources
                if other in index.base.sources[name].overlaps
                or name in index.base.sources[other].overlaps
            ),
        }
        joined = near.union(*(group for group in groups if group & near))
        groups = [group for group in groups if not group & near] + [joined]
    for group in groups:
        if len(group) > 1:
            names = ", ".join(sorted(group))
            yield Remark(
                claim.at,
                f"may have counted the same people, so they are one result: {names}",
                sources=tuple(sorted(group)),
            )
