"""Page texts at hand, held against what was read: which recorded quotes still stand.

A page changes after it was read. The verdicts stay about the day of reading; what is told here is
which quotes are *stale*. Every quote is found, moved, changed or gone:

* where the text that was read is at hand too, the whole sentence of each part of the quote is
  compared, so that a word put before the quote ("It is not so that …") is seen;
* without it, only the recorded words are looked for, and what stands around them is not known.

A quote is found again by the words around it, which are computed and never recorded: a base quotes
at most 25 words. `selectors` gives them as the Web Annotation Data Model does.
"""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from itertools import takewhile
from typing import Any

from claimbook.language.coverage import Registration, coverage, sentences
from claimbook.loading.yaml_file import Path
from claimbook.records import Base, Page
from claimbook.records.quotes import VISIBLE, heading, normalize, offsets, quote_spans

AROUND = 32  # letters before and after a quote that tell its place
NEAR = 0.5  # the least share of a quote's words that stand in order in a text near to it
_WINDOWS = 5  # places of a text that are looked at closely
# Words, figures whole with their signs, and signs that change what is said: "%", ">", the full stop
# in "No. Side effects", the comma in "No, it helps". Other punctuation is left out.
_TOKEN = re.compile(
    r"-?\d(?:[ ]?[-.,:/·'][ ]?\d|\d)*|\w+(?:'\w+)*|[.!?]+(?=\s+\S)"
    r"|(?:(?<=\bno)|(?<=\bnot)|(?<=\bnever)|(?<=\byes)),"
    r"|[^\w\s.,;:!?'\"()\[\]•▪●◦‣*·-]",
    re.IGNORECASE,
)

Span = tuple[int, int]


class State(StrEnum):
    """What became of a recorded quote, from the best to the worst."""

    FOUND = "found"
    MOVED = "moved"  # the same words at another place
    CHANGED = "changed"  # other words, in it or in its sentence
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RecordedQuote:
    """A quote that a base holds: where it is written, by file and path, and for what."""

    of: str  # an occurrence, or "passed over"
    file: str
    path: Path
    quote: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a record that the new text asks for; *safe*, where no word was changed."""

    file: str
    path: Path
    words: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class QuoteResult:
    """What became of a quote in a text.

    Attributes:
        stood: where its parts stood in the plain text that was read, if that is at hand.
        spans: where its parts stand in the text, in code points.
        sections: the headings that it stood and stands under, where both texts are at hand.
        was, now: what changed, and the nearest text.
        edits: what to write into its record.
    """

    recorded: RecordedQuote
    state: State
    stood: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()
    sections: tuple[str | None, str | None] | None = None
    was: str = ""
    now: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchResult:
    """A text held against what is recorded of its page.

    Attributes:
        page: None where no record has its name or its digest.
        known: whether it is the text that was read.
        whole: whether the text that was read is at hand too.
        new: the sentences that no record has, with their lines.
    """

    name: str
    text: str = field(repr=False)
    sha256: str
    page: Page | None = None
    known: bool = False
    whole: bool = False
    quotes: tuple[QuoteResult, ...] = ()
    new: tuple[tuple[int, str], ...] = ()

    def count(self, state: State) -> int:
        """How many quotes are in a state."""
        return sum(each.state is state for each in self.quotes)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What to write into the records; the digest only once somebody has read the text."""
        if self.page is None or self.known:
            return ()
        digest = Edit(self.page.at.file, ("sha256",), self.sha256)
        return (*(edit for each in self.quotes for edit in each.edits), digest)


def watch(name: str, content: bytes, base: Base, read: Mapping[str, str]) -> WatchResult:
    """Hold a text against what is recorded of its page.

    Args:
        name: what the text is called, which should be the page's id.
        read: the texts that were read, by page, as far as they are at hand.
    """
    digest, text = hashlib.sha256(content).hexdigest(), content.decode("utf-8", "replace")
    named = base.pages.get(name)
    page = named or next((each for each in base.pages.values() if each.sha256 == digest), None)
    if page is None or page.sha256 == digest:
        return WatchResult(name, text, digest, page, page is not None)
    before = PageText(read[page.id], page.sections) if page.id in read else None
    after = PageText(text, page.sections)
    recorded = list(_recorded(page, base))
    quotes = _in_place([_found(each, before, after) for each in recorded])
    new = tuple(_new(recorded, quotes, before, after))
    return WatchResult(name, text, digest, page, False, before is not None, tuple(quotes), new)


def _recorded(page: Page, base: Base) -> Iterator[RecordedQuote]:
    for claim in base.claims.values():
        for index, each in enumerate(claim.occurrences):
            if each.page == page.id:
                path = ("occurrences", index)
                yield RecordedQuote(each.id, claim.at.file, path, each.quote, each.section)
    for index, passed in enumerate(page.passed_over):
        yield RecordedQuote("passed over", page.at.file, ("passed-over", index), passed.quote)


class PageText:
    """A text made plain, with its sentences, words and headings. Places are of the plain text."""

    def __init__(self, text: str, sections: Iterable[str] = ()) -> None:
        self.text, self.plain = text, normalize(text)
        self._sections = {normalize(heading(section)): section for section in sections}

    @cached_property
    def _offsets(self) -> list[int]:
        return offsets(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where its sentences stand."""
        spans, at = [], 0
        for _, sentence in sentences(self.text):
            at = self.plain.index(sentence, at)
            spans.append((at, at := at + len(sentence)))
        return tuple(spans)

    @cached_property
    def tokens(self) -> tuple[tuple[str, ...], tuple[Span, ...]]:
        """Its words and the signs that count, and where they stand."""
        return _tokens(self.plain), tuple(match.span() for match in _TOKEN.finditer(self.plain))

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        lines, at = [], 0
        for line in self.text.splitlines():
            plain = normalize(line)
            if plain:
                at = self.plain.index(plain, at)
                if heading(plain) in self._sections:
                    lines.append((at, self._sections[heading(plain)]))
                at += len(plain)
        return lines

    def section(self, place: int) -> str | None:
        """The heading above a place, of those that have passages."""
        index = bisect_right(self._headings, place, key=lambda each: each[0])
        return self._headings[index - 1][1] if index else None

    def context(self, span: Span) -> Span:
        """The sentences in which a span stands."""
        over = [each for each in self.sentences if each[0] < span[1] and each[1] > span[0]]
        return (min(span[0], over[0][0]), max(span[1], over[-1][1])) if over else span

    def words(self, span: Span) -> str:
        """The words of a span as the page writes them, without what is not seen."""
        start, end = self.origin(span)
        return " ".join("".join(VISIBLE.findall(self.text[start:end])).split())

    def origin(self, span: Span) -> Span:
        """Where a span of the plain text stands in the text."""
        start, end = span
        if start >= end:
            return 0, 0
        return self._offsets[start], self._offsets[end - 1] + 1

    def exact(self, words: str) -> list[Span]:
        """Where words stand as they are; "effective" does not stand in "ineffective"."""
        return [match.span() for match in re.finditer(_whole(words), self.plain)]

    def like(self, words: str) -> list[Span]:
        """Where words stand with other punctuation or capitals."""
        wanted = _tokens(words)
        tokens, spans = self.tokens
        size = len(wanted)
        starts = (at for at, word in enumerate(tokens) if wanted and word == wanted[0])
        return [
            (spans[at][0], spans[at + size - 1][1])
            for at in starts
            if tokens[at : at + size] == wanted
        ]

    def nearest(self, words: str) -> Span | None:
        """Where most of the words stand together, in their order; None where fewer than `NEAR`."""
        wanted = _tokens(words)
        tokens, spans = self.tokens
        if not wanted or not tokens:
            return None
        size = min(len(wanted), len(tokens))
        best: tuple[float, Span | None] = (0.0, None)
        for start in _richest(Counter(wanted), tokens, size):
            begin = max(start - size // 2, 0)
            window = tokens[begin : start + size + size // 2]
            blocks = SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks()
            share = sum(block.size for block in blocks) / len(wanted)
            if share > best[0]:
                first, last = blocks[0], blocks[-2]
                end = begin + last.b + last.size - 1
                best = share, (spans[begin + first.b][0], spans[end][1])
        return best[1] if best[0] >= NEAR else None


def _whole(words: str) -> str:
    """A pattern of words that begin and end where words do."""
    start, end = (r"\b" if re.match(r"\w", letter) else "" for letter in (words[:1], words[-1:]))
    return f"{start}{re.escape(words)}{end}"


def _tokens(words: str) -> tuple[str, ...]:
    """The words without capitals, figures without the spaces in them, and the signs that count."""
    return tuple(match[0].casefold().replace(" ", "") for match in _TOKEN.finditer(words))


def _richest(wanted: Counter[str], tokens: Sequence[str], size: int) -> list[int]:
    """Where windows of a size start that share most words with those wanted."""
    held: Counter[str] = Counter()
    shared, counts = 0, []
    for at, word in enumerate(tokens):
        held[word] += 1
        shared += held[word] <= wanted[word]
        if at >= size:
            left = tokens[at - size]
            shared -= held[left] <= wanted[left]
            held[left] -= 1
        if at >= size - 1:
            counts.append((-shared, at - size + 1))
    return [start for _, start in sorted(counts)[:_WINDOWS]]


def _found(recorded: RecordedQuote, before: PageText | None, after: PageText) -> QuoteResult:
    """What became of one quote; whether it moved is decided beside the others."""
    spans = quote_spans(recorded.quote)
    old = _places(spans, before) if before else None
    places: list[Span] = []
    for index, words in enumerate(spans):
        least = places[-1][1] if places else 0
        if before and old:
            sought = before.plain[slice(*before.context(old[index]))]
            place = _in_sentence(old[index], before, after)
        else:
            sought = words
            stands = after.exact(words) or after.like(words)
            place = next((span for span in stands if span[0] >= least), None)
        if place is None or place[0] < least:
            return _changed(recorded, words, sought, after)
        places.append(place)
    edits: tuple[Edit, ...] = ()
    if [after.plain[slice(*place)] for place in places] != spans:
        quote = " … ".join(after.words(place) for place in places)
        edits = (Edit(recorded.file, (*recorded.path, "quote"), quote, safe=True),)
    sections = (before.section(old[0][0]), after.section(places[0][0])) if before and old else None
    origins = tuple(after.origin(place) for place in places)
    return QuoteResult(recorded, State.FOUND, tuple(old or ()), origins, sections, edits=edits)


def _in_sentence(span: Span, before: PageText, after: PageText) -> Span | None:
    """Where a part of a quote stands now, in the sentence in which it stood."""
    whole = before.context(span)
    sentence = before.plain[slice(*whole)]
    places = after.exact(sentence) or after.like(sentence)
    place = _best(
        [each for each in places if _same(each, whole, before, after)], whole, before, after
    )
    if place is None:
        return None
    if after.plain[slice(*place)] == sentence:
        shift = place[0] - whole[0]
        return span[0] + shift, span[1] + shift
    inside = after.like(before.plain[slice(*span)])
    return next((each for each in inside if place[0] <= each[0] and each[1] <= place[1]), None)


def _places(spans: Sequence[str], text: PageText) -> list[Span] | None:
    """Where the parts of a quote stand in order; None where they do not."""
    places, at = [], 0
    for words in spans:
        start = text.plain.find(words, at)
        if start < 0:
            return None
        places.append((start, at := start + len(words)))
    return places


def _same(place: Span, whole: Span, before: PageText, after: PageText) -> bool:
    """Whether a sentence is whole at a place: what now stands in one with it did so before."""
    start, end = after.context(place)
    lead, tail = after.plain[start : place[0]], after.plain[place[1] : end]
    old = before.plain[max(whole[0] - len(lead), 0) : whole[1] + len(tail)]
    return not _tokens(lead + tail) or old == after.plain[start:end]


def _best(places: Sequence[Span], whole: Span, before: PageText, after: PageText) -> Span | None:
    """Of several places the one with the most of the same words around it, then the first."""

    def around(place: Span) -> int:
        lead, old = after.plain[: place[0]][-AROUND:], before.plain[: whole[0]][-AROUND:]
        tail, then = after.plain[place[1] :][:AROUND], before.plain[whole[1] :][:AROUND]
        return _shared(lead[::-1], old[::-1]) + _shared(tail, then)

    return max(places, key=around, default=None)


def _shared(words: str, others: str) -> int:
    """How many letters two texts have in common from their start."""
    pairs = zip(words, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _changed(recorded: RecordedQuote, words: str, sought: str, after: PageText) -> QuoteResult:
    """A quote that does not stand as it did: beside the nearest text, if there is one."""
    place = after.nearest(sought) or next(iter(after.exact(words)), None) or after.nearest(words)
    if place is None:
        return QuoteResult(recorded, State.GONE, was=sought)
    context = after.context(place)
    return QuoteResult(recorded, State.CHANGED, was=sought, now=after.plain[slice(*context)])


def _in_place(quotes: Sequence[QuoteResult]) -> list[QuoteResult]:
    """The quotes, those moved that stand under another heading or in another order than before."""
    held = [at for at, each in enumerate(quotes) if each.stood]
    was = sorted(held, key=lambda at: (quotes[at].stood, at))
    now = sorted(held, key=lambda at: (quotes[at].spans, at))
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    kept = {was[block.a + step] for block in blocks for step in range(block.size)}
    result = list(quotes)
    for at in held:
        each = quotes[at]
        stood, stands = each.sections or (None, None)
        if at in kept and stood == stands:
            continue
        edits = each.edits
        if stands and stood != stands and each.recorded.section == stood:
            path = (*each.recorded.path, "section")
            edits = (*edits, Edit(each.recorded.file, path, stands, safe=True))
        result[at] = replace(each, state=State.MOVED, edits=edits)
    return result


def _new(
    recorded: Sequence[RecordedQuote],
    quotes: Sequence[QuoteResult],
    before: PageText | None,
    after: PageText,
) -> Iterator[tuple[int, str]]:
    """The sentences that no record has; those shown beside a changed quote are not repeated."""
    held = [each.quote for each in recorded]
    held += (e.words for each in quotes for e in each.edits if e.path[-1] == "quote")
    old = {sentence for _, sentence in sentences(before.text)} if before else set()
    shown = [each.now for each in quotes if each.now]
    for sentence in coverage(after.text, held).sentences:
        known = sentence.state is Registration.REGISTERED or sentence.text in old
        if not known and not any(sentence.text in now for now in shown):
            yield sentence.line, sentence.text


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """A span of a text as selectors: by its words and those around it, and by its place.

    Source:
        W3C, Web Annotation Data Model (2017), 4.2.4 and 4.2.5, https://www.w3.org/TR/annotation-model/.
    """
    start, end = span
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(start - AROUND, 0) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
