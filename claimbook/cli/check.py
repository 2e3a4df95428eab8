"""`claimbook check`: load the base, run every rule, print the flags."""

import gc
import os
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.core import ParameterSource

from claimbook.cli import inputs, options, output
from claimbook.loading import cache
from claimbook.records import Base, Flag, LoadError
from claimbook.records.display import count, listed

if TYPE_CHECKING:
    from claimbook.rules.check import Report

FEW = 3  # files that a line may name


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE...]", type=options.FILE)
@options.root_option
@options.format_option("text", "json", "sarif", "github")
@options.fail_on_option("never", ". Flags on published pages are expected")
@click.option(
    "--rule", "rules", multiple=True, metavar="NAME", help="Run only this rule; may be repeated."
)
@click.option(
    "--as-of",
    type=click.IntRange(1, 9999),
    metavar="YEAR",
    help="Judge by the sources published by the end of that year; those without a year are left"
    " out.",
)
@options.today_option("Date used to decide which reviews are overdue and which days are to come")
@click.option("--no-cache", is_flag=True, help="Do not use the result of an earlier run.")
def check(
    files: tuple[Path, ...],
    root: Path,
    form: str,
    fail_on: str,
    rules: tuple[str, ...],
    as_of: int | None,
    today: date,
    no_cache: bool,
) -> None:
    """Check the base and print what the rules flag.

    With FILE..., records of the base, print only what concerns these; the whole base is still read.

    Exits with 2, and prints every problem with its place, if the base cannot be loaded or a rule
    finds an error in its own records.
    """
    names = [_record(file, root) for file in files]
    name = f"check-{form}-{'+'.join(sorted(rules)) or 'all'}"
    settings = os.environ.get("CLAIMBOOK_SITE_URL", ""), today.isoformat()
    fresh = no_cache or files or as_of
    key = None if fresh else cache.fingerprint(inputs.places(root), *settings)
    held = cache.recall(root, name, key) if key else None
    if held is None:
        given = click.get_current_context().get_parameter_source("today")
        latest = today if given is ParameterSource.COMMANDLINE else None
        try:
            report = _report(root, rules, as_of, today, latest, no_cache)
        except LoadError as error:
            _stop_at_problems(error, names)
        if (faults := report.faults) and not as_of:  # an answer of today may miss a later finding
            errors = f"{count(len(faults), 'error')} in our own records"
            output.stop(*map(str, faults), f"{errors}: mend them first")
        flags = [flag for flag in report.flags if not names or _concerns(flag, names, report.base)]
        severities = " ".join(sorted({flag.severity.value for flag in flags}))
        held = severities, _output(report, flags, form, names)
        if key:
            cache.keep(root, name, key, *held)
    severities, text = held
    output.print_output(text, colours=form == "text")
    raise SystemExit(options.exit_code(fail_on, severities.split()))


def _record(file: Path, root: Path) -> str:
    """A file as the messages of a base name it."""
    try:
        return file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        output.stop(f"{file}: not in the base {root}")


def _stop_at_problems(error: LoadError, names: Sequence[str]) -> NoReturn:
    """Print the problems of some files, and in which others there are more; else all of them."""
    shown = [str(each) for each in error.problems if each.at.file in names]
    others = [each.at.file for each in error.problems if each.at.file not in names]
    if not (shown and others):
        raise error
    files = listed(others) if len(set(others)) <= FEW else f"{len(set(others))} other files"
    output.stop(*shown, f"{count(len(others), 'problem')} in {files}: nothing was checked")


def _report(
    root: Path,
    rules: Sequence[str],
    as_of: int | None,
    today: date,
    latest: date | None,
    no_cache: bool,
) -> "Report":
    """What the rules say; no day that records tell is after *latest*."""
    gc.disable()  # all that is made here stays until the process ends
    from claimbook.curation import last_check
    from claimbook.loading.load import load
    from claimbook.rules.check import all_rules
    from claimbook.rules.check import check as run

    for rule in rules:
        if rule not in all_rules():
            output.stop_unknown("rule ", rule, all_rules(), "see claimbook explain")
    with output.Progress() as progress:
        if not (rules or as_of or no_cache):
            return last_check.report(root, today, latest, inputs.outside(), progress)
        base = load(root, progress=progress, today=latest)
    if as_of:
        base, today = _published_by(as_of, base), min(today, date(as_of, 12, 31))
    return run(base, rules or None, today)


def _published_by(year: int, base: Base) -> Base:
    """The base as it would be without what was published later; tells what is left out."""
    from claimbook.curation.impact import published_after, without, year_of

    later = published_after(year, base)
    undated = sum(year_of(base.references[key]) is None for key in later)
    left_out = f"as of {year}: {count(len(later), 'source')} left out"
    click.echo(f"{left_out}, {undated} of them without a year", err=True)
    return without(base, frozenset(later))


def _concerns(flag: Flag, names: Collection[str], base: Base) -> bool:
    """Whether a flag stands in one of these files, or concerns the record that one is."""
    records = (("pages", flag.pages), ("sources", flag.sources))
    files = [f"{folder}/{record}.yaml" for folder, ids in records for record in ids]
    if not flag.occurrences:  # else it stands where the passage is, in the file of its claim
        files += [base.claims[name].at.file for name in flag.claims]
    return not {flag.at.file, *files}.isdisjoint(names)


def _output(report: "Report", flags: Sequence[Flag], form: str, names: Sequence[str]) -> str:
    from claimbook.site import exports
    from claimbook.vetting.formatters import github, json, sarif
    from claimbook.vetting.receipts import engine_version

    match form:
        case "json":
            data, ids = exports.check_result(report), {flag.id for flag in flags}
            data["flags"] = [one for one in data["flags"] if one["id"] in ids]
            return json.as_json(data)
        case "sarif":
            site = os.environ.get("CLAIMBOOK_SITE_URL")
            return json.as_json(sarif.check_log(flags, site, engine_version()))
        case "github":
            return github.worst(
                (f.severity, github.annotation(f.severity, f.at.file, f.at, f.rule, f.message))
                for f in flags
            )
    report.index.results.clear()  # what rules worked out is not printed
    closing = _closing(exports.sizes(report))
    if names:
        of_files = count(len(names), "file")
        concern = "concerns" if len(flags) == 1 else "concern"
        closing = f"{count(len(flags), 'flag')} that {concern} {of_files}, of {closing}"
    return "".join([*(f"{flag}\n" for flag in flags), closing])


def _closing(state: dict[str, Any]) -> str:
    severities = ", ".join(count(number, name) for name, number in state["by_severity"].items())
    unread = state["quotes_not_checked"]
    return (
        f"{count(state['flags'], 'flag')} ({severities})"
        f" on {count(state['occurrences'], 'passage')} of {count(state['pages'], 'page')},"
        f" {count(state['claims'], 'claim')}, {count(state['sources'], 'source')}\n"
        f"{count(state['quotes_found'], 'quote')} found on "
        f"{'its page' if state['quotes_found'] == 1 else 'their pages'}"
        + (f", {unread} not checked (no page text at hand)\n" if unread else "\n")
    )
