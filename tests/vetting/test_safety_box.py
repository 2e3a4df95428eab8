"""The box that tells what a draft leaves out: only lines of the base, which pass its own rules."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, WEIGHT_LOSS, real_vetter

from claimbook.evidence.appraisal import read_second_hand
from claimbook.loading.load import load
from claimbook.records import ConceptSet
from claimbook.vetting.browser import vet_draft
from claimbook.vetting.drafts.files import draft as read
from claimbook.vetting.formatters import github, sarif
from claimbook.vetting.formatters.html import as_html
from claimbook.vetting.formatters.text import as_text
from claimbook.vetting.results import State, as_data
from claimbook.vetting.safety_box import NOT_SOUGHT, LeftOut, box_lines, safety_box
from claimbook.vetting.suppressions import FinalResult
from claimbook.vetting.vet import Vetter

DRAFT = "The weekly shot lowers weight."
BOX = (
    "The weekly shot can inflame the pancreas. People who are pregnant or have had a gland tumour"
    " should not have the weekly shot."
)
WITHOUT: dict[Path, set[str]] = {  # what no line of a base tells
    ROOT: set(),
    WEIGHT_LOSS: {"Weight may come back"},
}


@cache
def vetter(root: Path) -> Vetter:
    """Drafts, held to a base."""
    return real_vetter() if root == ROOT else Vetter(load(root))


def missed_in(draft: str, root: Path = ROOT) -> tuple[LeftOut, ...]:
    """What a draft leaves out, which it has to be asked for."""
    missed = vetter(root).vet(draft).left_out
    assert missed is not None, draft
    return missed


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
    missed = missed_in(draft, root)
    box = safety_box(missed)
    alone = vetter(root).vet(box)
    assert {one.state for one in alone.sentences} <= {State.CLEAN, State.NOTHING}, box
    assert not [flag for one in alone.sentences for flag in one.flags]
    without = {each.label for each in missed if not each.wording}
    assert without <= WITHOUT[root]
    assert {each.label for each in missed} > without
    both = missed_in(f"{draft}\n\n{box}", root)
    assert {each.label for each in both} == without


@pytest.mark.parametrize(
    ("sentence", "disclosure", "told"),
    [
        (
            "It is given under watch and is considered a controlled substance.",
            "controlled-drug",
            True,
        ),
        ("The DEA has put ketamine in Schedule III.", "controlled-drug", True),
        ("All medicines on prescription are controlled substances.", "controlled-drug", False),
        ("We have professionals on site monitoring your session.", "who-watches", True),
        ("Our team monitors the market.", "who-watches", False),
        ("Only about half respond to ketamine.", "evidence-is-thin", True),
        ("It is not possible to tell who will respond to ketamine.", "evidence-is-thin", True),
        ("The majority relapse at some point.", "may-wear-off", True),
        ("Whether that relief lasts has not been settled.", "may-wear-off", True),
        ("Nobody relapses.", "may-wear-off", False),
        ("You will be observed until you are ready to leave.", "recovery", True),
        ("They must remain for an hour before they are allowed home.", "recovery", True),
        ("You need not stay until you are fit to leave.", "recovery", False),
        ("We are confident that you are safe with ketamine.", "recovery", False),
        (
            "At higher doses ketamine depresses consciousness and breathing.",
            "slowed-breathing",
            True,
        ),
        ("Ketamine does not depress breathing.", "slowed-breathing", False),
        ("Liver effects of ketamine have been reported with heavy use.", "liver-injury", True),
        ("No liver effects of ketamine have been reported.", "liver-injury", False),
        (
            "Side effects may include nausea, dizziness, or temporary increases in blood pressure.",
            "blood-pressure",
            True,
        ),
    ],
)
def test_what_a_sentence_tells(sentence: str, disclosure: str, told: bool) -> None:
    missed = {each.disclosure for each in missed_in(f"Ketamine eases migraine. {sentence}")}
    assert (disclosure not in missed) is told


@pytest.mark.parametrize("root", [ROOT, WEIGHT_LOSS])
def test_box_holds_only_lines_of_the_base(root: Path) -> None:
    base = vetter(root).base
    said = {say.text for claim in base.claims.values() for say in claim.say}
    draft = "Ketamine eases migraine." if root == ROOT else DRAFT
    assert {each.wording for each in missed_in(draft, root) if each.wording} <= said


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("The clinic opens at nine.", None),  # offers nothing: it is not looked for
        (f"{DRAFT} {BOX} Weight may come back after the shots.", ()),
    ],
)
def test_nothing_is_left_out(draft: str, expected: tuple[()] | None) -> None:
    assert vetter(WEIGHT_LOSS).vet(draft).left_out == expected


@pytest.mark.parametrize(
    ("draft", "sought"),
    [
        ("A ketamine infusion eases migraine.", True),
        ("Ketamine is given by a drip over 40 minutes.", True),
        ("Staff watch you during the ketamine drip.", True),
        ("Ketamine is safe.", True),
        ("Take ketamine lozenges at home. They ease migraine.", True),
        ("Migraine is a disease of the brain.", False),
        ("We open at nine.", False),
    ],
)
def test_of_what_it_is_looked_for(draft: str, sought: bool) -> None:
    result = vet_draft(read(draft.encode(), "draft.md", ".md"), vetter(ROOT), date(2026, 11, 28))
    assert (result.vetted.left_out is not None) is sought
    data = as_data(result.vetted)
    assert data["left_out_not_sought"] == (None if sought else NOT_SOUGHT)
    assert (NOT_SOUGHT in "".join(as_text([result], vetter(ROOT).base))) is not sought
    assert (NOT_SOUGHT in as_html([result], vetter(ROOT).base, "0", date.min)) is not sought


AT_HOME = "home-risk"
VISIT = {"recovery", "escort", "who-watches"}


@pytest.mark.parametrize(
    ("draft", "at_home", "visit"),
    [
        ("You take ketamine lozenges at home. Ketamine relieves migraine pain.", True, False),
        ("At-home ketamine infusion relieves migraine pain.", True, False),
        ("Keep ketamine out of reach of children. It eases chronic pain.", True, False),
        ("Ketamine eases migraine, at home or in our clinic.", True, True),
        ("Ketamine eases migraine. Rest at home after the drip.", False, True),
        (
            "Ketamine eases pain at home. It may be increased as needed under medical supervision.",
            *(True, False),
        ),
        ("Ketamine eases migraine. We never give ketamine at home.", False, True),
        ("Ketamine eases migraine.", False, True),
    ],
)
def test_what_is_asked_where_treatment_is_at_home(draft: str, at_home: bool, visit: bool) -> None:
    asked = {each.disclosure for each in missed_in(draft)}
    assert (AT_HOME in asked) is at_home
    assert (VISIT & asked) == (VISIT if visit else set())


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        ("Ketamine eases migraine.", "Ketamine is not FDA-approved for migraine."),
        ("Ketamine eases pain.", "Ketamine is not FDA-approved for migraine."),  # the base's own
        ("Ketamine eases chronic pain.", "Ketamine is not FDA-approved for chronic pain."),
        ("Ketamine eases nerve pain.", "Ketamine is not FDA-approved for chronic pain."),
        (
            "Ketamine eases chronic pain. Keep it from children.",
            "Ketamine is not FDA-approved for chronic pain.",
        ),
        (
            "Ketamine eases cluster headache.",
            "Ketamine is not FDA-approved for any kind of headache.",
        ),
        (
            "Ketamine eases depression.",
            "Ketamine is not approved by the FDA for any mental disorder.",
        ),
    ],
)
def test_line_is_about_the_illness_of_the_draft(draft: str, line: str) -> None:
    missed = missed_in(draft)
    assert [each.wording for each in missed if each.disclosure == "off-label"] == [line]
    cure = "Ketamine is not a cure for migraine." in safety_box(missed)
    assert cure is ("migraine" in line)


@pytest.mark.parametrize(
    ("sentence", "disclosure", "told"),
    [
        ("Long use can lead to addiction to ketamine.", "dependence", True),
        ("Ketamine has a lower risk of addiction than opioids.", "dependence", False),
        ("Ketamine can relieve pain and decrease dependency on opioids.", "dependence", False),
        ("The risk of dependence on ketamine is very low.", "dependence", False),
        ("Ketamine treats alcohol dependence.", "dependence", False),
        ("Repeated use of ketamine can injure the liver.", "liver-injury", True),
        ("It bypasses first-pass metabolism via the liver.", "liver-injury", False),
        ("Your blood pressure may rise during the ketamine drip.", "blood-pressure", True),
        ("Have a blood pressure cuff ready if you have hypertension.", "blood-pressure", False),
        ("Rarely more than simple increases in blood pressure.", "blood-pressure", False),
        ("Patients may also dissociate.", "dissociation", True),
        ("The term dissociative anesthetic is used of ketamine.", "dissociation", False),
        ("Disconnect from technology.", "dissociation", False),
        ("Trained staff watch you during the ketamine drip.", "who-watches", True),
        ("The dose may be increased under the supervision of your doctor.", "who-watches", False),
        ("Ketamine does not replace your other migraine care.", "other-care", True),
        ("This does not replace the discussion with your doctor.", "other-care", False),
        ("We do not give ketamine to anyone who is pregnant.", "pregnancy", True),
        ("Tell us if you are pregnant.", "pregnancy", True),
        ("Do not use ketamine if you are pregnant.", "pregnancy", True),
        ("Expectant mothers need not hesitate to have ketamine.", "pregnancy", False),
        (
            "Before you take any new medicines, tell your doctor that you are taking ketamine.",
            "other-medicines",
            True,
        ),
        ("Keep taking your other medicines.", "other-medicines", False),
        ("It is helpful in some patients to reduce pain.", "evidence-is-thin", True),
        ("Our ketamine works for every patient, every time.", "evidence-is-thin", False),
    ],
)
def test_only_what_tells_it_counts(sentence: str, disclosure: str, told: bool) -> None:
    missed = missed_in(f"Ketamine relieves migraine pain. {sentence}")
    assert (disclosure not in {each.disclosure for each in missed}) is told


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("It can make you drowsy.", True),
        ("Side effects include nausea.", True),
        ("Ketamine has a lower risk of addiction than opioids.", False),
        ("It bypasses first-pass metabolism via the liver.", False),
        ("Those who suffer from migraines know the nausea and dizziness.", False),
        ("It is characterized by severe headaches and nausea.", False),
        ("Some patients report that they feel sedated.", True),
        ("You may feel a little tired.", True),
        ("Nobody feels sedated.", False),
    ],
)
def test_benefits_without_harms_is_not_silenced(sentence: str, tells: bool) -> None:
    flags = vetter(ROOT).vet(f"Ketamine relieves migraine pain. {sentence}").document_flags
    assert ("benefits-without-harms" not in {flag.rule for flag in flags}) is tells


def test_box_is_a_list_worst_harm_first_and_says_nothing_twice() -> None:
    missed = missed_in("Take ketamine lozenges at home. They ease migraine.")
    lines = safety_box(missed).split("\n")
    assert lines[0].startswith("- Having ketamine at home adds risk.")
    assert lines[1].startswith("- Ketamine can slow breathing")
    assert len(lines) == len(set(lines)) <= 13
    told = box_lines(missed)
    assert sum(len(each) for each in told.values()) == len(missed)
    assert not [line for line in lines if "Philippines" in line]


def test_what_is_asked_was_read_first_hand() -> None:
    """What another rule objects to as read second-hand only is not asked for."""
    base = vetter(ROOT).base
    for name, each in base.disclosures.items():
        if each.kind == "contraindication":
            assert [
                finding.key
                for finding in base.findings.values()
                if isinstance(finding.says, ConceptSet)
                and each.concept in finding.says.concepts
                and not read_second_hand(finding, base.sources[finding.source])
            ], name


def test_line_for_another_treatment_is_not_offered() -> None:
    spray = missed_in("Our ketamine nasal spray eases migraine.")
    beside = missed_in("Ketamine eases migraine. The ketamine nasal spray has a fine mist.")
    assert "No ketamine nasal spray is approved" in safety_box(beside)
    without = missed_in("Ketamine eases migraine. We do not offer ketamine nasal spray.")
    assert "nasal spray" not in safety_box(without)
    drip = missed_in("A ketamine infusion eases migraine.")
    assert "No ketamine nasal spray is approved" in safety_box(spray)
    assert "nasal spray" not in safety_box(drip)


def test_line_of_another_claim_does_not_count() -> None:
    """'Watching … may be missing there' speaks of watching, and does not say who watches."""
    missed = missed_in("Ketamine eases migraine.")
    (watching,) = (each.wording for each in missed if each.disclosure == "who-watches")
    assert watching
    assert "at home" not in watching


def test_line_that_the_rules_flag_is_not_offered() -> None:
    base = vetter(WEIGHT_LOSS).base
    claim = base.claims["pancreas"]
    hyped = replace(claim.say[0], text="The shot can inflame the pancreas, a miracle cure.")
    claims = {**base.claims, "pancreas": replace(claim, say=(hyped,))}
    missed = Vetter(replace(base, claims=claims)).vet(DRAFT).left_out or ()
    assert [each.wording for each in missed if each.disclosure == "inflamed-pancreas"] == [None]


def result(text: str) -> FinalResult:
    """A draft vetted, with its comments."""
    return vet_draft(
        read(text.encode(), "draft.md", ".md"), vetter(WEIGHT_LOSS), date(2026, 11, 28)
    )


def test_every_format_says_what_to_add() -> None:
    told = [result(DRAFT)]
    shown = {
        "text": "".join(as_text(told, vetter(WEIGHT_LOSS).base)),
        "github": github.as_annotations(told, vetter(WEIGHT_LOSS).base),
        "sarif": str(sarif.vet_log(told)),
        "html": as_html(told, vetter(WEIGHT_LOSS).base, "0", date(2026, 11, 28)),
    }
    for form, report in shown.items():
        assert "dd: The weekly shot can inflame the pancreas." in report, form
        assert "o wording is recorded for: weight may come back" in report, form
    assert as_data(told[0].vetted)["left_out"][-1] == {
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
    kinds = {each.rule for each in result(f"{DRAFT}\n\n{comment}\n").vetted.left_out or ()}
    assert kinds == {"disclosure-missing", "contraindication-unmentioned"}
