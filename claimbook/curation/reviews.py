"""What reviews come to: the status of each claim, who accepted it, and what is due.

An acceptance counts for a claim as it was when it was read: with the claim, the digest covers the
findings that it links, so that a figure that is mended later is read again. Layout is no part of
it. Nobody accepts their own change: each change of the claim's file was accepted by somebody who
did not make it. Where Git does not tell who made it, nothing is accepted.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Any

from claimbook.evidence.index import Index, memoized
from claimbook.loading.record_format import dumped
from claimbook.records import LINK, Base, Claim, Review, Reviewer, folded
from claimbook.records.display import count
from claimbook.records.grouping import grouped
from claimbook.records.quotes import slug
from claimbook.rules.sources import standing_not_checked

_HEAD = """\
# Under way until it has a verdict. Then add:
# interests: {statement: in your own words, until: its last day}
# verdict: accept, change or reject; with a comment, a reason
# Under read, write abstract or full-text in the place of record where you read it.
"""


class Status(StrEnum):
    """How far the review of a claim is."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ClaimState:
    """The status of a claim, why it is no better, who accepted it, and every review of it.

    `reviews` are those of the claim, its links and the findings that it links, the newest first.
    """

    status: Status
    why: tuple[str, ...] = ()  # sentences
    accepted: tuple[Review, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done, since when, and of which record, by its address."""

    since: date
    address: str
    what: str


def digest(subject: str, base: Base) -> str:
    """The digest of what is reviewed: `sha256:` and 64 hexadecimal digits.

    Of a claim with the findings that it links; of a finding; of a link with its finding and what
    the claim states; and which of their sources were retracted, or are under a concern. It rests
    on what is written, not on its layout or place.

    Raises:
        KeyError: there is no such record.
    """
    name, link, key = subject.partition(LINK)
    content: list[Any]
    if link:
        claim = base.claims[name]
        links = [each for each in claim.evidence if each.finding == key]
        content = [claim.statement, claim.kind, claim.about, links, base.findings.get(key)]
    elif "/" in name:
        content = [base.findings[name]]
    else:
        content = [base.claims[name], base.linked(base.claims[name])]
    named = (base.sources[key] for key in _sources(subject, base) if key in base.sources)
    if gone := sorted(s.id for s in named if s.standing.status in ("retracted", "concern")):
        content.append(gone)  # so that what was accepted before is read again
    text = json.dumps(_as_data(content), ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _sources(subject: str, base: Base) -> Iterable[str]:
    """The sources of what is reviewed, each once."""
    claim, _, finding = subject.partition(LINK)
    keys = [finding or claim]
    if "/" not in keys[0]:
        keys = [each.finding for each in base.claims[claim].evidence]
    return dict.fromkeys(key.partition("/")[0] for key in keys)


def _as_data(value: Any) -> Any:
    """A record as plain data: without its place, and without what is left out."""
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_as_data(part) for part in value]
        case frozenset():
            return sorted(value)
        case Mapping():
            return {str(_as_data(key)): _as_data(part) for key, part in value.items()}
    if is_dataclass(value):
        parts = {
            each.name: getattr(value, each.name) for each in fields(value) if each.name != "at"
        }
        return {name: _as_data(part) for name, part in parts.items() if part not in (None, (), {})}
    return value


@memoized
def state(claim: Claim, index: Index) -> ClaimState:
    """The status of a claim on the day of the index, with the reasons."""
    base = index.base
    keys = {each.finding for each in claim.evidence}
    about = [
        review
        for review in base.reviews.values()
        if review.claim == claim.id or (review.kind == "finding" and review.finding in keys)
    ]
    about.sort(key=lambda review: (review.on, review.id), reverse=True)
    reviews = tuple(about)
    if claim.withdrawn:
        return ClaimState(Status.WITHDRAWN, (claim.withdrawn.because,), (), reviews)
    if not any(review.claim == claim.id for review in reviews):
        return ClaimState(Status.DRAFT, ("No reviewer has read it.",), (), reviews)
    standing = _standing(reviews, base)
    accepted = tuple(r for r in standing if r.subject == claim.id and r.verdict == "accept")
    why = (*_open(standing), *_unaccepted(claim, accepted, reviews, base))
    if why:
        return ClaimState(Status.IN_REVIEW, why, (), reviews)
    if claim.due and claim.due < index.today:
        late = f"It was accepted, and its next review was due by {claim.due}."
        return ClaimState(Status.EXPIRED, (late,), accepted, reviews)
    return ClaimState(Status.ACCEPTED, (), accepted, reviews)


def _standing(reviews: Iterable[Review], base: Base) -> list[Review]:
    """The last word of each reviewer on each record as it is, without what others settled.

    *reviews* come with the newest first.
    """
    last: dict[tuple[str, str], Review] = {}
    for review in reviews:
        if review.of == digest(review.subject, base):
            last.setdefault((review.subject, folded(review.reviewer.name)), review)
    settled = {name for review in last.values() for name in review.adjudicates}
    return [review for review in last.values() if review.id not in settled]


def _open(standing: Iterable[Review]) -> Iterator[str]:
    """What reviewers ask for, as sentences."""
    for review in standing:
        name = review.reviewer.name
        what = f" ({review.subject})" if review.finding else ""
        if review.verdict is None:
            yield f"{name} is reviewing it{what}."
        elif review.verdict != "accept":
            asks = "asks for a change" if review.verdict == "change" else "rejects it"
            yield f"{name} {asks}{what}: {review.comment}"


def _unaccepted(
    claim: Claim, accepted: tuple[Review, ...], reviews: tuple[Review, ...], base: Base
) -> Iterator[str]:
    """Why the claim as it is was not accepted by four eyes; nothing where it was."""
    earlier = [r for r in reviews if r.subject == claim.id and r.verdict == "accept"]
    if not accepted:
        now = digest(claim.id, base)
        past = next((each for each in earlier if each.of != now), None)
        if past:
            yield f"It changed after {past.reviewer.name} accepted it on {past.on}."
        else:
            yield "Nobody has accepted it."
        return
    changes = base.changes.get(claim.at.file, ())
    if not changes:
        yield "It was accepted, but who wrote it could not be checked."
    own = 0
    for change in changes:
        others = [each for each in earlier if not each.reviewer.names & change.authors]
        own += not any(each in accepted or each.on >= change.on for each in others)
    if own:
        by = " and ".join(dict.fromkeys(review.reviewer.name for review in accepted))
        yield f"{by} accepted their own change; somebody else has to ({count(own, 'change')})."


def is_current(review: Review, index: Index) -> bool:
    """Whether a review is of the record as it is."""
    return review.of == digest(review.subject, index.base)


def disagreements(reviews: Iterable[Review]) -> list[tuple[list[Review], Review | None]]:
    """Reviews of the same version of a record with different verdicts, and the one that settled it.

    The records come in the order of their names.
    """
    in_order = sorted(reviews, key=lambda review: (review.subject, review.on, review.id))
    groups = grouped(((each.subject, each.of), each) for each in in_order if each.verdict)
    found = []
    for group in groups.values():
        own = [review for review in group if not review.adjudicates]
        if len({review.verdict for review in own}) > 1:
            found.append((own, next((each for each in reversed(group) if each.adjudicates), None)))
    return found


def queue(index: Index) -> list[Due]:
    """What is due, oldest first: claims and standings past their day, and reviews left open."""
    base, today, due = index.base, index.today, []
    for claim in base.claims.values():
        address, found = f"claims/{claim.id}", state(claim, index)
        if found.status is Status.WITHDRAWN:
            continue
        if claim.due and claim.due < today:
            due.append(Due(claim.due, address, "Search again, and review the claim."))
        if found.status is Status.IN_REVIEW:
            due.append(Due(found.reviews[0].on, address, " ".join(found.why)))
    for source in base.sources.values():
        if source.id in index.by_source and source.standing.due and source.standing.due < today:
            what = "Look up whether it was corrected or retracted."
            due.append(Due(source.standing.due, f"sources/{source.id}", what))
    return sorted(due, key=lambda each: (each.since, each.address))


def waiting(index: Index) -> dict[str, list[str]]:
    """What waits and has no day by which it is due: addresses by what is to be done."""
    base = index.base
    claims = [
        f"claims/{claim.id}"
        for claim in base.claims.values()
        if state(claim, index).status is Status.DRAFT
    ]
    records = [
        f"inbox/{inbox.id}: {record.title}"
        for inbox in base.inboxes.values()
        for record in inbox.records
        if record.triage == "undecided"
    ]
    sources = [
        f"sources/{source.id}"
        for source in base.sources.values()
        if any(standing_not_checked(source, index))
    ]
    waits = {
        "Review it: nobody has.": claims,
        "Decide whether it is in or out.": records,
        "Look up for the first time whether it was corrected or retracted.": sources,
    }
    return {what: addresses for what, addresses in waits.items() if addresses}


# --- a new review ---------------------------------------------------------------------------------


def review_file(subject: str, reviewer: Reviewer, on: date, base: Base) -> tuple[str, str]:
    """The name and the text of a new review, without a verdict.

    Raises:
        KeyError: there is no such record.
    """
    who = {name: getattr(reviewer, name) for name in ("name", "role", "orcid", "email")}
    data = {
        "subject": subject,
        "of": digest(subject, base),
        "on": on,
        "reviewer": {name: value for name, value in who.items() if value},
        "read": [{"source": key, "as": "record"} for key in _sources(subject, base)],
    }
    letters = slug(reviewer.name) or hashlib.sha256(reviewer.name.encode()).hexdigest()[:8]
    return f"{slug(f'{subject} {letters[:60]} {on}')}.yaml", dumped(data, _HEAD)
