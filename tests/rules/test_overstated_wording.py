"""Corners of `overstated-wording` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

CASES = {"design": "case-series"}
TRIAL = {"design": "randomised-trial"}
TWO_DOWN = {"imprecision": {"down": 2, "because": "Few people."}}


@pytest.mark.parametrize(
    ("quote", "fields", "study", "severities"),
    [
        ("Footbaths may ease coughing.", {}, CASES, []),
        ("Footbaths seem to ease coughing.", {}, CASES, ["warning"]),  # one step over
        ("Footbaths can ease coughing.", {}, CASES, ["error"]),  # two
        ("Footbaths ease coughing.", {}, CASES, ["error"]),
        ("Footbaths ease coughing.", {}, TRIAL, []),
        ("Footbaths will ease coughing.", {}, TRIAL, []),
        ("Footbaths cure coughing.", {}, TRIAL, ["warning"]),
        ("Footbaths suggest relief.", {"certainty": TWO_DOWN}, TRIAL, []),
        ("Footbaths can ease coughing.", {"certainty": TWO_DOWN}, TRIAL, ["warning"]),
        ("Footbaths ease coughing.", {"certainty": TWO_DOWN}, TRIAL, ["error"]),
        ("Do footbaths ease coughing?", {}, CASES, []),
        ("For people whom tea does not help, footbaths ease coughing.", {}, CASES, ["error"]),
        # kinds that are not graded, and passages without evidence, are for other rules
        ("Footbaths ease coughing.", {"kind": "definition"}, CASES, []),
        ("Footbaths ease coughing.", {}, None, []),
        # what a cited study found, reported rightly, is judged against that study
        ("A study found that footbaths ease coughing.", {"cites": ["study"]}, CASES, []),
        ("A study found that footbaths ease coughing.", {}, CASES, ["error"]),
        ("Footbaths ease coughing.", {"cites": ["study"]}, CASES, ["error"]),
        (
            "A study found that footbaths worsen coughing.",
            {"cites": ["study"], "says": {"effect": "increases"}},
            CASES,
            ["error"],
        ),
        # denials of benefit and warnings of harm are never too strong; "no harm" is
        ("Footbaths do nothing, proven.", {"says": {"effect": "none"}}, CASES, []),
        ("Footbaths will scald you.", {"kind": "harm", "says": {"effect": "increases"}}, CASES, []),
        # nor is a count of people who fare badly
        (
            "Most people cough again.",
            {"says": {"share": ">50%"}, "vocabulary": {"coughing": {"good": "less"}}},
            CASES | {"says": {"share": "70%"}},
            [],
        ),
        (
            "Most people sleep.",
            {"says": {"share": ">50%"}, "vocabulary": {"coughing": {"good": "more"}}},
            CASES | {"says": {"share": "70%"}},
            ["error"],
        ),
        (
            "Footbaths have no risks.",
            {"kind": "harm", "says": {"is": "no"}},
            CASES | {"says": {"is": "no"}},
            ["error"],
        ),
        (
            "Footbaths will never scald you.",
            {"kind": "harm", "says": {"effect": "none"}},
            CASES | {"says": {"effect": "none"}},
            ["error"],
        ),
        (
            "Footbaths may not scald.",
            {"kind": "harm", "says": {"effect": "none"}},
            CASES | {"says": {"effect": "none"}},
            [],
        ),
        (
            "Footbaths are not unsafe.",
            {"kind": "safety", "says": {"is": "yes"}},
            CASES | {"says": {"is": "yes"}},
            ["error"],
        ),
        (
            "Footbaths are not safe.",
            {"kind": "safety", "says": {"is": "no"}},
            CASES | {"says": {"is": "no"}},
            [],
        ),
    ],
)
def test_overstated_wording(
    quote: str,
    fields: dict[str, Any],
    study: dict[str, Any] | None,
    severities: list[str],
    tmp_path: Path,
) -> None:
    fields = dict(fields)
    occurrence = {"page": "clinic-a", "quote": quote, "says": {"effect": "reduces"}}
    occurrence |= {key: fields.pop(key) for key in ("says", "cites") if key in fields}
    about = {"intervention": "footbath", "outcome": "coughing"}
    findings = {"study/coughing": {"says": {"effect": "reduces"}, **study}} if study else {}
    base = small_base(
        {
            "about": about,
            "evidence": list(findings),
            "findings": findings,
            "occurrences": [occurrence],
            **fields,
        },
        tmp_path,
    )
    assert [flag.severity for flag in check(base, ["overstated-wording"]).flags] == severities


def test_it_names_the_words_and_the_certainty(tmp_path: Path) -> None:
    base = small_base(
        {
            "about": {"outcome": "coughing"},
            "evidence": ["study/coughing"],
            "findings": {"study/coughing": {"says": {"effect": "reduces"}, **CASES}},
            "occurrences": [
                {"page": "clinic-a", "quote": "Footbaths can help.", "says": {"effect": "reduces"}}
            ],
        },
        tmp_path,
    )
    (flag,) = check(base, ["overstated-wording"]).flags
    message = '"can help" is too strong for evidence of very low certainty: write "may"'
    assert flag.message == message
    assert flag.sources == ("study",)
