"""Whether words take care, or make light of it.

What restrains is careful where it is said ("tell us", "a risk", "must") and light where it is
denied ("no need", "not a problem", "zero risk", "skip the tests"); a second denial turns it round
again ("never skip"). What else is denied is forbidden ("do not drive"). What is said in a condition
("if you are ill, …") is not said of the rest, and what was conceded ("they say avoid it, but …") is
not said at all. The words are data, `en/care.txt`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Flag, auto
from functools import lru_cache, partial
from itertools import accumulate, pairwise

from claimbook.language.phrases import Pattern, Span, alternatives, pattern
from claimbook.language.riders import riders
from claimbook.language.stance import called_wrong
from claimbook.records.quotes import normalize

_words = partial(pattern, "care")
_REACH = 10  # words after a denial in which it turns round what restrains
_SMALL = 30  # letters after a harm in which it is said to be small
_END = re.compile(
    r"[;()\[\]–—]|(?:(?<=\s)-|[:.!?])(?=\s|$)|(?<=\w)-(?=(?:not|no|never|we|you|it)\b)"
)
_MYTH = re.compile(r"(?:myth|fiction|misconception|false)\b[^:]{0,12}:")
_JOINED = re.compile(r"\b(?:and|or|nor|so)\b")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that|where)\b")
_WHETHER = re.compile(r"\b(?:whether|if|how|what|which|who|why|when)\b")
_VERB = re.compile(
    r"\b(?:can|may|could|is|are|was|were|will|has|have"
    r"|and (?:call|tell|ask|contact|see|ring|phone))\b"
)
_MODAL = 8  # letters with which what restrains may begin that are such a verb
_IT = r"(?:it|they|you|that|we|there) (?:can|do|does|is|are|may|could|will|might|would|should)"
_YES = re.compile(
    rf"\W*(?:{alternatives('clauses', 'yes')}\b(?! not\b)"
    rf"|{_IT}(?: be| happen)?(?:\W*$|(?=,? (?:so|and|which)\b)))"
)
_NO = re.compile(
    r"\W*(?:(?:no|nope|nah|not|never|none|nothing|nobody|zero|hardly)\b|(?:do|need) not\b"
    rf"|{_IT} not(?: be)?\W*$)"
)


class Care(Flag):
    """Signs of care; words may have several, and those that cancel one another."""

    NONE = 0
    CAREFUL = auto()  # they warn, restrict, ask to tell somebody, or tell of a harm
    FORBIDS = auto()  # they deny something that may be a risk
    LIGHT = auto()  # they deny what restrains
    WAIVED = auto()  # that is a duty or a limit, or they give leave: whatever it is about


_RESTRAINED = Care.CAREFUL | Care.FORBIDS


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns of what is named.

    Attributes:
        harms: words that tell of a harm by themselves.
        named: words of guards and of possible harms, which are careful only by what is said.
    """

    harms: Pattern
    named: tuple[Pattern, ...]
    risks: Pattern
    treatments: Pattern | None

    @property
    def possible_harms(self) -> tuple[Pattern, ...]:
        """Words that tell of a harm, or may name one."""
        return (self.harms, *self.named)


def small_letters(text: str) -> str:
    """The text in small letters, "not" a word of its own."""
    text = re.sub(r"\b(?:cannot|can't)", "can not", normalize(text).lower())
    return re.sub(r"n't\b", " not", re.sub(r"\bwon't", "will not", text))


@lru_cache(maxsize=1_000)  # several ask about one sentence
def care(text: str, names: Names) -> Care:
    """The signs of a text: those after its last turn ("but"), if there are any.

    Args:
        text: one sentence, by `small_letters`.
    """
    if myth := _MYTH.match(text):  # what is called a myth is said to be otherwise
        return Care.LIGHT if care(text[myth.end() :], names) & _RESTRAINED else Care.CAREFUL
    found, start = Care.NONE, 0
    for turn in [*_words("turns").finditer(text), None]:
        said = text[start : turn.start() if turn else len(text)]
        part = Care.LIGHT | Care.WAIVED if undone_by(said, names) else Care.NONE
        for clause in _clauses(said):
            part |= _of_wrong(clause, names) or _of_words(clause, names)
        found = part or found & (Care.LIGHT | Care.WAIVED)  # what was conceded is not careful
        start = turn.end() if turn else len(text)
    return found


def answer(question: str, text: str, names: Names) -> tuple[Care, str]:
    """What an answer says by its "yes" or "no" alone, and the rest of it.

    "May I drive? Yes." is light, and so is "Do I need a driver? No."
    """
    restrains = any(True for _ in _restraints(question, names))
    for opening, yes in ((_YES, True), (_NO, False)):
        if match := opening.match(text):
            bare = match.end() == len(text) or text[match.end()] in ",.;:!–—"
            sign = Care.CAREFUL if restrains is yes else Care.LIGHT
            return sign, text[match.end() :] if bare else text
    return Care.NONE, text


def permits(text: str) -> bool:
    """Whether a text gives leave, and no denial stands before that."""
    denials = [match.span() for match in _words("forbids").finditer(text)]
    return any(
        not _denied(text, denials, match.start())
        for words in (_words("permits"), _words("gives leave"))
        for match in words.finditer(text)
    )


def has_verb(text: str) -> bool:
    """Whether a text has one of the commonest verbs."""
    return _VERB.search(text) is not None


def undone_by(text: str, names: Names) -> str | None:
    """The words by which a text takes back its own precaution; None where it does not.

    "Do not drive, unless you feel fine."
    """
    found = (rider for clause in _END.split(text) for rider in riders(clause))
    return next(
        (
            rider.words
            for rider in found
            if _protects(rider.rest, names) and not _guards(rider.excepted, names)
        ),
        None,
    )


def _protects(text: str, names: Names) -> bool:
    """Whether words forbid or guard, and make light of nothing."""
    said = _of_words(text, names)
    held = said & Care.FORBIDS or _guards(text, names)
    return bool(held) and not said & (Care.LIGHT | Care.WAIVED)


def _guards(text: str, names: Names) -> bool:
    """Whether words take care, or name a guard or a harm."""
    careful = _of_words(text, names) & Care.CAREFUL
    return bool(careful) or any(words.search(text) for words in names.named)


def _clauses(text: str) -> Iterator[str]:
    """The clauses of a text, without its conditions."""
    for clause in _END.split(text):
        said, start = "", 0
        for match in _words("conditions").finditer(clause):
            if match.start() >= start:
                said += clause[start : match.start()]
                comma = clause.find(",", match.end())
                start = comma if comma >= 0 else len(clause)
        if said := (said + clause[start:]).strip(" ,"):
            yield said


def _restraints(text: str, names: Names) -> Iterator[tuple[int, int, str]]:
    """Where words restrain, from where to where, and of which kind they are."""
    by_kind: list[tuple[str, Pattern]] = [
        *((kind, _words(kind)) for kind in ("duties", "musts", "consults", "warns", "hinders")),
        ("harms", names.harms),
        *(("names", words) for words in names.named),
    ]
    for kind, words in by_kind:
        yield from ((*match.span(), kind) for match in words.finditer(text))


def _of_words(clause: str, names: Names) -> Care:
    if doubt := _doubt(clause, names):
        return doubt
    restraints = list(_restraints(clause, names))
    denials = _denials(clause, [span[:2] for span in restraints])
    found = Care.CAREFUL if _words("limits").search(clause) else Care.NONE
    left, called = list(denials), False
    for start, end, kind in restraints:
        over = _denials_over(clause, denials, start)
        left = [span for span in left if span not in over]
        if kind == "harms" and not over and _words("called").match(clause[end:].lstrip()):
            called = True
        else:
            found |= _of_restraint(kind, len(over))
    found |= _of_denials(clause, [span for span in left if _is_of_kind(clause, span, "forbids")])
    forbids = [span for span in denials if _is_of_kind(clause, span, "forbids")]
    for match in _words("waives").finditer(clause):
        denied = _denied(clause, forbids, match.start())
        found |= Care.CAREFUL if denied else Care.LIGHT | Care.WAIVED
    for match in _words("gives leave").finditer(clause):
        found |= Care.NONE if _denied(clause, forbids, match.start()) else Care.WAIVED
    harms = [match for words in names.possible_harms for match in words.finditer(clause)]
    if any(
        _words("confines").search(clause, harm.end())
        or _words("the only").search(clause[: harm.end()])
        for harm in harms
    ):
        return Care.LIGHT  # the harm comes to others only, or not to those treated
    if called and Care.CAREFUL not in found:
        found |= Care.CAREFUL if _words("grave").search(clause) else Care.LIGHT
    if any(_words("small").search(clause, harm.end(), harm.end() + _SMALL) for harm in harms):
        found |= Care.LIGHT
    if _compares(clause, names, denials):
        found |= Care.LIGHT | Care.WAIVED
    return found


def _of_wrong(clause: str, names: Names) -> Care:
    """What a clause says by calling something wrong: the opposite of that."""
    after, before = called_wrong(clause)
    said = _of_words(after or before, names) if after or before else Care.NONE
    elided = clause.endswith(" not")  # "nobody should say that it can not"
    if said & _RESTRAINED and not elided:
        return Care.LIGHT
    return Care.CAREFUL if after or said else Care.NONE


def _of_restraint(kind: str, denials: int) -> Care:
    """What a word that restrains says, denied so many times."""
    if denials % 2 == 0:
        neutral = kind in ("hinders", "names") and not denials
        return Care.NONE if neutral else Care.CAREFUL
    if kind == "musts":
        return Care.FORBIDS
    return Care.LIGHT | Care.WAIVED if kind in ("duties", "hinders") else Care.LIGHT


def _of_denials(clause: str, denials: list[Span]) -> Care:
    """What denials say that turn round nothing that restrains: "nobody whom we could not treat"."""
    twice = any(
        _near(clause, one[1], other[0]) and not _JOINED.search(clause, one[1], other[0])
        for one, other in pairwise(denials)
    )
    if twice:
        return Care.LIGHT | Care.WAIVED
    forbid = any(_words("forbids an act").match(clause, start) for start, _ in denials)
    return Care.FORBIDS if forbid else Care.NONE


def _denials_over(clause: str, denials: Iterable[Span], start: int) -> list[Span]:
    """The denials that reach a place; of those that drop a thing only the nearest does."""
    over = [span for span in denials if _reaches(clause, span[1], start)]
    return [
        span
        for span in over
        if not _is_of_kind(clause, span, "drops")
        or (span == over[-1] and not _VERB.search(clause, span[1], start + _MODAL))
    ]


def _is_of_kind(clause: str, span: Span, kind: str) -> bool:
    return _words(kind).match(clause, *span) is not None


def _denied(clause: str, denials: Iterable[Span], start: int) -> bool:
    return any(_reaches(clause, end, start) for _, end in denials)


def _denials(clause: str, restraints: Iterable[Span]) -> list[Span]:
    """Where a clause denies; what is part of a word that restrains ("say no") is no denial."""
    others = (match.span() for match in _words("no denial").finditer(clause))
    parts = sorted([*restraints, *others])
    lows = [low for low, _ in parts]
    until = [0, *accumulate((high for _, high in parts), max)]  # how far those before it reach
    return [
        match.span()
        for match in _words("denial").finditer(clause)
        if until[bisect_right(lows, match.start())] <= match.start()
    ]


def _reaches(clause: str, end: int, start: int) -> bool:
    """Whether a denial that ends at one place reaches another."""
    stops = clause[:end].endswith("not") and _RELATIVE.search(clause, end, start)
    return _near(clause, end, start) and not stops


def _near(clause: str, end: int, start: int) -> bool:
    between = clause[end:start]
    return (
        start >= end
        and "," not in between
        and len(between.split()) < _REACH
        and not _words("limits").search(between)
    )


def _doubt(clause: str, names: Names) -> Care:
    """What a clause says by telling that something is not known, or that a harm was never shown."""
    match = pattern("stance", "doubts").search(clause)
    if match is None:
        return Care.NONE
    harms: tuple[Pattern, ...] = (_words("warns"), *names.possible_harms)
    denied = _words("forbids").search(match[0]) and not _WHETHER.search(clause, match.start())
    harm = any(words.search(clause, match.end()) for words in harms)
    return Care.LIGHT if denied and harm else Care.CAREFUL


def _compares(clause: str, names: Names, denials: Iterable[Span]) -> bool:
    """Whether a clause makes a risk small by comparing it with another."""
    if _words("safest").search(clause):
        return True
    if match := _words("safer").search(clause):
        return not _denied(clause, denials, match.start())
    match = _words("worse").search(clause)
    ours = (names.risks, names.treatments)
    return match is not None and not any(
        words.search(clause, 0, match.start()) for words in ours if words
    )
