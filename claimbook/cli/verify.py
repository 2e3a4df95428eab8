"""`claimbook verify`: vet again what a receipt says was vetted."""

from pathlib import Path

import click

from claimbook.cli import inputs, options, output
from claimbook.records.display import count


@click.command(cls=options.DraftsCommand)
@click.argument("receipt", type=click.Path(path_type=Path, dir_okay=False))
@options.drafts_argument(required=False)
@options.root_option
@options.stdin_option
def verify(receipt: Path, drafts: tuple[Path, ...], root: Path, stdin_name: str) -> None:
    """Vet again what RECEIPT says was vetted, and compare the new receipt with it, byte for byte.

    FILE... are the drafts, matched to the receipt by name, else in its order; by default the files
    that it names.

    Exits with 0 if the result is the same; with 1 if something differs, and says what (text, base,
    engine, rules or result); with 2 if it could not be run.
    """
    from claimbook.vetting import baseline, receipts
    from claimbook.vetting.browser import vet_draft

    try:
        held = receipt.read_bytes().decode("utf-8")
        today, known, data, names = receipts.arguments(held)
    except (OSError, ValueError) as error:
        output.stop(f"{receipt}: {getattr(error, 'strerror', None) or error}")
    read, failures = inputs.read_drafts(drafts or [Path(name) for name in names], stdin_name)
    if failures:
        output.stop(*failures)
    if len(read) != len(names):
        output.stop(f"the receipt is of {count(len(names), 'draft')}, not of {len(read)}")
    vetter = inputs.load_vetter(root)
    results = [vet_draft(draft, vetter, today) for draft in receipts.in_order(read, names)]
    results, _ = baseline.apply_baseline(results, known)
    differences = receipts.differences(
        held, receipts.receipt(results, receipts.versions(root), today, data)
    )
    output.print_lines(differences)
    if not differences:
        aside = count(sum(len(result.suppressed) for result in results), "flag")
        drafts_vetted = f"{count(len(results), 'draft')} vetted on {today}, {aside} set aside"
        output.print_output(f"the same, to the byte: {drafts_vetted}\n")
    raise SystemExit(int(bool(differences)))
