"""The front: one screen, one box, true numbers, and nothing that no record says."""

import re
from pathlib import Path

import pytest
from conftest import WEIGHT_LOSS
from factories import small_base
from playwright.sync_api import Page, expect

from claimbook.loading.load import load
from claimbook.records import Share, Verdict
from claimbook.rules.check import Report, check
from claimbook.site.front import EXCERPT, disagreements, fall, harm
from claimbook.site.pages import render
from claimbook.site.words import truth_line


@pytest.fixture
def front(site: Path, browser: Page) -> Page:
    browser.goto((site / "index.html").as_uri())
    return browser


# --- one screen -----------------------------------------------------------------------------------


def test_it_fits_one_screen_of_a_desk(site: Path, browser: Page) -> None:
    browser.set_viewport_size({"width": 1280, "height": 900})
    browser.goto((site / "index.html").as_uri())
    box = browser.locator(".cb-front").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 900
    assert browser.locator(".md-sidebar:visible").count() == 0


def test_box_and_doors_are_on_the_first_screen_of_a_phone(site: Path, browser: Page) -> None:
    browser.set_viewport_size({"width": 390, "height": 844})
    browser.goto((site / "index.html").as_uri())
    for place in (".cb-notice", "#front-words", ".cb-door >> nth=2"):
        box = browser.locator(place).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 844, place
    assert browser.evaluate("document.documentElement.scrollWidth") == 390


def test_all_that_readers_come_for_is_one_click_away(front: Page, report: Report) -> None:
    article = front.locator(".cb-front")
    assert article.get_by_role("heading", level=1).inner_text().startswith("Ketamine for migraine")
    assert article.get_by_role("link", name=re.compile("^I ")).count() == 3
    links = {link.get_attribute("href") for link in article.get_by_role("link").all()}
    assert {f"pages/{name}.html" for name in report.base.pages} <= links
    assert {"board.html", "questions/index.html#does-it-help", "method/index.html"} <= links
    text = article.inner_text()
    assert "This is not medical advice" in text
    assert re.search(r"read on \d{4}-\d\d-\d\d", text)


def test_a_sentence_is_judged_in_place(site: Path, browser: Page) -> None:
    """From disk, where a page may do least; the page "Check your copy" is tested on a server."""
    browser.goto((site / "index.html").as_uri())
    box = browser.get_by_label("Paste a sentence, or ask")
    box.fill("Ketamine cures migraine permanently.")
    box.press("Enter")
    browser.locator("#front-judged-heading:focus").wait_for(timeout=60_000)
    card = browser.locator("#front-list > li")
    expect(card.locator(".cb-passage__head .cb-verdict")).to_have_text("Unsupported")
    expect(card.get_by_role("link", name="Ketamine cures migraine? Not shown")).to_have_attribute(
        "href", "claims/cures-migraine.html"
    )
    expect(card).to_contain_text("Nobody has shown a cure.")
    assert browser.evaluate("document.documentElement.scrollWidth") == 1280
    box.fill("Ketamine cures migraine")
    assert not card.is_visible(), "it is of other words"


@pytest.mark.parametrize(
    "asked",
    [
        "Can I drive home",
        "is it safe?",
        "driving",
        "I am pregnant and want ketamine",  # of oneself: an answer is wanted, no verdict
        "my headache is the worst of my life",
        "chronic migraine how many get better out of 100",  # typed, and no sentence of anybody's
        "clinic sells home spray is it allowed",
    ],
)
def test_a_question_goes_to_the_search(front: Page, asked: str) -> None:
    box = front.get_by_label("Paste a sentence, or ask")
    box.fill(asked)
    box.press("Enter")
    front.wait_for_url("**/search.html#q=*")
    expect(front.locator("#search-words")).to_have_value(asked)


# --- true -----------------------------------------------------------------------------------------


def test_its_numbers_are_true(front: Page, report: Report) -> None:
    counts = front.locator(".cb-front__counts")
    assert counts.inner_text().startswith(f"We checked {len(report.base.occurrences)} passages on ")
    links = counts.locator("a[href*=verdict]")
    numbers = [int(text.split()[0]) for text in links.all_inner_texts()]
    assert sum(numbers) == len(report.base.occurrences)
    links.filter(has_text=re.compile(r"\d contradicted$")).click()
    shown = front.locator("#passages tbody tr:visible:not(.cb-rows__group)")
    expect(shown).to_have_count(
        sum(report.verdict(o) is Verdict.CONTRADICTED for o in report.base.occurrences.values())
    )


def test_the_picture_is_of_the_same_people_and_its_sentence_tells_both_counts(
    front: Page, report: Report
) -> None:
    shown = fall(report)
    assert shown
    first, later = shown.first.says, shown.later.says
    assert isinstance(first, Share)
    assert isinstance(later, Share)
    assert (first.count, later.count, first.total, later.total) == (55, 15, 77, 77)
    told = front.locator(".cb-front__fall").inner_text()
    parts = ("71 of 100", "19 of 100", "55 of 77", "15 of the 77", "There was no comparison group")
    for part in parts:
        assert part in told
    assert shown.passage
    assert shown.first.source in shown.passage.cited  # it speaks of these people
    assert report.verdict(shown.passage) > Verdict.NOT_CHECKED


def test_the_excerpt_shows_two_pages_that_disagree(front: Page, report: Report) -> None:
    shown = disagreements(report)
    rows = front.locator(".cb-front__board tbody tr")
    assert rows.count() == len(shown) == EXCERPT
    for row, each in zip(rows.all(), shown, strict=True):
        (worse, grave), (better, mild) = each.words
        assert worse != better
        assert grave.verdict > mild.verdict
        for page, quoted in each.words:
            assert report.base.pages[page].clinic in row.inner_text()
            assert quoted.words in row.inner_text()


def test_a_harm_stands_beside_the_benefit_in_a_hue_of_its_own(front: Page, report: Report) -> None:
    shown, fallen = harm(report), fall(report)
    assert shown
    assert fallen
    assert report.base.vocabulary.harm(shown.about.outcome)
    assert shown.about.intervention == fallen.first.about.intervention, "of the same treatment"
    pictures = front.locator(".cb-front__people figure")
    expect(pictures).to_have_count(3)
    expect(pictures.last).to_have_class("cb-side--harms")
    assert "42 of 100" in pictures.last.inner_text()
    assert f"In another study: {shown.plain}" in front.locator(".cb-front__fall").inner_text()
    hues = [
        one.locator(".cb-people__counted").evaluate("one => getComputedStyle(one).stroke")
        for one in pictures.all()
    ]
    assert hues[0] == hues[1] != hues[2]


def test_no_answer_of_the_excerpt_is_cut(front: Page, report: Report) -> None:
    rows = front.locator(".cb-front__board tbody tr").all()
    for row, each in zip(rows, disagreements(report), strict=True):
        truth = each.row.lead.truth
        assert truth
        assert row.locator("td").last.inner_text().endswith(truth_line(truth))


# --- other bases ----------------------------------------------------------------------------------


def test_another_base_has_a_front_of_its_own() -> None:
    page = render(check(load(WEIGHT_LOSS, WEIGHT_LOSS / "snapshots")))["index.md"]
    assert "etamine" not in page.html
    assert page.html.count('class="cb-door"') == 3


@pytest.mark.parametrize(
    ("later", "drawn"),
    [
        ({"share": "10%", "of": [4, 40]}, True),
        ({"share": "40%", "of": [16, 40]}, False),
        ({"share": "10%", "of": [2, 20]}, False),
    ],
    ids=["fell to a fifth", "fell a little", "of others"],
)
def test_the_picture_takes_a_fall_to_half_among_the_same_people(
    tmp_path: Path, later: object, drawn: bool
) -> None:
    findings = {
        "report/relief": {"says": {"share": "50%", "of": [20, 40]}, "plain": "Half felt better."},
        "report/cure": {"says": later},
    }
    topic = {
        "question": "Does a footbath help?",
        "answer": "Nobody knows.",
        "found": ["report/relief", "report/cure"],
    }
    claims = [{"statement": "A footbath helps."}]
    report = check(small_base({"claims": claims, "findings": findings, "topic": topic}, tmp_path))
    assert (fall(report) is not None) == drawn
