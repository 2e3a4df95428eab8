"""What stands around a sentence that would be supported, and takes it back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from claimbook.language.discourse import heads
from claimbook.language.phrases import pattern
from claimbook.records import Verdict
from claimbook.records.quotes import normalize
from claimbook.vetting.occurrences import SentenceRecords
from claimbook.vetting.results import SentenceResult, State

UNDER = 30  # sentences that may stand under one heading


def denied_above(records: Iterable[SentenceRecords]) -> frozenset[int]:
    """The numbers of the sentences under a heading, or words that open a list, which deny."""
    denies, sentences = pattern("matching", "denied above"), (each.sentence for each in records)
    denying = (s.number for s in sentences if heads(s.words) and denies.search(s.words))
    return frozenset(
        chain.from_iterable(range(number + 1, number + UNDER + 1) for number in denying)
    )


def without_taken_up(
    results: Sequence[SentenceResult], records: Sequence[SentenceRecords]
) -> list[SentenceResult]:
    """Sentences, none of them supported that the one beside it may take back.

    "Do not drive before the next day. In practice the evening will do."
    """
    takes_up = pattern("matching", "takes up").search

    def taken_up(number: int, other: int) -> bool:
        if not 0 <= other < len(results):
            return False
        beside, sentence = results[other], records[other].sentence
        first = records[min(number, other)].sentence
        unread = beside.state in (State.NOTHING, State.NOT_CHECKED) and not beside.claims
        near = "\n\n" not in first.after
        return unread and near and takes_up(normalize(sentence.words).lower()) is not None

    return [
        replace(result, verdict=Verdict.NOT_CHECKED)
        if result.state is State.CLEAN and (taken_up(at, at - 1) or taken_up(at, at + 1))
        else result
        for at, result in enumerate(results)
    ]
