"""What a file says of one publication, whatever its format: plain text in BibTeX's terms."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from claimbook.loading.identifiers import pmid, printed_doi
from claimbook.loading.messages import shown
from claimbook.records import Location, Problem, StandingStatus

MAX_TEXT = 2_000  # characters of a field: the longest titles have a few hundred
MAX_NUMBER = 30  # of a volume or an issue: "Suppl 2, Part 1"
_TAG = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|scp?|span|br|p|italic|bold|(?:jats|mml):[\w-]+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_NO_TEX = str.maketrans("", "", "{}\\")  # signs that no name has
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_RANGE = re.compile(r"\s*[-\u2010-\u2015]+\s*")
_PMCID = re.compile(r"PMC\d+")
_INITIALS = re.compile(r"(\S.*?)[ ,]+((?:[A-Z]\.?[- ]?){1,4})")  # "Doe A." and "van Doe AB"
_NOT_AN_ADDRESS = re.compile(r"[\s{}\\\"<>]")


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of one publication; `status` is None where a person must look what it means."""

    words: str
    because: str
    status: StandingStatus | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One publication.

    `people` are, by role, "Last, First", "Last, Jr, First", or the name of a group in braces.
    `kinds` are publication types in PubMed's words. `left_out` says what could not be used.
    """

    type: str
    fields: Mapping[str, str]
    people: Mapping[str, tuple[str, ...]]
    at: Location
    kinds: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title, which is never empty."""
        return self.fields["title"]


def citation(
    type_: str,
    fields: Mapping[str, str | None],
    people: Mapping[str, Iterable[str]],
    at: Location,
    kinds: Iterable[str] = (),
    links: Iterable[str] = (),
) -> Citation | Problem:
    """A publication in one spelling, or why it cannot be used.

    Args:
        type_: the BibTeX type.
        fields: BibTeX fields as the file has them, empty ones and markup among them.
        people: names by role, as `person` and `group` give them.
        at: where the record starts.
        kinds: publication types in PubMed's words.
        links: how notices are linked to it: PubMed's names of such links.
    """
    clean = {name: plain(value) for name, value in fields.items() if value}
    clean = {name: value for name, value in clean.items() if value}
    if clean.get("title", "").endswith(".") and not clean["title"].endswith(".."):
        clean["title"] = clean["title"][:-1]  # databases put a full stop behind every title
    clean_people = {role: tuple(filter(None, map(plain, names))) for role, names in people.items()}
    clean_people = {role: names for role, names in clean_people.items() if names}
    named = [(role, name) for role, names in clean_people.items() for name in names]
    for name, value in (*clean.items(), *named):
        if bad := next((sign for sign in value if unicodedata.category(sign) in ("Cc", "Cs")), ""):
            message = f"a control character in {name} (U+{ord(bad):04X})"
            return Problem(at, message, "remove it, or save the file as UTF-8")
        if len(value) > MAX_TEXT:
            message = f"{name} has {len(value):,} letters; at most {MAX_TEXT:,}"
            return Problem(at, message, "the file may be damaged: export it again")
    if not any(map(str.isalnum, clean.get("title", ""))):
        return Problem(at, "a record without a title", "add it, or take the record out")
    told = tuple(kinds)
    marks = notices(clean["title"], told, links)
    return Citation(type_, clean, clean_people, at, told, marks, tuple(_spell(clean)))


def plain(text: str) -> str:
    """Text without markup, entities, signs that are not seen and needless white space."""
    text = _TAG.sub("", text)
    if "&" in text:
        text = _TAG.sub("", html.unescape(text))
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def person(name: str) -> str:
    """A name as "Last, First"; one without a comma and without initials behind it is a group's."""
    last, *rest = [*filter(None, map(str.strip, plain(name).translate(_NO_TEX).split(",")))] or [""]
    if not rest:
        initials = _INITIALS.fullmatch(last)
        return f"{initials[1]}, {initials[2]}" if initials else group(last)
    first, *suffix = rest
    return ", ".join([last, *suffix[:1], first])


def group(name: str) -> str:
    """The name of a group, which has no first and last."""
    name = name.translate(_NO_TEX).strip()
    return f"{{{name}}}" if name else ""


def pages(first: str | None, last: str | None = None) -> str:
    """Pages as they are printed in full: "642-7" is "642-647"; nothing where no page is named."""
    start, *rest = _RANGE.split(plain(first or ""), maxsplit=1)
    end = rest[0] if rest else plain(last or "")
    if not any(map(str.isdigit, start)):
        return ""
    if start.isdigit() and end.isdigit() and len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    return f"{start}-{end}" if end and end != start else start


def _spell(fields: dict[str, str]) -> Iterable[str]:
    """Bring year, identifiers and address into one spelling; what is none is taken out and told."""
    readers: Mapping[str, Callable[[str], str]] = {
        "year": lambda text: (_YEAR.findall(text) or [""])[0],
        "doi": lambda text: _address(printed_doi(text)),
        "pmid": pmid,
        "pmcid": lambda text: (_PMCID.findall(text.upper()) or [""])[0],
        "url": lambda text: (
            _address(re.split(r"[;\s]", text)[0])
            if text.startswith(("https://", "http://"))
            else ""
        ),
    }
    for name, reader in readers.items():
        if name in fields:
            value = fields.pop(name)
            if read := reader(value):
                fields[name] = read
            else:
                yield f"{name} {shown(value)} cannot be read"
    for name in ("volume", "number"):
        if len(value := fields.get(name, "")) > MAX_NUMBER:
            yield f"{name} {shown(value)} is none"
            del fields[name]


def _address(text: str) -> str:
    """An address or DOI, unless it holds what none does."""
    return "" if _NOT_AN_ADDRESS.search(text.replace("<", "").replace(">", "")) else text


# --- retractions and other notices, by types, links and title -------------------------------------

_Meaning = tuple[str, StandingStatus | None]
_RETRACTED: _Meaning = ("RETRACTED", "retracted")
_CONCERN: _Meaning = ("EXPRESSION OF CONCERN", "concern")
_CORRECTED: _Meaning = ("corrected", "corrected")
_UPDATED: _Meaning = ("there is a newer version", "superseded")
_WITHDRAWN: _Meaning = ("WITHDRAWN", None)
_A_NOTICE: _Meaning = ("A NOTICE about another publication", None)

# Publication types: MeSH, "Publication Characteristics"; an item retracted in part counts as well.
_KINDS: Mapping[str, _Meaning] = {
    "retracted publication": _RETRACTED,
    "retracted": _RETRACTED,
    "retraction of publication": _A_NOTICE,
    "retraction notice": _A_NOTICE,
    "expression of concern": _A_NOTICE,
    "published erratum": _A_NOTICE,
    "erratum": _A_NOTICE,
}
# Links as PubMed's XML (pubmed_250101.dtd, RefType) and its MEDLINE format name them.
_LINKS: Mapping[str, _Meaning] = {
    **dict.fromkeys(("retractionin", "rin", "partialretractionin", "prin"), _RETRACTED),
    **dict.fromkeys(("retractedandrepublishedin", "rri"), _RETRACTED),
    **dict.fromkeys(("expressionofconcernin", "eci"), _CONCERN),
    **dict.fromkeys(("erratumin", "ein", "correctedandrepublishedin", "cri"), _CORRECTED),
    **dict.fromkeys(("updatein", "uin"), _UPDATED),
}
_ITEM = r"(?: article| paper| publication| chapter| study)?"
_OF_ANOTHER = (
    r"\W*(?:retraction|withdrawal|expression of concern|erratum|corrigendum|correction)"
    r"(?: notice)?(?:\s*:| for:| to\b)"
    r"|\W*(?:retraction notice|expression of concern|erratum|corrigendum) (?:for|of|regarding)\b"
)
_TITLES: tuple[tuple[str, _Meaning], ...] = (
    (rf"\W*retracted{_ITEM}\s*[:\])\u2010-\u2015-]|.*[\[(]retracted{_ITEM}\b", _RETRACTED),
    (rf"\W*withdrawn{_ITEM}\s*[:\])\u2010-\u2015-]|.*[\[(]withdrawn{_ITEM}\b", _WITHDRAWN),
    (_OF_ANOTHER, _A_NOTICE),
)
_SHOUTED = re.compile(r"\W*RETRACTED\b")


def notices(title: str, kinds: Iterable[str], links: Iterable[str]) -> tuple[Notice, ...]:
    """What shows that a publication no longer stands as it was printed, each once."""
    found: dict[str, Notice] = {}
    for (words, status), because in _shown(title, kinds, links):
        found.setdefault(words, Notice(words, because, status))
    return tuple(found.values())


def _shown(
    title: str, kinds: Iterable[str], links: Iterable[str]
) -> Iterator[tuple[_Meaning, str]]:
    for kind in kinds:
        if meaning := _KINDS.get(kind.lower()):
            yield meaning, f'publication type "{kind}"'
    for link in links:
        if meaning := _LINKS.get(link.lower()):
            yield meaning, f'linked to a notice by "{link}"'
    if _SHOUTED.match(title):
        yield _RETRACTED, "by its title"
    for pattern, meaning in _TITLES:
        if re.match(pattern, title, re.IGNORECASE):
            yield meaning, "by its title"


def notice_lines(citations: Iterable[Citation], keys: dict[int, str]) -> Iterator[str]:
    """What shows that publications no longer stand, in capitals."""
    for citation in citations:
        for notice in citation.notices:
            key = keys.get(id(citation))
            name = f"{key}: " if key else ""
            yield f"{notice.words}: {citation.at}: {name}{citation.title} ({notice.because})"
