"""A base as one line of JSON and back, for the cache and for the browser.

A flat table: each row is [type, *fields]; a nested value is [row number] of an earlier row. So it
is read in one pass, equal parts stand once, and only what `claimbook.records` defines can come out
of it: nothing in the data is ever run.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from claimbook import records
from claimbook.records import Base

_CLASSES = {name: kind for name, kind in vars(records).items() if isinstance(kind, type)}
_RECORDS = {name: kind for name, kind in _CLASSES.items() if is_dataclass(kind)}
_WORDS = {name: kind for name, kind in _CLASSES.items() if issubclass(kind, Enum)}
_FIELDS = {name: [field.name for field in fields(kind)] for name, kind in _RECORDS.items()}


def _maker(kind: type[Any], names: list[str]) -> Callable[[list[Any]], Any]:
    return lambda parts: kind(**dict(zip(names, parts, strict=True)))


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


def pack(base: Base) -> str:
    """A base as one line of JSON, the same for equal bases."""
    rows: list[str] = []
    numbers: dict[str, int] = {}

    def row(kind: str, parts: list[Any]) -> list[int]:
        written = json.dumps([kind, *parts], separators=(",", ":"))
        if written not in numbers:
            numbers[written] = len(rows)
            rows.append(written)
        return [numbers[written]]

    def part(value: Any) -> Any:
        match value:
            case Enum():
                return row(type(value).__name__, [value.value])
            case float() if value - value != 0:
                return row("number", [str(value)])
            case None | bool() | int() | float() | str():
                return value
            case Mapping():
                return row("map", [part(side) for pair in value.items() for side in pair])
            case tuple():
                return row("tuple", list(map(part, value)))
            case frozenset():
                return row("set", sorted(map(part, value)))
            case date():
                return row("day", [value.isoformat()])
        name = type(value).__name__
        return row(name, [part(getattr(value, field)) for field in _FIELDS[name]])

    part(base)
    head = json.dumps(_FIELDS, separators=(",", ":"))
    return f'{{"fields":{head},"rows":[{",".join(rows)}]}}'


def unpack(data: str) -> Base:
    """The base that was packed.

    Raises:
        ValueError: the data is damaged, or was packed by an engine with other records.
    """
    packed = json.loads(data)
    try:
        if packed["fields"] != _FIELDS:
            raise ValueError("packed by an engine with other records")
        rows: list[Any] = []
        for kind, *parts in packed["rows"]:
            values = [rows[part[0]] if type(part) is list else part for part in parts]
            rows.append(_MAKE[kind](values))
        base = rows[-1]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("not a packed base") from error
    if not isinstance(base, Base):
        raise ValueError("not a packed base")
    return base
