"""`claimbook schemas`: the JSON Schemas of the records."""

from pathlib import Path

import click

from claimbook.cli import output


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="schemas")
def schemas(folder: Path) -> None:
    """Write the JSON Schema of every kind of record into FOLDER, for editors."""
    from claimbook.loading.schemas import schemas as all_schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in all_schemas().items():
        output.write_json(folder / name, schema)
        click.echo(str(folder / name))
