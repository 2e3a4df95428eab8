"""`claimbook inbox`: keep what a saved search found, and what was decided of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from claimbook.cli import options, output
from claimbook.records import Inbox
from claimbook.records.display import count
from claimbook.records.inboxes import SearchExport, flow


@click.command()
@click.argument("file", required=False, type=options.FILE)
@click.option("--name", help="The inbox: a new one, or one that is there; default: the file's.")
@click.option(
    "--where", type=options.text, help="Where was searched, such as PubMed; needed for a new inbox."
)
@click.option(
    "--query", type=options.text, help="The search as it was typed; needed for a new inbox."
)
@click.option(
    "--on",
    "day",
    callback=options.past_day,
    metavar="YYYY-MM-DD",
    help="The day of the search; default: today.",
)
@click.option("--by", type=options.text, help="Who searched; may be left out.")
@options.root_option
def inbox(
    file: Path | None,
    name: str | None,
    where: str | None,
    query: str | None,
    day: date | None,
    by: str | None,
    root: Path,
) -> None:
    """Take the export FILE of a search into inbox/NAME.yaml; without FILE, count what is there.

    Each new record is kept with its title and identifiers, without its abstract, to be decided by a
    person: write `triage: in`, or `triage: out` and `because`. A later export of the same search
    adds only what is new. Duplicates, and sources of the base, are marked; nothing else is decided.

    Exits with 0; with 1 if a retraction or another notice is seen; with 2 if a record cannot be
    used, and then writes nothing.
    """
    from claimbook.curation.citation import notice_lines
    from claimbook.curation.inbox import add_export, written
    from claimbook.curation.new_sources import read_library
    from claimbook.curation.reference_formats import read_files
    from claimbook.loading.load import LIST, load_inboxes
    from claimbook.loading.records_from_data import ID
    from claimbook.loading.writing import Records

    records, held = Records(root), load_inboxes(root)
    if file is None:
        output.print_lines(_counts(held.values()))
        return
    name = name or file.stem
    if not ID.fullmatch(name) or name == LIST:
        output.stop(f"{name!r} is not an id: lower-case letters, digits and single hyphens")
    there = held.pop(name, None)
    if there is None and not (where and query):
        output.stop(f"inbox/{name}.yaml is new: name --where and --query")
    if there and ((where or there.where), (query or there.query)) != (there.where, there.query):
        output.stop(f"inbox/{name}.yaml is of another search; choose another --name")
    start = there or Inbox(name, where or "", query or "", (), ())
    citations = read_files([file])
    export = SearchExport(day or options.today_here(), by)
    added = add_export(start, export, citations, read_library(root)[0], held)
    contents = written(added.inbox, root)
    (root / "inbox").mkdir(exist_ok=True)
    records.write(contents)
    seen = [citation for citation in citations if citation.notices]
    output.print_lines(notice_lines(seen, {}))
    for citation, record in added.new:
        if record.triage != "undecided":
            click.echo(f"{citation.at}: {record.triage}: {record.source or record.because}")
    known = f", {added.again} known" if added.again else ""
    click.echo(f"{count(len(citations), 'record')} read: {len(added.new)} new{known}")
    output.print_lines(_counts([added.inbox]))
    raise SystemExit(int(bool(seen)))


def _counts(inboxes: Iterable[Inbox]) -> Iterator[str]:
    """What became of the records of each inbox."""
    for each in inboxes:
        counts = flow([each])
        yield (
            f"inbox/{each.id}.yaml: {counts.found} found, {count(counts.duplicates, 'duplicate')},"
            f" {counts.undecided} to decide, {counts.screened} screened:"
            f" {sum(counts.out.values())} out, {counts.included} in"
        )
        yield from (f"    out, {because}: {number}" for because, number in counts.out.items())
