"""How pages put records into words. Names of treatments, people and clinics come from the base."""

import re
import textwrap
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from claimbook.evidence.appraisal import appraise, body, rating, source_ids
from claimbook.evidence.certainty import Certainty
from claimbook.evidence.harms import HarmStatus, harm_status
from claimbook.evidence.index import Index
from claimbook.language.sentences import split
from claimbook.records import Base, Claim, Finding, Flag, Occurrence, Truth, Verdict, YesNo, display
from claimbook.records.display import listed
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


def short(key: str, base: Base) -> str:
    """How running text names a source: first author and year."""
    return display.short(base.references[key])


def number(count: int, noun: str) -> str:
    """A number with its noun, in words up to ten: "five clinics", "12 clinics"."""
    counted, numbers = display.count(count, noun), WORDS["numbers"]
    return counted.replace(str(count), numbers[count], 1) if count < len(numbers) else counted


def board_title(base: Base) -> str:
    """The name of the board, with the number of clinics: "Ask five clinics"."""
    clinics = len({page.clinic for page in base.pages.values()})
    return str(WORDS["board"]["title"]).format(number(clinics, "clinic"))


def result(finding: Finding, base: Base) -> str:
    """What a finding says, in words."""
    return display.in_words(finding.says, base.vocabulary, finding.about.comparator)


def scope(finding: Finding, base: Base) -> str:
    """The scope of a finding, without its outcome."""
    facets = finding.about.facets()
    return " · ".join(base.vocabulary.label(name) for facet, name in facets if facet != "outcome")


def anchor(occurrence: Occurrence) -> str:
    """The anchor of a passage on its claim's page."""
    return slug(occurrence.id.partition("/")[2])


def certainty(claim: Claim, index: Index) -> Certainty | None:
    """The certainty of a claim; None where it is not graded."""
    return rated.certainty if (rated := rating(claim, index)) else None


def certainty_means(claim: Claim, index: Index) -> str:
    """What the certainty of a claim means, or of a harm its status.

    Where an official warning or no study stands behind it, on whose word it rests.
    """
    sure, status = certainty(claim, index), harm_status(claim, index)
    means = str(WORDS["harm-status"][status]) if status else CERTAINTY_WORDS[sure][1]
    warned = status in (HarmStatus.KNOWN, HarmStatus.KNOWN_AND_COUNTED)
    authorities = source_ids(e for e in body(claim, index) if e.usable and e.authority)
    if not authorities or not (warned or (not status and sure is Certainty.NONE)):
        return means
    return f"{means} It rests on {listed(short(key, index.base) for key in authorities)}."


def reasons(claim: Claim, index: Index) -> list[str]:
    """Why a claim's certainty is what it is, as sentences, what lowers it most first.

    Empty where certainty is not what is told of it: of a harm, of a fact, and without a study.
    """
    rated = rating(claim, index)
    if not rated or rated.certainty is Certainty.NONE or harm_status(claim, index):
        return []
    steps = sorted(rated.steps, key=lambda step: step.change)
    return [display.sentence(step.because) for step in steps]


def main_reason(claim: Claim, index: Index) -> str:
    """The one reason that says most of how sure a claim is; without one, what that means."""
    return next(iter(reasons(claim, index)), certainty_means(claim, index))


def sign(claim: Claim, base: Base) -> tuple[str, str, str] | None:
    """What a claim answers to a question: its look, a word and a mark; None without a truth."""
    if not (answer := truth(claim, base)):
        return None
    warning = WORDS["answers"].get(claim.kind, {})
    word, mark = warning.get(answer.is_) or WORDS["truth"][answer.is_]
    return (claim.kind if answer.is_ in warning else answer.is_), word, mark


def truth(claim: Claim, base: Base) -> Truth | None:
    """What the evidence makes of a claim: as a person wrote it, or "no" where all findings say no.

    Without this a reader could take the statement as true. A claim that was withdrawn answers
    nothing.
    """
    if claim.withdrawn:
        return None
    if claim.truth:
        return claim.truth
    findings = base.linked(claim)
    answers = [
        (finding.source, finding.says.holds)
        for finding in findings
        if isinstance(finding.says, YesNo) and finding.about.outcome == claim.about.outcome
    ]
    if {holds for _, holds in answers} != {False}:
        return None
    return Truth("no", f"Not true, according to {listed(short(key, base) for key, _ in answers)}.")


def truth_line(truth: Truth) -> str:
    """The line of a truth where its word stands before it: without the same word."""
    line = re.sub(rf"^{re.escape(WORDS['truth'][truth.is_][0])}[.:] ", "", truth.line)
    return f"{line[0].upper()}{line[1:]}"


def asked(claim: Claim) -> str:
    """A claim's statement as a question, which stays one where it is cut short."""
    return f"{claim.statement.removesuffix('.')}?"


def record_titles(base: Base) -> dict[str, str]:
    """The titles of records by their addresses."""
    return {
        **{f"questions/{topic.id}": topic.question for topic in base.topics.values()},
        **{f"claims/{claim.id}": claim_title(claim, base) for claim in base.claims.values()},
        **{f"pages/{page.id}": f"{page.clinic}: {page.title}" for page in base.pages.values()},
        **{f"sources/{key}": display.short(each) for key, each in base.references.items()},
    }


def claim_title(claim: Claim, base: Base) -> str:
    """A claim's statement with its answer: "A footbath cures colds? No"."""
    if claim.withdrawn:
        return f"{asked(claim)} {WORDS['withdrawn']}"
    answer = sign(claim, base)
    return f"{asked(claim)} {answer[1]}" if answer else claim.statement


def reason(occurrence: Occurrence, report: Report) -> str:
    """Why a passage without a flag has the verdict it has."""
    verdict = report.verdict(occurrence)
    if report.base.claim_of(occurrence).withdrawn:
        return str(WORDS["withdrawn-passage"])
    if verdict is Verdict.SUPPORTED and not appraise(occurrence, report.index).deciding:
        return "It asks, plans or denies something, so it needs no support."
    return VERDICT_WORDS[verdict][1]


def graver_sentence(occurrence: Occurrence, report: Report) -> Verdict | None:
    """The verdict on the sentence that a passage is part of, where it is graver than its own."""
    whole = report.sentence_verdict(occurrence)
    graver = whole > report.verdict(occurrence) and whole is not Verdict.NOT_CHECKABLE
    return whole if graver else None


def judgement(occurrence: Occurrence, report: Report) -> tuple[str, str]:
    """The verdict on a passage by its name, and why; also where it is part of a graver sentence."""
    verdict, whole = report.verdict(occurrence), graver_sentence(occurrence, report)
    flags = sorted(report.by_occurrence.get(occurrence.id, ()), key=lambda flag: -flag.verdict)
    because = " ".join(sentences(f, report.base) for f in flags if f.verdict is verdict)
    name, because = VERDICT_WORDS[verdict][0], because or reason(occurrence, report)
    if whole:
        because += f" It is part of a sentence that is {VERDICT_WORDS[whole][0].lower()}."
    return name, because


def sentences(flag: Flag, base: Base) -> str:
    """What a flag says, and what would mend it, as sentences."""
    texts = filter(None, (flag.message, flag.suggestion))
    return " ".join(flag_sentence(text, flag, base) for text in texts)


def flag_sentence(text: str, flag: Flag, base: Base) -> str:
    """A text of a flag as a sentence, its pages and sources by their names."""
    return display.sentence(display.message(text, flag.pages, flag.sources, base))


def first_sentences(text: str) -> str:
    """The first sentence of a text, or as many as make a line."""
    lines = accumulate(split(text), lambda line, sentence: f"{line} {sentence}")
    return next((line for line in lines if len(line) >= SHORT), text)


def heading(text: str) -> str:
    """A page's heading without the pictures before its words, which many fonts lack."""
    return re.sub(r"^[^\w(“\"]+(?=\w)", "", text)


def as_description(text: str) -> str:
    """A text as a description, which search engines cut at about 160 characters."""
    return textwrap.shorten(text, 155, placeholder=" …")
