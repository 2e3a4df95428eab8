"""The faces of vetting: what is printed, written and handed on, and how a run ends."""

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from conftest import WEIGHT_LOSS, violations
from playwright.sync_api import Browser

from claimbook.cli import main
from claimbook.records import Severity
from claimbook.vetting.formatters.github import worst
from claimbook.vetting.formatters.results import visible
from claimbook.vetting.formatters.text import sign_width
from claimbook.vetting.results import as_data
from claimbook.vetting.vet import Vetter

BAD = "Our tablets lower your weight."
APPROVED = "Our tablets are approved for weight loss."  # wording is offered in its place
GOOD = "The tablets are not approved for weight."
HOSTILE = "<script>alert(1)</script> \u202e\x1b[31m %0A::error:: </style>{{ 7*7 }} \"'>&amp; "
ALLOW = '<!-- claimbook: allow contradicted-by-evidence because "their <b>title</b>", owner: E, second: F, until: 2027-01-31 -->'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMBOOK_ROOT", str(WEIGHT_LOSS))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795300000")  # 2026-11-21
    monkeypatch.delenv("CLAIMBOOK_SITE_URL", raising=False)


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# --- which drafts, and how a run ends -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["bad.md"], 1, ["bad.md:3:1: flagged (contradicted)"], []), (["good.md"], 0, ["0 flagged"], []),
        (["good.md", "sub"], 1, ["good.md: ", "sub/also.txt:1:1: flagged (contradicted)", "sub/page.html: ", "3 drafts: "], []),
        (["bad.md", "gone.md", "x.pdf", "binary.txt", "void"], 2, ["bad.md:3:1: flagged (contradicted)"],
         ["gone.md: No such file", "x.pdf: not a draft", "binary.txt: binary", "void: no draft in this folder"]),
        (["good.md", "good.md"], 0, ["good.md: "], []),
        (["--baseline", "gone.json", "good.md"], 2, [], ["gone.json: No such file"]),
        (["--baseline", "good.md", "good.md"], 2, [], ["good.md: Expecting value"]),
        (["--today", "soon", "good.md"], 2, [], ["Invalid isoformat string: 'soon'"]),
        (["--output", "no/where", "good.md"], 2, [], ["no/where: No such file"]),
        (["--root", "void", "good.md"], 2, [], ["void: no base here (no claims/): name its folder with --root or CLAIMBOOK_ROOT"]),
        ([], 2, [], ["Missing argument 'FILE...'"]),
    ],
)  # fmt: skip
def test_runs(arguments: list[str], code: int, out: list[str], err: list[str]) -> None:
    write(
        bad_md=f"# Title\n\n{BAD}",
        good_md=GOOD,
        sub__also_txt=BAD,
        sub__page_html=GOOD,
        sub__no_css=BAD,
        x_pdf="%PDF",
        binary_txt="a\0",
    )
    Path("void").mkdir()
    done = run("vet", *arguments)
    assert done.exit_code == code, done.output
    assert all(said in done.stdout for said in out), done.stdout
    assert all(said in done.stderr for said in err), done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ([], f"{BAD}\n", "standard input:1:1: "),
        (["--stdin-filename", "a.html"], f"<p>x.<p>{BAD}", "a.html:1:9: "),
    ],
)
def test_standard_input(name: list[str], text: str, said: str) -> None:
    assert said in run("vet", "-", *name, stdin=text).stdout


def test_one_draft_is_an_object_and_several_are_a_list() -> None:
    write(a_md=BAD, b_md=GOOD)
    one = json.loads(run("vet", "a.md", "--format", "json").stdout)
    several = json.loads(run("vet", "a.md", "b.md", "--format", "json").stdout)
    assert [each["path"] for each in several] == ["a.md", "b.md"]
    assert {key: value for key, value in several[0].items() if key != "path"} == one
    assert json.loads(run("vet", ".", "--format", "json").stdout) == several
    assert [
        each["path"]
        for each in json.loads(run("vet", "b.md", "gone.md", "--format", "json").stdout)
    ] == ["b.md"]


def test_the_object_is_the_engines_own() -> None:
    write(a_txt=f"{BAD}\n{GOOD}\n")
    from claimbook.loading.load import load

    own = as_data(Vetter(load(WEIGHT_LOSS)).vet(f"{BAD}\n{GOOD}\n", "a.txt"))
    assert (
        run("vet", "a.txt", "--format", "json").stdout
        == json.dumps(own, ensure_ascii=False, indent=2) + "\n"
    )


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "html"])
def test_output_is_what_would_be_printed_whole_or_not_at_all(form: str) -> None:
    write(a_md=f"{HOSTILE}\n\n{BAD}", out_txt="before")
    printed = run("vet", "a.md", "--format", form)
    done = run("vet", "a.md", "--format", form, "--output", "out.txt")
    assert (done.exit_code, done.stdout) == (printed.exit_code, "")
    assert Path("out.txt").read_text(encoding="utf-8") == printed.stdout
    assert sorted(path.name for path in Path().iterdir()) == ["a.md", "out.txt"]


# --- text -----------------------------------------------------------------------------------------------------------------


def test_a_passage_is_underlined_in_its_own_lines() -> None:
    write(a_md=f"# A\n\nWell. Our *tablets* lower\nyour weight. {GOOD}\n\n{APPROVED}\n")
    shown = run("vet", "a.md").stdout
    assert (
        "a.md:3:7: flagged (contradicted)\n    3 | Well. Our *tablets* lower\n      |       ^~~~~~~~~~~~~~~~~~~\n"
        in shown
    )
    assert f"    4 | your weight. {GOOD}\n      | ^~~~~~~~~~~~\n    error: " in shown
    assert re.search(r"you may write: \S.*\n    rests on: \S+", shown)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("word " * 300, ""),
        ("x" * 3_000 + " ", ""),
        ("", " word" * 300),
        ("浴" * 60 + "。 ", ""),
        ("a\u0301" * 50 + ". ", ""),
    ],
)
def test_long_lines_are_broken_and_the_right_words_underlined(before: str, after: str) -> None:
    write(a_md=f"{before.rstrip() + '. ' if before.endswith(' ') else before}{BAD}{after}")
    lines = run("vet", "a.md").stdout.split("\n")
    marked = ""
    for above, line in pairwise(lines):
        if re.fullmatch(r"      \| *\^~*", line):
            start, columns = line.index("^"), 0
            wide = [(letter, sign_width(letter)) for letter in above]
            for letter, width in wide:
                if width and start <= columns < len(line):
                    marked += letter
                columns += width
    assert BAD in " ".join(marked.replace("weight.", "weight. ").split()) or BAD.replace(
        " ", ""
    ) in marked.replace(" ", "")
    assert max(sum(map(sign_width, line)) for line in lines if " | " in line) <= 100
    assert len([line for line in lines if re.match(r"    \s*\d* \| ", line)]) <= 14


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m", "a\\u001b[31m"),
        ("\u202eab", "\\u202eab"),
        ("né 浴", "né 浴"),
        ("a\nb", "a b"),
        ("\ud800", "\\ud800"),
    ],
)
def test_nothing_in_a_draft_acts_on_a_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_hostile_words_are_only_words() -> None:
    write(a_txt=f"{HOSTILE}{BAD}")
    for form in ("text", "github"):
        shown = run("vet", "a.txt", "--format", form).stdout
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown)
    shown = run("vet", "a.txt", "--format", "html").stdout
    assert "<script" not in shown
    assert (
        "49" not in re.sub(r"#[0-9a-f]{6}|version <code>\w+</code>", "", shown).split("<main>")[1]
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt; " in shown
    assert (
        "202e" not in shown
    )  # the page shows the text as read, in which no mark of direction is left
    assert "\u202e" not in shown


def test_the_closing_line_counts() -> None:
    write(
        a_md=f"{ALLOW}\n\n{BAD}\n\nA lavender candle burns for 90% of the night.\n\nBook now. {GOOD}",
        old_json="",
    )
    assert re.search(
        r"a\.md: 4 sentences: 1 flagged, 0 to look at, 1 not checked, 1 supported, 1 claiming nothing, \d flags? on the whole, by \d+ rules, "
        r"1 flag allowed by comments\n"
        r"    line 5 is not checked: A lavender candle burns for 90% of the night\.\n$",
        run("vet", "a.md").stdout,
    )


def test_ten_sentences_that_are_not_checked_are_listed_and_the_rest_counted() -> None:
    long = f"A lavender candle burns for 90% of the night {'and more ' * 12}\x1b[2J."
    write(a_md="\n\n".join([long, *["A lavender candle burns for 90% of the night."] * 11]))
    listed = [line for line in run("vet", "a.md").stdout.splitlines() if "not checked:" in line]
    first, *rest, last = listed
    assert first.startswith("    line 1 is not checked: A lavender candle")
    assert first.endswith("…")
    assert len(first) < 120
    assert rest[-1] == "    line 19 is not checked: A lavender candle burns for 90% of the night."
    assert (len(rest), last) == (9, "    2 more are not checked: --format json or html has all")


# --- GitHub ---------------------------------------------------------------------------------------------------------------


def test_annotations() -> None:
    write(**{"a_md": f"Well,\nhere: {BAD}", "sub,x__b_md": f"{BAD}\n\n{APPROVED}"})
    lines = run("vet", "a.md", "sub,x/b.md", "--format", "github").stdout.splitlines()
    assert all(
        re.match(
            r"::(error|warning|notice) file=[^,]+,line=\d+,col=\d+(,endLine=\d+,endColumn=\d+)?,title=[a-z-]+::\S",
            line,
        )
        for line in lines
    )
    assert any(
        line.startswith(
            "::error file=a.md,line=1,col=1,endLine=2,endColumn=37,title=contradicted-by-evidence::"
        )
        for line in lines
    )
    assert any("file=sub%2Cx/b.md,line=1" in line for line in lines)
    assert any("%0AYou may write: " in line for line in lines)


@pytest.mark.parametrize(
    ("severities", "shown", "closing"),
    [
        ("note " * 10, ["note"] * 10, ""),
        ("note " * 9 + "error " * 2, ["note"] * 8 + ["error"] * 2, "And 1 note: "),
        ("warning note error " * 5, ["warning", "error"] * 5, "And 5 notes: "),
        ("error " * 12 + "warning", ["error"] * 10, "And 2 errors, 1 warning: "),
    ],
)
def test_the_ten_gravest_annotations_are_shown_and_the_rest_counted(
    severities: str, shown: list[str], closing: str
) -> None:
    lines = worst((Severity(name), f"{name}\n") for name in severities.split()).splitlines()
    assert lines[: len(shown)] == shown
    rest = "".join(lines[len(shown) :])
    assert rest == (
        f"::notice title=claimbook::{closing}--format text prints them all." if closing else ""
    )


# --- SARIF ----------------------------------------------------------------------------------------------------------------


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


def many(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 1}
MESSAGE = closed(["text"], text=TEXT, markdown=TEXT)
PLACE = closed(["uri"], uri={"type": "string", "pattern": r"^[A-Za-z0-9._~:/%!$&'()*+,;=@-]+$"})
REGION = closed(
    ["startLine", "startColumn"],
    startLine=COUNT,
    startColumn=COUNT,
    endLine=COUNT,
    endColumn=COUNT,
    snippet=closed(["text"], text=TEXT),
)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
# The part of SARIF 2.1.0 (OASIS Standard, section 3) that is written, closed: what must be there, and nothing that is misspelt.
SARIF = closed(
    ["version", "runs"],
    **{"$schema": TEXT},
    version={"const": "2.1.0"},
    runs=many(
        closed(
            ["tool", "results"],
            tool=closed(["driver"], driver=closed(
                ["name"], name=TEXT, version=TEXT, informationUri={"type": "string", "format": "uri"},
                rules=many(closed(
                    ["id"], id=TEXT, name={"type": "string", "pattern": "^[A-Z][A-Za-z]+$"}, shortDescription=MESSAGE,
                     fullDescription=MESSAGE,
                    help=MESSAGE, helpUri={"type": "string", "pattern": "^https?://"}, defaultConfiguration=closed([], level=LEVEL),
                    properties={"type": "object", "properties": {"tags": many(TEXT, uniqueItems=True)}},
                ), uniqueItems=True))),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            invocations=many(closed(
                ["executionSuccessful"], executionSuccessful={"type": "boolean"},
                toolExecutionNotifications=many(closed(["message"], message=MESSAGE, level=LEVEL)))),
            results=many(closed(
                ["message"], ruleId=TEXT, ruleIndex={"type": "integer",
                 "minimum": 0}, level=LEVEL, message=MESSAGE, properties={"type": "object"},
                locations=many(closed([], physicalLocation=closed(["artifactLocation"], artifactLocation=PLACE, region=REGION))),
                partialFingerprints={"type": "object", "additionalProperties": TEXT, "propertyNames": {"pattern": r"/v\d+$"}},
                fixes=many(closed(["artifactChanges"], description=MESSAGE, artifactChanges=many(closed(
                    ["artifactLocation", "replacements"], artifactLocation=PLACE,
                    replacements=many(closed(["deletedRegion"], deletedRegion=REGION, insertedContent=closed([], text=TEXT)), minItems=1)),
                    minItems=1))),
                suppressions=many(closed(["kind"], kind={"enum": ["inSource", "external"]},
                                         status={"enum": ["accepted", "underReview", "rejected"]}, justification=TEXT)),
            )),
        ), minItems=1,
    ),
)  # fmt: skip


def sarif(*arguments: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(run(*arguments, "--format", "sarif").stdout)
    jsonschema.validate(log, SARIF)
    (found,) = log["runs"]
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in found["results"])
    marks = [tuple(one["partialFingerprints"].items()) for one in found["results"]]
    assert len(set(marks)) == len(marks)
    return dict(found)


def test_sarif_points_into_the_file_and_mends_it() -> None:
    write(
        **{
            "a b_md": f"# ünï\n\n\U0001f6c1 Well. {BAD} {GOOD}\n\nOur *tablets* lower your weight.\n\n"
            f"{ALLOW}\n\n{BAD}\n\n<!-- claimbook: no -->\n\n{APPROVED}"
        }
    )
    found = sarif("vet", "a b.md")
    text = Path("a b.md").read_text(encoding="utf-8").split("\n")
    seen = {True: 0, False: 0}
    for one in found["results"]:
        place = one["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "a%20b.md"
        region = place["region"]
        if "snippet" in region:
            assert (
                text[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
                == region["snippet"]["text"]
            )
            seen["fixes" in one] += 1
            assert "fixes" not in one or region["snippet"]["text"] == APPROVED
        if one["ruleId"] == "bare-suppression":
            assert region["startLine"] == 11
    assert all(seen.values()), "one passage has a fix, others have none"
    (aside,) = [one for one in found["results"] if "suppressions" in one]
    assert aside["suppressions"][0] == {
        "kind": "inSource",
        "status": "accepted",
        "justification": "their <b>title</b> (owner: E and F, until 2027-01-31)",
    }


def test_sarif_of_a_run_that_read_not_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOOK_SITE_URL", "https://example.org/claims/")
    write(a_md=BAD)
    found = sarif("vet", "a.md", "gone.md")
    (one,) = found["invocations"]
    assert not one["executionSuccessful"]
    assert one["toolExecutionNotifications"][0]["message"]["text"].startswith(
        "gone.md: No such file"
    )
    rule = next(rule for rule in found["tool"]["driver"]["rules"] if rule["id"] == "hype")
    assert rule["helpUri"] == "https://example.org/claims/rules/hype.html"


def test_sarif_of_a_check_is_sound_too() -> None:
    assert sarif("check", "--no-cache")["results"]


def test_what_the_baseline_knows_is_suppressed_from_outside() -> None:
    write(a_md=BAD)
    assert run("vet", "a.md", "--write-baseline", "old.json").exit_code == 0
    found = sarif("vet", "a.md", "--baseline", "old.json")
    assert {one["suppressions"][0]["kind"] for one in found["results"]} == {"external"}


# --- baseline -------------------------------------------------------------------------------------------------------------


def test_a_baseline_on_the_command_line() -> None:
    write(a_md=BAD, b_md=GOOD)
    assert run("vet", "a.md", "--write-baseline", "old.json").exit_code == 0
    first = Path("old.json").read_bytes()
    assert run("vet", "a.md", "--baseline", "old.json").exit_code == 0
    assert run("vet", "a.md", "--write-baseline", "old.json").exit_code == 0
    assert Path("old.json").read_bytes() == first
    write(a_md=f"{BAD} Tablets cure obesity.")
    assert run("vet", "a.md", "--baseline", "old.json").exit_code == 1
    write(a_md=GOOD)
    done = run("vet", "a.md", "--baseline", "old.json")
    assert done.exit_code == 0
    assert "old.json: 1 flag of contradicted-by-evidence in a.md is no longer met" in done.stderr
    done = run("vet", "a.md", "gone.md", "--write-baseline", "new.json")
    assert (done.exit_code, Path("new.json").exists()) == (2, False)
    assert "new.json: not written" in done.stderr


# --- HTML -----------------------------------------------------------------------------------------------------------------


def test_the_page_says_who_checked_the_records() -> None:
    write(a_md=BAD)
    nobody = "No clinician has checked the records yet."
    assert nobody not in run("vet", "a.md", "--format", "html").stdout
    unreviewed = shutil.copytree(WEIGHT_LOSS, "base", ignore=shutil.ignore_patterns("reviews"))
    page = run("vet", "a.md", "--format", "html", "--root", str(unreviewed)).stdout
    assert nobody in page


def test_the_page_is_whole_in_itself_and_says_what_it_is() -> None:
    write(a_md=f"{HOSTILE}\n\n{ALLOW}\n\n{BAD}\n\nA lavender candle burns for 90% of the night.")
    page = run("vet", "a.md", "--format", "html").stdout
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'",
        policy[1],
    )
    assert not re.search(
        r"""<(?:script|iframe|img|link|object|form)\b|\bon\w+=|style=|url\(|@import|src=""", page
    )
    assert {address.split("/")[2] for address in re.findall(r'href="(https?://[^"]+)"', page)} <= {
        "doi.org"
    }
    for said in ("Whether a reviewer has accepted a record stands on its page of the site.", '<time datetime="2026-11-21">',
     "set aside by a comment of E and F until 2027-01-31",
                 "their &lt;b&gt;title&lt;/b&gt;", 'class="unchecked"', "(prefers-color-scheme: dark)", "@media print",
                  "<mark"):  # fmt: skip
        assert said in page, said


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_the_page_in_a_browser(width: int, scheme: str, launched: Browser) -> None:

    write(
        a_md=f"# A {'long' * 40}\n\n{HOSTILE}\n\n{ALLOW}\n\n{BAD} {GOOD}\n\nA lavender candle burns for 90% of the night.\n\n{BAD}",
        b_txt=BAD,
    )
    run("vet", "a.md", "b.txt", "--format", "html", "--output", "report.html")
    context = launched.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(Path("report.html").absolute().as_uri())
    assert (said, len(asked)) == ([], 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beside = (
        page.locator(".block")
        .filter(has=page.locator("mark"))
        .first.evaluate("e => getComputedStyle(e).gridTemplateColumns")
    )
    assert len(beside.split()) == (1 if width < 700 else 2), (
        "the style is applied: its hash is the policy's"
    )
    context.close()
    context = launched.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(Path("report.html").absolute().as_uri())
    assert violations(page) == []
    context.close()
