"""Records in one layout: block style, at most 120 columns, the words untouched.

A mapping or a list of plain words that fits on its line stays there (`says: {effect: reduces}`);
everything else is one key or one item a line, and long text is folded. Comments above the first key
and above a top-level key are kept.
"""

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from claimbook.loading.records_from_data import read_value
from claimbook.loading.yaml_file import plain_value
from claimbook.records import Amount, ConceptSet, Effect, Regimen, Share, Value, Vocabulary, YesNo

WIDTH = 120
_WORD = 32  # room for a word: PyYAML ends a folded line at the first space past its width
_FLOW = 100  # the longest line that keeps a mapping or a list on it
_BOUNDS = ("up to", "at least", "about")  # as a figure's text says them
_KEY = re.compile(r"([^\s#:][^:]*):(\s|$)")


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list below their key, and repeats what YAML would alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


class _Words(yaml.SafeDumper):
    """Writes text as it is where our reader reads it back so: yes and no, and days."""


_Words.yaml_implicit_resolvers = {
    sign: [(tag, words) for tag, words in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for sign, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _text(dumper: yaml.SafeDumper, text: object) -> yaml.Node:
    style = '"' if isinstance(text, str) and plain_value(text) is not text else None
    word = str(text).lower() if isinstance(text, bool) else str(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", word, style)


for _type in (str, bool, date):
    _Words.add_representer(_type, _text)


def dumped(data: Mapping[str, object], head: str = "") -> str:
    """Data as a record, in the layout above, below the comments of its *head*."""
    body = yaml.dump(data, Dumper=_Words, allow_unicode=True, sort_keys=False, width=10_000)
    return formatted(head + body)


def schema_line(root: Path, kind: str) -> str:
    """The comment by which a record names its JSON Schema, in a base that has it; else nothing."""
    name = f"{kind}.schema.json"
    there = (root / "schemas" / name).exists()
    return f"# yaml-language-server: $schema=../schemas/{name}\n" if there else ""


def written(value: Value, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """What `says` has to hold for a value; None for one that no record can write."""
    match value:
        case Effect():
            says: dict[str, Any] = {"effect": value.direction.value}
        case YesNo():
            says = {"is": "yes" if value.holds else "no"}
        case ConceptSet():
            says = {value.mode: sorted(value.concepts)}
        case Regimen():
            says = {"regimen": {name: amount.text for name, amount in value.parts}}
        case Share() | Amount():
            kind = "share" if isinstance(value, Share) else "amount"
            bound = next((each for each in _BOUNDS if value.text.startswith(f"{each} ")), "")
            says = {kind: value.text.removeprefix(bound).strip()}
            words = (name for name, word in vocabulary.words.items() if word.means == value)
            if word := next(words, None):
                says = {kind: word}
            elif bound:
                says["bound"] = bound.replace(" ", "-")
            if isinstance(value, Share) and value.total:
                says["of"] = [value.count, value.total]
        case _:
            return None
    with contextlib.suppress(ValueError):
        if read_value(says, vocabulary) == value:
            return says
    return None


def formatted(text: str) -> str:
    """A record in the layout above; equal records come out as equal bytes.

    Raises:
        ValueError: the text is not one YAML mapping, or it has a comment that would be lost; the
            message says where.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("a record is a mapping of keys to values")
    comments = _comments(_without_scalars(text, node))
    _lay_out(node, 0)
    body = yaml.serialize(node, Dumper=_Dumper, width=WIDTH - _WORD, allow_unicode=True)
    lines = []
    for line in body.splitlines():
        key = _KEY.match(line)
        lines += [*comments.pop(key[1], ()), line] if key else [line]
    return "\n".join([*comments.pop("", ()), *lines]) + "\n"


def replaced(text: str, key: str, value: object) -> str:
    """A record with another value of one top-level key, and not a byte of the rest changed.

    A key that is not there yet comes first.

    Raises:
        ValueError: that cannot be done without touching the rest.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + replaced(text[1:], key, value)
    line_end = "\r\n" if "\r\n" in text else "\n"
    written = dumped({key: value})
    entry = written.rstrip("\n").replace("\n", line_end)
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("a record is a mapping of keys to values")
    start = end = node.value[0][0].start_mark.index
    after = line_end
    for name, old in node.value:
        if name.value == key:
            start, after = name.start_mark.index, ""
            end = start + len(text[start : _last(old).end_mark.index].rstrip())
    result = text[:start] + entry + after + text[end:]
    with contextlib.suppress(yaml.YAMLError):
        if "#" not in text[start:end] and _data(result) == _data(text) | _data(written):
            return result
    raise ValueError(f"{key} cannot be replaced without touching the rest; write it by hand")


def appended(text: str, key: str, items: Sequence[object]) -> str:
    """A record with items at the end of a top-level list, and not a byte of the rest changed.

    A list that is not there yet comes last in the record.

    Raises:
        ValueError: that cannot be done without touching the rest.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + appended(text[1:], key, items)
    if "\r\n" in text:
        return appended(text.replace("\r\n", "\n"), key, items).replace("\n", "\r\n")
    text = text if text.endswith("\n") else f"{text}\n"
    written = dumped({key: items})
    lines = written.splitlines(keepends=True)
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    listed = next((value for name, value in pairs if name.value == key), None)
    at = len(text)
    if listed is not None and listed.value:
        lines = lines[1:]
        at = text.index("\n", _last(listed).end_mark.index - 1) + 1
        at = len(text[:at].rstrip()) + 1
    result = text[:at] + "".join(lines) + text[at:]
    with contextlib.suppress(yaml.YAMLError):
        data = _data(text)
        if _data(result) == {**data, key: [*(data.get(key) or ()), *_data(written)[key]]}:
            return result
    raise ValueError(f"{key} cannot be added to without touching the rest; write it by hand")


def reworded(text: str, words: Mapping[tuple[str | int, ...], str]) -> str:
    """A record with other words at some paths, and not a word of the rest changed.

    Raises:
        ValueError: that cannot be done without touching the rest.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + reworded(text[1:], words)
    node, data, result = yaml.compose(text, Loader=yaml.CSafeLoader), _data(text), text
    places = {path: _at(node, path) for path in words}
    for path, place in sorted(places.items(), key=lambda item: -item[1].start_mark.index):
        start, end = place.start_mark.index, place.end_mark.index
        end = start + len(text[start:end].rstrip())
        result = f"{result[:start]}{json.dumps(words[path], ensure_ascii=False)}{result[end:]}"
        within = data
        for step in path[:-1]:
            within = within[step]
        within[path[-1]] = words[path]
    with contextlib.suppress(ValueError):
        if formatted(text) == text:
            result = formatted(result)
    with contextlib.suppress(yaml.YAMLError):
        if _data(result) == data:
            return result
    raise ValueError("the record cannot be changed without touching the rest; write it by hand")


def _at(node: Any, path: tuple[str | int, ...]) -> Any:
    """The scalar at a path of a record."""
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for name, value in node.value if name.value == step)
        else:
            node = node.value[step]
    return node


def _last(node: yaml.Node) -> yaml.Node:
    """The part of a node that ends last; a block's own end is where the next thing starts."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        part = node.value[-1]
        return _last(part[1] if isinstance(node, yaml.MappingNode) else part)
    return node


def _data(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _without_scalars(text: str, node: yaml.Node) -> str:
    """The text with every value blanked out, so that what looks like a comment is one.

    Top-level keys stay.
    """
    letters = list(text)
    waiting = [part for pair in node.value for part in pair[1:]]
    while waiting:
        part = waiting.pop()
        if isinstance(part, yaml.ScalarNode):
            start, end = part.start_mark.index, part.end_mark.index
            letters[start:end] = ["\n" if letter == "\n" else "_" for letter in letters[start:end]]
        elif isinstance(part, yaml.MappingNode):
            waiting += [half for pair in part.value for half in pair]
        else:
            waiting += part.value
    return "".join(letters)


def _comments(text: str) -> dict[str, list[str]]:
    """The comment lines by the top-level key that they stand above; those above the first by ""."""
    comments: dict[str, list[str]] = {"": []}
    pending: list[str] = []
    first = True
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            pending.append(line)
        elif key := _KEY.match(line):
            comments.setdefault("" if first else key[1], []).extend(pending)
            pending, first = [], False
        if re.search(r"\s#", line) and not line.startswith("#"):
            raise ValueError(f"line {number}: move this comment above a top-level key")
        if pending and line.strip("_ \r") and not line.startswith("#"):
            raise ValueError(f"line {number - 1}: move this comment above a top-level key")
    if pending:
        raise ValueError("move the last comment above a top-level key")
    return comments


def _lay_out(node: yaml.Node, indent: int) -> None:
    """Set the style of a node and of all that is in it; *indent* is where its line begins."""
    if isinstance(node, yaml.ScalarNode):
        plain = node.style in (None, "", "'", '"', ">") and "\n" not in node.value.strip("\n")
        if plain and len(node.value) + indent > _FLOW and node.tag == "tag:yaml.org,2002:str":
            node.value, node.style = node.value.rstrip("\n"), ">"
        return
    if not isinstance(node, yaml.CollectionNode):
        return
    pairs = isinstance(node, yaml.MappingNode)
    parts = [part for pair in node.value for part in pair] if pairs else node.value
    simple = all(isinstance(part, yaml.ScalarNode) for part in parts)
    length = sum(len(part.value) + 4 for part in parts) + indent
    node.flow_style = bool(indent and simple and length < _FLOW) or not parts
    if node.flow_style:
        for part in parts:
            if part.style == ">":
                part.style = None
        return
    for pair in node.value:
        key, value = pair if pairs else (None, pair)
        _lay_out(value, indent + 2 + (len(key.value) if key is not None and not value.value else 0))
