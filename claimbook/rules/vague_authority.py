"""A passage that leans on studies or experts and names none."""

import re
from collections.abc import Iterator

from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.strength import wording
from claimbook.records import (
    Occurrence,
    Remark,
    Severity,
)
from claimbook.rules.phrase_rules import asserted

_NAMED = re.compile(
    r"\b(?:19|20)\d\d\b|\bet al\b|\band colleagues\b|\bn\s?=\s?\d|\bof \d+\b"
    r"|\b\d[\d,]* (?:[a-z][\w-]* ){0,2}(?:people|patients|participants|adults|users|women|men|children|volunteers)\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to an authority that nobody could look up."""
    if occurrence.cited or (occurrence.says and occurrence.says.doubts):
        return
    words = asserted(occurrence.quote, phrases)
    if words and not _NAMED.search(occurrence.quote) and not _author(occurrence, index):
        hedged = wording(occurrence.quote).step <= CEILINGS[Certainty.LOW]
        yield Remark(
            occurrence.at,
            f'"{words}" names no study or person that a reader could look up',
            "name the study and link to it",
            severity=Severity.NOTE if hedged else None,
        )


def _author(occurrence: Occurrence, index: Index) -> bool:
    """Whether the passage names an author of a recorded source."""
    words = re.findall(r"\w+", occurrence.quote)
    return any(word in index.by_author for word in words)
