"""What the tables of claims, passages and sources are filtered by: for every record the ids of what it has to do with, by filter."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimbook.evidence.appraisal import body, rating
from claimbook.evidence.certainty import level
from claimbook.evidence.index import Index
from claimbook.records import Base, Claim, Occurrence, Source
from claimbook.rules.check import Report

NO_LEVEL = "none"
NOT_GRADED = "not-graded"


@dataclass(frozen=True, slots=True)
class Row:
    """A record, and by filter the ids it is found by."""

    one: Claim | Occurrence | Source
    found_by: Mapping[str, tuple[str, ...]]


def claim_rows(report: Report) -> list[Row]:
    """Every claim, in the order of the topics, with the verdict of its worst passage and every rule that objects to one."""
    return [
        Row(
            claim,
            {
                "clinic": tuple(dict.fromkeys(o.page for o in claim.occurrences)),
                "topic": topics,
                "kind": (claim.kind.value,),
                "verdict": ()
                if (verdict := report.claim_verdict(claim)) is None
                else (verdict.label,),
                "certainty": (_certainty(claim, report.index),),
                "level": (best_level(claim, report.index),),
                "rule": tuple(
                    dict.fromkeys(
                        rule for flag in report.by_claim.get(claim.id, ()) for rule in flag.rules
                    )
                ),
            },
        )
        for claim, topics in _by_topic(report.base)
    ]


def passage_rows(report: Report) -> list[Row]:
    """Every passage, in the order of the claims, with its own verdict and the rules that object to it."""
    rows = []
    for claim, topics in _by_topic(report.base):
        shared = {"topic": topics, "kind": (claim.kind.value,)}
        certainty, best = (_certainty(claim, report.index),), (best_level(claim, report.index),)
        for occurrence in claim.occurrences:
            rules = tuple(
                dict.fromkeys(
                    rule
                    for flag in report.by_occurrence.get(occurrence.id, ())
                    for rule in flag.rules
                )
            )
            found_by = {
                "clinic": (occurrence.page,),
                **shared,
                "verdict": (report.verdict(occurrence).label,),
            }
            rows.append(
                Row(occurrence, {**found_by, "certainty": certainty, "level": best, "rule": rules})
            )
    return rows


def source_rows(report: Report) -> list[Row]:
    """Every source, in the order of their keys, with the topics and clinic pages whose claims rest on it or that cite it."""
    base = report.base
    topics: dict[str, dict[str, None]] = {key: {} for key in base.sources}
    pages: dict[str, dict[str, None]] = {key: {} for key in base.sources}
    for claim, of in _by_topic(base):
        making = dict.fromkeys(o.page for o in claim.occurrences)
        for key in {base.findings[link.finding].source for link in claim.evidence}:
            topics[key].update(dict.fromkeys(of))
            pages[key].update(making)
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
                "rule": tuple(
                    dict.fromkeys(
                        rule for flag in report.by_source.get(key, ()) for rule in flag.rules
                    )
                ),
            },
        )
        for key, source in sorted(base.sources.items())
    ]


def counts(rows: Iterable[Row]) -> dict[str, Counter[str]]:
    """By filter, how many rows each id finds."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        for name, ids in row.found_by.items():
            found.setdefault(name, Counter()).update(ids)
    return found


def best_level(claim: Claim, index: Index) -> str:
    """The best level among the findings that can speak on a claim."""
    levels = [one.level for one in body(claim, index) if one.usable and one.level]
    return str(min(levels)) if levels else NO_LEVEL


def source_level(source: Source) -> str:
    """The level of a source's design."""
    return str(level(source.design) or NO_LEVEL)


def _certainty(claim: Claim, index: Index) -> str:
    rated = rating(claim, index)
    return rated.certainty.label.replace(" ", "-") if rated else NOT_GRADED


def _by_topic(base: Base) -> list[tuple[Claim, tuple[str, ...]]]:
    """Every claim once, under its own topic and in that topic's order, with all topics that list it."""
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
