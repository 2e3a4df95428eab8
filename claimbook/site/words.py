"""How pages put records into words. Names of treatments, people and clinics come from the base."""

import re
import textwrap
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from claimbook.evidence.appraisal import appraise, body, rating, source_ids
from claimbook.evidence.certainty import Certainty
from claimbook.evidence.index import Index
from claimbook.records import (
    Amount,
    Base,
    Claim,
    ConceptSet,
    Effect,
    Finding,
    Flag,
    Occurrence,
    Relation,
    Share,
    Value,
    Verdict,
    YesNo,
    display,
    wilson,
)
from claimbook.records.quotes import slug
from claimbook.rules.check import Report

VERDICT_WORDS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.SUPPORTED: (
        "Supported",
        "The evidence says so, and the words are no stronger than the evidence.",
    ),
    Verdict.NOT_CHECKABLE: (
        "Not checkable",
        "The clinic's own practice or prices, or one person's experience: no study can check it.",
    ),
    Verdict.NOT_CHECKED: ("Not checked", "Nothing that we have read ourselves can decide this."),
    Verdict.OVERSTATED: ("Overstated", "The words are stronger than the evidence, or say more."),
    Verdict.UNSUPPORTED: (
        "Unsupported",
        "None of our evidence shows this. That does not make it false.",
    ),
    Verdict.CONTRADICTED: ("Contradicted", "The best evidence says otherwise."),
    Verdict.CONTRADICTED_BY_OWN_SOURCE: (
        "Contradicted by its own source",
        "The source that the page cites says otherwise.",
    ),
}
CERTAINTY_WORDS: Mapping[Certainty | None, tuple[int, str]] = {  # dots of four, and the meaning
    Certainty.HIGH: (4, "Sure: new studies are unlikely to change this."),
    Certainty.MODERATE: (3, "Fairly sure: the truth is probably close to this."),
    Certainty.LOW: (2, "Not sure: the truth may be quite different."),
    Certainty.VERY_LOW: (1, "Very uncertain: new studies may well change this."),
    Certainty.NONE: (0, "We have no study in people that measured this."),
    None: (0, "A question of fact: an official body says so, or it does not."),
}
ALLOWED: Mapping[Certainty, str] = {  # the strongest words, by the ceiling of the wording ladder
    Certainty.HIGH: "With evidence this strong, a page may state it as fact.",
    Certainty.MODERATE: "With this evidence, write “probably” or “can” at most.",
    Certainty.LOW: "With this evidence, write “suggests” or “seems to” at most.",
    Certainty.VERY_LOW: "With evidence this weak, write “may” at most.",
    Certainty.NONE: "Without a study in people, write at most that it is being studied.",
}
MARKS: Mapping[Relation, tuple[str, str]] = {  # how a page's words stand to a finding
    Relation.AGREES: ("=", "agrees"),
    Relation.EXCEEDS: ("▲", "the page says more"),
    Relation.FALLS_SHORT: ("▼", "the page says less"),
    Relation.CONFLICTS: ("✗", "the page says otherwise"),
    Relation.NOT_COMPARABLE: ("–", "cannot be compared"),
}
DISCLOSURE_KINDS: Mapping[str, str] = {
    "disclosure": "Facts",
    "serious-harm": "Serious harms",
    "contraindication": "Who should not have it",
}
READ: Mapping[str, str] = {
    "none": "not read",
    "abstract": "abstract",
    "full-text": "full text",
    "excerpt": "excerpt",
    "second-hand": "only in reports of it",
}
STANDING: Mapping[str, str] = {
    "current": "current",
    "corrected": "corrected",
    "concern": "expression of concern",
    "retracted": "retracted",
    "superseded": "superseded",
    "unknown": "not checked",
}
_DIRECTIONS = {
    "reduces": "reduces it",
    "increases": "increases it",
    "none": "no difference found",
    "mixed": "mixed results",
    "unclear": "too little evidence to tell",
}
_SETS = {"only": "only", "includes": "among others", "excludes": "not"}
SHORT = 40  # characters: a first sentence that is shorter is shown with the next


def in_words(value: Value | None, base: Base) -> str:
    """A value in words."""
    match value:
        case Effect():
            return _DIRECTIONS[value.direction.value]
        case Share(count=int(count), total=int(total)):
            interval = wilson(count, total)
            return (
                f"{display.amounts(value.text)} ({count} of {total}; "
                f"95% interval {interval.low:.0f} to {interval.high:.0f}%)"
            )
        case Share() | Amount():
            return display.amounts(value.text)
        case YesNo():
            return "yes" if value.holds else "no"
        case ConceptSet():
            names = sorted(base.vocabulary.label(name).lower() for name in value.concepts)
            return f"{_SETS[value.mode]}: {', '.join(names)}"
    return "not recorded"


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
    ends = [match.start() for match in re.finditer(r"(?<=[.!?])\s+(?=[A-Z{])", text)]
    return text[: next((end for end in ends if end >= SHORT), None)]


def as_description(text: str) -> str:
    """A text as a description, which search engines cut at about 160 characters."""
    return textwrap.shorten(text, 155, placeholder=" …")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: "1 page", "2 pages"."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"
