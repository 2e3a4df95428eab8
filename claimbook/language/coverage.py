"""How much of a page is registered: every sentence of its text is registered, passed over for a reason, or left.

A sentence is a line of the page's text, split where a sentence ends inside it: headings, list items, captions and buttons count.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from claimbook.records import Base
from claimbook.records.quotes import normalize, quote_spans

_END = re.compile(r'(?<=[.!?])["\')]?\s+(?=["\'(]?[A-Z0-9])')
_SHORT = re.compile(r"(?:\b(?:Dr|Mr|Ms|Mrs|vs|etc|approx|e\.g|i\.e|U\.S|[A-Z]|M\.D|Ph\.D))\.$")


class State(StrEnum):
    """What became of a sentence."""

    REGISTERED = "registered"
    PASSED_OVER = "passed-over"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a page: its line (from 1), its folded text, and what became of it."""

    line: int
    text: str
    state: State


@dataclass(frozen=True, slots=True)
class Coverage:
    """A page's sentences in order."""

    sentences: tuple[Sentence, ...]

    def count(self, state: State) -> int:
        """How many sentences are in a state."""
        return sum(sentence.state is state for sentence in self.sentences)

    @property
    def share(self) -> float:
        """The share of check-worthy sentences (all but those passed over) that is registered, from 0 to 1."""
        worth = len(self.sentences) - self.count(State.PASSED_OVER)
        return self.count(State.REGISTERED) / worth if worth else 1.0


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, folded, each with the line it starts on."""
    found = []
    for number, raw in enumerate(text.splitlines(), 1):
        line, start = normalize(raw), 0
        for end in _END.finditer(line):
            if not _SHORT.search(line[: end.start()]):
                found.append((number, line[start : end.start()].strip()))
                start = end.end()
        found.append((number, line[start:].strip()))
    return [(number, one) for number, one in found if re.search(r"\w", one)]


def coverage(text: str, quotes: Iterable[str], passed_over: Iterable[str] = ()) -> Coverage:
    """What became of every sentence of a page.

    Args:
        text: the page's text as read, with its lines.
        quotes: the quotes of its occurrences.
        passed_over: quotes of what somebody looked at and found to claim nothing.
    """
    listed = sentences(text)
    whole, starts = "", []
    for _, one in listed:
        starts.append(len(whole))
        whole += one + " "
    states = [State.LEFT] * len(listed)
    for state, some in ((State.PASSED_OVER, passed_over), (State.REGISTERED, quotes)):
        taken: dict[str, int] = {}
        for quote in some:
            # The same words quoted again stand for the next place where the page says them.
            at = taken.get(quote, 0)
            begun = None
            for part in quote_spans(quote):
                at = whole.find(part, at)
                if at < 0:
                    break
                begun = at if begun is None else begun
                for index, start in enumerate(starts):
                    if start < at + len(part) and at < start + len(listed[index][1]):
                        states[index] = state
                at += len(part)
            if begun is not None:
                taken[quote] = begun + 1
    return Coverage(
        tuple(Sentence(line, one, state) for (line, one), state in zip(listed, states, strict=True))
    )


def of_page(page: str, base: Base) -> Coverage | None:
    """The coverage of a page; None where its text is not at hand."""
    if page not in base.texts:
        return None
    quotes = [occurrence.quote for occurrence in base.by_page[page]]
    passed = [one.quote for one in base.pages[page].passed_over]
    return coverage(base.texts[page], quotes, passed)
