"""A line that the base offers, changed by a writer, is told; the line itself and other copy are not."""

import re

import pytest
from factories import small_base
from hypothesis import given
from hypothesis import strategies as st

from claimbook.language.sentences import split
from claimbook.records.quotes import normalize
from claimbook.vetting.candidates import Candidates
from claimbook.vetting.own_lines import OwnLines, is_near
from claimbook.vetting.results import SentenceResult, State
from claimbook.vetting.vet import Vetter

PREGNANCY = "Hot footbaths are not recommended in pregnancy."
NURSE = "A nurse should watch your feet, your pulse and your breathing all through the footbath."
DRIVE = (
    "Stay until your feet are dry, let somebody take you home, and do not drive for at least three"
    " hours."
)
TRIAL = "In one trial, 48 of 61 people with a cold got well after five days of warm footbaths."
RULES = "Do not stop your tablets, and ask the doctor first. Your feet may swell for some days."
CALL = "Call us for swollen feet that are sudden and very bad, or the worst of your life."
STEAM = "Steam baths are not recommended in pregnancy."
MOST = "At most three footbaths a day are enough for anybody."
LINES = [PREGNANCY, NURSE, DRIVE, TRIAL, RULES, CALL, STEAM, MOST]
BASE = {
    "vocabulary": {"hot-footbath": {"facet": "intervention", "terms": ["hot footbath"]}},
    "statement": "Hot footbaths are not for people with swollen feet.",
    "occurrences": [
        {"page": "spa", "quote": "Hot footbaths are not recommended in late pregnancy"},
        {"page": "spa", "quote": "ask the doctor first, and your own midwife"},
        {"page": "spa", "quote": "Do not stop your heart tablets"},
    ],
}


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> OwnLines:
    return OwnLines(Candidates(small_base(BASE, tmp_path_factory.mktemp("base"))), LINES)


@pytest.mark.parametrize(
    ("sentence", "differs"),
    [
        (
            "Hot footbaths are not recommended in pregnancy unless your feet are cold.",
            'adds "unless your feet are cold": a person must check the change.',
        ),
        ("Stop your tablets, and ask the doctor first.", 'leaves out "Do not": a person must check the change.'),
        ("Hot footbaths are recommended in pregnancy.", 'leaves out "not": a person must check the change.'),
        (
            "A nurse should watch your feet, your pulse and your breathing for the first five minutes of the footbath.",
            'has "for the first five minutes of" for "all through": a person must check the change.',
        ),
        (
            "Stay until your feet are dry, and don’t drive for at least three minutes!",
            'leaves out "let somebody take you home" and has "minutes" for "hours": a person must check the changes.',
        ),
        (
            "In one trial, 61 of 61 people with a cold got well after 2 days of warm footbaths.",
            'has "61" for "48" and "2" for "five": a person must check the changes.',
        ),
        (
            "In one trial, 48 of 61 people with a cold got well after months of hard work.",
            'has "months of hard work" for "five days of warm footbaths": a person must check the change.',
        ),
        (  # two places, between which only a common word stands, are one
            "Call us for swollen feet that are sudden and very bad, once two weeks of footbaths have failed.",
            'has "once two weeks of footbaths have failed" for "or the worst of your life": a person must check the change.',
        ),
        # in a short line, a word that turns it
        (
            "Steam baths are not recommended before pregnancy.",
            'has "before" for "in": a person must check the change.',
        ),
        # of two lines the nearer one
        ("Steam baths are not recommended in late pregnancy.", 'adds "late": a person must check the change.'),
    ],
)  # fmt: skip
def test_what_differs_is_told(sentence: str, differs: str, lines: OwnLines) -> None:
    told = lines.change(normalize(sentence)) or ""
    assert re.fullmatch(rf'It is nearly "[^"]+[^.]", but {re.escape(differs)}', told), told


@pytest.mark.parametrize(
    ("sentence", "after"),
    [
        (PREGNANCY, ""),
        # small words, and how words are written
        ("And hot foot-baths also aren’t recommended in a pregnancy", ""),
        ("In 1 trial, 48 of 61 people with a cold got well after 5 days of warm footbaths.", ""),
        ("They are not recommended in pregnancy.", ""),
        ("At most three footbaths per day are enough for anybody.", ""),
        # what is left out comes next; what is added is a line, too
        ("Do not stop your tablets.", "Ask the doctor first. Then come."),
        (
            "Do not stop your tablets, and ask the doctor first; your feet may swell for some days.",
            "",
        ),
        # what else is recorded, and passages that were judged
        ("Hot footbaths are not for people with swollen feet.", ""),
        ("Hot footbaths are not recommended in late pregnancy.", ""),
        ("Do not stop your heart tablets, ask the doctor first, and your own midwife.", ""),
        (f"{TRIAL.rstrip('.')} (Jones and others 2018).", ""),  # its source, named after it
        # other copy: most words are others, or they are in many places
        ("Cold footbaths are not for everybody in pregnancy.", ""),
        ("A nurse and a doctor should watch your pulse, and your feet, all through the day.", ""),
        ("Your feet may itch.", ""),
        ("Mud baths are not recommended in pregnancy.", ""),
        ("", ""),
    ],
)
def test_what_says_the_same_or_something_else_is_left_alone(
    sentence: str, after: str, lines: OwnLines
) -> None:
    assert lines.change(normalize(sentence), after) is None


@pytest.mark.parametrize(
    ("shared", "lost", "added", "places", "near"),
    [
        (5, 1, 0, 1, True), (5, 1, 1, 1, False), (4, 1, 0, 1, False),  # a line of six words
        (6, 0, 6, 1, True), (6, 0, 7, 1, False), (6, 6, 0, 1, True),  # added, or left out
        (8, 1, 1, 1, True), (10, 1, 2, 1, False), (9, 2, 1, 2, False),  # others in their place
        (11, 5, 6, 1, True), (11, 5, 6, 2, False), (12, 6, 2, 2, True), (12, 1, 3, 4, False),
    ],
)  # fmt: skip
def test_nearness(shared: int, lost: int, added: int, places: int, near: bool) -> None:
    assert is_near(shared, lost, added, places) is near


def test_one_word_of_a_short_line() -> None:
    assert is_near(6, 1, 1, 1, turned=True)
    assert not is_near(6, 1, 1, 1)


WORDS = sorted({word for line in LINES for word in line.split()})


@given(
    st.sampled_from(LINES), st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", *WORDS])))
)
def test_only_what_stands_there_is_told(
    lines: OwnLines, line: str, changes: list[tuple[int, str]]
) -> None:
    words = split(line)[0].split()
    for place, word in changes:
        words[place : place + 1] = [word] if word else []
    sentence = " ".join(words)
    if told := lines.change(sentence):
        ours, *differing = re.findall(r'"([^"]*)"', told)
        assert any(ours in each for each in LINES)
        assert differing
        assert all(part in ours or part in sentence for part in differing)


def read(text: str, vetter: Vetter) -> SentenceResult:
    return vetter.vet(text).sentences[0]


def test_a_changed_line_of_the_real_base_is_marked(vetter: Vetter) -> None:
    says = sorted({say.text for claim in vetter.base.claims.values() for say in claim.say})
    ours = [each for text in says[::7] for each in split(text) if len(each.split()) >= 8]
    changed = [re.sub(r"\.$", " unless you feel fine.", each) for each in ours]
    marked = [read(each, vetter).state in (State.LOOK, State.FLAGGED) for each in changed]
    assert len(ours) > 30
    assert all(marked), [each for each, mark in zip(changed, marked, strict=True) if not mark]
    assert not [each for each in ours if "nearly" in (read(each, vetter).look or "")]


@pytest.mark.parametrize(
    ("text", "state", "verdict"),
    [
        ("Ketamine is not recommended in pregnancy.", "clean", "supported"),
        ("Ketamine is not recommended in pregnancy after the first trimester.", "look", "not-checked"),
        # else supported, for a sentence need not say of what its claim is
        ("In two trials of Spravato for depression, 61 of 227 people.", "look", "not-checked"),
        ("It can make you feel cut off from yourself for a while.", "clean", "supported"),
        # a question
        ("Is ketamine not recommended in pregnancy unless my headaches are bad?", "nothing", None),
        # synonyms of the base
        ("Ketamine is FDA-approved as an anesthetic.", "clean", "supported"),
    ],
)  # fmt: skip
def test_its_state(text: str, state: str, verdict: str | None, vetter: Vetter) -> None:
    result = read(text, vetter)
    label = result.verdict.label if result.verdict is not None else None
    assert (result.state.value, label) == (state, verdict), result.look
