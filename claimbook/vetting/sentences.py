"""The sentences of a draft: where each stands, its words, and what is around it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from claimbook.language.discourse import (
    MAX_ITEM,
    asks,
    confirms,
    ends,
    leads_to_question,
    statement,
)
from claimbook.language.sentences import spans as sentence_spans
from claimbook.language.warning_words import makes_light
from claimbook.records import Location
from claimbook.records.quotes import normalize

DRAFT = "draft"  # the id of the page that the draft is


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in a draft.

    Attributes:
        start, end: offsets into the draft's text.
        at: where it starts, for messages.
        words: its folded words.
        whole: its folded words after those that open its list, if it is an item, and after the
            question that it answers with yes.
        before, after: the sentence before, folded; the text up to the end of the next sentence.
        asked_of: what stands in front of the question before it, in one paragraph with that.
    """

    number: int
    start: int
    end: int
    at: Location
    words: str
    whole: str
    before: str
    after: str
    asked_of: str

    @property
    def asks(self) -> bool:
        """Whether it is a question, or tells what a question right after it is about."""
        return asks(self.whole) or self.leads_to_question

    @property
    def leads_to_question(self) -> bool:
        """Whether somebody tells in it, without making light of anything, what they ask about."""
        return leads_to_question(self.words, self.after) and not makes_light(self.words)


def read_sentences(text: str, path: str = DRAFT, first: int = 0) -> Iterator[Sentence]:
    """The sentences of a draft in order.

    Args:
        path: how messages name the draft.
        first: the number of the first sentence.
    """
    spans = sentence_spans(text)
    breaks = [offset for offset, letter in enumerate(text) if letter == "\n"]
    earlier = before = lead = ""
    for index, (start, end) in enumerate(spans):
        line = bisect_left(breaks, start)
        words = normalize(text[start:end])
        is_item = index == 0 or "\n" in text[spans[index - 1][1] : start]
        if not is_item or ends(words) or len(words.split()) > MAX_ITEM:
            lead = ""
        after = text[end : spans[index + 1][1]] if index + 1 < len(spans) else ""
        yield Sentence(
            first + index,
            start,
            end,
            Location(path, line + 1, start - (breaks[line - 1] if line else -1)),
            words,
            f"{before if confirms(before, words) else lead} {statement(words, after)}".strip(),
            before,
            after,
            earlier if asks(before) else "",
        )
        earlier, before = "" if is_item else before, words
        if words.endswith(":"):
            lead = words
