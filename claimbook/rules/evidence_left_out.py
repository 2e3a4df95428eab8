"""A finding in the base that bears on a claim, and that the claim neither uses nor sets aside with a reason.

A defect of ours. A finding bears on a claim where it reports the same outcome and no facet of its scope has nothing in common
with the claim's: it is as direct as some finding that the claim does use.

## Flagged
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [trial/cold-length]
findings:
  trial/cold-length: {says: {effect: reduces}}
  other-trial/cold-length: {says: {effect: none}}
```
## Passes
```yaml
statement: Footbaths shorten a cold.
about: {intervention: footbath, outcome: cold-length}
evidence: [trial/cold-length]
set-aside: [{finding: other-trial/cold-length, because: It was done in ducks.}]
findings:
  trial/cold-length: {says: {effect: reduces}}
  other-trial/cold-length: {says: {effect: none}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.directness import directness
from claimbook.evidence.index import Index
from claimbook.records import GRADED, Category, Claim, Remark, Severity

SUBJECT = Claim
CATEGORY = Category.RECORD
SEVERITY = Severity.WARNING
AUTHORITY = "GRADE rates the whole body of evidence, not the part that was picked."


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each finding on the claim's outcome and scope that the claim does not mention."""
    if claim.kind not in GRADED or claim.about.outcome is None:
        return
    mentioned = {link.finding for link in claim.evidence} | {
        link.finding for link in claim.set_aside
    }
    used = [
        directness(claim.about, index.base.findings[link.finding].about, index.base.vocabulary)
        for link in claim.evidence
    ]
    least = max((one.rank for one in used if not one.apart), default=9)
    for finding in index.by_outcome.get(claim.about.outcome, ()):
        far = directness(claim.about, finding.about, index.base.vocabulary)
        if finding.key not in mentioned and not far.apart and far.rank <= least:
            yield Remark(
                claim.at, f"neither used nor set aside: {finding.key}", sources=(finding.source,)
            )
