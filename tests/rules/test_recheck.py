"""Judging again what a change can reach says what judging everything says: held to it at random."""

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import ROOT, WEIGHT_LOSS
from hypothesis import example, given
from hypothesis import strategies as st

sys.path.insert(0, str(ROOT / "benchmarks"))
from generate import generate

from claimbook.curation.impact import without
from claimbook.loading.load import load
from claimbook.records import Base, ClaimRelation, Kind, RelationKind, Scope, Withdrawal, YesNo
from claimbook.rules.check import Report, check
from claimbook.rules.recheck import reached, recheck

TODAY = date(2027, 6, 1)
# What a record may take from another one of its kind, and every reference still leads somewhere.
TAKEN: Mapping[str, tuple[str, ...]] = {
    "claims": (
        *("kind", "about", "evidence", "set_aside", "certainty", "searched", "say", "truth"),
        *("exceeds_design", "review_by", "withdrawn"),
    ),
    "occurrences": ("page", "quote", "section", "says", "cites", "about"),
    "sources": (
        *("kind", "design", "standing", "participants", "text_read", "risk_of_bias"),
        *("overlaps", "contains"),
    ),
    "findings": ("about", "says", "read", "printed", "counted"),
    "pages": ("regimen", "sections", "passed_over"),
    "topics": ("claims", "found", "harms", "answer", "unknown"),
}
WORDS = (
    *("Our safe drip cures nine in ten, with mild side effects.", "It may help, says a study."),
    *("It is approved for this and works within minutes.", "This is not approved for this use."),
    *("Guaranteed relief for 77% of our guests, thereby ending pain.", "Nothing compares."),
)


@cache
def judged(name: str) -> Report:
    """A base by its name, with everything that is said of it."""
    if name == "weight loss":
        texts = WEIGHT_LOSS / "snapshots", WEIGHT_LOSS / "figures"
        return check(load(WEIGHT_LOSS, *texts), today=TODAY)
    with TemporaryDirectory() as folder:
        generate(Path(folder), int(name.removesuffix(" claims")))
        return check(load(folder), today=TODAY)


def changed(base: Base, chance: random.Random) -> Base:
    """The base with one thing in one record otherwise."""
    kind = chance.choice(("gone", "withdrawn", "related", "words", "moved", *TAKEN, *TAKEN))
    names = {
        "gone": [*base.sources, *base.findings, *base.claims, *base.claims],
        "words": [*base.occurrences],
        "moved": [*base.claims],
    }
    name = chance.choice(
        names.get(kind) or list(getattr(base, kind if kind in TAKEN else "claims"))
    )
    if kind == "gone":
        return without(base, frozenset({name}))
    if kind == "withdrawn":
        off = Withdrawal(date(2026, 1, 1), "It was wrong.") if chance.random() < 0.8 else None
        return _with(base, "claims", name, withdrawn=off)
    if kind == "related":
        to, how = chance.choice(list(base.claims)), chance.choice(list(RelationKind))
        relations = () if to == name else (ClaimRelation(to, how, "They are about feet."),)
        return _with(base, "claims", name, relations=relations)
    if kind == "words":
        return _with(base, "occurrences", name, quote=chance.choice(WORDS))
    if kind == "moved":  # what stands above it in its file is longer
        at = base.claims[name].at
        return _with(base, "claims", name, at=at._replace(line=at.line + 1))
    field, records = chance.choice(TAKEN[kind]), getattr(base, kind)
    value = getattr(records[chance.choice(list(records))], field)
    if field in ("overlaps", "contains"):
        value = tuple(key for key in value or (chance.choice(list(base.sources)),) if key != name)
    return _with(base, kind, name, **{field: value})


def _with(base: Base, kind: str, name: str, /, **parts: Any) -> Base:
    """The base with other parts of one record; every other record is the same object."""
    record = replace(getattr(base, kind)[name], **parts)
    if kind in ("occurrences", "findings"):
        outer, inner = ("claims", "claim") if kind == "occurrences" else ("sources", "source")
        holder = getattr(base, outer)[getattr(record, inner)]
        held = tuple(record if each.id == record.id else each for each in getattr(holder, kind))
        return _with(base, outer, holder.id, **{kind: held})
    records: dict[str, Any] = {kind: {**getattr(base, kind), name: record}}
    return replace(base, **records)


def assert_same(base: Base, before: Report, after: Report) -> None:
    everything = check(base, today=TODAY)
    assert [*map(repr, after.flags)] == [*map(repr, everything.flags)], before
    assert after.rules_run == everything.rules_run
    passages = base.occurrences.values()
    assert [*map(after.verdict, passages)] == [*map(everything.verdict, passages)]


def others(records: Mapping[str, Any], name: str, field: str) -> list[Any]:
    """The values of a field that other records have and a record has not."""
    own, found = getattr(records[name], field), list[Any]()
    for record in records.values():
        value = getattr(record, field)
        if field in ("overlaps", "contains"):
            value = tuple(key for key in value if key != name)
        if value != own and value not in found:
            found.append(value)
    return found


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("weight loss", ("findings", "sources", "claims", "pages")),
        ("40 claims", ("findings", "sources")),
    ],
)
def test_after_each_change_of_one_field(name: str, kinds: Sequence[str]) -> None:
    before = judged(name)
    rules = set[str]()
    for kind in kinds:
        records = getattr(before.base, kind)
        for number, record in enumerate(records):  # each with every third field, in turn
            for field in TAKEN[kind][number % 3 :: 3]:
                if values := others(records, record, field):
                    value = values[number % len(values)]  # each record takes another one
                    base = _with(before.base, kind, record, **{field: value})
                    after = recheck(before, base)
                    assert after.flags == check(base, today=TODAY).flags, (record, field, value)
                    rules |= {flag.rule for flag in {*after.flags} ^ {*before.flags}}
    page = {"same-study-harm-omitted", "approval-status-missing", "regimen-mismatch"}
    assert page & rules, "what a page leaves out is among what changes"


@pytest.mark.parametrize("name", ["weight loss", "40 claims"])
@given(seed=st.integers(0, 2**32), count=st.integers(1, 3))
@example(seed=2675, count=2)  # a finding on another outcome prints a passage's figure
def test_after_any_changes_all_is_said_that_judging_everything_says(
    name: str, seed: int, count: int
) -> None:
    chance, before = random.Random(seed), judged(name)
    for _ in range(count):  # each on top of the one before
        base = changed(before.base, chance)
        after = recheck(before, base)
        assert_same(base, before, after)
        before = after


def test_a_change_of_a_claim_reaches_few_others() -> None:
    base = judged("200 claims").base
    name = next(iter(base.claims))
    subjects = reached(base, _with(base, "claims", name, statement="Otherwise."))
    on_its_pages = {o.id for each in base.claims[name].occurrences for o in base.by_page[each.page]}
    assert on_its_pages <= subjects, "which may tell the size of a harm that it makes small"
    assert len(subjects & base.occurrences.keys()) < len(base.occurrences) / 2


def test_without_a_change_nothing_is_judged() -> None:
    before = judged("weight loss")
    assert not (reached(before.base, before.base) - before.base.topics.keys())
    assert recheck(before, before.base).flags == before.flags


def test_what_is_gone_or_new_is_reached() -> None:
    base = judged("weight loss").base
    key = "imaginary-trial-a"
    of_source = {key, *(finding.key for finding in base.sources[key].findings)}
    for other, subjects in (
        (replace(base, topics={}), base.topics.keys()),
        (without(base, frozenset({key})), of_source),
    ):
        assert subjects <= reached(base, other)
        assert subjects <= reached(other, base)


def test_a_claim_on_approval_and_its_evidence_reach_every_page() -> None:
    base = judged("weight loss").base
    for claim in base.claims.values():  # one page says nothing
        passages = tuple(o for o in claim.occurrences if o.page != "example-balloon-centre")
        base = _with(base, "claims", claim.id, occurrences=passages)
    claim = next(claim for claim in base.claims.values() if claim.kind is Kind.APPROVAL)
    assert base.pages.keys() <= reached(base, _with(base, "claims", claim.id, evidence=()))
    key = claim.evidence[0].finding
    assert base.pages.keys() <= reached(base, _with(base, "findings", key, says=YesNo(False)))


def test_a_relation_reaches_the_claims_that_lead_to_it_through_others() -> None:
    base = judged("weight loss").base
    chain = ("balloon-time", "how-often", "gallstones", "nausea")
    for name, other in pairwise(chain):
        implies = ClaimRelation(other, RelationKind.IMPLIES, "It is invented.")
        base = _with(base, "claims", name, relations=(implies,))
    assert chain[0] in reached(base, _with(base, "claims", chain[2], relations=()))


def test_what_a_review_contains_reaches_what_rests_on_the_review() -> None:
    before = judged("weight loss")
    trial = before.base.sources["imaginary-trial-a"]
    findings = tuple(
        replace(each, about=replace(each.about, intervention="stomach-balloon"))
        for each in trial.findings
    )
    base = _with(before.base, "sources", trial.id, findings=findings)
    name = "weight-comes-back"  # on an outcome that the trial does not report
    assert {name, *(o.id for o in base.claims[name].occurrences)} <= reached(before.base, base)
    assert_same(base, before, recheck(before, base))
    assert recheck(before, base).flags != before.flags


def test_a_finding_reaches_a_passage_on_another_outcome_than_its_claim() -> None:
    base, name = judged("weight loss").base, "slows-the-stomach/example-clinic-north"
    base = _with(base, "occurrences", name, about=Scope(outcome="nausea"))
    changed = _with(base, "findings", "imaginary-trial-a/nausea", says=YesNo(False))
    assert name in reached(base, changed)
