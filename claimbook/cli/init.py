"""`claimbook init`: a small sound base to start from."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from claimbook.cli.shared import stop

_READ = "2001-12-31"  # in the records that are copied


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a small base into DIR, which must be empty or not be there yet.

    Everything in it is invented, to be replaced record by record: a page, two claims, two sources,
    and a vocabulary of six concepts.
    """
    import claimbook.curation

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop([f"{folder}: not an empty folder; nothing was written"])
    shutil.copytree(
        Path(claimbook.curation.__file__).parent / "starter", folder, dirs_exist_ok=True
    )
    for file in folder.rglob("*.yaml"):  # as if all had been read today, so that nothing is due
        text = file.read_text(encoding="utf-8").replace(_READ, f"{datetime.now(UTC):%Y-%m-%d}")
        file.write_text(text, encoding="utf-8")
    click.echo(f"{folder}: an invented base to start from; next: claimbook check --root {folder}")
