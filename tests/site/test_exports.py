"""Values as the exported data have them."""

import csv
import io
from typing import Any

import pytest

from claimbook.records import parse_value
from claimbook.rules.check import Report
from claimbook.site.exports import Tables, claims_csv, findings_csv, passages_csv, says
from claimbook.site.file_formats import csv_file

DOSE = {"amount": "20 mg", "dimension": "mass", "low": 19.5, "high": 20.5}
LENGTH = {"amount": "40 to 60 min", "dimension": "time", "low": 40, "high": 60}


@pytest.mark.parametrize(
    ("written", "data"),
    [
        (
            {"regimen": {"length": "40 to 60 min", "dose": "20 mg"}},
            {"regimen": {"dose": DOSE, "length": LENGTH}},
        ),
        (
            {"share": "45%", "against": "30 to 40%"},
            {
                "share": "45%",
                "printed_share": "45%",
                "low": 44.5,
                "high": 45.5,
                "against": {
                    "share": "30 to 40%",
                    "printed_share": "30 to 40%",
                    "low": 30,
                    "high": 40,
                },
            },
        ),
        (
            {"share": "45%", "of": [9, 20], "against": "33%", "against-of": [6, 18]},
            {
                "share": "45%",
                "printed_share": "45%",
                "low": 44.5,
                "high": 45.5,
                "of": [9, 20],
                "wilson": [25.8, 65.8],
                "against": {
                    "share": "33%",
                    "printed_share": "33%",
                    "low": 32.5,
                    "high": 33.5,
                    "of": [6, 18],
                    "wilson": [16.3, 56.3],
                },
            },
        ),
        (
            {"share": "27.3%", "of": [15, 77]},
            {
                "share": "19.5%",
                "printed_share": "27.3%",
                "low": 19.45,
                "high": 19.55,
                "of": [15, 77],
                "wilson": [12.2, 29.7],
            },
        ),
    ],
)
def test_says(written: dict[str, Any], data: dict[str, Any]) -> None:
    assert says(parse_value(written)) == data


@pytest.mark.parametrize(
    "cell", ["=A1", "+1", "-1", "@A1", "\t=A1", "\r=A1", " =A1", "\n=A1", "＝A1"]
)
def test_no_cell_is_run_as_a_formula(cell: str) -> None:
    rows = csv.reader(io.StringIO(csv_file([], [[cell, "a=b"]]), newline=""))
    assert [*rows][-1] == [f"'{cell}".replace("\r", " "), "a=b"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_table_of_claims_has_all_of_them_with_their_sources(report: Report) -> None:
    base, table = report.base, rows(claims_csv(Tables(report), report))
    assert {row["claim"] for row in table} == base.claims.keys()
    assert len(table) == len(base.claims)
    assert any(row["passages"] == "0" for row in table), "those that no page makes, too"
    for row in table:
        claim = base.claims[row["claim"]]
        sources = dict.fromkeys(finding.source for finding in base.linked(claim))
        assert row["sources"].split() == [*sources]
        dois = [base.references[key].fields.get("doi") for key in sources]
        assert row["dois"].split() == [doi for doi in dois if doi]
        assert bool(row["truth"]) == bool(row["truth_line"])


def test_the_table_of_findings_has_all_of_them(report: Report) -> None:
    base, table = report.base, rows(findings_csv(Tables(report), report))
    assert {row["finding"] for row in table} == base.findings.keys()
    assert len(table) == len(base.findings)
    for row in table:
        finding = base.findings[row["finding"]]
        assert (row["source"], row["where"]) == (finding.source, finding.where)
        assert row["outcome"] == (finding.about.outcome or "")
        assert row["says"]
    assert {
        row["claim"] for row in rows(passages_csv(Tables(report), report))
    } <= base.claims.keys()
