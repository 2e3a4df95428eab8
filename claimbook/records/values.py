"""What is said of an outcome: an effect, a share, an amount, a regimen and so on.

Source: Wilson 1927, J Am Stat Assoc 22:209-212, doi:10.1080/01621459.1927.10502953, for the
interval of a share.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Literal

PARTS: Mapping[str, str] = {  # of a regimen, each with what it is in words
    "dose": "what is given in a session, or an hour",
    "length": "how long a session lasts",
    "number": "how many sessions",
    "gap": "the time between two sessions",
    "days": "how long the whole course lasts",
}
Z = 1.959963984540054  # two-sided 95%


class Direction(StrEnum):
    """What happens to an outcome. `unclear`: an authority found too little to tell."""

    REDUCES = "reduces"
    INCREASES = "increases"
    NONE = "none"
    MIXED = "mixed"
    UNCLEAR = "unclear"

    @property
    def in_words(self) -> str:
        """The direction as sentences of the site have it."""
        return _DIRECTIONS[self]


_DIRECTIONS = {
    Direction.REDUCES: "reduces it",
    Direction.INCREASES: "increases it",
    Direction.NONE: "no difference found",
    Direction.MIXED: "mixed results",
    Direction.UNCLEAR: "too little evidence to tell",
}


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

    def times(self, factor: float) -> "Interval":
        """The range in a unit that is *factor* times smaller."""
        return Interval(self.low * factor, self.high * factor, self.low_open, self.high_open)

    @property
    def middle(self) -> float:
        """What a single number was, that is read as a range around it."""
        return (self.low + self.high) / 2

    @property
    def threshold(self) -> bool:
        """Whether it is one-sided: a limit rather than a range."""
        return math.isinf(self.high)

    def same_limit(self, other: "Interval") -> bool:
        """Whether two limits differ at most in whether the number itself counts: 15, or over 15."""
        return self.threshold and other.threshold and self.low == other.low

    @property
    def empty(self) -> bool:
        """Whether no number lies inside."""
        return self.low == self.high and (self.low_open or self.high_open)


class Value:
    """What is said of an outcome: an effect, a figure, a regimen, yes or no, or a set."""

    __slots__ = ()
    noun = "a value"

    @property
    def denies(self) -> bool:
        """Whether it says no, or that there is no effect."""
        return self in (YesNo(False), Effect(Direction.NONE))

    @property
    def doubts(self) -> bool:
        """Whether it says that too little is known to tell."""
        return self == Effect(Direction.UNCLEAR)

    @property
    def promises_nothing(self) -> bool:
        """Whether it denies or doubts what it is on."""
        return self.denies or self.doubts


@dataclass(frozen=True, slots=True)
class Effect(Value):
    """What happens to the outcome."""

    noun = "an effect"
    direction: Direction


@dataclass(frozen=True, slots=True)
class Share(Value):
    """A share in percent, with the count behind it where one is given; `text` is as written.

    `against` is the share of those who had what the treatment was compared with.
    """

    noun = "a share"
    dimension = "%"
    interval: Interval
    text: str
    count: int | None = None
    total: int | None = None
    figure: bool = True  # False for a word such as "most"
    against: "Share | None" = None

    @property
    def counted(self) -> Interval | None:
        """The share that the count comes to, which need not be the one printed."""
        if self.count is None or not self.total:
            return None
        share = 100 * self.count / self.total
        return Interval(share, share)

    @property
    def uncertain(self) -> Interval:
        """The range with the uncertainty of the count behind it."""
        if self.count is None or self.total is None:
            return self.interval
        return wilson(self.count, self.total)

    def rounds(self, share: float) -> bool:
        """Whether a share may be printed so; what lies halfway may be rounded either way."""
        ends = self.interval.low, self.interval.high
        return share in self.interval or any(math.isclose(share, end) for end in ends)

    def corrected(self, decimals: int = 0) -> "Share":
        """The share as written; where its count comes to another one, that to so many decimals."""
        if not self.counted or self.rounds(self.counted.low):
            return self
        share, half = percent(self.counted.low, decimals), 0.5 * 10**-decimals
        interval = Interval(float(share) - half, float(share) + half)
        return replace(self, text=f"{share}%", interval=interval)

    @property
    def told(self) -> str:
        """The share as written; where its count comes to another one, the count first."""
        if (counted := self.corrected()) == self:
            return self.text
        return f"{self.count} of {self.total}, which is {counted.text}, printed as {self.text}"


@dataclass(frozen=True, slots=True)
class Amount(Value):
    """An amount in the base unit of its dimension; `text` is how it was written."""

    noun = "an amount"
    interval: Interval
    dimension: str
    text: str
    figure: bool = True

    counted: ClassVar[None] = None  # no count is behind it

    @property
    def uncertain(self) -> Interval:
        """The range as it is written."""
        return self.interval

    @property
    def told(self) -> str:
        """The amount as written."""
        return self.text


# What an hourly dose comes to over a length of time, by dimension; hours are counted in minutes.
_BY_THE_HOUR = {"dose rate": "mass", "dose rate by weight": "dose by weight"}
_BASE_UNITS = {"mass": "mg", "dose by weight": "mg/kg"}


@dataclass(frozen=True, slots=True)
class Regimen(Value):
    """How a treatment is given: the parts that belong together, in the order of `PARTS`."""

    noun = "a regimen"
    parts: tuple[tuple[str, Amount], ...]

    @property
    def total(self) -> Amount | None:
        """What is given in one session, where its dose and its length come to that."""
        parts = dict(self.parts)
        rate, length = parts.get("dose"), parts.get("length")
        if not rate or not length or rate.dimension in _BASE_UNITS:
            return rate if length else None
        dimension = _BY_THE_HOUR.get(rate.dimension)
        if not dimension or rate.interval.threshold or length.interval.threshold:
            return None
        hours = length.interval.times(1 / 60)
        low, high = rate.interval.low * hours.low, rate.interval.high * hours.high
        ends = [_ends(rate)[end] * _ends(length)[end] / 60 for end in (0, 1)]
        text = " to ".join(dict.fromkeys(f"{float(f'{end:.2g}'):g}" for end in ends))
        return Amount(Interval(low, high), dimension, f"{text} {_BASE_UNITS[dimension]}")


def _ends(amount: Amount) -> tuple[float, float]:
    """The ends of a range; the middle of a single number, twice, as it was written."""
    interval = amount.interval
    single = amount.figure and amount.text[:1].isdigit() and " to " not in amount.text
    return (interval.middle, interval.middle) if single else (interval.low, interval.high)


@dataclass(frozen=True, slots=True)
class YesNo(Value):
    """Whether the statement holds."""

    noun = "yes or no"
    holds: bool


@dataclass(frozen=True, slots=True)
class ConceptSet(Value):
    """A set of concepts: `only` these, at least these (`includes`), none of them (`excludes`)."""

    noun = "a set"
    mode: Literal["only", "includes", "excludes"]
    concepts: frozenset[str]


def percent(number: float, decimals: int = 0) -> str:
    """A percentage to so many decimals; next to 0 and 100 to the first figure that matters.

    What is more than none is never written as 0, nor what is less than all as 100.
    """
    if 0 < number < 1:
        return f"{float(f'{number:.1g}'):g}"
    if 99 < number < 100:
        return f"{100 - float(f'{100 - number:.1g}'):g}"
    return f"{number:.{decimals}f}"


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
