"""The report on a draft as its readers see it: what comes first, and that it says one thing."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, WEIGHT_LOSS, real_vetter

from claimbook.loading.load import load
from claimbook.vetting.browser import vet_draft
from claimbook.vetting.drafts.files import draft
from claimbook.vetting.formatters.html import as_html
from claimbook.vetting.formatters.results import advice, by_urgency, heading, numbers, tally, urgent
from claimbook.vetting.formatters.text import as_text
from claimbook.vetting.results import SentenceResult, State, as_data
from claimbook.vetting.suppressions import FinalResult
from claimbook.vetting.vet import Vetter

PRAISE = "Our drip room is a true game changer."
LIGHT = "The side effects of a ketamine drip are mild."
DRIVE = "You can drive the next day."
CURE = "Ketamine cures migraine."
MIXED = f"{PRAISE}\n\n{LIGHT}\n\n{DRIVE}\n\n{CURE} What does it cost?\n"


@cache
def vetter_of(root: Path) -> Vetter:
    return real_vetter() if root == ROOT else Vetter(load(root))


def result(text: str, root: Path = ROOT) -> FinalResult:
    return vet_draft(draft(text.encode(), "a.txt"), vetter_of(root), date(2026, 11, 29))


def printed(text: str, *, reading: bool = False) -> str:
    return "".join(as_text([result(text)], vetter_of(ROOT).base, reading=reading))


def test_the_most_dangerous_comes_first() -> None:
    order = [
        each.text if isinstance(each, SentenceResult) else each.rule
        for each in by_urgency(result(MIXED))
    ]
    assert order[0] == LIGHT
    ranks = list(map(order.index, (DRIVE, "serious-harm-unmentioned", CURE, PRAISE)))
    assert ranks == sorted(ranks)
    assert [each.text for each in urgent(result(MIXED))] == [LIGHT, DRIVE]


@pytest.mark.parametrize(
    "text", [MIXED, f"{LIGHT} {LIGHT}", "Book now.", "Ketamine has a number of effects."]
)
def test_counts_add_up(text: str) -> None:
    summary = as_data(result(text).vetted)["summary"]
    states = [summary[state.value.replace("-", "_")] for state in State]
    assert sum(states) == summary["sentences"]
    said = numbers(tally([result(text)])).partition(" (")[0]
    total, *parts = map(int, re.findall(r"\d+", said))
    assert (total, parts) == (summary["sentences"], states)


def test_a_warning_is_a_flag_whatever_the_verdict_is() -> None:
    (sentence,) = result("The data supports ketamine drips for migraine.").vetted.sentences
    assert [flag.rule for flag in sentence.flags] == ["vague-authority"]
    assert heading(sentence) == "flagged"


def test_beside_a_flag_there_is_no_doubt_about_the_same() -> None:
    sentence = result(LIGHT).vetted.sentences[0]
    assert sentence.state is State.FLAGGED
    assert sentence.look, "machines are told all of it"
    assert sentence.to_look_at is None
    assert "look:" not in printed(LIGHT)
    (both,) = result("Our wonder drug, ketamine, needs no driver afterwards.").vetted.sentences
    assert both.to_look_at == (
        "It is on a safety topic, too (driving): let a person check that part."
    )


def test_sources_and_wordings_are_given_once() -> None:
    shown = printed(f"{LIGHT}\n\nA ketamine infusion has only mild side effects.\n")
    offers = re.findall(r"you may write: (.*)", shown)
    assert offers[1] == "the same as for line 1"
    assert re.search(r"rests on: [^\n]*\. \d{4}\. https://", shown)
    assert "(in full above)" in shown
    full = re.findall(r"rests on: ([^\n]*https://\S+)", shown)
    assert len(set(full)) == len(full)


def test_how_a_sentence_was_read_is_told_when_asked_for() -> None:
    assert "read as:" not in printed(LIGHT)
    assert "read as:" in printed(LIGHT, reading=True)


def test_a_word_of_praise_does_not_cost_the_sentence() -> None:
    long = "You sit in a quiet room with a nurse beside you while you have the cutting-edge weekly shot."
    (sentence,) = result(long, WEIGHT_LOSS).vetted.sentences
    assert sentence.at_fault == ("cutting-edge",)
    assert advice(sentence).endswith("write it without “cutting-edge”, or delete it.")
    (short,) = result("Our tablets lower your weight.", WEIGHT_LOSS).vetted.sentences
    assert short.at_fault == ()
    assert advice(short).endswith("delete it.")


def test_what_is_supported_and_what_claims_nothing_look_different() -> None:
    text = "Ketamine is not a cure for migraine. What does it cost?"
    assert [each.state for each in result(text).vetted.sentences] == [State.CLEAN, State.NOTHING]
    page = as_html([result(text)], vetter_of(ROOT).base, "1", date(2026, 11, 29))
    body = page.partition("<section>")[2]
    assert '<span class="clean">Ketamine is not a cure for migraine.</span>' in body
    assert re.search(r"(?<!>)What does it cost\?", body)


def test_dangers_lead_what_is_not_checked() -> None:
    text = "Ketamine is a lavender candle.\n\nKetamine and your blood pressure are old friends.\n"
    vetted = result(text)
    states = [each.state for each in vetted.vetted.sentences]
    assert states == [State.NOT_CHECKED] * 2
    lines = [line for line in printed(text).splitlines() if "is not checked" in line]
    assert lines[0].startswith("    line 3 is not checked (on blood pressure and heart)")


def test_three_sources_of_a_passage_are_given_in_full() -> None:
    shown = printed("Our ketamine troches relieve a migraine attack within hours.")
    full = re.findall(r"rests on: [^\n]* https://\S+\n", shown)
    assert len(full) == 3
    assert re.search(r"rests on: [^\n]*; [^\n]* \(in full in the HTML report\)", shown)
