"""`Remark` (from a rule) and `Flag` (a remark with its rule and the records it concerns)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any

from claimbook.records.record import Location


class Verdict(IntEnum):
    """What the recorded evidence makes of a passage, in order of gravity: the gravest wins."""

    SUPPORTED = 0
    NOT_CHECKABLE = 1
    NOT_CHECKED = 2
    OVERSTATED = 3
    UNSUPPORTED = 4
    AGAINST_GUIDANCE = 5
    CONTRADICTED = 6
    CONTRADICTED_BY_OWN_SOURCE = 7

    @property
    def label(self) -> str:
        """The verdict as the site and the exports write it."""
        return self.name.lower().replace("_", "-")


def gravest(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict on what has several parts: the gravest of those that can be checked.

    A part that nobody can check (the clinic's own practice, a price) neither lifts nor lowers what
    evidence makes of the others.
    """
    distinct = set(verdicts)
    return max(distinct - {Verdict.NOT_CHECKABLE} or distinct, default=None)


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
    """Why a rule objects; what it leaves out, its record and the rule's own defaults fill in."""

    message: str
    suggestion: str | None = None
    sources: tuple[str, ...] = ()
    occurrences: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    severity: Severity | None = None
    verdict: Verdict | None = None
    at: Location | None = None  # where, if not at the record itself


@dataclass(frozen=True, slots=True)
class Flag:
    """A remark signed by its rule, with every record it concerns."""

    rule: str
    category: Category
    severity: Severity
    message: str
    at: Location
    subject: str  # the id of the record it is about
    verdict: Verdict = Verdict.SUPPORTED  # of its subject; SUPPORTED leaves it as it is
    claims: tuple[str, ...] = ()
    occurrences: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    suggestion: str | None = None
    id: str = ""
    also: tuple["Flag", ...] = ()  # what other rules say of the same cause

    def __str__(self) -> str:
        also = "".join(f"\n    also: {other.message} ({other.rule})" for other in self.also)
        return f"{self.at}: {self.severity}: {self.message} ({self.rule}){also}"

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that say something in it, the one that speaks first."""
        return tuple(dict.fromkeys((self.rule, *(other.rule for other in self.also))))

    @property
    def parts(self) -> tuple["Flag", ...]:
        """What each rule says: the flag by itself, and those that it speaks for."""
        return (replace(self, also=()), *self.also)


def join_flags(parts: Sequence[Flag]) -> Flag:
    """One flag for several on the same cause: the first speaks for the others.

    What is said twice is said once. The flag is as severe as the most severe of them, and rests on
    the sources of all.
    """
    distinct: dict[tuple[str, str], Flag] = {}
    for part in parts:
        distinct.setdefault((part.rule, part.message), part)
    first, *others = distinct.values()
    if not others:
        return first
    severities = {part.severity for part in parts}
    return replace(
        first,
        also=tuple(others),
        severity=next(severity for severity in Severity if severity in severities),
        sources=tuple(dict.fromkeys(source for part in parts for source in part.sources)),
    )


def flag_data(flag: Flag) -> dict[str, Any]:
    """A flag on a draft as the reports write it."""
    return {
        "rule": flag.rule,
        "category": flag.category.value,
        "severity": flag.severity.value,
        "message": flag.message,
        "suggestion": flag.suggestion,
        "evidence": list(flag.sources),
        "also": [{"rule": other.rule, "message": other.message} for other in flag.also],
    }
