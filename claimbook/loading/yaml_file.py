"""YAML files in, plain data out, with the place of every mapping.

Built on libyaml's events: it keeps the line and column of every mapping at a third of the cost of PyYAML's own loader, and
refuses what that loader lets pass in silence: repeated keys, anchors and aliases, tags, a second document.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from claimbook.records import Location, Problem

AT = "at"  # under this key every mapping carries its Location
HAND_WRITTEN_AT = (
    "at "  # what a key of that name becomes where a file writes one: as unknown as any other
)
MAX_DEPTH = 24
_Parser: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader  # type: ignore[attr-defined]  # only its events are used
_NUMERIC = frozenset("-+.0123456789")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
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
        Mappings as dicts with their `Location` under `AT`, sequences as lists, plain scalars as None, bool, int, float or
        str, quoted ones as str. The data is None where the file cannot be read.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Problem(not_utf8(error, file), "not valid UTF-8", "save the file as UTF-8")]
    problems: list[Problem] = []
    try:
        return _build(text, file, problems), problems
    except _RefusedError as refused:
        return None, [
            *problems,
            Problem(Location(file, refused.line, refused.column), str(refused), refused.repair),
        ]
    except yaml.reader.ReaderError as error:
        before = (
            text.encode()[: error.position]
            if hasattr(yaml, "CSafeLoader")
            else text[: error.position].encode()
        )
        return None, [
            *problems,
            Problem(_after(before, file), "a character that YAML does not allow", "remove it"),
        ]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if (
            mark
            and error.context_mark
            and (mark.index >= len(text.rstrip()) or "end of stream" in str(error.problem))
        ):
            mark = error.context_mark  # what was never closed, rather than the end of the file
        place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
        return None, [
            *problems,
            Problem(place, f"not valid YAML: {error.problem or error.context}", _hint(error)),
        ]


def not_utf8(error: UnicodeDecodeError, file: str) -> Location:
    """Where the first byte stands that is not UTF-8."""
    return _after(error.object[: error.start], file)


def _after(before: bytes, file: str) -> Location:
    """The place behind some bytes of valid UTF-8."""
    return Location(
        file, before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode()) + 1
    )


def _hint(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.problem} {error.context}"
    if "mapping values are not allowed" in said:
        return "put quotation marks around text that contains ': '"
    if "tab character" in said:
        return "YAML is indented with spaces"
    if "cannot start any token" in said:
        return (
            "YAML is indented with spaces; put quotation marks around text that starts with a sign"
        )
    if "end of stream" in said:
        return "close the quotation mark"
    if "expected <block end>" in said or "did not find expected" in said:
        return "check the indentation and the quotation marks above"
    return ""


def _events(text: str) -> Iterator[Any]:
    parser = _Parser(text)
    while type(event := parser.get_event()) is not yaml.StreamEndEvent:
        yield event


def _build(text: str, file: str, problems: list[Problem]) -> Any:
    """One pass over the events, without recursion and with few calls: this loop is most of a load."""
    stack: list[
        Any
    ] = []  # what stands around the current container: it and the key that waits for a value
    root: Any = None
    container: Any = None
    key: Any = None
    documents = 0
    mapped = False  # whether the current container is a mapping
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    next_event = _Parser(text).get_event
    while True:
        event = next_event()
        kind = type(event)
        if kind is scalar:
            if event.anchor or event.tag:
                raise _refusal(event)
            value = event.value
            if not event.style:
                if value in _PLAIN or value[0] in _NUMERIC:
                    value = _scalar(value)
            elif not value or value.isspace():
                problems.append(
                    Problem(
                        _place(event, file),
                        "empty text",
                        "write it out, or null where nothing is known",
                    )
                )
            elif event.style == '"' and CONTROL.search(value):
                problems.append(
                    Problem(_place(event, file), "a control character in text", "remove it")
                )
            if mapped and key is None:
                key = event.value
                if key == AT:
                    key = HAND_WRITTEN_AT
                if key in container:
                    problems.append(
                        Problem(
                            _place(event, file),
                            f"the key {event.value!r} is here twice",
                            "keep one of them",
                        )
                    )
                continue
        elif kind is mapping or kind is sequence:
            if event.anchor or event.tag:
                raise _refusal(event)
            if len(stack) >= MAX_DEPTH:
                raise _RefusedError(event.start_mark, f"nested more than {MAX_DEPTH} deep")
            if mapped and key is None:
                raise _RefusedError(event.start_mark, "a key must be plain text")
            stack.append((container, key))
            mapped = kind is mapping
            container, key = {AT: _place(event, file)} if mapped else [], None
            continue
        elif kind in ends:
            value = container
            container, key = stack.pop()
            mapped = type(container) is dict
        elif kind is yaml.AliasEvent:
            raise _refusal(event)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _RefusedError(
                    event.start_mark, "a second document in one file", "one record per file"
                )
            continue
        elif kind is yaml.StreamEndEvent:
            return root
        else:
            continue
        if mapped:
            container[key] = value
            key = None
        elif container is None:
            root = value
        else:
            container.append(value)


def _place(event: Any, file: str) -> Location:
    mark = event.start_mark
    return Location(file, mark.line + 1, mark.column + 1)


def _refusal(event: Any) -> _RefusedError:
    what = "a tag" if getattr(event, "tag", None) else "an anchor or alias"
    return _RefusedError(event.start_mark, f"{what} is not used in records", "write the value out")


def _scalar(value: str) -> Any:
    """What a plain scalar means: null, true and false, whole and decimal numbers; everything else is text."""
    if value in _PLAIN:
        return _PLAIN[value]
    if value[0] in _NUMERIC and _NUMBER.fullmatch(value):
        try:
            return int(value)
        except ValueError:  # a decimal, or thousands of digits
            return float(value)
    return value


def places(content: bytes) -> dict[Path, tuple[int, int, int, int]]:
    """Where every value of a file stands: its path to (line, column) of its key and of itself.

    Only asked for when there is a problem to report, so that reading stays quick.
    """
    found: dict[Path, tuple[int, int, int, int]] = {}
    stack: list[Any] = []  # [is mapping, key, key's mark or index]

    def here(mark: Any) -> Path:
        path = tuple(frame[1] for frame in stack)
        own = stack[-1][2] if stack and stack[-1][2] else mark
        found[path] = (own.line + 1, own.column + 1, mark.line + 1, mark.column + 1)
        return path

    def done() -> None:
        if stack and stack[-1][0]:
            stack[-1][1] = None
        elif stack:
            stack[-1][1] += 1

    for event in _events(content.decode("utf-8-sig")):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if stack and stack[-1][0] and stack[-1][1] is None:
                stack[-1][1], stack[-1][2] = event.value, event.start_mark
                continue
            here(event.start_mark)
            done()
        elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            here(event.start_mark)
            stack.append(
                [
                    kind is yaml.MappingStartEvent,
                    None if kind is yaml.MappingStartEvent else 0,
                    None,
                ]
            )
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            stack.pop()
            done()
    return found
