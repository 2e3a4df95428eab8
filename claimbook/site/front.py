"""The front: what the base is about, a box, doors, a picture, and an excerpt of the board."""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from claimbook.evidence.disagreements import DisagreementKind
from claimbook.records import Base, Finding, Occurrence, Share, Verdict, display
from claimbook.rules.check import Report
from claimbook.rules.disagreements import every_disagreement
from claimbook.site import json_ld
from claimbook.site.board import BoardRow, Quoted, quoted, rows
from claimbook.site.context import Content, Context
from claimbook.site.exports import summary
from claimbook.site.questions import by_heading, urgent
from claimbook.site.words import WORDS, truth_line

EXCERPT = 2  # rows of the board
LINE = 310  # characters of what the evidence says of a row: it stands whole, as a cut may comfort


@dataclass(frozen=True, slots=True)
class Fall:
    """How many of the same people were better at first, and how many of them later.

    `passage` says more than that, and `words` are the telling ones of it; where no page does, none.
    """

    first: Finding
    later: Finding
    passage: Occurrence | None
    words: str


@dataclass(frozen=True, slots=True)
class DividedRow:
    """A row of the board of which two pages disagree: what the evidence bears out least, and best.

    `words` holds the words of each by page.
    """

    row: BoardRow
    words: tuple[tuple[str, Quoted], tuple[str, Quoted]]


def page(context: Context) -> Iterator[Content]:
    """The front, named for the treatment and the people that most claims are about."""
    report, base = context.report, context.base
    subject, about = _subject(base), WORDS["front"]
    title = f"{subject}: what clinics say, and what studies found" if subject else "Clinics' claims"
    data = {
        "title": title,
        "counts": summary(report),
        "headings": [heading for heading, _ in by_heading(base) if heading],
        "urgent": urgent(base),
        "fall": fall(report),
        "harm": harm(report),
        "disagreements": disagreements(report),
    }
    yield Content("index.md", title, about, data, linked_data=json_ld.front(report, title, about))


def _subject(base: Base) -> str:
    """The treatment and the illness of most claims: "Footbath for colds"; nothing without them."""
    scopes, concepts = [claim.about for claim in base.claims.values()], base.vocabulary.concepts
    treatments = Counter(scope.intervention for scope in scopes if scope.intervention)
    illnesses = Counter(  # the broadest of all is people
        scope.population
        for scope in scopes
        if scope.population and concepts[scope.population].broader
    )
    if not treatments or not illnesses:
        return ""
    (treatment, _), (illness, _) = *treatments.most_common(1), *illnesses.most_common(1)
    label = base.vocabulary.label(illness)
    return f"{base.vocabulary.label(treatment)} for {label[0].lower()}{label[1:]}"


def fall(report: Report) -> Fall | None:
    """The greatest fall, to half at most, among the same people that one source counted twice.

    Counted of all of them both times, as a question shows it of benefit.
    """
    base = report.base
    pairs = [
        (first, later)
        for topic in base.topics.values()
        for first, later in combinations([base.findings[key] for key in topic.found], 2)
        if _same_people(first, later)
        and display.figures(first, base)
        and _counts(later)[0] <= _counts(first)[0] / 2
    ]
    if not pairs:
        return None
    first, later = max(pairs, key=lambda pair: _counts(pair[0])[0] - _counts(pair[1])[0])
    passage = next(  # what is said of these people, not of those of another study
        (
            o
            for o in base.occurrences.values()
            if first.source in o.cited
            and isinstance(o.says, Share)
            and report.verdict(o) > Verdict.NOT_CHECKED
        ),
        None,
    )
    return Fall(first, later, passage, quoted(passage, report).words if passage else "")


def harm(report: Report) -> Finding | None:
    """The harm to show beside the benefit: with that treatment, the one that most questions show.

    Without a benefit, or a harm of its treatment, that is the first of the question with most.
    """
    base, shown = report.base, fall(report)
    drawn = [
        [key for key in topic.harms if display.figures(base.findings[key], base)]
        for topic in base.topics.values()
    ]
    times = Counter(
        key
        for key in chain.from_iterable(drawn)
        if shown and base.findings[key].about.intervention == shown.first.about.intervention
    )
    most = [key for key, _ in times.most_common(1)] or max(drawn, key=len, default=[])
    return base.findings[most[0]] if most else None


def _same_people(first: Finding, later: Finding) -> bool:
    return (
        (first.source, first.counted, first.about.population, first.about.intervention)
        == (later.source, later.counted, later.about.population, later.about.intervention)
        and first.about.outcome != later.about.outcome
        and _counts(first)[1] == _counts(later)[1] > 0
    )


def _counts(finding: Finding) -> tuple[int, int]:
    says = finding.says
    return (says.count or 0, says.total or 0) if isinstance(says, Share) else (0, 0)


def disagreements(report: Report) -> list[DividedRow]:
    """The first rows of the board on which pages disagree most gravely, each with two of them.

    Only those of which what the evidence says has room in full, and in the words that disagree.
    """
    disagreeing = {
        (each.kind, passage)
        for each in every_disagreement(report.index)
        for passage in each.passages
    }
    found = [
        (kinds.index(kind), DividedRow(row, words))
        for kinds in [list(DisagreementKind)]
        for row in rows(report)
        for kind in [next(iter(row.disagreements), None)]
        if row.lead.truth and len(truth_line(row.lead.truth)) <= LINE
        if kind and (words := _worst_and_best(row, kind, disagreeing))
    ]
    return [each for _, each in sorted(found, key=lambda pair: pair[0])[:EXCERPT]]


def _worst_and_best(
    row: BoardRow,
    kind: DisagreementKind,
    disagreeing: Container[tuple[DisagreementKind, Occurrence]],
) -> tuple[tuple[str, Quoted], tuple[str, Quoted]] | None:
    """Of the pages that disagree the gravest words, and the best of another page."""
    said = [
        (page, each)
        for page in row.disagreements[kind]
        if page in row.cells
        for each in (row.cells[page].shown, row.cells[page].right)
        if each and each.words and (kind, each.passage) in disagreeing
    ]
    worst = max(said, key=lambda pair: pair[1].verdict, default=None)
    others = [pair for pair in said if worst and pair[0] != worst[0]]
    best = min(others, key=lambda pair: pair[1].verdict, default=None)
    return (worst, best) if worst and best and worst[1].verdict > best[1].verdict else None
