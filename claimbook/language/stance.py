"""What a sentence says of a claim: that it is so, may be, is not, is not known, is asked ...

A sentence names what a claim is about at some place. What stands around that place decides: a frame
("there is no evidence that …", "some clinics say that …", "it would be a mistake to think that …"),
and how often it is denied, since two denials affirm ("not without risks", "we never skip …"). The
frames are data, `en/stance.txt`; what a "not" reaches is read by `clauses`.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache, partial

from claimbook.language.clauses import Clause, Mark, read_clauses
from claimbook.language.phrases import Pattern, Span, alternatives, pattern, plain

_frames = partial(pattern, "stance")
REACH = 150  # letters before a place in which a denial may begin
_HEDGE = 3  # the highest step of the ladder on which a word says less than that it is so
_SUBJECT = 4  # words that may stand between a subject and what is denied of it
_MANY = 10  # denials after a place that are counted
_NESTED = 8  # words that may stand between two denials of which the one denies the other
_LIST = re.compile(r"(?:\b(?:and|or|nor|neither)|[,;:.(])\s*$")
_END = re.compile(r",| \band\b")  # where a word that denies by itself reaches no further
_APART = re.compile(r",|\b(?:unless|if|when|until|who|because)\b")  # then it denies no subject
_ASIDE = re.compile(r",(?! which\b)")  # then it is something else that is wrong
_BREAK = re.compile(rf"[;.!?]|,? \b{alternatives('clause-breaks', 'contrasts')}\b|\bfact:")


class Stance(StrEnum):
    """What a sentence says of a claim."""

    AFFIRMS = "affirms"  # it is so
    HEDGES = "hedges"  # it may be so
    DENIES = "denies"  # it is not so
    DOUBTS = "doubts"  # it is not known
    OPEN = "open"  # it is asked, or looked into
    ATTRIBUTES = "attributes"  # others say so
    CONDITIONAL = "conditional"  # it is so where something else is
    NONE = "none"  # it tells of something else


def stance(sentence: str, at: Span | None = None) -> Stance:
    """What a sentence says of what stands at a place in it.

    Args:
        sentence: one sentence, or a clause of one.
        at: where the words stand that name what the claim is about, as (start, end); without it,
            the end of the sentence.
    """
    read, at = _read(plain(sentence)), at or (max(len(sentence) - 1, 0), len(sentence))
    clause, part = read.clause(at[0]), read.part(at[0])
    if clause is None or read.elsewhere(at[0]):
        return Stance.NONE
    if clause.asked and not clause.confirmed:
        return Stance.OPEN
    turned = bool(part.wrong and part.wrong[0] <= at[0])
    for kind, found in (
        (Stance.DOUBTS, part.doubts(at)),
        (Stance.OPEN, clause.whether or "open" in part.frames),
        (Stance.ATTRIBUTES, "attributes" in part.frames and not turned),
        (Stance.CONDITIONAL, "conditional" in part.frames and not turned),
        (Stance.DENIES, part.turns(at) % 2 == 1),
        (Stance.HEDGES, "hedges" in part.frames or any(map(_hedges, clause.marks))),
    ):
        if found:
            return kind
    return Stance.AFFIRMS


def denies(sentence: str, at: Span, subject: bool = True, within: int = REACH) -> bool:
    """Whether what stands at a place is denied an odd number of times.

    Args:
        sentence: one sentence, or a clause of one.
        at: the place, as for `stance`.
        subject: whether a denial after the place may be of it, as of a subject.
        within: how many letters before the place the nearest denial may begin.
    """
    return _read(plain(sentence)).part(at[0]).turns(at, subject, within) % 2 == 1


def denied_twice(sentence: str, at: Span) -> bool:
    """Whether what stands at a place is denied and that again ("not without risks")."""
    turns = _read(plain(sentence)).part(at[0]).turns(at)
    return turns > 0 and turns % 2 == 0


def disclaimed(sentence: str, at: Span) -> bool:
    """Whether what stands at a place is doubted, or said to be wrong."""
    return _read(plain(sentence)).part(at[0]).doubts(at) or refuted(sentence, at)


def refuted(sentence: str, at: Span) -> bool:
    """Whether what stands at a place is said to be wrong ("a mistake to think")."""
    part = _read(plain(sentence)).part(at[0])
    before = part.wrong and part.wrong[0] <= at[0]
    after = [place for place in part.untrue[:_MANY] if place >= at[1]]
    between = part.text[at[1] - part.start : after[0] - part.start] if after else ""
    return bool(before or (after and not _ASIDE.search(between)))


def called_wrong(sentence: str) -> tuple[str, str]:
    """What a sentence says to be wrong, after it says so and before; empty where it is nothing."""
    text = plain(sentence)
    before = _frames("wrong").search(text)
    after = None if before else _frames("untrue").search(text)
    return sentence[before.end() :] if before else "", sentence[: after.start()] if after else ""


def begins_denial(sentence: str, at: Span) -> bool:
    """Whether the word at a place denies: then it is part of what is named ("never again")."""
    return at[0] in _read(plain(sentence)).part(at[0]).starts


def affirms(words: Pattern, sentence: str, subject: bool = True) -> bool | None:
    """Whether a sentence has some words and does not deny them; None where it has none.

    Args:
        words: in small letters.
        sentence: one sentence, or a clause of one.
        subject: as for `denies`.
    """
    places = (match.span() for match in words.finditer(plain(sentence)))
    denied = [denies(sentence, place, subject) for place in places]
    return not all(denied) if denied else None


def reassures(sentence: str) -> bool:
    """Whether a sentence makes harm small ("mild", "safe", "few")."""
    words = pattern("small-words", "strong"), _frames("reassures")
    return any(affirms(each, sentence, subject=False) for each in words)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence that stands against the rest of it; places are those of the sentence.

    Attributes:
        text: its words, from `start` on.
        denied: where denials begin and end, in order.
        starts: where they begin.
        wrong: where what is said to be wrong begins, in order.
        after: where words stand that deny what comes before them, in order, and whether they
            hold: they may be denied themselves ("not uncommon").
        untrue: where words begin that say of what comes before them that it is wrong, in order.
        divided: where words begin on which studies are divided, in order.
        frames: the kinds of frame that it has.
    """

    start: int
    text: str
    denied: list[Span]
    starts: frozenset[int]
    wrong: list[int]
    after: list[tuple[int, bool]] = field(default_factory=list)
    untrue: list[int] = field(default_factory=list)
    divided: list[int] = field(default_factory=list)
    frames: frozenset[str] = frozenset()

    def doubts(self, at: Span) -> bool:
        """Whether what stands at a place is not known."""
        return "doubts" in self.frames or bool(self.divided and self.divided[0] <= at[0])

    def turns(self, at: Span, subject: bool = True, within: int = REACH) -> int:
        """How often what stands at a place is denied."""
        first = bisect_left(self.denied, (at[0] - REACH, 0))
        last = bisect_left(self.denied, (at[0], 0))
        lows = [low for low, high in self.denied[first:last] if at[0] < high]
        reached = len(lows) if lows and lows[-1] >= at[0] - within else 0
        reached += bisect_right(self.wrong, at[0])
        after = bisect_left(self.after, (at[1], False))
        if after < len(self.after):
            return reached + sum(holds for _, holds in self.after[after : after + _MANY])
        following = bisect_left(self.denied, (at[1], 0))
        if subject and not reached and following < len(self.denied):
            start, end = at[1] - self.start, self.denied[following][0] - self.start
            between = self.text[start : min(end, start + REACH)]
            reached += not _APART.search(between) and len(between.split()) <= _SUBJECT
        return reached


class _Sentence:
    """A sentence, made plain, read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses = read_clauses(text)
        self._starts = [clause.start for clause in self.clauses]
        self._elsewhere = [match.span() for match in _frames("elsewhere").finditer(text)]
        breaks = _BREAK.finditer(text)
        cuts = [0, *(one.start() if one[0].endswith(":") else one.end() for one in breaks)]
        self._cuts = cuts
        self._parts = [
            _read_part(text[start:end], start)
            for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)
        ]

    def clause(self, at: int) -> Clause | None:
        """The clause in which a place is."""
        return self.clauses[max(bisect_right(self._starts, at) - 1, 0)] if self.clauses else None

    def part(self, at: int) -> _Part:
        """The part in which a place is."""
        return self._parts[bisect_right(self._cuts, at) - 1]

    def elsewhere(self, at: int) -> bool:
        """Whether a place is in words on other treatments."""
        index = bisect_right(self._elsewhere, (at, len(self.text))) - 1
        return index >= 0 and at < self._elsewhere[index][1]


@lru_cache(maxsize=1_000)
def _read(text: str) -> _Sentence:
    return _Sentence(text)


def _read_part(text: str, start: int) -> _Part:
    denied = [(start + low, start + high) for low, high in _denials(text)]
    called = [match.span() for match in _frames("wrong").finditer(text)]
    wrong = [start + end for _, end in called]
    # "Nobody should say" is one denial.
    calls = {start + low for low, _ in called}
    denied = [span for span in denied if span[0] not in calls]
    part = _Part(start, text, denied, frozenset(low for low, _ in denied), wrong)
    opposed = _frames("opposed").search(text)
    untrue = [
        start + match.start()
        for match in _frames("untrue").finditer(text)
        if not (opposed and opposed.start() < match.start())
    ]
    absent = [start + match.start() for match in _frames("absent").finditer(text)]
    after = sorted(
        # What is called untrue may be a denial itself ("that it is not so is untrue").
        [(at, True) for at in untrue]
        + [(at, part.turns((at, at), subject=False) % 2 == 0) for at in absent]
    )
    frames = frozenset(
        name
        for name in ("doubts", "open", "attributes", "conditional", "hedges")
        # A frame that is itself denied is none ("no lack of evidence"), but for a condition.
        if any(
            name == "conditional" or not part.turns((start + match.start(),) * 2, subject=False)
            for match in _framed(name, text)
        )
    )
    divided = [
        start + match.start()
        for match in _frames("divided").finditer(text)
        if not part.turns((start + match.start(),) * 2, subject=False)
    ]
    return replace(part, after=after, untrue=untrue, divided=divided, frames=frames)


def _denials(part: str) -> list[Span]:
    """Where a part of a sentence denies, from where to where; one denial may lie in another."""
    spans = sorted(span for one in read_clauses(part) if not one.asked for span in one.denied)
    denied = []
    for (low, high), following in zip(spans, [*spans, (0, 0)][1:], strict=True):
        # What ends where the next begins denies the next, too, unless the two are a list.
        a_list = _LIST.search(part, low, high) or part.startswith("nor ", high)
        nested = following[0] == high and not a_list
        reaches = nested and len(part[low:high].split()) <= _NESTED
        denied.append((low, following[1] if reaches else high))
    for match in _framed("denies", part):
        until = min(match.end() + REACH, len(part))
        stop = _END.search(part, match.end(), until)
        denied.append((match.start(), stop.start() if stop else until))
    return sorted(denied)


def _framed(name: str, part: str) -> list[re.Match[str]]:
    """The frames of a kind, but for those that take for granted what follows ("nobody denies")."""
    matches = list(_frames(name).finditer(part))
    if not matches:
        return []
    granted = [match.span() for match in pattern("clauses", "granted").finditer(part)]
    ends = [high for _, high in granted]

    def is_part(match: re.Match[str]) -> bool:
        after = bisect_right(ends, match.start())
        return after < len(granted) and granted[after][0] < match.end()

    return [match for match in matches if not is_part(match)]


def _hedges(mark: Mark) -> bool:
    return not mark.claims and 1 < mark.step <= _HEDGE and mark.place != "condition"
