"""What commands print: results, why they stop, how far they are."""

import json
import os
import re
import sys
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NoReturn, Self, TextIO

import click

from claimbook.records import did_you_mean

STDOUT = "-"  # in the place of a file
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
_SEVERITY = re.compile(r"(?:(?<=: )|(?<=^    ))(error|warning|note)(?=: )", re.MULTILINE)


def print_output(text: str, colours: bool = False) -> None:
    """Print to standard output, severities in colour on a terminal if asked for."""
    if sys.stdout is None:
        stop("claimbook: standard output is closed")
    click.echo(_coloured(text, sys.stdout) if colours else text, nl=False)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to standard output."""
    print_output("".join(f"{line}\n" for line in lines))


def print_json(data: Any) -> None:
    """Print plain data to standard output; a day is its text."""
    print_output(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def write_json(path: Path, data: Any) -> None:
    """Write plain data to a file, as `write` does."""
    write(path, json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def write(path: Path, content: str) -> None:
    """Write a file whole or not at all; `-` is standard output."""
    from claimbook.loading.writing import write_all

    if str(path) == STDOUT:
        print_output(content)
    else:
        write_all({path: content.encode()})


def stop(*lines: str) -> NoReturn:
    """Exit with 2, printing why."""
    for line in lines:
        click.echo(_coloured(line, sys.stderr), err=True)
    raise SystemExit(2)


def stop_unknown(what: str, name: str, known: Collection[str], otherwise: str = "") -> NoReturn:
    """Exit with 2: there is nothing of that name; with the nearest one, or what to do instead."""
    repair = did_you_mean(name, known) or otherwise
    stop(f"there is no {what}{name!r}" + (f"; {repair}" if repair else ""))


def crash_report(error: Exception) -> str:
    """What to do about an error; one that nobody expected leaves a file to send."""
    if isinstance(error, OSError):
        return "CLAIMBOOK_DEBUG=1 shows where"
    import tempfile  # slow, and needed for nothing else
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="claimbook-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write("".join(traceback.format_exception(error)).encode(errors="replace").decode())
    except OSError:
        return "please report it; CLAIMBOOK_DEBUG=1 shows where"
    return f"please report it with {file.name}, which may hold words of yours: read it first"


def _coloured(text: str, stream: TextIO | None) -> str:
    """The text with its severities in colour, on a terminal only."""
    if stream is None or not stream.isatty() or "NO_COLOR" in os.environ:
        return text
    return _SEVERITY.sub(lambda match: click.style(match[1], fg=_COLOURS[match[1]]), text)


class Progress:
    """Tells on a terminal how far reading is, once it takes more than a second."""

    def __init__(self) -> None:
        self.show = sys.stderr is not None and sys.stderr.isatty()
        self.started, self.shown = time.monotonic(), False

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int) -> None:
        """Tell that some files are read."""
        if self.show and done % 100 == 0 and time.monotonic() - self.started > 1:
            click.echo(f"\rreading: {done:,} files", nl=False, err=True)
            self.shown = True

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
