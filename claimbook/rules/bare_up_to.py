"""A best case ("up to 77%") without the usual result beside it."""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.records import (
    Amount,
    Occurrence,
    Remark,
    Share,
)

_FIGURE = (
    r"(?:\d[\d.,]*\d?\s?(?:%|percent\b|per cent\b)?|(?:an? )?(?:half|third|quarter|day|week|month|year)\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|several)\b)"
)
_UP_TO = re.compile(
    rf"\b(?:up to|as (?:many|much|long|high) as) (?:about |nearly |almost |around )?{_FIGURE}",
    re.IGNORECASE,
)
_USUAL = re.compile(
    r"\b(?:on average|averages?|median|typical(?:ly)?|usual(?:ly)?|most|half)\b", re.IGNORECASE
)
_SOME_FIGURE = re.compile(r"\d|\b(?:half|third|quarter|most|one|two|three)\b", re.IGNORECASE)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a best case that stands alone."""
    best = next(asserted_matches(_UP_TO, occurrence.quote), None)
    said = best[0] if best else _bound(occurrence)
    rest = occurrence.quote.replace(said, " ")
    if said and not (_USUAL.search(rest) and _SOME_FIGURE.search(rest)):
        shares = _shares(occurrence, index)
        yield Remark(
            occurrence.at,
            f'"{said}" is the best case, and readers take it for the usual result: give the usual one too',
            f"give the figure of each study with its count: {'; '.join(shares.values())}"
            if shares
            else None,
            sources=tuple(shares),
        )


def _bound(occurrence: Occurrence) -> str:
    """Give the value that was recorded as a best case; empty where none was."""
    says = occurrence.says
    return (
        says.text
        if isinstance(says, Share | Amount) and says.figure and says.text.startswith("up to ")
        else ""
    )


def _shares(occurrence: Occurrence, index: Index) -> dict[str, str]:
    """Write what each deciding source found, with the count where it gives one."""
    found = {}
    for one in appraise(occurrence, index).deciding:
        says, source = one.evidence.finding.says, one.source.id
        if isinstance(says, Share) and says.figure:
            counted = says.count is not None
            found[source] = (
                f"{says.count} of {says.total} people ({says.text}, {source})"
                if counted
                else f"{says.text} ({source})"
            )
    return found
