"""Things by what they have in common."""

from collections.abc import Callable, Iterable
from itertools import chain, combinations
from typing import TypeVar

Key = TypeVar("Key")
Member = TypeVar("Member")


def grouped(pairs: Iterable[tuple[Key, Member]]) -> dict[Key, tuple[Member, ...]]:
    """The members of each key, both in the order of the pairs."""
    groups: dict[Key, list[Member]] = {}
    for key, member in pairs:
        groups.setdefault(key, []).append(member)
    return {key: tuple(members) for key, members in groups.items()}


def joined(items: Iterable[Key], near: Callable[[Key, Key], bool]) -> list[tuple[Key, ...]]:
    """Items in groups, near one another directly or through others, in their order."""
    unlike = list(dict.fromkeys(items))
    pairs = ((one, other) for other, one in combinations(unlike, 2))
    return connected(unlike, (pair for pair in pairs if near(*pair)))


def connected(items: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> list[tuple[Key, ...]]:
    """Items in groups, paired directly or through others, in their order."""
    places = {item: place for place, item in enumerate(items)}
    beside = grouped(chain.from_iterable(((one, other), (other, one)) for one, other in pairs))
    groups: list[tuple[Key, ...]] = []
    seen: set[Key] = set()
    for item in places:
        if item not in seen:
            group = reachable([item], lambda each: beside.get(each, ()))
            groups.append(tuple(sorted(group, key=places.__getitem__)))
            seen.update(group)
    return groups


def reachable(start: Iterable[Key], beside: Callable[[Key], Iterable[Key]]) -> list[Key]:
    """Some things, and what stands beside them, directly or through others, the nearest first."""
    found = list(dict.fromkeys(start))
    seen = set(found)
    for each in found:  # which grows
        fresh = [other for other in dict.fromkeys(beside(each)) if other not in seen]
        found += fresh
        seen.update(fresh)
    return found
