"""The box that tells what a draft leaves out: only lines of the base, which pass its own rules."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, WEIGHT_LOSS

from claimbook.loading.load import load
from claimbook.vetting.browser import vet_draft
from claimbook.vetting.drafts.files import draft as read
from claimbook.vetting.formatters import github, sarif
from claimbook.vetting.formatters.html import as_html
from claimbook.vetting.formatters.text import as_text
from claimbook.vetting.results import State, as_data
from claimbook.vetting.safety_box import safety_box
from claimbook.vetting.suppressions import FinalResult
from claimbook.vetting.vet import Vetter

DRAFT = "The weekly shot lowers weight."
BOX = (
    "The weekly shot can inflame the pancreas. People who are pregnant or have had a gland tumour"
    " should not have the weekly shot."
)
WITHOUT = {  # what no line of a base tells
    ROOT: {"Severe liver disease", "Active drug or alcohol abuse"},
    WEIGHT_LOSS: {"Weight may come back"},
}


@cache
def vetter(root: Path) -> Vetter:
    """Drafts, held to a base."""
    return Vetter(load(root))


@pytest.mark.parametrize(
    ("root", "draft"),
    [
        (ROOT, "Ketamine eases migraine."),
        (ROOT, "A ketamine infusion stops a migraine within hours."),
        (ROOT, "Our ketamine nasal spray eases migraine, and you can use it at home."),
        (ROOT, "Ketamine cures migraine. It is safe, and you can drive home."),
        (ROOT, "Ketamine eases migraine. It can raise blood pressure."),
        (WEIGHT_LOSS, DRAFT),
        (WEIGHT_LOSS, "Our tablets help you lose weight, and the balloon does too."),
        (WEIGHT_LOSS, "The balloon lowers weight, and so does the weekly shot."),
    ],
)
def test_box_is_clean_and_tells_what_was_left_out(root: Path, draft: str) -> None:
    missed = vetter(root).vet(draft).left_out
    box = safety_box(missed)
    alone = vetter(root).vet(box)
    assert {one.state for one in alone.sentences} <= {State.CLEAN, State.NOTHING}, box
    assert not [flag for one in alone.sentences for flag in one.flags]
    without = {each.label for each in missed if not each.wording}
    assert without <= WITHOUT[root]
    assert {each.label for each in missed} > without
    both = vetter(root).vet(f"{draft}\n\n{box}")
    assert {each.label for each in both.left_out} == without


@pytest.mark.parametrize("root", [ROOT, WEIGHT_LOSS])
def test_box_holds_only_lines_of_the_base(root: Path) -> None:
    base = vetter(root).base
    said = {say.text for claim in base.claims.values() for say in claim.say}
    draft = "Ketamine eases migraine." if root == ROOT else DRAFT
    assert {each.wording for each in vetter(root).vet(draft).left_out if each.wording} <= said


@pytest.mark.parametrize(
    "draft",
    [
        "The clinic opens at nine.",  # offers nothing
        f"{DRAFT} {BOX} Weight may come back after the shots.",
    ],
)
def test_nothing_is_left_out(draft: str) -> None:
    assert vetter(WEIGHT_LOSS).vet(draft).left_out == ()


def test_line_for_another_treatment_is_not_offered() -> None:
    spray = vetter(ROOT).vet("Our ketamine nasal spray eases migraine.")
    drip = vetter(ROOT).vet("A ketamine infusion eases migraine.")
    assert "No ketamine nasal spray is approved" in safety_box(spray.left_out)
    assert "nasal spray" not in safety_box(drip.left_out)


def test_line_of_another_claim_does_not_count() -> None:
    """'Watching … may be missing there' speaks of watching, and does not say who watches."""
    missed = vetter(ROOT).vet("Ketamine eases migraine.").left_out
    (watching,) = (each.wording for each in missed if each.disclosure == "who-watches")
    assert watching
    assert "at home" not in watching


def test_line_that_the_rules_flag_is_not_offered() -> None:
    base = vetter(WEIGHT_LOSS).base
    claim = base.claims["pancreas"]
    hyped = replace(claim.say[0], text="The shot can inflame the pancreas, a miracle cure.")
    claims = {**base.claims, "pancreas": replace(claim, say=(hyped,))}
    missed = Vetter(replace(base, claims=claims)).vet(DRAFT).left_out
    assert [each.wording for each in missed if each.disclosure == "inflamed-pancreas"] == [None]


def result(text: str) -> FinalResult:
    """A draft vetted, with its comments."""
    return vet_draft(
        read(text.encode(), "draft.md", ".md"), vetter(WEIGHT_LOSS), date(2026, 11, 28)
    )


def test_every_format_says_what_to_add() -> None:
    told = [result(DRAFT)]
    shown = {
        "text": "".join(as_text(told)),
        "github": github.as_annotations(told),
        "sarif": str(sarif.vet_log(told)),
        "html": as_html(told, vetter(WEIGHT_LOSS).base, "0", date(2026, 11, 28)),
    }
    for form, report in shown.items():
        assert "dd: The weekly shot can inflame the pancreas." in report, form
        assert "o wording is recorded for: weight may come back" in report, form
    assert as_data(told[0].vetted)["left_out"][0] == {
        "disclosure": "weight-returns",
        "label": "Weight may come back",
        "rule": "disclosure-missing",
        "add": None,
    }


def test_what_is_set_aside_is_not_asked_for() -> None:
    comment = (
        '<!-- claimbook: allow serious-harm-unmentioned because "on the page before",'
        " owner: Editorial, until: 2027-01-31 -->"
    )
    kinds = {each.rule for each in result(f"{DRAFT}\n\n{comment}\n").vetted.left_out}
    assert kinds == {"disclosure-missing", "contraindication-unmentioned"}
