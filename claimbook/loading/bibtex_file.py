"""BibTeX in, references out: read and formatted by pybtex, with the places and faults that pybtex does not report."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping

from claimbook.loading.yaml_file import CONTROL, not_utf8
from claimbook.records import Location, Problem, Reference

_ENTRY = re.compile(r"^[ \t]*@(\w+)\s*[{(]\s*([^,\s}]*)", re.MULTILINE)
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_Starts = Mapping[
    str, tuple[str, int]
]  # by the key in small letters: the key as written, and where its entry starts
_Place = Callable[[int], Location]
_NOT_ENTRIES = ("comment", "preamble", "string")


def read(content: bytes, file: str) -> tuple[dict[str, Reference], list[Problem]]:
    """The references of one file by key, and its problems.

    Keys are compared without case, as BibTeX does. An unescaped `%` loses the rest of its line in silence, so it is refused.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return {}, [Problem(not_utf8(error, file), "not valid UTF-8", "save the file as UTF-8")]
    problems: list[Problem] = []

    lines = [
        match.end() for match in re.finditer("\n", text)
    ]  # where every line but the first starts

    def place(offset: int) -> Location:
        line = bisect_right(lines, offset)
        return Location(file, line + 1, offset - (lines[line - 1] if line else 0) + 1)

    starts: dict[str, tuple[str, int]] = {}
    entries = [m for m in _ENTRY.finditer(text) if m[1].lower() not in _NOT_ENTRIES]
    for match in entries:
        key, start = match[2], match.start(1) - 1
        if not key:
            problems.append(
                Problem(place(start), "an entry without a key", "write @article{key, ...")
            )
        elif key.lower() in starts:
            problems.append(
                Problem(
                    place(start), f"repeated BibTeX key {key!r}", "give one of them another key"
                )
            )
        else:
            starts[key.lower()] = (key, start)
    for match in _BARE_PERCENT.finditer(text):
        if entries and match.start() > entries[0].start():
            problems.append(
                Problem(
                    place(match.start()), "an unescaped % loses the rest of its line", r"write \%"
                )
            )
    for match in CONTROL.finditer(text):
        problems.append(Problem(place(match.start()), "a control character", "remove it"))
    if problems:
        return {}, problems
    return _parse(text, starts, place)


def _parse(text: str, starts: _Starts, place: _Place) -> tuple[dict[str, Reference], list[Problem]]:
    from pybtex import errors
    from pybtex.database.input.bibtex import Parser

    with errors.capture() as captured:  # every error that pybtex knows of
        data = Parser().parse_string(text)
    if captured:
        return {}, [_syntax(error, text, starts, place) for error in captured]
    problems: list[Problem] = []
    offsets = sorted(offset for _, offset in starts.values())
    found: dict[str, Reference] = {}
    for key, entry in data.entries.items():
        if key.lower() not in starts:
            start = re.search(r"@\w+\s*[{(]\s*" + re.escape(key), text, re.IGNORECASE)
            problems.append(
                Problem(
                    place(start.start() if start else 0),
                    f"the entry {key!r} starts in the middle of a line",
                    "start it on a line of its own",
                )
            )
            continue
        written, offset = starts[key.lower()]
        after = bisect_right(offsets, offset)
        end = offsets[after] if after < len(offsets) else len(text)
        persons = {role: tuple(str(p) for p in people) for role, people in entry.persons.items()}
        if not _ID.fullmatch(written):
            problems.append(
                Problem(
                    place(offset),
                    f"the key {written!r} is not an id",
                    "lower-case letters, digits and single hyphens",
                )
            )
        if not entry.fields.get("title", "").strip("{} \t\n"):
            problems.append(
                Problem(place(offset), f"the entry {written!r} has no title", "write title = {...}")
            )
        if not entry.fields.get("url", "https://").startswith(("https://", "http://")):
            field = re.search(r"\burl\s*=", text[offset:end], re.IGNORECASE)
            problems.append(
                Problem(
                    place(offset + (field.start() if field else 0)),
                    "not a web address",
                    "start it with https://",
                )
            )
        found[written] = Reference(
            written,
            entry.type,
            dict(entry.fields),
            persons,
            text[offset:end].strip() + "\n",
            place(offset),
        )
    return ({}, problems) if problems else (found, [])


def _syntax(error: Exception, text: str, starts: _Starts, place: _Place) -> Problem:
    """What pybtex found, with the likeliest place: the entry that is never closed, the name, or the line."""
    said = re.sub(r"^syntax error in line \d+: | in line \d+(?=: )", "", str(error))
    line: int | None = getattr(error, "lineno", None)
    if line is None:
        entry = re.match(r"entry with key (\S+) ", said)
        name = re.match(r"Too many commas in (['\"])(.*)\1", said)
        offset = (
            starts[entry[1].lower()][1]
            if entry and entry[1].lower() in starts
            else text.find(name[2])
            if name
            else 0
        )
        return Problem(
            place(max(offset, 0)),
            f"BibTeX: {said}",
            "write each field once; separate names with 'and'",
        )
    offsets = (
        sorted(offset for _, offset in starts.values())
        if said in ("premature end of file", "'}' expected")
        else []
    )
    for offset, end in zip(offsets, [*offsets[1:], len(text)], strict=False):
        entry_text = re.sub(r"\\[{}]", "", text[offset:end])
        if place(offset).line <= line and entry_text.count("{") != entry_text.count("}"):
            return Problem(
                place(offset),
                f"the braces of this entry do not balance (BibTeX: {said})",
                "add or remove one",
            )
    return Problem(
        Location(place(0).file, line),
        f"not valid BibTeX: {said}",
        "check the braces and commas on this line and the one above",
    )


_ADDRESSES = (
    "url",
    "doi",
    "pmid",
    "pmcid",
    "eprint",
    "pubmed",
)  # linked by the site itself, after a look at them


def citations(references: Iterable[Reference]) -> Mapping[str, str]:
    """The formatted citation of each reference by key, as HTML, in pybtex's plain style.

    The text is escaped by pybtex; addresses, which are not, are left out. An entry with a field missing that its type asks
    for (an author who was not seen) is formatted as a loose entry rather than not at all.
    """
    from pybtex.backends.html import Backend
    from pybtex.database import Entry
    from pybtex.database.input.bibtex import Parser
    from pybtex.style.formatting.unsrt import Style
    from pybtex.style.template import FieldIsMissing

    style, backend, found = Style(), Backend("utf-8"), {}
    for reference in references:
        entry = next(iter(Parser().parse_string(reference.text).entries.values()))
        fields = {
            name: value for name, value in entry.fields.items() if name.lower() not in _ADDRESSES
        }
        entry = Entry(entry.type, fields, entry.persons)
        entry.key = reference.key
        try:
            formatted = next(style.format_entries([entry]))
        except FieldIsMissing:
            loose = Entry(
                "misc", {"howpublished": fields.get("journal", ""), **fields}, entry.persons
            )
            loose.key = reference.key
            formatted = next(style.format_entries([loose]))
        found[reference.key] = formatted.text.render(backend)
    return found
