"""When a finding prints the figure that is said; a page may make no more of it than that."""

from dataclasses import replace
from typing import Any

import pytest

from claimbook.evidence.figures import same_figure
from claimbook.records import Amount, Relation, Share, Value, compare, parse_value


def value(written: str | dict[str, Any]) -> Value:
    """A value from how it is written: a share where there is a percent sign, else an amount."""
    if isinstance(written, dict):
        return parse_value(written)
    bound, _, rest = written.rpartition(": ")
    number, _, of = rest.partition(" of ")
    kind = "share" if "%" in number else "amount"
    counts: dict[str, Any] = {"of": [int(part) for part in of.split("/")]} if of else {}
    return parse_value({kind: number} | ({"bound": bound} if bound else {}) | counts)


ROWS: list[tuple[str, str, bool]] = [
    # as far as both are printed
    ("49%", "49%", True),
    ("49%", "49.1%", True),
    ("49.1%", "49%", True),
    ("49%", "50%", False),
    ("49.1%", "49.2%", False),
    ("1 h", "60 min", True),
    ("1 h", "100 min", False),
    ("40 min", "40 mg", False),
    ("40%", "40 min", False),
    # counts decide where both count
    ("71.4% of 55/77", "71.4% of 55/77", True),
    ("71.4% of 55/77", "71.4%", True),
    ("71.4%", "71.4% of 55/77", True),
    ("50% of 10/20", "50% of 50/100", False),
    ("19.5% of 15/77", "27.3% of 15/77", True),  # the source divided wrongly
    # a best case is a figure at its top
    ("up-to: 77%", "70% of 70/100", False),
    ("up-to: 77%", "77%", True),
    ("up-to: 77%", "76.9%", False),
    ("up-to: 77%", "70 to 77%", True),
    ("up-to: 77%", "70 to 90%", False),
    ("up-to: 77%", "up-to: 77%", True),
    ("up-to: 70%", "up-to: 77%", False),
    ("77%", "up-to: 77%", False),
    ("70%", "up-to: 77%", False),
    # a limit is any figure on its side of it
    (">50%", "71%", True),
    (">50%", "50%", False),
    ("at-least: 50%", "50%", True),
    (">50%", "40%", False),
    (">50%", ">70%", True),
    (">70%", ">50%", False),
    (">50%", "40 to 60%", False),
    ("<90 min", "40 min", True),
    ("<90 min", "2 h", False),
    ("0 to 24 h", "<30 min", True),
    ("<30 min", "<60 min", False),
    # and what a finding gives as a limit is no other figure
    ("77%", ">70%", False),
    ("3%", "<5%", False),
    ("4 h", ">2 h", False),
    (">15 day/month", ">=15 day/month", False),
    (">=15 day/month", ">=15 day/month", True),
    (">=15 day/month", ">=10 day/month", False),
    # a range, and a figure "about"
    ("40 to 60 min", "40 to 60 min", True),
    ("50 min", "40 to 60 min", False),
    ("34%", "23 to 51%", False),
    ("40 to 50 min", "40 to 60 min", False),
    ("70 to 80%", "77%", True),  # as "three in four" is read
    ("70 to 80%", "66%", False),
    ("about: 40 min", "43 min", True),
    ("about: 40 min", "about: 1 h", False),
]


@pytest.mark.parametrize(("said", "found", "same"), ROWS)
def test_same_figure(said: str, found: str, same: bool) -> None:
    assert same_figure(value(said), value(found)) is same
    if same:
        assert compare(value(said), value(found)).relation is Relation.AGREES


@pytest.mark.parametrize("written", sorted({one for row in ROWS for one in row[:2]}))
def test_a_figure_is_the_same_as_itself_and_a_word_prints_none(written: str) -> None:
    figure = value(written)
    assert isinstance(figure, Share | Amount)
    assert same_figure(figure, figure)
    word = replace(figure, figure=False)
    assert not same_figure(figure, word)
    assert not same_figure(word, figure)


@pytest.mark.parametrize("other", [{"effect": "reduces"}, {"is": "yes"}, {"only": ["home"]}])
def test_what_is_no_number_is_no_figure(other: dict[str, Any]) -> None:
    assert not same_figure(value("49%"), value(other))
    assert not same_figure(value(other), value("49%"))
    assert not same_figure(None, value("49%"))
