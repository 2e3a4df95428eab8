"""Regimens: parts that belong together, how they are written and how two of them compare."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.records import (
    MIRROR,
    PARTS,
    Amount,
    Interval,
    Regimen,
    Relation,
    VagueTerm,
    Vocabulary,
    compare,
    display,
    parse_value,
)

HOURS = Amount(Interval(120, 720), "time", "several hours", figure=False)
WORDS = {"several-hours": VagueTerm("several-hours", HOURS, "Two is the least.")}
AGREES, _, _, CONFLICTS, APART = Relation


def regimen(**parts: Any) -> Regimen:
    value = parse_value({"regimen": parts}, WORDS)
    assert isinstance(value, Regimen)
    return value


def amount(text: str) -> Any:
    return parse_value({"amount": text}, WORDS)


def test_a_regimen_is_its_parts_in_one_order() -> None:
    written = dict.fromkeys(PARTS, "2 day") | {"dose": "1 mg/kg/h", "number": "6 point"}
    back = dict(reversed(written.items()))
    assert regimen(**written) == regimen(**back)
    assert [name for name, _ in regimen(**back).parts] == list(PARTS)
    assert dict(regimen(**written).parts) == {k: amount(v) for k, v in written.items()}
    assert regimen(dose="20 mg", length="several-hours").parts[1] == ("length", HOURS)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("40 min", "a regimen has two parts or more: {dose: 0.5 mg/kg, length: 40 min}"),
        (
            {"length": "40 min"},
            "a regimen has two parts or more: {dose: 0.5 mg/kg, length: 40 min}",
        ),
        (
            {"doses": "1 mg", "length": "40 min"},
            "'doses' is not a part of a regimen; did you mean 'dose'?",
        ),
        (
            {"dose": "1 mg", "colour": "1 h"},
            "'colour' is not a part of a regimen; one of dose, length, number, gap, days",
        ),
        (
            {"dose": "1 mg", "length": "3 mg"},
            "'length' is how long a session lasts: write 40 min, 2 week or 5 day",
        ),
        (
            {"dose": "1 mg", "days": "3 point"},
            "'days' is how long the whole course lasts: write 40 min, 2 week or 5 day",
        ),
        ({"dose": "1 mg", "gap": "2 weeks"}, "unknown unit 'weeks'; did you mean 'week'?"),
        ({"dose": "most", "gap": "2 week"}, "'most' is not an amount; write 40 min, 40 to 60 min"),
    ],
)
def test_what_is_no_regimen(written: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        parse_value({"regimen": written}, WORDS)


def test_nothing_goes_beside_a_regimen() -> None:
    with pytest.raises(ValueError, match=r"^'bound' does not go with 'regimen'$"):
        parse_value({"regimen": {"dose": "1 mg", "length": "1 h"}, "bound": "about"})


@pytest.mark.parametrize(
    ("dose", "length", "total", "low", "high"),
    [
        ("0.1 to 1 mg/kg/h", "40 to 60 min", "0.067 to 1 mg/kg", 1 / 15, 1),
        ("0.34 mg/kg/h", "4.8 day", "39 mg/kg", 0.335 * 114, 0.345 * 116.4),
        ("30 mg/h", "2 to 3 h", "60 to 90 mg", 59, 91.5),
        ("5 ug/kg/min", "several-hours", "0.6 to 3.6 mg/kg", 0.54, 3.96),
        ("0.5 mg/kg", "40 min", "0.5 mg/kg", 0.45, 0.55),  # a dose, not an hourly one
        ("20 mg", "40 min", "20 mg", 19.5, 20.5),
    ],
)
def test_what_is_given_in_one_session(
    dose: str, length: str, total: str, low: float, high: float
) -> None:
    got = regimen(dose=dose, length=length).total
    assert got
    *_, unit = total.split()
    assert (got.text, got.dimension) == (total, amount(f"1 {unit}").dimension)
    assert (got.interval.low, got.interval.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "parts",
    [
        {"dose": "1 mg/kg/h", "number": "3 point"},  # for how long?
        {"length": "1 h", "number": "3 point"},
        {"dose": "3 point", "length": "1 h"},
        {"dose": ">1 mg/kg/h", "length": "1 h"},
        {"dose": "1 mg/kg/h", "length": ">1 h"},
    ],
)
def test_where_that_is_not_known(parts: dict[str, Any]) -> None:
    assert regimen(**parts).total is None


PAGE = {"dose": "0.1 to 1 mg/kg/h", "length": "40 to 60 min"}
MET = (
    "dose: 0.1 to 1 mg/kg/h against 0.5 mg/kg/h; length: 40 to 60 min against 45 min; "
    "in all: 0.067 to 1 mg/kg against 0.38 mg/kg"
)
FASTER = (  # as much in all
    "dose: 1.0 mg/kg/h against 2.0 mg/kg/h; length: 2.0 h against 1.0 h; "
    "in all: 2 mg/kg against 2 mg/kg"
)
FOR_DAYS = "length: 40 to 60 min against 4.8 day; in all: 0.067 to 1 mg/kg against 39 mg/kg"
AT_ONCE = "length: 40 to 60 min against 40 min; in all: 0.067 to 1 mg/kg against 0.5 mg/kg"
TOO_MUCH = "in all: 0.067 to 1 mg/kg against 3 mg/kg"
BY_MASS = "dose: dose rate by weight against mass"
ONE, TWO = {"dose": "0.5 mg/kg", "length": "40 min"}, {"dose": "20 mg", "length": "40 min"}


@pytest.mark.parametrize(
    ("page", "other", "relation", "reason"),
    [
        (PAGE, {"dose": "0.5 mg/kg/h", "length": "45 min", "days": "2 day"}, AGREES, MET),
        (PAGE, {"dose": "0.34 mg/kg/h", "length": "4.8 day"}, CONFLICTS, FOR_DAYS),
        (PAGE, {"dose": "3 mg/kg", "length": "40 min"}, CONFLICTS, TOO_MUCH),
        (PAGE, ONE, AGREES, AT_ONCE),
        (
            {"dose": "1.0 mg/kg/h", "length": "2.0 h"},
            {"dose": "2.0 mg/kg/h", "length": "1.0 h"},
            CONFLICTS,
            FASTER,
        ),
        (ONE, ONE | {"dose": "0.2 mg/kg"}, CONFLICTS, "dose: 0.5 mg/kg against 0.2 mg/kg"),
        (PAGE, {"dose": "0.1 to 1 mg/kg/h", "days": "5 day"}, APART, "gives no length"),
        (PAGE, {"days": "5 day", "gap": "1 week"}, APART, "gives no dose; gives no length"),
        (PAGE, TWO, APART, BY_MASS),
        (PAGE | {"number": "6 point"}, TWO, APART, f"{BY_MASS}; gives no number"),
        (
            {"dose": "20 mg", "gap": "1 week"},
            {"dose": "20 mg", "gap": "2 week", "length": "1 h"},
            CONFLICTS,
            "gap: 1 week against 2 week",
        ),
    ],
)
def test_compare(
    page: dict[str, Any], other: dict[str, Any], relation: Relation, reason: str
) -> None:
    compared = compare(regimen(**page), regimen(**other))
    assert (compared.relation, compared.reason) == (relation, reason)


def test_a_part_alone_is_an_amount() -> None:
    compared = compare(amount("40 min"), regimen(**PAGE))
    assert (compared.relation, compared.reason) == (APART, "an amount against a regimen")


NUMBER = st.integers(1, 20)
TIME = st.builds(lambda n, unit: f"{n} {unit}", NUMBER, st.sampled_from(["min", "h", "day"]))
DOSE = st.builds(lambda n, unit: f"{n} {unit}", NUMBER, st.sampled_from(["mg", "mg/kg", "mg/kg/h"]))
REGIMENS = st.fixed_dictionaries(
    {}, optional={"dose": DOSE, "length": TIME, "number": st.just("6 point"), "gap": TIME}
).filter(lambda parts: len(parts) > 1)


@given(REGIMENS, REGIMENS)
def test_comparing_is_mirrored(one: dict[str, str], other: dict[str, str]) -> None:
    forth = compare(regimen(**one), regimen(**other)).relation
    back = compare(regimen(**other), regimen(**one)).relation
    assert forth in (AGREES, CONFLICTS, APART)
    if one.keys() == other.keys() or forth is CONFLICTS:
        assert back is MIRROR.get(forth, forth)
    if forth is AGREES:
        assert one.keys() <= other.keys()


@given(REGIMENS)
def test_a_regimen_agrees_with_itself(parts: dict[str, str]) -> None:
    assert compare(regimen(**parts), regimen(**parts)).relation is AGREES


def test_in_words() -> None:
    written = regimen(
        dose="20 mg", length="40 to 60 min", number="6 point", gap="1 week", days="2 week"
    )
    words = "20 mg, for 40 to 60 min, 6 points, 1 week apart, over 2 weeks"
    assert display.in_words(written, Vocabulary({}, {})) == words
