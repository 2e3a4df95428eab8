"""What rules say, of one thing and of several."""

import copy
from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.rules.check import check

COLD = {"population": "people", "intervention": "footbath", "outcome": "cold"}
LESS = {"effect": "reduces"}
NONE = {"effect": "none"}
UNCLEAR = {"effect": "unclear"}
SERIES = {"design": "case-series", "says": LESS}
ANYWAY = "and people may have got better anyway"
AT_HOME = {
    "home": {"facet": "setting"},
    "ward": {"facet": "setting"},
    "cold": {"norm": True},
}
WARD_AT_HOME = {"ward-at-home": {"facet": "setting", "broader": ["home", "ward"]}}
SAILORS = {"sailors": {"facet": "population", "broader": ["people"]}}
NINE = {"says": {"amount": "9 day"}}
ANOTHER = {"about": {**COLD, "intervention": "spray"}, "says": LESS}
NEITHER = {"about": {**COLD, "population": "ducks", "intervention": "spray"}, "says": LESS}
WARD = {"kind": "guideline", "design": "authority", "says": {"only": ["ward"]}}


def passage(
    quote: str, findings: dict[str, Any], *, says: Any = None, number: int = 1, **more: Any
) -> dict[str, Any]:
    """A claim with a passage (or several), resting on findings by source."""
    cites = more.pop("cites", [])
    named = {f"{source}/cold": fields for source, fields in findings.items()}
    occurrence = {"page": "clinic-a", "quote": quote, "says": says or LESS, "cites": cites}
    return {
        "about": COLD,
        "evidence": list(named),
        "findings": named,
        "occurrences": [copy.deepcopy(occurrence) for _ in range(number)],
        **more,
    }


def every(sources: str, finding: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(sources, finding)


def among(population: str, **fields: Any) -> dict[str, Any]:
    return {"about": {**COLD, "population": population}, "says": LESS, **fields}


def regimen(number: int) -> dict[str, Any]:
    baths = {"long-bath": {"facet": "intervention", "broader": "bath"}}
    baths |= {"short-bath": {"facet": "intervention", "broader": "bath"}}
    finding = {"about": {**COLD, "intervention": "long-bath"}, "says": LESS}
    example = passage("Baths may ease colds.", {"a": finding}, vocabulary=baths, number=number)
    return {
        **example,
        "about": {**COLD, "intervention": "bath"},
        "regimen": {"intervention": "short-bath"},
    }


def three_days(findings: dict[str, Any], **more: Any) -> dict[str, Any]:
    return passage("It took 3 days.", findings, says={"amount": "3 day"}, kind="onset", **more)


def at_home(findings: dict[str, Any]) -> dict[str, Any]:
    example = passage("Take it at home.", findings, says={"includes": ["home"]}, kind="regimen")
    return {**example, "vocabulary": AT_HOME}


NOT_REDUCED = "the page says that it reduces cold; a found no clear difference"
LABEL = {"kind": "label", "design": "authority"}
TWO_HOURS: dict[str, Any] = {"says": {"amount": "2 h"}}
MORE = {"effect": "increases"}
SCALD: dict[str, Any] = {"vocabulary": {"cold": {"harm": True}}}
BETTER: dict[str, Any] = {"vocabulary": {"cold": {"good": "more"}}}
BESIDE_TEA = {"about": {**COLD, "comparator": "tea"}, "says": LESS}
TEA = {"tea": {"facet": "comparator"}}
LASTING = {"design": "cohort", **TWO_HOURS}


def certainty(quote: str, design: str, **more: Any) -> dict[str, Any]:
    return passage(quote, {"a": {"design": design, "says": LESS}}, **more)


@pytest.mark.parametrize(
    ("rule", "example", "message"),
    [
        (
            "causal-wording",
            passage("Footbaths relieve colds.", {"a": SERIES}),
            '"relieve" says that the treatment did it, but a had no comparison group, ' + ANYWAY,
        ),
        (
            "causal-wording",
            passage("Footbaths relieve colds.", {"a": SERIES, "b": SERIES, "c": SERIES}),
            '"relieve" says that the treatment did it, but a, b and c had no comparison group, '
            + ANYWAY,
        ),
        (
            "contradicted-by-evidence",
            passage("Footbaths ease colds.", {"a": {"says": NONE}}),
            "the best evidence says otherwise (the page says that it reduces cold; a found no clear difference)",
        ),
        (
            "contradicted-by-evidence",
            passage("Footbaths ease colds.", every("ab", {"says": NONE})),
            "the best evidence says otherwise (the page says that it reduces cold; a found no clear difference; and 1 more finding)",
        ),
        (
            "contradicted-by-evidence",
            passage("Footbaths ease colds.", every("abc", {"says": NONE})),
            "the best evidence says otherwise (the page says that it reduces cold; a found no clear difference; and 2 more findings)",
        ),
        (
            "dangling-citation",
            passage("Footbaths ease colds.", {}, cites=["unresolved"]),
            "the citation leads nowhere",
        ),
        (
            "dangling-citation",
            passage("Footbaths ease colds.", {"a": SERIES}, cites=["unresolved", "a"]),
            "the citation leads nowhere; from its description it may be a",
        ),
        (
            "contradicted-by-own-source",
            passage("Footbaths ease colds.", {"a": {"says": NONE}}, cites=["a"]),
            f"the cited source a reports otherwise ({NOT_REDUCED})",
        ),
        (
            "contradicted-by-own-source",
            passage("Footbaths ease colds.", {"a": {"says": NONE}}, cites=["a", "unresolved"]),
            f"the study that it seems to describe, a, reports otherwise ({NOT_REDUCED})",
        ),
        (
            "exceeds-evidence",
            passage("Footbaths ease colds.", {**every("bc", {"says": NONE}), "a": {"says": LESS}}),
            "the best evidence is divided (the page says that it reduces cold; b and c found no clear difference)",
        ),
        (
            "contradicted-by-evidence",
            passage(
                "No scalds.", {"a": {**LABEL, "says": MORE}}, kind="safety", says=NONE, **SCALD
            ),
            "the best evidence says otherwise (the page rules out cold; a warns of it)",
        ),
        (
            "exceeds-evidence",
            passage("One.", {"a": {"says": {"share": "1%"}}}, says={"share": "9%"}, **BETTER),
            "the evidence found less (the page says 9%; a gives 1%)",
        ),
        (
            "dependent-studies",
            passage("Footbaths ease colds.", {"a": {**SERIES, "overlaps": ["b"]}, "b": SERIES}),
            "a and b may have counted the same people, so they count as one result",
        ),
        (
            "dependent-studies",
            passage(
                "Footbaths ease colds.",
                {"a": {**SERIES, "overlaps": ["b", "c"]}, "b": SERIES, "c": SERIES},
            ),
            "a, b and c may have counted the same people, so they count as one result",
        ),
        (
            "mechanism-as-benefit",
            passage("Footbaths ease colds.", {"a": {"design": "animal", "says": LESS}}),
            "the only evidence for this benefit is animal or laboratory work (a)",
        ),
        (
            "mechanism-as-benefit",
            passage("Footbaths ease colds.", every("ab", {"design": "animal", "says": LESS})),
            "the only evidence for this benefit is animal or laboratory work (a and b)",
        ),
        (
            "miscited-source",
            passage("Footbaths ease colds.", {"a": among("ducks")}, cites=["a"]),
            "the cited source a is about other people",
        ),
        (
            "miscited-source",
            passage("Footbaths ease colds.", {"a": ANOTHER}, cites=["a"]),
            "the cited source a is about another treatment",
        ),
        (
            "miscited-source",
            passage("Footbaths ease colds.", {"a": NEITHER}, cites=["a"]),
            "the cited source a is about other people and another treatment",
        ),
        (
            "number-not-in-source",
            three_days({"a": NINE}),
            "no finding recorded from the evidence linked to this claim gives 3 day",
        ),
        (
            "number-not-in-source",
            three_days({"a": NINE}, cites=["a"]),
            "no finding recorded from the cited source a gives 3 day",
        ),
        (
            "number-not-in-source",
            three_days(every("ab", NINE), cites=["a", "b"]),
            "no finding recorded from the cited sources a and b gives 3 day",
        ),
        (
            "unsupported-claim",
            passage("Footbaths ease colds.", every("a", BESIDE_TEA), vocabulary=TEA),
            "a compares it with another treatment, which does not show what it does itself",
        ),
        (
            "unsupported-claim",
            passage("Footbaths ease colds.", every("ab", BESIDE_TEA), vocabulary=TEA),
            "a and b compare it with another treatment, which does not show what it does itself",
        ),
        (
            "unsupported-claim",
            {
                **passage("Footbaths ease colds.", {"a": SERIES}),
                "evidence": [],
                "set-aside": [{"finding": "a/cold", "because": "Ducks."}],
            },
            "nothing found by 2001-12-31 shows this; set aside: a",
        ),
        (
            "definition-misstated",
            passage(
                "It lasts more than 5 days.",
                {"a": {**LABEL, "says": {"amount": ">=5 day"}}},
                says={"amount": ">5 day"},
                kind="definition",
            ),
            "a defines it differently (the page says more than 5 days; a gives at least 5 days)",
        ),
        (
            "overstated-wording",
            certainty("Footbaths can really help.", "case-series"),
            '"can really help" is too strong for evidence of very low certainty: write "may"',
        ),
        (
            "overstated-wording",
            certainty("Many people with every kind of cold found it helpful.", "case-series"),
            '"many people … found" is too strong for evidence of very low certainty: write "may"',
        ),
        (
            "overstated-wording",
            certainty("Footbaths against colds!", "case-series"),
            'a plain statement is too strong for evidence of very low certainty: write "may"',
        ),
        (
            "overstated-wording",
            certainty("Footbaths may ease colds.", "animal"),
            '"may ease" is too strong where no study that we can rate shows it: write "is being studied"',
        ),
        (
            "overstated-wording",
            certainty("Footbaths cure colds.", "randomised-trial"),
            '"cure" is too strong for evidence of high certainty: promise nothing',
        ),
        (
            "overstated-wording",
            certainty("Footbaths never scald.", "case-series", kind="harm", says=NONE),
            '"never" is too strong for evidence of very low certainty: do not rule it out',
        ),
        (
            "not-shown",
            passage("Footbaths ease colds.", {"a": {**SERIES, "says": NONE}}),
            f"a does not show this ({NOT_REDUCED}), and is of very low certainty",
        ),
        (
            "not-shown",
            passage(
                "Footbaths ease colds.",
                {"a": {**among("sailors"), **LABEL, "says": NONE}},
                vocabulary=SAILORS,
            ),
            "a does not show this (the page says that it reduces cold; a says that there is no difference), and is about only some of those whom the passage is about",
        ),
        (
            "not-shown",
            passage("Footbaths ease colds.", {"a": {**LABEL, "says": UNCLEAR}}),
            "a does not show this (the page says that it reduces cold; a says that too little is known)",
        ),
        (
            "not-shown",
            passage("Footbaths ease colds.", {k: {**LABEL, "says": UNCLEAR} for k in "ab"}),
            "a and b do not show this (the page says that it reduces cold; a and b say that too little is known)",
        ),
        (
            "overstated-wording",
            passage("Scalds always pass in 2 h.", {"a": LASTING}, kind="safety", **TWO_HOURS),
            '"always" is too strong for evidence of very low certainty: say how long it lasted, and in whom',
        ),
        (
            "population-broadened",
            passage("Footbaths may ease colds.", {"a": among("sailors")}, vocabulary=SAILORS),
            "says this of people; a studied only sailors",
        ),
        (
            "population-broadened",
            passage(
                "Footbaths may ease colds.",
                {"a": among("sailors"), "b": among("sailors")},
                vocabulary=SAILORS,
            ),
            "says this of people; a and b studied only sailors",
        ),
        (
            "regimen-mismatch",
            regimen(1),
            "offers short bath; the evidence behind 1 passage is on long bath",
        ),
        (
            "regimen-mismatch",
            regimen(2),
            "offers short bath; the evidence behind 2 passages is on long bath",
        ),
        ("against-guidance", at_home({"a": WARD}), "home: a advises against this"),
        (
            "against-guidance",
            at_home(every("ab", WARD)),
            "home: a and b advise against this",
        ),
        (
            "against-guidance",
            {**at_home({"a": WARD}), "vocabulary": AT_HOME | WARD_AT_HOME},
            "a asks for more (the page names home; a says only ward)",
        ),
    ],
)
def test_message(rule: str, example: dict[str, Any], message: str, tmp_path: Path) -> None:
    messages = {flag.message for flag in check(small_base(example, tmp_path), [rule]).flags}
    assert messages == {message}
