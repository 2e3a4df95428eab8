"""Corners of `approval-status-missing` that its own examples have no room for."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

SILENT = ["the page does not say that this use is unapproved"]
APPROVED = {
    "statement": "Approved.",
    "kind": "approval",
    "about": {"intervention": "bath", "outcome": "approval"},
}


def says(
    quote: str, page: str = "clinic-a", bath: str | None = None, yes: bool = False
) -> dict[str, Any]:
    occurrence: dict[str, Any] = {
        "page": page,
        "quote": quote,
        "says": {"is": "yes" if yes else "no"},
    }
    return occurrence | ({"about": {"intervention": bath}} if bath else {})


@pytest.mark.parametrize(
    ("kind", "approval", "offered", "messages"),
    [
        ("efficacy", [], "footbath", SILENT),
        ("durability", [], "footbath", SILENT),
        ("harm", [], "footbath", []),  # no benefit is claimed
        ("practice", [], "footbath", []),
        ("efficacy", [says("Baths are approved.", yes=True)], "footbath", SILENT),
        ("efficacy", [says("Baths are not approved.", page="clinic-b")], "footbath", SILENT),
        ("efficacy", [says("Baths are not approved.")], "footbath", []),  # of the broader treatment
        ("efficacy", [says("Footbaths are not approved.", bath="footbath")], "footbath", []),
        (
            "efficacy",
            [says("Mud baths are not approved.", bath="mud-bath")],
            "footbath",
            ["says that the use is unapproved, but only of mud bath"],
        ),
        (
            "efficacy",
            [says("Mud baths.", bath="mud-bath"), says("Footbaths.", bath="footbath")],
            "footbath",
            [],
        ),
        (
            "efficacy",
            [says("Mud baths are not approved.", bath="mud-bath")],
            "bath",
            ["says that the use is unapproved, but only of mud bath"],
        ),
        (
            "efficacy",
            [says("Mud baths are not approved.", bath="mud-bath")],
            None,
            [],
        ),  # what it offers is not known
    ],
)
def test_approval_status_missing(
    kind: str, approval: list[Any], offered: str | None, messages: list[str], tmp_path: Path
) -> None:
    benefit = {
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "coughing"},
        "occurrences": [{"page": "clinic-a", "quote": "Ease.", "says": {"effect": "reduces"}}],
    }
    know = {"kind": "definition", "about": {"intervention": "mud-bath"}}
    base = small_base(
        {
            "claims": [benefit, {**APPROVED, "occurrences": approval}, know],
            "regimen": {"intervention": offered} if offered else None,
        },
        tmp_path,
    )
    concepts = dict(base.vocabulary.concepts)
    for name in ("footbath", "mud-bath"):
        concepts[name] = dataclasses.replace(concepts[name], broader=("bath",))
    base = dataclasses.replace(
        base, vocabulary=dataclasses.replace(base.vocabulary, concepts=concepts)
    )
    assert [
        flag.message
        for flag in check(base, ["approval-status-missing"]).flags
        if flag.pages == ("clinic-a",)
    ] == messages


def test_where_no_approval_is_recorded_nothing_can_be_missing(tmp_path: Path) -> None:
    example = {
        "occurrences": [{"page": "clinic-a", "quote": "Ease.", "says": {"effect": "reduces"}}]
    }
    assert check(small_base(example, tmp_path), ["approval-status-missing"]).flags == ()
