"""Corners of `bare-up-to` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

BOUND = {"share": "77%", "bound": "up-to"}


@pytest.mark.parametrize(
    ("quote", "kind", "says", "flagged"),
    [
        ("Up to 77% feel better.", "efficacy", BOUND, True),
        ("As many as 77% feel better.", "efficacy", BOUND, True),
        ("Relief lasts up to nine months.", "durability", {"effect": "increases"}, True),
        ("Relief lasts up to a year.", "durability", {"effect": "increases"}, True),
        ("77% at best feel better.", "efficacy", BOUND, True),  # as recorded
        ("Up to 77%, typically 50%, feel better.", "efficacy", BOUND, False),
        ("Half feel better, in some studies up to 77%.", "efficacy", BOUND, False),
        ("Typically up to 77% feel better.", "efficacy", BOUND, True),  # no second figure
        ("77% feel better.", "efficacy", {"share": "77%"}, False),
        ("An up to date footbath, up to you.", "efficacy", {"effect": "reduces"}, False),
        ("Not up to 77% feel better.", "efficacy", {"share": "<77%"}, False),
        (
            "Relief may take up to 90 minutes.",
            "onset",
            {"amount": "90 min", "bound": "up-to"},
            False,
        ),
        ("Up to 5% are scalded.", "harm", {"share": "5%", "bound": "up-to"}, False),
    ],
)
def test_bare_up_to(
    quote: str, kind: str, says: dict[str, Any], flagged: bool, tmp_path: Path
) -> None:
    example = {
        "kind": kind,
        "about": {"outcome": "x"},
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": says}],
    }
    assert bool(check(small_base(example, tmp_path), ["bare-up-to"]).flags) == flagged


def test_it_suggests_what_each_study_found(tmp_path: Path) -> None:
    example = {
        "about": {"outcome": "x"},
        "evidence": ["a/x", "b/x"],
        "findings": {
            "a/x": {"says": {"share": "71.4%", "of": [55, 77]}},
            "b/x": {"says": {"share": "70%"}},
        },
        "occurrences": [{"page": "clinic-a", "quote": "Up to 77% feel better.", "says": BOUND}],
    }
    (flag,) = check(small_base(example, tmp_path), ["bare-up-to"]).flags
    assert (
        flag.suggestion
        == "give the figure of each study with its count: 55 of 77 people (71.4%, a); 70% (b)"
    )
    assert flag.sources == ("a", "b")
