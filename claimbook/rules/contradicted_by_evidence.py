"""A passage that every deciding finding contradicts.

The most direct findings of the highest level decide. If all of them conflict with what the passage says, or looked for the
effect and found none, the passage is contradicted. Where they split, see `exceeds-evidence`.

## Flagged
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [trial/cold-length]
findings: {trial/cold-length: {says: {effect: none}}}
occurrences: [{page: clinic-a, quote: Footbaths shorten colds., says: {effect: reduces}}]
```
## Passes
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [trial/cold-length, series/cold-length]
findings:
  trial/cold-length: {says: {effect: reduces}}
  series/cold-length: {design: case-series, says: {effect: none}}
occurrences: [{page: clinic-a, quote: Footbaths may shorten colds., says: {effect: reduces}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Category, Kind, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.CONTRADICTED
SEVERITY = Severity.ERROR
VERDICT = Verdict.CONTRADICTED
AUTHORITY = "GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014: a statement follows from the effect that was found."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding is against the passage."""
    weighing = appraise(occurrence, index)
    if index.base.claim_of(occurrence).kind is not Kind.DEFINITION and weighing.stands == {
        Support.CONTRADICTS
    }:
        against = weighing.deciding
        first = against[0]
        more = f", and {len(against) - 1} more" if len(against) > 1 else ""
        reason = first.comparison.reason if first.comparison else ""
        yield Remark(
            occurrence.at,
            f"the deciding evidence says otherwise ({first.evidence.source.id}: {reason}{more})",
            sources=source_ids(against),
        )
