"""Claims of which nobody has said how they bear on each other, though they share something."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product

from claimbook.evidence.index import Index, memoized
from claimbook.evidence.relations import relations, scopes_apart
from claimbook.records import UNCHECKABLE, Claim
from claimbook.records.grouping import grouped


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two claims that share something, and of which nobody has said how they bear on each other."""

    claim: Claim
    other: Claim
    shared: str  # "outcome", "kind of outcome" or "question"


@memoized
def undecided(index: Index) -> tuple[Undecided, ...]:
    """The claims to hold beside one another, those with most passages first.

    They share an outcome (or one's is a kind of the other's) or a patient's question, pages make
    both, and their scopes have something in common. What nobody can check is left out.
    """
    claims = {name: claim for name, claim in index.base.claims.items() if _speaks(claim)}
    pairs = (
        Undecided(claims[name], claims[other], shared)
        for (name, other), shared in sorted(_near(claims, index).items())
        if _open(claims[name], claims[other], index)
    )

    def passages(pair: Undecided) -> int:
        return len(pair.claim.occurrences) * len(pair.other.occurrences)

    return tuple(sorted(pairs, key=passages, reverse=True))


def undecided_on_outcome(claim: Claim, index: Index) -> tuple[Undecided, ...]:
    """The pairs of `undecided` on one outcome of which a claim is the first."""
    return tuple(
        Undecided(claim, other, "outcome")
        for other in _by_outcome(index).get(claim.about.outcome, ())
        if _speaks(claim) and claim.id < other.id and _open(claim, other, index)
    )


@memoized
def _by_outcome(index: Index) -> Mapping[str | None, tuple[Claim, ...]]:
    """The claims that can be held beside others, by their outcome."""
    claims = filter(_speaks, index.base.claims.values())
    return grouped((claim.about.outcome, claim) for claim in claims)


def _speaks(claim: Claim) -> bool:
    """Whether a page makes a claim on an outcome, and somebody can check it."""
    return bool(claim.occurrences and claim.kind not in UNCHECKABLE and claim.about.outcome)


def _open(claim: Claim, other: Claim, index: Index) -> bool:
    """Whether nobody decided how two claims bear on each other, and their scopes meet."""
    ways = {(claim.id, other.id), (other.id, claim.id)}
    return relations(index).keys().isdisjoint(ways) and not scopes_apart(
        claim.about, other.about, index
    )


def _near(claims: Mapping[str, Claim], index: Index) -> dict[tuple[str, str], str]:
    """Each two of some claims that share something, with the nearest: see `Undecided.shared`.

    Only claims of one group are held against each other, so that the work grows with the groups.
    """
    topics, above = index.base.topics.values(), index.base.vocabulary.above.items()
    on = grouped((claim.about.outcome, name) for name, claim in claims.items())
    questions = (combinations(claims.keys() & topic.claims, 2) for topic in topics)
    kinds = (product(on.get(one, ()), on.get(each, ())) for one, broad in above for each in broad)
    outcomes = (combinations(names, 2) for names in on.values())
    near: dict[tuple[str, str], str] = {}
    for shared, groups in (
        ("question", questions), ("kind of outcome", kinds), ("outcome", outcomes),
    ):  # fmt: skip
        near |= {(min(pair), max(pair)): shared for group in groups for pair in group}
    return near
