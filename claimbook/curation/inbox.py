"""Saved searches as records: each export of one adds what is new, and nothing is decided here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from claimbook.curation.citation import Citation
from claimbook.curation.new_sources import Known, Library
from claimbook.loading.record_format import dumped, formatted, schema_line
from claimbook.records import Inbox, InboxRecord, UserError
from claimbook.records.inboxes import SearchExport
from claimbook.records.record import computed_fields


@dataclass(frozen=True, slots=True)
class Added:
    """An inbox with an export taken in: what is new in it, and how many it had already."""

    inbox: Inbox
    new: tuple[tuple[Citation, InboxRecord], ...]
    again: int


def add_export(
    inbox: Inbox,
    export: SearchExport,
    citations: Iterable[Citation],
    sources: Library,
    others: Mapping[str, Inbox],
) -> Added:
    """Add the records of an export that the inbox does not have yet.

    A record that is there twice in the export, or in another inbox, is a duplicate. One that is a
    source of the base already is in, also if it became one after an earlier export. Nothing else is
    decided: what only looks alike is kept.
    """
    own = Library(_known(inbox, "this search"))
    others_known = Library(
        known for name, other in others.items() for known in _known(other, f"inbox/{name}.yaml")
    )
    new: list[tuple[Citation, InboxRecord]] = []
    fresh, again = Library(()), 0
    for citation in citations:
        held = citation.fields
        if (match := own.match(held)) and match.sure:
            again += 1
            continue
        record = InboxRecord(
            citation.title,
            int(held["year"]) if "year" in held else None,
            held.get("doi"),
            int(held["pmid"]) if "pmid" in held else None,
        )
        for library, where in ((fresh, "twice in this export"), (others_known, "also in {}")):
            if (match := library.match(held)) and match.sure:
                because = f"{where.format(match.known.name)}: the same {match.by[0]}"
                record = replace(record, triage="duplicate", because=because)
                break
        else:
            if (match := sources.match(held)) and match.sure:
                record = replace(record, triage="in", source=match.known.name)
        fresh.add(Known("", held))
        new.append((citation, record))
    records = (*_with_sources(inbox, sources), *(record for _, record in new))
    again_that_day = any(
        each.day == export.day and export.by in (None, each.by) for each in inbox.exports
    )
    exports = (*inbox.exports, *(() if again_that_day else (export,)))
    return Added(replace(inbox, exports=exports, records=records), tuple(new), again)


def waiting(inbox: Inbox) -> Library:
    """The records that are in and of which no source is named yet."""
    return Library(
        known
        for known, record in zip(_known(inbox, ""), inbox.records, strict=True)
        if record.triage == "in" and not record.source
    )


def with_sources(inbox: Inbox, citations: Iterable[tuple[Citation, str]]) -> Inbox:
    """The inbox, with the sources that its records became."""
    became = Library(Known(key, citation.fields) for citation, key in citations)
    return replace(inbox, records=tuple(_with_sources(inbox, became)))


def _with_sources(inbox: Inbox, sources: Library) -> Iterator[InboxRecord]:
    """The records of an inbox; those that are sources, and that nobody left out, are in."""
    for known, record in zip(_known(inbox, ""), inbox.records, strict=True):
        is_open = record.triage in ("undecided", "in") and not record.source
        if is_open and (match := sources.match(known.fields)) and match.sure:
            yield replace(record, triage="in", source=match.known.name)
        else:
            yield record


def written(inbox: Inbox, root: Path) -> dict[Path, bytes]:
    """The file of an inbox and what it is to hold, the comments above the first key kept.

    Raises:
        UserError: another comment of the file would be lost.
    """
    path = root / "inbox" / f"{inbox.id}.yaml"
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    head = list(takewhile(lambda line: line.startswith("#"), old.splitlines()))
    try:
        lines = formatted(old).splitlines() if old else []
        if [line for line in lines if line.startswith("#")] != head:
            raise ValueError("move the comments above the first key")
        comments = "".join(f"{line}\n" for line in head) or schema_line(root, "inbox")
        return {path: dumped(_data(inbox), comments).encode()}
    except ValueError as error:
        raise UserError(f"{path}: {error}", "nothing was written") from error


def _known(inbox: Inbox, name: str) -> Iterator[Known]:
    """The records of an inbox as publications of a name."""
    for record in inbox.records:
        fields = {key: getattr(record, key) for key in ("title", "year", "doi", "pmid")}
        yield Known(name, {key: str(value) for key, value in fields.items() if value is not None})


def _data(record: Any) -> Any:
    """A record as its file has it: without what is not known; what is to be decided is there."""
    if isinstance(record, tuple):
        return [_data(each) for each in record]
    if not isinstance(record, Inbox | InboxRecord | SearchExport):
        return record
    unwritten = ("at", *computed_fields(type(record)))
    return {
        field.name: _data(value)
        for field in fields(record)
        if field.name not in unwritten
        and ((value := getattr(record, field.name)) != field.default or field.name == "triage")
    }
