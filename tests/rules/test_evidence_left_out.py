"""What is set aside may not bear out a passage of which we say that nothing shows it."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

EASES = {"says": {"effect": "reduces"}}
ASIDE = {"finding": "trial/cough", "because": "It was done in sailors."}


@pytest.mark.parametrize(
    ("findings", "linked", "errors"),
    [
        ({"trial/cough": EASES}, [], 1),
        ({"trial/cough": {"says": {"effect": "none"}}}, [], 0),
        ({"trial/cough": {**EASES, "read": "second-hand"}}, [], 0),
        ({"trial/cough": {**EASES, "about": {"outcome": "sneezing"}}}, [], 0),
        ({"trial/cough": EASES, "other/cough": EASES}, ["other/cough"], 0),
    ],
    ids=["in favour", "against", "second-hand", "another outcome", "something is linked"],
)
def test_nothing_in_favour_is_set_aside_alone(
    findings: dict[str, Any], linked: list[str], errors: int, tmp_path: Path
) -> None:
    example = {
        "statement": "Footbaths ease coughing.",
        "about": {"intervention": "footbath", "outcome": "cough"},
        "evidence": linked,
        "set-aside": [ASIDE],
        "findings": findings,
        "occurrences": [
            {"page": "clinic-a", "quote": "They ease coughing.", "says": {"effect": "reduces"}}
        ],
    }
    report = check(small_base(example, tmp_path), ["evidence-left-out"])
    assert [flag.severity for flag in report.flags] == ["error"] * errors
