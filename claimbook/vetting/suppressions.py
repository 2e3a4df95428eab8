"""Inline suppressions: comments in a draft that set a flag aside.

    <!-- claimbook: allow promised-cure because "the study's own title",
         owner: Editorial, until: 2027-01-31 -->

Inside a paragraph, heading, list item or table row a comment applies to that block; on its own
line, to the next one. A flag on the whole draft is set aside by a comment anywhere in it. It holds
for a year at most, and what evidence contradicts only two people set aside ("owner: Editorial,
second: Legal"). A comment that lacks something, has expired, names no rule or sets nothing aside is
itself flagged, and only a complete one that has not expired does anything.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claimbook.records import Category, Flag, Severity, Verdict, did_you_mean, join_flags
from claimbook.records.quotes import mixed_words, normalize
from claimbook.vetting.drafts.draft import Directive, Draft
from claimbook.vetting.results import SentenceResult, VetResult

COMMENT, BASELINE = "comment", "baseline"  # what sets a flag aside
EXAMPLE = 'claimbook: allow RULE because "REASON", owner: NAME, until: YYYY-MM-DD'
# What is flagged about a draft's own form: how much each matters, and what it means.
KINDS: Mapping[str, tuple[Severity, str]] = {
    "bare-suppression": (
        Severity.ERROR,
        "Suppression without a rule, reason, owner, last day or needed second name; ignored.",
    ),
    "expired-suppression": (Severity.WARNING, "Suppression past its last day; ignored."),
    "unknown-suppression": (Severity.ERROR, "Suppression of an unknown rule; ignored."),
    "unused-suppression": (
        Severity.WARNING,
        "Suppression of a rule that flags nothing there; remove it.",
    ),
    "unread-part": (
        Severity.WARNING,
        "Part of the draft that may hold words and is not read; a person must read it.",
    ),
    "mixed-alphabets": (
        Severity.WARNING,
        "A word with letters of another alphabet that look alike; it is read as it looks.",
    ),
}
_RULE = re.compile(r"allow\s+([\w-]{1,100})\s*,?", re.IGNORECASE)
_ANOTHER = re.compile(r"\s*(?!because\b|owner\b|until\b)([\w-]{1,100})", re.IGNORECASE)
_REASON = re.compile(
    r"\bbecause\b:?\s*(?:\"([^\"]*)\"|“([^”\"]*)[”\"]|'((?:[^']|'(?=\w))*)'|([^,;]*))",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\bowner:\s*([^,;]+)", re.IGNORECASE)
_SECOND = re.compile(r"\bsecond:\s*([^,;]+)", re.IGNORECASE)
_UNTIL = re.compile(r"\buntil:\s*([^\s,;]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")  # a reason has two that differ
_LINE_INK = re.compile(r"^[^\S\n]*+(\S)", re.MULTILINE)  # the first that is seen of a line
_LONGEST = timedelta(days=366)
_MAX_LENGTH = 2_000  # letters of a comment that are read


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment as read: what it sets aside, why, who answers for it, and its last day.

    `seconded`: a second person answers for it, too, and `owner` names both.
    """

    directive: Directive
    rule: str
    reason: str
    owner: str
    until: date | None
    lacks: tuple[str, ...]
    seconded: bool = False


@dataclass(frozen=True, slots=True)
class SuppressedFlag:
    """A flag set aside, by what and why; `sentence` is None for a flag on the whole draft."""

    flag: Flag
    sentence: SentenceResult | None
    by: str
    reason: str
    owner: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FinalResult:
    """A vetted draft without the flags that were set aside, and those flags."""

    draft: Draft
    vetted: VetResult
    suppressed: tuple[SuppressedFlag, ...] = ()


def read_suppression(directive: Directive) -> Suppression:
    """Read a comment that speaks to us."""
    text = directive.said[:_MAX_LENGTH]
    rule = _RULE.match(text)
    rest = text[rule.end() :] if rule else text
    another = _ANOTHER.match(rest) if rule else None
    because = _REASON.search(rest)
    if because:
        rest = rest[: because.start()] + rest[because.end() :]
    reason = next((group.strip() for group in because.groups() if group), "") if because else ""
    reason = reason if len(set(_WORD.findall(reason.lower()))) > 1 else ""
    owner, second, until = (part.search(rest) for part in (_OWNER, _SECOND, _UNTIL))
    name, other = (each[1].strip() if each else "" for each in (owner, second))
    letters, of_other = ("".join(filter(str.isalpha, normalize(n).lower())) for n in (name, other))
    name = name if letters else ""
    seconded = bool(letters and of_other) and letters != of_other
    name = f"{name} and {other}" if seconded else name
    day: date | None = None
    lacks = []
    if until:
        try:
            day = date.fromisoformat(until[1].strip("\"'“”"))
        except ValueError:
            lacks.append(f"a last day as YYYY-MM-DD (not {until[1]!r})")
    parts = {"a rule": rule, "a reason": reason, "an owner": name, "a last day": until}
    lacks += [part for part, given in parts.items() if not given]
    if another:
        lacks.append(f"a comment of its own for {another[1]!r}")
    allowed = rule[1].lower() if rule else ""
    return Suppression(directive, allowed, reason, name, day, tuple(lacks), seconded)


def apply_suppressions(
    vetted: VetResult, draft: Draft, rules: Collection[str], today: date
) -> FinalResult:
    """Take out the flags that a draft's comments set aside, and flag what its form hides.

    Comments at fault are flagged, and what is not read or not what it looks like.
    """
    faults = list(_form(draft))
    active: list[Suppression] = []
    # By rule, in the order of the text; blocks are lines, so their ends rise as their starts do.
    spans: dict[str, list[tuple[int, int, Suppression]]] = {}
    inks = [match.start(1) for match in _LINE_INK.finditer(draft.text)]
    for suppression in map(read_suppression, draft.directives):
        if fault := _fault(suppression, rules, today, draft):
            faults.append(fault)
        else:
            active.append(suppression)
            span = _block(draft, inks, suppression.directive.at)
            spans.setdefault(suppression.rule, []).append((*span, suppression))
    suppressed: list[SuppressedFlag] = []
    used: set[int] = set()
    alone: set[int] = set()  # where it takes two

    def keep(flag: Flag, sentence: SentenceResult | None) -> bool:
        comments = spans.get(flag.rule, [])
        first = bisect_right(comments, sentence.start, key=lambda span: span[1]) if sentence else 0
        if first == len(comments) or (sentence and comments[first][0] >= sentence.end):
            return True
        by = comments[first][2]
        used.add(id(by))
        if flag.verdict >= Verdict.CONTRADICTED and not by.seconded:
            alone.add(id(by))
            return True
        suppressed.append(SuppressedFlag(flag, sentence, COMMENT, by.reason, by.owner, by.until))
        return False

    kept = filter_flags(vetted, keep)
    for suppression in active:
        if id(suppression) not in used:
            message = f"{suppression.rule} flags nothing here; remove this comment"
            faults.append(_flag("unused-suppression", message, suppression.directive.source, draft))
        elif id(suppression) in alone:
            message = "this comment lacks a second name (second: NAME): evidence contradicts this"
            faults.append(_flag("bare-suppression", message, suppression.directive.source, draft))
    faults.sort(key=lambda flag: flag.at)
    return FinalResult(
        draft, replace(kept, document_flags=(*kept.document_flags, *faults)), tuple(suppressed)
    )


def filter_flags(
    vetted: VetResult, keep: Callable[[Flag, SentenceResult | None], bool]
) -> VetResult:
    """A vetted draft with the flags for which *keep* holds (None: flags on the whole draft)."""

    def kept(flags: Iterable[Flag], sentence: SentenceResult | None) -> tuple[Flag, ...]:
        parts = ([part for part in flag.parts if keep(part, sentence)] for flag in flags)
        return tuple(join_flags(some) for some in parts if some)

    whole = kept(vetted.document_flags, None)
    missed = {flag.rule for flag in whole}
    return replace(
        vetted,
        sentences=tuple(
            replace(sentence, flags=kept(sentence.flags, sentence)) if sentence.flags else sentence
            for sentence in vetted.sentences
        ),
        document_flags=whole,
        left_out=vetted.left_out and tuple(each for each in vetted.left_out if each.rule in missed),
    )


def _block(draft: Draft, inks: Sequence[int], at: int) -> tuple[int, int]:
    """The line that a comment applies to: its own if words precede it, else the next one."""
    starts = draft.text_lines
    line = bisect_right(starts, at) - 1
    before = bisect_left(inks, at)
    if not before or inks[before - 1] < starts[line]:
        next_ink = inks[before] if before < len(inks) else len(draft.text)
        line = bisect_right(starts, next_ink) - 1
    is_last = line + 1 == len(starts)
    return starts[line], len(draft.text) if is_last else starts[line + 1] - 1


def _fault(
    suppression: Suppression, rules: Collection[str], today: date, draft: Draft
) -> Flag | None:
    """What is wrong with a comment before it is applied."""
    rule, until, at = suppression.rule, suppression.until, suppression.directive.source
    if suppression.lacks:
        message = f"this comment lacks {', '.join(suppression.lacks)}"
        return _flag("bare-suppression", message, at, draft, f"<!-- {EXAMPLE} -->")
    if rule not in rules:
        repair = did_you_mean(rule, rules) or "claimbook explain lists the rules"
        message = f"there is no rule {rule!r}; {repair}"
        return _flag("unknown-suppression", message, at, draft)
    if until is not None and until < today:
        message = f"the suppression of {rule} by {suppression.owner} expired on {until.isoformat()}"
        return _flag("expired-suppression", message, at, draft)
    if until is not None and until > today + _LONGEST:
        message = f"this comment lacks a last day within a year (not {until.isoformat()})"
        return _flag("bare-suppression", message, at, draft)
    return None


def _form(draft: Draft) -> Iterator[Flag]:
    """What is not read in a draft, and what is not the letter that it looks like."""
    for part in draft.unread:
        yield _flag("unread-part", f"not read: {part.what}", part.source, draft)
    for start, word, looks in mixed_words(draft.text):
        message = f"{word!r} mixes alphabets; read as {looks!r}"
        yield _flag("mixed-alphabets", message, draft.origin(start), draft)


def _flag(kind: str, message: str, place: int, draft: Draft, suggestion: str | None = None) -> Flag:
    """A flag on a draft's form, at its place in the file."""
    at = draft.location(min(place, len(draft.source)))
    message, severity = f"{message} (line {at.line})", KINDS[kind][0]
    return Flag(kind, Category.RECORD, severity, message, at, "draft", suggestion=suggestion)
