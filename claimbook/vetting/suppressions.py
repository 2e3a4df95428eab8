"""What a draft allows itself: comments that set a flag aside, each with a rule, a reason, an owner and a last day.

    <!-- claimbook: allow promised-cure because "the study's own title", owner: Editorial, until: 2027-01-31 -->

Among the words of a paragraph, heading, list item or row of a table the comment speaks of that block, wherever in it; on a line
of its own it speaks of the block that follows. A flag on the whole draft is set aside by a comment anywhere in it. A comment that
lacks a reason, an owner or a day, is past its day, names no rule or sets nothing aside is itself flagged, and only a complete
one that is not past its day does anything.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from claimbook.records import Category, Flag, Location, Severity, did_you_mean, together
from claimbook.vetting.drafts.draft import Directive, Draft
from claimbook.vetting.vet import SentenceResult, VetResult

COMMENT, BASELINE = "comment", "baseline"
EXAMPLE = 'claimbook: allow RULE because "REASON", owner: NAME, until: YYYY-MM-DD'
# What is flagged about comments: how much each matters, and what it means.
KINDS: Mapping[str, tuple[Severity, str]] = {
    "bare-suppression": (
        Severity.ERROR,
        "A comment that is to set a flag aside lacks its rule, reason, owner or last day; it does nothing.",
    ),
    "expired-suppression": (
        Severity.WARNING,
        "The last day of a comment that set a flag aside is past; it does nothing any more.",
    ),
    "unknown-suppression": (
        Severity.ERROR,
        "A comment is to set aside a rule that there is not; it does nothing.",
    ),
    "unused-suppression": (
        Severity.WARNING,
        "A comment sets aside what is not flagged where it speaks: it can go.",
    ),
}
_ALLOW = re.compile(r"allow\s+([\w-]{1,100})\s*,?", re.IGNORECASE)
_REASON = re.compile(
    r"\bbecause\b:?\s*(?:\"([^\"]*)\"|“([^”\"]*)[”\"]|'((?:[^']|'(?=\w))*)'|([^,;]*))",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\bowner:\s*([^,;]+)", re.IGNORECASE)
_UNTIL = re.compile(r"\buntil:\s*([^\s,;]+)", re.IGNORECASE)
_INK = re.compile(r"\S")
_LONG = 2_000  # letters of a comment that are read


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment as read: what it sets aside, why, who answers for it, and the last day on which it does."""

    directive: Directive
    rule: str
    reason: str
    owner: str
    until: date | None
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuppressedFlag:
    """A flag set aside: on which sentence (None: on the whole draft), and by what."""

    flag: Flag
    sentence: SentenceResult | None
    by: str
    reason: str
    owner: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A vetted draft after all that is set aside was taken out of its flags."""

    draft: Draft
    vetted: VetResult
    suppressed: tuple[SuppressedFlag, ...] = ()


def allowance(directive: Directive) -> Suppression:
    """A comment that speaks to us, as read."""
    said = directive.said[:_LONG]
    rule = _ALLOW.match(said)
    rest = said[rule.end() :] if rule else said
    because = _REASON.search(rest)
    if because:
        rest = rest[: because.start()] + rest[because.end() :]
    owner, until = _OWNER.search(rest), _UNTIL.search(rest)
    reason = next((group.strip() for group in because.groups() if group), "") if because else ""
    day: date | None = None
    lacks = []
    if until:
        try:
            day = date.fromisoformat(until[1].strip("\"'“”"))
        except ValueError:
            lacks.append(f"a last day that is a date ({until[1]!r} is none)")
    for what, there in (
        ("a rule", rule),
        ("a reason", reason),
        ("an owner", owner and owner[1].strip()),
        ("a last day", until),
    ):
        if not there:
            lacks.append(what)
    return Suppression(
        directive,
        rule[1].lower() if rule else "",
        reason,
        owner[1].strip() if owner else "",
        day,
        tuple(lacks),
    )


def settle(vetted: VetResult, draft: Draft, rules: Collection[str], today: date) -> Result:
    """Take out of a draft's flags what its comments set aside, and flag the comments that are at fault.

    Args:
        vetted: the draft as the rules judge it.
        draft: the draft as read, with its comments.
        rules: the names of every rule there is.
        today: the day by which comments are past theirs.
    """
    if not draft.directives:
        return Result(draft, vetted)
    faults: list[Flag] = []
    live: list[Suppression] = []
    for one in map(allowance, draft.directives):
        if one.lacks:
            faults.append(
                _fault(
                    "bare-suppression",
                    f"this comment lacks {', '.join(one.lacks)}",
                    one,
                    draft,
                    f"<!-- {EXAMPLE} -->",
                )
            )
        elif one.rule not in rules:
            repair = did_you_mean(one.rule, rules) or "claimbook explain lists the rules"
            faults.append(
                _fault(
                    "unknown-suppression", f"there is no rule {one.rule!r}; {repair}", one, draft
                )
            )
        elif one.until is not None and one.until < today:
            message = f"the comment of {one.owner} that allowed {one.rule} ended on {one.until.isoformat()}"
            faults.append(_fault("expired-suppression", message, one, draft))
        else:
            live.append(one)
    spoken: dict[
        str, list[tuple[int, int, Suppression]]
    ] = {}  # by rule, in the order of the text: blocks are lines, so ends rise as starts do
    lines = _Lines(draft)
    for one in live:
        spoken.setdefault(one.rule, []).append((*lines.block(one.directive.at), one))
    aside: list[SuppressedFlag] = []
    used: set[int] = set()

    def kept(flags: Iterable[Flag], sentence: SentenceResult | None) -> Iterator[Flag]:
        for flag in flags:
            some = spoken.get(flag.rule, [])
            index = bisect_right(some, sentence.start, key=lambda span: span[1]) if sentence else 0
            by = (
                some[index][2]
                if index < len(some) and (sentence is None or some[index][0] < sentence.end)
                else None
            )
            if by is None:
                yield flag
            else:
                used.add(id(by))
                aside.append(SuppressedFlag(flag, sentence, COMMENT, by.reason, by.owner, by.until))

    rest = without(vetted, kept)
    for one in live:
        if id(one) not in used:
            faults.append(
                _fault(
                    "unused-suppression",
                    f"{one.rule} flags nothing where this comment speaks",
                    one,
                    draft,
                )
            )
    faults.sort(key=lambda flag: flag.at)
    return Result(
        draft, replace(rest, document_flags=(*rest.document_flags, *faults)), tuple(aside)
    )


class RecordSource(Protocol):
    """Those of some flags that stay, of a sentence or (None) of the whole draft."""

    def __call__(self, flags: Iterable[Flag], sentence: SentenceResult | None, /) -> Iterable[Flag]:
        """The flags that stay."""


def without(vetted: VetResult, kept: RecordSource) -> VetResult:
    """A vetted draft with those of its flags that are kept."""

    def left(flags: Iterable[Flag], sentence: SentenceResult | None) -> tuple[Flag, ...]:
        parts = (tuple(kept(flag.parts, sentence)) for flag in flags)
        return tuple(map(together, filter(None, parts)))

    sentences = tuple(
        replace(one, flags=left(one.flags, one)) if one.flags else one for one in vetted.sentences
    )
    return replace(vetted, sentences=sentences, document_flags=left(vetted.document_flags, None))


class _Lines:
    """The lines of a text, and the first ink from the start of each, looked for once."""

    def __init__(self, draft: Draft) -> None:
        self.text, self.starts, self.inks = draft.text, draft.text_lines, dict[int, int]()

    def block(self, at: int) -> tuple[int, int]:
        """The line that a comment at an offset speaks of: its own where words precede it, else the next that has any."""
        line = bisect_right(self.starts, at) - 1
        if line not in self.inks:
            ink = _INK.search(self.text, self.starts[line])
            self.inks[line] = ink.start() if ink else len(self.text)
        if self.inks[line] >= at:
            line = bisect_right(self.starts, self.inks[line]) - 1
        end = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)
        return self.starts[line], end


def _fault(
    rule: str, message: str, one: Suppression, draft: Draft, suggestion: str | None = None
) -> Flag:
    """A flag on a comment. Its place is the comment's own, in the file."""
    at: Location = draft.location(min(one.directive.source, len(draft.source)))
    return Flag(
        rule,
        Category.RECORD,
        KINDS[rule][0],
        f"{message} (line {at.line})",
        at,
        "draft",
        suggestion=suggestion,
    )
