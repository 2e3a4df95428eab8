"""How a finding's scope stands to a claim's."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.evidence.directness import Difference, Directness, directness, relation
from claimbook.records import FACETS, Concept, Scope, Vocabulary

BROADER = {
    "child": ("person",),
    "adult": ("person",),
    "runner": ("adult", "athlete"),
    "athlete": ("person",),
    "infant": ("child",),
}
NAMES = ["person", *BROADER, "horse"]
CONCEPTS = {
    name: Concept(name, "population", name, broader=BROADER.get(name, ())) for name in NAMES
}
CONCEPTS |= {
    "water": Concept("water", "comparator", "Water", inactive=True),
    "warm-water": Concept("warm-water", "comparator", "Warm water", broader=("water",)),
    "tea": Concept("tea", "comparator", "Tea"),
}
VOCABULARY = Vocabulary(CONCEPTS, {})


@pytest.mark.parametrize(
    ("wanted", "found", "how"),
    [
        ("person", "child", Difference.NARROWER),
        ("person", "infant", Difference.NARROWER),  # at any distance
        ("child", "person", Difference.BROADER),
        ("infant", "person", Difference.BROADER),
        ("adult", "athlete", Difference.OVERLAPPING),  # runners are both
        ("athlete", "adult", Difference.OVERLAPPING),
        ("child", "adult", Difference.OTHER),  # siblings with nobody in common
        ("person", "horse", Difference.OTHER),
        ("horse", "unheard-of", Difference.OTHER),
    ],
)
def test_relation(wanted: str, found: str, how: Difference) -> None:
    assert relation(wanted, found, VOCABULARY) is how


@pytest.mark.parametrize(
    ("claim", "finding", "differences"),
    [
        (Scope(), Scope(), ()),
        (
            Scope(),
            Scope(population="child", intervention="footbath"),
            (),
        ),  # what the claim leaves open, anything meets
        (Scope(population="child"), Scope(population="child"), ()),
        (Scope(population="child"), Scope(), (("population", Difference.UNSTATED),)),
        (
            Scope(population="person"),
            Scope(population="child"),
            (("population", Difference.NARROWER),),
        ),
        (
            Scope(population="child"),
            Scope(population="person"),
            (("population", Difference.BROADER),),
        ),
        (Scope(population="child"), Scope(population="horse"), (("population", Difference.OTHER),)),
        # a claim without a comparator means against nothing, or against what is as good as nothing
        (Scope(), Scope(comparator="tea"), (("comparator", Difference.ACTIVE),)),
        (Scope(), Scope(comparator="water"), ()),
        (Scope(), Scope(comparator="warm-water"), ()),
        (Scope(comparator="tea"), Scope(comparator="tea"), ()),
        (Scope(comparator="tea"), Scope(), ()),  # a finding need name none
        (Scope(comparator="tea"), Scope(comparator="soup"), (("comparator", Difference.OTHER),)),
        (Scope(setting="home"), Scope(), (("setting", Difference.UNSTATED),)),
        (
            Scope(population="adult", outcome="coughing"),
            Scope(population="athlete", outcome="sneezing"),
            (("population", Difference.OVERLAPPING), ("outcome", Difference.OTHER)),
        ),
    ],
)
def test_directness(
    claim: Scope, finding: Scope, differences: tuple[tuple[str, Difference], ...]
) -> None:
    assert directness(claim, finding, VOCABULARY).differences == differences


@pytest.mark.parametrize(
    ("differences", "apart", "rank", "text"),
    [
        ((), False, 0, "direct"),
        ((("population", Difference.NARROWER),), False, 1, "population narrower"),
        (
            (("population", Difference.UNSTATED), ("setting", Difference.OTHER)),
            True,
            3,
            "population unstated; setting other",
        ),
        # the worst facet counts, not how many differ
        (
            (("population", Difference.NARROWER), ("setting", Difference.OVERLAPPING)),
            False,
            1,
            "population narrower; setting overlapping",
        ),
        ((("population", Difference.BROADER),), False, 2, "population broader"),
        ((("setting", Difference.UNSTATED),), False, 2, "setting unstated"),
        # one form of the treatment is direct evidence on the treatment
        ((("intervention", Difference.NARROWER),), False, 0, "intervention narrower"),
        ((("comparator", Difference.NARROWER),), False, 0, "comparator narrower"),
        ((("comparator", Difference.ACTIVE),), False, 1, "comparator active"),
        ((("intervention", Difference.BROADER),), False, 2, "intervention broader"),
    ],
)
def test_what_the_differences_make(
    differences: tuple[tuple[str, Difference], ...], apart: bool, rank: int, text: str
) -> None:
    one = Directness(differences)
    assert (one.unrelated, one.rank, str(one)) == (apart, rank, text)


SCOPES = st.builds(Scope, **{name: st.none() | st.sampled_from(NAMES) for name in FACETS})
MIRROR = {Difference.NARROWER: Difference.BROADER, Difference.BROADER: Difference.NARROWER}


@given(SCOPES)
def test_a_scope_is_direct_to_itself(scope: Scope) -> None:
    assert not directness(scope, scope, VOCABULARY).differences


@given(SCOPES, SCOPES)
def test_direct_means_that_every_facet_asked_for_is_met(claim: Scope, finding: Scope) -> None:
    found = directness(claim, finding, VOCABULARY)
    met = all(
        wanted == getattr(finding, name)
        or (name == "comparator" and getattr(finding, name) is None)
        for name, wanted in claim.facets()
    )
    met = met and (claim.comparator is not None or not VOCABULARY.active(finding.comparator))
    assert (not found.differences) == met
    assert not (met and found.rank)
    assert found.unrelated == (found.rank == 3)


@given(SCOPES, SCOPES, st.sampled_from([name for name in FACETS if name != "comparator"]))
def test_a_claim_that_leaves_a_facet_open_is_met_no_less(
    claim: Scope, finding: Scope, facet: str
) -> None:
    opened = dataclasses.replace(claim, **{facet: None})  # type: ignore[arg-type]
    assert (
        directness(opened, finding, VOCABULARY).rank <= directness(claim, finding, VOCABULARY).rank
    )


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_relation_is_mirrored(one: str, other: str) -> None:
    if one != other:
        how = relation(one, other, VOCABULARY)
        assert relation(other, one, VOCABULARY) is MIRROR.get(how, how)
