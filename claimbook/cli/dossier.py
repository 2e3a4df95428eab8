"""`claimbook dossier`: all that is recorded of one claim, clinic page or source, to send on."""

from pathlib import Path

import click

from claimbook.cli import options, output


@click.command()
@click.argument("address")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Where to write it: FILE.zip, or FILE.html for the page alone; default: ID.zip here.",
)
@options.root_option
def dossier(address: str, out: Path | None, root: Path) -> None:
    """Write a dossier of ADDRESS: claims/ID, pages/ID or sources/KEY, or an ID or KEY alone.

    It holds one page that needs no network, the records, the same as data, the references for
    reference managers, and a manifest with a digest of every file. The same records, as of the
    same day, give the same bytes.
    """
    from claimbook.curation.changes import as_of, load_with_changes
    from claimbook.loading.bibtex_file import citations
    from claimbook.loading.writing import write_all
    from claimbook.rules.check import check
    from claimbook.site import dossier as dossiers
    from claimbook.site.claims import suggestions
    from claimbook.site.context import Context, environment
    from claimbook.site.exports import Tables
    from claimbook.site.file_formats import zipped
    from claimbook.vetting.receipts import base_hash
    from claimbook.vetting.vet import Vetter

    out = out or Path(f"{address.partition('/')[2] or address}.zip")
    if out.suffix not in (".zip", ".html"):
        output.stop(f"{out}: end it in .zip, or in .html for the page alone")
    base = load_with_changes(root)
    report = check(base, today=as_of(root))
    offered = suggestions(report, Vetter(base).clean)
    context = Context(report, citations(base.references.values()), suggestions=offered)
    about = dossiers.subject(address, context)
    files = dossiers.files(
        about, context, Tables(report), root, environment(report), base_hash(root)
    )
    content = zipped(files) if out.suffix == ".zip" else files["dossier.html"]
    write_all({out: content})
    click.echo(f"{out}: {len(content):,} bytes")
