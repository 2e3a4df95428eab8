"""Things by what they have in common."""

from collections.abc import Callable, Iterable
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
    places = {item: place for place, item in enumerate(dict.fromkeys(items))}
    groups: list[list[Key]] = []
    for item in places:
        akin = [group for group in groups if any(near(item, other) for other in group)]
        groups = [group for group in groups if group not in akin]
        groups.append([*(other for group in akin for other in group), item])
    ordered = (tuple(sorted(group, key=places.__getitem__)) for group in groups)
    return sorted(ordered, key=lambda group: places[group[0]])


def reachable(start: Iterable[Key], beside: Callable[[Key], Iterable[Key]]) -> list[Key]:
    """Some things, and what stands beside them, directly or through others, the nearest first."""
    found = list(dict.fromkeys(start))
    seen = set(found)
    for each in found:  # which grows
        fresh = [other for other in dict.fromkeys(beside(each)) if other not in seen]
        found += fresh
        seen.update(fresh)
    return found
