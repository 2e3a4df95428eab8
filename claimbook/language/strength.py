"""How strongly a passage words what it says: a step on the wording ladder.

0 asks, plans, denies · 1 "is being studied" · 2 "may", "some people" · 3 "suggests", "is associated
with" · 4 "probably", "can help" · 5 "helps", "reduces", "most people", or stated as plain fact ·
6 "proven", "will", "stops" · 7 "cures", "guaranteed", "permanently".

The words of each step are in `en/ladder.txt`.

Source: Santesso et al. 2020, GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014 (plain
statement for high, "likely" for moderate, "may" for low certainty). The finer steps and the lists
of words are this project's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from claimbook.language.clauses import FACT, PROMISE, Clause, Mark, read_clauses
from claimbook.language.phrases import words

STEP_WORDS = {
    0: "asks, plans or denies",
    1: "says that it is being studied",
    2: "says that it may",
    3: "says that it seems to",
    4: "says that it can or often does",
    5: "states it as fact",
    6: "states it as certain",
    7: "promises it",
}
_SOFT = 3  # a hedge up to this step makes milder even what is certain
_ODDS = words("ladder", "odds")


@dataclass(frozen=True, slots=True)
class Wording:
    """The step on the ladder, and the words that put the passage there."""

    step: int
    words: tuple[str, ...]


_NONE = Wording(0, ())


@lru_cache(maxsize=100_000)
def wording(passage: str, denying: bool = False) -> Wording:
    """How strongly a passage is worded.

    Denials and questions are read first: what is denied or asked is on step 0. Then hedges: a verb
    in the reach of "may" or "suggests" stands no higher than its hedge, and "can" brings a plain
    verb to step 4. Words of certainty ("will", "significantly") are lowered by hedges up to step 3
    and by "probably", not by "can". A passage with none of these words states a fact. "Does it
    work? Yes." says that it works.

    Args:
        passage: the words of a page or a draft, one sentence or less as a rule.
        denying: read a denial as the claim, as of harm: "has no risks" then states a fact, and
            "will never scald" is certain.
    Returns:
        The highest step among its clauses; 0 for an empty passage.
    """
    clauses = read_clauses(passage, denying)
    readings = [(clause, _clause_wording(clause)) for clause in clauses]
    top = max((reading.step for _, reading in readings if reading), default=None)
    if top:
        tops = [reading.words for _, reading in readings if reading and reading.step == top]
        return Wording(top, tuple(dict.fromkeys(word for group in tops for word in group)))
    bare = [clause for clause, reading in readings if reading is None and not clause.silent]
    if any(top is None or clause.states for clause in bare):
        return Wording(FACT, ())
    return _NONE


def _clause_wording(clause: Clause) -> Wording | None:
    """The wording of a clause; None where it has no word of the ladder."""
    if clause.asked:
        asked = _strongest(clause)
        return Wording((asked and asked.step) or FACT, ()) if clause.confirmed else _NONE
    return _strongest(clause)


def _strongest(clause: Clause) -> Wording | None:
    """The strongest claim of a clause as its hedges leave it, or else its mildest hedge."""
    hedges = [mark for mark in clause.marks if not mark.claims and mark.place != "condition"]
    own = [mark for mark in hedges if not mark.place]
    claims = [
        mark
        for mark in clause.marks
        if mark.claims and not mark.denied and (mark.place != "condition" or mark.step == PROMISE)
    ]
    softest, softest_own = _softest(hedges, clause), _softest(own, clause)
    odds = _softest([hedge for hedge in own if hedge.word in _ODDS], clause)
    readings = []
    for mark in sorted(claims, key=lambda mark: not mark.firm):  # of equals, the firm word is named
        hedge = (softest if mark.place == "aside" else softest_own)[mark.predicate]
        sure = mark.firm and not odds[mark.predicate]
        if hedge and hedge.step < mark.step and (hedge.step <= _SOFT or not sure):
            readings.append(Wording(hedge.step, (hedge.word, mark.word)))
        else:
            readings.append(Wording(mark.step, (mark.word,)))
    if readings:
        return max(readings, key=lambda reading: reading.step)
    if hedge := softest_own[-1] or softest[-1]:
        return _NONE if clause.denies else Wording(hedge.step, (hedge.word,))
    if any(mark.denied and not mark.place for mark in clause.marks):
        return _NONE
    return None


def _softest(hedges: Iterable[Mark], clause: Clause) -> list[Mark | None]:
    """By predicate of a clause, the first of the softest hedges in it and in those before it."""
    predicates = 1 + max((mark.predicate for mark in clause.marks), default=0)
    softest: list[Mark | None] = [None] * predicates
    for hedge in hedges:
        so_far = softest[hedge.predicate]
        if so_far is None or hedge.step < so_far.step:
            softest[hedge.predicate] = hedge
    return list(accumulate(softest, _softer))


def _softer(before: Mark | None, hedge: Mark | None) -> Mark | None:
    if before is None or (hedge and hedge.step < before.step):
        return hedge
    return before
