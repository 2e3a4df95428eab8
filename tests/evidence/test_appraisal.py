"""Which findings decide, and what they make of a passage."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from factories import Example, small_base

from claimbook.evidence.appraisal import (
    appraise,
    body,
    of_source,
    only_warns,
    rating,
    reports_rightly,
    source_ids,
)
from claimbook.evidence.certainty import Certainty
from claimbook.evidence.index import Index
from claimbook.evidence.support import Support, support
from claimbook.records import Base, Concept, Relation, Vocabulary, compare, parse_value

LESS, MORE, NONE = {"effect": "reduces"}, {"effect": "increases"}, {"effect": "none"}
ABOUT = {"population": "adults", "intervention": "footbath", "outcome": "coughing"}


def finding(says: Any = NONE, **fields: Any) -> dict[str, Any]:
    return {"says": dict(says), "about": ABOUT | fields.pop("about", {}), **fields}


def passage(says: Any = LESS, **fields: Any) -> dict[str, Any]:
    return {"page": "clinic-a", "quote": "Footbaths ease coughing.", "says": dict(says), **fields}


def base_of(
    findings: dict[str, Any],
    folder: Path,
    kind: str = "efficacy",
    occurrences: list[Any] | None = None,
    **more: Any,
) -> Base:
    known = {key: {"about": one["about"], **one} for key, one in findings.items()}
    return small_base(
        {
            "kind": kind,
            "about": ABOUT,
            "evidence": list(findings),
            "findings": known,
            "occurrences": occurrences or [passage()],
            **more,
        },
        folder,
    )


MANY, FEWER = ({"enrolled": 300, "analysed": seen} for seen in (300, 299))
OTHER_PEOPLE = {"about": {"population": "horses"}}


@pytest.mark.parametrize(
    ("findings", "deciding"),
    [
        ({"a/coughing": finding()}, ["a/coughing"]),
        (
            {"a/coughing": finding(), "b/coughing": finding()},
            ["a/coughing", "b/coughing"],
        ),  # all of the highest level
        ({"a/coughing": finding(), "b/coughing": finding(design="case-series")}, ["a/coughing"]),
        (
            {
                "a/coughing": finding(design="case-series"),
                "b/coughing": finding(design="review-of-trials"),
            },
            ["b/coughing"],
        ),
        (
            {"a/coughing": finding(design="case-series"), "b/coughing": finding(design="cohort")},
            ["a/coughing", "b/coughing"],
        ),
        # the more direct before the higher level
        (
            {
                "a/coughing": finding(about={"intervention": None}),
                "b/coughing": finding(design="case-series"),
            },
            ["b/coughing"],
        ),
        # nothing in common, or another outcome: cannot decide
        ({"a/coughing": finding(**OTHER_PEOPLE)}, []),
        ({"a/coughing": finding(about={"outcome": "sneezing"})}, []),
        (
            {"a/coughing": finding(**OTHER_PEOPLE), "b/coughing": finding(design="case-report")},
            ["b/coughing"],
        ),
        # what cannot be compared does not decide
        (
            {"a/coughing": finding({"amount": "40 min"}), "b/coughing": finding(design="survey")},
            ["b/coughing"],
        ),
        # second-hand never decides alone, and joins its rank
        ({"a/coughing": finding(read="second-hand")}, []),
        ({"a/coughing": finding(text_read="second-hand")}, []),
        ({"a/coughing": finding(text_read="none")}, []),
        (
            {"a/coughing": finding(read="second-hand"), "b/coughing": finding()},
            ["a/coughing", "b/coughing"],
        ),
        (
            {"a/coughing": finding(read="second-hand"), "b/coughing": finding(design="survey")},
            ["b/coughing"],
        ),
        # a review speaks for the trials that it contains, and for no other; trials are above the rest
        (
            {
                "a/coughing": finding(design="review-of-trials", contains=["b"]),
                "b/coughing": finding(),
                "c/coughing": finding(),
                "d/coughing": finding(design="survey"),
            },
            ["a/coughing", "c/coughing"],
        ),
        (
            {
                "a/coughing": finding(design="review-of-observations", contains=["b"]),
                "b/coughing": finding(design="case-series"),
                "c/coughing": finding(design="cohort"),
            },
            ["a/coughing", "c/coughing"],
        ),
        # ... where it was read, and is as direct
        (
            {
                "a/coughing": finding(
                    design="review-of-trials", contains=["b"], text_read="second-hand"
                ),
                "b/coughing": finding(),
            },
            ["a/coughing", "b/coughing"],
        ),
        (
            {
                "a/coughing": finding(
                    design="review-of-trials", contains=["b"], about={"population": None}
                ),
                "b/coughing": finding(),
            },
            ["b/coughing"],
        ),
        # what a study plans is not what it found
        ({"a/coughing": finding(kind="registry", design="protocol")}, []),
        (
            {
                "a/coughing": finding(kind="registry", design="protocol"),
                "b/coughing": finding(design="survey"),
            },
            ["b/coughing"],
        ),
        # where evidence is graded, authorities come last
        (
            {
                "a/coughing": finding(kind="guideline", design="authority"),
                "b/coughing": finding(design="survey"),
            },
            ["b/coughing"],
        ),
        ({"a/coughing": finding(kind="guideline", design="authority")}, ["a/coughing"]),
        # ... beside what has no level either
        (
            {
                "a/coughing": finding(kind="guideline", design="authority"),
                "b/coughing": finding(kind="review", design="narrative-review"),
                "c/coughing": finding(design="survey", read="second-hand"),
            },
            ["a/coughing", "b/coughing"],
        ),
    ],
)
def test_which_findings_decide(
    findings: dict[str, Any], deciding: list[str], tmp_path: Path
) -> None:
    cleaned = {
        key: one | {"about": {facet: name for facet, name in one["about"].items() if name}}
        for key, one in findings.items()
    }
    base = base_of(cleaned, tmp_path)
    weighing = appraise(next(iter(base.occurrences.values())), Index(base))
    assert [one.evidence.finding.key for one in weighing.deciding] == deciding
    assert len(weighing.all) == len(findings)


@pytest.mark.parametrize(
    "kind", ["approval", "definition", "contraindication", "regimen", "eligibility"]
)
def test_authorities_decide_questions_of_fact(kind: str, tmp_path: Path) -> None:
    label = finding({"is": "no"}, kind="label", design="authority")
    base = base_of(
        {"trial/coughing": finding({"is": "yes"}), "label/coughing": label},
        tmp_path,
        kind,
        [passage({"is": "yes"})],
    )
    weighing = appraise(next(iter(base.occurrences.values())), Index(base))
    assert [one.evidence.source.id for one in weighing.deciding] == ["label"]
    assert weighing.rating is None
    assert weighing.support == {Support.CONTRADICTS}


TEA = {"about": {"comparator": "tea"}}
BESIDE_TEA = "compared with hot tea, which does not tell of it beside nothing"


@pytest.mark.parametrize(
    ("says", "found", "about", "support", "reason"),
    [
        # no better, worse or better than a treatment: what it does beside nothing is not told
        (LESS, NONE, {}, None, BESIDE_TEA),
        (NONE, NONE, {}, None, BESIDE_TEA),
        (LESS, MORE, {}, None, BESIDE_TEA),
        (LESS, LESS, {}, None, BESIDE_TEA),
        # where the passage compares with that treatment, too
        (LESS, NONE, TEA, Support.CONTRADICTS, "reduces it, against no difference found"),
        (NONE, NONE, TEA, Support.SUPPORTS, "both say no difference found"),
    ],
)
def test_a_treatment_to_compare_with(
    says: dict[str, str],
    found: dict[str, str],
    about: dict[str, Any],
    support: Support | None,
    reason: str,
    tmp_path: Path,
) -> None:
    vocabulary = {"coughing": {"good": "less"}, "tea": {"facet": "comparator", "label": "Hot tea"}}
    base = base_of(
        {"trial/coughing": finding(found, **TEA)},
        tmp_path,
        occurrences=[passage(says, **about)],
        vocabulary=vocabulary,
    )
    (appraised,) = appraise(*one_of(base)).all
    assert (appraised.support, appraised.reason) == (support, reason)
    assert appraised.comparison
    assert (appraised.comparison.relation is Relation.NOT_COMPARABLE) is (support is None)
    assert appraised.decides is (support is not None)


@pytest.mark.parametrize(
    ("says", "found", "support", "reason"),
    [
        (MORE, MORE, Support.SUPPORTS, "both say increases it"),
        (NONE, MORE, Support.CONTRADICTS, "no difference found, against increases it"),
        (MORE, NONE, None, BESIDE_TEA),
        (NONE, NONE, None, BESIDE_TEA),  # both may do harm
    ],
)
def test_more_harm_than_with_another_treatment_is_a_warning(
    says: Any, found: Any, support: Support | None, reason: str, tmp_path: Path
) -> None:
    vocabulary = {"coughing": {"harm": True}, "tea": {"facet": "comparator", "label": "Hot tea"}}
    trial = finding(found, participants=MANY, **TEA)
    base = base_of(
        {"trial/coughing": trial}, tmp_path, "safety", [passage(says)], vocabulary=vocabulary
    )
    (appraised,) = appraise(*one_of(base)).all
    assert (appraised.support, appraised.reason) == (support, reason)


@pytest.mark.parametrize(
    ("label", "deciding"),
    [
        ({}, ["label", "trial"]),
        ({"read": "second-hand"}, ["trial"]),
        ({"about": {"intervention": None}}, ["label", "trial"]),  # a warning of more than footbaths
        (OTHER_PEOPLE, ["trial"]),
    ],
)
def test_no_study_that_saw_no_harm_takes_a_warning_back(
    label: dict[str, Any], deciding: list[str], tmp_path: Path
) -> None:
    warning = finding(MORE, kind="label", design="authority", **label)
    warning["about"] = {facet: name for facet, name in warning["about"].items() if name}
    base = base_of(
        {"label/coughing": warning, "trial/coughing": finding(participants=MANY)},
        tmp_path,
        "safety",
        [passage(NONE)],
        vocabulary={"coughing": {"harm": True}},
    )
    assert sorted(appraise(*one_of(base)).sources) == deciding


NOT_SEEN = "not seen in {}, which does not show that it does not happen"
NOT_IN_299 = NOT_SEEN.format("299 people")
NOT_IN_SOME = NOT_SEEN.format("an unknown number of people")
NOBODY = {"share": "0%"}


@pytest.mark.parametrize(
    ("seen", "people", "says", "support", "reason"),
    [
        (NONE, FEWER, NONE, None, NOT_IN_299),  # one in a hundred may have it
        (NONE, {"enrolled": 300}, NONE, None, NOT_IN_SOME),
        (NONE, None, NONE, None, NOT_IN_SOME),
        (NONE, MANY, NONE, Support.SUPPORTS, "both say no difference found"),
        (NOBODY, FEWER, NOBODY, None, NOT_IN_299),
        (NOBODY, MANY, NOBODY, Support.SUPPORTS, "0% against 0%"),
        # a warning comforts nobody
        (NONE, FEWER, MORE, Support.SUPPORTS, "increases it, against no difference found"),
        (NOBODY, FEWER, {"share": "2%"}, Support.SUPPORTS, "2% against 0%"),
        ({"share": "1%"}, FEWER, NOBODY, Support.CONTRADICTS, "0% against 1%"),
    ],
)
def test_no_harm_in_few_people_does_not_show_that_there_is_none(
    seen: Any, people: Any, says: Any, support: Support | None, reason: str, tmp_path: Path
) -> None:
    trial = finding(seen, participants=people)
    vocabulary = {"coughing": {"harm": True}}
    base = base_of(
        {"trial/coughing": trial}, tmp_path, "safety", [passage(says)], vocabulary=vocabulary
    )
    (appraised,) = appraise(*one_of(base)).all
    assert (appraised.support, appraised.reason) == (support, reason)
    assert appraised.comparison
    assert (appraised.comparison.relation is Relation.NOT_COMPARABLE) is (support is None)


def test_a_study_alone_may_support_a_fact(tmp_path: Path) -> None:
    base = base_of(
        {"trial/coughing": finding({"is": "yes"})}, tmp_path, "definition", [passage({"is": "yes"})]
    )
    weighing = appraise(next(iter(base.occurrences.values())), Index(base))
    assert weighing.support == {Support.SUPPORTS}


def test_a_mechanism_that_a_reference_states_is_established_and_not_graded(tmp_path: Path) -> None:
    textbook = finding(LESS, kind="reference", design="authority")
    for number, (findings, graded) in enumerate(
        [
            ({"book/coughing": textbook}, False),
            ({"book/coughing": textbook | {"read": "second-hand"}}, True),
            ({"a/coughing": finding()}, True),
        ]
    ):
        base = base_of(findings, tmp_path / str(number), "mechanism")
        assert (rating(base.claims["claim-1"], Index(base)) is not None) is graded


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        (["low", "low"], Certainty.HIGH),
        (["low", "serious"], Certainty.LOW),
        (["low", None], Certainty.LOW),
        (["unknown"], Certainty.LOW),
    ],
)
def test_counts_are_low_at_most_until_their_bias_is_judged(
    ratings: list[str | None], expected: Certainty, tmp_path: Path
) -> None:
    bias = [
        {"risk_of_bias": {"rating": each, "because": "An example."}} for each in ratings if each
    ]
    bias += [{}] * (len(ratings) - len(bias))
    linked = {f"s{n}/coughing": finding(HOW_MANY, **COHORT, **each) for n, each in enumerate(bias)}
    base = base_of(linked, tmp_path)
    rated = rating(base.claims["claim-1"], Index(base))
    assert rated
    assert rated.certainty is expected


def test_of_a_harm_a_count_is_rated_as_soon_as_there_is_one(tmp_path: Path) -> None:
    linked = {
        "a/coughing": finding(HOW_MANY, **SERIES),
        "b/coughing": finding(MORE, **SERIES),
        "c/coughing": finding(MORE, **SERIES),
    }
    for kind, expected in (("harm", Certainty.MODERATE), ("safety", Certainty.VERY_LOW)):
        base = base_of(linked, tmp_path / kind, kind, certainty=FEW)
        rated = rating(base.claims["claim-1"], Index(base))
        assert rated
        assert rated.certainty is expected
    base = base_of({"a/coughing": finding(MORE)}, tmp_path, "harm", certainty=FEW)
    rated = rating(base.claims["claim-1"], Index(base))
    assert rated
    assert rated.certainty is Certainty.MODERATE  # of a trial, where nobody has counted


@pytest.mark.parametrize(
    ("harm", "says", "expected"),
    [
        (True, {"amount": "2 h"}, Certainty.MODERATE),  # how long a harm lasts is counted
        (True, {"amount": "2 mg"}, Certainty.VERY_LOW),
        (False, {"amount": "2 h"}, Certainty.VERY_LOW),  # how long relief lasts is compared
    ],
)
def test_how_long_a_harm_lasts_is_counted(
    harm: bool, says: dict[str, str], expected: Certainty, tmp_path: Path
) -> None:
    base = base_of({"a/coughing": finding(says, **COHORT)}, tmp_path, "safety", certainty=FEW)
    outcome = Concept("coughing", "outcome", "Coughing", harm=harm)
    concepts = {**base.vocabulary.concepts, "coughing": outcome}
    base = replace(base, vocabulary=replace(base.vocabulary, concepts=concepts))
    rated = rating(base.claims["claim-1"], Index(base))
    assert rated
    assert rated.certainty is expected


def test_only_findings_on_the_outcome_of_the_claim_are_rated(tmp_path: Path) -> None:
    elsewhere = {
        "trial/sneezing": finding(about={"outcome": "sneezing"}),
        "horses/coughing": finding(**OTHER_PEOPLE),
    }
    base = base_of(elsewhere | {"series/coughing": finding(design="case-series")}, tmp_path)
    rated = rating(base.claims["claim-1"], Index(base))
    assert rated
    assert rated.certainty is Certainty.VERY_LOW


HOW_MANY, FEW = {"share": "50%"}, {"risk-of-bias": {"down": 1, "because": "Few answered."}}
COHORT, SERIES = {"design": "cohort"}, {"design": "case-series"}


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        # a share needs no comparison
        ({"a": finding(HOW_MANY, **COHORT)}, Certainty.MODERATE),
        ({"a": finding(HOW_MANY)}, Certainty.MODERATE),
        # an effect does
        ({"a": finding(LESS, **COHORT)}, Certainty.VERY_LOW),
        ({"a": finding(LESS)}, Certainty.MODERATE),
        # the share in one arm of a trial is no trial of the effect
        (
            {"a": finding(HOW_MANY), "b": finding(LESS, **SERIES), "c": finding(LESS, **SERIES)},
            Certainty.VERY_LOW,
        ),
        # what most of the studies in people measured is the question
        (
            {"a": finding(HOW_MANY, **SERIES), "b": finding(LESS), "c": finding(LESS)},
            Certainty.MODERATE,
        ),
        ({"a": finding(HOW_MANY, **SERIES), "b": finding(LESS)}, Certainty.MODERATE),
        ({"a": finding(HOW_MANY, **SERIES), "b": finding(LESS, **SERIES)}, Certainty.MODERATE),
        (
            {
                "a": finding(HOW_MANY, **SERIES),
                "b": finding(LESS, kind="label", design="authority"),
                "c": finding(LESS, design="animal"),
            },
            Certainty.MODERATE,
        ),
        # no better than a treatment answers nothing
        ({"a": finding(NONE, about={"comparator": "tea"})}, Certainty.MODERATE),
    ],
)
def test_the_designs_that_answer_the_question_are_rated(
    findings: dict[str, Any], expected: Certainty, tmp_path: Path
) -> None:
    linked = {f"{key}/coughing": found for key, found in findings.items()}
    base = base_of(linked, tmp_path, certainty=FEW)
    rated = rating(base.claims["claim-1"], Index(base))
    assert rated
    assert rated.certainty is expected


@pytest.mark.parametrize(
    ("outcome", "on_outcome"),
    [
        ("coughing", {"a/coughing": True, "b/sneezing": False}),
        ("sneezing", {"a/coughing": False, "b/sneezing": True}),
        (None, {"a/coughing": True, "b/sneezing": True}),  # a claim on no outcome of its own
    ],
)
def test_a_finding_speaks_on_its_own_outcome(
    outcome: str | None, on_outcome: dict[str, bool], tmp_path: Path
) -> None:
    findings = {key: finding(about={"outcome": key[2:]}) for key in on_outcome}
    base = base_of(findings, tmp_path)
    claim = base.claims["claim-1"]
    linked = body(claim, Index(base), replace(claim.about, outcome=outcome))
    assert {one.finding.key: one.on_outcome for one in linked} == on_outcome
    assert {one.finding.key: one.usable for one in linked} == on_outcome


SHORT_VISIT = {"regimen": {"dose": "20 mg", "length": "40 min"}}
VOCABULARY = Vocabulary(
    {
        name: Concept(name, "outcome", name, good=good, harm=harm)  # type: ignore[arg-type]
        for name, good, harm in [
            ("relief", "more", False),
            ("wait", "less", False),
            ("length", None, False),
            ("scalds", None, True),
            ("fainting", "less", True),
        ]
    },
    {},
)


@pytest.mark.parametrize(
    ("outcome", "page", "found", "supports"),
    [
        ("relief", {"share": "50%"}, {"share": "50.2%"}, Support.SUPPORTS),
        ("relief", {"share": "60%"}, {"share": "50%"}, Support.WEAKER),
        ("relief", {"share": "40%"}, {"share": "50%"}, Support.SUPPORTS),  # a passage may say less
        ("relief", {"share": "40%"}, {"effect": "reduces"}, None),
        ("wait", {"amount": "40 min"}, {"amount": "90 min"}, Support.WEAKER),  # sooner is more
        ("wait", {"amount": "90 min"}, {"amount": "40 min"}, Support.SUPPORTS),
        ("length", {"amount": "40 min"}, {"amount": "90 min"}, Support.CONTRADICTS),
        ("length", {"amount": "90 min"}, {"amount": "40 min"}, Support.CONTRADICTS),
        ("scalds", {"share": "5%"}, {"share": "20%"}, Support.WEAKER),  # less harm is more
        ("scalds", {"share": "30%"}, {"share": "20%"}, Support.SUPPORTS),
        ("scalds", {"share": "0%"}, {"share": "20%"}, Support.CONTRADICTS),  # nobody, of some
        ("fainting", {"share": "5%"}, {"share": "20%"}, Support.WEAKER),
        ("relief", {"effect": "increases"}, {"effect": "none"}, Support.CONTRADICTS),
        ("relief", {"effect": "increases"}, {"effect": "mixed"}, Support.WEAKER),
        ("relief", {"effect": "mixed"}, {"effect": "increases"}, Support.SUPPORTS),
        ("scalds", {"effect": "none"}, {"effect": "increases"}, Support.CONTRADICTS),
        ("scalds", {"effect": "none"}, {"effect": "unclear"}, Support.WEAKER),
        ("scalds", {"effect": "reduces"}, {"effect": "mixed"}, Support.WEAKER),
        ("scalds", {"effect": "increases"}, {"effect": "unclear"}, Support.SUPPORTS),
        ("scalds", {"effect": "unclear"}, {"effect": "increases"}, Support.WEAKER),
        ("scalds", {"effect": "mixed"}, {"effect": "none"}, Support.SUPPORTS),
        ("scalds", {"effect": "mixed"}, {"effect": "unclear"}, Support.SUPPORTS),
        ("scalds", {"effect": "none"}, {"effect": "reduces"}, Support.SUPPORTS),
        # "does not help" where little is known makes less of it; of a wait it makes more
        ("relief", {"effect": "none"}, {"effect": "mixed"}, Support.SUPPORTS),
        ("relief", {"effect": "none"}, {"effect": "unclear"}, Support.SUPPORTS),
        ("wait", {"effect": "none"}, {"effect": "mixed"}, Support.WEAKER),
        ("length", {"effect": "none"}, {"effect": "mixed"}, Support.WEAKER),
        ("length", {"amount": "40 min"}, {"amount": "40 min"}, Support.SUPPORTS),
        ("wait", {"amount": "40 min"}, {"amount": "40 min"}, Support.SUPPORTS),
        ("length", {"only": ["a"]}, {"only": ["a", "b"]}, Support.SUPPORTS),
        ("length", {"only": ["a", "b"]}, {"only": ["a"]}, Support.WEAKER),
        ("relief", {"is": "yes"}, {"is": "no"}, Support.CONTRADICTS),
        ("relief", {"only": ["a", "b"]}, {"only": ["a"]}, Support.WEAKER),
        ("relief", {"only": ["a"]}, {"only": ["a", "b"]}, Support.SUPPORTS),
        ("relief", {"only": ["a"]}, {"only": ["b"]}, Support.CONTRADICTS),
        (
            "relief",
            {"includes": ["a", "b"]},
            {"includes": ["a"]},
            Support.SUPPORTS,
        ),  # what it lists
        ("relief", {"includes": ["a"]}, {"includes": ["a", "b"]}, Support.SUPPORTS),
        ("relief", {"includes": ["a"]}, {"includes": ["b"]}, None),
        ("length", SHORT_VISIT, SHORT_VISIT, Support.SUPPORTS),
        ("length", SHORT_VISIT, {"regimen": {"dose": "20 mg", "length": "2 h"}}, None),
    ],
)
def test_support(
    outcome: str, page: dict[str, Any], found: dict[str, Any], supports: Support | None
) -> None:
    one, two = parse_value(page), parse_value(found)
    assert support(compare(one, two), one, two, outcome, VOCABULARY) is supports


@pytest.mark.parametrize(
    ("outcome", "says", "found", "supports"),
    [
        # to warn of a harm that a study did not see is no contradiction; to promise a benefit is
        ({"harm": True}, MORE, NONE, Support.SUPPORTS),
        ({"good": "more"}, MORE, NONE, Support.CONTRADICTS),
    ],
)
def test_what_a_finding_makes_of_a_passage_depends_on_its_outcome(
    outcome: dict[str, Any],
    says: dict[str, str],
    found: dict[str, str],
    supports: Support,
    tmp_path: Path,
) -> None:
    base = base_of(
        {"trial/coughing": finding(found)},
        tmp_path,
        occurrences=[passage(says)],
        vocabulary={"coughing": outcome},
    )
    (appraised,) = appraise(*one_of(base)).all
    assert appraised.support is supports


def one_of(base: Base) -> tuple[Any, Index]:
    return next(iter(base.occurrences.values())), Index(base)


SHARE = {"share": "50%"}


@pytest.mark.parametrize(
    ("passage", "found", "expected"),
    [
        ({"says": SHARE, "cites": ["a"]}, finding(SHARE), True),
        ({"says": SHARE, "cites": ["unresolved", "a"]}, finding(SHARE), True),
        ({"says": SHARE, "cites": ["b"]}, finding(SHARE), False),
        ({"says": SHARE}, finding(SHARE), False),
        ({"says": {"share": "60%"}, "cites": ["a"]}, finding(SHARE), False),
        ({"says": LESS, "cites": ["a"]}, finding(LESS), False),  # reports no result
        ({"says": LESS, "cites": ["a"], "quote": "A STUDY saw less."}, finding(LESS), True),
        ({"says": LESS, "cites": ["a"], "quote": "In one trial, less."}, finding(LESS), True),
        ({"says": LESS, "cites": ["a"], "quote": "Researchers saw less."}, finding(LESS), True),
        ({"says": LESS, "cites": ["a"], "quote": "A review says less."}, finding(LESS), True),
        ({"says": LESS, "cites": ["a"], "quote": "Industrially less."}, finding(LESS), False),
        ({"says": {"share": "half"}, "cites": ["a"]}, finding(SHARE), False),  # no figure
        # in some of the people of whom it is said, or in others too; in other places is no matter
        ({"says": SHARE, "cites": ["a"]}, finding(SHARE, about={"population": "nurses"}), False),
        ({"says": SHARE, "cites": ["a"], "about": {"population": "nurses"}}, finding(SHARE), False),
        ({"says": SHARE, "cites": ["a"]}, finding(SHARE, about={"intervention": "hot"}), True),
    ],
)
def test_a_passage_may_report_a_study(
    passage: dict[str, Any], found: dict[str, Any], expected: bool, tmp_path: Path
) -> None:
    said = {"page": "clinic-a", "quote": "It eases.", **passage}
    vocabulary = {
        "coughing": {"good": "more"},
        "nurses": {"facet": "population", "broader": "adults"},
        "hot": {"facet": "intervention", "broader": "footbath"},
    }
    base = base_of(
        {"a/coughing": found},
        tmp_path,
        occurrences=[said],
        vocabulary=vocabulary,
        words={"half": SHARE | {"because": "An example."}},
    )
    assert reports_rightly(*one_of(base)) is expected


@pytest.mark.parametrize(
    ("found", "level", "authority", "second_hand"),
    [
        (finding(), 2, False, False),
        (finding(design="survey"), 4, False, False),
        (finding(kind="registry", design="protocol"), None, False, False),
        *(
            (finding(kind=kind, design="authority"), None, True, False)
            for kind in ("guideline", "label", "rule", "notice", "reference")
        ),
        (finding(read="second-hand"), 2, False, True),
        (finding(text_read="second-hand"), 2, False, True),
        (finding(text_read="none"), 2, False, True),
        (finding(text_read="full-text"), 2, False, False),
    ],
)
def test_what_evidence_is(
    found: dict[str, Any],
    level: int | None,
    authority: bool,
    second_hand: bool,
    tmp_path: Path,
) -> None:
    base = base_of({"a/coughing": found}, tmp_path)
    (evidence,) = body(base.claims["claim-1"], Index(base))
    assert (evidence.level, evidence.authority, evidence.second_hand) == (
        level,
        authority,
        second_hand,
    )
    assert (evidence.why, evidence.source.id) == ("An example.", "a")


def test_what_an_appraisal_says(tmp_path: Path) -> None:
    findings = {
        "a/coughing": finding(MORE),
        "b/coughing": finding(MORE),
        "b/sneezing": finding(about={"outcome": "sneezing"}),
        "c/coughing": finding(LESS, design="survey"),
    }
    base = base_of(findings, tmp_path)
    occurrence, index = one_of(base)
    weighing = appraise(occurrence, index)
    assert weighing.support == {Support.CONTRADICTS}
    assert weighing.contradicts
    assert weighing.sources == ("a", "b")
    assert weighing.rating is rating(base.claims["claim-1"], index)
    assert weighing.rating is not None
    assert source_ids(weighing.all) == ("a", "b", "c")
    assert [one.reason for one in weighing.all] == [
        "reduces it, against increases it",
        "reduces it, against increases it",
        "",  # of another outcome: not compared
        "both say reduces it",
    ]
    assert [one.relation for one in weighing.all] == ["conflicts", "conflicts", "", "agrees"]
    assert [one.support for one in weighing.all] == [
        Support.CONTRADICTS,
        Support.CONTRADICTS,
        None,
        Support.SUPPORTS,
    ]


def test_support_is_of_the_deciding_findings(tmp_path: Path) -> None:
    base = base_of({"a/coughing": finding(MORE), "b/coughing": finding(LESS)}, tmp_path)
    weighing = appraise(*one_of(base))
    assert weighing.support == {Support.CONTRADICTS, Support.SUPPORTS}
    assert not weighing.contradicts
    silent = base_of({"a/coughing": finding({"amount": "1 h"})}, tmp_path / "silent")
    assert appraise(*one_of(silent)).support == frozenset()
    assert not appraise(*one_of(silent)).contradicts


def test_concepts_are_compared_in_their_hierarchy(tmp_path: Path) -> None:
    vocabulary = {
        "home": {"facet": "setting"},
        "kitchen": {"facet": "setting", "broader": "home"},
    }
    base = base_of(
        {"a/coughing": finding({"only": ["home"]})},
        tmp_path,
        "regimen",
        [passage({"includes": ["kitchen"]})],
        vocabulary=vocabulary,
    )
    assert appraise(*one_of(base)).support == {Support.SUPPORTS}


LABEL: Example = {"kind": "label", "design": "authority"}
BURNS, WOUNDS = {"includes": ["burns"]}, {"includes": ["wounds"]}


@pytest.mark.parametrize(
    ("names", "findings", "unmet"),
    [
        (["burns"], {"a/coughing": BURNS}, {}),
        (["burns", "wounds"], {"a/coughing": BURNS}, {"wounds": ()}),
        (["burns", "wounds"], {"a/coughing": BURNS, "b/coughing": WOUNDS}, {}),
        (["burns", "wounds"], {"a/coughing": {"only": ["burns", "wounds", "warts"]}}, {}),
        (["blisters", "warts"], {"a/coughing": BURNS}, {"warts": ()}),  # blisters are burns
        (["burns"], {"a/coughing": {"includes": ["blisters"]}}, {"burns": ()}),  # and not all
        (["ward", "home"], {"a/coughing": {"includes": ["bed"]}}, {"home": ()}),  # of places not
        (["burns"], {}, {"burns": ()}),
        (["home"], {"a/coughing": {"includes": ["home"]}}, {}),
        (["burns"], {"a/coughing": {"excludes": ["burns"]}}, {"burns": ()}),
        (["burns"], {"a/coughing": {"is": "yes"}}, {"burns": ()}),
        (["burns"], {"heard/coughing": BURNS}, {"burns": ("heard",)}),
        (["burns", "warts"], {"heard/coughing": BURNS}, {"burns": ("heard",), "warts": ()}),
        (["burns", "wounds"], {"heard/coughing": BURNS, "a/coughing": BURNS}, {"wounds": ()}),
        (["burns"], {"horses/coughing": BURNS}, {"burns": ()}),
        (["burns"], {"a/sneezing": BURNS}, {"burns": ()}),
        (["burns", "wounds"], {"a/coughing": BURNS, "unlinked/coughing": WOUNDS}, {}),
        (["burns", "wounds"], {"a/coughing": BURNS, "aside/coughing": WOUNDS}, {"wounds": ()}),
    ],
)
def test_what_of_a_list_no_finding_lists(
    names: list[str], findings: Example, unmet: Example, tmp_path: Path
) -> None:
    population = {"facet": "population"}
    more: Example = {
        "heard/coughing": {"read": "second-hand"},
        "horses/coughing": OTHER_PEOPLE,
        "a/sneezing": {"about": {"outcome": "sneezing"}},
    }
    base = base_of(
        {key: finding(says, **LABEL | more.get(key, {})) for key, says in findings.items()},
        tmp_path,
        "contraindication",
        [passage({"includes": names})],
        **{
            "evidence": [key for key in findings if not key.startswith(("unlinked", "aside"))],
            "set-aside": [
                {"finding": key, "because": "An example."}
                for key in findings
                if key.startswith("aside")
            ],
            "vocabulary": {
                **dict.fromkeys(("burns", "wounds", "warts"), population),
                "blisters": population | {"broader": "burns"},
                "home": {"facet": "setting"},
                "ward": {"facet": "setting"},
                "bed": {"facet": "setting", "broader": "ward"},
            },
        },
    )
    assert appraise(*one_of(base)).unmet == unmet


def test_of_what_should_be_done_only_authorities_list(tmp_path: Path) -> None:
    for number, (found, unmet) in enumerate(
        [(finding(BURNS), {"burns": ()}), (finding(BURNS, **LABEL), {})]
    ):
        vocabulary = {"burns": {"facet": "population"}, "coughing": {"norm": True}}
        base = base_of({"a/coughing": found}, tmp_path / str(number), "regimen",
                       [passage(BURNS)], vocabulary=vocabulary)  # fmt: skip
        assert appraise(*one_of(base)).unmet == unmet


@pytest.mark.parametrize("mode", ["only", "excludes"])
def test_only_lists_have_members(mode: str, tmp_path: Path) -> None:
    base = base_of({}, tmp_path, "contraindication", [passage({mode: ["home"]})],
                   vocabulary={"home": {"facet": "setting"}})  # fmt: skip
    assert appraise(*one_of(base)).unmet == {}
    assert not only_warns(*one_of(base))


@pytest.mark.parametrize(
    ("kind", "says", "expected"),
    [
        ("contraindication", BURNS, True),
        ("harm", BURNS, True),
        ("eligibility", BURNS, False),
        ("harm", MORE, True),
        ("harm", LESS, False),
        ("harm", {"share": ">=1%"}, True),  # that some have it
        ("harm", {"share": "<1%"}, False),
        ("safety", MORE, False),
        ("onset", {"amount": ">=14 day"}, True),  # a delay that nothing ends
        ("onset", {"amount": "14 to 28 day"}, False),
        ("onset", LESS, False),
        ("durability", {"amount": ">=14 day"}, False),  # a benefit that lasts
    ],
)
def test_what_only_warns(kind: str, says: dict[str, Any], expected: bool, tmp_path: Path) -> None:
    base = base_of({}, tmp_path, kind, [passage(says)],
                   vocabulary={"burns": {"facet": "population"}})  # fmt: skip
    assert only_warns(*one_of(base)) is expected


def test_the_scope_of_the_passage_counts(tmp_path: Path) -> None:
    base = base_of(
        {"a/coughing": finding(MORE), "b/coughing": finding(LESS, about={"population": "nurses"})},
        tmp_path,
        occurrences=[passage(about={"population": "nurses"})],
    )
    weighing = appraise(*one_of(base))
    assert weighing.sources == ("b",)
    found = of_source("a", *one_of(base)) + of_source("b", *one_of(base))
    assert [(one.source.id, one.support, one.decides) for one in found] == [
        ("a", None, False),
        ("b", Support.SUPPORTS, False),
    ]


def test_every_finding_of_a_source_is_compared_linked_or_not(tmp_path: Path) -> None:
    base = base_of(
        {"a/coughing": finding(MORE), "a/sneezing": finding(about={"outcome": "sneezing"})},
        tmp_path,
        evidence=[],
    )
    found = of_source("a", *one_of(base))
    assert [(one.evidence.finding.id, one.support, one.evidence.why) for one in found] == [
        ("coughing", Support.CONTRADICTS, ""),
        ("sneezing", None, ""),
    ]


def test_what_grades_a_claim(tmp_path: Path) -> None:
    why = {"imprecision": {"down": 1, "because": "Few people."}}
    base = base_of({"a/coughing": finding()}, tmp_path, certainty=why)
    rated = rating(base.claims["claim-1"], Index(base))
    assert rated
    assert rated.certainty is Certainty.MODERATE
    more: dict[str, Any] = {"exceeds-design": "Nobody gets well untreated."}
    base = base_of({"a/coughing": finding(design="survey")}, tmp_path / "more", **more)
    rated = rating(base.claims["claim-1"], Index(base))
    assert rated
    assert rated.certainty is Certainty.LOW


WARDS = {"adults": {"facet": "population"}, "nurses": {"facet": "population", "broader": "adults"}}
NURSES = {"about": {"population": "nurses"}}


@pytest.mark.parametrize(
    ("findings", "kind", "refutes"),
    [
        ({"a/coughing": finding()}, "efficacy", True),  # a trial starts high
        ({"a/coughing": finding(design="case-series")}, "efficacy", False),  # very low
        ({"a/coughing": finding(design="controlled-cohort")}, "efficacy", True),  # low
        ({"a/coughing": finding(**NURSES)}, "efficacy", False),  # some of the people only
        ({"a/coughing": finding(), "b/coughing": finding(**NURSES)}, "efficacy", True),
        ({"a/coughing": finding(design="laboratory")}, "efficacy", False),
        ({"a/coughing": finding(design="authority", kind="label")}, "harm", True),
        ({"a/coughing": finding(design="case-series")}, "definition", True),  # is not graded
        ({"a/coughing": finding(LESS)}, "efficacy", False),
    ],
)
def test_what_refutes_a_passage(
    findings: dict[str, Any], kind: str, refutes: bool, tmp_path: Path
) -> None:
    base = base_of(findings, tmp_path, kind, vocabulary=WARDS)
    (occurrence,) = base.occurrences.values()
    assert appraise(occurrence, Index(base)).refutes is refutes


@pytest.mark.parametrize(
    ("norm", "kind", "deciding"),
    [
        (True, "regimen", ["label/coughing"]),
        (True, "efficacy", ["label/coughing"]),
        (False, "utilisation", ["trial/coughing"]),
        (False, "regimen", ["label/coughing"]),
        (False, "efficacy", ["trial/coughing"]),
    ],
)
def test_authorities_speak_on_what_should_be_done_and_studies_on_what_is(
    norm: bool, kind: str, deciding: list[str], tmp_path: Path
) -> None:
    findings = {
        "label/coughing": finding(design="authority", kind="label"),
        "trial/coughing": finding(),
    }
    base = base_of(findings, tmp_path, kind, vocabulary={"coughing": {"norm": norm}})
    (occurrence,) = base.occurrences.values()
    decide = appraise(occurrence, Index(base)).deciding
    assert [each.evidence.finding.key for each in decide] == deciding


@pytest.mark.parametrize(
    ("status", "support"), [("current", {Support.SUPPORTS}), ("retracted", set())]
)
def test_what_was_retracted_decides_nothing(
    status: str, support: set[Support], tmp_path: Path
) -> None:
    standing = {"status": status, "checked": "2001-01-01", "with": "the journal"}
    base = base_of({"trial/coughing": finding(LESS, standing=standing)}, tmp_path)
    index = Index(base)
    (occurrence,) = base.occurrences.values()
    assert appraise(occurrence, index).support == support
    rated = rating(base.claim_of(occurrence), index)
    assert rated
    assert (rated.certainty is Certainty.NONE) is (status == "retracted")


@pytest.mark.parametrize(
    ("contained", "directness"),
    [
        ("footbath", "intervention broader"),
        ("mustard-bath", "intervention broader"),  # a form of it
        ("bath", "intervention broader"),
        ("steam-bath", "intervention broader; intervention other"),  # no study gave a footbath
        (None, "intervention broader"),  # what it weighs is not known
    ],
)
def test_a_review_speaks_of_the_treatments_that_its_studies_gave(
    contained: str | None, directness: str, tmp_path: Path
) -> None:
    broader = {
        "bath": [],
        "footbath": ["bath"],
        "steam-bath": ["bath"],
        "mustard-bath": ["footbath"],
    }
    vocabulary = {
        name: {"facet": "intervention", "broader": above} for name, above in broader.items()
    }
    review = finding(LESS, design="review-of-trials", about={"intervention": "bath"})
    findings = {"review/coughing": review}
    if contained:
        findings["a/coughing"] = finding(LESS, about={"intervention": contained})
        review["contains"] = ["a"]
    base = base_of(findings, tmp_path, evidence=["review/coughing"], vocabulary=vocabulary)
    (appraised,) = appraise(*one_of(base)).all
    assert str(appraised.evidence.directness) == directness
    assert appraised.decides is ("other" not in directness)


@pytest.mark.parametrize(
    ("quote", "cites", "deciding"),
    [
        ("A study of 9 people found that it eases coughing.", ["series"], ("series",)),
        ("It eases coughing.", ["series"], ("trial",)),
        ("Studies find that it eases coughing.", ["series"], ("trial",)),
        ("A study of 9 people found that it eases coughing.", [], ("trial",)),
    ],
)
def test_what_is_told_of_one_study_is_held_against_it(
    quote: str, cites: list[str], deciding: tuple[str, ...], tmp_path: Path
) -> None:
    findings = {
        "trial/coughing": finding(NONE),
        "series/coughing": finding(LESS, design="case-series"),
    }
    base = base_of(findings, tmp_path, occurrences=[passage(quote=quote, cites=cites)])
    assert appraise(*one_of(base)).sources == deciding


@pytest.mark.parametrize(
    ("says", "found", "relation"),
    [
        ({"share": "9%"}, {"share": "4%"}, "falls-short"),  # of a harm: never "says more"
        ({"share": "4%"}, {"share": "9%"}, "falls-short"),
        ({"share": "4%"}, {"share": "4%"}, "agrees"),
        ({"includes": ["home", "spa"]}, {"includes": ["home"]}, "part"),
    ],
)
def test_what_is_supported_never_says_more(
    says: dict[str, Any], found: dict[str, Any], relation: str, tmp_path: Path
) -> None:
    vocabulary = {"coughing": {"harm": True}, "home": {"facet": "setting"}}
    vocabulary["spa"] = {"facet": "setting"}
    base = base_of(
        {"trial/coughing": finding(found)},
        tmp_path,
        "harm",
        [passage(says)],
        vocabulary=vocabulary,
    )
    (appraised,) = appraise(*one_of(base)).all
    assert appraised.relation == relation
