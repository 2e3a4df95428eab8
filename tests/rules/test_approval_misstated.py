"""Corners of `approval-misstated` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

NO = {"kind": "label", "design": "authority", "says": {"is": "no"}}
YES = {"kind": "label", "design": "authority", "says": {"is": "yes"}}
OTHERWISE = "otherwise about approval"
SO, NOT_SO = (f"the page says {answer} to “Footbaths are approved?”" for answer in ("yes", "no"))


@pytest.mark.parametrize(
    ("kind", "says", "findings", "messages"),
    [
        (
            "approval",
            "yes",
            {"label/x": NO},
            [f"label says otherwise about approval ({SO}; label says that it is not so)"],
        ),
        (
            "approval",
            "no",
            {"label/x": YES},
            [f"label says otherwise about approval ({NOT_SO}; label says that it is so)"],
        ),
        (
            "approval",
            "yes",
            {"label/x": NO, "notice/x": NO},
            [f"label and notice say {OTHERWISE} ({SO}; label and notice say that it is not so)"],
        ),
        ("approval", "yes", {"label/x": NO, "notice/x": YES}, []),  # authorities disagree
        ("approval", "yes", {"label/x": YES}, []),
        ("approval", "yes", {}, []),
        ("approval", "yes", {"study/x": {"says": {"is": "no"}}}, []),  # no authority
        ("definition", "yes", {"label/x": NO}, []),
    ],
)
def test_approval_misstated(
    kind: str, says: str, findings: dict[str, Any], messages: list[str], tmp_path: Path
) -> None:
    example = {
        "kind": kind,
        "statement": "Footbaths are approved.",
        "about": {"intervention": "footbath", "outcome": "x"},
        "evidence": list(findings),
        "findings": findings,
        "occurrences": [{"page": "clinic-a", "quote": "On approval.", "says": {"is": says}}],
    }
    assert [
        flag.message for flag in check(small_base(example, tmp_path), ["approval-misstated"]).flags
    ] == messages
