"""Which studies count as one research group's."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import WEIGHT_LOSS
from factories import Example, small_base

from claimbook.evidence.groups import only_studies, research_groups, shared_authors
from claimbook.evidence.index import Index
from claimbook.loading.load import load
from claimbook.records import Base

A, B, C = "imaginary-trial-a", "imaginary-trial-b", "imaginary-cohort-c"


def base(authors: dict[str, tuple[str, ...]], overlaps: tuple[str, ...] = ()) -> Base:
    """The second base, with other authors; *overlaps* of the first trial are recorded."""
    held = load(WEIGHT_LOSS)
    references = {
        key: replace(held.references[key], persons={"author": names})
        for key, names in authors.items()
    }
    sources = {**held.sources, A: replace(held.sources[A], overlaps=overlaps)}
    return replace(held, references={**held.references, **references}, sources=sources)


@pytest.mark.parametrize(
    ("authors", "overlaps", "groups"),
    [
        (("Doe, Ann", "Roe, Bob", "Poe, Cy"), (), [(A,), (B,), (C,)]),
        (("Doe, Ann", "DOE, A.", "Poe, Cy"), (), [(A, B), (C,)]),  # one initial is enough
        (("Doe, Ann", "Doe, Bob", "Poe, Cy"), (), [(A,), (B,), (C,)]),
        (("others", "others", "others"), (), [(A,), (B,), (C,)]),  # nobody is named
        (("Doe, Ann", "Roe, Bob", "Poe, Cy"), (C,), [(A, C), (B,)]),
        (("Doe, Ann", "Doe, Ann", "Poe, Cy"), (C,), [(A, B, C)]),  # through the first
    ],
)
def test_groups(
    authors: tuple[str, ...], overlaps: tuple[str, ...], groups: list[tuple[str, ...]]
) -> None:
    held = base(dict(zip((A, B, C), ((each,) for each in authors), strict=True)), overlaps)
    assert research_groups((A, B, C), held) == groups


def test_shared_authors_are_named() -> None:
    held = base({A: ("Doe, Ann", "Roe, Bob"), B: ("Doe, A.",), C: ("Poe, Cy",)})
    assert shared_authors((A, B, C), held) == ("Doe, Ann",)


def test_of_a_text_without_authors_nobody_is_shared() -> None:
    held = base({A: ("Doe, Ann",), B: ("Doe, Ann",)})
    edited = replace(held.references[C], persons={"editor": ("Doe, Ann",)})
    held = replace(held, references={**held.references, C: edited})
    assert shared_authors((A, C), held) == ()
    assert research_groups((A, B, C), held) == [(A, B), (C,)]


@pytest.mark.parametrize(
    ("claim", "studies"),
    [
        ("shot-kilograms-lost", (A,)),
        ("weight-comes-back", ()),  # a review
        ("pancreas", ()),  # a label
        ("prices", ()),  # nothing
    ],
)
def test_what_a_claim_rests_on(claim: str, studies: tuple[str, ...]) -> None:
    held = load(WEIGHT_LOSS)
    assert only_studies(held.claims[claim], Index(held)) == studies


TRIAL: Example = {"says": {"effect": "none"}}
LABEL: Example = TRIAL | {"kind": "label", "design": "authority"}
HORSES: Example = TRIAL | {"about": {"population": "horses", "outcome": "coughing"}}


@pytest.mark.parametrize(
    ("findings", "studies"),
    [
        ({"a/coughing": TRIAL}, ("a",)),
        ({"a/coughing": TRIAL, "b/coughing": TRIAL}, ()),  # two groups
        ({"a/coughing": TRIAL, "b/coughing": LABEL}, ("a",)),  # a label is no study
        (
            {"a/coughing": TRIAL, "b/coughing": HORSES},
            ("a",),
        ),  # which a claim about people does not rest on
    ],
)
def test_only_studies_that_bear_on_a_claim_are_counted(
    findings: Example, studies: tuple[str, ...], tmp_path: Path
) -> None:
    about = {"population": "adults", "outcome": "coughing"}
    example = {"about": about, "evidence": list(findings), "findings": findings}
    held = small_base(example, tmp_path)
    assert only_studies(held.claims["claim-1"], Index(held)) == studies
