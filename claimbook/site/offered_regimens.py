"""What a page offers beside what was studied, as recorded: place, session and course."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimbook.evidence.appraisal import appraise, body
from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    Amount,
    Base,
    Claim,
    Kind,
    Occurrence,
    Page,
    Source,
    Vocabulary,
    display,
)
from claimbook.records.grouping import grouped
from claimbook.site.words import result, short

NOT_SAID, NOT_RECORDED = "not said", "not recorded"


@dataclass(frozen=True, slots=True)
class Offered:
    """One row: what is offered, what was studied, and how far they differ."""

    name: str
    offered: str
    studied: str
    difference: str


@dataclass(frozen=True, slots=True)
class Studied:
    """A study in people of a benefit that a page mentions, and the treatments studied."""

    source: Source
    treatments: tuple[str, ...]


def studies(occurrences: Iterable[Occurrence], index: Index) -> list[Studied]:
    """The studies in people behind passages on benefit whose treatment is recorded, best first."""
    behind = [
        finding
        for occurrence in occurrences
        if index.base.claim_of(occurrence).kind in BENEFITS
        for finding in appraise(occurrence, index).all
        if finding.evidence.usable and finding.evidence.of_people
    ]
    behind.sort(key=lambda finding: (finding.evidence.level, finding.source.id))
    treatments = grouped((f.source.id, f.evidence.finding.about.intervention) for f in behind)
    return [
        Studied(source, tuple(dict.fromkeys(filter(None, treatments[source.id]))))
        for source in {f.source.id: f.source for f in behind}.values()
        if source.regimen
    ]


def rows(page: Page, studied: Sequence[Studied], index: Index) -> list[Offered]:
    """Place, session and course; none where neither side is recorded."""
    if not (page.regimen or studied):
        return []
    return [_place(page, studied, index), _session(page, index), _course(page, studied, index)]


def _place(page: Page, studied: Sequence[Studied], index: Index) -> Offered:
    vocabulary = index.base.vocabulary
    offered = page.regimen.settings if page.regimen else ()
    places = [study.source.setting for study in studied if study.source.setting]
    missing = [name for name in offered if not _covered(name, places, vocabulary)]
    unknown = len(studied) - len(places)
    counts = _counted(places, vocabulary) + [f"{NOT_RECORDED}: {unknown}"] * bool(unknown)
    return Offered(
        "Place",
        "; ".join(map(vocabulary.label, offered)) or NOT_SAID,
        "; ".join(counts) or NOT_RECORDED,
        f"In no study with a recorded place: {', '.join(map(vocabulary.label, missing))}."
        if missing and places
        else "",
    )


def _session(page: Page, index: Index) -> Offered:
    """How long a session is, in the clinic's words where these are recorded."""
    base, regimen = index.base, page.regimen
    timed = {claim.id: claim for each in base.pages.values() for claim in _on_session(each, base)}
    said = [o for o in base.by_page[page.id] if o.claim in timed and isinstance(o.says, Amount)]
    lengths = dict.fromkeys(
        f"{result(evidence.finding, base)} ({short(evidence.source.id, base)})"
        for claim in timed.values()
        for evidence in body(claim, index)
        if isinstance(evidence.finding.says, Amount)
        and _covered(claim.about.population, [evidence.finding.about.population], base.vocabulary)
    )
    words = _quotes(said) or (regimen and regimen.session)
    return Offered("Session", words or NOT_SAID, "; ".join(lengths) or NOT_RECORDED, "")


def _on_session(page: Page, base: Base) -> Iterator[Claim]:
    """The claims on how long a session is, as a page's record has it."""
    for occurrence in base.by_page[page.id]:
        says, claim = occurrence.says, base.claim_of(occurrence)
        if (
            page.regimen
            and isinstance(says, Amount)
            and claim.kind is Kind.REGIMEN
            and says.text.removeprefix("about ") == page.regimen.session
        ):
            yield claim


def _course(page: Page, studied: Sequence[Studied], index: Index) -> Offered:
    """The treatment as a whole, with what the page says of how long and how often."""
    base, vocabulary = index.base, index.base.vocabulary
    course = page.regimen.intervention if page.regimen else None
    sessions = {claim.id for claim in _on_session(page, base)}
    said = [
        o
        for o in base.by_page[page.id]
        if isinstance(o.says, Amount)
        and base.claim_of(o).kind is Kind.REGIMEN
        and o.claim not in sessions
    ]
    offered = [vocabulary.label(course)] * bool(course) + [_quotes(said)] * bool(said)
    same = sum(_covered(course, study.treatments, vocabulary) for study in studied)
    treatments = [name for study in studied for name in study.treatments]
    difference = f"{same} of {display.count(len(studied), 'study', 'studies')} looked at this."
    return Offered(
        "Course",
        "; ".join(offered) or NOT_SAID,
        "; ".join(_counted(treatments, vocabulary)) or NOT_RECORDED,
        difference if course and studied else "",
    )


def _covered(name: str | None, others: Iterable[str | None], vocabulary: Vocabulary) -> bool:
    """Whether one of *others* is a concept, or a narrower one."""
    return any(
        name == other or name in vocabulary.above.get(other, ()) for other in others if other
    )


def _counted(names: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """How many studies there are of each concept, most first."""
    return [f"{vocabulary.label(name)}: {count}" for name, count in Counter(names).most_common()]


def _quotes(occurrences: Iterable[Occurrence]) -> str:
    return ", ".join(dict.fromkeys(f"“{occurrence.quote}”" for occurrence in occurrences))
