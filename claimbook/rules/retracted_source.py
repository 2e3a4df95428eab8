"""Evidence that was retracted, or that its publisher has expressed concern about.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: cold-severity}
evidence: [trial/cold-severity]
findings: {trial/cold-severity: {says: {effect: reduces}, standing: {status: retracted, checked: 2001-01-01, with: the journal}}}
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
from claimbook.records import Category, Claim, Remark, Severity

SUBJECT = Claim
CATEGORY = Category.CITATION
SEVERITY = Severity.ERROR
AUTHORITY = "COPE retraction guidelines: a retracted result is no longer to be relied on."


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to a claim that uses such evidence."""
    for link in claim.evidence:
        key = index.base.findings[link.finding].source
        if (status := index.base.sources[key].standing.status) in ("retracted", "concern"):
            yield Remark(
                link.at,
                f"{key} is {'retracted' if status == 'retracted' else 'under an expression of concern'}",
                sources=(key,),
            )
