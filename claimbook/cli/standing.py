"""`claimbook standing`: look sources up in a Retraction Watch export."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.cli import options, output
from claimbook.records import Standing
from claimbook.records.display import count

if TYPE_CHECKING:
    from claimbook.curation.retraction_watch import Export, LookUp
    from claimbook.loading.writing import Records


def _name(context: click.Context, option: click.Parameter, value: str) -> str:
    del context, option
    if not value.strip() or not value.isprintable():
        raise click.BadParameter("not a name")
    return value


@click.command()
@click.option(
    "--from", "export", required=True, type=options.FILE, help="A Retraction Watch export (CSV)."
)
@click.option("--apply", is_flag=True, help="Write what was found into the sources.")
@click.option(
    "--checked",
    callback=options.past_day,
    metavar="YYYY-MM-DD",
    help="The day of the export; default: the day of its newest notice.",
)
@click.option(
    "--with",
    "name",
    callback=_name,
    default="Retraction Watch",
    show_default=True,
    help="What it was looked up in, as the sources record it.",
)
@options.format_option("text", "json")
@options.root_option
def standing(
    export: Path, apply: bool, checked: date | None, name: str, form: str, root: Path
) -> None:
    """Look every source up, by DOI and PubMed id, in a Retraction Watch export.

    Prints retractions, expressions of concern, corrections and reinstatements, which sources are
    not listed, and which have neither DOI nor PubMed id. With --apply it writes `standing` into
    sources/*.yaml, and changes nothing else there; what is recorded already is never replaced by
    less.

    Exits with 0; with 1 if a source is listed; with 2 if it could not be run, and then writes
    nothing.
    """
    from claimbook.curation import retraction_watch
    from claimbook.loading.load import load
    from claimbook.loading.writing import Records

    records, base = Records(root), load(root)
    read = retraction_watch.read(export, base.references.values(), options.today_here())
    day = checked or read.newest
    if apply and not day:
        output.stop(f"{export}: no notice has a day; give the day of the export with --checked")
    results = retraction_watch.look_up(base, read, day, name)
    if apply:
        _write(records, results)
    if form == "json":
        output.print_json(_as_data(results, read, day, apply))
    else:
        output.print_lines(_as_text(results, read, apply))
    raise SystemExit(int(bool(read.notices)))


def _write(records: "Records", results: "Iterable[LookUp]") -> None:
    """Write what was found: into all files or into none."""
    from claimbook.loading.record_format import replaced

    def edit(new: Standing) -> Callable[[str], str]:
        value = {"status": new.status, "checked": new.checked, "with": new.with_}
        return partial(replaced, key="standing", value=value)

    records.edit({each.source.at.file: edit(each.new) for each in results if each.new})


def _as_text(results: "Sequence[LookUp]", read: "Export", applied: bool) -> Iterator[str]:
    missing: list[LookUp] = []
    unlisted: list[LookUp] = []
    for result in results:
        if result.notices:
            yield from _listed(result, applied)
        else:
            (unlisted if result.by else missing).append(result)
    yield _named(unlisted, "not listed")
    yield _named(missing, "not looked up, for want of a DOI or PubMed id")
    for kind in sorted({"DOI", "PMID"} - read.kinds):
        yield f"the export holds no {kind}: nothing was looked up by it"
    newest = f", the newest of {read.newest}" if read.newest else ", none with a day"
    yield f"{count(read.rows, 'notice')} read{newest}"
    if applied:
        written = [result for result in results if result.new]
        yield f"{count(len(written), 'source')} written"


def _listed(result: "LookUp", applied: bool) -> Iterator[str]:
    from claimbook.loading.identifiers import doi_address

    status = result.status or "a person must look"
    yield f"{result.source.id}: {status}"
    for notice in result.notices:
        day = f"{notice.day}" if notice.day else "day not given"
        by = [*notice.by, *(f"{kind} in the note of the reference" for kind in notice.noted)]
        yield f"    {notice.nature or 'no nature given'}, {day}, by {' and '.join(by)}"
        if notice.differs:
            yield f"        but by {' and '.join(notice.differs)} it is another paper"
        if notice.reasons:
            yield f"        {'; '.join(notice.reasons)}"
        if notice.doi:
            yield f"        {doi_address(notice.doi)}"
    if not result.new:
        yield f"    {'kept' if applied else 'recorded'}: {result.source.standing.status}"


def _named(results: "Sequence[LookUp]", what: str) -> str:
    names = ", ".join(result.source.id for result in results)
    return f"{count(len(results), 'source')} {what}" + (f": {names}" if names else "")


def _as_data(results: "Iterable[LookUp]", read: "Export", day: date | None, applied: bool) -> Any:
    sources: list[dict[str, Any]] = [
        {
            "source": result.source.id,
            "looked_up_by": result.by,
            "status": result.status,
            "recorded": result.source.standing.status,
            "written": bool(applied and result.new),
            "notices": [{**asdict(notice), "status": notice.status} for notice in result.notices],
        }
        for result in results
    ]
    return {"rows": read.rows, "newest": read.newest, "checked": day, "sources": sources}
