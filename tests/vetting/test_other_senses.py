"""Words that are said of something else than a claim is on, each with a row where they are of it.

A row is a text, whose last sentence is read, and what becomes of that.
"""

import pytest

from claimbook.vetting.vet import Vetter

INSURERS = [
    ("We can help you with insurance authorization for this treatment option.", "nothing"),
    ("What is refunded varies depending on your out-of-network benefits.", "nothing"),
    ("The benefits of ketamine depend on your dose.", "look"),
    ("Insurance covers ketamine because it is approved for migraine.", "flagged"),
    # a place that is only part of a name
    ("At-home ketamine is considered out-of-network by most insurance providers.", "look"),
    ("At-home ketamine is usually a lozenge, prescribed after a video call.", "look"),
    ("Our at-home ketamine is usually a lozenge, prescribed after a video call.", "flagged"),
    ("At-home ketamine is a convenient option.", "flagged"),
    ("Ketamine at home is covered by insurance.", "flagged"),
]
VOICES = [
    ("Alex, who recently moved here, is one of 12 people being treated with ketamine.", None),
    ("Dana, who had migraine for years, is now free of it.", "flagged"),
    ("“I was crying all day long and was very resistant to anything new,” she said.", None),
    ("“I was crying all day long, but now I can work,” she said.", "look"),
    (
        "She said: “I've been involved in drugs policy, and ketamine is not known to be good.”",
        None,
    ),
    ("I've been working as a nurse, and ketamine gave me my mornings back.", "flagged"),
]
PRAISE = [
    ("Write down the themes or breakthroughs that arise after ketamine.", None),
    ("Ketamine brings profound breakthroughs.", "flagged"),
    ("She studies ketamine and psilocybin, which is found in magic mushrooms.", None),
    ("Ketamine is like magic.", "flagged"),
]
NAMED_BEFORE = [
    (
        "In 2018 societies wrote guidelines. Their reading: evidence supports ketamine in hospital.",
        None,
    ),
    ("Our clinic opened in 2018. Studies show that ketamine works for migraine.", "flagged"),
]
ONE_OF_SEVERAL_HARMS = [
    ("Side effects: nausea, double vision, slight pain where injected.", "not-checked"),
    ("Side effects such as nausea and double vision are mild.", "flagged"),
    ("Side effects are slight nausea and dizziness.", "flagged"),
    ("Ketamine can cause a slight rise in blood pressure.", "flagged"),
    ("Common side effects may include:\n\n- Visual disturbances", "not-checked"),
    ("Ketamine eases migraine with visual disturbances.", "flagged"),
]
WHO_IS_SAFE = [
    ("You may go home after the drip, and we are happy that you are safe.", None),
    ("Our team will ensure you are ready and safe before you go home.", "look"),
    ("We are confident that you are safe with ketamine.", "flagged"),
    ("Ketamine is safe, and you go home the same day.", "flagged"),
]
OTHER_PARTS_OF_SPEECH = [
    ("It has been used in lower doses to treat chronic pain.", None),
    ("Ketamine in lower doses lowers chronic pain.", "flagged"),
    ("The data for fibromyalgia, headache, and spinal pain were weaker.", "not-checked"),
    ("Ketamine is given in a calm, private setting.", "not-checked"),
    ("Ketamine calms migraine pain.", "flagged"),
    ("Our nurses are there for your comfort and safety, and ketamine is given.", None),
    ("Ketamine brings comfort to people with migraine.", "flagged"),
]
HOW_SAFE = [
    ("How safe ketamine is depends on the dose and the clinic.", None),
    ("Questions about how safe ketamine is remain.", None),
    ("Fifty years of use have shown how safe ketamine is.", "flagged"),
    ("However safe ketamine is made out to be, it can cause side effects.", None),
    ("For your safety the first dose of ketamine is always low.", None),
    ("A doctor checks that a ketamine infusion is safe for you.", None),
    ("Our doctor makes sure that ketamine is safe for you.", "flagged"),
    ("Alcohol with ketamine is a safety risk, so please refrain.", None),
    ("Alcohol with ketamine is safe.", "flagged"),
]
WHAT_SOMEBODY_HAS_ALREADY = [
    ("Ketamine does not replace addiction treatment.", None),
    ("Ketamine does not lead to addiction.", "flagged"),
    ("We do not use ketamine when someone has unstable blood pressure.", None),
    ("Ketamine does not raise blood pressure.", "flagged"),
    (
        "Without careful dosing ketamine can raise blood pressure, and without help it can harm you.",
        None,
    ),
    ("Of all headaches that keep coming back, migraine is the one we see most.", None),
    ("Ketamine keeps headaches from coming back.", "flagged"),
]
WHAT_IS_NOT_DENIED = [
    ("Ketamine can make you see things that aren't there or feel cut off from your body.", None),
    ("Ketamine does not make you feel cut off from your body.", "flagged"),
    ("In people without epilepsy ketamine can set off a seizure.", None),
    ("We give no more than three, as ketamine could otherwise do harm.", None),
    ("Ketamine does no more harm than aspirin.", "flagged"),
    ("Music may sound strange under ketamine or even be impossible to recognize.", None),
    ("You stay until it is safe for you to leave after ketamine.", None),
]
WHAT_A_MEDICINE_DOES = [
    ("Benzodiazepines can get in the way of ketamine's benefits.", "look"),
    ("Benzodiazepines can be taken with ketamine.", "flagged"),
    ("You can take benzodiazepines with ketamine.", "flagged"),
]
RARELY_DONE = [
    ("Ketamine is rarely prescribed to take home, since it may be misused.", None),
    ("Ketamine is rarely misused.", "flagged"),
    ("Willpower alone is seldom enough against addiction.", None),
    ("Feeling a bit detached during ketamine is common.", None),
    ("The most common side effects of ketamine are mild.", "flagged"),
    ("During ketamine you feel a bit detached.", "flagged"),
]
LASTING = [
    ("Long use of ketamine can leave permanent damage to the bladder.", None),
    ("Ketamine gives permanent relief from migraine.", "flagged"),
    ("A cure for migraine does not exist.", None),
    ("A cure for migraine exists.", "flagged"),
    ("You can end your treatment with ketamine at any moment.", None),
    ("Ketamine ends your migraine.", "flagged"),
    ("Never use ketamine together with another medicine.", None),
    ("With ketamine you will never have another migraine.", "flagged"),
    ("In 2018 the FDA gave psilocybin breakthrough therapy status.", None),
    ("If a clinic calls ketamine a miracle, be careful.", None),
]
NO_STORY = [
    ("I had ketamine for a week and cannot say yet whether it worked.", None),
    ("I had ketamine for a week, and it worked.", "flagged"),
    ("I have never felt better than after ketamine.", "flagged"),
    ("I am a therapist and not a doctor, and I have read about ketamine.", None),
    ("As a physician I want to help my patients with ketamine.", None),
    ("Ketamine was first made in 1962, and doctors have used it since 1970.", None),
    ("Apart from Spravato, no form of ketamine is licensed.", None),
]
NO_SHARE = [
    ("Complaints are pain in one half of the head and nausea.", None),
    ("One half of patients feel nausea.", "flagged"),
    ("In the last ten years many ketamine clinics have opened.", None),
    ("Relief from ketamine can last ten years.", "flagged"),
    ("No drug is 100% safe, and ketamine is none.", None),
    ("Here is what studies have found on ketamine.", None),
    ("Some studies point to added risk with antidepressants.", None),
]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *HOW_SAFE,
        *WHAT_SOMEBODY_HAS_ALREADY,
        *WHAT_IS_NOT_DENIED,
        *WHAT_A_MEDICINE_DOES,
        *RARELY_DONE,
        *LASTING,
        *NO_STORY,
        *NO_SHARE,
        *INSURERS,
        *VOICES,
        *PRAISE,
        *NAMED_BEFORE,
        *ONE_OF_SEVERAL_HARMS,
        *WHO_IS_SAFE,
        *OTHER_PARTS_OF_SPEECH,
    ],
)
def test_what_is_said_of_something_else(text: str, state: str | None, vetter: Vetter) -> None:
    found = vetter.vet(text).sentences[-1].state
    assert found == state if state else found != "flagged"


def test_a_small_word_of_one_harm(vetter: Vetter) -> None:
    """What is rare is the harm that it stands before, and not the others beside it."""
    (sentence,) = vetter.vet(
        "The effects are dissociation, a rise in blood pressure, and in rare cases slowed breathing."
    ).sentences
    claims = [name for flag in sentence.flags for name in flag.claims]
    assert claims == ["slowed-breathing"]
