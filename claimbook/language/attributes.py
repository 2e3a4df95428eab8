"""What a small word is said of: of the one thing after it ("slight pain"), or of what came before.

In a list of harms "slight" before one of them says nothing of the others. As a predicate ("are
mild") or alone ("rare, generally mild") it is said of all.
"""

import re
from collections.abc import Iterable

from claimbook.language.phrases import pattern, plain, words

Span = tuple[int, int]

_NEXT = re.compile(r" ([\w'-]+)")
_STOP = words("stop-words")
_FEW = 3  # words that may stand between an adjective and its noun


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
    if not others or not following or following[1].lower() in _STOP:
        return False
    if pattern("small-words", "predicates").search(plain(text[: word[0]])):
        return False
    return not any(
        word[1] <= start and len(text[word[1] : start].split()) <= _FEW for start, _ in others
    )
