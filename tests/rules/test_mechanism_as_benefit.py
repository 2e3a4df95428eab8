"""Corners of `mechanism-as-benefit` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

ABOUT = {
    "population": "people-with-colds",
    "intervention": "footbath",
    "outcome": "nose-temperature",
}


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("It warms the nose, which prevents colds.", "which … prevents"),
        ("This warmth can reduce the severity of coughing.", "This … reduce"),
        ("By warming the nose, footbaths reduce colds.", "By warming the nose, … reduce"),
        ("Footbaths reduce colds by warming the nose.", "reduce … by warming"),
        ("Footbaths can help by warming the nose.", "help by warming"),
        ("It acts in a way that reduces pain.", "in a way that … reduces"),
        ("It warms the nose so that symptoms are lowered.", None),  # no benefit follows the verb
        ("It warms the nose by lowering swelling.", None),
        ("By blocking nerves, it reduces pain signals.", None),
        ("This treatment warms the nose.", None),
        (
            "It warms the nose. Footbaths reduce colds.",
            None,
        ),  # a benefit of its own, for another claim
        ("It warms the nose, but this does not prevent colds.", None),
        ("Does it warm the nose, thereby preventing colds?", None),
        ("Whether warmth eases symptoms is being studied.", None),
    ],
)
def test_from_a_mechanism_to_a_benefit(quote: str, words: str | None, tmp_path: Path) -> None:
    example = {
        "kind": "mechanism",
        "about": ABOUT,
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": {"effect": "increases"}}],
        "vocabulary": {"people-with-colds": {"facet": "population", "terms": ["colds", "a cold"]}},
    }
    flags = check(small_base(example, tmp_path), ["mechanism-as-benefit"]).flags
    message = f'"{words}" leads from a mechanism to a benefit; a mechanism does not measure what people feel'
    assert [flag.message for flag in flags] == ([message] if words else [])


@pytest.mark.parametrize(
    ("quote", "designs", "flagged"),
    [
        ("Footbaths ease colds.", ["animal", "laboratory"], True),
        ("Footbaths may ease colds.", ["animal"], True),
        ("Footbaths are being studied for colds.", ["animal"], False),
        ("Footbaths ease colds.", ["animal", "case-report"], False),
        ("Footbaths ease colds.", ["narrative-review"], False),
        ("Footbaths ease colds.", [], False),
    ],
)
def test_benefit_with_no_more_than_mechanism(
    quote: str, designs: list[str], flagged: bool, tmp_path: Path
) -> None:
    findings: dict[str, Any] = {
        f"{design}/cold": {"says": {"effect": "reduces"}, "design": design} for design in designs
    }
    example = {
        "about": {"intervention": "footbath", "outcome": "cold"},
        "evidence": list(findings),
        "findings": findings,
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": {"effect": "reduces"}}],
    }
    assert bool(check(small_base(example, tmp_path), ["mechanism-as-benefit"]).flags) == flagged
