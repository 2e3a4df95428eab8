"""No word of a base stands in the engine, but for those allowed with a reason.

A base's words are the ids, labels and terms of its concepts, the nouns in which the ids of its
treatments and illnesses end, and the units that it declares.
"""

import re
from collections.abc import Iterator
from functools import cache
from keyword import iskeyword
from typing import Any

import pytest
import yaml
from conftest import ROOT

BASES = [ROOT, *sorted((ROOT / "tests" / "data").iterdir())]
ALLOWED = yaml.load(
    (ROOT / "tests" / "allowed_words.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
WORD = re.compile(r"[^\W\d_]+")
# Not read: likeness.json, which is numbers.
EXAMPLE = re.compile(r"```yaml\n.*?```", re.DOTALL)  # rules are documented with an invented world
ESCAPE = re.compile(r"\\[bsSwWdDn]")  # of regular expressions: no letters of a word
PENDING = {  # words of one treatment or illness that still stand in the engine, and where
    "attack": "what counts as a benefit, in mechanism-as-benefit: outcomes list few terms as yet",
    "pain": "the same, where pain signals are none; a promise in guarantee",
    "triptan": "medicines in the safety topics, which no base can add to as yet",
}


def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters and in the singular, so that "Attacks" is "attack"."""
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in WORD.findall(text.lower())
    )


def named(vocabulary: dict[str, Any]) -> Iterator[str]:
    """Every name that a vocabulary gives."""
    for facet, concepts in vocabulary["concepts"].items():
        for name, concept in concepts.items():
            yield from (name, concept["label"], *concept.get("terms", ()))
            if facet in ("population", "intervention"):
                yield name.rpartition("-")[2]
    for unit in vocabulary.get("units", ()):
        yield from (part for part in unit.split("/") if not iskeyword(part))  # as "class" is


VOCABULARIES = [
    yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for path in (base / "claims" / "vocabulary.yaml" for base in BASES)
    if path.exists()
]
NAMES = {words(name) for vocabulary in VOCABULARIES for name in named(vocabulary)} - {()}


@cache
def found() -> dict[str, list[str]]:
    """Where each name of a base stands in the engine, by name: `file:line`."""
    longest = max(map(len, NAMES))
    places: dict[str, list[str]] = {}
    for path in sorted((ROOT / "claimbook").rglob("*")):
        if not path.is_file() or path.suffix == ".pyc" or path.name == "likeness.json":
            continue
        file = path.relative_to(ROOT).as_posix()
        text = EXAMPLE.sub(lambda match: "\n" * match[0].count("\n"), path.read_text("utf-8"))
        for number, line in enumerate(ESCAPE.sub(" ", text).split("\n"), 1):
            row = words(line)
            spans = {row[i : i + n] for i in range(len(row)) for n in range(1, longest + 1)}
            for name in spans & NAMES:
                places.setdefault(" ".join(name), []).append(f"{file}:{number}")
    return places


def allowed(name: str, place: str) -> bool:
    return any(
        name in group["words"] and place.startswith(group.get("in", "")) for group in ALLOWED
    )


def test_the_bases_have_names_to_look_for() -> None:
    assert {("ketamine",), ("weekly", "shot"), ("migraine",)} <= NAMES
    assert len(VOCABULARIES) > 1


def test_engine_has_no_word_of_a_base() -> None:
    strange = {
        name: left
        for name, places in found().items()
        if name not in PENDING and (left := [one for one in places if not allowed(name, one)])
    }
    assert not strange


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.xfail(reason=why)) for name, why in PENDING.items()],
)
def test_words_still_to_be_moved_into_a_base(name: str) -> None:
    assert not [one for one in found().get(name, ()) if not allowed(name, one)]


def test_allowed_words_are_words_of_a_base_once() -> None:
    listed = [name for group in ALLOWED for name in group["words"]]
    assert listed == list(dict.fromkeys(listed))
    assert set(listed) <= {" ".join(name) for name in NAMES}
