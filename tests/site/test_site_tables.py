"""The long tables with their filters, the copy buttons, the citation audit and what a source's page adds up."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import BrowserContext, Page, expect

from claimbook.evidence.groups import only_studies
from claimbook.loading import bibtex_file
from claimbook.records import Verdict
from claimbook.rules.check import Report
from claimbook.site.file_formats import ris
from claimbook.site.filters import claim_rows, passage_rows, source_rows
from claimbook.site.sources import queue_rules, queued_flags, second_hand
from claimbook.site.words import WORDS

TABLES = ["claims/index.html", "passages.html", "sources/index.html"]


def everything(page: Page) -> None:
    """Show the rows that fit beyond the first fifty, where there are any."""
    more = page.get_by_role("button", name=re.compile(r"^Show all \d+$"))
    if more.count():
        more.click()


def shown(page: Page) -> int:
    return page.locator("table.cb-rows tbody tr:not(.cb-rows__group):visible").count()


def status(page: Page) -> str:
    return page.locator(".cb-filters [role=status]").inner_text()


def test_every_record_is_a_row(site: Path, browser: Page, report: Report) -> None:
    for name, records in zip(
        TABLES, (report.base.claims, report.base.occurrences, report.base.sources), strict=True
    ):
        browser.goto((site / name).as_uri())
        assert shown(browser) == 50
        assert status(browser).endswith("fit, 1 to 50 are shown")
        everything(browser)
        assert shown(browser) == len(records)
        assert status(browser).startswith(f"{len(records)} of {len(records)} ")


def test_tables_stand_whole_without_javascript(
    site: Path, context: BrowserContext, report: Report
) -> None:
    assert context.browser
    page = context.browser.new_context(java_script_enabled=False).new_page()
    page.goto((site / "passages.html").as_uri() + "#verdict=contradicted")
    assert shown(page) == len(report.base.occurrences)
    assert not page.locator(".cb-filters").is_visible()
    assert page.locator("button.cb-copy:visible").count() == 0
    assert f"{len(report.base.occurrences)} passages." in page.locator("article").inner_text()
    page.goto((site / "sources/pomeroy-2017.html").as_uri())
    assert page.locator("button.cb-copy:visible").count() == 0
    page.locator("summary", has_text="RIS").click()
    assert "TY  - JOUR" in page.locator("#ris-text").inner_text()
    page.context.close()


def test_a_filter_narrows_counts_and_stays_in_the_address(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "passages.html").as_uri())
    browser.locator(".cb-filters").get_by_label("Clinic page").select_option("nortex-psychiatry")
    browser.get_by_label("Verdict").select_option("overstated")
    fits = [
        o
        for o in report.base.by_page["nortex-psychiatry"]
        if report.verdict(o).label == "overstated"
    ]
    assert fits
    expect(browser).to_have_url(re.compile("overstated"))
    assert shown(browser) == len(fits)
    assert status(browser) == f"{len(fits)} of {len(report.base.occurrences)} passages shown"
    assert browser.url.endswith("passages.html#clinic=nortex-psychiatry&verdict=overstated")
    texts = browser.locator("#passages tbody tr:visible .cb-verdict").all_inner_texts()
    assert set(texts) == {"Overstated"}


def test_a_linked_view_opens_filtered_and_can_be_cleared(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "claims/index.html").as_uri() + "#kind=approval&text=migraine")
    total = len(report.base.claims)
    everything(browser)
    assert 0 < shown(browser) < total
    assert browser.get_by_label("Words").input_value() == "migraine"
    browser.get_by_role("button", name="Clear filters").click()
    expect(browser).to_have_url(re.compile("index.html$"))
    everything(browser)
    assert shown(browser) == total
    browser.goto((site / "claims/index.html").as_uri() + "#kind=no-such-kind")
    everything(browser)
    assert shown(browser) == total


def test_following_a_link_on_the_same_page_filters_it(site: Path, browser: Page) -> None:
    browser.goto((site / "sources/index.html").as_uri())
    browser.evaluate("location.hash = '#design=randomised-trial'")
    expect(browser.get_by_label("Design")).to_have_value("randomised-trial")
    assert all(
        "randomised trial" in text
        for text in browser.locator("#sources tbody tr:visible").all_inner_texts()
    )
    assert shown(browser) > 0


def test_words_are_found_with_the_keyboard_alone(site: Path, browser: Page) -> None:
    browser.goto((site / "passages.html").as_uri())
    browser.get_by_label("Words").focus()
    browser.keyboard.type('up to 77% "')
    expect(browser).to_have_url(re.compile("77%25"))
    assert shown(browser) == 0
    browser.keyboard.press("Backspace")
    browser.keyboard.press("Backspace")
    expect(browser).not_to_have_url(re.compile("%22"))
    assert shown(browser) >= 1
    assert all(
        "77%" in text
        for text in browser.locator(
            "#passages tbody tr:visible:not(.cb-rows__group)"
        ).all_inner_texts()
    )
    browser.keyboard.press("Enter")  # sends no form
    assert "77" in browser.url
    browser.keyboard.press("Tab")
    assert browser.evaluate("document.activeElement.name") == "clinic"


def test_group_of_an_empty_question_is_hidden(site: Path, browser: Page) -> None:
    browser.goto((site / "claims/index.html").as_uri() + "#topic=aura")
    assert (
        browser.locator(".cb-rows__group:visible").count()
        < browser.locator(".cb-rows__group").count()
    )
    assert browser.locator("#aura").is_visible()


@pytest.mark.parametrize(
    ("button", "start"), [("Copy BibTeX", "@article{pomeroy-2017,"), ("Copy RIS", "TY  - JOUR")]
)
def test_references_are_copied(site: Path, browser: Page, button: str, start: str) -> None:
    browser.goto((site / "sources/pomeroy-2017.html").as_uri())
    browser.get_by_role("button", name=button).press("Enter")
    browser.get_by_role("button", name="Copied").wait_for()
    assert browser.locator("p[role=status]").inner_text() == "Copied"
    assert browser.evaluate("navigator.clipboard.readText()").startswith(start)


def test_a_citation_is_copied_with_author_address_and_day(served: str, browser: Page) -> None:
    browser.goto(f"{served}/claims/nasal-aura-duration.html")
    browser.get_by_role("button", name="Copy the citation").click()
    browser.get_by_role("button", name="Copied").wait_for()
    cited = browser.evaluate("navigator.clipboard.readText()")
    address = re.escape(f"{served}/claims/nasal-aura-duration.html#version-")
    assert cited.startswith("The claimbook maintainers. “")
    assert "claimbook: what clinics claim, compared with the evidence" in cited
    assert re.search(rf" {address}[0-9a-f]{{12}}\. Accessed \d{{4}}-\d\d-\d\d\.$", cited)


def test_path_and_permanent_link_of_a_passage_are_copied(site: Path, browser: Page) -> None:
    browser.goto((site / "claims/nasal-aura-duration.html").as_uri())
    browser.get_by_role("button", name="Copy path").click()
    browser.get_by_role("button", name="Copied").wait_for()
    path = browser.evaluate("navigator.clipboard.readText()")
    assert (ROOT / path).is_file()
    browser.get_by_role("button", name="Copy link to this passage").first.click()
    browser.locator(".cb-passage").get_by_role("button", name="Copied").wait_for()
    link = browser.evaluate("navigator.clipboard.readText()")
    assert "/claims/nasal-aura-duration.html#" in link
    assert browser.locator(f"#{link.partition('#')[2]}").count() == 1


def test_a_link_to_a_view_is_copied_with_its_filters(site: Path, browser: Page) -> None:
    browser.goto((site / "passages.html").as_uri() + "#verdict=contradicted")
    browser.get_by_role("button", name="Copy link to this view").click()
    browser.get_by_role("button", name="Copied").wait_for()
    assert browser.evaluate("navigator.clipboard.readText()").endswith(
        "passages.html#verdict=contradicted"
    )


def test_audit_lists_every_second_hand_figure_with_claim_and_source(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "index.html").as_uri())
    browser.get_by_role("link", name="Evidence", exact=True).first.click()
    browser.get_by_role("link", name="Citation audit").first.click()
    browser.locator("#queues").get_by_role(
        "link", name="Findings not read in the source itself"
    ).click()
    rows = browser.locator("#second-hand-findings tbody tr")
    found = second_hand(report.index)
    assert rows.count() == len(found) > 0
    for one, row in zip(found, rows.all(), strict=True):
        addresses = [link.get_attribute("href") for link in row.get_by_role("link").all()]
        assert f"sources/{one['finding'].source}.html#{one['finding'].id}" in addresses
        assert {f"claims/{claim.id}.html" for claim in one["claims"]} <= set(addresses)
    assert [one["used"] for one in found] == sorted((one["used"] for one in found), reverse=True)


def test_audit_has_every_queue_in_its_order_and_every_flag_of_it(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "audit.html").as_uri())
    anchors = browser.locator("article h2").evaluate_all("found => found.map((one) => one.id)")
    assert anchors == list(WORDS["queues"])
    for queue in WORDS["queues"]:
        if queue_rules(queue) and (flags := queued_flags(report, queue)):
            assert browser.locator(f"#{queue} ~ ul").first.locator(":scope > li").count() == len(
                flags
            )


def test_source_recomputes_its_arithmetic_and_names_what_rests_on_it(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "sources/pomeroy-2017.html").as_uri())
    row = browser.locator("#recomputed tr", has_text="15 of 77").inner_text()
    assert "15 of 77 = 19.5%" in row
    assert "printed 27.3%" in row
    assert "12.2 to 29.7%" in row
    assert "No." in row
    assert "yes" in browser.locator("#recomputed tr", has_text="55 of 77").inner_text()
    addresses = [link.get_attribute("href") for link in browser.locator("#rests ~ ul a").all()]
    resting = {
        claim.id
        for claim in report.base.claims.values()
        if any(link.finding.startswith("pomeroy-2017/") for link in claim.evidence)
    }
    assert {f"../claims/{name}.html" for name in resting} <= set(addresses)
    browser.get_by_role("link", name=re.compile("Schwenk")).first.click()
    browser.wait_for_load_state()
    assert "Pomeroy" in browser.locator("article").inner_text()


def test_rows_carry_what_they_are_found_by(report: Report) -> None:
    for row in passage_rows(report):
        assert all(
            row.found_by[name]
            for name in ("clinic", "topic", "kind", "verdict", "certainty", "level")
        )
    for rows in (claim_rows(report), passage_rows(report), source_rows(report)):
        ids = [name for row in rows for names in row.found_by.values() for name in names]
        assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in ids)
        assert len({row.record.id for row in rows}) == len(rows)


def test_ris_of_every_reference(site: Path, report: Report) -> None:
    text = (site / "data/sources.ris").read_text(encoding="utf-8")
    records = text.split("ER  - \n")
    assert records.pop() == ""
    assert len(records) == len(report.base.references)
    for line in text.splitlines():
        assert not line or re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line)
    assert not re.search(r"^(?!UR).*[{}\\]", text, re.MULTILINE)


def test_ris_is_plain_text_and_loses_nothing() -> None:
    entry = r"""@article{foo-2001, title = {The {DNA} of 5\% \& a {\"u}bung}, journal = {J}, year = {2001},
        pages = {642--647}, doi = {10.1000/a_b}, pmid = {12}, url = {https://a.example/x--y\_z?b=1\&c=2},
        note = {two
        lines}, author = {von Foo, A. B. and {World Health Organization} and others}}"""
    references, problems = bibtex_file.read(entry.encode(), "references.bib")
    assert not problems
    assert ris(references["foo-2001"]).splitlines() == [
        "TY  - JOUR", "ID  - foo-2001", "AU  - von Foo, A. B.", "AU  - World Health Organization", "TI  - The DNA of 5% & a übung",
        "T2  - J", "PY  - 2001", "N1  - two lines", "SP  - 642", "EP  - 647", "DO  - 10.1000/a_b", "AN  - 12",
        "UR  - https://a.example/x--y_z?b=1&c=2", "ER  - ",
    ]  # fmt: skip


def test_source_has_its_figures_with_their_place_and_what_rests_on_them(
    site: Path, browser: Page, report: Report
) -> None:
    source = report.base.sources["pomeroy-2017"]
    browser.goto((site / f"sources/{source.id}.html").as_uri() + "#sustained-response")
    rows = browser.locator(".cb-figures tbody tr")
    assert rows.evaluate_all("rows => rows.map(row => row.id)") == [f.id for f in source.findings]
    row = browser.locator(".cb-figures tr:target")
    for words in (
        "15 of 77",
        "Abstract: “15/77, 27.3%”",
        "15 of 77 people were still better, or 21",
    ):
        expect(row).to_contain_text(words)
    links = row.get_by_role("link").evaluate_all(
        "all => all.map(each => each.getAttribute('href'))"
    )
    key = f"{source.id}/sustained-response"
    assert links == [f"../claims/{claim.id}.html" for claim in report.index.by_finding[key]]
    assert "schwenk-2018" not in browser.locator("article").inner_text(), "named, never by its id"


def test_source_parts_those_who_cite_it_rightly_from_those_who_do_not(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "sources/pomeroy-2017.html").as_uri())
    cite = [o for o in report.base.occurrences.values() if "pomeroy-2017" in o.cites]
    verdicts = [report.verdict(o) for o in cite]
    rightly = browser.locator("#cited-rightly + ul > li")
    wrongly = browser.locator("#cited-wrongly + ul > li")
    assert rightly.count() == verdicts.count(Verdict.SUPPORTED) > 0
    assert wrongly.count() == sum(verdict > Verdict.NOT_CHECKED for verdict in verdicts) > 0
    assert set(rightly.locator(".cb-verdict").all_inner_texts()) == {"Supported"}


def test_rows_beyond_the_first_fifty_come_when_asked_for(site: Path, browser: Page) -> None:
    browser.goto((site / "passages.html").as_uri())
    assert browser.evaluate("document.documentElement.scrollHeight / innerHeight") < 12
    browser.get_by_role("button", name=re.compile("^Show all")).click()
    rows = browser.locator("#passages tbody tr:visible:not(.cb-rows__group)")
    assert rows.nth(50).evaluate("row => row.contains(document.activeElement)")


def test_rows_are_shown_by_fifty(site: Path, browser: Page, report: Report) -> None:
    browser.goto((site / "passages.html").as_uri())
    total = len(report.base.occurrences)
    back = browser.get_by_role("button", name="Previous 50")
    following = browser.get_by_role("button", name="Next 50")
    assert back.is_disabled()
    following.click()
    assert status(browser) == f"{total} of {total} passages fit, 51 to 100 are shown"
    assert shown(browser) == 50
    first = browser.locator("#passages tbody tr:visible:not(.cb-rows__group)").first
    assert first.evaluate("row => row.contains(document.activeElement)")
    for _ in range(total // 50 - 1):
        following.click()
    assert following.is_disabled()
    assert shown(browser) == total % 50
    browser.get_by_label("Verdict").select_option("contradicted")
    expect(back).to_be_hidden()
    assert shown(browser) == sum(
        row.found_by["verdict"] == ("contradicted",) for row in passage_rows(report)
    )


def test_columns_sort_up_down_and_back(site: Path, browser: Page, report: Report) -> None:
    browser.goto((site / "claims/index.html").as_uri())
    everything(browser)
    rows = browser.locator("#claims tbody tr:not(.cb-rows__group) > th")
    before = rows.all_inner_texts()
    for name, column, order in (
        ("Claim", 0, lambda cell: cell.casefold()),
        ("Clinic pages", 4, lambda cell: int(cell.split()[0])),
    ):
        button = browser.get_by_role("columnheader").get_by_role("button", name=name, exact=True)
        heading = browser.locator("#claims thead th").nth(column)
        cells = browser.locator(f"#claims tbody tr:not(.cb-rows__group) > :nth-child({column + 1})")
        for direction in ("ascending", "descending"):
            button.click()
            assert heading.get_attribute("aria-sort") == direction
            keys = [order(text) for text in cells.all_inner_texts()]
            assert len(keys) == len(before)
            if column:
                assert keys == sorted(keys, reverse=direction == "descending")
            assert browser.locator("#claims .cb-rows__group:visible").count() == 0
        button.click()
        assert heading.get_attribute("aria-sort") is None
        assert rows.all_inner_texts() == before
        assert browser.locator("#claims .cb-rows__group:visible").count() > 5
    worst = browser.get_by_role("button", name="Clinics’ wording")
    worst.click()
    worst.press("Enter")
    expect(browser.locator("#claims tbody:visible tr").first).to_contain_text("Contradicted")
    browser.get_by_label("Verdict").select_option("overstated")
    assert shown(browser) > 0, "a filter holds in any order"


def test_claims_of_one_research_group_are_listed(site: Path, browser: Page, report: Report) -> None:
    browser.goto((site / "claims/index.html").as_uri())
    browser.get_by_role("link", name="all studies are of one research group").click()
    expect(browser.locator("h1")).to_have_text("Claims whose studies are all of one research group")
    groups = browser.locator("#groups tbody")
    largest = groups.filter(has=browser.get_by_role("link", name="Pomeroy and others 2017")).first
    told = largest.inner_text()
    assert "Viscusi" in told
    assert "Some may have counted the same people." in told
    for claim in ("relief-in-up-to-77-of-100", "a-third-say-life-is-better", "serious-rare"):
        assert largest.locator(f"a[href$='{claim}.html']").count() == 1, claim
    resting = [c for c in report.base.claims.values() if only_studies(c, report.index)]
    everything(browser)
    assert shown(browser) == len(resting)
    assert f"{len(resting)} claims of {len(report.base.claims)} are of one" in browser.inner_text(
        "article"
    )


def test_flags_stand_the_gravest_first_and_are_filtered(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "flags.html").as_uri())
    everything(browser)
    assert shown(browser) == len(report.flags)
    firsts = browser.locator("#flags tbody").evaluate_all(
        "bodies => bodies.map(body => body.rows[1].lastElementChild.textContent)"
    )
    order = ["Error", "Warning", "Note"]
    assert firsts == sorted(firsts, key=order.index)
    browser.get_by_label("How grave").select_option("warning")
    expect(browser).to_have_url(re.compile("#severity=warning"))
    grave = [flag for flag in report.flags if flag.severity == "warning"]
    assert shown(browser) == len(grave) > 0
