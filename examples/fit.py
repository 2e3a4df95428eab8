"""Fit what tells sentences apart by their manner to the labelled examples beside this file.

    python examples/fit.py            writes claimbook/language/en/likeness.json
    python examples/fit.py --measure  how well sentences are told that it was not fitted to

Each is a support vector machine, fitted by dual coordinate descent (Hsieh and others 2008,
algorithm 1, with the L1 loss), in plain Python: the same examples give the same bytes. Both labels
weigh the same, however many sentences have each.
"""

import argparse
import json
import random
from base64 import b64encode
from collections.abc import Sequence
from math import fsum, sqrt
from pathlib import Path

import yaml

from claimbook.language.likeness import BITS, Likeness, Manner, features

HERE = Path(__file__).parent
TABLES = HERE.parent / "claimbook" / "language" / "en" / "likeness.json"
COST, ROUNDS, PARTS = 3.0, 12, 3
SOUND = {Manner.DANGER: 0.05, Manner.OVERCLAIM: 0.005}  # the share of sound examples above `high`
FAULTY = {Manner.DANGER: 0.01, Manner.OVERCLAIM: 0.1}  # of faulty ones below `low`
LARGEST = 127
# From what each manner is told apart: to promise too much is not to make light of safety.
OTHERS = {Manner.DANGER: ("sound", "overclaim"), Manner.OVERCLAIM: ("sound",)}
Example = tuple[list[int], int]  # its features, and 1 if it is at fault, else -1


def examples(name: str) -> dict[str, list[str]]:
    """The sentences with one label by their topic."""
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def labelled(manner: Manner) -> list[Example]:
    """The sentences at fault in one manner and the sound ones, in an order of chance."""
    rows = [
        (features(sentence), sign)
        for name, sign in ((manner.value, 1), *((name, -1) for name in OTHERS[manner]))
        for sentences in examples(name).values()
        for sentence in sentences
    ]
    random.Random(0).shuffle(rows)
    return rows


def fit(rows: Sequence[Example]) -> Likeness:
    """The classifier of some examples."""
    faulty = sum(sign > 0 for _, sign in rows)
    caps = {1: COST * len(rows) / (2 * faulty), -1: COST * len(rows) / (2 * (len(rows) - faulty))}
    weights, bias, chance = [0.0] * (1 << BITS), 0.0, random.Random(0)
    duals, order = [0.0] * len(rows), list(range(len(rows)))
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for number in order:
            places, sign = rows[number]
            size = sqrt(len(places))
            margin = sign * (fsum(map(weights.__getitem__, places)) / size + bias)
            # A sentence has length 1, and so has what stands for the bias.
            dual = min(max(duals[number] - (margin - 1) / 2, 0.0), caps[sign])
            if step := (dual - duals[number]) * sign:
                duals[number] = dual
                bias += step
                for place in places:
                    weights[place] += step / size
    scale = LARGEST / max(map(abs, weights))
    table = bytes(round(scale * weight) & 255 for weight in weights)
    return Likeness(memoryview(table).cast("b"), round(100 * scale * bias), 0, 0)


def apart(rows: Sequence[Example]) -> list[int]:
    """The score of each example by a classifier that was fitted without it."""
    scores = [0] * len(rows)
    for part in range(PARTS):
        fitted = fit([row for number, row in enumerate(rows) if number % PARTS != part])
        for number in range(part, len(rows), PARTS):
            scores[number] = fitted.of(rows[number][0])
    return scores


def bounds(manner: Manner, rows: Sequence[Example], scores: Sequence[int]) -> tuple[int, int]:
    """`high` and `low` of a manner's classifier, by the scores of its examples."""
    sound = sorted(score for score, (_, sign) in zip(scores, rows, strict=True) if sign < 0)
    faulty = sorted(score for score, (_, sign) in zip(scores, rows, strict=True) if sign > 0)
    return sound[-int(SOUND[manner] * len(sound))], faulty[int(FAULTY[manner] * len(faulty))]


def tables() -> str:
    """The fitted classifiers as they are kept."""
    kept = {}
    for manner in Manner:
        rows = labelled(manner)
        fitted, (high, low) = fit(rows), bounds(manner, rows, apart(rows))
        text = b64encode(fitted.weights).decode()
        lines = [text[start : start + 100] for start in range(0, len(text), 100)]
        kept[manner.value] = {"bias": fitted.bias, "high": high, "low": low, "weights": lines}
    return json.dumps(kept, indent=1) + "\n"


def measure() -> None:
    """Print how many of each label are found at each bound."""
    for manner in Manner:
        rows = labelled(manner)
        scores = apart(rows)
        high, low = bounds(manner, rows, scores)
        for sign, label in ((1, manner.value), (-1, "sound")):
            own = [score for score, row in zip(scores, rows, strict=True) if row[1] == sign]
            above = [sum(score >= bound for score in own) for bound in (high, low)]
            shares = (f"{100 * count / len(own):.0f}%" for count in above)
            print(f"{manner.value}: of {len(own)} {label}", *shares, "at high and low")


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
