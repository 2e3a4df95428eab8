"""Corners of `testimonial-as-evidence` that its own examples have no room for."""

from pathlib import Path

import pytest
from factories import small_base

from claimbook.rules.check import check


@pytest.mark.parametrize(
    ("kind", "quote", "flagged"),
    [
        ("testimonial", "My cold was gone in a day.", True),
        ("testimonial", "Results were amazing.", True),
        ("testimonial", "Others swear by it.", True),
        ("testimonial", "My cold was gone. Results vary.", False),
        ("testimonial", "My cold was gone. Results may vary.", False),
        ("testimonial", "My cold was gone. Individual results will differ.", False),
        ("testimonial", "My cold was gone. Your experience may differ.", False),
        ("testimonial", "My cold was gone, which is not typical.", False),
        ("testimonial", "My cold was gone. That doesn’t mean yours will be.", False),
        ("testimonial", "Some feel better … Others notice nothing.", False),
        ("testimonial", "Some feel better; not everyone does.", False),
        ("efficacy", "My cold was gone in a day.", False),
        ("practice", "We listen.", False),
    ],
)
def test_testimonial_as_evidence(kind: str, quote: str, flagged: bool, tmp_path: Path) -> None:
    base = small_base(
        {
            "kind": kind,
            "occurrences": [{"page": "clinic-a", "quote": quote, "says": {"is": "yes"}}],
        },
        tmp_path,
    )
    assert bool(check(base, ["testimonial-as-evidence"]).flags) is flagged
