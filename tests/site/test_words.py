"""The English of the site has a word for whatever a record may hold, and words claims truly."""

from typing import get_args, get_type_hints

import pytest

from claimbook.records import Reference, StandingStatus, Truth, display
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
