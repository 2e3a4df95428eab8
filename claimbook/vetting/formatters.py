"""How vetted drafts are shown: text for a terminal, annotations for GitHub, SARIF for editors, a page of HTML to hand on.

What a draft says is shown as it stands and does nothing: control signs are made visible, HTML is escaped by the template engine.
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimbook.records import Base, Category, Flag, Location, Reference, Severity, Verdict
from claimbook.records.quotes import latex_to_text
from claimbook.vetting.baseline import sentence_hash
from claimbook.vetting.sarif import sarif_location, sarif_log, sarif_result
from claimbook.vetting.suppressions import BASELINE, KINDS, Result, SuppressedFlag, data
from claimbook.vetting.vet import SentenceResult, State

if TYPE_CHECKING:
    import jinja2

__all__ = ["annotation", "annotations", "data", "page", "sarif", "tally", "told", "visible"]
LOOK = "look"  # what stands for a rule where a person must look
_LOOKS = (
    Severity.NOTE,
    "A sentence makes light of safety: a person must check it, whatever the rules found.",
)
_LINES = 6  # of a passage that text shows
_UNSEEN = frozenset(
    {"Cc", "Cf", "Cs", "Zl", "Zp"}
)  # signs that a terminal would act on, or that nobody sees


def visible(text: str) -> str:
    r"""The text with every sign that is not seen, or that turns what follows around, written out (\u202e)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_sign(one) for one in text)


@lru_cache(maxsize=10_000)
def _sign(one: str) -> str:
    if one in "\t\n":
        return " "
    return (
        f"\\u{ord(one):04x}"
        if unicodedata.category(one) in _UNSEEN and one not in "\u00ad\u200b\u200d"
        else one
    )


@lru_cache(maxsize=10_000)
def _width(one: str) -> int:
    """How many columns of a terminal a sign takes."""
    if unicodedata.combining(one) or one in "\u00ad\u200b\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else len(_sign(one))


def tally(results: Iterable[Result]) -> dict[str, int]:
    """What was done, in numbers: sentences (checked, flagged, to look at, not checked), flags on whole drafts, flags set aside."""
    counts = dict.fromkeys(
        ("sentences", "checked", "flagged", "look", "unchecked", "document", "allowed", "known"), 0
    )
    for result in results:
        for one in result.vetted.sentences:
            counts["sentences"] += 1
            counts["checked"] += one.verdict is not None and one.verdict is not Verdict.NOT_CHECKED
            counts["unchecked"] += (
                one.verdict is Verdict.NOT_CHECKED and one.state is not State.LOOK
            )
            counts["flagged"] += bool(one.flags)
            counts["look"] += one.state is State.LOOK
        counts["document"] += len(result.vetted.document_flags)
        known = sum(one.by == BASELINE for one in result.suppressed)
        counts["known"] += known
        counts["allowed"] += len(result.suppressed) - known
    return counts


def _summary(counts: Mapping[str, int], rules: int) -> str:
    aside = [
        f"{counts[name]} flag{'s' * (counts[name] != 1)} {how}"
        for name, how in (("allowed", "allowed by comments"), ("known", "known to the baseline"))
        if counts[name]
    ]
    whole = (
        f", {counts['document']} flag{'s' * (counts['document'] != 1)} on the whole"
        if counts["document"]
        else ""
    )
    return (
        f"{counts['sentences']} sentences, {counts['checked']} checked, {counts['flagged']} flagged, {counts['look']} to look at, "
        f"{counts['unchecked']} not checked"
        f"{whole}, by {rules} rules" + "".join(f", {one}" for one in aside)
    )


def _at(result: Result, flag: Flag, sentence: SentenceResult | None) -> tuple[Location, Location]:
    """Where in the file a flag stands."""
    if sentence is not None:
        return result.draft.place(sentence.start, sentence.end)
    if flag.rule in KINDS:  # its place is the comment's own
        return flag.at, flag.at
    return result.draft.place(*(result.draft.offset(flag.at),) * 2)


def _flags(result: Result) -> Iterator[tuple[Flag, SentenceResult | None]]:
    for sentence in result.vetted.sentences:
        yield from ((flag, sentence) for flag in sentence.flags)
    yield from ((flag, None) for flag in result.vetted.document_flags)


def _looks(result: Result) -> Iterator[tuple[SentenceResult, Location, Location]]:
    """The sentences to be looked at, and where they stand."""
    for one in result.vetted.sentences:
        if one.state is State.LOOK:
            yield one, *result.draft.place(one.start, one.end)


# --- text -----------------------------------------------------------------------------------------------------------------


def told(results: Sequence[Result], width: int = 100) -> Iterator[str]:
    """Every passage that is flagged or to be looked at, underlined, with the reasons and what may be written; then the counts.

    Args:
        results: the drafts.
        width: the columns of the terminal.
    """
    for result in results:
        name = visible(result.draft.name)
        for one in result.vetted.sentences:
            if not one.flags and one.state is not State.LOOK:
                continue
            start, _ = result.draft.place(one.start, one.end)
            shown = (
                "look"
                if not one.flags
                else one.verdict.label
                if one.verdict is not None
                else "flagged"
            )
            yield f"{name}:{start.line}:{start.column}: {shown}\n"
            yield from _underlined(result, one, width)
            if one.look:
                yield f"    look: {one.look}\n"
            yield f"    read as: {visible(one.reading)}\n"
            for flag in one.flags:
                yield f"    {flag.severity}: {visible(flag.message)} ({flag.rule})\n"
            if evidence := dict.fromkeys(source for flag in one.flags for source in flag.sources):
                yield f"    rests on: {', '.join(evidence)}\n"
            for suggestion in dict.fromkeys(
                flag.suggestion for flag in one.flags if flag.suggestion
            ):
                yield f"    you may write: {visible(suggestion)}\n"
            if unsayable(one):
                yield "    nothing recorded here lets you say it in other words: leave it out\n"
        for flag in result.vetted.document_flags:
            at, _ = _at(result, flag, None)
            yield f"{name}:{at.line}:{at.column}: {flag.severity}: {visible(flag.message)} ({flag.rule})\n"
            if flag.suggestion:
                yield f"    you may write: {visible(flag.suggestion)}\n"
        yield f"{name}: {_summary(tally([result]), len(result.vetted.checks_run))}\n"
    if len(results) > 1:
        yield f"{len(results)} drafts: {_summary(tally(results), max(len(result.vetted.checks_run) for result in results))}\n"


def unsayable(sentence: SentenceResult) -> bool:
    """Whether a sentence says too much and nothing may be said in its place."""
    too_much = sentence.verdict is not None and sentence.verdict >= Verdict.OVERSTATED
    return too_much and not any(flag.suggestion for flag in sentence.flags)


def _underlined(result: Result, one: SentenceResult, width: int) -> Iterator[str]:
    """The lines of the file that hold a sentence, its own letters underlined; a long line is broken between words."""
    draft = result.draft
    begin, end = draft.origin(one.start), draft.origin(max(one.end - 1, one.start)) + 1
    first = draft.location(begin).line
    gutter = len(str(draft.location(max(end - 1, begin)).line))
    room = max(width - gutter - 7, 20)
    shown = 0
    at = draft.lines[first - 1]
    line = first
    while at < end:
        stop = draft.lines[line] - 1 if line < len(draft.lines) else len(draft.source)
        for left, right in _pieces(draft.source, at, stop, room, begin, end):
            if shown == _LINES:
                yield f"    {'':{gutter}} | …\n"
                return
            shown += 1
            words = draft.source[left:right]
            yield f"    {line:{gutter}} | {visible(words).rstrip()}\n"
            lead = sum(map(_width, draft.source[left : max(begin, left)]))
            under = sum(map(_width, draft.source[max(begin, left) : min(end, right)].rstrip()))
            if under:
                yield f"    {'':{gutter}} | {' ' * lead}^{'~' * (under - 1)}\n"
        at, line = stop + 1, line + 1


def _pieces(
    text: str, start: int, stop: int, room: int, begin: int, end: int
) -> Iterator[tuple[int, int]]:
    """A line in pieces no wider than there is room, those that touch a span; far from the span nothing is measured."""
    if begin - start > 4 * room:
        near = text.rfind(" ", begin - 2 * room, begin - room // 2)
        start = near + 1 if near >= 0 else begin - room
    while start < min(stop, end):
        at, taken, gap = start, 0, -1
        while at < stop and taken + _width(text[at]) <= room:
            taken += _width(text[at])
            if text[at].isspace():
                gap = at
            at += 1
        if at < stop and gap > start:
            at = gap + 1
        at = max(at, start + 1)
        if at > begin:
            yield start, at
        start = at


# --- GitHub ---------------------------------------------------------------------------------------------------------------


def annotation(
    severity: str, file: str, start: Location, rule: str, message: str, end: Location | None = None
) -> str:
    """A GitHub workflow command; its values are escaped as GitHub asks."""

    def escape(text: str, more: str = "") -> str:
        for sign in "%\r\n" + more:
            text = text.replace(sign, f"%{ord(sign):02X}")
        return text

    kind = "notice" if severity == "note" else severity
    until = f",endLine={end.line},endColumn={end.column}" if end and end > start else ""
    place = f"file={escape(visible(file), ':,')},line={start.line},col={start.column}{until}"
    return f"::{kind} {place},title={escape(rule, ':,')}::{escape(message)}\n"


def annotations(results: Iterable[Result]) -> Iterator[str]:
    """Every flag as a GitHub annotation, with what one may write; every sentence to be looked at as a notice."""
    for result in results:
        for one, start, end in _looks(result):
            yield annotation(Severity.NOTE, result.draft.name, start, LOOK, one.look or "", end)
        for flag, sentence in _flags(result):
            start, end = _at(result, flag, sentence)
            more = f"\nYou may write: {flag.suggestion}" if flag.suggestion else ""
            yield annotation(
                flag.severity,
                result.draft.name,
                start,
                flag.rule,
                visible(flag.message) + (more and "\n" + visible(more[1:])),
                end,
            )


# --- SARIF ----------------------------------------------------------------------------------------------------------------


def sarif(
    results: Iterable[Result],
    site: str | None = None,
    version: str | None = None,
    failures: Iterable[str] = (),
) -> dict[str, Any]:
    """The drafts as a SARIF 2.1.0 log; flags that were set aside are in it as suppressed, suggestions as fixes."""
    found: list[dict[str, Any]] = []
    for result in results:
        seen: dict[str, int] = {}
        suppressed = [(one.flag, one.sentence, one) for one in result.suppressed]
        for flag, sentence, aside in (
            *((flag, sentence, None) for flag, sentence in _flags(result)),
            *suppressed,
        ):
            found.append(_sarif_result(result, flag, sentence, aside, seen))
        for one, start, _ in _looks(result):
            flag = Flag(LOOK, Category.RECORD, Severity.NOTE, one.look or "", start, one.text)
            found.append(_sarif_result(result, flag, one, None, seen))
    return sarif_log(
        found, site=site, version=version, also={**KINDS, LOOK: _LOOKS}, failures=failures
    )


def _sarif_result(
    result: Result,
    flag: Flag,
    sentence: SentenceResult | None,
    aside: SuppressedFlag | None,
    seen: dict[str, int],
) -> dict[str, Any]:
    start, end = _at(result, flag, sentence)
    region = _region(start, end)
    written = result.draft.written(sentence.start, sentence.end) if sentence else ""
    mark = (
        f"{flag.rule}:{sentence_hash(sentence.text) if sentence else sentence_hash(flag.message)}"
    )
    seen[mark] = seen.get(mark, 0) + 1
    shown = {**region, "snippet": {"text": written}} if sentence else region
    made = {
        **sarif_result(flag),
        "locations": [sarif_location(result.draft.name, shown)],
        "partialFingerprints": {"sentence/v1": f"{mark}:{seen[mark]}"},
    }
    if sentence:
        verdict = sentence.verdict.label if sentence.verdict is not None else None
        made["properties"] |= {
            "reading": sentence.reading,
            "verdict": verdict,
            "state": sentence.state.value,
        }
        if (
            flag.suggestion and result.draft.editable and written == sentence.text
        ):  # no mark-up would be torn
            replacement = {"deletedRegion": region, "insertedContent": {"text": flag.suggestion}}
            change = sarif_location(result.draft.name, None)["physicalLocation"] | {
                "replacements": [replacement]
            }
            made["fixes"] = [
                {
                    "description": {"text": "Write what the evidence allows."},
                    "artifactChanges": [change],
                }
            ]
    if aside:
        reason = aside.reason + (
            f" (owner: {aside.owner}, until {aside.until})" if aside.owner else ""
        )
        made["suppressions"] = [
            {
                "kind": "external" if aside.by == BASELINE else "inSource",
                "status": "accepted",
                "justification": reason,
            }
        ]
    return made


def _region(start: Location, end: Location) -> dict[str, Any]:
    region = {"startLine": start.line, "startColumn": start.column}
    return {**region, "endLine": end.line, "endColumn": end.column} if end > start else region


# --- HTML -----------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _template() -> "jinja2.Template":
    import jinja2  # half of a start, and only this face needs it

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("claimbook.vetting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["visible"], environment.globals["unsayable"] = visible, unsayable
    return environment.get_template("report.html.jinja")


def page(
    results: Sequence[Result], base: Base, version: str, today: date, failures: Sequence[str] = ()
) -> str:
    """A page to hand on: each draft with its passages marked in place, reasons and suggestions beside.

    It is whole in itself, asks no other host for anything, runs no script, and says so in its content security policy.

    Args:
        results: the drafts.
        base: the records they were judged by.
        version: the version of these records.
        today: the day of the judgement.
        failures: what could not be read.
    """
    said = _template().render(
        drafts=[{"result": result, "blocks": list(_blocks(result)), "counts": tally([result])} for result in results],
        counts=tally(results), base=base, version=version, today=today, failures=failures, cited=lambda key: _cited(base, key),
        where=lambda result, flag: _at(result, flag, None)[0].line,
        checked=_checked(base), rules=max((len(result.vetted.checks_run) for result in results), default=0), severities=list(Severity),
    )  # fmt: skip
    style = re.search(r"<style>(.*?)</style>", said, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() if style else ""
    return said.replace("STYLE-HASH", f"sha256-{digest}", 1)


def _blocks(result: Result) -> Iterator[dict[str, Any]]:
    """The lines of a draft, each as spans: words alone, or words with the sentence they are."""
    text, sentences = result.draft.text, iter(result.vetted.sentences)
    aside: dict[int, list[SuppressedFlag]] = {}
    for held in result.suppressed:
        if held.sentence:
            aside.setdefault(held.sentence.start, []).append(held)
    sentence = next(sentences, None)
    numbers: dict[int, int] = {}  # of the passages, from 1
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        spans: list[tuple[str, SentenceResult | None]] = []
        here: list[SentenceResult] = []
        done = at
        while sentence and sentence.start < stop:
            end = min(max(sentence.end, done), stop)
            start = min(max(sentence.start, done), stop)
            spans += [(text[done:start], None), (text[start:end], sentence)]
            done = end
            if sentence.start >= at:
                here.append(sentence)
            if sentence.end > stop:
                break
            sentence = next(sentences, None)
        spans.append((text[done:stop], None))
        if text[at:stop].strip():
            flagged = [
                one for one in here if one.flags or one.start in aside or one.state is State.LOOK
            ]
            for one in flagged:
                numbers[one.start] = len(numbers) + 1
            yield {
                "spans": [span for span in spans if span[0]],
                "flagged": flagged,
                "numbers": numbers,
                "aside": aside,
            }
        at = stop + 1


def _cited(base: Base, key: str) -> dict[str, str]:
    """A source as a reader would look it up: who, what, when, and its DOI if it has one."""
    reference: Reference | None = base.references.get(key)
    if reference is None:
        return {"text": key, "link": ""}
    fields = reference.fields
    people = [latex_to_text(name).partition(",")[0] for name in reference.persons.get("author", ())]
    who = f"{people[0]} and others" if len(people) > 2 else " and ".join(people)
    said = ". ".join(
        part
        for part in (
            who,
            latex_to_text(fields.get("title", key)),
            latex_to_text(fields.get("year", "")),
        )
        if part
    )
    doi = fields.get("doi", "").strip("{} ")
    return {
        "text": said,
        "link": f"https://doi.org/{doi}" if re.fullmatch(r"10\.[^\s\"<>]+", doi) else "",
    }


def _checked(base: Base) -> str:
    """What may be said of who checked the records."""
    unchecked = sum(not claim.checked for claim in base.claims.values())
    if unchecked == len(base.claims):
        return "No clinician has checked the records yet."
    return (
        f"No clinician has checked {unchecked} of the {len(base.claims)} claims yet."
        if unchecked
        else ""
    )
