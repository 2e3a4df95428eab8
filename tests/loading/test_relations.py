"""What a relation between claims must keep to."""

from pathlib import Path

import pytest
from factories import Example, small_base

from claimbook import LoadError

YES = {"is": "yes"}
QUOTES = {"lasts": ("clinic-a", "It lasts for months"), "fades": ("clinic-b", "It fades in weeks")}
RELATION: Example = {"to": "claim-2", "how": "in-tension", "because": "It is."}


def messages(relations: list[Example], back: list[Example], folder: Path) -> list[str]:
    """What is wrong with the relations of the first claim and with those that lead back."""
    claims: list[Example] = [
        {"about": {"intervention": "footbath", "outcome": outcome},
         "occurrences": [{"page": page, "quote": quote, "says": YES}]}
        for outcome, (page, quote) in QUOTES.items()
    ]  # fmt: skip
    claims[0]["relations"], claims[1]["relations"] = relations, back
    concepts = {"footbath": {"facet": "intervention"}}
    try:
        small_base({"claims": claims, "vocabulary": concepts}, folder)
    except LoadError as error:
        return [str(problem) for problem in error.problems]
    return []


def passages(*wanted: tuple[str, str]) -> Example:
    return RELATION | {"passages": [{"page": page, "quote": quote} for page, quote in wanted]}


@pytest.mark.parametrize(
    ("relations", "back", "expected"),
    [
        ([RELATION], [], []),
        ([RELATION | {"to": "claim-1"}], [], ["'claim-1' is the claim itself"]),
        ([RELATION, RELATION | {}], [], ["the relation with 'claim-2' is recorded twice"]),
        ([RELATION], [RELATION | {"to": "claim-1"}], ["'claim-1' is recorded twice"]),
        (
            [RELATION | {"how": "opposes"}, RELATION | {"how": "implies"}],
            [],
            ["one of 'claim-1' and 'claim-2' implies the other", "is recorded twice"],
        ),
        ([passages(("clinic-a", "lasts for"), ("clinic-b", "fades"))], [], []),
        (
            [passages(("clinic-a", "It lasts for years"), ("clinic-b", "fades"))],
            [],
            [
                "of 'claim-1' no passage is named; name one, or leave passages out",
                "has these words; did you mean 'It lasts for months'?",
            ],
        ),
        ([passages(("clinic-b", "fades"))], [], ["of 'claim-1' no passage is named"]),
        (
            [passages(("clinic-a", "It fades"), ("clinic-a", "lasts"), ("clinic-b", "fades"))],
            [],
            ["no passage of 'clinic-a' on these two claims has these words"],
        ),
    ],
)
def test_what_is_wrong_with_a_relation_is_told(
    relations: list[Example], back: list[Example], expected: list[str], tmp_path: Path
) -> None:
    found = messages(relations, back, tmp_path)
    assert len(found) == len(expected), found
    assert all(words in message for words, message in zip(expected, found, strict=True))
