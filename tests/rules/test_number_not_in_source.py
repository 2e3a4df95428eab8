"""Corners of `number-not-in-source` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

HERE = "no finding recorded from the evidence linked to this claim gives "
CITED = "no finding recorded from the cited source a gives "


@pytest.mark.parametrize(
    ("kind", "says", "findings", "cites", "messages"),
    [
        ("efficacy", {"share": "49%"}, {"a/x": {"share": "49.1%"}}, [], []),
        ("efficacy", {"share": "49.1%"}, {"a/x": {"share": "49%"}}, [], []),
        ("efficacy", {"share": "50%"}, {"a/x": {"share": "49%"}}, [], [HERE + "50%"]),
        ("efficacy", {"share": "77%", "bound": "up-to"}, {"a/x": {"share": "77%"}}, [], []),
        (
            "efficacy",
            {"share": "77%", "bound": "up-to"},
            {"a/x": {"share": "70%", "of": [70, 100]}},
            [],
            [HERE + "up to 77%"],
        ),
        (
            "efficacy",
            {"share": "60%"},
            {"a/x": {"share": "most"}},
            [],
            [HERE + "60%"],
        ),  # a word prints no figure
        ("efficacy", {"share": "most"}, {"a/x": {"share": "20%"}}, [], []),  # nor does it claim one
        ("efficacy", {"effect": "reduces"}, {}, [], []),
        ("efficacy", {"share": "49%"}, {}, [], [HERE + "49%"]),
        ("efficacy", {"amount": "1 h"}, {"a/x": {"amount": "60 min"}}, [], []),
        ("efficacy", {"amount": "1 h"}, {"a/x": {"amount": "1 mg"}}, [], [HERE + "1 h"]),
        ("efficacy", {"share": "1%"}, {"a/x": {"amount": "1 mg"}}, [], [HERE + "1%"]),
        # any outcome of the source that the page cites, and of that source only
        ("efficacy", {"share": "49%"}, {"a/y": {"share": "49%"}}, ["a"], []),
        (
            "efficacy",
            {"share": "49%"},
            {"a/x": {"share": "20%"}, "b/x": {"share": "49%"}},
            ["a"],
            [CITED + "49%"],
        ),
        (
            "efficacy",
            {"share": "49%"},
            {"a/x": {"share": "20%"}, "b/x": {"share": "49%"}},
            ["unresolved"],
            [],
        ),
        ("cost", {"share": "49%"}, {}, [], []),
        ("regimen", {"amount": "40 min"}, {}, [], []),
    ],
)
def test_number_not_in_source(
    kind: str,
    says: dict[str, Any],
    findings: dict[str, Any],
    cites: list[str],
    messages: list[str],
    tmp_path: Path,
) -> None:
    claim = {
        "kind": kind,
        "about": {"outcome": "x"},
        "evidence": list(findings),
        "occurrences": [
            {"page": "clinic-a", "quote": "A figure: 1 in 2.", "says": says, "cites": cites}
        ],
    }
    example = {
        "claims": [claim],
        "findings": {key: {"says": value} for key, value in findings.items()},
        "words": {"most": {"share": ">50%", "because": "More than half."}},
    }
    assert [
        flag.message
        for flag in check(small_base(example, tmp_path), ["number-not-in-source"]).flags
    ] == messages
