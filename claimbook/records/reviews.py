"""Reviews: who read what of a record, with which interests, and what came of it."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from claimbook.records.record import Written, computed, spelt

LINK = " -> "  # between a claim and a finding, in the name of an evidence link
RATINGS = {  # what a reviewer may rate, by what the review is about, each on their own
    "claim": ("yes", "no", "not-shown", "mixed", "out-of-scope"),  # its truth
    "finding": ("low", "serious", "very-serious", "unknown"),  # its source's risk of bias
    "link": ("direct", "indirect"),  # how the finding bears on the claim
}


def folded(name: str) -> str:
    """A name or an e-mail in one spelling: the same letters, however they are put together."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Reviewer(Written):
    """A person, as Git knows them: by name, or by e-mail."""

    name: str
    role: str
    orcid: str | None = None
    email: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """What Git may call them, in one spelling."""
        return frozenset(folded(text) for text in (self.name, self.email) if text)


@dataclass(frozen=True, slots=True)
class Interests(Written):
    """A reviewer's own statement of interests, and the last day for which it was given."""

    statement: str
    until: date


@dataclass(frozen=True, slots=True)
class SourceRead(Written):
    """How much of a source a reviewer read; `record`: no more than what is recorded of it here."""

    source: str
    as_: Literal["record", "abstract", "full-text"] = field(metadata=spelt("as"))


@dataclass(frozen=True, slots=True)
class Review(Written):
    """What one reviewer makes of a record as it was on a day.

    `subject` is the id of a claim, the key of a finding, or an evidence link, `claim -> finding`;
    `of` the digest of what was reviewed (`claimbook.curation.reviews.digest`), so that a later
    change shows. Without a verdict the review is under way. `rates` is what this reviewer, on their
    own, makes of it (`RATINGS`), to be held against another's. `adjudicates` are the reviews of
    others, on the same subject, that this one settles.
    """

    id: str = field(metadata=computed("the file's name is the id"))
    subject: str
    of: str
    on: date
    reviewer: Reviewer
    interests: Interests | None = None
    read: tuple[SourceRead, ...] = ()
    verdict: Literal["accept", "change", "reject"] | None = None
    rates: str | None = None
    adjudicates: tuple[str, ...] = ()
    comment: str | None = None

    @property
    def claim(self) -> str | None:
        """The claim that it is about: by itself, or as that of a link."""
        claim, link, _ = self.subject.partition(LINK)
        return claim if link or "/" not in claim else None

    @property
    def finding(self) -> str | None:
        """The finding that it is about: by itself, or as that of a link."""
        first, link, finding = self.subject.partition(LINK)
        return finding if link else first if "/" in first else None

    @property
    def kind(self) -> str:
        """What it is about: a `claim`, a `finding` or a `link`."""
        return "link" if self.claim and self.finding else "claim" if self.claim else "finding"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a file in its history: its day, and what Git calls its authors."""

    on: date
    authors: frozenset[str]  # names and e-mails, `folded`
