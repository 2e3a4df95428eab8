"""Vetted drafts as a page of HTML to hand on: no script, nothing loaded, by its own policy."""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from claimbook.records import Base, Severity
from claimbook.records.display import count
from claimbook.vetting.formatters.results import (
    NO_WORDING,
    numbers,
    place,
    tally,
    visible,
    without_wording,
)
from claimbook.vetting.suppressions import FinalResult, SuppressedFlag
from claimbook.vetting.vet import SentenceResult, State

if TYPE_CHECKING:
    import jinja2


@lru_cache(maxsize=1)
def _template() -> "jinja2.Template":
    import jinja2  # half of a start, and only this format needs it

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("claimbook.vetting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        visible=visible, without_wording=without_wording, NO_WORDING=NO_WORDING,
        numbers=numbers, count=count,
    )  # fmt: skip
    return environment.get_template("report.html.jinja")


def as_html(
    results: Sequence[FinalResult],
    base: Base,
    version: str,
    today: date,
    failures: Sequence[str] = (),
) -> str:
    """Each draft with its passages marked in place, reasons and suggestions beside.

    Args:
        results: the drafts.
        base: the records they were judged by.
        version: the version of these records.
        today: the day of the judgement.
        failures: what could not be read.
    """
    html = _template().render(
        drafts=[(result, tally([result]), list(_blocks(result))) for result in results],
        counts=tally(results),
        base=base,
        version=version,
        today=today,
        failures=failures,
        cited=lambda key: _cited(base, key),
        line=lambda result, flag: place(result, flag, None)[0].line,
        checked=_checked(base),
        rules=max((len(result.vetted.checks_run) for result in results), default=0),
        severities=list(Severity),
    )
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return html.replace("STYLE-HASH", f"sha256-{digest}", 1)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a draft.

    Attributes:
        spans: its words in order, each span with the sentence it belongs to, if any.
        marked: the sentences that begin in it and are flagged, set aside or to be looked at.
        numbers: of every marked sentence of the draft so far, by where it starts.
        aside: what was set aside, by where its sentence starts.
    """

    spans: list[tuple[str, SentenceResult | None]]
    marked: list[SentenceResult]
    numbers: dict[int, int]
    aside: dict[int, list[SuppressedFlag]]


def _blocks(result: FinalResult) -> Iterator[Block]:
    """The lines of a draft that have words."""
    text, sentences = result.draft.text, iter(result.vetted.sentences)
    aside: dict[int, list[SuppressedFlag]] = {}
    for held in result.suppressed:
        if held.sentence:
            aside.setdefault(held.sentence.start, []).append(held)
    numbers: dict[int, int] = {}
    sentence = next(sentences, None)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        spans: list[tuple[str, SentenceResult | None]] = []
        marked: list[SentenceResult] = []
        done = start
        while sentence and sentence.start < end:
            left, right = (min(max(at, done), end) for at in (sentence.start, sentence.end))
            spans += [(text[done:left], None), (text[left:right], sentence)]
            done = right
            noted = sentence.flags or sentence.start in aside or sentence.state is State.LOOK
            if noted and sentence.start >= start:
                marked.append(sentence)
                numbers[sentence.start] = len(numbers) + 1
            if sentence.end > end:
                break
            sentence = next(sentences, None)
        spans.append((text[done:end], None))
        if line.strip():
            yield Block([span for span in spans if span[0]], marked, numbers, aside)
        start = end + 1


def _cited(base: Base, key: str) -> dict[str, str]:
    """A source as a reader would look it up: who, what, when, and its DOI if it has one."""
    reference = base.references.get(key)
    if reference is None:
        return {"text": key, "link": ""}
    fields = reference.fields
    people = [name.partition(",")[0] for name in reference.persons.get("author", ())]
    who = f"{people[0]} and others" if len(people) > 2 else " and ".join(people)
    title, year = fields.get("title", key), fields.get("year", "")
    doi = fields.get("doi", "")
    return {
        "text": ". ".join(filter(None, (who, title, year))),
        "link": f"https://doi.org/{doi}" if re.fullmatch(r"10\.[^\s\"<>]+", doi) else "",
    }


def _checked(base: Base) -> str:
    """What may be said of who checked the records."""
    unchecked = sum(not claim.checked for claim in base.claims.values())
    if unchecked == len(base.claims):
        return "No clinician has checked the records yet."
    if not unchecked:
        return ""
    return f"No clinician has checked {unchecked} of the {len(base.claims)} claims yet."
