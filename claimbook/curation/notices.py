"""Retractions and other notices that a record shows: by its types, its links and its title."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from claimbook.records import StandingStatus


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of one publication; `status` is None where a person must look what it means."""

    words: str
    because: str
    status: StandingStatus | None = None


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
