"""A mechanism offered as a reason to expect a benefit."""

import re
from collections.abc import Iterator
from functools import lru_cache

from claimbook.evidence.appraisal import body, source_ids
from claimbook.evidence.certainty import CEILINGS, MECHANISM, Certainty
from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.language.phrases import alternatives
from claimbook.language.sentences import statements
from claimbook.language.strength import wording
from claimbook.records import BENEFITS, Kind, Occurrence, Remark
from claimbook.records.display import listed

_VERB = re.compile(rf"\b{alternatives('mechanisms', 'verbs')}\b", re.IGNORECASE)
_SO = re.compile(rf"\b{alternatives('mechanisms', 'so')}\b|\bby \w+ing\b[^,]*,", re.IGNORECASE)
_BY = re.compile(r"\s*by\b[\s…]*\w+ing\b", re.IGNORECASE)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where only mechanism supports a benefit, or the words go on from one to the other."""
    claim = index.base.claim_of(occurrence)
    if wording(occurrence.quote).step <= CEILINGS[Certainty.NONE]:
        return
    if claim.kind in BENEFITS:
        usable = [one for one in body(claim, index, index.base.scope_of(occurrence)) if one.usable]
        if usable and all(one.level == MECHANISM for one in usable):
            keys = source_ids(usable)
            message = (
                f"the only evidence for this benefit is animal or laboratory work ({listed(keys)})"
            )
            yield Remark(message, sources=keys)
    elif claim.kind is Kind.MECHANISM and (words := _goes_on(occurrence, index)):
        yield Remark(
            f'"{words}" leads from a mechanism to a benefit; '
            "a mechanism does not measure what people feel"
        )


def _goes_on(occurrence: Occurrence, index: Index) -> str:
    """The words that carry the passage from a mechanism to a benefit; empty where none do."""
    ill = index.base.vocabulary.inherited(index.base.scope_of(occurrence).population)
    gain = _gain(tuple(re.escape(term) for concept in ill for term in concept.terms))
    for verb in (
        verb
        for statement in statements(occurrence.quote)
        for verb in asserted_matches(_VERB, statement)
    ):
        before, after = verb.string[: verb.start()], verb.string[verb.end() :]
        by = re.search(r"\bby \w+ing\b", after)
        if verb[0].lower().startswith("help") and (link := _BY.match(after)):
            return verb[0] + link[0]
        if (_SO.search(before) and gain.search(after)) or (by and gain.search(after[: by.start()])):
            link = _SO.search(before)
            return f"{link[0]} … {verb[0]}" if link else f"{verb[0]} … {by[0]}" if by else verb[0]
    return ""


@lru_cache(maxsize=1024)
def _gain(names: tuple[str, ...]) -> re.Pattern[str]:
    """Words of a benefit: of what is gained, or what copy calls the illness."""
    gains = alternatives("mechanisms", "gains")
    return re.compile(rf"\b(?:{'|'.join([gains, *names])})\b", re.IGNORECASE)
