"""How strongly a passage words what it says: a step on the wording ladder.

0 asks, plans, denies · 1 "is being studied" · 2 "may", "some people" · 3 "suggests", "is associated with" · 4 "probably",
"can help" · 5 "helps", "reduces", "most people", or stated as plain fact · 6 "proven", "will", "stops" · 7 "cures",
"guaranteed", "permanently".

Source: Santesso et al. 2020, GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014 (plain statement for high, "likely" for
moderate, "may" for low certainty). The finer steps and the lists of words are this project's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claimbook.evidence import Certainty

# The highest step each certainty allows.
CEILINGS = {Certainty.HIGH: 6, Certainty.MODERATE: 4, Certainty.LOW: 3, Certainty.VERY_LOW: 2, Certainty.NONE: 1}
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
FACT = 5

_PEOPLE = r"(?:people|patients|individuals|users|cases|clients|sufferers)"
_LADDER = {
    1: rf"(?:is|are|was|were|been|being) (?:being )?(?:studied|explored|investigated|researched|tested)|being (?:studied|explored|investigated)"
    rf"|under (?:study|investigation)|ongoing (?:studies|trials|research)|more research|(?:not|isn't|is not) (?:yet )?known|unproven",
    2: rf"may|might|could|possibly|potential(?:ly)?|perhaps|some|select(?:ed)? (?:{_PEOPLE})|sometimes|considered|an? option",
    3: r"suggest(?:s|ed|ing)?|associated with|linked (?:to|with)|appears?|seems?|report(?:s|ed)?|describe(?:s|d)?|thought to|believed to"
    r"|tends? to|said to|according to|vary|varies|variable",
    4: rf"can|probably|likely|often|generally|typically|usually|commonly|frequently|many|a good option",
    5: rf"help(?:s|ed|ing|ful)?|reduc(?:e|es|ed|ing)|reliev(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|lower(?:s|ed|ing)?|eas(?:e|es|ed|ing)"
    rf"|calm(?:s|ed|ing)?|shorten(?:s|ed|ing)?|block(?:s|ed|ing)?|inhibit(?:s|ed|ing)?|interrupt(?:s|ed|ing)?|boost(?:s|ed|ing)?"
    rf"|enhanc(?:e|es|ed|ing)|restor(?:e|es|ed|ing)|repair(?:s|ed|ing)?|reset(?:s|ting)?|rewir(?:e|es|ed|ing)|work(?:s|ed|ing)?|treat(?:s|ed|ing)"
    rf"|prevent(?:s|ed|ing)?|provid(?:e|es|ed|ing)|offer(?:s|ed|ing)?|deliver(?:s|ing)|last(?:s|ed|ing)|maintain(?:s|ed|ing)?|effective|most"
    rf"|show(?:s|ed|ing)?|found|highlights?|experienc(?:e|es|ed)|change(?:s|d)|changing",
    6: r"proven|proves?|will|stop(?:s|ped|ping)?|always|never|definite(?:ly)?|clear(?:ly)? shows?"
    r"|ensur(?:e|es|ed|ing)|complete(?:ly)?|eliminat(?:e|es|ed|ing)|demonstrat(?:e|es|ed|ing)|revolutioni[sz](?:e|es|ed|ing)",
    7: r"cur(?:e|es|ed|ing)|guarante(?:e|es|ed|eing)|permanent(?:ly)?|for good|forever|risk[- ]free|miracle|100 ?%",
}
_FIRM = r"effectively|significant(?:ly)?|dramatic(?:ally)?|highly effective"  # fact, and not made milder by "can"
_TOKEN = re.compile(
    "|".join(
        [
            r"(?P<turn>[.;:!]+(?=\s|$)|\b(?:but|although|though|while|whereas|however)\b)",
            r"(?P<ask>\?)",
            r"(?P<both>\b(?:not|doesn't|isn't|don't) (?:only|just|merely|simply)\b|\bno doubt\b)",
            rf"(?P<firm>\b(?:{_FIRM})\b)",
            *(rf"(?P<s{step}>\b(?:{words})(?!\w))" for step, words in sorted(_LADDER.items(), reverse=True)),
            r"(?P<no>\b(?:not|never|no|cannot|without|neither|nor|nobody|none)\b|\w+n't\b)",
            r"(?P<word>\w[\w'-]*)",
        ]
    ),
    re.IGNORECASE,
)
_REACH = 4  # words: how far a "not" reaches


@dataclass(frozen=True, slots=True)
class Wording:
    """The step on the ladder, and the words that put the passage there."""

    step: int
    words: tuple[str, ...]


@lru_cache(maxsize=100_000)
def wording(passage: str) -> Wording:
    """How strongly a passage is worded.

    Negation and questions are read first: what is denied or asked is on step 0. Then hedges: a verb in the reach of "may" or
    "suggests" stands no higher than its hedge, and "can" brings a plain verb to step 4. Words of certainty ("will",
    "significantly") are lowered by hedges up to step 3, not by "can". A passage with none of these words states a fact.

    Args:
        passage: the words of a page or a draft, one sentence or less as a rule.
    Returns:
        The highest step among its clauses; 0 for an empty passage.
    """
    clauses = list(_clauses(passage.replace("’", "'")))
    spoken = [clause for clause in clauses if clause.step is not None]
    if spoken:
        top = max(clause.step or 0 for clause in spoken)
        words = dict.fromkeys(word for clause in spoken if clause.step == top for word in clause.words)
        return Wording(top, tuple(words))
    if all(clause.denied for clause in clauses):
        return Wording(0, ())
    return Wording(FACT, ())


_DENIAL = re.compile(r"\b(?:not|never|no|cannot|without|neither|nor|unlike)\b(?! (?:only|just|merely|simply)\b)|n't\b", re.IGNORECASE)


def affirmed(pattern: re.Pattern[str], passage: str) -> Iterator[re.Match[str]]:
    """Where a pattern stands in a passage without being denied ("not a cure") or asked ("a cure?")."""
    plain = passage.replace("’", "'")
    for match in pattern.finditer(plain):
        before = re.split(r"[.;:!?]\s", plain[: match.start()])[-1].split()[-_REACH:]
        after = re.match(r"[^.;:!?]*(\?)?", plain[match.end() :])
        if not _DENIAL.search(" ".join(before)) and not (after and after[1]):
            yield match


@dataclass(slots=True)
class _Clause:
    """One clause: its step (None: no word of the ladder), the words behind it, whether it only denies or asks."""

    step: int | None
    words: list[str]
    denied: bool


def _clauses(passage: str) -> Iterator[_Clause]:
    marks: list[tuple[int, str, bool, bool]] = []  # step, word, denied, firm
    position, last_no, blank, no = 0, -99, True, False

    def close(asked: bool) -> _Clause:
        hedges = [(step, word) for step, word, _, _ in marks if step <= 4]
        claims = [(step, firm, word) for step, word, denied, firm in marks if step > 4 and not denied]
        if asked:
            return _Clause(0 if marks else None, [], True)
        if not marks:
            return _Clause(None, [], no)
        if claims:
            low = min(hedges, default=(9, ""))
            top = max(claims)
            capped = min(top[0], low[0]) if low[0] <= 3 or not top[1] else top[0]
            return _Clause(capped, [low[1], top[2]] if capped < top[0] else [top[2]], False)
        if hedges and not (no and len(hedges) < len(marks)):
            return _Clause(0 if no else min(hedges)[0], [] if no else [min(hedges)[1]], no)
        return _Clause(0, [], True)

    for match in _TOKEN.finditer(passage):
        group = match.lastgroup or ""
        if group in ("turn", "ask"):
            if not blank:
                yield close(group == "ask")
            marks, last_no, blank, no = [], -99, True, False
            continue
        position += 1
        blank = False
        if group == "no":
            last_no, no = position, True
        elif group != "word" and group != "both":
            step = FACT if group == "firm" else int(group[1:])
            denied = step > 4 and position - last_no <= _REACH
            marks.append((step, match[0].lower(), denied, group == "firm" or step > FACT))
    if not blank:
        yield close(False)
