"""Phrase lists: what a line matches, and that every shipped list compiles."""

import re
from importlib.resources import files

import pytest

from claimbook.language.phrases import expression, pattern, phrases


@pytest.mark.parametrize(
    ("phrase", "text", "matched"),
    [
        ("promis*", "It promises relief.", "promises"),
        ("no … reason", "There is no good or bad reason here.", "no good or bad reason"),
        ("no … reason", "There is no. A reason here.", None),
        ("(great|huge) leap", "a huge leap", "huge leap"),
        ("(very )?low risk", "at low risk", "low risk"),
        ("^skip", "skip it", "skip"),
        ("^skip", "do not skip it", None),
        ("cure", "procure", None),
        ("cure", "a self-cure", None),
        ("cure", "curé", None),
    ],
)
def test_what_a_phrase_matches(phrase: str, text: str, matched: str | None) -> None:
    found = re.search(expression(phrase), text)
    assert (found and found[0]) == matched


LISTS = sorted(
    path.name.removesuffix(".txt") for path in files("claimbook.language").joinpath("en").iterdir()
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_compiles_and_repeats_nothing(name: str) -> None:
    for section, lines in phrases(name).items():
        assert len(lines) == len(set(lines)), f"{name}: [{section}] repeats a phrase"
        if lines and not any(": " in line for line in lines):
            assert pattern(name, section).pattern
