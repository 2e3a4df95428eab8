"""Corners of `vague-authority` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check


@pytest.mark.parametrize(
    ("quote", "fields", "severities"),
    [
        ("Studies show that footbaths ease colds.", {}, ["warning"]),
        ("Research on footbaths continues to show relief.", {}, ["warning"]),
        ("Clinical data are promising.", {}, ["warning"]),
        ("Experts agree: footbaths ease colds.", {}, ["warning"]),
        ("Evidence highlights footbaths.", {}, ["warning"]),
        ("Footbaths are clinically proven.", {}, ["warning"]),
        ("Studies suggest that footbaths may ease colds.", {}, ["note"]),
        ("According to experts, footbaths may ease colds.", {}, ["note"]),
        ("Studies show that footbaths ease colds.", {"cites": ["unresolved"]}, ["warning"]),
        ("Studies show that footbaths ease colds.", {"cites": ["trial"]}, []),
        ("Studies show that footbaths ease colds.", {"cites": ["unresolved", "trial"]}, []),
        ("A 2023 study found that footbaths ease colds.", {}, []),
        ("A study found relief in 77 people.", {}, []),
        ("Research by Smith et al. shows relief.", {}, []),
        ("No studies show that footbaths ease colds.", {}, []),
        ("Do studies show relief?", {}, []),
        ("Clinical evidence is limited.", {}, []),
        ("Studies show too little to tell.", {"says": {"effect": "unclear"}}, []),
        ("Research is still evolving.", {}, []),
        ("More research is needed.", {}, []),
        ("Your doctor will advise you.", {}, []),
    ],
)
def test_vague_authority(
    quote: str, fields: dict[str, Any], severities: list[str], tmp_path: Path
) -> None:
    occurrence = {"page": "clinic-a", "quote": quote, "says": {"effect": "reduces"}} | fields
    base = small_base({"occurrences": [occurrence]}, tmp_path)
    assert [flag.severity for flag in check(base, ["vague-authority"]).flags] == severities
