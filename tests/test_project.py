"""What must hold of the project as a whole, and of the real base."""

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT, WEIGHT_LOSS

from claimbook.loading.schemas import schemas
from claimbook.records import Base, Occurrence
from claimbook.records.quotes import REFERENCE
from claimbook.rules.check import Report, all_rules, check
from claimbook.site.pages import render
from claimbook.site.questions import answer


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
    assert records
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


def test_no_finding_on_a_treatment_is_passed_over_in_silence(base: Base) -> None:
    """Each is linked to a claim or set aside there with a reason, or shown with a question."""
    links = {link.finding for claim in base.claims.values() for link in claim.evidence}
    links |= {link.finding for claim in base.claims.values() for link in claim.set_aside}
    for topic in base.topics.values():
        links.update(topic.findings)
    on_treatments = {
        key
        for key, finding in base.findings.items()
        if finding.about.intervention and not (finding.about.outcome or "").startswith("ad-")
    }
    assert sorted(on_treatments - links) == []


def test_no_rule_flags_most_of_what_it_looks_at(report: Report) -> None:
    for name, flags in report.by_rule.items():
        if all_rules()[name].subject is Occurrence:
            flagged = {flag.subject for flag in flags}
            assert len(flagged) < len(report.base.occurrences) / 2, name


@pytest.mark.parametrize(
    ("claim", "page", "words", "verdict"),
    [
        (
            "nasal-aura-duration",
            "ketamine-chronic-migraine-prevention",
            "can effectively reduce",
            "unsupported",
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
            "unsupported",
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
        ("headache-days", "ketamine-center-central-georgia", "more than 15", "overstated"),
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
        [sys.executable, "-m", "claimbook", *arguments],
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
    shutil.copytree(WEIGHT_LOSS, base)
    for path in base.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    def run() -> str:
        done = subprocess.run(
            [sys.executable, "-m", "claimbook", "check", "--root", str(base)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    first = run()
    assert run() == first
    claim = base / "claims/approved-uses/balloon-time.yaml"
    claim.write_text(claim.read_text().replace("12 month", "18 month"))
    assert "6 month against up to 18 month" in run()


def test_answers_read_at_grade_eight(base: Base) -> None:
    """On the words that a reader sees: figures filled in, marks of the page left out."""
    parts = {
        "answer": (r'<p class="cb-card__line">(.*?)</p>', r'<p class="cb-answer">(.*?)</p>'),
        "lists": (r'<ul class="cb-card__list">(.*?)</ul>',),
        "unknown": (r'<li id="unknown"><b>Not known:</b>(.*?)</li>',),
        "would_change": (r'<dt id="would-change">.*?</dt>\s*<dd>(.*?)</dd>',),
    }
    from markupsafe import Markup
    from textstat import textstat

    pages = render(check(base, []))
    hard = {}
    for topic in base.topics.values():
        html = pages[f"questions/{topic.id}.md"].html
        for field, patterns in parts.items():
            read = [found for p in patterns for found in re.findall(p, html, re.DOTALL)]
            assert read or not getattr(topic, field), f"no {field} on the page of {topic.id}"
            grade = textstat.flesch_kincaid_grade(Markup(" ".join(read)).striptags()) if read else 0
            if grade > 8:
                hard[f"{topic.id}: {field}"] = grade
    assert not hard


# What a share can be a share of; after a figure one of them is enough.
PEOPLE = {"people", "persons", "patients", "users", "adults", "children", "participants"}
TREATMENTS = {"infusions", "drips", "injections", "sprays", "doses", "treatments", "uses", "times"}
ENCOUNTERS = {"visits", "sessions", "stays", "encounters", "admissions"}
COUNTED = PEOPLE | TREATMENTS | ENCOUNTERS


def doubled_nouns(text: str, base: Base) -> list[tuple[str, str]]:
    """The pairs of words at the end of a figure in a text, as read, that name the same thing."""
    pairs = []
    for reference in REFERENCE.finditer(text):
        figure = answer(reference[0], "questions/index.md", base).striptags()
        rest = answer(text[reference.start() :], "questions/index.md", base).striptags()
        clause = re.split(r"[.,;:?!]\s", re.sub(r"\([^)]*\)", "", rest))[0]
        words = re.findall(r"[a-z]+", clause)[: len(re.findall(r"[a-z]+", figure)) + 2]
        pairs += [(a, b) for a, b in pairwise(words) if a == b or {a, b} <= COUNTED]
    return pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("they came with {ray-2022/any-side-effect} drips.", [("infusions", "drips")]),
        ("with {ray-2022/any-side-effect} drips for headache.", [("infusions", "drips")]),
        ("halved in {turner-2020/response} sessions", [("visits", "sessions")]),
        ("{yuan-2023/any-side-effect} people users", [("people", "users")]),
        ("best after {schwenk-2018/time-to-best} days", [("days", "days")]),
        ("in {ray-2022/any-side-effect} infusions", []),
        ("in {ray-2022/any-side-effect}. Drips last for days.", []),
        ("{pomeroy-2017/acute-response} people left", []),
    ],
)
def test_what_doubles_a_noun(text: str, pairs: list[tuple[str, str]], base: Base) -> None:
    assert doubled_nouns(text, base) == pairs


def test_no_topic_doubles_the_noun_of_a_figure(base: Base) -> None:
    doubled = {
        f"{topic.id}: {field}": pairs
        for topic in base.topics.values()
        for field, text in topic.texts
        if (pairs := doubled_nouns(text, base))
    }
    assert not doubled


def test_everything_that_is_installed_is_hashed() -> None:
    """Also pip and setuptools, and what builds the package."""
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert len(locks) > 3
    for lock in locks:
        for entry in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip()):
            assert "--hash=sha256:" in entry or entry.startswith("#"), (lock.name, entry)
    installs = re.findall(r"pip install.*", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert len(installs) > 3
    for command in installs:
        assert "--require-hashes" in command or "--no-deps --no-build-isolation" in command
    built_with = re.search(r'requires = \["(.*)"\]', (ROOT / "pyproject.toml").read_text())
    assert built_with
    assert f"\n{built_with[1]} " in (ROOT / "requirements" / "build.lock").read_text()
