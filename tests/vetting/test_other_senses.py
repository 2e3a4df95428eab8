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
    ("“I was crying all day long, but now I can work,” she said.", "flagged"),
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


@pytest.mark.parametrize(
    ("text", "state"),
    [
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
