"""`claimbook queue`: what is due to be reviewed or looked up again, oldest first."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click

from claimbook.cli import shared


@click.command()
@shared.format_option("text", "json")
@shared.today_option("Date used to decide what is due")
@shared.root_option
def queue(form: str, today: date, root: Path) -> None:
    """List what is due, oldest first.

    Claims and standings of sources whose day is past, and reviews that left something open: a
    change that was asked for, a record that changed since, an acceptance that does not count.
    """
    from claimbook.curation.changes import changes
    from claimbook.curation.reviews import queue as due
    from claimbook.evidence.index import Index
    from claimbook.loading.load import load
    from claimbook.records import LoadError
    from claimbook.vetting.formatters.json import as_json

    try:
        base = replace(load(root), changes=changes(root))
    except LoadError as error:
        shared.stop_loading(error, "listed")
    found = due(Index(base, today))
    if form == "json":
        rows = [asdict(each) | {"since": each.since.isoformat()} for each in found]
        shared.print_output(as_json(rows))
        return
    lines = [f"{each.since}  {each.address}: {each.what}\n" for each in found]
    shared.print_output("".join([*lines, f"{len(found)} due on {today}\n"]))
