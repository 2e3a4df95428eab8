"""Claims: a page each with all passages, and what is shown of a passage anywhere."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from claimbook.evidence.appraisal import appraise, body, rating, source_ids
from claimbook.evidence.harms import harm_status
from claimbook.evidence.index import Index
from claimbook.language.strength import STEP_WORDS, wording
from claimbook.records import BENEFITS, Category, Claim, Occurrence, Verdict, display
from claimbook.records.quotes import text_fragment
from claimbook.rules.check import Report
from claimbook.site import json_ld
from claimbook.site.charts import plots
from claimbook.site.context import Content, Context
from claimbook.site.questions import answer
from claimbook.site.words import (
    WORDS,
    anchor,
    as_description,
    claim_title,
    reason,
    sentences,
    short,
    truth,
    truth_line,
)
from claimbook.vetting.suggestions import offers

# The verdicts in whose place other wording is offered.
JUDGED = frozenset(verdict for verdict in Verdict if verdict >= Verdict.OVERSTATED)

Clean = Callable[[Iterable[str]], Collection[str]]  # of sentences, those that no rule flags


def pages(context: Context) -> Iterator[Content]:
    """A page for each claim."""
    report, base = context.report, context.base
    for claim in base.claims.values():
        rated, status = rating(claim, report.index), harm_status(claim, report.index)
        certainty = f" Certainty: {rated.certainty.label}." if rated else ""
        sure = f" {status.capitalize()}." if status else certainty
        pages = display.count(len({o.page for o in claim.occurrences}), "clinic page")
        title, held = claim_title(claim, base), truth(claim, base)
        line = f"{truth_line(held)} " if held else ""
        said = f"What {pages} and the evidence say.{sure}"
        yield Content(
            f"claims/{claim.id}.md",
            title,
            as_description(f"{title.removesuffix('.')}. {line}{said}"),
            partial(_data, claim, context),
            json_ld.claim(claim, report),
        )


def _data(claim: Claim, context: Context) -> dict[str, Any]:
    report, base = context.report, context.base
    deciding = deciding_findings(claim, report.index)
    evidence, rated = body(claim, report.index), rating(claim, report.index)
    topic = base.topics[claim.topic]
    return {
        "claim": claim,
        "topic": topic,
        "truth": truth(claim, base),
        "would_change": answer(topic.would_change or "", f"claims/{claim.id}.md", base),
        "passages": sorted(  # the gravest first
            (passage(occurrence, context) for occurrence in claim.occurrences),
            key=lambda each: -each["verdict"],
        ),
        "disagreements": [
            flag
            for flag in report.by_claim.get(claim.id, ())
            if flag.category is Category.DISAGREEMENT
        ],
        "supported": sum(report.verdict(o) is Verdict.SUPPORTED for o in claim.occurrences),
        "worst": report.claim_verdict(claim),
        "evidence": sorted(  # those that decide first, others by how near they are
            ((each, each.finding.key in deciding) for each in evidence),
            key=lambda pair: (not pair[1], not pair[0].usable),
        ),
        "set_aside": [(base.findings[s.finding], s.because) for s in claim.set_aside],
        "plots": plots(claim, evidence, deciding, base.vocabulary.units),
        "rated": rated,
        "allowed": WORDS["certainty"][rated.certainty.label][2]
        if rated and claim.kind in BENEFITS
        else "",
        "record": context.record_sources.get(claim.at.file),
        "version": context.versions.get(claim.id),
    }


def deciding_findings(claim: Claim, index: Index) -> set[str]:
    """The keys of the findings that decide on a passage of a claim."""
    appraised = (appraise(occurrence, index) for occurrence in claim.occurrences)
    return {finding.evidence.finding.key for each in appraised for finding in each.deciding}


def passage(occurrence: Occurrence, context: Context) -> dict[str, Any]:
    """What is shown of a passage: its flags, wording to use instead, and its evidence.

    Each of `flags` is a list of sentences with their rules: what it says, then what others add;
    `reason` holds where there is none. `evidence` has the findings that decide first.
    """
    report, base = context.report, context.base
    flags = [
        flag
        for flag in report.by_occurrence.get(occurrence.id, ())
        if flag.category is not Category.DISAGREEMENT  # which is told once, of all its passages
    ]
    verdict, step = report.verdict(occurrence), wording(occurrence.quote).step
    page = base.pages[occurrence.page]
    mark = "" if "#" in (page.address or "") else "#"
    return {
        "occurrence": occurrence,
        "claim": base.claim_of(occurrence),
        "verdict": verdict,
        "anchor": anchor(occurrence),
        "flags": [
            [(sentences(part, base), part.rule) for part in flag.parts]
            for flag in sorted(flags, key=lambda flag: -flag.verdict)
        ],
        "reason": reason(occurrence, report),
        "judged": verdict in JUDGED,
        "suggestion": context.suggestions.get(occurrence.id),
        "evidence": sorted(appraise(occurrence, report.index).all, key=lambda f: not f.decides),
        "step": step,
        "step_words": STEP_WORDS[step],
        "quote_check": report.quote_check(occurrence),
        "address": page.address and f"{page.address}{mark}{text_fragment(occurrence.quote)}",
    }


def suggestions(report: Report, clean: Clean) -> dict[str, Markup]:
    """For each passage that says too much, the first wording that no rule flags, with sources."""
    offered = {
        occurrence.id: list(_offers(occurrence, report))
        for occurrence in report.base.occurrences.values()
        if report.verdict(occurrence) in JUDGED
    }
    unflagged = clean(dict.fromkeys(text for texts in offered.values() for text, _ in texts))
    return {
        name: _cited(*offer, report)
        for name, texts in offered.items()
        if (offer := next((each for each in texts if each[0] in unflagged), None))
    }


def _offers(occurrence: Occurrence, report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Wording for the place of a passage, each with the sources behind it.

    A sentence that somebody wrote rests on its own, any other on those that decide.
    """
    claim = report.base.claim_of(occurrence)
    deciding = [finding.evidence for finding in appraise(occurrence, report.index).deciding]
    behind: dict[str | None, tuple[str, ...]] = {
        evidence.finding.plain: (evidence.source.id,) for evidence in deciding
    }
    behind |= {
        say.text: tuple(dict.fromkeys(report.base.findings[key].source for key in say.rests_on))
        for say in claim.say
    }
    sources = source_ids(deciding)
    for text in offers(claim, report.index, occurrence):
        yield text, behind.get(text, sources)


def _cited(text: str, keys: Iterable[str], report: Report) -> Markup:
    """A sentence with its sources, author and year, before its full stop."""
    text = text.removesuffix(".")
    names = "; ".join(short(key, report.base) for key in keys)
    return Markup("{} ({}).").format(text, names) if names else escape(f"{text}.")
