"""A harm made to look small ("mild", "rare", "safe") without a figure that the evidence can stand behind."""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.language.phrases import pattern
from claimbook.language.strength import wording
from claimbook.records import (
    Amount,
    ConceptSet,
    Direction,
    Effect,
    Kind,
    Occurrence,
    Remark,
    Share,
    Value,
)
from claimbook.records.quotes import normalize

_KINDS = (Kind.HARM, Kind.SAFETY)
_MEANT = re.compile(
    r"\bto (?:help )?(?:ensure|make sure|keep)\b[^.;]*$|\bwhether\b[^.;]*$", re.IGNORECASE
)
_FIGURE = re.compile(
    r"\d\s?(?:%|percent\b|per cent\b)|\b\d+ (?:of|in|out of) (?:the )?\d+", re.IGNORECASE
)
_GRAVE = re.compile(
    r"\b(?:may|might|can|could) (?:\w+ )?be (?:\w+ )?(?:serious|severe|dangerous|harmful|fatal|lasting)\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to a small word that no figure and no sure finding stands behind."""
    quote = occurrence.quote
    if _FIGURE.search(quote) or _GRAVE.search(quote):
        return
    small = next(
        (
            word
            for word in asserted_matches(pattern(phrases, "strong"), quote)
            if not _MEANT.search(word.string[: word.start()])
        ),
        None,
    )
    if small and not _told_elsewhere(small, occurrence, index) and (why := _why(occurrence, index)):
        yield Remark(
            occurrence.at,
            f'"{small[0]}" makes the harm look small without a figure; {why}',
            "give the number",
            sources=appraise(occurrence, index).sources,
        )


def _told_elsewhere(small: re.Match[str], occurrence: Occurrence, index: Index) -> bool:
    """Whether the passage tells only that there is a harm, and one that tells its size has the same words of the same page."""
    words = small.string[small.start() : small.end() + 8].strip()
    words = words if " " in words else small.string  # one word alone is not the same words
    others = (
        other
        for other in index.base.by_page[occurrence.page]
        if index.base.claim_of(other).kind in _KINDS and _of_size(other.says)
    )
    return not _of_size(occurrence.says) and any(
        normalize(words).lower() in normalize(other.quote).lower() for other in others
    )


def _of_size(says: Value | None) -> bool:
    """Whether a value tells how small a harm is, not only that it happens, which ones, or how long they last."""
    happens = isinstance(says, Share) and says.interval.high == 100
    return not (
        happens or isinstance(says, ConceptSet | Amount) or says == Effect(Direction.INCREASES)
    )


def _why(occurrence: Occurrence, index: Index) -> str:
    """Say what the evidence lacks for words so firm; empty where it is firm enough."""
    weighing = appraise(occurrence, index)
    step = wording(occurrence.quote, denying=True).step
    certainty = weighing.rating.certainty if weighing.rating else Certainty.NONE
    if step <= CEILINGS[Certainty.NONE]:
        return ""
    if not weighing.deciding:
        return "no evidence recorded here supports it"
    if weighing.support != {Support.SUPPORTS}:
        return "the best evidence does not say so"
    if index.base.claim_of(occurrence).kind is Kind.SAFETY and any(
        one.evidence.authority for one in weighing.deciding
    ):
        return ""
    if certainty > Certainty.LOW or step <= CEILINGS[certainty]:
        return ""
    return (
        f"the certainty of the evidence is {certainty.label}"
        if certainty
        else "no study in people supports it"
    )
