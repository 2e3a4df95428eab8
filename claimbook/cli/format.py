"""`claimbook format`: records in the house layout."""

from pathlib import Path

import click

from claimbook.cli import options, output


@click.command(name="format")
@click.argument("files", nargs=-1, type=options.FILE)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a record would change.")
@options.root_option
def format_records(files: tuple[Path, ...], check: bool, root: Path) -> None:
    """Lay records out in block style, at most 120 columns; no word changes.

    Without FILES, every record of the base.
    """
    from claimbook.loading.record_files import FOLDERS, read_bytes, record_files
    from claimbook.loading.record_format import formatted
    from claimbook.records import Problem

    changed, problems = [], []
    found = [file for name in FOLDERS for file in record_files(root, name)]
    if not files and not found:
        output.stop(f"{root}: no records here: name the folder of a base with --root")
    for path in files or [file.path for file in found if not file.fault]:
        try:
            content = read_bytes(path, str(path))
            if isinstance(content, Problem):
                raise ValueError(content.message)
            text = content.decode("utf-8").replace("\r\n", "\n")
            laid_out = formatted(text)
        except ValueError as error:
            problems.append(f"{path}: {error}")
            continue
        if laid_out != text:
            changed.append(path)
            if not check:
                output.write(path, laid_out)
    for path in changed:
        click.echo(f"{path}: {'would change' if check else 'changed'}")
    if problems:
        output.stop(*problems)
    raise SystemExit(int(check and bool(changed)))
