"""Values: how they are written, and how two of them stand to each other."""

import math
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimbook.records import (
    MIRROR,
    UNITS,
    Amount,
    ConceptSet,
    Direction,
    Effect,
    Interval,
    Relation,
    Share,
    Unit,
    VagueTerm,
    Value,
    YesNo,
    compare,
    parse_value,
    percent,
    wilson,
)

WORDS = {
    "most": VagueTerm(
        "most", Share(Interval(50, 100, low_open=True), "most", figure=False), "More than half."
    ),
    "a third": VagueTerm("a third", Share(Interval(30, 37), "a third", figure=False), "About 33%."),
    "fast": VagueTerm(
        "fast", Amount(Interval(0, 120), "time", "fast", figure=False), "Within two hours."
    ),
    "lasting": VagueTerm(
        "lasting",
        Amount(Interval(43830, math.inf), "time", "lasting", figure=False),
        "A month or more.",
    ),
}
ABOVE = {
    "ward": frozenset({"clinic"}),
    "bed": frozenset({"ward", "clinic"}),
    "clinic": frozenset[str](),
    "home": frozenset[str](),
    "watched": frozenset[str](),
    "watched-home": frozenset({"watched", "home"}),
}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(({"effect": one.value}, Effect(one)) for one in Direction),
        ({"is": "yes"}, YesNo(True)),
        ({"is": "no"}, YesNo(False)),
        ({"is": True}, YesNo(True)),
        ({"is": False}, YesNo(False)),
        ({"only": ["home"]}, ConceptSet("only", frozenset({"home"}))),
        ({"includes": ["home", "ward"]}, ConceptSet("includes", frozenset({"home", "ward"}))),
        ({"excludes": ["home", "home"]}, ConceptSet("excludes", frozenset({"home"}))),
        ({"share": "71.4%"}, Share(Interval(71.35, 71.45, high_open=True), "71.4%")),
        ({"share": 71.4}, Share(Interval(71.35, 71.45, high_open=True), "71.4%")),
        ({"share": "49 %"}, Share(Interval(48.5, 49.5, high_open=True), "49 %")),
        ({"share": "0%"}, Share(Interval(0, 0.5, high_open=True), "0%")),
        ({"share": "100%"}, Share(Interval(99.5, 100), "100%")),
        (
            {"share": "71.4%", "of": [55, 77]},
            Share(Interval(71.35, 71.45, high_open=True), "71.4%", 55, 77),
        ),
        ({"share": "0%", "of": [0, 4]}, Share(Interval(0, 0.5, high_open=True), "0%", 0, 4)),
        ({"share": "40 to 50%"}, Share(Interval(40, 50), "40 to 50%")),
        ({"share": "40% to 50%"}, Share(Interval(40, 50), "40% to 50%")),
        ({"share": "0.2% to 0.5"}, Share(Interval(0.2, 0.5), "0.2% to 0.5")),
        ({"share": ">50%"}, Share(Interval(50, 100, low_open=True), ">50%")),
        ({"share": ">= 50%"}, Share(Interval(50, 100), ">= 50%")),
        ({"share": "<50%"}, Share(Interval(0, 50, high_open=True), "<50%")),
        ({"share": "<=50%"}, Share(Interval(0, 50), "<=50%")),
        ({"share": "<100%"}, Share(Interval(0, 100, high_open=True), "<100%")),
        ({"share": "99.5%"}, Share(Interval(99.45, 99.55, high_open=True), "99.5%")),
        ({"share": "40"}, Share(Interval(39.5, 40.5, high_open=True), "40%")),
        ({"share": "40 to 50"}, Share(Interval(40, 50), "40 to 50%")),
        ({"share": "50 to 50%"}, Share(Interval(50, 50), "50 to 50%")),
        ({"share": "0 to 100%"}, Share(Interval(0, 100), "0 to 100%")),
        ({"share": "100%", "of": [4, 4]}, Share(Interval(99.5, 100), "100%", 4, 4)),
        ({"share": "0.05%"}, Share(Interval(0.045, 0.055, high_open=True), "0.05%")),
        ({"share": "50%", "bound": "at-least"}, Share(Interval(50, 100), "at least 50%")),
        ({"share": "80%", "bound": "up-to"}, Share(Interval(72, 80), "up to 80%")),
        ({"share": "40%", "bound": "about"}, Share(Interval(34, 46), "about 40%")),
        ({"share": "95%", "bound": "about"}, Share(Interval(80.75, 100), "about 95%")),
        ({"share": "most"}, WORDS["most"].means),
        ({"amount": "40 min"}, Amount(Interval(39.5, 40.5, high_open=True), "time", "40 min")),
        ({"amount": "1.5 h"}, Amount(Interval(87, 93, high_open=True), "time", "1.5 h")),
        ({"amount": "40 to 60 min"}, Amount(Interval(40, 60), "time", "40 to 60 min")),
        (
            {"amount": "0.1 to 1 mg/kg/h"},
            Amount(Interval(0.1, 1), "dose rate by weight", "0.1 to 1 mg/kg/h"),
        ),
        (
            {"amount": ">15 day/month"},
            Amount(Interval(15, math.inf, True, True), "days a month", ">15 day/month"),
        ),
        (
            {"amount": ">=15 day/month"},
            Amount(Interval(15, math.inf, False, True), "days a month", ">=15 day/month"),
        ),
        ({"amount": "<90 min"}, Amount(Interval(0, 90, high_open=True), "time", "<90 min")),
        ({"amount": "<=2 h"}, Amount(Interval(0, 120), "time", "<=2 h")),
        (
            {"amount": "10 point", "bound": "up-to"},
            Amount(Interval(9, 10), "scale points", "up to 10 point"),
        ),
        ({"amount": "1 h", "bound": "about"}, Amount(Interval(51, 69), "time", "about 1 h")),
        (
            {"amount": "-2 point"},
            Amount(Interval(-2.5, -1.5, high_open=True), "scale points", "-2 point"),
        ),
        (
            {"amount": "-2 point", "bound": "about"},
            Amount(Interval(-2.3, -1.7), "scale points", "about -2 point"),
        ),
        ({"amount": "3 to 3 min"}, Amount(Interval(3, 3), "time", "3 to 3 min")),
        ({"amount": "-5 to -2 point"}, Amount(Interval(-5, -2), "scale points", "-5 to -2 point")),
        ({"amount": " 40 min"}, Amount(Interval(39.5, 40.5, high_open=True), "time", " 40 min")),
        ({"amount": "3 to 5 cm"}, Amount(Interval(30, 50), "length", "3 to 5 cm")),
        (
            {"amount": "3 day", "bound": "at-least"},
            Amount(Interval(4320, math.inf, False, True), "time", "at least 3 day"),
        ),
        ({"amount": "fast"}, WORDS["fast"].means),
    ],
)
def test_read(written: Mapping[str, object], value: Value) -> None:
    got = parse_value(written, WORDS)
    if isinstance(got, Share | Amount) and isinstance(value, Share | Amount):
        assert (got.interval.low, got.interval.high) == pytest.approx(
            (value.interval.low, value.interval.high)
        )
        object.__setattr__(
            value,
            "interval",
            Interval(
                got.interval.low,
                got.interval.high,
                value.interval.low_open,
                value.interval.high_open,
            ),
        )
    assert got == value


EITHER = "effect, share, amount, regimen, is, only, includes, excludes"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({}, f"a value has exactly one of {EITHER}; this has none"),
        (
            {"effect": "none", "is": "yes"},
            f"a value has exactly one of {EITHER}; this has effect and is",
        ),
        ({"effect": "none", "of": [1, 2]}, "'of' does not go with 'effect'"),
        ({"amount": "1 h", "of": [1, 2]}, "'of' does not go with 'amount'"),
        ({"is": "yes", "bound": "about"}, "'bound' does not go with 'is'"),
        ({"share": "1%", "note": "x"}, "'note' does not go with 'share'"),
        ({"share": "1%", "z": 1, "note": "x"}, "'note' does not go with 'share'"),
        ({"effect": "none", "bound": "about"}, "'bound' does not go with 'effect'"),
        ({"only": ["home"], "of": [1, 2]}, "'of' does not go with 'only'"),
        ({"effect": "helps"}, "'helps' is not an effect: reduces, increases, none, mixed, unclear"),
        (
            {"effect": ["none"]},
            "['none'] is not an effect: reduces, increases, none, mixed, unclear",
        ),
        ({"effect": None}, "None is not an effect: reduces, increases, none, mixed, unclear"),
        ({"is": "maybe"}, "'maybe' is neither yes nor no"),
        ({"is": 1}, "1 is neither yes nor no"),
        ({"is": "YES"}, "'YES' is neither yes nor no"),
        ({"is": ["yes"]}, "['yes'] is neither yes nor no"),
        ({"only": []}, "'only' takes a list of concepts"),
        ({"includes": "home"}, "'includes' takes a list of concepts"),
        ({"excludes": ["home", 3]}, "'excludes' takes a list of concepts"),
        ({"share": "fast"}, "the word 'fast' is not a share by itself"),
        ({"amount": "most"}, "the word 'most' is not an amount by itself"),
        ({"amount": "fast", "bound": "about"}, "the word 'fast' is not an amount by itself"),
        ({"share": "most", "of": [1, 2]}, "the word 'most' is not a share by itself"),
        ({"share": "most", "bound": "about"}, "the word 'most' is not a share by itself"),
        ({"share": "40 to 50%", "bound": "about"}, "a range takes no bound"),
        ({"share": ">50%", "bound": "about"}, "'>' and 'bound' say the same thing twice"),
        ({"share": "50%", "bound": "nearly"}, "'nearly' is not a bound: up-to, at-least, about"),
        ({"share": "50%", "bound": ["about"]}, "['about'] is not a bound: up-to, at-least, about"),
        ({"share": "mots"}, "'mots' is not a share; did you mean 'most'?"),
        ({"share": "xyz"}, "'xyz' is not a share; write 71.4%, '>50%' or 40 to 50%"),
        ({"share": None}, "'None' is not a share; write 71.4%, '>50%' or 40 to 50%"),
        (
            {"amount": "soon"},
            "'soon' is not an amount; write 40 min, 40 to 60 min or '>=15 day/month'",
        ),
        (
            {"amount": "４０ min"},
            "'４０ min' is not an amount; write 40 min, 40 to 60 min or '>=15 day/month'",
        ),
        ({"share": 0.45}, "is '0.45' a share of 0.45% or of 45%? Write it with %"),
        ({"share": 1}, "is '1' a share of 1% or of 100%? Write it with %"),
        (
            {"share": "0.2 to 0.345"},
            "is '0.2 to 0.345' a share of 0.2 to 0.345% or of 20 to 34.5%? Write it with %",
        ),
        ({"share": "62·5%"}, "'62·5%' is not a share; did you mean '62.5%'?"),
        ({"share": "62,5 %"}, "'62,5 %' is not a share; did you mean '62.5 %'?"),
        ({"share": "20–30%"}, "'20–30%' is not a share; did you mean '20 to 30%'?"),
        ({"share": "≥20%"}, "'≥20%' is not a share; did you mean '>=20%'?"),
        ({"amount": "5-7 day"}, "'5-7 day' is not an amount; did you mean '5 to 7 day'?"),
        ({"amount": "5,5 day"}, "'5,5 day' is not an amount; did you mean '5.5 day'?"),
        ({"amount": "1,200 min"}, "'1,200 min' is not an amount; did you mean '1200 min'?"),
        ({"amount": "017 day"}, "'017 day' is not an amount; did you mean '17 day'?"),
        ({"amount": "5 to 07 day"}, "'5 to 07 day' is not an amount; did you mean '5 to 7 day'?"),
        ({"share": "00.5%"}, "'00.5%' is not a share; did you mean '0.5%'?"),
        # what would still be wrong with a repaired number comes first
        ({"share": "62,5%", "of": [3, 2]}, "'of' is a count and its total: [55, 77]"),
        (
            {"share": "62,5%", "bound": "nearly"},
            "'nearly' is not a bound: up-to, at-least, about",
        ),
        ({"amount": "-5 day"}, "'-5 day' is below zero; write its size, without the sign"),
        (
            {"amount": ">=-0.5 mg/kg"},
            "'>=-0.5 mg/kg' is below zero; write its size, without the sign",
        ),
        ({"amount": "5-7 mcg"}, "unknown unit 'mcg'; did you mean 'ug'?"),
        ({"amount": "5 ug/kg/hour"}, "unknown unit 'ug/kg/hour'; did you mean 'ug/kg/h'?"),
        ({"share": "50 people"}, "'people' after a share; write 71.4%, '>50%' or 40 to 50%"),
        ({"share": "101%"}, "'101%' is not a share between 0 and 100%"),
        ({"share": "100.4%"}, "'100.4%' is not a share between 0 and 100%"),
        ({"share": "-1%"}, "'-1%' is not a share between 0 and 100%"),
        ({"share": "105%", "bound": "up-to"}, "'up to 105%' is not a share between 0 and 100%"),
        ({"share": "110%", "bound": "about"}, "'about 110%' is not a share between 0 and 100%"),
        ({"share": "40 to 120%"}, "'40 to 120%' is not a share between 0 and 100%"),
        ({"share": "50 to 40%"}, "'50 to 40%' is not a share between 0 and 100%"),
        ({"share": ">100%"}, "'>100%' is not a share between 0 and 100%"),
        ({"share": "<0%"}, "'<0%' is not a share between 0 and 100%"),
        ({"share": "50%", "of": 3}, "'of' is a count and its total: [55, 77]"),
        ({"share": "50%", "of": [3, 2]}, "'of' is a count and its total: [55, 77]"),
        ({"share": "50%", "of": [0, 0]}, "'of' is a count and its total: [55, 77]"),
        ({"share": "50%", "of": [-1, 2]}, "'of' is a count and its total: [55, 77]"),
        ({"share": "50%", "of": [1, 2, 3]}, "'of' is a count and its total: [55, 77]"),
        ({"share": "50%", "of": [True, 2]}, "'of' is a count and its total: [55, 77]"),
        ({"share": "50%", "of": [1.5, 2]}, "'of' is a count and its total: [55, 77]"),
        ({"amount": "40 mins"}, "unknown unit 'mins'; did you mean 'min'?"),
        ({"amount": "40"}, f"unknown unit ''; one of {', '.join(UNITS)}"),
        ({"amount": "60 to 40 min"}, "'60 to 40 min' runs backwards"),
        ({"amount": "<-5 point"}, "'<-5 point' runs backwards"),
        ({"amount": "<0 min"}, "'<0 min' leaves no amount"),
    ],
)
def test_what_is_not_a_value_is_told_with_the_repair(
    written: Mapping[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_value(written, WORDS)


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_read(unit: str) -> None:
    value = parse_value({"amount": f"2 {unit}"})
    assert isinstance(value, Amount)
    factor = UNITS[unit].factor
    assert value.dimension == UNITS[unit].dimension
    assert (value.interval.low, value.interval.high) == (1.5 * factor, 2.5 * factor)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (15, 77, 12.2, 29.7),
        (55, 77, 60.5, 80.3),
        (0, 20, 0.0, 16.1),
        (20, 20, 83.9, 100.0),
        (81, 263, 25.5, 36.6),  # Newcombe 1998, Table I: 0.2553 to 0.3662
        (15, 148, 6.2, 16.0),  # 0.0624 to 0.1605
        (1, 29, 0.6, 17.2),  # 0.0061 to 0.1718
        (0, 1, 0.0, 79.3),
        (1, 1, 20.7, 100.0),
        (1, 2, 9.5, 90.5),
    ],
)
def test_wilson(count: int, total: int, low: float, high: float) -> None:
    interval = wilson(count, total)
    assert (round(interval.low, 1), round(interval.high, 1)) == pytest.approx(
        (low, high), abs=0.051
    )


@pytest.mark.parametrize("total", [3, 21])  # computed, the end would miss by a hair
def test_the_interval_of_none_and_of_all_ends_exactly(total: int) -> None:
    assert wilson(0, total).low == 0
    assert wilson(total, total).high == 100


@pytest.mark.parametrize(("count", "total"), [(-1, 3), (4, 3), (0, 0), (0, -1), (-2, -1)])
def test_a_count_that_does_not_fit_its_total_has_no_interval(count: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"^{count} of {total} is not a share$"):
        wilson(count, total)


def test_words_and_units_may_be_left_out() -> None:
    with pytest.raises(ValueError, match=r"^'most' is not a share; write"):
        parse_value({"share": "most"})
    stone = {"stone": Unit("stone", "weight", 6.35)}
    assert parse_value({"amount": "2 to 4 stone"}, units=stone) == Amount(
        Interval(12.7, 25.4), "weight", "2 to 4 stone"
    )
    with pytest.raises(ValueError, match=r"^unknown unit 'min'; one of stone$"):
        parse_value({"amount": "2 min"}, units=stone)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_ends_of_wilson_are_where_the_score_test_turns(count: int, total: int) -> None:
    assume(count <= total)
    interval = wilson(count, total)
    for end in (interval.low / 100, interval.high / 100):
        distance = (count / total - end) ** 2
        allowed = 1.959963984540054**2 * end * (1 - end) / total
        assert distance == pytest.approx(allowed, rel=1e-6, abs=1e-9)
    assert (interval.low == 0) == (count == 0)
    assert (interval.high == 100) == (count == total)
    assert interval == Interval(interval.low, interval.high)


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        (Interval(1, 2), (1, 1.5, 2), (0.9, 2.1)),
        (Interval(1, 2, low_open=True), (1.1, 2), (1, 0, 3)),
        (Interval(1, 2, high_open=True), (1, 1.9), (2, 0, 3)),
        (Interval(1, 2, True, True), (1.1, 1.9), (1, 2)),
        (Interval(1, math.inf, False, True), (1, 1e9), (0.9,)),
        (Interval(1, 1), (1,), (0, 2)),
        (Interval(1, 1, high_open=True), (), (1, 0, 2)),
    ],
)
def test_what_lies_inside(
    interval: Interval, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    assert all(number in interval for number in inside)
    assert not any(number in interval for number in outside)


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        (Interval(1, 2), Interval(3, 4), True),
        (Interval(1, 2), Interval(2, 4), False),
        (Interval(1, 2, high_open=True), Interval(2, 4), True),
        (Interval(1, 2), Interval(2, 4, low_open=True), True),
        (Interval(1, 2, True), Interval(2, 4, high_open=True), False),
        (Interval(1, 3), Interval(2, 4), False),
        (Interval(1, 3, high_open=True), Interval(2, 4, low_open=True), False),
        (Interval(1, 4), Interval(2, 3), False),
        (Interval(1, 1), Interval(1, 1), False),
    ],
)
def test_before_and_meets(one: Interval, other: Interval, before: bool) -> None:
    assert one.before(other) is before
    assert not other.before(one)
    assert one.meets(other) is other.meets(one) is not before


@pytest.mark.parametrize(
    ("interval", "threshold", "empty"),
    [
        (Interval(1, 2), False, False),
        (Interval(1, math.inf), True, False),
        (Interval(1, 1), False, False),
        (Interval(1, 1, low_open=True), False, True),
        (Interval(1, 1, high_open=True), False, True),
        (Interval(1, 2, True, True), False, False),
    ],
)
def test_limits_and_empty_ranges(interval: Interval, threshold: bool, empty: bool) -> None:
    assert (interval.threshold, interval.empty) == (threshold, empty)


@pytest.mark.parametrize(("low_open", "high_open"), [(True, False), (False, True), (False, False)])
def test_a_range_in_a_smaller_unit(low_open: bool, high_open: bool) -> None:
    hours = Interval(1, 2.5, low_open, high_open)
    assert hours.times(60) == Interval(60, 150, low_open, high_open)


EXACT = Interval(49, 50)


@pytest.mark.parametrize(
    ("value", "counted", "uncertain"),
    [
        (Share(EXACT, "49%"), None, EXACT),
        (Share(EXACT, "49%", 1, 4), Interval(25, 25), wilson(1, 4)),
        (Share(EXACT, "49%", 0, 4), Interval(0, 0), wilson(0, 4)),
        (Share(EXACT, "49%", 4, 4), Interval(100, 100), wilson(4, 4)),
        (Share(EXACT, "49%", None, 4), None, EXACT),
        (Share(EXACT, "49%", 1, None), None, EXACT),
        (Amount(EXACT, "time", "49 min"), None, EXACT),
    ],
)
def test_the_count_behind_a_number(
    value: Share | Amount, counted: Interval | None, uncertain: Interval
) -> None:
    assert (value.counted, value.uncertain) == (counted, uncertain)


E, S, A, T = "effect", "share", "amount", "is"
AGREES, EXCEEDS, SHORT, CONFLICTS, APART = Relation
PAIRS: list[tuple[dict[str, Any], dict[str, Any], Relation]] = [
    ({E: "reduces"}, {E: "reduces"}, AGREES),
    ({E: "reduces"}, {E: "increases"}, CONFLICTS),
    ({E: "reduces"}, {E: "none"}, CONFLICTS),
    ({E: "increases"}, {E: "none"}, CONFLICTS),
    ({E: "reduces"}, {E: "mixed"}, EXCEEDS),
    ({E: "reduces"}, {E: "unclear"}, EXCEEDS),
    ({E: "none"}, {E: "mixed"}, EXCEEDS),
    ({E: "none"}, {E: "unclear"}, EXCEEDS),
    ({E: "mixed"}, {E: "unclear"}, EXCEEDS),
    ({E: "mixed"}, {E: "mixed"}, AGREES),
    ({E: "unclear"}, {E: "unclear"}, AGREES),
    ({T: "yes"}, {T: "yes"}, AGREES),
    ({T: "no"}, {T: "no"}, AGREES),
    ({T: "yes"}, {T: "no"}, CONFLICTS),
    ({S: "49%"}, {S: "49.1%"}, AGREES),  # the precision printed decides
    ({S: "49.0%"}, {S: "49.1%"}, SHORT),
    ({S: "49.2%"}, {S: "49.3%"}, SHORT),
    ({S: "49%"}, {S: "49.5%"}, AGREES),  # 49.45 rounds to 49
    ({S: "49%"}, {S: "49.50%"}, AGREES),
    ({S: "100%"}, {S: "99.9%"}, AGREES),
    ({S: "0%"}, {S: "0.4%"}, AGREES),
    ({S: "50%"}, {S: "49%"}, EXCEEDS),
    ({S: "51%"}, {S: "49%"}, EXCEEDS),
    ({S: "most"}, {S: "50%"}, AGREES),
    ({S: "most"}, {S: "49%"}, EXCEEDS),
    ({S: "most"}, {S: "<=50%"}, EXCEEDS),  # more than half is not half
    ({S: ">=50%"}, {S: "<=50%"}, AGREES),
    ({S: ">50%"}, {S: "71.4%"}, AGREES),
    ({S: "a third"}, {S: "33.3%"}, AGREES),
    ({S: "a third"}, {S: "most"}, SHORT),
    ({S: "77%", "bound": "up-to"}, {S: "71.4%"}, AGREES),
    ({S: "77%", "bound": "up-to"}, {S: "77%"}, AGREES),
    ({S: "77%", "bound": "up-to"}, {S: "60%"}, EXCEEDS),
    ({S: "77%", "bound": "up-to"}, {S: "79%"}, SHORT),
    ({S: "40%", "bound": "about"}, {S: "45%"}, AGREES),
    ({S: "40%", "bound": "about"}, {S: "50%"}, SHORT),
    ({S: "20 to 30%"}, {S: "25%"}, AGREES),
    ({S: "20 to 30%"}, {S: "31%"}, SHORT),
    (
        {S: "77%"},
        {S: "71.4%", "of": [55, 77]},
        EXCEEDS,
    ),  # within 60.5 to 80.3, and more than was found all the same
    (
        {S: "70%"},
        {S: "77%", "of": [7, 10]},
        AGREES,
    ),  # the count decides too, where it is not what is printed
    ({S: "85%"}, {S: "71.4%", "of": [55, 77]}, EXCEEDS),
    ({S: "most"}, {S: "71.4%", "of": [55, 77]}, AGREES),
    ({S: "most"}, {S: "20%", "of": [20, 100]}, EXCEEDS),
    ({S: "most"}, {S: "40%", "of": [4, 10]}, EXCEEDS),  # not ruled out is not found
    ({S: "71.4%", "of": [55, 77]}, {S: "60%", "of": [60, 100]}, AGREES),
    ({S: "71.4%", "of": [55, 77]}, {S: "20%", "of": [20, 100]}, EXCEEDS),
    ({A: "40 min"}, {A: "40 min"}, AGREES),
    ({A: "40 min"}, {A: "40 to 60 min"}, AGREES),
    ({A: "40 min"}, {A: "1 h"}, AGREES),  # 30 to 90 min, as far as "1 h" tells
    ({A: "40 min"}, {A: "1.0 h"}, SHORT),
    ({A: "40 min", "bound": "about"}, {A: "1 h", "bound": "about"}, SHORT),
    ({A: "60 min"}, {A: "1.0 h"}, AGREES),
    ({A: "7 day"}, {A: "1 week"}, AGREES),
    ({A: "3 h"}, {A: "40 min"}, EXCEEDS),
    ({A: "5 day"}, {A: "40 min"}, EXCEEDS),
    ({A: "fast"}, {A: "44 min"}, AGREES),
    ({A: "fast"}, {A: "5 h"}, SHORT),
    ({A: "lasting"}, {A: "3 day"}, EXCEEDS),
    ({A: "lasting"}, {A: "6 month"}, AGREES),
    ({A: "lasting"}, {A: ">3 month"}, AGREES),  # a word is no limit
    ({A: "<90 min"}, {A: "300 min"}, SHORT),
    ({A: "<90 min"}, {A: "60 min"}, AGREES),
    ({A: "<90 min"}, {A: "91.0 min"}, SHORT),
    (
        {A: ">15 day/month"},
        {A: ">=15 day/month"},
        CONFLICTS,
    ),  # two limits are the same or they are not
    ({A: ">=15 day/month"}, {A: ">=15 day/month"}, AGREES),
    ({A: ">=15 day/month"}, {A: ">=8 day/month"}, EXCEEDS),
    ({A: ">=24 min"}, {A: ">=24 h"}, SHORT),
    ({A: "15 day/month", "bound": "at-least"}, {A: ">=15 day/month"}, AGREES),
    ({A: ">15 day/month"}, {A: "20 day/month"}, AGREES),
    ({A: ">15 day/month"}, {A: "10 day/month"}, EXCEEDS),
    ({A: "0.5 mg/kg"}, {A: "0.5 mg/kg/h"}, APART),
    ({A: "40 min"}, {A: "3 point"}, APART),
    ({A: "500 ug"}, {A: "0.5 mg"}, AGREES),
    ({A: "50 mm"}, {A: "5.0 cm"}, AGREES),
    ({A: "50 mm"}, {A: "5.0 point"}, APART),
    ({A: "25 kg"}, {A: "55 lb"}, AGREES),
    ({A: "10 mmHg"}, {A: "10 mm"}, APART),
    ({"only": ["clinic"]}, {"only": ["clinic"]}, AGREES),
    ({"only": ["ward"]}, {"only": ["clinic"]}, SHORT),
    ({"only": ["bed"]}, {"only": ["clinic"]}, SHORT),
    ({"only": ["clinic", "home"]}, {"only": ["clinic"]}, EXCEEDS),
    ({"only": ["home"]}, {"only": ["clinic"]}, CONFLICTS),
    ({"includes": ["home"]}, {"only": ["clinic"]}, CONFLICTS),
    ({"includes": ["ward"]}, {"only": ["clinic"]}, AGREES),
    ({"includes": ["clinic"]}, {"only": ["ward"]}, EXCEEDS),
    ({"includes": ["ward", "home"]}, {"only": ["clinic"]}, CONFLICTS),
    ({"includes": ["home"]}, {"excludes": ["home"]}, CONFLICTS),
    ({"includes": ["ward"]}, {"excludes": ["clinic"]}, CONFLICTS),
    ({"includes": ["home"]}, {"excludes": ["clinic"]}, AGREES),
    ({"only": ["home"]}, {"excludes": ["home"]}, CONFLICTS),
    ({"only": ["clinic"]}, {"excludes": ["home"]}, AGREES),
    ({"includes": ["home", "clinic"]}, {"includes": ["home", "clinic"]}, AGREES),
    ({"includes": ["home"]}, {"includes": ["home", "clinic"]}, SHORT),
    ({"includes": ["ward", "home"]}, {"includes": ["clinic", "home"]}, SHORT),
    ({"includes": ["clinic"]}, {"includes": ["bed"]}, EXCEEDS),
    ({"includes": ["home"]}, {"includes": ["clinic"]}, APART),
    ({"excludes": ["home"]}, {"excludes": ["clinic"]}, AGREES),
    ({T: "yes"}, {E: "reduces"}, APART),
    ({S: "49%"}, {A: "49 min"}, APART),
    ({S: "49%"}, {E: "reduces"}, APART),
    ({A: "1 h"}, {"only": ["home"]}, APART),
    ({"only": ["home"]}, {T: "yes"}, APART),
]


@pytest.mark.parametrize(("page", "other", "relation"), PAIRS)
def test_compare(page: dict[str, Any], other: dict[str, Any], relation: Relation) -> None:
    one, two = parse_value(page, WORDS), parse_value(other, WORDS)
    assert compare(one, two, ABOVE).relation is relation
    assert compare(two, one, ABOVE).relation is MIRROR.get(relation, relation)


CONCEPTS = st.frozensets(st.sampled_from(sorted(ABOVE)), min_size=1)
IN_WORDS = {
    "reduces": "reduces it",
    "increases": "increases it",
    "none": "no difference found",
    "mixed": "mixed results",
    "unclear": "too little evidence to tell",
}
SAME, INSIDE = "the same set", "one set inside the other"
RULED_OUT, SPARED = (
    "one rules out what the other allows",
    "nothing that one rules out is allowed by the other",
)
BED, WARD, CLINIC, HOME = (["bed"], ["ward"], ["clinic"], ["home"])


@pytest.mark.parametrize(
    ("page", "other", "relation", "reason"),
    [
        *(({E: one}, {E: one}, AGREES, f"both say {words}") for one, words in IN_WORDS.items()),
        ({E: "reduces"}, {E: "none"}, CONFLICTS, "reduces it, against no difference found"),
        (
            {E: "mixed"},
            {E: "none"},
            SHORT,
            "mixed results, against no difference found",
        ),
        ({T: "yes"}, {T: "yes"}, AGREES, "both say yes"),
        ({T: "no"}, {T: "no"}, AGREES, "both say no"),
        ({T: "no"}, {T: "yes"}, CONFLICTS, "one says yes, the other no"),
        ({S: "51%"}, {S: "49%"}, EXCEEDS, "51% against 49%"),
        ({S: "49%"}, {S: "49.1%"}, AGREES, "49% against 49.1%"),
        (
            {S: "77%"},
            {S: "71.4%", "of": [55, 77]},
            EXCEEDS,
            "77% against 71.4%, though within the 95% interval of the count",
        ),
        ({S: "90%"}, {S: "71.4%", "of": [55, 77]}, EXCEEDS, "90% against 71.4%"),
        (
            {S: "71.4%", "of": [55, 77]},
            {S: "60%", "of": [60, 100]},
            AGREES,
            "71.4% against 60%: their 95% intervals meet",
        ),
        (
            {A: ">15 day/month"},
            {A: ">=15 day/month"},
            CONFLICTS,
            ">15 day/month against >=15 day/month: not the same limit",
        ),
        ({A: ">15 day/month"}, {A: ">15 day/month"}, AGREES, ">15 day/month against >15 day/month"),
        ({A: "1 mg"}, {A: "1 h"}, APART, "mass against time"),
        ({T: "yes"}, {S: "49%"}, APART, "yes or no against a share"),
        ({E: "mixed"}, {A: "1 h"}, APART, "an effect against an amount"),
        ({A: "1 h"}, {"only": HOME}, APART, "an amount against a set"),
        ({"includes": WARD}, {"includes": WARD}, AGREES, "the same list"),
        (
            {"includes": WARD},
            {"includes": CLINIC},
            SHORT,
            "all on the other list, which names more",
        ),
        ({"includes": CLINIC}, {"includes": WARD}, EXCEEDS, "clinic: not on the other list"),
        # each names what the other does not
        (
            {"includes": HOME + CLINIC + BED},
            {"includes": [*WARD, "park"]},
            EXCEEDS,
            "clinic, home: not on the other list",
        ),
        (
            {"includes": [*WARD, "park"]},
            {"includes": HOME + BED},
            EXCEEDS,
            "park, ward: not on the other list",
        ),
        (
            {"includes": HOME},
            {"includes": CLINIC},
            APART,
            "nothing in common, and neither list rules the other's out",
        ),
        ({"excludes": HOME}, {"excludes": CLINIC}, AGREES, "both rule out"),
        ({"only": HOME}, {"only": HOME}, AGREES, SAME),
        ({"only": BED + WARD}, {"only": WARD}, AGREES, SAME),
        ({"only": BED}, {"only": WARD}, SHORT, INSIDE),
        ({"only": WARD}, {"only": BED}, EXCEEDS, INSIDE),
        ({"only": WARD}, {"only": HOME}, CONFLICTS, "each allows what the other does not"),
        ({"includes": BED}, {"only": CLINIC}, AGREES, "all within what is allowed"),
        ({"only": CLINIC}, {"includes": BED}, AGREES, "all within what is allowed"),
        ({"includes": HOME}, {"only": CLINIC}, CONFLICTS, "home: not among what is allowed"),
        (
            {"includes": HOME + BED + CLINIC},
            {"only": WARD},
            CONFLICTS,
            "clinic, home: not among what is allowed",
        ),
        (
            {"includes": CLINIC + WARD},
            {"only": BED},
            EXCEEDS,
            "clinic, ward: wider than what is allowed",
        ),
        ({"only": BED}, {"includes": CLINIC}, SHORT, "clinic: wider than what is allowed"),
        # some homes are watched, so that home is too wide and not ruled out
        ({"includes": HOME}, {"only": ["watched"]}, EXCEEDS, "home: wider than what is allowed"),
        (
            {"includes": ["watched-home"]},
            {"only": ["watched"]},
            AGREES,
            "all within what is allowed",
        ),
        ({"only": WARD}, {"excludes": CLINIC}, CONFLICTS, RULED_OUT),
        ({"only": CLINIC}, {"excludes": WARD}, AGREES, SPARED),  # the rest of the clinic is left
        ({"only": WARD + HOME}, {"excludes": CLINIC}, AGREES, SPARED),
        ({"excludes": CLINIC}, {"only": WARD}, CONFLICTS, RULED_OUT),
        ({"excludes": WARD}, {"only": CLINIC}, AGREES, SPARED),
        ({"includes": WARD}, {"excludes": CLINIC}, CONFLICTS, RULED_OUT),
        ({"includes": CLINIC}, {"excludes": WARD}, CONFLICTS, RULED_OUT),
        ({"includes": WARD + HOME}, {"excludes": CLINIC}, CONFLICTS, RULED_OUT),
        ({"excludes": WARD}, {"includes": HOME}, AGREES, SPARED),
    ],
)
def test_the_reason(
    page: dict[str, Any], other: dict[str, Any], relation: Relation, reason: str
) -> None:
    compared = compare(parse_value(page, WORDS), parse_value(other, WORDS), ABOVE)
    assert (compared.relation, compared.reason) == (relation, reason)


def test_without_a_hierarchy_every_concept_stands_alone() -> None:
    ward, clinic = parse_value({"includes": WARD}), parse_value({"only": CLINIC})
    assert compare(ward, clinic).relation is CONFLICTS
    assert compare(clinic, clinic).relation is AGREES


@given(CONCEPTS, CONCEPTS, CONCEPTS)
def test_what_is_inside_is_inside_what_holds_that(
    one: frozenset[str], other: frozenset[str], third: frozenset[str]
) -> None:
    def within(inner: frozenset[str], outer: frozenset[str]) -> bool:
        sets = ConceptSet("only", inner), ConceptSet("only", outer)
        return compare(*sets, ABOVE).relation in (AGREES, SHORT)

    if within(one, other) and within(other, third):
        assert within(one, third)
    if within(one, other) and within(other, one):
        assert within(one, third) == within(other, third)
    if within(one, other):  # and what is allowed may be named
        named = compare(ConceptSet("includes", one), ConceptSet("only", other), ABOVE)
        assert named.relation is AGREES
        ruled_out = compare(ConceptSet("only", one), ConceptSet("excludes", other), ABOVE)
        assert ruled_out.relation is CONFLICTS


NUMBERS = st.integers(0, 100) | st.decimals(0, 100, places=1)
BOUNDS = st.sampled_from([{}, {"bound": "up-to"}, {"bound": "at-least"}, {"bound": "about"}])
SIGNS = st.sampled_from(["", ">", ">=", "<", "<="])


def _counted(pair: tuple[int, int]) -> dict[str, Any]:
    count, total = sorted(pair)
    return {"share": f"{100 * count / total:.1f}%", "of": [count, total]}


def _ranged(low: Any, high: Any, unit: str) -> str:
    low, high = sorted((low, high))
    return f"{low} to {high} {unit}".strip()


EFFECTS = st.builds(Effect, st.sampled_from(Direction))
TRUTHS = st.builds(YesNo, st.booleans())
MEMBERS = st.builds(
    ConceptSet,
    st.sampled_from(["only", "includes", "excludes"]),
    CONCEPTS,
)
WRITTEN = st.one_of(
    st.builds(lambda sign, n: {"share": f"{sign}{n}%"}, SIGNS, NUMBERS),
    st.builds(lambda n, bound: {"share": f"{n}%", **bound}, NUMBERS, BOUNDS),
    st.builds(lambda low, high: {"share": _ranged(low, high, "%")}, NUMBERS, NUMBERS),
    st.tuples(st.integers(0, 300), st.integers(1, 300)).map(_counted),
    st.sampled_from(["most", "a third"]).map(lambda word: {"share": word}),
    st.builds(
        lambda sign, n, unit: {"amount": f"{sign}{n} {unit}"},
        SIGNS,
        NUMBERS,
        st.sampled_from(sorted(UNITS)),
    ),
    st.builds(
        lambda n, unit, bound: {"amount": f"{n} {unit}", **bound},
        NUMBERS,
        st.sampled_from(["min", "h"]),
        BOUNDS,
    ),
    st.builds(lambda low, high: {"amount": _ranged(low, high, "min")}, NUMBERS, NUMBERS),
    st.sampled_from(["fast", "lasting"]).map(lambda word: {"amount": word}),
)


def _read_or_none(written: dict[str, Any]) -> Value | None:
    try:
        return parse_value(written, WORDS)
    except ValueError:  # ">100%" and "<0 min" leave nothing
        return None


NUMERIC = WRITTEN.map(_read_or_none).filter(bool)
VALUES = st.one_of(EFFECTS, TRUTHS, MEMBERS, NUMERIC)


@given(VALUES, VALUES)
def test_comparing_is_mirrored(one: Value, other: Value) -> None:
    forth, back = compare(one, other, ABOVE), compare(other, one, ABOVE)
    lists = all(isinstance(each, ConceptSet) and each.mode == "includes" for each in (one, other))
    if not (lists and forth.relation is back.relation is EXCEEDS):  # each names something more
        assert back.relation is MIRROR.get(forth.relation, forth.relation)


@given(NUMERIC, NUMERIC)
def test_comparing_numbers_is_mirrored(one: Value, other: Value) -> None:
    forth, back = compare(one, other), compare(other, one)
    assert back.relation is MIRROR.get(forth.relation, forth.relation)


@given(VALUES)
def test_a_value_agrees_with_itself(value: Value) -> None:
    assert compare(value, value, ABOVE).relation is Relation.AGREES


@given(VALUES, VALUES)
def test_values_of_two_kinds_are_never_compared(one: Value, other: Value) -> None:
    if type(one) is not type(other):
        assert compare(one, other, ABOVE).relation is Relation.NOT_COMPARABLE


@given(NUMERIC, NUMERIC)
def test_numbers_never_conflict_but_two_limits(one: Value, other: Value) -> None:
    if compare(one, other).relation is Relation.CONFLICTS:
        assert all(isinstance(value, Amount) and value.interval.threshold for value in (one, other))


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_wilson_holds_the_share_and_stays_within_bounds(count: int, total: int) -> None:
    assume(count <= total)
    interval = wilson(count, total)
    assert 0 <= interval.low <= 100 * count / total <= interval.high <= 100
    assert interval.low < interval.high


@given(st.integers(0, 200), st.integers(1, 200), st.integers(2, 50))
def test_wilson_narrows_with_more_people(count: int, total: int, times: int) -> None:
    assume(count <= total)
    few, many = wilson(count, total), wilson(count * times, total * times)
    assert many.high - many.low < few.high - few.low


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_is_the_same_from_the_other_side(count: int, total: int) -> None:
    assume(count <= total)
    one, other = wilson(count, total), wilson(total - count, total)
    assert one.low == pytest.approx(100 - other.high)


@pytest.mark.parametrize(
    ("written", "denies", "doubts"),
    [
        ({"is": "no"}, True, False),
        ({"effect": "none"}, True, False),
        ({"effect": "unclear"}, False, True),
        ({"effect": "mixed"}, False, False),
        ({"effect": "reduces"}, False, False),
        ({"is": "yes"}, False, False),
        ({"share": "0%"}, False, False),
        ({"excludes": ["home"]}, False, False),
    ],
)
def test_what_denies_and_what_doubts(written: dict[str, Any], denies: bool, doubts: bool) -> None:
    value = parse_value(written)
    assert (value.denies, value.doubts) == (denies, doubts)


@pytest.mark.parametrize(
    ("number", "decimals", "written"),
    [
        (0, 0, "0"),
        (0, 1, "0.0"),
        (0.04, 0, "0.04"),  # more than none is never 0
        (0.96, 0, "1"),
        (1, 0, "1"),
        (1, 1, "1.0"),
        (1.54, 1, "1.5"),
        (54.5454, 1, "54.5"),
        (99, 0, "99"),
        (99, 1, "99.0"),
        (99.6, 0, "99.6"),  # less than all is never 100
        (99.96, 1, "99.96"),
        (100, 0, "100"),
        (100, 1, "100.0"),
    ],
)
def test_percentages(number: float, decimals: int, written: str) -> None:
    assert percent(number, decimals) == written


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (">=15", ">15", True),
        (">15", ">14", False),
        (">=15", "15 to 20", False),
        ("15 to 20", "15 to 30", False),
    ],
)
def test_limits_that_differ_in_the_number_itself(one: str, other: str, same: bool) -> None:
    low, high = (parse_value({"amount": f"{each} day"}) for each in (one, other))
    assert isinstance(low, Amount)
    assert isinstance(high, Amount)
    assert low.interval.same_limit(high.interval) is same


def test_a_count_that_comes_to_another_share_is_told_first() -> None:
    share = parse_value({"share": "27.3%", "of": [15, 77]})
    assert isinstance(share, Share)
    assert share.told == "15 of 77, which is 19%, printed as 27.3%"


@pytest.mark.parametrize(
    ("printed", "decimals", "text", "ends"),
    [
        ("27.3%", 0, "19%", (18.5, 19.5)),
        ("27.3%", 1, "19.5%", (19.45, 19.55)),
        ("19%", 1, "19%", (18.5, 19.5)),  # as printed, where that is right
        ("19.48%", 1, "19.48%", (19.475, 19.485)),
    ],
)
def test_a_share_is_corrected_by_its_count(
    printed: str, decimals: int, text: str, ends: tuple[float, float]
) -> None:
    share = parse_value({"share": printed, "of": [15, 77]})
    assert isinstance(share, Share)
    corrected = share.corrected(decimals) if decimals else share.corrected()
    assert (corrected.text, corrected.count, corrected.total) == (text, 15, 77)
    assert (corrected.interval.low, corrected.interval.high) == pytest.approx(ends, abs=1e-9)


@pytest.mark.parametrize("given", ["0", "2", "100"])
def test_shares_that_are_plain_without_their_sign(given: str) -> None:
    share = parse_value({"share": given})
    assert isinstance(share, Share)
    assert share.text == f"{given}%"


def test_an_amount_that_crosses_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        parse_value({"amount": "-5 to 3 day"})
