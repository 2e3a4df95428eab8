"""What an editor shows while a record or a draft is written; `language_server` speaks to it.

Offsets are code points into a file's text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from claimbook.loading.load import load
from claimbook.loading.record_files import FOLDERS
from claimbook.records import (
    FACETS,
    Base,
    Claim,
    Concept,
    Finding,
    LoadError,
    Page,
    Problem,
    Source,
    Topic,
    display,
)
from claimbook.rules.check import Report, check
from claimbook.vetting.browser import vet_draft
from claimbook.vetting.drafts.files import draft
from claimbook.vetting.formatters.text import read_as, reasons
from claimbook.vetting.results import SentenceResult
from claimbook.vetting.suppressions import FinalResult
from claimbook.vetting.vet import Vetter

Named = Claim | Finding | Source | Page | Topic | Concept
_ID = re.compile(r"[\w/-]+")

_KEY = re.compile(r"(?:^|[\s{,\[])([\w-]+): *(?:\[[^\]]*)?$")  # then the value
_ITEM = re.compile(r"( *)(- *)?$")  # of a list that stands in lines of its own
_IN_TEXT = re.compile(r"(?:^ *|[\w.;)\"'] ?)\{$")  # a finding in braces, in the text of an answer


class Editor:
    """A base as it is being edited: the last sound state, and what is wrong with the present one.

    Attributes:
        report: the last sound base and what the rules say of it; None before there was one.
        vetter: the same base, ready for drafts.
        problems: what is wrong now; empty where `report` is of the present state.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.report: Report | None = None
        self.vetter: Vetter | None = None
        self.problems: tuple[Problem, ...] = ()

    def is_record(self, path: Path) -> bool:
        """Whether a path is one of a file of records."""
        inside = path.is_relative_to(self.root) and path.relative_to(self.root).parts[0]
        return inside in FOLDERS and path.suffix in (".yaml", ".bib")

    def read(self, unsaved: Mapping[Path, bytes] = MappingProxyType({})) -> None:
        """Read the base, with what editors hold in the place of files."""
        try:
            report = check(load(self.root, unsaved=unsaved))
        except LoadError as error:
            self.problems = tuple(error.problems)
        else:
            self.report, self.vetter, self.problems = report, Vetter(report.base), ()

    def vet(self, text: str, path: Path) -> FinalResult | None:
        """A draft, vetted by the last sound base; None before there was one.

        Raises:
            DraftError: it cannot be read.
        """
        if self.vetter is None:
            return None
        words = draft(text.encode("utf-8", "replace"), path.name, path.suffix.lower())
        return vet_draft(words, self.vetter, datetime.now(UTC).date())


# --- records --------------------------------------------------------------------------------------


def named(text: str, offset: int, base: Base) -> list[Named]:
    """The records of the id at an offset: a page and a concept may share one."""
    words = (each[0] for each in _ID.finditer(text) if each.start() <= offset <= each.end())
    word = next(words, "")
    kinds: tuple[Mapping[str, Named], ...] = (
        base.findings, base.claims, base.sources, base.pages, base.topics,
        base.vocabulary.concepts,
    )  # fmt: skip
    return [kind[word] for kind in kinds if word in kind]


def described(record: Named, report: Report) -> str:
    """A record in a few lines; what the evidence says stands before what pages claim."""
    base = report.base
    match record:
        case Claim():
            passages = ", ".join(
                f"{report.verdict(each).label} ({each.page})" for each in record.occurrences
            )
            lines = [_evidence(record), f"Pages claim: {record.statement}", passages]
        case Finding():
            about = (base.vocabulary.label(name).lower() for _, name in record.about.facets())
            says = display.in_words(record.says, base.vocabulary, record.about.comparator)
            source = display.short(base.references[record.source])
            lines = [record.plain or "", f"{source}: {', '.join(about)}: {says}", record.where]
        case Source():
            reference = base.references[record.id]
            lines = [display.short(reference), reference.fields.get("title", "")]
            lines.append(f"{record.kind}, {record.design}, read: {record.text_read}")
            lines.append(f"standing: {record.standing.status}")
        case Page():
            counts = report.sentence_counts(record.id).items()
            sentences = ", ".join(f"{number} {verdict.label}" for verdict, number in counts)
            lines = [f"{record.clinic}: {record.title}", f"read {record.read}", sentences]
        case Topic():
            lines = [record.question]
        case Concept():
            lines = [f"{record.label} ({record.facet})", ", ".join(record.terms)]
    return "\n".join(filter(None, lines))


def _evidence(claim: Claim) -> str:
    if claim.truth is None:
        return "What the evidence says is not recorded."
    return f"The evidence says ({claim.truth.is_}): {claim.truth.line}"


def completions(text: str, offset: int, base: Base) -> tuple[int, list[tuple[str, str]]]:
    """The ids that may stand at an offset of a record.

    Returns:
        Where the id that is being written begins, and each id with what it names.
    """
    start = offset
    while start and _ID.fullmatch(text[start - 1]):
        start -= 1
    expected = _EXPECTED.get(_key(text[:start]) or "")
    return start, sorted(expected(base)) if expected else []


def _key(before: str) -> str | None:
    """The key whose value, or item of a list, follows."""
    *above, line = before.split("\n")
    if key := _KEY.search(line):
        return key[1]
    if not (item := _ITEM.fullmatch(line)):
        return "{" if _IN_TEXT.search(line) else None
    for other in reversed(above):
        room = len(other) - len(other.lstrip())
        beside = item[2] and room == len(item[1]) and not other.lstrip().startswith("-")
        if other.strip() and (room < len(item[1]) or beside):
            key = _KEY.search(other)
            return key[1] if key else None
    return None


_Ids = Iterable[tuple[str, str]]


def _claims(base: Base) -> _Ids:
    for claim in base.claims.values():
        verdict = f" [evidence: {claim.truth.is_}]" if claim.truth else ""
        yield claim.id, claim.statement + verdict


def _findings(base: Base) -> _Ids:
    for finding in base.findings.values():
        says = display.in_words(finding.says, base.vocabulary, finding.about.comparator)
        yield finding.key, finding.plain or says


def _concepts(*facets: str) -> Callable[[Base], _Ids]:
    def concepts(base: Base) -> _Ids:
        for concept in base.vocabulary.concepts.values():
            if concept.facet in facets:
                yield concept.id, concept.label

    return concepts


_EXPECTED: Mapping[str, Callable[[Base], _Ids]] = {
    **dict.fromkeys(("finding", "rests-on", "found", "harms", "{"), _findings),
    **dict.fromkeys(("claim", "claims", "to", "told-by", "promised-by", "truth-of"), _claims),
    **dict.fromkeys(
        ("cites", "overlaps", "contains", "authority", "source"),
        lambda base: ((key, display.title(base.references[key])) for key in base.sources),
    ),
    "page": lambda base: ((p.id, f"{p.clinic}: {p.title}") for p in base.pages.values()),
    "subject": lambda base: (*_claims(base), *_findings(base)),
    "adjudicates": lambda base: ((r.id, r.subject) for r in base.reviews.values()),
    "inboxes": lambda base: ((i.id, i.where) for i in base.inboxes.values()),
    **{facet: _concepts(facet) for facet in FACETS},
    "settings": _concepts("setting"),
    "fits": _concepts("intervention"),
    **dict.fromkeys(
        ("concept", "when", "broader", "distinct", "only", "includes", "excludes"),
        _concepts(*FACETS),
    ),
}


# --- drafts ---------------------------------------------------------------------------------------


def spans(result: FinalResult) -> Iterator[tuple[int, int, SentenceResult]]:
    """The sentences of a draft, each with where it begins and ends in the file."""
    for sentence in result.vetted.sentences:
        yield *result.draft.span(sentence.start, sentence.end), sentence


def explained(sentence: SentenceResult, base: Base) -> str:
    """A sentence's state, why, how it was read, and what the evidence says of its claims."""
    verdict = f", verdict: {sentence.verdict.label}" if sentence.verdict is not None else ""
    lines = [f"{sentence.state.value}{verdict}", *reasons(sentence, base), read_as(sentence)]
    for name in sentence.claims:
        lines += [_evidence(base.claims[name]), f"    of the claim {name}"]
    return "\n".join(lines)


def replacements(result: FinalResult, sentence: SentenceResult) -> list[str]:
    """Wording to use in the place of a flagged sentence, where it stands as plain words."""
    if result.draft.written(sentence.start, sentence.end) != sentence.text:
        return []
    return list(sentence.wordings)
