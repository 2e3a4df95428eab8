"""What a clause of a draft is read to say of a claim."""

from pathlib import Path

import pytest
from factories import small_base

from claimbook.vetting.vet import Vetter

BATH = {
    "statement": "A footbath takes 30 to 40 minutes with 20 to 30 mg of salt.",
    "kind": "regimen",
    "about": {"intervention": "footbath", "outcome": "bath"},
    "occurrences": [
        {
            "page": "clinic-a",
            "quote": "A footbath takes 30 to 40 minutes with 20 to 30 mg of salt",
            "says": {"regimen": {"dose": "20 to 30 mg", "length": "30 to 40 min"}},
        }
    ],
    "vocabulary": {"bath": {"cues": ["salt"]}},
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "A footbath takes 2 hours with 50 mg of salt.",
            "bath, 50 mg, for 2 h, states it as fact (step 5)",
        ),
        (
            "A footbath takes 2 hours with some salt.",
            "bath, states it as fact (step 5)",
        ),  # a part alone is no regimen
    ],
)
def test_the_parts_of_a_regimen_are_read_from_one_clause(
    text: str, read: str, tmp_path: Path
) -> None:
    (sentence,) = Vetter(small_base(BATH, tmp_path)).vet(text).sentences
    assert sentence.reading == read
