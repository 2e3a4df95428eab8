"""Vetted drafts for a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claimbook.records import Flag
from claimbook.records.display import count
from claimbook.vetting.formatters.results import (
    NO_ROOM,
    NO_WORDING,
    additions,
    numbers,
    place,
    set_aside,
    tally,
    visible,
    visible_sign,
    without_wording,
)
from claimbook.vetting.results import SentenceResult, State
from claimbook.vetting.safety_box import NOT_SOUGHT
from claimbook.vetting.suppressions import BASELINE, FinalResult, SuppressedFlag

_MAX_LINES = 6  # of a passage
_MAX_NOT_CHECKED = 10  # of the sentences that are not checked, so many are listed
_MAX_SIGNS = 80  # of each of them
_INDENT = "    "


def as_text(results: Sequence[FinalResult], width: int = 100) -> Iterator[str]:
    """Every passage that is flagged, set aside by a comment, or to be looked at; then the counts.

    Each is underlined, with the reasons and what may be written instead. Below the counts stand the
    first sentences that are not checked.

    Args:
        results: the drafts.
        width: the columns of the terminal.
    """
    for result in results:
        yield from _draft(result, width)
        yield f"{visible(result.draft.name)}: {_summary([result])}\n"
        yield from _not_checked(result)
        if result.vetted.left_out is None:
            yield f"{_INDENT}{NOT_SOUGHT}\n"
    if len(results) > 1:
        yield f"{count(len(results), 'draft')}: {_summary(results)}\n"


def _draft(result: FinalResult, width: int) -> Iterator[str]:
    aside = set_aside(result)

    def allowed(start: int | None) -> list[SuppressedFlag]:
        return [held for held in aside.get(start, ()) if held.by != BASELINE]

    for sentence in result.vetted.sentences:
        held_here = allowed(sentence.start)
        if sentence.flags or held_here or sentence.state is State.LOOK:
            yield from _sentence(result, sentence, held_here, width)
    name = visible(result.draft.name)
    for flag in result.vetted.document_flags:
        at, _ = place(result, flag, None)
        yield f"{name}:{at.line}:{at.column}: {_flag(flag)}\n"
        if flag.suggestion:
            yield f"{_INDENT}you may write: {visible(flag.suggestion)}\n"
        yield from (f"{_INDENT}{line}\n" for line in additions(result, flag))
    for held in allowed(None):
        yield f"{name}: {_allowed(held)}\n"


def _not_checked(result: FinalResult) -> Iterator[str]:
    """The first sentences that no record decides, each with its line."""
    sentences = [s for s in result.vetted.sentences if s.state is State.NOT_CHECKED]
    for sentence in sentences[:_MAX_NOT_CHECKED]:
        words = " ".join(sentence.text.split())
        at, _ = result.draft.place(sentence.start, sentence.end)
        short = words if len(words) <= _MAX_SIGNS else f"{words[: _MAX_SIGNS - 1].rstrip()}…"
        yield f"{_INDENT}line {at.line} is not checked: {visible(short)}\n"
    if len(sentences) > _MAX_NOT_CHECKED:
        more = len(sentences) - _MAX_NOT_CHECKED
        yield f"{_INDENT}{more} more are not checked: --format json or html has all\n"


def _sentence(
    result: FinalResult, sentence: SentenceResult, allowed: list[SuppressedFlag], width: int
) -> Iterator[str]:
    start, _ = result.draft.place(sentence.start, sentence.end)
    verdict = sentence.verdict.label if sentence.verdict is not None else "flagged"
    shown = "look" if sentence.state is State.LOOK else verdict
    yield f"{visible(result.draft.name)}:{start.line}:{start.column}: {shown}\n"
    yield from _underlined(result, sentence, width)
    yield from (f"{_INDENT}{line}\n" for line in reasons(sentence, allowed))


def reasons(sentence: SentenceResult, allowed: Sequence[SuppressedFlag] = ()) -> list[str]:
    """What is said of a sentence, in lines: how it was read, why it is flagged, what to write."""
    lines = [f"look: {sentence.look}"] if sentence.look else []
    lines.append(f"read as: {visible(sentence.reading)}")
    for flag in sentence.flags:
        lines.append(_flag(flag))
        lines += (f"    also: {visible(other.message)} ({other.rule})" for other in flag.also)
    lines += map(_allowed, allowed)
    if sources := dict.fromkeys(key for flag in sentence.flags for key in flag.sources):
        lines.append(f"rests on: {', '.join(sources)}")
    wordings = dict.fromkeys(flag.suggestion for flag in sentence.flags if flag.suggestion)
    lines += (f"you may write: {visible(wording)}" for wording in wordings)
    if without_wording(sentence) and sentence.flags:
        lines.append(NO_WORDING)
    return lines


def _flag(flag: Flag) -> str:
    return f"{flag.severity}: {visible(flag.message)} ({flag.rule})"


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
