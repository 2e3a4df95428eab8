"""The search: answers first, no false sentence without its truth line, from disk and by keyboard."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import sound, violations
from factories import small_base
from playwright.sync_api import BrowserContext, Page, expect

from claimbook.records import Verdict
from claimbook.rules.check import Report, check
from claimbook.site.search_index import script
from claimbook.site.words import WORDS

SIZE = 300 * 1024  # of index and script, compressed


def index(report: Report) -> dict[str, Any]:
    _, _, data = script(report, {}).partition(" = ")
    parsed: dict[str, Any] = json.loads(data.removesuffix(";"))
    return parsed


def find(page: Page, site: Path, words: str) -> list[str]:
    """The addresses found for words, in the order in which they are shown."""
    if page.url.partition("#")[0] != (address := (site / "search.html").as_uri()):
        page.goto(address)
    page.get_by_role("searchbox", name="Ask a question, or paste a sentence").fill(words)
    return [str(link.get_attribute("href")) for link in page.locator(".cb-hit:visible > a").all()]


# --- what is found --------------------------------------------------------------------------------

ASKED = [
    ("is it safe", "questions/side-effects"),
    ("spravato", "questions/spravato"),
    ("stop my medication", "questions/other-medicines"),
    ("blood pressure pill", "questions/with-other-medicines"),
    ("what should I ask", "questions/ask-a-clinic"),
    ("addiction", "questions/dependence"),
    ("driving", "questions/going-home"),
    ("antidepressant", "questions/with-other-medicines"),
    ("alcohol", "questions/with-other-medicines"),
    ("pregnant", "questions/pregnancy"),
    ("how long does it last", "questions/how-long"),
    ("up to 77% of patients", "claims/relief-in-up-to-77-of-100"),
    ("does it work", "questions/pain-and-attacks"),
    ("can I drive home after the infusion", "questions/going-home"),
    ("will I get hooked", "questions/dependence"),
    ("is it ok while breastfeeding", "questions/breast-feeding"),
    ("can my teenager have it", "questions/children"),
    ("is ketamine FDA approved for migraine", "questions/approval"),
    ("spravatto", "questions/spravato"),
    ("insuranc", "questions/cost"),
    ("who should not", "questions/who-should-not"),
    ("How long does the relief last?", "questions/how-long"),
    ("older people", "questions/older-people"),
    ("high blood pressure", "questions/who-should-not"),  # also words of a clinic
    ("slightly high blood pressure", "questions/who-should-not"),
    ("I have glaucoma", "questions/who-should-not"),
    ("bipolar", "questions/who-should-not"),
    ("gabapentin", "questions/with-other-medicines"),
    ("lamotrigine", "questions/with-other-medicines"),
    ("is it safe with lisinopril", "questions/with-other-medicines"),
    ("propranolol", "questions/with-other-medicines"),
    ("birth control", "questions/with-other-medicines"),
    ("weed", "questions/with-other-medicines"),
    ("can I stop my antidepressant", "questions/other-medicines"),
]


@pytest.fixture(scope="module")
def search(context: BrowserContext) -> Iterator[Page]:
    """A page on which one search follows another, and no script may fail."""
    with sound(context.new_page()) as page:
        yield page


@pytest.mark.parametrize(("words", "first"), ASKED)
def test_the_answer_comes_first_and_nothing_false_stands_alone(
    site: Path, search: Page, words: str, first: str
) -> None:
    assert find(search, site, words)[0] == f"{first}.html"
    for hit in search.locator(".cb-hit:visible").all()[:6]:
        title = hit.locator("> a").inner_text()
        if "claims/" in str(hit.locator("> a").get_attribute("href")):
            assert title.endswith("?")
            assert hit.locator("> .cb-truth").inner_text()
            assert hit.locator("> p").first.inner_text()
    questions = search.get_by_role("region", name="Answers")
    assert questions.locator(".cb-hit > p").first.inner_text()


def test_words_of_a_clinic_are_shown_with_their_verdict(
    site: Path, browser: Page, report: Report
) -> None:
    # One or two words may be anybody's.
    of_a_clinic = [each for each in report.base.occurrences.values() if each.quote.count(" ") > 1]
    for passage in of_a_clinic[::80]:
        find(browser, site, passage.quote)
        verdict = report.sentence_verdict(passage)
        quoted = browser.locator("p", has=browser.locator("q", has_text=passage.quote)).first
        expect(quoted.locator(f".cb-verdict--{verdict.label}")).to_be_visible()


@pytest.mark.parametrize("words", ["carpal tunnel", "ketamine for tinnitus", "lupus"])
def test_words_that_no_page_answers_find_nothing(site: Path, search: Page, words: str) -> None:
    """Not what has the other word: "ketamine" is on every page."""
    assert find(search, site, words) == []
    expect(search.get_by_role("status")).to_contain_text("Nothing fits these words.")


def test_answers_stand_above_claims(site: Path, search: Page, report: Report) -> None:
    for question in [topic.question for topic in report.base.topics.values()][::3]:
        first = find(search, site, question)[0]
        assert search.locator(".cb-hit > a").first.inner_text() == question, first


def test_what_fits_nothing_gets_all_questions(site: Path, browser: Page, report: Report) -> None:
    assert find(browser, site, "zzz qqq") == []
    expect(browser.get_by_role("status")).to_have_text(
        "Nothing fits these words. No page has: zzz, qqq. That does not say that it is safe, or that it works. All questions:"
    )
    assert browser.locator("#search-start a").count() == len(report.base.topics)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("spravatto", "Searched for: spravato."),
        ("driving zzz", "No page has: zzz."),
    ],
)
def test_it_says_what_it_searched_for_instead_and_what_no_page_has(
    site: Path, browser: Page, words: str, told: str
) -> None:
    find(browser, site, words)
    expect(browser.get_by_role("status")).to_contain_text(told)


def test_more_is_shown_on_request(site: Path, browser: Page) -> None:
    few = find(browser, site, "is it safe")
    browser.get_by_role("button", name=re.compile(r"Show \d+ more")).first.click()
    assert browser.locator(".cb-hit:visible").count() > len(few)
    assert browser.evaluate("document.activeElement.closest('.cb-hit') !== null")


# --- a statement leads to the checker -------------------------------------------------------------


def test_a_statement_can_be_checked_word_by_word(served: str, browser: Page) -> None:
    asked: list[str] = []
    browser.on("request", lambda request: asked.append(request.url))
    statement = "Ketamine cures every migraine & is 100% safe"
    browser.goto(f"{served}/search.html")
    browser.get_by_role("searchbox", name="Ask a question").fill(statement)
    link = browser.get_by_role("link", name="Check it word by word")
    expect(link).to_be_visible()
    assert not [url for url in asked if "pyodide" in url], "nothing is loaded before it is asked"
    link.click()
    expect(browser.get_by_label("Your text", exact=True)).to_have_value(statement)
    expect(browser.locator("#checker-status")).to_contain_text("Loading the checker")
    assert not [url for url in asked if "cures" in url], "what is pasted stays in the browser"


@pytest.mark.parametrize("words", ["can ketamine cure every migraine for good?", "is it safe"])
def test_a_question_is_not_sent_to_the_checker(served: str, browser: Page, words: str) -> None:
    browser.goto(f"{served}/search.html")
    browser.get_by_role("searchbox", name="Ask a question").fill(words)
    expect(browser.locator(".cb-hit").first).to_be_visible()
    expect(browser.get_by_role("link", name="Check it word by word")).not_to_be_visible()


# --- for every reader -----------------------------------------------------------------------------


def test_the_box_of_every_page_leads_to_it_by_keyboard(site: Path, browser: Page) -> None:
    browser.goto((site / "questions/aura.html").as_uri())
    browser.keyboard.press("/")
    browser.keyboard.type("driving")
    browser.keyboard.press("Enter")
    expect(browser.locator(".cb-hit > a").first).to_have_text("Can I drive home?")
    assert browser.url.endswith("search.html#q=driving")
    browser.keyboard.press("Tab")
    browser.keyboard.press("Tab")
    browser.keyboard.press("Enter")
    expect(browser.get_by_role("heading", level=1)).to_have_text("Can I drive home?")
    browser.go_back()
    expect(browser.get_by_role("searchbox", name="Ask a question")).to_have_value("driving")


def test_without_a_script_the_search_is_a_list_of_questions(
    site: Path, context: BrowserContext, report: Report
) -> None:
    assert context.browser
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto((site / "questions/aura.html").as_uri())
    page.get_by_role("link", name="Search", exact=True).click()
    links = page.locator("#search-start a")
    assert links.count() == len(report.base.topics)
    assert page.locator("form:visible").count() == 0
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_phone(
    site: Path, context: BrowserContext, scheme: Any
) -> None:
    assert context.browser
    phone = context.browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = phone.new_page()
    find(page, site, "is it safe")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    phone.close()


def test_it_is_light(site: Path) -> None:
    files = [site / "assets" / name for name in ("search-index.js", "search.js")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < SIZE


# --- the index ------------------------------------------------------------------------------------


def test_every_record_can_be_found(report: Report) -> None:
    base, documents = report.base, index(report)["documents"]
    found = {document["to"] for document in documents}
    assert {f"questions/{name}.html" for name in base.topics} <= found
    assert {f"claims/{name}.html" for name in base.claims} <= found
    assert {f"sources/{name}.html" for name in base.sources} <= found
    assert len(found) == len(documents)


def test_questions_are_found_by_what_patients_call_them(tmp_path: Path) -> None:
    topic = {
        "question": "Does a footbath cure a cold?",
        "answer": "Nobody knows.",
        "asked-as": ["is it any good"],
    }
    claim = {"statement": "A footbath cures a cold."}
    report = check(small_base({"claims": [claim], "topic": topic}, tmp_path))
    (question,) = (each for each in index(report)["documents"] if each["kind"] == "question")
    assert question["asked"] == ["is it any good"]


def test_a_claim_is_a_question_with_what_the_evidence_makes_of_it(report: Report) -> None:
    data = index(report)
    for document in data["documents"]:
        if document["kind"] == "claim":
            assert document["title"].endswith("?")
            assert document["line"]
            assert document["truth"] in WORDS["truth"]
            assert {verdict for _, verdict, _ in document.get("quotes", [])} <= {
                verdict.label for verdict in Verdict
            }


def test_the_word_for_a_harm_is_that_of_its_own_page(site: Path, browser: Page) -> None:
    """What is not shown of a harm is not known: the other word would comfort."""
    find(browser, site, "Ketamine with triptans can raise blood pressure more")
    first = browser.locator(".cb-hit--claim").first
    expect(first.locator("> .cb-truth")).to_have_text("? Not known")
    first.locator("> a").click()
    expect(browser.get_by_role("heading", level=1).locator(".cb-truth")).to_have_text("? Not known")


def test_forms_of_a_word_stand_together(report: Report) -> None:
    groups = [set(group.split()) for group in index(report)["forms"].split("|")]
    assert any({"drive", "driving"} <= group for group in groups)
