"""What the site says of who checked what: with the invented reviews, and without any."""

import re
from dataclasses import replace
from datetime import date

import pytest
from conftest import WEIGHT_LOSS

from claimbook.curation.reviews import digest
from claimbook.loading.load import load
from claimbook.records import Base, Change
from claimbook.rules.check import Report, check
from claimbook.site.exports import table
from claimbook.site.pages import SitePage, render

TODAY = date(2002, 6, 1)
BASE = load(WEIGHT_LOSS, WEIGHT_LOSS / "snapshots", WEIGHT_LOSS / "figures")
ANNA = Change(date(2002, 1, 1), frozenset({"anna maker"}))
BASE = replace(
    BASE,
    changes={claim.at.file: (ANNA,) for claim in BASE.claims.values()},
    # as if they had been read as they are now, whatever a later edit of the records changed
    reviews={
        name: replace(review, of=digest(review.subject, BASE))
        for name, review in BASE.reviews.items()
    },
)


def report(base: Base = BASE, today: date = TODAY) -> Report:
    return check(base, today=today)


@pytest.fixture(scope="module")
def pages() -> dict[str, SitePage]:
    return render(report())


def text(page: SitePage) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.html))


@pytest.mark.parametrize(
    ("claim", "status", "said"),
    [
        ("prices", "draft", "No clinician has checked this record yet. It is not medical advice."),
        ("slows-the-stomach", "in-review", "In review. Alex Sample is reviewing it. Nobody has accepted it."),
        ("weight-comes-back", "in-review", "In review. Alex Sample asks for a change: Say after how long"),
        ("nausea", "accepted", "Accepted by Alex Sample (methodologist (invented)) on 2002-02-02, Rowan Example (physician (invented)) on 2002-02-01."),
        ("tablet-lowers-weight", "accepted", "Accepted by Kim Specimen (pharmacist (invented)) on 2002-02-05."),
    ],
)  # fmt: skip
def test_a_claim_says_how_far_its_review_is(
    pages: dict[str, SitePage], claim: str, status: str, said: str
) -> None:
    assert said in text(pages[f"claims/{claim}.md"])
    row = next(row for row in table("claims", report()) if row["id"] == claim)
    assert row["status"] == status
    assert all(review["current"] for review in row["reviews"])


def test_nobody_accepts_their_own_change() -> None:
    own = {
        file: (replace(ANNA, authors=frozenset({"rowan@example.org"})),) for file in BASE.changes
    }
    alone = {name: r for name, r in BASE.reviews.items() if r.reviewer.name == "Rowan Example"}
    page = render(report(replace(BASE, changes=own, reviews=alone)))["claims/nausea.md"]
    assert "In review. Rowan Example accepted their own change" in text(page)


def test_without_git_it_is_said_that_nobody_knows_who_wrote_it() -> None:
    page = render(report(replace(BASE, changes={})))["claims/nausea.md"]
    assert "It was accepted, but who wrote it could not be checked." in text(page)


def test_a_review_of_an_earlier_version_says_so() -> None:
    nausea = replace(BASE.claims["nausea"], statement="The weekly shot makes some people sick.")
    base = replace(BASE, claims={**BASE.claims, "nausea": nausea})
    page = text(render(report(base))["claims/nausea.md"])
    assert "In review. It changed after Alex Sample accepted it on 2002-02-02." in page
    assert page.count("It changed since.") == 2


def test_what_expired_says_so_and_is_due() -> None:
    late = render(report(today=date(2003, 1, 1)))
    assert "Expired. It was accepted, and its next review was due by" in text(
        late["claims/nausea.md"]
    )
    assert "Search again, and review the claim." in text(late["method/reviews.md"])


def test_who_checked_what(pages: dict[str, SitePage]) -> None:
    page = text(pages["method/reviews.md"])
    assert (
        "Accepted Somebody who did not write it read it and accepted it as it is now 3 claims"
        in page
    )
    assert (
        "Kim Specimen, pharmacist (invented) None declared (invented). Valid until 2002-12-31. 1 review"
        in page
    )
    # They agree on 3 of 4; chance 9/16; kappa (12/16 - 9/16) / (7/16) = 0.43; Wilson 0.3006 to 0.9544.
    assert "Alex Sample and Rowan Example 3 of 4 0.43 (-0.60 to 0.90)" in page
    assert (
        "Rowan Example accepted it (2002-02-01), Alex Sample rejected it (2002-02-02)."
        " Kim Specimen settled it on 2002-02-05 and accepted it." in page
    )
    assert (
        "Alex Sample asks for a change: Say after how long the weight came back. since 2002-02-03"
        in page
    )
    assert "Alex Sample, methodologist (invented) Taught for a fee" in page
    assert "rowan@example.org" not in "".join(page.html for page in pages.values())


def test_the_table_of_claims_can_be_filtered_by_status(pages: dict[str, SitePage]) -> None:
    html = pages["claims/index.md"].html
    assert html.count('data-status="accepted"') == 3
    assert '<option value="in-review">In review (2)</option>' in html
    assert "<td>Accepted</td>" in html


def test_a_question_counts_the_claims_that_were_accepted(pages: dict[str, SitePage]) -> None:
    page = text(pages["questions/is-it-safe.md"])
    assert re.search(
        r"No clinician has checked this record yet\. Reviewers have accepted 1 of \d+ claims here\. It is not medical advice\.",
        page,
    )
    assert re.search(r"Reviewers have accepted 3 of \d+ claims here\.", text(pages["index.md"]))


def test_without_reviews_every_page_says_so() -> None:
    pages = render(report(replace(BASE, reviews={})))
    assert "No reviewer has read any record yet." in text(pages["method/reviews.md"])
    assert "How far two reviewers agree" not in text(pages["method/reviews.md"])
    assert "No reviewer has read any of them yet." in text(pages["claims/index.md"])
    assert "data-status" in pages["claims/index.md"].html
    assert "<td>Draft</td>" not in pages["claims/index.md"].html
    assert "No clinician has reviewed these records yet." in text(pages["index.md"])
    for name in ("claims/nausea.md", "questions/is-it-safe.md", "pages/example-clinic-north.md"):
        assert re.search(r"No clinician has checked (this record|them) yet", text(pages[name])), (
            name
        )
