"""Corners of `guarantee` that its own examples have no room for."""

from pathlib import Path

import pytest
from factories import small_base

from claimbook.rules.check import check


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("We guarantee relief.", "guarantee"),
        ("A risk-free bath", "risk-free"),
        ("It always works.", "always works"),
        ("It never fails.", "never fails"),
        ("It can’t fail.", "can't fail"),
        ("To ensure your complete safety", "complete safety"),
        ("It is completely safe.", "completely safe"),
        ("It works for everyone.", "works for everyone"),
        ("You will be free of colds.", "will be free of"),
        ("You’ll be cold-free.", "You'll be cold-free"),
        ("There is no risk.", "no risk"),
        ("It works without side effects.", "without side effects"),
        ("Results are not guaranteed.", None),
        ("There is no guarantee.", None),
        ("Nobody can guarantee relief.", None),
        ("Is it guaranteed?", None),
        ("It does not always work.", None),
        ("No bath is risk-free.", None),
        ("No bath is without risk.", None),
        ("Is there no risk?", None),
        ("No side effects were reported in this study.", None),
        ("People with no risk factors", None),
        ("A money-back guarantee", None),
        ("Parking will be free of charge.", None),
        ("Staff follow rules to ensure safety.", None),
        ("It is safe.", None),
    ],
)
def test_guarantee(quote: str, words: str | None, tmp_path: Path) -> None:
    base = small_base(
        {"occurrences": [{"page": "clinic-a", "quote": quote, "says": {"is": "yes"}}]}, tmp_path
    )
    messages = [flag.message for flag in check(base, ["guarantee"]).flags]
    assert messages == ([f'"{words}" promises what no study can show'] if words else [])
