"""`claimbook vet`: judge drafts."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.cli import inputs, options
from claimbook.cli.output import STDOUT, print_output, stop, write, write_json
from claimbook.loading.record_files import FOLDERS
from claimbook.records import Base
from claimbook.records.display import count

if TYPE_CHECKING:
    from claimbook.vetting.baseline import Key
    from claimbook.vetting.suppressions import FinalResult

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=options.DraftsCommand)
@options.drafts_argument(required=True)
@options.root_option
@options.format_option("text", "json", "sarif", "github", "html")
@options.fail_on_option("error", "")
@click.option("--output", type=_FILE, help="Write the report to this file instead of printing it.")
@click.option("--baseline", type=_FILE, help="Do not fail on flags recorded in this baseline.")
@click.option("--write-baseline", type=_FILE, help="Record the present flags in this baseline.")
@click.option(
    "--receipt",
    type=_FILE,
    help="Write a receipt (inputs, versions, results) for `claimbook verify`.",
)
@click.option("--verbose", is_flag=True, help="In text, also print how each passage was read.")
@options.today_option("Date used to decide whether a suppression has expired")
@options.stdin_option
def vet(
    drafts: tuple[Path, ...],
    root: Path,
    form: str,
    fail_on: str,
    output: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    receipt: Path | None,
    verbose: bool,
    today: date,
    stdin_name: str,
) -> None:
    """Judge drafts of patient-facing copy before they are published.

    FILE is Markdown, text, HTML or Word (.md .txt .html .docx), a folder of these, or - for
    standard input. Each sentence is matched to the claims of the base and held to the same rules as
    any page. A sentence that no claim covers is reported as not checked.

    A comment in the draft sets a flag aside:

    \b
      <!-- claimbook: allow RULE because "REASON", owner: NAME, until: YYYY-MM-DD -->

    Inside a paragraph it applies to that paragraph; on its own line, to the next one. In text and
    Word a line that begins with "# claimbook:" does the same, in Word a comment in the margin too.

    Exits with 0; with 1 if something is flagged; with 2 if something could not be run or read, and
    then still judges whatever could be read.
    """  # noqa: D301 (click asks for the sign itself)
    from claimbook.vetting import baseline as baselines
    from claimbook.vetting import receipts
    from claimbook.vetting.browser import vet_draft

    read, failures = inputs.read_drafts(drafts, stdin_name)
    _refuse_to_overwrite(drafts, root, baseline, (output, write_baseline, receipt))
    known, entries = _baseline(baseline)
    if not read and form not in ("sarif", "html"):  # these two name what was not read
        stop(*failures)
    vetter = inputs.load_vetter(root)
    results = [vet_draft(draft, vetter, today) for draft in read]
    if write_baseline and not failures:
        known = baselines.write_baseline(results)
        entries = baselines.read_baseline(known)
        write_json(write_baseline, known)
    results, unmet = baselines.apply_baseline(results, entries)
    several = len(drafts) > 1 or any(map(os.path.isdir, drafts))
    report = _report(form, results, several, vetter.base, root, today, failures, verbose)
    if output:
        write(output, report)
    else:
        print_output(report, colours=form == "text")
    if receipt and not failures:
        held = receipts.receipt(results, receipts.versions(root), today, known)
        write(receipt, held)
    for (rule, _, name), number in sorted(unmet.items(), key=lambda item: (item[0][2], item[0][0])):
        met = f"{'is' if number == 1 else 'are'} no longer met"
        click.echo(f"{baseline}: {count(number, 'flag')} of {rule} in {name} {met}", err=True)
    if failures:
        why = "not written, because not every draft was read"
        paths = filter(None, (write_baseline, receipt))
        stop(*failures, *(f"{path}: {why}" for path in paths))
    severities = (flag.severity.value for result in results for flag in result.vetted.flags)
    raise SystemExit(options.exit_code(fail_on, severities))


def _refuse_to_overwrite(
    drafts: Iterable[Path], root: Path, baseline: Path | None, outputs: Sequence[Path | None]
) -> None:
    """Exit with 2 if an input, or another output, would be replaced by what is written.

    A baseline may be brought up to date in place.
    """
    from claimbook.vetting.drafts.files import find

    if not any(outputs):
        return
    named = (file for path in drafts for file in find(path)[0])  # also those not read
    taken = dict.fromkeys(map(os.path.realpath, named), "a draft")
    records = [Path(os.path.realpath(root / name)) for name in FOLDERS]
    report, fresh_baseline, receipt = outputs
    for path in filter(None, (fresh_baseline, report, receipt)):
        if str(path) == STDOUT:
            continue
        place = os.path.realpath(path)
        what = taken.get(place)
        if any(Path(place).is_relative_to(folder) for folder in records):
            what = "a place of records"
        elif baseline and path is not fresh_baseline and place == os.path.realpath(baseline):
            what = "the baseline"
        if what:
            stop(f"{path}: {what}; write to another file")
        taken[place] = "written already"


def _baseline(path: Path | None) -> "tuple[Any, Counter[Key]]":
    """A baseline as written, and its entries; exits with 2 if it is none."""
    from claimbook.vetting.baseline import read_baseline

    if path is None:
        return None, Counter()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data, read_baseline(data)
    except (OSError, ValueError, RecursionError) as error:
        stop(f"{path}: {getattr(error, 'strerror', None) or error}")


def _report(
    form: str,
    results: "Sequence[FinalResult]",
    several: bool,
    base: Base,
    root: Path,
    today: date,
    failures: Sequence[str],
    verbose: bool,
) -> str:
    from claimbook.vetting.formatters import github, html, json, sarif, text
    from claimbook.vetting.receipts import base_hash, engine_version

    match form:
        case "json":
            return json.results_json(results, several)
        case "sarif":
            site = os.environ.get("CLAIMBOOK_SITE_URL")
            return json.as_json(sarif.vet_log(results, site, engine_version(), failures))
        case "github":
            return github.as_annotations(results, base)
        case "html":
            reviewed = any((root / "reviews").glob("*.yaml"))
            return html.as_html(results, base, base_hash(root), today, failures, reviewed)
    width = shutil.get_terminal_size((100, 24)).columns
    return "".join(text.as_text(results, base, width, reading=verbose))
