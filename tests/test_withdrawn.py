"""A claim that was withdrawn: its passages are not judged, nothing is offered, drafts pass it by."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import WEIGHT_LOSS
from factories import CLAIM, TOPIC, changed, write_base

from claimbook.loading.load import load
from claimbook.records import Base, LoadError, Verdict, Withdrawal
from claimbook.rules.check import check
from claimbook.site.context import Context
from claimbook.site.exports import table
from claimbook.site.pages import files, render
from claimbook.site.search_index import ADDRESS
from claimbook.vetting.vet import Vetter

BASE = load(WEIGHT_LOSS, WEIGHT_LOSS / "snapshots", WEIGHT_LOSS / "figures")
WHY = Withdrawal(date(2002, 1, 1), "The trial was retracted.")


def withdrawn(name: str) -> Base:
    """The base with one claim withdrawn."""
    return replace(BASE, claims={**BASE.claims, name: replace(BASE.claims[name], withdrawn=WHY)})


@pytest.mark.parametrize("name", BASE.claims)
def test_every_claim_can_be_withdrawn(name: str) -> None:
    base = withdrawn(name)
    report = check(base)
    passages = base.claims[name].occurrences
    assert {report.verdict(o) for o in passages} <= {Verdict.NOT_CHECKED}
    assert not report.by_claim.get(name)
    rest = {o.id: report.verdict(o) for o in base.occurrences.values() if o.claim != name}
    before = check(BASE)
    assert rest == {key: before.verdict(BASE.occurrences[key]) for key in rest}
    vetter = Vetter(base)
    for passage in passages:
        assert name not in {c for s in vetter.vet(passage.quote).sentences for c in s.claims}


def test_the_site_says_that_it_is_withdrawn() -> None:
    report = check(withdrawn("nausea"))
    pages = render(report)
    page = pages["claims/nausea.md"]
    assert page.title == "The weekly shot makes many people feel sick? Withdrawn"
    assert "We withdrew this claim on 2002-01-01.</strong> The trial was retracted." in page.html
    assert "Wording a clinic may use" not in page.html
    assert page.html.count("We have withdrawn the claim that this passage makes") == 2
    found = [files(Context(each), render(each))[ADDRESS] for each in (report, check(BASE))]
    assert ["claims/nausea.html" in index for index in found] == [False, True]
    row = next(row for row in table("claims", report) if row["id"] == "nausea")
    assert row["withdrawn"] == {"on": "2002-01-01", "because": "The trial was retracted."}
    assert row["verdict"] == "not-checked"


def test_no_question_is_answered_by_a_claim_that_is_withdrawn(tmp_path: Path) -> None:
    truth = 'truth: {is: "no", line: No. A trial saw no difference.}\nset-aside:\n'
    gone = f"withdrawn: {{on: 2002-01-01, because: An error.}}\n{truth}"
    topic = changed(TOPIC, "claims:", "truth-of: shorter-cold\nclaims:")
    load(write_base(tmp_path, {TOPIC: topic, CLAIM: changed(CLAIM, "set-aside:\n", truth)}))
    root = write_base(tmp_path, {TOPIC: topic, CLAIM: changed(CLAIM, "set-aside:\n", gone)})
    with pytest.raises(LoadError, match=r"topic\.yaml:3:11: 'shorter-cold' is withdrawn and ans"):
        load(root)
