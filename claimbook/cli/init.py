"""`claimbook init`: a small sound base to start from."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from claimbook.cli import output

_READ = b"2001-12-31"  # in the records that are copied


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a small base into DIR, which must be empty or not be there yet.

    Everything in it is invented, to be replaced record by record: a page, two claims, two sources,
    and a vocabulary of six concepts; with the JSON Schemas of records, for editors.
    """
    import claimbook.curation
    from claimbook.loading.schemas import schemas

    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        output.stop(f"{folder}: not an empty folder; nothing was written")
    starter = Path(claimbook.curation.__file__).parent / "starter"
    today = f"{datetime.now(UTC):%Y-%m-%d}".encode()
    try:
        for file in starter.rglob("*.*"):
            copy = folder / file.relative_to(starter)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes().replace(_READ, today))  # so that nothing is due
        (folder / "schemas").mkdir()
        for name, schema in schemas().items():
            output.write_json(folder / "schemas" / name, schema)
    except BaseException as error:  # an interrupt too
        for part in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(part) if part.is_dir() else part.unlink()
        if isinstance(error, OSError):
            output.stop(f"{folder}: {error.strerror}; nothing was written")
        raise
    click.echo(f"{folder}: an invented base to start from; next: claimbook check --root {folder}")
