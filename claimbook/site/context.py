"""What every kind of page is made from, and what it gives: data for its template."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from claimbook.records import Base
from claimbook.rules.check import Report


@dataclass(frozen=True, slots=True)
class RecordSource:
    """A record as its file has it, where it can be edited, and its changes (day, subject)."""

    text: str
    edit: str = ""  # an address, or nothing
    changes: tuple[tuple[str, str], ...] = ()  # the last first


@dataclass(frozen=True, slots=True)
class Checker:
    """Where on the site "Check your copy" finds what it runs, and how large that is."""

    python: str  # the folder of Pyodide
    engine: str  # the zip file of the engine and the base
    megabytes: int


@dataclass(frozen=True, slots=True)
class Context:
    """A judged base, and what comes with it.

    `citations` holds the formatted citation of each source, as safe HTML; `record_sources` the
    claims' files; `suggestions` the wording offered for a passage, by its id; `measured` how
    well drafts are read (`Measured.as_data`).
    """

    report: Report
    citations: Mapping[str, str] = field(default_factory=dict)
    record_sources: Mapping[str, RecordSource] = field(default_factory=dict)
    suggestions: Mapping[str, Markup] = field(default_factory=dict)
    checker: Checker | None = None
    measured: Mapping[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> Base:
        """The base of the report."""
        return self.report.base


@dataclass(frozen=True, slots=True)
class Content:
    """One page before its template: what names it, what finds it, and what the template needs."""

    path: str
    title: str
    description: str  # one line, for search engines
    data: Mapping[str, Any] = field(default_factory=dict)
    words: str | None = None  # what the site's search finds it by; the description by default
    linked_data: Any = None  # JSON-LD
