"""What is asked of a whole page: disclosures, where its numbers come from, and how pages stand to each other."""

from pathlib import Path
from typing import Any

import pytest
from factories import Example, small_base

from claimbook.evidence.disclosures import disclosed
from claimbook.evidence.figures import collisions, origins
from claimbook.evidence.index import Index
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
NOT_A_CURE = SCALDS | {"label": "Not a cure", "kind": "disclosure", "by-denying": True}


@pytest.mark.parametrize(
    ("disclosure", "says", "found"),
    [
        (SCALDS, {"effect": "increases"}, True),
        (SCALDS, {"share": "5%"}, True),
        (SCALDS, {"effect": "none"}, False),  # denying a harm does not tell it
        (SCALDS, {"is": "no"}, False),
        (NOT_A_CURE, {"is": "no"}, True),
        (NOT_A_CURE, {"is": "yes"}, False),
        (SCALDS | {"told-by": ["claim-1"]}, {"is": "no"}, True),
    ],
)
def test_a_page_tells_by_its_passages(
    disclosure: Example, says: dict[str, Any], found: bool, tmp_path: Path
) -> None:
    base = small_base(
        {"claims": [BENEFIT, harm(says)], "disclosures": {"one": disclosure}}, tmp_path
    )
    assert (disclosed("clinic-a", Index(base))["one"] is not None) == found


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


FINDINGS = {
    "trial/felt-better": {"about": {"outcome": "felt-better"}, "says": {"share": "49.1%"}},
    "trial/slept-better": {"about": {"outcome": "slept-better"}, "says": {"share": "49%"}},
    "other/felt-better": {"about": {"outcome": "felt-better"}, "says": {"share": "49%"}},
    "far/felt-better": {"about": {"outcome": "felt-better"}, "says": {"share": "12%"}},
}


@pytest.mark.parametrize(
    ("says", "cites", "expected"),
    [
        ({"share": "49%"}, [], ["trial/felt-better", "other/felt-better"]),
        (
            {"share": "49%"},
            ["trial"],
            ["trial/felt-better", "trial/slept-better", "other/felt-better"],
        ),
        ({"share": "49%", "bound": "up-to"}, [], ["other/felt-better"]),
        ({"share": "13%"}, [], []),
        ({"effect": "increases"}, [], []),
    ],
)
def test_origins_are_ranked(
    says: dict[str, Any], cites: list[str], expected: list[str], tmp_path: Path
) -> None:
    claim = {
        "about": {"outcome": "felt-better"},
        "evidence": ["trial/felt-better"],
        "occurrences": [
            {"page": "clinic-a", "quote": "49% felt better.", "says": says, "cites": cites}
        ],
    }
    base = small_base({"claims": [claim], "findings": FINDINGS}, tmp_path)
    (occurrence,) = base.occurrences.values()
    assert [one.finding.key for one in origins(occurrence, Index(base))] == expected
    assert collisions(occurrence, Index(base)) == ()
