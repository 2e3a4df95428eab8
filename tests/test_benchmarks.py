"""The base on which costs are measured is one that loads, and its claims bear on one another."""

import sys
from itertools import combinations

import pytest
from conftest import ROOT

from claimbook.evidence.disagreements import between_pages
from claimbook.evidence.index import Index
from claimbook.evidence.relations import relations
from claimbook.evidence.undecided import undecided, undecided_on_outcome
from claimbook.loading.load import load
from claimbook.records import UNCHECKABLE
from claimbook.rules.check import check


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("made-up")
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from generate import generate
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    generate(folder, claims=120)
    return Index(load(folder))


def test_the_made_up_base_has_what_a_real_one_has(index: Index) -> None:
    claims = index.base.claims.values()
    assert len(claims) == 120
    assert all(claim.truth and claim.evidence and claim.occurrences for claim in claims)
    assert relations(index)
    assert any(len(each.claims) == 2 for each in between_pages(index))


def test_the_made_up_base_can_be_published(index: Index) -> None:
    report = check(index.base)
    assert report.flags
    assert not report.faults


def test_no_pair_to_decide_is_lost_by_looking_at_groups_only(index: Index) -> None:
    base = index.base
    topics = [set(topic.claims) for topic in base.topics.values()]
    above = base.vocabulary.above
    claims = [claim for _, claim in sorted(base.claims.items()) if claim.kind not in UNCHECKABLE]
    near = {
        (claim.id, other.id)
        for claim, other in combinations(claims, 2)
        if claim.about.outcome == other.about.outcome
        or claim.about.outcome in above[other.about.outcome or ""]
        or other.about.outcome in above[claim.about.outcome or ""]
        or any({claim.id, other.id} <= topic for topic in topics)
    }
    decided = relations(index).keys()
    near -= {pair for pair in near if pair in decided or pair[::-1] in decided}
    scopes = {claim.id: claim.about for claim in claims}
    listed = {(pair.claim.id, pair.other.id) for pair in undecided(index)}
    assert listed <= near
    for name, other in near - listed:  # left out only where nobody could be in both
        assert scopes[name].population != scopes[other].population or (
            scopes[name].intervention != scopes[other].intervention
        )


def test_the_pairs_on_one_outcome_are_those_of_all_pairs(index: Index) -> None:
    of_all = {pair for pair in undecided(index) if pair.shared == "outcome"}
    claims = index.base.claims.values()
    assert {pair for claim in claims for pair in undecided_on_outcome(claim, index)} == of_all
    assert of_all
