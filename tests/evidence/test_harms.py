"""How a harm is known, and what rating readers see."""

from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.evidence.certainty import Certainty
from claimbook.evidence.harms import HarmStatus, harm_status, shown_rating
from claimbook.evidence.index import Index
from claimbook.records import Base

ABOUT = {"population": "adults", "intervention": "footbath", "outcome": "scalds"}
LABEL = {"kind": "label", "design": "authority", "says": {"effect": "increases"}}
NOTICE = LABEL | {"kind": "notice"}
COUNT = {"design": "cohort", "says": {"share": "4%", "of": [2, 50]}}
CASE = {"design": "case-report", "says": {"effect": "increases"}}
RATS = {"design": "animal", "says": {"effect": "increases"}}
UNREAD = {"read": "second-hand"}


@pytest.mark.parametrize(
    ("findings", "kind", "status"),
    [
        ([LABEL], "harm", HarmStatus.KNOWN),
        ([NOTICE, CASE], "harm", HarmStatus.KNOWN),
        ([LABEL, COUNT], "harm", HarmStatus.KNOWN_AND_COUNTED),
        ([COUNT, CASE, RATS], "harm", HarmStatus.COUNTED),
        ([{"says": {"amount": "3 mmHg"}}], "harm", HarmStatus.COUNTED),
        ([CASE, RATS], "harm", HarmStatus.REPORTED),
        ([{"says": {"effect": "increases"}}], "harm", HarmStatus.REPORTED),
        ([{"says": {"includes": ["burns"]}, "design": "survey"}], "harm", HarmStatus.REPORTED),
        ([{"says": {"is": "yes"}, "design": "survey"}], "harm", HarmStatus.REPORTED),
        ([{"design": "narrative-review", "says": {"effect": "increases"}}], "harm", "suspected"),
        ([{"design": "cohort", "says": {"effect": "mixed"}}], "harm", HarmStatus.SUSPECTED),
        ([RATS], "harm", HarmStatus.SUSPECTED),
        ([LABEL | UNREAD, COUNT | UNREAD], "harm", HarmStatus.SUSPECTED),
        # nothing tells of it
        ([], "harm", None),
        ([COUNT | {"says": {"share": "0%"}}], "harm", None),
        ([LABEL | {"says": {"effect": "none"}}], "harm", None),
        ([LABEL | {"says": {"effect": "unclear"}}], "harm", None),
        ([LABEL | {"says": {"is": "no"}}], "harm", None),
        ([LABEL | {"about": ABOUT | {"population": "horses"}}], "harm", None),
        ([LABEL | {"about": ABOUT | {"outcome": "burns"}}], "harm", None),
        ([LABEL | {"about": ABOUT | {"outcome": "harm"}}], "harm", None),
        ([LABEL | {"about": ABOUT | {"outcome": "scalded-toes"}}], "harm", HarmStatus.KNOWN),
        # a claim that reassures, and any other, is on the ladder of benefits
        ([LABEL, COUNT], "safety", None),
        ([LABEL, COUNT], "efficacy", None),
    ],
)
def test_harm_status(
    findings: list[dict[str, Any]], kind: str, status: HarmStatus | None, tmp_path: Path
) -> None:
    base = base_of(findings, kind, tmp_path)
    assert harm_status(base.claims["claim-1"], Index(base)) == status


def base_of(findings: list[dict[str, Any]], kind: str, folder: Path) -> Base:
    known = {f"s{n}/found": {"about": ABOUT, **found} for n, found in enumerate(findings)}
    return small_base(
        {
            "kind": kind,
            "about": ABOUT,
            "evidence": list(known),
            "findings": known,
            "vocabulary": {
                "harm": {"harm": True},
                "scalds": {"broader": "harm"},
                "scalded-toes": {"broader": "scalds"},
                "burns": {"broader": "harm"},
            },
        },
        folder,
    )


@pytest.mark.parametrize(
    ("findings", "kind", "certainty"),
    [
        # a warning is not weakened by a low rating of its evidence
        ([LABEL], "harm", None),
        ([CASE], "harm", None),
        ([RATS], "harm", None),
        # where nothing warns of a harm, and where a page reassures, the evidence is rated
        ([COUNT | {"says": {"share": "0%"}}], "harm", Certainty.LOW),
        ([], "harm", Certainty.NONE),
        ([CASE], "safety", Certainty.VERY_LOW),
        ([LABEL], "contraindication", None),  # is not graded
    ],
)
def test_of_a_harm_that_is_known_readers_see_no_rating(
    findings: list[dict[str, Any]], kind: str, certainty: Certainty | None, tmp_path: Path
) -> None:
    base = base_of(findings, kind, tmp_path)
    told = shown_rating(base.claims["claim-1"], Index(base))
    assert (told and told.certainty) == certainty
