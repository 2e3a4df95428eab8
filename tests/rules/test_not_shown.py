"""What shows nothing: a study too weak to refute, or an authority that found too little to tell."""

from pathlib import Path

import pytest
from factories import small_base

from claimbook.rules.check import check

LABEL = {"kind": "label", "design": "authority"}
TRIAL = {"design": "randomised-trial"}
UNCLEAR, NONE, REDUCES = {"effect": "unclear"}, {"effect": "none"}, {"effect": "reduces"}
RULES = ("not-shown", "exceeds-evidence", "contradicted-by-evidence")


@pytest.mark.parametrize(
    ("quote", "says", "findings", "flags", "verdict"),
    [
        # "too little to tell" shows an effect as little as nothing found at all does
        (
            "Footbaths ease coughing.",
            REDUCES,
            [LABEL | {"says": UNCLEAR}],
            ["error"],
            "unsupported",
        ),
        (
            "Footbaths may ease coughing.",
            REDUCES,
            [LABEL | {"says": UNCLEAR}],
            ["warning"],
            "unsupported",
        ),
        (
            "Nobody knows whether footbaths ease coughing.",
            UNCLEAR,
            [LABEL | {"says": UNCLEAR}],
            [],
            "supported",
        ),
        # beside a study that shows it, the evidence is divided
        (
            "Footbaths ease coughing.",
            REDUCES,
            [TRIAL | {"says": UNCLEAR}, TRIAL | {"says": REDUCES}],
            ["error"],
            "overstated",
        ),
        # nor do both that and a study that found no effect
        (
            "Footbaths ease coughing.",
            REDUCES,
            [TRIAL | {"says": UNCLEAR}, TRIAL | {"says": NONE}],
            ["error"],
            "unsupported",
        ),
    ],
)
def test_what_shows_nothing(
    quote: str,
    says: dict[str, str],
    findings: list[dict[str, object]],
    flags: list[str],
    verdict: str,
    tmp_path: Path,
) -> None:
    given = {f"study-{number}/coughing": finding for number, finding in enumerate(findings)}
    claim = {
        "about": {"outcome": "coughing"},
        "evidence": list(given),
        "findings": given,
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": says}],
    }
    base = small_base(claim, tmp_path)
    report = check(base, RULES)
    (passage,) = next(iter(base.claims.values())).occurrences
    assert [flag.severity for flag in report.flags] == flags
    assert report.verdict(passage).label == verdict
