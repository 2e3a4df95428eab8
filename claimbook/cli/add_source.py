"""`claimbook add-source`: bring publications from other programs' files into the base."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbook.cli import options, output
from claimbook.records.display import count, listed

if TYPE_CHECKING:
    from claimbook.curation.citation import Citation
    from claimbook.curation.new_sources import Match, NewSource


@click.command(name="add-source")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=options.FILE)
@click.option("--apply", is_flag=True, help="Write the new sources into the base.")
@click.option("--inbox", "name", metavar="NAME", help="Only what this inbox has as `in`.")
@options.root_option
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
    from claimbook.curation.new_sources import read_library, separate_known
    from claimbook.curation.reference_formats import read_files
    from claimbook.loading.load import load_inboxes
    from claimbook.loading.record_files import REFERENCES
    from claimbook.loading.record_format import schema_line
    from claimbook.loading.writing import Records

    citations, records = read_files(files), Records(root)
    inbox = None
    if name:
        held = load_inboxes(root)
        if name not in held:
            output.stop_unknown("inbox ", name, held, "claimbook inbox lists them")
        inbox = held[name]
        wanted = inboxes.waiting(inbox)
        matches = ((each, wanted.match(each.fields)) for each in citations)
        citations = [each for each, match in matches if match and match.sure]
    there, taken, text = read_library(root)
    new, duplicates = separate_known(citations, there, taken, schema_line(root, "source"))
    keys = {id(source.citation): source.key for source in new}
    keys |= {id(citation): match.known.name for citation, match in duplicates}
    seen = [citation for citation in citations if citation.notices]
    output.print_lines(notice_lines(seen, keys))
    output.print_lines(_lines(new, duplicates, apply))
    contents: dict[Path, bytes] = {}
    if new:
        entries = "\n".join(source.entry for source in new)
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        contents = {root / REFERENCES: f"{text}{gap}{entries}".encode()}
        contents |= {root / "sources" / f"{s.key}.yaml": s.record.encode() for s in new}
    if inbox:
        named = inboxes.with_sources(inbox, ((each, keys[id(each)]) for each in citations))
        contents |= inboxes.written(named, root)
    if apply:
        records.write(contents)
    counts = f"{count(len(new), 'source')} {'added' if apply else 'new'}"
    click.echo(f"{count(len(citations), 'record')} read: {counts}, {len(duplicates)} here already")
    if new and apply:
        click.echo("fill in kind, design and text_read: claimbook check names each")
    elif new:
        click.echo("nothing was written; --apply adds them")
    raise SystemExit(int(bool(seen)))


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
