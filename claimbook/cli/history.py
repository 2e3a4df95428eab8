"""`claimbook history`: how the record of a claim changed."""

from pathlib import Path

import click

from claimbook.cli import shared


@click.command()
@click.argument("name", metavar="CLAIM")
@shared.root_option
def history(name: str, root: Path) -> None:
    """Print how the record of CLAIM changed, day by day, newest first.

    What is compared are its versions in Git: what it says otherwise, with the reasons that it
    gives.
    """
    from claimbook.curation.history import histories
    from claimbook.loading.load import load
    from claimbook.records import LoadError, did_you_mean

    try:
        base = load(root)
    except LoadError as error:
        shared.stop_loading(error, "compared")
    name = name.removeprefix("claims/")
    if name not in base.claims:
        repair = did_you_mean(name, base.claims)
        shared.stop([f"there is no claim {name!r}" + (f"; {repair}" if repair else "")])
    file = base.claims[name].at.file
    days = histories(base, root, [file]).get(file)
    if not days:
        shared.stop([f"{file}: the history is not at hand: it is not in Git, or Git has a part"])
    for day in days:
        for change in day.changes:
            click.echo(f"{day.day}: {change}")
