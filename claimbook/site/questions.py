"""Patients' questions: the list of them, and a page each with its plain answer."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from claimbook.evidence.groups import overlapping
from claimbook.evidence.passages import sentence_of
from claimbook.records import (
    DANGERS,
    GRADED,
    Base,
    Claim,
    Finding,
    Occurrence,
    Share,
    Topic,
    display,
)
from claimbook.records.quotes import REFERENCE
from claimbook.rules.check import Report
from claimbook.site import json_ld
from claimbook.site.charts import pictures, rows, ruler
from claimbook.site.context import Content, Context
from claimbook.site.words import WORDS, as_description, certainty, first_sentences

INDEX = "questions/index.md"
SHOWN = {"found": 3, "harms": 6}  # pictures of each side; the rest is in a closed part
RELATED = 4  # questions
_Sides = list[tuple[str, list[Finding]]]  # found, harms


def index(context: Context) -> dict[str, Any]:
    """The questions by heading, each with the first words of its answer."""
    base = context.base
    return {
        "groups": [
            (heading, [(t, answer(first_sentences(t.answer), INDEX, base)) for t in topics])
            for heading, topics in by_heading(base)
        ]
    }


def by_heading(base: Base) -> Iterator[tuple[str, list[Topic]]]:
    """The topics by heading; those under no heading last."""
    rest = dict(base.topics)
    for heading, names in base.questions.items():
        if topics := [rest.pop(name) for name in names]:
            yield heading, topics
    if rest:
        yield "More questions" if base.questions else "", list(rest.values())


def pages(context: Context) -> Iterator[Content]:
    """A page for each question."""
    base = context.base
    listed = [topic for _, topics in by_heading(base) for topic in topics]
    for topic in base.topics.values():
        path = f"questions/{topic.id}.md"
        text = answer(topic.whole_answer, path, base).striptags()
        sources = dict.fromkeys(finding.source for _, finding in _shown(_sides(topic, base)))
        yield Content(
            path,
            topic.question,
            as_description(text),
            partial(_data, topic, listed, context),
            json_ld.question(topic, str(text), sources),
        )


def _data(topic: Topic, listed: Sequence[Topic], context: Context) -> dict[str, Any]:
    """What the page of a question needs; `listed` are all, in their order."""
    report, base = context.report, context.base
    path, line = f"questions/{topic.id}.md", first_sentences(topic.answer)
    claims = [claim for name in topic.claims if not (claim := base.claims[name]).withdrawn]
    sides = _sides(topic, base)
    shown = _shown(sides)
    sources = dict.fromkeys(finding.source for _, finding in shown)
    told = tuple(base.findings[key].source for key in REFERENCE.findall(topic.whole_answer))
    return {
        "topic": topic,
        "lead": base.claims.get(topic.truth_of or ""),
        "line": answer(line, path, base),
        "answer": answer(topic.answer.removeprefix(line).strip(), path, base),
        "lists": [
            (answer(each.heading, path, base), [answer(one, path, base) for one in each.points])
            for each in topic.lists
        ],
        "points": [(WORDS["points"][side], some[0]) for side, some in sides],
        "same_people": overlapping((*sources, *told), base),
        "unknown": answer(topic.unknown or "", path, base),
        "would_change": answer(topic.would_change or "", path, base),
        "asks": [answer(ask, path, base) for ask in topic.ask],
        "claims": claims,
        "graded": [c for c in claims if certainty(c, report.index) is not None],
        "searches": searches(claims),
        **_pictures(sides, base),
        "ruler": ruler(topic, base),
        "shares": [(side, f) for side, f in shown if display.figures(f, base)],
        "on_paper": [(key, _address(key, base)) for key in sources],
        "studies": [base.sources[key] for key in sources],
        "evidence": [(claim, base.linked(claim)) for claim in claims if claim.evidence],
        "said": (sentences := said(claims, report)),
        "verdicts": sorted({report.sentence_verdict(o) for _, os in sentences for o in os}),
        "sheet": _sheet(path, context.address),
        "urgent": [one for one in urgent(base) if one is not topic],
        "related": related(topic, base),
        "neighbours": _neighbours(topic, listed),
    }


def _address(key: str, base: Base) -> str:
    """Where a source is found by who reads on paper: its DOI or its number, else its address."""
    fields = base.references[key].fields
    if doi := fields.get("doi"):
        return f"doi:{doi}"
    return f"PMID {fields['pmid']}" if fields.get("pmid") else fields.get("url", "")


def _shown(sides: _Sides) -> list[tuple[str, Finding]]:
    return [(side, finding) for side, findings in sides for finding in findings]


def _sides(topic: Topic, base: Base) -> _Sides:
    """What to show of benefit and of harm; harm first where the answer is a warning."""
    sides = [
        (side, [base.findings[key] for key in keys])
        for side, keys in (("found", topic.found), ("harms", topic.harms))
        if keys
    ]
    lead = base.claims.get(topic.truth_of or "")
    return sides[::-1] if lead and lead.kind in DANGERS else sides


def _pictures(sides: _Sides, base: Base) -> dict[str, Any]:
    """The first pictures of each side, in rows, and the rest, each with the number of findings."""
    shown = [(side, pictures(findings, base)) for side, findings in sides]
    parts = {
        "sides": [(side, some[: SHOWN[side]]) for side, some in shown],
        "more": [(side, some[SHOWN[side] :]) for side, some in shown if some[SHOWN[side] :]],
    }
    return {
        name: [(side, rows(some, base), sum(len(p.findings) for p in some)) for side, some in part]
        for name, part in parts.items()
    }


def said(claims: Iterable[Claim], report: Report) -> list[tuple[Claim, list[Occurrence]]]:
    """What pages say, a passage for each sentence, under the first claim that it makes.

    It is the fullest of the parts that earned the sentence its verdict.
    """
    listed: list[tuple[Claim, list[Occurrence]]] = []
    seen: set[str] = set()
    for claim in claims:
        fullest = []
        for occurrence in claim.occurrences:
            parts = sentence_of(occurrence, report.index)
            if parts[0].id not in seen:
                seen.add(parts[0].id)
                whole = report.sentence_verdict(parts[0])
                earned = [part for part in parts if report.verdict(part) is whole] or parts
                fullest.append(max(earned, key=lambda part: len(part.quote)))
        if fullest:
            listed.append((claim, fullest))
    return listed


def _sheet(path: str, address: str) -> dict[str, str]:
    """The address of a page and its code to scan, for paper; empty without an address."""
    if not address:
        return {}
    import segno  # only a site with an address needs it

    page = f"{address.rstrip('/')}/{path.removesuffix('.md')}.html"
    return {"address": page, "code": segno.make_qr(page).svg_inline(omitsize=True, border=2)}


def related(topic: Topic, base: Base) -> list[Topic]:
    """The questions that share claims with one, those that share the most first."""
    shared = [(len(set(topic.claims) & set(t.claims)), t) for t in base.topics.values()]
    others = [(count, t) for count, t in shared if count and t is not topic]
    return [t for _, t in sorted(others, key=lambda pair: -pair[0])[:RELATED]]


def urgent(base: Base) -> list[Topic]:
    """The questions that a reader may need at once."""
    return [topic for topic in base.topics.values() if topic.urgent]


def _neighbours(topic: Topic, listed: Sequence[Topic]) -> list[tuple[str, Topic | None]]:
    """The questions before and after one in the order of the list."""
    place = listed.index(topic)
    before, after = listed[place - 1 : place], listed[place + 1 : place + 2]
    return [(name, next(iter(some), None)) for name, some in (("Before", before), ("Next", after))]


def searches(claims: Iterable[Claim]) -> dict[str, Any]:
    """How many of the graded claims were searched, of how many; the first and the last day."""
    claims = tuple(claims)
    graded = [claim for claim in claims if claim.kind in GRADED]
    days = [claim.searched.on for claim in claims if claim.searched]
    return {
        "searched": sum(claim.searched is not None for claim in graded),
        "graded": len(graded),
        "first": min(days, default=None),
        "last": max(days, default=None),
    }


def answer(text: str, path: str, base: Base) -> Markup:
    """A text with its findings as numbers out of 100, each with a link to its source.

    Args:
        text: what a topic says, with references to findings.
        path: the page on which it stands.
    """
    written, last = [], 0
    for reference in REFERENCE.finditer(text):
        finding = base.findings[reference[1]]
        address = posixpath.relpath(f"sources/{finding.source}.html", posixpath.dirname(path))
        written += [
            _callable(text[last : reference.start()], base),
            Markup('<a class="cb-figure" href="{}#{}">{}</a>').format(
                address, finding.id, _figure(finding, text[reference.end() :], base)
            ),
        ]
        last = reference.end()
    return Markup("").join([*written, _callable(text[last:], base)])


def _callable(text: str, base: Base) -> Markup:
    """A text in which a tap on a number to call, as questions have them, calls it."""
    phones = {number for topic in base.topics.values() for number in topic.phones}
    if not phones:
        return escape(text)
    number = rf"(?<![\w.,/-])({'|'.join(map(re.escape, sorted(phones)))})(?![\w%/-]|[.,]\d)"
    parts = re.split(number, text)  # every second one is a number
    parts[1::2] = [Markup('<a href="tel:{0}">{0}</a>').format(each) for each in parts[1::2]]
    return Markup("").join(parts)


def _figure(finding: Finding, following: str, base: Base) -> str:
    """A finding as a number of people; of what else it counts, unless the text says it."""
    value = finding.says
    if not isinstance(value, Share):
        return display.in_words(value, base.vocabulary)
    named = finding.counted == "people" or following.lstrip().startswith(finding.counted)
    return display.share_of(value) if named else f"{display.share_of(value)} {finding.counted}"
