"""A base and everything that is looked up in it, each looked up once."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeVar

from claimbook.records import BENEFITS, Base, Claim, Finding, Kind, Occurrence, Page, Record
from claimbook.records.grouping import grouped

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
        """The kinds of claim that a record makes: a page, those of its passages.

        What a page tells of a sister drug offers nothing, unless it is a benefit.
        """
        match record:
            case Claim():
                return frozenset({record.kind})
            case Occurrence():
                return frozenset({self.base.claim_of(record).kind})
            case Page():
                claims = map(self.base.claim_of, self.base.by_page[record.id])
                mistaken = self.base.vocabulary.mistaken
                return frozenset(
                    claim.kind
                    for claim in claims
                    if claim.kind in BENEFITS or claim.about.intervention not in mistaken
                )
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
    def benefits(self) -> frozenset[str | None]:
        """The outcomes on which a benefit is claimed."""
        claims = self.base.claims.values()
        return frozenset(claim.about.outcome for claim in claims if claim.kind in BENEFITS)

    @cached_property
    def disclosing(self) -> frozenset[str]:
        """The claims by which pages tell what a page should."""
        return frozenset().union(*(each.told_by for each in self.base.disclosures.values()))

    @cached_property
    def illnesses(self) -> frozenset[str]:
        """The illnesses in which a benefit is claimed, and forms of them.

        Not what is as much of others: "children" are not ill.
        """
        concepts, claims = self.base.vocabulary.concepts, self.base.claims.values()
        people = {claim.about.population for claim in claims if claim.kind in BENEFITS}
        treated = {name for name in people if name and concepts[name].broader}

        def is_illness(name: str) -> bool:
            broader = concepts[name].broader
            return name in treated or (bool(broader) and all(map(is_illness, broader)))

        return frozenset(
            name
            for name, concept in concepts.items()
            if concept.facet == "population" and is_illness(name)
        )

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


def memoized(work: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Work out once for each index and each value of the other arguments, which must be hashable.

    A record that was changed is another value, whatever its id, and is worked out afresh.
    """

    @wraps(work)
    def recall(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        index = next(each for each in args if isinstance(each, Index))
        key = (work, *(each for each in args if each is not index), *kwargs.items())
        try:
            result: Result = index.results[key]
        except KeyError:
            result = index.results[key] = work(*args, **kwargs)
        return result

    return recall
