"""How strongly a passage words what it says: a step on the wording ladder.

0 asks, plans, denies · 1 "is being studied" · 2 "may", "some people" · 3 "suggests", "is associated with" · 4 "probably",
"can help" · 5 "helps", "reduces", "most people", or stated as plain fact · 6 "proven", "will", "stops" · 7 "cures",
"guaranteed", "permanently".

A passage is read once, word by word, in time linear in its length. What each word does depends on what stands open:

* a *denial* ("not", "no", "nobody") reaches the next words of its clause, over lists ("not a cure, a guarantee or a
  miracle"), up to a new predicate ("and it helps"); "not only" denies nothing;
* an *aside* ("people who …", "pathways that …") keeps its hedges and denials to itself: whom other treatments may not
  help says nothing about this one;
* a *condition* ("when nothing else works", "if you want relief") claims nothing, unless it promises (step 7).

Source: Santesso et al. 2020, GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014 (plain statement for high, "likely" for
moderate, "may" for low certainty). The finer steps and the lists of words are this project's.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

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

_PEOPLE = r"(?:people|patients?|individuals|users|cases|clients|sufferers|adults|participants|women|men|of (?:the|our|those|them|these))"
_SAY = r"(?:report|reported|find|found|feel|felt|say|said|notice|noticed|experience|experienced|describe|described|respond|responded|see)"
_HARMS = r"(?:side|adverse|risks?|harms?|complications?|dangers?|problems?)\b"
_WHEN = r"(?:for|when|if|after|on|in)\b"
_LADDER = {
    0: r"aims? to|intends? to|(?:we hope|hopes|hoping|we plan|planning|trying) to|goal is to",
    1: r"(?:is|are|was|were|been|being) (?:being )?(?:studied|explored|investigated|researched|tested)"
    r"|under (?:study|investigation)|ongoing (?:studies|trials|research)|more research"
    r"|(?:not|isn't|aren't) (?:yet )?(?:known|clear|certain)|unproven|unknown|unclear|uncertain"
    r"|(?:nobody|no one|no study) (?:yet )?(?:knows|can say)|(?:do not|don't) (?:yet )?know"
    r"|(?:not|never|hardly|barely) (?:yet )?been (?:studied|shown|established|confirmed)",
    2: rf"(?<!in )may(?! \d)|might|could|possibly|(?:is|a|one) possible(?! {_HARMS})|potential(?:ly)?(?! {_HARMS})|perhaps|maybe"
    rf"|some (?:\w+ )?{_PEOPLE}|some {_SAY}|for some|select(?:ed)? {_PEOPLE}|sometimes|occasionally"
    rf"|considered(?= {_WHEN})|an? option|a few {_PEOPLE}",
    3: rf"suggest(?:s|ed|ing)?|associated with|linked (?:to|with)|appears?|seems?|report(?:s|ed)?"
    rf"|describe(?:s|d)?|(?:thought|believed|considered)(?! {_WHEN})"
    r"|tends? to|said to|according to|vary|varies|variable",
    4: rf"can|probably|likely|often|generally|typically|usually|commonly|frequently|many (?:\w+ )?{_PEOPLE}|many {_SAY}|for many"
    r"|a good option|should (?=(?:help|ease|work|improve|reduce|relieve|feel)\b)",
    5: rf"help(?:s|ed|ing|ful)?|reduc(?:e|es|ed|ing)|reliev(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|lower(?:s|ed|ing)?|eas(?:e|es|ed|ing)"
    r"|calm(?:s|ed|ing)?|shorten(?:s|ed|ing)?|block(?:s|ed|ing)?|inhibit(?:s|ed|ing)?|interrupt(?:s|ed|ing)?|boost(?:s|ed|ing)?"
    r"|enhanc(?:e|es|ed|ing)|restor(?:e|es|ed|ing)|repair(?:s|ed|ing)?|reset(?:s|ting)?|rewir(?:e|es|ed|ing)|work(?:s|ed|ing)?|treat(?:s|ed|ing)"
    r"|prevent(?:s|ed|ing)?|provid(?:e|es|ed|ing)|offer(?:s|ed|ing)?|deliver(?:s|ing)|last(?:s|ed|ing)|maintain(?:s|ed|ing)?|effective"
    rf"|most (?:\w+ )?{_PEOPLE}(?: (?:have )?(?:reported|report|said|say))?|most {_SAY}|show(?:s|ed|ing|n)?|found|highlights?",
    6: r"proven|proves?|will|\w+'ll|stop(?:s|ped|ping)?|(?<!should )(?<!must )always|(?:never|cannot|can't|won't|doesn't|does not) fails?"
    r"(?: to)?|definite(?:ly)?|undoubtedly|clear(?:ly)? shows?|ensur(?:e|es|ed|ing)|completely|complete(?! (?:the|this|an?|your|our|it)\b)"
    r"|eliminat(?:e|es|ed|ing)|demonstrat(?:e|es|ed|ing)|revolutioni[sz](?:e|es|ed|ing)|every (?:patient|person|one of)|everyone|everybody",
    7: r"cur(?:e|es|ed|ing|ative)|guarante(?:e|es|ed|eing)|permanent(?:ly)?|for good(?=\s*(?:[.,;!?]|$))|forever|once and for all"
    r"|risk[- ]free|miracle|100 ?%",
}
_FIRM = r"effectively|significant(?:ly)?|dramatic(?:ally)?"  # fact, and not made milder by "can"
_ODDS = frozenset(
    {"probably", "likely"}
)  # hedges that make milder even what is certain: "will probably help"
_NOT = r"(?:\bnot|\bnever|\bno|\w+n't)"
# Read over a passage in small letters. What no token begins with is skipped first, so that the ladder is tried at words only.
_TOKEN = re.compile(
    r"(?:[^\w.!;?,:—–\s]|\s(?!-\s))*(?:"
    + "|".join(
        [
            r"(?P<end>[.!](?=[\s\"”)\].!?]|$))",
            r"(?P<turn>;|\b(?:but|although|though|while|whereas|however)\b)",
            r"(?P<ask>\?)",
            r"(?P<comma>[,:](?=[\s\"”])|[—–](?=\w)|\s-\s)",
            r"(?P<fresh>\b(?:and|so|because)\s(?=(?:it|they|we|you|this|these|our|your|the|is|are|was|will|can|may|might|has|have|does|\w+s)\b))",
            rf"(?P<both>{_NOT} (?:only|just|merely|simply|alone)\b"
            r"|\bno (?:doubt|question|wonder|matter|longer)\b|\bwithout (?:doubt|success)\b)",
            *(
                rf"(?P<s{step}>(?<![\w-])(?:{words})(?!\w))"
                for step, words in sorted(_LADDER.items(), reverse=True)
            ),
            rf"(?P<firm>\b(?:{_FIRM})\b)",
            r"(?P<never>(?<!has )(?<!have )(?<!'ve )(?<!should )(?<!must )\bnever\b)",
            r"(?P<no>\b(?:not|never|no|nothing|nobody|none|nor|cannot|without|neither)\b|\b\w+n't\b|\bfail(?:s|ed)? to\b)",
            r"(?P<than>\b(?:unlike|instead of|rather than|far from|anything but|beware of|(?:wary|suspicious|sceptical|skeptical) of)\b)",
            r"(?P<aside>\b(?:who|whom|whose|which|that)\b)",
            r"(?P<whether>\bwhether\b)",
            r"(?P<if>\b(?:if|when|whenever|where|unless|once|until)\b)",
            r"(?P<word>\w[\w'-]*)",
        ]
    )
    + ")"
)
# What goes on with a list that is denied: "not a cure, a guarantee or a promise".
_LISTS = re.compile(r"\s(?:or|nor|an?|any|permanent|proven|guaranteed)\b", re.IGNORECASE)
_REACH = 11  # words: how far a "not" reaches; half as far in an aside
_BACK = frozenset(
    {"not", "no", "nothing", "none", "nobody"}
)  # right after a verb these deny it: "will not", "cures nothing"
_STATES = frozenset({"is", "are", "was", "were", "has", "have", "it's", "they're"})
_ASKS = frozenset(
    {"what", "why", "how", "who"}
)  # a heading that opens with one, and claims nothing else, asks
_SAYING = (  # stems of words after which "that" opens what is said, not an aside
    *(
        "show",
        "found",
        "find",
        "mean",
        "sa",
        "prov",
        "demonstrat",
        "highlight",
        "know",
        "promis",
        "guarant",
        "claim",
        "think",
    ),
    *("believ", "expect", "assur", "evidence", "sure", "certain"),
)
_YES = frozenset({"yes", "absolutely", "certainly"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The step on the ladder, and the words that put the passage there."""

    step: int
    words: tuple[str, ...]


@lru_cache(maxsize=100_000)
def wording(passage: str, denying: bool = False) -> Wording:
    """How strongly a passage is worded.

    Denials and questions are read first: what is denied or asked is on step 0. Then hedges: a verb in the reach of "may" or
    "suggests" stands no higher than its hedge, and "can" brings a plain verb to step 4. Words of certainty ("will",
    "significantly") are lowered by hedges up to step 3 and by "probably", not by "can". A passage with none of these words
    states a fact. "Does it work? Yes." says that it works.

    Args:
        passage: the words of a page or a draft, one sentence or less as a rule.
        denying: read a denial as the claim, as of harm: "has no risks" then states a fact, and "will never scald" is certain.
    Returns:
        The highest step among its clauses; 0 for an empty passage.
    """
    clauses = _clauses(_plain(passage), denying)
    steps = [clause.step for clause in clauses]
    top = max((step for step in steps if step is not None), default=None)
    if not top and any(
        step is None and not c.silent and (top is None or c.states)
        for step, c in zip(steps, clauses, strict=True)
    ):
        return Wording(FACT, ())
    if not top:
        return Wording(0, ())
    return Wording(
        top,
        tuple(
            dict.fromkeys(word for clause in clauses if clause.step == top for word in clause.words)
        ),
    )


def asserted_matches(pattern: re.Pattern[str], passage: str) -> Iterator[re.Match[str]]:
    """Where a pattern stands in a passage without being denied ("not a cure") or asked ("a cure?")."""
    plain = _plain(passage)
    if (first := pattern.search(plain)) is None:
        return
    spans = _denied(plain)
    starts = [start for start, _ in spans]
    for match in pattern.finditer(plain, first.start()):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or match.start() >= spans[index][1]:
            yield match


def negated_spans(passage: str) -> list[tuple[int, int]]:
    """Where a passage denies or asks: spans that begin at the "not"."""
    return _denied(_plain(passage))


@lru_cache(maxsize=1_000)
def _denied(plain: str) -> list[tuple[int, int]]:
    """Where a passage denies or asks."""
    return sorted(span for clause in _clauses(plain) for span in clause.denied)


def _plain(passage: str) -> str:
    return passage.replace("’", "'").replace("...", "…")


@dataclass(slots=True)
class _Mark:
    """A word of the ladder; `place` is "" in the clause itself, else what it stands in."""

    step: int
    word: str
    place: str
    firm: bool = False
    denied: bool = False

    @property
    def claims(self) -> bool:
        return self.step >= FACT


@dataclass(slots=True)
class _Clause:
    """One clause as it is read: its marks and what denies or asks it; then its step, None where it has no word of the ladder."""

    start: int = 0
    marks: list[_Mark] = field(default_factory=list)
    denied: list[tuple[int, int]] = field(
        default_factory=list
    )  # where a denial reaches, or all of a question
    words: tuple[str, ...] = ()
    step: int | None = None
    if_yes: int | None = None  # the step of a question that is answered with yes
    count: int = 0
    opening: str = ""
    no: bool = False
    whether: bool = False
    conceding: bool = False
    states: bool = False
    asked: bool = False

    @property
    def silent(self) -> bool:
        """Whether it denies, asks or is empty, so that having no word of the ladder does not make it a statement."""
        return self.no or self.asked or self.whether or not self.count or self.opening in _ASKS

    def read(self) -> None:
        """Set the step from the marks."""
        hedges = [mark for mark in self.marks if not mark.claims and mark.place != "if"]
        own = [mark for mark in hedges if not mark.place]
        claims = [
            mark
            for mark in self.marks
            if mark.claims and not mark.denied and (mark.place != "if" or mark.step == 7)
        ]
        best: tuple[int, tuple[str, ...]] | None = None
        softest = min(hedges, key=lambda hedge: hedge.step, default=None)
        softest_own = min(own, key=lambda hedge: hedge.step, default=None)
        odds = any(hedge.word in _ODDS for hedge in own)
        for mark in sorted(
            claims, key=lambda mark: not mark.firm
        ):  # of equal steps, the firm word is named
            low = softest if mark.place == "aside" else softest_own
            read: tuple[int, tuple[str, ...]] = mark.step, (mark.word,)
            if (
                low is not None
                and low.step < mark.step
                and (low.step <= 3 or odds or not mark.firm)
            ):
                read = low.step, (low.word, mark.word)
            if best is None or read[0] > best[0]:
                best = read
        if best is None and (low := softest_own or softest):
            best = (0, ()) if self.no else (low.step, (low.word,))
        if best is None and any(mark.denied and not mark.place for mark in self.marks):
            best = 0, ()
        if best is not None:
            self.step, self.words = best


def _clauses(passage: str, denying: bool = False) -> list[_Clause]:
    """The clauses of a passage with their steps, and where each is denied."""
    clauses: list[_Clause] = []
    clause, place, reach, since, said, fresh_sentence = _Clause(), "", 0, 0, False, True
    last: _Mark | None = None  # the mark that the token before was
    broken = False  # the token before was a comma
    absolute: _Mark | None = None  # a "never" that has denied nothing yet

    def hush(at: int) -> None:
        """End the reach of a denial."""
        nonlocal reach
        if reach and not denying:
            clause.denied.append((since, at))
        reach = 0

    def close(at: int, asked: bool = False) -> None:
        nonlocal clause, place, last, absolute, said
        hush(at)
        if clause.count:
            clause.read()
            if asked:
                clause.if_yes, clause.step, clause.words, clause.asked = (
                    clause.step or FACT,
                    0,
                    (),
                    True,
                )
                clause.denied = [(clause.start, at)]
            elif clause.opening in _YES and clauses and clauses[-1].asked:
                clauses[-1].step = clauses[-1].if_yes
            clauses.append(clause)
        clause, place, last, absolute, said = _Clause(at), "", None, None, False

    passage = passage.replace("İ", "I").lower()  # the one letter whose small form is longer
    for match in _TOKEN.finditer(passage):
        group = match.lastgroup or ""
        word, at = match[group], match.start(group)
        if group in ("end", "turn", "ask"):
            opens = group == "turn" and word != ";" and fresh_sentence and not clause.count
            close(at, group == "ask")
            clause.conceding, fresh_sentence = opens, group != "turn"
            continue
        if group == "comma":
            if clause.conceding:
                close(at)
            if not _LISTS.match(passage, match.end()):
                hush(at)
            place, last, broken = "", None, True
            continue
        clause.count += 1
        clause.opening = clause.opening or word
        fresh_sentence = False
        clause.states |= word in _STATES
        before, last = last, None
        if group == "fresh":
            hush(at)
        elif group == "aside":
            place = place or ("" if word == "that" and (said or clause.count == 1) else "aside")
        elif group in ("if", "whether"):
            clause.whether |= group == "whether" and clause.count > 1
            place = "aside" if word == "where" and broken else "if"
        elif group in ("no", "never", "than"):
            hush(at)
            if group == "never" and not place:
                absolute = _Mark(6, word, place, firm=True)
                clause.marks.append(absolute)
            if not denying:
                clause.no |= group == "no" and not place
                reach, since = (_REACH if not place else _REACH // 2), at
                if word in _BACK and before and before.claims:
                    before.denied = True
                elif word in _BACK and before and place:
                    clause.marks.pop()
        elif group not in ("word", "both"):
            step = FACT if group == "firm" else int(group[1:])
            # A new predicate: "patients who have not responded will …".
            if word == "will" and place and not passage.startswith(" not", match.end()):
                hush(at)
                place = ""
            last = _Mark(
                step, word, place, group == "firm" or step > FACT, reach > 0 and step >= FACT
            )
            if last.denied and absolute:
                absolute.denied, absolute, clause.no = True, None, True
            clause.marks.append(last)
        broken = False
        said = group in ("s3", "s1") or word.startswith(_SAYING)
        if reach and group not in ("no", "never", "than"):
            reach -= 1
            if not reach:
                reach = 1
                hush(match.end())
    close(len(passage))
    return clauses
