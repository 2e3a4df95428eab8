"""The report of a clinic page: a to-do list that fits, is kept, is taken away and is printed."""

import csv
import io
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from conftest import CONCIERGE, GEORGIA, NORTEX, TEXAS, UNNAMED, thin, violations
from factories import Example, small_base
from playwright.sync_api import BrowserContext, Page, expect

from claimbook.evidence.disagreements import DisagreementKind
from claimbook.evidence.passages import holds, sentences
from claimbook.records import BENEFITS, Category, Verdict
from claimbook.rules.check import Report, all_rules, check
from claimbook.rules.disagreements import every_disagreement, in_rows
from claimbook.site.claims import JUDGED
from claimbook.site.clinic_pages import strengths
from claimbook.site.differences import from_itself, from_others
from claimbook.site.pages import render
from claimbook.site.to_do import GRAVEST
from claimbook.site.words import VERDICT_WORDS, WORDS
from claimbook.vetting.drafts.word import read_word
from claimbook.vetting.formatters.docx_writer import Paragraph, word_file
from claimbook.vetting.vet import Vetter

PAGES = (CONCIERGE, GEORGIA, UNNAMED, NORTEX, TEXAS)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCREENS, SHEETS = 12, 4  # at most, of the longest page


@pytest.fixture(autouse=True)
def screen(request: pytest.FixtureRequest) -> None:
    """The screen that the report is made for."""
    if "browser" in request.fixturenames:
        request.getfixturevalue("browser").set_viewport_size({"width": 1280, "height": 900})


def report_of(site: Path, name: str) -> str:
    return (site / f"pages/{name}.html").as_uri()


# --- how long it is -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_report_is_a_few_screens_and_sheets(site: Path, browser: Page, name: str) -> None:
    browser.goto(report_of(site, name))
    assert browser.evaluate("document.documentElement.scrollHeight / innerHeight") <= SCREENS
    browser.emulate_media(media="print")
    sheets = len(re.findall(rb"/Type\s*/Page\b", browser.pdf(format="A4")))
    assert 1 <= sheets <= SHEETS
    assert browser.locator(".cb-task:visible").count() == browser.locator(".cb-task").count()
    assert browser.locator(".cb-report details:visible").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_first_screen_has_the_gravest_and_what_to_do(
    site: Path, browser: Page, report: Report, name: str
) -> None:
    browser.goto(report_of(site, name))
    grave = sorted(report.sentence_verdict(s[0]) for s in sentences(name, report.index))
    first = browser.locator(".cb-task").all()[:GRAVEST]
    for card, verdict in zip(first, reversed(grave), strict=False):
        shown = card.locator(".cb-task__words").inner_text()
        assert VERDICT_WORDS[verdict][0] in shown
        earned = (o for o in report.index.base.by_page[name] if report.verdict(o) is verdict)
        words = shown.partition("“")[2].rpartition("”")[0]
        assert any(holds(words, occurrence.quote) for occurrence in earned)  # not words beside
        assert len(card.locator(".cb-task__do").inner_text()) > 20
        box = card.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 900
    assert browser.locator(".cb-counts").bounding_box()["y"] < 300  # type: ignore[index]


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_leaves_out_follows_the_gravest_with_words_that_tell_it(
    site: Path, report: Report, vetter: Vetter, name: str
) -> None:
    text = (site / f"pages/{name}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))[GRAVEST:]
    left_out = [row for row in rows if "serious-harm-unmentioned" in row["problems"]]
    assert len(left_out) == any(
        flag.rule == "serious-harm-unmentioned" for flag in report.by_page[name]
    )
    for row in left_out:
        before = rows[: rows.index(row)]
        assert not any(each["words"] for each in before), "sentences stand behind it"
        put, _, lines = row["what to do"].partition(": ")
        assert put == "Add"
        assert vetter.vet(lines).counts()["flagged"] == 0


def test_every_sentence_has_a_cell_that_names_its_verdict_and_leads_to_it(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto(report_of(site, GEORGIA))
    cells = browser.locator(".cb-strip a")
    assert cells.count() == len(sentences(GEORGIA, report.index))
    names = {words for words, _ in VERDICT_WORDS.values()}
    for text in cells.locator(".cb-unseen").all_inner_texts():
        assert re.match(rf"({'|'.join(names)})(, number \d+)?: .", text), text
    leads = "all => all.filter(a => !document.getElementById(a.hash.slice(1))).length"
    assert cells.evaluate_all(leads) == 0
    cells.first.click()
    expect(browser.locator(".cb-passage:target")).to_be_in_viewport()


# --- what is done ---------------------------------------------------------------------------------


def test_ticks_are_counted_and_kept(site: Path, browser: Page) -> None:
    browser.goto(report_of(site, NORTEX))
    total = browser.locator(".cb-task").count()
    status = browser.locator("[data-done]")
    expect(status).to_have_text(f"0 of {total} done")
    browser.get_by_label("Done: 2", exact=True).check()
    browser.get_by_label("Done: 3", exact=True).press("Space")
    expect(status).to_have_text(f"2 of {total} done")
    browser.reload()
    expect(status).to_have_text(f"2 of {total} done")
    assert browser.get_by_label("Done: 3", exact=True).is_checked()
    browser.goto(report_of(site, TEXAS))
    expect(status).to_have_text(re.compile("^0 of "))
    browser.goto(report_of(site, NORTEX))
    browser.get_by_label("Done: 2", exact=True).uncheck()
    browser.reload()
    expect(status).to_have_text(f"1 of {total} done")


def test_it_is_a_plain_list_without_a_script(
    site: Path, context: BrowserContext, report: Report
) -> None:
    assert context.browser
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(report_of(site, NORTEX))
    assert page.locator("[data-task]:visible").count() == 0
    tasks = page.locator(".cb-task:visible").count()
    assert page.locator("[data-done]").inner_text() == f"{tasks} things to do"
    assert tasks >= sum(
        report.sentence_verdict(s[0]) in JUDGED for s in sentences(NORTEX, report.index)
    )
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_with_its_evidence_open(site: Path, browser: Page, scheme: str) -> None:
    browser.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browser.goto(report_of(site, TEXAS))
    browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert browser.evaluate("document.documentElement.scrollWidth") <= 1280
    thin(browser)
    assert violations(browser) == []


# --- what is taken away ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_spreadsheet_holds_every_task_as_the_page_shows_it(
    site: Path, browser: Page, report: Report, name: str
) -> None:
    text = (site / f"pages/{name}.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeff"), "which tells spreadsheets that it is UTF-8"
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    quotes = {o.quote: report.sentence_verdict(o) for o in report.base.by_page[name]}
    judged = [row for row in rows if quotes.get(row["words"]) in JUDGED]
    every = sentences(name, report.index)
    assert len(judged) == sum(report.sentence_verdict(s[0]) in JUDGED for s in every)
    browser.goto(report_of(site, name))
    cards = browser.locator(".cb-task").evaluate_all(
        """all => all.map(card => {
            const part = (name) => card.querySelector(`.cb-task__${name}`)?.textContent || "";
            return [card.id, part("words"), part("why"), part("do")]
                .map(text => text.replace(/\\s+/g, " ").trim());
        })"""
    )
    assert len(cards) == len(rows)
    for row, (anchor, words, why, do) in zip(rows, cards, strict=True):
        assert row["passage"] == f"{name}.html#{anchor}"
        assert words == (f"“{row['words']}” {row['verdict']}" if row["words"] else "")
        assert why.startswith(f"Why {row['why']}")
        assert do == f"To do {row['what to do']}"
        assert row["problems"].split()
        assert set(row["problems"].split()) <= set(all_rules())
    assert browser.get_by_role("link", name="CSV").get_attribute("href") == f"{name}.csv"
    assert browser.get_by_role("link", name="Word").get_attribute("href") == f"{name}.docx"


def test_word_file_has_every_sentence_and_each_task_in_its_margin(
    site: Path, report: Report
) -> None:
    content = (site / f"pages/{TEXAS}.docx").read_bytes()
    words = read_word(content, "texas.docx").text
    for parts in sentences(TEXAS, report.index):
        earned = [o for o in parts if report.verdict(o) is report.sentence_verdict(parts[0])]
        assert any(o.quote in words for o in parts if any(holds(o.quote, e.quote) for e in earned))
    tasks = (site / f"pages/{TEXAS}.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(tasks)) if row["words"]]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        comments, document = (
            ElementTree.fromstring(archive.read(f"word/{part}.xml"))
            for part in ("comments", "document")
        )
    texts = {
        comment.get(f"{W}id"): "\n".join("".join(p.itertext()) for p in comment)
        for comment in comments
    }
    margin = {
        "".join(p.itertext()): texts[reference.get(f"{W}id")]
        for p in document.iter(f"{W}p")
        for reference in p.iter(f"{W}commentReference")
    }
    assert len(margin) == len(rows) + 1, "one on the title, of the page as a whole"
    for row in rows:
        comment = margin[row["words"]]
        assert comment.startswith(f"{row['number']}. {row['repair']} ({row['verdict']}): ")
        assert comment.endswith(f"{row['evidence']}\n{row['what to do']}")


def test_word_file_escapes_what_it_is_given() -> None:
    paragraphs = [Paragraph("A & <b>", 1, ("C & <d>",)), Paragraph("E > f")]
    content = word_file(paragraphs, 'G "h"')
    assert read_word(content, "a.docx").text.split("\n")[:2] == ["A & <b>", "E > f"]
    assert content == word_file(paragraphs, 'G "h"')


def test_every_rule_on_a_passage_has_a_repair() -> None:
    mended = [name for words in WORDS["repairs"].values() for name in words["mends"]]
    assert len(mended) == len(set(mended))
    apart = {Category.DISAGREEMENT, Category.RECORD, Category.SOURCE_ARITHMETIC}
    for rule in all_rules().values():
        assert rule.category in apart or {rule.name, rule.category.value} & set(mended), rule.name
    assert set(mended) <= {c.value for c in Category} | set(all_rules()), "none that is no more"


# --- fairness -------------------------------------------------------------------------------------


def test_what_evidence_bears_out_need_not_go_with_the_rest(site: Path, report: Report) -> None:
    advised = [
        (name, row)
        for name in PAGES
        for row in csv.DictReader(
            (site / "pages" / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
        )
        if row["what to do"].startswith("Leave out")
    ]
    assert advised
    label = report.base.vocabulary.label
    for name, row in advised:
        left_out, _, kept = row["what to do"].partition(": evidence bears out only")
        for part in report.base.by_page[name]:
            if part.quote in row["words"]:
                outcome = label(report.base.scope_of(part).outcome).lower()
                is_held = report.verdict(part) is Verdict.SUPPORTED
                assert outcome in (kept if is_held else left_out), (row["words"], part.id)


@pytest.mark.parametrize("name", PAGES)
def test_only_sentences_without_a_fault_are_praised(report: Report, name: str) -> None:
    listed = [o for some in strengths(report.base.by_page[name], report).values() for o in some]
    assert listed
    for occurrence in listed:
        assert report.praiseworthy(occurrence)
        assert not (occurrence.note and report.base.claim_of(occurrence).kind in BENEFITS)
        for flag in report.by_occurrence.get(occurrence.id, ()):
            assert flag.category is Category.DISAGREEMENT
            assert set(flag.pages) - {name}, "it disagrees with other pages only"


@pytest.mark.parametrize("name", PAGES)
def test_differences_with_other_pages_are_those_that_a_rule_found(
    report: Report, name: str
) -> None:
    found = [f for f in report.by_page[name] if f.rule == "pages-disagree"]
    rows = [each for some in from_others(name, report).values() for each in some]
    shown = [each for each in rows if each.row.kind is not DisagreementKind.SCOPE]
    assert len(shown) < len(rows), "what is said of another matter, which no rule flags"
    told = set()
    every = list(in_rows(every_disagreement(report.index)))
    for each in shown:
        assert each.row in every
        assert each.ours.page == name
        assert each.theirs
        for other in each.theirs:
            assert other.page != name
            pair = {each.ours.id, other.id}
            assert any(pair <= set(flag.occurrences) for flag in found), pair
            told.add(other.page)
    assert told == {page for flag in found for page in flag.pages} - {name}


def test_a_difference_with_another_page_is_told_in_its_sentence() -> None:
    sentence = "Clinic A speaks of 40 minutes, clinic B of 3 hours."
    example: Example = {
        "statement": "A footbath takes an hour.",
        "kind": "regimen",
        "about": {"intervention": "footbath", "outcome": "length"},
        "differences": sentence,
        "occurrences": [
            {"page": "clinic-a", "quote": "It takes 40 minutes.", "says": {"amount": "40 min"}},
            {"page": "clinic-b", "quote": "It takes 3 hours.", "says": {"amount": "3 h"}},
        ],
    }
    with TemporaryDirectory() as folder:
        pages = render(check(small_base(example, Path(folder))))
    for name in ("clinic-a", "clinic-b"):
        _, others = pages[f"pages/{name}.md"].html.split("From other clinics")
        assert sentence in others


def test_what_is_told_of_a_difference_ends_with_a_stop(tmp_path: Path) -> None:
    example: Example = {
        "kind": "dose",
        "about": {"intervention": "footbath", "outcome": "length"},
        "occurrences": [
            {"page": "clinic-a", "quote": "It takes 40 minutes.", "says": {"amount": "40 min"}},
            {"page": "clinic-b", "quote": "It takes 3 hours.", "says": {"amount": "3 h"}},
        ],
    }
    html = render(check(small_base(example, tmp_path)))["pages/clinic-a.md"].html
    assert ">40 min against 3 h.</p>" in html


def test_pages_on_both_sides_of_a_row_differ_from_themselves_alone(tmp_path: Path) -> None:
    """Clinics A and B say that it lasts and that it fades, clinic C only that it fades."""
    lasts, fades = (
        [{"page": f"clinic-{page}", "quote": f"It {does}, {page}.", "says": {"is": "yes"}} for page in pages]
        for does, pages in (("lasts", "ab"), ("fades", "abc"))
    )  # fmt: skip
    chosen = [{"page": each["page"], "quote": each["quote"]} for each in (*lasts, *fades)]
    relation = {"to": "claim-2", "how": "in-tension", "because": "It is so.", "passages": chosen}
    claims: list[Example] = [
        {"about": {"outcome": "lasts"}, "occurrences": lasts, "relations": [relation]},
        {"about": {"outcome": "fades"}, "occurrences": fades},
    ]
    report = check(small_base({"claims": claims}, tmp_path))

    def told(page: str) -> list[tuple[str, list[str]]]:
        rows = (each for some in from_others(page, report).values() for each in some)
        return [(each.ours.quote, [o.page for o in each.theirs]) for each in rows]

    assert told("clinic-a") == [("It lasts, a.", ["clinic-c"])]
    assert told("clinic-c") == [("It fades, c.", ["clinic-a", "clinic-b"])]
    assert [len(rows) for rows in from_itself("clinic-a", report).values()] == [1]
    assert not from_itself("clinic-c", report)


BASE: Example = {
    "claims": [
        {
            "statement": "Footbaths cure colds.",
            "kind": "efficacy",
            "about": {"intervention": "footbath", "outcome": "cure"},
            "occurrences": [{"page": "clinic-a", "quote": "Footbaths cure <every> cold."}],
        }
    ]
}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", "This site has no address for corrections yet"),
        ("https://example.org/new", '<a href="https://example.org/new">send a correction</a>'),
        ("ask@example.org", '<a href="mailto:ask@example.org?subject=Correction%3A%20clinic-a'),
    ],
)
def test_correction_is_sent_to_the_address_that_is_set(address: str, shown: str) -> None:
    with TemporaryDirectory() as folder:
        page = render(check(small_base(BASE, Path(folder))), corrections=address)
    assert shown in page["pages/clinic-a.md"].html


def test_words_that_a_spreadsheet_would_run_are_quoted() -> None:
    example = {"claims": [BASE["claims"][0] | {"occurrences": [
        {"page": "clinic-a", "quote": "=Footbaths cure colds"}]}]}  # fmt: skip
    with TemporaryDirectory() as folder:
        page = render(check(small_base(example, Path(folder))))["pages/clinic-a.md"]
    (row,) = [
        row
        for row in csv.DictReader(
            io.StringIO(str(page.downloads["pages/clinic-a.csv"]).removeprefix("\ufeff"))
        )
        if "Footbaths" in row["words"]
    ]
    assert row["words"] == "'=Footbaths cure colds"
