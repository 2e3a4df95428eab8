"""Corners of `substance-confusion` that its own examples have no room for."""

import dataclasses
from pathlib import Path

import pytest
from factories import small_base

from claimbook.records import Concept, Vocabulary
from claimbook.rules.check import check

CONCEPTS = [
    Concept(
        "footbath",
        "intervention",
        "Footbath",
        terms=("footbath", "warm footbath"),
        distinct=("mustard-bath",),
    ),
    Concept(
        "mustard-bath",
        "intervention",
        "Mustard bath",
        terms=("mustard bath", "mustard footbath", "footbath salts"),
        distinct=("footbath", "mud"),
    ),
    Concept("mud", "intervention", "Mud"),  # no words for it: never found
    Concept("page", "outcome", "Page"),
]


@pytest.mark.parametrize(
    ("quote", "named"),
    [
        ("A footbath (mustard bath) is simple.", [("footbath", "mustard bath")]),
        (
            "The Mustard Bath, also called warm footbath, is simple.",
            [("Mustard Bath", "warm footbath")],
        ),
        ("Our mustard bath is a footbath.", [("mustard bath", "footbath")]),
        ("Footbath/mustard bath", [("Footbath", "mustard bath")]),
        ("A mustard footbath is simple.", []),  # one term, not the shorter one inside it
        ("A warm footbath is a footbath.", []),
        ("Footbath salts (mustard bath) sting.", []),
        ("A footbath is simple.", []),
        ("A mustard bath is not a footbath.", []),
        ("A mustard bath isn’t a footbath.", []),
        ("Unlike a footbath, a mustard bath stings.", []),
        ("We offer a footbath or a mustard bath.", []),  # side by side
        ("Footbath, mustard bath, and more", []),
        (
            "A footbath and a mustard bath are the same, a footbath (mustard bath).",
            [("mustard bath", "footbath")],
        ),
        ("Footbathing in mustard bathrooms", []),
    ],
)
def test_substance_confusion(quote: str, named: list[tuple[str, str]], tmp_path: Path) -> None:
    base = small_base(
        {"occurrences": [{"page": "clinic-a", "quote": quote, "says": {"is": "yes"}}]}, tmp_path
    )
    base = dataclasses.replace(base, vocabulary=Vocabulary({one.id: one for one in CONCEPTS}, {}))
    labels = {"f": "Footbath", "w": "Footbath", "m": "Mustard bath"}
    assert [flag.message for flag in check(base, ["substance-confusion"]).flags] == [
        f'"{one}" and "{other}" are not the same: '
        f"{labels[one[0].lower()]}; {labels[other[0].lower()]}"
        for one, other in named
    ]
