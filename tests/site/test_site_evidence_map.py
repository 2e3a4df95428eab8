"""The map of the evidence: what was studied of each question, by form of treatment."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base
from playwright.sync_api import Page, expect

from claimbook.rules.check import Report, check
from claimbook.site.context import Context
from claimbook.site.evidence_map import MapCell, page

VOCABULARY = {
    "bath": {"facet": "intervention"},
    "footbath": {"facet": "intervention", "broader": ["bath"]},
    "hot-footbath": {"facet": "intervention", "broader": ["footbath"]},
    "tea": {"facet": "intervention"},
}


def claim(about: str, *found: str, **more: Any) -> dict[str, Any]:
    return {"about": {"intervention": about, "outcome": "relief"}, "evidence": list(found), **more}


def finding(about: str | None, **more: Any) -> dict[str, Any]:
    scope = {"outcome": "relief"} | ({"intervention": about} if about else {})
    return {"about": scope, "says": {"effect": "reduces"}, **more}


def cells(
    folder: Path, claims: list[dict[str, Any]], findings: dict[str, Any]
) -> dict[str, MapCell]:
    """The cells of the only question of a small base, by column."""
    base = small_base({"claims": claims, "findings": findings, "vocabulary": VOCABULARY}, folder)
    data = page(Context(check(base)))
    ((_, [(_, row)]),) = data["groups"]
    return dict(zip(data["forms"], row, strict=True))


def test_study_stands_under_the_nearest_form_that_claims_are_about(tmp_path: Path) -> None:
    found = {
        "trial/relief": finding("hot-footbath"),
        "series/relief": finding("bath", design="case-series"),
        "label/relief": finding("bath", kind="label", design="authority"),
    }
    row = cells(tmp_path, [claim("footbath", "trial/relief"), claim("bath", *found)], found)
    assert {form: [source.id for source, _ in cell.studies] for form, cell in row.items()} == {
        "Bath": ["series"],
        "Footbath": ["trial"],
    }
    assert row["Footbath"].certainty is not None


def test_studies_that_rate_nothing_are_not_called_no_evidence(tmp_path: Path) -> None:
    found = {"rats/relief": finding("bath", design="animal")}
    (cell,) = cells(tmp_path, [claim("bath", *found)], found).values()
    assert ([source.id for source, _ in cell.studies], cell.certainty) == (["rats"], None)


def test_an_empty_cell_says_whether_somebody_looked(tmp_path: Path) -> None:
    found = {
        "trial/relief": finding("bath"),
        "poll/relief": finding("footbath"),
        "other/relief": finding("tea"),
    }
    claims = [
        claim("bath", "trial/relief"),
        claim("footbath", "poll/relief", searched=None),
        claim("tea", "other/relief", searched=None),
    ]
    assert [cell.searched for cell in cells(tmp_path, claims, found).values()] == [
        "itself",
        "not",
        "broader",
    ]


# --- the real base --------------------------------------------------------------------------------


def test_every_question_and_every_form_has_a_cell(
    site: Path, browser: Page, report: Report
) -> None:
    browser.goto((site / "overview/evidence-map.html").as_uri())
    rows, columns = (
        browser.locator("#map tbody tr:not(.cb-rows__group)"),
        browser.locator("#map thead th"),
    )
    expect(rows).to_have_count(len(report.base.topics))
    assert all(row.locator("td").count() == columns.count() - 1 for row in rows.all())
    assert "Ketamine into a vein" in columns.all_inner_texts()
    assert browser.locator("#map td", has_text="None found").count() > 1
    assert browser.locator("#map td", has_text="Nobody looked").count() > 1


def test_cell_opens_by_keyboard_and_leads_to_its_studies(site: Path, browser: Page) -> None:
    browser.goto((site / "overview/evidence-map.html").as_uri())
    row = browser.locator(
        "#map tbody tr", has=browser.get_by_role("link", name="Does ketamine help migraine?")
    )
    cell = row.locator("td", has=browser.locator("summary", has_text="into a vein"))
    cell.locator("summary").press("Enter")
    study = cell.get_by_role("listitem").filter(has_text="Pomeroy and others 2017, 77 people")
    study.get_by_role("link").click()
    expect(browser.locator("h1")).to_have_text("Pomeroy and others 2017")


@pytest.mark.parametrize("width", [390, 640, 1280])
def test_map_fits_every_screen(site: Path, browser: Page, width: int) -> None:
    browser.set_viewport_size({"width": width, "height": 844})
    browser.goto((site / "overview/evidence-map.html").as_uri())
    for summary in browser.locator("#map summary").all()[:12]:
        summary.click()
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
