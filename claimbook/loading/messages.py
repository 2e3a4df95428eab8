"""What is wrong with a file, in the words of its writer: the place, the fault and the repair."""

import dataclasses
import re
import typing
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from claimbook.loading import yaml_file
from claimbook.loading.yaml_file import AT
from claimbook.records import Location, Problem, did_you_mean
from claimbook.records.record import spelling

SEE = "see docs/method/records.md"
NO_ID = "lower-case letters, digits and single hyphens"
_WANTED = {  # by the start of the name of pydantic's error
    "string": "text",
    "tuple": "a list",
    "dataclass": "a mapping",
    "mapping": "a mapping",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date such as 2001-12-31",
}


def shown(value: object) -> str:
    """A faulty value as a message shows it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return repr(str(value).lower())
        case dict():
            return "a mapping"
        case list():
            return "a list"
    return repr(str(value) if len(str(value)) < 60 else f"{str(value)[:56]}...")


class ProblemCollector:
    """What is wrong with one file; places are looked up only when there is something.

    Args:
        file: how messages name it.
        unsaved: what counts in the place of what the file holds, if anything.
    """

    def __init__(self, path: FilePath, file: str, unsaved: bytes | None = None) -> None:
        self.path, self.file, self.unsaved = path, file, unsaved
        self._faults: dict[tuple[yaml_file.Path, str, str, bool], None] = {}

    def add(self, path: yaml_file.Path, message: str, repair: str = "", key: bool = False) -> None:
        """Note a fault of the value at *path*, or of its key."""
        self._faults[path, message, repair, key] = None

    def add_unknown(self, path: yaml_file.Path, repair: str) -> None:
        """Note a key that no field names."""
        name = str(path[-1])
        if unseen := [sign for sign in name if sign not in " \t\n" and not sign.isprintable()]:
            message = (
                f"the key {shown(name)} holds a sign that is not seen (U+{ord(unseen[0]):04X})"
            )
            self.add(path, message, "delete it", key=True)
        else:
            name = name.strip()
            self.add((*path[:-1], name), f"unknown key {shown(name)}", repair, key=True)

    def add_invalid(self, error: Any, record: Any, prefix: yaml_file.Path = ()) -> None:
        """Note what pydantic found in a record."""
        path, given = (*prefix, *error["loc"]), error.get("input")
        match error["type"]:
            case "missing" | "is_instance_of":
                self.add(path[:-1], f"missing {path[-1]!r}", "add it")
            case "unexpected_keyword_argument" | "extra_forbidden" | "dataclass_unexpected":
                self.add_unknown(path, _nearest_key(record, error["loc"]))
            case "enum" | "literal_error":
                options = [o.strip(" '") for o in re.split(r",| or ", error["ctx"]["expected"])]
                key = path[-1] == "[key]"
                path = (*path[:-2], str(path[-2]).strip()) if key else path
                name = str(given).strip()
                value = repr(name) if isinstance(given, str) else shown(given)
                message = f"{value} is not one of {', '.join(options)}"
                repair = "" if given is None else did_you_mean(name, options)
                if name in options and isinstance(given, str):  # it wants a number
                    repair = "remove the quotation marks"
                self.add(path, message, repair, key)
            case kind:
                if path[-1] in ("int", "str") and len(path) > 1:  # either would do
                    path, kind = path[:-1], "string_type"
                wanted = (what for start, what in _WANTED.items() if kind.startswith(start))
                what = next(wanted, "something else")
                number = what == "text" and isinstance(given, int | float)
                repair = "put quotation marks around it" if number else SEE
                self.add(path, f"{path[-1]!r} takes {what}, not {shown(given)}", repair)

    def problems(self) -> Iterator[Problem]:
        """Every fault with its place."""
        if not self._faults:
            return
        try:
            content = self.path.read_bytes() if self.unsaved is None else self.unsaved
            places = yaml_file.places(content)
        except Exception:  # noqa: BLE001 - the file is unreadable, which is reported elsewhere
            places = {}
        for path, message, repair, at_key in self._faults:
            alone = path[-1:] == (0,) and path not in places  # in a list without its brackets
            place = known = path[:-1] if alone else path
            while known and known not in places:
                known = known[:-1]
            key_line, key_column, line, column = places.get(known, (1, 1, 1, 1))
            if at_key or known != place:
                line, column = key_line, key_column
            yield Problem(Location(self.file, line, column), message, repair)


def _nearest_key(record: Any, path: yaml_file.Path) -> str:
    """The repair for an unknown key: the nearest one of the record in which it stands."""
    for key in path[:-1]:
        hints = typing.get_type_hints(record)
        for field in dataclasses.fields(record):
            if spelling(field) == key:
                record = next(filter(dataclasses.is_dataclass, types_in(hints[field.name])), record)
    keys = [spelling(f) for f in dataclasses.fields(record) if "computed" not in f.metadata]
    keys.remove(AT)
    return did_you_mean(str(path[-1]).strip(), keys) or f"the keys here are {', '.join(keys)}"


def types_in(hint: Any) -> Iterator[Any]:
    """A type and those that it is made of."""
    yield hint
    for part in typing.get_args(hint):
        yield from types_in(part)
