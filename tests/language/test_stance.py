"""What a sentence says of a claim: the frames one by one, and pairs that differ in one small thing."""

import re
from collections import Counter

import pytest
import yaml
from conftest import ROOT

from claimbook.language.concepts import STOP, stem
from claimbook.language.phrases import Span
from claimbook.language.stance import (
    Stance,
    begins_denial,
    denies,
    disclaimed,
    reassures,
    refuted,
    stance,
)

WORD = re.compile(r"[A-Za-z']+")


def at(sentence: str, word: str) -> Span:
    start = sentence.index(word)
    return start, start + len(word)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Tea cools burns.", "affirms"),
        ("Tea may cool burns.", "hedges"),
        ("There is a chance that tea cools burns.", "hedges"),
        ("Tea does not cool burns.", "denies"),
        ("Nobody denies that tea cools burns.", "affirms"),
        ("It would be a mistake to think that tea cools burns.", "denies"),
        ("Myth: tea cools burns.", "denies"),
        ("It is untrue: tea never cools burns.", "denies"),
        ("There is no evidence that tea cools burns.", "doubts"),
        ("There is no lack of evidence that tea cools burns.", "affirms"),
        ("Further research is needed to know if tea cools burns.", "doubts"),
        ("Too little is known to say that tea cools burns.", "doubts"),
        ("That tea cools burns remains to be seen.", "doubts"),
        ("Nobody knows if tea cools burns.", "doubts"),
        ("Studies of tea for burns have had mixed results.", "doubts"),
        ("Trials disagree on tea for burns.", "doubts"),
        ("The evidence on burns remains conflicting.", "doubts"),
        ("Tea cools burns, and trials disagree on colds.", "affirms"),
        ("It cools burns, though for colds the results are mixed.", "affirms"),
        ("Does tea cool burns?", "open"),
        ("We test whether tea cools burns.", "open"),
        ("Trials of how tea treats burns are under way.", "open"),
        ("Some clinics claim that tea cools burns.", "attributes"),
        ("Tea is said to treat burns.", "attributes"),
        ("Tea cools burns, as long as it is cold.", "conditional"),
        ("Tea does not cool burns unless it is cold.", "conditional"),
        ("Other medicines have done nothing to help; burns are cooled.", "affirms"),
        ("", "none"),
    ],
)
def test_frames(sentence: str, said: str) -> None:
    place = at(sentence, "burns") if "burns" in sentence else None
    assert stance(sentence, place).value == said


@pytest.mark.parametrize(
    ("sentence", "word", "denied"),
    [
        ("Tea is not without risks.", "risks", False),
        ("Tea is without risks.", "risks", True),
        ("Tea has no risks and no costs.", "costs", True),
        ("We never skip the thermometer.", "thermometer", False),
        ("We skip the thermometer.", "thermometer", True),
        ("We cannot rule out harm.", "harm", False),
        ("We can rule out harm.", "harm", True),
        ("Burns are not uncommon.", "Burns", False),
        ("Burns are uncommon.", "Burns", True),
        ("Burns do not happen.", "Burns", True),
        ("Tea is for burns, not for colds.", "colds", True),
        ("Tea is for burns, not for colds.", "burns", False),
        ("It is not hot, but it burns.", "burns", False),
        ("Nothing about it is unsafe, and nobody burns.", "burns", True),
        ("Tea is no longer hot.", "hot", True),
        ("Tea is not yet drunk or sold here.", "sold", True),
        ("Tea has yet to be sold.", "sold", True),
        ("Tea is neither drunk nor sold here.", "sold", True),
        ("Tea is hot, yet it is sold.", "sold", False),
        ("It is not hot, yet it burns.", "burns", False),
        ("Some say that tea burns, which is a myth.", "burns", True),
        # taken for granted by what denies only that it is said, known or doubted
        ("Never forget that tea burns.", "burns", False),
        ("Few sites tell, and most do not mention that tea burns.", "burns", False),
        ("Nobody told me that tea burns.", "burns", False),
        ("You may not know that tea burns.", "burns", False),
        ("You may not know that tea never burns.", "burns", True),
        ("Nobody can dispute that tea burns.", "burns", False),
        ("We cannot say that tea burns.", "burns", True),
        # a "no" that denies nothing
        ("In no time tea burns.", "burns", False),
        ("It is nothing short of burns.", "burns", False),
        ("It is none other than tea that burns.", "burns", False),
        # what is called wrong may deny something itself
        ("That tea does not burn is a lie.", "burn", False),
        ("That tea burns is a lie.", "burns", True),
        ("Nobody should say that tea burns.", "burns", True),
        ("Nobody should say that tea never burns.", "burns", False),
        # what is set in right after a denial
        ("Tea is not, sadly, sold.", "sold", True),
        ("Tea does not, however, burn.", "burn", True),
        ("No, tea is not sold.", "sold", True),
        ("It isn't, it is tea, and it burns.", "burns", False),
        # words that deny
        ("Nowhere is tea sold.", "sold", True),
        ("Tea is unable to burn.", "burn", True),
        ("Tea refuses to burn.", "burn", True),
        ("Tea is anything but sold.", "sold", True),
        ("Tea does not lack harm.", "harm", False),
        ("Tea is hardly sold.", "sold", True),
    ],
)
def test_two_denials_affirm(sentence: str, word: str, denied: bool) -> None:
    assert denies(sentence, at(sentence, word)) is denied


def test_how_near_a_denial_has_to_be() -> None:
    sentence = "It is not that hot tea burns."
    assert denies(sentence, at(sentence, "burns"), within=20)
    assert not denies(sentence, at(sentence, "burns"), within=10)
    assert not denies("Burns never happen.", (0, 5), subject=False)


def test_what_is_told_of_other_treatments() -> None:
    sentence = "We see people whom other medicines have not helped."
    assert stance(sentence, at(sentence, "helped")) is Stance.NONE


def test_what_is_disclaimed() -> None:
    doubted = "For good, nobody has shown it."
    assert disclaimed(doubted, at(doubted, "good"))
    assert not disclaimed("For good.", (4, 8))
    assert not refuted(doubted, at(doubted, "good"))
    wrong = "It would be wrong to say that it burns."
    assert refuted(wrong, at(wrong, "burns"))
    assert disclaimed(wrong, at(wrong, "burns"))
    assert begins_denial("It never again burns.", (3, 8))
    assert not begins_denial("It never again burns.", (9, 14))


@pytest.mark.parametrize(
    ("sentence", "small"),
    [
        ("The burns are mild.", True),
        ("The burns are not mild.", False),
        ("We watch you to ensure your safety.", True),
        ("We watch you for your complete safety.", True),
        ("Burns happen.", False),
    ],
)
def test_what_makes_harm_small(sentence: str, small: bool) -> None:
    assert reassures(sentence) is small


PAIRS = yaml.load((ROOT / "tests" / "gold" / "stance.yaml").read_bytes(), Loader=yaml.CSafeLoader)[
    "pairs"
]


def place(sentence: str, claim: str) -> Span | None:
    """Where a sentence last names what a claim is about: a word that both have."""
    named = {stem(word.lower()) for word in WORD.findall(claim)} - STOP
    shared = [one.span() for one in WORD.finditer(sentence) if stem(one[0].lower()) in named]
    return shared[-1] if shared else None


def said(sentence: str, claim: str) -> str:
    """What a sentence says of a claim, turned round where the claim denies something itself."""
    turned = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}
    read, own = stance(sentence, place(sentence, claim)), place(claim, claim)
    return turned.get(read, read) if own and denies(claim, own) else read


# What was measured, rounded down; the floors only rise.
def test_pairs() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    both = 0
    for pair in PAIRS:
        hits = [said(pair[side], pair["claim"]) == pair[f"stance_{side}"] for side in "ab"]
        both += all(hits)
        for side, hit in zip("ab", hits, strict=True):
            right[pair[f"stance_{side}"]] += hit
            total[pair[f"stance_{side}"]] += 1
    floors = {
        "affirms": 0.77,
        "denies": 0.56,
        "doubts": 0.87,
        "open": 1,
        "attributes": 0.72,
        "conditional": 0.7,
        "hedges": 0.9,
    }
    assert set(total) - {"none"} == set(floors)
    for name, floor in floors.items():
        assert right[name] >= floor * total[name], (name, right[name], total[name])
    assert sum(right.values()) >= 0.69 * sum(total.values())
    assert both >= 0.5 * len(PAIRS)
