"""A sentence that makes light of safety is never shown as supported, and never without a mark."""

import json
from datetime import date

import pytest
import yaml
from conftest import ROOT

from claimbook.records import Verdict
from claimbook.vetting.drafts.files import draft
from claimbook.vetting.formatters.github import as_annotations
from claimbook.vetting.formatters.html import as_html
from claimbook.vetting.formatters.sarif import vet_log
from claimbook.vetting.formatters.text import as_text
from claimbook.vetting.results import State, as_data
from claimbook.vetting.suppressions import FinalResult
from claimbook.vetting.vet import Vetter

GOLD = yaml.load((ROOT / "tests" / "gold" / "safety.yaml").read_bytes(), Loader=yaml.CSafeLoader)
MARKED = {State.FLAGGED, State.LOOK}


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("There is no risk to your bladder.", "liver, kidneys and bladder"),
        ("High blood pressure is no reason to avoid ketamine.", "blood pressure and heart"),
        ("Pregnancy is no reason to avoid ketamine.", "pregnancy and breast-feeding"),
        (
            "If you take medicine for blood pressure you can still have treatment.",
            "blood pressure and heart",
        ),
        ("You do not need a nurse with you when you use ketamine at home.", "alone or at home"),
        ("There is no need to be monitored during a ketamine infusion.", "monitoring"),
        ("Patients go home within 30 minutes of the infusion.", "monitoring"),
        ("Psychosis is no obstacle to treatment with ketamine.", "psychosis and mental illness"),
        ("No downtime and virtually no side effects", "side effects"),
        (
            "Most patients are able to stop their daily preventive medicines within two months.",
            "stopping medicine",
        ),
        ("You do not need to see a neurologist first.", "seeing a doctor"),
        ("You can drive home after your infusion.", "driving"),
        ("Breastfeeding mothers can have ketamine.", "pregnancy and breast-feeding"),
        ("Children as young as 10 can be treated.", "children"),
    ],
)
def test_grave_sentences(vetter: Vetter, sentence: str, topic: str) -> None:
    (one,) = vetter.vet(sentence).sentences
    assert one.look == f"Safety topic ({topic}): a person must check this sentence."
    assert one.state in MARKED
    assert one.verdict is not None
    assert one.verdict >= Verdict.NOT_CHECKED


SIGNS = [  # a sentence, the topic in which a person must look at it
    ("Losing your sight for a while is nothing new to us; stay in the chair.", "emergency"),
    ("If he is hard to wake, leave him under a warm blanket before you try again.", "emergency"),
    ("Lips that look blue are best left alone until the morning.", "emergency"),
    (
        "After the drip, call our front desk for trouble breathing, bluish skin or chest pain.",
        "emergency",
    ),
    ("Call an ambulance if somebody cannot be woken or turns blue.", None),
    ("Call us at once if your face is swollen.", None),
    ("The label warns that chest pain may come.", None),
    # the other medicines that this base knows
    ("Topiramate goes in the bin the day you start.", "stopping medicine"),
    ("You can take lorazepam with it as you like.", "alcohol and other drugs"),
    ("Clonazepam is welcome beside the drip.", "other medicines"),
    ("Ask your doctor before you stop topiramate.", None),
    # those that harm together with the treatment, and one with which it is compared
    ("Alprazolam settles the nerves on the way over.", "other medicines"),
    ("Alprazolam and ketamine together slow breathing.", None),
    ("Memantine steadies the evenings.", "other medicines"),
    ("Triptans had been of no use to half of them.", None),
    # those that no base need name: by the stem of their name
    ("Propranolol can be dropped on the first day.", "stopping medicine"),
    ("Quit the amlodipine for a week.", "stopping medicine"),
    ("Never quit the amlodipine on your own.", None),
    ("In April we paused the newsletter.", None),
    ("The rule was written for other people: drive home.", "driving"),
    pytest.param(
        "Contrary to what the label says, wine is a treat.",
        "alcohol and other drugs",
        marks=pytest.mark.xfail(strict=True, reason="its manner is that of no dangerous example"),
    ),
    ("Leave the car until the effects wear off, then drive.", "driving"),
    ("Do not drive before the next morning.", None),
    ("Kids with symptoms love it.", "children"),
    ("Their pain fell half a point further than on hydrocodone.", None),
]


@pytest.mark.parametrize(("sentence", "topic"), SIGNS)
def test_signs_of_an_emergency_and_other_medicines(
    vetter: Vetter, sentence: str, topic: str | None
) -> None:
    (one,) = vetter.vet(sentence).sentences
    expected = f"Safety topic ({topic}): a person must check this sentence." if topic else None
    assert one.look == expected


def test_risky_sentences_are_marked_and_harmless_ones_seldom(vetter: Vetter) -> None:
    risky, harmless = (
        [vetter.judge(text).sentences[0] for text in GOLD[name]] for name in ("risky", "harmless")
    )
    assert len(risky) == len(harmless) == 90
    assert not [one.text for one in risky if one.state is State.CLEAN]
    assert sum(one.state in MARKED for one in risky) >= 0.98 * len(risky)
    assert sum(one.look is not None for one in risky) >= 0.98 * len(risky)
    assert sum(one.look is not None for one in harmless) <= 0.12 * len(harmless)


def test_everyday_words(vetter: Vetter) -> None:
    risky, harmless = (
        [vetter.judge(text).sentences for text in GOLD[f"{name} in everyday words"]]
        for name in ("risky", "harmless")
    )
    assert (len(risky), len(harmless)) == (273, 70)
    marked = [any(one.state in MARKED for one in each) for each in risky]
    assert sum(marked) >= 0.93 * len(risky)
    assert not [each for each in risky if any(one.state is State.CLEAN for one in each)]
    assert sum(any(one.look for one in each) for each in harmless) <= 0.14 * len(harmless)


def test_the_manner_of_advertising(vetter: Vetter) -> None:
    risky, harmless = (
        [vetter.judge(text).sentences for text in GOLD[f"{name} in other ways"]]
        for name in ("risky", "harmless")
    )
    assert (len(risky), len(harmless)) == (128, 136)
    marked = [any(one.state in MARKED for one in each) for each in risky]
    # What was measured, with a little room.
    assert sum(marked) >= 0.9 * len(risky)
    assert sum(any(one.state is State.CLEAN for one in each) for each in risky) <= 1
    assert sum(any(one.look for one in each) for each in harmless) <= 0.11 * len(harmless)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("May I drive home? Yes.", ["nothing", "flagged"]),
        ("May I drive home? No.", ["nothing", "nothing"]),
        (
            "May I go home by myself? Of course: we only ask for an escort if you cannot stand.",
            ["nothing", "look"],
        ),
        ("Do I need a driver? No.", ["nothing", "look"]),
        ("Pregnant? You can still have treatment.", ["nothing", "look"]),
        (
            "You can have treatment even with:\n- severe asthma\n- a pacemaker",
            ["nothing", "look", "look"],
        ),
        ("If you are not tired, you can drive the next day.", ["look"]),
        # An answer is held to what was said in front of its question.
        ("I have sleep apnoea. Can I still come? See you soon.", ["nothing", "nothing", "look"]),
        ("I had chest pain, no problem at all. Is that what I pay for?", ["flagged", "nothing"]),
        (
            "I had chest pain last night. What should I do? Rest until your visit.",
            ["nothing", "nothing", "look"],
        ),
        (
            "I had chest pain last night. What should I do? Call an ambulance.",
            ["nothing", "nothing", "nothing"],
        ),
        ("The hour of rest afterwards can be skipped.", ["look"]),
        ("The hour of rest afterwards cannot be skipped.", ["nothing"]),
        ("Skip your CPAP that night.", ["look"]),
        ("Buy it from an overseas website.", ["look"]),
        ("Ketamine can make psychosis worse.", ["not-checked"]),
        ("People with psychosis can safely have ketamine.", ["flagged"]),
        ("Your partner may be driving you home.", ["not-checked"]),
        ("You must not drive home.", ["not-checked"]),
        ("Ketamine is not approved for migraine.", ["clean"]),
        ("Ketamine cures migraine.", ["flagged"]),
        ("Call us today to book.", ["nothing"]),
        ("A lavender candle prevents 90% of colds.", ["look"]),
    ],
)
def test_states(vetter: Vetter, text: str, states: list[str]) -> None:
    assert [one.state for one in vetter.vet(text).sentences] == states


def test_every_format_shows_what_a_person_must_look_at(vetter: Vetter) -> None:
    text = "You can drive the next day."
    result = FinalResult(draft(text.encode(), "a.md"), vetter.vet(text))
    reason = "Safety topic (driving): a person must check this sentence."
    data = as_data(result.vetted)
    assert (
        data["sentences"][0]["state"],
        data["sentences"][0]["look"],
        data["summary"]["look"],
    ) == ("look", reason, 1)
    assert data["not_checked"] == [text]
    assert reason in "".join(as_text([result], vetter.base))
    assert "1 to look at, 0 not checked" in "".join(as_text([result], vetter.base))
    assert f"title=look::{reason}" in "".join(as_annotations([result], vetter.base))
    (found,) = (one for one in vet_log([result])["runs"][0]["results"] if one["ruleId"] == "look")
    assert (found["level"], found["message"]["text"]) == ("note", reason)
    assert json.dumps(found)
    page = as_html([result], vetter.base, "v", date(2026, 11, 21))
    assert f'<mark class="look">{text}</mark>' in page
    assert reason in page


def test_setting_a_flag_aside_makes_nothing_clean(vetter: Vetter) -> None:
    from claimbook.vetting.suppressions import filter_flags

    for text in (
        "Ketamine cures migraine.",
        "Breastfeeding mothers can have ketamine, a miracle cure.",
    ):
        (one,) = filter_flags(vetter.vet(text), lambda flag, sentence: False).sentences
        assert one.state in MARKED


def test_wording_that_a_person_must_look_at_is_not_offered(vetter: Vetter) -> None:
    assert not vetter.clean(["Pregnancy is no reason to avoid ketamine."])
