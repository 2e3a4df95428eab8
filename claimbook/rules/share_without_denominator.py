"""A percentage that does not say of how many people."""

import re
from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark, Share

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:of|among) (?:the |these |those |all |our |its )?(?:first |last )?\d[\d,]*\b(?!\s?%|\.\d|\s(?:percent|per cent)\b)"
    r"|\bn\s?=\s?\d|\b\d+\s?/\s?\d+\b"
    r"|\b\d[\d,]* (?!percent\b|per cent\b)(?:[a-z][\w-]* ){0,2}"
    r"(?:people|patients|participants|adults|users|persons|individuals|women|men|children|volunteers|respondents|cases)\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a printed percentage of people without their number."""
    says = occurrence.says
    printed = _PERCENT.search(occurrence.quote)
    if (
        isinstance(says, Share)
        and says.figure
        and says.total is None
        and printed
        and not _BASE.search(occurrence.quote)
    ):
        yield Remark(
            occurrence.at,
            f'"{printed[0]}" does not say of how many people',
            "give the number of people beside the percentage",
        )
