"""How one claim bears on another: what is recorded, and what follows from it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from claimbook.evidence.index import Index, memoized
from claimbook.records import FACETS, ClaimRelation, RelationKind, Scope
from claimbook.records.grouping import grouped


@memoized
def relations(index: Index) -> Mapping[tuple[str, str], ClaimRelation]:
    """How each claim bears on another: what is recorded, and what follows from it.

    What a claim implies (or is a narrower case of) it shares: who affirms it affirms that too, and
    what opposes that opposes it.
    """
    base = index.base
    stated = {
        (claim.id, each.to): each
        for claim in base.claims.values()
        for each in claim.relations
        if each.to in base.claims
    }
    implied = {name: base.implied(name) for name in base.claims}
    implied_by = grouped((other, name) for name, reached in implied.items() for other in reached)
    found = dict(stated)
    for (name, other), bearing in stated.items():
        if bearing.how is RelationKind.OPPOSES:
            sides = (name, *implied_by.get(name, ())), (other, *implied_by.get(other, ()))
            for pair in product(*sides):
                if pair[0] != pair[1] and pair not in found and pair[::-1] not in found:
                    found[pair] = replace(bearing, to=pair[1])
    for name, reached in implied.items():
        for other, because in reached.items():
            follows = ClaimRelation(other, RelationKind.IMPLIES, because)
            found.setdefault((name, other), follows)
    return found


def scopes_apart(scope: Scope, other: Scope, index: Index) -> bool:
    """Whether two scopes have nothing in common in some facet but the outcome."""
    apart = index.base.vocabulary.apart
    facets = (facet for facet in FACETS if facet != "outcome")
    return any(apart([getattr(scope, facet)], [getattr(other, facet)]) for facet in facets)
