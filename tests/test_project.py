"""What must hold of the project as a whole, and of the real base."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from claimbook.loading.load import load
from claimbook.loading.schemas import schemas
from claimbook.records import Base, Kind
from claimbook.records.quotes import MAX_QUOTE, word_count
from claimbook.rules.check import Report, all_rules, check
from claimbook.site.pages import render


@pytest.fixture(scope="module")
def base() -> Base:
    return load(ROOT)


@pytest.fixture(scope="module")
def report(base: Base) -> Report:
    return check(base)


def test_engine_names_no_treatment() -> None:
    files = [p for p in (ROOT / "claimbook").rglob("*") if p.suffix in (".py", ".jinja")]
    assert len(files) > 30
    named = [
        str(p)
        for p in files
        if re.search(r"ketamine|migraine|spravato", p.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert not named


@pytest.mark.parametrize("name", schemas())
def test_schemas_are_current(name: str) -> None:
    held = json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    assert held == schemas()[name], "run make schemas"


def test_every_record_names_its_schema() -> None:
    records = [
        *ROOT.glob("claims/**/*.yaml"),
        *ROOT.glob("sources/*.yaml"),
        *ROOT.glob("pages/*.yaml"),
    ]
    assert len(records) > 150
    for path in records:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", first)
        assert named, path
        assert (path.parent / named[1]).resolve().is_file(), path


def test_every_quote_is_on_its_page_as_far_as_pages_are_at_hand(report: Report) -> None:
    missing = [o.id for o in report.base.occurrences.values() if report.quote_check(o) == "missing"]
    assert not missing


def test_no_record_of_ours_is_flagged(report: Report) -> None:
    assert [str(flag) for flag in report.flags if flag.category == "record"] == []


def test_quotes_are_short(base: Base) -> None:
    assert max(word_count(o.quote) for o in base.occurrences.values()) <= MAX_QUOTE


def test_first_base_is_as_large_as_it_says(base: Base) -> None:
    assert len(base.pages) == 5
    assert len(base.occurrences) >= 80
    assert len(base.sources) >= 25
    assert all(len(some) >= 10 for some in base.by_page.values())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{len(base.sources)} studies, labels, guidelines and notices" in readme


def test_every_rule_finds_something_and_leaves_something_alone(report: Report) -> None:
    ours = {
        name for name in report.rules_run if all_rules()[name].category == "record"
    }  # faults of ours: none may be left
    nothing_to_find = {
        "retracted-source",
        "benefits-without-harms",
        "miscited-source",
        "approval-misstated",
        "borrowed-route",
    }
    nothing_to_find |= {"equated-treatments"}
    assert set(report.rules_run) - set(report.by_rule) <= ours | nothing_to_find
    for name, flags in report.by_rule.items():
        assert len({flag.subject for flag in flags}) < len(report.base.occurrences), name


@pytest.mark.parametrize(
    ("claim", "page", "words", "verdict"),
    [
        (
            "nasal-aura-duration",
            "ketamine-chronic-migraine-prevention",
            "can effectively reduce",
            "contradicted",
        ),
        (
            "nasal-aura-severity",
            "ketamine-chronic-migraine-prevention",
            "can effectively reduce",
            "overstated",
        ),
        (
            "most-still-better-later",
            "ketamine-center-central-georgia",
            "Most people reported lasting",
            "contradicted-by-own-source",
        ),
        (
            "relief-in-up-to-77-of-100",
            "ketamine-chronic-migraine-prevention",
            "up to 77%",
            "overstated",
        ),
        ("half-call-it-very-effective", "ketamine-center-central-georgia", "49%", "supported"),
        (
            "most-relieved-within-90-minutes",
            "ketamine-center-central-georgia",
            "under 90 minutes",
            "unsupported",
        ),
        ("headache-days", "nortex-psychiatry", "more than 15 days", "contradicted"),
        ("headache-days", "texas-ketamine-wellness", "15 or more days", "supported"),
        ("spravato-is-ketamine", "concierge-md", "intranasal ketamine (Spravato)", "contradicted"),
        ("approved-migraine", "texas-ketamine-wellness", "not FDA-approved", "supported"),
        (
            "monitored-setting-only",
            "texas-ketamine-wellness",
            "only in a monitored medical setting",
            "supported",
        ),
        ("cures-migraine", "nortex-psychiatry", "does not cure", "supported"),
    ],
)
def test_worked_topics(report: Report, claim: str, page: str, words: str, verdict: str) -> None:
    found = [
        o for o in report.base.claims[claim].occurrences if o.page == page and words in o.quote
    ]
    assert found
    assert {report.verdict(o).label for o in found} == {verdict}


def test_no_finding_decides_alone_second_hand(report: Report) -> None:
    from claimbook.evidence.appraisal import appraise

    for occurrence in report.base.occurrences.values():
        deciding = appraise(occurrence, report.index).deciding
        assert not deciding or not all(one.evidence.second_hand for one in deciding), occurrence.id


def test_graded_claims_with_evidence_in_people_tell_why(report: Report) -> None:
    from claimbook.evidence.appraisal import rating
    from claimbook.evidence.certainty import Certainty

    for claim in report.base.claims.values():
        rated = rating(claim, report.index)
        if rated and rated.certainty > Certainty.LOW and claim.kind is not Kind.HARM:
            assert len(rated.steps) > 1, claim.id


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check", "--help"], 0, "--fail-on"),
        (["check", "--root", str(ROOT)], 0, "flags ("),
        (["check", "--root", str(ROOT), "--fail-on", "error"], 1, "flags ("),
        (
            ["check", "--root", str(ROOT), "--rule", "promised-cure", "--format", "json"],
            0,
            '"checks_run"',
        ),
        (
            ["check", "--root", str(ROOT), "--rule", "promised-cured"],
            2,
            "did you mean 'promised-cure'?",
        ),
        (["check", "--root", "/nonexistent"], 2, "does not exist"),
        (["check", "--root", str(ROOT / "docs")], 2, "an empty base"),
        (["explain"], 0, "promised-cure"),
        (["explain", "promised-cure"], 0, "Rests on:"),
        (["explain", "promised-cur"], 2, "did you mean 'promised-cure'?"),
    ],
)
def test_command_line(arguments: list[str], code: int, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "claimbook.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b[" not in done.stdout + done.stderr, "colour belongs on a terminal only"


def test_an_unchanged_check_says_the_same_and_a_changed_one_does_not(tmp_path: Path) -> None:
    import os
    import shutil

    base = tmp_path / "base"
    shutil.copytree(ROOT / "tests/data/footbaths", base)
    for path in base.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    def run() -> str:
        done = subprocess.run(
            [sys.executable, "-m", "claimbook.cli", "check", "--root", str(base)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    first = run()
    assert run() == first
    claim = base / "claims/comfort/session-length.yaml"
    claim.write_text(claim.read_text().replace("2 h", "3 h"))
    assert "20 min against 3 h" in run()


def test_answers_read_at_grade_eight(base: Base) -> None:
    """On the words that a reader sees: figures filled in, marks of the page left out."""
    from markupsafe import Markup
    from textstat import textstat

    pages = render(check(base, []))
    hard = {}
    for topic in base.topics.values():
        html = pages[f"questions/{topic.id}.md"].html
        for field, pattern in (
            ("answer", r'<p class="cb-answer">(.*?)</p>'),
            ("unknown", r'<h2 id="unknown">.*?</h2>\s*<p>(.*?)</p>'),
        ):
            if found := re.search(pattern, html, re.DOTALL):
                grade = textstat.flesch_kincaid_grade(Markup(found[1]).striptags())
                if grade > 8:
                    hard[f"{topic.id}: {field}"] = grade
    assert not hard
