"""What passages say of one claim, held beside one another."""

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
    """How two different things that pages say of one claim stand to each other."""

    CONFLICT = "conflict"
    DIFFERENT_SCOPE = "different scope"
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two different things that pages say of one claim: the passages, how they stand to each other, and the facets that differ."""

    one: tuple[Occurrence, ...]
    other: tuple[Occurrence, ...]
    comparison: Comparison
    kind: PairRelation
    facets: tuple[str, ...] = ()


@remembered
def pairs(claim: Claim, index: Index) -> tuple[Pair, ...]:
    """Every pair of different values that passages give for a claim.

    Passages are grouped by what they say, and groups are compared, not passages. Passages of another scope (another route,
    another population) are of different scope, never in conflict. A set that is closed ("only in a clinic") or that rules out
    holds for every narrower scope too.
    """
    groups = grouped(
        ((index.base.scope_of(one), one.says), one) for one in claim.occurrences if one.says
    )
    found = []
    for ((scope, value), some), ((other_scope, other_value), others) in combinations(
        groups.items(), 2
    ):
        if value == other_value:
            continue
        comparison = compare(value, other_value, index.base.vocabulary.above)
        facets = tuple(
            name for name in FACETS if getattr(scope, name) != getattr(other_scope, name)
        )
        held = _holds(value, scope, other_scope, index) or _holds(
            other_value, other_scope, scope, index
        )
        kind = PairRelation.COMPATIBLE
        if _disagree(comparison, value):
            kind = PairRelation.DIFFERENT_SCOPE if facets and not held else PairRelation.CONFLICT
        found.append(Pair(some, others, comparison, kind, facets))
    return tuple(found)


def disagreements(claim: Claim, index: Index) -> tuple[Pair, ...]:
    """The pairs that cannot both be so."""
    return tuple(pair for pair in pairs(claim, index) if pair.kind is PairRelation.CONFLICT)


def _holds(value: Value, scope: Scope, narrower: Scope, index: Index) -> bool:
    """Whether a set said of one scope holds in another, because it is closed or rules out and the other scope is narrower."""
    if not isinstance(value, ConceptSet) or value.mode == "includes":
        return False
    differences = directness(scope, narrower, index.base.vocabulary).differences
    return all(how is Difference.NARROWER for _, how in differences)


def _disagree(comparison: Comparison, value: Value) -> bool:
    """Two numbers apart cannot both be so; two effects or sets only where they conflict."""
    apart = comparison.relation in (Relation.EXCEEDS, Relation.FALLS_SHORT)
    return comparison.relation is Relation.CONFLICTS or (
        apart and isinstance(value, Share | Amount)
    )
