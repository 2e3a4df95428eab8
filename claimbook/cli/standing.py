"""`claimbook standing`: look sources up in a Retraction Watch export."""

from datetime import date
from pathlib import Path

import click

from claimbook.cli import options, output


def _name(context: click.Context, option: click.Parameter, value: str) -> str:
    del context, option
    if not value.strip() or not value.isprintable():
        raise click.BadParameter("not a name")
    return value


@click.command()
@click.option(
    "--from", "export", required=True, type=options.FILE, help="A Retraction Watch export (CSV)."
)
@click.option("--apply", is_flag=True, help="Write what was found into the sources.")
@click.option(
    "--checked",
    callback=options.past_day,
    metavar="YYYY-MM-DD",
    help="The day of the export; default: the day of its newest notice.",
)
@click.option(
    "--with",
    "name",
    callback=_name,
    default="Retraction Watch",
    show_default=True,
    help="What it was looked up in, as the sources record it.",
)
@options.format_option("text", "json")
@options.root_option
def standing(
    export: Path, apply: bool, checked: date | None, name: str, form: str, root: Path
) -> None:
    """Look every source up, by DOI and PubMed id, in a Retraction Watch export.

    Prints retractions, expressions of concern, corrections and reinstatements, which sources are
    not listed, and which have neither DOI nor PubMed id. With --apply it writes `standing` into
    sources/*.yaml, and changes nothing else there; what is recorded already is never replaced by
    less.

    Exits with 0; with 1 if a source is listed; with 2 if it could not be run, and then writes
    nothing.
    """
    from claimbook.curation import retraction_watch
    from claimbook.loading.load import load
    from claimbook.loading.writing import Records

    records, base = Records(root), load(root)
    read = retraction_watch.read(export, base.references.values(), options.today_here())
    day = checked or read.newest
    if apply and not day:
        output.stop(f"{export}: no notice has a day; give the day of the export with --checked")
    results = retraction_watch.look_up(base, read, day, name)
    if apply:
        records.edit(retraction_watch.edits(results))
    if form == "json":
        output.print_json(retraction_watch.as_data(results, read, day, apply))
    else:
        output.print_lines(retraction_watch.as_text(results, read, apply))
    raise SystemExit(int(bool(read.notices)))
