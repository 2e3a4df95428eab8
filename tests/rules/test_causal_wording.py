"""Corners of `causal-wording` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check


@pytest.mark.parametrize(
    ("quote", "fields", "designs", "flagged"),
    [
        ("Footbaths ease coughing.", {}, ["case-series"], True),
        ("Thanks to footbaths people cough less.", {}, ["cohort"], True),
        ("Footbaths provide fast relief.", {}, ["survey"], True),
        ("A study found that footbaths reduced coughing.", {}, ["cohort"], True),
        ("Footbaths may ease coughing.", {}, ["cohort"], False),
        ("Footbaths can ease coughing.", {}, ["cohort"], False),
        ("Patients may have … Reduced coughing", {}, ["cohort"], False),
        ("Do footbaths ease coughing?", {}, ["cohort"], False),
        ("Footbaths do not ease coughing.", {}, ["cohort"], False),
        ("A third said that it helped.", {}, ["survey"], False),
        ("Most people coughed less after a footbath.", {}, ["cohort"], False),
        ("Coughing eased after a footbath.", {}, ["cohort"], False),
        ("They may ease coughing. We are open daily.", {}, ["cohort"], False),
        # somebody was compared with somebody
        ("Footbaths ease coughing.", {}, ["randomised-trial"], False),
        ("Footbaths ease coughing.", {}, ["controlled-cohort"], False),
        # the trial decides
        ("Footbaths ease coughing.", {}, ["case-series", "randomised-trial"], False),
        ("Footbaths ease coughing.", {}, [], False),
        ("Footbaths ease coughing.", {"kind": "mechanism"}, ["cohort"], False),
        ("Footbaths end no cough.", {"says": {"effect": "none"}}, ["cohort"], False),
    ],
)
def test_causal_wording(
    quote: str, fields: dict[str, Any], designs: list[str], flagged: bool, tmp_path: Path
) -> None:
    occurrence = {
        "page": "clinic-a",
        "quote": quote,
        "says": fields.get("says", {"effect": "reduces"}),
    }
    findings = {
        f"{design}/coughing": {"says": {"effect": "reduces"}, "design": design}
        for design in designs
    }
    example = {
        "kind": fields.get("kind", "efficacy"),
        "about": {"intervention": "footbath", "outcome": "coughing"},
        "evidence": list(findings),
        "findings": findings,
        "occurrences": [occurrence],
    }
    assert bool(check(small_base(example, tmp_path), ["causal-wording"]).flags) == flagged
