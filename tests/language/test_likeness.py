"""What a sentence reads like is what the examples give, and the same everywhere."""

import sys
from itertools import combinations

import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from claimbook.language.likeness import BITS, FEWEST, Manner, features, likeness
from claimbook.records.quotes import normalize

sys.path.insert(0, str(ROOT / "examples"))
import fit

LABELS = ("danger", "overclaim", "sound")


@pytest.mark.parametrize("manner", Manner)
def test_the_tables_are_those_that_the_examples_give(manner: Manner) -> None:
    fitted = fit.fit(*(fit.labelled(manner, kind) for kind in fit.KINDS)).rounded()
    kept = likeness(manner)
    assert fitted.bias == kept.bias
    assert fitted.weights == kept.weights, "run python examples/fit.py"


def test_no_sentence_stands_twice_or_among_those_that_measure() -> None:
    examples = {
        (kind, label): [
            one.lower() for texts in fit.examples(kind, label).values() for one in texts
        ]
        for kind in fit.KINDS
        for label in LABELS
    }
    for one in examples.values():
        assert len(one) == len(set(one)) >= 1_000
        assert min(map(len, one)) >= 10
    assert not any(set(one) & set(other) for one, other in combinations(examples.values(), 2))
    known = {text for texts in examples.values() for text in texts}
    for name in ("danger", "danger-plain", "danger-indirect", "danger-mixed", "reworded"):
        rows = yaml.load((ROOT / "tests" / "gold" / f"{name}.yaml").read_bytes(), yaml.CSafeLoader)
        assert known.isdisjoint(row["text"].lower() for row in rows), name


@pytest.mark.parametrize(
    ("manner", "worse", "better"),
    [
        (
            Manner.DANGER,
            "You will be fine to drive yourself home as soon as the drip is out.",
            "Please let somebody else drive you home, and do not drive before tomorrow.",
        ),
        (
            Manner.OVERCLAIM,
            "Our treatment works for almost everybody and ends migraine for good.",
            "In some small studies a few people had less pain for some hours.",
        ),
    ],
)
def test_what_is_at_fault_scores_higher(manner: Manner, worse: str, better: str) -> None:
    assert likeness(manner).is_high(worse)
    assert not likeness(manner).is_high(better)
    assert not likeness(manner).is_low(worse)


def test_bounds_are_in_order() -> None:
    for manner in Manner:
        assert likeness(manner).low < likeness(manner).high


def test_a_few_words_say_most() -> None:
    (sentence, expected) = "Take the spray home, and drive as soon as you like.", "drive as soon as"
    assert expected in likeness(Manner.DANGER).core(sentence)
    assert likeness(Manner.DANGER).core("Drive.") == "Drive."
    assert likeness(Manner.DANGER).core(" ") == ""


@given(st.text())
def test_any_text_has_a_score(text: str) -> None:
    places = features(text)
    assert places == tuple(sorted(set(places)))
    assert all(0 <= place < 1 << BITS for place in places)
    assert (likeness(Manner.DANGER).score(text) is None) is (len(text.split()) < FEWEST)
    assert likeness(Manner.DANGER).core(text) in normalize(text)


@given(
    st.lists(
        st.sampled_from(
            ["we", "you", "drive", "home", "after", "a", "drip", "no", "never", "safe"]
        ),
        max_size=9,
    )
)
def test_capitals_spaces_and_figures_make_no_difference(words: list[str]) -> None:
    text = " ".join(words)
    assert features(f"{text} 12") == features(f"  {text.upper()}   7.5 ")


def test_a_fitted_table_tells_apart_what_it_was_fitted_to() -> None:
    rows = [(features(f"bad thing {n}"), 1) for n in "abcdef"]
    rows += [(features(f"good thing {n}"), -1) for n in "abcdef"]
    fitted = fit.fit(rows).rounded()
    assert all((fitted.of(places) > 0) is (sign > 0) for places, sign in rows)
    assert max(map(abs, fitted.weights)) == fit.LARGEST
