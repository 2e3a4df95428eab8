"""What became of every sentence of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.language.coverage import Registration, coverage, sentences

TEXT = """Warm Feet

Our footbaths ease colds. They cost $5.50 a bath, e.g. at noon. Dr. Nemo agrees!
  • Warm water
Book now
Not a cure.
Not a cure.
"""


def test_sentences_have_their_lines() -> None:
    assert sentences(TEXT) == [
        (1, "Warm Feet"),
        (3, "Our footbaths ease colds."),
        (3, "They cost $5.50 a bath, e.g. at noon."),
        (3, "Dr. Nemo agrees!"),
        (4, "• Warm water"),
        (5, "Book now"),
        (6, "Not a cure."),
        (7, "Not a cure."),
    ]


@pytest.mark.parametrize(
    ("quotes", "passed", "left"),
    [
        ([], [], 8),
        (["ease colds"], [], 7),
        (
            ["Our footbaths … at noon"],
            [],
            6,
        ),  # the words at both ends; what lies between is not quoted
        (["ease colds. They cost"], [], 6),
        (["Not a cure."], [], 7),
        (["Not a cure.", "Not a cure."], [], 6),  # the same words twice are two sentences
        (["is not there"], [], 8),
        (["ease colds"], ["Book now", "Warm Feet"], 5),
    ],
)
def test_what_is_left(quotes: list[str], passed: list[str], left: int) -> None:
    assert coverage(TEXT, quotes, passed).count(Registration.LEFT) == left


def test_share_leaves_out_what_was_passed_over() -> None:
    assert coverage("One claim. Another claim. Book now.", ["One claim"], ["Book now"]).share == 0.5
    assert coverage("", [], []).share == 1.0


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5))
def test_every_sentence_has_one_state(text: str, quotes: list[str]) -> None:
    covered = coverage(text, quotes)
    assert sum(covered.count(state) for state in Registration) == len(sentences(text))
    assert 0 <= covered.share <= 1
