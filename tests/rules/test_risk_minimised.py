"""Corners of `risk-minimised` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

YES = {"is": "yes"}
CASES = {"design": "case-series", "says": YES}
TRIAL = {"design": "randomised-trial", "says": YES}
LABEL = {"design": "authority", "kind": "label", "says": YES}
VERY_LOW = "the certainty of the evidence is very low"
NOTHING = "no evidence recorded here supports it"


@pytest.mark.parametrize(
    ("quote", "kind", "finding", "why"),
    [
        ("Scalds are mild.", "safety", CASES, VERY_LOW),
        ("The risk of scalds is very low.", "safety", CASES, VERY_LOW),
        ("Few people are scalded.", "safety", CASES, VERY_LOW),
        ("Footbaths are well tolerated.", "harm", CASES, VERY_LOW),
        ("Footbaths are generally safe.", "safety", None, NOTHING),
        (
            "Footbaths are safe.",
            "safety",
            {"design": "randomised-trial", "says": {"is": "no"}},
            "the best evidence does not say so",
        ),
        ("Footbaths are safe.", "harm", LABEL, "no study that we can rate supports it"),
        # sure enough, or worded as surely as the evidence allows
        ("Footbaths are safe.", "safety", TRIAL, None),
        ("Scalds are rare.", "safety", LABEL, None),
        ("Scalds may be mild.", "safety", CASES, None),
        # not small, denied, asked, open, with a figure, or with its gravity
        ("Footbaths scald.", "safety", None, None),
        ("Footbaths are not safe.", "safety", None, None),
        ("Scalds are not minor.", "safety", None, None),
        ("Are footbaths safe?", "safety", None, None),
        ("Whether footbaths are safe is being studied.", "safety", None, None),
        ("We check your feet to ensure that it is safe.", "safety", None, None),
        ("Scalds are rare (2%).", "safety", None, None),
        ("Scalds are rare, 2 in 100.", "safety", None, None),
        ("Scalds are rare but may be serious.", "safety", None, None),
        ("Scalds pass within a few hours, at a low dose.", "safety", None, None),
        ("Footbaths are safe.", "efficacy", None, None),
    ],
)
def test_risk_minimised(
    quote: str, kind: str, finding: dict[str, Any] | None, why: str | None, tmp_path: Path
) -> None:
    example = {
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "scalds"},
        "evidence": ["study/scalds"] if finding else [],
        "findings": {"study/scalds": finding} if finding else {},
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": YES}],
    }
    flags = check(small_base(example, tmp_path), ["risk-minimised"]).flags
    assert [flag.message.partition("; ")[2] for flag in flags] == ([why] if why else [])


def test_the_same_words_are_flagged_once(tmp_path: Path) -> None:
    harm = [
        {"page": page, "quote": "such as mild scalds", "says": {"effect": "increases"}}
        for page in ("clinic-a", "clinic-b")
    ]
    size = {"page": "clinic-a", "quote": "Harms such as mild scalds", "says": YES}
    claims: list[dict[str, Any]] = [
        {"kind": "harm", "about": {"outcome": "scalds"}, "occurrences": harm},
        {"kind": "safety", "about": {"outcome": "size"}, "occurrences": [size]},
    ]
    flags = check(small_base({"claims": claims}, tmp_path), ["risk-minimised"]).flags
    assert [(flag.claims, flag.pages) for flag in flags] == [
        (("claim-1",), ("clinic-b",)),
        (("claim-2",), ("clinic-a",)),
    ]
