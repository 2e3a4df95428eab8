"""`claimbook measure`: how well drafts are read."""

import json
from pathlib import Path

import click

from claimbook.cli.shared import format_option, load_vetter, root_option, stop


@click.command()
@click.argument(
    "sets",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@format_option("text", "json")
@root_option
def measure(sets: tuple[Path, ...], form: str, root: Path) -> None:
    """Measure precision and recall on passages with known faults (YAML), by style and category.

    Clean passages are also made faulty, one seeded fault at a time, to count how many are caught.
    """
    import yaml

    from claimbook.vetting import evaluation

    vetter, measured = load_vetter(root), {}
    for path in sets:
        try:
            passages = evaluation.passages(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        except (KeyError, TypeError, yaml.YAMLError) as error:
            stop([f"{path}: not a list of passages with id, text, style and expect ({error})"])
        measured[path.stem] = evaluation.measure(passages, vetter)
    if form == "json":
        click.echo(json.dumps({name: of.as_data() for name, of in measured.items()}, indent=2))
        return
    for name, of in measured.items():
        click.echo(f"{name}: ", nl=False)
        evaluation.write_table(of, click.echo)
