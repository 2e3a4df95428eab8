"""A passage that says more than the evidence found.

The deciding findings found less than the passage makes of them (a smaller share, a later or shorter effect, more harm, a
result that is mixed or too thin to tell), or they split: some for the passage and some against it.

## Flagged
```yaml
statement: Most people sleep better after footbaths.
about: {intervention: footbath, outcome: better-sleep}
evidence: [trial/better-sleep]
findings: {trial/better-sleep: {says: {share: 20%, of: [20, 100]}}}
occurrences: [{page: clinic-a, quote: Most people may sleep better., says: {share: ">50%"}}]
vocabulary: {better-sleep: {good: more}}
```
## Passes
```yaml
statement: Most people sleep better after footbaths.
about: {intervention: footbath, outcome: better-sleep}
evidence: [trial/better-sleep]
findings: {trial/better-sleep: {says: {share: 70%, of: [70, 100]}}}
occurrences: [{page: clinic-a, quote: Most people may sleep better., says: {share: ">50%"}}]
vocabulary: {better-sleep: {good: more}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, reports_rightly, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Category, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.OVERSTATED
SEVERITY = Severity.ERROR
VERDICT = Verdict.OVERSTATED
AUTHORITY = "GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014: a statement gives the size of the effect that was found."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where some deciding finding is less than the passage says, or the findings split."""
    weighing = appraise(occurrence, index)
    short = [one for one in weighing.deciding if one.stand is not Support.SUPPORTS]
    if (
        short
        and weighing.stands != {Support.CONTRADICTS}
        and not reports_rightly(occurrence, index)
    ):
        split = len(short) < len(weighing.deciding)
        says = "; ".join(
            f"{one.evidence.source.id}: {one.comparison.reason}" for one in short if one.comparison
        )
        yield Remark(
            occurrence.at,
            f"the deciding evidence is divided ({says})"
            if split
            else f"the evidence found less ({says})",
            sources=source_ids(short),
        )
