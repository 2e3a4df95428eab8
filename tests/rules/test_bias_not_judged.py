"""When a certainty above low asks for a judgement of the risk of bias."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

REDUCES = {"says": {"effect": "reduces"}, "design": "randomised-trial"}
LOW = REDUCES | {"risk_of_bias": {"rating": "low", "because": "Nobody could tell."}}
SERIOUS = REDUCES | {"risk_of_bias": {"rating": "serious", "because": "Everybody knew."}}
DOWN = {"down": 1, "because": "A reason."}


@pytest.mark.parametrize(
    ("findings", "judged", "flagged"),
    [
        ({"a/length": SERIOUS}, {}, True),
        ({"a/length": REDUCES}, {}, True),  # nobody has looked
        ({"a/length": LOW}, {}, False),
        ({"a/length": LOW, "b/length": SERIOUS}, {}, True),  # one of two is no judgement of both
        ({"a/length": SERIOUS}, {"imprecision": DOWN}, True),  # moderate
        ({"a/length": SERIOUS}, {"imprecision": DOWN | {"down": 2}}, False),  # low
        ({"a/length": SERIOUS}, {"risk-of-bias": DOWN}, False),
        ({"a/length": SERIOUS | {"design": "cohort"}}, {}, False),  # never above low
        ({}, {}, False),
    ],
)
def test_bias_not_judged(
    findings: dict[str, Any], judged: dict[str, Any], flagged: bool, tmp_path: Path
) -> None:
    example = {
        "about": {"intervention": "footbath", "outcome": "length"},
        "evidence": list(findings),
        "certainty": judged,
        "findings": findings,
    }
    flags = check(small_base(example, tmp_path), ["bias-not-judged"]).flags
    assert [flag.at.file for flag in flags] == ["claims/topic/claim-1.yaml"] * flagged
