"""Corners of `hype` that its own examples have no room for."""

from pathlib import Path

import pytest
from factories import small_base

from claimbook.rules.check import check


@pytest.mark.parametrize(
    ("quote", "messages"),
    [
        ("A revolutionary footbath", ['"revolutionary" is praise, not information']),
        ("An amazing, world-class breakthrough", ['"amazing" is praise, not information']),
        ("A game-changer", ['"game-changer" is praise, not information']),
        ("Innovative and groundbreaking", ['"groundbreaking" is praise, not information']),
        ("Promising results", ['"Promising" reads as praise, not as a sign of early evidence']),
        ("It shows promise.", ['"promise" reads as praise, not as a sign of early evidence']),
        ("This is a great choice.", ['"great choice" is praise, not information']),
        ("The safest bath possible", ['"safest bath possible" is praise, not information']),
        (
            "It is the best cold treatment.",
            ['"the best cold treatment" is praise, not information'],
        ),
        ("Rest is not the best treatment.", []),
        ("Ask which is the best treatment for you.", []),
        ("The lowest dose possible", []),
        (
            "Nothing in spa-care compares.",
            ['"Nothing in spa-care compares" is praise, not information'],
        ),
        ("This is no miracle.", []),
        ("It isn’t a magic bullet.", []),
        ("Is it a breakthrough?", []),
        ("It is not new. It is a breakthrough.", ['"breakthrough" is praise, not information']),
        ("In advance of your visit, breathe through the nose.", []),
        ("A compromise", []),
    ],
)
def test_hype(quote: str, messages: list[str], tmp_path: Path) -> None:
    base = small_base(
        {"occurrences": [{"page": "clinic-a", "quote": quote, "says": {"is": "yes"}}]}, tmp_path
    )
    assert [flag.message for flag in check(base, ["hype"]).flags] == messages
