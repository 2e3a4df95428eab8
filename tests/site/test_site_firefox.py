"""The errands again, in Firefox, where Playwright has it: `make test-firefox` brings it and runs them.

The tests are those of the other modules; here only the browser is another.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import sound
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from test_site_readers import (
    test_passages_of_a_page_filter_and_come_back_for_a_link,
    test_patient_asks_whether_the_nose_spray_is_safe_at_home_by_links,
    test_patient_asks_whether_the_nose_spray_is_safe_at_home_by_search,
    test_reviewer_asks_which_figures_were_read_only_second_hand,
    test_writer_finds_the_same_by_links_alone,
)
from test_site_tables import (
    test_claims_of_one_research_group_are_listed,
    test_columns_sort_up_down_and_back,
    test_rows_are_shown_by_fifty,
)
from test_site_vet import (
    page,
    shared,
    test_draft_is_saved_as_word_with_comments_as_a_report_and_with_a_receipt,
    test_file_is_read_as_the_command_line_reads_it,
    test_page_from_disk_works_too,
    test_pasted_draft_is_judged_in_place,
    test_safety_box_is_added_and_tells_what_was_left_out,
    test_what_of_a_file_is_not_kept_is_said,
)

__all__ = [
    "page",
    "shared",
    "test_claims_of_one_research_group_are_listed",
    "test_columns_sort_up_down_and_back",
    "test_draft_is_saved_as_word_with_comments_as_a_report_and_with_a_receipt",
    "test_file_is_read_as_the_command_line_reads_it",
    "test_page_from_disk_works_too",
    "test_passages_of_a_page_filter_and_come_back_for_a_link",
    "test_pasted_draft_is_judged_in_place",
    "test_patient_asks_whether_the_nose_spray_is_safe_at_home_by_links",
    "test_patient_asks_whether_the_nose_spray_is_safe_at_home_by_search",
    "test_reviewer_asks_which_figures_were_read_only_second_hand",
    "test_rows_are_shown_by_fifty",
    "test_safety_box_is_added_and_tells_what_was_left_out",
    "test_what_of_a_file_is_not_kept_is_said",
    "test_writer_finds_the_same_by_links_alone",
]
pytestmark = [pytest.mark.firefox, pytest.mark.xdist_group("firefox")]


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    """Firefox, as Playwright builds it."""
    with sync_playwright() as playwright:
        if not Path(playwright.firefox.executable_path).is_file():
            pytest.skip("Playwright's Firefox is not installed: make test-firefox installs it")
        browser = playwright.firefox.launch()
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(launched: Browser) -> Iterator[BrowserContext]:
    """Pages of it; it grants no access to the clipboard."""
    context = launched.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def browser(context: BrowserContext) -> Iterator[Page]:
    """A page in which no script may fail."""
    with sound(context.new_page()) as opened:
        yield opened
    opened.close()
