"""Corners of `same-study-harm-omitted` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

SCALDS = "cites a for benefit and leaves out the harm it reports: scalds"


def told(
    outcome: str,
    page: str = "clinic-a",
    kind: str = "efficacy",
    cites: tuple[str, ...] = ("a",),
    says: dict[str, str] | None = None,
) -> dict[str, Any]:
    says = says or {"share": "49%"}
    occurrence = {"page": page, "quote": "Words.", "says": says, "cites": list(cites)}
    return {"kind": kind, "about": {"outcome": outcome}, "occurrences": [occurrence]}


@pytest.mark.parametrize(
    ("claims", "harms", "messages"),
    [
        ([told("relief")], {"scalds": {"share": "74%"}}, [SCALDS + " (74%)"]),
        ([told("relief")], {"scalds": {"is": "yes"}}, [SCALDS]),
        (
            [told("relief")],
            {"scalds": {"share": "7%"}, "burns": {"share": "9%"}},
            [SCALDS.replace("scalds", "burns") + " (9%)"],
        ),
        (
            [told("relief"), told("relief")],
            {"scalds": {"share": "74%"}},
            [SCALDS + " (74%)"],
        ),  # once for each source
        ([told("relief", kind="onset")], {"scalds": {"share": "74%"}}, [SCALDS + " (74%)"]),
        ([told("relief"), told("scalds", kind="harm")], {"scalds": {"share": "74%"}}, []),
        (
            [told("relief"), told("scalds", "clinic-b", "harm")],
            {"scalds": {"share": "74%"}},
            [SCALDS + " (74%)"],
        ),  # on another page
        (
            [told("relief"), told("scalds", kind="harm", cites=("b",))],
            {"scalds": {"share": "74%"}},
            [SCALDS + " (74%)"],
        ),
        # without a figure there is no more to tell than that it happens
        ([told("relief"), told("scalds", kind="harm", cites=())], {"scalds": {"is": "yes"}}, []),
        ([told("relief"), told("burns", kind="harm", cites=())], {"scalds": {"is": "yes"}}, []),
        (
            [told("relief"), told("scalds", kind="harm", cites=())],
            {"burns": {"is": "yes"}},
            [SCALDS.replace("scalds", "burns")],
        ),
        (
            [told("relief"), told("scalds", kind="harm", cites=())],
            {"scalds": {"share": "74%"}},
            [SCALDS + " (74%)"],
        ),
        ([told("relief", cites=())], {"scalds": {"share": "74%"}}, []),
        ([told("relief", cites=("unresolved",))], {"scalds": {"share": "74%"}}, []),
        ([told("relief", kind="dose")], {"scalds": {"share": "74%"}}, []),
        ([told("relief")], {}, []),
        # who says that it does not help, or that nobody knows, makes nobody hope
        ([told("relief", says={"effect": "none"})], {"scalds": {"share": "74%"}}, []),
        ([told("relief", says={"effect": "unclear"})], {"scalds": {"share": "74%"}}, []),
        # a study that looked for harm and found none reports none
        ([told("relief")], {"scalds": {"effect": "none"}}, []),
        ([told("relief")], {"scalds": {"is": "no"}}, []),
        ([told("relief")], {"scalds": {"share": "0%", "of": [0, 30]}}, []),
        (
            [told("relief")],
            {"scalds": {"share": "0%", "of": [0, 30]}, "burns": {"share": "9%"}},
            [SCALDS.replace("scalds", "burns") + " (9%)"],
        ),
    ],
)
def test_same_study_harm_omitted(
    claims: list[dict[str, Any]], harms: dict[str, Any], messages: list[str], tmp_path: Path
) -> None:
    findings = {"a/relief": {"says": {"share": "49%"}}, "b/relief": {"says": {"share": "49%"}}}
    findings |= {f"a/{name}": {"says": value} for name, value in harms.items()}
    vocabulary = {"scalds": {"harm": True, "broader": "burns"}, "burns": {"harm": True}}
    base = small_base({"claims": claims, "findings": findings, "vocabulary": vocabulary}, tmp_path)
    assert [flag.message for flag in check(base, ["same-study-harm-omitted"]).flags] == messages
