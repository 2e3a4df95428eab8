"""`claimbook relations`: how claims bear on one another, and what nobody has decided."""

from pathlib import Path

import click

from claimbook.cli import options


@click.command()
@click.option("--propose", is_flag=True, help="List the pairs of claims that nobody has decided.")
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True,
              help="How many pairs to list.")  # fmt: skip
@options.root_option
def relations(propose: bool, most: int, root: Path) -> None:
    """Print how claims bear on one another, with the reasons.

    With --propose, the claims that share an outcome or a question and of which nobody has said how
    they bear on each other, those with most passages first, as records to complete.
    """
    from claimbook.evidence.index import Index
    from claimbook.evidence.relations import relations as relations_of
    from claimbook.evidence.undecided import undecided
    from claimbook.loading.load import load

    index = Index(load(root))
    if not propose:
        for (name, other), bearing in relations_of(index).items():
            click.echo(f"{name} {bearing.how} {other}: {bearing.because}")
        return
    pairs = undecided(index)
    for pair in pairs[:most]:
        click.echo(f"# {pair.claim.at.file} ({len(pair.claim.occurrences)} passages)")
        click.echo(f"#   {pair.claim.statement}")
        click.echo(f"#   {pair.other.statement} ({len(pair.other.occurrences)} passages)")
        click.echo(f"# both on the same {pair.shared}")
        click.echo(f"- {{to: {pair.other.id}, how: , because: }}\n")
    if len(pairs) > most:
        click.echo(f"{len(pairs) - most} more; --most shows them", err=True)
