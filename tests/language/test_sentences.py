"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.language.sentences import spans, split, statements

ONE = [
    "Dr. Smith et al. saw 3.5 mg.",
    "Mr. and Mrs. Nemo came.",
    "Prof. Nemo runs the bath.",
    "See Fig. 2 for the curve.",
    "See figs. 2 and 3.",
    "It takes approx. 3 minutes.",
    "Use warm water, e.g. from the tap.",
    "That is, i.e. not cold.",
    "Baths vs. showers",
    "Teas, baths, etc. are common.",
    "Open from 9 a.m. to 5 p.m. daily.",
    "Given i.v. or i.m. for 3 mos. at home.",
    "Open until 5 p.m. on Mondays.",
    "Approved by the U.S. Food and Drug Administration.",
    "The U.S. market grew.",
    "Anna Nemo, M.D. and owner",
    "Anna Nemo, Ph.D. is here.",
    "J. Nemo and K. Smith wrote it.",
    "A. Nemo wrote it.",
    "Nemo et al. 2013 found less coughing.",
    "Nemo et al. Lancet 2013",
    "It costs $5.50 a bath.",
    "Version 2.0 is out.",
    "Visit footbaths.example now",
    "And then … it works.",
    "And then... it works.",
    '"It works." they say.',
    '"Does it work?" people ask.',
    "“It works.” one said.",
    "3. Call us",
    "1. Warm water",
    "No full stop here",
    "See pp. 4 to 6.",
    "See vol. 3 of it.",
    "Nemo Baths Inc. makes them.",
]
MANY = [
    ("It works. It is safe.", ["It works.", "It is safe."]),
    ("it works. it cures colds.", ["it works.", "it cures colds."]),
    ("Does it work? Yes! It does.", ["Does it work?", "Yes!", "It does."]),
    ("It works (we think). It is safe.", ["It works (we think).", "It is safe."]),
    ("It works. (Ask us.)", ["It works.", "(Ask us.)"]),
    ('He said "It works." His wife agreed.', ['He said "It works."', "His wife agreed."]),
    ("Warm baths, etc. They help.", ["Warm baths, etc.", "They help."]),
    ("We open at 9 a.m. Call us.", ["We open at 9 a.m.", "Call us."]),
    ("We ship to the U.S. We are fast.", ["We ship to the U.S.", "We are fast."]),
    ("It has vitamin C. It helps.", ["It has vitamin C.", "It helps."]),
    ("Run by Nemo, M.D. We care.", ["Run by Nemo, M.D.", "We care."]),
    ("Is it safe? No. 70% had a rash.", ["Is it safe?", "No.", "70% had a rash."]),
    ("It lasts 40 min. 70% improved.", ["It lasts 40 min.", "70% improved."]),
    ("So do I. It works.", ["So do I.", "It works."]),
    ("Really?! it cures.", ["Really?!", "it cures."]),
    ("Less coughing\nMore sleep", ["Less coughing", "More sleep"]),
    ("Wait... It works.", ["Wait...", "It works."]),
    ("1. Warm water. 2. Salt.", ["1. Warm water.", "2. Salt."]),
    ("", []),
    (" \n ", []),
]


@pytest.mark.parametrize("text", ONE)
def test_one_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(("text", "sentences"), MANY)
def test_several_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_statements_end_at_semicolons_too() -> None:
    assert statements("It helps; it may not. Ask.") == ["It helps;", "it may not.", "Ask."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("# Warm feet\n\nBaths help.", ["Warm feet", "Baths help."]),
        ("- Less coughing\n- More sleep", ["Less coughing", "More sleep"]),
        ("2) Salt\n[x] Soap", ["Salt", "Soap"]),
        ("Baths help\nin an hour.", ["Baths help\nin an hour."]),
        ("Baths help\n\nin an hour.", ["Baths help", "in an hour."]),
        ("Baths help.\nin an hour.", ["Baths help.", "in an hour."]),
        ("Baths help\nIn an hour.", ["Baths help", "In an hour."]),
        ("Baths help\n- in an hour", ["Baths help", "in an hour"]),
        ("**Bold claim.**", ["Bold claim."]),
        ("---\n***", []),
    ],
)
def test_sentences_of_a_draft(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == sentences


@given(st.text(alphabet="aA1 .?!\"'\n-#DreU", max_size=60))
def test_sentences_keep_every_word_in_order(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    places = [place for span in spans(text) for place in span]
    assert places == sorted(places)
