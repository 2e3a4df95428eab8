"""The filters of the long tables: their choices, and the values that each row is found by."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from claimbook.curation.reviews import Status, state
from claimbook.evidence.appraisal import body, rating
from claimbook.evidence.certainty import LEVEL_WHY, Certainty, level
from claimbook.evidence.harms import HarmStatus, harm_status
from claimbook.records import Base, Claim, Occurrence, Severity, Verdict
from claimbook.records.grouping import grouped
from claimbook.rules.check import Report
from claimbook.site.words import VERDICT_WORDS, WORDS, truth

NO_LEVEL = "none"
NOT_GRADED = "not-graded"


@dataclass(frozen=True, slots=True)
class Row:
    """A record (claim, occurrence or source), and by filter the values it is found by."""

    record: Any
    found_by: Mapping[str, tuple[str, ...]]


def claim_rows(report: Report) -> list[Row]:
    """Every claim once, under its own topic and in that topic's order.

    It is found by its topics, its matters, its truth, its worst verdict, the best level among the
    findings that can speak on it, and every rule that objects to a passage.
    """
    base, rows = report.base, []
    listed = grouped((name, t.id) for t in base.topics.values() for name in t.claims)
    decides = grouped((name, m.id) for m in base.matters.values() for name in m.claims)
    for topic in base.topics.values():
        for claim in (base.claims[name] for name in topic.claims):
            if claim.topic != topic.id:
                continue
            worst = report.claim_verdict(claim)
            levels = [e.level for e in body(claim, report.index) if e.usable and e.level]
            found_by = {
                "clinic": tuple(dict.fromkeys(o.page for o in claim.occurrences)),
                "topic": listed[claim.id],
                "matter": decides.get(claim.id, ()),
                "kind": (claim.kind.value,),
                "truth": (answer.is_,) if (answer := truth(claim, base)) else (),
                "verdict": () if worst is None else (worst.label,),
                "certainty": (_sure(claim, report),),
                "level": (str(min(levels, default=NO_LEVEL)),),
                "status": (state(claim, report.index).status.value,),
                "rule": _rules(report.by_claim, claim.id),
            }
            rows.append(Row(claim, found_by))
    return rows


def passage_rows(report: Report) -> list[Row]:
    """Every passage, in the order of the claims, with its own page, verdict and rules."""
    return [
        Row(
            occurrence,
            {
                **row.found_by,
                "clinic": (occurrence.page,),
                "verdict": (report.verdict(occurrence).label,),
                "rule": _rules(report.by_occurrence, occurrence.id),
            },
        )
        for row in claim_rows(report)
        for occurrence in row.record.occurrences
    ]


def source_rows(report: Report) -> list[Row]:
    """Every source, by key, with the topics and pages whose claims rest on it or that cite it."""
    base = report.base
    topics: dict[str, dict[str, None]] = {key: {} for key in base.sources}
    pages: dict[str, dict[str, None]] = {key: {} for key in base.sources}
    for row in claim_rows(report):
        for key in {each.source for each in base.linked(row.record)}:
            topics[key].update(dict.fromkeys(row.found_by["topic"]))
            pages[key].update(dict.fromkeys(row.found_by["clinic"]))
        for occurrence in row.record.occurrences:
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
                "level": (str(level(source.design) or NO_LEVEL),),
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


def filters(rows: Iterable[Row], base: Base, names: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The filters, of those *names* or of all, by which the rows differ.

    Each has a name, a label, and choices: a value, its words, and how many rows it finds.
    """
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for name, values in row.found_by.items():
            counts.setdefault(name, Counter()).update(values)
    return [
        {
            "name": name,
            "label": WORDS["filters"][name],
            "choices": [
                (value, words, counts[name][value])
                for value, words in _choices(name, counts[name], base).items()
                if value in counts[name]
            ],
        }
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
        case "matter":
            return {matter.id: matter.question for matter in base.matters.values()}
        case "verdict":
            return {verdict.label: VERDICT_WORDS[verdict][0] for verdict in reversed(Verdict)}
        case "severity":
            return {severity.value: severity.value.capitalize() for severity in Severity}
        case "truth":
            return {name: word for name, (word, _) in WORDS["truth"].items()}
        case "certainty":
            graded = {_id(one.label): one.label.capitalize() for one in reversed(Certainty)}
            harms = {_id(status): status.capitalize() for status in HarmStatus}
            return {**graded, **harms, NOT_GRADED: "Not rated"}
        case "level":
            levels = {str(n): f"{n}: {why}" for n, why in LEVEL_WHY.items() if n}
            return {**levels, NO_LEVEL: "No level"}
        case "status":
            return {status.value: WORDS["statuses"][status][0] for status in Status}
        case "read" | "standing":
            return dict(WORDS[name])
    return {v: v if name == "rule" else v.replace("-", " ") for v in sorted(values)}


def clinic_names(base: Base) -> dict[str, str]:
    """How tables name each page: by its clinic, with its title where the clinic has several."""
    many = Counter(page.clinic for page in base.pages.values())
    return {
        name: f"{page.clinic}: {page.title}" if many[page.clinic] > 1 else page.clinic
        for name, page in base.pages.items()
    }


def _rules(flags: Mapping[str, tuple[Any, ...]], record: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for flag in flags.get(record, ()) for rule in flag.rules))


def how_sure(claim: Claim, report: Report) -> int:
    """Where a claim stands in the order of the choices of certainty, the surest first."""
    return list(_choices("certainty", (), report.base)).index(_sure(claim, report))


def _sure(claim: Claim, report: Report) -> str:
    """How sure a claim is, or how a harm is known."""
    rated = rating(claim, report.index)
    sure = harm_status(claim, report.index) or (rated and rated.certainty.label)
    return _id(sure) if sure else NOT_GRADED


def _id(words: str) -> str:
    return words.replace(",", "").replace(" ", "-")
