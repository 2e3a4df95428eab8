"""BibTeX in, references out: read and formatted by pybtex, with the places and faults that pybtex does not report."""

import re
from collections.abc import Iterable, Mapping

from claimbook.errors import Problem
from claimbook.location import Location
from claimbook.model import Reference

_ENTRY = re.compile(r"^[ \t]*@(\w+)\s*[{(]\s*([^,\s}]*)", re.MULTILINE)
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_NOT_ENTRIES = ("comment", "preamble", "string")


def read(content: bytes, file: str) -> tuple[dict[str, Reference], list[Problem]]:
    """The references of one file by key, and its problems.

    Keys are compared without case, as BibTeX does. An unescaped `%` loses the rest of its line in silence, so it is refused.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return {}, [Problem(Location(file, line), "not valid UTF-8", "save the file as UTF-8")]
    problems: list[Problem] = []

    def place(offset: int) -> Location:
        return Location(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    starts: dict[str, tuple[str, int]] = {}
    entries = [m for m in _ENTRY.finditer(text) if m[1].lower() not in _NOT_ENTRIES]
    for match in entries:
        key = match[2]
        if not key:
            problems.append(Problem(place(match.start()), "an entry without a key", "write @article{key, ..."))
        elif key.lower() in starts:
            problems.append(Problem(place(match.start()), f"repeated BibTeX key {key!r}", "give one of them another key"))
        else:
            starts[key.lower()] = (key, match.start())
    for match in _BARE_PERCENT.finditer(text):
        if entries and match.start() > entries[0].start():
            problems.append(Problem(place(match.start()), "an unescaped % loses the rest of its line", r"write \%"))
    if problems:
        return {}, problems
    return _parse(text, file, starts, place)


def _parse(text, file, starts, place):  # type: ignore[no-untyped-def]
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError
    from pybtex.scanner import PybtexSyntaxError

    try:
        from pybtex import errors

        with errors.capture() as captured:
            data = parse_string(text, "bibtex")
    except PybtexSyntaxError as error:
        return {}, [Problem(Location(file, error.lineno or 1), f"BibTeX syntax error: {error}", "check braces and commas")]
    except PybtexError as error:
        return {}, [Problem(Location(file), f"BibTeX error: {error}", "check braces and commas")]
    problems = []
    for error in captured:
        line = getattr(error, "lineno", None) or 1
        problems.append(Problem(Location(file, line), f"BibTeX: {error}", "check braces and commas"))
    if problems:
        return {}, problems
    offsets = sorted(offset for _, offset in starts.values())
    found: dict[str, Reference] = {}
    for key, entry in data.entries.items():
        written, offset = starts.get(key.lower(), (key, 0))
        end = next((o for o in offsets if o > offset), len(text))
        persons = {role: tuple(str(p) for p in people) for role, people in entry.persons.items()}
        found[written] = Reference(
            written, entry.type, dict(entry.fields), persons, text[offset:end].strip() + "\n", place(offset)
        )
    return found, []


_ADDRESSES = ("url", "doi", "pmid", "pmcid", "eprint", "pubmed")  # linked by the site itself, after a look at them


def citations(references: Iterable[Reference]) -> Mapping[str, str]:
    """The formatted citation of each reference by key, as HTML, in pybtex's plain style.

    The text is escaped by pybtex; addresses, which are not, are left out. An entry with a field missing that its type asks
    for (an author who was not seen) is formatted as a loose entry rather than not at all.
    """
    from pybtex.backends.html import Backend
    from pybtex.database import Entry, parse_string
    from pybtex.style.formatting.unsrt import Style
    from pybtex.style.template import FieldIsMissing

    style, backend, found = Style(), Backend("utf-8"), {}
    for reference in references:
        entry = next(iter(parse_string(reference.text, "bibtex").entries.values()))
        fields = {name: value for name, value in entry.fields.items() if name.lower() not in _ADDRESSES}
        entry = Entry(entry.type, fields, entry.persons)
        entry.key = reference.key
        try:
            formatted = next(style.format_entries([entry]))
        except FieldIsMissing:
            loose = Entry("misc", {"howpublished": fields.get("journal", ""), **fields}, entry.persons)
            loose.key = reference.key
            formatted = next(style.format_entries([loose]))
        found[reference.key] = formatted.text.render(backend)
    return found
