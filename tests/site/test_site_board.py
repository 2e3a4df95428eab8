"""The board: what patients decide by, each clinic in its own words, the evidence beside them."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from conftest import CONCIERGE, GEORGIA, NORTEX, ROOT, TEXAS, UNNAMED, WEIGHT_LOSS, violations
from factories import write_base
from playwright.sync_api import BrowserContext, Page, expect

from claimbook.evidence.disagreements import DisagreementKind
from claimbook.loading.load import load
from claimbook.records import LoadError, Verdict
from claimbook.records.quotes import contains_quote, normalize, word_count
from claimbook.rules.check import Report, check
from claimbook.site.board import BoardRow, board_csv, excerpt, rows
from claimbook.site.pages import render
from claimbook.site.words import board_title, number, truth_line

MATTERS = "claims/matters.yaml"


@pytest.fixture(scope="module")
def weight_loss() -> Report:
    return check(load(WEIGHT_LOSS, WEIGHT_LOSS / "snapshots"))


def by_id(report: Report) -> dict[str, BoardRow]:
    return {row.matter.id: row for row in rows(report)}


# --- what a careful reader finds that the clinics differ in -----------------------------------------


@pytest.mark.parametrize(
    ("matter", "speaking"),
    [
        ("where", {CONCIERGE, GEORGIA, UNNAMED, TEXAS, NORTEX}),
        ("session", {CONCIERGE, UNNAMED, NORTEX, GEORGIA}),
        ("chronic", {GEORGIA, NORTEX, UNNAMED, TEXAS}),
        ("how-soon", {CONCIERGE, GEORGIA, NORTEX}),
        ("how-long", {CONCIERGE, GEORGIA, UNNAMED, TEXAS}),
        ("how-many", {UNNAMED, GEORGIA, TEXAS}),
        ("other-medicines", {UNNAMED, NORTEX, TEXAS, GEORGIA}),
        ("cure", {CONCIERGE, GEORGIA, UNNAMED, NORTEX, TEXAS}),
        ("last-resort", {NORTEX, TEXAS, UNNAMED, CONCIERGE, GEORGIA}),
        ("spray", {GEORGIA, UNNAMED, CONCIERGE}),
        ("who-must-not", {TEXAS, GEORGIA}),
        ("harms", {GEORGIA, CONCIERGE, UNNAMED, TEXAS}),
        ("who-gives-it", {CONCIERGE, TEXAS, UNNAMED}),
        ("evidence", {UNNAMED, CONCIERGE, TEXAS, NORTEX}),
    ],
)
def test_what_a_reader_finds_stands_on_the_board(
    report: Report, matter: str, speaking: set[str]
) -> None:
    row = by_id(report)[matter]
    assert speaking <= row.cells.keys()
    assert row.lead.truth


@pytest.mark.parametrize(
    ("matter", "page", "words"),
    [
        ("where", CONCIERGE, "Ketamine Therapy At Home"),
        ("where", TEXAS, "only in a monitored medical setting"),
        ("session", GEORGIA, "several hours"),
        ("how-soon", GEORGIA, "within 1–2 hours"),
        ("how-long", TEXAS, "may be temporary"),
        ("how-many", UNNAMED, "up to 77%"),
        ("dependence", CONCIERGE, "without creating any long-term dependency concerns"),
        ("chronic", NORTEX, "more than 15 days"),
        ("who-gives-it", CONCIERGE, "One of our certified nurses"),
    ],
)
def test_cells_tell_the_point(report: Report, matter: str, page: str, words: str) -> None:
    assert words in by_id(report)[matter].cells[page].shown.words


@pytest.mark.parametrize(
    ("matter", "silent"),
    [
        ("who-must-not", (CONCIERGE, NORTEX)),
        ("dependence", (GEORGIA, UNNAMED, NORTEX, TEXAS)),
        ("approval", (NORTEX,)),
        ("session", (TEXAS,)),
        ("cost", (UNNAMED, NORTEX, TEXAS)),
    ],
)
def test_silence_is_said(report: Report, matter: str, silent: tuple[str, ...]) -> None:
    assert by_id(report)[matter].silent == silent


def test_what_is_right_stands_beside_what_is_not(report: Report) -> None:
    cell = by_id(report)["cure"].cells[GEORGIA]
    assert cell.shown.verdict > Verdict.NOT_CHECKED
    assert cell.right
    assert cell.right.words == "ketamine isn’t a magic bullet"
    assert cell.right.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("name", ["report", "weight_loss"])
def test_cells_hold_at_most_eight_words_of_the_page(
    name: str, request: pytest.FixtureRequest
) -> None:
    judged: Report = request.getfixturevalue(name)
    quoted = [
        each
        for row in rows(judged)
        for cell in row.cells.values()
        for each in (cell.shown, cell.right)
        if each
    ]
    assert len(quoted) > 8
    for each in quoted:
        words = each.words
        assert 0 < word_count(words) <= 8, words
        assert contains_quote(normalize(each.passage.quote.replace("…", " … ")), words), words
        assert each.verdict is judged.part_verdict(each.passage)
        if text := judged.base.snapshots.get(each.passage.page):
            assert contains_quote(text, words), words


@pytest.mark.parametrize("name", ["report", "weight_loss"])
def test_the_gravest_words_are_shown(name: str, request: pytest.FixtureRequest) -> None:
    judged: Report = request.getfixturevalue(name)
    for row in rows(judged):
        for page, cell in row.cells.items():
            verdicts = [
                judged.part_verdict(o)
                for name in row.matter.claims
                for o in judged.base.claims[name].occurrences
                if o.page == page
            ]
            judged_ones = [v for v in verdicts if v > Verdict.NOT_CHECKED]
            assert not judged_ones or cell.shown.verdict is max(judged_ones)
            assert not cell.right or cell.right.verdict is Verdict.SUPPORTED


def test_words_show_the_verdict_that_they_earned(report: Report) -> None:
    cells = by_id(report)["who-gives-it"].cells
    assert cells[CONCIERGE].shown.words == "One of our certified nurses"
    assert cells[CONCIERGE].shown.verdict is Verdict.NOT_CHECKABLE  # its sentence is graver
    assert report.sentence_verdict(cells[CONCIERGE].shown.passage) > Verdict.NOT_CHECKED


def test_disagreements_are_named_by_kind(report: Report, weight_loss: Report) -> None:
    board, conflict = by_id(report), DisagreementKind.CONFLICT
    assert {TEXAS, GEORGIA} == set(board["where"].disagreements[conflict])
    tension = board["where"].disagreements[DisagreementKind.TENSION]
    assert {TEXAS, CONCIERGE, UNNAMED} <= set(tension)
    assert not board["cost"].disagreements
    assert conflict in by_id(weight_loss)["afterwards"].disagreements


# --- shortening ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "telling", "words"),
    [
        ("Footbaths end colds.", "", "Footbaths end colds."),  # whole
        (
            "Footbaths, as our grandmothers knew very well, do not cure a cold",
            "cure cold",
            "… knew very well, do not cure a cold",
        ),
        (
            "A warm footbath taken every evening may, in the view of many, end a cold",
            "end cold",
            "… evening may, in the view of many, end …",
        ),
        (
            "In the cold months of the year up to 77% of guests feel better",
            "",
            "… year up to 77% of guests feel better",
        ),
        (
            "Perhaps a bath for the feet in the evening of a day in winter is a cure",
            "cure",
            "Perhaps a bath for the feet …",
        ),
        (
            "Some guests say of our baths … Warm feet … Far better sleep at night",
            "sleep",
            "Some guests say … Far better sleep at night",
        ),
    ],
)
def test_a_cut_says_no_more_than_the_quote(quote: str, telling: str, words: str) -> None:
    assert excerpt(quote, telling.split()) == words


# --- faults of the file -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("soon: [a]\n", "1:7", "a matter is a mapping"),
        ("Soon: {question: a, claims: [happy-feet], truth-of: happy-feet}\n", "1:1", "not an id"),
        ("soon: {question: a, claims: [shorter-cold]}\n", "1:7", "missing 'truth-of'"),
        (
            "soon: {question: a, claims: [shorter-cold], truth-of: shorter-cold, why: b}\n",
            "1:69",
            "unknown key 'why'",
        ),
        (
            "soon: {question: a, claims: [shorter-cold, shortr-cold], truth-of: shorter-cold}\n",
            "1:44",
            "did you mean 'shorter-cold'?",
        ),
        (
            "soon: {question: a, claims: [shorter-cold], truth-of: happy-foot}\n",
            "1:55",
            "did you mean 'happy-feet'?",
        ),
        (
            "soon: {question: a, claims: [shorter-cold, shorter-cold], truth-of: shorter-cold}\n",
            "1:44",
            "is here twice; keep one of them",
        ),
        (
            "soon: {question: a, claims: [shorter-cold], truth-of: happy-feet}\n",
            "1:55",
            "not one of the matter's claims",
        ),
        ("soon: {question: a, claims: [], truth-of: shorter-cold}\n", "1:29", "without claims"),
        (
            "soon: {question: ' ', claims: [shorter-cold], truth-of: shorter-cold}\n",
            "1:18",
            "empty",
        ),
        (
            "soon: {question: a, claims: [shorter-cold], truth-of: shorter-cold}\n",
            "1:55",
            "add truth to claims/colds/shorter-cold.yaml",
        ),
    ],
)
def test_faults_of_matters_are_told_with_their_place(
    tmp_path: Path, content: str, place: str, message: str
) -> None:
    with pytest.raises(LoadError) as caught:
        load(write_base(tmp_path, {MATTERS: content}), tmp_path / "none", tmp_path / "none")
    told = list(map(str, caught.value.problems))
    assert any(line.startswith(f"{MATTERS}:{place}: ") and message in line for line in told), told


# --- the page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "one clinic"), (2, "two clinics"), (10, "ten clinics"), (11, "11 clinics")],
)
def test_clinics_are_counted_in_words_up_to_ten(count: int, words: str) -> None:
    assert number(count, "clinic") == words


def test_the_board_is_named_for_its_clinics(report: Report, weight_loss: Report) -> None:
    assert board_title(report.base) == "Ask five clinics"
    assert board_title(weight_loss.base) == "Ask three clinics"
    assert "<h1>Ask three clinics</h1>" in render(weight_loss)["board.md"].html


def test_the_board_as_a_file_has_a_row_for_every_question_and_page(report: Report) -> None:
    table = list(csv.DictReader(io.StringIO(board_csv(report).removeprefix("\ufeff"))))
    assert len(table) == len(report.base.matters) * len(report.base.pages)
    (row,) = (each for each in table if (each["page"], each["quote"][:9]) == (UNNAMED, "up to 77%"))
    assert row["question"] == "How many people does it help?"
    assert (row["truth"], row["verdict"]) == ("mixed", "overstated")
    (silent,) = (
        each for each in table if each["page"] == TEXAS and each["question"].startswith("How soon")
    )
    assert (silent["words"], silent["verdict"], silent["more"]) == ("", "", "")
    assert silent["evidence"]


def test_a_base_without_matters_has_an_empty_board_that_nothing_leads_to(tmp_path: Path) -> None:
    pages = render(check(load(write_base(tmp_path, {}), tmp_path / "none", tmp_path / "none")))
    assert "does not say what patients decide by" in pages["board.md"].html
    assert "board.html" not in pages["index.md"].html
    assert not any("board.html" in p.html for name, p in pages.items() if name.startswith("pages/"))


def test_many_pages_are_grouped_by_what_they_say(tmp_path: Path) -> None:
    base = tmp_path / "base"
    shutil.copytree(WEIGHT_LOSS, base)
    claim = base / "claims/does-it-work/weight-comes-back.yaml"
    passages = []
    page = (base / "pages/example-clinic-south.yaml").read_text(encoding="utf-8")
    for number_ in range(12):
        name = f"example-clinic-{number_}"
        (base / f"pages/{name}.yaml").write_text(page.replace("Example", f"Example {number_}"))
        says = "increases" if number_ < 4 else "none"
        quote = "Weight comes back" if number_ < 4 else "The weight stays off"
        passages.append(f"  - {{page: {name}, quote: {quote}, says: {{effect: {says}}}}}\n")
    claim.write_text(claim.read_text(encoding="utf-8") + "".join(passages), encoding="utf-8")
    judged = check(load(base, tmp_path / "none", tmp_path / "none"))
    row = by_id(judged)["afterwards"]
    assert sorted(map(len, row.groups), reverse=True) == list(map(len, row.groups))
    assert {len(group) for group in row.groups} >= {5, 9}
    html = render(judged)["board.md"].html
    text = re.sub(r"<[^>]+>", " ", html[html.index('id="afterwards"') :])
    assert "9 pages" in text
    assert "What clinics say" in html


def test_every_matter_is_a_row_and_every_cell_a_link(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "board.html").as_uri())
    table = browser.locator("#board tbody tr")
    expect(table).to_have_count(len(report.base.matters))
    assert table.locator("td").count() == len(report.base.matters) * len(report.base.pages)
    for row in rows(report):
        shown = browser.locator(f"tr#{row.matter.id}")
        assert row.lead.truth
        assert truth_line(row.lead.truth) in shown.locator("th").inner_text()
        assert shown.get_by_text("says nothing on this").count() == len(row.silent)
    for href in browser.locator("#board td a").evaluate_all("all => all.map(a => a.href)"):
        path, _, anchor = href.removeprefix("file://").partition("#")
        assert Path(path).is_file()
        if anchor and "=" not in anchor:
            assert f'id="{anchor}"' in Path(path).read_text(encoding="utf-8")


def test_the_count_leads_to_the_other_sentences(site: Path, browser: Page, report: Report) -> None:
    browser.goto((site / "board.html").as_uri())
    browser.locator("tr#how-long td").nth(1).get_by_text("more").click()
    expect(browser).to_have_url(re.compile("#matter=how-long$"))
    expect(browser.get_by_label("What patients decide by")).to_have_value("how-long")
    claims = report.base.matters["how-long"].claims
    fits = [o for o in report.base.by_page[GEORGIA] if o.claim in claims]
    assert 0 < browser.locator("#passages .cb-passage:visible").count() <= len(fits)


def test_the_board_is_filtered(site: Path, browser: Page, report: Report) -> None:
    browser.goto((site / "board.html").as_uri() + "#kind=conflict")
    fits = [row for row in rows(report) if "conflict" in row.disagreements]
    assert 0 < len(fits) < len(report.base.matters)
    expect(browser.locator("#board tbody tr:visible")).to_have_count(len(fits))


def test_the_front_and_every_clinic_page_lead_to_it(site: Path, browser: Page) -> None:
    browser.goto((site / "index.html").as_uri())
    browser.get_by_role("link", name="Ask five clinics").first.click()
    expect(browser.locator("h1")).to_have_text("Ask five clinics")
    browser.goto((site / f"pages/{NORTEX}.html").as_uri())
    browser.get_by_role("link", name="What other clinics say").click()
    expect(browser.locator("h1")).to_have_text("Ask five clinics")
    assert "Ask five clinics" in browser.locator(".md-nav--primary").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_board_is_accessible(
    site: Path, context: BrowserContext, width: int, scheme: str
) -> None:
    """Every row of it; `test_site.py` looks at some rows in the other colours at each width."""
    assert context.browser
    own = context.browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = own.new_page()
    page.goto((site / "board.html").as_uri())
    page.wait_for_selector(".cb-filters:not([hidden])")
    found = violations(page)
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    own.close()


def test_paper_holds_the_whole_board(site: Path, browser: Page) -> None:
    browser.goto((site / "board.html").as_uri())
    browser.emulate_media(media="print")
    browser.set_viewport_size({"width": 718, "height": 1000})  # A4 less its margins
    assert not browser.locator(".cb-filters").is_visible()
    overflow = "document.querySelector('#board').scrollWidth - document.documentElement.clientWidth"
    assert browser.evaluate(overflow) <= 0
    assert browser.get_by_text("says nothing on this").first.is_visible()


def test_the_schema_names_the_file() -> None:
    first = (ROOT / MATTERS).read_text(encoding="utf-8").partition("\n")[0]
    assert first.endswith("schemas/matters.schema.json")
