"""A passage worded more strongly than the certainty of the evidence allows."""

import math
import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, reports_rightly
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.strength import wording
from claimbook.records import (
    Amount,
    Direction,
    Effect,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Value,
)

_INSTEAD = {
    Certainty.NONE: 'write "is being studied"',
    Certainty.VERY_LOW: 'write "may"',
    Certainty.LOW: 'write "may"',
    Certainty.MODERATE: 'write "probably"',
    Certainty.HIGH: "promise nothing",
}


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the words stand above the ceiling."""
    kind, appraisal = index.base.claim_of(occurrence).kind, appraise(occurrence, index)
    if not appraisal.rating or not appraisal.deciding or not _claims(kind, occurrence.says):
        return
    certainty, of_harm = appraisal.rating.certainty, kind in (Kind.HARM, Kind.SAFETY)
    worded = wording(occurrence.quote, denying=of_harm)
    over = worded.step - CEILINGS[certainty]
    if over <= 0 or reports_rightly(occurrence, index):
        return
    words = _phrase(worded.words, occurrence.quote)
    rating = (
        f"for evidence of {certainty.label} certainty" if certainty else "without clinical evidence"
    )
    instead = "give the number of people harmed" if of_harm else _INSTEAD[certainty]
    yield Remark(
        occurrence.at,
        f"{words} is too strong {rating}: {instead}",
        sources=appraisal.sources,
        severity=Severity.WARNING if over == 1 else Severity.ERROR,
    )


def _phrase(words: tuple[str, ...], quote: str) -> str:
    """The words in quotation marks, with what stands between them where that is short."""
    if not words:
        return "a plain statement"
    between = r"(?:\W+\w+){0,2}?\W+"
    match = re.search(rf"\b{between.join(map(re.escape, words))}\b", quote, re.IGNORECASE)
    return f'"{match[0] if match else " … ".join(words)}"'


def _claims(kind: Kind, says: Value | None) -> bool:
    """Whether the passage claims something good; warnings and denials of benefit do not."""
    denies = says is not None and (says.denies or says.doubts)
    if kind is Kind.HARM:
        return denies or says == Effect(Direction.REDUCES)
    if kind is Kind.SAFETY and (
        says == Effect(Direction.INCREASES)
        or (isinstance(says, Amount) and says.interval.high == math.inf)
    ):
        return False  # a harm without an upper end reassures nobody
    return not denies
