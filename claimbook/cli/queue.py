"""`claimbook queue`: what is due to be reviewed or looked up again, oldest first."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click

from claimbook.cli import shared

FIRST = 3  # named of what waits without a date


@click.command()
@shared.format_option("text", "json")
@shared.today_option("Date used to decide what is due")
@shared.root_option
def queue(form: str, today: date, root: Path) -> None:
    """List what is due, oldest first, and count what waits without a date.

    Claims and standings of sources whose day is past, and reviews that left something open: a
    change that was asked for, a record that changed since, an acceptance that does not count.

    Claims that nobody has reviewed, undecided records of an inbox and standings never looked up
    have no date: the first few of each are named, and --format json has all, with `since: null`.
    """
    from claimbook.curation.changes import changes
    from claimbook.curation.reviews import queue as due
    from claimbook.curation.reviews import waiting
    from claimbook.evidence.index import Index
    from claimbook.loading.load import load
    from claimbook.records import LoadError
    from claimbook.vetting.formatters.json import as_json

    try:
        base = replace(load(root), changes=changes(root))
    except LoadError as error:
        shared.stop_loading(error, "listed")
    index = Index(base, today)
    found, undated = due(index), waiting(index)
    if form == "json":
        rows = [asdict(each) | {"since": each.since.isoformat()} for each in found]
        rows += [
            {"since": None, "address": address, "what": what}
            for what, addresses in undated.items()
            for address in addresses
        ]
        shared.print_output(as_json(rows))
        return
    lines = [f"{each.since}  {each.address}: {each.what}\n" for each in found]
    lines.append(f"{len(found)} due on {today}\n")
    for what, addresses in undated.items():
        first = "; ".join(addresses[:FIRST])
        more = f"; and {len(addresses) - FIRST} more" if len(addresses) > FIRST else ""
        lines.append(f"{len(addresses)} without a date: {what} {first}{more}\n")
    shared.print_output("".join(lines))
