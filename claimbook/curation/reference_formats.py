"""The files in which databases and reference managers hand on what they found.

BibTeX, RIS, CSL-JSON, MEDLINE (`.nbib`) and PubMed XML are told apart by what they hold, not by
their names. Abstracts are passed over: they are not ours to publish.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from claimbook.curation import pubmed_xml
from claimbook.curation.citation import MAX_TEXT, Citation, citation, group, pages, person
from claimbook.loading import bibtex_file
from claimbook.loading.yaml_file import decode
from claimbook.records import LoadError, Location, Problem, UserError

MAX_SIZE = 50_000_000  # bytes: an export of some ten thousand records
_LINE_END = re.compile(r"\r\n|\r|\n")
_RIS = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)")
_MEDLINE = re.compile(r"([A-Z]{2,4}) *-(?: (.*)|)")
_DOI_NOTE = re.compile(r"doi:\s*10\.\S+", re.IGNORECASE)
_PUBMED = re.compile(r"pubmed(?:\.ncbi\.nlm\.nih\.gov|/)[^\d]*(\d+)", re.IGNORECASE)
_RIS_TYPES = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "ABST", "MGZN", "NEWS", "INPR"), "article"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "incollection"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    "THES": "phdthesis",
    "RPRT": "techreport",
    "UNPB": "unpublished",
}
_CSL_TYPES = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article"),
    "journal-article": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
}
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"phdthesis": "school", "techreport": "institution"}
_BIBTEX_FIELDS = (
    *("title", "journal", "booktitle", "year", "volume", "number", "publisher", "school"),
    *("institution", "edition", "isbn", "doi", "pmid", "pmcid", "url"),
)
_Tagged = Mapping[str, list[str]]


def read_files(paths: Iterable[Path]) -> list[Citation]:
    """Every record of some files, in order.

    Raises:
        LoadError: some cannot be used; it names all of them.
        UserError: one of the paths is no plain file.
    """
    citations: list[Citation] = []
    problems: list[Problem] = []
    for path in paths:
        if not path.is_file():
            raise UserError(f"{path}: not a plain file")
        with path.open("rb") as file:
            read_records, faults = read(file.read(MAX_SIZE + 1), str(path))
        citations += read_records
        problems += faults
    if problems:
        raise LoadError(problems)
    return citations


def read(content: bytes, file: str) -> tuple[list[Citation], list[Problem]]:
    """Every record of a file, in order, and what is wrong with the others; all problems at once."""
    if len(content) > MAX_SIZE:
        megabytes = f"{len(content) / 1e6:.0f} MB; at most {MAX_SIZE / 1e6:.0f}"
        return [], [Problem(Location(file), f"a file of {megabytes}", "export it in parts")]
    reader = _format(content)
    if reader is None:
        message = "not BibTeX, RIS, CSL-JSON, MEDLINE or PubMed XML"
        return [], [Problem(Location(file), message, "export it in one of these formats")]
    results = list(reader(content, file))
    citations = [result for result in results if isinstance(result, Citation)]
    problems = sorted(result for result in results if isinstance(result, Problem))
    if not results:
        problems = [Problem(Location(file), "no record in it", "export it again")]
    return citations, problems


_Reader = Callable[[bytes, str], Iterable[Citation | Problem]]


def _format(content: bytes) -> _Reader | None:
    """What reads a file, by its first signs or its first tags."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = content[:400_000].decode("utf-16", errors="replace")
    else:
        head = content[:200_000].decode("utf-8-sig", errors="replace")
    if head.lstrip().startswith("<"):
        return pubmed_xml.read
    if re.match(r"\s*(?:\[\s*[{\]]|\{\s*[\"}])", head):
        return _read_csl
    signs: tuple[tuple[str, _Reader], ...] = (
        (r"^TY  ?- ", _read_ris),
        (r"^PMID- ?\d", _read_medline),
        (r"^\s*@\s*\w+\s*[{(]", _read_bibtex),
    )
    found = ((re.search(sign, head, re.MULTILINE), reader) for sign, reader in signs)
    starts = [(match.start(), reader) for match, reader in found if match]
    return min(starts, key=lambda start: start[0])[1] if starts else None


# --- RIS and MEDLINE: a tag and a value a line ----------------------------------------------------


def _read_ris(content: bytes, file: str) -> Iterator[Citation | Problem]:
    """RIS: a record starts at TY and ends at ER; what stands between records is no part of one."""
    record: dict[str, list[str]] | None = None
    start, last = 0, ""
    text, problems = decode(content, file)
    yield from problems
    for number, line in enumerate(_LINE_END.split(text), 1):
        tagged = _RIS.fullmatch(line.lstrip("\ufeff").rstrip())
        tag, value = (tagged[1], (tagged[2] or "").strip()) if tagged else ("", line.strip())
        if tag == "TY":
            if record is not None:
                yield _open(file, start)
            record, start, last = defaultdict(list, TY=[value.upper()]), number, ""
        elif tag == "ER":
            if record is None:
                place = Location(file, number)
                yield Problem(place, "a record that TY does not start", "export it again")
            else:
                yield _from_ris(record, Location(file, start))
            record = None
        elif record is not None and tag:
            record[tag].append(value)
            last = tag
        elif record is not None and last and value:
            _continue_value(record[last], value)
    if record is not None:
        yield _open(file, start)


def _continue_value(values: list[str], value: str) -> None:
    """Add a line to the last value; one that is too long by now is refused, or not used."""
    if len(values[-1]) <= MAX_TEXT:
        values[-1] += f" {value}"


def _open(file: str, start: int) -> Problem:
    message = "a record that ER does not end; the file may be cut off"
    return Problem(Location(file, start), message, "export it again")


def _first(tags: _Tagged, *names: str) -> str | None:
    """The first value of the first tag that has one."""
    return next((value for name in names for value in tags.get(name, ()) if value), None)


def _of_type(kind: str, container: str | None, publisher: str | None) -> dict[str, str | None]:
    """What holds a publication and who published it, as its type calls them; no journal's own."""
    fields = {_CONTAINERS[kind]: container} if kind in _CONTAINERS else {}
    published = {} if kind == "article" else {_PUBLISHERS.get(kind, "publisher"): publisher}
    return fields | published


def _from_ris(tags: _Tagged, at: Location) -> Citation | Problem:
    first = partial(_first, tags)
    kind = _RIS_TYPES.get(tags["TY"][0], "misc")
    addresses = [value for name in ("UR", "L2", "LK") for value in tags.get(name, ())]
    noted = (_DOI_NOTE.search(value) for name in ("M3", "N1", "L3") for value in tags.get(name, ()))
    linked = (value for value in addresses if "doi.org/" in value)
    doi = first("DO", "DI") or next((note[0] for note in noted if note), None) or next(linked, None)
    pmid = next((found[1] for each in addresses if (found := _PUBMED.search(each))), None)
    if re.search("medline|pubmed", first("DB") or "", re.IGNORECASE) and not pmid:
        pmid = next((value for value in tags.get("AN", ()) if value.isdigit()), None)
    fields = {
        "title": first("TI", "T1", "BT", "CT"),
        "year": first("PY", "Y1", "DA"),
        "volume": first("VL"),
        "number": first("IS"),
        "pages": pages(first("SP"), first("EP")),
        "doi": doi,
        "pmid": pmid,
        "pmcid": next((v for v in tags.get("C2", ()) if v.upper().startswith("PMC")), None),
        "url": next((each for each in addresses if each.startswith("http")), None),
    }
    fields |= _of_type(kind, first("T2", "JF", "JO", "JA", "J1", "J2"), first("PB"))
    people = {
        role: [person(name) for tag in tags_ for name in tags.get(tag, ()) if name]
        for role, tags_ in (("author", ("AU", "A1")), ("editor", ("ED",)))
    }
    retracted = [kind for kind in tags.get("M3", ()) if kind.lower() == "retracted"]
    return citation(kind, fields, people, at, retracted)


def _read_medline(content: bytes, file: str) -> Iterator[Citation | Problem]:
    """MEDLINE, as PubMed exports it: a record starts at PMID; long values go on, indented."""
    text, problems = decode(content, file)
    yield from problems
    record: dict[str, list[str]] = defaultdict(list)
    start, last = 0, ""
    for number, line in enumerate(_LINE_END.split(text), 1):
        tagged = _MEDLINE.fullmatch(line.rstrip())
        if tagged and tagged[1] == "PMID":
            if record:
                yield _from_medline(record, Location(file, start))
            record, start = defaultdict(list), number
        if tagged and start:
            last = tagged[1]
            record[last].append((tagged[2] or "").strip())
        elif record and last and line.startswith("      ") and line.strip():
            _continue_value(record[last], line.strip())
    if record:
        yield _from_medline(record, Location(file, start))


def _from_medline(tags: _Tagged, at: Location) -> Citation | Problem:
    first = partial(_first, tags)

    def identifier(kind: str) -> str | None:
        values = (v for name in ("LID", "AID") for v in tags.get(name, ()))
        return next((v.removesuffix(kind).strip() for v in values if v.endswith(kind)), None)

    fields = {
        "title": first("TI", "BTI", "TT", "CTI"),
        "journal": first("JT", "TA"),
        "booktitle": first("BTI") if first("TI") else None,
        "year": first("DP", "DEP"),
        "volume": first("VI"),
        "number": first("IP"),
        "pages": pages(first("PG")),
        "publisher": first("PB"),
        "doi": identifier("[doi]"),
        "pmid": first("PMID"),
        "pmcid": first("PMC"),
    }
    names = [person(name) for name in tags.get("FAU", ()) or tags.get("AU", ()) if name]
    people = {
        "author": [*names, *map(group, tags.get("CN", ()))],
        "editor": [person(name) for name in tags.get("FED", ()) or tags.get("ED", ()) if name],
    }
    kind = "article" if fields["journal"] else "book"
    return citation(kind, fields, people, at, tags.get("PT", ()), tags)


# --- CSL-JSON -------------------------------------------------------------------------------------


def _read_csl(content: bytes, file: str) -> Iterator[Citation | Problem]:
    """CSL-JSON: a list of items, one item, or a mapping with the list under `items`."""
    text, problems = decode(content, file)
    yield from problems
    try:
        yield from (_from_csl(item, place) for item, place in _items(text, file))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        message = f"not valid JSON: {getattr(error, 'msg', type(error).__name__)}"
        yield Problem(Location(file, line), message, "export it again")


def _items(text: str, file: str) -> Iterator[tuple[Any, Location]]:
    """The items of a file, each with the line on which it starts."""
    data = json.loads(text) if text.strip() else []
    if isinstance(data, dict):
        held = data.get("items")
        listed = held if isinstance(held, list) else [data]
        yield from ((item, Location(file)) for item in listed)
        return
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    line, counted = 1, 0
    for _ in data:
        at = re.compile(r"[\s,]*").match(text, at).end()  # type: ignore[union-attr]
        line, counted = line + text.count("\n", counted, at), at
        item, at = decoder.raw_decode(text, at)
        yield item, Location(file, line)


def _from_csl(item: Any, at: Location) -> Citation | Problem:
    if not isinstance(item, dict):
        return Problem(at, "an item is a mapping of names to values", "export it again")

    def first(*names: str) -> str | None:
        for name in names:
            value = item.get(name)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str | int | float) and str(value).strip():
                return str(value)
        return None

    kind = _CSL_TYPES.get(str(item.get("type")), "misc")
    fields = {
        "title": first("title"),
        "year": next(filter(None, map(_csl_year, map(item.get, ("issued", "published")))), None),
        "volume": first("volume"),
        "number": first("issue"),
        "pages": pages(first("page")),
        "edition": first("edition"),
        "doi": first("DOI"),
        "pmid": first("PMID"),
        "pmcid": first("PMCID"),
        "url": first("URL"),
    }
    fields |= _of_type(kind, first("container-title", "journalAbbreviation"), first("publisher"))
    people = {role: list(_csl_names(item.get(role))) for role in ("author", "editor")}
    return citation(kind, fields, people, at)


def _csl_year(issued: Any) -> str | None:
    if not isinstance(issued, dict):
        return str(issued) if isinstance(issued, str | int) else None
    parts = issued.get("date-parts")
    while isinstance(parts, list) and parts:
        parts = parts[0]
    year = parts or issued.get("raw") or issued.get("literal")
    return str(year) if isinstance(year, str | int) else None


def _csl_names(people: Any) -> Iterator[str]:
    for one in people if isinstance(people, list) else ():
        if not isinstance(one, dict):
            continue
        parts = {key: value for key, value in one.items() if isinstance(value, str) and value}
        last = ("dropping-particle", "non-dropping-particle", "family")
        family = " ".join(parts[key] for key in last if key in parts)
        if family and "given" in parts:
            yield ", ".join(filter(None, (family, parts.get("suffix"), parts["given"])))
        elif name := family or parts.get("literal") or parts.get("name") or parts.get("given"):
            yield group(name)


# --- BibTeX ---------------------------------------------------------------------------------------


def _read_bibtex(content: bytes, file: str) -> Iterator[Citation | Problem]:
    references, problems = bibtex_file.read(content, file, any_key=True)
    yield from problems
    for reference in references.values():
        fields = {name: reference.fields.get(name) for name in _BIBTEX_FIELDS}
        fields["pages"] = pages(reference.fields.get("pages"))
        fields["pmid"] = fields["pmid"] or reference.fields.get("pubmed")
        people = {
            role: [name if "," in name else group(name) for name in names]
            for role, names in reference.persons.items()
            if role in ("author", "editor")
        }
        yield citation(reference.type, fields, people, reference.at)
