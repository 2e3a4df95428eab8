"""Denial as drafts word it, held to the real base: no comfort that was not earned, no false accusation."""

import pytest

from claimbook.vetting.results import State
from claimbook.vetting.vet import Vetter

MARKED = {State.FLAGGED, State.LOOK}


@pytest.mark.parametrize(
    "text",
    [
        # a contraindication that is denied
        "It is a myth that anybody with an aneurysm should not have ketamine.",
        "Mothers-to-be who are pregnant should not be kept from ketamine.",
        "With psychosis you need not be afraid of ketamine.",
        "Pregnancy is no longer a bar to ketamine.",
        # harm denied after its name
        "Ketamine dependence does not exist.",
        "Injury of the bladder by ketamine never happens.",
        "Side effects of ketamine: none.",
        "With ketamine an escort is not necessary.",
        # a yes, a tag, a question that asks nothing
        "Does ketamine cure migraine? Of course.",
        "Ketamine is approved for migraine, right?",
        "Ketamine has no risk of addiction, does it?",
        "Isn’t it great that ketamine cures migraine?",
        # places
        "Take ketamine at home instead of in a clinic.",
        "Ketamine can safely be taken away from the clinic.",
        "We do not object to ketamine at home.",
        # taken for granted
        "Nobody disputes that ketamine cures migraine.",
        "Your doctor may not know that ketamine is approved for migraine.",
        "It goes without saying that ketamine is approved for migraine.",
        "In no time the FDA had approved ketamine for migraine.",
        "None other than the EMA has approved ketamine for migraine.",
        # approval beside a condition, after a "but"
        "You should be told that ketamine is approved for migraine.",
        "If nothing else helps you, ketamine is approved for migraine.",
        "Ketamine is approved for surgery but also for migraine.",
        "It is false that ketamine is not approved for migraine.",
        # words that deny
        "Ketamine is incapable of causing dependence.",
        "Ketamine is anything but addictive.",
    ],
)
def test_what_comforts_wrongly_is_marked(text: str, vetter: Vetter) -> None:
    assert any(sentence.state in MARKED for sentence in vetter.vet(text).sentences)


@pytest.mark.parametrize(
    "text",
    [
        # approval lacked, refused, to come, denied of one use
        "Ketamine for migraine lacks the approval of the FDA.",
        "The EMA declined to approve ketamine for migraine.",
        "Approval of ketamine for migraine is still pending.",
        "Ketamine might some day be approved for migraine.",
        "Ketamine is approved, but not for migraine, which it may ease.",
        "The approval of ketamine does not include migraine.",
        "Ketamine is not approved, except as an anaesthetic.",
        # what is called wrong
        "The idea that ketamine does not raise blood pressure is mistaken.",
        "Nobody should believe that ketamine is harmless.",
        # set in
        "Ketamine is not, unfortunately, approved for migraine.",
        "Ketamine will not, however, cure migraine.",
        # taken for granted
        "Do not forget that ketamine can raise blood pressure.",
        "Many sites do not mention that ketamine is not approved for migraine.",
        # places
        "It is unwise to take ketamine at home.",
        "Ketamine at home is not safe.",
        "Ketamine should be given in a clinic, never at home.",
        # less than none, nobody, anything but, people excepted
        "Ketamine is not without side effects.",
        "Ketamine cures nobody.",
        "Ketamine is anything but a cure for migraine.",
        "You can have ketamine unless you are pregnant.",
        "Only women who are not pregnant can have ketamine.",
    ],
)
def test_what_warns_rightly_is_not_flagged(text: str, vetter: Vetter) -> None:
    flags = [flag for sentence in vetter.vet(text).sentences for flag in sentence.flags]
    assert not [flag for flag in flags if flag.severity.value != "note"]


@pytest.mark.parametrize(
    "text",
    [
        "Our ketamine infusions deliver fast, lasting relief when nothing else works.",
        "Ketamine infusions bring fast relief when nothing else works.",
        "Ketamine infusions bring fast relief where no other drug works.",
    ],
)
def test_what_is_denied_in_a_condition_is_not_what_the_treatment_does(
    text: str, vetter: Vetter
) -> None:
    result = vetter.vet(text)
    (sentence,) = result.sentences
    assert "relief-within-hours" in sentence.claims
    assert not any("no difference to" in flag.message.split(";")[0] for flag in sentence.flags)
