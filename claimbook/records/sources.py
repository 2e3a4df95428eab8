"""Sources: one study, label, guideline or notice each, with its findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from claimbook.records.record import NOWHERE, YEAR, Location, Written, computed, spelt
from claimbook.records.values import Value
from claimbook.records.vocabulary import Scope


class SourceKind(StrEnum):
    """What a source is."""

    STUDY = "study"
    REVIEW = "review"
    GUIDELINE = "guideline"
    LABEL = "label"
    RULE = "rule"
    NOTICE = "notice"
    REGISTRY = "registry"
    REFERENCE = "reference"


class Design(StrEnum):
    """How a study was done; `authority` is normative text: a guideline, label or rule."""

    REVIEW_OF_TRIALS = "review-of-trials"
    REVIEW_OF_OBSERVATIONS = "review-of-observations"  # systematic, of studies without trials
    RANDOMISED_TRIAL = "randomised-trial"
    CONTROLLED_COHORT = "controlled-cohort"
    COHORT = "cohort"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    CASE_CONTROL = "case-control"
    CROSS_SECTIONAL = "cross-sectional"
    SURVEY = "survey"
    ANIMAL = "animal"
    LABORATORY = "laboratory"
    NARRATIVE_REVIEW = "narrative-review"
    AUTHORITY = "authority"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Finding(Written):
    """What one source reports about one outcome, in one scope."""

    id: str
    about: Scope
    says: Value
    where: str
    printed: str | None = None
    plain: str | None = None
    when: str | None = None  # of a count that the source repeats: the moment, "at a later visit"
    counted: str = "people"  # what a share is a share of, as the vocabulary lists it
    read: Literal["direct", "second-hand"] = "direct"
    source: str = field(default="", metadata=computed("the file's name is the source"))

    @property
    def key(self) -> str:
        """How claims refer to it: `source/finding`."""
        return f"{self.source}/{self.id}"


@dataclass(frozen=True, slots=True)
class Participants(Written):
    """How many people took part."""

    enrolled: int | None = None
    analysed: int | None = None


StandingStatus = Literal[  # gravest last
    "unknown",
    "not-listed",  # looked up in a list of retractions and not in it, which shows no more than that
    "current",
    "corrected",
    "reinstated",
    "superseded",
    "concern",
    "retracted",
]


@dataclass(frozen=True, slots=True)
class Standing(Written):
    """Whether the publication still stands, and when and with what that was looked up."""

    status: StandingStatus = "unknown"
    checked: date | None = None
    with_: str | None = field(default=None, metadata=spelt("with"))
    review_by: date | None = field(default=None, metadata=spelt("review-by"))

    @property
    def due(self) -> date | None:
        """The last day before it is looked up again: as written, else a year after it was."""
        return self.review_by or (self.checked and self.checked + YEAR)


@dataclass(frozen=True, slots=True)
class RiskOfBias(Written):
    """How far the way it was done may have bent the result, and why."""

    rating: Literal["low", "serious", "very-serious", "unknown"]
    because: str


@dataclass(frozen=True, slots=True)
class Source(Written):
    """The appraisal of one source and its findings."""

    id: str = field(metadata=computed("the file's name is the id"))
    kind: SourceKind
    design: Design
    text_read: Literal["none", "abstract", "full-text", "excerpt", "second-hand"]
    findings: tuple[Finding, ...]
    people: str | None = None
    regimen: str | None = None
    setting: str | None = None
    centres: int | str | None = None
    recruited: str | None = None
    overlaps: tuple[str, ...] = ()  # sources that may have counted some of the same people
    contains: tuple[str, ...] = ()  # the sources that a review is known to weigh
    participants: Participants | None = None
    read_at: str | None = None
    standing: Standing = Standing()
    risk_of_bias: RiskOfBias | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliographic entry: its type, fields and people by role, in plain text without TeX.

    `text` is the entry as written, TeX and all.
    """

    key: str
    type: str
    fields: Mapping[str, str]
    persons: Mapping[str, tuple[str, ...]]
    text: str
    at: Location = NOWHERE
