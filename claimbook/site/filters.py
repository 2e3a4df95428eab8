"""The filters of the long tables: their choices, and the values that each row is found by."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from claimbook.evidence.appraisal import body, rating
from claimbook.evidence.certainty import LEVEL_WHY, Certainty, level
from claimbook.evidence.index import Index
from claimbook.records import Base, Claim, Occurrence, Source, Verdict
from claimbook.rules.check import Report
from claimbook.site.words import VERDICT_WORDS, WORDS

NO_LEVEL = "none"
NOT_GRADED = "not-graded"


@dataclass(frozen=True, slots=True)
class Row:
    """A record, and by filter the values it is found by."""

    record: Claim | Occurrence | Source
    found_by: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its name, its label, and each choice: value, words, how many rows it finds."""

    name: str
    label: str
    choices: list[tuple[str, str, int]]


def claim_rows(report: Report) -> list[Row]:
    """Every claim, in the order of the topics."""
    return [
        Row(claim, _found_by(claim, topics, report)) for claim, topics in _by_topic(report.base)
    ]


def passage_rows(report: Report) -> list[Row]:
    """Every passage, in the order of the claims, with its own page, verdict and rules."""
    return [
        Row(
            occurrence,
            {
                **found_by,
                "clinic": (occurrence.page,),
                "verdict": (report.verdict(occurrence).label,),
                "rule": _rules(report.by_occurrence, occurrence.id),
            },
        )
        for claim, topics in _by_topic(report.base)
        for found_by in (_found_by(claim, topics, report),)
        for occurrence in claim.occurrences
    ]


def source_rows(report: Report) -> list[Row]:
    """Every source, by key, with the topics and pages whose claims rest on it or that cite it."""
    base = report.base
    topics: dict[str, dict[str, None]] = {key: {} for key in base.sources}
    pages: dict[str, dict[str, None]] = {key: {} for key in base.sources}
    for claim, listed_in in _by_topic(base):
        for key in {base.findings[link.finding].source for link in claim.evidence}:
            topics[key].update(dict.fromkeys(listed_in))
            pages[key].update(dict.fromkeys(o.page for o in claim.occurrences))
        for occurrence in claim.occurrences:
            for key in occurrence.cited:
                pages[key][occurrence.page] = None
    return [
        Row(
            source,
            {
                "clinic": tuple(pages[key]),
                "topic": tuple(topics[key]),
                "kind": (source.kind.value,),
                "design": (source.design.value,),
                "level": (source_level(source),),
                "read": (source.text_read,),
                "standing": (source.standing.status,),
                "rule": _rules(report.by_source, key),
            },
        )
        for key, source in sorted(base.sources.items())
    ]


def table(rows: list[Row], base: Base) -> dict[str, Any]:
    """A long table: its rows, the same by topic, their number, its filters, the pages' names."""

    def topic(row: Row) -> str:
        claim = base.claim_of(row.record) if isinstance(row.record, Occurrence) else row.record
        return getattr(claim, "topic", "")

    return {
        "rows": rows,
        "by_topic": [(name, list(group)) for name, group in groupby(rows, topic)],
        "total": len(rows),
        "filters": filters(rows, base),
        "clinics": clinic_names(base),
    }


def filters(rows: Iterable[Row], base: Base, names: Iterable[str] = ()) -> list[Filter]:
    """The filters, of those *names* or of all, by which the rows differ."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for name, values in row.found_by.items():
            counts.setdefault(name, Counter()).update(values)
    return [
        Filter(
            name,
            WORDS["filters"][name],
            [
                (value, words, counts[name][value])
                for value, words in _choices(name, counts[name], base).items()
                if value in counts[name]
            ],
        )
        for name in names or WORDS["filters"]
        if len(counts.get(name, ())) > 1
    ]


def _choices(name: str, values: Iterable[str], base: Base) -> Mapping[str, str]:
    """The values of a filter in order, with their words."""
    match name:
        case "clinic":
            return clinic_names(base)
        case "topic":
            return {topic.id: topic.question for topic in base.topics.values()}
        case "verdict":
            return {verdict.label: VERDICT_WORDS[verdict][0] for verdict in reversed(Verdict)}
        case "certainty":
            graded = {_id(one): one.label.capitalize() for one in reversed(Certainty)}
            return {**graded, NOT_GRADED: "Not rated"}
        case "level":
            levels = {
                str(number): f"{number}: {why}" for number, why in LEVEL_WHY.items() if number
            }
            return {**levels, NO_LEVEL: "No level"}
        case "read" | "standing":
            return dict(WORDS[name])
        case "rule":
            return {value: value for value in sorted(values)}
    return {value: value.replace("-", " ") for value in sorted(values)}


def clinic_names(base: Base) -> dict[str, str]:
    """How tables name each page: by its clinic, with its title where the clinic has several."""
    many = Counter(page.clinic for page in base.pages.values())
    return {
        name: f"{page.clinic}: {page.title}" if many[page.clinic] > 1 else page.clinic
        for name, page in base.pages.items()
    }


def best_level(claim: Claim, index: Index) -> str:
    """The best level among the findings that can speak on a claim."""
    levels = [
        evidence.level for evidence in body(claim, index) if evidence.usable and evidence.level
    ]
    return str(min(levels)) if levels else NO_LEVEL


def source_level(source: Source) -> str:
    """The level of a source's design."""
    return str(level(source.design) or NO_LEVEL)


def _found_by(claim: Claim, topics: tuple[str, ...], report: Report) -> dict[str, tuple[str, ...]]:
    """What a claim is found by: its worst verdict, and every rule that objects to a passage."""
    rated, worst = rating(claim, report.index), report.claim_verdict(claim)
    return {
        "clinic": tuple(dict.fromkeys(o.page for o in claim.occurrences)),
        "topic": topics,
        "kind": (claim.kind.value,),
        "verdict": () if worst is None else (worst.label,),
        "certainty": (_id(rated.certainty) if rated else NOT_GRADED,),
        "level": (best_level(claim, report.index),),
        "rule": _rules(report.by_claim, claim.id),
    }


def _rules(flags: Mapping[str, tuple[Any, ...]], record: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for flag in flags.get(record, ()) for rule in flag.rules))


def _id(certainty: Certainty) -> str:
    return certainty.label.replace(" ", "-")


def _by_topic(base: Base) -> list[tuple[Claim, tuple[str, ...]]]:
    """Every claim once, under its own topic and in that topic's order, with all its topics."""
    listed: dict[str, list[str]] = {}
    for topic in base.topics.values():
        for name in topic.claims:
            listed.setdefault(name, []).append(topic.id)
    return [
        (base.claims[name], tuple(listed[name]))
        for topic in base.topics.values()
        for name in topic.claims
        if base.claims[name].topic == topic.id
    ]
