"""What pages draw: figures side by side, people at moments in time, how long a treatment is.

Positions are percentages of an axis, so that a chart is as wide as the screen; templates draw it.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claimbook.evidence.appraisal import Evidence, read_second_hand
from claimbook.evidence.certainty import UNCONTROLLED
from claimbook.evidence.groups import overlapping
from claimbook.records import Amount, Base, Claim, Finding, Kind, Share, Topic, Unit, Value, display
from claimbook.records.grouping import grouped

_POINT = re.compile(r"-?\d+(\.\d+)?[^\d<>=]*")  # one number as printed, without a bound
_TIMES = (
    (1, "min"), (10, "min"), (1, "h"), (6, "h"), (1, "day"), (1, "week"), (1, "month"), (1, "year"),
    (10, "year"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale: its title, its ends, its marks, and whether equal steps multiply (time) or add."""

    title: str
    low: float
    high: float
    marks: tuple[tuple[float, str], ...]
    multiplies: bool = False

    def position(self, number: float) -> float:
        """Where a number lies, from 0 to 100; beyond the ends, at the end."""
        number = min(max(number, self.low), self.high)
        if self.multiplies:
            return round(100 * math.log(number / self.low) / math.log(self.high / self.low), 2)
        return round(100 * (number - self.low) / (self.high - self.low), 2)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The positions of the marks, with their words."""
        return [(self.position(number), words) for number, words in self.marks]


# --- figures side by side -----------------------------------------------------------------------


def plots(
    claim: Claim, evidence: Iterable[Evidence], deciding: Collection[str], units: Mapping[str, Unit]
) -> list[tuple[Axis, list[dict[str, Any]]]]:
    """A plot (its axis, its rows) for each dimension in which at least two rows can be compared.

    Args:
        claim: the claim, whose passages say figures.
        evidence: its findings, which stand before what pages say; those on another outcome have
            no place on the axis.
        deciding: the keys of the findings that decide on a passage.
    """
    said = [(e.finding.says, e, None) for e in evidence if e.on_outcome]
    pages = dict.fromkeys((o.says, o.page) for o in claim.occurrences)
    rows = (*said, *((value, None, page) for value, page in pages))
    figures = grouped(
        (value.dimension, (value, finding, page))
        for value, finding, page in rows
        if isinstance(value, Share | Amount)
    )
    axes = {name: _axis(name, [f[0] for f in some], units) for name, some in figures.items()}
    return [
        (axes[name], [_row(axes[name], *figure, deciding) for figure in some])
        for name, some in figures.items()
        if len(some) > 1
    ]


def reading(value: Value | None, units: Mapping[str, Unit]) -> str:
    """The range, in figures, that a vague word or a best case (`up to`) means; else nothing."""
    if not isinstance(value, Share | Amount) or (
        value.figure and not value.text.startswith("up to")
    ):
        return ""
    said = value.interval
    low, high = (_written(end, value.dimension, units) for end in (said.low, said.high))
    if said.high == (100 if isinstance(value, Share) else math.inf):
        return f"{'more than' if said.low_open else 'at least'} {low}"
    if said.low == 0:
        return f"{'less than' if said.high_open else 'at most'} {high}"
    return f"{low} to {high}"


def _written(number: float, dimension: str, units: Mapping[str, Unit]) -> str:
    """A share or an amount; a time in the largest unit that it fills."""
    if dimension == Share.dimension:
        return f"{number:g}%"
    if dimension != "time":
        return f"{number:g} {_unit(dimension, units)}"
    unit = next(
        (u for u in ("year", "month", "week", "day", "h") if number >= units[u].factor), "min"
    )
    return f"{number / units[unit].factor:.3g} {unit}"


def _row(
    axis: Axis,
    value: Share | Amount,
    evidence: Evidence | None,
    page: str | None,
    deciding: Collection[str],
) -> dict[str, Any]:
    """One finding or one page's words on an axis.

    `span` is the interval of the count, or the range that was said; `above` tells that the number
    at its low end is not itself meant (more than 15); `point` is the single figure, `printed` the
    share as printed where the count gives another; `off` the ends ("left", "right") at which the
    range goes on beyond the axis.
    """
    low, high = value.interval.low, value.interval.high
    span: tuple[float, float] | None = (low, high)
    point = printed = None
    if _POINT.fullmatch(value.text):
        span, point = None, (low + high) / 2
    if isinstance(value, Share) and value.count is not None and value.total:
        counted = 100 * value.count / value.total
        printed = None if counted in value.interval else point
        span, point = (value.uncertain.low, value.uncertain.high), counted
    beyond = (("left", low < axis.low), ("right", high > axis.high))
    return {
        "value": value,
        "evidence": evidence,
        "page": page,
        "decides": evidence is not None and evidence.finding.key in deciding,
        "span": span and (axis.position(span[0]), axis.position(span[1])),
        "above": point is None and value.interval.low_open,
        "point": None if point is None else axis.position(point),
        "printed": None if printed is None else axis.position(printed),
        "off": tuple(side for side, runs_on in beyond if runs_on and span),
    }


def _axis(dimension: str, values: Iterable[Share | Amount], units: Mapping[str, Unit]) -> Axis:
    if dimension == Share.dimension:
        return Axis("Share", 0, 100, tuple((n, f"{n}%") for n in (0, 25, 50, 75, 100)))
    ends = [end for value in values for end in (value.interval.low, value.interval.high)]
    finite, endless = [end for end in ends if end < math.inf], math.inf in ends
    if dimension == "time":
        return times(finite, endless, units)
    return _numbers(_unit(dimension, units), dimension, finite, endless)


def times(ends: list[float], endless: bool, units: Mapping[str, Unit]) -> Axis:
    """An axis of time: from the last mark that none is below to the first that none is above.

    Args:
        ends: times, in the unit in which times are kept, at least one above 0.
        endless: whether one of them has no upper end.
    """
    ladder = [(float(number) * units[unit].factor, f"{number} {unit}") for number, unit in _TIMES]
    low, high = min((end for end in ends if end > 0), default=1), max(ends)
    first = max((i for i, (n, _) in enumerate(ladder) if n <= low), default=0)
    above = (i for i, (n, _) in enumerate(ladder) if n > high or (n == high and not endless))
    marks = ladder[first : max(next(above, len(ladder) - 1), first + 1) + 1]
    return Axis("Time", marks[0][0], marks[-1][0], tuple(marks), multiplies=True)


def _numbers(unit: str, dimension: str, ends: list[float], endless: bool) -> Axis:
    """From nothing, in at most five round steps."""
    top = max(ends) * (1.2 if endless else 1) or 1
    power = 10 ** math.floor(math.log10(top))
    step = next(n * power for n in (0.25, 0.5, 1, 2) if top / (n * power) <= 5)
    count = math.ceil(round(top / step, 6))
    named = unit in dimension or unit.replace("/", "s a ") == dimension
    title = dimension.capitalize() + ("" if named else f", {unit}")
    marks = tuple((n * step, f"{n * step:g}") for n in range(count + 1))
    return Axis(title, 0, count * step, marks)


def _unit(dimension: str, units: Mapping[str, Unit]) -> str:
    """The unit in which a dimension is kept."""
    return next(u.id for u in units.values() if u.dimension == dimension and u.factor == 1)


# --- what a question shows of its findings --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Picture:
    """Findings to show as one: a finding, or what one source counted at several moments.

    `alone`: it is a share of people of whom nobody was compared with anybody.
    """

    findings: tuple[Finding, ...]
    alone: bool


def pictures(findings: Iterable[Finding], base: Base) -> list[Picture]:
    """The pictures of some findings, each where its first finding stands."""
    groups = grouped(((f.source, f.counted) if f.when else f.key, f) for f in findings)
    return [
        Picture(tuple(sorted(some, key=base.sources[some[0].source].findings.index)), alone)
        for some in groups.values()
        for alone in [all(_alone(finding, base) for finding in some)]
    ]


def _alone(finding: Finding, base: Base) -> bool:
    compared = finding.about.comparator or base.sources[finding.source].design not in UNCONTROLLED
    return not compared and display.figures(finding, base) is not None


def rows(shown: Iterable[Picture], base: Base) -> list[tuple[tuple[Picture, ...], tuple[str, ...]]]:
    """Pictures in rows, those of sources that may have counted the same people in one.

    Returns:
        For each row its pictures, and the sources that overlap; none where it is a picture alone.
    """
    shown = tuple(shown)
    source_of = {id(picture): picture.findings[0].source for picture in shown}
    group_of = {key: group for group in overlapping(source_of.values(), base) for key in group}
    by_row = grouped((group_of.get(source_of[id(p)], id(p)), p) for p in shown)
    return [(some, row if isinstance(row, tuple) else ()) for row, some in by_row.items()]


def ruler(topic: Topic, base: Base) -> dict[str, Any] | None:
    """How long the treatment was in the studies of a question, and how long pages say it is.

    It is of the claim on a regimen on which the most pages give a time, and of which a study that
    the question shows for benefit tells one. Each side has its times in words, the sources or the
    pages that they are `by`, and its spans on the axis.
    """
    shown = {base.findings[key].source for key in topic.found}
    found = ((claim, _studied(claim, shown, base), _said(claim)) for claim in base.claims.values())
    rulers = [each for each in found if each[0].kind is Kind.REGIMEN and each[1] and each[2]]
    if not rulers:
        return None
    claim, studied, said = max(rulers, key=lambda each: len({page for page, _ in each[2]}))
    ends = [end for _, v in (*studied, *said) for end in (v.interval.low, v.interval.high)]
    units = base.vocabulary.units
    axis = times([end for end in ends if end < math.inf], math.inf in ends, units)

    def side(values: list[tuple[str, Amount]]) -> dict[str, Any]:
        values = sorted(values, key=lambda pair: pair[1].interval.low + pair[1].interval.high)
        spans = dict.fromkeys((v.interval.low, v.interval.high) for _, v in values)
        return {
            "words": list(dict.fromkeys(display.in_words(v, base.vocabulary) for _, v in values)),
            "by": list(dict.fromkeys(key for key, _ in values)),
            "spans": [(axis.position(low), axis.position(high)) for low, high in spans],
        }

    return {"claim": claim, "axis": axis, "studied": side(studied), "said": side(said)}


def _studied(claim: Claim, shown: Iterable[str], base: Base) -> list[tuple[str, Amount]]:
    """The times that studies among *shown* give on a claim, as read in the studies themselves."""
    findings = base.linked(claim)
    return [
        (f.source, f.says)
        for f in findings
        if f.source in shown
        and isinstance(f.says, Amount)
        and f.says.dimension == "time"
        and not read_second_hand(f, base.sources[f.source])
    ]


def _said(claim: Claim) -> list[tuple[str, Amount]]:
    return [
        (o.page, o.says)
        for o in claim.occurrences
        if isinstance(o.says, Amount) and o.says.dimension == "time"
    ]
