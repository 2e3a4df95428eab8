"""`claimbook watch`: which recorded quotes still stand on the texts of pages at hand."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.cli import inputs, options, output
from claimbook.records import Base
from claimbook.records.display import count

if TYPE_CHECKING:
    from claimbook.curation.watch import Edit, QuoteResult, WatchResult
    from claimbook.loading.writing import Records

_LineOf = Callable[[str, tuple[str | int, ...]], int]


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT...]", type=click.Path(path_type=Path))
@click.option(
    "--snapshots",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder with texts of pages: every .txt file in it.",
)
@click.option("--apply", is_flag=True, help="Rewrite what only moved or has other punctuation.")
@options.format_option("text", "json")
@options.root_option
def watch(
    texts: tuple[Path, ...], snapshots: Path | None, apply: bool, form: str, root: Path
) -> None:
    """Hold the texts of pages, as they are now, against what was read.

    A text is named as its page: pages/ID.yaml goes with ID.txt. Every recorded quote is found,
    moved (the same words at another place), changed (the nearest text is shown) or gone. What is
    changed or gone is stale: the verdict stays about the day on which the page was read.

    CLAIMBOOK_SNAPSHOTS names the folder of the texts that were read. With them whole sentences are
    compared; without them only the quotes.

    With --apply, quotes of which only punctuation, capitals or the heading differ are rewritten. A
    quote with other words is never touched.

    Exits with 0 where every text is the one that was read, with 1 where one is not, and with 2 if
    it could not be run.
    """
    from claimbook.curation.watch import watch as compare_with_record
    from claimbook.loading.load import load
    from claimbook.loading.record_files import NO_FOLDER, SNAPSHOTS
    from claimbook.loading.writing import Records

    records, base = Records(root), load(root, snapshots=NO_FOLDER)
    paths = [*texts, *(sorted(snapshots.glob("*.txt")) if snapshots else ())]
    if not paths:
        output.stop(f"{snapshots}: no .txt file" if snapshots else "name a TEXT, or --snapshots")
    contents = {path: inputs.read_page(path)[0] for path in paths}
    read = _texts_read(base, os.environ.get(SNAPSHOTS))
    watched = [compare_with_record(path.stem, held, base, read) for path, held in contents.items()]
    if apply:
        _write(records, [edit for each in watched for edit in each.edits if edit.safe])
    held = {each.page.id for each in watched if each.page}
    missing = sorted(base.pages.keys() - held) if snapshots else []
    if form == "json":
        pages = [_as_data(each, root, apply) for each in watched]
        output.print_json({"pages": pages, "not_at_hand": missing})
    else:
        lines = [line for each in watched for line in _as_text(each, root, apply)]
        if missing:
            lines.append(f"no text at hand of {', '.join(missing)}")
        output.print_lines(lines)
    raise SystemExit(int(not all(each.known for each in watched)))


def _texts_read(base: Base, folder: str | None) -> dict[str, str]:
    """The texts that were read, as far as they are at hand unchanged."""
    import hashlib

    read = {}
    for page in base.pages.values():
        path = Path(folder or os.devnull) / f"{page.id}.txt"
        if path.is_file():
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() == page.sha256:
                read[page.id] = content.decode("utf-8", "replace")
    return read


def _write(records: "Records", edits: "Iterable[Edit]") -> None:
    """Write edits: into all files or into none."""
    from claimbook.loading.record_format import reworded

    by_file: dict[str, dict[Any, str]] = {}
    for edit in edits:
        by_file.setdefault(edit.file, {})[edit.path] = edit.words
    records.edit({file: partial(reworded, words=words) for file, words in by_file.items()})


# --- out ------------------------------------------------------------------------------------------


def _line_of(root: Path) -> _LineOf:
    """On which line of its file a value of a record stands."""
    from claimbook.loading.yaml_file import places

    places_in = cache(lambda file: places((root / file).read_bytes()))

    def line_of(file: str, path: tuple[str | int, ...]) -> int:
        known = places_in(file)
        return (known.get(path) or known[path[:-1]])[0]

    return line_of


def _as_text(watched: "WatchResult", root: Path, applied: bool) -> Iterator[str]:
    from claimbook.curation.watch import State

    page = watched.page
    if not page:
        yield f"{watched.name}: a new text: `claimbook draft-page` proposes what to record of it"
        return
    if watched.known:
        yield f"{page.id}: the text that was read on {page.read}"
        return
    counts = ", ".join(f"{watched.count(state)} {state}" for state in State)
    stale = watched.count(State.CHANGED) + watched.count(State.GONE)
    verdict = f"{count(stale, 'quote')} stale" if stale else "every quote is found"
    yield f"{page.id}: not the text that was read on {page.read}: {verdict} ({counts})"
    if not watched.whole:
        yield "    the text that was read is not at hand: the words around the quotes are not known"
    line_of = _line_of(root)
    for found in watched.quotes:
        yield from _quote_as_text(found, line_of, applied)
    for line, sentence in watched.new:
        yield f"    line {line} is new: {sentence}"
    where = f"{page.at.file}:{line_of(page.at.file, ('sha256',))}"
    yield f"    {where}: once you have read it, write its day and sha256: {watched.sha256}"
    if watched.whole:
        yield (
            f"        and put the new text in the place of {page.id}.txt in CLAIMBOOK_SNAPSHOTS:"
            " until then quotes are looked up in the old one"
        )


def _quote_as_text(found: "QuoteResult", line_of: _LineOf, applied: bool) -> Iterator[str]:
    from claimbook.curation.watch import State

    recorded = found.recorded
    at = f"{recorded.file}:{line_of(recorded.file, (*recorded.path, 'quote'))}"
    if found.state is State.FOUND and not found.edits:
        return
    signs = found.state is State.FOUND
    yield f"    {at}: {found.state}{', with other signs' if signs else ''}: {recorded.quote}"
    if found.state is State.MOVED and found.sections and found.sections[0] != found.sections[1]:
        stood, stands = (name or "no heading" for name in found.sections)
        yield f"        from under {stood!r} to under {stands!r}"
    if found.was:
        yield f"        was: {found.was}"
    if found.now:
        yield f"        now: {found.now}"
    for edit in found.edits:
        where = f"{edit.file}:{line_of(edit.file, edit.path)}"
        words = json.dumps(edit.words, ensure_ascii=False)
        yield f"        {where}: {'wrote' if applied else 'write'} {edit.path[-1]}: {words}"


def _as_data(watched: "WatchResult", root: Path, applied: bool) -> dict[str, Any]:
    from claimbook.curation.watch import selectors

    page, line_of = watched.page, _line_of(root)

    def edit_data(edit: "Edit") -> dict[str, Any]:
        line = line_of(edit.file, edit.path)
        key = str(edit.path[-1])
        return {"file": edit.file, "line": line, "key": key, "value": edit.words} | {
            "written": applied and edit.safe
        }

    state = "new" if not page else "unchanged" if watched.known else "changed"
    return {
        "text": watched.name,
        "page": page.id if page else None,
        "state": state,
        "read": str(page.read) if page else None,
        "sha256": watched.sha256,
        "compared": "sentences" if watched.whole else "quotes",
        "quotes": [
            {
                "of": each.recorded.of,
                "file": each.recorded.file,
                "line": line_of(each.recorded.file, (*each.recorded.path, "quote")),
                "quote": each.recorded.quote,
                "state": each.state.value,
                "sections": list(each.sections) if each.sections else None,
                "was": each.was or None,
                "now": each.now or None,
                "selectors": [selectors(watched.text, span) for span in each.spans],
                "edits": [edit_data(edit) for edit in each.edits],
            }
            for each in watched.quotes
        ],
        "new_sentences": [{"line": line, "text": text} for line, text in watched.new],
        "edits": [edit_data(edit) for edit in watched.edits if len(edit.path) == 1],
    }
