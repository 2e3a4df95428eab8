"""A whole base: every record sound, every reference resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from claimbook.records.claims import (
    Claim,
    Correction,
    Matter,
    Occurrence,
    Page,
    RelationKind,
    Topic,
)
from claimbook.records.grouping import grouped
from claimbook.records.inboxes import Inbox
from claimbook.records.reviews import Change, Review
from claimbook.records.sources import Finding, Reference, Source
from claimbook.records.vocabulary import Disclosure, GlossaryTerm, Scope, Vocabulary

Record = Claim | Occurrence | Finding | Source | Page | Topic


@dataclass(frozen=True)
class Base:
    """A whole base: every record sound, every reference resolved.

    `changes` holds the history of each file of claims, newest first, as far as Git tells it;
    `texts` holds the text of clinic pages by page id, `snapshots` the same with white space and
    signs made plain, and `figures` the figures that sources print by key, each as far as they are
    at hand.
    """

    vocabulary: Vocabulary
    topics: Mapping[str, Topic]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    pages: Mapping[str, Page]
    references: Mapping[str, Reference]
    disclosures: Mapping[str, Disclosure] = field(default_factory=dict)
    glossary: Mapping[str, GlossaryTerm] = field(default_factory=dict)
    # Addresses of records that were renamed, and where they are now.
    redirects: Mapping[str, str] = field(default_factory=dict)
    # Headings, and the topics under each in order.
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    matters: Mapping[str, Matter] = field(default_factory=dict)
    # What must be known of how this base searched: headings, and the paragraphs under each.
    searching: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    snapshots: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    inboxes: Mapping[str, Inbox] = field(default_factory=dict)

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding by `source/finding`."""
        return {f.key: f for source in self.sources.values() for f in source.findings}

    @cached_property
    def occurrences(self) -> Mapping[str, Occurrence]:
        """Every occurrence by id, in the order of the claims."""
        return {o.id: o for claim in self.claims.values() for o in claim.occurrences}

    @cached_property
    def by_page(self) -> Mapping[str, tuple[Occurrence, ...]]:
        """The occurrences of each page."""
        passages = grouped((each.page, each) for each in self.occurrences.values())
        return {page: passages.get(page, ()) for page in self.pages}

    @cached_property
    def naming(self) -> Mapping[str, tuple[str, ...]]:
        """The claims that name each finding, source and other claim, in the order of the claims."""
        pairs = ((key, claim.id) for claim in self.claims.values() for key in claim.named)
        return grouped(dict.fromkeys(pairs))

    def claim_of(self, occurrence: Occurrence) -> Claim:
        """The claim that an occurrence makes."""
        return self.claims[occurrence.claim]

    def linked(self, claim: Claim) -> list[Finding]:
        """The findings on which a claim rests."""
        return [self.findings[link.finding] for link in claim.evidence]

    def implied(self, name: str) -> dict[str, str]:
        """The claims that a claim implies, or is a case of, at any distance.

        Each comes with the reason of the last step.
        """
        implied: dict[str, str] = {}
        queue = [name]
        while queue:
            claim = self.claims.get(queue.pop())
            for each in claim.relations if claim else ():
                implies = each.how in (RelationKind.IMPLIES, RelationKind.NARROWER)
                if implies and each.to in self.claims and each.to not in {name, *implied}:
                    implied[each.to] = each.because
                    queue.append(each.to)
        return implied

    def scope_of(self, occurrence: Occurrence) -> Scope:
        """The claim's scope, with the facets in which the passage differs."""
        about = self.claims[occurrence.claim].about
        return occurrence.about.within(about) if occurrence.about else about
