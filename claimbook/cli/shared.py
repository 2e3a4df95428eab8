"""What several commands share: options, the base, drafts in, output out."""

import contextlib
import gc
import json
import os
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self, TextIO

import click

from claimbook.loading import cache
from claimbook.loading.record_files import FOLDERS, JOURNAL
from claimbook.records import did_you_mean
from claimbook.records.display import count

if TYPE_CHECKING:
    from claimbook.records import Base, LoadError
    from claimbook.vetting.drafts.draft import Draft
    from claimbook.vetting.vet import Vetter

SEVERITIES = ("note", "warning", "error")
FAIL_ON = click.Choice(["error", "warning", "never"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)  # to read
STDIN = "-"
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
_SEVERITY = re.compile(r"(?:(?<=: )|(?<=^    ))(error|warning|note)(?=: )", re.MULTILINE)


def _whole(context: click.Context, option: click.Parameter, root: Path) -> Path:
    """The root, once a write that was broken off there is finished."""
    del context, option
    if (root / JOURNAL).exists():
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
    worst = max(map(SEVERITIES.index, severities), default=-1)
    return int(fail_on != "never" and worst >= SEVERITIES.index(fail_on))


# --- in -------------------------------------------------------------------------------------------


def places(root: Path) -> list[Path]:
    """Everything that a result depends on: the records, the texts at hand, and this engine."""
    return [*(root / name for name in FOLDERS), *outside()]


def outside() -> list[Path]:
    """What a result depends on beside the records: the texts at hand, and this engine."""
    names = ("CLAIMBOOK_SNAPSHOTS", "CLAIMBOOK_FIGURES")
    texts = [Path(os.environ[name]) for name in names if os.environ.get(name)]
    return [*texts, Path(__file__).parents[1]]


def load_vetter(root: Path) -> "Vetter":
    """The base of a folder, ready for drafts; exits with 2 where it cannot be loaded."""
    from claimbook.records import LoadError
    from claimbook.vetting.vet import Vetter

    if not (root / "claims").is_dir():
        stop([f"{root}: no base here (no claims/): name its folder with --root or CLAIMBOOK_ROOT"])
    try:
        return Vetter(_base(root))
    except LoadError as error:
        stop_loading(error, "vetted")


def load_base(root: Path, done: str, with_changes: bool = False, **how: Any) -> "Base":
    """The base of a folder; exits with 2, for nothing was *done*, where it cannot be loaded.

    Args:
        root: the folder.
        done: what the command does: "written", "compared".
        with_changes: tell who changed its claims, as Git knows it.
        how: as `load` takes it.
    """
    from claimbook.loading.load import load
    from claimbook.records import LoadError

    try:
        base = load(root, **how)
    except LoadError as error:
        stop_loading(error, done)
    if not with_changes:
        return base
    from claimbook.curation.changes import changes

    return replace(base, changes=changes(root))


def stop_loading(error: "LoadError", done: str) -> NoReturn:
    """Exit with 2, printing why the base cannot be loaded."""
    stop(
        [*map(str, error.problems), f"{count(len(error.problems), 'problem')}: nothing was {done}"]
    )


def _base(root: Path) -> "Base":
    """The base for drafts, from the cache for as long as no file changes."""
    from claimbook.loading.serialize import for_vetting, pack, unpack

    gc.disable()  # nearly all that is made here stays until the process ends
    try:
        key = cache.fingerprint(places(root))
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


def read_drafts(paths: Iterable[Path], stdin_name: str) -> "tuple[list[Draft], list[str]]":
    """Every draft that can be read, each once, and why others cannot."""
    from claimbook.vetting.drafts import files

    drafts: dict[str, Draft] = {}
    failures: list[str] = []
    for path in dict.fromkeys(paths):
        from_stdin = str(path) == STDIN
        named, unread = ([path], []) if from_stdin else files.find(path)
        failures += unread
        for file in named:
            try:
                draft = _read_stdin(stdin_name) if from_stdin else files.read(file)
                drafts[draft.name] = draft
            except files.DraftError as error:
                failures.append(str(error))
    return list(drafts.values()), failures


def read_page(path: Path) -> tuple[bytes, str]:
    """The bytes and the words of a page's text; exits with 2 where it cannot be read."""
    from claimbook.vetting.drafts import files

    try:
        if path.suffix != ".txt" or (path.exists() and not path.is_file()):
            stop([f"{path}: not the text of a page, which is a file that ends in .txt"])
        content = path.read_bytes()
        return content, files.decode(content, str(path))
    except OSError as error:
        stop([f"{path}: {error.strerror}"])
    except files.DraftError as error:
        stop([str(error)])


def _read_stdin(name: str) -> "Draft":
    from claimbook.vetting.drafts import files

    if sys.stdin is None:
        raise files.DraftError(f"{name}: closed")
    ending = Path(name).suffix.lower()
    content = sys.stdin.buffer.read(files.LIMITS[files.WORD] + 1)
    return files.draft(content, name, ending if ending in files.ENDINGS else ".txt")


# --- out ------------------------------------------------------------------------------------------


def print_output(text: str, colours: bool = False) -> None:
    """Print to standard output, severities in colour on a terminal if asked for."""
    if sys.stdout is None:
        stop(["claimbook: standard output is closed"])
    click.echo(coloured(text, sys.stdout) if colours else text, nl=False)


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
    """Write a file whole or not at all, exiting with 2; `-` is standard output."""
    if str(path) == STDIN:
        print_output(content)
    else:
        write_all({path: content.encode()})


class Records:
    """The records of a base as a command found them, to be written into only as they were then."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.found = self._state()

    def write(self, contents: Mapping[Path, bytes]) -> None:
        """Write as `write_all` does, or exit with 2 where somebody else wrote meanwhile."""
        with alone(self.root):
            if self._state() != self.found:
                stop([f"{self.root}: its records changed meanwhile: nothing was written"])
            write_all(contents, self.root / JOURNAL if len(contents) > 1 else None)

    def edit(self, edits: Mapping[str, Callable[[str], str]]) -> None:
        """Write what each edit makes of its file: into all files or, exiting with 2, into none."""
        contents = {}
        for file, edit in edits.items():
            path = self.root / file
            try:
                contents[path] = edit(path.read_bytes().decode("utf-8")).encode()
            except ValueError as error:
                stop([f"{path}: {error}", "nothing was written"])
        self.write(contents)

    def _state(self) -> str:
        try:
            return cache.digest(cache.listing(self.root / name for name in FOLDERS))
        except OSError:  # loading tells which file cannot be looked at
            return ""


@contextlib.contextmanager
def alone(folder: Path, wait: bool = True) -> Iterator[None]:
    """Keep other commands out of a folder while this one writes there, or until it ends.

    Where another is there already, wait for it, or exit with 2.
    """
    try:
        import fcntl
    except ImportError:  # on Windows, two that write in the same moment are not kept apart
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stop([f"{folder}: another run writes there; wait for it, or name another folder"])
    except OSError:  # a file system without locks
        pass
    try:
        yield
    finally:
        os.close(handle)


def finish(root: Path) -> None:
    """Put files in their place that a killed command had written whole beside them."""
    journal = root / JOURNAL
    try:
        with alone(root):  # who still writes is not disturbed
            if not journal.exists():
                return
            for beside, place in json.loads(journal.read_text("utf-8")):
                if (root / beside).exists():
                    (root / beside).replace(root / place)
                (root / f"{beside}.old").unlink(missing_ok=True)
            journal.unlink()
    except (OSError, ValueError, TypeError) as error:
        stop([f"{journal}: a write was broken off and cannot be finished: {error}"])


def write_all(contents: Mapping[Path, bytes], journal: Path | None = None) -> None:
    """Write every file or, exiting with 2, none: first beside the old ones, then in their place.

    Only a plain file is ever replaced: a link, a device or a pipe would become one. From the
    *journal*, which is there while they are put in place, `finish` puts the rest there, should this
    process be killed.
    """
    for each in contents:
        if os.path.lexists(each) and (each.is_symlink() or not each.is_file()):
            stop([f"{each}: not a plain file; write to another, or to - for standard output"])
    fresh = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in contents}
    old = {path: each.with_name(f"{each.name}.old") for path, each in fresh.items()}
    replaced: list[Path] = []
    path = None
    try:
        for path, content in contents.items():
            fresh[path].write_bytes(content)
            if path.exists():
                shutil.copymode(path, fresh[path])
                shutil.copy2(path, old[path])
        if journal:
            rows = [[os.path.relpath(p, journal.parent) for p in (fresh[q], q)] for q in fresh]
            draft = journal.with_name(f"{journal.name}.{os.getpid()}")
            draft.write_text(json.dumps(rows), "utf-8")
            draft.replace(journal)
        for path in contents:
            replaced.append(path)
            fresh[path].replace(path)
    except BaseException as error:  # an interrupt too
        for each in replaced:
            with contextlib.suppress(OSError):
                old[each].replace(each) if old[each].exists() else each.unlink()
        if isinstance(error, OSError):
            stop([f"{path}: {error.strerror}"])
        raise
    finally:
        for each in (*([journal] if journal else []), *fresh.values(), *old.values()):
            with contextlib.suppress(OSError):
                each.unlink(missing_ok=True)


def stop(lines: Iterable[str]) -> NoReturn:
    """Exit with 2, printing why."""
    for line in lines:
        click.echo(coloured(line, sys.stderr), err=True)
    raise SystemExit(2)


def stop_unknown(what: str, name: str, known: Collection[str], otherwise: str = "") -> NoReturn:
    """Exit with 2: there is nothing of that name; with the nearest one, or what to do instead."""
    repair = did_you_mean(name, known) or otherwise
    stop([f"there is no {what}{name!r}" + (f"; {repair}" if repair else "")])


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


def drop_output() -> None:
    """Send the rest of the output nowhere: it cannot be written, and Python would try again."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def coloured(text: str, stream: TextIO | None) -> str:
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
