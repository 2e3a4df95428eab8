"""Three readers' errands from the front, and access: keys, zoom, no script, colours, weight."""

import gzip
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, TYPES, WEIGHT_LOSS
from markupsafe import Markup
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect

from claimbook.curation.history import histories
from claimbook.curation.impact import all_dependents, consequences, counted, read_again
from claimbook.evidence.passages import sentences
from claimbook.records import Verdict
from claimbook.records.grouping import grouped
from claimbook.records.quotes import text_fragment
from claimbook.rules.check import Report
from claimbook.rules.disagreements import every_disagreement, in_rows
from claimbook.site.build import build
from claimbook.site.claims import JUDGED
from claimbook.site.sources import second_hand
from claimbook.site.words import VERDICT_WORDS, asked
from claimbook.vetting.vet import Vetter

TARGET = ".cb-passage:is(:target, :has(:target))"  # a sentence, or the one that a part is of
CLAIM_FILE = "claims/response/relief-in-up-to-77-of-100.yaml"
QUESTION, CLAIM, CLINIC = (
    "questions/at-home.html",
    "claims/relief-in-up-to-77-of-100.html",
    "pages/ketamine-chronic-migraine-prevention.html",
)


@pytest.fixture
def browser(browser: Page) -> Iterator[Page]:
    """A page on whose console nothing may fail either."""
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    browser.on("console", said)
    yield browser
    browser.remove_listener("console", said)
    assert not faults


def front(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())


def search(page: Page, words: str) -> list[str]:
    """The addresses that the box of the front finds, in the order in which they are shown."""
    page.get_by_role("searchbox", name="Paste a sentence, or ask").fill(words)
    page.locator(".cb-front").get_by_role("button").click()
    page.locator(".cb-hit").first.wait_for()
    return [str(link.get_attribute("href")) for link in page.locator(".cb-hit:visible > a").all()]


# --- errands --------------------------------------------------------------------------------------


def test_patient_asks_whether_the_nose_spray_is_safe_at_home_by_links(
    site: Path, browser: Page
) -> None:
    front(browser, site)
    browser.get_by_role("link", name="I am a patient").click()
    browser.get_by_role("link", name="Is a nose spray or drip safe at home?").click()
    answer = browser.locator(".cb-card")
    assert answer.locator(".cb-card__line").inner_text().startswith("No, it adds risk.")
    box = answer.bounding_box()
    assert box
    assert box["y"] + box["height"] < 800, "the whole answer without scrolling"


def test_patient_asks_whether_the_nose_spray_is_safe_at_home_by_search(
    site: Path, browser: Page
) -> None:
    front(browser, site)
    assert search(browser, "is the nose spray safe at home")[0] == QUESTION
    browser.locator(".cb-hit > a").first.click()
    expect(browser.locator(".cb-card__line")).to_contain_text("No, it adds risk.")


def test_writer_asks_what_is_wrong_with_up_to_77_and_what_to_write_instead(
    site: Path, browser: Page, vetter: Vetter
) -> None:
    front(browser, site)
    assert search(browser, "up to 77%")[0] == CLAIM
    browser.locator(".cb-hit > a").first.click()
    passage = browser.locator(".cb-passage", has_text="up to 77% of patients")
    expect(passage).to_contain_text("is the best case")
    expect(passage).to_contain_text("Give the figure of each study with its count: 48 of 61 people")
    passage.get_by_role("button", name="Copy this wording").click()
    passage.get_by_role("button", name="Copied").wait_for()
    copied = browser.evaluate("navigator.clipboard.readText()")
    assert (
        copied
        == "In one hospital, 48 of 61 people with hard-to-treat headache had at least 2 points less "
        "pain after a stay of 5 days with a ketamine drip and other drugs. At a visit about 38 days "
        "later, about 40 in 100 still did; of how many is not said. There was no comparison "
        "group. By a report from a medical meeting, about 51 in 100 were drowsy (Schwenk and "
        "others 2018)."
    )
    assert vetter.clean([copied]) == {copied}, "what is offered stands the check itself"


def test_writer_finds_the_same_by_links_alone(site: Path, browser: Page) -> None:
    front(browser, site)
    browser.get_by_role("link", name="I write copy for a clinic").click()
    browser.get_by_role("link", name="all passages").click()
    browser.get_by_label("Words").fill("up to 77%")
    expect(browser).to_have_url(re.compile("77%25"))
    rows = browser.locator("#passages tbody tr:visible:not(.cb-rows__group)")
    expect(rows).to_have_count(1)
    rows.get_by_role("link", name="Unnamed").click()
    passage = browser.locator(TARGET)
    assert "readers take it for the usual result" in passage.inner_text()
    assert passage.get_by_role("button", name="Copy this wording").is_visible()
    passage.locator("summary", has_text="Details").click()
    assert "Schwenk" in passage.locator(".cb-held").inner_text()


def test_reviewer_asks_which_figures_were_read_only_second_hand(
    site: Path, browser: Page, report: Report
) -> None:
    front(browser, site)
    browser.get_by_role("link", name="I check citations").click()
    browser.get_by_role("link", name="Findings not read in the source itself").first.click()
    listed = browser.locator("#second-hand-findings tbody tr", has_text="a figure")
    shown = {str(row.get_by_role("link").first.get_attribute("href")) for row in listed.all()}
    figures = [one["finding"] for one in second_hand(report.index) if one["figure"]]
    assert shown == {f"sources/{one.source}.html#{one.id}" for one in figures}
    assert listed.count() == len(figures) > 0
    data = json.loads((site / "data/sources.json").read_text(encoding="utf-8"))
    told = sum(f["read"] == "second-hand" for source in data for f in source["findings"])
    assert told <= browser.locator("#second-hand-findings tbody tr").count()


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("nose spray", "questions/nose-spray.html"),
        ("drip", "questions/spray-or-drip.html"),
        ("77", CLAIM),
        ("lidocaine", "sources/schwenk-2022-lidocaine.html"),
        ("Spravato", "questions/spravato.html"),
        ("Afridi", "sources/afridi-2013.html"),
        ("Pomeroy 2017", "sources/pomeroy-2017.html"),
    ],
)
def test_search_finds_it_among_the_first(
    site: Path, browser: Page, words: str, address: str
) -> None:
    front(browser, site)
    found = search(browser, words)
    assert address in found[:10], found


# --- what stands on the pages ---------------------------------------------------------------------


def test_every_judged_sentence_has_wording_that_stands_the_check_or_says_that_there_is_none(
    site: Path, report: Report, vetter: Vetter
) -> None:
    offered: set[str] = set()
    for name in report.base.by_page:
        html = (site / f"pages/{name}.html").read_text(encoding="utf-8")
        found = [
            Markup(one).striptags()
            for one in re.findall(r'<span id="instead-[^"]*">(.*?)</span>\s*</p>', html, re.DOTALL)
        ]
        cards = [
            re.split("<details>|</li>", card)[0]
            for card in re.split(r'<li class="cb-task', html)[1:]
        ]
        judged = [c for c in cards if any(f"--{v.label}" in c for v in JUDGED)]
        answers = ('id="instead-', "No evidence-based wording yet", "Leave out", "Use the wording")
        assert all(sum(answer in card for answer in answers) == 1 for card in judged)
        every = [report.sentence_verdict(s[0]) for s in sentences(name, report.index)]
        assert len(judged) == sum(verdict in JUDGED for verdict in every) > 0
        assert all(one.endswith(".") for one in found)
        offered |= {re.sub(r" \((?:[^()]|\([^()]*\))*\)\.$", ".", one) for one in found}
    assert offered
    clean = vetter.clean({form for one in offered for form in (one, one.removesuffix("."))})
    assert [one for one in offered if one not in clean and one.removesuffix(".") not in clean] == []


def test_passages_of_a_page_filter_and_come_back_for_a_link(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "pages/nortex-psychiatry.html").as_uri())
    browser.locator(".cb-counts").get_by_role("link", name="Overstated").click()
    every = sentences("nortex-psychiatry", report.index)
    fits = [s for s in every if report.sentence_verdict(s[0]) is Verdict.OVERSTATED]
    expect(browser.locator(".cb-passage:visible")).to_have_count(len(fits))
    assert browser.locator("#passages .cb-group:visible").count() <= len(fits)
    browser.locator("#well ~ ul a").first.click()  # a passage that the filter hides
    expect(browser.locator(TARGET)).to_be_visible()
    assert browser.locator(".cb-passage:visible").count() == len(every)


def test_sections_stand_in_reading_order(site: Path, report: Report) -> None:
    for name, page in report.base.pages.items():
        html = (site / f"pages/{name}.html").read_text(encoding="utf-8")
        shown = [
            re.sub(r"&amp;", "&", one) for one in re.findall(r'<h3 id="s-\d+">(.*?)</h3>', html)
        ]
        assert shown == list(page.sections)


def test_claim_holds_every_finding_beside_the_words(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "claims/nasal-aura-duration.html").as_uri())
    claim = report.base.claims["nasal-aura-duration"]
    for passage in browser.locator(".cb-passage").all():
        assert passage.locator(".cb-held li").count() == len(claim.evidence)
        assert "decides" in passage.locator(".cb-held li").first.inner_text()
    assert browser.locator(".cb-mark--conflicts").count() >= 1


def test_claim_answers_in_the_order_in_which_readers_ask(site: Path, browser: Page) -> None:
    browser.goto((site / CLAIM).as_uri())
    headings = browser.locator("article h2").evaluate_all("all => all.map(each => each.id)")
    assert headings == [
        "certainty", "pages", "figures", "change", "say", "gaps", "disagree", "evidence", "record",
    ]  # fmt: skip
    heads = browser.locator(".cb-compare thead th").all_inner_texts()
    groups = browser.locator(".cb-compare .cb-rows__group").all_inner_texts()
    assert (len(heads), groups) == (4, ["Studies and official documents", "Clinic pages"])
    words = browser.locator(".cb-compare tbody tr", has_text="up to 77% of patients").locator("td")
    study = browser.locator(".cb-compare tbody tr", has_text="Schwenk").first.locator("td")
    boxes = [
        (a.bounding_box(), b.bounding_box()) for a, b in zip(study.all(), words.all(), strict=False)
    ]
    assert [a and a["x"] for a, _ in boxes] == [b and b["x"] for _, b in boxes], "aligned"


def test_gravest_words_stand_first_and_many_are_closed(
    site: Path, browser: Page, report: Report
) -> None:
    claim = report.base.claims["drip-eases-refractory-pain"]
    browser.goto((site / f"claims/{claim.id}.html").as_uri())
    shown = browser.locator(
        ".cb-compare .cb-passage > tr:first-child .cb-verdict"
    ).all_inner_texts()
    ranks = [next(v for v in Verdict if VERDICT_WORDS[v][0] == words) for words in shown]
    assert len(shown) == len(claim.occurrences)
    assert ranks == sorted(ranks, reverse=True)
    assert browser.locator(".cb-passage details[open]").count() == 0
    screens = browser.evaluate("document.documentElement.scrollHeight / 900")
    assert screens <= 9, "it was 23 once"


def test_record_is_shown_as_it_is_written_with_its_history(
    site: Path, browser: Page, report: Report
) -> None:
    file = ROOT / CLAIM_FILE
    browser.goto((site / CLAIM).as_uri())
    browser.get_by_text("Show the record").click()
    browser.get_by_role("button", name="Copy the record").click()
    browser.get_by_role("button", name="Copied").wait_for()
    assert browser.evaluate("navigator.clipboard.readText()") == file.read_text(encoding="utf-8")
    assert browser.get_by_role("link", name="Propose a change").count() == 0, "no address is set"
    days = histories(report.base, ROOT, [CLAIM_FILE]).get(CLAIM_FILE, ())
    part = browser.locator("#history")
    assert not part.locator("li, p").first.is_visible(), "it is closed"
    part.locator("summary").click()
    shown = part.locator("li").all_inner_texts()
    assert shown == [f"{each[0].upper()}{each[1:]}" for day in days for each in day.changes]
    assert [day.day for day in days] == part.locator("time").all_inner_texts()
    assert part.get_by_text("not at hand").count() == (not days)


def test_source_tells_what_falls_without_it(site: Path, browser: Page, report: Report) -> None:
    key = "pomeroy-2017"
    changed = consequences(report, frozenset({key}))
    browser.goto((site / f"sources/{key}.html").as_uri())
    part = browser.locator("#impact")
    assert not part.locator("li").first.is_visible(), "it is closed"
    part.locator("summary").click()
    assert part.locator("ul").first.locator("li").count() == len(changed) > 10
    assert f"What changes: {counted(changed)}." in part.inner_text()
    written = read_again(all_dependents(report, frozenset({key})), changed)
    assert part.locator("ul").nth(1).locator("a").count() == len(written)


def test_nothing_rests_on_a_source_that_is_not_used(site: Path, report: Report) -> None:
    unused = [key for key in report.base.sources if not all_dependents(report, frozenset({key}))]
    for key in report.base.sources:
        html = (site / f"sources/{key}.html").read_text(encoding="utf-8")
        assert ("Nothing rests on it." in html) == (key in unused), key


def test_address_of_the_live_page_leads_to_the_passage_and_a_change_can_be_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMBOOK_EDIT_URL", "https://example.org/edit/main/")
    base = tmp_path / "base"
    shutil.copytree(WEIGHT_LOSS, base)
    page = next((base / "pages").glob("*.yaml"))
    text = page.read_text(encoding="utf-8")
    page.write_text(
        re.sub(r"^address:.*\n|\Z", "", text, count=1, flags=re.MULTILINE)
        + "\naddress: https://example.org/feet?a=1\n",
        encoding="utf-8",
    )
    pages = build(base).pages
    html = pages[f"pages/{page.stem}.md"].html
    links = re.findall(r'href="(https://example\.org/feet\?a=1#:~:text=[^"]+)"', html)
    assert links
    assert all("-" not in link.partition("text=")[2] and " " not in link for link in links)
    claims = "".join(page.html for path, page in pages.items() if path.startswith("claims/"))
    assert 'href="https://example.org/edit/main/claims/' in claims
    assert "The history is not at hand." in claims, "no history where there is no Git"
    assert "first recorded" not in claims


@pytest.mark.parametrize(
    ("quote", "directive"),
    [
        ("Up to 77%", ":~:text=Up%20to%2077%25"),
        ("low-dose, safe & quick", ":~:text=low%2Ddose%2C%20safe%20%26%20quick"),
        ("A 2017 study … all other options", ":~:text=A%202017%20study,all%20other%20options"),
        ("one … two … three", ":~:text=one,three"),
        ("it’s <b>", ":~:text=it%E2%80%99s%20%3Cb%3E"),
    ],
)
def test_text_fragments(quote: str, directive: str) -> None:
    assert text_fragment(quote) == directive


def test_browser_follows_a_text_fragment(browser: Page, tmp_path: Path) -> None:
    quote = "well-known, low-dose … it’s over"
    tall = "<p style='height:4000px'>x</p>"
    words = "This is a well-known, low-dose thing & soon it’s over."
    body = f"{tall}<p id=there>{words}</p>{tall}"
    (tmp_path / "page.html").write_text(
        f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8"
    )
    browser.goto((tmp_path / "page.html").as_uri() + "#" + text_fragment(quote))
    browser.wait_for_function("scrollY > 2000")


def test_matrix_filters_by_clinic_and_topic_in_its_address(site: Path, browser: Page) -> None:
    browser.goto((site / "contradictions.html").as_uri())
    rows = browser.locator("#contradictions tbody tr:visible")
    every = browser.locator("#contradictions tbody tr").count()
    assert rows.count() == every, "all at once"
    topic = browser.get_by_label("Question").locator("option").nth(1).get_attribute("value")
    browser.get_by_label("Question").select_option(topic)
    expect(browser).to_have_url(re.compile(f"#topic={topic}$"))
    assert 0 < rows.count() < every
    browser.goto((site / "contradictions.html").as_uri() + "#clinic=texas-ketamine-wellness")
    browser.reload()
    assert 0 < rows.count() < every
    browser.set_viewport_size({"width": 390, "height": 844})
    assert browser.evaluate("document.documentElement.scrollWidth") <= 390
    texas = "Texas Ketamine & Wellness Center"
    assert all(texas in (row.text_content() or "") for row in rows.all()), (
        "a card names its clinics"
    )


def test_a_side_stands_against_the_side_it_disagrees_with(site: Path, browser: Page) -> None:
    """The spray at home and the nurse at home stand against the clinic, and not in its cell."""
    browser.goto((site / "contradictions.html").as_uri())
    row = browser.locator("#monitored-setting-only--conflict")
    some, others = (row.locator("td").nth(number).inner_text() for number in (0, 1))
    assert "only in a monitored medical setting" in some
    assert "home use" in others
    assert "home use" not in some


def test_each_disagreement_between_pages_has_a_row_with_both_sides(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "contradictions.html").as_uri())
    for each in in_rows(every_disagreement(report.index)):
        row = browser.locator(f"[id='{each.id}']")
        cells = [re.sub(r"\s+", " ", cell) for cell in row.locator("td").all_text_contents()]
        assert len(cells) == 3, each.id
        for side in each.sides:
            one_claim = len(each.claims) == 1  # of which a clinic is quoted once in a column
            pages = {passage.page for passage in side}
            shown = [o for o in (each.passages if one_claim else side) if o.page in pages]
            of_pages = grouped((passage.page, passage.quote) for passage in shown)
            assert any(
                all(any(quote in cell for quote in quotes) for quotes in of_pages.values())
                for cell in cells[:2]
            ), each.id
        assert all(asked(claim) in cells[2] for claim in each.claims)


def test_sides_that_do_not_disagree_stand_together(site: Path, browser: Page) -> None:
    browser.goto((site / "contradictions.html").as_uri())
    some, others, _ = browser.locator("#monitored-setting-only--conflict td").all()
    expect(some).to_contain_text("only in a monitored medical setting")
    expect(others).to_contain_text("(ketamine nasal spray)")


def test_what_some_people_do_is_apart_from_what_is_offered(site: Path, browser: Page) -> None:
    browser.goto((site / "contradictions.html").as_uri())
    some, others, _ = browser.locator("#nurse-comes-home--monitored-setting-only--tension td").all()
    expect(some).to_contain_text("under supervision, though it’s considered off-label")
    expect(some).to_contain_text("One of our certified nurses comes to your location")
    expect(others).to_contain_text("only in a monitored medical setting")
    conflict = browser.locator("#monitored-setting-only--conflict")
    expect(conflict).not_to_contain_text("Some patients use it at home")
    expect(conflict).not_to_contain_text("One of our certified nurses")


def test_differences_on_safety_come_first_each_by_kind(site: Path, browser: Page) -> None:
    kinds = ["Conflict", "Tension", "Degree", "Scope"]
    browser.goto((site / "contradictions.html").as_uri())
    heads = browser.locator("#contradictions tbody th").all_inner_texts()
    order = [("on safety" not in head, kinds.index(head.split()[0])) for head in heads]
    assert order == sorted(order)
    assert {on_safety for on_safety, _ in order} == {True, False}


def test_a_row_of_one_page_is_not_told_as_of_some_and_others(site: Path) -> None:
    html = (site / "contradictions.html").read_text(encoding="utf-8")
    for row in re.findall(r"<tr id=.*?</tr>", html, re.DOTALL):
        one_page = "on one page" in row
        assert ("It also says" in row) is one_page
        assert ("Others say" in row) is not one_page


def test_smaller_differences_are_closed_and_last(site: Path, browser: Page) -> None:
    browser.goto((site / "contradictions.html").as_uri())
    closed = browser.locator("#small tbody tr")
    assert closed.count() > 5
    expect(closed.first).not_to_be_visible()
    browser.get_by_text("Smaller differences").click()
    expect(closed.first).to_be_visible()
    assert set(browser.locator("#small .cb-kind").all_inner_texts()) <= {"Degree", "Scope"}


def test_words_are_explained_on_every_kind_of_page_for_patients(site: Path) -> None:
    for name in (QUESTION, CLAIM, "questions/index.html", "pages/nortex-psychiatry.html"):
        html = (site / name).read_text(encoding="utf-8")
        assert html.count('class="cb-term"') >= 2, name
        assert not re.search(r"<figure.*?cb-term.*?</figure>", html, re.DOTALL)


# --- for every body -------------------------------------------------------------------------------


def test_all_is_reached_and_used_by_keyboard(site: Path, browser: Page) -> None:
    front(browser, site)
    browser.keyboard.press("Tab")
    assert "Skip to content" in browser.evaluate("document.activeElement.textContent")
    browser.keyboard.press("Enter")
    for _ in range(3):
        browser.keyboard.press("Tab")
        if browser.evaluate("document.activeElement.id") == "front-words":
            break
    browser.keyboard.type("nose spray")
    browser.keyboard.press("Enter")
    browser.locator(".cb-hit").first.wait_for()
    browser.keyboard.press("Tab")  # from the box to its button
    browser.keyboard.press("Tab")
    browser.keyboard.press("Enter")
    browser.wait_for_url("**/questions/nose-spray.html")
    front(browser, site)
    browser.locator(".cb-door").first.focus()
    outline = browser.evaluate(
        "(one => one.outlineStyle + one.outlineWidth)(getComputedStyle(document.activeElement))"
    )
    assert outline == "solid3px", "the focus can be seen"
    browser.keyboard.press("Enter")
    browser.wait_for_url("**/questions/index.html")
    browser.goto((site / CLINIC).as_uri())
    button = browser.get_by_role("button", name="Copy this wording").first
    button.focus()
    browser.keyboard.press("Enter")
    browser.get_by_role("button", name="Copied").first.wait_for()
    assert "cb-copy" in browser.evaluate("document.activeElement.className"), "the focus stays"


@pytest.fixture(scope="module")
def without_script(launched: Browser) -> Iterator[Page]:
    """A page at twice the size in which no script runs."""
    page = launched.new_page(
        java_script_enabled=False, viewport={"width": 640, "height": 400}, device_scale_factor=2
    )
    yield page
    page.close()


@pytest.mark.parametrize("name", TYPES)
def test_page_is_read_without_a_script(site: Path, without_script: Page, name: str) -> None:
    without_script.goto((site / name).as_uri())
    assert without_script.locator("h1").is_visible()
    assert len(without_script.locator("article").inner_text()) > 300
    for hidden in (".cb-filters", ".cb-search", "form.cb-find", "button.cb-copy"):
        assert without_script.locator(f"{hidden}:visible").count() == 0, (
            f"{hidden} does nothing without a script"
        )


def test_text_twice_as_large_is_neither_cut_nor_beside_the_screen(
    site: Path, context: BrowserContext, chromium: str
) -> None:
    """With the reader's own size of text, 32 pixels where 16 is usual."""
    assert context.browser
    sized = context.browser.browser_type.launch(
        executable_path=chromium,
        args=[
            "--no-sandbox",
            "--disable-background-networking",
            "--blink-settings=defaultFontSize=32",
        ],
    )
    page = sized.new_page(viewport={"width": 1280, "height": 800})
    cut = """[...document.querySelectorAll(
        "article :is(p, li, td, th, summary, button, a.cb-door, input)")].filter((e) =>
        e.offsetParent && getComputedStyle(e).overflow !== "visible" && !e.closest(".cb-unseen")
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
        .map((e) => e.className || e.tagName)"""
    for name in TYPES:
        page.goto((site / name).as_uri())
        assert (
            page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, name
        assert page.evaluate(cut) == [], name
    sized.close()


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        QUESTION,
        CLAIM,
        "contradictions.html",
        "passages.html",
        "overview/evidence-map.html",
    ],
)
def test_targets_are_large_enough_and_headings_are_in_order(
    site: Path, browser: Page, name: str
) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, links in running text and lists of words aside."""
    browser.set_viewport_size({"width": 390, "height": 844})
    browser.goto((site / name).as_uri())
    small = browser.evaluate(
        """[...document.querySelectorAll(
            "article :is(button, select, input, summary, a.cb-door, .cb-counts a)")]
        .filter((e) => e.offsetParent && !e.classList.contains("cb-term"))
        .map((e) => [e.className || e.tagName, e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([name, box]) => `${name} ${box.width} ${box.height}`)"""
    )
    assert small == []
    levels = browser.evaluate(
        '[...document.querySelectorAll("article :is(h1, h2, h3, h4)")]'
        ".map((one) => Number(one.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_motion_and_colours_follow_what_the_reader_set(site: Path, browser: Page) -> None:
    browser.emulate_media(reduced_motion="reduce")
    browser.goto((site / QUESTION).as_uri())
    moving = """[...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        const lasts = style.transitionDuration.split(", ").some((each) => parseFloat(each) > 0);
        return style.animationName !== "none" || (lasts && style.transitionProperty !== "none");
    }).length"""
    assert browser.evaluate(moving) == 0
    browser.emulate_media(reduced_motion="no-preference", forced_colors="active")
    browser.goto((site / QUESTION).as_uri())
    stroke = "getComputedStyle(document.querySelector('.cb-people__{}')).stroke"
    assert browser.evaluate(stroke.format("counted")) != browser.evaluate(stroke.format("others"))
    assert (
        browser.evaluate("getComputedStyle(document.querySelector('.cb-verdict')).borderStyle")
        != "none"
    )
    browser.emulate_media(forced_colors="none")


def test_what_a_screen_reader_would_say(site: Path, browser: Page) -> None:
    browser.goto((site / QUESTION).as_uri())
    said = browser.locator("article").aria_snapshot()
    assert '- heading "Is a nose spray or drip safe at home?" [level=1]' in said
    assert '- img "74 of 100 people"' in said
    assert re.search(r'- link "74 out of 100"', said)
    assert '- button "side effect"' in said
    assert re.search(r'- link "Having ketamine at home adds risk\?":\n.*\n +- text: A risk\n', said)
    browser.locator("#how-sure").click()
    opened = browser.locator("article").aria_snapshot()
    assert '- heading "Having ketamine at home adds risk? A risk" [level=3]' in opened
    assert "Known risk" in opened
    browser.goto((site / CLAIM).as_uri())
    assert re.search(r'- img "Certainty [0-4] of 4"', browser.locator("article").aria_snapshot())
    browser.goto((site / "contradictions.html").as_uri())
    said = browser.locator("article").aria_snapshot()
    assert '- search "Filter the differences"' in said
    assert '- region "Differences, one by one"' in said
    assert '- columnheader "What the evidence says"' in said
    assert re.search(r"rowheader .*(Conflict|Tension|Degree)", said)
    assert browser.locator(".cb-scroll").evaluate_all(
        "all => all.every((one) => one.tabIndex === 0 && one.ariaLabel)"
    )


# --- light ----------------------------------------------------------------------------------------


def test_a_patient_page_loads_at_most_200_kib(site: Path, context: BrowserContext) -> None:
    """All that a first view asks for, texts compressed by gzip."""
    browser = context.new_page()  # which remembers nothing of pages before
    heaviest = max((site / "questions").glob("*.html"), key=lambda path: path.stat().st_size)
    asked: dict[str, int] = {}

    def appraise(response: Response) -> None:
        path = Path(response.url.removeprefix("file://"))
        if path.is_file():
            content = path.read_bytes()
            asked[path.name] = (
                len(content)
                if path.suffix in (".png", ".woff2", ".gz")
                else len(gzip.compress(content, 6, mtime=0))
            )

    browser.on("response", appraise)
    browser.goto(heaviest.as_uri(), wait_until="networkidle")
    assert heaviest.name in asked
    assert any(name.endswith(".css") for name in asked)
    assert any(name.endswith(".js") for name in asked)
    assert sum(asked.values()) <= 200 * 1024, asked
    print(f"{heaviest.stem}: {sum(asked.values()) / 1024:.0f} KiB", asked)


def test_who_reads_in_the_dark_prints_black_on_white(site: Path, launched: Browser) -> None:
    page = launched.new_page(color_scheme="dark")
    try:
        page.emulate_media(media="print")
        page.goto((site / "questions" / "with-other-medicines.html").as_uri())
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        link = page.locator("article p a[href]").first
        assert link.evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"
    finally:
        page.close()
