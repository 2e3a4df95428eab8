"""Publications from elsewhere as sources of a base: keys, BibTeX entries, records to fill."""

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from claimbook.curation.citation import Citation
from claimbook.loading import bibtex_file
from claimbook.loading.identifiers import doi_address, identifiers, pubmed_address
from claimbook.loading.record_files import REFERENCES, read_bytes
from claimbook.loading.record_format import formatted
from claimbook.records import LoadError, Problem, UserError
from claimbook.records.display import listed

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_WORD = re.compile(r"[a-z0-9]+")
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the")
)
_PARTICLE = re.compile(r"^(?:[a-z']+\s+)+(?=[^a-z\s])")  # "van der " of "van der Berg"
_TEX = {
    **{sign: rf"\{sign}" for sign in "&%$#_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "--": "-{}-",
    "''": "'{}'",
}
_SPECIAL = re.compile("|".join(map(re.escape, _TEX)))
_ADDRESSES = ("doi", "pmid", "pmcid", "url")
_ORDER = (
    *("title", "journal", "booktitle", "year", "volume", "number", "pages", "edition", "publisher"),
    *("school", "institution", "isbn", *_ADDRESSES),
)
_SHOWN = ("title", "journal", "year", "volume", "number", "pages", "doi", "pmid", "pmcid")
# What a publication type of PubMed (MeSH, "Publication Characteristics") would make of a record:
# its kind, and the designs among which a person chooses.
_KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Randomized Controlled Trial": ("study", ("randomised-trial",)),
    "Meta-Analysis": ("review", ("review-of-trials", "review-of-observations")),
    "Network Meta-Analysis": ("review", ("review-of-trials", "review-of-observations")),
    "Systematic Review": ("review", ("review-of-trials", "review-of-observations")),
    "Practice Guideline": ("guideline", ("authority",)),
    "Guideline": ("guideline", ("authority",)),
    "Clinical Trial Protocol": ("registry", ("protocol",)),
    "Case Reports": ("study", ("case-report", "case-series")),
    "Observational Study": (
        "study",
        ("cohort", "controlled-cohort", "case-control", "cross-sectional"),
    ),
    "Review": ("review", ("narrative-review",)),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A publication that is there already, in a base or earlier in the same file."""

    name: str  # its key, or its place
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """A publication that is there already: by what it is the same, and in what it differs."""

    known: Known
    by: tuple[str, ...]  # DOI, PMID, title and year
    differences: tuple[tuple[str, str, str], ...]  # the field, what is there, what is new

    @property
    def sure(self) -> bool:
        """Whether an identifier says so, or none says otherwise."""
        differing = {field for field, there, new in self.differences if there and new}
        return "title and year" not in self.by[:1] or not {"doi", "pmid"} & differing


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to add: its key, its BibTeX entry and the record that a person fills."""

    key: str
    citation: Citation
    entry: str
    record: str


class Library:
    """What is there already, looked up by DOI, PubMed id, and title with year."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by: dict[tuple[str, str], Known] = {}
        for each in known:
            self.add(each)

    def add(self, known: Known) -> None:
        """Have one more; of those that share an identifier the first stays."""
        for name in _names(known.fields):
            self._by.setdefault(name, known)

    def match(self, fields: Mapping[str, str]) -> Match | None:
        """What is the same publication as far as can be told; an identifier goes before a title."""
        found = [(by, self._by[by, name]) for by, name in _names(fields) if (by, name) in self._by]
        if not found:
            return None
        known = found[0][1]
        differences = (
            (field, known.fields.get(field, ""), fields[field])
            for field in _SHOWN
            if field in fields and _folded(known.fields.get(field, "")) != _folded(fields[field])
        )
        return Match(known, tuple(by for by, each in found if each is known), tuple(differences))


def read_library(root: Path) -> tuple[Library, set[str], str]:
    """The publications of a base, the keys that are not free, and the text of its references.

    The rest of the base need not be sound: it may wait for records to be filled.

    Raises:
        LoadError: its references cannot be read.
        UserError: there is no base.
    """
    path = root / REFERENCES
    if not path.parent.is_dir():
        raise UserError(f"{root}: no base here (no sources/): name its folder with --root")
    content = read_bytes(path, REFERENCES) if os.path.lexists(path) else b""
    if isinstance(content, Problem):
        raise LoadError([content])
    references, problems = bibtex_file.read(content, REFERENCES)
    if problems:
        raise LoadError(problems)
    known = Library(Known(each.key, each.fields) for each in references.values())
    taken = {*references, *(each.stem.lower() for each in path.parent.glob("*.yaml"))}
    return known, taken, content.decode("utf-8-sig")


def separate_known(
    citations: Iterable[Citation], there: Library, taken: Collection[str], head: str = ""
) -> tuple[list[NewSource], list[tuple[Citation, Match]]]:
    """Which publications are new sources, and which are there already.

    Args:
        citations: what the files say.
        there: what the base has; it is added to.
        taken: keys that are not free.
        head: comments at the head of records.
    """
    new: list[NewSource] = []
    duplicates: list[tuple[Citation, Match]] = []
    keys = set(taken)
    for citation in citations:
        if match := there.match(citation.fields):
            duplicates.append((citation, match))
            continue
        key = propose_key(citation, keys)
        keys.add(key)
        there.add(Known(key, citation.fields))
        new.append(NewSource(key, citation, entry(key, citation), record(citation, head)))
    return new, duplicates


def propose_key(citation: Citation, taken: Collection[str]) -> str:
    """A key that is free: surname and year, then with a word of the title, then with a number.

    Without an author, words of the title stand for the surname.
    """
    words = [word for word in _WORD.findall(_folded(citation.title)) if word not in _SMALL_WORDS]
    year = citation.fields.get("year", "")
    names = chain.from_iterable(citation.people.get(role, ()) for role in ("author", "editor"))
    first = next((_surname(name) for name in names), "") or "-".join(words[:3]) or "source"
    start = f"{first}-{year}".strip("-")[:60].strip("-")
    longer = (f"{start}-{word}" for word in words if len(word) > 3 and word not in start)
    numbered = (f"{start}-{number}" for number in count(2))
    return next(key for key in chain((start,), longer, numbered) if key not in taken)


def entry(key: str, citation: Citation) -> str:
    """A BibTeX entry in the style of a base, which reads back as it was written."""
    fields = {**citation.fields}
    if pmid := fields.get("pmid"):
        fields.setdefault("url", pubmed_address(pmid))
    elif doi := fields.get("doi"):
        fields.setdefault("url", doi_address(doi))
    lines = [f"@{citation.type}{{{key},"]
    for role in ("author", "editor"):
        if people := citation.people.get(role):
            lines += [f"  {role} = {{{' and '.join(map(_tex_name, people))}}},"]
    for name in _ORDER:
        if value := fields.get(name):
            written = value if name in _ADDRESSES else _tex(value)
            if name == "pages":
                written = re.sub("-+", "--", written.replace("{}", ""))
            elif name == "title":
                written = f"{{{written}}}"
            lines.append(f"  {name} = {{{written}}},")
    return "\n".join([*lines, "}"]) + "\n"


def record(citation: Citation, head: str = "") -> str:
    """A source's record with what a person has to fill left empty, which the loader names.

    Nothing is taken from a publication type: what it would make of the record stands in a comment.
    """
    known = {kind: _KINDS[kind] for kind in citation.kinds if kind in _KINDS}
    if len(known) > 1:
        known.pop("Review", None)  # which PubMed adds to systematic ones
    comments = [
        f'# To confirm: PubMed calls it "{kind}": kind {made}, design {listed(designs, "or")}.'
        for kind, (made, designs) in known.items()
    ]
    unknown = ("design", "people", "regimen", "setting", "text_read")
    lines = ["kind: null", *comments, *(f"{field}: null" for field in unknown)]
    if standing := next((n for n in citation.notices if n.status), None):
        because = standing.because.replace('"', "'")
        lines.append(f'standing: {{status: {standing.status}, with: "{because}"}}')
    return formatted(head + "\n".join([*lines, "findings: []"]) + "\n")


def written(new: Sequence[NewSource], references: str, root: Path) -> dict[Path, bytes]:
    """The files that new sources need: their entries behind the *references*, and their records."""
    if not new:
        return {}
    gap = "" if not references else "\n" if references.endswith("\n") else "\n\n"
    entries = "\n".join(source.entry for source in new)
    records = {root / "sources" / f"{each.key}.yaml": each.record.encode() for each in new}
    return {root / REFERENCES: f"{references}{gap}{entries}".encode(), **records}


def as_text(
    new: Iterable[NewSource], duplicates: Iterable[tuple[Citation, Match]], applied: bool
) -> Iterator[str]:
    """What is there already, and in what it differs; then the new ones, as lines."""
    for citation, match in duplicates:
        yield f"{citation.at}: {match.known.name} is here already: the same {listed(match.by)}"
        for field, there, new_value in match.differences:
            yield f"    {field}: here {there or 'nothing'}; in the file {new_value}"
    for source in new:
        yield f"{source.citation.at}: {source.key}: {source.citation.title}"
        yield from (f"    left out: {what}" for what in source.citation.left_out)
        if not applied:
            text = f"{source.entry}\n# sources/{source.key}.yaml\n{source.record}"
            yield from (f"    {line}".rstrip() for line in text.splitlines())


def _names(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names by which a publication is known, the surest first."""
    for kind, values in identifiers({**fields, "note": ""}).items():
        yield from ((kind, value) for value in values if value)
    if title := _folded(fields.get("title", "")):
        yield "title and year", f"{title} {fields.get('year', '')}"


def _folded(text: str) -> str:
    """Letters and digits alone, without accents and case."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = (sign for sign in folded if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def _surname(name: str) -> str:
    """The last name in the letters of a key; of a group its first words."""
    last = name.strip("{}").split(",")[0]
    words = _WORD.findall(_folded(_PARTICLE.sub("", last)))
    return "-".join([word for word in words if word not in _SMALL_WORDS][:3])


def _tex(text: str) -> str:
    """Text as TeX that reads as that text."""
    return _SPECIAL.sub(lambda match: _TEX[match[0]], text)


def _tex_name(name: str) -> str:
    """A name; that of a group, and one in which "and" is a word, stands in braces."""
    if name.startswith("{"):
        return f"{{{_tex(name[1:-1])}}}"
    parts = [_tex(part) for part in name.split(", ")]
    return ", ".join(f"{{{part}}}" if re.search(r"\band\b|[{}]", part) else part for part in parts)
