"""What is denied or asked, in minimal pairs: one word decides."""

import re

import pytest

from claimbook.language.negation import asserted_matches, negated_spans
from claimbook.language.strength import wording

CURE = re.compile(r"\bcur(?:e|es|ed)\b", re.IGNORECASE)
PAIRS = [  # asserted, denied
    ("It is a cure.", "It is not a cure."),
    ("It is a cure.", "It isn't a cure."),
    ("It is a cure.", "It isn’t a cure."),
    ("It can cure you.", "It can't cure you."),
    ("It can cure you.", "It cannot cure you."),
    ("It will cure you.", "It won't cure you."),
    ("It did cure him.", "It never did cure him."),
    ("It cured him.", "It failed to cure him, or cured nobody."),
    ("Everybody was cured.", "Nobody was cured."),
    ("Something cures it.", "Nothing cures it."),
    ("Both cure it.", "Neither cures it."),
    ("This is our cure.", "There is no cure."),
    ("It has a cure.", "It has no known cure."),
    ("Like a cure, it works.", "Unlike a cure, it works."),
    ("It is as good as a cure.", "It is far from a cure."),
    ("Trust the cure.", "Beware of the cure."),
    ("Not only relief: a cure.", "Not relief, a cure or a promise."),
    ("Not just relief: a cure.", "Not relief, nor a cure."),
    ("Without doubt it cures.", "Without a cure"),
    ("No doubt it cures.", "No tea cures."),
    ("No longer ill, and cured.", "No one is cured."),
    ("It is not a pill. It cures.", "It is not a pill that cures."),
    ("It is not a pill; it cures.", "It is not a pill or a cure."),
    ("It does not numb, it cures.", "It does not numb, or cure."),
    ("It does not numb and it cures.", "It does not numb and cure."),
    ("It does not numb but cures.", "It does not numb nor cure."),
    ("It does not numb – it cures.", "It does not numb or cure."),
    ("Those whom tea has not helped will be cured.", "Those whom tea has not cured"),
    ("It cures.", "It cures?"),
    ("It cures everybody.", "It cures nobody."),
    ("It cures not only colds.", "It cures neither colds nor burns."),
    ("Nobody doubts that it cures.", "Nobody says that it cures."),
    ("It is nothing short of a cure.", "It is anything but a cure."),
    ("It eases, and it cures.", "It does not ease, let alone cure."),
    ("That it cures is true.", "That it cures is nonsense."),
    ("It (not the pill) cures.", "It is (not) a cure."),
    ("No pill (not this one). It cures.", "No pill (we think) cures."),
    ("Is it safe? It cures.", "Is it safe, and does it cure?"),
]


@pytest.mark.parametrize(("asserted", "denied"), PAIRS)
def test_one_word_decides(asserted: str, denied: str) -> None:
    assert list(asserted_matches(CURE, asserted)), negated_spans(asserted)
    assert not list(asserted_matches(CURE, denied)), negated_spans(denied)


@pytest.mark.parametrize(
    ("words", "denied"),
    [(0, True), (10, True), (11, False)],
)
def test_a_denial_reaches_eleven_words(words: int, denied: bool) -> None:
    text = f"It is not {'so ' * words}cured"
    assert (not list(asserted_matches(CURE, text))) is denied


@pytest.mark.parametrize(("words", "denied"), [(4, True), (5, False)])
def test_in_an_aside_it_reaches_half_as_far(words: int, denied: bool) -> None:
    text = f"People whom it has not {'so ' * words}cured"
    assert (not list(asserted_matches(CURE, text))) is denied


@pytest.mark.parametrize(
    ("passage", "spans"),
    [
        ("", []),
        ("It cures.", []),
        ("It is not a cure.", ["not a cure"]),
        ("No cure, no relief.", ["No cure", "no relief"]),
        ("Does it cure? No.", ["Does it cure", "No"]),
        ("It helps. Is it a cure?", [". Is it a cure"]),
        (
            "Not a cure, a promise or a miracle, and it helps.",
            ["Not a cure, a promise or a miracle"],
        ),
        ("It does not … cure.", ["not … cure"]),
        ("It does not... cure.", ["not... cure"]),
        ("It cures (not at once), they say.", ["not at once"]),
        ("It is not (at once) a cure.", ["not (at once) a cure"]),
        ("It (that is, no pill. It cures", ["no pill"]),
    ],
)
def test_spans_begin_at_the_denial(passage: str, spans: list[str]) -> None:
    assert [passage[start:end] for start, end in negated_spans(passage)] == spans


@pytest.mark.parametrize(
    ("passage", "other", "steps"),
    [  # the first as written, and with one word changed
        ("It may cure.", "It will cure.", (2, 7)),
        ("It may not cure.", "It may cure.", (0, 2)),
        ("It can help.", "It can't help.", (4, 0)),
        ("We film you (not in the room).", "We film you, not in the room.", (5, 0)),
        ("It helps (not at night).", "It helps not at night.", (5, 0)),
        ("It helps people who may not walk.", "It may help people who walk.", (5, 2)),
        ("If it cures, call.", "It cures, call.", (7, 7)),
        ("If it helps, call.", "It helps, call.", (5, 5)),
        ("It has never failed.", "It never fails.", (0, 6)),
        ("It never cures.", "It always cures.", (0, 7)),
        ("Shows that it may help.", "Shows patients that may help.", (2, 5)),
        ("Does it help? Yes.", "Does it help? No.", (5, 0)),
        ("Does it cure? Absolutely.", "Does it cure? No.", (7, 0)),
        ("What it treats", "What cures it", (5, 7)),
        ("Why baths", "Warm baths", (0, 5)),
        ("Although it is cold, it helps.", "Although it may help, it is cold.", (5, 2)),
        ("It is likely to cure.", "It is able to cure.", (4, 7)),
        ("Taken in May, it helps.", "It may, at best, help.", (5, 2)),
        ("A vein may ease.", "It eases in May.", (2, 5)),
        ("It can significantly help.", "It can greatly help.", (5, 4)),
        ("It may significantly help.", "It will significantly help.", (2, 6)),
    ],
)
def test_one_word_moves_the_step(passage: str, other: str, steps: tuple[int, int]) -> None:
    assert (wording(passage).step, wording(other).step) == steps


@pytest.mark.parametrize(
    ("passage", "places"),
    [
        ("", []),
        ("It eases.", []),
        ("Cure, no cure, cure.", [0, 15]),
        ("Not a cure. A cure? No cure, but curable cures.", [41]),
        ("It isn’t a cure. It’s a cure.", [24]),
        ("No cure; cure. No cure; cure.", [9, 24]),
        ("CURE", [0]),
        ("no cure–cure", [8]),  # where the denial ends, a word may begin
    ],
)
def test_where_a_pattern_is_asserted(passage: str, places: list[int]) -> None:
    assert [match.start() for match in asserted_matches(CURE, passage)] == places


def test_a_pattern_needs_straight_apostrophes_only() -> None:
    (match,) = asserted_matches(re.compile("it's"), "Today it’s here")
    assert match.span() == (6, 10)


@pytest.mark.parametrize("passage", ["It is no cure, it helps.", "Is it a cure? It helps."])
def test_what_ends_a_denial_is_asserted(passage: str) -> None:
    assert list(asserted_matches(re.compile("[,?] it helps", re.IGNORECASE), passage))


def test_no_match_overlaps_the_one_before() -> None:
    matches = asserted_matches(re.compile("cure.cure"), "cure cure cure cure")
    assert [match.start() for match in matches] == [0, 10]
