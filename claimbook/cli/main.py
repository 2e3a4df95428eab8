"""The command line: parse, call one function, print, exit. 0 done, 1 flagged, 2 could not run."""

import contextlib
import gc
import json
import os
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from claimbook.loading import cache
from claimbook.records import did_you_mean

if TYPE_CHECKING:
    from claimbook.records import Base
    from claimbook.vetting.drafts.draft import Draft
    from claimbook.vetting.suppressions import Result
    from claimbook.vetting.vet import Vetter

SEVERITIES = ("note", "warning", "error")
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
_SEVERITY = re.compile(r"(?:(?<=: )|(?<=^    ))(error|warning|note)(?=: )", re.MULTILINE)


def _root(command: Callable[..., None]) -> Callable[..., None]:
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option(
        "--root",
        type=kind,
        default=".",
        envvar="CLAIMBOOK_ROOT",
        show_envvar=True,
        help="The base's folder.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="claimbook")
def main() -> None:
    """Judge what clinic pages claim about a treatment against recorded evidence.

    Run it in the folder that holds claims/, sources/ and pages/, or name that folder with --root.
    """


@main.command()
@_root
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How to print flags.",
)
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="never",
    help="Exit with 1 when something is flagged at this level or above. Flags are news here, so the default is never.",
)  # fmt: skip
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="NAME",
    help="Run only this rule; may be given more than once.",
)
@click.option("--no-cache", is_flag=True, help="Check again even where nothing changed.")
def check(root: Path, form: str, fail_on: str, rules: tuple[str, ...], no_cache: bool) -> None:
    """Load the base, run every rule and print what they flag.

    Exits with 2, and prints every problem with its place, where the base cannot be loaded.
    """
    name = f"check-{form}-{'+'.join(sorted(rules)) or 'all'}"
    key = None if no_cache else cache.fingerprint(_places(root))
    held = cache.recall(root, name, key) if key else None
    if held is None:
        held = _checked(root, form, rules)
        if key:
            cache.keep(root, name, key, *held)
    worst, output = held
    click.echo(_coloured(output) if form == "text" else output, nl=False)
    raise SystemExit(
        int(
            fail_on != "never"
            and worst in SEVERITIES
            and SEVERITIES.index(worst) >= SEVERITIES.index(fail_on)
        )
    )


def _places(root: Path) -> list[Path]:
    """Everything that a result depends on: the records, the texts at hand, and this engine."""
    outside = [
        Path(os.environ[name])
        for name in ("CLAIMBOOK_SNAPSHOTS", "CLAIMBOOK_FIGURES")
        if os.environ.get(name)
    ]
    return [root / "claims", root / "sources", root / "pages", *outside, Path(__file__).parents[1]]


def _checked(root: Path, form: str, rules: tuple[str, ...]) -> tuple[str, str]:
    """The worst severity, and the output."""
    gc.disable()  # all that is made here stays until the process ends
    from claimbook.loading.load import load
    from claimbook.records import LoadError
    from claimbook.rules.check import all_rules
    from claimbook.rules.check import check as run
    from claimbook.site import exports
    from claimbook.vetting.formatters import annotation
    from claimbook.vetting.receipts import engine_version
    from claimbook.vetting.sarif import flags_log

    for rule in rules:
        if rule not in all_rules():
            _stop(
                [
                    f"there is no rule {rule!r}; {did_you_mean(rule, all_rules()) or 'see claimbook explain'}"
                ]
            )
    try:
        with _Progress() as progress:
            report = run(load(root, progress=progress), rules or None)
    except LoadError as error:
        _stop(
            [
                *map(str, error.problems),
                f"{len(error.problems)} problem{'s' * (len(error.problems) != 1)}: nothing was checked",
            ]
        )
    match form:
        case "json":
            output = json.dumps(exports.check_result(report), ensure_ascii=False, indent=2) + "\n"
        case "sarif":
            site, version = os.environ.get("CLAIMBOOK_SITE_URL"), engine_version()
            output = (
                json.dumps(flags_log(report.flags, site, version), ensure_ascii=False, indent=2)
                + "\n"
            )
        case "github":
            output = "".join(
                annotation(f.severity, f.at.file, f.at, f.rule, f.message) for f in report.flags
            )
        case _:
            closing = _closing(exports.summary(report))
            output = "".join([*(f"{flag}\n" for flag in report.flags), closing])
    return max((f.severity.value for f in report.flags), key=SEVERITIES.index, default=""), output


def _closing(state: dict) -> str:  # type: ignore[type-arg]
    severities = ", ".join(
        f"{count} {name}{'s' * (count != 1)}" for name, count in state["by_severity"].items()
    )
    unread = (
        f", {state['quotes_not_checked']} not checked (no page text at hand)"
        if state["quotes_not_checked"]
        else ""
    )
    return (
        f"{state['flags']} flags ({severities}) on {state['occurrences']} passages of {state['pages']} pages, {state['claims']} claims, "
        f"{state['sources']} sources\n{state['quotes_found']} quotes found on their pages{unread}\n"
    )


def _today(context: click.Context, option: click.Parameter, given: str | None) -> date:
    """The day given; else the one that SOURCE_DATE_EPOCH names, so that builds can be repeated; else today."""
    del context, option
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return (
            date.fromisoformat(given)
            if given
            else datetime.fromtimestamp(int(epoch), UTC).date()
            if epoch
            else datetime.now(UTC).date()
        )
    except (ValueError, OverflowError, OSError) as error:
        raise click.BadParameter(str(error)) from error


_day = click.option(
    "--today",
    callback=_today,
    metavar="YYYY-MM-DD",
    help="The day by which comments are past theirs [default: today, UTC].",
)
_stdin_name = click.option(
    "--stdin-filename",
    default="standard input",
    metavar="NAME",
    help="How to name standard input; its ending says what kind it is.",
)
_FILE = click.Path(path_type=Path, dir_okay=False)


@main.command()
@click.argument(
    "drafts",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, allow_dash=True),
)
@_root
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github", "html"]),
    default="text",
    help="How to print what is found.",
)
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error",
    help="Exit with 1 when something is flagged at this level or above. A draft can be mended, so the default is error.",
)  # fmt: skip
@click.option(
    "--output", type=_FILE, help="Write to this file, whole or not at all, instead of printing."
)
@click.option(
    "--baseline",
    type=_FILE,
    help="What is flagged in this file already is old copy, and does not fail.",
)
@click.option(
    "--write-baseline",
    type=_FILE,
    help="Write what is flagged now to this file, and count it as old copy.",
)
@click.option(
    "--receipt",
    type=_FILE,
    help="Write what was vetted, by what, and what came of it; see claimbook verify.",
)
@_day
@_stdin_name
def vet(
    drafts: tuple[Path, ...], root: Path, form: str, fail_on: str, output: Path | None, baseline: Path | None, write_baseline: Path | None,
    receipt: Path | None, today: date, stdin_filename: str,
) -> None:  # fmt: skip
    """Judge drafts of patient-facing copy before they are published.

    FILE is Markdown, text, HTML or Word (.md .txt .html .docx), a folder of these, or - for standard input. Each sentence is
    matched to the claims of the base and held to the same rules as any page. A sentence that no claim covers is not checked, and
    said so.

    A flag is set aside by a comment in the draft:

    \b
      <!-- claimbook: allow RULE because "REASON", owner: NAME, until: YYYY-MM-DD -->

    Among the words of a paragraph it speaks of that paragraph, on a line of its own of the next. In text and Word a line that
    begins with "# claimbook:" does the same, in Word a comment in the margin too.

    Exits with 0, with 1 where something is flagged, with 2 where something could not be run or read; whatever could be read is
    judged all the same.
    """  # noqa: D301 (click asks for the sign itself)
    from claimbook.vetting import baseline as known
    from claimbook.vetting import formatters, receipts
    from claimbook.vetting.browser import printed

    read, failures, listed = _read(drafts, stdin_filename)
    try:
        old = json.loads(baseline.read_text(encoding="utf-8")) if baseline else None
        entries = known.read(old) if baseline else Counter()
    except (OSError, ValueError) as error:
        _stop([f"{baseline}: {getattr(error, 'strerror', None) or error}"])
    if not read and form not in ("sarif", "html"):  # these two tell what could not be read
        _stop(failures)
    vetter = _vetter(root)
    results = _settled(read, vetter, today)
    if write_baseline and not failures:
        old = known.written(results)
        entries = known.read(old)
        _write(write_baseline, json.dumps(old, ensure_ascii=False, indent=2) + "\n")
    results, unmet = known.settle(results, entries)
    site, version = os.environ.get("CLAIMBOOK_SITE_URL"), receipts.engine_version()
    match form:
        case "json":
            found = (
                [formatters.data(one) for one in results]
                if not listed
                else [{"path": one.draft.name, **formatters.data(one)} for one in results]
            )
            said = printed(found if listed else found[0]) if found or listed else ""
        case "sarif":
            said = (
                json.dumps(
                    formatters.sarif(results, site, version, failures), ensure_ascii=False, indent=2
                )
                + "\n"
            )
        case "github":
            said = "".join(formatters.annotations(results))
        case "html":
            said = formatters.page(results, vetter.base, receipts.base_hash(root), today, failures)
        case _:
            said = "".join(formatters.told(results, shutil.get_terminal_size((100, 24)).columns))
    if output:
        _write(output, said)
    else:
        click.echo(_coloured(said) if form == "text" else said, nl=False)
    if receipt and not failures:
        _write(receipt, receipts.receipt(results, root, today, old))
    for (rule, _, name), count in sorted(unmet.items(), key=lambda one: (one[0][2], one[0][0])):
        click.echo(
            f"{baseline}: {count} flag{'s' * (count != 1)} of {rule} in {name} {'is' if count == 1 else 'are'} no longer met",
            err=True,
        )
    if failures:
        wanted = [str(path) for path in (write_baseline, receipt) if path]
        _stop(
            [
                *failures,
                *(f"{path}: not written, because not every draft was read" for path in wanted),
            ]
        )
    worst = max(
        (SEVERITIES.index(flag.severity.value) for one in results for flag in one.vetted.flags),
        default=-1,
    )
    raise SystemExit(int(fail_on != "never" and worst >= SEVERITIES.index(fail_on)))


@main.command()
@click.argument("receipt", type=click.Path(path_type=Path, dir_okay=False))
@click.argument(
    "drafts", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path, allow_dash=True)
)
@_root
@_stdin_name
def verify(receipt: Path, drafts: tuple[Path, ...], root: Path, stdin_filename: str) -> None:
    """Vet again what RECEIPT says was vetted, and hold the two receipts against each other, to the byte.

    FILE... are the drafts, in any order that their names tell, else in the order of the receipt; by default the files that it names.

    Exits with 0 where the same comes of it, with 1 where something differs (text, base, engine, rules or result: it says what),
    with 2 where it could not be run.
    """
    from claimbook.vetting import baseline as known
    from claimbook.vetting import receipts

    try:
        held = receipt.read_bytes().decode("utf-8")
        today, entries, old, names = receipts.arguments(held)
    except (OSError, ValueError) as error:
        _stop([f"{receipt}: {getattr(error, 'strerror', None) or error}"])
    read, failures, _ = _read(drafts or [Path(name) for name in names], stdin_filename)
    if failures:
        _stop(failures)
    if len(read) != len(names):
        _stop([f"the receipt is of {len(names)} drafts, and {len(read)} are given"])
    vetter = _vetter(root)
    results, _ = known.settle(_settled(receipts.in_order(read, names), vetter, today), entries)
    different = receipts.differences(held, receipts.receipt(results, root, today, old))
    for line in different:
        click.echo(line)
    if not different:
        click.echo(f"the same, to the byte: {len(results)} draft{'s' * (len(results) != 1)}")
    raise SystemExit(int(bool(different)))


def _read(paths: Iterable[Path], stdin_name: str) -> "tuple[list[Draft], list[str], bool]":
    """Every draft that can be read, why others cannot, and whether several may come of such arguments."""
    from claimbook.vetting.drafts import files

    read: list[Draft] = []
    failures: list[str] = []
    paths = list(paths)
    for given in dict.fromkeys(paths):
        try:
            if str(given) == "-":
                ending = Path(stdin_name).suffix.lower()
                content = sys.stdin.buffer.read(files.MAX_WORD_BYTES + 1)
                read.append(
                    files.draft(content, stdin_name, ending if ending in files.ENDINGS else ".txt")
                )
                continue
            found = list(files.drafts([given]))
        except files.DraftError as error:
            failures.append(str(error))
            continue
        for path in found:
            try:
                read.append(files.read(path))
            except files.DraftError as error:
                failures.append(str(error))
    return (
        list({one.name: one for one in read}.values()),
        failures,
        len(paths) > 1 or any(map(Path.is_dir, paths)),
    )


def _vetter(root: Path) -> "Vetter":
    from claimbook.records import LoadError
    from claimbook.vetting.vet import Vetter

    if not (root / "claims").is_dir():
        _stop([f"{root}: no base here (no claims/): name its folder with --root or CLAIMBOOK_ROOT"])
    try:
        vetter = Vetter(_base(root))
    except LoadError as error:
        _stop(
            [
                *map(str, error.problems),
                f"{len(error.problems)} problem{'s' * (len(error.problems) != 1)}: nothing was vetted",
            ]
        )
    return vetter


def _base(root: Path) -> "Base":
    """What drafts are held against: kept as plain data for as long as no file changes, so that neither YAML nor BibTeX is read again."""
    from claimbook.loading.serialize import for_vetting, pack, unpack

    gc.disable()  # nearly all that is made here stays until the process ends
    try:
        key = cache.fingerprint(_places(root))
        held = cache.recall(root, "base", key) if key else None
        if held:
            with contextlib.suppress(ValueError):
                return unpack(held[1])
        from claimbook.loading.load import load

        base = for_vetting(load(root))
        if key:
            cache.keep(root, "base", key, "", pack(base))
        return base
    finally:
        gc.freeze()
        gc.enable()


def _settled(read: "Iterable[Draft]", vetter: "Vetter", today: date) -> "list[Result]":
    """Every draft vetted, what its comments set aside taken out of its flags."""
    from claimbook.vetting.browser import settled

    return [settled(one, vetter, today) for one in read]


def _write(path: Path, content: str) -> None:
    """Write a file, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(content)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        _stop([f"{path}: {error.strerror}"])


@main.command()
@click.argument(
    "sets",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print what is found.",
)
@_root
def measure(sets: tuple[Path, ...], form: str, root: Path) -> None:
    """Measure how well drafts are read: precision and recall on passages whose faults are known (YAML), by style and category.

    Clean passages are also made faulty, one seeded fault at a time, and it is counted how many are caught.
    """
    import yaml

    from claimbook.vetting import evaluation as measuring

    vetter, found = _vetter(root), {}
    for path in sets:
        try:
            some = measuring.passages(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        except (KeyError, TypeError, yaml.YAMLError) as error:
            _stop([f"{path}: not a list of passages with id, text, style and expect ({error})"])
        found[path.stem] = measuring.measure(some, vetter)
    if form == "json":
        click.echo(json.dumps({name: one.as_data() for name, one in found.items()}, indent=2))
        return
    for name, one in found.items():
        click.echo(f"{name}: ", nl=False)
        measuring.told(one, click.echo)


@main.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Print a rule's documentation; without a RULE, a line for each."""
    from claimbook.rules.check import all_rules
    from claimbook.vetting.suppressions import EXAMPLE, KINDS

    if rule is None:
        width = max(map(len, all_rules()))
        for name, each in all_rules().items():
            click.echo(f"{name:{width}}  {each.summary}")
        for name, (_, said) in KINDS.items():
            click.echo(f"{name:{width}}  {said}")
    elif rule in KINDS:
        severity, said = KINDS[rule]
        click.echo(click.style(rule, bold=True) + f"  (record, {severity})\n\n{said}\n\n{EXAMPLE}")
    elif rule not in all_rules():
        _stop(
            [
                f"there is no rule {rule!r}; {did_you_mean(rule, all_rules()) or 'claimbook explain lists them'}"
            ]
        )
    else:
        found = all_rules()[rule]
        click.echo(
            click.style(rule, bold=True)
            + f"  ({found.category}, {found.severity})\n\n{found.doc.strip()}\n\nRests on: {found.authority}"
        )


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="schemas")
def schemas(folder: Path) -> None:
    """Write the JSON Schema of every kind of record into FOLDER, for editors."""
    from claimbook.loading.load import schemas as all_schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in all_schemas().items():
        (folder / name).write_text(
            json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        click.echo(f"{folder / name}")


def _stop(lines: Iterable[str]) -> NoReturn:
    for line in lines:
        click.echo(_coloured(line, sys.stderr.isatty()), err=True)
    raise SystemExit(2)


def _coloured(text: str, terminal: bool | None = None) -> str:
    """The text with its severities in colour, on a terminal only."""
    if not (sys.stdout.isatty() if terminal is None else terminal) or "NO_COLOR" in os.environ:
        return text
    return _SEVERITY.sub(lambda match: click.style(match[1], fg=_COLOURS[match[1]]), text)


class _Progress:
    """Tells on a terminal how far reading is, once it takes more than a second."""

    def __init__(self, show: Callable[[], bool] = sys.stderr.isatty) -> None:
        self.show, self.started, self.shown = show(), time.monotonic(), False

    def __enter__(self) -> "_Progress":
        return self

    def __call__(self, done: int) -> None:
        if self.show and done % 100 == 0 and time.monotonic() - self.started > 1:
            click.echo(f"\rreading: {done:,} files", nl=False, err=True)
            self.shown = True

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


if __name__ == "__main__":
    main()
