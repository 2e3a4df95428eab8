"""A base, or flags, as one line of JSON and back, for the cache and for the browser.

A flat table: each row is [type, *fields]; a nested value is [row number] of an earlier row, a place
is [file, line, column]. So it is read in one pass, equal parts stand once, and only what
`claimbook.records` defines can come out of it: nothing in the data is ever run.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from claimbook import records
from claimbook.records import Base, Flag, Location

_CLASSES = {name: kind for name, kind in vars(records).items() if isinstance(kind, type)}
_RECORDS = {name: kind for name, kind in _CLASSES.items() if is_dataclass(kind)}
_WORDS = {name: kind for name, kind in _CLASSES.items() if issubclass(kind, Enum)}
_FIELDS = {name: [field.name for field in fields(kind)] for name, kind in _RECORDS.items()}

Packed = TypeVar("Packed", Base, tuple[Flag, ...])
_PLAIN = frozenset({str, int, bool, type(None)})


def _maker(kind: type[Any], names: list[str]) -> Callable[[list[Any]], Any]:
    last = int(names[0] == "at")  # a record's place is given by name
    return lambda parts: kind(*parts[last:], **dict(zip(names[:last], parts, strict=False)))


_MAKE: dict[str, Callable[[list[Any]], Any]] = {
    **{name: _maker(kind, _FIELDS[name]) for name, kind in _RECORDS.items()},
    **{name: _maker(kind, ["value"]) for name, kind in _WORDS.items()},
    "map": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
    "tuple": tuple,
    "set": frozenset,
    "number": lambda parts: float(parts[0]),  # one that JSON cannot write
    "day": lambda parts: date.fromisoformat(parts[0]),
}


def for_vetting(base: Base) -> Base:
    """The base without the pages' own texts, which are not ours to pass on, and drafts need not."""
    pages = {name: replace(page, passed_over=()) for name, page in base.pages.items()}
    base = replace(base, glossary={}, redirects={}, corrections={}, inboxes={})
    base = replace(base, reviews={}, changes={})  # people, by name and address
    return replace(base, pages=pages, texts={}, snapshots={}, figures={})


def pack(packed: Base | tuple[Flag, ...]) -> str:
    """A base, or flags, as one line of JSON, the same for what is equal."""
    rows: list[tuple[Any, ...]] = []
    numbers: dict[Any, tuple[int]] = {}

    def row(kind: str, parts: Iterable[Any]) -> tuple[int]:
        written = (kind, *parts)
        key = (written, *map(type, written))  # as 1 is True and 1.0
        if key not in numbers:
            numbers[key] = (len(rows),)
            rows.append(written)
        return numbers[key]

    def part(value: Any) -> Any:
        if type(value) in _PLAIN:
            return value
        match value:
            case Enum():
                return row(type(value).__name__, [value.value])
            case float():
                return value if value - value == 0 else row("number", [str(value)])
            case Mapping():
                return row("map", [part(side) for pair in value.items() for side in pair])
            case Location():
                return tuple(value)
            case tuple():
                return row("tuple", list(map(part, value)))
            case frozenset():
                return row("set", sorted(map(part, value)))
            case date():
                return row("day", [value.isoformat()])
        name = type(value).__name__
        return row(name, [part(getattr(value, field)) for field in _FIELDS[name]])

    part(packed)
    return json.dumps({"fields": _FIELDS, "rows": rows}, separators=(",", ":"))


def unpack(data: str, kind: type[Packed] = Base) -> Packed:  # type: ignore[assignment]
    """What was packed, a base or a tuple of flags.

    Raises:
        ValueError: the data is damaged, or was packed by an engine with other records.
    """
    packed = json.loads(data)
    try:
        if packed["fields"] != _FIELDS:
            raise ValueError("packed by an engine with other records")
        rows: list[Any] = []

        def part_of(packed: list[Any]) -> Any:
            return rows[packed[0]] if len(packed) == 1 else Location(*packed)

        for name, *parts in packed["rows"]:
            rows.append(_MAKE[name]([part_of(p) if type(p) is list else p for p in parts]))
        made = rows[-1]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("not what was packed") from error
    if not isinstance(made, kind):
        raise ValueError("not what was packed")
    return made
