"""What a saved search found: every record, and what was decided of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from claimbook.records.record import Written, computed

Triage = Literal["undecided", "in", "out", "duplicate"]


@dataclass(frozen=True, slots=True)
class InboxRecord(Written):
    """One record that a search found, by its title and identifiers alone."""

    title: str
    year: int | None = None
    doi: str | None = None
    pmid: int | None = None
    triage: Triage = "undecided"
    because: str | None = None  # why it is out, or of what it is a duplicate
    source: str | None = None  # what became of one that is in


@dataclass(frozen=True, slots=True)
class SearchExport(Written):
    """One run of the search, the records of which were taken in."""

    day: date
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Inbox(Written):
    """One search of one place, as often as it was run."""

    id: str = field(metadata=computed("the file's name is the id"))
    where: str
    query: str
    exports: tuple[SearchExport, ...]
    records: tuple[InboxRecord, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """How many records were found, and what became of them: the counts of a PRISMA 2020 diagram.

    Source:
        Page et al. 2021, PRISMA 2020 statement, doi:10.1136/bmj.n71, item 16a.
    """

    found: int
    duplicates: int
    undecided: int
    out: Mapping[str, int]  # by reason, the most frequent first
    included: int
    sources: int  # of those included: distinct sources of the base

    @property
    def screened(self) -> int:
        """How many were looked at and decided."""
        return self.included + sum(self.out.values())


def flow(inboxes: Iterable[Inbox]) -> Flow:
    """The counts of some inboxes together; a record that another has too is a duplicate there."""
    records = [record for inbox in inboxes for record in inbox.records]
    by_triage = Counter(record.triage for record in records)
    return Flow(
        len(records),
        by_triage["duplicate"],
        by_triage["undecided"],
        dict(Counter(r.because or "" for r in records if r.triage == "out").most_common()),
        by_triage["in"],
        len({record.source for record in records if record.triage == "in" and record.source}),
    )
