"""Corners of `source-arithmetic` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

KEPT = {"share": "27.3%", "of": [15, 77]}
WRONG = "trial prints 27.3% for 15 of 77, which is 19.5%"


@pytest.mark.parametrize(
    ("says", "messages"),
    [
        ({"share": "71.4%", "of": [55, 77]}, []),
        ({"share": "71%", "of": [55, 77]}, []),
        ({"share": "71.43%", "of": [55, 77]}, []),
        ({"share": "71%", "of": [55, 77], "against": "33%", "against-of": [6, 18]}, []),
        (
            {"share": "71%", "of": [55, 77], "against": "30%", "against-of": [6, 18]},
            ["trial prints 30% for 6 of 18, which is 33.3%"],
        ),
        ({"share": "72%", "of": [55, 77]}, ["trial prints 72% for 55 of 77, which is 71.4%"]),
        ({"share": "71.5%", "of": [55, 77]}, ["trial prints 71.5% for 55 of 77, which is 71.4%"]),
        ({"share": "12%", "of": [1, 8]}, []),  # 12.5 may be rounded either way
        ({"share": "13%", "of": [1, 8]}, []),
        ({"share": "0%", "of": [0, 8]}, []),
        ({"share": "100%", "of": [8, 8]}, []),
        ({"share": "100%", "of": [7, 8]}, ["trial prints 100% for 7 of 8, which is 87.5%"]),
        ({"share": ">50%", "of": [5, 8]}, []),
        ({"share": ">50%", "of": [3, 8]}, ["trial prints >50% for 3 of 8, which is 37.5%"]),
        (KEPT, [WRONG]),
        ({"share": "27.3%"}, []),
        ({"amount": "40 min"}, []),
    ],
)
def test_source_arithmetic(says: dict[str, Any], messages: list[str], tmp_path: Path) -> None:
    base = small_base(
        {"about": {"outcome": "kept"}, "findings": {"trial/kept": {"says": says}}}, tmp_path
    )
    assert [flag.message for flag in check(base, ["source-arithmetic"]).flags] == messages


@pytest.mark.parametrize(
    ("other", "fits"),
    [
        (
            {"trial/responded": {"says": {"share": "71.4%", "of": [55, 77]}}},
            "; 27.3% is 15 of 55, as in “responded”",
        ),
        (
            {"trial/asked": {"says": {"share": "50%", "of": [27, 55]}}},
            "; 27.3% is 15 of 55, as in “asked”",
        ),
        (
            {"other/responded": {"says": {"share": "71.4%", "of": [55, 77]}}},
            "",
        ),  # of another source
        ({"trial/responded": {"says": {"share": "77.9%", "of": [60, 77]}}}, ""),
    ],
)
def test_it_tells_the_total_that_the_printed_share_fits(
    other: dict[str, Any], fits: str, tmp_path: Path
) -> None:
    base = small_base(
        {"about": {"outcome": "kept"}, "findings": {"trial/kept": {"says": KEPT}, **other}},
        tmp_path,
    )
    messages = [
        flag.message for flag in check(base, ["source-arithmetic"]).flags if "27.3%" in flag.message
    ]
    assert messages == [WRONG + fits.replace("trial/", "")]
