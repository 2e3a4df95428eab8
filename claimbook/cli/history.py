"""`claimbook history`: how the record of a claim changed."""

from pathlib import Path

import click

from claimbook.cli import options, output


@click.command()
@click.argument("name", metavar="CLAIM")
@options.root_option
def history(name: str, root: Path) -> None:
    """Print how the record of CLAIM changed, day by day, newest first.

    What is compared are its versions in Git: what it says otherwise, with the reasons that it
    gives.
    """
    from claimbook.curation.history import histories
    from claimbook.loading.load import load

    base = load(root)
    name = name.removeprefix("claims/")
    if name not in base.claims:
        output.stop_unknown("claim ", name, base.claims)
    file = base.claims[name].at.file
    days = histories(base, root, [file]).get(file)
    if not days:
        output.stop(f"{file}: the history is not at hand: it is not in Git, or Git has a part")
    output.print_lines(f"{day.day}: {change}" for day in days for change in day.changes)
