"""Passages of one page that are parts of one sentence."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.evidence.index import Index
from claimbook.evidence.passages import holds, sentence_of, sentences


def index_of(passages: list[tuple[str, str | None]], folder: Path) -> Index:
    occurrences: list[Any] = [
        {"page": "clinic-a", "quote": quote, "section": section} for quote, section in passages
    ]
    return Index(small_base({"occurrences": occurrences}, folder))


WHOLE = "Footbaths may ease coughing and bring sleep within an hour."


@pytest.mark.parametrize(
    ("quotes", "groups"),
    [
        ([WHOLE, "Footbaths may ease coughing"], [[0, 1]]),
        (["ease coughing", "Soak daily", WHOLE], [[0, 2], [1]]),
        (["FOOTBATHS MAY EASE COUGHING!", WHOLE], [[0, 1]]),  # signs and capitals aside
        # each holds five words that the other holds too
        (
            ["Footbaths may ease coughing and bring", "may ease coughing and bring sleep"],
            [[0, 1]],
        ),
        (["may ease coughing and heal", "may ease coughing and calm"], [[0], [1]]),
        (["They stop a cough at night", "We treat a cough at night"], [[0], [1]]),
        # two that share nothing with each other, and both with the whole
        (["Footbaths may ease", "within an hour", WHOLE], [[0, 1, 2]]),
        (["Footbaths … within an hour", WHOLE], [[0, 1]]),
        (["coughing", WHOLE], [[0], [1]]),  # one word alone is no part
        ([WHOLE, WHOLE], [[0, 1]]),
        # the lines of a list are sentences of their own
        (["You may feel … warm feet", "You may feel … sleepy", "warm feet"], [[0, 2], [1]]),
        (["Of our baths you may … doze", "Of our baths you may … sing"], [[0], [1]]),
        (["Of our baths you may be fond", "Of our baths you may … sing"], [[0, 1]]),
        (["Of our baths you may … sing", "Of our baths you may be fond"], [[0, 1]]),
        (
            ["We … may ease coughing and heal … fast", "You … may ease coughing and heal … now"],
            [[0, 1]],
        ),
    ],
)
def test_sentences(quotes: list[str], groups: list[list[int]], tmp_path: Path) -> None:
    index = index_of([(quote, "Colds") for quote in quotes], tmp_path)
    passages = index.base.by_page["clinic-a"]
    assert sentences("clinic-a", index) == tuple(
        tuple(passages[place] for place in group) for group in groups
    )
    for group in groups:
        for place in group:
            assert sentence_of(passages[place], index) == tuple(passages[p] for p in group)


def test_the_same_words_in_another_section_are_another_sentence(tmp_path: Path) -> None:
    index = index_of([(WHOLE, "Colds"), (WHOLE, "Sleep"), (WHOLE, None)], tmp_path)
    assert [len(group) for group in sentences("clinic-a", index)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("quote", "other", "held"),
    [
        (WHOLE, "may ease coughing", True),
        (WHOLE, "FOOTBATHS … an hour!", True),
        ("may ease coughing", WHOLE, False),
        (WHOLE, "Footbaths … within a day", False),
        (WHOLE, "coughing", False),  # one word alone is no part
        ("coughing", "coughing", True),  # but the same words are the same words
    ],
)
def test_a_quote_holds_the_words_of_another(quote: str, other: str, held: bool) -> None:
    assert holds(quote, other) is held
