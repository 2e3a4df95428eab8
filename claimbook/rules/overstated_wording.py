"""A passage worded more strongly than the certainty of the evidence allows."""

import math
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, reports_rightly
from claimbook.evidence.certainty import CEILINGS
from claimbook.evidence.index import Index
from claimbook.language.strength import STEP_WORDS, wording
from claimbook.records import (
    BENEFITS,
    Amount,
    Direction,
    Effect,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Value,
)


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
