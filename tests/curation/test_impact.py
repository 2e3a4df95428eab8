"""What rests on a record, what changes without it, and what was known by a year."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner, Result
from conftest import WEIGHT_LOSS
from hypothesis import given
from hypothesis import strategies as st

from claimbook.cli import main
from claimbook.curation.impact import (
    Consequence,
    all_dependents,
    consequences,
    published_after,
    study_group,
    without,
    year_of,
)
from claimbook.loading.load import load
from claimbook.records import UNRESOLVED, Base, Reference, Source
from claimbook.rules.check import Report, check

INVENTED = load(WEIGHT_LOSS)
JUDGED = check(INVENTED)
NONE = "no study that we can rate is linked on this outcome"
NOT_FOUND = "no study or authority found by 2001-12-31 reports this"
TRIAL_A = [
    "verdict lowers-blood-pressure/example-balloon-centre: supported -> unsupported",
    "verdict nausea/example-clinic-north: supported -> unsupported",
    "verdict shot-a-tenth-lost/example-clinic-north: supported -> unsupported",
    "verdict shot-a-tenth-lost/example-clinic-south: overstated -> unsupported",
    "verdict shot-kilograms-lost/example-balloon-centre: supported -> unsupported",
    "verdict shot-kilograms-lost/example-clinic-north: supported -> unsupported",
    "verdict gallstones/example-clinic-north: supported -> not-checked",
    "verdict nausea/example-clinic-south: contradicted -> unsupported",
    "certainty nausea: high certainty -> no study that we can rate",
    "certainty shot-a-tenth-lost: high certainty -> no study that we can rate",
    "certainty shot-kilograms-lost: high certainty -> no study that we can rate",
    "certainty lowers-blood-pressure: moderate certainty -> no study that we can rate",
    "certainty gallstones: low certainty -> no study that we can rate",
    "harm status nausea: counted -> not known as a harm",
    "harm status gallstones: reported cases -> not known as a harm",
]
STAYS_OFF = "balloon-weight-stays-off/example-balloon-centre"
NOT_APPROVED = "No. The guideline says that they are not approved for this use."
UNUSED = Source(
    "imaginary-unused",
    INVENTED.sources["imaginary-trial-a"].kind,
    INVENTED.sources["imaginary-trial-a"].design,
    "abstract",
    (),
)
WITH_UNUSED = replace(
    INVENTED,
    sources={**INVENTED.sources, UNUSED.id: UNUSED},
    references={
        **INVENTED.references,
        UNUSED.id: Reference(UNUSED.id, "misc", {"year": "2001"}, {}, ""),
    },
)
KEYS = st.sampled_from(
    sorted([*WITH_UNUSED.sources, *WITH_UNUSED.findings, *WITH_UNUSED.claims, "not-there"])
)


def run(*arguments: str, command: str = "impact") -> Result:
    return CliRunner().invoke(main, [command, "--root", str(WEIGHT_LOSS), *arguments])


def short(change: Consequence) -> str:
    return f"{change.kind} {change.record}: {change.before} -> {change.after}"


def test_a_study_withdrawn_and_all_that_falls() -> None:
    found = consequences(JUDGED, frozenset({"imaginary-trial-a"}))
    assert [short(change) for change in found] == TRIAL_A
    assert {change.because for change in found if change.kind == "certainty"} == {NONE}
    assert found[7].because == NOT_FOUND


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "imaginary-trial-a/nausea",
            [
                "verdict nausea/example-clinic-north: supported -> unsupported",
                "verdict nausea/example-clinic-south: contradicted -> unsupported",
                "certainty nausea: high certainty -> no study that we can rate",
                "harm status nausea: counted -> not known as a harm",
            ],
        ),
        (
            "imaginary-classification-i",
            [
                "verdict what-obesity-is/example-clinic-north: supported -> not-checked",
                "verdict what-obesity-is/example-balloon-centre: overstated -> not-checked",
                "verdict what-obesity-is/example-clinic-south: contradicted -> not-checked",
            ],
        ),
        (
            "imaginary-label-e/inflamed-pancreas",
            [
                "wording pancreas: offered -> not offered",
                "harm status pancreas: known risk -> not known as a harm",
            ],
        ),
        (
            "tablet-lowers-weight",
            [
                "contradiction tablet-kilograms-lost: there -> gone",
                "contradiction tablet-lowers-weight: there -> gone",
            ],
        ),
    ],
)
def test_what_changes(key: str, expected: list[str]) -> None:
    assert [short(change) for change in consequences(JUDGED, frozenset({key}))] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "imaginary-cohort-c/kept-off",
            [
                "claim balloon-weight-stays-off: very low certainty",
                f"passage {STAYS_OFF}: contradicted-by-own-source (decided by it)",
                "answer does-it-work: shows imaginary-cohort-c/kept-off",
                "grading balloon-weight-stays-off: judged with it: risk-of-bias and imprecision",
            ],
        ),
        (
            "imaginary-guideline-f/tablet-approved",
            [
                "claim tablet-approved: not rated",
                "passage tablet-approved/example-clinic-south: contradicted (decided by it)",
                "passage tablet-approved/example-clinic-south-2: contradicted (decided by it)",
                "passage tablet-approved/example-balloon-centre: supported (decided by it)",
                "wording tablet-approved: Exampramine tablets are not approved for this use.",
                f"truth line tablet-approved: {NOT_APPROVED}",
            ],
        ),
        (
            "balloon-weight-stays-off",
            [
                "claim balloon-weight-stays-off: very low certainty",
                f"passage {STAYS_OFF}: contradicted-by-own-source (makes the claim)",
                "answer does-it-work: shows the claim balloon-weight-stays-off",
                "board row afterwards: Does the weight stay off?",
            ],
        ),
    ],
)
def test_what_rests_on_it(key: str, expected: list[str]) -> None:
    rests = all_dependents(JUDGED, frozenset({key}))
    assert [f"{rest.kind} {rest.record}: {rest.text}" for rest in rests] == expected


def test_wording_goes_with_any_finding_behind_it(base: Base, report: Report) -> None:
    """Whoever may copy a sentence may rely on all that it says."""
    claim = base.claims["relief-may-wear-off"]
    behind = claim.say[0].rests_on[0]
    gone = [each for each in consequences(report, frozenset({behind})) if each.kind == "wording"]
    assert ("relief-may-wear-off", claim.say[0].text) in {(e.record, e.because) for e in gone}
    assert not without(base, frozenset({behind})).claims[claim.id].say


def test_a_citation_of_a_source_that_is_gone_leads_nowhere() -> None:
    name = "shot-kilograms-lost/example-clinic-north"
    assert INVENTED.occurrences[name].cites == ("imaginary-trial-a",)
    assert without(INVENTED, frozenset({"imaginary-trial-a"})).occurrences[name].cites == (
        UNRESOLVED,
    )


def test_nothing_names_what_is_gone(base: Base) -> None:
    """Every source of the real base in turn: the rest is as sound as it was."""
    for key in base.sources:
        reduced = without(base, frozenset({key}))
        assert key not in (*reduced.sources, *reduced.references)
        findings = {
            *(link.finding for claim in reduced.claims.values() for link in claim.evidence),
            *(link.finding for claim in reduced.claims.values() for link in claim.set_aside),
            *(f for claim in reduced.claims.values() for say in claim.say for f in say.rests_on),
            *(f for topic in reduced.topics.values() for f in (*topic.found, *topic.harms)),
        }
        assert findings <= reduced.findings.keys()
        cited = {key for each in reduced.occurrences.values() for key in each.cited}
        others = {o for s in reduced.sources.values() for o in (*s.overlaps, *s.contains)}
        assert cited | others <= reduced.sources.keys()


def test_what_nobody_uses_changes_nothing() -> None:
    report = check(WITH_UNUSED)
    assert without(WITH_UNUSED, frozenset({UNUSED.id})) == INVENTED
    assert not consequences(report, frozenset({UNUSED.id}))
    assert not all_dependents(report, frozenset({UNUSED.id}))


@given(st.frozensets(KEYS, max_size=4), st.frozensets(KEYS, max_size=4))
def test_twice_is_once_and_the_order_is_nothing(some: frozenset[str], more: frozenset[str]) -> None:
    once = without(WITH_UNUSED, some)
    assert without(once, some) == once
    assert without(once, more) == without(WITH_UNUSED, some | more)


@pytest.mark.parametrize("key", sorted(INVENTED.sources))
def test_what_can_be_reached_is_all_that_changes(key: str) -> None:
    assert consequences(JUDGED, frozenset({key}), everywhere=False) == consequences(
        JUDGED, frozenset({key})
    )


@pytest.mark.parametrize(
    "key", ["pomeroy-2017", "ketamine-label", "yuan-2023", "cohen-2018", "glutamate-review-2018"]
)
def test_and_in_the_real_base(key: str, report: Report) -> None:
    found = consequences(report, frozenset({key}), everywhere=False)
    assert found
    assert found == consequences(report, frozenset({key}))


def test_every_source_of_the_real_base_can_be_withdrawn(base: Base, report: Report) -> None:
    for key in base.sources:
        rests, found = (
            all_dependents(report, frozenset({key})),
            consequences(report, frozenset({key}), everywhere=False),
        )
        worded = {rest.text for rest in rests if rest.kind == "wording"}
        assert {each.because for each in found if each.kind == "wording"} == worded
        claims = {rest.record for rest in rests if rest.kind == "claim"}
        assert {each.record for each in found if each.kind == "certainty"} <= claims


def test_a_group_is_all_that_overlap_however_far(base: Base) -> None:
    group = study_group("pomeroy-2017", base)
    assert {"pomeroy-2017", "schwenk-2018", "yuan-2023"} <= set(group)
    assert {study_group(key, base) for key in group} == {group}
    assert study_group("imaginary-trial-b", INVENTED) == ("imaginary-trial-b",)


# --- by year --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": "2017"}, 2017),
        ({"year": "2009/2010"}, 2010),
        ({"year": "c. 1999"}, 1999),
        ({"date": "2019-12-02"}, 2019),
        ({"year": "in press"}, None),
        ({}, None),
    ],
)
def test_year(fields: dict[str, str], expected: int | None) -> None:
    assert year_of(Reference("a", "misc", fields, {}, "")) == expected


@pytest.mark.parametrize(
    ("year", "left_out"),
    [(2000, 7), (2001, 6), (2003, 4), (2005, 2), (2006, 0)],
)
def test_what_was_published_later_or_who_knows_when_is_left_out(year: int, left_out: int) -> None:
    assert len(published_after(year, INVENTED)) == left_out
    undated = replace(
        INVENTED,
        references={
            key: replace(reference, fields={}) for key, reference in INVENTED.references.items()
        },
    )
    assert set(published_after(year, undated)) == set(INVENTED.sources)


@pytest.mark.parametrize(
    ("year", "verdict"),
    [("2000", "unsupported"), ("2001", "supported"), ("2006", "supported")],
)
def test_verdicts_as_of_a_year(year: str, verdict: str) -> None:
    later = frozenset(published_after(int(year), INVENTED))
    then = check(without(INVENTED, later), today=date(int(year), 12, 31))
    occurrence = then.base.occurrences["shot-kilograms-lost/example-clinic-north"]
    assert then.verdict(occurrence).label == verdict
    result = run("--as-of", year, "--format", "json", command="check")
    assert result.exit_code == 0
    assert f"as of {year}: {len(later)} source" in result.stderr
    shown = json.loads(result.stdout)
    assert shown["summary"]["sources"] == len(INVENTED.sources) - len(later)
    assert len(shown["flags"]) == len(then.flags)


# --- the command ----------------------------------------------------------------------------------


def test_command() -> None:
    result = run("imaginary-trial-a", "--without")
    assert result.exit_code == 0
    first, *lines = result.output.splitlines()
    assert first == "without imaginary-trial-a: 8 verdicts, 5 certainties, 2 harm statuses changed"
    assert [line.split(" (")[0] for line in lines[: len(TRIAL_A)]] == TRIAL_A
    assert lines[len(TRIAL_A)] == "to be read again: 1 truth line, 2 answers, 2 gradings"


def test_command_as_data() -> None:
    carried = json.loads(run("imaginary-trial-a", "--format", "json").output)
    assert carried.keys() == {"keys", "carries"}
    data = json.loads(run("imaginary-trial-a", "--without", "--format", "json").output)
    assert data["carries"] == carried["carries"]
    assert data["counts"] == {"verdict": 8, "certainty": 5, "harm status": 2}
    assert sum(data["counts"].values()) == len(data["changes"])
    assert {rest["kind"] for rest in data["read_again"]} == {"truth line", "answer", "grading"}


def test_command_takes_a_group_together() -> None:
    result = run("imaginary-trial-a", "--group", "--without")
    assert result.output.startswith("without imaginary-review-d and imaginary-trial-a: 14 verdicts")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["imaginary-trial-x"], "no source, finding or claim 'imaginary-trial-x'; did you mean"),
        (["nausae"], "did you mean 'nausea'?"),
        (["imaginary-trial-a/nausae"], "did you mean 'imaginary-trial-a/nausea'?"),
        (["nausea", "--group"], "there is no source 'nausea'"),
    ],
)
def test_unknown_keys(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_record_by_its_address() -> None:
    assert run("sources/imaginary-trial-a").output == run("imaginary-trial-a").output
    assert run("claims/nausea").output == run("nausea").output
    assert "no source, finding or claim 'sources/nausea'" in run("sources/nausea").stderr


def test_a_base_that_cannot_be_loaded(tmp_path: object) -> None:
    result = CliRunner().invoke(main, ["impact", "a", "--root", str(tmp_path)])
    assert result.exit_code == 2
    assert "nothing was judged" in result.stderr
