"""A passage worded more strongly than the certainty of the evidence allows.

A sentence may claim no more than its evidence is sure of. Certainty sets the highest step on the wording ladder: high 6,
moderate 4, low 3, very low 2, no clinical evidence 1. One step over is a warning, two are an error. A figure or a result that
a passage reports as a cited study's own, and reports rightly, of the people it studied, is judged against that study
instead. Warnings of harm are never too strong for this rule; "no risk" and its like are read as strongly as they are worded.

## Flagged
```yaml
statement: Footbaths improve sleep.
about: {intervention: footbath, outcome: sleep}
evidence: [series/sleep]
findings: {series/sleep: {design: case-series, says: {effect: increases}}}
occurrences: [{page: clinic-a, quote: Footbaths improve sleep., says: {effect: increases}}]
```
## Passes
```yaml
statement: Footbaths improve sleep.
about: {intervention: footbath, outcome: sleep}
evidence: [series/sleep]
findings: {series/sleep: {design: case-series, says: {effect: increases}}}
occurrences: [{page: clinic-a, quote: Footbaths may improve sleep., says: {effect: increases}}]
```
"""

import math
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, reports_rightly
from claimbook.evidence.certainty import CEILINGS
from claimbook.evidence.index import Index
from claimbook.language.strength import STEP_WORDS, wording
from claimbook.records import (
    BENEFITS,
    Amount,
    Category,
    Direction,
    Effect,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Value,
    Verdict,
)

SUBJECT = Occurrence
CATEGORY = Category.OVERSTATED
SEVERITY = Severity.ERROR
VERDICT = Verdict.OVERSTATED
AUTHORITY = "GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014: certainty decides the verb."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the words stand above the ceiling."""
    weighing = appraise(occurrence, index)
    if (
        weighing.rating is None
        or not weighing.deciding
        or not _claims(index.base.claim_of(occurrence).kind, occurrence.says)
    ):
        return
    worded = wording(
        occurrence.quote, denying=index.base.claim_of(occurrence).kind in (Kind.HARM, Kind.SAFETY)
    )
    over = worded.step - CEILINGS[weighing.rating.certainty]
    if over <= 0 or reports_rightly(occurrence, index):
        return
    words = " and ".join(repr(word) for word in worded.words)
    how = f"{words} {STEP_WORDS[worded.step]}" if words else f"it {STEP_WORDS[worded.step]}"
    yield Remark(
        occurrence.at,
        f"{how}; the certainty of the evidence is {weighing.rating.certainty.label}",
        sources=weighing.sources,
        severity=Severity.WARNING if over == 1 else Severity.ERROR,
    )


def _claims(kind: Kind, says: Value | None) -> bool:
    """Whether the passage claims a benefit, safety or a mechanism; warnings and denials of benefit do not."""
    denies = says is not None and (says.denies or says.doubts)
    if kind is Kind.HARM:
        return denies or says == Effect(Direction.REDUCES)
    if kind is Kind.SAFETY and (
        says == Effect(Direction.INCREASES)
        or (isinstance(says, Amount) and says.interval.high == math.inf)
    ):
        return False  # a harm without an upper end reassures nobody
    return not denies and (kind in BENEFITS or kind in (Kind.SAFETY, Kind.MECHANISM))
