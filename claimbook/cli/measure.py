"""`claimbook measure`: how well drafts are read."""

from pathlib import Path

import click

from claimbook.cli import inputs, options, output


@click.command()
@click.argument("sets", nargs=-1, metavar="FILE...", type=options.FILE)
@click.option("--pages", is_flag=True, help="Seed faults in the supported passages of the pages.")
@options.format_option("text", "json")
@options.root_option
def measure(sets: tuple[Path, ...], pages: bool, form: str, root: Path) -> None:
    """Measure precision and recall on passages with known faults (YAML), by style and category.

    Clean passages are also made faulty, one seeded fault at a time, to count how many are caught.
    """
    import yaml

    from claimbook.vetting import evaluation

    if not sets and not pages:
        raise click.UsageError("name a file of passages, or --pages")
    vetter, measured = inputs.load_vetter(root), {}
    for path in sets:
        try:
            passages = evaluation.passages(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        except (KeyError, TypeError, yaml.YAMLError) as error:
            output.stop(f"{path}: not a list of passages with id, text, style and expect ({error})")
        measured[path.stem] = evaluation.measure(passages, vetter)
    if pages:
        measured["pages"] = evaluation.measure_pages(vetter)
    if form == "json":
        output.print_json({name: of.as_data() for name, of in measured.items()})
        return
    for name, of in measured.items():
        click.echo(f"{name}: ", nl=False)
        if of.by_style:
            evaluation.write_table(of, click.echo)
        else:
            click.echo(f"{of.passages} passages")
            evaluation.write_seeded(of, click.echo)
