"""A passage that takes one substance or product for another."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from claimbook.evidence.index import Index
from claimbook.records import Concept, Occurrence, Remark, Vocabulary

_APART = re.compile(
    r"\b(?:not|unlike|different|differs|instead of|rather than|versus|vs)\b|n['’]t\b", re.IGNORECASE
)

_BESIDE = re.compile(r",?\s*(?:and|or|as well as|&)\s+(?:an?\s+|the\s+)?|,\s+", re.IGNORECASE)

Pairs = list[tuple[Concept, Concept, re.Pattern[str]]]


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the passage names two distinct substances and does not tell them apart."""
    if _APART.search(occurrence.quote):
        return
    for one, other, terms in _pairs(index.base.vocabulary):
        named = list(terms.finditer(occurrence.quote))
        for first, second in pairwise(named):
            if _owner(first) != _owner(second) and not _BESIDE.fullmatch(
                occurrence.quote[first.end() : second.start()]
            ):
                labels = (
                    (one.label, other.label) if _owner(first) == "one" else (other.label, one.label)
                )
                message = f'"{first[0]}" and "{second[0]}" are not the same: {"; ".join(labels)}'
                yield Remark(occurrence.at, message)
                break


@lru_cache(maxsize=2)
def _pairs(vocabulary: Vocabulary) -> Pairs:
    """The pairs of distinct concepts that copy has words for, each pair once, with a pattern that finds the terms of both."""
    concepts = vocabulary.concepts
    pairs = {
        frozenset({one.id, name}): (one, concepts[name])
        for one in concepts.values()
        for name in one.distinct
    }
    return [
        (one, other, _terms(one, other))
        for one, other in pairs.values()
        if one.terms and other.terms
    ]


def _terms(one: Concept, other: Concept) -> re.Pattern[str]:
    """The terms of both, the longest first, so that "warm footbath" is not also read as "footbath"."""
    terms = [(term, "one") for term in one.terms] + [(term, "other") for term in other.terms]
    terms.sort(key=lambda pair: -len(pair[0]))
    groups = (f"(?P<{group}{index}>{re.escape(term)})" for index, (term, group) in enumerate(terms))
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


def _owner(match: re.Match[str]) -> str:
    """Which of the two concepts a term belongs to."""
    return (match.lastgroup or "").rstrip("0123456789")
