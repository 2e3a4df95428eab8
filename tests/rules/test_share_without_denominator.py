"""Corners of `share-without-denominator` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check


@pytest.mark.parametrize(
    ("quote", "says", "flagged"),
    [
        ("71% feel better.", {"share": "71%"}, True),
        ("71 percent of patients feel better.", {"share": "71%"}, True),
        ("Sixty-two per cent of patients feel better.", {"share": "62%"}, True),
        ("In the 2023 study 71% felt better.", {"share": "71%"}, True),
        ("71% of 77 people felt better.", {"share": "71%"}, False),
        ("71% of the 1,077 people felt better.", {"share": "71%"}, False),
        ("A study of 169 people: 71% felt better.", {"share": "71%"}, False),
        ("Of 77 cold patients, 71% felt better.", {"share": "71%"}, False),
        ("71% felt better (n=77).", {"share": "71%"}, False),
        ("71% (55/77) felt better.", {"share": "71%"}, False),
        ("71% felt better.", {"share": "71%", "of": [55, 77]}, False),
        ("Response varies.", {"share": "<100%"}, False),  # recorded, not printed
        ("71% stronger.", {"effect": "increases"}, False),
    ],
)
def test_share_without_denominator(
    quote: str, says: dict[str, Any], flagged: bool, tmp_path: Path
) -> None:
    example = {
        "about": {"outcome": "x"},
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": says}],
    }
    assert (
        bool(check(small_base(example, tmp_path), ["share-without-denominator"]).flags) == flagged
    )
