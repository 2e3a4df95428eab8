"""What a page should tell, of whom it is asked, and the passage that tells it."""

from pathlib import Path
from typing import Any

import pytest
from factories import Example, small_base

from claimbook.evidence.index import Index
from claimbook.rules.disclosures import asked, disclosed, taken_back, tells, warns
from claimbook.rules.whole_page import missing_disclosures

SCALDS: Example = {
    "label": "Scalds",
    "kind": "serious-harm",
    "authority": ["trial"],
    "force": "label",
    "told-by": ["claim-2"],
}
NOT_A_CURE = SCALDS | {"label": "Not a cure", "kind": "disclosure", "by-denying": True}
FEVER = SCALDS | {"label": "Fever", "kind": "contraindication", "told-by": [], "concept": "fever"}


def index_of(
    disclosure: Example,
    folder: Path,
    says: Example | None = None,
    kind: str = "harm",
    quote: str = "About scalds.",
    **more: Any,
) -> Index:
    """A page with a passage on a benefit and one on what may go wrong, and what is asked of it."""
    passages = [
        {"page": "clinic-a", "quote": "Footbaths ease colds.", "says": {"effect": "reduces"}},
        {"page": "clinic-a", "quote": quote, "says": says or {"effect": "increases"}},
    ]
    claims: list[Example] = [
        {
            "kind": kind,
            "about": {"intervention": "footbath", "outcome": outcome},
            "occurrences": [passage],
        }
        for outcome, passage, kind in zip(
            ("colds", "scalds"), passages, ("efficacy", kind), strict=True
        )
    ]
    if kind == "testimonial":
        claims[1]["occurrences"] = [{"page": "clinic-a", "quote": "No scalds, says Ada."}]
    vocabulary: Example = {name: {"facet": "population"} for name in ("fever", "gout")}
    vocabulary |= {"home": {"facet": "setting"}, "spa": {"facet": "setting"}}
    vocabulary |= {"scalds": {"facet": "outcome", "harm": True, "terms": ["scald", "scalds"]}}
    example = {"claims": claims, "vocabulary": vocabulary, "disclosures": {"it": disclosure}}
    return Index(small_base(example | more, folder))


@pytest.mark.parametrize(
    ("disclosure", "kind", "says", "expected"),
    [
        (SCALDS, "harm", {"effect": "increases"}, True),
        (SCALDS, "harm", {"share": "5%"}, True),
        (SCALDS, "harm", {"effect": "none"}, False),  # denying a harm does not tell it
        (SCALDS, "harm", {"is": "no"}, False),
        (SCALDS, "testimonial", None, False),  # "No scalds, says Ada."
        (NOT_A_CURE, "harm", {"is": "no"}, True),
        (NOT_A_CURE, "harm", {"is": "yes"}, False),
        (NOT_A_CURE, "testimonial", None, False),
        (FEVER, "harm", {"effect": "increases"}, False),
        (FEVER, "harm", {"includes": ["fever"]}, True),  # named among side effects
        (FEVER, "contraindication", {"includes": ["fever"]}, True),
        (FEVER, "contraindication", {"includes": ["gout", "fever"]}, True),
        (FEVER, "contraindication", {"includes": ["gout"]}, False),
        (FEVER, "contraindication", {"excludes": ["fever"]}, False),
        (FEVER, "contraindication", {"only": ["fever"]}, False),
        (FEVER, "contraindication", {"is": "yes"}, False),
        (FEVER, "eligibility", {"includes": ["fever"]}, False),  # who is welcome is no warning
    ],
)
def test_what_tells(
    disclosure: Example, kind: str, says: Example | None, expected: bool, tmp_path: Path
) -> None:
    index = index_of(disclosure, tmp_path, says, kind)
    benefit, passage = index.base.occurrences.values()
    needed = index.base.disclosures["it"]
    assert tells(passage, needed, index) is expected
    assert not tells(benefit, needed, index)
    assert disclosed("clinic-a", index) == {"it": (passage,) if expected else ()}


BURNS = SCALDS | {"words": ["(burn|blister)*"]}


@pytest.mark.parametrize(
    ("disclosure", "quote", "expected"),
    [
        (SCALDS, "Footbaths can scald.", True),
        (SCALDS, "Mild scalds can happen.", True),  # that it is called mild is another matter
        (SCALDS, "Scalds", True),  # an item of a list
        (SCALDS, "A lower risk of scalds.", False),
        (SCALDS, "Our footbaths reduce scalds.", False),
        (SCALDS, "The risk of scalds is very low.", False),
        (SCALDS, "Scalds are extremely rare.", False),
        (SCALDS, "There is hardly any chance of scalds.", False),
        (SCALDS, "Nobody need fret about scalds.", False),
        (SCALDS, "Scalds were very rare: 2 of 77.", False),  # its value is no figure
        (BURNS, "Scalds can burn the skin.", True),
        (BURNS, "A thermometer for scalds is at hand.", False),
    ],
)
def test_a_harm_is_told_by_words_that_tell_it(
    disclosure: Example, quote: str, expected: bool, tmp_path: Path
) -> None:
    index = index_of(disclosure, tmp_path, quote=quote)
    passage = list(index.base.occurrences.values())[1]
    assert tells(passage, index.base.disclosures["it"], index) is expected
    assert warns(passage, index) is expected


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Ask us about scalds.", True),
        ("There is no need to ask us about scalds.", False),
        ("Footbaths can scald.", False),
    ],
)
def test_words_may_tell_it_whatever_the_claim(quote: str, expected: bool, tmp_path: Path) -> None:
    disclosure = SCALDS | {"told-by": ["claim-1"], "words": ["no"], "said-as": ["ask us about"]}
    index = index_of(disclosure, tmp_path, quote=quote)
    _, passage = index.base.occurrences.values()
    assert disclosed("clinic-a", index) == {"it": (passage,) if expected else ()}


def test_what_is_named_only_to_take_it_back(tmp_path: Path) -> None:
    index = index_of(SCALDS, tmp_path, quote="The risk of scalds is very low.")
    assert disclosed("clinic-a", index) == {"it": ()}
    assert taken_back("clinic-a", index)["it"].quote == "The risk of scalds is very low."
    (remark,) = missing_disclosures(
        index.base.pages["clinic-a"], index, disclosure="serious-harm", missing="serious harms"
    )
    assert 'scalds ("The risk of scalds is very low." does not tell it)' in remark.message


def test_every_passage_that_tells_is_taken(tmp_path: Path) -> None:
    index = index_of(SCALDS | {"told-by": ["claim-1", "claim-2"]}, tmp_path)
    assert disclosed("clinic-a", index) == {"it": tuple(index.base.occurrences.values())}


@pytest.mark.parametrize(
    ("when", "regimen", "expected"),
    [
        (None, {}, True),
        ("home", {}, False),
        ("home", {"settings": ["home"]}, True),
        ("home", {"settings": ["spa", "home"]}, True),
        ("home", {"settings": ["spa"]}, False),
        ("footbath", {"intervention": "footbath"}, True),
        ("footbath", {"settings": ["spa"]}, True),  # its passages are about footbaths
        ("scalds", {}, True),
        ("fever", {"settings": ["spa"]}, False),
    ],
)
def test_of_which_pages_it_is_asked(
    when: str | None, regimen: Example, expected: bool, tmp_path: Path
) -> None:
    disclosure = SCALDS | ({"when": when} if when else {})
    index = index_of(disclosure, tmp_path, regimen=regimen)
    assert asked(index.base.disclosures["it"], "clinic-a", index) is expected
    assert ("it" in disclosed("clinic-a", index)) is expected


def test_what_a_page_offers_is_enough(tmp_path: Path) -> None:
    offered = {"intervention": "steam", "settings": ["spa"]}
    for number, (when, expected) in enumerate([("steam", True), ("home", False)]):
        index = index_of(
            SCALDS | {"when": when},
            tmp_path / str(number),
            vocabulary={
                "steam": {"facet": "intervention"},
                "home": {"facet": "setting"},
                "spa": {"facet": "setting"},
            },
            regimen=offered,
        )
        assert asked(index.base.disclosures["it"], "clinic-a", index) is expected
