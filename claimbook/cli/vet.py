"""`claimbook vet`: judge drafts."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.cli import shared
from claimbook.records.display import count

if TYPE_CHECKING:
    from claimbook.records import Base
    from claimbook.vetting.suppressions import FinalResult

_FILE = click.Path(path_type=Path, dir_okay=False)


def _today(context: click.Context, option: click.Parameter, value: str | None) -> date:
    """The day given; else that of SOURCE_DATE_EPOCH, so that builds can be repeated; else today."""
    del context, option
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if value:
            return date.fromisoformat(value)
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
    except (ValueError, OverflowError, OSError) as error:
        raise click.BadParameter(str(error)) from error


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    drafts: tuple[Path, ...]
    root: Path
    form: str
    fail_on: str
    output: Path | None
    baseline: Path | None
    write_baseline: Path | None
    receipt: Path | None
    today: date
    stdin_name: str


@click.command()
@shared.drafts_argument(required=True)
@shared.root_option
@shared.format_option("text", "json", "sarif", "github", "html")
@click.option(
    "--fail-on",
    type=shared.FAIL_ON,
    default="error",
    help="Exit with 1 if anything is flagged at this level or above; default: error.",
)
@click.option("--output", type=_FILE, help="Write the report to this file instead of printing it.")
@click.option("--baseline", type=_FILE, help="Do not fail on flags recorded in this baseline.")
@click.option("--write-baseline", type=_FILE, help="Record the present flags in this baseline.")
@click.option(
    "--receipt",
    type=_FILE,
    help="Write a receipt (inputs, versions, results) for `claimbook verify`.",
)
@click.option(
    "--today",
    callback=_today,
    metavar="YYYY-MM-DD",
    help="Date used to decide whether a suppression has expired; default: today, UTC.",
)
@shared.stdin_option
def vet(**options: Any) -> None:
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
    from claimbook.vetting import baseline
    from claimbook.vetting.browser import vet_draft

    asked = Options(**options)
    drafts, failures = shared.read_drafts(asked.drafts, asked.stdin_name)
    _refuse_to_overwrite(asked, [draft.name for draft in drafts])
    known, entries = _baseline(asked.baseline)
    if not drafts and asked.form not in ("sarif", "html"):  # these two name what was not read
        shared.stop(failures)
    vetter = shared.load_vetter(asked.root)
    results = [vet_draft(draft, vetter, asked.today) for draft in drafts]
    if asked.write_baseline and not failures:
        known = baseline.write_baseline(results)
        entries = baseline.read_baseline(known)
        shared.write_json(asked.write_baseline, known)
    results, unmet = baseline.apply_baseline(results, entries)
    _report(asked, results, vetter.base, failures)
    if asked.receipt and not failures:
        _receipt(asked.receipt, asked, results, known)
    _tell_unmet(asked.baseline, unmet)
    if failures:
        why = "not written, because not every draft was read"
        paths = filter(None, (asked.write_baseline, asked.receipt))
        shared.stop([*failures, *(f"{path}: {why}" for path in paths)])
    severities = (flag.severity.value for result in results for flag in result.vetted.flags)
    raise SystemExit(shared.exit_code(asked.fail_on, severities))


def _refuse_to_overwrite(asked: Options, drafts: Sequence[str]) -> None:
    """Exit with 2 if a draft would be replaced by what is written about it."""
    files = {os.path.realpath(name) for name in drafts}
    for path in filter(None, (asked.output, asked.write_baseline, asked.receipt)):
        if str(path) != shared.STDIN and os.path.realpath(path) in files:
            shared.stop([f"{path}: a draft; write to another file"])


def _baseline(path: Path | None) -> tuple[Any, Counter[Any]]:
    """A baseline as written, and its entries; exits with 2 if it is none."""
    from claimbook.vetting import baseline

    if path is None:
        return None, Counter()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data, baseline.read_baseline(data)
    except (OSError, ValueError, RecursionError) as error:
        shared.stop([f"{path}: {getattr(error, 'strerror', None) or error}"])


def _report(
    asked: Options, results: "Sequence[FinalResult]", base: "Base", failures: Sequence[str]
) -> None:
    """Print the report, or write it to its file."""
    from claimbook.vetting.formatters import github, html, json, sarif, text
    from claimbook.vetting.receipts import base_hash, engine_version

    match asked.form:
        case "json":
            several = len(asked.drafts) > 1 or any(map(os.path.isdir, asked.drafts))
            report = json.results_json(results, several)
        case "sarif":
            site = os.environ.get("CLAIMBOOK_SITE_URL")
            report = json.as_json(sarif.vet_log(results, site, engine_version(), failures))
        case "github":
            report = "".join(github.as_annotations(results))
        case "html":
            report = html.as_html(results, base, base_hash(asked.root), asked.today, failures)
        case _:
            report = "".join(text.as_text(results, shutil.get_terminal_size((100, 24)).columns))
    if asked.output:
        shared.write(asked.output, report)
    else:
        shared.print_output(report, colours=asked.form == "text")


def _receipt(path: Path, asked: Options, results: "Sequence[FinalResult]", known: Any) -> None:
    from claimbook.vetting.receipts import receipt

    shared.write(path, receipt(results, asked.root, asked.today, known))


def _tell_unmet(path: Path | None, unmet: Counter[Any]) -> None:
    """Say which entries of a baseline are no longer met."""
    for (rule, _, name), number in sorted(unmet.items(), key=lambda item: (item[0][2], item[0][0])):
        met = f"{'is' if number == 1 else 'are'} no longer met"
        click.echo(f"{path}: {count(number, 'flag')} of {rule} in {name} {met}", err=True)
