"""A passage that no recorded evidence supports."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.strength import wording
from claimbook.records import (
    GRADED,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Verdict,
)

_DENIAL_IS_A_CLAIM = frozenset({Kind.HARM, Kind.SAFETY, Kind.CONTRAINDICATION})


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where nothing decides on the passage."""
    claim = index.base.claim_of(occurrence)
    weighing = appraise(occurrence, index)
    if weighing.deciding:
        return
    if (
        claim.kind not in _DENIAL_IS_A_CLAIM
        and wording(occurrence.quote).step <= CEILINGS[Certainty.NONE]
    ):
        return
    heard = [one.source.id for one in weighing.all if one.support]
    if heard:
        message = "the only evidence on this was read second-hand, so the passage was not checked"
        yield Remark(
            occurrence.at,
            message,
            sources=tuple(heard),
            severity=Severity.NOTE,
            verdict=Verdict.NOT_CHECKED,
        )
        return
    if not weighing.all and claim.kind not in GRADED:
        yield Remark(
            occurrence.at,
            "no source recorded here addresses this",
            severity=Severity.NOTE,
            verdict=Verdict.NOT_CHECKED,
        )
        return
    severity = Severity.ERROR if claim.kind in GRADED else Severity.WARNING
    if weighing.all:
        message = (
            "the linked evidence is about another outcome, other people or another treatment, "
            "or cannot be compared"
        )
        yield Remark(occurrence.at, message, sources=source_ids(weighing.all), severity=severity)
    else:
        yield Remark(
            occurrence.at, "no study or authority recorded here reports this", severity=severity
        )
