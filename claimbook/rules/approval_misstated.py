"""A passage on approval that the authorities contradict.

A product is approved for the uses on its label and no others. Flagged where every authority that decides says otherwise.

## Flagged
```yaml
statement: Footbaths are approved for colds.
kind: approval
about: {intervention: footbath, outcome: approval}
evidence: [label/approval]
findings: {label/approval: {kind: label, design: authority, says: {is: no}}}
occurrences: [{page: clinic-a, quote: Footbaths are approved for colds., says: {is: yes}}]
```
## Passes
```yaml
statement: Footbaths are approved for colds.
kind: approval
about: {intervention: footbath, outcome: approval}
evidence: [label/approval]
findings: {label/approval: {kind: label, design: authority, says: {is: no}}}
occurrences: [{page: clinic-a, quote: Footbaths are not approved for colds., says: {is: no}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Category, Kind, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.MISSING_OFF_LABEL
SEVERITY = Severity.ERROR
VERDICT = Verdict.CONTRADICTED
AUTHORITY = "The product's label tells what it is approved for; FDA tells patients what an unapproved use means."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where all deciding authorities are against the passage."""
    if index.base.claim_of(occurrence).kind is not Kind.APPROVAL:
        return
    authorities = [one for one in appraise(occurrence, index).deciding if one.evidence.authority]
    if authorities and all(one.stand is Support.CONTRADICTS for one in authorities):
        sources = source_ids(authorities)
        reason = authorities[0].comparison.reason if authorities[0].comparison else "otherwise"
        yield Remark(
            occurrence.at,
            f"on approval {', '.join(sources)} says otherwise ({reason})",
            sources=sources,
        )
