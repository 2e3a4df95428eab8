"""A harm made to look small ("mild", "safe") without a figure that the evidence supports."""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.evidence.support import Support
from claimbook.language.concepts import reader_of
from claimbook.language.negation import asserted_matches
from claimbook.language.phrases import pattern
from claimbook.language.strength import wording
from claimbook.language.warning_words import is_of_another
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


def check(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to a small word that no figure and no sure finding stands behind."""
    quote, aims = occurrence.quote, pattern(phrases, "aims")
    if pattern("figures", "counts").search(quote) or pattern(phrases, "grave").search(quote):
        return
    matches = asserted_matches(pattern(phrases, "strong"), quote)
    harms = _harms(occurrence, index)
    small = next(
        (
            m
            for m in matches
            if not aims.search(m.string[: m.start()])
            and not (harms and is_of_another(m.string, m.span(), harms))
            and not _tells_degree(m, index, phrases)
        ),
        None,
    )
    if small and not _told_elsewhere(small, occurrence, index) and (why := _why(occurrence, index)):
        yield Remark(
            f'"{small[0]}" makes the harm look small without a figure; {why}',
            "give the number",
            sources=appraise(occurrence, index).sources,
        )


def _harms(occurrence: Occurrence, index: Index) -> list[tuple[int, int]]:
    """Where a passage names the harm that its claim is on, if it names others as well."""
    vocabulary, outcome = index.base.vocabulary, index.base.scope_of(occurrence).outcome or ""
    reading = reader_of(vocabulary).read(occurrence.quote)
    others = any(name != outcome and vocabulary.harm(name) for name in reading.signs)
    own = reading.signs_of(outcome) if others and vocabulary.harm(outcome) else ()
    return [span for sign in own for span in sign.spans]


def _tells_degree(small: re.Match[str], index: Index, phrases: str) -> bool:
    """Whether a small word only tells how bad a harm is that many have."""
    text, start, end = small.string, *small.span()
    degree = pattern(phrases, "of degree").match(text, start)
    of_all = pattern(phrases, "of all").search(text[:start])
    if not degree or of_all or not pattern(phrases, "common").search(text):
        return False
    vocabulary = index.base.vocabulary
    signs = reader_of(vocabulary).read(text).signs
    starts = (
        at
        for name, told in signs.items()
        if vocabulary.harm(name)
        for sign in told
        for at, _ in sign.spans
    )
    return any(start <= at and len(text[end:at].split()) <= 1 for at in starts)


def _told_elsewhere(small: re.Match[str], occurrence: Occurrence, index: Index) -> bool:
    """Whether only the harm is told, and a passage that tells its size has the same words."""
    words = small.string[small.start() : small.end() + 8].strip()
    words = words if " " in words else small.string  # one word alone is not the same words
    return not _of_size(occurrence.says) and any(
        index.base.claim_of(other).kind in (Kind.HARM, Kind.SAFETY)
        and _of_size(other.says)
        and normalize(words).lower() in normalize(other.quote).lower()
        for other in index.base.by_page[occurrence.page]
    )


def _of_size(says: Value | None) -> bool:
    """Whether a value tells how small a harm is, not only that it happens, which, or how long."""
    happens = isinstance(says, Share) and says.interval.high == 100
    other = isinstance(says, ConceptSet | Amount) or says == Effect(Direction.INCREASES)
    return not happens and not other


def _why(occurrence: Occurrence, index: Index) -> str:
    """What the evidence lacks for words so firm; empty where it is firm enough."""
    appraisal = appraise(occurrence, index)
    certainty = appraisal.rating.certainty if appraisal.rating else Certainty.NONE
    safety = index.base.claim_of(occurrence).kind is Kind.SAFETY
    step = wording(occurrence.quote, denying=True).step
    if step <= CEILINGS[Certainty.NONE]:
        return ""
    if not appraisal.deciding:
        return "no evidence recorded here supports it"
    if appraisal.support != {Support.SUPPORTS}:
        return "the best evidence does not say so"
    if safety and any(each.evidence.authority for each in appraisal.deciding):
        return ""
    if certainty > Certainty.LOW or step <= CEILINGS[certainty]:
        return ""
    sure = f"the certainty of the evidence is {certainty.label}"
    return sure if certainty else "no study that we can rate supports it"
