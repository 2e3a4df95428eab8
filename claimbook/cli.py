"""The command line: parse, call one function, print, exit. 0 done, 1 flagged, 2 could not run."""

import contextlib
import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbook import cache
from claimbook.errors import nearest

if TYPE_CHECKING:
    from claimbook.model import Base
    from claimbook.vet import Vetted

SEVERITIES = ("note", "warning", "error")
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
_SEVERITY = re.compile(r"(?:(?<=: )|(?<=^    ))(error|warning|note)(?=: )", re.MULTILINE)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="claimbook")
def main() -> None:
    """Judge what clinic pages claim about a treatment against recorded evidence.

    Run it in the folder that holds claims/, sources/ and pages/, or name that folder with --root.
    """


@main.command()
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="The base's folder.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help="How to print flags.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="never",
    help="Exit with 1 when something is flagged at this level or above. Flags are news here, so the default is never.",
)  # fmt: skip
@click.option("--rule", "rules", multiple=True, metavar="NAME", help="Run only this rule; may be given more than once.")
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
    raise SystemExit(int(fail_on != "never" and worst in SEVERITIES and SEVERITIES.index(worst) >= SEVERITIES.index(fail_on)))


def _places(root: Path) -> list[Path]:
    """Everything that a result depends on: the records, the texts at hand, and this engine."""
    outside = [Path(os.environ[name]) for name in ("CLAIMBOOK_SNAPSHOTS", "CLAIMBOOK_FIGURES") if os.environ.get(name)]
    return [root / "claims", root / "sources", root / "pages", *outside, Path(__file__).parent]


def _checked(root: Path, form: str, rules: tuple[str, ...]) -> tuple[str, str]:
    """The worst severity, and the output."""
    gc.disable()  # all that is made here stays until the process ends
    from claimbook import export
    from claimbook.check import all_rules
    from claimbook.check import check as run
    from claimbook.errors import LoadError
    from claimbook.load import load

    for rule in rules:
        if rule not in all_rules():
            _stop([f"there is no rule {rule!r}; {nearest(rule, all_rules()) or 'see claimbook explain'}"])
    try:
        with _Progress() as progress:
            report = run(load(root, progress=progress), rules or None)
    except LoadError as error:
        _stop([*map(str, error.problems), f"{len(error.problems)} problem{'s' * (len(error.problems) != 1)}: nothing was checked"])
    match form:
        case "json":
            output = json.dumps(export.check_result(report), ensure_ascii=False, indent=2) + "\n"
        case "sarif":
            output = json.dumps(export.sarif(report.flags), ensure_ascii=False, indent=2) + "\n"
        case "github":
            output = "".join(_annotation(f.severity, f.at.file, f.at.line, f.at.column, f.rule, f.message) for f in report.flags)
        case _:
            closing = _closing(export.summary(report))
            output = "".join([*(f"{flag}\n" for flag in report.flags), closing])
    return max((f.severity.value for f in report.flags), key=SEVERITIES.index, default=""), output


def _closing(state: dict) -> str:  # type: ignore[type-arg]
    severities = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in state["by_severity"].items())
    unread = f", {state['quotes_not_checked']} not checked (no page text at hand)" if state["quotes_not_checked"] else ""
    return (
        f"{state['flags']} flags ({severities}) on {state['occurrences']} passages of {state['pages']} pages, {state['claims']} claims, "
        f"{state['sources']} sources\n{state['quotes_found']} quotes found on their pages{unread}\n"
    )


def _annotation(severity: str, file: str, line: int, column: int, rule: str, message: str) -> str:
    """A GitHub workflow command; its values are escaped as GitHub asks."""

    def escape(text: str, more: str = "") -> str:
        for sign in "%\r\n" + more:
            text = text.replace(sign, f"%{ord(sign):02X}")
        return text

    kind = "notice" if severity == "note" else severity
    return f"::{kind} file={escape(file, ':,')},line={line},col={column},title={escape(rule, ':,')}::{escape(message)}\n"


@main.command()
@click.argument("drafts", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="The base's folder.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to print what is found.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error",
    help="Exit with 1 when something is flagged at this level or above. A draft can be mended, so the default is error.",
)  # fmt: skip
def vet(drafts: tuple[Path, ...], root: Path, form: str, fail_on: str) -> None:
    """Judge drafts of patient-facing copy before they are published: .md, .txt, .html, .docx, or - for standard input.

    Each sentence is matched to the claims of the base and held to the same rules as any page. A sentence that no claim covers is
    not checked, and said so.
    """
    from claimbook import draft_file
    from claimbook.desk import printed
    from claimbook.errors import LoadError
    from claimbook.vet import Vetted, Vetter, as_data

    vetted: dict[str, Vetted] = {}
    try:
        vetter = Vetter(_base(root))
        for path in drafts:
            name = "standard input" if str(path) == "-" else path.as_posix()
            text = draft_file.text_of(sys.stdin.buffer.read(draft_file.MAX_BYTES + 1), name) if str(path) == "-" else draft_file.read(path)
            vetted[name] = vetter.vet(text, name)
    except LoadError as error:
        _stop([*map(str, error.problems), f"{len(error.problems)} problems: nothing was vetted"])
    except draft_file.DraftError as error:
        _stop([str(error)])
    flags = [flag for one in vetted.values() for flag in one.flags]
    match form:
        case "json":
            click.echo(printed([as_data(one) for one in vetted.values()]), nl=False)
        case "sarif":
            from claimbook import export

            click.echo(json.dumps(export.sarif(flags), ensure_ascii=False, indent=2))
        case _:
            for name, one in vetted.items():
                click.echo(_coloured("".join(_told(name, one))), nl=False)
    worst = max((SEVERITIES.index(flag.severity.value) for flag in flags), default=-1)
    raise SystemExit(int(fail_on != "never" and worst >= SEVERITIES.index(fail_on)))


def _base(root: Path) -> "Base":
    """What drafts are held against: kept as plain data for as long as no file changes, so that neither YAML nor BibTeX is read again."""
    from claimbook.packed import for_vetting, pack, unpack

    gc.disable()  # nearly all that is made here stays until the process ends
    try:
        key = cache.fingerprint(_places(root))
        held = cache.recall(root, "base", key) if key else None
        if held:
            with contextlib.suppress(ValueError):
                return unpack(held[1])
        from claimbook.load import load

        base = for_vetting(load(root))
        if key:
            cache.keep(root, "base", key, "", pack(base))
        return base
    finally:
        gc.freeze()
        gc.enable()


def _told(name: str, vetted: "Vetted") -> Iterator[str]:
    """A draft's flags, each under its sentence, and what was not checked."""
    for one in vetted.sentences:
        if one.flags:
            yield f"{name}:{one.line}: {one.text}\n    read as: {one.reading}\n"
            for flag in one.flags:
                yield f"    {flag.severity}: {flag.message} ({flag.rule})\n"
            for suggestion in dict.fromkeys(flag.suggestion for flag in one.flags if flag.suggestion):
                yield f"    you may write: {suggestion}\n"
    for flag in vetted.document_flags:
        yield f"{name}: {flag.severity}: {flag.message} ({flag.rule})\n"
    unchecked = sum(one.verdict is not None and one.verdict.label == "not-checked" for one in vetted.sentences)
    flagged = sum(bool(one.flags) for one in vetted.sentences)
    yield f"{name}: {len(vetted.sentences)} sentences, {flagged} flagged, {unchecked} not checked, by {len(vetted.checks_run)} rules\n"


@main.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Print a rule's documentation; without a RULE, a line for each."""
    from claimbook.check import all_rules

    if rule is None:
        width = max(map(len, all_rules()))
        for name, each in all_rules().items():
            click.echo(f"{name:{width}}  {each.summary}")
    elif rule not in all_rules():
        _stop([f"there is no rule {rule!r}; {nearest(rule, all_rules()) or 'claimbook explain lists them'}"])
    else:
        found = all_rules()[rule]
        click.echo(
            click.style(rule, bold=True) + f"  ({found.category}, {found.severity})\n\n{found.doc.strip()}\n\nRests on: {found.authority}"
        )


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="schemas")
def schemas(folder: Path) -> None:
    """Write the JSON Schema of every kind of record into FOLDER, for editors."""
    from claimbook.load import schemas as all_schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in all_schemas().items():
        (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        click.echo(f"{folder / name}")


def _stop(lines: Iterable[str]) -> None:
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
