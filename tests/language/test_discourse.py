"""What a sentence is before it claims anything: a statement or a question, and its clauses."""

import pytest

from claimbook.language.discourse import clauses, confirms, statement


@pytest.mark.parametrize(
    ("sentence", "after", "stated"),
    [
        ("Tea cools burns, doesn’t it?", "", "Tea cools burns."),
        ("You can drink it hot, can't you?", "", "You can drink it hot."),
        ("Tea is not sold here, is it?", "", "Tea is not sold here."),
        ("Tea cools burns – who knew?", "", "Tea cools burns."),
        ("Tea cools burns, right?", " No, it does not.", "Tea cools burns, right?"),
        ("Did you know that tea cools burns?", "", "tea cools burns."),
        ("Isn't it great that tea cools burns?", "", "tea cools burns."),
        ("Do you know if tea cools burns?", "", "Do you know if tea cools burns?"),
        ("Is tea hot, and is it?", "", "Is tea hot, and is it?"),
        ("Tea cools burns.", "", "Tea cools burns."),
    ],
)
def test_a_question_that_asks_nothing(sentence: str, after: str, stated: str) -> None:
    assert statement(sentence, after) == stated


@pytest.mark.parametrize(
    ("answer", "confirmed"),
    [
        ("Yes.", True),
        ("Of course.", True),
        ("Oh yes, it is.", True),
        ("It certainly does.", True),
        ("Without doubt.", True),
        ("I don't see why not.", True),
        ("Of course not.", False),
        ("Absolutely not.", False),
        ("It depends.", False),
    ],
)
def test_answers_that_say_yes(answer: str, confirmed: bool) -> None:
    assert confirms("Does tea cool burns?", answer) is confirmed
    assert not confirms("Tea cools burns.", answer)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Tea is sold not here but at home.", ["Tea is sold not here", "at home."]),
        ("Tea is drunk not in bars but at home.", ["Tea is drunk not in bars", "Tea is drunk at home."]),
        ("It is approved for burns but also for colds.", ["It is approved for burns", "It is approved also for colds."]),
        ("It is approved, but not for colds.", ["It is approved", "It is approved not for colds."]),
        ("It helps, but not for long.", ["It helps", "not for long."]),
        ("Tea is anything but cold.", ["Tea is anything but cold."]),
    ],
)  # fmt: skip
def test_a_part_without_a_verb_takes_that_of_the_part_before(
    sentence: str, parts: list[str]
) -> None:
    assert clauses(sentence) == parts
