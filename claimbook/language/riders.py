"""Whether a rider takes a precaution back: "do not drive, unless you feel fine".

A precaution is taken back, wholly or in part, by what excepts somebody or something from it, leaves
it to a feeling or to choice, or keeps it for the beginning, for bad cases, for large amounts or for
a part of the day. It stands where a professional decides on the exception ("unless your doctor
agrees"). The words are data, `en/riders.txt`.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from claimbook.language.phrases import pattern

_words = partial(pattern, "riders")
_COMMA = re.compile(r",|$")
_BAN = re.compile(r"\b(?:no|not|never|nobody|none)\b")


class Rider(NamedTuple):
    """Words that may take back what a clause says.

    Attributes:
        words: as they stand.
        rest: what they stand in, without them.
        excepted: what they except, or leave to a feeling.
    """

    words: str
    rest: str
    excepted: str = ""


def riders(clause: str) -> Iterator[Rider]:
    """The riders of a clause that may take back what it says, but for those a professional lifts.

    Args:
        clause: in small letters, "not" a word of its own.
    """
    yield from _before_their_words(clause)
    for match in _words("choice").finditer(clause):
        start = clause.rfind(",", 0, match.start()) + 1
        rest = clause[start : match.start()] or clause[match.end() :]
        if not _lifted(clause, match.end()):
            yield Rider(match[0], rest)
    for kind in ("at first", "same day", "only if", "in part"):
        for match in _words(kind).finditer(clause):
            if not _lifted(clause, match.end()) and _holds(kind, clause, *match.span()):
                whole = kind in ("same day", "only if")
                rest = clause if whole else _without(clause, *match.span())
                yield Rider(match[0], rest)


def _before_their_words(clause: str) -> Iterator[Rider]:
    """Exceptions and feelings, which take the words after them with them."""
    for kind in ("excepts", "feels"):
        for match in _words(kind).finditer(clause):
            comma = _COMMA.search(clause, match.end())
            end = comma.start() if comma else len(clause)
            if not _lifted(clause, match.end()):
                rest = _without(clause, match.start(), end)
                yield Rider(clause[match.start() : end], rest, clause[match.end() : end])


def _holds(kind: str, clause: str, start: int, end: int) -> bool:
    """Whether what stands at a place is a rider: a beginning that is the end, a part of a ban."""
    if kind == "at first":
        return _words("goes on").search(clause, end) is None
    if kind == "same day":
        return _words("next day").search(clause) is None
    return kind != "in part" or _BAN.search(clause, 0, start) is not None


def _lifted(clause: str, end: int) -> bool:
    return _words("lifts").search(clause, end) is not None


def _without(clause: str, start: int, end: int) -> str:
    return clause[:start] + clause[end:]


def puts_off(text: str) -> bool:
    """Whether a text puts off what it asks for, and nothing in it is urgent."""
    return _words("puts off").search(text) is not None and not _words("at once").search(text)
