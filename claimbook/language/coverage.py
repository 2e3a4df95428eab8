"""How much of a page is registered: each sentence is registered, passed over for a reason, or left.

A sentence is a line of the page's text, split where a sentence ends inside it: headings, list
items, captions and buttons count.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from claimbook.language.sentences import split
from claimbook.records import Base
from claimbook.records.quotes import normalize, quote_spans


class Registration(StrEnum):
    """What became of a sentence."""

    REGISTERED = "registered"
    PASSED_OVER = "passed-over"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a page: its line (from 1), its normalised text, and what became of it."""

    line: int
    text: str
    state: Registration


@dataclass(frozen=True, slots=True)
class Coverage:
    """A page's sentences in order."""

    sentences: tuple[Sentence, ...]

    def count(self, state: Registration) -> int:
        """How many sentences are in a state."""
        return sum(sentence.state is state for sentence in self.sentences)

    @property
    def share(self) -> float:
        """The share of the sentences not passed over that is registered, from 0 to 1."""
        worth = len(self.sentences) - self.count(Registration.PASSED_OVER)
        return self.count(Registration.REGISTERED) / worth if worth else 1.0


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, normalised, each with the line it starts on."""
    return [
        (number, sentence)
        for number, line in enumerate(text.splitlines(), 1)
        for sentence in split(normalize(line))
        if re.search(r"\w", sentence)
    ]


def coverage(text: str, quotes: Iterable[str], passed_over: Iterable[str] = ()) -> Coverage:
    """What became of every sentence of a page.

    Args:
        text: the page's text as read, with its lines.
        quotes: the quotes of its occurrences.
        passed_over: quotes of what somebody looked at and found to claim nothing.
    """
    listed = sentences(text)
    whole, starts = "", []
    for _, sentence in listed:
        starts.append(len(whole))
        whole += sentence + " "
    states = [Registration.LEFT] * len(listed)
    groups = {Registration.PASSED_OVER: passed_over, Registration.REGISTERED: quotes}
    for state, group in groups.items():
        for start, end in _places(group, whole):
            first = max(bisect_right(starts, start) - 1, 0)
            for index in range(first, bisect_left(starts, end)):
                if start < starts[index] + len(listed[index][1]):
                    states[index] = state
    parts = zip(listed, states, strict=True)
    return Coverage(tuple(Sentence(line, sentence, state) for (line, sentence), state in parts))


def _places(quotes: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of quotes stand; the same words quoted again stand at the next such place."""
    seen: dict[str, int] = {}
    for quote in quotes:
        at = seen.get(quote, 0)
        begin = None
        for part in quote_spans(quote):
            at = text.find(part, at)
            if at < 0:
                break
            begin = at if begin is None else begin
            yield at, at + len(part)
            at += len(part)
        if begin is not None:
            seen[quote] = begin + 1


def of_page(page: str, base: Base) -> Coverage | None:
    """The coverage of a page; None where its text is not at hand."""
    if page not in base.texts:
        return None
    quotes = [occurrence.quote for occurrence in base.by_page[page]]
    passed = [skipped.quote for skipped in base.pages[page].passed_over]
    return coverage(base.texts[page], quotes, passed)
