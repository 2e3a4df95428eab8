"""A base and everything that is looked up in it, each looked up once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from claimbook.records import Base, Claim, Finding, Kind, Occurrence, Page, Record
from claimbook.records.grouping import grouped

Key = TypeVar("Key")
Subject = TypeVar("Subject")
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Index:
    """A base with its records by what they have to do with, in the order of the records.

    Sources and outcomes are named by their ids, findings by `source/finding`. *today* is the day
    by which dates are judged; without it none is past.
    """

    def __init__(self, base: Base, today: date = date.min) -> None:
        self.base, self.today = base, today
        self.results: dict[object, Any] = {}  # of the functions that are `memoized`

    def kinds(self, record: Record) -> frozenset[Kind]:
        """The kinds of claim that a record makes: a page, those of its passages."""
        match record:
            case Claim():
                return frozenset({record.kind})
            case Occurrence():
                return frozenset({self.base.claim_of(record).kind})
            case Page():
                passages = self.base.by_page[record.id]
                return frozenset(self.base.claim_of(passage).kind for passage in passages)
        return frozenset()

    def findings_cited(self, occurrence: Occurrence) -> list[Finding]:
        """The findings of the sources that a passage cites."""
        return [finding for key in occurrence.cited for finding in self.base.sources[key].findings]

    def findings_behind(self, occurrence: Occurrence) -> list[Finding]:
        """The findings of what a passage cites; of one without, those on which its claim rests."""
        if occurrence.cited:
            return self.findings_cited(occurrence)
        return self.base.linked(self.base.claim_of(occurrence))

    @cached_property
    def by_outcome(self) -> Mapping[str | None, tuple[Finding, ...]]:
        """The findings on each outcome."""
        findings = self.base.findings.values()
        return grouped((each.about.outcome, each) for each in findings if each.about.outcome)

    @cached_property
    def on_outcome(self) -> Mapping[str | None, tuple[str, ...]]:
        """The claims of which a passage speaks on each outcome."""
        passages = self.base.occurrences.values()
        pairs = ((self.base.scope_of(each).outcome, each.claim) for each in passages)
        return grouped(dict.fromkeys(pairs))

    @cached_property
    def by_finding(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that rest on each finding; only findings on which one does."""
        claims = self.base.claims.values()
        return grouped((link.finding, claim) for claim in claims for link in claim.evidence)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that rest on each source; only sources on which one does."""
        claims = self.base.claims.values()
        pairs = ((each.source, claim) for claim in claims for each in self.base.linked(claim))
        return grouped(dict.fromkeys(pairs))

    @cached_property
    def by_author(self) -> Mapping[str, tuple[str, ...]]:
        """The sources by the surname of each author; an organisation has none."""
        pairs = (
            (name.partition(",")[0], key)
            for key, reference in self.base.references.items()
            for name in reference.persons.get("author", ())
            if "," in name
        )
        return grouped(dict.fromkeys(pairs))

    @cached_property
    def by_size(self) -> Mapping[int, tuple[str, ...]]:
        """The sources by how many people they enrolled and how many they analysed."""
        pairs = (
            (size, source.id)
            for source in self.base.sources.values()
            if source.participants
            for size in (source.participants.enrolled, source.participants.analysed)
            if size
        )
        return grouped(dict.fromkeys(pairs))


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


def memoized(
    work: Callable[Concatenate[Subject, Index, Arguments], Result],
) -> Callable[Concatenate[Subject, Index, Arguments], Result]:
    """Work out once for each index and for each value of the arguments, which must be hashable.

    A record that was changed is another value, whatever its id, and is worked out afresh.
    """

    @wraps(work)
    def recall(
        subject: Subject, index: Index, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        key = (work, subject, args, *kwargs.items())
        try:
            result: Result = index.results[key]
        except KeyError:
            result = index.results[key] = work(subject, index, *args, **kwargs)
        return result

    return recall


def once_per_index(work: Callable[[Index], Result]) -> Callable[[Index], Result]:
    """Work out once for each index."""

    @wraps(work)
    def recall(index: Index, /) -> Result:
        if work not in index.results:
            index.results[work] = work(index)
        result: Result = index.results[work]
        return result

    return recall
