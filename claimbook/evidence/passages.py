"""Passages of one page that share words: parts of one sentence, which a reader takes in whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from claimbook.evidence.index import Index, memoized
from claimbook.records import Occurrence
from claimbook.records.grouping import connected, grouped
from claimbook.records.quotes import heading, quote_words

SHARED = 5  # words in a row; fewer are shared only where one passage holds all of another


@memoized
def sentences(page: str, index: Index) -> tuple[tuple[Occurrence, ...], ...]:
    """The passages of a page, grouped by the sentence that they are parts of.

    Two are parts of one sentence where they stand in one section and one holds the words of the
    other, or both hold the same five words in a row. The page's text is not needed.
    """
    passages = tuple(dict.fromkeys(index.base.by_page[page]))
    words = {quote: _Words.of(quote) for quote in {passage.quote for passage in passages}}
    sections = {name: heading(name) for name in {passage.section for passage in passages}}

    def share(one: int, other: int) -> bool:
        first, second = passages[one], passages[other]
        same = sections[first.section] == sections[second.section]
        return same and words[first.quote].share(words[second.quote])

    alike = _alike([words[passage.quote] for passage in passages])
    groups = connected(range(len(passages)), (pair for pair in alike if share(*pair)))
    return tuple(tuple(passages[number] for number in group) for group in groups)


def _alike(words: Sequence["_Words"]) -> Iterator[tuple[int, int]]:
    """Pairs of those which may share words: a run, or the word of one that is the rarest.

    Who holds all words of another has its rarest one, too, so that few are compared in vain.
    """
    has = grouped((word, number) for number, each in enumerate(words) for word in each.words)
    runs = grouped((run, number) for number, each in enumerate(words) for run in each.runs)
    for number, each in enumerate(words):
        rarest = min(sorted(each.words), key=lambda word: len(has[word]), default="")
        found = chain(has.get(rarest, ()), *(runs[run] for run in each.runs))
        yield from ((number, other) for other in set(found) if other != number)


@memoized
def sentence_of(occurrence: Occurrence, index: Index) -> tuple[Occurrence, ...]:
    """The passages that are parts of the same sentence, itself among them."""
    groups = sentences(occurrence.page, index)
    return next(group for group in groups if occurrence in group)


def holds(quote: str, other: str) -> bool:
    """Whether a quote has all the words of another, part by part."""
    return quote == other or _Words.of(quote).hold(_Words.of(other))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a quote, ready to be compared with those of many others."""

    spans: tuple[str, ...]  # of each span, with a space around every word
    words: frozenset[str]
    count: int
    runs: frozenset[tuple[str, ...]]  # of words in a row
    later_runs: frozenset[tuple[str, ...]]  # in the spans after the first

    @classmethod
    def of(cls, quote: str) -> "_Words":
        spans = quote_words(quote)
        runs = [_runs(span) for span in spans]
        return cls(
            tuple(" ".join(("", *span, "")) for span in spans),
            frozenset(chain.from_iterable(spans)),
            sum(map(len, spans)),
            frozenset().union(*runs),
            frozenset().union(*runs[1:]),
        )

    def share(self, other: "_Words") -> bool:
        """Whether one holds the other, or both hold the same words in a row."""
        if self.hold(other) or other.hold(self):
            return True
        if len(self.spans) > 1 < len(other.spans):
            # the lines of a list may share the words that open it
            return not self.later_runs.isdisjoint(other.later_runs)
        return not self.runs.isdisjoint(other.runs)

    def hold(self, other: "_Words") -> bool:
        """Whether these words hold all parts of others; one word alone is no part."""
        return other.count > 1 and all(
            any(part in span for span in self.spans) for part in other.spans
        )


def _runs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    runs = (words[start : start + SHARED] for start in range(len(words)))
    return frozenset(run for run in runs if len(run) == SHARED)
