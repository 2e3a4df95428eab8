"""What was flagged before: old copy is not to fail, new copy is. Found again by what is said, not by where it stands."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claimbook.records import Flag
from claimbook.records.quotes import normalize
from claimbook.vetting.suppressions import BASELINE, Result, SuppressedFlag, without
from claimbook.vetting.vet import SentenceResult

VERSION = 1
_SHOWN = 120  # letters of a sentence that an entry repeats, for people
Key = tuple[
    str, str, str
]  # the rule, the hash of the folded sentence (or "" for the whole draft), the file


class BaselineError(ValueError):
    """A baseline cannot be used; the message says why."""


def sentence_hash(text: str) -> str:
    """What a sentence is known by: its words, whatever white space, quotation marks and case they are written with."""
    return hashlib.sha256(normalize(text).lower().encode("utf-8", "replace")).hexdigest()[:32]


def written(results: Iterable[Result]) -> dict[str, Any]:
    """The flags of some drafts as a baseline; what comments set aside is not in it."""
    counts: Counter[Key] = Counter()
    shown: dict[Key, str | None] = {}
    for result in results:
        for flag, sentence in _flags(result):
            key = _key(flag, sentence, result.draft.name)
            counts[key] += 1
            shown[key] = normalize(sentence.text)[:_SHOWN] if sentence else None
    entries = [
        {
            "rule": key[0],
            "path": key[2],
            "sentence_sha256": key[1] or None,
            "count": count,
            "says": shown[key],
        }
        for key, count in sorted(counts.items(), key=lambda one: (one[0][2], one[0][0], one[0][1]))
    ]
    return {"baseline": VERSION, "flags": entries}


def read(held: object) -> Counter[Key]:
    """The entries of a baseline.

    Raises:
        BaselineError: it is not one.
    """
    try:
        if not isinstance(held, Mapping) or held.get("baseline") != VERSION:
            raise BaselineError(f"not a baseline of version {VERSION}")
        counts: Counter[Key] = Counter()
        for one in held["flags"]:
            if type(one["count"]) is not int or one["count"] < 1:
                raise BaselineError("an entry without a count of 1 or more")
            counts[(str(one["rule"]), str(one["sentence_sha256"] or ""), str(one["path"]))] += one[
                "count"
            ]
    except (KeyError, TypeError) as error:
        raise BaselineError(f"not a baseline: {error}") from error
    return counts


def settle(results: Sequence[Result], known: Counter[Key]) -> tuple[list[Result], Counter[Key]]:
    """Set aside what a baseline knows.

    A sentence that moved to another file is still known; a flag on a whole draft is known in its own file only.

    Returns:
        The results, and what the baseline holds of these files that is no longer met.
    """
    left = Counter(known)
    elsewhere: dict[tuple[str, str], list[Key]] = {}
    for key in left:
        if key[1]:
            elsewhere.setdefault(key[:2], []).append(key)
    settled = []
    for result in results:
        aside: list[SuppressedFlag] = []
        name = result.draft.name

        def kept(
            flags: Iterable[Flag],
            sentence: SentenceResult | None,
            aside: list[SuppressedFlag] = aside,
            name: str = name,
        ) -> Iterator[Flag]:
            for flag in flags:
                key = _key(flag, sentence, name)
                met = (
                    key
                    if left[key] > 0
                    else next((one for one in elsewhere.get(key[:2], ()) if left[one] > 0), None)
                )
                if met is None or flag.rule.endswith("-suppression"):
                    yield flag
                else:
                    left[met] -= 1
                    aside.append(SuppressedFlag(flag, sentence, BASELINE, "held in the baseline"))

        vetted = without(result.vetted, kept)
        settled.append(replace(result, vetted=vetted, suppressed=(*result.suppressed, *aside)))
    here = {result.draft.name for result in results}
    return settled, Counter(
        {key: count for key, count in left.items() if count > 0 and key[2] in here}
    )


def _flags(result: Result) -> Iterator[tuple[Flag, SentenceResult | None]]:
    for sentence in result.vetted.sentences:
        yield from ((part, sentence) for flag in sentence.flags for part in flag.parts)
    yield from (
        (flag, None)
        for flag in result.vetted.document_flags
        if not flag.rule.endswith("-suppression")
    )


def _key(flag: Flag, sentence: SentenceResult | None, name: str) -> Key:
    return flag.rule, sentence_hash(sentence.text) if sentence else "", name
