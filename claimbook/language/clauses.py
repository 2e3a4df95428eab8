"""The clauses of a passage as its small words shape them: what is hedged, denied, set aside, asked.

A passage is read once, word by word, in time linear in its length. What a word does depends on what
stands open before it:

* a *denial* ("not", "no", "nobody") reaches the next words of its clause, over lists ("not a cure,
  a guarantee or a miracle"), up to a new predicate ("and it helps"); "not only" denies nothing;
* an *aside* ("people who …", "pathways that …") keeps its hedges and denials to itself: whom other
  treatments may not help says nothing about this one;
* *brackets* keep their denials ("(not recorded)"), unless they hold one word: "(not)";
* "how" after what is studied *presupposes*: studies of how it can best bring relief say that it
  brings relief, studies of whether it does leave it open, and so do those of how well;
* a *condition* ("when nothing else works", "if you want relief") claims nothing unless it promises.

The words are data: `en/ladder.txt` and `en/clauses.txt`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from claimbook.language.phrases import (
    TOKEN,
    PhraseTable,
    alternatives,
    pattern,
    phrases,
    plain,
    words,
)

FACT = 5  # the step of the ladder on which a plain statement stands
PROMISE = 7
REACH = 11  # words: how far a "not" reaches; half as far in an aside

_STEPS = ("7", "6", "5", "4", "3", "2", "1", "0")
_DENIALS = ("never", "denial", "contrast")
_SHAPES = (
    *("only", *_DENIALS, "turn", "predicate", "aside", "whether", "condition"),
    *("presupposes", "degree"),
)
_TABLE = PhraseTable(
    {kind: phrases("ladder")[kind] for kind in ("plain", *_STEPS, "firm")}
    | {kind: phrases("clauses")[kind] for kind in _SHAPES}
)
_STATES, _ASKS, _BACK, _LIST = (
    words("clauses", section) for section in ("states", "asks", "back", "list")
)
YES = re.compile(rf"\W*{alternatives('clauses', 'yes')}\b(?! not\b)", re.IGNORECASE)
_OPENS = re.compile(rf"\b{alternatives('clauses', 'opens')} $")
_AUXILIARIES = words("clauses", "auxiliaries")
_CARRIES, _RELATIVES = words("clauses", "carries"), words("clauses", "relatives")
_SUBJECTS = words("clause-breaks", "subjects")
_INSERTED = 8  # words that may be set in: "is not, as some say, a cure"
_LOOK_BACK = 20  # letters: no less than the longest of these phrases has
_SAYING, _STUDIED = (
    re.compile(pattern("clauses", section).pattern) for section in ("saying", "studied")
)
_STOPS = frozenset(".!?;")
_PAUSES = frozenset(",:—–-")
_BEFORE_LIST = frozenset(",:")  # the pauses after which a list goes on
_BRACKETS = frozenset("()")
_REST = frozenset("-%")  # how the rest of a compound or of a figure begins


@dataclass(slots=True)
class Mark:
    """A word of the ladder in a clause.

    Attributes:
        place: "", "aside" or "condition".
        predicate: in which predicate it stands, counted by the hedges that open one ("helps and
            may …"); a hedge softens nothing in those before.
    """

    step: int
    word: str
    place: str = ""
    firm: bool = False
    denied: bool = False
    predicate: int = 0

    @property
    def claims(self) -> bool:
        """Whether it claims something; else it is a hedge."""
        return self.step >= FACT


@dataclass(slots=True)
class Clause:
    """One clause: its marks, and what denies or asks it.

    Attributes:
        start: where it begins in the passage.
        marks: its words of the ladder, in order.
        denied: where its denials reach, as (start, end); all of it where it is a question.
        opening: its first word.
        denies: whether it denies something outside its asides.
        whether: whether it leaves something open ("whether it helps").
        states: whether it has a word such as "is".
        confirmed: whether it is a question that is answered with yes.
    """

    start: int = 0
    marks: list[Mark] = field(default_factory=list)
    denied: list[tuple[int, int]] = field(default_factory=list)
    count: int = 0
    opening: str = ""
    denies: bool = False
    whether: bool = False
    states: bool = False
    asked: bool = False
    confirmed: bool = False

    @property
    def silent(self) -> bool:
        """Whether it claims nothing where it has no word of the ladder."""
        return self.denies or self.asked or self.whether or self.opening in _ASKS


def read_clauses(passage: str, denying: bool = False) -> tuple[Clause, ...]:
    """The clauses of a passage, in order; those without a word are left out.

    Args:
        passage: the words of a page or a draft.
        denying: read a denial as the claim, so that nothing is denied by it.
    """
    return _read(plain(passage), denying)


@lru_cache(maxsize=1_000)
def _read(passage: str, denying: bool) -> tuple[Clause, ...]:
    return tuple(_Reader(passage, denying).read())


class _Reader:
    """A passage, made plain, while it is read: the open clause, and what stands open in it."""

    clause: Clause
    place: str  # "aside" or "condition" while in one
    previous: Mark | None  # the mark of the word before
    never: Mark | None  # a "never" that has denied nothing yet
    saying: bool  # the word before opens what is said ("shows that"); so does the start
    bracket: int | None  # where an open bracket began
    inserted: bool  # a pause right after a denial set something in, up to the next pause
    concedes: bool  # the clause opens with "although" or the like, up to its first pause

    def __init__(self, passage: str, denying: bool) -> None:
        self.text = passage
        tokens = list(TOKEN.finditer(passage))
        self.words = [token[0] for token in tokens]
        self.starts = [token.start() for token in tokens]
        self.ends = [token.end() for token in tokens]
        self.denying = denying
        self.clauses: list[Clause] = []
        self.reach = self.since = 0  # how many more words a denial reaches; where it began
        self._open(0)

    def _open(self, start: int, concedes: bool = False) -> None:
        self.clause, self.place, self.concedes = Clause(start), "", concedes
        self.bracket, self.inserted = None, False
        self.previous, self.never, self.saying = None, None, True
        self.predicate = 0

    def read(self) -> list[Clause]:
        index = 0
        while index < len(self.words):
            word = self.words[index]
            if word in _STOPS:
                self._close(self.starts[index], asked=word == "?")
                index += 1
            elif word in _PAUSES:
                self._comma(index)
                index += 1
            elif word in _BRACKETS:
                self._bracket(index)
                index += 1
            else:
                kind, count = _TABLE.find(self.words, index) or ("plain", 1)
                if word[0] not in _REST:
                    self._phrase(kind, index, index + count)
                index += count
        self._close(len(self.text))
        return self.clauses

    def _comma(self, index: int) -> None:
        at = self.starts[index]
        if self.concedes:
            self._close(at)
        if self.inserted or self._sets_in(index):
            self.inserted = not self.inserted  # "is not, sadly, approved"
        elif self.words[index] not in _BEFORE_LIST or not self._is(index + 1, _LIST):
            self._end_denial(at)
        self.place, self.previous = "", None

    def _sets_in(self, index: int) -> bool:
        """Whether a pause right after a denial sets in what the next one closes."""
        word, before = self.words[index - 1], self.words[index - 2] if index > 1 else ""
        answers = word == "no" or (word == "not" and before not in _AUXILIARIES)
        if self.reach != REACH or self.place or answers:
            return False
        ahead = self.words[index + 1 : index + 2 + _INSERTED]
        closing = next((word for word in ahead if word in _PAUSES | _STOPS), "")
        goes_on = bool(ahead) and ahead[0].partition("'")[0] not in _SUBJECTS
        return goes_on and closing in _PAUSES and self.words[index] != ":"

    def _bracket(self, index: int) -> None:
        if self.words[index] == "(" and not self._is(index + 2, {")"}):
            self.bracket, self.previous = self.starts[index], None
        elif self.bracket is not None:
            if self.since > self.bracket:
                self._end_denial(self.starts[index])
            self.bracket = None

    def _phrase(self, kind: str, index: int, end: int) -> None:
        """Take in a phrase of the table, or a plain word."""
        at, word = self.starts[index], self.text[self.starts[index] : self.ends[end - 1]]
        if kind == "presupposes" and any(_STUDIED.match(mark.word) for mark in self.clause.marks):
            self._close(at)
        if kind == "turn" and not self.inserted:
            self._close(at, concedes=not self.clause.count)
            return
        clause = self.clause
        clause.count += 1
        clause.opening = clause.opening or word
        clause.states |= word in _STATES
        before, self.previous = self.previous, None
        if kind not in _DENIALS and self._opens_after_without(index):
            self._end_denial(at)
        if kind in _DENIALS:
            self._deny(kind, word, at, before)
        elif kind == "predicate":
            self._end_denial(at)
        elif kind == "aside":
            opens = word.startswith("that") and self.saying
            self.place = self.place or ("" if opens else "aside")
        elif kind in ("whether", "condition"):
            clause.whether |= kind == "whether" and clause.count > 1
            remark = word == "where" and self._is(index - 1, _PAUSES)
            self.place = "aside" if remark else "condition"
        elif kind not in ("plain", "only", "turn", "presupposes", "degree"):
            self._mark(FACT if kind == "firm" else int(kind), word, kind == "firm", index, end)
        self.saying = kind in ("3", "1") or _SAYING.match(word) is not None
        if self.reach == 1 and kind not in _DENIALS:
            self._end_denial(self.ends[end - 1])
        elif self.reach and kind not in _DENIALS:
            self.reach -= 1

    def _opens_after_without(self, index: int) -> bool:
        """Whether a word begins what "without …" does not deny: "without care it can …".

        Nor does it deny what something does without a thing: "use without care carries risks".
        """
        denying = 0 < self.reach < REACH and self.text.startswith("without", self.since)
        if not denying:
            return False
        before, word, *after = self.words[index - 1 : index + 2]
        if word in _CARRIES:
            return before not in _RELATIVES
        return word in _SUBJECTS and bool(after) and after[0] in _AUXILIARIES

    def _deny(self, kind: str, word: str, at: int, before: Mark | None) -> None:
        self._end_denial(at)
        if kind == "never" and not self.place:
            self.never = Mark(6, word, firm=True, predicate=self.predicate)
            self.clause.marks.append(self.never)
        if self.denying:
            return
        outside = not self.place and self.bracket is None
        self.clause.denies |= kind == "denial" and outside
        self.reach, self.since = REACH // 2 if self.place else REACH, at
        if word in _BACK and before and before.claims:
            before.denied = True
        elif word in _BACK and before and self.place:
            self.clause.marks.pop()

    def _mark(self, step: int, word: str, firm: bool, index: int, end: int) -> None:
        # A new predicate: "patients who have not responded will …".
        if word == "will" and self.place and not self._is(end, {"not"}):
            self._end_denial(self.starts[index])
            self.place = ""
        mark = Mark(step, word, self.place, firm or step > FACT, self.reach > 0 and step >= FACT)
        at = self.starts[index]
        opens = step < FACT and _OPENS.search(self.text, max(at - _LOOK_BACK, 0), at)
        mark.predicate = self.predicate = self.predicate + bool(opens)
        if mark.denied and self.never:
            self.never.denied, self.never, self.clause.denies = True, None, True
        self.clause.marks.append(mark)
        self.previous = mark

    def _end_denial(self, at: int) -> None:
        if self.reach and not self.denying:
            self.clause.denied.append((self.since, at))
        self.reach = 0

    def _close(self, at: int, asked: bool = False, concedes: bool = False) -> None:
        """End the open clause, and open the next."""
        self._end_denial(at)
        clause = self.clause
        if clause.count:
            if asked:
                clause.asked, clause.denied = True, [(clause.start, at)]
            elif self.clauses and self.clauses[-1].asked and YES.match(self.text, clause.start):
                self.clauses[-1].confirmed = True
            self.clauses.append(clause)
        self._open(at, concedes)

    def _is(self, index: int, choices: Collection[str]) -> bool:
        return 0 <= index < len(self.words) and self.words[index] in choices
