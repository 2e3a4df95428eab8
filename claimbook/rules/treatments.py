"""Passages that take one treatment, substance or product for another."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from claimbook.evidence.index import Index
from claimbook.language.concepts import reader_of
from claimbook.language.phrases import pattern
from claimbook.records import Concept, Occurrence, Remark, Vocabulary, of_vocabulary
from claimbook.rules.phrase_rules import asserted
from claimbook.rules.remarks import labels


def equated_treatments(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to two treatments, neither a form of the other, that are said to do the same."""
    same, vocabulary = asserted(occurrence.quote, phrases), index.base.vocabulary
    if not same or pattern(phrases, "open").search(occurrence.quote):
        return
    named = reader_of(vocabulary).read(occurrence.quote).concepts.get("intervention", ())
    for one, other in combinations(named, 2):
        if vocabulary.apart([one], [other]):
            first, second = labels([one], index), labels([other], index)
            yield Remark(f'"{same}": what is known of {first} is not known of {second}')
            return


def substance_confusion(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object where the passage names two distinct substances and does not tell them apart."""
    quote, listed = occurrence.quote, pattern(phrases, "listed").pattern
    if pattern(phrases, "different").search(quote):
        return
    for owners, terms in _distinct(index.base.vocabulary):
        for first, second in pairwise(terms.finditer(quote)):
            owner, other = owners[_in_words(first[0])], owners[_in_words(second[0])]
            between = quote[first.end() : second.start()]
            if owner is other or re.fullmatch(listed, between, re.IGNORECASE):
                continue
            # "X, a tablet" names no tablet of another substance.
            named = reader_of(index.base.vocabulary).read(quote).concepts.get("intervention", ())
            if {owner.id, other.id}.issubset(named):
                names = f"{owner.label}; {other.label}"
                yield Remark(f'"{first[0]}" and "{second[0]}" are not the same: {names}')
                break


@of_vocabulary
def _distinct(vocabulary: Vocabulary) -> list[tuple[dict[str, Concept], re.Pattern[str]]]:
    """Whose each term is, and a pattern of the terms, for each pair of distinct concepts.

    It tries the longest term first, so that "warm footbath" is not also read as "footbath".
    """
    concepts, distinct = vocabulary.concepts, vocabulary.distinct.items()
    pairs = ((name, other) for name, others in distinct for other in sorted(others) if name < other)
    result = []
    for first, second in ((concepts[name], concepts[other]) for name, other in pairs):
        if first.terms and second.terms:
            owners = {
                _in_words(term): concept for concept in (second, first) for term in concept.terms
            }
            terms = (
                r"\W{1,3}".join(map(re.escape, term.split()))
                for term in sorted(owners, key=len, reverse=True)
            )
            result.append((owners, re.compile(rf"\b(?:{'|'.join(terms)})\b", re.IGNORECASE)))
    return result


def _in_words(term: str) -> str:
    """A term in small letters, a space between two words: it may have a bracket there."""
    return " ".join(re.split(r"\W+", term.lower()))
