"""Folding, finding quotes, counting words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.records.quotes import (
    _LOOKALIKES,
    contains_quote,
    normalize,
    offsets,
    quote_spans,
    slug,
    word_count,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  warm \n\t feet ", "warm feet"),
        ("“It’s warm”", '"It\'s warm"'),
        ("‘warm’", "'warm'"),
        ("40–60 — 1−2 mid‑day", "40-60 - 1-2 mid-day"),
        ("warm\u00a0feet", "warm feet"),
        ("warm\u200bfeet", "warmfeet"),
        ("Warm Feet", "Warm Feet"),
        ("mi\u00adgraine", "migraine"),
        (
            "\ufeffw\u2060a\u200dr\u200cm\u034f f\u202eee\u2066t\u180e \u2764\ufe0f",
            "warm feet \u2764",
        ),
        (
            "сures соlds, Κetamine",
            "cures colds, Ketamine",
        ),  # the first letters, and an o, are of Cyrillic and Greek
        ("с\u00adures", "cures"),
        (
            "\u0441\u043e\u043d, \u03b1-wave, 5 \u03bcg",
            "\u0441\u043e\u043d, \u03b1-wave, 5 \u03bcg",
        ),  # no Latin letter, no look-alike
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert normalize(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text() | st.text("a b\u00a0\u00ad\u200b\n’с"))
def test_every_letter_of_the_plain_text_has_its_place(text: str) -> None:
    plain, places = normalize(text), offsets(text)
    assert len(places) == len(plain)
    assert places == sorted(places)
    assert all(
        normalize(text[at]) in (letter, "") or letter == " " or ord(letter) in _LOOKALIKES.values()
        for at, letter in zip(places, plain, strict=True)
    )


@pytest.mark.parametrize("letter", sorted(map(chr, _LOOKALIKES)))
def test_a_lookalike_is_a_letter_of_another_script_in_the_same_case(letter: str) -> None:
    latin = normalize(f"{letter}z")[0]
    assert latin.isascii()
    assert latin.isalpha()
    assert latin.isupper() == letter.isupper()
    assert unicodedata.name(letter).startswith(("CYRILLIC", "GREEK"))


@pytest.mark.parametrize(
    "quote",
    [
        "Foot\u00adbaths ease colds.",
        "Footbaths еase … cоlds",
        "\ufeffcure\u2060",
        "40\u200d–60 min\u00adutes",
    ],
)
def test_a_quote_is_found_whatever_is_not_seen_in_it_or_on_the_page(quote: str) -> None:
    page = "Footbaths ease colds.\nThey don’t “cure” them — 40–60 minutes, and then 40–60 more."
    assert contains_quote(normalize(page), quote)
    assert contains_quote(
        normalize(page.replace("e", "e\u00ad").replace("o", "\u200bо")),
        "Footbaths ease colds. They don't",
    )


TEXT = normalize(
    "Footbaths ease colds.\nThey don’t “cure” them — 40–60 minutes, and then 40–60 more."
)


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("Footbaths ease colds.", True),
        ("colds. They don't", True),
        ('don’t "cure" them', True),
        ("40-60  minutes", True),
        ("Footbaths … them", True),
        ("Footbaths ... them", True),
        ("Footbaths… cure", True),
        ("… ease", True),
        ("40–60 … 40–60", True),
        ("40–60 … 40–60 … 40–60", False),  # spans may not be used twice
        ("them … Footbaths", False),  # nor out of order
        ("footbaths ease", False),
        ("cure colds", False),
        ("", False),
        ("…", False),
        ("  ", False),
    ],
)
def test_found(quote: str, there: bool) -> None:
    assert contains_quote(TEXT, quote) is there


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_what_is_cut_from_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    whole = normalize(text)
    quote = whole[start : start + length]
    assert contains_quote(whole, quote) or not quote_spans(quote)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("", 0),
        ("…", 0),
        ("one", 1),
        ("one two … three", 3),
        ("one…two", 2),
        ("  one \n two ", 2),
        ("15–20 times", 2),
        ("a ... b", 2),
    ],
)
def test_word_count(quote: str, words: int) -> None:
    assert word_count(quote) == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A cold: how long?", "a-cold-how-long"),
        ("--Warm  FEET--", "warm-feet"),
        ("fußbad", "fu-bad"),
        ("…", ""),
        ("40–60", "40-60"),
    ],
)
def test_slug(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_a_slug_is_an_id_and_its_own_slug(text: str) -> None:
    name = slug(text)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name == name.strip("-") == slug(name)


def test_much_white_space_takes_no_time() -> None:
    assert quote_spans(" " * 100_000 + "x") == ["x"]
