"""Passages of one page that share words: parts of one sentence, which a reader takes in whole."""

from claimbook.evidence.index import Index, memoized
from claimbook.records import Occurrence
from claimbook.records.grouping import joined
from claimbook.records.quotes import heading, quote_words

SHARED = 5  # words in a row; fewer are shared only where one passage holds all of another


@memoized
def sentences(page: str, index: Index) -> tuple[tuple[Occurrence, ...], ...]:
    """The passages of a page, grouped by the sentence that they are parts of.

    Two are parts of one sentence where they stand in one section and one holds the words of the
    other, or both hold the same five words in a row. The page's text is not needed.
    """
    return tuple(joined(index.base.by_page[page], _share))


@memoized
def sentence_of(occurrence: Occurrence, index: Index) -> tuple[Occurrence, ...]:
    """The passages that are parts of the same sentence, itself among them."""
    groups = sentences(occurrence.page, index)
    return next(group for group in groups if occurrence in group)


def holds(quote: str, other: str) -> bool:
    """Whether a quote has all the words of another, part by part."""
    return quote == other or _within(quote_words(other), quote_words(quote))


def _share(passage: Occurrence, other: Occurrence) -> bool:
    if heading(passage.section) != heading(other.section):
        return False
    spans, others = quote_words(passage.quote), quote_words(other.quote)
    if _within(spans, others) or _within(others, spans):
        return True
    if len(spans) > 1 < len(others):  # the lines of a list may share the words that open it
        spans, others = spans[1:], others[1:]
    return any(_runs(span) & _runs(part) for span in spans for part in others)


def _within(parts: list[tuple[str, ...]], spans: list[tuple[str, ...]]) -> bool:
    """Whether the words of all parts stand in others; one word alone is no part."""
    words = sum(map(len, parts))
    return words > 1 and all(any(_holds(span, part) for span in spans) for part in parts)


def _holds(span: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether words stand in a row in others."""
    return any(span[start : start + len(part)] == part for start in range(len(span)))


def _runs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    runs = (words[start : start + SHARED] for start in range(len(words)))
    return frozenset(run for run in runs if len(run) == SHARED)
