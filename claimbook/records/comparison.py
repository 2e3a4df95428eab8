"""How two values stand to each other: interval and set arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claimbook.records.values import (
    Amount,
    ConceptSet,
    Direction,
    Effect,
    Regimen,
    Share,
    Value,
    YesNo,
)

# How sure each effect is: a change where the evidence is mixed or unclear claims too much.
_SURE = {Direction.UNCLEAR: 0, Direction.MIXED: 1}
_SUREST = 2  # the others
_IN_ALL = "in all"  # of what is given in one session


class Relation(StrEnum):
    """How what a page says stands to what another says."""

    AGREES = "agrees"
    EXCEEDS = "exceeds"
    FALLS_SHORT = "falls-short"
    CONFLICTS = "conflicts"
    NOT_COMPARABLE = "not-comparable"


MIRROR = {Relation.EXCEEDS: Relation.FALLS_SHORT, Relation.FALLS_SHORT: Relation.EXCEEDS}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The relation, and why in a few words."""

    relation: Relation
    reason: str


def compare(
    page: Value, other: Value, above: Mapping[str, frozenset[str]] | None = None
) -> Comparison:
    """How what a page says stands to what a finding, or another page, says of the same outcome.

    *exceeds*: the page claims more (a larger number, a surer effect, a wider set); *falls short* is
    the mirror image. *conflicts*: both cannot be so. Swapping the two mirrors the relation; two
    lists of which each names something that the other does not exceed each other, and a regimen of
    fewer parts may agree with one of more, which cannot be compared with it.
    A page may say no more than was found: the printed share, or the one its count comes to,
    decides. Two counts agree where their Wilson intervals meet.

    Args:
        above: for every concept the broader ones, so that a clinic counts as a medical setting.
    """
    match page, other:
        case Effect(), Effect():
            return _compare_effects(page.direction, other.direction)
        case YesNo(), YesNo():
            if page.holds == other.holds:
                return Comparison(Relation.AGREES, f"both say {'yes' if page.holds else 'no'}")
            return Comparison(Relation.CONFLICTS, "one says yes, the other no")
        case ConceptSet(), ConceptSet():
            return _compare_sets(page, other, above or {})
        case Amount(), Amount() if page.dimension != other.dimension:
            reason = f"{page.dimension} against {other.dimension}"
        case Share(), Share():
            return _compare_shares(page, other)
        case Amount(), Amount():
            return _compare_numbers(page, other)
        case Regimen(), Regimen():
            return _compare_regimens(page, other)
        case _:
            reason = f"{page.noun} against {other.noun}"
    return Comparison(Relation.NOT_COMPARABLE, reason)


def _compare_effects(page: Direction, other: Direction) -> Comparison:
    if page == other:
        return Comparison(Relation.AGREES, f"both say {page.in_words}")
    reason = f"{page.in_words}, against {other.in_words}"
    mine, theirs = _SURE.get(page, _SUREST), _SURE.get(other, _SUREST)
    if mine < theirs:
        return Comparison(Relation.FALLS_SHORT, reason)
    return Comparison(Relation.EXCEEDS if mine > theirs else Relation.CONFLICTS, reason)


def _compare_shares(page: Share, other: Share) -> Comparison:
    """Two shares, and where both are given the shares that they were compared with."""
    compared = _compare_numbers(page, other)
    if compared.relation is not Relation.AGREES or not page.against or not other.against:
        return compared
    arms = _compare_numbers(page.against, other.against)
    reason = f"{compared.reason}; compared with {arms.reason}"
    agrees = arms.relation is Relation.AGREES
    return Comparison(Relation.AGREES if agrees else Relation.CONFLICTS, reason)


def _compare_regimens(page: Regimen, other: Regimen) -> Comparison:
    """Regimens conflict where a part is apart, and agree where the other has all of the page's."""
    theirs, mine, total = dict(other.parts), page.total, other.total
    parts = {name: compare(part, theirs[name]) for name, part in page.parts if name in theirs}
    hourly = mine not in dict(page.parts).values() or total not in theirs.values()
    if mine and total and hourly and mine.dimension == total.dimension:
        if parts["dose"].relation is Relation.NOT_COMPARABLE:
            del parts["dose"]  # an hourly one against one in all
        parts[_IN_ALL] = compare(mine, total)
    unlike = {name for name, each in parts.items() if each.relation is Relation.NOT_COMPARABLE}
    apart = {name for name, each in parts.items() if each.relation is not Relation.AGREES} - unlike
    missing = [f"gives no {name}" for name, _ in page.parts if name not in theirs]
    chosen = apart | {_IN_ALL} if apart else unlike if unlike or missing else set(parts)
    reasons = [f"{name}: {each.reason}" for name, each in parts.items() if name in chosen]
    if apart:
        return Comparison(Relation.CONFLICTS, "; ".join(reasons))
    if unlike or missing:
        return Comparison(Relation.NOT_COMPARABLE, "; ".join((*reasons, *missing)))
    return Comparison(Relation.AGREES, "; ".join(reasons))


def _compare_numbers(page: Share | Amount, other: Share | Amount) -> Comparison:
    mine, theirs = page.interval, other.interval
    reason = f"{page.told} against {other.told}"
    if mine.threshold and theirs.threshold and page.figure and other.figure:
        if mine == theirs:
            return Comparison(Relation.AGREES, reason)
        apart = Relation.EXCEEDS if mine.low > theirs.low else Relation.FALLS_SHORT
        relation = Relation.CONFLICTS if mine.same_limit(theirs) else apart
        return Comparison(relation, f"{reason}: not the same limit")
    if (
        mine.meets(theirs)
        or (page.counted and page.counted.meets(theirs))
        or (other.counted and mine.meets(other.counted))
    ):
        return Comparison(Relation.AGREES, reason)
    widely = page.uncertain.meets(other.uncertain)
    if widely and page.counted and other.counted:
        return Comparison(Relation.AGREES, f"{reason}: their 95% intervals meet")
    within = ", though within the 95% interval of the count" if widely else ""
    relation = Relation.FALLS_SHORT if mine.before(theirs) else Relation.EXCEEDS
    return Comparison(relation, reason + within)


def _compare_sets(
    page: ConceptSet, other: ConceptSet, above: Mapping[str, frozenset[str]]
) -> Comparison:
    mine, theirs = _Set(page.concepts, above), _Set(other.concepts, above)
    match page.mode, other.mode:
        case "includes", "includes":
            return _listed(mine, theirs)
        case "excludes", "excludes":
            return Comparison(Relation.AGREES, "both rule out")
        case "only", "only":
            return _LIMITS[mine.within(theirs), theirs.within(mine)]
        case "includes", "only":
            return _allowed(mine, theirs)
        case "only", "includes":
            turned = _allowed(theirs, mine)
            return Comparison(MIRROR.get(turned.relation, turned.relation), turned.reason)
        case "only", "excludes":
            clash = mine.within(theirs)
        case "excludes", "only":
            clash = theirs.within(mine)
        case _:
            clash = mine.touches(theirs)
    if clash:
        return Comparison(Relation.CONFLICTS, "one rules out what the other allows")
    return Comparison(Relation.AGREES, "nothing that one rules out is allowed by the other")


# By whether the page's set lies inside the other one, and the other one inside the page's.
_LIMITS = {
    (True, True): Comparison(Relation.AGREES, "the same set"),
    (True, False): Comparison(Relation.FALLS_SHORT, "one set inside the other"),
    (False, True): Comparison(Relation.EXCEEDS, "one set inside the other"),
    (False, False): Comparison(Relation.CONFLICTS, "each allows what the other does not"),
}


@dataclass(frozen=True, slots=True)
class _Set:
    """Concepts in their hierarchy: a narrower concept is inside a broader one."""

    concepts: frozenset[str]
    above: Mapping[str, frozenset[str]]

    def has(self, name: str) -> bool:
        return name in self.concepts or bool(self.above.get(name, frozenset()) & self.concepts)

    def beyond(self, other: "_Set") -> list[str]:
        return sorted(name for name in self.concepts if not other.has(name))

    def within(self, other: "_Set") -> bool:
        return not self.beyond(other)

    def touches(self, other: "_Set") -> bool:
        names = {*self.concepts, *other.concepts, *self.above}
        return any(self.has(name) and other.has(name) for name in names)


def _listed(mine: _Set, theirs: _Set) -> Comparison:
    """What one names of what the other names; neither rules out what it leaves out."""
    more = mine.beyond(theirs)
    if not more and theirs.within(mine):
        return Comparison(Relation.AGREES, "the same list")
    if not more:
        return Comparison(Relation.FALLS_SHORT, "all on the other list, which names more")
    if mine.touches(theirs):
        return Comparison(Relation.EXCEEDS, f"{', '.join(more)}: not on the other list")
    reason = "nothing in common, and neither list rules the other's out"
    return Comparison(Relation.NOT_COMPARABLE, reason)


def _allowed(included: _Set, allowed: _Set) -> Comparison:
    """What one names among the things that the other allows, and no more."""
    outside = included.beyond(allowed)
    if not outside:
        return Comparison(Relation.AGREES, "all within what is allowed")
    names = ", ".join(outside)
    if all(_Set(frozenset({name}), allowed.above).touches(allowed) for name in outside):
        return Comparison(Relation.EXCEEDS, f"{names}: wider than what is allowed")
    return Comparison(Relation.CONFLICTS, f"{names}: not among what is allowed")
