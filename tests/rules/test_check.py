"""Rules run, flags folded into verdicts, and the report as data."""

import csv
import io
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from conftest import build
from factories import small_base

from claimbook.cli import main as cli
from claimbook.loading.schemas import data_schemas
from claimbook.records import Occurrence, Verdict
from claimbook.rules.check import Report, all_rules, check
from claimbook.rules.rule import rules_of_bases
from claimbook.site import exports
from claimbook.vetting.formatters.sarif import check_log

ABOUT = {"intervention": "footbath", "outcome": "coughing"}
LESS = {"effect": "reduces"}


def report_of(example: dict[str, Any], folder: Path, only: list[str] | None = None) -> Report:
    return check(small_base(example, folder), only)


def one_passage(
    quote: str, *, kind: str = "efficacy", says: Any = None, findings: Any = None, **more: Any
) -> dict[str, Any]:
    occurrence = {"page": "clinic-a", "quote": quote, "says": dict(says or LESS), **more}
    findings = findings or {}
    return {
        "kind": kind,
        "about": ABOUT,
        "evidence": list(findings),
        "findings": findings,
        "occurrences": [occurrence],
    }


TRIAL = {"trial/coughing": {"says": {"effect": "reduces"}}}
NO_EFFECT = {"trial/coughing": {"says": {"effect": "none"}}}
HEARD = {"trial/coughing": {"says": {"effect": "reduces"}, "read": "second-hand"}}


@pytest.mark.parametrize(
    ("example", "verdict"),
    [
        (one_passage("Footbaths ease coughing.", findings=TRIAL), Verdict.SUPPORTED),
        (
            one_passage("Promising footbaths ease coughing.", findings=TRIAL),
            Verdict.SUPPORTED,
        ),  # a note leaves it as it is
        (one_passage("Footbaths cure coughing.", findings=TRIAL), Verdict.OVERSTATED),
        (one_passage("Footbaths ease coughing.", findings=HEARD), Verdict.NOT_CHECKED),
        (one_passage("Footbaths cure coughing.", findings=HEARD), Verdict.OVERSTATED),
        (one_passage("Footbaths ease coughing."), Verdict.UNSUPPORTED),
        (one_passage("Footbaths cure coughing."), Verdict.UNSUPPORTED),  # the gravest wins
        (one_passage("Footbaths may ease coughing.", findings=NO_EFFECT), Verdict.CONTRADICTED),
        (one_passage("Footbaths cure coughing.", findings=NO_EFFECT), Verdict.CONTRADICTED),
        (
            one_passage("Footbaths cure coughing.", findings=NO_EFFECT, cites=["trial"]),
            Verdict.CONTRADICTED_BY_OWN_SOURCE,
        ),
        (
            one_passage("We see everybody within a day.", kind="practice", says={"is": "yes"}),
            Verdict.NOT_CHECKABLE,
        ),
        (one_passage("It costs little.", kind="cost", says={"is": "yes"}), Verdict.NOT_CHECKABLE),
        (
            one_passage("My cough was gone.", kind="testimonial", says={"is": "yes"}),
            Verdict.NOT_CHECKABLE,
        ),
        (
            one_passage("We offer a revolutionary service.", kind="practice", says={"is": "yes"}),
            Verdict.OVERSTATED,
        ),
    ],
)
def test_the_gravest_flag_gives_the_verdict(
    example: dict[str, Any], verdict: Verdict, tmp_path: Path
) -> None:
    report = report_of(example, tmp_path)
    (occurrence,) = report.base.occurrences.values()
    assert report.verdict(occurrence) is verdict, [str(flag) for flag in report.flags]
    assert report.claim_verdict(report.base.claims["claim-1"]) is verdict
    assert report.page_counts("clinic-a") == {verdict: 1}


THREE: dict[str, Any] = {
    "about": ABOUT,
    "evidence": ["trial/coughing"],
    "findings": TRIAL,
    "occurrences": [
        {"page": "clinic-a", "quote": "Footbaths ease coughing.", "says": {"effect": "reduces"}},
        {
            "page": "clinic-a",
            "quote": "Footbaths cure coughing, a miracle.",
            "says": {"effect": "reduces"},
        },
        {"page": "clinic-b", "quote": "Footbaths make you cough.", "says": {"effect": "increases"}},
        {
            "page": "clinic-b",
            "quote": "Footbaths cure coughing.",
            "says": {"effect": "reduces"},
            "cites": ["unresolved"],
        },
    ],
}


def test_a_claim_shows_its_worst_passage_and_a_page_its_counts(tmp_path: Path) -> None:
    report = report_of(THREE, tmp_path)
    assert report.claim_verdict(report.base.claims["claim-1"]) is Verdict.CONTRADICTED
    assert report.page_counts("clinic-a") == {Verdict.OVERSTATED: 1, Verdict.SUPPORTED: 1}
    assert list(report.page_counts("clinic-b")) == [
        Verdict.CONTRADICTED,
        Verdict.OVERSTATED,
    ]  # gravest first


def test_a_claim_that_no_page_makes_has_no_verdict(tmp_path: Path) -> None:
    report = report_of({"about": ABOUT, "occurrences": []}, tmp_path)
    assert report.claim_verdict(report.base.claims["claim-1"]) is None
    assert exports.table("claims", report)[0]["verdict"] is None


def test_a_flag_on_another_record_leaves_the_passage_as_it_is(tmp_path: Path) -> None:
    example = {
        "about": ABOUT,
        "kind": "regimen",
        "evidence": ["guide/coughing"],
        "findings": {
            "guide/coughing": {
                "kind": "guideline",
                "design": "authority",
                "says": {"amount": "40 to 180 min"},
            }
        },
        "occurrences": [
            {"page": "clinic-a", "quote": "It takes 40 minutes.", "says": {"amount": "40 min"}},
            {"page": "clinic-b", "quote": "It takes three hours.", "says": {"amount": "180 min"}},
        ],
    }
    report = report_of(example, tmp_path)
    assert [flag.rule for flag in report.flags] == ["pages-disagree"]
    assert {report.verdict(o) for o in report.base.occurrences.values()} == {Verdict.SUPPORTED}
    assert set(report.by_occurrence) == set(report.base.occurrences)
    assert set(report.by_page) == {"clinic-a", "clinic-b"}


@pytest.mark.parametrize(
    ("example", "flags"),
    [
        (
            one_passage("Footbaths cure coughing.", findings=TRIAL),
            {"promised-cure": ("overstated-wording",)},
        ),
        (
            one_passage("Footbaths cure coughing.", findings=NO_EFFECT, cites=["trial"]),
            {
                "contradicted-by-own-source": ("contradicted-by-evidence", "overstated-wording"),
                "promised-cure": (),
            },
        ),
        (
            one_passage(
                "They are approved.",
                kind="approval",
                says={"is": "yes"},
                findings={
                    "label/coughing": {"kind": "label", "design": "authority", "says": {"is": "no"}}
                },
            ),
            {"approval-misstated": ("contradicted-by-evidence",)},
        ),
        (
            one_passage(
                "Footbaths ease coughing.",
                findings={"mice/coughing": {"design": "animal", "says": {"effect": "reduces"}}},
            ),
            {"mechanism-as-benefit": (), "overstated-wording": ()},
        ),
        (
            one_passage("Promising footbaths may ease coughing.", findings=TRIAL),
            {"hype": ()},
        ),
    ],
)
def test_of_several_rules_with_one_cause_the_gravest_speaks(
    example: dict[str, Any], flags: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    report = report_of(example, tmp_path)
    (occurrence,) = report.base.occurrences.values()
    found = [flag for flag in report.flags if flag.subject == occurrence.id]
    assert {flag.rule: flag.rules[1:] for flag in found} == flags
    for flag in found:
        assert flag.verdict == max(part.verdict for part in flag.parts)
        assert {flag.severity} <= {part.severity for part in flag.parts}
        assert not any(part.also for part in flag.parts)
        for other in flag.also:
            assert set(other.sources) <= set(flag.sources)
            assert other in report.by_rule[other.rule]
            assert f"also: {other.message} ({other.rule})" in str(flag)


def test_a_cause_is_of_passages_and_is_shared_by_rules() -> None:
    rules = [rule for rule in all_rules().values() if rule.causes]
    assert {rule.subject for rule in rules} == {Occurrence}
    for rule in rules:
        for cause in rule.causes:
            assert sum(cause in other.causes for other in rules) > 1, (rule.name, cause)


def test_an_error_in_our_own_records_stops_check_and_build(
    tmp_path: Path,
) -> None:
    base = small_base({"topic": {"answer": "About 70 of 100 felt better."}}, tmp_path)
    (fault,) = check(base).faults
    assert fault.rule == "number-without-finding"
    done = CliRunner().invoke(cli, ["check", "--root", str(tmp_path)])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [str(fault), "1 error in our own records: mend them first"]
    built = build(tmp_path / "site", root=tmp_path)
    assert built.returncode == 2
    assert built.stderr.splitlines()[0] == str(fault)
    assert not (tmp_path / "site").exists()


def test_only_the_rules_asked_for_run(tmp_path: Path) -> None:
    base = small_base(THREE, tmp_path)
    assert check(base, ["promised-cure"]).rules_run == ("promised-cure",)
    assert {flag.rule for flag in check(base, ["promised-cure"]).flags} == {"promised-cure"}
    assert check(base, []).flags == ()
    assert check(base).rules_run == rules_of_bases() == tuple(sorted(rules_of_bases()))
    assert all_rules().keys() - rules_of_bases() == {"unrecorded-benefit"}  # of drafts only
    with pytest.raises(KeyError):
        check(base, ["no-such-rule"])


def test_flag_ids_are_unique_and_stay(tmp_path: Path) -> None:
    first = report_of(THREE, tmp_path / "one")
    again = report_of(THREE, tmp_path / "two")
    ids = [flag.id for flag in first.flags]
    assert len(set(ids)) == len(ids) > 4
    assert ids == [flag.id for flag in again.flags]
    assert all(flag.id.startswith(f"{flag.rule}:{flag.subject}") for flag in first.flags)
    moved = {
        **THREE,
        "occurrences": [
            *THREE["occurrences"],
            {"page": "clinic-c", "quote": "A miracle.", "says": {"effect": "reduces"}},
        ],
    }
    assert set(ids) <= {flag.id for flag in report_of(moved, tmp_path / "three").flags}


def test_two_remarks_of_a_rule_on_one_record_have_two_ids(tmp_path: Path) -> None:
    example = one_passage("Footbaths ease coughing.", cites=["one", "two"]) | {
        "evidence": [],
        "findings": {
            key: {"says": {"effect": "none"}, "about": ABOUT}
            for key in ("one/coughing", "two/coughing")
        },
    }
    flags = report_of(example, tmp_path, ["contradicted-by-own-source"]).flags
    assert [flag.id for flag in flags] == [
        f"contradicted-by-own-source:{flags[0].subject}{end}" for end in ("", ":2")
    ]


@pytest.mark.parametrize(
    ("quote", "snapshots", "checked"),
    [
        (
            "Footbaths ease coughing.",
            {"clinic-a": "It is said: Footbaths  ease\ncoughing."},
            "found",
        ),
        ("Footbaths … coughing.", {"clinic-a": "Footbaths ease coughing."}, "found"),
        ("Footbaths cure coughing.", {"clinic-a": "Footbaths ease coughing."}, "missing"),
        ("Footbaths ease coughing.", {}, "not-checked"),
        ("Footbaths ease coughing.", {"clinic-b": "Footbaths ease coughing."}, "not-checked"),
    ],
)
def test_quote_check(quote: str, snapshots: dict[str, str], checked: str, tmp_path: Path) -> None:
    report = report_of(one_passage(quote) | {"snapshots": snapshots}, tmp_path)
    (occurrence,) = report.base.occurrences.values()
    assert report.quote_check(occurrence) == checked
    assert ("quote-not-on-page" in {flag.rule for flag in report.flags}) == (checked == "missing")
    assert exports.table("claims", report)[0]["occurrences"][0]["quote_check"] == checked


# --- the report as data -----------------------------------------------------------------------------------------------

WIDE: dict[str, Any] = {
    "claims": [
        {**{key: value for key, value in THREE.items() if key != "findings"}},
        {
            "kind": "definition",
            "about": {"outcome": "session"},
            "evidence": ["guide/session"],
            "occurrences": [
                {"page": "clinic-a", "quote": "Half an hour.", "says": {"amount": ">30 min"}}
            ],
        },
        {
            "about": {"outcome": "sleep"},
            "occurrences": [{"page": "clinic-b", "quote": "=1+1", "says": {"share": "49%"}}],
        },
        {
            "about": {"outcome": "place"},
            "occurrences": [
                {"page": "clinic-b", "quote": "At home.", "says": {"only": ["footbath"]}}
            ],
        },
    ],
    "findings": TRIAL
    | {
        "trial/kept": {"about": {"outcome": "kept"}, "says": {"share": "27.3%", "of": [15, 77]}},
        "guide/session": {
            "about": {"outcome": "session"},
            "kind": "guideline",
            "design": "authority",
            "says": {"amount": ">=30 min"},
        },
    },
    "vocabulary": {"coughing": {"good": "less"}},
    "snapshots": {"clinic-a": "Footbaths ease coughing."},
}


@pytest.fixture
def wide(tmp_path: Path) -> Report:
    return report_of(WIDE, tmp_path)


@pytest.mark.parametrize("name", exports.DATA)
def test_what_is_exported_has_the_published_shape(name: str, wide: Report) -> None:
    schema = data_schemas({name: exports.DATA[name].rows})[f"{name}.schema.json"]
    data = exports.table(name, wide)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert data
    ids = [one["id"] for one in data]
    assert ids == sorted(ids)
    broken = [{key: value for key, value in data[0].items() if key != "id"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


def test_what_is_exported_refers_to_what_is_there(wide: Report) -> None:
    flags = {flag["id"] for flag in exports.table("flags", wide)}
    findings = {
        finding["id"] for source in exports.table("sources", wide) for finding in source["findings"]
    }
    occurrences = {o["id"] for claim in exports.table("claims", wide) for o in claim["occurrences"]}
    assert len(flags) == len(wide.flags)
    for claim in exports.table("claims", wide):
        assert {one["finding"] for one in claim["evidence"]} <= findings
        assert {flag for o in claim["occurrences"] for flag in o["flags"]} <= flags
    for page in exports.table("pages", wide):
        assert set(page["occurrences"]) <= occurrences
        assert sum(page["verdicts"].values()) == len(page["occurrences"])
        assert set(page["flags"]) <= flags
    kept = next(
        f
        for source in exports.table("sources", wide)
        for f in source["findings"]
        if f["id"] == "trial/kept"
    )
    assert kept["says"] == exports.says(wide.base.findings["trial/kept"].says)
    assert (kept["says"]["share"], kept["says"]["printed_share"]) == ("19.5%", "27.3%")


def rows_of(table: str) -> list[dict[str, str]]:
    assert table.startswith("\ufeff"), "which tells spreadsheets that it is UTF-8"
    return list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_run_as_a_formula(start: str, tmp_path: Path) -> None:
    quote = f"{start}SUM(A1)"
    report = report_of(one_passage(quote) | {"statement": f"{start}2", "snapshots": {}}, tmp_path)
    rows = rows_of(exports.passages_csv(exports.Tables(report), report))
    assert [row["quote"] for row in rows] == [f"'{quote}"]
    assert [row["statement"] for row in rows] == [f"'{start}2"]
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row.values() if cell)


def test_the_table_has_a_row_for_every_passage(wide: Report) -> None:
    rows = rows_of(exports.passages_csv(exports.Tables(wide), wide))
    assert len(rows) == len(wide.base.occurrences)
    cured = next(row for row in rows if row["page"] == "clinic-b" and "cure" in row["quote"])
    rules = [
        "dangling-citation",
        "overstated-wording",
        "page-disagrees-with-itself",
        "pages-disagree",
        "promised-cure",
    ]
    assert cured["flags"].split() == rules
    assert cured["verdict"] == "overstated"
    assert cured["wording_step"] == "7"


def test_sarif_has_every_flag(wide: Report) -> None:
    (run,) = check_log(wide.flags)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == list(all_rules())
    results = run["results"]
    assert [one["partialFingerprints"]["flagId/v1"] for one in results] == [
        flag.id for flag in wide.flags
    ]
    for one, flag in zip(results, wide.flags, strict=True):
        assert rules[one["ruleIndex"]] == one["ruleId"] == flag.rule
        assert one["level"] == flag.severity.value
        assert one["message"]["text"] == flag.message
        place = one["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == flag.at.file
        assert place["region"]["startLine"] == flag.at.line >= 1


def test_the_summary_counts(wide: Report) -> None:
    counts = exports.summary(wide)
    assert counts["claims"] == 4
    assert counts["occurrences"] == sum(counts["verdicts"].values()) == 7
    assert counts["flags"] == sum(counts["by_severity"].values()) == len(wide.flags)
    assert (counts["quotes_found"], counts["quotes_not_checked"]) == (1, 4)


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("practice", Verdict.SUPPORTED),
        ("testimonial", Verdict.NOT_CHECKABLE),  # what else it says does not bear out a story
    ],
)
def test_sentence_with_a_part_that_nobody_can_check(
    kind: str, verdict: Verdict, tmp_path: Path
) -> None:
    quote = "Footbaths ease coughing, and Ms Doe of our town sang again"
    claims = [
        one_passage(quote, findings=TRIAL),
        {
            "kind": kind,
            "about": {"intervention": "footbath"},
            "occurrences": [{"page": "clinic-a", "quote": quote, "says": {"is": "yes"}}],
        },
    ]
    findings = {
        name: value for claim in claims for name, value in claim.pop("findings", {}).items()
    }
    for number, claim in enumerate(claims):
        claim["statement"] = f"Statement {number}."
    report = report_of({"claims": claims, "findings": findings}, tmp_path)
    passage = report.base.by_page["clinic-a"][0]
    assert report.sentence_verdict(passage) is verdict


@pytest.mark.parametrize(
    ("says", "evidence", "verdict"),
    [
        ({"amount": "20 min"}, [], Verdict.NOT_CHECKABLE),  # the clinic's own timetable
        ({"amount": "20 min"}, ["label/bath"], Verdict.CONTRADICTED),
        ({"amount": "9 min"}, ["label/bath"], Verdict.SUPPORTED),
        ({"is": "yes"}, [], Verdict.NOT_CHECKED),  # what others do
    ],
)
def test_a_timetable_is_the_clinics_own_practice(
    says: dict[str, str], evidence: list[str], verdict: Verdict, tmp_path: Path
) -> None:
    label = {"kind": "label", "design": "authority", "says": {"amount": "9 min"}}
    occurrence = {"page": "clinic-a", "quote": "It takes a while.", "says": says}
    example = {
        "kind": "regimen",
        "about": {"intervention": "footbath", "outcome": "bath"},
        "findings": {"label/bath": label},
        "evidence": evidence,
        "occurrences": [occurrence],
    }
    report = report_of(example, tmp_path)
    assert report.verdict(next(iter(report.base.occurrences.values()))) is verdict
