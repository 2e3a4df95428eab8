"""Sources that count as one: of the same people, or of one research group.

A base does not record research groups. Two studies count as one group's where it is recorded that
they may have counted the same people, or where they have an author in common: the same family name
and first initial. That joins too much rather than too little, as names can be alike.
"""

from collections.abc import Iterable, Mapping

from claimbook.evidence.appraisal import body
from claimbook.evidence.index import Index
from claimbook.records import Base, Claim, Reference, SourceKind
from claimbook.records.grouping import grouped, joined

_OTHERS = "others"  # stands for people whom a reference does not name


def _authors(reference: Reference) -> Mapping[tuple[str, str], str]:
    """The authors of a reference, by family name and first initial."""
    parts = ((name, *name.partition(",")[::2]) for name in reference.persons.get("author", ()))
    return {
        (family.strip().casefold(), given.strip()[:1].casefold()): name
        for name, family, given in parts
        if family.strip() != _OTHERS
    }


def shared_authors(keys: Iterable[str], base: Base) -> tuple[str, ...]:
    """The authors that two or more of some sources have in common, by name."""
    of_each = (_authors(base.references[key]) for key in keys)
    authors = grouped(pair for names in of_each for pair in names.items())
    return tuple(sorted(names[0] for names in authors.values() if len(names) > 1))


def same_people(one: str, other: str, base: Base) -> bool:
    """Whether it is recorded that two sources may have counted some of the same people."""
    return other in base.sources[one].overlaps or one in base.sources[other].overlaps


def overlapping(keys: Iterable[str], base: Base) -> list[tuple[str, ...]]:
    """The groups of more than one among some sources that may have counted the same people.

    Directly or through others: together they are one result.
    """
    groups = joined(keys, lambda one, other: same_people(one, other, base))
    return [group for group in groups if len(group) > 1]


def research_groups(keys: Iterable[str], base: Base) -> list[tuple[str, ...]]:
    """Some sources by research group, directly joined or through others, in their order."""

    def near(one: str, other: str) -> bool:
        return same_people(one, other, base) or bool(shared_authors((one, other), base))

    return joined(keys, near)


def only_studies(claim: Claim, index: Index) -> tuple[str, ...]:
    """The studies that bear on a claim, if they are of one research group; else none.

    A claim that a review bears on does not rest on one group: a review weighs the work of others.
    """
    bearing = (each for each in body(claim, index) if each.usable and each.level)
    studies = tuple(dict.fromkeys(each.finding.source for each in bearing))
    plain = all(index.base.sources[key].kind is SourceKind.STUDY for key in studies)
    return studies if plain and len(research_groups(studies, index.base)) == 1 else ()
