"""`claimbook add-source`: bring publications from other programs' files into the base."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbook.cli import shared
from claimbook.records.display import count, listed

if TYPE_CHECKING:
    from claimbook.curation.citation import Citation
    from claimbook.curation.new_sources import Library, Match, NewSource
    from claimbook.records import Inbox

TO_FILL = "kind, design and text_read"


@click.command(name="add-source")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=shared.FILE)
@click.option("--apply", is_flag=True, help="Write the new sources into the base.")
@click.option("--inbox", "name", metavar="NAME", help="Only what this inbox has as `in`.")
@shared.root_option
def add_source(files: Sequence[Path], apply: bool, name: str | None, root: Path) -> None:
    """Bring in publications: BibTeX, RIS, CSL-JSON, MEDLINE (nbib) or PubMed XML.

    Prints, for each new one, the entry for sources/references.bib and the record to fill; which
    ones the base has already, and how the two differ; and, first of all, retractions and other
    notices. Abstracts are left out: they are not ours to publish.

    With --apply it adds the entries and writes the records. From then on `claimbook check` names
    every field that a person must fill, so that no source counts unread. With --inbox it names the
    sources in the inbox, too.

    Exits with 0; with 1 if a retraction or another notice is seen; with 2 if a record cannot be
    used, and then writes nothing.
    """
    from claimbook.curation import inbox as inboxes
    from claimbook.curation.new_sources import sort_out
    from claimbook.loading.record_files import REFERENCES

    citations, records = read_citations(files), shared.Records(root)
    inbox = _inbox(root, name) if name else None
    if inbox:
        wanted = inboxes.waiting(inbox)
        matches = ((each, wanted.match(each.fields)) for each in citations)
        citations = [each for each, match in matches if match and match.sure]
    there, taken, text = read_library(root)
    schema = (root / "schemas" / "source.schema.json").exists()
    new, duplicates = sort_out(citations, there, taken, schema)
    keys = {id(source.citation): source.key for source in new}
    keys |= {id(citation): match.known.name for citation, match in duplicates}
    seen = [citation for citation in citations if citation.notices]
    shared.print_lines(notice_lines(seen, keys))
    shared.print_lines(_lines(new, duplicates, apply))
    contents: dict[Path, bytes] = {}
    if new:
        entries = "\n".join(source.entry for source in new)
        separator = "\n" if text.endswith("\n") or not text else "\n\n"
        contents = {root / REFERENCES: f"{text}{separator if text else ''}{entries}".encode()}
        contents |= {root / "sources" / f"{s.key}.yaml": s.record.encode() for s in new}
    if inbox:
        named = inboxes.with_sources(inbox, ((each, keys[id(each)]) for each in citations))
        contents |= written_inbox(root, named)
    if apply:
        records.write(contents)
    counts = f"{count(len(new), 'source')} {'added' if apply else 'new'}"
    click.echo(f"{count(len(citations), 'record')} read: {counts}, {len(duplicates)} here already")
    if new:
        todo = f"fill in {TO_FILL}: claimbook check names each" if apply else "--apply adds them"
        click.echo(todo if apply else f"nothing was written; {todo}")
    raise SystemExit(int(bool(seen)))


def read_citations(files: Iterable[Path]) -> "list[Citation]":
    """The records of files; exits with 2, naming all that cannot be used, where there is any."""
    from claimbook.curation import reference_formats

    citations, problems = [], []
    for path in files:
        if not path.is_file():
            shared.stop([f"{path}: not a plain file"])
        with path.open("rb") as file:
            read, faults = reference_formats.read(
                file.read(reference_formats.MAX_SIZE + 1), str(path)
            )
        citations += read
        problems += faults
    if problems:
        number = count(len(problems), "problem")
        shared.stop([*map(str, problems), f"{number}: nothing was written"])
    return citations


def read_library(root: Path) -> "tuple[Library, set[str], str]":
    """The publications of a base, the keys that are not free, and the text of its references.

    The rest of the base need not be sound: it may wait for records to be filled.
    """
    from claimbook.curation.new_sources import library
    from claimbook.loading import bibtex_file
    from claimbook.loading.record_files import REFERENCES, read_bytes
    from claimbook.records import Problem

    path = root / REFERENCES
    if not path.parent.is_dir():
        shared.stop([f"{root}: no base here (no sources/): name its folder with --root"])
    content = read_bytes(path, REFERENCES) if os.path.lexists(path) else b""
    if isinstance(content, Problem):
        shared.stop([str(content), "nothing was written"])
    references, problems = bibtex_file.read(content, REFERENCES)
    if problems:
        shared.stop([*map(str, problems), "nothing was written"])
    taken = {*references, *(each.stem.lower() for each in path.parent.glob("*.yaml"))}
    return library(references.values()), taken, content.decode("utf-8-sig")


def read_inboxes(root: Path) -> "dict[str, Inbox]":
    """The inboxes of a base; exits with 2 where one cannot be read."""
    from claimbook.curation import inbox as inboxes
    from claimbook.records import LoadError

    try:
        return inboxes.read(root)
    except LoadError as error:
        shared.stop_loading(error, "written")


def written_inbox(root: Path, inbox: "Inbox") -> dict[Path, bytes]:
    """The file of an inbox and what it is to hold; exits with 2 where a comment would be lost."""
    from claimbook.curation import inbox as inboxes

    path = root / "inbox" / f"{inbox.id}.yaml"
    try:
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        schema = (root / "schemas" / "inbox.schema.json").exists()
        return {path: inboxes.written(inbox, old, schema).encode()}
    except ValueError as error:
        shared.stop([f"{path}: {error}", "nothing was written"])


def _inbox(root: Path, name: str) -> "Inbox":
    from claimbook.records import did_you_mean

    held = read_inboxes(root)
    if name not in held:
        repair = did_you_mean(name, held) or "claimbook inbox lists them"
        shared.stop([f"unknown inbox {name!r}; {repair}"])
    return held[name]


def notice_lines(citations: "Iterable[Citation]", keys: dict[int, str]) -> Iterator[str]:
    """What shows that publications no longer stand, in capitals."""
    for citation in citations:
        for notice in citation.notices:
            key = keys.get(id(citation))
            name = f"{key}: " if key else ""
            yield f"{notice.words}: {citation.at}: {name}{citation.title} ({notice.because})"


def _lines(
    new: "Iterable[NewSource]", duplicates: "Iterable[tuple[Citation, Match]]", applied: bool
) -> Iterator[str]:
    for citation, match in duplicates:
        yield f"{citation.at}: {match.known.name} is here already: the same {listed(match.by)}"
        for field, there, new_value in match.differences:
            yield f"    {field}: here {there or 'nothing'}; in the file {new_value}"
    for source in new:
        yield f"{source.citation.at}: {source.key}: {source.citation.title}"
        yield from (f"    left out: {what}" for what in source.citation.left_out)
        if not applied:
            text = f"{source.entry}\n# sources/{source.key}.yaml\n{source.record}"
            yield from (f"    {line}".rstrip() for line in text.splitlines())
