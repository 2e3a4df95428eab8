"""Denial as drafts word it, held to the real base: no comfort that was not earned, no false accusation."""

import pytest

from claimbook.vetting.results import State
from claimbook.vetting.vet import Vetter

MARKED = {State.FLAGGED, State.LOOK}


@pytest.mark.parametrize(
    "text",
    [
        # limits that are shorter than authorities ask for
        "You can drive again four hours after your session.",
        "Do not drive for at least 24 minutes after ketamine.",
        "Wait half an hour before you get behind the wheel.",
        "We watch you for 20 minutes after Spravato.",
        "Do not eat for 30 minutes before Spravato.",
        "You may come without an escort, and a taxi home will do.",
        "Our doctor makes sure that ketamine has no side effects.",
        "Ketamine brings no addiction, which has been studied.",
        "No driving for up to 24 hours after ketamine.",
        "Monitoring for at most two hours after Spravato.",
        # a benefit to those whom other treatments did not help
        "Ketamine gives immediate relief to people whom traditional treatments did not help.",
        "Ketamine works, and there are studies that show it.",
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
    [  # each has words by which another sentence checks, warns, withholds, asks, likens or excepts
        "Studies confirm that ketamine does not cause addiction.",
        "You will see that ketamine causes no addiction.",
        "You will see that no side effects occur.",
        "There is no monitoring needed, as ketamine does not raise blood pressure.",
        "You need not watch your blood pressure because ketamine never raises it.",
        "Ketamine does not need monitoring and causes no addiction.",
        "We send you home without an escort.",
        "We do not recommend an escort.",
        "There is no evidence that you need an escort.",
        "Ketamine seems very safe.",
        "You may think ketamine is safe, and it is.",
        "Ketamine is safe without exception.",
        "You will never have another migraine.",
        "I may say that ketamine cured me.",
        "I accept no pain any more since ketamine.",
        "Drink a coffee before your infusion.",
        "We make ketamine at home easy.",
        "As opposed to sprays, ketamine drips are approved for migraine.",
        "Ketamine, like Spravato, is approved for depression.",
    ],
)
def test_what_only_has_words_of_care_is_flagged(text: str, vetter: Vetter) -> None:
    assert any(sentence.state is State.FLAGGED for sentence in vetter.vet(text).sentences)


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
        # limits as authorities ask, or longer; a length of time that limits nothing
        "Please do not drive for 24 hours after ketamine.",
        "Do not drive for at least 48 hours after ketamine.",
        "You have to stay two hours for monitoring and may not drive yourself home.",
        "Many patients drive two hours to see us.",
        "No driving on the day of your infusion; you may get behind the wheel again the day after.",
        # what is withheld, warned of, asked, checked or likened
        "Without a responsible adult to escort you out, your infusion is cancelled.",
        "We cannot let you leave without somebody to take you home.",
        "Getting behind the wheel right after a session is unsafe, since ketamine can leave you sedated.",
        "Newcomers often ask if they may take the car home.",
        "We check that no side effects develop.",
        "Psychiatrists worry about ketamine being sent out for use at home.",
        "Ketamine taken without supervision carries risks of dependence.",
        "If you have trouble breathing at home after treatment, call 911 at once.",
        "All mental health use of ketamine is off-label and at doses lower than those for surgery.",
        "Apart from Spravato, no form of the drug is approved against depression.",
        "As with any other treatment, nothing works for everybody.",
        "Drink plenty of water the day before your infusion.",
        "At home nobody watches your blood pressure.",
        "Ketamine shots are approved as an anaesthetic, not for depression or migraine.",
        "Ketamine is approved as an anaesthetic but not for migraine or pain.",
        "We do not hand out Spravato to take home, without exception.",
        "Ketamine infusions are off-label for depression, unlike Spravato.",
        "Do not swallow more than one lozenge, and never add another.",
        "I will stay for observation for no fewer than 120 minutes after Spravato.",
        "We do not recommend esketamine for depression that two or more antidepressants have not helped.",
        "There are pills against depression, yet some do not get quite well on them and others wait long.",
        "As little as 20 to 30% of an oral dose may get into the bloodstream.",
        "Some 25% gets into the bloodstream.",
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


@pytest.mark.parametrize(
    "text",
    [
        "{} As if!",
        "{} So much for theory.",
        "{} We have never seen it.",
        "Ignore the following. {}",
        "We take the next line with a pinch of salt. {}",
        "That is what the label says; life is different. {}",
        "# Hearsay\n\n{}",
    ],
)
def test_what_the_sentence_beside_it_takes_back_is_not_supported(text: str, vetter: Vetter) -> None:
    line = "Ketamine should be one part of a complete treatment plan."
    states = {one.text: one.state for one in vetter.vet(text.format(line)).sentences}
    assert states[line] is not State.CLEAN
    assert vetter.vet(line).sentences[0].state is State.CLEAN


def test_one_part_is_not_the_one_part(vetter: Vetter) -> None:
    lines = [
        f"Ketamine should be {one} part of a complete treatment plan." for one in ("one", "the one")
    ]
    states = [vetter.vet(line).sentences[0].state for line in lines]
    assert (states[0] is State.CLEAN, states[1] is State.CLEAN) == (True, False)


def test_what_another_is_likened_to_is_not_what_a_clause_is_about(vetter: Vetter) -> None:
    (sentence,) = vetter.vet("Unlike ketamine, esketamine causes no dissociation.").sentences
    assert sentence.claims == ("spravato-dissociation",)
    (sentence,) = vetter.vet("A drip is safer than Spravato.").sentences
    assert "spravato-safer-than-drip" in sentence.claims


def test_a_form_alone_is_of_the_drug_named_before_it(vetter: Vetter) -> None:
    def read(text: str) -> str:
        return vetter.vet(text).sentences[-1].reading

    spray = "The spray is safe for everyone."
    assert "Spravato" in read(f"Spravato is given here. {spray}").title()
    assert "ketamine nasal spray" in read(f"Spravato is given here. Our {spray[4:]}")
    assert "ketamine nasal spray" in read(f"Spravato is no ketamine nasal spray. {spray}")
