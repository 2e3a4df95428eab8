"""A passage that takes one form of a treatment to be as good as another."""

from collections.abc import Iterator
from itertools import combinations

from claimbook.evidence.directness import Difference, relation
from claimbook.evidence.index import Index
from claimbook.language.concepts import reader_of
from claimbook.language.phrases import pattern
from claimbook.records import Occurrence, Remark
from claimbook.rules.phrase_rules import asserted


def check(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to two treatments, neither of them a form of the other, of which the passage says that they do the same."""
    same = asserted(occurrence.quote, phrases)
    if not same or pattern(phrases, "open").search(occurrence.quote):
        return
    named = reader_of(index.base.vocabulary).read(occurrence.quote).concepts.get("intervention", ())
    for one, other in combinations(named, 2):
        if relation(one, other, index.base.vocabulary) is Difference.OTHER:
            label = index.base.vocabulary.label
            yield Remark(
                occurrence.at,
                f'"{same}": what is known of {label(one).lower()} is not known of {label(other).lower()}',
            )
            return
