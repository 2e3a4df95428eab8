"""Fit what tells sentences apart by their manner to the labelled examples beside this file.

    python examples/fit.py            writes claimbook/language/en/likeness.json
    python examples/fit.py --measure  how well sentences are told that it was not fitted to

`reworded/` holds what pages say, in other words; `invented/`, what they might say. The two are so
unlike that one classifier of both is worse on either. So each kind has its own, which tells an
example together with a fifth of the other one (two tasks that share a part: Evgeniou and Pontil
2004); the table is the sum of both. They are support vector machines, fitted by dual coordinate
descent (Hsieh and others 2008, algorithm 1, with the L1 loss), in plain Python: the same examples
give the same bytes. Both labels weigh the same, however many sentences have each.
"""

import argparse
import json
import random
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, sqrt
from operator import itemgetter
from pathlib import Path

import yaml

from claimbook.language.likeness import BITS, Likeness, Manner, features

HERE = Path(__file__).parent
TABLES = HERE.parent / "claimbook" / "language" / "en" / "likeness.json"
KINDS = ("reworded", "invented")
ACROSS = 0.2  # what the classifier of one kind weighs where an example of the other one is told
COST, ROUNDS, PARTS = 3.0, 12, 3
SOUND = {Manner.DANGER: 0.05, Manner.OVERCLAIM: 0.01}  # the share of sound examples above `high`
FAULTY = {Manner.DANGER: 0.01, Manner.OVERCLAIM: 0.2}  # of faulty ones below `low`
LARGEST = 127
# From what each manner is told apart: to promise too much is not to make light of safety.
OTHERS = {Manner.DANGER: ("sound", "overclaim"), Manner.OVERCLAIM: ("sound",)}
Example = tuple[Sequence[int], int]  # its features, and 1 if it is at fault, else -1


@dataclass(frozen=True)
class Weights:
    """A classifier before its weights are rounded."""

    of: Sequence[float]
    bias: float

    def score(self, places: Sequence[int]) -> float:
        """How much a text of these features reads like those at fault."""
        return fsum(map(self.of.__getitem__, places)) / sqrt(max(len(places), 1)) + self.bias

    def rounded(self, high: float = 0, low: float = 0) -> Likeness:
        """The classifier in whole numbers."""
        scale = LARGEST / max(map(abs, self.of))
        table = bytes(round(scale * weight) & 255 for weight in self.of)
        bias, high, low = (round(100 * scale * each) for each in (self.bias, high, low))
        return Likeness(memoryview(table).cast("b"), bias, high, low)


def examples(kind: str, label: str) -> dict[str, list[str]]:
    """The sentences with one label by their topic."""
    text = (HERE / kind / f"{label}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def labelled(manner: Manner, kind: str) -> list[Example]:
    """The sentences at fault in one manner and the sound ones, in an order of chance."""
    rows: list[Example] = [
        (places, sign)
        for label, sign in ((manner.value, 1), *((label, -1) for label in OTHERS[manner]))
        for places in _features(kind, label)
    ]
    random.Random(0).shuffle(rows)
    return rows


@cache
def _features(kind: str, label: str) -> list[Sequence[int]]:
    """The features of the sentences with one label, which both manners read."""
    return [features(each) for sentences in examples(kind, label).values() for each in sentences]


def fit(*kinds: Sequence[Example]) -> Weights:
    """The classifier of the examples of each kind."""
    weights = [[0.0] * (1 << BITS) for _ in kinds]
    biases, chance = [0.0 for _ in kinds], random.Random(0)
    shares = [
        [1.0 if one == other else ACROSS for one, _ in enumerate(kinds)]
        for other, _ in enumerate(kinds)
    ]
    caps = list(map(_caps, kinds))
    rows = [
        (kind, itemgetter(*places), places, sign, sqrt(len(places)))
        for kind, own in enumerate(kinds)
        for places, sign in own
    ]
    duals, order = [0.0] * len(rows), list(range(len(rows)))
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for number in order:
            kind, values_of, places, sign, size = rows[number]
            margin = 0.0
            for share, table, bias in zip(shares[kind], weights, biases, strict=True):
                margin += sign * share * (fsum(values_of(table)) / size + bias)
            # A sentence has length 1, and so has what stands for the bias.
            dual = min(max(duals[number] - (margin - 1) / 2, 0.0), caps[kind][sign])
            if step := (dual - duals[number]) * sign:
                duals[number] = dual
                biases[kind] += step
                own, change = weights[kind], step / size
                for place in places:
                    own[place] += change
    return Weights(list(map(fsum, zip(*weights, strict=True))), fsum(biases))


def _caps(rows: Sequence[Example]) -> dict[int, float]:
    faulty = sum(sign > 0 for _, sign in rows)
    return {1: COST * len(rows) / (2 * faulty), -1: COST * len(rows) / (2 * (len(rows) - faulty))}


def apart(manner: Manner) -> tuple[list[float], list[float]]:
    """The scores of sound and of faulty reworded examples, by classifiers fitted without them."""
    rows, invented = (labelled(manner, kind) for kind in KINDS)
    scores: dict[int, list[float]] = {-1: [], 1: []}
    for part in range(PARTS):
        others = [row for number, row in enumerate(rows) if number % PARTS != part]
        fitted = fit(others, invented)
        for places, sign in rows[part::PARTS]:
            scores[sign].append(fitted.score(places))
    return sorted(scores[-1]), sorted(scores[1])


def bounds(manner: Manner, sound: Sequence[float], faulty: Sequence[float]) -> tuple[float, float]:
    """`high` and `low` of a manner's classifier, by the scores of examples, the lowest first."""
    return sound[-int(SOUND[manner] * len(sound))], faulty[int(FAULTY[manner] * len(faulty))]


def tables() -> str:
    """The fitted classifiers as they are kept."""
    kept = {}
    for manner in Manner:
        fitted = fit(*(labelled(manner, kind) for kind in KINDS)).rounded(
            *bounds(manner, *apart(manner))
        )
        text = b64encode(fitted.weights).decode()
        lines = [text[start : start + 100] for start in range(0, len(text), 100)]
        numbers = {"bias": fitted.bias, "high": fitted.high, "low": fitted.low}
        kept[manner.value] = {**numbers, "weights": lines}
    return json.dumps(kept, indent=1) + "\n"


def measure() -> None:
    """Print how many reworded examples of each label are found at each bound."""
    for manner in Manner:
        found = apart(manner)
        high, low = bounds(manner, *found)
        for label, scores in zip(("sound", manner.value), found, strict=True):
            shares = (
                f"{100 * sum(score >= bound for score in scores) / len(scores):.0f}%"
                for bound in (high, low)
            )
            print(f"{manner.value}: of {len(scores)} {label}", *shares, "at high and low")


def main() -> None:
    """Write the tables, or measure them."""
    parser = argparse.ArgumentParser(description="Fit the classifiers to the examples.")
    parser.add_argument("--measure", action="store_true", help="only measure")
    if parser.parse_args().measure:
        measure()
    else:
        TABLES.write_text(tables(), encoding="utf-8")


if __name__ == "__main__":
    main()
