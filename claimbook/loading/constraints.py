"""What sound records keep to beyond shape and references: limits, order, no repetition."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from claimbook.loading.identifiers import doi
from claimbook.loading.messages import NO_ID, shown
from claimbook.loading.record_files import (
    CORRECTIONS,
    DISCLOSURES,
    GLOSSARY,
    MATTERS,
    QUESTIONS,
    REDIRECTS,
    REFERENCES,
)
from claimbook.loading.records_from_data import ID, read_value
from claimbook.loading.references import Known, Placed
from claimbook.loading.yaml_file import Path
from claimbook.records import (
    GRADED,
    RAISING,
    RATINGS,
    UNCHECKABLE,
    Amount,
    Base,
    Claim,
    ClaimRelation,
    Inbox,
    Location,
    Occurrence,
    Page,
    Problem,
    RelationKind,
    Review,
    Share,
    Source,
    Topic,
    Value,
    did_you_mean,
)
from claimbook.records.grouping import grouped
from claimbook.records.quotes import MAX_QUOTE, REFERENCE, heading, is_web_address, word_count

MAX_PRINTED = 8  # words of a source's own text that a finding may carry
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]", re.ASCII)
_SHORTEN = "keep its first and last words: start … end"

Fault = tuple[Path, str, str]  # the path in the file, the message and the repair


def faults(known: Known, today: date) -> Iterator[Placed]:
    """Everything that breaks a rule of our own; nothing that was done was after *today*."""
    base = known.base
    claims = _by_topic(base)
    groups = [
        *((source.at.file, _source(source)) for source in base.sources.values()),
        *((page.at.file, _page(page, base)) for page in base.pages.values()),
        *((inbox.at.file, _inbox(inbox)) for inbox in base.inboxes.values()),
        *((claim.at.file, _claim(claim, base)) for claim in base.claims.values()),
        *((t.at.file, _topic(t, claims.get(t.id, ()), base)) for t in base.topics.values()),
        *((each.at.file, _review(each, base)) for each in base.reviews.values()),
        (DISCLOSURES, _disclosures(base)),
        (GLOSSARY, _glossary(base)),
        (REDIRECTS, _redirects(known)),
        (QUESTIONS, _questions(base)),
        (MATTERS, _matters(base)),
        (CORRECTIONS, _corrections(known)),
    ]
    late = ((at.file, _late(path, day, today)) for at, path, day in _days(base) if day > today)
    return ((file, *fault) for file, group in chain(groups, late) for fault in group)


def _days(base: Base) -> Iterator[tuple[Location, Path, date]]:
    """Every day on which something was done, as records tell it."""
    for page in base.pages.values():
        yield page.at, ("read",), page.read
    for claim in base.claims.values():
        if claim.searched:
            yield claim.at, ("searched", "on"), claim.searched.on
        if claim.withdrawn:
            yield claim.at, ("withdrawn", "on"), claim.withdrawn.on
    for source in base.sources.values():
        if source.standing.checked:
            yield source.at, ("standing", "checked"), source.standing.checked
    for review in base.reviews.values():
        yield review.at, ("on",), review.on
    for inbox in base.inboxes.values():
        for index, export in enumerate(inbox.exports):
            yield inbox.at, ("exports", index, "day"), export.day
    for correction in base.corrections.values():
        yield correction.at, (correction.id, "on"), correction.on


def _late(path: Path, day: date, today: date) -> Iterator[Fault]:
    """A day that is still to come; month and day may have changed places, or it is last year."""
    swapped = f"{day.year:04}-{day.day:02}-{day.month:02}"
    last_year = f"{day.year - 1:04}-{day.month:02}-{day.day:02}"
    days = (text for text in (swapped, last_year) if not text.endswith("02-29"))
    earlier = [text for text in days if f"{today.year:04}-00" < text <= f"{today}"]
    repair = f"did you mean {earlier[0]}?" if earlier else "write the day on which it was done"
    yield path, f"{day} is in the future", repair


def missing_records(known: Known) -> Iterator[Problem]:
    """References without a source, sources without a reference, and folders without their topic."""
    base = known.base
    for key in base.sources.keys() - base.references if REFERENCES not in known.unsound else ():
        repair = did_you_mean(key, base.references) or f"add it to {REFERENCES}"
        place = Location(base.sources[key].at.file)
        yield Problem(place, f"no BibTeX entry {key!r}", repair)
    for key in base.references.keys() - base.sources:
        if not known.lost(f"sources/{key}.yaml"):
            repair = did_you_mean(key, base.sources) or f"add sources/{key}.yaml"
            yield Problem(base.references[key].at, f"no appraisal of {key!r}", repair)
    for name, (first, *_) in _by_topic(base).items():
        file = f"claims/{name}/topic.yaml"
        if name not in base.topics and not known.lost(file):
            repair = f"write it; {base.claims[first].at.file} is one of them"
            yield Problem(Location(file), "the topic has claims and no topic.yaml", repair)


def _by_topic(base: Base) -> Mapping[str, Collection[str]]:
    return grouped((claim.topic, claim.id) for claim in base.claims.values())


def _address(address: str | None, field: str) -> Iterator[Fault]:
    if address and not is_web_address(address):
        yield (field,), "not a web address", "start it with https://"


def _source(source: Source) -> Iterator[Fault]:
    yield from _address(source.read_at, "read_at")
    standing = source.standing
    if standing.status == "not-listed" and not (standing.checked and standing.with_):
        yield ("standing",), "not listed where, and on which day?", "add checked and with"
    people = source.participants
    if people and people.enrolled is not None and people.enrolled < (people.analysed or 0):
        message = f"{people.analysed} analysed of {people.enrolled} enrolled"
        yield ("participants", "analysed"), message, "correct one of them"
    for field, others in (("overlaps", source.overlaps), ("contains", source.contains)):
        if source.id in others:
            path = (field, others.index(source.id))
            yield path, f"{source.id!r} is the source itself", "name another, or leave it out"
    seen = set()
    for index, finding in enumerate(source.findings):
        path = ("findings", index)
        if not ID.fullmatch(finding.id):
            yield (*path, "id"), f"{finding.id!r} is not an id", NO_ID
        if finding.id in seen:
            message = f"repeated id {finding.id!r}"
            yield (*path, "id"), message, "a finding's id is unique in its source"
        seen.add(finding.id)
        if finding.about.outcome is None:
            yield (*path, "about"), "a finding is about an outcome", "add outcome"
        if finding.printed and len(finding.printed.split()) > MAX_PRINTED:
            message = f"printed is over {MAX_PRINTED} words"
            yield (*path, "printed"), message, "keep the span that carries the figure"


def _page(page: Page, base: Base) -> Iterator[Fault]:
    if not SHA256.fullmatch(page.sha256):
        yield ("sha256",), "not a SHA-256", "64 hexadecimal digits, as sha256sum prints them"
    yield from _address(page.address, "address")
    for index, passed in enumerate(page.passed_over):
        yield from _quote(passed.quote, ("passed-over", index, "quote"))
    if page.regimen and page.regimen.session:
        try:
            read_value({"amount": page.regimen.session}, base.vocabulary)
        except ValueError as error:
            yield ("regimen", "session"), str(error), ""


def _claim(claim: Claim, base: Base) -> Iterator[Fault]:
    linked = set()
    links = [(("evidence", index), link.finding) for index, link in enumerate(claim.evidence)]
    links += [(("set-aside", index), link.finding) for index, link in enumerate(claim.set_aside)]
    for path, finding in links:
        if finding in linked:
            yield (*path, "finding"), f"{finding!r} is linked twice", "keep one of them"
        linked.add(finding)
    for domain, rated in claim.certainty.items():
        way, other = ("up", "down") if domain in RAISING else ("down", "up")
        if getattr(rated, way) is None or getattr(rated, other) is not None:
            yield ("certainty", domain.value), f"{domain} is judged {way}", "write 1 or 2 steps"
    if claim.certainty and claim.kind not in GRADED:
        message = f"claims of the kind {claim.kind} are not graded"
        yield ("certainty",), message, "leave certainty out"
    yield from _relations(claim, base)
    for index, occurrence in enumerate(claim.occurrences):
        path = ("occurrences", index)
        if occurrence.says is None and claim.kind not in UNCHECKABLE:
            yield path, "what the passage says is not recorded", "add says"
        yield from _occurrence(occurrence, path, base)


def _relations(claim: Claim, base: Base) -> Iterator[Fault]:
    """A relation is written once, and no claim opposes what it implies."""
    seen: set[str] = set()
    for index, relation in enumerate(claim.relations):
        path = ("relations", index)
        other = base.claims.get(relation.to)
        back = [each.how for each in other.relations if each.to == claim.id] if other else []
        if relation.to == claim.id:
            message = f"{claim.id!r} is the claim itself"
            yield (*path, "to"), message, "name another, or leave it out"
        elif relation.to in seen or (back and claim.id > relation.to):
            message = f"the relation with {relation.to!r} is recorded twice"
            yield (*path, "to"), message, "keep one of them"
        elif relation.how in (RelationKind.OPPOSES, RelationKind.APART) and (
            relation.to in base.implied(claim.id) or claim.id in base.implied(relation.to)
        ):
            message = f"one of {claim.id!r} and {relation.to!r} implies the other"
            yield (*path, "how"), message, "see the relations that lead from one to the other"
        if other:
            yield from _related_passages(claim, other, relation, path)
        seen.add(relation.to)


def _related_passages(
    claim: Claim, other: Claim, relation: ClaimRelation, path: Path
) -> Iterator[Fault]:
    """A relation names passages of the two claims, and one of each at least."""
    for index, wanted in enumerate(relation.passages):
        passages = (*claim.occurrences, *other.occurrences)
        if not any(map(wanted.names, passages)):
            quotes = [each.quote for each in passages if each.page == wanted.page]
            message = f"no passage of {wanted.page!r} on these two claims has these words"
            repair = did_you_mean(wanted.quote, quotes) or "copy words of a quote that is there"
            yield (*path, "passages", index), message, repair
    for each in (claim, other):
        if relation.passages and not any(
            wanted.names(passage) for wanted in relation.passages for passage in each.occurrences
        ):
            message = f"of {each.id!r} no passage is named"
            yield (*path, "passages"), message, "name one, or leave passages out"


def _occurrence(occurrence: Occurrence, path: Path, base: Base) -> Iterator[Fault]:
    page = base.pages.get(occurrence.page)
    if page and page.sections and occurrence.section:
        section = heading(occurrence.section)
        if section not in page.sections:
            message = f"{shown(occurrence.section)} is not a section of its page"
            repair = did_you_mean(section, page.sections) or f"add it to pages/{page.id}.yaml"
            yield (*path, "section"), message, repair
    yield from _quote(occurrence.quote, (*path, "quote"))


def _quote(quote: str, path: Path) -> Iterator[Fault]:
    words = word_count(quote)
    if words > MAX_QUOTE:
        yield path, f"a quote of {words} words; at most {MAX_QUOTE}", _SHORTEN
    elif quote.strip() and not any(map(str.isalnum, quote)):  # empty text is its own problem
        yield path, "a quote without a word", "copy the page's words"


def _topic(topic: Topic, claims: Collection[str], base: Base) -> Iterator[Fault]:
    yield from _answering(topic.claims, topic.truth_of, "topic", (), base)
    for name in sorted(set(claims) - set(topic.claims)):
        yield ("claims",), f"the order leaves out the claim {name!r}", "add it to the list"
    for index, number in enumerate(topic.phones):
        if not number.isdecimal() or not any(number in text for _, text in topic.texts):
            message = f"{shown(number)} is no number that a text of the topic names"
            yield ("phones", index), message, "write its digits as the text has them"
    for field, text in topic.texts:
        for name in REFERENCE.findall(text):
            finding = base.findings.get(name)
            faulty = finding and type(finding.says) is Value  # which is reported where it stands
            if finding and not faulty and not isinstance(finding.says, Share | Amount):
                message = f"{name!r} is neither a share nor an amount"
                yield (field,), message, "only figures stand in a text"


def _review(review: Review, base: Base) -> Iterator[Fault]:
    """A verdict is of somebody whose interests and reading are told."""
    if not DIGEST.fullmatch(review.of):
        yield ("of",), "not a digest", "write what `claimbook review` prints: sha256:..."
    orcid = review.reviewer.orcid
    if orcid is not None and not _is_orcid(orcid):
        repair = "copy the 16 digits from orcid.org: 0000-0002-1825-0097"
        yield ("reviewer", "orcid"), f"{shown(orcid)} is not an ORCID iD", repair
    if review.interests and review.interests.until < review.on:
        message = "the statement of interests ended before the review"
        yield ("interests", "until"), message, "ask for a new one"
    needs: list[tuple[str, object, str]] = [
        ("interests", review.interests, "a statement of interests"),
        ("read", review.read, "what was read"),
    ]
    if review.verdict != "accept":
        needs.append(("comment", review.comment, "a reason"))
    for field, given, what in needs if review.verdict else ():
        if not given:
            yield ("verdict",), f"a verdict without {what}", f"add {field}"
    ratings = RATINGS[review.kind]
    if review.rates is not None and review.rates not in ratings:
        message = f"{shown(review.rates)} is no rating of a {review.kind}: {', '.join(ratings)}"
        yield ("rates",), message, did_you_mean(review.rates, ratings)
    for index, name in enumerate(review.adjudicates):
        other = base.reviews.get(name)  # that none is there is reported elsewhere
        if other and (fault := _adjudicated(review, other)):
            yield (("adjudicates", index), *fault)


def _adjudicated(review: Review, other: Review) -> tuple[str, str] | None:
    """What keeps a review from settling another, and the repair."""
    if not review.verdict:
        return "a review under way settles nothing", "add a verdict"
    if other.subject != review.subject:
        return f"{other.id!r} is about {other.subject!r}", "name reviews of the same record"
    if other.reviewer.names & review.reviewer.names:
        return f"{other.id!r} is of the same reviewer", "somebody else must settle it"
    if other.adjudicates or other.on > review.on:
        return f"{other.id!r} came later or settles others itself", "name what it settles"
    return None


def _is_orcid(text: str) -> bool:
    """Whether a text is an ORCID iD with its check digit: ISO 7064, MOD 11-2."""
    if not _ORCID.fullmatch(text):
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return text[-1] == "0123456789X"[(12 - total % 11) % 11]


def _inbox(inbox: Inbox) -> Iterator[Fault]:
    """What was decided of a record has its reason, and nothing is counted twice."""
    if not inbox.exports:
        yield ("exports",), "no export of the search", "write {day: 2001-12-31}"
    seen: dict[tuple[str, object], int] = {}
    for index, record in enumerate(inbox.records):
        path = ("records", index)
        if record.triage in ("out", "duplicate") and not record.because:
            repair = "add because: why it is out, or of what it is a duplicate"
            yield (*path, "triage"), f"{record.triage!r} without a reason", repair
        if record.source and record.triage != "in":
            message = f"a source of a record that is {record.triage!r}"
            yield (*path, "source"), message, "write triage: in, or leave the source out"
        if record.triage == "duplicate":
            continue
        for field, value in (("doi", record.doi and doi(record.doi)), ("pmid", record.pmid)):
            first = seen.setdefault((field, value), index) if value else index
            if first != index:
                message = f"the record {inbox.records[first].title[:60]!r} has this {field} too"
                repair = "write triage: duplicate for one of them, and because"
                yield (*path, field), message, repair


def _disclosures(base: Base) -> Iterator[Fault]:
    for disclosure in base.disclosures.values():
        if not disclosure.told_by and not disclosure.concept:
            yield (disclosure.id,), "nothing tells whether a page says it", "add told-by or concept"


def _glossary(base: Base) -> Iterator[Fault]:
    terms: dict[str, str] = {}
    for term in base.glossary.values():
        if not term.words:
            yield (term.id, "words"), "a term without words", "write the word as readers meet it"
        for index, word in enumerate(term.words):
            if (other := terms.setdefault(word.casefold(), term.id)) != term.id:
                message = f"{word!r} has two meanings"
                yield (term.id, "words", index), message, f"it is also a word of {other!r}"


def _redirects(known: Known) -> Iterator[Fault]:
    """A redirect leads from an address that nothing has to a record that is there: no circle."""
    base, records = known.base, _by_folder(known.base)
    for old, new in base.redirects.items():
        folder, _, name = old.partition("/")
        if record := records[folder].get(name):
            yield (old,), f"{old!r} is the address of {record.at.file}", "leave it out"
        if new in base.redirects:
            repair = f"write where it leads: {base.redirects[new]}"
            yield (old,), f"{new!r} is itself redirected", repair
        else:
            yield from _no_record(new, (old,), known)


def _by_folder(base: Base) -> dict[str, Mapping[str, Any]]:
    """The records that have an address, by the folder in it."""
    return {
        "questions": base.topics,
        "claims": base.claims,
        "pages": base.pages,
        "sources": base.sources,
    }


def _no_record(address: str, path: Path, known: Known) -> Iterator[Fault]:
    """An address must be that of a record, which may be in an unsound file."""
    folder, _, name = address.partition("/")
    records = _by_folder(known.base).get(folder, {})
    lost = any(known.lost(f"/{name}{ending}") for ending in (".yaml", "/topic.yaml"))
    if name not in records and not lost:
        near = did_you_mean(address, [f"{folder}/{name}" for name in records])
        repair = near or "write claims/<id>, pages/<id> or sources/<key>"
        yield path, f"there is no {address!r}", repair


def _corrections(known: Known) -> Iterator[Fault]:
    """A correction is about records that are there, or were and are redirected."""
    for correction in known.base.corrections.values():
        for index, address in enumerate(correction.about):
            if address not in known.base.redirects:
                yield from _no_record(address, (correction.id, "about", index), known)


def _questions(base: Base) -> Iterator[Fault]:
    """Every question stands under one heading."""
    headings: dict[str, str] = {}
    for title, topics in base.questions.items():
        for index, name in enumerate(topics):
            if name in headings:
                repair = f"it is also under {headings[name]!r}"
                yield (title, index), f"{name!r} stands here twice", repair
            else:
                headings[name] = title


def _matters(base: Base) -> Iterator[Fault]:
    """A matter draws on claims."""
    for matter in base.matters.values():
        if not matter.claims:
            yield (matter.id, "claims"), "a matter without claims", "name the claims that answer it"
        yield from _answering(matter.claims, matter.truth_of, "matter", (matter.id,), base)


def _answering(
    claims: Sequence[str], truth_of: str | None, of: str, path: Path, base: Base
) -> Iterator[Fault]:
    """The claims of a topic or matter stand once; the one that answers says what is made of it."""
    for index, name in enumerate(claims):
        if name in claims[:index]:
            yield (*path, "claims", index), f"the claim {name!r} is here twice", "keep one of them"
    lead, path = base.claims.get(truth_of or ""), (*path, "truth-of")
    if not lead:
        return
    if claims and lead.id not in claims:
        message = f"{lead.id!r} is not one of the {of}'s claims"
        repair = did_you_mean(lead.id, claims) or "add it to claims, or name one of them"
        yield path, message, repair
    elif not lead.truth:
        message = f"{lead.id!r} does not say what the evidence makes of it"
        yield path, message, f"add truth to {lead.at.file}"
    elif lead.withdrawn:
        repair = "name another of the claims, and read the answer again"
        yield path, f"{lead.id!r} is withdrawn and answers nothing", repair
