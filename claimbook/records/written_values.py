"""How records write what is said of an outcome: `{share: 71.4%, of: [55, 77]}`."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple, TypeVar

from claimbook.records.problems import did_you_mean
from claimbook.records.record import Written, computed
from claimbook.records.units import UNITS, Unit, unit_repair
from claimbook.records.values import (
    PARTS,
    Amount,
    ConceptSet,
    Direction,
    Effect,
    Interval,
    Regimen,
    Share,
    Value,
    YesNo,
)

KINDS = ("effect", "share", "amount", "regimen", "is", "only", "includes", "excludes")
NEAR = 0.10  # "up to 77%" promises a figure near 77%: read as within a tenth of it
ABOUT = 0.15  # "about 40 minutes": within 15%, so that about 40 minutes is not about an hour

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_ONE = re.compile(rf"(>=|<=|>|<)?\s*{_NUMBER}\s*(.*)", re.ASCII)
_RANGE = re.compile(rf"{_NUMBER}\s*%?\s*to\s*{_NUMBER}\s*(.*)", re.ASCII)
# Signs that people write in numbers and records do not, with the plain ones; no unit is changed.
_SIGNS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=\d)[·∙⋅](?=\d)", "."),
        (r"(?<=\d)[,'’\u00a0\u2009\u202f](?=\d{3}(?!\d))", ""),
        (r"(?<=\d),(?=\d{1,2}(?!\d))", "."),
        (r"(?<=[\d%])\s*[-‐‑‒–—−]\s*(?=\d)", " to "),
        (r"^\s*(?:≥|=>)\s*", ">="),
        (r"^\s*(?:≤|=<)\s*", "<="),
        (r"(?<![\d.])0+(?=\d)", ""),
    )
]
_BESIDE = {"share": ("of", "bound", "against", "against-of"), "amount": ("bound",)}
_TIMES = ("length", "gap", "days")  # parts of a regimen
_EXAMPLE = {
    "share": "write 71.4%, '>50%' or 40 to 50%",
    "amount": "write 40 min, 40 to 60 min or '>=15 day/month'",
}


@dataclass(frozen=True, slots=True)
class VagueTerm(Written):
    """A vague word and the interval it is read as, with the reason."""

    id: str = field(metadata=computed("leave it out"))
    means: Value
    because: str


Words = Mapping[str, VagueTerm]
_NOUNS = {"share": Share.noun, "amount": Amount.noun}
Figure = TypeVar("Figure", Share, Amount)


def parse_value(
    written: Mapping[str, object], words: Words | None = None, units: Mapping[str, Unit] = UNITS
) -> Value:
    """The value that a `says` mapping writes.

    Args:
        written: one of the keys of `KINDS`; beside a share also `of`, `bound`, `against` and
            `against-of`, and beside an amount `bound`.
        words: vague words by id, each with the interval that it means.
        units: units by id.
    Raises:
        ValueError: it is not a value; the message says what is wrong and what would be right.
    """
    kinds = [key for key in KINDS if key in written]
    if len(kinds) != 1:
        these = " and ".join(kinds) or "none"
        raise ValueError(f"a value has exactly one of {', '.join(KINDS)}; this has {these}")
    kind = kinds[0]
    if strangers := sorted(set(written) - {kind, *_BESIDE.get(kind, ())}):
        raise ValueError(f"{strangers[0]!r} does not go with {kind!r}")
    given = written[kind]
    match kind:
        case "effect":
            if given not in list(Direction):
                raise ValueError(f"{given!r} is not an effect: {', '.join(Direction)}")
            return Effect(Direction(str(given)))
        case "is":
            if given not in ("yes", "no") and not isinstance(given, bool):
                raise ValueError(f"{given!r} is neither yes nor no")
            return YesNo(given in ("yes", True))
        case "only" | "includes" | "excludes":
            names: list[object] = given if isinstance(given, list) else []
            if not names or not all(isinstance(name, str) for name in names):
                raise ValueError(f"{kind!r} takes a list of concepts")
            return ConceptSet(kind, frozenset(map(str, names)))
        case "regimen":
            return _regimen(given, words or {}, units)
        case "amount":
            return _amount(given, words or {}, units, written.get("bound"))
    share = _share(given, words or {}, written.get("of"), written.get("bound"))
    if "against" in written:
        against = _share(written["against"], words or {}, written.get("against-of"))
        return replace(share, against=against)
    if "against-of" in written:
        raise ValueError("'against-of' counts what 'against' gives; write both")
    return share


def _vague(kind: type[Figure], given: object, words: Words, *beside: object) -> Figure | None:
    """What a vague word means, where it is one; nothing may be written beside it."""
    if not (word := words.get(str(given))):
        return None
    if not isinstance(word.means, kind) or any(each is not None for each in beside):
        raise ValueError(f"the word {str(given)!r} is not {kind.noun} by itself")
    return word.means


def _regimen(given: object, words: Words, units: Mapping[str, Unit]) -> Regimen:
    if not isinstance(given, Mapping) or len(given) < 2:
        raise ValueError("a regimen has two parts or more: {dose: 0.5 mg/kg, length: 40 min}")
    for name in given:
        if name not in PARTS:
            repair = did_you_mean(str(name), PARTS) or f"one of {', '.join(PARTS)}"
            raise ValueError(f"{name!r} is not a part of a regimen; {repair}")
    parts = []
    for name in (name for name in PARTS if name in given):
        amount = _amount(given[name], words, units)
        if name in _TIMES and amount.dimension != "time":
            raise ValueError(f"{name!r} is {PARTS[name]}: write 40 min, 2 week or 5 day")
        parts.append((name, amount))
    return Regimen(tuple(parts))


class _Number(NamedTuple):
    """A number or a range as it is written: the range, the numbers stated, the unit, the text."""

    interval: Interval
    stated: tuple[float, float]
    unit: str
    text: str


def _read_number(kind: str, text: str, bound: object, words: Words) -> _Number:
    """A range, or one number with its precision or its bound."""
    if match := _RANGE.fullmatch(text):
        if bound is not None:
            raise ValueError("a range takes no bound")
        low, high = float(match[1]), float(match[2])
        return _Number(Interval(low, high), (low, high), match[3].strip(), text)
    if not (match := _ONE.fullmatch(text)):
        repair = did_you_mean(text, words) or _EXAMPLE[kind]
        raise ValueError(f"{text!r} is not {_NOUNS[kind]}; {repair}")
    sign, digits, unit = match[1], match[2], match[3].strip()
    if sign and bound is not None:
        raise ValueError(f"{sign!r} and 'bound' say the same thing twice")
    top = 100.0 if kind == "share" else math.inf
    interval = _bounded(float(digits), digits, sign or bound, top)
    said = f"{str(bound).replace('-', ' ')} {text}" if bound else text
    return _Number(interval, (float(digits), float(digits)), unit, said)


def _bounded(number: float, digits: str, bound: object, top: float) -> Interval:
    """The range that one number means with a sign or a bound, or by its precision."""
    match bound:
        case ">" | ">=" | "at-least":
            return Interval(number, top, bound == ">", math.isinf(top))
        case "<" | "<=":
            return Interval(0.0, number, False, bound == "<")
        case "up-to":
            return Interval(number * (1 - NEAR), number)
        case "about":
            return Interval(number - abs(number) * ABOUT, number + abs(number) * ABOUT)
        case None:
            # 49% is anything from 48.5% up to, not at, 49.5%, so that 49% is not 50%.
            places = len(digits.partition(".")[2])
            printed, half = Decimal(digits), Decimal(10) ** -places / 2
            return Interval(float(printed - half), float(printed + half), False, True)
    raise ValueError(f"{bound!r} is not a bound: up-to, at-least, about")


def _plain(text: str) -> str:
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return text


def _share(given: object, words: Words, of: object = None, bound: object = None) -> Share:
    if word := _vague(Share, given, words, of, bound):
        return word
    if (plain := _plain(str(given))) != str(given):
        _share(plain, words, of, bound)
        raise ValueError(f"{given!r} is not a share; did you mean {plain!r}?")
    number = _read_number("share", str(given), bound, words)
    text, interval = number.text, number.interval
    if number.unit not in ("%", ""):
        raise ValueError(f"{number.unit!r} after a share; {_EXAMPLE['share']}")
    if not number.unit and "%" not in text and 0 < number.stated[1] <= 1:
        whole = " to ".join(f"{100 * end:.6g}" for end in dict.fromkeys(number.stated))
        raise ValueError(f"is {text!r} a share of {text}% or of {whole}%? Write it with %")
    if not 0 <= number.stated[0] <= number.stated[1] <= 100 or interval.empty:
        raise ValueError(f"{text!r} is not a share between 0 and 100%")
    low, high = max(interval.low, 0.0), min(interval.high, 100.0)
    high_open = interval.high_open and interval.high <= 100
    count = total = None
    if of is not None:
        counts = of if isinstance(of, list) and all(type(n) is int for n in of) else []
        if len(counts) != 2 or not 0 <= counts[0] <= counts[1] != 0:
            raise ValueError("'of' is a count and its total: [55, 77]")
        count, total = counts
    text = text if "%" in text else f"{text}%"
    return Share(Interval(low, high, interval.low_open, high_open), text, count, total)


def _amount(given: object, words: Words, units: Mapping[str, Unit], bound: object = None) -> Amount:
    if word := _vague(Amount, given, words, bound):
        return word
    if (plain := _plain(str(given))) != str(given):
        _amount(plain, words, units, bound)
        raise ValueError(f"{given!r} is not an amount; did you mean {plain!r}?")
    number = _read_number("amount", str(given), bound, words)
    if not (unit := units.get(number.unit)):
        raise ValueError(f"unknown unit {number.unit!r}; {unit_repair(number.unit, units)}")
    if number.stated[0] < 0 and unit.id in UNITS and unit.dimension != "scale points":
        raise ValueError(f"{number.text!r} is below zero; write its size, without the sign")
    if number.interval.low > number.interval.high:
        raise ValueError(f"{number.text!r} runs backwards")
    if number.interval.empty:
        raise ValueError(f"{number.text!r} leaves no amount")
    return Amount(number.interval.times(unit.factor), unit.dimension, number.text)
