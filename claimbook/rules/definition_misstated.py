"""A definition that differs from the one the authority gives.

"More than 15 days" is not "15 or more": a limit that leaves out its own number changes who is counted.

## Flagged
```yaml
statement: A long cold lasts ten days or more.
kind: definition
about: {outcome: long-cold}
evidence: [classification/long-cold]
findings: {classification/long-cold: {kind: guideline, design: authority, says: {amount: ">=10 day"}}}
occurrences: [{page: clinic-a, quote: A long cold lasts more than ten days., says: {amount: ">10 day"}}]
```
## Passes
```yaml
statement: A long cold lasts ten days or more.
kind: definition
about: {outcome: long-cold}
evidence: [classification/long-cold]
findings: {classification/long-cold: {kind: guideline, design: authority, says: {amount: ">=10 day"}}}
occurrences: [{page: clinic-a, quote: A long cold lasts 10+ days., says: {amount: ">=10 day"}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise
from claimbook.evidence.index import Index
from claimbook.records import Category, Kind, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.DEFINITION_MISMATCH
SEVERITY = Severity.WARNING
VERDICT = Verdict.CONTRADICTED
AUTHORITY = "The classification or consensus that is linked to the claim."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the deciding authorities define it otherwise."""
    if index.base.claim_of(occurrence).kind is not Kind.DEFINITION:
        return
    weighing = appraise(occurrence, index)
    if weighing.stands == {Support.CONTRADICTS}:
        first = weighing.deciding[0]
        reason = first.comparison.reason if first.comparison else ""
        sources = weighing.sources
        yield Remark(
            occurrence.at,
            f"{first.evidence.source.id} defines it otherwise ({reason})",
            sources=sources,
        )
