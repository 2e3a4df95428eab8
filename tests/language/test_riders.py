"""What takes a precaution back: exceptions, feelings, choice, a part of it, delay."""

import pytest

from claimbook.language.riders import puts_off
from claimbook.language.safety import Safety

SAFETY = Safety()


@pytest.mark.parametrize(
    ("stands", "undone"),
    [
        # what is excepted, but for what a professional excepts
        (
            "Do not drink after it, unless your doctor agrees.",
            "Do not drink after it, unless you want to.",
        ),
        (
            "You may leave at six, unless your pulse is high.",
            "Drink no beer after it, except on Sundays.",
        ),
        (
            "Eat nothing before it except what we have prescribed.",
            "Tell us of every pill except herbs.",
        ),
        # to whom it is left
        ("A nurse stays until she has checked you.", "A nurse stays until you feel fine."),
        ("Do not drive until tomorrow.", "Do not drive until you know how it affects you."),
        ("Tell us if you feel unwell.", "Tell us about your liver if you like."),
        (
            "Bring a list of pills, and music if you like.",
            "Bring a list of your pills if you like.",
        ),
        ("We watch your pulse at each visit.", "We watch your pulse on request."),
        # a part of the day
        ("Do not drive until the evening of the next day.", "Do not drive until the evening."),
        ("Do not drive for 24 hours after it.", "No driving for 8 hrs after it."),
        ("Do not drive, and rest for six hours.", "Do not drive the same morning."),
        ("Somebody drives you home until 6 pm.", "Do not drive until your last check at 2 pm."),
        ("We drive you home, and stay for the first few hours.", "No driving for half a day."),
        # a part of it
        ("Drink no beer, not even small amounts.", "Drink no beer in large amounts."),
        (
            "A nurse is with you for the first ten minutes, then every ten minutes.",
            "A nurse is with you for the first ten minutes.",
        ),
        (
            "It is given only when a doctor has seen you.",
            "Tell us about your heart only if it hurts.",
        ),
    ],
)
def test_taken_back(stands: str, undone: str) -> None:
    assert [SAFETY.undoes_care(stands), SAFETY.undoes_care(undone)] == [False, True]
    assert SAFETY.topic_at_risk(undone) is not None


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("call us about chest pain on monday", True),
        ("call us about chest pain if it lasts", True),
        ("call us about chest pain at once, on monday, too", False),
        ("call us about chest pain", False),
    ],
)
def test_help_put_off(text: str, *, later: bool) -> None:
    assert puts_off(text) is later
    assert SAFETY.undoes_care(f"{text.capitalize()}.") is later
