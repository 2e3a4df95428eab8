"""Two sentences of a draft that cannot both be so are flagged, and near misses are left alone."""

import pytest
from conftest import ROOT

from claimbook.loading.load import load
from claimbook.records import Severity
from claimbook.vetting.contradictions import RULE
from claimbook.vetting.vet import Vetter

BETWEEN = " Bring a list of questions. Wear something warm. Lunch is at noon. "

# two places side by side
NORTH = "Elm North is big. Pumps are set to run for 2 hours.\n"
SOUTH = "Elm South is small. Pumps are set to run for 45 minutes."

# one sentence, another, and what the reason of the flag says; None where there is none
CLAIMS = [
    ("Ketamine is FDA-approved for migraine.", "Ketamine is off-label for migraine.", ""),
    # "for any headache" is for migraine, too
    ("Ketamine is FDA-approved for migraine.", "Ketamine is off-label for headache.", ""),
    ("Ketamine is not habit-forming.", "Ketamine can be addictive.", ""),
    # a cure implies an end for good, which is opposed to relief that fades
    ("Ketamine is the cure for migraine.", "The relief fades for some people.", "end"),
    ("Ketamine is no cure for migraine.", "The relief fades for some people.", None),
    ("Ketamine is the cure for migraine.", "It makes some people dizzy.", None),
    # another grade of harm, another amount
    ("Ketamine has side effects.", "There are no lasting side effects with ketamine.", None),
    ("Large doses of ketamine can be addictive.", "Ketamine is not habit-forming.", None),
]
EXTENTS = [
    ("Dependence on ketamine is rare.", "Dependence is a common problem of ours.", "few"),
    ("Nausea is rare.", "About half of our patients feel sick.", "few against 45 to 55%"),
    ("Nausea is rare.", "Nausea is not common.", None),
    ("Nausea is common.", "Fainting is uncommon.", None),
    ("I was sick twice.", "No nausea at all.", None),  # one person's story
    ("Not everyone feels sick.", "Most people feel sick.", None),
]
CERTAINTY = [
    (
        "Trials are too small to say whether ketamine eases migraine.",
        "Ketamine is a proven migraine treatment.",
        "proven, against not known",
    ),
    (
        "Trials are too small to say whether ketamine eases migraine.",
        "Ketamine is not a proven migraine treatment.",
        None,
    ),
]
FIGURES = [
    ("The pump is set to run for half an hour.", "The pump will run for 90 minutes.", "90 min"),
    ("Everyone pays $400 a visit here.", "You should be ready to pay $650 a visit.", "$650"),
    ("Most pay up to $650 a visit.", "Some pay $400 a visit.", None),
    ("The first dose on camera is 25 mg.", "The second dose on camera is 50 mg.", None),
    ("In 2017 the pump was set to run for 20 minutes.\n", "We set the pump for 60 minutes.", None),
    ("We have set up pumps for twenty years.", "The pump is set up in ten minutes.", None),
    (f"\n{NORTH}", f"\n{SOUTH}", None),
]


@pytest.fixture(scope="module")
def vetter() -> Vetter:
    return Vetter(load(ROOT))


def reasons(vetter: Vetter, *parts: str) -> list[str]:
    text = "We offer ketamine infusions for migraine.\n" + "".join(parts)
    return [flag.message for flag in vetter.vet(text).document_flags if flag.rule == RULE]


@pytest.mark.parametrize(("one", "other", "reason"), [*CLAIMS, *EXTENTS, *CERTAINTY, *FIGURES])
def test_what_cannot_both_be_so_is_flagged(
    one: str, other: str, reason: str | None, vetter: Vetter
) -> None:
    messages = reasons(vetter, one, BETWEEN, other)
    assert len(messages) == (reason is not None)
    assert all(reason in message for message in messages)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for one, other, reason in FIGURES + EXTENTS if reason]
)
def test_neighbours_are_one_thought(one: str, other: str, vetter: Vetter) -> None:
    assert reasons(vetter, f"{one} {other}") == []


def test_both_sentences_are_quoted_in_order_and_harm_is_grave(vetter: Vetter) -> None:
    text = f"Nausea is rare with ketamine.{BETWEEN}About half of our patients feel sick."
    (flag,) = (each for each in vetter.vet(text).document_flags if each.rule == RULE)
    assert flag.message == (
        'the draft says "Nausea is rare with ketamine." and "About half of our patients feel '
        'sick." (nausea: few against 45 to 55%)'
    )
    assert (flag.severity, flag.at.line) == (Severity.ERROR, 1)


def test_a_long_draft_is_read_in_time_linear_in_it(vetter: Vetter) -> None:
    """A word that too many sentences have in common is not looked up for each two of them."""
    text = "The pump is set to run for half an hour.\nThe pump is set to run for 90 minutes.\n" * 40
    assert reasons(vetter, text) == []
