"""A passage that takes one substance or product for another.

The vocabulary says which treatments are often taken for one another and are not the same (`distinct`). A passage that names
both as one is flagged; a passage that tells them apart is not.

## Flagged
```yaml
statement: A mustard footbath is a footbath.
kind: definition
about: {intervention: mustard-bath, outcome: identity}
occurrences: [{page: clinic-a, quote: A warm footbath (mustard bath) is simple., says: {is: yes}}]
vocabulary:
  mustard-bath: {facet: intervention, terms: [mustard bath], distinct: [footbath]}
  footbath: {facet: intervention, terms: [warm footbath]}
```
## Passes
```yaml
statement: A mustard footbath is a footbath.
kind: definition
about: {intervention: mustard-bath, outcome: identity}
occurrences: [{page: clinic-a, quote: A mustard bath is not the same as a warm footbath., says: {is: no}}]
vocabulary:
  mustard-bath: {facet: intervention, terms: [mustard bath], distinct: [footbath]}
  footbath: {facet: intervention, terms: [warm footbath]}
```
"""

import re
from collections.abc import Iterator

from claimbook.flag import Category, Remark, Severity
from claimbook.model import Base, Concept, Occurrence, Verdict

SUBJECT = Occurrence
CATEGORY = Category.FORMULATION_CONFLATION
SEVERITY = Severity.ERROR
VERDICT = Verdict.CONTRADICTED
AUTHORITY = "The labels of the products: what was shown of one does not hold for another."
_APART = re.compile(r"\b(?:not|unlike|different|differs|instead of|rather than|versus|vs)\b|n['’]t\b", re.IGNORECASE)

Pairs = list[tuple[Concept, re.Pattern[str], Concept, re.Pattern[str]]]


def check(occurrence: Occurrence, base: Base) -> Iterator[Remark]:
    """Object where the passage names two distinct substances and does not tell them apart."""
    for one, one_terms, other, other_terms in _pairs(base):
        first = one_terms.search(occurrence.quote)
        if first and (second := other_terms.search(occurrence.quote)) and not _APART.search(occurrence.quote):
            message = f"{first[0]!r} and {second[0]!r} are not the same: {one.label}; {other.label}"
            yield Remark(occurrence.at, message)


def _pairs(base: Base) -> Pairs:
    """The pairs of distinct concepts that copy has words for."""
    if "distinct" not in base.memo:
        concepts = base.vocabulary.concepts
        base.memo["distinct"] = [
            (one, _terms(one), concepts[name], _terms(concepts[name]))
            for one in concepts.values()
            for name in one.distinct
            if one.terms and concepts[name].terms
        ]
    return base.memo["distinct"]  # type: ignore[return-value]


def _terms(concept: Concept) -> re.Pattern[str]:
    longest_first = sorted(concept.terms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
