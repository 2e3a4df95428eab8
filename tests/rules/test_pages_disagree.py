"""Corners of `pages-disagree` that its own examples have no room for."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from factories import small_base

from claimbook.records import Base
from claimbook.rules.check import check

SHORT, LONG = {"amount": "40 min"}, {"amount": "3 h"}


def on(page: str, says: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"page": f"clinic-{page}", "quote": "Words.", "says": dict(says), **fields}


@pytest.mark.parametrize(
    ("occurrences", "messages"),
    [
        (
            [on("a", SHORT), on("b", LONG)],
            ['clinic-a: "Words.". clinic-b: "Words." (40 min against 3 h)'],
        ),
        (
            [on("a", LONG), on("b", SHORT)],
            ['clinic-a: "Words.". clinic-b: "Words." (3 h against 40 min)'],
        ),
        (
            [on("a", SHORT), on("b", SHORT), on("c", LONG)],
            [
                'clinic-a: "Words." (in other words clinic-b too). clinic-c: "Words." (40 min against 3 h)'
            ],
        ),
        ([on("a", SHORT), on("a", LONG)], []),  # a page with itself is another rule's
        (
            [on("a", SHORT), on("a", LONG), on("b", LONG)],
            [
                'clinic-a: "Words.". clinic-a: "Words." (in other words clinic-b too) (40 min against 3 h)'
            ],
        ),
        ([on("a", SHORT), on("b", {"amount": "40 to 60 min"})], []),
        ([on("a", SHORT), on("b", {"amount": "2 point"})], []),
        ([on("a", SHORT), on("b", LONG, about={"intervention": "mud-bath"})], []),
        (
            [on("a", {"is": "yes"}), on("b", {"is": "no"})],
            ['clinic-a: "Words.". clinic-b: "Words."'],
        ),
        (
            [on("a", {"share": "49%"}), on("b", {"share": "50%"})],
            ['clinic-a: "Words.". clinic-b: "Words." (49% against 50%)'],
        ),
    ],
)
def test_pages_disagree(
    occurrences: list[dict[str, Any]], messages: list[str], tmp_path: Path
) -> None:
    example = {
        "kind": "regimen",
        "about": {"intervention": "footbath", "outcome": "length"},
        "occurrences": occurrences,
    }
    report = check(small_base(example, tmp_path), ["pages-disagree"])
    assert [flag.message for flag in report.flags] == messages
    if messages:
        assert set(report.flags[0].pages) == {occurrence["page"] for occurrence in occurrences}


FLAT, MAY, HOT = "Footbaths ease colds.", "Footbaths may ease colds.", {"intervention": "hot-bath"}


def on_colds(
    kind: str,
    passages: Iterable[tuple[str, str, Mapping[str, Any]]],
    folder: Path,
    **fields: Any,
) -> Base:
    """A base of one claim, that footbaths ease colds: the page, words and scope of passages."""
    example = {
        **fields,
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "colds"},
        "vocabulary": {"colds": {"good": "less"}},
        "occurrences": [
            {
                "page": f"clinic-{page}",
                "quote": quote,
                "says": {"effect": "reduces"},
                "about": dict(about),
            }
            for page, quote, about in passages
        ],
    }
    return small_base(example, folder)


@pytest.mark.parametrize(
    ("passages", "kind", "message"),
    [
        (
            [("a", FLAT, {}), ("b", MAY, {})],
            "efficacy",
            f'clinic-a: "{FLAT}". clinic-b: "{MAY}" (as a fact, against as possible)',
        ),
        ([("a", FLAT, {}), ("a", MAY, {})], "efficacy", None),
        # a page by its strongest words
        ([("a", FLAT, {}), ("b", MAY, {}), ("b", FLAT, {})], "efficacy", None),
        ([("a", FLAT, {}), ("b", "Footbaths probably ease colds.", {})], "efficacy", None),
        ([("a", FLAT, {}), ("b", MAY, HOT)], "efficacy", None),  # another scope
        ([("a", FLAT, {}), ("b", MAY, {})], "regimen", None),
        (
            [("a", FLAT, {}), ("b", MAY, {})],
            "mechanism",
            f'clinic-a: "{FLAT}". clinic-b: "{MAY}" (as a fact, against as possible)',
        ),
        (
            [("a", "Not for infants.", {}), ("b", "It may not suit them.", {})],
            "contraindication",
            'clinic-a: "Not for infants.". clinic-b: "It may not suit them." (ruled out, against perhaps)',
        ),
        ([("a", FLAT, {}), ("b", "Footbaths ease colds in some people.", {})], "efficacy", None),
    ],
)
def test_pages_that_are_more_and_less_sure(
    passages: list[tuple[str, str, dict[str, Any]]],
    kind: str,
    message: str | None,
    tmp_path: Path,
) -> None:
    flags = check(on_colds(kind, passages, tmp_path), ["pages-disagree"]).flags
    assert [flag.message for flag in flags] == ([message] if message else [])
    assert {flag.severity for flag in flags} <= {"note"}


@pytest.mark.parametrize(
    ("quotes", "kind", "messages"),
    [
        ([FLAT, MAY], "efficacy", [f'the page says "{FLAT}"; "{MAY}" (Clinic A says both)']),
        ([MAY, MAY], "efficacy", []),
        ([FLAT, "Footbaths probably ease colds."], "efficacy", []),
        ([FLAT, MAY], "harm", []),
    ],
)
def test_a_page_that_is_more_and_less_sure(
    quotes: list[str], kind: str, messages: list[str], tmp_path: Path
) -> None:
    passages: list[tuple[str, str, dict[str, Any]]] = [("a", quote, {}) for quote in quotes]
    base = on_colds(kind, passages, tmp_path, differences="Clinic A says both.")
    flags = check(base, ["page-disagrees-with-itself"]).flags
    assert [flag.message for flag in flags] == messages
    assert {flag.severity for flag in flags} <= {"note"}
    unwritten = on_colds(kind, passages, tmp_path / "unwritten")
    assert not check(unwritten, ["page-disagrees-with-itself"]).flags


def test_what_is_written_of_pages_is_not_told_of_one_page(tmp_path: Path) -> None:
    passages: list[tuple[str, str, dict[str, Any]]] = [
        ("a", FLAT, {}),
        ("a", MAY, {}),
        ("b", MAY, {}),
    ]
    base = on_colds("efficacy", passages, tmp_path, differences="Clinic A is sure, clinic B not.")
    (flag,) = check(base, ["page-disagrees-with-itself"]).flags
    assert flag.message == f'the page says "{FLAT}"; "{MAY}" (as a fact, against as possible)'


def test_a_page_that_says_perhaps_not_differs_from_itself(tmp_path: Path) -> None:
    passages: list[tuple[str, str, dict[str, Any]]] = [
        ("a", "Not for infants.", {}),
        ("a", "It may not suit them.", {}),
    ]
    base = on_colds("contraindication", passages, tmp_path)
    (flag,) = check(base, ["page-disagrees-with-itself"]).flags
    assert "ruled out, against perhaps" in flag.message
