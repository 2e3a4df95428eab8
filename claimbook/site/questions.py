"""Patients' questions: the list of them, and a page each with its plain answer."""

import posixpath
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from claimbook.records import Base, Finding, Share, Topic
from claimbook.records.quotes import REFERENCE
from claimbook.site import json_ld
from claimbook.site.context import Content, Context
from claimbook.site.words import (
    as_description,
    certainty,
    first_sentences,
    in_words,
    share_per_100,
)

INDEX = "questions/index.md"


def index(context: Context) -> dict[str, Any]:
    """The questions by heading, each with the first words of its answer."""
    base = context.base
    return {
        "groups": [
            (heading, [(t, answer(first_sentences(t.answer), INDEX, base)) for t in topics])
            for heading, topics in _groups(base)
        ]
    }


def _groups(base: Base) -> Iterator[tuple[str, list[Topic]]]:
    """The topics by heading; those under no heading last."""
    rest = dict(base.topics)
    for heading, names in base.questions.items():
        if topics := [rest.pop(name) for name in names]:
            yield heading, topics
    if rest:
        yield "More questions" if base.questions else "", list(rest.values())


def pages(context: Context) -> Iterator[Content]:
    """A page for each question."""
    report, base = context.report, context.base
    for topic in base.topics.values():
        path = f"questions/{topic.id}.md"
        text = answer(topic.answer, path, base)
        claims = [base.claims[name] for name in topic.claims]
        benefits, harms = ([base.findings[key] for key in k] for k in (topic.found, topic.harms))
        sources = dict.fromkeys(finding.source for finding in (*benefits, *harms))
        graded = [(claim, certainty(claim, report.index)) for claim in claims]
        yield Content(
            path,
            topic.question,
            as_description(text.striptags()),
            {
                "topic": topic,
                "answer": text,
                "unknown": answer(topic.unknown or "", path, base),
                "asks": [answer(ask, path, base) for ask in topic.ask],
                "claims": claims,
                "graded": [(claim, sure) for claim, sure in graded if sure is not None],
                "sides": [("Benefit", benefits), ("Harm", harms)],
                "shares": [
                    (side, finding)
                    for side, findings in (("Benefit", benefits), ("Harm", harms))
                    for finding in findings
                    if dots_per_100(finding) is not None
                ],
                "studies": [base.sources[key] for key in sources],
                "evidence": [
                    (claim, [base.findings[link.finding] for link in claim.evidence])
                    for claim in claims
                    if claim.evidence
                ],
                "verdicts": sorted({report.verdict(o) for c in claims for o in c.occurrences}),
            },
            text.striptags(),
            json_ld.question(topic, str(text.striptags()), sources),
        )


def answer(text: str, path: str, base: Base) -> Markup:
    """A text with its findings as numbers out of 100, each with a link to its source.

    Args:
        text: what a topic says, with references to findings.
        path: the page on which it stands.
        base: the findings.
    """
    written, last = [], 0
    for reference in REFERENCE.finditer(text):
        finding = base.findings[reference[1]]
        address = posixpath.relpath(f"sources/{finding.source}.html", posixpath.dirname(path))
        written += [
            escape(text[last : reference.start()]),
            Markup('<a class="cb-figure" href="{}#{}">{}</a>').format(
                address, finding.id, _figure(finding, text[reference.end() :], base)
            ),
        ]
        last = reference.end()
    return Markup("").join([*written, escape(text[last:])])


def _figure(finding: Finding, following: str, base: Base) -> str:
    """A finding as a number out of 100; what was counted is named unless the text goes on so."""
    value = finding.says
    if not isinstance(value, Share):
        return in_words(value, base)
    named = finding.counted == "people" or following.lstrip().startswith(finding.counted)
    counted = "" if named else f" {finding.counted}"
    count = f" ({value.count} of {value.total})" if value.count is not None else ""
    return f"{share_per_100(value)} out of 100{counted}{count}"


def dots_per_100(finding: Finding) -> int | None:
    """How many of a hundred dots show a finding; None where it is not one share."""
    if not isinstance(finding.says, Share):
        return None
    share = share_per_100(finding.says)
    return int(share) if share.isdecimal() else None
