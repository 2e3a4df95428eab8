"""What is said of an outcome, read and compared: interval and set arithmetic, and Wilson's interval for a count.

Source: Wilson 1927, J Am Stat Assoc 22:209-212, doi:10.1080/01621459.1927.10502953, for the interval of a share.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from claimbook.records.places import NOWHERE, Location
from claimbook.records.problems import did_you_mean
from claimbook.records.record import BORDER


class Direction(StrEnum):
    """What happens to an outcome. `unclear`: an authority found too little to tell."""

    REDUCES = "reduces"
    INCREASES = "increases"
    NONE = "none"
    MIXED = "mixed"
    UNCLEAR = "unclear"


class Value:
    """What is said of an outcome: an effect, a share, an amount, yes or no, or a set."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of numbers; an end that is `open` is not itself inside."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, number: float) -> bool:
        above = number > self.low if self.low_open else number >= self.low
        return above and (number < self.high if self.high_open else number <= self.high)

    def meets(self, other: "Interval") -> bool:
        """Whether the two ranges share a number."""
        return not (self.before(other) or other.before(self))

    def before(self, other: "Interval") -> bool:
        """Whether all of this range lies below all of the *other*."""
        return self.high < other.low or (
            self.high == other.low and (self.high_open or other.low_open)
        )

    @property
    def threshold(self) -> bool:
        """Whether it is one-sided: a limit rather than a range."""
        return math.isinf(self.high)


@dataclass(frozen=True, slots=True)
class Effect(Value):
    """What happens to the outcome."""

    direction: Direction


@dataclass(frozen=True, slots=True)
class Share(Value):
    """A share of people in percent, with the count behind it where one is given; `text` is how it was written."""

    interval: Interval
    text: str
    count: int | None = None
    total: int | None = None
    figure: bool = True  # False for a word such as "most"


@dataclass(frozen=True, slots=True)
class Amount(Value):
    """An amount in the base unit of its dimension; `text` is how it was written."""

    interval: Interval
    dimension: str
    text: str
    figure: bool = True


@dataclass(frozen=True, slots=True)
class YesNo(Value):
    """Whether the statement holds."""

    holds: bool


@dataclass(frozen=True, slots=True)
class ConceptSet(Value):
    """A set of concepts: `only` these, at least these (`includes`), or none of these (`excludes`)."""

    mode: Literal["only", "includes", "excludes"]
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class VagueTerm:
    """A vague word and the interval it is read as, with the reason."""

    __pydantic_config__ = BORDER
    id: str
    means: Value
    because: str
    at: Location = NOWHERE


# Factor to the base unit of each dimension. A month is a twelfth of 365.25 days.
UNITS: Mapping[str, tuple[str, float]] = {
    "s": ("time", 1 / 60),
    "min": ("time", 1),
    "h": ("time", 60),
    "day": ("time", 1440),
    "week": ("time", 10080),
    "month": ("time", 43830),
    "year": ("time", 525960),
    "ug": ("dose", 0.001),
    "mg": ("dose", 1),
    "g": ("dose", 1000),
    "ug/kg": ("dose by weight", 0.001),
    "mg/kg": ("dose by weight", 1),
    "mg/min": ("dose rate", 60),
    "mg/h": ("dose rate", 1),
    "ug/kg/min": ("dose rate by weight", 0.06),
    "mg/kg/h": ("dose rate by weight", 1),
    "kg": ("weight", 1),
    "lb": ("weight", 0.45359237),
    "mmHg": ("pressure", 1),
    "kg/m2": ("body mass index", 1),
    "cm": ("length", 1),
    "mm": ("scale points", 0.1),
    "point": ("scale points", 1),
    "day/week": ("days a month", 30.4375 / 7),
    "day/month": ("days a month", 1),
    "time/week": ("times a day", 1 / 7),
    "time/day": ("times a day", 1),
    "attack/day": ("attacks a day", 1),
    **{unit: (unit, 1) for unit in ("class", "session", "spray", "attack", "dose", "infusion")},
}
KINDS = ("effect", "share", "amount", "is", "only", "includes", "excludes")
NEAR = 0.10  # "up to 77%" promises a figure near 77%: read as within a tenth of it
ABOUT = 0.15  # "about 40 minutes": read as within 15%, so that about 40 minutes and about an hour stay apart
Z = 1.959963984540054  # two-sided 95%

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_ONE = re.compile(rf"(>=|<=|>|<)?\s*{_NUMBER}\s*(.*)", re.ASCII)
_RANGE = re.compile(rf"{_NUMBER}\s*%?\s*to\s*{_NUMBER}\s*(.*)", re.ASCII)


class Relation(StrEnum):
    """How what a page says stands to what another says."""

    AGREES = "agrees"
    EXCEEDS = "exceeds"
    FALLS_SHORT = "falls-short"
    CONFLICTS = "conflicts"
    NOT_COMPARABLE = "not-comparable"


MIRROR = {Relation.EXCEEDS: Relation.FALLS_SHORT, Relation.FALLS_SHORT: Relation.EXCEEDS}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The relation, and why in a few words."""

    relation: Relation
    reason: str


def parse_value(
    written: Mapping[str, object], words: Mapping[str, VagueTerm] | None = None
) -> Value:
    """The value that a `says` mapping writes.

    Args:
        written: one of the keys of `KINDS`, with `of` or `bound` beside a share and `bound` beside an amount.
        words: vague words by id, each with the interval that it means.
    Raises:
        ValueError: it is not a value; the message says what is wrong and what would be right.
    """
    kinds = [key for key in KINDS if key in written]
    if len(kinds) != 1:
        raise ValueError(
            f"a value has exactly one of {', '.join(KINDS)}; this has {' and '.join(kinds) or 'none'}"
        )
    kind, given = kinds[0], written[kinds[0]]
    beside = (
        set(written) - {kind} - {"share": {"of", "bound"}, "amount": {"bound"}}.get(kind, set())
    )
    if beside:
        raise ValueError(f"{sorted(beside)[0]!r} does not go with {kind!r}")
    if kind == "effect":
        if given not in list(Direction):
            raise ValueError(f"{given!r} is not an effect: {', '.join(Direction)}")
        return Effect(Direction(str(given)))
    if kind == "is":
        if given not in ("yes", "no") and not isinstance(given, bool):
            raise ValueError(f"{given!r} is neither yes nor no")
        return YesNo(given in ("yes", True))
    if kind in ("only", "includes", "excludes"):
        if (
            not isinstance(given, list)
            or not given
            or not all(isinstance(name, str) for name in given)
        ):
            raise ValueError(f"{kind!r} takes a list of concepts")
        return ConceptSet(kind, frozenset(given))  # type: ignore[arg-type]
    return _number(kind, str(given), written.get("of"), written.get("bound"), words or {})


def _number(
    kind: str, text: str, of: object, bound: object, words: Mapping[str, VagueTerm]
) -> Share | Amount:
    """A share or an amount: a word, a range, or one number with its precision or its bound."""
    if word := words.get(text):
        means = word.means
        if (
            not isinstance(means, Share if kind == "share" else Amount)
            or of is not None
            or bound is not None
        ):
            raise ValueError(
                f"the word {text!r} is not a{'n' * (kind == 'amount')} {kind} by itself"
            )
        return means
    low_open = high_open = False
    if match := _RANGE.fullmatch(text):
        low, high, unit = float(match[1]), float(match[2]), match[3]
        stated = low, high
        if bound is not None:
            raise ValueError("a range takes no bound")
    elif match := _ONE.fullmatch(text):
        sign, number, unit = match[1], float(match[2]), match[3]
        stated = number, number
        if sign and bound is not None:
            raise ValueError(f"{sign!r} and 'bound' say the same thing twice")
        top = 100.0 if kind == "share" else math.inf
        match sign or bound:
            case ">" | ">=":
                low, high, low_open, high_open = number, top, sign == ">", kind != "share"
            case "<" | "<=":
                low, high, high_open = 0.0, number, sign == "<"
            case "at-least":
                low, high, high_open = number, top, kind != "share"
                text = f"at least {text}"
            case "up-to":
                low, high = number * (1 - NEAR), number
                text = f"up to {text}"
            case "about":
                low, high = number - abs(number) * ABOUT, number + abs(number) * ABOUT
                text = f"about {text}"
            case None:
                # The precision printed decides: 49% is anything from 48.5% up to, not at, 49.5%, so that 49% is not 50%.
                places = len(match[2].partition(".")[2])
                half = 0.5 * 10**-places
                low, high, high_open = (
                    round(number - half, places + 1),
                    round(number + half, places + 1),
                    True,
                )
            case _:
                raise ValueError(f"{bound!r} is not a bound: up-to, at-least, about")
    else:
        raise ValueError(
            f"{text!r} is not a{'n' * (kind == 'amount')} {kind}; {did_you_mean(text, words) or _EXAMPLE[kind]}"
        )
    return (
        _share(text, stated, low, high, low_open, high_open, unit, of)
        if kind == "share"
        else (_amount(text, low, high, low_open, high_open, unit))
    )


_EXAMPLE = {
    "share": "write 71.4%, '>50%' or 40 to 50%",
    "amount": "write 40 min, 40 to 60 min or '>=15 day/month'",
}


def _share(
    text: str,
    stated: tuple[float, float],
    low: float,
    high: float,
    low_open: bool,
    high_open: bool,
    unit: str,
    of: object,
) -> Share:
    if unit.strip() not in ("%", ""):
        raise ValueError(f"{unit!r} after a share; {_EXAMPLE['share']}")
    if not (0 <= stated[0] <= stated[1] <= 100) or (low == high and (low_open or high_open)):
        raise ValueError(f"{text!r} is not a share between 0 and 100%")
    low, high, high_open = max(low, 0.0), min(high, 100.0), high_open and high <= 100
    count = total = None
    if of is not None:
        if not (
            isinstance(of, list)
            and len(of) == 2
            and all(type(n) is int for n in of)
            and 0 <= of[0] <= of[1] != 0
        ):
            raise ValueError("'of' is a count and its total: [55, 77]")
        count, total = of
    return Share(
        Interval(low, high, low_open, high_open), text if "%" in text else f"{text}%", count, total
    )


def _amount(
    text: str, low: float, high: float, low_open: bool, high_open: bool, unit: str
) -> Amount:
    unit = unit.strip()
    if unit not in UNITS:
        raise ValueError(
            f"unknown unit {unit!r}; {did_you_mean(unit, UNITS) or 'one of ' + ', '.join(UNITS)}"
        )
    if low > high:
        raise ValueError(f"{text!r} runs backwards")
    if low == high and (low_open or high_open):
        raise ValueError(f"{text!r} leaves no amount")
    dimension, factor = UNITS[unit]
    return Amount(Interval(low * factor, high * factor, low_open, high_open), dimension, text)


def wilson(count: int, total: int) -> Interval:
    """The 95% Wilson score interval of a share, in percent.

    Args:
        count: how many, from 0 to *total*.
        total: of how many, at least 1.
    Raises:
        ValueError: the count does not fit the total.
    Source:
        Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"{count} of {total} is not a share")
    share = count / total
    middle = share + Z * Z / (2 * total)
    half = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 100 / (1 + Z * Z / total)
    return Interval(
        0.0 if count == 0 else (middle - half) * scale,
        100.0 if count == total else (middle + half) * scale,
    )


def compare(
    page: Value, other: Value, above: Mapping[str, frozenset[str]] | None = None
) -> Comparison:
    """How what a page says stands to what a finding, or another page, says of the same outcome.

    *exceeds*: the page claims more (a larger number, a surer effect, a wider set); *falls short* is the mirror image.
    *conflicts*: both cannot be so. Swapping the two mirrors the relation.

    Args:
        page: what the page says.
        other: what the finding or the other page says.
        above: for every concept the broader ones, so that a clinic counts as a medical setting.
    A page may say no more than was found: the printed share, or the one its count comes to, decides. Two counts agree where
    their Wilson intervals meet.

    Source:
        Interval and set arithmetic; Wilson's interval for a count.
    """
    if isinstance(page, Effect) and isinstance(other, Effect):
        return _compare_effects(page.direction, other.direction)
    if isinstance(page, YesNo) and isinstance(other, YesNo):
        if page.holds == other.holds:
            return Comparison(Relation.AGREES, "both say " + ("yes" if page.holds else "no"))
        return Comparison(Relation.CONFLICTS, "one says yes, the other no")
    if isinstance(page, ConceptSet) and isinstance(other, ConceptSet):
        return _compare_sets(page, other, above or {})
    if isinstance(page, Share) and isinstance(other, Share):
        return _compare_numbers(page, other)
    if isinstance(page, Amount) and isinstance(other, Amount):
        if page.dimension != other.dimension:
            return Comparison(
                Relation.NOT_COMPARABLE, f"{page.dimension} against {other.dimension}"
            )
        return _compare_numbers(page, other)
    return Comparison(Relation.NOT_COMPARABLE, f"{_noun(page)} against {_noun(other)}")


def _noun(value: Value) -> str:
    return {
        Effect: "an effect",
        Share: "a share",
        Amount: "an amount",
        YesNo: "yes or no",
        ConceptSet: "a set",
    }[type(value)]


# How sure each effect is: a page that claims a change where the evidence is mixed or unclear claims too much.
_SURE = {
    Direction.UNCLEAR: 0,
    Direction.MIXED: 1,
    Direction.NONE: 2,
    Direction.REDUCES: 2,
    Direction.INCREASES: 2,
}


def _compare_effects(page: Direction, other: Direction) -> Comparison:
    if page == other:
        return Comparison(Relation.AGREES, f"both say {_EFFECT[page]}")
    reason = f"{_EFFECT[page]}, against {_EFFECT[other]}"
    if _SURE[page] == _SURE[other]:
        return Comparison(Relation.CONFLICTS, reason)
    return Comparison(
        Relation.EXCEEDS if _SURE[page] > _SURE[other] else Relation.FALLS_SHORT, reason
    )


_EFFECT = {
    Direction.REDUCES: "reduces it",
    Direction.INCREASES: "increases it",
    Direction.NONE: "no change found",
    Direction.MIXED: "mixed results",
    Direction.UNCLEAR: "too little evidence to tell",
}


def _compare_numbers(page: Share | Amount, other: Share | Amount) -> Comparison:
    mine, theirs = page.interval, other.interval
    reason = f"{page.text} against {other.text}"
    if mine.threshold and theirs.threshold and page.figure and other.figure:
        same = mine == theirs
        return Comparison(
            Relation.AGREES if same else Relation.CONFLICTS,
            reason if same else f"{reason}: not the same limit",
        )
    counted, their_count = _counted(page), _counted(other)
    if (
        mine.meets(theirs)
        or (counted and counted.meets(theirs))
        or (their_count and mine.meets(their_count))
    ):
        return Comparison(Relation.AGREES, reason)
    widely = _wide(page).meets(_wide(other))
    if widely and counted and their_count:
        return Comparison(Relation.AGREES, f"{reason}: their 95% intervals meet")
    within = ", though within the 95% interval of the count" if widely else ""
    return Comparison(
        Relation.FALLS_SHORT if mine.before(theirs) else Relation.EXCEEDS, reason + within
    )


def _counted(value: Share | Amount) -> Interval | None:
    """The share that the count behind a value comes to, which need not be the one printed."""
    if isinstance(value, Share) and value.count is not None and value.total:
        return Interval(100 * value.count / value.total, 100 * value.count / value.total)
    return None


def _wide(value: Share | Amount) -> Interval:
    """The interval with the uncertainty of the count behind it."""
    if isinstance(value, Share) and value.count is not None and value.total is not None:
        return wilson(value.count, value.total)
    return value.interval


def _compare_sets(
    page: ConceptSet, other: ConceptSet, above: Mapping[str, frozenset[str]]
) -> Comparison:
    mine, theirs = _Set(page.concepts, above), _Set(other.concepts, above)
    match page.mode, other.mode:
        case "includes", "includes":
            if mine.touches(theirs):
                return Comparison(
                    Relation.AGREES, "some in common; neither list rules the rest out"
                )
            return Comparison(
                Relation.NOT_COMPARABLE, "nothing in common, and neither list rules the other's out"
            )
        case "excludes", "excludes":
            return Comparison(Relation.AGREES, "both rule out")
        case "only", "only":
            if mine.within(theirs) or theirs.within(mine):
                same = mine.within(theirs) and theirs.within(mine)
                narrower = Relation.FALLS_SHORT if mine.within(theirs) else Relation.EXCEEDS
                return Comparison(
                    Relation.AGREES if same else narrower,
                    "the same set" if same else "one set inside the other",
                )
            return Comparison(Relation.CONFLICTS, "each allows what the other does not")
        case "includes", "only":
            return _allowed(mine, theirs)
        case "only", "includes":
            turned = _allowed(theirs, mine)
            return Comparison(MIRROR.get(turned.relation, turned.relation), turned.reason)
        case "only", "excludes":
            clash = mine.within(theirs)
        case "excludes", "only":
            clash = theirs.within(mine)
        case _:
            clash = mine.touches(theirs)
    if clash:
        return Comparison(Relation.CONFLICTS, "one rules out what the other allows")
    return Comparison(Relation.AGREES, "nothing that one rules out is allowed by the other")


@dataclass(frozen=True, slots=True)
class _Set:
    """Concepts in their hierarchy: a narrower concept is inside a broader one."""

    concepts: frozenset[str]
    above: Mapping[str, frozenset[str]]

    def has(self, name: str) -> bool:
        return name in self.concepts or bool(self.above.get(name, frozenset()) & self.concepts)

    def within(self, other: "_Set") -> bool:
        return all(other.has(name) for name in self.concepts)

    def touches(self, other: "_Set") -> bool:
        return any(other.has(name) for name in self.concepts) or any(
            self.has(name) for name in other.concepts
        )


def _allowed(included: _Set, allowed: _Set) -> Comparison:
    """What one names among the things that the other allows, and no more."""
    outside = sorted(name for name in included.concepts if not allowed.has(name))
    if not outside:
        return Comparison(Relation.AGREES, "all within what is allowed")
    if all(_Set(frozenset({name}), allowed.above).touches(allowed) for name in outside):
        return Comparison(Relation.EXCEEDS, f"{', '.join(outside)}: wider than what is allowed")
    return Comparison(Relation.CONFLICTS, f"{', '.join(outside)}: not among what is allowed")
