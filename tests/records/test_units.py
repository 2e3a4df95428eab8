"""Units: every one of the table is sound, is read as copy writes it, and is never guessed wrongly."""

import pytest

from claimbook.language.quantities import Quantities
from claimbook.records import UNITS, Amount, Unit, Vocabulary, parse_value
from claimbook.records.display import amounts, in_words
from claimbook.records.units import unit_repair

ALL = {**UNITS, "session": Unit("session", "session", written=("session|sessions",))}


def test_every_dimension_has_a_unit_that_it_is_kept_in() -> None:
    kept = {unit.dimension for unit in UNITS.values() if unit.factor == 1}
    assert kept == {unit.dimension for unit in UNITS.values()}


def test_every_form_is_of_one_unit() -> None:
    forms = [form.casefold() for unit in UNITS.values() for form in unit.forms]
    assert len(forms) == len(set(forms))


FORMS = [(form, unit) for unit in UNITS.values() for form in unit.forms]


@pytest.mark.parametrize(("form", "unit"), FORMS, ids=[form for form, _ in FORMS])
def test_every_form_is_read_and_repaired(form: str, unit: Unit) -> None:
    (value,) = Quantities()(f"It is 7 {form}.")
    assert value == parse_value({"amount": f"7 {unit.id}"})
    assert unit_repair(form, UNITS) == f"did you mean {unit.id!r}?"


@pytest.mark.parametrize(
    ("sentence", "text", "dimension"),
    [
        ("Our patients lose 25 kg.", "25 kg", "mass"),
        ("You will lose 40 pounds.", "40 lb", "mass"),
        ("It falls by 12 mmHg.", "12 mmHg", "pressure"),
        ("It falls by 12 mm Hg.", "12 mmHg", "pressure"),
        ("For a BMI of 30 kg/m² or more.", ">=30 kg/m2", "body-mass index"),
        ("We give 1.2 mg/kg per hour.", "1.2 mg/kg/h", "dose rate by weight"),
        ("On 15 headache days per month.", "15 day/month", "days a month"),
        ("Up to 800 calories a day.", "up to 800 kcal/day", "energy a day"),
        ("It strikes three times a week.", "3 time/week", "times a day"),
        ("You need six sessions.", "6 session", "session"),
    ],
)
def test_amounts_are_read_as_copy_writes_them(sentence: str, text: str, dimension: str) -> None:
    (value,) = Quantities(ALL)(sentence)
    assert isinstance(value, Amount)
    assert (value.text, value.dimension) == (text, dimension)


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("mcg", "did you mean 'ug'?"),
        ("mcg/kg", "did you mean 'ug/kg'?"),
        ("mg/hour", "did you mean 'mg/h'?"),
        ("dys", "did you mean 'day'?"),
        ("mgc", "one of s, min, "),  # mg or mcg: a thousandfold
        ("mq", "one of s, min, "),
        ("furlong", "one of s, min, "),
        ("", "one of s, min, "),
    ],
)
def test_a_repair_never_changes_a_dose(written: str, repair: str) -> None:
    assert unit_repair(written, UNITS).startswith(repair)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (">=15 day/month", "at least 15 days a month"),
        ("1 day/month", "1 day a month"),
        ("2 to 3 session", "2 to 3 sessions"),
        ("1 session", "1 session"),
        ("<90 min", "less than 90 min"),
        ("0.5 mg/kg over 40 min", "0.5 mg/kg over 40 min"),
        ("weber-2001 day", "weber-2001 day"),
    ],
)
def test_amounts_are_said_as_a_reader_would(text: str, words: str) -> None:
    assert amounts(text, ALL) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"effect": "none"}, "no difference found"),
        ({"is": "yes"}, "yes"),
        ({"share": ">50%"}, "more than 50%"),
        ({"share": "71.4%", "of": [55, 77]}, "71.4% (55 of 77; 95% interval 61 to 80%)"),
        ({"share": "0.2%", "of": [4, 2174]}, "0.2% (4 of 2,174; 95% interval 0.07 to 0.5%)"),
        (
            {"share": "27.3%", "of": [15, 77]},
            "15 of 77, which is 19%, printed as 27.3% (95% interval 12 to 30%)",
        ),
        ({"amount": "2 day", "bound": "up-to"}, "up to 2 days"),
        ({"only": ["spa", "home"]}, "only: home, spa"),
    ],
)
def test_a_value_in_words(written: dict[str, object], words: str) -> None:
    assert in_words(parse_value(written), Vocabulary({}, {})) == words
