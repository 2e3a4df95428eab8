"""Corners of `wrong-outcome` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

LESS = {"effect": "reduces"}
BATH, SAUNA = {"intervention": "footbath"}, {"intervention": "sauna"}


def on(outcome: str, **facets: str) -> dict[str, Any]:
    return {"about": {**BATH, "outcome": outcome, **facets}, "says": dict(LESS)}


@pytest.mark.parametrize(
    ("kind", "findings", "linked", "cites", "messages"),
    [
        (
            "efficacy",
            {"a/severity": on("severity")},
            ["a/severity"],
            [],
            ["a reports severity, not length"],
        ),
        ("efficacy", {"a/severity": on("severity")}, [], ["a"], ["a reports severity, not length"]),
        (
            "efficacy",
            {"a/severity": on("severity"), "a/length": on("length")},
            ["a/severity"],
            ["a"],
            [],
        ),
        (
            "efficacy",
            {"a/severity": on("severity"), "b/length": on("length")},
            ["a/severity", "b/length"],
            [],
            [],
        ),
        # what the page cites counts, not what we link
        (
            "efficacy",
            {"a/severity": on("severity"), "b/length": on("length")},
            ["b/length"],
            ["a"],
            ["a reports severity, not length"],
        ),
        (
            "efficacy",
            {"a/severity": on("severity"), "b/coughing": on("coughing")},
            ["a/severity", "b/coughing"],
            [],
            ["a and b report severity and coughing, not length"],
        ),
        # another treatment, a harm or nothing is another matter
        ("efficacy", {"a/severity": on("severity", **SAUNA)}, ["a/severity"], [], []),
        ("efficacy", {"a/scalds": on("scalds")}, ["a/scalds"], [], []),
        ("efficacy", {}, [], [], []),
        ("efficacy", {"a/severity": on("severity")}, [], ["unresolved"], []),
        ("practice", {"a/severity": on("severity")}, ["a/severity"], [], []),
        ("definition", {"a/severity": on("severity")}, ["a/severity"], [], []),
    ],
)
def test_wrong_outcome(
    kind: str,
    findings: dict[str, Any],
    linked: list[str],
    cites: list[str],
    messages: list[str],
    tmp_path: Path,
) -> None:
    example = {
        "kind": kind,
        "about": {**BATH, "outcome": "length"},
        "evidence": linked,
        "findings": findings,
        "occurrences": [
            {
                "page": "clinic-a",
                "quote": "Footbaths shorten colds.",
                "says": dict(LESS),
                "cites": cites,
            }
        ],
        "vocabulary": {"scalds": {"harm": True}},
    }
    assert [
        flag.message for flag in check(small_base(example, tmp_path), ["wrong-outcome"]).flags
    ] == messages
