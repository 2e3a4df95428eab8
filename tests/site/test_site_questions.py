"""A patient's question: the answer at a glance, as the records say it."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from factories import Example, small_base
from markupsafe import Markup

from claimbook.records import Topic
from claimbook.rules.check import Report, check
from claimbook.site.pages import SitePage, render
from claimbook.site.questions import answer
from claimbook.site.words import WORDS, first_sentences, main_reason, sign


@pytest.fixture(scope="module")
def pages(report: Report) -> dict[str, SitePage]:
    return render(report)


def text(html: str) -> str:
    return " ".join(Markup(html).striptags().split())


def card(html: str) -> str:
    return html.partition('<section class="cb-card"')[2].partition("</section>")[0]


def small(claim: Example, topic: Example | None = None, findings: Example | None = None) -> str:
    """The card of a question with one claim, of which it is the answer."""
    example = {
        "claims": [claim],
        "findings": findings or {},
        "topic": {"truth-of": "claim-1"} | (topic or {}),
    }
    with TemporaryDirectory() as folder:
        return card(render(check(small_base(example, Path(folder))))["questions/topic.md"].html)


def test_cards_say_what_the_records_say(report: Report, pages: dict[str, SitePage]) -> None:
    base = report.base
    for topic in base.topics.values():
        shown = card(pages[f"questions/{topic.id}.md"].html)
        line = re.search(r'<p class="cb-card__line">(.*?)</p>', shown, re.DOTALL)
        assert line, topic.id
        first = answer(first_sentences(topic.answer), "questions/x.md", base)
        assert text(line[1]) == text(first), topic.id
        points = re.findall(r"<li[^>]*>(.*?)</li>", shown, re.DOTALL)
        assert len(points) == bool(topic.found) + bool(topic.harms) + bool(topic.unknown) <= 3
        for keys in (topic.found, topic.harms):
            if keys and (plain := base.findings[keys[0]].plain):
                assert any(text(plain) in text(point) for point in points), topic.id
        assert signs(shown) == expected_signs(topic, report), topic.id
        if topic.truth_of:
            lead = base.claims[topic.truth_of]
            assert main_reason(lead, report.index) in text(shown), topic.id
        if topic.would_change:
            assert topic.would_change in text(shown), topic.id
        claims = [base.claims[name] for name in topic.claims]
        days = [claim.searched.on for claim in claims if claim.searched]
        assert f"Last searched {min(days, default='No search is recorded')}" in text(shown)


def signs(shown: str) -> list[str]:
    return [text(one) for one in re.findall(r'<span class="cb-sign .*?</span> .*?</span>', shown)]


def expected_signs(topic: Topic, report: Report) -> list[str]:
    if not topic.truth_of:
        return []
    shown = sign(report.base.claims[topic.truth_of], report.base)
    assert shown, topic.id
    return [f"{shown[2]} {shown[1]}"]


@pytest.mark.parametrize(
    ("kind", "truth", "shown"),
    [
        ("efficacy", "yes", "✓ Yes"),
        ("efficacy", "no", "✗ No"),
        ("efficacy", "not-shown", "? Not shown"),
        ("durability", "mixed", "± Mixed"),
        ("cost", "out-of-scope", "– Not looked at here"),
        ("harm", "yes", "! A risk"),
        ("harm", "no", "? Not shown"),
        ("harm", "not-shown", "? Not known"),
        ("contraindication", "yes", "! Advised against"),
        ("contraindication", "no", "? Not shown"),
    ],
)
def test_sign_is_of_the_claim_that_answers(kind: str, truth: str, shown: str) -> None:
    claim: Example = {
        "statement": "A footbath warms.",
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "warmth"},
        "truth": {"is": truth, "line": "As the record says."},
    }
    assert signs(small(claim)) == [shown]


def test_certainty_has_the_one_reason_that_weighs_most() -> None:
    claim: Example = {
        "statement": "A footbath warms.",
        "kind": "efficacy",
        "about": {"intervention": "footbath", "outcome": "warmth"},
        "truth": {"is": "not-shown", "line": "Not shown."},
        "evidence": ["trial/warmth"],
        "certainty": {
            "risk-of-bias": {"down": 1, "because": "everybody knew"},
            "imprecision": {"down": 2, "because": "it was 6 people."},
            "indirectness": {"down": 1, "because": "They were cold."},
        },
    }
    findings: Example = {"trial/warmth": {"says": {"effect": "increases"}}}
    shown = text(small(claim, findings=findings))
    assert "How sure ●○○○ Very low It was 6 people. Last searched" in shown
    assert "everybody knew" not in shown


def test_question_without_one_answer_has_no_sign(pages: dict[str, SitePage]) -> None:
    shown = card(pages["questions/ask-a-clinic.md"].html)
    assert not signs(shown)
    assert "This question has no yes or no." in text(shown)


def test_warning_has_its_harm_before_its_benefit(pages: dict[str, SitePage]) -> None:
    names = [WORDS["points"][side] for side in ("found", "harms")]
    for page, order in (("at-home", names[::-1]), ("pain-and-attacks", names)):
        html = pages[f"questions/{page}.md"].html
        assert re.findall(r"<li><b>(.*?):</b>", card(html)) == order
        sides = [WORDS["sides"][side] for side in ("found", "harms")]
        shown = [side for side in re.findall(r"<h3>(.*?)</h3>", html) if side in sides]
        assert shown == (sides if order == names else sides[::-1])
