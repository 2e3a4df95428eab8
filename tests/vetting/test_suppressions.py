"""A comment sets a flag aside where it speaks, if it is whole and not past its day; otherwise it is flagged itself."""

import io
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import WEIGHT_LOSS
from hypothesis import given
from hypothesis import strategies as st

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.rules.check import all_rules
from claimbook.vetting import baseline
from claimbook.vetting.drafts.draft import Directive
from claimbook.vetting.drafts.files import draft
from claimbook.vetting.formatters.github import as_annotations
from claimbook.vetting.formatters.html import as_html
from claimbook.vetting.formatters.json import result_data, results_json
from claimbook.vetting.formatters.sarif import vet_log
from claimbook.vetting.formatters.text import as_text
from claimbook.vetting.suppressions import (
    BASELINE,
    COMMENT,
    KINDS,
    FinalResult,
    apply_suppressions,
    read_suppression,
)
from claimbook.vetting.vet import Vetter

TODAY = date(2026, 11, 22)
RULE = "contradicted-by-evidence"
BAD = "Our tablets lower your weight."
WHOLE = (
    f'claimbook: allow {RULE} because "the study\'s own title", owner: Editorial, second: Legal, '
    "until: 2027-01-31"
)


@pytest.fixture(scope="module")
def vetter() -> Vetter:
    return Vetter(load(WEIGHT_LOSS))


def vet(
    vetter: Vetter, text: str, ending: str = ".md", today: date = TODAY, name: str = "a"
) -> FinalResult:
    read = draft(text.encode(), name + ending, ending)
    return apply_suppressions(vetter.vet(read.text, read.name), read, all_rules().keys(), today)


@pytest.mark.parametrize(
    ("said", "reason", "owner", "until", "lacks"),
    [
        ('allow hype because "a, b: owner: x", owner: Ed & Co, until: 2027-01-31', "a, b: owner: x", "Ed & Co", "2027-01-31", []),
        ("allow hype because the title, owner: E, until: 2027-01-31", "the title", "E", "2027-01-31", []),
        ("Allow HYPE because: “smart quotes”; until: 2027-01-31; owner: E", "smart quotes", "E", "2027-01-31", []),
        ("allow hype because 'it's theirs', owner: E,\n until: 2027-01-31", "it's theirs", "E", "2027-01-31", []),
        ("allow hype", "", "", None, ["a reason", "an owner", "a last day"]),
        ('allow hype because "aaa aaa 1", owner: -, until: 2027-01-31', "", "", "2027-01-31", ["a reason", "an owner"]),
        ('allow hype because "...", owner: E, until: 2027-01-31', "", "E", "2027-01-31", ["a reason"]),
        ('allow hype, guarantee because "so it is", owner: E, until: 2027-01-31', "so it is", "E", "2027-01-31",
         ["a comment of its own for 'guarantee'"]),
        ('allow hype because "", owner: , until:', "", "", None, ["a reason", "an owner", "a last day"]),
        ('allow hype because "so it is", owner: E, until: soon', "so it is", "E", None, ["a last day as YYYY-MM-DD (not 'soon')"]),
        ('allow hype because "so it is", owner: E, until: 2027-02-30', "so it is", "E", None, ["a last day as YYYY-MM-DD (not '2027-02-30')"]),
        ("hello", "", "", None, ["a rule", "a reason", "an owner", "a last day"]),
    ],
)  # fmt: skip
def test_grammar(said: str, reason: str, owner: str, until: str | None, lacks: list[str]) -> None:
    one = read_suppression(Directive(said, 0, 0))
    assert (one.reason, one.owner, one.until and one.until.isoformat(), list(one.lacks)) == (
        reason,
        owner,
        until,
        lacks,
    )
    assert one.rule == ("hype" if said[0] in "aA" else "")


@given(st.text(max_size=200))
def test_any_comment_can_be_read(said: str) -> None:
    one = read_suppression(Directive(said, 0, 0))
    assert one.lacks or (one.rule and one.reason and one.owner and one.until)


@pytest.mark.parametrize(
    ("text", "ending", "aside"),
    [
        (f"<!-- {WHOLE} -->\n\n{BAD}", ".md", 1), (f"<!-- {WHOLE} -->\n{BAD}", ".md", 1), (f"{BAD} <!-- {WHOLE} -->", ".md", 1),
        (f"- <!-- {WHOLE} --> {BAD}\n- {BAD}", ".md", 1), (f"{BAD}\n\n<!-- {WHOLE} -->\n\n{BAD}", ".md", 1),
        (f"Well. <!-- {WHOLE} --> {BAD} {BAD}", ".md", 2), (f"{BAD}\n\n<!-- {WHOLE} -->\n\nWell.\n\n{BAD}", ".md", 0),
        (f"{BAD}\n\n<!-- {WHOLE} -->", ".md", 0), (f"# {WHOLE}\n{BAD}\n{BAD}", ".txt", 1), (f"\n# {WHOLE}\n\n{BAD}", ".txt", 1),
        (f"<!-- {WHOLE} -->\n{BAD}", ".txt", 1), (f"{BAD} <!-- {WHOLE} -->\n{BAD}", ".txt", 1),
        (f"<p>{BAD}</p><!-- {WHOLE} --><p>{BAD}</p>", ".html", 1), (f"<p>{BAD}<!-- {WHOLE} --></p><p>{BAD}</p>", ".html", 1),
        (f"```\n<!-- {WHOLE} -->\n```\n\n{BAD}", ".md", None),
        (f"{{/* {WHOLE} */}}\n\n{BAD}", ".md", 1), (f"{BAD} {{/* {WHOLE} */}}\n\n{BAD}", ".md", 1),
    ],
)  # fmt: skip
def test_where_a_comment_speaks(vetter: Vetter, text: str, ending: str, aside: int | None) -> None:
    result = vet(vetter, text, ending)
    before = vetter.vet(result.draft.text)
    flagged = sum(flag.rule == RULE for one in before.sentences for flag in one.flags)
    left = sum(flag.rule == RULE for one in result.vetted.sentences for flag in one.flags)
    assert len(result.suppressed) == (aside or 0) == flagged - left
    assert {one.by for one in result.suppressed} <= {COMMENT}
    unused = [flag.rule for flag in result.vetted.document_flags if flag.rule in KINDS]
    assert unused == (["unused-suppression"] if aside == 0 else [])
    assert "claimbook" not in result.draft.text
    assert [one.verdict for one in result.vetted.sentences] == [
        one.verdict for one in before.sentences
    ]


@pytest.mark.parametrize(
    ("comment", "rule", "said"),
    [
        (WHOLE.replace("2027", "2026"), "expired-suppression",
         "the suppression of contradicted-by-evidence by Editorial and Legal expired on 2026-01-31 (line 3)"),
        (WHOLE.replace("contradicted-by", "contradictd-by"), "unknown-suppression", "did you mean 'contradicted-by-evidence'?"),
        (WHOLE.replace(RULE, "unused-suppression"), "unknown-suppression", "there is no rule 'unused-suppression'"),
        (WHOLE.replace(RULE, "hype"), "unused-suppression", "hype flags nothing here; remove this comment (line 3)"),
        (WHOLE.replace("owner: Editorial, ", ""), "bare-suppression", "lacks an owner"),
        (WHOLE.replace("second: Legal, ", ""), "bare-suppression", "lacks a second name (second: NAME)"),
        (WHOLE.replace("Legal", "editorial"), "bare-suppression", "lacks a second name (second: NAME)"),
        (WHOLE.replace("2027", "9999"), "bare-suppression", "lacks a last day within a year (not 9999-01-31)"),
        ("claimbook: ok", "bare-suppression", "lacks a rule, a reason"),
    ],
)  # fmt: skip
def test_a_comment_at_fault_is_flagged_and_does_nothing(
    vetter: Vetter, comment: str, rule: str, said: str
) -> None:
    result = vet(vetter, f"Well.\n\n<!-- {comment} -->\n\n{BAD}")
    (fault,) = [flag for flag in result.vetted.document_flags if flag.rule in KINDS]
    assert (fault.rule, fault.category, fault.at.line) == (rule, "record", 3)
    assert said in fault.message
    assert not result.suppressed
    assert any(flag.rule == RULE for one in result.vetted.sentences for flag in one.flags)


@pytest.mark.parametrize("how", ["line", "margin"])
def test_word_speaks_by_a_line_or_in_the_margin(vetter: Vetter, how: str) -> None:
    smart = WHOLE.replace('"the', "“the").replace('title"', "title”")
    reference = "<w:r><w:commentReference w:id='3'/></w:r>" if how == "margin" else ""
    typed = f"<w:p><w:r><w:t># {smart}</w:t></w:r></w:p>" if how == "line" else ""
    bad = f"<w:p><w:r><w:t>{BAD}</w:t></w:r>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:d xmlns:w='w'>{bad}</w:p>{typed}{bad}{reference}</w:p>{bad}</w:p></w:d>",
        )
        comment = f"<w:comment w:id='3'><w:p><w:r><w:t>{smart}</w:t></w:r></w:p></w:comment>"
        archive.writestr("word/comments.xml", f"<w:comments xmlns:w='w'>{comment}</w:comments>")
    read = draft(out.getvalue(), "a.docx", ".docx")
    assert read.text == f"{BAD}\n" * 3
    result = apply_suppressions(vetter.vet(read.text), read, all_rules().keys(), TODAY)
    assert [one.sentence.line for one in result.suppressed if one.sentence] == [2]


def test_many_comments_on_one_line_cost_what_they_are_long(vetter: Vetter) -> None:
    """Four thousand comments on a line of 900,000 letters: looking along it for each would take minutes."""
    text = "so " * 33 + f"<!-- {WHOLE} -->"
    read = draft((text * 4_000).encode(), "a.md", ".md")
    result = apply_suppressions(vetter.vet("Well."), read, all_rules().keys(), TODAY)
    assert [flag.rule for flag in result.vetted.document_flags if flag.rule in KINDS] == [
        "unused-suppression"
    ] * 4_000


@pytest.mark.parametrize("rule", KINDS)
def test_explain_knows_what_is_flagged_about_comments(rule: str) -> None:
    done = CliRunner().invoke(main, ["explain", rule])
    assert done.exit_code == 0
    assert KINDS[rule][1] in done.output
    assert rule in CliRunner().invoke(main, ["explain"]).output


def test_the_last_day_counts(vetter: Vetter) -> None:
    text = f"<!-- {WHOLE} -->\n\n{BAD}"
    assert vet(vetter, text, today=date(2027, 1, 31)).suppressed
    assert not vet(vetter, text, today=date(2027, 2, 1)).suppressed


def test_a_flag_on_the_whole_is_set_aside_from_anywhere(vetter: Vetter) -> None:
    found = [flag.rule for flag in vet(vetter, BAD).vetted.document_flags]
    assert found
    result = vet(vetter, f"{BAD}\n\n<!-- {WHOLE.replace(RULE, found[0])} -->")
    assert [(one.flag.rule, one.sentence) for one in result.suppressed] == [(found[0], None)]
    assert found[0] not in [flag.rule for flag in result.vetted.document_flags]


def test_data_names_what_was_set_aside(vetter: Vetter) -> None:
    made = json.loads(json.dumps(result_data(vet(vetter, f"<!-- {WHOLE} -->\n{BAD}"))))
    (one,) = made["suppressed"]
    assert (one["rule"], one["by"], one["owner"], one["until"]) == (
        RULE,
        "comment",
        "Editorial and Legal",
        "2027-01-31",
    )
    assert one["start"] == made["sentences"][0]["start"]
    assert RULE not in [flag["rule"] for flag in made["sentences"][0]["flags"]]
    assert made["summary"]["by_category"].get("contradicted", 0) == 0
    assert result_data(vet(vetter, BAD))["suppressed"] == []


# --- baseline -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "left", "unmet"),
    [
        (BAD, BAD, 0, 0), (BAD, f"# New\n\n{BAD.replace(' ', '  ')}", 0, 0), (BAD, f"{BAD}\n\n{BAD}", 1, 0),
        (f"{BAD}\n\n{BAD}", BAD, 0, 1), ("Well.", BAD, 1, 0), (BAD, "Well.", 0, 1), (BAD, BAD.upper(), 0, 0),
        (BAD, BAD.replace("your weight", "every weight"), 1, 1),
    ],
)  # fmt: skip
def test_a_baseline_knows_what_was_said(
    vetter: Vetter, old: str, new: str, left: int, unmet: int
) -> None:
    held = baseline.read_baseline(
        json.loads(json.dumps(baseline.write_baseline([vet(vetter, old)])))
    )
    (result,), rest = baseline.apply_baseline([vet(vetter, new)], held)
    assert sum(flag.rule == RULE for one in result.vetted.sentences for flag in one.flags) == left
    assert sum(count for (rule, _, _), count in rest.items() if rule == RULE) == unmet
    assert {one.by for one in result.suppressed} <= {BASELINE}


def test_a_baseline_follows_a_sentence_not_a_whole_draft(vetter: Vetter) -> None:
    held = baseline.read_baseline(baseline.write_baseline([vet(vetter, BAD, name="old")]))
    (result,), rest = baseline.apply_baseline([vet(vetter, BAD, name="new")], held)
    assert not any(one.flags for one in result.vetted.sentences)
    assert result.vetted.document_flags == vet(vetter, BAD, name="new").vetted.document_flags
    assert not rest, "what is said of other files is nothing to this run"


@pytest.mark.parametrize(
    ("old", "drafts", "left"),
    [
        ("", {"new": BAD}, 0),  # the old file is gone
        (BAD, {"new": BAD}, 1),  # it is there, and not among the drafts: a copy
        (BAD, {"new": BAD, "old": BAD}, 1),
        (BAD, {"old": BAD, "new": BAD}, 1),
        (BAD, {"new": BAD, "old": "Well."}, 0),
        (BAD, {"new": f"{BAD}\n\n{BAD}", "old": "Well."}, 1),
    ],
)
def test_a_sentence_that_was_copied_is_new(
    old: str, drafts: dict[str, str], left: int, vetter: Vetter,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    if old:
        Path("old.md").write_text(old)
    known = baseline.read_baseline(baseline.write_baseline([vet(vetter, BAD, name="old")]))
    results = [vet(vetter, text, name=name) for name, text in drafts.items()]
    settled, _ = baseline.apply_baseline(results, known)
    sentences = [one for result in settled for one in result.vetted.sentences]
    assert sum(flag.rule == RULE for one in sentences for flag in one.flags) == left


def test_what_a_comment_sets_aside_and_faults_of_comments_are_in_no_baseline(
    vetter: Vetter,
) -> None:
    written = baseline.write_baseline(
        [vet(vetter, f"<!-- {WHOLE} -->\n{BAD}\n\n<!-- claimbook: no -->")]
    )
    assert not {RULE, *KINDS} & {one["rule"] for one in written["flags"]}
    (result,), _ = baseline.apply_baseline([vet(vetter, "Well. <!-- claimbook: no -->")], Counter())
    assert [flag.rule for flag in result.vetted.document_flags if flag.rule in KINDS] == [
        "bare-suppression"
    ]


@pytest.mark.parametrize(
    "held", [None, [], {}, {"baseline": 2, "flags": []}, {"baseline": 1}, {"baseline": 1, "flags": [{}]}, {"baseline": 1, "flags": 3},
             {"baseline": 1, "flags": [{"rule": "r", "sentence_sha256": "", "path": "p", "count": 0}]}],
)  # fmt: skip
def test_what_is_no_baseline_is_refused(held: object) -> None:
    with pytest.raises(baseline.BaselineError):
        baseline.read_baseline(held)


@pytest.mark.parametrize(
    ("rule", "flags"),
    [
        ("contradicted-by-evidence", [("overstated-wording", ())]),
        ("overstated-wording", [("contradicted-by-evidence", ())]),
    ],
)
def test_setting_aside_one_of_two_rules_leaves_the_other(
    vetter: Vetter, rule: str, flags: list[tuple[str, tuple[str, ...]]]
) -> None:
    (sentence,) = vetter.vet(BAD).sentences
    (flag,) = sentence.flags
    assert flag.rules == ("contradicted-by-evidence", "overstated-wording")
    result = vet(vetter, f"<!-- {WHOLE.replace(RULE, rule)} -->\n\n{BAD}")
    (left,) = result.vetted.sentences
    assert [(flag.rule, flag.rules[1:]) for flag in left.flags] == flags
    assert [one.flag.rule for one in result.suppressed] == [rule]
    known = baseline.read_baseline(baseline.write_baseline([result]))
    ((settled,), unmet) = baseline.apply_baseline([vet(vetter, BAD, name="a")], known)
    assert [flag.rule for one in settled.vetted.sentences for flag in one.flags] == [rule]
    assert not unmet


@pytest.mark.parametrize(
    ("text", "ending", "rule", "said", "line"),
    [
        ("Well.\n<iframe src=x></iframe>", ".html", "unread-part", "<iframe>", 2),
        ("Well.\n\n<video src=x></video>", ".md", "unread-part", "<video>", 3),
        ("It\ncu\u0433\u0435\u0455 you.", ".txt", "mixed-alphabets", "read as", 2),
        (
            "A t\u0430blet.",
            ".txt",
            "mixed-alphabets",
            "'t\u0430blet' mixes alphabets; read as 'tablet'",
            1,
        ),
    ],
)
def test_every_format_says_what_a_draft_hides(
    vetter: Vetter, text: str, ending: str, rule: str, said: str, line: int
) -> None:
    result = vet(vetter, text, ending)
    (flag,) = [flag for flag in result.vetted.document_flags if flag.rule == rule]
    assert said in flag.message
    assert flag.at.line == line
    today = date(2001, 1, 1)
    for report in (
        "".join(as_text([result], vetter.base)),
        results_json([result], False),
        "".join(as_annotations([result], vetter.base)),
        as_html([result], vetter.base, "", today),
        json.dumps(vet_log([result])),
    ):
        assert rule in report
