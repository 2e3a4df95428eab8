"""Sources that may have counted some of the same people: together they are one result."""

from collections.abc import Iterable

from claimbook.records import Base


def overlapping(keys: Iterable[str], base: Base) -> list[tuple[str, ...]]:
    """The groups of more than one among some sources that overlap, directly or through others."""
    keys = tuple(dict.fromkeys(keys))
    overlaps = {key: {key, *base.sources[key].overlaps} for key in keys}
    groups: list[set[str]] = []
    for key in keys:
        near = {other for other in keys if other in overlaps[key] or key in overlaps[other]}
        joined = near.union(*(group for group in groups if group & near))
        groups = [group for group in groups if not group & near] + [joined]
    return [tuple(key for key in keys if key in group) for group in groups if len(group) > 1]
