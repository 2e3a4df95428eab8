"""What passages say, held beside one another: on one claim, and on claims that bear on each other.

The same functions hold page against page, a page against itself, and a draft against itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, permutations, product

from claimbook.evidence.directness import Difference, directness
from claimbook.evidence.index import Index, memoized
from claimbook.evidence.passages import sentence_of
from claimbook.evidence.relations import relations, scopes_apart
from claimbook.records import (
    DANGERS,
    FACETS,
    Amount,
    Base,
    Claim,
    ClaimRelation,
    Comparison,
    ConceptSet,
    Direction,
    Effect,
    Kind,
    Occurrence,
    RelatedPassage,
    Relation,
    RelationKind,
    Scope,
    Share,
    Value,
    YesNo,
    compare,
)
from claimbook.records.grouping import grouped

FAR = 2  # numbers of which one is more than twice the other cannot both be usual
_SETTLED = frozenset({Kind.DEFINITION, Kind.APPROVAL})  # facts, on which any difference counts


class DisagreementKind(StrEnum):
    """How two different things that are said relate to each other, gravest first."""

    CONFLICT = "conflict"  # both cannot be so
    TENSION = "tension"  # both may be so, but they lead a reader two ways
    DEGREE = "degree"  # the same direction, of another size or certainty
    SCOPE = "scope"  # said of other people, another form or another moment
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two different things that are said: the passages, and the facets in which they differ.

    `reason` is empty where the words say enough: yes against no.
    """

    passages: tuple[Occurrence, ...]
    others: tuple[Occurrence, ...]
    kind: DisagreementKind
    reason: str
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """All passages that disagree in one way on one claim, or on two that bear on each other.

    `sides` are the groups of passages that say the same, `reasons` what their words may not show;
    `grave`: a reader who follows the wrong side may come to harm; `small`: nothing follows for a
    patient, or nobody has written what does; `ordered`: a person chose the passages, those that
    tell most first.
    """

    claims: tuple[Claim, ...]
    kind: DisagreementKind
    sides: tuple[tuple[Occurrence, ...], ...]
    reasons: tuple[str, ...]
    grave: bool
    small: bool = False
    ordered: bool = False

    @property
    def id(self) -> str:
        """A name that stays the same as long as its first two claims and its kind do."""
        return "--".join((*(claim.id for claim in self.claims[:2]), self.kind))

    @property
    def severity(self) -> tuple[bool, bool, int]:
        """By what a reader could do wrong, the worst first: harm counts before the kind."""
        return self.small, not self.grave, list(DisagreementKind).index(self.kind)

    @property
    def row(self) -> tuple[str, ...]:
        """What is told of in one row: a claim, or whatever one reason is written for."""
        on = (self.id,) if len(self.claims) == 1 else self.reasons
        return (self.kind, *on)

    @property
    def passages(self) -> tuple[Occurrence, ...]:
        """The passages of all sides."""
        return tuple(passage for side in self.sides for passage in side)

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of its passages, each once."""
        return tuple(dict.fromkeys(passage.page for passage in self.passages))


@memoized
def between_pages(index: Index) -> tuple[Disagreement, ...]:
    """The disagreements between pages, in the order of the first of their claims."""
    claims = index.base.claims.values()
    return tuple(each for claim in claims for each in from_claim(claim, index))


@memoized
def from_claim(claim: Claim, index: Index) -> tuple[Disagreement, ...]:
    """The disagreements between pages of which a claim is the first."""
    found = _from_claim(claim.id, _passages_by_claim(index), index)
    return tuple(dict.fromkeys(each for each in found if _of_two_pages(each.sides)))


@memoized
def _passages_by_claim(index: Index) -> Mapping[str, Sequence[Occurrence]]:
    return {claim.id: claim.occurrences for claim in index.base.claims.values()}


def _of_two_pages(sides: tuple[tuple[Occurrence, ...], ...]) -> bool:
    """Whether some two sides are not both of one page alone."""
    return any(len({o.page for o in (*side, *other)}) > 1 for side, other in combinations(sides, 2))


@memoized
def within_page(page: str, index: Index) -> tuple[Disagreement, ...]:
    """The disagreements of a page with itself; what is written of how pages differ is not told."""
    passages = grouped((occurrence.claim, occurrence) for occurrence in index.base.by_page[page])
    found = (each for name in passages for each in _from_claim(name, passages, index, within=True))
    return tuple(found)


def _from_claim(
    name: str, passages: Mapping[str, Sequence[Occurrence]], index: Index, *, within: bool = False
) -> Iterator[Disagreement]:
    """Every disagreement between passages, given by claim, of which one claim is the first.

    None is on a claim that was withdrawn.
    """
    base = index.base
    claim, occurrences = base.claims[name], passages[name]
    if claim.withdrawn:
        return
    of_one_scope = [
        each for each in pairs(claim, occurrences, index) if each.kind is not DisagreementKind.SCOPE
    ]
    written = None if within else claim.differences
    yield from _collected((claim,), of_one_scope, base, written=written)
    for other, bearing in _by_claim(index).get(name, ()):
        if other in passages and not base.claims[other].withdrawn:
            found = _related_pairs(bearing, occurrences, passages[other], index)
            yield from _collected((claim, base.claims[other]), found, base, bearing=bearing)


@memoized
def _by_claim(index: Index) -> Mapping[str, tuple[tuple[str, ClaimRelation], ...]]:
    return grouped((name, (other, how)) for (name, other), how in relations(index).items())


def _collected(
    claims: tuple[Claim, ...],
    found: Sequence[Pair],
    base: Base,
    *,
    bearing: ClaimRelation | None = None,
    written: str | None = None,
) -> Iterator[Disagreement]:
    """Pairs of one kind as one disagreement, each side once; no conflict or tension is small.

    What a person has *written* of how they differ stands for the reasons of the pairs. On one claim
    by itself what bears on no harm is small where nobody wrote what to ask.
    """
    warns = (each.kind in DANGERS or base.vocabulary.norm(each.about.outcome) for each in claims)
    grave = any(warns) or bool(bearing and bearing.grave)
    small = bool(bearing.small) if bearing else claims[0].differences is None and not grave
    ordered = bool(bearing and bearing.passages)
    for kind in list(DisagreementKind)[:-1]:
        of_kind = [pair for pair in found if pair.kind is kind]
        if of_kind:
            sides = dict.fromkeys(s for pair in of_kind for s in (pair.passages, pair.others))
            stated = (written or pair.reason for pair in of_kind)
            reasons = tuple(dict.fromkeys(filter(None, stated)))
            mild = small and kind in (DisagreementKind.DEGREE, DisagreementKind.SCOPE)
            yield Disagreement(claims, kind, tuple(sides), reasons, grave, mild, ordered)


def pairs(claim: Claim, passages: Sequence[Occurrence], index: Index) -> tuple[Pair, ...]:
    """Every pair of different values that passages give for a claim.

    Passages are grouped by what they say, and groups are compared, not passages. Passages of
    another scope (another route, another population) are of different scope, never in conflict;
    nor are the timetables of two clinics, which may differ. What some people are reported to do is
    in tension with what a page offers or asks for. A set that is closed ("only in a
    clinic"), and what is ruled out or denied, holds for every narrower scope too. Where a person
    chose the words of two pages and wrote how they bear on each other, these are not compared.
    """
    base, by_hand = index.base, _held_by_hand(index).get(claim.id, frozenset())
    told = _fullest(passages, base) if claim.kind in DANGERS else passages
    groups = grouped(((base.scope_of(o), o.says, bool(o.reported)), o) for o in told if o.says)
    result = []
    for one, another in combinations(groups.items(), 2):
        ((scope, says, reported), ours), ((scope_b, says_b, reported_b), theirs) = one, another
        some, others = _one_sided(ours, theirs), _one_sided(theirs, ours)
        some, others = _not_by_hand(some, others, by_hand), _not_by_hand(others, some, by_hand)
        if says == says_b or not (some and others):
            continue
        comparison = compare(says, says_b, base.vocabulary.above)
        facets = tuple(name for name in FACETS if getattr(scope, name) != getattr(scope_b, name))
        holds = _holds(says, scope, scope_b, index) or _holds(says_b, scope_b, scope, index)
        kind = _kind(comparison, says, says_b, claim.kind)
        if kind is DisagreementKind.CONFLICT and _of_timetables(claim, some, others):
            kind = DisagreementKind.DEGREE
        if kind is DisagreementKind.CONFLICT and reported != reported_b:
            kind = DisagreementKind.TENSION
        if kind is not DisagreementKind.COMPATIBLE and facets and not holds:
            kind = DisagreementKind.SCOPE
        reason = "" if isinstance(says, YesNo | Effect) else comparison.reason
        if kind is DisagreementKind.TENSION:
            reason = "what some people are reported to do, beside what another page asks for"
        if says.doubts or says_b.doubts:
            reason = "told as so, against as not known yet"
        result.append(Pair(some, others, kind, reason, facets))
    return tuple(result)


def _not_by_hand(
    passages: Sequence[Occurrence], others: Sequence[Occurrence], by_hand: frozenset[frozenset[str]]
) -> tuple[Occurrence, ...]:
    """Those whose page nobody has held beside the page of each of some others."""
    pages = {each.page for each in others}
    return tuple(o for o in passages if any(frozenset((o.page, p)) not in by_hand for p in pages))


@memoized
def _held_by_hand(index: Index) -> Mapping[str, frozenset[frozenset[str]]]:
    """By claim the pairs of pages whose words on it a person held beside each other.

    So it is where somebody chose a passage on the claim, and for the other side the words of
    another passage on it as they stand on another claim.
    """
    claims = index.base.claims
    found = (
        (name, frozenset((one.page, theirs.page)))
        for names, bearing in relations(index).items()
        for name, other in permutations(names)
        for theirs in _chosen(claims[other].occurrences, bearing.passages)
        if not all(_in_other_words(theirs, each) for each in claims[name].occurrences)
        for one in _chosen(claims[name].occurrences, bearing.passages)
        if one.page != theirs.page
    )
    return {name: frozenset(pairs) for name, pairs in grouped(found).items()}


def _fullest(passages: Sequence[Occurrence], base: Base) -> list[Occurrence]:
    """Passages without the lists that are a part of another list of the same page and scope.

    A page that names all in one place leaves nothing out where it gives examples in another.
    """
    lists = [(o, base.scope_of(o), _named(o)) for o in passages]
    return [
        o
        for o, scope, named in lists
        if not any(
            other.page == o.page and scope == scope_b and named and named < named_b
            for other, scope_b, named_b in lists
        )
    ]


def _named(passage: Occurrence) -> frozenset[str]:
    """What a passage lists among other things."""
    match passage.says:
        case ConceptSet(mode="includes") as listed:
            return frozenset(listed.concepts)
    return frozenset()


def _one_sided(
    passages: Sequence[Occurrence], others: Sequence[Occurrence]
) -> tuple[Occurrence, ...]:
    """Those of some passages whose page does not tell both what is so and the doubt of it.

    Such a page is balanced, and disagrees neither with others nor with itself.
    """
    on_others = grouped((each.page, each) for each in others)
    balanced = {
        each.page
        for each in passages
        for other in on_others.get(each.page, ())
        if _doubts(each) != _doubts(other)
    }
    return tuple(each for each in passages if each.page not in balanced)


def _doubts(passage: Occurrence) -> bool:
    return bool(passage.says and passage.says.doubts)


def _of_timetables(claim: Claim, some: Sequence[Occurrence], others: Sequence[Occurrence]) -> bool:
    """Whether no page is on both sides, and each tells when and how often it treats."""
    apart = {each.page for each in some}.isdisjoint(each.page for each in others)
    return apart and all(map(claim.tells_timetable, (*some, *others)))


def _holds(value: Value, scope: Scope, narrower: Scope, index: Index) -> bool:
    """Whether what is said of one scope holds in a narrower one: it is closed, or denies."""
    closed = isinstance(value, ConceptSet) and value.mode != "includes"
    if not closed and not (isinstance(value, YesNo) and value.denies):
        return False
    differences = directness(scope, narrower, index.base.vocabulary).differences
    return all(how is Difference.NARROWER for _, how in differences)


def _kind(comparison: Comparison, value: Value, other: Value, kind: Kind) -> DisagreementKind:
    """What a comparison of two values comes to, of passages of the same scope."""
    if comparison.relation is Relation.CONFLICTS:
        match value, other:
            case Amount(), Amount() if value.interval.same_limit(other.interval):
                return DisagreementKind.DEGREE
        return DisagreementKind.CONFLICT
    if comparison.relation not in (Relation.EXCEEDS, Relation.FALLS_SHORT):
        return DisagreementKind.COMPATIBLE
    match value, other:
        case ConceptSet(mode="includes"), ConceptSet(mode="includes") if kind not in DANGERS:
            return DisagreementKind.COMPATIBLE  # examples, of which none that is left out can hurt
        case (Share() | Amount(), Share() | Amount()):
            low, high = sorted((value.interval, other.interval), key=lambda interval: interval.low)
            if kind in _SETTLED or high.low > FAR * low.high:
                return DisagreementKind.CONFLICT
    return DisagreementKind.DEGREE


def _related_pairs(
    bearing: ClaimRelation,
    passages: Sequence[Occurrence],
    others: Sequence[Occurrence],
    index: Index,
) -> list[Pair]:
    """The passages on two claims that disagree for how one claim bears on the other.

    The same words of one page do not meet; short of a conflict, a sentence that tells the other
    side too is left out of the first. Nor do passages meet whose scopes have nothing in common, but
    where it is recorded that claims differ, or that claims so far apart are in tension. Where a
    person chose the passages, all of these meet, in their order.
    """
    if bearing.passages:
        passages, others = (_chosen(some, bearing.passages) for some in (passages, others))
    result: list[Pair] = []
    groups, groups_b = _by_position(passages, index), _by_position(others, index)
    for (position_a, some), (position_b, more) in product(groups.items(), groups_b.items()):
        kind = _DISAGREE.get((bearing.how, position_a, position_b))
        if kind is None:
            continue
        held = product(some, more) if bearing.passages else _held(bearing, kind, some, more, index)
        met = [(one, other) for one, other in held if _in_other_words(one, other)]
        if met:
            first, second = (tuple(dict.fromkeys(side)) for side in zip(*met, strict=True))
            result.append(Pair(first, second, kind, bearing.because))
    return result


def _chosen(passages: Sequence[Occurrence], wanted: Sequence[RelatedPassage]) -> list[Occurrence]:
    """The passages that a person chose, in their order."""
    chosen = (passage for each in wanted for passage in passages if each.names(passage))
    return list(dict.fromkeys(chosen))


def _held(
    bearing: ClaimRelation,
    kind: DisagreementKind,
    some: Sequence[Occurrence],
    more: Sequence[Occurrence],
    index: Index,
) -> Iterator[tuple[Occurrence, Occurrence]]:
    """The passages of two claims that are held beside each other, where nobody chose them."""
    scope, scope_b = (index.base.claim_of(each[0]).about for each in (some, more))
    tense = bearing.how is RelationKind.IN_TENSION
    far = bearing.how in (RelationKind.DIFFERS, RelationKind.OTHER_SCOPE)
    far = far or (tense and scopes_apart(scope, scope_b, index))
    scope_of = index.base.scope_of
    alone = [
        each
        for each in some
        if kind is DisagreementKind.CONFLICT or set(more).isdisjoint(sentence_of(each, index))
    ]
    for one, other in product(_one_sided(alone, more), _one_sided(more, some)):
        if far or not scopes_apart(scope_of(one), scope_of(other), index):
            yield one, other


def _in_other_words(passage: Occurrence, other: Occurrence) -> bool:
    """Whether two passages are of two pages, or neither is a part of the other."""
    return passage.page != other.page or not (
        passage.quote in other.quote or other.quote in passage.quote
    )


_DISAGREE: Mapping[tuple[RelationKind, str, str], DisagreementKind] = {
    (RelationKind.OPPOSES, "affirms", "affirms"): DisagreementKind.CONFLICT,
    (RelationKind.IN_TENSION, "affirms", "affirms"): DisagreementKind.TENSION,
    (RelationKind.DIFFERS, "affirms", "affirms"): DisagreementKind.DEGREE,
    (RelationKind.DIFFERS, "affirms", "denies"): DisagreementKind.DEGREE,  # little, against none
    (RelationKind.OTHER_SCOPE, "affirms", "affirms"): DisagreementKind.SCOPE,
    (RelationKind.OTHER_SCOPE, "affirms", "denies"): DisagreementKind.SCOPE,
    (RelationKind.IMPLIES, "affirms", "denies"): DisagreementKind.CONFLICT,
    (RelationKind.IMPLIES, "affirms", "doubts"): DisagreementKind.DEGREE,
    (RelationKind.SUGGESTS, "affirms", "denies"): DisagreementKind.TENSION,
    (RelationKind.NARROWER, "affirms", "denies"): DisagreementKind.CONFLICT,
    (RelationKind.NARROWER, "affirms", "doubts"): DisagreementKind.DEGREE,
}


def _by_position(passages: Sequence[Occurrence], index: Index) -> dict[str, tuple[Occurrence, ...]]:
    """Passages by whether they affirm, deny or doubt their claim."""
    return grouped(
        (position(occurrence, index.base.claim_of(occurrence).kind), occurrence)
        for occurrence in passages
    )


def position(occurrence: Occurrence, kind: Kind) -> str:
    """Whether a passage `affirms`, `denies` or `doubts` its claim, which is of the *kind*.

    A claim of safety says that a harm does not come: who sees no effect on it affirms that claim.
    """
    says = occurrence.says
    if says and says.doubts:
        return "doubts"
    if kind is Kind.SAFETY and isinstance(says, Effect):
        return "denies" if says.direction is Direction.INCREASES else "affirms"
    return "denies" if says and says.denies else "affirms"
