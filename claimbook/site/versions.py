"""The versions of claims: a digest each of a claim as it was judged, to cite it by.

The digest covers the claim's row in `claims.json`, its flags, and what its evidence found, so that
it changes with any of them, and with nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from claimbook.records import Claim, Page, Source
from claimbook.rules.check import Report
from claimbook.site.exports import Shape, Tables
from claimbook.site.file_formats import as_json, sha256

LENGTH = 12  # hexadecimal digits: of a million versions, no two are likely to have the same


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a claim: its digest, and the newest day in what it was judged by, if any."""

    id: str
    version: str
    records_as_of: date | None

    @property
    def anchor(self) -> str:
        """Where the claim's page names it; there while it is the claim's version."""
        return f"version-{self.version}"


VERSIONS = Shape(
    "VersionData",
    {
        "id": str,
        "version": str,
        "records_as_of": (str | None, lambda one, _: one.records_as_of and str(one.records_as_of)),
    },
)


def versions(report: Report, tables: Tables) -> dict[str, Version]:
    """The version of each claim by its id."""
    return {name: _version(claim, report, tables) for name, claim in report.base.claims.items()}


def _version(claim: Claim, report: Report, tables: Tables) -> Version:
    base = report.base
    pages = [base.pages[one.page] for one in claim.occurrences]
    sources = [base.sources[each.source] for each in base.linked(claim)]
    digest = version_of(judged(claim, report, tables))
    return Version(claim.id, digest, max(days([claim], pages, sources), default=None))


def version_of(judged: str) -> str:
    """The version that a judged claim is."""
    return sha256(judged)[:LENGTH]


def judged(claim: Claim, report: Report, tables: Tables) -> str:
    """A claim as it was judged, as JSON: its version is the digest (SHA-256) of these bytes.

    Whether quotes were checked is left out, as not everybody has the pages' texts at hand.
    """
    row = tables["claims"][claim.id]
    passages = [_without("quote_check", passage) for passage in row["occurrences"]]
    data = {
        "claim": {**row, "occurrences": passages},
        "findings": [_finding(each["finding"], report, tables) for each in row["evidence"]],
        "flags": [tables["flags"][flag.id] for flag in report.by_claim.get(claim.id, ())],
    }
    return as_json(data)


def _finding(key: str, report: Report, tables: Tables) -> dict[str, Any]:
    """What was found, without the other claims for which it is used."""
    source = tables["sources"][report.base.findings[key].source]
    return _without("claims", next(row for row in source["findings"] if row["id"] == key))


def _without(left_out: str, row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != left_out}


def days(
    claims: Iterable[Claim], pages: Iterable[Page], sources: Iterable[Source]
) -> Iterator[date]:
    """The days in records: when a claim was searched, a page read, a source looked up."""
    yield from (claim.searched.on for claim in claims if claim.searched)
    yield from (page.read for page in pages)
    yield from (source.standing.checked for source in sources if source.standing.checked)
