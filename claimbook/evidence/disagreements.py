"""What passages say of one claim, compared with one another."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from claimbook.evidence.directness import Difference, directness
from claimbook.evidence.index import Index, grouped, remembered
from claimbook.records import (
    FACETS,
    Amount,
    Claim,
    Comparison,
    ConceptSet,
    Occurrence,
    Relation,
    Scope,
    Share,
    Value,
    compare,
)


class PairRelation(StrEnum):
    """How two different things that pages say of one claim relate to each other."""

    CONFLICT = "conflict"
    DIFFERENT_SCOPE = "different scope"
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two different things said of one claim: the passages, and the facets that differ."""

    passages: tuple[Occurrence, ...]
    others: tuple[Occurrence, ...]
    comparison: Comparison
    kind: PairRelation
    facets: tuple[str, ...] = ()


@remembered
def pairs(claim: Claim, index: Index) -> tuple[Pair, ...]:
    """Every pair of different values that passages give for a claim.

    Passages are grouped by what they say, and groups are compared, not passages. Passages of
    another scope (another route, another population) are of different scope, never in conflict. A
    set that is closed ("only in a clinic") or that rules out holds for every narrower scope too.
    """
    base = index.base
    groups = grouped(((base.scope_of(o), o.says), o) for o in claim.occurrences if o.says)
    result = []
    for ((scope, says), passages), ((scope_b, says_b), passages_b) in combinations(
        groups.items(), 2
    ):
        if says == says_b:
            continue
        comparison = compare(says, says_b, base.vocabulary.above)
        facets = tuple(name for name in FACETS if getattr(scope, name) != getattr(scope_b, name))
        holds = _holds(says, scope, scope_b, index) or _holds(says_b, scope_b, scope, index)
        kind = PairRelation.COMPATIBLE
        if _disagree(comparison, says):
            kind = PairRelation.DIFFERENT_SCOPE if facets and not holds else PairRelation.CONFLICT
        result.append(Pair(passages, passages_b, comparison, kind, facets))
    return tuple(result)


def disagreements(claim: Claim, index: Index) -> tuple[Pair, ...]:
    """The pairs that cannot both be so."""
    return tuple(pair for pair in pairs(claim, index) if pair.kind is PairRelation.CONFLICT)


def _holds(value: Value, scope: Scope, narrower: Scope, index: Index) -> bool:
    """Whether a set said of one scope holds in a narrower one: it is closed, or rules out."""
    if not isinstance(value, ConceptSet) or value.mode == "includes":
        return False
    differences = directness(scope, narrower, index.base.vocabulary).differences
    return all(how is Difference.NARROWER for _, how in differences)


def _disagree(comparison: Comparison, value: Value) -> bool:
    """Two numbers apart cannot both be so; two effects or sets only where they conflict."""
    differ = comparison.relation in (Relation.EXCEEDS, Relation.FALLS_SHORT)
    number = isinstance(value, Share | Amount)
    return comparison.relation is Relation.CONFLICTS or (differ and number)
