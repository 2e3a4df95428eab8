"""The ladder, read as a careful reader reads clinic copy."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.language.negation import asserted_matches
from claimbook.language.strength import wording

READ = [
    # a hedge of a later predicate leaves the one before as it is
    ("Footbaths ease colds and may be an option for coughs.", 5),
    ("Footbaths can ease colds and they might warm you.", 4),
    ("Footbaths may ease colds and warm you.", 2),
    ("Footbaths may ease colds and perhaps coughs.", 2),
    ("Footbaths are said to, and may, ease colds.", 2),
    # 0: asks, plans, denies
    ("", 0),
    ("Can footbaths help with colds?", 0),
    ("Do footbaths cure colds? No.", 0),
    ("Are you tired of colds that never stop?", 0),
    ("Footbaths are not a cure.", 0),
    ("Footbaths are not a cure for colds and are not right for everyone.", 0),
    ("This isn’t a miracle.", 0),
    ("Not a cure", 0),
    ("Footbaths do not cure colds.", 0),
    ("Footbaths never cure a cold.", 0),
    ("Footbaths have never been proven to work.", 0),
    ("It is not a proven, permanent or guaranteed cure.", 0),
    ("Not a cure, a guarantee, or a miracle.", 0),
    ("Footbaths have not been proven safe and effective for colds.", 0),
    ("We cannot guarantee that it will work.", 0),
    ("We do not promise that footbaths will cure you.", 0),
    ("There is no guarantee that it will work.", 0),
    ("That does not mean colds disappeared forever.", 0),
    ("It offers no cure and no guarantee.", 0),
    ("It provides no benefit.", 0),
    ("Nothing works.", 0),
    ("Nobody was cured.", 0),
    ("Footbaths failed to reduce coughing.", 0),
    ("Footbaths may not be the best choice if you have a fever:", 0),
    ("Footbaths neither shorten nor prevent a cold.", 0),
    ("We aim to shorten your cold.", 0),
    ("The goal is to stop a cold early.", 0),
    ("One question we hear is whether a footbath can help.", 0),
    ("We invite you to discuss whether a footbath may be right for you.", 0),
    ("What Patients Need to Know", 0),
    ("What Footbaths Are Not", 0),
    ("No cure. No guarantee.", 0),
    # 1: is being studied
    ("Footbaths are being studied for colds.", 1),
    ("Why Footbaths Are Being Studied for Colds", 1),
    ("It is not yet known whether footbaths shorten a cold.", 1),
    ("Footbaths are under investigation as a way to prevent colds.", 1),
    ("Ongoing trials will show how footbaths prevent colds.", 5),
    ("Ongoing trials will show how well footbaths prevent colds.", 1),
    ("It is being studied how footbaths can best ease colds.", 4),
    ("It is not known how footbaths ease colds.", 1),
    ("It is unproven whether this works.", 1),
    # 2: may
    ("Footbaths may shorten a cold.", 2),
    ("A footbath might be the key to stopping your cold.", 2),
    ("Footbaths could completely cure your cold.", 2),
    ("It may finally offer the breakthrough you’ve been hoping for.", 2),
    ("Footbaths are not a cure, but they may shorten a cold.", 2),
    ("Some people feel better after one footbath.", 2),
    ("Some patients report better sleep, while others may not respond.", 2),
    ("Studies suggest footbaths may help reduce coughing.", 2),
    ("It may help reduce coughing in some patients.", 2),
    ("For people who have not found relief with other treatments, a footbath may be an option.", 2),
    ("A footbath could offer a way forward when nothing else has worked.", 2),
    ("For some people, footbaths work.", 2),
    ("Potential benefits we see include … Less coughing", 2),
    ("Patients may experience: Better sleep", 2),
    ("A footbath doesn’t just warm the feet—it may help reset your immune system.", 2),
    ("Footbaths are usually considered when other treatments do not work.", 2),
    # 3: seems
    ("Early trials suggest that footbaths shorten a cold.", 3),
    ("Clinical studies suggest that footbaths significantly reduce coughing.", 3),
    ("Footbaths are associated with fewer colds.", 3),
    ("Footbaths are thought to prevent colds.", 3),
    ("Patients report fewer colds.", 2),
    ("Patients have reported fewer colds.", 2),
    ("All our patients reported fewer colds.", 3),
    ("77% of patients reported fewer colds.", 3),
    ("Patients often report reduced coughing, as well as improved sleep.", 3),
    ("Footbaths appear to be effective.", 3),
    ("Results vary.", 3),
    # 4: can, probably, often
    ("Footbaths can help lower a fever.", 4),
    ("Footbaths probably shorten a cold.", 4),
    ("A footbath will probably help.", 4),
    ("Footbaths are likely to help.", 4),
    ("Footbaths are generally safe and well tolerated.", 4),
    ("Many patients feel better within 1–2 hours.", 4),
    ("Many people who have not responded to tea have found relief with footbaths.", 4),
    ("Footbaths often provide rapid relief.", 4),
    ("What it can do is reduce coughing, shorten a cold, and improve sleep.", 4),
    ("These footbaths can calm the nose when other treatments have failed.", 4),
    ("Footbaths cannot cure colds, but they can ease them.", 4),
    # 5: fact
    ("Footbaths reduce coughing.", 5),
    ("Footbaths help people who may not respond to tea.", 5),
    ("By reaching nerves that tea might not reach, footbaths provide relief.", 5),
    ("This action helps interrupt sneezing, which is thought to spread colds.", 5),
    ("Footbaths offer relief for individuals who thought nothing else would work.", 5),
    ("Helps when other treatments fail", 5),
    ("Colds are not just a nuisance; footbaths reduce them.", 5),
    ("Footbaths do not numb the feet and reduce coughing.", 0),
    ("A footbath does not numb the nose and it reduces coughing.", 5),
    ("Footbaths can significantly reduce coughing.", 5),
    (
        "A study found that footbaths significantly reduced coughing, even in people who had failed all other options.",
        5,
    ),
    ("Most people reported lasting relief after one footbath.", 5),
    ("Most patients improve.", 5),
    ("We have seen people who could not sleep slowly regain comfort.", 5),
    ("Unlike many other treatments, footbaths act very quickly.", 5),
    ("While more research is needed, footbaths reduce coughing.", 5),
    ("Although typically used for sore feet, a footbath provides relief.", 5),
    ("Footbaths work without drowsiness.", 5),
    ("Is it safe? Footbaths are safe.", 5),
    ("Footbaths are not a cure. Footbaths are safe.", 5),
    ("Colds that no longer respond to tea", 5),
    ("Colds that will not respond to tea: exploring footbaths", 5),
    ("Rapid relief", 5),
    ("Lower fever", 5),
    ("Take a footbath in May 2020.", 5),
    ("Fill in the form below, it works for good reason.", 5),
    ("Footbaths should always be supervised.", 5),
    ("Complete the form below.", 5),
    ("Footbaths help you manage any potential side effects.", 5),
    ("Is a footbath right? Yes.", 5),
    # 6: certain
    ("Footbaths are proven to shorten colds.", 6),
    ("Clinically proven", 6),
    ("You will feel better.", 6),
    (
        "Footbaths are usually given in our rooms, where we watch closely to ensure your complete safety.",
        6,
    ),
    ("Patients who have not responded will feel better.", 6),
    ("You’ll feel better.", 6),
    ("Footbaths stop a cold.", 6),
    ("Your cold will never come back.", 6),
    ("It never fails.", 6),
    ("Footbaths can stop a cold.", 6),
    ("Footbaths always work.", 6),
    ("Footbaths eliminate coughing.", 6),
    ("Complete relief in an hour.", 6),
    ("We follow protocols to ensure safety, with staff to manage any potential side effects.", 6),
    ("Without doubt, footbaths will help.", 6),
    ("Everyone who tries it feels better.", 6),
    # 7: promises
    ("Footbaths cure colds.", 7),
    ("Footbaths can cure colds.", 7),
    ("Relief is guaranteed.", 7),
    ("If you want guaranteed relief, call us.", 7),
    ("Colds gone for good!", 7),
    ("Footbaths end colds permanently.", 7),
    ("Not only do footbaths ease a cold, they cure it.", 7),
    ("Do footbaths cure colds? Yes!", 7),
    ("Patients who have not responded to tea will be cured.", 7),
    ("A risk-free treatment", 7),
    ("It isn't a pill. It cures.", 7),
]


@pytest.mark.parametrize(("passage", "step"), READ)
def test_a_careful_reader_gives_this_step(passage: str, step: int) -> None:
    assert wording(passage).step == step, wording(passage)


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("Footbaths may cure colds.", ("may", "cure")),
        ("Footbaths will help.", ("will",)),
        ("Footbaths help, and they cure.", ("cure",)),
        ("Footbaths are warm.", ()),
        ("Not a cure.", ()),
        ("A study found that footbaths significantly reduced coughing.", ("significantly",)),
    ],
)
def test_it_names_the_words_behind_the_step(passage: str, words: tuple[str, ...]) -> None:
    assert wording(passage).words == words


@pytest.mark.parametrize(
    ("passage", "step"),
    [
        ("There is no risk.", 5),
        ("without creating any dependency", 5),
        ("Footbaths do not scald.", 5),
        ("Footbaths will not scald you.", 6),
        ("Footbaths will never scald you.", 6),
        ("Footbaths may not scald.", 2),
        ("Footbaths can be risk-free.", 7),
        ("Do footbaths scald?", 0),
    ],
)
def test_where_a_denial_is_the_claim_it_is_read_as_one(passage: str, step: int) -> None:
    assert wording(passage, denying=True).step == step


CURE = re.compile(r"\bcur\w+|\bguarantee\w*", re.IGNORECASE)


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("Footbaths cure colds.", ["cure"]),
        ("Footbaths cure colds, guaranteed.", ["cure", "guaranteed"]),
        ("Footbaths may cure colds.", ["cure"]),
        ("This is not a cure.", []),
        ("This isn’t a cure.", []),
        ("There is no known cure for a cold.", []),
        ("Not a cure, a guarantee, or a miracle.", []),
        ("Footbaths never cure a cold.", []),
        ("We cannot and do not claim to cure you.", []),
        ("Unlike a cure, footbaths bring relief.", []),
        ("We offer relief instead of a cure.", []),
        ("Is it a cure?", []),
        ("Is it a cure? It cures.", ["cures"]),
        ("It is not a pill. It cures.", ["cures"]),
        ("It does not numb and it cures.", ["cures"]),
        ("Not only relief but a cure.", ["cure"]),
        ("A cure without drowsiness", ["cure"]),
        ("No side effects, cures colds", ["cures"]),
        ("Secure your place in a procured footbath.", []),
        ("", []),
    ],
)
def test_affirmed(passage: str, words: list[str]) -> None:
    assert [match[0] for match in asserted_matches(CURE, passage)] == words


def test_affirmed_gives_places_in_the_passage_itself() -> None:
    passage = "It’s true … it cures."
    match = next(asserted_matches(CURE, passage))
    assert passage[match.start() : match.end()] == "cures"


VERBS = [
    "shorten",
    "cure",
    "help",
    "reduce",
    "stop",
    "prevent",
    "guarantee",
    "permanently end",
    "effectively treat",
    "ease",
    "warm",
]
OBJECTS = [
    "colds",
    "a cold",
    "coughing in some people",
    "your cold for good",
    "colds, and will end them",
    "what tea cannot",
    "colds forever",
]
FRAMES = [
    "footbaths",
    "a proven cure",
    "may help",
    "is being studied",
    "most people",
    "will",
    "effective",
    "and",
    "for those who cough",
    ",",
]
PHRASES = st.builds("{} {}".format, st.sampled_from(VERBS), st.sampled_from(OBJECTS))
LOOSE = st.lists(st.sampled_from(VERBS + OBJECTS + FRAMES), min_size=1, max_size=6).map(" ".join)


@given(LOOSE)
def test_not_in_front_never_raises(phrase: str) -> None:
    assert wording(f"not {phrase}").step <= wording(phrase).step


@given(PHRASES)
def test_may_in_front_of_a_verb_never_raises(phrase: str) -> None:
    assert wording(f"Footbaths may {phrase}").step <= wording(f"Footbaths {phrase}").step


@given(PHRASES)
def test_may_in_front_of_the_only_verb_brings_it_down_to_may(phrase: str) -> None:
    if not phrase.endswith(("will end them", "tea cannot")):
        assert wording(f"Footbaths may {phrase}").step == 2


@given(st.text() | LOOSE, st.booleans())
def test_any_text_has_a_step(text: str, denying: bool) -> None:
    read = wording(text, denying)
    assert 0 <= read.step <= 7
    assert all(isinstance(word, str) for word in read.words)
    assert all(
        text[match.start() : match.end()]
        for match in asserted_matches(re.compile("...|."), text.replace("...", ""))
    )


@pytest.mark.parametrize(
    "unit",
    [
        "not ",
        "a",
        "may ",
        "!",
        "?",
        " ",
        "some ",
        "and aaaa",
        "cure, ",
        "who ",
        "never may not ",
        "cure no ",
        "if cure will ",
        "-",
        "'",
        "n't",
    ],
)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    def spent(size: int) -> float:
        text = unit * (size // len(unit)) + "x"
        start = time.process_time()
        wording.__wrapped__(text)
        assert list(asserted_matches(CURE, text)) is not None
        return time.process_time() - start

    spent(500)
    assert spent(25_000) < 0.1875 + 40 * spent(2_500)
