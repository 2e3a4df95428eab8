"""What a sentence reads like, by a linear classifier that was fitted to labelled sentences.

Its features are the words of a sentence and pairs of neighbours, hashed to places in a table of
whole numbers ("feature hashing", Weinberger and others 2009). So it gives the same score wherever
it runs. It reads manner, not facts: it may ask a person to look, and decides nothing. The tables
are data, `en/likeness.json`, made by `examples/fit.py`.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import isqrt
from zlib import crc32

from claimbook.records.quotes import normalize

FEWEST = 7  # words that have a manner
BITS = 17  # of a hash
_MASK = (1 << BITS) - 1
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[#?!:;,.%]")
_CORE = range(2, 7)  # how many words may say most


class Manner(Enum):
    """What sentences are told apart by."""

    DANGER = "danger"  # they make light of safety
    OVERCLAIM = "overclaim"  # they promise too much


@dataclass(frozen=True, slots=True)
class Likeness:
    """A fitted classifier: the higher a score, the liker a sentence is to those at fault.

    Attributes:
        weights: a signed byte for each hash.
        bias: what every score begins with.
        high: the score that few of the sound examples reach, when it is fitted without them.
        low: the score that most of the faulty ones reach, likewise.
    """

    weights: memoryview
    bias: int
    high: int
    low: int

    def score(self, text: str) -> int | None:
        """How much a text reads like those at fault, in hundredths of a weight.

        None: a few words have no manner.
        """
        return self.of(features(text)) if len(text.split()) >= FEWEST else None

    def is_high(self, text: str) -> bool:
        """Whether a text has a manner, and hardly a sound one has it."""
        score = self.score(text)
        return score is not None and score >= self.high

    def is_low(self, text: str) -> bool:
        """Whether a text has a manner, and hardly one at fault has it."""
        score = self.score(text)
        return score is not None and score < self.low

    def is_far_above(self, text: str) -> bool:
        """Whether a text is as far above `high` as `low` is below it."""
        score = self.score(text)
        return score is not None and score >= 2 * self.high - self.low

    def is_far_below(self, text: str) -> bool:
        """Whether a text is as far below `low` as `high` is above it."""
        score = self.score(text)
        return score is not None and score < 2 * self.low - self.high

    def of(self, places: Sequence[int]) -> int:
        """The score of a text by its features."""
        total = sum(map(self.weights.__getitem__, places))
        return self.bias + 10_000 * total // isqrt(10_000 * max(len(places), 1))

    def core(self, text: str) -> str:
        """The words in a row, a few of a text, that weigh most."""
        spoken = normalize(text)
        places = [match.span() for match in _TOKEN.finditer(spoken)]
        tokens = _tokens(spoken)

        def weight(start: int, count: int) -> int:
            part = tokens[start : start + count]
            return sum(self.weights[_place(each)] for each in (*part, *_pairs(part)))

        rows = ((start, count) for count in _CORE for start in range(len(tokens) - count + 1))
        start, count = max(rows, key=lambda row: weight(*row), default=(0, len(tokens)))
        return spoken[places[start][0] : places[start + count - 1][1]] if tokens else ""


@cache
def likeness(manner: Manner) -> Likeness:
    """The classifier of one manner."""
    text = (files("claimbook.language.en") / "likeness.json").read_text(encoding="utf-8")
    fitted = json.loads(text)[manner.value]
    weights = memoryview(b64decode("".join(fitted["weights"]))).cast("b")
    return Likeness(weights, fitted["bias"], fitted["high"], fitted["low"])


@lru_cache(maxsize=64)  # of one sentence each manner is asked, and more than once
def features(text: str) -> tuple[int, ...]:
    """The hashes of a text's words, signs and pairs of neighbours, each once, in order."""
    tokens = _tokens(normalize(text))
    return tuple(sorted(set(map(_place, (*tokens, *_pairs(("^", *tokens, "$")))))))


def _tokens(text: str) -> list[str]:
    """Words in small letters and signs; every number is one."""
    return ["#" if each[0].isdigit() else each.lower() for each in _TOKEN.findall(text)]


def _pairs(tokens: Sequence[str]) -> Iterator[str]:
    return (f"{one} {other}" for one, other in pairwise(tokens))


def _place(feature: str) -> int:
    return crc32(feature.encode()) & _MASK
