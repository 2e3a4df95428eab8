"""What charts show, as positions on an axis: figures side by side on a claim, and the map of the evidence.

Positions are percentages of an axis' length, so that a chart is as wide as the screen. Templates draw them (`charts.html.jinja`).
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from claimbook.evidence.appraisal import Evidence, body, rating
from claimbook.evidence.certainty import Certainty
from claimbook.evidence.index import Index
from claimbook.records import (
    Amount,
    Claim,
    Share,
    Source,
    SourceKind,
    Topic,
    Unit,
    Value,
    wilson,
)

_POINT = re.compile(r"-?\d+(\.\d+)?[^\d<>=]*")  # one number as printed, without a bound
_TIMES = ("1 min", "10 min", "1 h", "6 h", "1 day", "1 week", "1 month", "1 year", "10 year")
SIZES = (20, 100, 500)  # a dot of the map grows with each of these numbers of people


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale: its title, its ends, its ticks with their positions, and whether equal steps multiply (time) or add."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    multiplies: bool = False

    def position(self, number: float) -> float:
        """Where a number lies, from 0 to 100; beyond the ends, at the end."""
        return _position(number, self.low, self.high, self.multiplies)


@dataclass(frozen=True, slots=True)
class Row:
    """One finding or one page's words on an axis.

    `span` is the interval of the count, or the range that was said; `above` whether the number at its low end is not itself meant
    (more than 15); `point` the single figure; `printed` the share as printed where the count comes to another; `off` the ends
    ("left", "right") at which the range goes on beyond the axis.
    """

    value: Share | Amount
    evidence: Evidence | None
    page: str | None
    decides: bool
    span: tuple[float, float] | None
    above: bool
    point: float | None
    printed: float | None
    off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The figures of one dimension on one axis, what was found before what pages say."""

    axis: Axis
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One study on one topic: how many people (None: not recorded), the size of its dot, and how sure its claims are at best."""

    source: Source
    people: int | None
    size: int
    certainty: Certainty
    claims: int


@dataclass(frozen=True, slots=True)
class Studied:
    """A topic with a dot for each study behind its claims."""

    topic: Topic
    dots: tuple[Dot, ...]


# --- figures side by side ---------------------------------------------------------------------------------------------


def plots(
    claim: Claim,
    evidence: Iterable[Evidence],
    deciding: Collection[str],
    units: Mapping[str, Unit],
) -> tuple[Plot, ...]:
    """A plot for each dimension in which at least two rows can be held side by side.

    Args:
        claim: the claim, whose passages say figures.
        evidence: its findings; those on another outcome have no place on the axis.
        deciding: the keys of the findings that decide on a passage.
        units: the units of the base.
    """
    found: dict[str, list[tuple[Share | Amount, Evidence | None, str | None]]] = {}
    for one in evidence:
        if isinstance(one.finding.says, Share | Amount) and one.on_outcome:
            found.setdefault(_dimension(one.finding.says), []).append((one.finding.says, one, None))
    for value, page in dict.fromkeys((o.says, o.page) for o in claim.occurrences):
        if isinstance(value, Share | Amount):
            found.setdefault(_dimension(value), []).append((value, None, page))
    made = []
    for dimension, some in found.items():
        if len(some) > 1:
            axis = _axis(dimension, [value for value, _, _ in some], units)
            made.append(Plot(axis, tuple(_row(axis, *one, deciding) for one in some)))
    return tuple(made)


def reading(value: Value | None, units: Mapping[str, Unit]) -> str:
    """The range that a vague word or a best case (`up to`) is read as, in figures; nothing for another figure."""
    if not isinstance(value, Share | Amount) or (
        value.figure and not value.text.startswith("up to")
    ):
        return ""
    low, high = value.interval.low, value.interval.high
    write = _percent if isinstance(value, Share) else _writer(value.dimension, units)
    if math.isinf(high) or (isinstance(value, Share) and high == 100):
        return f"{'more than' if value.interval.low_open else 'at least'} {write(low)}"
    return (
        f"{'less than' if value.interval.high_open else 'at most'} {write(high)}"
        if low == 0
        else f"{write(low)} to {write(high)}"
    )


def _dimension(value: Share | Amount) -> str:
    return "share" if isinstance(value, Share) else value.dimension


def _row(
    axis: Axis,
    value: Share | Amount,
    evidence: Evidence | None,
    page: str | None,
    deciding: Collection[str],
) -> Row:
    low, high = value.interval.low, value.interval.high
    span: tuple[float, float] | None = (low, high)
    point = printed = None
    if _POINT.fullmatch(value.text):
        span, point = None, (low + high) / 2
    if isinstance(value, Share) and value.count is not None and value.total:
        interval = wilson(value.count, value.total)
        counted = 100 * value.count / value.total
        span, point, printed = (
            (interval.low, interval.high),
            counted,
            None if counted in value.interval else point,
        )
    off = tuple(
        side
        for side, beyond in (("left", low < axis.low), ("right", high > axis.high))
        if beyond and span
    )
    decides = evidence is not None and evidence.finding.key in deciding

    above = point is None and value.interval.low_open

    def at(number: float | None) -> float | None:
        return None if number is None else axis.position(number)

    ends = span and (axis.position(span[0]), axis.position(span[1]))
    return Row(value, evidence, page, decides, ends, above, at(point), at(printed), off)


def _axis(dimension: str, values: Iterable[Share | Amount], units: Mapping[str, Unit]) -> Axis:
    ends = [end for value in values for end in (value.interval.low, value.interval.high)]
    beyond = math.inf in ends
    finite = [end for end in ends if end < math.inf]
    if dimension == "share":
        return _ticked("Share", 0, 100, [(n, f"{n}%") for n in (0, 25, 50, 75, 100)])
    if dimension == "time":
        ladder = [(_minutes(text, units), text) for text in _TIMES]
        first = max(
            (
                i
                for i, (n, _) in enumerate(ladder)
                if n <= min([e for e in finite if e > 0], default=1)
            ),
            default=0,
        )
        last = next(
            (
                i
                for i, (n, _) in enumerate(ladder)
                if n > max(finite) or (n == max(finite) and not beyond)
            ),
            len(ladder) - 1,
        )
        chosen = ladder[first : max(last, first + 1) + 1]
        return _ticked("Time", chosen[0][0], chosen[-1][0], chosen, multiplies=True)
    top = max(finite) * (1.2 if beyond else 1) or 1
    step = next(
        n * 10 ** math.floor(math.log10(top))
        for n in (0.25, 0.5, 1, 2)
        if top / (n * 10 ** math.floor(math.log10(top))) <= 5
    )
    count = math.ceil(round(top / step, 6))
    unit = _unit(dimension, units)
    title = (
        dimension.capitalize()
        if unit in dimension or unit.replace("/", "s a ") == dimension
        else f"{dimension.capitalize()}, {unit}"
    )
    return _ticked(title, 0, count * step, [(n * step, f"{n * step:g}") for n in range(count + 1)])


def _ticked(
    title: str,
    low: float,
    high: float,
    ticks: Iterable[tuple[float, str]],
    multiplies: bool = False,
) -> Axis:
    return Axis(
        title,
        low,
        high,
        tuple((_position(number, low, high, multiplies), text) for number, text in ticks),
        multiplies,
    )


def _position(number: float, low: float, high: float, multiplies: bool) -> float:
    number = min(max(number, low), high)
    share = (
        math.log(number / low) / math.log(high / low)
        if multiplies
        else (number - low) / (high - low)
    )
    return round(100 * share, 2)


def _percent(number: float) -> str:
    return f"{number:g}%"


def _writer(dimension: str, units: Mapping[str, Unit]) -> Callable[[float], str]:
    """Writes an amount of a dimension; a time in the largest unit that it fills."""

    def write(number: float) -> str:
        if dimension != "time":
            return f"{number:g} {_unit(dimension, units)}"
        unit = next(
            (u for u in ("year", "month", "week", "day", "h") if number >= units[u].factor), "min"
        )
        return f"{number / units[unit].factor:.3g} {unit}"

    return write


def _unit(dimension: str, units: Mapping[str, Unit]) -> str:
    """The unit in which a dimension is kept."""
    return next(u.id for u in units.values() if u.dimension == dimension and u.factor == 1)


def _minutes(text: str, units: Mapping[str, Unit]) -> float:
    number, unit = text.split()
    return float(number) * units[unit].factor


# --- the map of the evidence ------------------------------------------------------------------------------------------


def evidence_map(index: Index) -> tuple[Studied, ...]:
    """Every topic with a dot for each study or review that speaks on its graded claims, the largest first.

    A study that bears on several claims of a topic stands where they are surest.
    """
    return tuple(Studied(topic, _dots(topic, index)) for topic in index.base.topics.values())


def _dots(topic: Topic, index: Index) -> tuple[Dot, ...]:
    found: dict[str, list[Certainty]] = {}
    for name in topic.claims:
        rated = rating(index.base.claims[name], index)
        for source in (
            {one.source.id for one in body(index.base.claims[name], index) if one.usable}
            if rated
            else ()
        ):
            if rated and index.base.sources[source].kind in (SourceKind.STUDY, SourceKind.REVIEW):
                found.setdefault(source, []).append(rated.certainty)
    dots = (_dot(index.base.sources[key], some) for key, some in found.items())
    return tuple(sorted(dots, key=lambda dot: (-(dot.people or 0), dot.source.id)))


def _dot(source: Source, ratings: Collection[Certainty]) -> Dot:
    some = source.participants
    people = (some.analysed if some.analysed is not None else some.enrolled) if some else None
    return Dot(
        source,
        people,
        sum(people >= size for size in SIZES) if people is not None else 0,
        max(ratings),
        len(ratings),
    )


def by_certainty(dots: Iterable[Dot]) -> Mapping[Certainty, list[Dot]]:
    """The dots of a topic by certainty, the surest first; every certainty has its place."""
    found: dict[Certainty, list[Dot]] = {certainty: [] for certainty in reversed(Certainty)}
    for dot in dots:
        found[dot.certainty].append(dot)
    return found
