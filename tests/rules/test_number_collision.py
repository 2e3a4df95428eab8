"""Corners of `number-collision` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

COUNTED = {"trial/felt-better": {"says": {"share": "40.3%", "of": [31, 77]}}}
PRINTED = {"series/felt-better": {"says": {"share": "77%", "of": [48, 62]}}}
LOOK = ": check where the figure comes from"
NONE = "77 is also the number of people in trial, and no study on this gives 77%" + LOOK


@pytest.mark.parametrize(
    ("quote", "says", "findings", "cites", "messages"),
    [
        ("77% feel better.", {"share": "77%"}, COUNTED, [], [NONE]),
        ("Up to 77% feel better.", {"share": "77%", "bound": "up-to"}, COUNTED, [], [NONE]),
        ("77% feel better.", {"share": "77%"}, COUNTED, ["trial"], [NONE]),
        (
            "77% feel better.",
            {"share": "77%"},
            COUNTED | PRINTED,
            [],
            [
                "77 is also the number of people in trial, and series gives 77%, exactly or rounded"
                + LOOK
            ],
        ),
        ("77% feel better.", {"share": "77%"}, COUNTED | PRINTED, ["series"], []),  # traced
        ("77.4% feel better.", {"share": "77.4%"}, COUNTED, [], []),
        (
            "77% feel better.",
            {"share": "77%"},
            {"trial/felt-better": {**COUNTED["trial/felt-better"], "counted": "visits"}},
            [],
            [NONE.replace("people", "visits")],
        ),
        (
            "77% feel better.",
            {"share": "77%"},
            {
                "trial/felt-better": {"says": {"share": "30%"}},
                "trial/other": {
                    **COUNTED["trial/felt-better"],
                    "about": {"intervention": "mud", "outcome": "felt-better"},
                },
            },
            [],
            [],
        ),  # with another treatment
        (
            "Most feel better.",
            {"share": ">50%"},
            {"trial/felt-better": {"says": {"share": "40%", "of": [20, 50]}}},
            [],
            [],
        ),
        (
            "77% feel better.",
            {"share": "77%"},
            {"trial/slept": {"says": {"share": "40.3%", "of": [31, 77]}}},
            [],
            [],
        ),  # another outcome
        ("It takes 77 minutes.", {"amount": "77 min"}, COUNTED, [], []),
    ],
)
def test_number_collision(
    quote: str,
    says: dict[str, Any],
    findings: dict[str, Any],
    cites: list[str],
    messages: list[str],
    tmp_path: Path,
) -> None:
    example = {
        "about": {"intervention": "footbath", "outcome": "felt-better"},
        "findings": findings,
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": says, "cites": cites}],
    }
    assert [
        flag.message for flag in check(small_base(example, tmp_path), ["number-collision"]).flags
    ] == messages
