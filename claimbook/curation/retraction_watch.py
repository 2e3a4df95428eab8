"""Whether sources still stand: what a Retraction Watch export lists of them.

The export is a CSV file with one row a notice: a retraction, an expression of concern, a correction
or a reinstatement of one paper, which has a DOI, a PubMed id or both. It shows what is listed. That
a paper is not listed shows little: corrections, above all, are often missing.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from claimbook.loading.identifiers import DOI, PMID, doi, doi_address, identifiers, pmid
from claimbook.loading.record_format import replaced
from claimbook.records import (
    Base,
    Reference,
    Source,
    Standing,
    StandingStatus,
    UserError,
    did_you_mean,
)
from claimbook.records.display import count
from claimbook.records.grouping import grouped

NATURE, DAY, REASON, NOTICE = "RetractionNature", "RetractionDate", "Reason", "RetractionDOI"
IDENTIFIERS = {DOI: "OriginalPaperDOI", PMID: "OriginalPaperPubMedID"}  # their columns
COLUMNS = (*IDENTIFIERS.values(), NATURE, DAY, REASON, NOTICE)
STATUSES: Mapping[str, StandingStatus] = {  # what a notice makes of a paper
    "correction": "corrected",
    "reinstatement": "reinstated",
    "expression of concern": "concern",
    "retraction": "retracted",
}
_DAMAGED = "the file is cut off or damaged: download it again"
GRAVITY: Sequence[StandingStatus] = get_args(StandingStatus)


@dataclass(frozen=True, slots=True)
class ListedNotice:
    """One row of an export about a source."""

    nature: str  # as the export words it
    day: date | None
    reasons: tuple[str, ...]
    doi: str  # of the notice itself; may be empty
    line: int  # where the row ends in the file
    by: tuple[str, ...]  # the identifiers that are the source's own: DOI, PMID
    noted: tuple[str, ...]  # those that the note of its reference names
    differs: tuple[str, ...]  # those that are another paper's

    @property
    def status(self) -> StandingStatus | None:
        """What it makes of the paper; None where a person must look."""
        sure = self.by and not self.differs
        return STATUSES.get(self.nature.lower()) if sure else None


@dataclass(frozen=True, slots=True)
class Export:
    """What was read of an export."""

    notices: Mapping[str, tuple[ListedNotice, ...]]  # by source
    rows: int
    newest: date | None  # the day of its newest notice
    kinds: frozenset[str]  # of identifier, of which it has any


def read(path: Path, references: Iterable[Reference], today: date) -> Export:
    """The notices of an export that concern some references; rows are read one at a time.

    Letters that are not UTF-8 are replaced: no identifier holds any. Days after *today* are typing
    errors and do not count as the newest.

    Raises:
        UserError: the file is not a whole export; it says why, with the likely repair.
        OSError: it cannot be read.
    """
    wanted = {reference.key: identifiers(reference.fields) for reference in references}
    sources = grouped(
        (value, key) for key, own in wanted.items() for value in filter(None, chain(*own.values()))
    )
    notices: dict[str, list[ListedNotice]] = {}
    rows, newest, kinds = 0, None, set[str]()
    for line, row in _rows(path):
        rows += 1
        theirs = {DOI: doi(row[IDENTIFIERS[DOI]]), PMID: pmid(row[IDENTIFIERS[PMID]])}
        kinds.update(kind for kind, value in theirs.items() if value)
        day = _day(row[DAY])
        if day and day <= today:
            newest = max(day, newest or day)
        keys = chain.from_iterable(sources.get(value, ()) for value in theirs.values())
        for key in dict.fromkeys(keys):
            notices.setdefault(key, []).append(_notice(row, day, line, wanted[key], theirs))
    if not rows:
        raise UserError(f"{path}: no notice in it; export it again")
    by_source = {key: tuple(each) for key, each in notices.items()}
    return Export(by_source, rows, newest, frozenset(kinds))


@dataclass(frozen=True, slots=True)
class LookUp:
    """What was found of one source; `new` is what may be recorded of it, if anything."""

    source: Source
    by: Mapping[str, Sequence[str]]  # DOIs and PubMed ids; none where it was not looked up
    notices: tuple[ListedNotice, ...]
    status: StandingStatus | None
    new: Standing | None


def look_up(base: Base, export: Export, day: date | None, name: str) -> list[LookUp]:
    """What was found of each source, by key; *day* and *name* are when and where it was sought."""
    found = []
    for key, source in sorted(base.sources.items()):
        ids = identifiers(base.references[key].fields).items()
        by = {kind: values for kind, values in ids if values[0] and kind in export.kinds}
        notices = export.notices.get(key, ())
        said = status(notices) if by else None
        new = Standing(said, day, name) if said else None
        kept = new and replaces(new, source.standing)
        found.append(LookUp(source, by, notices, said, new if kept else None))
    return found


def status(notices: Sequence[ListedNotice]) -> StandingStatus | None:
    """What all notices together make of a paper; None where a person must look.

    The gravest counts. A retraction does not count once a reinstatement of a later day follows it;
    where a day is missing, it does.
    """
    statuses = [notice.status for notice in notices if not _reinstated(notice, notices)]
    known = [each for each in statuses if each]
    if len(known) < len(statuses):
        return None
    return max(known, key=GRAVITY.index, default="not-listed")


def replaces(new: Standing, held: Standing) -> bool:
    """Whether a lookup may be recorded over what is recorded: never what is less grave.

    The same again, and a reinstatement against a retraction, are decided by the later day.
    """
    order = GRAVITY.index(new.status) - GRAVITY.index(held.status)
    if order == 0 or {new.status, held.status} == {"retracted", "reinstated"}:
        return (new.checked or date.min) > (held.checked or date.min)
    return order > 0


def _reinstated(notice: ListedNotice, notices: Iterable[ListedNotice]) -> bool:
    return notice.status == "retracted" and any(
        other.status == "reinstated" and notice.day and other.day and other.day > notice.day
        for other in notices
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that hold anything, by column, and the line on which each ends."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            if fault := _fault(header):
                raise UserError(f"{path}: {fault}")
            places = {name: header.index(name) for name in COLUMNS}
            for cells in reader:
                if len(cells) < len(header) and any(cells):
                    only = f"only {len(cells)} of {count(len(header), 'column')}"
                    raise UserError(f"{path}: line {reader.line_num}: {only}; {_DAMAGED}")
                if any(cells):
                    yield reader.line_num, {name: cells[at] for name, at in places.items()}
        except csv.Error as error:
            why = f"not CSV ({error}); {_DAMAGED}"
            raise UserError(f"{path}: line {reader.line_num}: {why}") from error


def _fault(header: Sequence[str]) -> str:
    """What keeps the columns from being read, and the likely repair; empty where nothing does."""
    missing = [name for name in COLUMNS if name not in header]
    if not missing:
        return ""
    if "\0" in "".join(header):
        return "not a text file; save it as CSV (UTF-8)"
    joined = [name for cell in header for name in re.split(r"[;\t|]", cell)]
    if set(COLUMNS) <= {name.strip(' "') for name in joined}:
        return "its columns are not separated by commas; save it as CSV with commas"
    repairs = (did_you_mean(name, header) for name in missing)
    repair = next(filter(None, repairs), "name a Retraction Watch export")
    return f"{count(len(missing), 'column')} missing: {', '.join(missing)}; {repair}"


def _notice(
    row: Mapping[str, str],
    day: date | None,
    line: int,
    own: Mapping[str, Sequence[str]],
    theirs: Mapping[str, str],
) -> ListedNotice:
    kinds = [kind for kind in own if theirs[kind] and any(own[kind])]
    return ListedNotice(
        row[NATURE].strip(),
        day,
        tuple(filter(None, (reason.strip(" +") for reason in row[REASON].split(";")))),
        doi(row[NOTICE]),
        line,
        tuple(kind for kind in kinds if theirs[kind] == own[kind][0]),
        tuple(kind for kind in kinds if theirs[kind] in own[kind][1:]),
        tuple(kind for kind in kinds if theirs[kind] not in own[kind]),
    )


def _day(text: str) -> date | None:
    """A day as exports write it (5/31/2024 0:00) or as ISO 8601; None where it is neither."""
    day = text.strip().partition(" ")[0]
    try:
        if "/" in day:
            return datetime.strptime(day, "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no zone
        return date.fromisoformat(day)
    except ValueError:
        return None


# --- out ------------------------------------------------------------------------------------------


def edits(results: Iterable[LookUp]) -> dict[str, Callable[[str], str]]:
    """By file of a source, what writes into it what was found."""

    def edit(new: Standing) -> Callable[[str], str]:
        value = {"status": new.status, "checked": new.checked, "with": new.with_}
        return partial(replaced, key="standing", value=value)

    return {each.source.at.file: edit(each.new) for each in results if each.new}


def as_text(results: Sequence[LookUp], read: Export, applied: bool) -> Iterator[str]:
    """What was found, as lines."""
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


def _listed(result: LookUp, applied: bool) -> Iterator[str]:
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


def _named(results: Sequence[LookUp], what: str) -> str:
    names = ", ".join(result.source.id for result in results)
    return f"{count(len(results), 'source')} {what}" + (f": {names}" if names else "")


def as_data(results: Iterable[LookUp], read: Export, day: date | None, applied: bool) -> Any:
    """The same as plain data."""
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
