"""Plain data in, records out: values are read, and what pydantic would let pass is noted.

A faulty part is noted and stood in for, so that the rest of its record is checked too.
"""

import dataclasses
import datetime
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from claimbook.loading.messages import NO_ID, ProblemCollector, shown, types_in
from claimbook.loading.yaml_file import AT, Path
from claimbook.records import (
    Claim,
    Concept,
    Correction,
    Disclosure,
    GlossaryTerm,
    Matter,
    Source,
    Unit,
    VagueTerm,
    Value,
    Vocabulary,
    Written,
    parse_value,
)
from claimbook.records.record import spelling

_adapter = cache(TypeAdapter[Any])
MAX_VALUE = 60  # characters of a number with its unit, or of a word
MAX_PEOPLE = 10**10
_COUNTS = ("of", "against-of")
_LISTS = (*_COUNTS, "only", "includes", "excludes")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DIGITS = re.compile(r"[-+.\s\d_]*\d[.\s\d_]*")  # 040, 1_000 and "40" are text
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHAPES: Mapping[Any, tuple[str, str]] = {  # of the records that stand in one file by name
    Concept: ("concept", "{label: ...}"),
    Unit: ("unit", "{written: [session|sessions]}"),
    VagueTerm: ("word", "{share: ..., because: ...}"),
    Disclosure: ("disclosure", "{label: ..., kind: ..., authority: [...], force: ...}"),
    GlossaryTerm: ("term", "{words: [...], means: ...}"),
    Correction: ("correction", "{on: 2001-12-31, wrong: ..., changed: ...}"),
    Matter: ("matter", "{question: ..., claims: [...], truth-of: ...}"),
}


def build(
    kind: Any,
    data: dict[str, Any],
    vocabulary: Vocabulary,
    problems: ProblemCollector,
    path: Path,
    computed: Mapping[str, str],
) -> Any:
    """The record that data write; None, with problems noted, where they write none.

    Args:
        kind: the class of the record.
        data: what the file has at *path*; it is changed.
        vocabulary: the words and units that values are written in.
        problems: takes what is wrong.
        path: the keys that lead to the data.
        computed: the fields that no file writes.
    """
    _prepare(kind, data, path, vocabulary, problems)
    data |= computed
    if kind is Claim:
        _name_occurrences(data, computed["id"])
    elif kind is Source:
        for finding in _dicts(data.get("findings")):
            finding["source"] = computed["id"]
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=True):
            problems.add_invalid(fault, kind, path)
        return None


def build_named(
    kind: Any, data: object, path: Path, vocabulary: Vocabulary, problems: ProblemCollector,
    **computed: str,
) -> Iterator[tuple[str, Any]]:  # fmt: skip
    """The records of a mapping with their names; None in place of one that is not sound."""
    noun, shape = _SHAPES[kind]
    for name, fields in items(data, path, problems):
        if kind is not Unit and not ID.fullmatch(name):
            problems.add((*path, name), f"{name!r} is not an id", NO_ID, key=True)
        if isinstance(fields, dict):
            where, own = (*path, name), {"id": name, **computed}
            yield name, build(kind, fields, vocabulary, problems, where, own)
        else:
            problems.add((*path, name), f"a {noun} is a mapping", f"write {shape}")
            yield name, None


def items(data: object, path: Path, problems: ProblemCollector) -> Iterator[tuple[str, Any]]:
    """The keys and values that a file writes in a mapping, which has to be there."""
    if isinstance(data, dict):
        yield from ((key, value) for key, value in data.items() if key != AT)
    else:
        problems.add(path, f"{path[-1]!r} is missing or not a mapping")


def read_value(written: Mapping[str, Any], vocabulary: Vocabulary) -> Value:
    """The value that is written, each part of which is one thing of a sensible length.

    Raises:
        ValueError: it is not a value.
    """
    for key, given in written.items():
        if key == "regimen" and isinstance(given, dict):
            written = {**written, key: {name: part for name, part in given.items() if name != AT}}
            for name, part in written[key].items():
                _check_part(name, part)
        else:
            _check_part(key, given)
    return parse_value(written, vocabulary.words, vocabulary.units)


def _check_part(key: str, given: object) -> None:
    if given is None:
        raise ValueError(f"{key!r} is empty; write its value")
    if isinstance(given, dict):
        raise ValueError(f"{key!r} takes no mapping")
    if isinstance(given, list) and key not in _LISTS:
        raise ValueError(f"{key!r} takes no list")
    if isinstance(given, str) and len(given) > MAX_VALUE:
        raise ValueError(f"{shown(given)} is too long for a value")
    counts = given if key in _COUNTS and isinstance(given, list) else ()
    if any(isinstance(n, int) and n > MAX_PEOPLE for n in counts):
        raise ValueError(f"{key!r} counts people, at most {MAX_PEOPLE:,}")


def _name_occurrences(data: dict[str, Any], claim: str) -> None:
    """Give every occurrence its claim, and an id of the claim and the page."""
    used: set[str] = set()
    for occurrence in _dicts(data.get("occurrences")):
        name = start = f"{claim}/{occurrence.get('page')}"
        number = 1
        while name in used:
            number += 1
            name = f"{start}-{number}"
        used.add(name)
        occurrence |= {"claim": claim, "id": name}


def _dicts(data: object) -> Iterator[dict[str, Any]]:
    yield from (item for item in data if isinstance(item, dict)) if isinstance(data, list) else ()


class _Check(NamedTuple):
    """What pydantic would let pass in a field, what to say of it, and what stands in for it."""

    faulty: Callable[[Any], bool]
    message: str
    repair: str
    substitute: Any


_CHECKS: Mapping[Any, _Check] = {  # by a type, or a number, that the field takes
    datetime.date: _Check(
        lambda given: given is not None and not (type(given) is str and _DATE.fullmatch(given)),
        "is not a date",
        "write it as 2001-12-31",
        datetime.date.min,
    ),
    1: _Check(
        lambda given: isinstance(given, bool | float),
        "is not one of 1, 2",
        "write 1 or 2 steps",
        1,
    ),
    int: _Check(
        lambda given: (
            isinstance(given, bool | float)
            or (type(given) is int and given < 0)
            or (type(given) is str and _DIGITS.fullmatch(given) is not None)
        ),
        "is not a count",
        "write a whole number, or null where it is not known",
        None,
    ),
}


def _prepare(
    kind: Any, data: dict[str, Any], path: Path, vocabulary: Vocabulary, problems: ProblemCollector
) -> None:
    """Read the values of a record and of its parts, and note what pydantic would let pass."""
    for key, step, mapping in _steps(kind):
        if key not in data:
            continue
        given, where = data[key], (*path, key)
        if isinstance(step, str):
            problems.add_unknown(where, step)
        elif isinstance(step, _Check):
            if step.faulty(given):
                problems.add(where, f"{shown(given)} {step.message}", step.repair)
                data[key] = step.substitute
        elif step is not Value:
            for place, part in _parts(given, where, mapping):
                _prepare(step, part, place, vocabulary, problems)
        elif given is not None and not isinstance(given, Value):
            try:
                data[key] = _value(given, vocabulary)
            except ValueError as error:
                problems.add(where, str(error))
                data[key] = Value()


@cache
def _steps(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """The keys of a record at which there is something to do, what, and if they hold a mapping.

    What is the repair of a field that no file writes, a check, `Value`, or the class of its parts.
    """
    hints = typing.get_type_hints(kind)
    steps = []
    for field in dataclasses.fields(kind):
        parts = list(types_in(hints[field.name]))
        choices = (
            field.metadata.get("computed"),
            Value if Value in parts else None,
            *(check for type_, check in _CHECKS.items() if type_ in parts),
            *(part for part in parts if isinstance(part, type) and issubclass(part, Written)),
        )
        if step := next(filter(None, choices), None):
            mapping = any(typing.get_origin(part) is Mapping for part in parts)
            steps.append((spelling(field), step, mapping))
    return tuple(steps)


def _parts(given: Any, path: Path, mapping: bool) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The one record under a key, or each of a list or of a mapping of them, with its place."""
    named: Iterable[tuple[Path, Any]] = [(path, given)]
    if isinstance(given, list):
        named = (((*path, index), part) for index, part in enumerate(given))
    elif mapping and isinstance(given, dict):
        given.pop(AT, None)
        named = (((*path, name), part) for name, part in given.items())
    yield from ((place, part) for place, part in named if isinstance(part, dict))


def _value(written: Any, vocabulary: Vocabulary) -> Value:
    if not isinstance(written, dict):
        raise ValueError("a value is a mapping: {effect: reduces}")
    parts = {name.strip(): given for name, given in written.items() if name != AT}
    return read_value(parts, vocabulary)
