"""A base of another kind than the real one is judged without a line of code of its own.

The expected verdicts were written from the evidence in `tests/data/weight-loss`, not from what the
engine said; a row that it judges otherwise is marked with what is wrong in the engine.
"""

from pathlib import Path
from typing import Any

import pytest
from conftest import WEIGHT_LOSS

from claimbook.loading.load import load
from claimbook.records import Base
from claimbook.rules.check import Report, check
from claimbook.vetting.vet import Vetter


def fault(why: str, *row: Any) -> Any:
    """A row that the engine judges wrongly today."""
    return pytest.param(*row, marks=pytest.mark.xfail(reason=why))


NORTH, SOUTH, CENTRE = "example-clinic-north", "example-clinic-south", "example-balloon-centre"

# claim, page, first words of the passage, verdict
PASSAGES = [
    ("shot-lowers-weight", NORTH, "The shot can lower", "supported"),
    ("shot-lowers-weight", SOUTH, "our weekly shot cures", "overstated"),
    ("shot-lowers-weight", CENTRE, "The weekly shot lowers", "supported"),
    ("shot-kilograms-lost", NORTH, "people given the weekly shot lost 9.8 kg", "supported"),
    ("shot-kilograms-lost", SOUTH, "shed up to 20 kg", "unsupported"),
    ("shot-kilograms-lost", CENTRE, "people on the weekly shot lose about 22 lb", "supported"),
    ("shot-a-tenth-lost", NORTH, "46% (92 of 200)", "supported"),
    ("shot-a-tenth-lost", SOUTH, "Most of our patients", "overstated"),
    ("tablet-lowers-weight", SOUTH, "Our exampramine tablets melt", "contradicted"),
    ("tablet-lowers-weight", SOUTH, "the tablets lower", "contradicted-by-own-source"),
    ("tablet-lowers-weight", CENTRE, "Tablets made no difference", "supported"),
    ("tablet-kilograms-lost", SOUTH, "In a trial of 64 adults", "contradicted-by-own-source"),
    ("balloon-lowers-weight", CENTRE, "The balloon may help", "supported"),
    ("balloon-lowers-weight", CENTRE, "Weight loss is guaranteed", "overstated"),
    ("balloon-kilograms-lost", CENTRE, "In one series", "supported"),
    ("balloon-kilograms-lost", CENTRE, "You lose 29 lb", "overstated"),
    ("lowers-blood-pressure", NORTH, "It can lower blood pressure", "unsupported"),
    ("lowers-blood-pressure", CENTRE, "blood pressure was about 4 mmHg", "supported"),
    ("weight-comes-back", NORTH, "Weight comes back", "supported"),
    ("weight-comes-back", SOUTH, "The weight stays off", "contradicted"),
    ("balloon-weight-stays-off", CENTRE, "Most people keep", "contradicted-by-own-source"),
    ("nausea", NORTH, "82 of 200 people", "supported"),
    ("nausea", SOUTH, "With our shot nobody feels sick", "contradicted"),
    ("side-effects-mild", NORTH, "Side effects are mild", "unsupported"),
    ("serious-harms", SOUTH, "The shot has no serious risks", "unsupported"),
    ("serious-harms", NORTH, "It is not known", "supported"),
    ("gallstones", NORTH, "The shot causes gallstones", "supported"),
    ("tablet-side-effects", SOUTH, "Our tablets have no side effects", "contradicted"),
    ("tablet-side-effects", SOUTH, "No side effects", "contradicted"),
    ("tablet-side-effects", SOUTH, "Side effects of the tablets", "supported"),
    ("balloon-vomiting", CENTRE, "62% vomited", "supported"),
    ("balloon-taken-out-early", CENTRE, "12 of 150 balloons", "supported"),
    ("balloon-taken-out-early", CENTRE, "The balloon rarely", "overstated"),
    ("who-should-not", NORTH, "Do not use the shot", "supported"),
    ("who-should-not", SOUTH, "It is fine for everyone", "against-guidance"),
    ("shot-approved", NORTH, "The shot is approved", "supported"),
    ("tablet-approved", SOUTH, "Our tablets are approved", "contradicted"),
    ("tablet-approved", SOUTH, "Approved and safe", "contradicted"),
    ("tablet-approved", CENTRE, "The tablets are not approved", "supported"),
    ("mixed-shot-is-the-shot", SOUTH, "Our compounded examplutide", "contradicted"),
    ("what-obesity-is", NORTH, "Obesity means", "supported"),
    ("what-obesity-is", SOUTH, "Anyone with a body mass index", "contradicted"),
    ("what-obesity-is", CENTRE, "obesity, which is", "overstated"),
    ("how-often", NORTH, "You inject it once a week", "supported"),
    ("how-often", SOUTH, "Inject it every day", "contradicted"),
    ("shot-where", NORTH, "at home", "supported"),
    ("balloon-where", CENTRE, "We place the balloon", "supported"),
    ("balloon-where", CENTRE, "or, if you prefer", "against-guidance"),
    ("balloon-time", CENTRE, "The balloon stays in", "supported"),
    ("balloon-time", CENTRE, "leave it in for up to 12", "contradicted"),
    ("slows-the-stomach", NORTH, "Examplutide slows", "supported"),
    ("tablet-speeds-metabolism", SOUTH, "The tablets speed up", "unsupported"),
    ("balloon-retrains-hunger", CENTRE, "The balloon retrains", "unsupported"),
    ("balloon-retrains-hunger", CENTRE, "Whether it changes", "supported"),
    ("coaching", NORTH, "A coach calls", "not-checkable"),
    ("coaching", CENTRE, "A nurse sits", "not-checkable"),
    ("a-patient-tells", SOUTH, "“I lost 30 lb", "not-checkable"),
    ("a-patient-tells", CENTRE, "One patient lost 20 kg", "not-checkable"),
    ("prices", SOUTH, "Tablets from 99", "not-checkable"),
]

# rule, the pages that it flags
PAGE_FLAGS = [
    # The shot is approved; nothing is recorded of the balloon.
    ("approval-status-missing", {SOUTH}),
    ("benefits-without-harms", set()),
    ("page-disagrees-with-itself", {SOUTH, CENTRE}),
    ("same-study-harm-omitted", {SOUTH, CENTRE}),
    ("testimonial-as-evidence", {SOUTH}),
    ("serious-harm-unmentioned", {NORTH, SOUTH, CENTRE}),  # an inflamed pancreas
    ("contraindication-unmentioned", {SOUTH, CENTRE}),
    ("disclosure-missing", {SOUTH, CENTRE}),
]

# claims on which passages of two pages cannot both be so, or pull a reader two ways
DISAGREE = {
    "how-often",
    "lowers-blood-pressure",
    "nausea",
    "tablet-approved",
    "tablet-lowers-weight",
    "weight-comes-back",
    "what-obesity-is",
    "who-should-not",
    # on two claims that bear on each other
    "gallstones",
    "tablet-kilograms-lost",
}
OF_DEGREE = {"serious-harms", "shot-a-tenth-lost", "shot-kilograms-lost"}

# claim, words that are false and so must not be offered for copying on its page
FALSE_OFFERS = [
    ("weight-comes-back", "Studies have not shown that weight comes back"),
    ("lowers-blood-pressure", "It may lower blood pressure by up to 12 mmHg"),
    ("shot-a-tenth-lost", "It is not known whether many people lose a tenth"),
    ("tablet-kilograms-lost", "It is not known whether people lose about 1 kg"),
    ("shot-kilograms-lost", "may shed up to 20 kg"),
    ("what-obesity-is", "may be a body mass index"),
]

SENTENCES = [
    ("Our patients lose 25 kg in a month with the weekly shot.", True),
    ("You will lose 40 pounds.", True),
    ("The weekly shot guarantees weight loss.", True),
    ("Our exampramine tablets are approved for weight loss.", True),
    ("The weekly shot has no side effects.", True),
    ("Pregnant women can safely use the weekly shot.", True),
    ("Obesity means a body mass index of 25 kg/m2 or more.", True),
    fault("an amount without its unit is not read", "Obesity means a BMI over 25.", True),
    ("The weekly shot lowers blood pressure by 20 mmHg.", True),
    ("The weight stays off for good after you stop the shots.", True),
    ("The balloon can stay in for two years.", True),
    ("Most people keep the weight off after the balloon is out.", True),
    ("Our compounded examplutide is the same as the weekly shot.", True),
    fault(
        "how often is not read where it is written in words", "Inject the shot twice a day.", True
    ),
    fault("a harm that is denied is not read", "Nobody feels sick on our weekly shot.", True),
    ("Examplutide is approved for adults with obesity.", False),
    ("In one trial, 46% (92 of 200) lost at least a tenth of their weight on the shot.", False),
    ("In one trial, 82 of 200 people (41%) felt sick on the weekly shot.", False),
    ("Do not use the weekly shot if you are pregnant.", False),
    ("Obesity means a body mass index of 30 kg/m2 or more.", False),
    ("Weight often comes back once the shots stop.", False),
    ("The balloon may help you lose weight.", False),
    ("We are open from nine to five on weekdays.", False),
]


@pytest.fixture(scope="module")
def base() -> Base:
    return load(WEIGHT_LOSS, WEIGHT_LOSS / "snapshots", WEIGHT_LOSS / "figures")


@pytest.fixture(scope="module")
def report(base: Base) -> Report:
    return check(base)


@pytest.fixture(scope="module")
def vetter(base: Base) -> Vetter:
    return Vetter(base)


@pytest.mark.parametrize(("claim", "page", "words", "verdict"), PASSAGES)
def test_verdicts(report: Report, claim: str, page: str, words: str, verdict: str) -> None:
    passages = [
        o
        for o in report.base.claims[claim].occurrences
        if o.page == page and o.quote.startswith(words)
    ]
    assert [report.verdict(o).label for o in passages] == [verdict]


def test_every_passage_has_a_row(base: Base) -> None:
    rows = [getattr(row, "values", row)[:3] for row in PASSAGES]
    unlisted = [
        o.id
        for o in base.occurrences.values()
        if not any((o.claim, o.page) == row[:2] and o.quote.startswith(row[2]) for row in rows)
    ]
    assert not unlisted


@pytest.mark.parametrize(("rule", "pages"), PAGE_FLAGS)
def test_flags_on_pages(report: Report, rule: str, pages: set[str]) -> None:
    assert {page for flag in report.by_rule.get(rule, ()) for page in flag.pages} == pages


def test_no_record_is_flagged(report: Report) -> None:
    assert [str(flag) for flag in report.flags if flag.category == "record"] == []


def test_every_quote_is_on_its_page(report: Report) -> None:
    checks = {o.id: report.quote_check(o) for o in report.base.occurrences.values()}
    assert set(checks.values()) == {"found"}


@pytest.mark.parametrize(("sentence", "flagged"), SENTENCES)
def test_sentences(vetter: Vetter, sentence: str, flagged: bool) -> None:
    result = vetter.vet(sentence)
    rules = {
        flag.rule
        for judged in result.sentences
        for flag in judged.flags
        if flag.severity in ("error", "warning")
    }
    assert bool(rules) is flagged, rules


def test_pages_that_disagree(report: Report) -> None:
    flags = report.by_rule["pages-disagree"]
    assert {claim for flag in flags for claim in flag.claims} == DISAGREE | OF_DEGREE
    notes = {claim for flag in flags if flag.severity == "note" for claim in flag.claims}
    assert notes >= OF_DEGREE


def test_site_shows_its_own_units(weight_loss_site: Path) -> None:
    html = (weight_loss_site / "claims/lowers-blood-pressure.html").read_text(encoding="utf-8")
    assert "12 mmHg" in html


@pytest.mark.parametrize(("claim", "words"), FALSE_OFFERS)
def test_nothing_false_is_offered(weight_loss_site: Path, claim: str, words: str) -> None:
    html = (weight_loss_site / f"claims/{claim}.html").read_text(encoding="utf-8")
    assert "You may write instead" in html or "No evidence-based wording yet" in html
    assert words not in html
