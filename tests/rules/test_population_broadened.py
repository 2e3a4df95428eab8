"""Corners of `population-broadened` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.records import Verdict
from claimbook.rules.check import check

REDUCES = {"effect": "reduces"}


@pytest.mark.parametrize(
    ("studied", "fields", "kind", "found", "result"),
    [
        (["sailors"], {}, "efficacy", REDUCES, ("note", Verdict.SUPPORTED)),
        (["sailors"], {"cites": ["study-0"]}, "efficacy", REDUCES, ("warning", Verdict.OVERSTATED)),
        (["sailors"], {"cites": ["unresolved"]}, "efficacy", REDUCES, ("note", Verdict.SUPPORTED)),
        (["sailors", "cooks"], {}, "efficacy", REDUCES, ("note", Verdict.SUPPORTED)),
        (["sailors", "people"], {}, "efficacy", REDUCES, None),
        (["sailors"], {"about": {"population": "sailors"}}, "efficacy", REDUCES, None),
        (
            ["sailors"],
            {"about": {"population": "cooks"}},
            "efficacy",
            REDUCES,
            None,
        ),  # others, not fewer
        ([], {}, "efficacy", REDUCES, None),
        (["sailors"], {}, "safety", REDUCES, ("note", Verdict.SUPPORTED)),
        (["sailors"], {}, "harm", REDUCES, None),  # a warning may reach further
        (["sailors"], {"says": {"effect": "none"}}, "efficacy", {"effect": "none"}, None),
        (["sailors"], {}, "efficacy", {"effect": "none"}, None),  # contradicted: nothing to broaden
    ],
)
def test_population_broadened(
    studied: list[str],
    fields: dict[str, Any],
    kind: str,
    found: dict[str, Any],
    result: tuple[str, Verdict] | None,
    tmp_path: Path,
) -> None:
    about = {"population": "people", "intervention": "footbath", "outcome": "cold"}
    findings = {
        f"study-{i}/cold": {"about": about | {"population": who}, "says": found}
        for i, who in enumerate(studied)
    }
    example = {
        "kind": kind,
        "about": about,
        "evidence": list(findings),
        "findings": findings,
        "occurrences": [
            {"page": "clinic-a", "quote": "Footbaths may ease colds.", "says": REDUCES} | fields
        ],
        "vocabulary": {
            name: {"facet": "population", "broader": ["people"]} for name in ("sailors", "cooks")
        },
    }
    flags = check(small_base(example, tmp_path), ["population-broadened"]).flags
    assert [(flag.severity, flag.verdict) for flag in flags] == ([result] if result else [])


def test_it_names_both_groups(tmp_path: Path) -> None:
    about = {"population": "people", "intervention": "footbath", "outcome": "cold"}
    example = {
        "about": about,
        "evidence": ["trial/cold"],
        "findings": {"trial/cold": {"about": about | {"population": "sailors"}, "says": REDUCES}},
        "occurrences": [{"page": "clinic-a", "quote": "Footbaths ease colds.", "says": REDUCES}],
        "vocabulary": {
            "sailors": {"facet": "population", "broader": ["people"], "label": "Sailors at sea"}
        },
    }
    (flag,) = check(small_base(example, tmp_path), ["population-broadened"]).flags
    assert flag.message == "says this of people; trial studied only sailors at sea"
