"""The English of the site has a word for whatever a record may hold, and words claims truly."""

from dataclasses import replace
from typing import get_args, get_type_hints

import pytest

from claimbook.records import (
    Reference,
    Share,
    StandingStatus,
    Truth,
    display,
    parse_value,
    percent,
)
from claimbook.records.display import share_of
from claimbook.site.words import WORDS, truth_line


def test_every_standing_has_a_word() -> None:
    assert set(WORDS["standing"]) == set(get_args(StandingStatus))


def test_every_truth_has_a_word_and_a_sign() -> None:
    assert set(WORDS["truth"]) == set(get_args(get_type_hints(Truth)["is_"]))
    assert all(word and sign for word, sign in WORDS["truth"].values())


@pytest.mark.parametrize(
    ("is_", "line", "shown"),
    [
        ("no", "No. Colds take as long.", "Colds take as long."),
        ("no", "Not in the one trial.", "Not in the one trial."),
        ("yes", "Yes, by one survey.", "Yes, by one survey."),
        ("not-shown", "Not shown. Nobody looked.", "Nobody looked."),
        ("out-of-scope", "Not looked at here: this is about colds.", "This is about colds."),
    ],
)
def test_line_does_not_say_its_word_twice(is_: str, line: str, shown: str) -> None:
    assert truth_line(Truth(is_, line)) == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "people", "name"),
    [
        ({"title": "A trial", "year": "2001"}, ("Bath, A.", "Foot, B."), "Bath and others 2001"),
        ({"title": "A trial", "year": "2001"}, ("Bath, A.",), "Bath 2001"),
        ({"title": "A label"}, (), "A label"),
        (
            {"title": "A", "year": "2001", "shorttitle": "Label of baths"},
            ("Inc.",),
            "Label of baths",
        ),
    ],
)
def test_what_a_source_is_called(
    fields: dict[str, str], people: tuple[str, ...], name: str
) -> None:
    reference = Reference("key", "misc", fields, {"author": people}, "")
    assert display.short(reference) == name


def test_a_source_without_a_year_is_called_by_that_of_its_key() -> None:
    reference = Reference("bath-2020", "misc", {"title": "A"}, {"author": ("Bath, A.",)}, "")
    assert display.short(reference) == "Bath 2020"
    assert display.short(replace(reference, fields={"title": "A", "year": "2019"})) == "Bath 2019"
    assert display.short(replace(reference, key="audit-684-drips")) == "Bath"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"share": "71.4%", "of": [55, 77]}, "71 out of 100 (55 of 77)"),
        ({"share": "17%", "of": [1, 6]}, "1 of 6"),  # few
        ({"share": "0%", "of": [0, 200]}, "0 out of 100 (0 of 200)"),
        ({"share": "0.2%", "of": [4, 2174]}, "4 of 2,174"),  # some are not none
        ({"share": "99.8%", "of": [2170, 2174]}, "2,170 of 2,174"),  # most are not all
        ({"share": "27.3%", "of": [15, 77]}, "19 out of 100 (15 of 77)"),
        ({"share": "49.1%"}, "49 out of 100"),
        ({"share": "0%"}, "0 out of 100"),
        ({"share": "100%"}, "100 out of 100"),
        ({"share": "0.1%"}, "1 out of 1000"),
        ({"share": "0.02%"}, "2 out of 10000"),
        ({"share": "0.3 to 0.4%"}, "3 to 4 out of 1000"),
        ({"share": "48 to 61%"}, "48 to 61 out of 100"),
        ({"share": "<5%"}, "fewer than 5 out of 100"),
        ({"share": ">50%"}, "more than 50 out of 100"),
        ({"share": "12%", "bound": "about"}, "about 12 out of 100"),
    ],
)
def test_some_are_never_said_as_none(written: dict[str, object], said: str) -> None:
    value = parse_value(written)
    assert isinstance(value, Share)
    assert share_of(value) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"),
        (0.0716, "0.07"),
        (0.4713, "0.5"),
        (0.96, "1"),
        (12.2, "12"),
        (99.93, "99.93"),
        (100, "100"),
    ],
)
def test_percentages_next_to_none_and_all(number: float, said: str) -> None:
    assert percent(number) == said
