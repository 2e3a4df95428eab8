"""Whose list says more than sources do, and what becomes of it."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.records import Verdict
from claimbook.rules.check import check

NAMES = ("burns", "wounds", "warts", "hay-fever")
LABEL: dict[str, Any] = {"kind": "label", "design": "authority"}
BAD, HEARSAY = Verdict.UNSUPPORTED, Verdict.NOT_CHECKED


def lists(*names: str, **more: Any) -> dict[str, Any]:
    return {"says": {"includes": list(names)}, **more}


BOTH = (
    "none of the sources on “avoid” lists hay fever; "
    "warts and wounds are listed only in what was read second-hand"
)
READ, HEARD = lists("burns", **LABEL), lists("wounds", "warts", **LABEL, read="second-hand")


@pytest.mark.parametrize(
    ("kind", "names", "findings", "flags"),
    [
        ("eligibility", ["burns"], [READ], []),
        ("eligibility", ["burns", "wounds"], [READ, lists("wounds")], []),
        (
            "eligibility",
            ["burns", "warts", "hay-fever"],
            [READ],
            [("warning", "none of the sources on “avoid” lists hay fever and warts", BAD)],
        ),
        (
            "eligibility",
            ["burns", "wounds"],
            [READ, HEARD],
            [("note", "wounds is listed only in what was read second-hand", HEARSAY)],
        ),
        (
            "eligibility",
            ["burns", "hay-fever", "wounds", "warts"],
            [READ, HEARD],
            [("warning", BOTH, BAD)],
        ),
        (
            "efficacy",
            ["burns", "warts"],
            [lists("burns")],
            [("error", "none of the sources on “avoid” lists warts", BAD)],
        ),
        # a warning too many comforts nobody, and what is unread of an illness is not checked
        *(
            (
                kind,
                ["burns", "warts"],
                [lists("burns")],
                [("note", "none of the sources on “avoid” lists warts", HEARSAY)],
            )
            for kind in ("harm", "safety", "contraindication", "definition")
        ),
        # where no source lists any of it, another rule speaks
        ("eligibility", ["warts"], [READ], []),
        ("eligibility", ["wounds"], [HEARD], []),
        ("eligibility", ["warts"], [], []),
    ],
)
def test_list_beyond_evidence(
    kind: str,
    names: list[str],
    findings: list[dict[str, Any]],
    flags: list[tuple[str, str, Verdict]],
    tmp_path: Path,
) -> None:
    found = flagged(kind, names, findings, tmp_path)
    assert [(flag.severity, flag.message, flag.verdict) for flag in found] == flags


def test_what_nobody_searched_for_is_not_checked(tmp_path: Path) -> None:
    (flag,) = flagged("efficacy", ["burns", "warts"], [lists("burns")], tmp_path, searched=None)
    message = "this base has not searched for evidence on warts"
    assert (flag.severity, flag.message, flag.verdict) == ("note", message, HEARSAY)


def flagged(
    kind: str, names: list[str], findings: list[dict[str, Any]], folder: Path, **more: Any
) -> Any:
    keys = [f"source-{number}/avoid" for number, _ in enumerate(findings)]
    example = {
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "avoid"},
        "evidence": keys,
        "findings": dict(zip(keys, findings, strict=True)),
        "occurrences": [{"page": "clinic-a", "quote": "A list.", "says": {"includes": names}}],
        "vocabulary": {name: {"facet": "population"} for name in NAMES},
        **more,
    }
    return check(small_base(example, folder), ["list-beyond-evidence"]).flags
