"""What the evidence makes of a claim, of a sentence and of a question, on pages made in memory."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import ROOT
from factories import Example, small_base
from markupsafe import Markup

from claimbook.records import Verdict
from claimbook.records.quotes import slug
from claimbook.rules.check import Report, check
from claimbook.site import exports, search_index
from claimbook.site.pages import SitePage, render

STATEMENT = "Hot feet <b>cure</b> colds"
CURE: Example = {
    "statement": f"{STATEMENT}.",
    "kind": "efficacy",
    "about": {"intervention": "footbath", "outcome": "cure"},
    "truth": {"is": "no", "line": "No. Colds took as long <i>with</i> one."},
    "searched": {"on": "2001-05-06", "where": ["an index", "R&D"], "for": "footbath & cold"},
    "evidence": ["trial/cure"],
    "set-aside": [{"finding": "poll/cure", "because": "It asked <few>."}],
    "say": [
        {"text": "Footbaths do not cure colds & flu.", "rests-on": ["poll/cure"]},
        {"text": "Colds pass.", "rests-on": ["trial/cure"], "fits": ["footbath"]},
    ],
    "occurrences": [
        {"page": "clinic-a", "quote": "Our footbaths warm your feet and cure your cold."},
        {"page": "clinic-b", "quote": "Nothing cures a cold.", "says": {"is": "no"}},
    ],
}
WARM: Example = {
    "statement": "Footbaths warm feet.",
    "kind": "practice",
    "about": {"intervention": "footbath"},
    "truth": {"is": "out-of-scope", "line": "Not looked at here."},
    "searched": None,
    "occurrences": [{"page": "clinic-a", "quote": "Our footbaths warm your feet"}],
}
EASE: Example = {
    "statement": "Footbaths ease colds.",
    "kind": "efficacy",
    "about": {"intervention": "footbath", "outcome": "relief"},
    "searched": None,
}
LATER: Example = EASE | {"searched": {"on": "2001-03-04", "where": ["an index"], "for": "relief"}}
FINDINGS: Example = {
    "trial/cure": {"says": {"is": "no"}, "plain": "Nobody was cured."},
    "poll/cure": {"says": {"share": "17%", "of": [1, 6]}, "overlaps": ["report"]},
    "report/relief": {"says": {"share": "50%", "of": [20, 40]}, "plain": "Half felt better."},
    "other/relief": {"says": {"share": "10%", "of": [4, 40]}},
}
TOPIC: Example = {
    "question": "Does a footbath cure a cold?",
    "answer": "It cured {poll/cure} people, and {report/relief} people felt better.",
    "would-change": "A trial of <more> than {other/relief} people.",
    "found": ["poll/cure", "other/relief", "report/relief"],
}
EXAMPLE: Example = {"claims": [CURE, WARM, EASE, LATER], "findings": FINDINGS, "topic": TOPIC}


@cache
def report() -> Report:
    with TemporaryDirectory() as folder:
        return check(small_base(EXAMPLE, Path(folder)))


@cache
def site() -> dict[str, SitePage]:
    return render(report(), clean=list)


def html(path: str) -> str:
    return site()[path].html


def text(html: str) -> str:
    return " ".join(Markup(html).striptags().split())


# --- the truth of a claim -------------------------------------------------------------------------


def test_no_statement_stands_without_its_answer() -> None:
    for path, page in site().items():
        shown = re.sub(r"<(script|style).*?</\1>", "", page.html, flags=re.DOTALL)
        for words in (text(shown), page.title, page.description):
            assert not re.findall(rf"{STATEMENT}(?!\?)", words), path
    titles = {path: (page.title, page.description) for path, page in site().items()}
    found = search_index.script(report(), titles)
    assert f'"title":"{STATEMENT}?","line":"Colds took as long <i>with</i> one."' in found
    named = {path for path, page in site().items() if f"{STATEMENT}?" in text(page.html)}
    assert {"claims/claim-1.md", "claims/index.md", "passages.md", "pages/clinic-a.md"} <= named
    assert {"questions/topic.md", "sources/trial.md", "method/searching.md"} <= named


def test_claim_is_headed_by_its_answer() -> None:
    page = site()["claims/claim-1.md"]
    assert page.title == f"{STATEMENT}? No"
    assert page.description.startswith(f"{STATEMENT}? No. Colds took as long <i>with</i> one.")
    heading = re.search(r"<h1>(.*?)</h1>\s*(<p.*?</p>)", page.html, re.DOTALL)
    assert heading
    assert text(heading[1]) == "Hot feet <b>cure</b> colds? ✗ No"
    assert text(heading[2]) == "Colds took as long <i>with</i> one."
    assert "<b>cure" not in page.html


def test_claim_without_a_truth_is_named_as_it_is() -> None:
    assert site()["claims/claim-3.md"].title == "Footbaths ease colds."
    assert "<h1>Footbaths ease colds.</h1>" in html("claims/claim-3.md")


def test_what_all_findings_deny_is_not_true_although_nobody_wrote_so() -> None:
    claim: Example = {
        key: value for key, value in CURE.items() if key not in ("truth", "set-aside")
    }
    with TemporaryDirectory() as folder:
        base = small_base({"claims": [claim], "findings": FINDINGS}, Path(folder))
        page = render(check(base))["claims/claim-1.md"]
    assert page.title == f"{STATEMENT}? No"
    assert "Not true, according to An example 2001." in text(page.html)


def linked_data(path: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(path), re.DOTALL)
    assert found
    return json.loads(found[1])


def test_linked_data_reviews_the_claim_itself() -> None:
    first, *passages = linked_data("claims/claim-1.md")
    assert first["@id"] == "#truth"
    assert 'id="truth"' in html("claims/claim-1.md")
    assert first["claimReviewed"] == f"{STATEMENT}."
    assert first["reviewRating"]["alternateName"] == "No"
    assert first["reviewRating"]["ratingExplanation"] == CURE["truth"]["line"]
    assert [review["claimReviewed"] for review in passages] == [
        occurrence["quote"] for occurrence in CURE["occurrences"]
    ]


# --- the sentence ---------------------------------------------------------------------------------


def test_card_of_a_sentence_has_its_gravest_verdict_and_every_part() -> None:
    page = html("pages/clinic-a.md")
    (card,) = page.split('<li class="cb-task cb-passage"')[1:]
    grave = report().verdict(report().base.by_page["clinic-a"][0])
    assert grave > Verdict.NOT_CHECKED
    shown, _, details = card.partition("</details>")[0].partition("<details>")
    assert re.findall(r"cb-verdict--([a-z-]+)", shown) == [grave.label]
    assert re.findall(r"cb-verdict--([a-z-]+)", details) == [grave.label, "not-checkable"]
    assert text(shown).count("cure your cold.”") == 1
    assert "In the words “Our footbaths warm your feet”" in text(details)
    parts = report().base.by_page["clinic-a"]
    assert all(f'id="{slug(part.id)}"' in shown for part in parts)
    assert f'data-verdict="{grave.label}"' in card
    assert "1 sentence:" in text(page)
    assert report().sentence_counts("clinic-a") == {grave: 1}


@pytest.mark.parametrize("path", ["passages.md", "claims/claim-2.md"])
def test_passage_says_where_its_sentence_is_graver(path: str) -> None:
    grave = report().sentence_verdict(report().base.by_page["clinic-a"][0])
    words = grave.label.replace("-", " ")
    assert text(html(path)).count(f"part of a sentence that is {words}") == 1


def test_data_has_the_verdict_of_the_sentence() -> None:
    cure, warm, *_ = exports.table("claims", report())
    grave = cure["occurrences"][0]["verdict"]
    assert warm["occurrences"][0]["verdict"] == "not-checkable"
    assert warm["occurrences"][0]["sentence_verdict"] == grave
    assert exports.table("pages", report())[0]["sentence_verdicts"] == {grave: 1}
    tables = exports.Tables(report())
    header, first, *_ = exports.passages_csv(tables, report()).splitlines()
    assert header.endswith("flags,truth,sentence_verdict,truth_line")
    assert first.endswith(f",no,{grave},No. Colds took as long <i>with</i> one.")


@pytest.mark.parametrize(
    "verdict", [verdict for verdict in Verdict if verdict > Verdict.NOT_CHECKED]
)
def test_every_judging_verdict_has_a_look_of_its_own(verdict: Verdict) -> None:
    badge = (ROOT / "docs/assets/claimbook.css").read_text(encoding="utf-8")
    mark = (ROOT / "docs/assets/checker.css").read_text(encoding="utf-8")
    assert re.search(rf"\.cb-verdict--{verdict.label}\b", badge)
    looks = dict(re.findall(r"\.cb-checker__mark--([a-z-]+) \{ (text-decoration: [^}]*)\}", mark))
    assert list(looks.values()).count(looks[verdict.label]) == 1


# --- wording to use -------------------------------------------------------------------------------


def test_claim_lists_its_wording_with_what_it_rests_on() -> None:
    page = html("claims/claim-1.md")
    listed = page.partition('<h2 id="say">')[2].partition("<h2")[0]
    assert re.findall(r'<p id="say-\d">(.*?)</p>', listed) == [
        "Footbaths do not cure colds &amp; flu.",
        "Colds pass.",
    ]
    assert re.findall(r'href="\.\./sources/([^"]*)"', listed) == [
        "poll.html#cure",
        "trial.html#cure",
    ]
    assert "For footbath only." in text(listed)
    assert 'id="say"' not in html("claims/claim-3.md")


def test_offer_cites_what_it_rests_on() -> None:
    assert "Write instead: Footbaths do not cure colds &amp; flu (An example 2001)." in text(
        html("pages/clinic-a.md")
    ).replace("& flu", "&amp; flu")


def test_judged_sentence_without_wording_is_best_deleted() -> None:
    claim = CURE | {"say": []}
    with TemporaryDirectory() as folder:
        base = small_base({"claims": [claim], "findings": FINDINGS}, Path(folder))
        page = render(check(base))["pages/clinic-a.md"]
    assert "No evidence-based wording yet. Safest: delete it." in text(page.html)


# --- a question -----------------------------------------------------------------------------------


def test_question_says_what_would_change_its_answer() -> None:
    words = text(html("questions/topic.md"))
    assert "What would change this A trial of <more> than 10 out of 100 (4 of 40) people." in words


def test_question_tells_when_it_was_searched_and_how_many_claims_were() -> None:
    words = text(html("questions/topic.md"))
    assert "Searched 2001-03-04 to 2001-05-06, for 2 of 3 claims on effects." in words


def test_few_people_are_drawn_as_people() -> None:
    page = html("questions/topic.md")
    drawn = re.findall(r'<svg[^>]*aria-label="([^"]*)">(.*?)</svg>', page, re.DOTALL)
    pictures = dict(drawn)
    assert list(pictures) == ["1 of 6 people", "50 of 100 people", "10 of 100 people"]
    assert pictures["1 of 6 people"].count("M") == 6
    assert pictures["50 of 100 people"].count("M") == 100
    assert "17 of 100" not in text(page)
    assert "It cured 1 of 6 people, and 50 out of 100 (20 of 40) people" in text(page)


def test_studies_of_the_same_people_are_one_row() -> None:
    page = html("questions/topic.md")
    (row,) = re.findall(r'<li class="cb-shown-once">(.*?)</ul>', page, re.DOTALL)
    assert "These 2 reports may have counted some of the same people" in row
    assert set(re.findall(r"sources/(\w+)\.html", row)) == {"poll", "report"}
    under_answer = page.partition("</section>")[2].partition("<h2")[0]
    assert "Do not take them as separate results." in text(under_answer)


# --- how we searched ------------------------------------------------------------------------------


def test_every_search_is_a_row_with_the_claims_that_it_served() -> None:
    page = html("method/searching.md")
    table = page[page.index('<h2 id="searches">') :]
    rows = [text(row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]]
    assert rows == [
        "footbath & cold 1, 2 2001-05-06 Hot feet <b>cure</b> colds? ✗ No",
        "relief 1 2001-03-04 Footbaths ease colds.",
    ]
    assert "2 searches, from 2001-03-04 to 2001-05-06, for 2 of 3 claims on effects." in text(page)
    assert "It asked &lt;few&gt;." in page
    assert "R&amp;D" in page


def test_same_search_of_two_claims_is_one_row() -> None:
    claims = [LATER, LATER | {"statement": "Footbaths help."}]
    with TemporaryDirectory() as folder:
        page = render(check(small_base({"claims": claims}, Path(folder))))["method/searching.md"]
    assert "1 search, on 2001-03-04, for 2 of 2 claims on effects." in text(page.html)


def test_what_could_not_be_searched_is_the_base_s_own_word(tmp_path: Path) -> None:
    without = small_base({"claims": [LATER]}, tmp_path)
    notes = {
        "Who <searched>": ("One person & no other.",),
        "What not": ("No index.", "No Latin."),
    }
    for base, wanted in (
        (without, "Who searched, and what could not be searched, is not recorded."),
        (replace(without, searching=notes), "<p>One person &amp; no other.</p>"),
        (replace(without, searching=notes), "<li>No Latin.</li>"),
        (replace(without, searching=notes), "Who &lt;searched&gt;"),
    ):
        assert wanted in render(check(base))["method/searching.md"].html


def test_data_give_no_certainty_of_a_harm(report: Report) -> None:
    rows = {row["id"]: row for row in exports.table("claims", report)}
    harm, benefit = rows["has-side-effects"], rows["effective-for-migraine"]
    assert (harm["certainty"], harm["certainty_reasons"]) == (None, [])
    assert harm["harm_status"].startswith("known risk")
    assert benefit["certainty"]
    assert benefit["certainty_reasons"]


def test_certainty_that_nobody_judged_says_so() -> None:
    example = {
        "claims": [
            {
                "statement": "Footbaths ease coughing.",
                "kind": "efficacy",
                "about": {"intervention": "footbath", "outcome": "coughing"},
                "evidence": ["trial/coughing"],
                **judged,
            }
            for judged in (
                {},
                {"certainty": {"imprecision": {"down": 1, "because": "Few people."}}},
            )
        ],
        "findings": {"trial/coughing": {"says": {"effect": "reduces"}}},
    }
    with TemporaryDirectory() as folder:
        pages = render(check(small_base(example, Path(folder))))
    told = ["Nobody has recorded" in pages[f"claims/claim-{n}.md"].html for n in (1, 2)]
    assert told == [True, False]
