"""Words that tell a harm or a caution, and words that name it only to take it back."""

import pytest

from claimbook.language.warning_words import (
    affirms_one_of,
    careless,
    cautions,
    makes_light,
    says_one_of,
    takes_back,
)


@pytest.mark.parametrize(
    ("words", "harm", "expected"),
    [
        ("Long use can lead to addiction.", "addiction", False),
        ("It has a lower risk of addiction.", "addiction", True),
        ("It can decrease dependency on opioids.", "dependency", True),
        ("It has less pull, and addiction is a danger.", "addiction", False),  # a new clause
        ("In rare cases it can harm the liver.", "liver", False),
        ("The risk of addiction is very low.", "addiction", True),
        ("Rarely more than an increase in pressure.", "pressure", True),
        ("The worst you can expect is dizziness.", "dizziness", True),
        ("Mild dizziness may come.", "dizziness", False),
    ],
)
def test_harm_that_is_taken_back(words: str, harm: str, expected: bool) -> None:
    start = words.index(harm)
    assert takes_back(words, [(start, start + len(harm))]) is expected


@pytest.mark.parametrize(
    ("words", "light", "without_care"),
    [
        ("It is not for you if you are pregnant.", False, False),
        ("Active psychosis", False, False),  # an item of a list
        ("Expectant mothers need not hesitate.", True, False),
        ("It is one of the kinder options in pregnancy.", False, True),
        ("We do not treat anyone who is pregnant.", False, False),
    ],
)
def test_caution_that_is_given(words: str, light: bool, without_care: bool) -> None:
    assert (makes_light(words), careless(words)) == (light, without_care)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tell us if you are pregnant.", True),
        ("Do not use it if you are pregnant.", True),
        ("Pregnancy is no obstacle.", False),
        ("It is safe in pregnancy.", False),
        ("High blood pressure is the most common side effect.", False),
    ],
)
def test_who_is_asked_or_turned_away(words: str, expected: bool) -> None:
    assert cautions(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("There is no need to tell us about your medicines.", False),
        ("Tell us about your medicines.", True),
        ("Staff are with you throughout, and side effects are rare.", True),
        ("Medicines are taken.", False),
    ],
)
def test_words_that_are_not_denied(words: str, expected: bool) -> None:
    assert affirms_one_of(words, ["tell us about", "with you"]) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It can RAISE your blood pressure.", True),
        ("It doesn’t work for everyone.", True),
        ("A cuff for your blood pressure.", False),
    ],
)
def test_words_that_are_asked_for(words: str, expected: bool) -> None:
    assert says_one_of(words, ["rais*", r"\w+n't … everyone"]) is expected
