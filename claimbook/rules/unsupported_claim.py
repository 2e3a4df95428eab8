"""A passage that no recorded evidence supports.

Nothing linked to the claim reports this outcome for these people and this treatment. That is not a finding that the passage
is false: absence is not contradiction. A passage that only asks, plans or denies a benefit needs no support. Where the only
evidence was read second-hand, the passage is *not checked* rather than unsupported.

## Flagged
```yaml
statement: Footbaths end insomnia.
about: {intervention: footbath, outcome: sleep}
occurrences: [{page: clinic-a, quote: Footbaths restore your sleep., says: {effect: increases}}]
```
## Passes
```yaml
statement: Footbaths end insomnia.
about: {intervention: footbath, outcome: sleep}
evidence: [trial/sleep]
findings: {trial/sleep: {says: {effect: increases}}}
occurrences: [{page: clinic-a, quote: Footbaths may restore your sleep., says: {effect: increases}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.strength import wording
from claimbook.records import (
    GRADED,
    UNCHECKABLE,
    Category,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Verdict,
)

SUBJECT = Occurrence
CATEGORY = Category.UNSUPPORTED
SEVERITY = Severity.ERROR
VERDICT = Verdict.UNSUPPORTED
AUTHORITY = "Substantiation: an objective health claim needs a reasonable basis before it is made (FTC, 1984 policy statement)."
_DENIAL_IS_A_CLAIM = frozenset({Kind.HARM, Kind.SAFETY, Kind.CONTRAINDICATION})


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where nothing decides on the passage."""
    claim = index.base.claim_of(occurrence)
    weighing = appraise(occurrence, index)
    if claim.kind in UNCHECKABLE or weighing.deciding:
        return
    if (
        claim.kind not in _DENIAL_IS_A_CLAIM
        and wording(occurrence.quote).step <= CEILINGS[Certainty.NONE]
    ):
        return
    heard = source_ids(one for one in weighing.all if one.stand)
    if heard:
        message = "the evidence on this was read only in somebody's report of it, so the passage is not checked"
        yield Remark(
            occurrence.at,
            message,
            sources=heard,
            severity=Severity.NOTE,
            verdict=Verdict.NOT_CHECKED,
        )
        return
    if not weighing.all and claim.kind not in GRADED:
        yield Remark(
            occurrence.at,
            "nothing was read here that could decide this",
            severity=Severity.NOTE,
            verdict=Verdict.NOT_CHECKED,
        )
        return
    severity = Severity.ERROR if claim.kind in GRADED else Severity.WARNING
    if weighing.all:
        message = "the evidence linked is about another outcome, other people or another treatment, or cannot be compared"
        sources = source_ids(weighing.all)
        yield Remark(occurrence.at, message, sources=sources, severity=severity)
    else:
        yield Remark(
            occurrence.at, "no study or authority recorded here reports this", severity=severity
        )
