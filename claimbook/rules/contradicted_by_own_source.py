"""A passage that the very study it cites contradicts.

The page names a source for the passage, and that source reports the same outcome differently: the opposite, no effect, or
less than the page makes of it.

## Flagged
```yaml
statement: Most people keep the benefit.
about: {intervention: footbath, outcome: benefit-kept}
evidence: [trial/benefit-kept]
findings: {trial/benefit-kept: {says: {share: 20%, of: [20, 100]}}}
occurrences: [{page: clinic-a, quote: Most people keep the benefit., says: {share: ">50%"}, cites: [trial]}]
vocabulary: {benefit-kept: {good: more}}
```
## Passes
```yaml
statement: Most people keep the benefit.
about: {intervention: footbath, outcome: benefit-kept}
evidence: [trial/benefit-kept]
findings: {trial/benefit-kept: {says: {share: 20%, of: [20, 100]}}}
occurrences: [{page: clinic-a, quote: 20% kept the benefit., says: {share: 20%}, cites: [trial]}]
vocabulary: {benefit-kept: {good: more}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, stand
from claimbook.evidence.directness import directness
from claimbook.evidence.index import Index
from claimbook.records import (
    Category,
    Occurrence,
    Remark,
    Severity,
    Verdict,
    compare,
)

SUBJECT = Occurrence
CATEGORY = Category.CONTRADICTED
SEVERITY = Severity.ERROR
VERDICT = Verdict.CONTRADICTED_BY_OWN_SOURCE
AUTHORITY = "A citation is a promise that the source says so."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where a cited source's findings on this outcome are all against the passage, or less than it says."""
    if not occurrence.says:
        return
    scope = index.base.scope_of(occurrence)
    for key in occurrence.cited:
        held = []
        for finding in index.base.sources[key].findings:
            if (
                finding.about.outcome == scope.outcome
                and not directness(scope, finding.about, index.base.vocabulary).apart
            ):
                comparison = compare(occurrence.says, finding.says, index.base.vocabulary.above)
                if stands := stand(
                    comparison, occurrence.says, finding.says, scope.outcome, index.base.vocabulary
                ):
                    held.append((stands, comparison.reason))
        if held and all(stands is not Support.SUPPORTS for stands, _ in held):
            yield Remark(
                occurrence.at,
                f"the cited source {key} reports otherwise ({held[0][1]})",
                sources=(key,),
            )
