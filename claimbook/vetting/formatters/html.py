"""Vetted drafts as a page of HTML to hand on: no script, nothing loaded, by its own policy."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimbook.records import Base, Severity
from claimbook.records.display import count
from claimbook.vetting.formatters.results import (
    additions,
    advice,
    cited,
    heading,
    marked,
    named,
    numbers,
    pieces,
    place,
    set_aside,
    tally,
    urgent,
    visible,
    whole,
)
from claimbook.vetting.results import SentenceResult
from claimbook.vetting.safety_box import NOT_SOUGHT
from claimbook.vetting.suppressions import FinalResult

if TYPE_CHECKING:
    import jinja2

_UNREVIEWED = "No clinician has checked the records yet."
_REVIEWED = "Whether a reviewer has accepted a record stands on its page of the site."


@lru_cache
def _environment(package: str) -> "jinja2.Environment":
    import jinja2  # half of a start, and only this format needs it

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        visible=visible, advice=advice, heading=heading, urgent=urgent, whole=whole,
        numbers=numbers, count=count, additions=additions, NOT_SOUGHT=NOT_SOUGHT,
    )  # fmt: skip
    return environment


def render(package: str, template: str, **values: Any) -> str:
    """A page from the template of a package; its policy admits nothing but its own style."""
    html = _environment(package).get_template(template).render(**values)
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return html.replace("STYLE-HASH", f"sha256-{digest}", 1)


def as_html(
    results: Sequence[FinalResult],
    base: Base,
    version: str,
    today: date,
    failures: Sequence[str] = (),
    reviewed: bool = False,
) -> str:
    """Each draft with its passages marked in place, reasons and suggestions beside.

    Args:
        version: the version of these records.
        failures: what could not be read.
        reviewed: whether there is any review of the records.
    """
    return render(
        "claimbook.vetting",
        "report.html.jinja",
        drafts=[_draft(result) for result in results],
        counts=tally(results),
        base=base,
        version=version,
        today=today,
        failures=failures,
        cited=lambda key: cited(base, key),
        named=lambda message, sources: visible(named(message, sources, base)),
        line=lambda result, flag: place(result, flag, None)[0].line,
        checked=_REVIEWED if reviewed else _UNREVIEWED,
        rules=max((len(result.vetted.checks_run) for result in results), default=0),
        severities=list(Severity),
    )


def _draft(result: FinalResult) -> tuple[Any, ...]:
    """A draft for the template.

    Its tally; its lines that have words, each as its words with their sentences, if any, and the
    marked sentences that begin in it; the numbers of marked sentences, and what was set aside,
    both by where the sentence starts; by wording, the number where it is offered first.
    """
    sentences, said = result.vetted.sentences, marked(result)
    numbers = {sentence.start: number for number, sentence in enumerate(said, 1)}
    lines: list[tuple[list[tuple[str, SentenceResult | None]], list[SentenceResult]]] = [([], [])]
    for words, index in pieces(result.draft.text, [(one.start, one.end) for one in sentences]):
        sentence = None if index is None else sentences[index]
        first, *others = words.split("\n")
        lines[-1][0].append((first, sentence))
        if sentence and sentence.start in numbers:
            lines[-1][1].append(sentence)
        lines += [([(part, sentence)], []) for part in others]
    written = [line for line in lines if any(words.strip() for words, _ in line[0])]
    full: dict[str, int] = {}  # by wording, the number of the sentence where it stands in full
    for sentence in said:
        for wording in sentence.wordings:
            full.setdefault(wording, numbers[sentence.start])
    return result, tally([result]), written, numbers, set_aside(result), full
