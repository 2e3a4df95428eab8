"""When a claim, and a look at a source's standing, is due again: to the day."""

from datetime import date
from pathlib import Path

import pytest
from conftest import WEIGHT_LOSS
from factories import CLAIM, TRIAL, changed, write_base

from claimbook.loading.load import load
from claimbook.rules.check import check

CLAIM_WITH = "set-aside:\n"
SEARCHED = "searched: {on: 2001-12-31, where: [an index], for: colds}\n"


@pytest.mark.parametrize(
    ("fields", "today", "message"),
    [
        (SEARCHED, "2002-12-31", None),  # the last day
        (SEARCHED, "2003-01-01", "the review was due by 2002-12-31"),
        (f"{SEARCHED}review-by: 2002-06-30\n", "2002-07-01", "the review was due by 2002-06-30"),
        (f"{SEARCHED}review-by: 2004-06-30\n", "2004-06-30", None),
        ("review-by: 2002-06-30\n", "2002-07-01", "the review was due by 2002-06-30"),
        ("", "2099-01-01", None),  # nothing says by when
        (f"{SEARCHED}withdrawn: {{on: 2002-01-01, because: An error.}}\n", "2099-01-01", None),
    ],
)
def test_review_overdue(fields: str, today: str, message: str | None, tmp_path: Path) -> None:
    root = write_base(tmp_path, {CLAIM: changed(CLAIM, CLAIM_WITH, fields + CLAIM_WITH)})
    flags = check(load(root), ["review-overdue"], date.fromisoformat(today)).flags
    assert [flag.message for flag in flags] == ([message] if message else [])


@pytest.mark.parametrize(
    ("standing", "today", "due"),
    [
        ("checked: 2001-02-03, with: a search", "2002-02-03", None),
        ("checked: 2001-02-03, with: a search", "2002-02-04", "2002-02-03"),
        ("checked: 2001-02-03, with: a search, review-by: 2001-06-30", "2001-07-01", "2001-06-30"),
        ("with: nothing", "2099-01-01", None),  # never looked up: another rule says so
    ],
)
def test_standing_outdated(standing: str, today: str, due: str | None, tmp_path: Path) -> None:
    text = changed(TRIAL, "checked: 2001-02-03, with: a search", standing)
    flags = check(
        load(write_base(tmp_path, {TRIAL: text})), ["standing-outdated"], date.fromisoformat(today)
    ).flags
    trial = [flag.message for flag in flags if flag.subject == "weber-2001"]
    was = f"whether weber-2001 was corrected or retracted was to be checked by {due}"
    assert trial == ([was] if due else [])


def test_without_a_day_nothing_is_past() -> None:
    rules = ["review-overdue", "standing-outdated"]
    base = load(WEIGHT_LOSS)
    assert not check(base, rules).flags
    assert len(check(base, rules, date(2003, 1, 1)).flags) > 20
