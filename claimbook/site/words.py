"""How pages put records into words. Names of treatments, people and clinics come from the base."""

import textwrap
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from claimbook.evidence.appraisal import appraise, body, rating, source_ids
from claimbook.evidence.certainty import Certainty
from claimbook.evidence.index import Index
from claimbook.language.sentences import split
from claimbook.records import (
    Base,
    Claim,
    Finding,
    Flag,
    Occurrence,
    Share,
    Value,
    Verdict,
    YesNo,
    display,
)
from claimbook.records.quotes import slug
from claimbook.rules.check import Report

WORDS: Mapping[str, Any] = yaml.load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
VERDICT_WORDS: Mapping[Verdict, tuple[str, str]] = {
    verdict: tuple(WORDS["verdicts"][verdict.label]) for verdict in Verdict
}
CERTAINTY_WORDS: Mapping[Certainty | None, tuple[int, str]] = {  # dots of four, and the meaning
    **{certainty: tuple(WORDS["certainty"][certainty.label][:2]) for certainty in Certainty},
    None: (0, WORDS["not-rated"]),
}
SHORT = 40  # characters: a first sentence that is shorter is shown with the next


def in_words(value: Value | None, base: Base) -> str:
    """A value in words."""
    return display.in_words(value, base.vocabulary)


def amounts(text: str, base: Base) -> str:
    """Amounts as a reader would say them: ">=15 day/month" is "at least 15 days a month"."""
    return display.amounts(text, base.vocabulary.units)


def share_per_100(value: Share) -> str:
    """A share out of 100: from the count where it is known, as printed otherwise."""
    if value.count is not None and value.total:
        return str(round(100 * value.count / value.total))
    low, high = value.interval.low, value.interval.high
    return f"{low:.0f} to {high:.0f}" if high - low > 1.5 else str(round((low + high) / 2))


def short(key: str, base: Base) -> str:
    """How running text names a source: first author and year."""
    return display.short(base.references[key])


def source_title(key: str, base: Base) -> str:
    """The title of a source."""
    return display.title(base.references[key])


def scope(finding: Finding, base: Base) -> str:
    """The scope of a finding, without its outcome."""
    facets = finding.about.facets()
    return " · ".join(base.vocabulary.label(name) for facet, name in facets if facet != "outcome")


def quoted(quote: str) -> Markup:
    """A quote between quotation marks."""
    return Markup("“{}”").format(quote)


def anchor(occurrence: Occurrence) -> str:
    """The anchor of a passage on its claim's page."""
    return slug(occurrence.id.partition("/")[2])


def certainty(claim: Claim, index: Index) -> Certainty | None:
    """The certainty of a claim; None where it is not graded."""
    rated = rating(claim, index)
    return rated.certainty if rated else None


def certainty_means(claim: Claim, index: Index) -> str:
    """What the certainty of a claim means; where no study measured it, on whose word it rests."""
    sure = certainty(claim, index)
    means = CERTAINTY_WORDS[sure][1]
    linked = body(claim, index)
    authorities = source_ids(e for e in linked if e.usable and e.authority)
    if sure is not Certainty.NONE or not authorities:
        return means
    return f"{means} It rests on {listed([short(key, index.base) for key in authorities])}."


def denial(claim: Claim, base: Base) -> str:
    """Who says that a claim's statement is not so, where nobody says that it is.

    Without this a reader could take the statement as true.
    """
    findings = [base.findings[link.finding] for link in claim.evidence]
    answers = [
        (finding.source, finding.says.holds)
        for finding in findings
        if isinstance(finding.says, YesNo) and finding.about.outcome == claim.about.outcome
    ]
    if {holds for _, holds in answers} == {False}:
        names = [short(key, base) for key in dict.fromkeys(key for key, _ in answers)]
        return f"Not true, according to {listed(names)}."
    said = {o.says.holds if isinstance(o.says, YesNo) else None for o in claim.occurrences}
    return "Not true, according to every page that mentions it." if said == {False} else ""


def reason(occurrence: Occurrence, report: Report) -> str:
    """Why a passage without a flag has the verdict it has."""
    verdict = report.verdict(occurrence)
    if verdict is Verdict.SUPPORTED and not appraise(occurrence, report.index).deciding:
        return "It asks, plans or denies something, so it needs no support."
    return VERDICT_WORDS[verdict][1]


def message(flag: Flag, base: Base) -> str:
    """What a flag says, with clinics and sources by their names."""
    return display.message(flag.message, flag.pages, flag.sources, base)


def sentences(flag: Flag, base: Base) -> str:
    """What a flag says, and what would mend it, as sentences."""
    texts = [
        display.message(text, flag.pages, flag.sources, base)
        for text in (flag.message, flag.suggestion)
        if text
    ]
    return " ".join(f"{text[0].upper()}{text[1:].removesuffix('.')}." for text in texts)


def first_sentences(text: str) -> str:
    """The first sentence of a text, or as many as make a line."""
    lines = accumulate(split(text), lambda line, sentence: f"{line} {sentence}")
    return next((line for line in lines if len(line) >= SHORT), text)


def as_description(text: str) -> str:
    """A text as a description, which search engines cut at about 160 characters."""
    return textwrap.shorten(text, 155, placeholder=" …")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: "1 page", "2 pages"."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"
