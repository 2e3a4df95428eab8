"""Clinic pages: the list of them, and a report each on what the page says and leaves out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.disclosures import disclosed
from claimbook.evidence.figures import collisions, origins
from claimbook.evidence.index import Index
from claimbook.evidence.passages import sentences
from claimbook.language.coverage import of_page
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    Amount,
    Category,
    Claim,
    Kind,
    Occurrence,
    Page,
    Share,
    Source,
    display,
)
from claimbook.records.quotes import heading, normalize, quote_spans
from claimbook.rules.check import Report
from claimbook.site.claims import passage
from claimbook.site.context import Content, Context
from claimbook.site.filters import Row, filters, passage_rows
from claimbook.site.words import grouped

STRENGTHS: Mapping[str, frozenset[Kind]] = {  # the kinds of claim that "What it says well" lists
    "Harms and who should not have it": frozenset({Kind.HARM, Kind.SAFETY, Kind.CONTRAINDICATION}),
    "Benefits, in words that the evidence supports": BENEFITS,
    "Facts": frozenset({Kind.APPROVAL, Kind.DEFINITION}),
}
SUGGESTS = 2  # the step of the wording ladder from which words on a benefit say something of it


def pages(context: Context) -> Iterator[Content]:
    """A report for each clinic page."""
    report, base = context.report, context.base
    rows = {row.record.id: row for row in passage_rows(report)}
    for page in base.pages.values():
        occurrences = base.by_page[page.id]
        sections = _sections(page, context, rows)
        cards = [sentence for _, some in sections for sentence in some]
        ids = {occurrence.id for occurrence in occurrences}
        flags = [f for f in report.by_page.get(page.id, ()) if f.subject not in ids]  # of the whole
        disagreements = [f for f in flags if f.category is Category.DISAGREEMENT and f.claims]
        yield Content(
            f"pages/{page.id}.md",
            f"{page.clinic}: {page.title}",
            f"{display.count(len(cards), 'sentence')} read on {page.read}, each with its verdict.",
            {
                "page": page,
                "counts": report.sentence_counts(page.id),
                "strengths": strengths(occurrences, report),
                "disagreements": [
                    (base.claims[name], some)
                    for name, some in grouped((f.claims[0], f) for f in disagreements).items()
                ],
                "about_page": [flag for flag in flags if flag not in disagreements],
                "disclosures": grouped(  # by kind, each with the passage that mentions it
                    (base.disclosures[name].kind, (base.disclosures[name], *told))
                    for name, told in told_on(page.id, report).items()
                ),
                "figures": [
                    (o, origins(o, report.index), collisions(o, report.index))
                    for o in occurrences
                    if isinstance(o.says, Share | Amount)
                    and o.says.figure
                    and re.search(r"\d", o.quote)
                ],
                "studied": _studied(occurrences, report.index),
                "covered": of_page(page.id, base),
                "sections": sections,
                "total": len(cards),
                "filters": filters(
                    [card["row"] for card in cards], base, ("verdict", "topic", "matter", "rule")
                ),
            },
            page.title,
        )


def strengths(
    occurrences: tuple[Occurrence, ...], report: Report
) -> dict[str, list[tuple[Claim, list[Occurrence]]]]:
    """The sentences that evidence bears out as a whole, by what they are about and by claim.

    The fullest words come first. A sentence is left out where any of its parts is judged, flagged
    or not checked, and where its words are listed already.
    """
    listed: list[str] = []
    groups: dict[str, dict[str, list[Occurrence]]] = {name: {} for name in STRENGTHS}
    for occurrence in sorted(occurrences, key=lambda o: (-len(o.quote), o.id)):
        kind = report.base.claim_of(occurrence).kind
        group = next((groups[name] for name, kinds in STRENGTHS.items() if kind in kinds), None)
        words = _plain(occurrence)
        says_something = kind not in BENEFITS or wording(occurrence.quote).step >= SUGGESTS
        decided = appraise(occurrence, report.index).deciding
        if group is None or not (says_something and decided and report.praiseworthy(occurrence)):
            continue
        if occurrence.claim in group or not any(words in other for other in listed):
            group.setdefault(occurrence.claim, []).append(occurrence)
            listed.append(words)
    return {
        name: [(report.base.claims[claim], some) for claim, some in group.items()]
        for name, group in groups.items()
        if group
    }


def told_on(page: str, report: Report) -> dict[str, tuple[str, Occurrence | None]]:
    """Whether a page tells each disclosure that is asked of it, and the passage.

    `told`, `small` (only in words that make it look small) or `untold`.
    """
    states: dict[str, tuple[str, Occurrence | None]] = {}
    for name, passages in disclosed(page, report.index).items():
        plainly = [passage for passage in passages if not report.makes_small(passage)]
        state = "told" if plainly else "small" if passages else "untold"
        states[name] = state, next(iter(plainly or passages), None)
    return states


def _plain(occurrence: Occurrence) -> str:
    return normalize(occurrence.quote).casefold().rstrip(".")


def _studied(occurrences: tuple[Occurrence, ...], index: Index) -> list[Source]:
    """The studies in people behind passages on benefit whose treatment is recorded, best first."""
    ranked = {
        (finding.evidence.level, finding.evidence.source.id): finding.evidence.source
        for occurrence in occurrences
        if index.base.claim_of(occurrence).kind in BENEFITS
        for finding in appraise(occurrence, index).all
        if finding.evidence.usable and finding.evidence.level and finding.evidence.level < 5
    }
    return [source for _, source in sorted(ranked.items()) if source.regimen]


def _sections(
    page: Page, context: Context, rows: Mapping[str, Row]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """A page's sentences by section, in reading order as far as the page's text is at hand."""
    text = context.base.snapshots.get(page.id, "")

    def place(occurrence: Occurrence) -> tuple[int, int, str]:
        spans, section = quote_spans(occurrence.quote), heading(occurrence.section)
        if text:
            return 0, text.find(spans[0]) if spans else 0, occurrence.id
        known = section in page.sections
        return page.sections.index(section) if known else len(page.sections), 0, occurrence.id

    found = sorted(sentences(page.id, context.report.index), key=lambda s: min(map(place, s)))
    by_section = grouped(
        (heading(parts[0].section) or "Elsewhere on the page", _sentence(parts, context, rows))
        for parts in found
    )
    titles = dict.fromkeys([*page.sections, *by_section])
    return [(title, by_section[title]) for title in titles if title in by_section]


def _sentence(
    parts: tuple[Occurrence, ...], context: Context, rows: Mapping[str, Row]
) -> dict[str, Any]:
    """What is shown of a sentence: its fullest quote, its gravest verdict, its parts.

    The gravest part comes first, and what may be written instead is offered once.
    """
    verdict = context.report.sentence_verdict(parts[0])
    shown = [passage(part, context) for part in sorted(parts, key=lambda o: -len(o.quote))]
    fullest = shown[0]
    shown.sort(key=lambda part: -part["verdict"])
    offered: dict[str | None, str] = {part["suggestion"]: part["anchor"] for part in shown[::-1]}
    for part in shown:
        if offered[part["suggestion"]] != part["anchor"]:
            part["suggestion"] = None
    found_by: dict[str, tuple[str, ...]] = {}
    for occurrence in parts:
        for name, values in rows[occurrence.id].found_by.items():
            found_by[name] = tuple(dict.fromkeys((*found_by.get(name, ()), *values)))
    return {
        "quote": fullest["occurrence"].quote,
        "address": fullest["address"],
        "verdict": verdict,
        "parts": shown,
        "row": Row(parts[0], found_by | {"verdict": (verdict.label,)}),
    }
