"""A share beside that of those who had what the treatment was compared with."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.records import (
    Concept,
    Interval,
    Relation,
    Share,
    VagueTerm,
    Vocabulary,
    compare,
    display,
    parse_value,
)

MOST = Share(Interval(50, 100, low_open=True), "most", figure=False)
WORDS = {"most": VagueTerm("most", MOST, "More than half.")}
AGREES, EXCEEDS, SHORT, CONFLICTS, _ = Relation


def share(**written: Any) -> Share:
    value = parse_value(written, WORDS)
    assert isinstance(value, Share)
    return value


@pytest.mark.parametrize(
    ("written", "against"),
    [
        ({"share": "44.8%", "against": "34.2%"}, {"share": "34.2%"}),
        ({"share": 44.8, "against": 34.2}, {"share": "34.2%"}),
        (
            {"share": "45%", "of": [9, 20], "against": "33%", "against-of": [6, 18]},
            {"share": "33%", "of": [6, 18]},
        ),
        ({"share": "most", "against": "20 to 30%"}, {"share": "20 to 30%"}),
        ({"share": "80%", "bound": "up-to", "against": "most"}, {"share": "most"}),
    ],
)
def test_both_arms_are_read(written: dict[str, Any], against: dict[str, Any]) -> None:
    value = share(**written)
    assert value.against == share(**against)
    alone = {key: part for key, part in written.items() if not key.startswith("against")}
    assert (value.interval, value.text, value.count) == (
        share(**alone).interval,
        share(**alone).text,
        share(**alone).count,
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"share": "45%", "against": "some"}, "'some' is not a share; write 71.4%"),
        ({"share": "45%", "against": "130%"}, "'130%' is not a share between 0 and 100%"),
        ({"share": "45%", "against": "40 min"}, "'min' after a share"),
        (
            {"share": "45%", "against": "33%", "against-of": [6]},
            "'of' is a count and its total: [55, 77]",
        ),
        (
            {"share": "45%", "against-of": [6, 18]},
            "'against-of' counts what 'against' gives; write both",
        ),
        ({"amount": "40 min", "against": "34%"}, "'against' does not go with 'amount'"),
    ],
)
def test_what_is_no_arm(written: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        parse_value(written, WORDS)


TRIAL = {"share": "45%", "against": "34%"}


@pytest.mark.parametrize(
    ("page", "other", "relation", "reason"),
    [
        (TRIAL, TRIAL, AGREES, "45% against 45%; compared with 34% against 34%"),
        (TRIAL, {"share": "45%"}, AGREES, "45% against 45%"),
        ({"share": "45%"}, TRIAL, AGREES, "45% against 45%"),
        ({"share": "60%"}, TRIAL, EXCEEDS, "60% against 45%"),
        ({"share": "60%", "against": "10%"}, TRIAL, EXCEEDS, "60% against 45%"),
        ({"share": "30%", "against": "10%"}, TRIAL, SHORT, "30% against 45%"),
        (
            {"share": "45%", "against": "10%"},
            TRIAL,
            CONFLICTS,
            "45% against 45%; compared with 10% against 34%",
        ),
    ],
)
def test_compare(
    page: dict[str, Any], other: dict[str, Any], relation: Relation, reason: str
) -> None:
    compared = compare(share(**page), share(**other))
    assert (compared.relation, compared.reason) == (relation, reason)


PERCENT = st.integers(0, 100).map(lambda number: f"{number}%")
ARMS = st.fixed_dictionaries({"share": PERCENT}, optional={"against": PERCENT})


@given(ARMS, ARMS)
def test_an_arm_can_only_turn_agreement_into_conflict(
    one: dict[str, str], other: dict[str, str]
) -> None:
    whole = compare(share(**one), share(**other)).relation
    alone = compare(share(share=one["share"]), share(share=other["share"])).relation
    assert whole is alone or (alone is AGREES and whole is CONFLICTS)
    assert compare(share(**one), share(**one)).relation is AGREES


def test_in_words() -> None:
    vocabulary = Vocabulary({"tea": Concept("tea", "comparator", "Tea")}, {})
    value = share(**TRIAL, **{"against-of": [26, 76]})
    counts = "26 of 76; 95% interval 25 to 45%"
    assert display.in_words(value, vocabulary) == f"45%, against 34% ({counts})"
    assert display.in_words(share(**TRIAL), vocabulary, "tea") == "45%, against 34% with tea"
    assert display.in_words(share(share="45%"), vocabulary, "tea") == "45%"
