"""YAML files in, plain data out, with the place of every mapping.

Built on libyaml's events: it keeps the line and column of every mapping at a third of the cost of
PyYAML's own loader, and refuses what that loader lets pass in silence: repeated keys, anchors and
aliases, tags, a second document.
"""

import re
import sys
from collections.abc import Callable
from typing import Any

import yaml

from claimbook.records import Location, Problem

AT = "at"  # under this key every mapping carries its Location
HAND_WRITTEN_AT = "at "  # what a key of that name becomes where a file writes one: unknown
MAX_DEPTH = 24
_NUMERIC = frozenset("-+.0123456789")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NUMBER = re.compile(  # 017 is text: elsewhere it is an octal number
    r"[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII
)
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}

Path = tuple[str | int, ...]


class _RefusedError(Exception):
    """The file cannot be read any further."""

    def __init__(self, mark: Any, message: str, repair: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.repair = mark.line + 1, mark.column + 1, repair


def read(content: bytes, file: str) -> tuple[Any, list[Problem]]:
    """The data of one file, and its problems.

    Args:
        content: the file's bytes; UTF-8.
        file: its path as messages should name it.
    Returns:
        Mappings as dicts with their `Location` under `AT`, sequences as lists, plain scalars as
        None, bool, int, float or str, quoted ones as str. The data is None where the file cannot
        be read.
    """
    text, problems = decode(content, file)
    if problems:
        return None, problems
    reader = _Reader(text, file)
    try:
        return reader.document(), reader.problems
    except _RefusedError as refused:
        place = Location(file, refused.line, refused.column)
        return None, [*reader.problems, Problem(place, str(refused), refused.repair)]
    except yaml.reader.ReaderError as error:
        place = _after(text.encode()[: error.position], file)
        message = "a character that YAML does not allow"
        return None, [*reader.problems, Problem(place, message, "remove it")]
    except yaml.MarkedYAMLError as error:
        return None, [*reader.problems, _syntax(error, text, file)]


def decode(content: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file, or what is wrong with its encoding."""
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        place = _after(error.object[: error.start], file)
        return "", [Problem(place, "not valid UTF-8", "save the file as UTF-8")]


def _after(before: bytes, file: str) -> Location:
    """The place behind some bytes of valid UTF-8."""
    last_line = before[before.rfind(b"\n") + 1 :].decode()
    return Location(file, before.count(b"\n") + 1, len(last_line) + 1)


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """What the parser objects to, where it was opened rather than at the end of the file."""
    mark = error.problem_mark or error.context_mark
    said = f"{error.problem} {error.context}"
    if mark and error.context_mark:
        at_end = mark.index >= len(text.rstrip())
        mark = error.context_mark if at_end or "end of stream" in said else mark
    place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    repair = next((repair for sign, repair in _REPAIRS.items() if sign in said), "")
    return Problem(place, f"not valid YAML: {error.problem or error.context}", repair)


_REPAIRS = {  # by what the parser says
    "mapping values are not allowed": "put quotation marks around text that contains ': '",
    "tab character": "YAML is indented with spaces",
    "cannot start any token": "YAML is indented with spaces; "
    "put quotation marks around text that starts with a sign",
    "end of stream": "close the quotation mark",
    "expected <block end>": "check the indentation and the quotation marks above",
    "did not find expected": "check the indentation and the quotation marks above",
}


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, text: str, file: str) -> None:
        self.file, self.problems = file, list[Problem]()
        self.lines = text.split("\n") if " #" in text else []
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event

    def document(self) -> Any:
        """The one document of the file; None where it is empty."""
        self.next()  # the stream starts
        if type(self.next()) is yaml.StreamEndEvent:
            return None
        data = self.value(self.next(), 0)
        self.next()  # the document ends
        if type(event := self.next()) is not yaml.StreamEndEvent:
            message = "a second document in one file"
            raise _RefusedError(event.start_mark, message, "one record per file")
        return data

    def value(self, event: Any, depth: int) -> Any:
        """The value that starts with an event."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        _refuse_marks(event)
        if depth >= MAX_DEPTH:
            raise _RefusedError(event.start_mark, f"nested more than {MAX_DEPTH} deep")
        if kind is yaml.MappingStartEvent:
            return self.mapping(event, depth + 1)
        items, read = [], self.next
        while type(event := read()) is not yaml.SequenceEndEvent:
            items.append(self.value(event, depth + 1))
        return items

    def mapping(self, event: Any, depth: int) -> dict[str, Any]:
        """The mapping that starts with an event; of keys that are there twice the last counts."""
        mapping: dict[str, Any] = {AT: self.place(event)}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                _refuse_marks(event)
                raise _RefusedError(event.start_mark, "a key must be plain text")
            self.scalar(event)
            key = HAND_WRITTEN_AT if event.value == AT else event.value
            if key in mapping:
                self.note(event, f"the key {event.value!r} is here twice", "keep one of them")
            mapping[key] = self.value(self.next(), depth)
        return mapping

    def scalar(self, event: Any) -> Any:
        """What a scalar means: text where it is quoted, and what looks like nothing else."""
        if event.anchor or event.tag:
            _refuse_marks(event)
        value = event.value
        if not event.style:
            if self.lines and " " in value:
                behind = self.lines[event.end_mark.line][event.end_mark.column :]
                if re.match(r"\s+#", behind):  # a comment, which may have been meant as text
                    repair = "put quotation marks around the text, or the comment on its own line"
                    self.note(event, 'text without quotation marks ends at " #"', repair)
            if value in _PLAIN or value[0] in _NUMERIC:
                return plain_value(value)
            return sys.intern(value)  # names of pages and concepts are often the same
        if not value or value.isspace():
            self.note(event, "empty text", "write it out, or null where nothing is known")
        elif event.style == '"' and CONTROL.search(value):
            self.note(event, "a control character in text", "remove it")
        return value

    def place(self, event: Any) -> Location:
        mark = event.start_mark
        return Location(self.file, mark.line + 1, mark.column + 1)

    def note(self, event: Any, message: str, repair: str) -> None:
        self.problems.append(Problem(self.place(event), message, repair))


def _refuse_marks(event: Any) -> None:
    if type(event) is yaml.AliasEvent or event.anchor or event.tag:
        what = "a tag" if getattr(event, "tag", None) else "an anchor or alias"
        message = f"{what} is not used in records"
        raise _RefusedError(event.start_mark, message, "write the value out")


def plain_value(value: str) -> Any:
    """What a word without quotation marks means: null, true, false, a number; else text."""
    if value in _PLAIN:
        return _PLAIN[value]
    if not _NUMBER.fullmatch(value):
        return value
    try:
        return int(value)
    except ValueError:  # a decimal, or thousands of digits
        return float(value)


def places(content: bytes) -> dict[Path, tuple[int, int, int, int]]:
    """Where every value of a file stands: its path to (line, column) of its key and of itself.

    Only asked for when there is a problem to report, so that reading stays quick.
    """
    positions: dict[Path, tuple[int, int, int, int]] = {}

    def note(node: yaml.Node, path: Path, key: yaml.Node) -> None:
        own, mark = key.start_mark, node.start_mark
        positions[path] = (own.line + 1, own.column + 1, mark.line + 1, mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                note(value, (*path, name.value), name)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                note(value, (*path, index), value)

    if root := yaml.compose(content.decode("utf-8-sig"), yaml.CSafeLoader):
        note(root, (), root)
    return positions


def without_places(data: Any) -> Any:
    """Data as the file writes it, without the places of its mappings."""
    if isinstance(data, dict):
        return {key: without_places(value) for key, value in data.items() if key != AT}
    return [*map(without_places, data)] if isinstance(data, list) else data
