"""`Remark` (from a rule) and `Flag` (a remark with its rule and the records it concerns)."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from claimbook.records.places import Location


class Verdict(IntEnum):
    """What the recorded evidence makes of a passage, in order of gravity: the gravest wins."""

    SUPPORTED = 0
    NOT_CHECKABLE = 1
    NOT_CHECKED = 2
    OVERSTATED = 3
    UNSUPPORTED = 4
    CONTRADICTED = 5
    CONTRADICTED_BY_OWN_SOURCE = 6

    @property
    def label(self) -> str:
        """The verdict as the site and the exports write it."""
        return self.name.lower().replace("_", "-")


class Severity(StrEnum):
    """How much a flag matters, as in SARIF: mend an error, look at a warning, know a note."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Category(StrEnum):
    """The kinds of flag that other programs may rely on."""

    UNSUPPORTED = "unsupported"
    OVERSTATED = "overstated"
    CONTRADICTED = "contradicted"
    NUMBER_MISMATCH = "number-mismatch"
    HYPE = "hype"
    GUARANTEE = "guarantee"
    TESTIMONIAL = "testimonial"
    MISSING_OFF_LABEL = "missing-off-label"
    MISSING_RISK = "missing-risk"
    DEFINITION_MISMATCH = "definition-mismatch"
    SETTING_CONFLICT = "setting-conflict"
    FORMULATION_CONFLATION = "formulation-conflation"
    UNSAFE_ABSOLUTE = "unsafe-absolute"
    OMISSION = "omission"
    DISAGREEMENT = "disagreement"
    CITATION = "citation"
    SOURCE_ARITHMETIC = "source-arithmetic"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Remark:
    """Where and why a rule objects; what it leaves out, the rule's own defaults fill in."""

    at: Location
    message: str
    suggestion: str | None = None
    sources: tuple[str, ...] = ()
    occurrences: tuple[str, ...] = ()
    severity: Severity | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A remark signed by its rule, with every record it concerns."""

    rule: str
    category: Category
    severity: Severity
    message: str
    at: Location
    subject: str  # the id of the record it is about
    verdict: Verdict = (
        Verdict.SUPPORTED
    )  # what it does to its subject; SUPPORTED leaves the verdict as it is
    claims: tuple[str, ...] = ()
    occurrences: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    suggestion: str | None = None
    id: str = ""

    def __str__(self) -> str:
        return f"{self.at}: {self.severity}: {self.message} ({self.rule})"


def flag_data(flag: Flag) -> dict[str, Any]:
    """A flag on a draft as the reports write it."""
    return {
        "rule": flag.rule,
        "category": flag.category.value,
        "severity": flag.severity.value,
        "message": flag.message,
        "suggestion": flag.suggestion,
        "evidence": list(flag.sources),
    }
