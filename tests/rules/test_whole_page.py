"""What is asked of a whole page."""

from pathlib import Path
from typing import Any

import pytest
from factories import Example, small_base

from claimbook.rules.check import check

BENEFIT: Example = {
    "statement": "Footbaths ease colds.",
    "about": {"intervention": "footbath", "outcome": "cold-severity"},
    "occurrences": [
        {"page": "clinic-a", "quote": "Footbaths ease colds.", "says": {"effect": "reduces"}}
    ],
}


def harm(says: dict[str, Any]) -> Example:
    occurrence = {"page": "clinic-a", "quote": "About scalds.", "says": says}
    return {
        "kind": "harm",
        "about": {"intervention": "footbath", "outcome": "scalds"},
        "occurrences": [occurrence],
    }


SCALDS = {
    "label": "Scalds",
    "kind": "serious-harm",
    "authority": ["trial"],
    "force": "label",
    "told-by": ["claim-2"],
}


@pytest.mark.parametrize(
    ("quote", "although"),
    [
        ("There are risks.", ', although it says "There are risks."'),
        ("There is no need to worry about risks.", ""),  # it promises nothing of the kind
    ],
)
def test_a_page_that_promises_what_it_leaves_out_is_quoted(
    quote: str, although: str, tmp_path: Path
) -> None:
    risks = {
        "kind": "practice",
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": {"is": "yes"}}],
    }
    example = {
        "claims": [BENEFIT, harm({"is": "no"}), risks],
        "disclosures": {"one": SCALDS | {"promised-by": ["claim-3"]}},
    }
    (flag,) = check(small_base(example, tmp_path), ["serious-harm-unmentioned"]).flags
    assert flag.message == f"leaves out serious harms{although}: scalds"


def test_a_disclosure_is_asked_only_where_it_matters(tmp_path: Path) -> None:
    home = SCALDS | {"when": "home"}
    vocabulary = {"home": {"facet": "setting"}}
    for regimen, asked in (({}, False), ({"settings": ["home"]}, True)):
        example = {
            "claims": [BENEFIT, harm({"is": "no"})],
            "disclosures": {"one": home},
            "vocabulary": vocabulary,
            "regimen": regimen,
        }
        base = small_base(example, tmp_path / str(asked))
        assert bool(check(base, ["serious-harm-unmentioned"]).flags) == asked
