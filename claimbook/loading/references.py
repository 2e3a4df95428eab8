"""Every reference resolves: what each field of a record must name, in one table."""

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from claimbook.loading.record_files import DISCLOSURES, MATTERS, QUESTIONS, VOCABULARY
from claimbook.loading.yaml_file import Path
from claimbook.records import (
    FACETS,
    LINK,
    UNRESOLVED,
    Base,
    ClaimRelation,
    Concept,
    ConceptSet,
    Disclosure,
    EvidenceLink,
    Finding,
    InboxRecord,
    Matter,
    Occurrence,
    OfferedRegimen,
    RelatedPassage,
    Review,
    SafeWording,
    Scope,
    Search,
    SetAside,
    Source,
    SourceRead,
    Topic,
    Written,
    did_you_mean,
)
from claimbook.records.quotes import REFERENCE
from claimbook.records.record import spelling

Fault = tuple[str, str]  # the message and the repair
Placed = tuple[str, Path, str, str]  # the file, the path in it, the message and the repair


@dataclass(frozen=True, slots=True)
class Known:
    """The records of a base, and the files that are there and hold no sound record."""

    base: Base
    unsound: Collection[str]

    def lost(self, file: str) -> bool:
        """Whether a record may be in an unsound file, whose own problems are enough."""
        return any(path.endswith(file) for path in self.unsound)


_Check = Callable[[Known, str], Fault | None]


def _record(
    noun: str, records: Callable[[Base], Collection[str]], file: str, hint: str = ""
) -> _Check:
    """A name must be that of a record, which stands in a file of that name."""

    def check(known: Known, name: str) -> Fault | None:
        names = records(known.base)
        if name in names or known.lost(file.format(name)):
            return None
        return f"unknown {noun} {name!r}", did_you_mean(name, names) or hint.format(name)

    return check


def _concept(facet: str | None = None) -> _Check:
    """A name must be that of a concept, which may have to be of one facet."""

    def check(known: Known, name: str) -> Fault | None:
        concepts = known.base.vocabulary.concepts
        if name not in concepts:
            same = [c.id for c in concepts.values() if facet in (None, c.facet)]
            repair = did_you_mean(name, same) or f"add it to {VOCABULARY}"
            return None if known.lost(VOCABULARY) else (f"unknown concept {name!r}", repair)
        own = concepts[name].facet
        if facet in (None, own) or own not in FACETS:
            return None
        message = f"{name!r} is a concept of the facet {own}, not {facet}"
        return message, f"move it to {own}, or name another {facet}"

    return check


def _finding(known: Known, name: str) -> Fault | None:
    """A name must be that of a finding, which is `source/finding`."""
    source, slash, _ = name.partition("/")
    if name in known.base.findings:
        return None
    if slash and (fault := _SOURCE(known, source)):
        return fault
    repair = did_you_mean(name, known.base.findings) or "write source/finding"
    return None if known.lost(f"sources/{source}.yaml") else (f"unknown finding {name!r}", repair)


_SOURCE = _record("source", lambda base: base.sources, "sources/{}.yaml")
_CLAIM = _record("claim", lambda base: base.claims, "/{}.yaml")
_TOPIC = _record("topic", lambda base: base.topics, "claims/{}/topic.yaml")
_REVIEW = _record("review", lambda base: base.reviews, "reviews/{}.yaml")


def _reviewed(known: Known, name: str) -> Fault | None:
    """A name must be that of a claim, of a finding, or of a claim's link to one."""
    claim, link, finding = name.partition(LINK)
    if not link:
        return _finding(known, name) if "/" in name else _CLAIM(known, name)
    if fault := _CLAIM(known, claim) or _finding(known, finding):
        return fault
    if record := known.base.claims.get(claim):
        linked = [each.finding for each in record.evidence]
        if finding not in linked:
            return f"{claim!r} has no evidence {finding!r}", did_you_mean(finding, linked)
    return None


_PAGE = _record("page", lambda base: base.pages, "pages/{}.yaml", "add pages/{}.yaml")
_INBOX = _record("inbox", lambda base: base.inboxes, "inbox/{}.yaml", "add inbox/{}.yaml")
_CITABLE = f"or write {UNRESOLVED}"
_CITED = _record("source", lambda b: {UNRESOLVED, *b.sources}, "sources/{}.yaml", _CITABLE)
_COUNTABLE = f"add it to 'counted' in {VOCABULARY}"
_COUNT = _record("count", lambda base: base.vocabulary.counted, VOCABULARY, _COUNTABLE)
_NAMES: Mapping[type, Mapping[str, _Check]] = {
    ClaimRelation: {"to": _CLAIM},
    RelatedPassage: {"page": _PAGE, "claim": _CLAIM},
    Concept: {"distinct": _concept()},  # and `broader`, within its facet
    Disclosure: {"authority": _SOURCE, "told_by": _CLAIM, "promised_by": _CLAIM}
    | dict.fromkeys(("concept", "when"), _concept()),
    EvidenceLink: {"finding": _finding},
    Finding: {"counted": _COUNT},
    InboxRecord: {"source": _SOURCE},
    Matter: dict.fromkeys(("claims", "truth_of"), _CLAIM),
    Occurrence: {"page": _PAGE, "cites": _CITED},
    OfferedRegimen: {"intervention": _concept("intervention"), "settings": _concept("setting")},
    Search: {"inboxes": _INBOX},
    Scope: {facet: _concept(facet) for facet in FACETS},
    Review: {"subject": _reviewed, "adjudicates": _REVIEW},
    SetAside: {"finding": _finding},
    SafeWording: {"rests_on": _finding, "fits": _concept("intervention")},
    Source: dict.fromkeys(("contains", "overlaps"), _SOURCE),
    SourceRead: {"source": _SOURCE},
    Topic: {"claims": _CLAIM, "truth_of": _CLAIM, "found": _finding, "harms": _finding},
}


def unresolved(known: Known, sound: Collection[str] = ()) -> Iterator[Placed]:
    """Everything that a record names and that is not there.

    *sound* are the files of which it is known that all that their records name is there.
    """
    base = known.base
    for file, path, record in _records(base):
        if file in sound:
            continue
        for where, name, check in _names_in(record, path):
            if fault := check(known, name):
                yield file, where, *fault
    for title, topics in base.questions.items():
        for index, name in enumerate(topics):
            if fault := _TOPIC(known, name):
                yield QUESTIONS, (title, index), *fault
    for topic in base.topics.values():
        for field, text in topic.texts:
            for name in REFERENCE.findall(text):
                if fault := _finding(known, name):
                    yield topic.at.file, (field,), *fault


def _records(base: Base) -> Iterator[tuple[str, Path, Written]]:
    """Every record of a base with its file and its path in it."""
    alone = (base.sources, base.pages, base.topics, base.claims, base.reviews, base.inboxes)
    for record in chain.from_iterable(records.values() for records in alone):
        yield record.at.file, (), record
    for concept in base.vocabulary.concepts.values():
        yield VOCABULARY, ("concepts", concept.facet, concept.id), concept
    for disclosure in base.disclosures.values():
        yield DISCLOSURES, (disclosure.id,), disclosure
    for matter in base.matters.values():
        yield MATTERS, (matter.id,), matter


def _names_in(record: Written, path: Path) -> Iterator[tuple[Path, str, _Check]]:
    """What a record and its parts name, with the places and what must be so named."""
    checks = _NAMES.get(type(record), {})
    if isinstance(record, Concept):
        checks = {**checks, "broader": _concept(record.facet)}
    for field, key in _fields(type(record)):  # type: ignore[arg-type]
        value, check = getattr(record, field), checks.get(field)
        if isinstance(value, str):
            if check:
                yield (*path, key), value, check
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Written):
                    yield from _names_in(item, (*path, key, index))
                elif check:
                    yield (*path, key, index), item, check
        elif isinstance(value, ConceptSet):
            for name in sorted(value.concepts):
                yield (*path, key, value.mode), name, _concept()
        elif isinstance(value, Written):
            yield from _names_in(value, (*path, key))


@cache
def _fields(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, spelling(field)) for field in dataclasses.fields(kind))
