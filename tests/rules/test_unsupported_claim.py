"""Corners of `unsupported-claim` that its own examples have no room for."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.records import Verdict
from claimbook.rules.check import check

FAR = {"about": {"outcome": "sneezing"}, "says": {"effect": "reduces"}}
HEARD = {"says": {"effect": "reduces"}, "read": "second-hand"}
DENIED = {"says": {"effect": "none"}, "read": "second-hand"}
NOT_SHOWN = "nothing found by 2001-12-31 shows this"
AT_SECOND = "read only second-hand"
HELD = {"says": {"effect": "reduces"}}
NOBODY = "no study or authority found by 2001-12-31 reports this"
ELSEWHERE = "the linked evidence is about another outcome"
UNLIKE = "the linked evidence gives nothing to compare this with"
NOTHING = "no source recorded here addresses this"
UNLOOKED = "this base has not searched for evidence on this"
UNREAD = "the only evidence on this was read second-hand, so the passage was not checked"
BAD, HEARSAY = Verdict.UNSUPPORTED, Verdict.NOT_CHECKED


@pytest.mark.parametrize(
    ("kind", "quote", "findings", "flags"),
    [
        ("efficacy", "Footbaths ease coughing.", {}, [("error", NOBODY, BAD)]),
        # the mildest words promise less
        ("efficacy", "Footbaths may ease coughing.", {}, [("warning", NOBODY, BAD)]),
        (
            "efficacy",
            "For people whom tea does not help, footbaths ease coughing.",
            {},
            [("error", NOBODY, BAD)],
        ),
        ("definition", "A cough is a cough.", {}, [("note", NOTHING, HEARSAY)]),
        ("utilisation", "Many people take footbaths.", {}, [("note", NOBODY, HEARSAY)]),
        (
            "efficacy",
            "Footbaths ease coughing.",
            {"study/sneezing": FAR},
            [("error", ELSEWHERE, BAD)],
        ),
        (
            "efficacy",
            "Footbaths ease coughing.",
            {"study/coughing": {"says": {"share": "49%"}}},
            [("error", UNLIKE, BAD)],
        ),
        (
            "efficacy",
            "Footbaths ease coughing.",
            {"study/coughing": HEARD},
            [("note", UNREAD, HEARSAY)],
        ),
        # what was read second-hand and says otherwise excuses nothing
        (
            "efficacy",
            "Footbaths ease coughing.",
            {"a/coughing": DENIED},
            [("error", f"{NOT_SHOWN} ({AT_SECOND}: a found no clear difference)", BAD)],
        ),
        (
            "efficacy",
            "Footbaths ease coughing.",
            {"a/coughing": DENIED, "b/coughing": DENIED},
            [
                (
                    "error",
                    f"{NOT_SHOWN} ({AT_SECOND}: a and b found no clear difference)",
                    BAD,
                )
            ],
        ),
        ("efficacy", "Footbaths ease coughing.", {"study/coughing": HELD}, []),
        ("efficacy", "Footbaths ease coughing.", {"a/coughing": HEARD, "b/coughing": HELD}, []),
        # to ask, to plan and to deny a benefit needs no support
        ("efficacy", "Do footbaths ease coughing?", {}, []),
        ("efficacy", "Footbaths do not ease coughing.", {}, []),
        ("efficacy", "Footbaths are being studied for coughs.", {}, []),
        ("efficacy", "We hope to ease your cough.", {}, []),
        # to deny a harm does
        ("harm", "Footbaths do not scald.", {}, [("error", NOBODY, BAD)]),
        ("safety", "Footbaths have no risks.", {}, [("error", NOBODY, BAD)]),
        ("contraindication", "Nobody should avoid footbaths.", {}, [("note", NOTHING, HEARSAY)]),
        # what cannot be checked is not
        ("practice", "We see everybody.", {}, []),
        ("testimonial", "My cough was gone.", {}, []),
        ("cost", "It costs little.", {}, []),
    ],
)
def test_unsupported_claim(
    kind: str,
    quote: str,
    findings: dict[str, Any],
    flags: list[tuple[str, str, Verdict]],
    tmp_path: Path,
) -> None:
    assert _flags(kind, quote, findings, tmp_path) == flags


@pytest.mark.parametrize(
    ("kind", "findings", "flags"),
    [
        ("efficacy", {}, [("note", UNLOOKED, HEARSAY)]),
        ("harm", {"study/sneezing": FAR}, [("note", UNLOOKED, HEARSAY)]),
        ("efficacy", {"study/coughing": HEARD}, [("note", UNREAD, HEARSAY)]),
        ("efficacy", {"study/coughing": HELD}, []),
        ("definition", {}, [("note", NOTHING, HEARSAY)]),
        ("utilisation", {}, [("note", NOTHING, HEARSAY)]),
    ],
)
def test_where_nobody_searched_nothing_is_unsupported(
    kind: str, findings: dict[str, Any], flags: list[tuple[str, str, Verdict]], tmp_path: Path
) -> None:
    assert _flags(kind, "Footbaths ease coughing.", findings, tmp_path, searched=None) == flags


def _flags(
    kind: str, quote: str, findings: dict[str, Any], path: Path, **more: Any
) -> list[tuple[str, str, Verdict]]:
    example = {
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "coughing"},
        "evidence": list(findings),
        "findings": findings,
        "occurrences": [{"page": "clinic-a", "quote": quote, "says": {"effect": "reduces"}}],
    }
    found = check(small_base(example | more, path), ["unsupported-claim"]).flags
    return [(flag.severity, flag.message, flag.verdict) for flag in found]


@pytest.mark.parametrize(
    ("kind", "says", "flags"),
    [
        ("harm", {"effect": "increases"}, [("note", NOBODY, HEARSAY)]),
        ("contraindication", {"includes": ["gout"]}, [("note", NOTHING, HEARSAY)]),
        ("harm", {"effect": "none"}, [("error", NOBODY, BAD)]),
        ("harm", {"share": "<5%"}, [("error", NOBODY, BAD)]),  # how small it is stands in doubt
        ("efficacy", {"effect": "increases"}, [("error", NOBODY, BAD)]),
        ("onset", {"amount": ">1 day"}, [("note", NOBODY, HEARSAY)]),  # it takes time, no more
        ("onset", {"amount": "<1 day"}, [("error", NOBODY, BAD)]),
        ("contraindication", {"excludes": ["gout"]}, [("note", NOTHING, HEARSAY)]),
    ],
)
def test_a_warning_that_no_source_gives_is_no_fault(
    kind: str, says: dict[str, Any], flags: list[tuple[str, str, Verdict]], tmp_path: Path
) -> None:
    passages = [{"page": "clinic-a", "quote": "Footbaths and the feet.", "says": says}]
    gout = {"gout": {"facet": "population"}}
    more = {"occurrences": passages, "vocabulary": gout}
    assert _flags(kind, "", {}, tmp_path, **more) == flags


@pytest.mark.parametrize(
    ("kind", "severity", "verdict"),
    [("contraindication", "note", HEARSAY), ("eligibility", "warning", BAD)],
)
def test_a_warning_that_no_source_gives_is_not_checked(
    kind: str, severity: str, verdict: Verdict, tmp_path: Path
) -> None:
    example = {
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "avoid"},
        "evidence": ["label/avoid"],
        "findings": {"label/avoid": {"says": {"includes": ["burns"]}}},
        "occurrences": [{"page": "clinic-a", "quote": "Warts.", "says": {"includes": ["warts"]}}],
        "vocabulary": {name: {"facet": "population"} for name in ("burns", "warts")},
    }
    (flag,) = check(small_base(example, tmp_path), ["unsupported-claim"]).flags
    assert (flag.severity, flag.message, flag.verdict) == (severity, UNLIKE, verdict)


def test_a_regimen_is_held_against_those_that_sources_give(tmp_path: Path) -> None:
    gives = {
        "trial/bath": {"says": {"regimen": {"length": "2 h", "number": "3 time/week"}}},
        "survey/bath": {"says": {"regimen": {"length": "40 min", "gap": "1 week"}}},
        "heard/bath": {"says": {"effect": "none"}, "about": {"outcome": "sneezing"}},
    }
    example = {
        "kind": "regimen",
        "about": {"intervention": "footbath", "outcome": "bath"},
        "evidence": list(gives),
        "findings": gives,
        "occurrences": [
            {
                "page": "clinic-a",
                "quote": "A bath of 40 minutes three times a week.",
                "says": {"regimen": {"length": "40 min", "number": "3 time/week"}},
            }
        ],
    }
    (flag,) = check(small_base(example, tmp_path), ["unsupported-claim"]).flags
    assert (flag.severity, flag.verdict) == ("warning", BAD)
    assert flag.message == (
        "none of the sources on this gives this regimen "
        "(trial: length: 40 min against 2 h; survey: gives no number)"
    )
