"""The options and arguments that several commands take."""

import os
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from claimbook.loading.record_files import JOURNAL
from claimbook.records import Severity

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)  # to read
STDIN = "-"  # among drafts


def _whole(context: click.Context, option: click.Parameter, root: Path) -> Path:
    """The root, once a write that was broken off there is finished."""
    del context, option
    if (root / JOURNAL).exists():
        from claimbook.loading.writing import finish

        finish(root)
    return root


root_option = click.option(
    "--root",
    callback=_whole,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    envvar="CLAIMBOOK_ROOT",
    show_envvar=True,
    help="The folder of the base: claims/, sources/ and pages/.",
)
stdin_option = click.option(
    "--stdin-filename",
    "stdin_name",
    default="standard input",
    metavar="NAME",
    help="Name for standard input; its ending says what kind of file it is.",
)


def text(value: str) -> str:
    """The type of an option whose words a record will hold: with a word, without odd signs."""
    if not value.strip():
        raise click.BadParameter("no word in it")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n" for sign in value):
        raise click.BadParameter("a control character in it, or what is not UTF-8")
    return value


class DraftsCommand(click.Command):
    """A command that takes drafts, also files whose names begin with a dash."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name such a file so that it is not read as options, unless it is named as one."""
        options = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        dashed = (a for a in args if a.startswith("-") and a not in {STDIN, *options})
        files = {name for name in dashed if Path(name).is_file()}
        return super().parse_args(ctx, [f"./{a}" if a in files else a for a in args])


def drafts_argument(required: bool) -> Callable[[Any], Any]:
    """The argument FILE..., drafts."""
    kind = click.Path(path_type=Path, allow_dash=True)
    metavar = "FILE..." if required else "[FILE...]"
    return click.argument("drafts", nargs=-1, required=required, metavar=metavar, type=kind)


def format_option(*formats: str) -> Callable[[Any], Any]:
    """The option `--format`."""
    choice = click.Choice(formats)
    return click.option("--format", "form", type=choice, default="text", help="Output format.")


def fail_on_option(default: str, note: str) -> Callable[[Any], Any]:
    """The option `--fail-on`."""
    choice = click.Choice(["error", "warning", "never"])
    words = f"Exit with 1 if anything is flagged at this level or above{note}; default: {default}."
    return click.option("--fail-on", type=choice, default=default, help=words)


def past_day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The callback of an option for the day on which something was done, as clocks here have it."""
    del context, option
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if day and day > today_here():
        raise click.BadParameter(f"{day} is in the future")
    return day


def today_here() -> date:
    """Today, as clocks here have it."""
    return datetime.now().astimezone().date()


def today_option(use: str) -> Callable[[Any], Any]:
    """The option `--today`."""
    return click.option(
        "--today", callback=_today, metavar="YYYY-MM-DD", help=f"{use}; default: today, UTC."
    )


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


def exit_code(fail_on: str, severities: Iterable[str]) -> int:
    """1 where something is flagged at the level of `--fail-on` or above, else 0."""
    gravest_first = [severity.value for severity in Severity]
    failing = gravest_first[: gravest_first.index(fail_on) + 1] if fail_on != "never" else []
    return int(not set(failing).isdisjoint(severities))
