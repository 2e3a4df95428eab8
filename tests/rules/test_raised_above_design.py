"""Which designs, and which reasons, let a rating go up."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

UP, DOWN = {"up": 1, "because": "A reason."}, {"down": 1, "because": "A reason."}


@pytest.mark.parametrize(
    ("design", "more", "flagged"),
    [
        ("case-series", {"large-effect": UP}, True),
        ("cohort", {"imprecision": DOWN, "dose-response": UP | {"up": 2}}, True),
        ("case-series", {"imprecision": DOWN}, False),  # the designs take it down, nobody up
        ("case-series", {"imprecision": DOWN, "large-effect": UP}, True),
        ("case-series", {"imprecision": DOWN | {"down": 2}, "large-effect": UP}, False),  # very low
        ("controlled-cohort", {"large-effect": UP}, False),
        ("randomised-trial", {"large-effect": UP}, False),
        ("animal", {"large-effect": UP}, False),  # nothing is rated
    ],
)
def test_raised_above_design(
    design: str, more: dict[str, Any], flagged: bool, tmp_path: Path
) -> None:
    example = {
        "about": {"intervention": "footbath", "outcome": "length"},
        "evidence": ["a/length"],
        "certainty": more,
        "findings": {"a/length": {"says": {"effect": "reduces"}, "design": design}},
    }
    flags = check(small_base(example, tmp_path), ["raised-above-design"]).flags
    assert [flag.at.file for flag in flags] == ["claims/topic/claim-1.yaml"] * flagged
    assert all(flag.at.line > 1 for flag in flags)
