"""Passages of clinic pages as claims and page reports show them, with wording to use instead."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from claimbook.evidence.appraisal import AppraisedFinding, appraise, source_ids
from claimbook.language.strength import STEP_WORDS, wording
from claimbook.records import Claim, Occurrence, Page, Verdict
from claimbook.records.quotes import text_fragment
from claimbook.rules.check import Report
from claimbook.site.context import Context
from claimbook.site.filters import passage_rows, table
from claimbook.site.words import anchor, reason, sentences, short
from claimbook.vetting.suggestions import offers

JUDGED = frozenset(  # verdicts in whose place other wording is offered
    {
        Verdict.OVERSTATED,
        Verdict.UNSUPPORTED,
        Verdict.CONTRADICTED,
        Verdict.CONTRADICTED_BY_OWN_SOURCE,
    }
)

Clean = Callable[[Iterable[str]], Collection[str]]  # of sentences, those that no rule flags


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with all that is shown of it.

    `flags` are sentences with their rules; `reason` holds where there is none. `evidence` is in
    the order of deciding first.
    """

    occurrence: Occurrence
    claim: Claim
    page: Page
    verdict: Verdict
    anchor: str
    flags: list[list[tuple[str, str]]]  # what each says and its rule; then what others add
    reason: str
    judged: bool
    suggestion: Markup | None
    evidence: list[AppraisedFinding]
    step: int
    step_words: str
    quote_check: str
    address: str | None


def passage(occurrence: Occurrence, context: Context) -> Passage:
    """What is shown of a passage."""
    report, base = context.report, context.base
    flags = report.by_occurrence.get(occurrence.id, ())
    verdict, step = report.verdict(occurrence), wording(occurrence.quote).step
    page = base.pages[occurrence.page]
    mark = "" if "#" in (page.address or "") else "#"
    return Passage(
        occurrence,
        base.claim_of(occurrence),
        page,
        verdict,
        anchor(occurrence),
        [
            [(sentences(part, base), part.rule) for part in flag.parts]
            for flag in sorted(flags, key=lambda flag: -flag.verdict)
        ],
        reason(occurrence, report),
        verdict in JUDGED,
        context.suggestions.get(occurrence.id),
        sorted(appraise(occurrence, report.index).all, key=lambda finding: not finding.decides),
        step,
        STEP_WORDS[step],
        report.quote_check(occurrence),
        f"{page.address}{mark}{text_fragment(occurrence.quote)}" if page.address else None,
    )


def suggestions(report: Report, clean: Clean) -> dict[str, Markup]:
    """For each passage that says too much, the first wording that no rule flags, with sources."""
    offered = {
        occurrence.id: list(_offers(occurrence, report))
        for occurrence in report.base.occurrences.values()
        if report.verdict(occurrence) in JUDGED
    }
    unflagged = clean(dict.fromkeys(text for texts in offered.values() for text, _ in texts))
    first = {
        name: next(((text, keys) for text, keys in texts if text in unflagged), None)
        for name, texts in offered.items()
    }
    return {name: _cited(*offer, report) for name, offer in first.items() if offer}


def _offers(occurrence: Occurrence, report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Wording for the place of a passage, each with the deciding sources behind it."""
    deciding = [finding.evidence for finding in appraise(occurrence, report.index).deciding]
    plain = {evidence.finding.plain: evidence.source.id for evidence in deciding}
    sources = source_ids(deciding)
    for text in offers(report.base.claim_of(occurrence), report.index, occurrence):
        yield text, (plain[text],) if text in plain else sources


def _cited(text: str, keys: Iterable[str], report: Report) -> Markup:
    """A sentence with its sources, author and year, before its full stop."""
    text = text.removesuffix(".")
    names = "; ".join(short(key, report.base) for key in keys)
    return Markup("{} ({}).").format(text, names) if names else escape(f"{text}.")


def index(context: Context) -> dict[str, Any]:
    """The table of all passages."""
    return table(passage_rows(context.report), context.base)
