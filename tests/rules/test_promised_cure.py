"""Corners of `promised-cure` that its own examples have no room for."""

from pathlib import Path

import pytest
from factories import small_base

from claimbook.rules.check import check


@pytest.mark.parametrize(
    ("quote", "messages"),
    [
        ("Our footbaths cure colds.", ['"cure" promises more than relief']),
        ("Cured in a day!", ['"Cured" promises more than relief']),
        ("A curative footbath", ['"curative" promises more than relief']),
        ("Footbaths may cure colds.", ['"cure" promises more than relief']),
        ("Not only relief but a cure.", ['"cure" promises more than relief']),
        ("They cure colds and cure coughs for good.", ['"cure" promises more than relief']),
        ("This is not a cure.", []),
        ("This isn’t a permanent cure.", []),
        ("There is no known, proven or permanent cure for a cold.", []),
        ("We never promise a cure.", []),
        ("Unlike a cure, it gives relief.", []),
        ("Can footbaths cure colds?", []),
        ("Can footbaths cure colds? They cure them.", ['"cure" promises more than relief']),
        ("It does not numb the nose and it cures colds.", ['"cures" promises more than relief']),
        ("By targeting the root cause of a cold", ['"root cause" promises more than relief']),
        ("Relief that is permanent", ['"permanent" promises more than relief']),
        ("It heals your nose.", ['"heals your" promises more than relief']),
        ("Footbaths repair your brain.", ['"repair your brain" promises more than relief']),
        ("helping restore nerves", ['"restore nerves" promises more than relief']),
        ("Procured from a licensed pharmacy, and secure.", []),
        ("Incurable colds", []),
        ("We restore your confidence.", []),
        ("The cause of a cold is a virus.", []),
    ],
)
def test_promised_cure(quote: str, messages: list[str], tmp_path: Path) -> None:
    base = small_base(
        {"occurrences": [{"page": "clinic-a", "quote": quote, "says": {"is": "yes"}}]}, tmp_path
    )
    assert [flag.message for flag in check(base, ["promised-cure"]).flags] == messages
