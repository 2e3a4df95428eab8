"""`claimbook add-source`: bring publications from other programs' files into the base."""

from collections.abc import Sequence
from pathlib import Path

import click

from claimbook.cli import options, output
from claimbook.records.display import count


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
    from claimbook.curation import new_sources
    from claimbook.curation.citation import notice_lines
    from claimbook.curation.reference_formats import read_files
    from claimbook.loading.load import load_inboxes
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
    there, taken, text = new_sources.read_library(root)
    head = schema_line(root, "source")
    new, duplicates = new_sources.separate_known(citations, there, taken, head)
    keys = {id(source.citation): source.key for source in new}
    keys |= {id(citation): match.known.name for citation, match in duplicates}
    seen = [citation for citation in citations if citation.notices]
    output.print_lines(notice_lines(seen, keys))
    output.print_lines(new_sources.as_text(new, duplicates, apply))
    contents = new_sources.written(new, text, root)
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
