"""A certainty that a person rated up although nobody was compared with anybody, and no reason is given.

A defect of ours. A body of findings without a control group is of very low certainty at most, whatever speaks for rating it up.
Where more is justified, `exceeds-design` says why.

## Flagged
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [series/cold-length]
certainty: {large-effect: {up: 2, because: Nine of ten were well in a day.}}
findings: {series/cold-length: {says: {effect: reduces}, design: case-series}}
```
## Passes
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [series/cold-length]
certainty: {large-effect: {up: 2, because: Nine of ten were well in a day.}}
exceeds-design: Such colds last a week in everybody who goes without.
findings: {series/cold-length: {says: {effect: reduces}, design: case-series}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import rating
from claimbook.evidence.index import Index
from claimbook.records import Category, Claim, Remark, Severity

SUBJECT = Claim
CATEGORY = Category.RECORD
SEVERITY = Severity.ERROR
AUTHORITY = "GRADE guidelines 3, doi:10.1016/j.jclinepi.2010.07.015: uncontrolled series often warrant very low."


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to the first reason to rate up where the design takes it down again."""
    raised = [judged for judged in claim.certainty.values() if judged.up]
    rated = rating(claim, index)
    if raised and rated and any(step.what == "design" and step.change for step in rated.steps):
        yield Remark(
            raised[0].at,
            "rated up above what the designs allow",
            "give the reason in exceeds-design",
        )
