"""Whether words tell a harm or a caution, or name it only to take it back.

"It can scald" tells a harm, and so does "mild scalds", however it is worded. "A lower risk of
scalds" tells that there is less of it, and "the risk is very low" that there is hardly any: neither
tells readers what can happen to them. The words are data, `en/warning-words.txt`.

In a list of harms "slight" before one of them says nothing of the others. As a predicate ("are
mild") or alone ("rare, generally mild") it is said of all.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial

from claimbook.language.care import Care, has_verb, small_letters
from claimbook.language.concepts import STOP, Reading
from claimbook.language.phrases import Phrases, Span, expression, pattern, plain
from claimbook.language.safety import Safety
from claimbook.language.stance import affirms

_words = partial(pattern, "warning-words")
_SAFETY = Safety()
_NEAR = 4  # words that may stand between what lowers a harm and the harm
_NEXT = re.compile(r" ([\w'-]+)")
_FEW = 3  # words that may stand between an adjective and its noun


def makes_light(words: str) -> bool:
    """Whether words waive what restrains, or deny it and take no care beside that."""
    found = _SAFETY.care(words)
    return Care.WAIVED in found or (Care.LIGHT in found and Care.CAREFUL not in found)


def cautions(words: str) -> bool:
    """Whether words forbid, or ask to be told, and make light of nothing."""
    found = _SAFETY.care(words)
    asks = Care.CAREFUL in found and pattern("care", "consults").search(plain(words)) is not None
    return (asks or Care.FORBIDS in found) and not found & (Care.LIGHT | Care.WAIVED)


def careless(words: str) -> bool:
    """Whether words touch a danger in a sentence that neither warns nor forbids."""
    careful = _SAFETY.care(words) & (Care.CAREFUL | Care.FORBIDS)
    return not careful and has_verb(small_letters(words)) and bool(_SAFETY.topic_at_risk(words))


def takes_back(words: str, harms: Sequence[Span]) -> bool:
    """Whether words that name a harm lower it or play it down.

    Args:
        words: a clause.
        harms: where it names the harm, as (start, end).
    """
    text = plain(words)
    return _words("plays down").search(text) is not None or any(
        _lowered(text, start) for start, _ in harms
    )


def tells_harm(reading: Reading, harm: str) -> bool:
    """Whether a clause, if it names a harm, neither denies it nor takes it back.

    Nor may it only tell what an illness does: "it is characterized by" needs no name of one.
    """
    text = plain(reading.text)
    if "intervention" not in reading.concepts:
        ill = "population" in reading.concepts and _words("symptoms").search(text)
        if ill or _words("describes").search(text):
            return False
    harms = [sign.spans[-1] for sign in reading.signs_of(harm)]
    return not reading.denies(harm) and not takes_back(text, harms)


def _lowered(text: str, start: int) -> bool:
    """Whether what starts at a place is made less by the words before it."""
    between = (text[match.end() : start] for match in _words("lowers").finditer(text, 0, start))
    return any("," not in words and len(words.split()) <= _NEAR for words in between)


def is_of_another(text: str, word: Span, things: Iterable[Span]) -> bool:
    """Whether a small word is only said of the thing after it, and that is none of some things.

    Args:
        text: a clause.
        word: where the small word stands in it.
        things: where the things are named; what the word itself names is none of them.
    """
    if " " in text[word[0] : word[1]] or text[word[0] : word[1]].endswith("ly"):
        return False  # "a tiny price", "hardly": no adjective
    others = [span for span in things if span[1] <= word[0] or word[1] <= span[0]]
    following = _NEXT.match(text, word[1])
    if not others or not following or following[1].lower() in STOP:
        return False
    if pattern("small-words", "predicates").search(plain(text[: word[0]])):
        return False
    return not any(
        word[1] <= start and len(text[word[1] : start].split()) <= _FEW for start, _ in others
    )


def is_elsewhere(words: str, place: Span) -> bool:
    """Whether a place is named for something else than that a treatment is taken there."""
    last = max(
        (m.end() for m in _words("elsewhere").finditer(plain(words), 0, place[0])), default=None
    )
    return last is not None and len(words[last : place[0]].split()) <= _NEAR


def says_one_of(words: str, phrases: Iterable[str]) -> bool:
    """Whether words have one of some phrases, written as in a phrase list."""
    return _any(tuple(phrases)).search(plain(words)) is not None


def affirms_one_of(words: str, phrases: Iterable[str]) -> bool:
    """Whether words have one of some phrases, and do not deny it ("no need to …")."""
    lines = tuple(phrases)
    return bool(lines and affirms(_any(lines), words, subject=False))


@cache
def _any(lines: tuple[str, ...]) -> Phrases:
    return Phrases("|".join(map(expression, lines)))
