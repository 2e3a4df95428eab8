"""BibTeX in, references out, in plain text.

Read and formatted by pybtex, with the places and faults that pybtex does not report.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from pybtex import errors
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.input.bibtex import Parser
from pylatexenc import latex2text, latexwalker
from pylatexenc.macrospec import std_macro

from claimbook.loading.identifiers import pmid
from claimbook.loading.messages import NO_ID
from claimbook.loading.records_from_data import ID
from claimbook.loading.yaml_file import CONTROL, decode
from claimbook.records import Location, Problem, Reference, did_you_mean
from claimbook.records.quotes import is_copy, is_web_address

_ENTRY = re.compile(r"^[ \t]*@(\w+)\s*[{(]\s*([^,\s}@]*)", re.MULTILINE)
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_NOT_ENTRIES = ("comment", "preamble", "string")
_NO_ENTRY = re.compile(rf"^[ \t]*@(?:{'|'.join(_NOT_ENTRIES)})\b", re.MULTILINE | re.IGNORECASE)
_MONTHS = frozenset(Parser().macros)
# BibLaTeX's names for what BibTeX has too, and types that pybtex formats under another name.
_CLASSIC = {"journaltitle": "journal", "location": "address"}
_TYPES = {"report": "techreport", "thesis": "phdthesis", "conference": "inproceedings"}
_YEAR = re.compile(r"(\d{4})(?:$|[-/])")
_DOI_ADDRESS = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_TWO_NAMES = re.compile(r"[^\s,]+ [A-Z]{1,3}(?:, [^\s,]+ [A-Z]{1,3}){1,2}")  # "Doe A, Roe B"
_NAME_PART = re.compile(r"(?:family|given|prefix|suffix)(?:-i)?\s*=")  # of BibLaTeX's long names
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_COMMAND = re.compile(r"\\[a-zA-Z]{3,}|\$|\\,")  # TeX beyond accents, which pybtex leaves
_TEX_SIGNS = re.compile(r"[&%$#_]")
_TEX = re.compile(r"[\\$~`]|--|''")
# What is TeX to pybtex may be meant as it stands: letters of nobody's alphabet go through instead.
_HIDE = str.maketrans("{}\\", "\ue000\ue001\ue002")
_UNHIDE = str.maketrans("\ue000\ue001\ue002", "{}\\")
_NO_BRACES = str.maketrans("", "", "{}")
_STYLES = (  # of letters, which plain text has none of: what stands in them stays
    *("bf", "em", "enquote", "hbox", "it", "mbox", "mkbibemph", "mkbibquote", "relax", "rm", "sc"),
    *("sf", "sl", "textsubscript", "textsuperscript", "texttt", "tt"),
)
_SIGNS = {
    **dict.fromkeys(("nobreakspace", "par", "thinspace"), " "),
    **{name: name for name in ("TeX", "LaTeX", "BibTeX")},
    "textless": "<",
    "textgreater": ">",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textbar": "|",
    "slash": "/",
    "href": "%(2)s",
}
_MACROS = latex2text.get_default_latex_context_db()
_MACROS.add_context_category(
    "claimbook",
    [
        *(latex2text.MacroTextSpec(name, discard=False) for name in _STYLES),
        *(latex2text.MacroTextSpec(*sign) for sign in _SIGNS.items()),
    ],
    prepend=True,
)
_ARGUMENTS = latexwalker.get_default_latex_context_db()  # "href" crashes pylatexenc without
_ARGUMENTS.add_context_category("claimbook", [std_macro("href", None, 2)], prepend=True)
_TO_TEXT = latex2text.LatexNodes2Text(_MACROS, keep_comments=True)
_MACRO = re.compile(r"\\([a-zA-Z]+)")
_SHOWN = frozenset(  # fields that readers meet
    (
        *("title", "shorttitle", "journal", "journaltitle", "booktitle", "series", "edition"),
        *("volume", "number", "pages", "year", "date", "month", "chapter", "type", "note"),
        *("publisher", "school", "institution", "organization", "address", "howpublished"),
    )
)
_TEX_IN_NAMES = frozenset("\\{}%")  # of TeX
_CROSSREF = re.compile(r"\bcrossref\s*=\s*(?:\{[^{}]*\}|\"[^\"]*\"|[^\s,{}\"]+)", re.IGNORECASE)
_CITE = "write where it was published, or leave it out; where it was read stands in its record"
_ADDRESSES = ("url", "doi", "pmid", "pmcid", "eprint", "pubmed")  # in which "--" is no dash
# What an entry has for itself alone; the title of the book that it is in is its `booktitle`.
_OWN = frozenset(("title", "shorttitle", "subtitle", "note", "crossref", "isbn", *_ADDRESSES))


def read(
    content: bytes, file: str, any_key: bool = False
) -> tuple[dict[str, Reference], list[Problem]]:
    """The references of one file by key, or its problems.

    With *any_key*, keys need not be ids: those of a file that comes from elsewhere.

    Keys are compared without case, as BibTeX does. Macros (`@string`) are written out. Fields that
    only BibLaTeX knows are read as those of BibTeX: `date`, `journaltitle`, `location`. An entry
    with a `crossref` has the fields of that entry too.
    """
    text, problems = decode(content, file)
    if problems:
        return {}, problems
    source = _Text(text, file, any_key)
    if problems := list(source.faults()):
        return {}, problems
    parser = Parser()
    with errors.capture() as captured:  # every error that pybtex knows of
        data = parser.parse_string(text)
    if captured:
        return {}, [source.syntax(error) for error in captured]
    problems = [
        *(fault for key in data.entries for fault in source.follow(key, data)),
        *(fault for key, e in data.entries.items() for fault in source.entry_faults(key, e)),
    ]
    if problems:
        return {}, problems
    macros = {name: value for name, value in parser.macros.items() if name not in _MONTHS}
    references = (source.reference(key, entry, macros) for key, entry in data.entries.items())
    return {reference.key: reference for reference in references}, []


class _Text:
    """The text of a file, with the places in it."""

    def __init__(self, text: str, file: str, any_key: bool) -> None:
        self.text, self.file, self.any_key = text, file, any_key
        self.lines = [match.end() for match in re.finditer("\n", text)]  # where lines start
        self.inherited: dict[str, dict[str, str]] = {}  # what entries have of others, as written
        self.entries = [m for m in _ENTRY.finditer(text) if m[1].lower() not in _NOT_ENTRIES]

    def place(self, offset: int) -> Location:
        """The line and column of a letter."""
        line = bisect_right(self.lines, offset)
        return Location(self.file, line + 1, offset - (self.lines[line - 1] if line else 0) + 1)

    @cached_property
    def starts(self) -> Mapping[str, tuple[str, int, int]]:
        """By key in small letters: the key as written, and where its entry starts and ends."""
        ends = [match.start(1) - 1 for match in self.entries[1:]] + [len(self.text)]
        return {
            match[2].lower(): (match[2], match.start(1) - 1, end)
            for match, end in reversed(list(zip(self.entries, ends, strict=False)))
        }

    def faults(self) -> Iterator[Problem]:
        """What pybtex would let pass in silence."""
        for match in self.entries:
            key, start = match[2], match.start(1) - 1
            if not key:
                message = "an entry without a key"
                yield Problem(self.place(start), message, "write @article{key, ...")
            elif start != self.starts[key.lower()][1]:
                message = f"repeated BibTeX key {key!r}"
                yield Problem(self.place(start), message, "give one of them another key")
        for match in re.finditer(r"@comment\s*\{", self.text, re.IGNORECASE):
            inside = self.text[match.end() : self._closing(match.end())]
            for entry in _ENTRY.finditer(inside):
                message = (
                    f"the entry {entry[2]!r} is in a @comment, which BibTeX reads all the same"
                )
                place = self.place(match.end() + entry.start(1) - 1)
                yield Problem(place, message, "delete it, or take it out of the comment")
        for line in re.finditer(rf"{CONTROL.pattern}[^\n]*", self.text):  # one a line is enough
            yield Problem(self.place(line.start()), "a control character", "remove it")

    def _closing(self, start: int) -> int:
        """Where the brace that was opened before a place is closed."""
        depth = 1
        for brace in re.compile(r"[{}]").finditer(self.text, start):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                return brace.start()
        return len(self.text)

    def follow(self, key: str, data: BibliographyData) -> Iterator[Problem]:
        """Give an entry what it lacks of those that its `crossref` leads to."""
        entry, seen = data.entries[key], {key.lower()}
        above, own = entry, {name.lower() for name in (*entry.fields, *entry.persons)}
        inherited = self.inherited.setdefault(key, {})
        while "crossref" in above.fields:
            name = above.fields["crossref"]
            if name not in data.entries or name.lower() in seen:
                circle = name.lower() in seen
                what = "it leads in a circle" if circle else f"unknown entry {name!r}"
                others = () if circle else data.entries.keys() - {key}
                repair = did_you_mean(name, others) or "write the fields out"
                yield Problem(self.field_place(key, "crossref"), f"crossref: {what}", repair)
                break
            seen.add(name.lower())
            above = data.entries[name]
            given = {"booktitle": above.fields["title"]} if "title" in above.fields else {}
            given |= {each.lower(): above.fields[each] for each in above.fields}
            given |= {role: " and ".join(map(str, who)) for role, who in above.persons.items()}
            fresh = {n: value for n, value in given.items() if n not in own and n not in _OWN}
            inherited |= {n: value for n, value in fresh.items() if n not in inherited}
            for role, who in above.persons.items():
                if role.lower() not in own:
                    entry.persons.setdefault(role, who)
        for name, value in inherited.items():
            if name not in entry.persons:
                entry.fields[name] = value

    def field_place(self, key: str, name: str) -> Location:
        """Where a field of an entry stands; else where the entry does."""
        _, start, end = self.starts.get(key.lower(), ("", 0, 0))
        field = re.search(rf"\b{name}\s*=", self.text[start:end], re.IGNORECASE)
        return self.place(start + (field.start() if field else 0))

    def entry_faults(self, key: str, entry: Entry) -> Iterator[Problem]:
        """What is wrong with an entry that pybtex has read."""
        if key.lower() not in self.starts:
            opening = re.search(r"@\w+\s*[{(]\s*" + re.escape(key), self.text, re.IGNORECASE)
            message = f"the entry {key!r} starts in the middle of a line"
            place = self.place(opening.start() if opening else 0)
            yield Problem(place, message, "start it on a line of its own")
            return
        written, start, _ = self.starts[key.lower()]
        if not self.any_key and not ID.fullmatch(written):
            yield Problem(self.place(start), f"the key {written!r} is not an id", NO_ID)
        own = {name.lower(): value for name, value in entry.fields.items()}
        if not own.get("title", "").strip("{} \t\n"):
            message = f"the entry {written!r} has no title"
            yield Problem(self.place(start), message, "write title = {...}")
        if "url" in own:
            address, place = re.sub(r"[\s\\{}]", "", own["url"]), self.field_place(key, "url")
            if not is_web_address(address):
                yield Problem(place, "not a web address", "start it with https://")
            elif is_copy(address):
                yield Problem(place, "the address of a copy that may be anybody's", _CITE)
        yield from self.field_faults(key, entry)

    def field_faults(self, key: str, entry: Entry) -> Iterator[Problem]:
        """What would be lost of an entry's fields and names."""
        place = partial(self.field_place, key)
        if "xdata" in entry.fields:
            yield Problem(place("xdata"), "xdata is not followed", "write the fields out")
        shown = [(name, [value]) for name, value in entry.fields.items() if name.lower() in _SHOWN]
        shown += [
            (role, [part for person in people for part in _parts(person)])
            for role, people in entry.persons.items()
        ]
        for name, values in shown:
            of_names = name in entry.persons
            signs = _TEX_IN_NAMES if of_names else frozenset("\\")
            tex = [each for each in values if not signs.isdisjoint(each)]
            unknown = [
                command
                for command in _MACRO.findall(" ".join(values))
                if not _MACROS.get_macro_spec(command)
            ]
            if unknown:
                message = f"{name!r} holds the TeX command \\{unknown[0]}, which is not known"
                yield Problem(place(name), message, "write out what it means")
            elif not all(map(_readable, tex if of_names else map(_for_pybtex, tex))):
                message = f"{name!r} holds TeX that cannot be read"
                yield Problem(place(name), message, "write it out")
        for role, persons in entry.persons.items():
            if any(_TWO_NAMES.fullmatch(str(person)) for person in persons):
                message = "names that are parted by a comma"
                yield Problem(place(role), message, "separate names with 'and'")
            if any(_NAME_PART.search(str(person)) for person in persons):
                message = "a name in parts with names of their own"
                yield Problem(place(role), message, "write it as Doe, Ann")
        given = entry.fields["doi"] if "doi" in entry.fields else ""  # noqa: SIM401 - get inherits
        number = _DOI_ADDRESS.sub("", _without_escapes(given))
        if number and not _DOI.fullmatch(number):
            yield Problem(place("doi"), f"{number!r} is not a DOI", "write 10.1000/xyz")
        listed = entry.fields["pmid"] if "pmid" in entry.fields else ""  # noqa: SIM401
        if listed and not pmid(listed):  # it would be met in no list of retractions
            yield Problem(place("pmid"), f"{listed!r} is not a PubMed id", "write its digits alone")

    def reference(self, key: str, entry: Entry, macros: Mapping[str, str]) -> Reference:
        """An entry without faults as a record."""
        written, start, end = self.starts[key.lower()]
        people = {
            role: tuple(latex_to_text(str(person)) for person in persons)
            for role, persons in entry.persons.items()
        }
        fields = {
            name: _without_escapes(value) if name in _ADDRESSES else latex_to_text(value)
            for name, value in _classic(entry.fields).items()
        }
        text = self.text[start:end]
        if apart := _NO_ENTRY.search(text):
            text = text[: apart.start()]
        if given := self.inherited[key]:
            lines = ",\n  ".join(f"{name} = {{{value}}}" for name, value in given.items())
            text = _CROSSREF.sub(lambda _: lines, text, count=1)
        text = re.sub(r"(?:\s|^[ \t]*%[^\n]*$)+\Z", "", text, flags=re.MULTILINE) + "\n"
        used = [
            name for name in macros if re.search(rf"[=#]\s*{re.escape(name)}\s*[,#}})\n]", text)
        ]
        text = "".join(f"@string{{{name} = {{{macros[name]}}}}}\n" for name in used) + text
        return Reference(written, entry.type, fields, people, text, self.place(start))

    def syntax(self, error: Exception) -> Problem:
        """What pybtex found, at the entry that is never closed, at the name, or at the line."""
        said = re.sub(r"^syntax error in line \d+: | in line \d+(?=: )", "", str(error))
        line: int | None = getattr(error, "lineno", None)
        if line is None:
            entry = re.match(r"entry with key (\S+) ", said)
            name = re.match(r"Too many commas in (['\"])(.*)\1", said)
            start = self.text.find(name[2]) if name else 0
            if entry:
                start = self.starts.get(entry[1].lower(), ("", 0, 0))[1]
            repair = "write each field once; separate names with 'and'"
            return Problem(self.place(max(start, 0)), f"BibTeX: {said}", repair)
        if said in ("premature end of file", "'}' expected"):
            for _, start, end in sorted(self.starts.values(), key=lambda entry: entry[1]):
                entry_text = re.sub(r"\\[{}]", "", self.text[start:end])
                place = self.place(start)
                if place.line <= line and entry_text.count("{") != entry_text.count("}"):
                    message = f"the braces of this entry do not balance (BibTeX: {said})"
                    return Problem(place, message, "add or remove one")
        repair = "check the braces and commas on this line and the one above"
        if said.startswith("undefined string"):
            repair = "put braces around the words, or define them with @string"
        return Problem(Location(self.file, line), f"not valid BibTeX: {said}", repair)


def latex_to_text(text: str) -> str:
    r"""A BibTeX field as plain text: `\textit{in vivo} $\alpha$-2` is "in vivo α-2"."""
    if not _TEX.search(text):  # most fields, at a hundredth of the cost
        return " ".join(text.translate(_NO_BRACES).split())
    text = re.sub(r"(?<!\\)[&%]", r"\\\g<0>", text)  # a bare one is meant: no cell, no comment
    nodes, *_ = latexwalker.LatexWalker(text, latex_context=_ARGUMENTS).get_latex_nodes()
    return " ".join(_TO_TEXT.nodelist_to_text(nodes).split())


def _without_escapes(address: str) -> str:
    return re.sub(r"\\([%&_#~])|[{}\s]", r"\1", address)


def _classic(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of BibTeX, those of BibLaTeX among them; a DOI without its address."""
    classic = {name.lower(): value for name, value in fields.items()}
    for name, known in _CLASSIC.items():
        if name in classic and known not in classic:
            classic[known] = classic.pop(name)
    if "year" not in classic and (year := _YEAR.match(classic.get("date", ""))):
        classic["year"] = year[1]
    if "doi" in classic:
        classic["doi"] = _DOI_ADDRESS.sub("", classic["doi"])
    return classic


def _parts(person: Person) -> tuple[str, ...]:
    """The parts of a name, each of which is read by itself."""
    last = (*person.prelast_names, *person.last_names, *person.lineage_names)
    return (*person.first_names, *person.middle_names, *last)


def _readable(value: str) -> bool:
    """Whether pybtex can make text of a field."""
    from pybtex.exceptions import PybtexError
    from pybtex.richtext import Text

    try:
        Text.from_latex(value)
    except (PybtexError, ValueError):
        return False
    return True


def _for_pybtex(value: str) -> str:
    """A field in the TeX that pybtex reads: accents, braces and escapes."""
    if _COMMAND.search(value):
        plain = latex_to_text(value).translate(_HIDE)
        return "{" + _TEX_SIGNS.sub(r"\\\g<0>", plain) + "}"
    return _BARE_PERCENT.sub(r"\\%", value)


def citations(references: Iterable[Reference]) -> Mapping[str, str]:
    """The formatted citation of each reference by key, as HTML, in pybtex's plain style.

    The text is escaped by pybtex; addresses, which are not, are left out. An entry with a field
    missing that its type asks for (an author who was not seen), or of a type that the style does
    not know, is formatted as a loose entry rather than not at all.
    """
    from pybtex.backends.html import Backend
    from pybtex.style.formatting.unsrt import Style
    from pybtex.style.template import FieldIsMissing

    style, backend, formatted = Style(), Backend("utf-8"), {}
    for reference in references:
        entry = next(iter(Parser().parse_string(reference.text).entries.values()))
        fields = {
            name: _for_pybtex(value)
            for name, value in _classic(entry.fields).items()
            if name not in _ADDRESSES
        }
        kind = _TYPES.get(entry.type.lower(), entry.type)
        if not hasattr(style, f"get_{kind}_template"):
            kind = "misc"
        loose = {"howpublished": fields.get("journal", ""), **fields}
        strict = Entry(kind, fields, entry.persons)
        for candidate in (strict, Entry("misc", loose, entry.persons)):
            candidate.key = reference.key
            try:
                (line,) = style.format_entries([candidate])
            except FieldIsMissing:
                continue
            formatted[reference.key] = line.text.render(backend).translate(_UNHIDE)
            break
    return formatted
