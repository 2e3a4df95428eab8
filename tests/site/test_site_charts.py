"""Charts: what they show as numbers, and what a reader meets in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import WEIGHT_LOSS
from factories import small_base
from playwright.sync_api import Browser, Page

from claimbook.evidence.appraisal import body
from claimbook.evidence.index import Index
from claimbook.loading.load import load
from claimbook.records import UNITS, Amount, Interval, Share
from claimbook.rules.check import check
from claimbook.site.charts import Axis, plots, reading
from claimbook.site.pages import render


@pytest.fixture(scope="module")
def browser(launched: Browser) -> Iterator[Page]:
    page = launched.new_page()
    yield page
    page.close()


def plot_of(
    folder: Path, said: list[dict[str, object]], found: dict[str, dict[str, object]]
) -> list[tuple[Axis, list[dict[str, Any]]]]:
    base = small_base(
        {
            "about": {"intervention": "tea", "outcome": "relief"},
            "evidence": list(found),
            "findings": {
                key: {"about": {"intervention": "tea", "outcome": "relief"}} | value
                for key, value in found.items()
            },
            "occurrences": [
                {"page": f"clinic-{i}", "quote": f"words {i}", "says": one}
                for i, one in enumerate(said)
            ],
        },
        folder,
    )
    claim = base.claims["claim-1"]
    return plots(claim, body(claim, Index(base)), {"trial/relief"}, base.vocabulary.units)


def test_shares_stand_at_their_count_with_its_interval(tmp_path: Path) -> None:
    ((axis, rows),) = plot_of(
        tmp_path,
        [{"share": "77%", "bound": "up-to"}],
        {"trial/relief": {"says": {"share": "27.3%", "of": [15, 77]}}},
    )
    finding, page = rows
    assert finding["point"] == pytest.approx(19.48, abs=0.01)
    assert finding["printed"] == pytest.approx(27.3, abs=0.01), "the count comes to another share"
    assert finding["span"] == pytest.approx((12.2, 29.7), abs=0.1)
    assert finding["decides"]
    assert page["point"] is None
    assert page["span"] == pytest.approx((69.3, 77))
    assert [text for _, text in axis.ticks] == ["0%", "25%", "50%", "75%", "100%"]


def test_times_multiply_and_what_has_no_end_runs_off(tmp_path: Path) -> None:
    said: list[dict[str, object]] = [{"amount": "40 min"}, {"amount": ">2 h"}]
    ((axis, rows),) = plot_of(tmp_path, said, {"trial/relief": {"says": {"amount": "5 day"}}})
    assert axis.multiplies
    assert [text for _, text in axis.ticks] == ["10 min", "1 h", "6 h", "1 day", "1 week"]
    days, minutes, hours = rows
    assert hours["off"] == ("right",)
    assert hours["above"]
    assert hours["span"]
    assert minutes["point"]
    assert days["point"]
    assert minutes["point"] < hours["span"][0] < days["point"]
    assert hours["span"][1] == 100


def test_amounts_add_from_nothing_in_their_unit(tmp_path: Path) -> None:
    ((axis, rows),) = plot_of(
        tmp_path,
        [{"amount": "0.5 mg/kg/h"}],
        {"trial/relief": {"says": {"amount": "0.1 to 1 mg/kg/h"}}},
    )
    assert axis.title == "Dose rate by weight, mg/kg/h"
    assert axis.ticks[0] == (0, "0")
    assert rows[0]["span"] == (10, 100)
    assert rows[1]["point"] == pytest.approx(50)


def test_one_figure_alone_is_no_plot(tmp_path: Path) -> None:
    assert plot_of(tmp_path, [], {"trial/relief": {"says": {"share": "40%"}}}) == []


def test_dimensions_stand_apart(tmp_path: Path) -> None:
    said: list[dict[str, object]] = [
        {"share": "40%"},
        {"share": "50%"},
        {"amount": "1 h"},
        {"amount": "2 h"},
    ]
    assert [axis.title for axis, _ in plot_of(tmp_path, said, {})] == ["Share", "Time"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Share(Interval(50, 100, True), "most", figure=False), "more than 50%"),
        (Share(Interval(0, 10, high_open=True), "few", figure=False), "less than 10%"),
        (Share(Interval(30, 37), "a third", figure=False), "30% to 37%"),
        (
            Amount(Interval(20160, float("inf")), "time", "weeks or months", figure=False),
            "at least 2 week",
        ),
        (Share(Interval(48.5, 49.5), "49%"), ""),
        (None, ""),
    ],
)
def test_vague_words_are_read_in_figures(value: Share | Amount | None, words: str) -> None:
    assert reading(value, UNITS) == words


def test_another_base_has_its_charts_and_its_text_is_escaped() -> None:
    made = render(check(load(WEIGHT_LOSS)))
    everything = "".join(
        page.html
        for path, page in made.items()
        if path.startswith(("overview/", "claims/", "pages/"))
    )
    assert "Example &lt;Clinic&gt; North" in everything
    assert "<Clinic>" not in everything


def test_plot_says_in_words_what_it_draws_and_stays_on_its_axis(site: Path, browser: Page) -> None:
    browser.set_viewport_size({"width": 390, "height": 844})
    browser.goto((site / "claims/most-still-better-later.html").as_uri())
    picture = browser.get_by_role("img", name="Share.")
    words = picture.get_attribute("aria-label") or ""
    assert "15 of 77, which is 19%, printed as 27.3% (95% interval 12 to 30%)" in words
    assert "says most, read as more than 50%" in words
    dot, ticks = picture.locator(".cb-plot__dot").first.bounding_box(), picture.locator("text")
    zero, quarter = ticks.nth(0).bounding_box(), ticks.nth(1).bounding_box()
    assert dot
    assert zero
    assert quarter
    assert zero["x"] < dot["x"] < quarter["x"]


def test_told_leads_to_the_passage_that_tells(site: Path, browser: Page) -> None:
    browser.goto((site / "overview/silence.html").as_uri())
    text = browser.locator("article").inner_text()
    assert "✗ not mentioned" in text
    browser.get_by_role(
        "link", name="mentioned by Texas Ketamine & Wellness Center: This use is not approved"
    ).click()
    target = browser.locator(".cb-passage:is(:target, :has(:target))")
    assert "approved" in target.inner_text()


def test_clinic_page_shows_what_was_studied_and_what_it_says_well(
    site: Path, browser: Page
) -> None:
    browser.goto((site / "pages/texas-ketamine-wellness.html").as_uri())
    rows = browser.locator("#regimen ~ table tbody tr")
    assert rows.get_by_role("rowheader").all_inner_texts() == ["Place", "Session", "Course"]
    assert re.search(r"A hospital: \d", rows.first.inner_text())
    browser.locator("summary", has_text=re.compile(r"\d studies")).first.click()
    assert browser.get_by_role("link", name="Pomeroy and others 2017").first.is_visible()
    well = browser.locator("#well ~ ul").first
    assert well.locator("li").count() == 3
    said = browser.locator("#well ~ h3").first
    assert said.inner_text() == "Harms and who should not have it"
    quotes = [
        " ".join(one.split()).strip("“”.").lower()
        for one in well.locator("li > a").all_inner_texts()
    ]
    assert not [one for one in quotes for other in quotes if one != other and one in other], (
        "the same words twice"
    )
    well.get_by_role("link").first.click()
    assert "Supported" in browser.locator(".cb-group:has(:target) h3").inner_text()


def test_best_case_shows_the_range_it_is_read_as(site: Path, browser: Page) -> None:
    browser.goto((site / "claims/relief-in-up-to-77-of-100.html").as_uri())
    assert "says up to 77%, read as 69.3% to 77%" in " ".join(
        browser.locator(".cb-plot__row--page").first.inner_text().split()
    )
