"""The vocabulary: its units, words, concepts and rings of synonyms, from the data of its file."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from claimbook.loading.messages import ProblemCollector
from claimbook.loading.records_from_data import build_named, items, read_value
from claimbook.loading.yaml_file import AT
from claimbook.records import (
    FACETS,
    KINDS,
    UNITS,
    Amount,
    Concept,
    Share,
    Unit,
    VagueTerm,
    Value,
    Vocabulary,
    did_you_mean,
)

KEYS = ("concepts", "words", "synonyms", "units", "counted")
_NO_CONCEPTS = Vocabulary({}, {})


def build_vocabulary(data: dict[str, Any], problems: ProblemCollector) -> Vocabulary:
    """The vocabulary that data write; a faulty concept is stood in for, another part left out."""
    for key in set(data) - {AT, *KEYS}:
        problems.add_unknown((key,), did_you_mean(key, KEYS))
    units = _units(data, problems)
    vocabulary = Vocabulary({}, {}, units=units)
    words = dict(_words(data.get("words"), vocabulary, problems))
    concepts = _concepts(data.get("concepts"), problems)
    counted = data.get("counted", [])
    if not _are_texts(counted):
        repair = "write counted: [people, visits]"
        problems.add(("counted",), "'counted' is a list of words", repair)
        counted = []
    rings = _rings(data.get("synonyms"), problems)
    return Vocabulary(concepts, words, rings, units, tuple(counted) or ("people",))


def _units(data: Mapping[str, Any], problems: ProblemCollector) -> Mapping[str, Unit]:
    """The general units and the base's own, of which a name alone is a dimension of its own."""
    own = data.get("units", {})
    for name, fields in own.items() if isinstance(own, dict) else ():
        if name in UNITS:
            problems.add(("units", name), f"{name!r} is a general unit", "leave it out", key=True)
        if isinstance(fields, dict):
            fields.setdefault("dimension", name)
    built = build_named(Unit, own, ("units",), _NO_CONCEPTS, problems)
    return {**UNITS, **{name: unit for name, unit in built if unit}}


def _words(
    data: object, vocabulary: Vocabulary, problems: ProblemCollector
) -> Iterator[tuple[str, VagueTerm]]:
    """The vague words, each with the share or the amount that it means."""
    for name, fields in items(data, ("words",), problems):
        if isinstance(fields, dict):
            for key in [key for key in fields if key not in (*KINDS, "because", AT)]:
                keys = ("share", "amount", "because")
                repair = did_you_mean(key, keys) or "the keys here are share, amount, because"
                problems.add_unknown(("words", name, key), repair)
                del fields[key]
            written = {key: fields.pop(key) for key in KINDS if key in fields}
            try:
                means = read_value(written, vocabulary)
                if not isinstance(means, Share | Amount):
                    raise ValueError("a word means a share or an amount")
                text = name.replace("-", " ")
                fields["means"] = dataclasses.replace(means, text=text, figure=False)
            except ValueError as error:
                problems.add(("words", name), str(error))
                fields["means"] = Value()
    for name, word in build_named(VagueTerm, data, ("words",), vocabulary, problems):
        if word and type(word.means) is not Value:
            yield name, word


def _concepts(data: object, problems: ProblemCollector) -> dict[str, Concept]:
    concepts: dict[str, Concept] = {}
    for facet, named in items(data, ("concepts",), problems):
        path = ("concepts", facet)
        if facet not in FACETS:
            repair = did_you_mean(facet, FACETS) or f"one of {', '.join(FACETS)}"
            problems.add(path, f"unknown facet {facet!r}", repair, key=True)
        for name, fields in named.items() if isinstance(named, dict) else ():
            if name in concepts:
                message = f"repeated id {name!r}"
                repair = "a concept's id is unique over all facets"
                problems.add((*path, name), message, repair, key=True)
            if isinstance(fields, dict):
                if fields.get("facet") == facet:  # where it stands says it already
                    del fields["facet"]
                if isinstance(fields.get("broader"), str):
                    fields["broader"] = [fields["broader"]]
        for name, concept in build_named(Concept, named, path, _NO_CONCEPTS, problems, facet=facet):
            concepts.setdefault(name, concept or Concept(name, facet, name))
    hierarchy = Vocabulary(concepts, {})
    for name, concept in concepts.items():
        if any(name in broader.broader for broader in hierarchy.inherited(name)):
            where = ("concepts", concept.facet, name)
            problems.add(where, f"{name!r} is broader than itself", "break the circle", key=True)
    return concepts


def _are_texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(text, str) for text in given)


def _rings(given: Any, problems: ProblemCollector) -> tuple[tuple[str, ...], ...]:
    """The synonym rings of the vocabulary; a word in two rings would stand for two things."""
    if given is not None and not isinstance(given, list):
        repair = "write - [word, another word]"
        problems.add(("synonyms",), "synonyms are a list of rings", repair)
        return ()
    seen: dict[str, int] = {}
    rings = []
    for number, words in enumerate(given or ()):
        if not _are_texts(words) or len(words) < 2:
            message = "a ring is a list of two words or more"
            repair = "write - [word, another word]; quote numbers and yes or no"
            problems.add(("synonyms", number), message, repair)
            continue
        for index, word in enumerate(words):
            if seen.setdefault(word.lower(), number) != number:
                message = f"{word!r} is in two rings"
                repair = "join the rings, or leave it in one"
                problems.add(("synonyms", number, index), message, repair)
        rings.append(tuple(words))
    return tuple(rings)
