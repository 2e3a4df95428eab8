"""What sentences on ketamine are read to claim, one group of rows a rule of reading.

A row is a sentence, the claims that it is read to make, and what becomes of it.
"""

import pytest

from claimbook.language.concepts import reader_of
from claimbook.records import Base, Verdict
from claimbook.vetting.results import State
from claimbook.vetting.vet import Vetter

WARNINGS = [
    ("An aneurysm makes ketamine dangerous.", {"aneurysm"}, "not-checked"),
    ("Ketamine is unsafe while you are pregnant.", {"pregnancy"}, "not-checked"),
    ("Ketamine is not unsafe while you are pregnant.", {"pregnancy"}, "flagged"),
    ("For people with psychosis the risk of ketamine is low.", {"psychosis"}, "flagged"),
    ("An aneurysm is no reason to avoid ketamine.", {"aneurysm"}, "flagged"),
    ("Ketamine is not contraindicated for expectant mothers.", {"pregnancy"}, "flagged"),
    ("It is false to say that ketamine is risky in pregnancy.", {"pregnancy"}, "flagged"),
    ("It is a myth that people with psychosis should avoid ketamine.", {"psychosis"}, "flagged"),
    ("Ketamine at home is risky.", {"monitored-setting-only"}, "not-checked"),
    ("Ketamine at home is not risky.", {"monitored-setting-only"}, "flagged"),
    ("It is a mistake to believe that the drip is unsafe at home.", None, "flagged"),
    ("There is no risk to your bladder.", {"bladder-injury"}, "flagged"),  # not: no risk at all
]

# What warns, refuses, corrects or only tells how somebody was looked after is no claim.
NO_CLAIMS = [
    ("A dose at home is riskier than one in hospital.", None, "not-checked"),
    ("Myth: you can drive home after the drip.", set(), "look"),
    ("When a clinic says it can cure migraine, be suspicious.", set(), "nothing"),
    ("0% of our visitors leave with a guarantee.", set(), "not-checked"),
    ("Heavy use can damage the bladder for good.", {"bladder-injury"}, "not-checked"),
    ("“They would not let me drive and called my brother.”", set(), "nothing"),
    ("“It gave me my mornings back.”", None, "flagged"),
    ("I often recommend rest before anything else.", set(), None),
    ("Ketamine should come from a licensed and experienced nurse.", set(), "not-checked"),
    ("Don't come by car.", set(), None),
]
DENIED_BENEFITS: list[tuple[str, set[str], str]] = [
    ("It would be wrong to say that ketamine ends migraine for good.", set(), "look"),
    ("It is a myth that ketamine cures migraine.", set(), "not-checked"),
]
SHARED_WORDS = [
    ("Ketamine is used to treat migraine.", set(), "not-checked"),  # not: to treat nausea
    ("Nausea on ketamine can be treated.", {"nausea-treatable"}, None),
]
WORDS_OF_TWO_SENSES = [
    ("Headaches grew fewer.", {"attacks-come-less-often"}, "flagged"),
    ("Ketamine heals migraine.", {"cures-migraine"}, "flagged"),
    ("Ketamine keeps attacks at bay.", {"attacks-come-less-often"}, "flagged"),
    ("A careful dose of ketamine prevents mistakes.", set(), "not-checked"),
    ("Ketamine has surged, with celebrities healing on every channel.", set(), "look"),
    ("On ketamine she said that she felt spaced out.", {"dissociation"}, "not-checked"),
    ("You may come to depend on the drip.", {"dependence"}, "not-checked"),
    ("People do not depend on ketamine.", {"dependence"}, "flagged"),
    ("The relief depends on where you are treated.", {"what-it-depends-on"}, "look"),
]


PRECAUTIONS: list[tuple[str, set[str] | None, str | None]] = [  # what one has to do permits nothing
    ("You must have someone to drive you home after your drip.", {"escort"}, None),
    ("Use care when you drive.", set(), "look"),
    ("Wait 24 hours after ketamine before you drive.", {"wait-before-driving"}, None),
    ("There is no need to wait before you drive.", None, "look"),
    ("You can drive home after your drip.", {"driving-on-the-day"}, "flagged"),
    ("Drive yourself home after your drip.", {"driving-on-the-day"}, "flagged"),
    ("You will be told to avoid eating before your session.", {"fasting"}, "look"),
    ("Stop eating six hours before your session.", {"fasting"}, None),
    ("You need not avoid a full meal before your session.", {"fasting"}, "flagged"),
    ("You may have clear liquids up until 2 hours before your infusion.", None, "nothing"),
    ("You may drink clear liquids up until 2 hours before your infusion.", None, "nothing"),
    ("You may drink clear liquids until 10 minutes before your infusion.", None, "flagged"),
    ("You may eat until two hours before your infusion.", {"fasting"}, "flagged"),
]
# An experience of harm alone makes nobody expect a benefit, and shows none.
EXPERIENCES: list[tuple[str, set[str] | None, str | None]] = [
    ("Some patients tell us that they felt dizzy.", {"dizziness"}, "not-checked"),
    ("Many patients told us that it took their pain away.", None, "flagged"),
    ("Many patients told us that they felt dizzy and had less pain.", None, "flagged"),
]
# What a word is said of: not each "stop" is relief, nor each "not" a denial.
SAID_OF: list[tuple[str, set[str] | None, str | None]] = [
    ("You can stop your other migraine medicines.", set(), "look"),
    ("Traditional antidepressants can be dropped once your course begins.", None, "look"),
    ("Spravato contains esketamine, unlike the usual antidepressants.", None, "not-checked"),
    ("You can have your DHE on the same day as ketamine.", None, "look"),
    (
        "Don't stop your Xanax on your own, as sudden withdrawal can be dangerous.",
        {"stopping-suddenly"},
        "not-checked",
    ),
    ("Don't worry about bladder damage from ketamine.", {"bladder-injury"}, "flagged"),
    ("Nobody should tell you that ketamine is harmless.", None, "not-checked"),
    ("Ketamine may or may not ease your depression.", {"eases-depression"}, "not-checked"),
    (
        "Ketamine infusions cut migraine days by half in nine out of ten patients.",
        {"fewer-migraine-days"},
        "flagged",
    ),
    ("I have been getting infusions at the clinic for two years.", set(), "not-checked"),
    ("Thanks to ketamine I have my life back.", None, "flagged"),
    ("We have done away with the cuff.", set(), "look"),
    ("Pain relief is often temporary.", {"relief-may-wear-off"}, "not-checked"),
    ("Relief is often short-lived, and the pain returns.", {"relief-may-wear-off"}, None),
    ("Ketamine isn’t FDA-approved for migraine.", {"approved-migraine"}, "clean"),
    ("Don't tell us about all your medicines.", {"tell-about-all-medicines"}, "flagged"),
]
GENERAL_EFFECTS = [
    ("In our experience the drip works for migraine.", {"drip-eases-refractory-pain"}, "flagged"),
    ("A drip is a powerful option against chronic migraine.", None, "flagged"),
    ("Ketamine helps people with migraine.", None, "flagged"),
    ("Ketamine works against migraine by blocking a receptor.", None, "flagged"),
    ("It is not known whether ketamine works for migraine.", None, "not-checked"),
    ("Ketamine does not work for migraine.", set(), "not-checked"),
]
FIGURES_OF_ANOTHER_ROUTE = [
    (
        "In a 2023 study of 169 people on a ketamine drip, 49.1% called it very effective.",
        {"half-call-it-very-effective"},
        "flagged",
    ),
    (
        "In a 2023 study of 169 people on a ketamine nasal spray, 49.1% called it very effective.",
        {"half-call-it-very-effective"},
        "not-checked",
    ),
]
CONFINED = [  # what is said to befall others is denied of those who are treated
    "Liver problems only occur in people who abuse ketamine.",
    "Addiction is not seen in patients who use ketamine as prescribed.",
    "The risk of bladder damage applies to street users, not to patients.",
    "Dependence is a risk of recreational use, not of medical treatment.",
    "Slowed breathing only occurs at anesthetic doses.",
    "Ketamine slows breathing only when given too fast, which we never do.",
    "Serious side effects occur only outside medical settings.",
    "Nausea is the only side effect.",
    "Memory problems do not occur with therapeutic ketamine.",
]
# A word more than the claim has: none of these is what its evidence bears out.
BEYOND_THE_CLAIM = [
    "Ketamine never upsets the rhythm of the heart.",
    "Repeated ketamine can injure the bladder, but not at the doses we use.",
    "Repeated ketamine can injure the bladder unless you take it as a spray.",
    "The warning that ketamine can injure the bladder is outdated.",
    "Pregnant people should not have ketamine without eating first.",
    "Vital signs should be watched all through treatment, except in the first hour.",
    "Tell us about all your medicines except herbal ones.",
    "Ketamine can slow breathing about as much as a yawn can.",
    "Until 2019 ketamine was not approved to treat migraine.",
    "It is no secret that ketamine is approved to treat migraine.",
    "You won't be needing your other drugs, so stop them the day before your first drip.",
]
UNCONFINED = [
    "Liver injury has been reported in people treated with ketamine again and again.",
    "Ketamine can harm the bladder when it is used often.",
    "Ketamine slows breathing when it is given too fast.",
]


ROWS = [
    ("Spravato lowers the risk of suicide.", {"spravato-prevents-suicide"}, "flagged"),
    (
        "Esketamine acts quickly on suicidal thoughts.",
        {"spravato-eases-suicidal-thoughts"},
        "flagged",
    ),
    ("Drive with caution for the first hours.", None, "look"),
    ("To be safe, we begin with a lower dose of ketamine.", set(), "look"),
    *PRECAUTIONS,
    *EXPERIENCES,
    *SAID_OF,
    *FIGURES_OF_ANOTHER_ROUTE,
    *GENERAL_EFFECTS,
    *SHARED_WORDS,
    *WARNINGS,
    *NO_CLAIMS,
    *DENIED_BENEFITS,
    *WORDS_OF_TWO_SENSES,
]


@pytest.mark.parametrize(("text", "claims", "state"), ROWS)
def test_reading(text: str, claims: set[str] | None, state: str | None, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert claims is None or claims <= set(sentence.claims)
    assert claims != set() or not sentence.claims
    assert state in (None, sentence.state.value)


# The last sentence of each is read with what came before it.
CARRIED_OVER = [
    ("Does ketamine end migraine for good? Yes, it does.", {"stops-migraine-for-good"}, "flagged"),
    ("Is ketamine safe? Definitely.", {"complete-safety"}, "flagged"),
    ("Is our spray FDA-approved? Yes!", {"spray-approved"}, "flagged"),
    ("Can ketamine make me dizzy? Yes, for an hour.", {"dizziness"}, None),
    ("Does ketamine cure migraine? Certainly not.", set(), "nothing"),
    ("I have migraine; will ketamine cure it? Yes.", {"cures-migraine"}, "flagged"),
    ("We give ketamine for migraine. It is a powerful option.", None, "flagged"),
    ("We give ketamine for migraine. Our treatment is proven to work.", None, "flagged"),
    ("Migraine has many causes. It is a powerful option.", set(), "nothing"),
    ("You can throw away your triptans. It is even safe in pregnancy.", {"pregnancy"}, "flagged"),
]


@pytest.mark.parametrize(("text", "claims", "state"), CARRIED_OVER)
def test_what_is_carried_over(
    text: str, claims: set[str] | None, state: str | None, vetter: Vetter
) -> None:
    sentence = vetter.vet(text).sentences[-1]
    assert claims is None or claims <= set(sentence.claims)
    assert claims != set() or not sentence.claims
    assert state in (None, sentence.state.value)


@pytest.mark.parametrize(
    ("text", "claim"),
    [  # a harm that is denied, in whatever words
        ("Nausea is not an issue with ketamine.", "nausea"),
        ("Ketamine addiction is no real concern.", "dependence"),
        ("It does not bring physical dependence or cravings like opioids do.", "dependence"),
        ("Ketamine does not depress breathing the way opioids do.", "slowed-breathing"),
        ("Ketamine does not impair the respiratory system.", "slowed-breathing"),
        ("Many drugs are compatible with ketamine, benzodiazepines too.", "opioids-and-sedatives"),
        ("Your evening memantine goes well with ketamine.", "memantine"),
        ("Ketamine has no drug interactions.", "some-medicines"),
        ("There are no long-term side effects of ketamine.", "long-term-safety"),
        ("Ketamine is one of the safest drugs.", "complete-safety"),
        ("Our protocol eliminates the risk of nausea.", "nausea"),
        ("Ketamine has very few drug interactions.", "some-medicines"),
        ("Ketamine needs watching. That prevents addiction.", "dependence"),
    ],
)
def test_a_denied_harm_is_a_claim(text: str, claim: str, vetter: Vetter) -> None:
    sentence = vetter.vet(text).sentences[-1]
    assert sentence.state is State.FLAGGED
    assert claim in sentence.claims


@pytest.mark.parametrize(
    "text",
    [
        "Nausea is not an issue for some people, and a bad one for others.",
        "Ketamine addiction is no small concern.",
        "Like opioids, ketamine can bring dependence.",
        "Benzodiazepines are not compatible with ketamine.",
        "You can take a benzodiazepine with ketamine only if your doctor agrees.",
        "Ketamine has drug interactions.",
        "There are long-term side effects of ketamine.",
        "The long-term side effects of ketamine are not known.",
        "Ketamine is not the safest of drugs.",
        "We watch you to prevent nausea.",
        "Ketamine is not considered as addictive as opioids, but it can still bring dependence.",
        "A tablet helps prevent nausea.",
    ],
)
def test_a_harm_that_is_told_is_not_denied(text: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state is not State.FLAGGED


RELIEF = "Ketamine brings relief within hours."


@pytest.mark.parametrize(
    ("text", "state"),
    [  # the state of the last sentence, which names no illness
        (RELIEF, "flagged"),
        (f"We treat migraine. {RELIEF}", "flagged"),
        (f"We treat depression. {RELIEF}", "look"),
        (f"We treat depression and migraine. {RELIEF}", "flagged"),
        (f"We treat migraine. We also treat depression. {RELIEF}", "look"),
        (f"We treat depression. {'We park cars. ' * 9} {RELIEF}", "look"),  # it names no other
        (f"Migraine is treated. We treat depression. {'We park cars. ' * 9} {RELIEF}", "flagged"),
        ("We treat depression. Ketamine brings no relief within hours.", "not-checked"),
        ("We treat depression. It can impair your quality of life.", "not-checked"),
        ("We treat depression. Nobody gets addicted to ketamine.", "flagged"),  # a harm is all's
    ],
)
def test_a_benefit_is_of_the_illness_around_it(text: str, state: str, vetter: Vetter) -> None:
    sentence = vetter.vet(text).sentences[-1]
    assert sentence.state == state
    assert ("no claim is recorded here" in (sentence.look or "")) is (state == "look")


@pytest.mark.parametrize(
    ("illness", "claim"),
    [("depression", "depression-relief-lasts"), ("migraine", "relief-lasts-weeks-or-months")],
)
def test_a_clause_that_names_nobody_is_held_to_the_illness_around_it(
    illness: str, claim: str, vetter: Vetter
) -> None:
    last = vetter.vet(f"We treat {illness}. Relief can last for months.").sentences[-1]
    assert list(last.claims) == [claim]
    assert last.state == "flagged"


def test_a_known_passage_may_stand_beside_what_no_claim_is_on(base: Base, vetter: Vetter) -> None:
    quotes = [each.quote for each in base.occurrences.values() if "…" not in each.quote]
    beside = [f"We treat depression. {quote} and relief within hours." for quote in quotes[::9]]
    vetted = vetter.vet(" ".join(beside))
    assert any("no claim is recorded here" in (one.look or "") for one in vetted.sentences)


def test_a_page_promises_also_what_no_claim_is_on(vetter: Vetter) -> None:
    told = vetter.vet(f"We treat depression with ketamine. {RELIEF}")
    assert "draft-elsewhere" not in told.sentences[-1].claims
    missing = {flag.rule for flag in told.document_flags}
    assert {"benefits-without-harms", "approval-status-missing"} <= missing


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Ketamine relieves migraine pain.", False),
        ("Our team sets the pump for relief.", True),
        # What promises as hardly sound copy does needs no further word either.
        ("Our team sets the pump so that you get the most relief.", False),
        (
            "Ketamine with psychotherapy brings deeper and faster results than ordinary therapy.",
            False,
        ),
        # Evidence that is too weak is so for any claim of that kind.
        ("Ketamine boosts connections in the brain and reduces depression.", False),
        # What is called effective needs no further word of the claim.
        (
            "Busy people with packed calendars find our ketamine for migraine powerful relief.",
            False,
        ),
    ],
)
def test_what_a_sentence_perhaps_does_not_say_is_looked_at(
    text: str, doubtful: bool, vetter: Vetter
) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state is (State.LOOK if doubtful else State.FLAGGED)
    if doubtful:
        claims = [vetter.base.claims[name] for name in sentence.claims]
        looks = [f'It may be about "{each.statement}" Read so, it would be' for each in claims]
        assert any(look in (sentence.look or "") for look in looks)
        assert sentence.verdict is Verdict.NOT_CHECKED
        assert not sentence.flags


def test_what_reads_sound_beside_that_need_not_be_looked_at(vetter: Vetter) -> None:
    text = "If you find it does not work you should discuss this with your pain doctor or nurse so it can be stopped safely."
    (sentence,) = vetter.vet(text).sentences
    assert (sentence.state, sentence.look, sentence.claims != ()) == (State.NOT_CHECKED, None, True)
    (sentence,) = vetter.vet("Pain was half a point lower than with hydrocodone.").sentences
    assert sentence.state is State.LOOK
    assert "reads like copy that promises no more than it may" in (sentence.look or "")


ALMOST_RECORDED = [  # what is recorded, and one thing more, less or other
    ("Ketamine is not a cure for migraine.", "clean"),
    ("People with an aneurysm should have ketamine.", "not-checked"),
    ("Having ketamine at home lowers risk.", "not-checked"),
    ("Vital signs should be watched all through treatment by an app.", "not-checked"),
    ("An escort, a responsible child, should take the person home.", "not-checked"),
    ("NICE warns that ketamine at home adds risk.", "look"),
    ("Over 15 reports in mental illness blood pressure rose by 8/13 on average.", "not-checked"),
    ("Because of ketamine, 55 of 77 people had less pain when they left.", "not-checked"),
]


@pytest.mark.parametrize(("text", "state"), ALMOST_RECORDED)
def test_only_what_is_recorded_is_clean(text: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("What to know\n\nKetamine is not a cure for migraine.", "clean"),
        ("Myths\n\nParking is free.\n\nKetamine is not a cure for migraine.", "not-checked"),
        ("All of this is untrue:\n\nKetamine is not a cure for migraine.", "not-checked"),
        ("Ketamine is (not) a cure for migraine.", "not-checked"),
        ("Migraine is not a cure for ketamine.", "not-checked"),
    ],
)
def test_what_turns_a_recorded_sentence_round(text: str, state: str, vetter: Vetter) -> None:
    assert vetter.vet(text).sentences[-1].state == state


APPROVED_USES = [
    ("FDA-approved as an anesthetic", {"approved-anaesthesia"}, "clean"),
    ("FDA-approved as an anesthetic and pain reliever", {"approved-pain"}, "flagged"),
    ("approved as an anaesthetic, as well as for pain control", {"approved-pain"}, "flagged"),
    ("approved for anesthesia and migraine", {"approved-anaesthesia"}, "flagged"),
    ("FDA-approved as an anesthetic and may be prescribed off-label", None, "not-checked"),
    ("FDA-approved as an anesthetic and is used off-label for pain", None, "not-checked"),
    (
        "an FDA-approved anesthetic that is used off-label for depression",
        {"approved-mental-disorders"},
        "not-checked",
    ),
    (
        "an anesthetic with FDA approval, now used off-label for migraine",
        {"approved-migraine"},
        "not-checked",
    ),
    ("FDA-approved for depression and used off-label for pain", {"approved-pain"}, "flagged"),
    ("not approved for migraine or chronic pain", {"approved-pain"}, "look"),  # a line, and more
    (
        "not approved to treat depression or any condition outside of anesthesia",
        None,
        "not-checked",
    ),
    ("used for depression and other mental disorders", set(), "not-checked"),
]


@pytest.mark.parametrize(("uses", "claims", "state"), APPROVED_USES)
def test_each_use_that_is_approved_is_a_claim(
    uses: str, claims: set[str] | None, state: str, vetter: Vetter
) -> None:
    (sentence,) = vetter.vet(f"Ketamine is {uses}.").sentences
    assert claims is None or claims <= set(sentence.claims)
    assert sentence.state == state


@pytest.mark.parametrize(
    ("text", "state"),
    [  # so, of some use; a reader may take it for this one
        ("The FDA approved ketamine in 1970.", "look"),
        ("The FDA recently approved esketamine, which is available as a nasal spray.", "look"),
        ("It is distinct from FDA-approved injectable ketamine.", "look"),
        ("Our FDA-approved ketamine infusions relieve migraine.", "flagged"),
        ("Ketamine is FDA-approved for what ails you.", "flagged"),
        ("Like Spravato, our nasal spray is approved.", "flagged"),  # for no use at all
    ],
)
def test_approved_for_what(text: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state == state
    assert ("it does not say approved for what" in (sentence.look or "")) is (state == "look")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("A 2018 study found that ketamine is effective in treating migraines.", "look"),
        ("A study found that ketamine may be effective for migraine.", "not-checked"),
        ("A study found that our nurses are effective.", "flagged"),  # vague
        ("Ketamine nose sprays are proven and effective treatments for PTSD.", "flagged"),
        ("Ketamine is not effective for PTSD.", "not-checked"),
        ("It has been found that ketamine helps people with PTSD.", "flagged"),
        ("Ketamine infusions are proven to treat depression.", "flagged"),
        ("Ketamine is used to treat depression.", "not-checked"),
        ("Ask whether ketamine helps people with PTSD.", "not-checked"),
        ("Ketamine has no approval to treat depression.", "not-checked"),
    ],
)
def test_a_benefit_that_is_not_recorded(text: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state == state
    assert ("recorded here" in (sentence.look or "")) is (state == "look")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("IV ketamine works well in roughly 75% of our patients.", "works"),
        ("Our powerful infusions relieve fibromyalgia and give people lasting relief.", "relief"),
        # Its manner leaves hardly a doubt: weaker words are enough.
        ("After all else has failed, ketamine infusions let you heal with hope.", "heal"),
        # What is said of other treatments alone.
        ("Powerful triptans work wonders and give most patients lasting relief.", None),
        # It is hedged, denied, asked, tells of a study that can be looked up, or is no promise.
        ("Our infusions may relieve fibromyalgia and give people lasting relief.", None),
        ("Our infusions give nobody with fibromyalgia lasting relief.", None),
        ("Do our powerful infusions give people with fibromyalgia lasting relief?", None),
        ("A 2018 study found that ketamine is effective in treating migraines.", None),
        ("We choose the lowest dose that works.", None),
        ("Our wheelchair ramp and lifts work well for patients who have trouble walking.", None),
        ("You will feel some pressure as the cuff works on your arm.", None),
    ],
)
def test_a_benefit_that_nothing_recorded_covers_is_stated_as_sure(
    text: str, words: str | None, vetter: Vetter
) -> None:
    (sentence,) = vetter.vet(text).sentences
    told = [flag for flag in sentence.flags if flag.rule == "unrecorded-benefit"]
    assert [flag.message.partition(" promises")[0] for flag in told] == (
        [f'"{words}"'] if words else []
    )
    assert not told or sentence.verdict is Verdict.OVERSTATED


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Exactly how Spravato works is not fully understood.", State.NOT_CHECKED),
        ("Exactly how Spravato works is well understood.", State.FLAGGED),
        ("Ask us exactly how Spravato rewires your brain.", State.FLAGGED),
        (
            "Take nothing by mouth, food or drink, in the four hours before your infusion.",
            State.LOOK,
        ),
        ("Having nothing to hide, we say you may eat before the infusion.", State.FLAGGED),
        ("Most insurers will not pay for it because that use is off-label.", State.NOT_CHECKED),
        ("Ketamine is not thought to be as addictive as opioids.", State.LOOK),
        ("Ketamine is not addictive.", State.FLAGGED),
        ("Ketamine does not harm the baby as long as it is given by drip.", State.FLAGGED),
        (
            "You are watched for two hours to make sure you have no serious side effects.",
            State.LOOK,
        ),
        ("You are watched to make sure you have no serious side effects.", State.LOOK),
        ("You will have no serious side effects.", State.FLAGGED),
        ("We check your blood pressure at every session to keep you safe.", State.LOOK),
        ("Ketamine is safe in every way.", State.FLAGGED),
        ("Do not raise your dose or stop suddenly.", State.NOT_CHECKED),
        ("It harms nobody to stop suddenly.", State.FLAGGED),
        ("We set the dose by weight to make sure there are no side effects.", State.FLAGGED),
        ("You may drive yourself to the appointment, but you will not drive home.", State.LOOK),
        ("You may drive yourself to the appointment and back.", State.FLAGGED),
        ("To stay on the safe side, we ask you to rest for a day.", State.NOT_CHECKED),
        ("You are on the safe side with ketamine even after a stroke.", State.FLAGGED),
        ("People with anxiety are calm after a single ketamine infusion.", State.FLAGGED),
        ("We treat migraine with ketamine so that you get months without pain.", State.FLAGGED),
    ],
)
def test_what_turns_what_a_sentence_seems_to_say(text: str, state: State, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state is state


@pytest.mark.parametrize(
    ("text", "spray"),
    [
        ("Spravato, a nasal spray, is approved for depression.", False),
        ("The nasal spray Spravato is given in the clinic.", False),
        ("Like Spravato, our nasal spray is given in the clinic.", True),
        ("Spravato is no ketamine nasal spray.", True),
        ("A nasal spray is given in the clinic.", True),
    ],
)
def test_whose_form_is_named(text: str, spray: bool, vetter: Vetter) -> None:
    """A form without a substance is that of the substance beside it."""
    reader = reader_of(vetter.base.vocabulary)
    named = reader.read(text).concepts["intervention"]
    assert ("ketamine-intranasal" in named) is spray


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        # one is a part of the other, or stands in one list with it
        ("Spravato is a nasal spray made of the S-form of ketamine.", False),
        ("Spravato, a nasal spray derived from ketamine, needs a certified clinic.", False),
        ("Es-ketamine (Spravato) is given as a nasal spray.", False),
        ("Our doctors use Spravato® and the R-form of ketamine, which is legal.", False),
        ("Read on about ketamine therapy, Spravato®, costs, and the first visit.", False),
        # the one is called the other
        ("Our ketamine nasal spray, Spravato, is here.", True),
        ("Ketamine therapy, Spravato, is given in the clinic.", True),
        ("Our ketamine spray (Spravato) is derived from the S-form of ketamine.", True),
        ("Spravato, derived from ketamine, is the same as our ketamine.", True),
    ],
)
def test_a_substance_and_its_part(text: str, flagged: bool, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    rules = {flag.rule for flag in sentence.flags}
    confused = {"definition-misstated", "substance-confusion"}
    assert (not confused.isdisjoint(rules)) is flagged
    assert flagged or not rules


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Whether ketamine works for migraine is not known.", False),
        ("Ketamine may ease migraine pain in some people.", True),
    ],
)
def test_a_doubted_benefit_needs_no_harm_beside_it(
    text: str, flagged: bool, vetter: Vetter
) -> None:
    rules = {flag.rule for flag in vetter.vet(text).document_flags}
    assert ("benefits-without-harms" in rules) is flagged


@pytest.mark.parametrize(
    ("sentence", "look"),
    [(each, True) for each in CONFINED] + [(each, False) for each in UNCONFINED],
)
def test_a_person_looks_at_a_harm_that_befalls_others_only(
    sentence: str, look: bool, vetter: Vetter
) -> None:
    (result,) = vetter.vet(sentence).sentences
    assert (result.state.value == "look") is look, result


@pytest.mark.parametrize("sentence", BEYOND_THE_CLAIM)
def test_what_says_more_than_its_claim_is_not_clean(sentence: str, vetter: Vetter) -> None:
    assert {one.state.value for one in vetter.vet(sentence).sentences}.isdisjoint({"clean"})


def test_a_condition_denies_nothing_outside_it(vetter: Vetter) -> None:
    (sentence,) = vetter.vet("Go to the emergency room if you cannot breathe.").sentences
    assert not sentence.flags


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Let's get into more detail on how ketamine can help with pain relief.", "not-checked"),
        ("In this article we look at how ketamine can help with pain.", "nothing"),
        ("Let's be plain: ketamine cures migraine.", "flagged"),
        ("I helped a friend find a ketamine clinic.", "not-checked"),
        ("I can help you find out whether ketamine suits you.", "not-checked"),
        ("I think ketamine saved my life.", "flagged"),
        # what is only compared with, or reached, is not where it is given
        ("Ketamine at a clinic costs more expensive than at-home lozenges.", "not-checked"),
        ("We have a mood diary that you can access from home.", "nothing"),
        ("We give ketamine at home.", "flagged"),
        # what other treatments do
        ("There are various treatments that people use to relieve migraine.", "not-checked"),
        ("Treating these mental health conditions can also ease pain.", "not-checked"),
        (
            "Long use leads to tolerance, so higher doses are needed for the same pain relief.",
            "not-checked",
        ),
    ],
)
def test_what_is_not_said_of_the_treatment(text: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Ketamine is proven to treat migraine.", "flagged"),
        ("Ketamine is not proven to treat migraine.", "not-checked"),
        ("Ketamine is particularly beneficial for neuropathic pain.", "flagged"),
        ("Ketamine does not inhibit the breathing drive.", "flagged"),
        # a harm made smaller than another's is no admission of it
        ("It is safer for you.", "look"),
        ("It is safer to have somebody with you.", "nothing"),
        ("Ketamine troches offer an alternative with a lower risk of addiction.", "look"),
        ("The potential for side effects is low.", "look"),
        # what else is safe, licensed or a remedy
        ("Unused medicine should be returned to the pharmacy for safe disposal.", "not-checked"),
        ("You may go home when we are confident that you are safe.", "look"),
        ("Prepare a safe and comfortable space.", "not-checked"),
        ("Ketamine is safe, and so is the way home.", "flagged"),
        ("Physicians with a DEA license may prescribe ketamine.", "not-checked"),
        ("Before you take new medicines, including herbal remedies, tell us.", "nothing"),
        ("Please do not hesitate to ask your nurse or doctor.", "nothing"),
        ("Do not hesitate to drive home.", "look"),
    ],
)
def test_what_words_are_said_of(text: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Ketamine may harm your unborn baby.", "not-checked"),
        ("Pregnant women may have ketamine.", "flagged"),
        ("Treatment with ketamine or esketamine always requires monitoring.", "not-checked"),
        ("Esketamine is a ketamine.", "flagged"),
        ("Ketamine is not as addictive as opioids.", "look"),
        ("Ketamine is not addictive.", "flagged"),
        ("Researchers have started to consider sprays that people can use at home.", "look"),
        ("People can use our ketamine spray at home.", "flagged"),
        ("Ketamine therapy can help manage chronic pain.", "flagged"),
        ("Ketamine has been used to successfully treat chronic pain.", "flagged"),
        ("If you have side effects, it is wise to contact a doctor immediately.", "look"),
        ("Discuss it with your nurse so that ketamine can be stopped safely.", "look"),
        ("We advise not taking these medicines the night before.", "look"),
        ("Ketamine has a long track record for its safety.", "look"),
        ("Benzodiazepines are compatible with ketamine.", "flagged"),
        ("The dose is raised until pain relief is achieved.", "not-checked"),
        ("Ketamine infusions can provide long-lasting results.", "flagged"),
        ("Ketamine is rarely given at home.", "not-checked"),
        ("We rarely refuse ketamine at home.", "look"),
        (
            "For safe and effective usage of ketamine one must adhere to best practices.",
            "not-checked",
        ),
        ("Patients describe feeling warm, safe and confident.", "look"),
        ("Below we will go over which drugs are safe to mix with ketamine.", "look"),
        ("Ketamine is known for its ability to treat chronic pain.", "flagged"),
    ],
)
def test_what_is_said_and_what_is_only_named(text: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert sentence.state == state


def test_what_is_called_safe_is_made_small(vetter: Vetter) -> None:
    def rules(text: str) -> set[str]:
        return {flag.rule for each in vetter.vet(text).sentences for flag in each.flags}

    assert rules("Ketamine is safe.") == {"risk-minimised"}
    assert "contradicted-by-evidence" in rules("Ketamine is completely safe.")
    assert "contradicted-by-evidence" in rules("Ketamine is safe and has no side effects.")


@pytest.mark.parametrize(
    ("sound", "fault"),
    [
        # to forbid an act denies no harm of it
        (
            "Never take sleeping pills on the night after your ketamine.",
            "Sleeping pills together with ketamine never slow your breathing.",
        ),
        ("Skip the wine on the day of ketamine.", "Wine does no harm on the day of ketamine."),
        # nor is a rule that restrains against guidance
        (
            "Driving yourself home after ketamine is not allowed.",
            "You may drive yourself home after ketamine.",
        ),
        ("We will not let you go until an adult is here to drive you home.", "Go home alone."),
        # nor a warning of what comes at home an offer of it
        (
            "At-home ketamine can slow your breathing, even at a low dose.",
            "Take your ketamine at home.",
        ),
        # an approval is of what is named: of another treatment, a clinic, a case
        ("The FDA cleared TMS for depression in 2008.", "The FDA cleared ketamine for depression."),
        ("Look for a prescriber who is licensed.", "Ketamine is licensed for migraine."),
        (
            "Each case had to be approved, and tablets tried.",
            "Approved for migraine, and painless.",
        ),
        # nor of what only an insurer approves, nor for what stands before it
        (
            "Most insurers approve ketamine for depression only once.",
            "Insurers cover ketamine, since the FDA approved it for depression.",
        ),
        (
            "Your insurance will only approve ketamine after two tablets.",
            "Medicare says that ketamine is approved for migraine.",
        ),
        (
            "First tried in depression, ketamine is approved for anesthesia.",
            "First used in anesthesia, ketamine is now approved for depression.",
        ),
        # one form of a drug may be another drug
        (
            "A certain kind of ketamine was approved by the FDA for depression.",
            "A certain kind of ketamine was approved by the FDA for migraine.",
        ),
        # to leave something is no denial that it harms
        ("Keep entirely off alcohol before ketamine.", "Alcohol before ketamine does no harm."),
        ("Leave out alcohol for 24 hours after it.", "Alcohol does no harm after it."),
        # what goes on all the time, or is found out first, denies nothing
        ("We watch your breathing without a break.", "Ketamine never slows breathing."),
        (
            "We give it only once an exam has found it fitting and safe.",
            "We give it, for it is fitting and safe.",
        ),
        # how long is told of what differs
        (
            "How long relief lasts after ketamine infusions differs a great deal.",
            "Relief lasts for months after ketamine infusions.",
        ),
        # a time in a condition is not how long a harm lasts
        (
            "Should side effects show up in the 24 hours after ketamine, call us at once.",
            "Side effects of ketamine are gone within 10 minutes.",
        ),
        (
            "Though the FDA approved ketamine as an anesthetic, studies of depression came later.",
            "The FDA approved ketamine as an anesthetic, against pain and for depression.",
        ),
        # a promise shown is no result shown
        (
            "Ketamine has shown promise for depressive symptoms.",
            "Ketamine has been shown to ease depressive symptoms.",
        ),
        # what is asked, or differs, gives no leave and no length
        (
            "How soon relief comes depends on the person.",
            "How much wine you can have after ketamine depends on how you feel.",
        ),
        # time that is past is no length of an effect
        (
            "Over the past 20 years ketamine has been studied in depression.",
            "Ketamine relieves depression for 20 years.",
        ),
        # how long somebody is watched is not how long a harm lasts
        (
            "Stay under observation for side effects for the next two hours.",
            "We watch you: side effects last ten minutes.",
        ),
        # what "they" are was named before
        (
            "Nausea and hallucinations can occur with ketamine. They are not rare.",
            "Nausea and hallucinations can occur with ketamine. They are rare.",
        ),
        (
            "Nausea and hallucinations can occur with ketamine, and they are treated.",
            "Nausea and hallucinations can occur with ketamine, but they are rare.",
        ),
        # "unlikely" is another word than "unlike"
        (
            "Such off-label use of a medicine is not uncommon.",
            "Ketamine works in just the same way as triptans.",
        ),
        # a decision that changes a life is no praise
        (
            "Take no life-changing decisions until the next day.",
            "Life-changing relief awaits you the next day.",
        ),
        # what cannot be done at a place is not offered there, though it is at another
        (
            "Spravato is given in a clinic and cannot be used at home.",
            "Spravato is given in a clinic and can be used at home.",
        ),
        # "for" stands before what is said of an approval
        (
            "For insurance to pay for Spravato, we use it in the way that the FDA approved.",
            "Spravato is approved by the FDA for migraine.",
        ),
        # what has to be done before something is safe does not call it safe
        (
            "Some conditions have to be treated before ketamine therapy is safe for you.",
            "Ketamine therapy is safe for you before conditions are treated.",
        ),
        # who has to recommend a drug does not do so
        (
            "Your doctor has to recommend Spravato as a part of the regimen.",
            "Doctors recommend Spravato as a part of the regimen.",
        ),
        # the most of what one person has is no share of people
        (
            "Depression may lift, and with it most of your symptoms.",
            "Depression lifts in most people.",
        ),
        # with or without another drug, as the label says now
        (
            "You may be on an antidepressant beside Spravato.",
            "You have to be on an antidepressant to get Spravato.",
        ),
        # what is not allowed at a place is not offered there
        ("Using ketamine at home is not allowed.", "Using ketamine at home is allowed."),
        # another treatment is not held to what is known of this one
        ("Vyepti is given at home, too.", "Our ketamine is given at home, too."),
        (
            "IV fluids bring quick relief from migraine.",
            "Our drip brings quick relief from migraine.",
        ),
        ("GammaCore is FDA-approved for migraine.", "Ketamine is FDA-approved for migraine."),
        (
            "These shots bring down migraine pain from trigger points in seconds.",
            "These shots of ketamine bring down migraine pain in seconds.",
        ),
        ("In some trials ketorolac did as well as triptans.", "Ketamine does as well as triptans."),
        # two drugs that are named are not yet said to be one
        ("Spravato is a nasal spray that you use in our office.", "Spravato is ketamine."),
        ("Ketamine and Spravato act on one receptor.", "Spravato is the same as ketamine."),
        # an attack of migraine is defined by no length of another kind of attack
        (
            "A migraine can come on fast and last from 4 to 72 hours.",
            "Status migrainosus is a migraine of more than 24 hours.",
        ),
    ],
)
def test_what_only_sounds_like_a_fault(sound: str, fault: str, vetter: Vetter) -> None:
    states = [{each.state for each in vetter.vet(text).sentences} for text in (sound, fault)]
    assert [State.FLAGGED in each for each in states] == [False, True]
    assert State.CLEAN not in states[0] | states[1]


def test_the_reason_names_the_rider(vetter: Vetter) -> None:
    (sentence,) = vetter.vet("Do not drive until morning, unless you feel clear-headed.").sentences
    assert sentence.to_look_at == (
        "It takes a precaution back (“unless you feel clear-headed”): a person must check it."
    )
