"""Clinic pages: the list of them, and a report each on what the page says and leaves out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any
from urllib.parse import quote

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.figures import collisions, origins
from claimbook.evidence.passages import holds, sentence_of
from claimbook.evidence.passages import sentences as sentences_of
from claimbook.language.coverage import of_page
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    DANGERS,
    Amount,
    Category,
    Kind,
    Occurrence,
    Page,
    Share,
    YesNo,
    display,
)
from claimbook.records.grouping import grouped
from claimbook.records.quotes import heading, quote_spans, slug
from claimbook.rules.check import Report
from claimbook.rules.disclosures import disclosed, taken_back
from claimbook.site import offered_regimens
from claimbook.site.claims import passage
from claimbook.site.context import Additions, Content, Context, Data
from claimbook.site.differences import from_itself, from_others
from claimbook.site.file_formats import FileContent
from claimbook.site.filters import Row, filters, passage_rows
from claimbook.site.offered_regimens import studies
from claimbook.site.to_do import to_do, to_do_csv, to_do_word
from claimbook.vetting.safety_box import DisclosureLine, box_lines, gravity, left_out
from claimbook.vetting.whole_draft import treated

STRENGTHS: Mapping[str, frozenset[Kind]] = {  # the kinds of claim that "What it says well" lists
    "Harms and who should not have it": DANGERS,
    "Benefits, in words that the evidence supports": BENEFITS,
    "Facts": frozenset({Kind.APPROVAL, Kind.DEFINITION}),
}
FEW = 3  # of each kind that "What it says well" lists
SUGGESTS = 2  # the step of the wording ladder from which words on a benefit say something of it


def pages(context: Context) -> Iterator[Content]:
    """A report for each clinic page."""

    @cache
    def rows() -> Mapping[str, Row]:
        return {row.record.id: row for row in passage_rows(context.report)}

    for page in context.base.pages.values():
        total = sum(context.report.sentence_counts(page.id).values())
        yield Content(
            f"pages/{page.id}.md",
            f"{page.clinic}: {page.title}",
            f"{display.count(total, 'sentence')} read on {page.read}, each with its verdict.",
            partial(_data, page, rows, context),
            page.title,
            partial(_downloads, page),
        )


def additions(report: Report, lines: Callable[[], Iterable[DisclosureLine]]) -> Additions:
    """By page and rule, wording that tells what the page leaves out: what a draft is offered."""
    added: dict[str, dict[str, str]] = {}
    for page in report.base.pages.values():
        scopes = map(report.base.scope_of, report.base.by_page[page.id])
        named = treated((scope.population for scope in scopes), report.index)
        missed = left_out(page, report.index, lines, named) or ()
        told = grouped((of[0].rule, line) for line, of in box_lines(missed).items())
        added[page.id] = {rule: " ".join(some) for rule, some in told.items()}
    return added


def _downloads(page: Page, data: Data) -> dict[str, FileContent]:
    """What the clinic has to do, for a spreadsheet and for Word."""
    return {
        f"pages/{page.id}.csv": to_do_csv(data["to_do"], page.id),
        f"pages/{page.id}.docx": to_do_word(data["to_do"], page, data["sections"]),
    }


def _data(page: Page, rows: Callable[[], Mapping[str, Row]], context: Context) -> dict[str, Any]:
    """What the report on a clinic page needs; `rows` are those of the table of passages."""
    report, base = context.report, context.base
    occurrences = base.by_page[page.id]
    sections = _sections(page, context, rows())
    sentences = [sentence for _, some in sections for sentence in some]
    ids = {occurrence.id for occurrence in occurrences}
    about_page = sorted(  # as a whole
        (
            flag
            for flag in report.by_page.get(page.id, ())
            if flag.subject not in ids and flag.category is not Category.DISAGREEMENT
        ),
        key=lambda flag: (flag.category is not Category.MISSING_RISK, gravity(flag)),
    )
    listed = to_do(sentences, about_page, context.additions.get(page.id, {}), report)
    numbers = {task.id: task.number for task in listed.tasks}
    studied = studies(occurrences, report.index)
    return {
        "page": page,
        "counts": report.sentence_counts(page.id),
        "to_do": listed,
        "numbers": numbers,
        "ids": {task.number: task.id for task in listed.tasks},
        "others": grouped(
            (sentence["verdict"], sentence)
            for sentence in sorted(sentences, key=lambda s: -s["verdict"])
            if sentence["anchor"] not in numbers
        ),
        "strengths": strengths(occurrences, report),
        "itself": from_itself(page.id, report),
        "differences": from_others(page.id, report),
        "disclosures": grouped(  # by kind, each with the passage that mentions it
            (base.disclosures[name].kind, (base.disclosures[name], *told))
            for name, told in disclosure_states(page.id, report).items()
        ),
        "figures": {
            o.id: (origins(o, report.index), collisions(o, report.index))
            for o in occurrences
            if isinstance(o.says, Share | Amount) and o.says.figure and re.search(r"\d", o.quote)
        },
        "offered": offered_regimens.rows(page, studied, report.index),
        "studied": studied,
        "covered": of_page(page.id, base),
        "sections": sections,
        "total": len(sentences),
        "filters": filters(
            [sentence["row"] for sentence in sentences],
            base,
            ("verdict", "topic", "matter", "rule"),
        ),
        "correction": correction(
            f"Correction: {page.clinic}, read on {page.read}", context.corrections
        ),
    }


def correction(subject: str, address: str) -> str:
    """Where a correction is sent: a letter begun, or a page on the web; empty without one."""
    if "@" not in address or ":" in address:
        return address
    body = "Number of the sentence:\nWhat is wrong with it:\nWhere we can check that:\n"
    return f"mailto:{address}?subject={quote(subject)}&body={quote(body)}"


def strengths(occurrences: tuple[Occurrence, ...], report: Report) -> dict[str, list[Occurrence]]:
    """The sentences that evidence bears out as a whole, by what they are about; a few of each.

    The fullest words come first, and of a claim once. A sentence is left out where any flag is on
    a part of it, but for one that other pages say otherwise, or where a part is not checked; so is
    a benefit with a note of how its words were read. What an illness is like leads up to an offer,
    and is no praise of the page.
    """
    seen: set[Occurrence] = set()
    groups: dict[str, dict[str, Occurrence]] = {name: {} for name in STRENGTHS}
    for occurrence in sorted(occurrences, key=lambda o: (-len(o.quote), o.id)):
        kind = report.base.claim_of(occurrence).kind
        group = next((groups[name] for name, kinds in STRENGTHS.items() if kind in kinds), None)
        says_something = kind not in BENEFITS or wording(occurrence.quote).step >= SUGGESTS
        says_something &= kind is not Kind.DEFINITION or not isinstance(occurrence.says, YesNo)
        says_something &= kind not in BENEFITS or not occurrence.note
        decided = appraise(occurrence, report.index).deciding
        parts = sentence_of(occurrence, report.index)
        if group is None or not (says_something and decided) or seen.intersection(parts):
            continue
        if occurrence.claim not in group and _unflagged(parts, report):
            group[occurrence.claim] = occurrence
            seen.update(parts)
    return {name: list(group.values())[:FEW] for name, group in groups.items() if group}


def _unflagged(parts: tuple[Occurrence, ...], report: Report) -> bool:
    """Whether no flag is on a sentence but for one that other pages say otherwise."""
    return report.praiseworthy(parts[0]) and all(
        flag.category is Category.DISAGREEMENT and len(set(flag.pages)) > 1
        for part in parts
        for flag in report.by_occurrence.get(part.id, ())
    )


def disclosure_states(page: str, report: Report) -> dict[str, tuple[str, Occurrence | None]]:
    """Whether a page tells each disclosure that is asked of it, and the passage.

    `told`, `part` (only of one of the treatments that it offers), `small` (only in words that make
    it look small) or `untold`.
    """
    states: dict[str, tuple[str, Occurrence | None]] = {}
    for name, passages in disclosed(page, report.index).items():
        plainly = [passage for passage in passages if not report.makes_small(passage)]
        small = passages or tuple(filter(None, [taken_back(page, report.index).get(name)]))
        state = "told" if plainly else "small" if small else "untold"
        if plainly and all(_of_one_treatment(passage, report) for passage in plainly):
            state = "part"
        states[name] = state, next(iter(plainly or small), None)
    return states


def _of_one_treatment(passage: Occurrence, report: Report) -> bool:
    """Whether what a passage says of approval leaves out what the page offers."""
    flags = report.by_occurrence.get(passage.id, ())
    return any("approval-status-missing" in flag.rules for flag in flags)


def _sections(
    page: Page, context: Context, rows: Mapping[str, Row]
) -> list[tuple[str, tuple[dict[str, Any], ...]]]:
    """A page's sentences by section, in reading order as far as the page's text is at hand."""
    text = context.base.snapshots.get(page.id, "")

    def place(occurrence: Occurrence) -> tuple[int, int, str]:
        spans, section = quote_spans(occurrence.quote), heading(occurrence.section)
        if text:
            return 0, text.find(spans[0]) if spans else 0, occurrence.id
        known = section in page.sections
        return page.sections.index(section) if known else len(page.sections), 0, occurrence.id

    found = sorted(sentences_of(page.id, context.report.index), key=lambda s: min(map(place, s)))
    by_section = grouped(
        (heading(parts[0].section) or "Elsewhere on the page", _sentence(parts, context, rows))
        for parts in found
    )
    titles = dict.fromkeys([*page.sections, *by_section])
    return [(title, by_section[title]) for title in titles if title in by_section]


def _sentence(
    parts: tuple[Occurrence, ...], context: Context, rows: Mapping[str, Row]
) -> dict[str, Any]:
    """What is shown of a sentence: its verdict, the fullest quote with what earned it, its parts.

    The gravest part comes first, and what may be written instead is offered once.
    """
    verdict = context.report.sentence_verdict(parts[0])
    shown = [passage(part, context) for part in sorted(parts, key=lambda o: -len(o.quote))]
    by_length = [(part["occurrence"].quote, part["address"]) for part in shown]
    shown.sort(key=lambda part: -part["verdict"])
    earned = shown[0]["occurrence"].quote
    fullest, address = next(each for each in by_length if holds(each[0], earned))
    offered: dict[str | None, str] = {part["suggestion"]: part["anchor"] for part in shown[::-1]}
    for part in shown:
        if offered[part["suggestion"]] != part["anchor"]:
            part["suggestion"] = None
    found_by: dict[str, tuple[str, ...]] = {}
    for occurrence in parts:
        for name, values in rows[occurrence.id].found_by.items():
            found_by[name] = tuple(dict.fromkeys((*found_by.get(name, ()), *values)))
    return {
        "quote": fullest,
        "anchor": slug(parts[0].id),
        "address": address,
        "verdict": verdict,
        "parts": shown,
        "row": Row(parts[0], found_by | {"verdict": (verdict.label,)}),
    }
