"""`claimbook draft-page`: a page's text as proposals, which a person ticks, and records of them."""

import hashlib
from pathlib import Path

import click
from click.core import ParameterSource

from claimbook.cli import inputs, options, output
from claimbook.records.display import count


@click.command(name="draft-page")
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Record what is ticked in the sheet.")
@click.option(
    "--sheet",
    "sheet_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the proposals are; default: ID.draft.yaml here.",
)
@options.root_option
def draft_page(text: Path, apply: bool, sheet_file: Path | None, root: Path) -> None:
    """Propose what to record of a page, from its TEXT; the file's name is the page's id.

    Writes a sheet with the page's record, each sentence that makes a claim of the base, sentences
    that claim something else, and what to pass over. Nothing is ticked.

    With --apply, what a person ticked there is recorded: all of it, if the base is sound with it,
    or nothing.
    """
    from claimbook.curation import page_sheet
    from claimbook.curation.page_draft import page_draft
    from claimbook.loading.load import load
    from claimbook.loading.messages import NO_ID
    from claimbook.loading.record_files import NO_FOLDER
    from claimbook.loading.records_from_data import ID
    from claimbook.loading.writing import Records

    name = text.stem
    if not ID.fullmatch(name):
        output.stop(f"{text}: {name!r} is not an id: {NO_ID}")
    sheet = sheet_file or Path(f"{name}.draft.yaml")
    content, words = inputs.read_page(text)
    digest = hashlib.sha256(content).hexdigest()
    records = Records(root)
    base = load(root, snapshots=NO_FOLDER, without_pages=True)
    if name in base.pages:
        output.stop(
            f"pages/{name}.yaml is recorded already; add further passages by hand, under "
            "`occurrences` of their claims; if the page changed, see `claimbook watch`"
        )
    if not apply:
        if sheet.exists():
            output.stop(f"{sheet}: is there, with what somebody ticked; delete it to draft again")
        draft = page_draft(words, digest, base)
        given = click.get_current_context().get_parameter_source
        named = (("root", root), ("sheet_file", sheet))
        again = [  # the options with which the sheet is to be applied
            part
            for option, value in named
            if given(option) is ParameterSource.COMMANDLINE
            for part in (f"--{option.removesuffix('_file')}", str(value))
        ]
        output.write(sheet, page_sheet.sheet(text, draft, again))
        match = "matches" if len(draft.unmatched) == 1 else "match"
        click.echo(
            f"{sheet}: {count(len(draft.passages), 'passage')} proposed, "
            f"{count(len(draft.unmatched), 'sentence')} that {match} no claim, "
            f"{len(draft.passed_over)} to pass over"
        )
        return
    merged = page_sheet.merged(sheet, name, words, digest, root)
    page_sheet.prove(merged, root)
    (root / "pages").mkdir(exist_ok=True)
    records.write({root / file: held.encode() for file, held in merged.files.items()})
    for file in merged.files:
        click.echo(f"{file}: written")
    click.echo(f"{sheet}: no longer needed; delete it once nothing in it is left to record")
