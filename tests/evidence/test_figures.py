"""When a finding prints the figure that is said; a page may make no more of it than that."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from factories import Example, small_base

from claimbook.evidence.figures import collisions, origins, same_figure
from claimbook.evidence.index import Index
from claimbook.records import (
    Amount,
    Interval,
    Participants,
    Relation,
    Share,
    Value,
    compare,
    parse_value,
)


def value(written: str | dict[str, Any]) -> Value:
    """A value from how it is written: a share where there is a percent sign, else an amount."""
    if isinstance(written, dict):
        return parse_value(written)
    bound, _, rest = written.rpartition(": ")
    number, _, of = rest.partition(" of ")
    kind = "share" if "%" in number else "amount"
    counts: dict[str, Any] = {"of": [int(part) for part in of.split("/")]} if of else {}
    return parse_value({kind: number} | ({"bound": bound} if bound else {}) | counts)


ROWS: list[tuple[str, str, bool]] = [
    # as far as both are printed
    ("49%", "49%", True),
    ("49%", "49.1%", True),
    ("49.1%", "49%", True),
    ("49%", "50%", False),
    ("49.1%", "49.2%", False),
    ("1 h", "60 min", True),
    ("1 h", "100 min", False),
    ("40 min", "40 mg", False),
    ("40%", "40 min", False),
    # counts decide where both count
    ("71.4% of 55/77", "71.4% of 55/77", True),
    ("71.4% of 55/77", "71.4%", True),
    ("71.4%", "71.4% of 55/77", True),
    ("50% of 10/20", "50% of 50/100", False),
    ("19.5% of 15/77", "27.3% of 15/77", True),  # the source divided wrongly
    # a best case is a figure at its top
    ("up-to: 77%", "70% of 70/100", False),
    ("up-to: 77%", "77%", True),
    ("up-to: 77%", "76.9%", False),
    ("up-to: 76.8%", "77%", True),
    ("up-to: 90%", "up-to: 100%", False),
    ("up-to: 77%", "70 to 77%", True),
    ("up-to: 77%", "70 to 90%", False),
    ("up-to: 77%", "up-to: 77%", True),
    ("up-to: 70%", "up-to: 77%", False),
    ("77%", "up-to: 77%", False),
    ("70%", "up-to: 77%", False),
    # a limit is any figure on its side of it
    (">50%", "71%", True),
    (">50%", "50%", False),
    ("at-least: 50%", "50%", True),
    (">50%", "40%", False),
    (">15 day/month", "20 day/month", True),
    (">50%", ">70%", True),
    (">70%", ">50%", False),
    (">50%", "40 to 60%", False),
    ("<90 min", "40 min", True),
    ("<90 min", "2 h", False),
    ("0 to 24 h", "<30 min", True),
    ("<30 min", "<60 min", False),
    # and what a finding gives as a limit is no other figure
    ("77%", ">70%", False),
    ("3%", "<5%", False),
    ("4 h", ">2 h", False),
    (">15 day/month", ">=15 day/month", False),
    (">=15 day/month", ">=15 day/month", True),
    (">=15 day/month", ">=10 day/month", False),
    # a range, and a figure "about"
    ("40 to 60 min", "40 to 60 min", True),
    ("50 min", "40 to 60 min", False),
    ("34%", "23 to 51%", False),
    ("40 to 50 min", "40 to 60 min", False),
    ("70 to 80%", "77%", True),  # as "three in four" is read
    ("70 to 80%", "66%", False),
    ("about: 40 min", "43 min", True),
    ("about: 40 min", "about: 1 h", False),
]


@pytest.mark.parametrize(("said", "found", "same"), ROWS)
def test_same_figure(said: str, found: str, same: bool) -> None:
    assert same_figure(value(said), value(found)) is same
    if same:
        assert compare(value(said), value(found)).relation is Relation.AGREES


@pytest.mark.parametrize("written", sorted({one for row in ROWS for one in row[:2]}))
def test_a_figure_is_the_same_as_itself_and_a_word_prints_none(written: str) -> None:
    figure = value(written)
    assert isinstance(figure, Share | Amount)
    assert same_figure(figure, figure)
    word = replace(figure, figure=False)
    assert not same_figure(figure, word)
    assert not same_figure(word, figure)


@pytest.mark.parametrize("other", [{"effect": "reduces"}, {"is": "yes"}, {"only": ["home"]}])
def test_what_is_no_number_is_no_figure(other: dict[str, Any]) -> None:
    assert not same_figure(value("49%"), value(other))
    assert not same_figure(value(other), value("49%"))
    assert not same_figure(None, value("49%"))


BETTER, SLEPT = {"about": {"outcome": "felt-better"}}, {"about": {"outcome": "slept-better"}}
CITED, LINKED, ELSEWHERE = "the cited source", "linked to this claim", "elsewhere in the base"
FINDINGS: Example = {
    "trial/felt-better": BETTER | {"says": {"share": "49.1%"}},
    "trial/slept-better": SLEPT | {"says": {"share": "49%"}},
    "other/felt-better": BETTER | {"says": {"share": "49%"}},
    "far/felt-better": BETTER | {"says": {"share": "12%"}},
    **{f"far-{n}/slept-better": SLEPT | {"says": {"share": "80%"}} for n in range(7)},
}


def index_of(folder: Path, says: Example, **passage: Any) -> Index:
    claim: Example = {
        "about": {"outcome": "felt-better"},
        "evidence": ["trial/felt-better"],
        "occurrences": [{"page": "clinic-a", "quote": "Half felt better.", "says": says} | passage],
    }
    return Index(small_base({"claims": [claim], "findings": FINDINGS}, folder))


@pytest.mark.parametrize(
    ("says", "passage", "expected"),
    [
        (
            {"share": "49%"},
            {},
            [("trial/felt-better", LINKED), ("other/felt-better", ELSEWHERE)],
        ),
        (
            {"share": "49%"},
            {"cites": ["trial"]},
            [
                ("trial/felt-better", CITED),
                ("trial/slept-better", f"{CITED}, another outcome"),
                ("other/felt-better", ELSEWHERE),
            ],
        ),
        (
            {"share": "49%"},
            {"cites": ["other", "unresolved"]},
            [("other/felt-better", CITED), ("trial/felt-better", LINKED)],
        ),
        (
            {"share": "49%"},
            {"about": {"outcome": "slept-better"}},
            [
                ("trial/felt-better", f"{LINKED}, another outcome"),
                ("trial/slept-better", ELSEWHERE),
            ],
        ),
        ({"share": "49%", "bound": "up-to"}, {}, [("other/felt-better", ELSEWHERE)]),
        ({"share": "12%"}, {}, [("far/felt-better", ELSEWHERE)]),
        # only where nothing near prints it: all others, five at most
        (
            {"share": "80%"},
            {},
            [(f"far-{n}/slept-better", f"{ELSEWHERE}, another outcome") for n in range(5)],
        ),
        ({"share": "13%"}, {}, []),
        ({"amount": "49 min"}, {}, []),
        ({"effect": "increases"}, {}, []),
    ],
)
def test_origins_are_ranked(
    says: Example, passage: Example, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    index = index_of(tmp_path, says, **passage)
    (occurrence,) = index.base.occurrences.values()
    assert [(one.finding.key, one.how) for one in origins(occurrence, index)] == expected


def test_a_claim_without_an_outcome_has_origins_too(tmp_path: Path) -> None:
    claim: Example = {
        "about": {"intervention": "footbath"},
        "occurrences": [{"page": "clinic-a", "quote": "49%.", "says": {"share": "49%"}}],
    }
    index = Index(small_base({"claims": [claim], "findings": FINDINGS}, tmp_path))
    (occurrence,) = index.base.occurrences.values()
    assert [one.finding.key for one in origins(occurrence, index)] == [
        "other/felt-better",
        "trial/felt-better",
        "trial/slept-better",
    ]


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"share": "49%"}, ("far", "trial")),
        ({"share": "49.4%"}, ("far", "trial")),
        ({"share": "48%"}, ()),
        ({"share": "50%"}, ("other",)),
        ({"share": "49 to 51%"}, ("other",)),  # its middle
        ({"share": "49%", "bound": "up-to"}, ("far", "trial")),  # its top
        ({"share": "49%", "bound": "about"}, ("far", "trial")),
        ({"amount": "49 min"}, ()),
        ({"effect": "reduces"}, ()),
    ],
)
def test_a_share_may_be_a_count_of_people(
    says: Example, expected: tuple[str, ...], tmp_path: Path
) -> None:
    index = index_of(tmp_path, says)
    sizes = {"trial": Participants(60, 49), "other": Participants(50, 45), "far": Participants(49)}
    sources = {
        key: replace(source, participants=sizes.get(key))
        for key, source in index.base.sources.items()
    }
    index = Index(replace(index.base, sources=sources))
    (occurrence,) = index.base.occurrences.values()
    assert collisions(occurrence, index) == expected
    word = Share(Interval(49, 49), "about half", figure=False)
    assert collisions(replace(occurrence, says=word), index) == ()
