"""`claimbook queue`: what is due to be reviewed or looked up again, oldest first."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from claimbook.cli import options, output

FIRST = 3  # named of what waits without a date


@click.command()
@options.format_option("text", "json")
@options.today_option("Date used to decide what is due")
@options.root_option
def queue(form: str, today: date, root: Path) -> None:
    """List what is due, oldest first, and count what waits without a date.

    Claims and standings of sources whose day is past, and reviews that left something open: a
    change that was asked for, a record that changed since, an acceptance that does not count.

    Claims that nobody has reviewed, undecided records of an inbox and standings never looked up
    have no date: the first few of each are named, and --format json has all, with `since: null`.
    """
    from claimbook.curation.changes import load_with_changes
    from claimbook.curation.reviews import queue as due
    from claimbook.curation.reviews import waiting
    from claimbook.evidence.index import Index

    index = Index(load_with_changes(root), today)
    found, undated = due(index), waiting(index)
    if form == "json":
        rows = list(map(asdict, found))
        rows += [
            {"since": None, "address": address, "what": what}
            for what, addresses in undated.items()
            for address in addresses
        ]
        output.print_json(rows)
        return
    lines = [f"{each.since}  {each.address}: {each.what}" for each in found]
    lines.append(f"{len(found)} due on {today}")
    for what, addresses in undated.items():
        first = "; ".join(addresses[:FIRST])
        more = f"; and {len(addresses) - FIRST} more" if len(addresses) > FIRST else ""
        lines.append(f"{len(addresses)} without a date: {what} {first}{more}")
    output.print_lines(lines)
