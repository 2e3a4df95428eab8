"""A draft that says and denies one thing is flagged, and near misses are left alone."""

import pytest

from claimbook.records import Flag, Severity
from claimbook.vetting.contradictions import RULE
from claimbook.vetting.vet import Vetter

BETWEEN = " Bring a list of questions. Wear something warm. "

# two sentences that cannot both be so
FLAGGED = [
    ("Ketamine is FDA-approved for migraine.", "Ketamine is off-label for migraine."),
    # "for headache" is for migraine, too
    ("Ketamine is FDA-approved for migraine.", "Ketamine is off-label for headache."),
    ("You are free to drive yourself home.", "You must not get behind the wheel that day."),
    ("Ketamine cures migraine.", "Ketamine does not cure migraine in anyone."),
    # one rules out what the other offers
    (
        "The ketamine drip is given only at our clinic.",
        "A nurse can give you the ketamine drip at home.",
    ),
]
# two sentences of which each may be so, or which are not read well enough to say that they cannot
LEFT_ALONE = [
    ("Ketamine is approved as an anesthetic.", "Ketamine is off-label for migraine."),
    # two treatments, and what was done in the past
    ("\nBotox comes first. You can drive home.\n", "\nThe ketamine drip is last. You cannot drive home."),
    ("\nIn 2017 we let people drive home.\n", "\nYou must not get behind the wheel that day."),
    # one case; a heading, which names what the text is about
    ("If you came for a scan alone, you can drive home.", "You must not get behind the wheel."),
    ("\nA cure for migraine\n", "\nKetamine does not cure migraine."),
    # a start and a limit, a drip and a visit
    ("We start at 0.1 mg/kg/h.", "The dose is never above 0.5 mg/kg/h."),
    ("The drip runs for 45 minutes.", "Please allow three hours for the whole visit."),
    # a harm and a grave one; care and the harms that it guards against
    ("Ketamine has side effects.", "There are no lasting side effects with ketamine."),
    ("Ketamine can be given safely by trained staff.", "Ketamine can also do harm."),
    # a price and another one
    ("There are no facility fees.", "Boxes by mail come with a fee of $25."),
]  # fmt: skip


def flags(vetter: Vetter, text: str) -> list[Flag]:
    vetted = vetter.vet(f"We offer ketamine infusions for migraine.\n{text}")
    return [flag for flag in vetted.document_flags if flag.rule == RULE]


@pytest.mark.parametrize(("one", "other"), FLAGGED)
def test_what_is_said_and_denied_is_flagged(one: str, other: str, vetter: Vetter) -> None:
    for first, second in ((one, other), (other, one)):
        (flag,) = flags(vetter, f"{first}{BETWEEN}{second}")
        assert flag.message == f'the draft says "{first}" and "{second}"'
        assert flag.at.line == 2


@pytest.mark.parametrize(("one", "other"), FLAGGED)
def test_neighbours_are_one_thought(one: str, other: str, vetter: Vetter) -> None:
    assert flags(vetter, f"{one} {other}") == []


@pytest.mark.parametrize(("one", "other"), LEFT_ALONE)
def test_what_may_both_be_so_is_left_alone(one: str, other: str, vetter: Vetter) -> None:
    assert flags(vetter, f"{one}{BETWEEN}{other}") == []


@pytest.mark.parametrize(
    ("pair", "severity"), [(FLAGGED[0], Severity.WARNING), (FLAGGED[2], Severity.ERROR)]
)
def test_it_is_an_error_where_a_reader_may_come_to_harm(
    pair: tuple[str, str], severity: Severity, vetter: Vetter
) -> None:
    (flag,) = flags(vetter, BETWEEN.join(pair))
    assert flag.severity is severity
