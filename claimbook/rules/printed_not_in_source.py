"""A printed figure that its source does not carry.

A defect of ours: the span recorded under `printed` is not among the figures that were read in the source. Checked wherever
the figures of the source are at hand.

## Flagged
```yaml
statement: Footbaths ease colds.
evidence: [trial/cold-severity]
findings: {trial/cold-severity: {says: {share: 71%}, printed: 71 of 100}}
figures: {trial: "55/77, 71.4% | better"}
```
## Passes
```yaml
statement: Footbaths ease colds.
evidence: [trial/cold-severity]
findings: {trial/cold-severity: {says: {share: 71.4%}, printed: 71.4%}}
figures: {trial: "55/77, 71.4% | better"}
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Category, Finding, Remark, Severity
from claimbook.records.quotes import normalize

SUBJECT = Finding
CATEGORY = Category.RECORD
SEVERITY = Severity.ERROR
AUTHORITY = "A figure is followed to the text that was read."


def check(finding: Finding, index: Index) -> Iterator[Remark]:
    """Object where the source's figures are at hand and none carries the span."""
    lines = index.base.figures.get(finding.source)
    if (
        finding.printed
        and lines is not None
        and not any(normalize(finding.printed) in line for line in lines)
    ):
        yield Remark(finding.at, f"{finding.source} is not known to print {finding.printed!r}")
