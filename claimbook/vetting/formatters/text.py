"""Vetted drafts for a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claimbook.records import Base, Flag
from claimbook.records.display import count
from claimbook.vetting.formatters.results import (
    NO_ROOM,
    additions,
    advice,
    by_urgency,
    cited,
    heading,
    named,
    not_checked,
    numbers,
    place,
    set_aside,
    tally,
    visible,
    visible_sign,
)
from claimbook.vetting.results import SentenceResult, State
from claimbook.vetting.safety_box import NOT_SOUGHT
from claimbook.vetting.suppressions import BASELINE, FinalResult, SuppressedFlag

_MAX_LINES = 6  # of a passage
_MAX_NOT_CHECKED = 10  # of the sentences that are not checked, so many are listed
_MAX_SIGNS = 80  # of each of them
_MAX_SOURCES = 3  # of a passage that are given in full
_INDENT = "    "


def as_text(
    results: Sequence[FinalResult], base: Base, width: int = 100, *, reading: bool = False
) -> Iterator[str]:
    """Every passage that is flagged, set aside by a comment, or to be looked at; then the counts.

    The most dangerous come first. Each is underlined, with the reasons, what may be written instead
    and its sources. Below the counts stand the first sentences that are not checked.

    Args:
        width: the columns of the terminal.
        reading: also print how each passage was read.
    """
    for result in results:
        yield from _draft(result, base, width, reading)
        yield f"{visible(result.draft.name)}: {_summary([result])}\n"
        yield from _not_checked(result)
        if result.vetted.left_out is None:
            yield f"{_INDENT}{NOT_SOUGHT}\n"
    if len(results) > 1:
        yield f"{count(len(results), 'draft')}: {_summary(results)}\n"


def _draft(result: FinalResult, base: Base, width: int, reading: bool) -> Iterator[str]:
    aside, name = set_aside(result), visible(result.draft.name)
    said: dict[str, str] = {}

    def allowed(start: int | None) -> list[SuppressedFlag]:
        return [held for held in aside.get(start, ()) if held.by != BASELINE]

    ranked = by_urgency(result)
    if len(ranked) > 1:
        yield f"{name}: the most dangerous first\n"
    for each in ranked:
        if isinstance(each, Flag):
            at, _ = place(result, each, None)
            yield f"{name}:{at.line}:{at.column}: {_flag(each, base)}\n"
            if each.suggestion:
                yield f"{_INDENT}you may write: {visible(each.suggestion)}\n"
            yield from (f"{_INDENT}{line}\n" for line in additions(result, each))
        elif each.flags or allowed(each.start) or each.state is State.LOOK:
            at, _ = result.draft.place(each.start, each.end)
            yield f"{name}:{at.line}:{at.column}: {heading(each)}\n"
            yield from _underlined(result, each, width)
            for line in reasons(each, base, allowed(each.start), said, f"line {at.line}"):
                yield f"{_INDENT}{line}\n"
            if reading:
                yield f"{_INDENT}{read_as(each)}\n"
    for held in allowed(None):
        yield f"{name}: {_allowed(held)}\n"


def _not_checked(result: FinalResult) -> Iterator[str]:
    """The first sentences that no record decides, each with its line; what names a danger first."""
    sentences = not_checked(result)
    for sentence in sentences[:_MAX_NOT_CHECKED]:
        words = " ".join(sentence.text.split())
        at, _ = result.draft.place(sentence.start, sentence.end)
        short = words if len(words) <= _MAX_SIGNS else f"{words[: _MAX_SIGNS - 1].rstrip()}…"
        topic = f" (on {sentence.topic})" if sentence.topic else ""
        yield f"{_INDENT}line {at.line} is not checked{topic}: {visible(short)}\n"
    if len(sentences) > _MAX_NOT_CHECKED:
        more = len(sentences) - _MAX_NOT_CHECKED
        yield f"{_INDENT}{more} more are not checked: --format json or html has all\n"


def reasons(
    sentence: SentenceResult,
    base: Base,
    allowed: Sequence[SuppressedFlag] = (),
    said: dict[str, str] | None = None,
    where: str = "",
) -> list[str]:
    """What is said of a sentence, in lines: why it is flagged, what to write, what that rests on.

    Args:
        allowed: what of it was set aside.
        said: the wordings and sources that the report has given so far, each with where, so that
            none is given twice; those given here are added.
        where: how the report names the place of the sentence.
    """
    said = {} if said is None else said
    lines = []
    for flag in sentence.flags:
        lines.append(_flag(flag, base))
        for other in flag.also:
            message = visible(named(other.message, flag.sources, base))
            lines.append(f"    also: {message} ({other.rule})")
    lines += map(_allowed, allowed)
    lines += [f"look: {sentence.to_look_at}"] if sentence.to_look_at else []
    for wording in sentence.wordings:
        if (before := said.setdefault(wording, where)) == where:
            lines.append(f"you may write: {visible(wording)}")
        else:
            lines.append(f"you may write: the same as for {before}")
    lines += [line] if (line := advice(sentence)) else []
    return [*lines, *_sources(sentence, base, said, where)]


def read_as(sentence: SentenceResult) -> str:
    """How a sentence was read, for those who look into a judgement."""
    return f"read as: {visible(sentence.reading)}"


def _sources(
    sentence: SentenceResult, base: Base, said: dict[str, str], where: str
) -> Iterator[str]:
    """The sources of a sentence's flags: the first in full where a report first names them."""
    keys = dict.fromkeys(key for flag in sentence.flags for key in flag.sources)
    known = [key for key in keys if key in said]
    fresh = [key for key in keys if key not in said]
    for key in fresh[:_MAX_SOURCES]:
        said[key] = where
        text, address = cited(base, key)
        yield f"rests on: {text} {address}".rstrip()
    for further, elsewhere in (known, "above"), (fresh[_MAX_SOURCES:], "in the HTML report"):
        if further:
            names = "; ".join(named(key, [key], base) for key in further)
            yield f"rests on: {names} (in full {elsewhere})"


def _flag(flag: Flag, base: Base) -> str:
    return f"{flag.severity}: {visible(named(flag.message, flag.sources, base))} ({flag.rule})"


def _allowed(held: SuppressedFlag) -> str:
    by = f"set aside by {visible(held.owner)} until {held.until}: {visible(held.reason)}"
    return f"{by}; {visible(held.flag.message)} ({held.flag.rule})"


def _summary(results: Sequence[FinalResult]) -> str:
    counts = tally(results)
    rules = max(len(result.vetted.checks_run) for result in results)
    parts = [numbers(counts)]
    if counts["document"]:
        parts.append(f"{count(counts['document'], 'flag')} on the whole")
    parts.append(f"by {count(rules, 'rule')}")
    if counts["allowed"]:
        parts.append(f"{count(counts['allowed'], 'flag')} allowed by comments")
    if counts["known"]:
        parts.append(f"{count(counts['known'], 'flag')} known to the baseline")
    return ", ".join(parts)


# --- the lines of a passage -----------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def sign_width(sign: str) -> int:
    """How many columns of a terminal a sign takes."""
    if unicodedata.combining(sign) or sign in NO_ROOM:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else len(visible_sign(sign))


def _underlined(result: FinalResult, sentence: SentenceResult, width: int) -> Iterator[str]:
    """The lines of the file that hold a sentence, its own letters underlined."""
    draft = result.draft
    begin, end = draft.span(sentence.start, sentence.end)
    line = draft.location(begin).line
    gutter = len(str(draft.location(max(end - 1, begin)).line))
    room = max(width - gutter - 7, 20)
    shown = 0
    at = draft.lines[line - 1]
    while at < end:
        stop = draft.lines[line] - 1 if line < len(draft.lines) else len(draft.source)
        for left, right in _pieces(draft.source, at, stop, room, begin, end):
            if shown == _MAX_LINES:
                yield f"{_INDENT}{'':{gutter}} | …\n"
                return
            shown += 1
            words = draft.source[left:right]
            yield f"{_INDENT}{line:{gutter}} | {visible(words).rstrip()}\n"
            lead = sum(map(sign_width, draft.source[left : max(begin, left)]))
            marked = draft.source[max(begin, left) : min(end, right)].rstrip()
            if under := sum(map(sign_width, marked)):
                yield f"{_INDENT}{'':{gutter}} | {' ' * lead}^{'~' * (under - 1)}\n"
        at, line = stop + 1, line + 1


def _pieces(
    text: str, start: int, stop: int, room: int, begin: int, end: int
) -> Iterator[tuple[int, int]]:
    """A line broken between words into pieces with room, those that touch a span.

    Far from the span nothing is measured.
    """
    if begin - start > 4 * room:
        near = text.rfind(" ", begin - 2 * room, begin - room // 2)
        start = near + 1 if near >= 0 else begin - room
    while start < min(stop, end):
        at, taken, gap = start, 0, -1
        while at < stop and taken + sign_width(text[at]) <= room:
            taken += sign_width(text[at])
            if text[at].isspace():
                gap = at
            at += 1
        if at < stop and gap > start:
            at = gap + 1
        at = max(at, start + 1)
        if at > begin:
            yield start, at
        start = at
