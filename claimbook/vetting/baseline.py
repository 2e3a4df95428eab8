"""Known flags, so that only new ones fail. Entries match by sentence hash, not by line."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claimbook.records import Flag
from claimbook.records.grouping import grouped
from claimbook.records.quotes import normalize
from claimbook.vetting.results import SentenceResult
from claimbook.vetting.suppressions import (
    BASELINE,
    KINDS,
    FinalResult,
    SuppressedFlag,
    filter_flags,
)

VERSION = 1
_MAX_SHOWN = 120  # letters of a sentence that an entry repeats, for people
Key = tuple[str, str, str]  # rule; hash of the sentence, or "" for the whole draft; file


class BaselineError(ValueError):
    """A baseline cannot be used; the message says why."""


def sentence_hash(text: str) -> str:
    """A hash of a sentence's words, the same for any white space, quotation marks and case."""
    return hashlib.sha256(normalize(text).lower().encode("utf-8", "replace")).hexdigest()[:32]


def write_baseline(results: Iterable[FinalResult]) -> dict[str, Any]:
    """The flags of drafts as a baseline, without those that comments set aside."""
    counts: Counter[Key] = Counter()
    shown: dict[Key, str | None] = {}
    for result in results:
        for flag, sentence in result.vetted.with_sentences():
            for part in flag.parts:
                if part.rule not in KINDS:
                    key = _key(part, sentence, result.draft.name)
                    counts[key] += 1
                    shown[key] = normalize(sentence.text)[:_MAX_SHOWN] if sentence else None
    entries = [
        {
            "rule": rule,
            "path": path,
            "sentence_sha256": sentence or None,
            "count": counts[rule, sentence, path],
            "says": shown[rule, sentence, path],
        }
        for rule, sentence, path in sorted(counts, key=lambda key: (key[2], key[0], key[1]))
    ]
    return {"baseline": VERSION, "flags": entries}


def read_baseline(data: object) -> Counter[Key]:
    """The entries of a baseline, with how often each is known.

    Raises:
        BaselineError: the data is not a baseline.
    """
    if not isinstance(data, Mapping) or data.get("baseline") != VERSION:
        raise BaselineError(f"not a baseline of version {VERSION}")
    counts: Counter[Key] = Counter()
    try:
        for entry in data["flags"]:
            count = entry["count"]
            if type(count) is not int or count < 1:
                raise BaselineError("an entry has no count of 1 or more")
            sentence = str(entry["sentence_sha256"] or "")
            counts[str(entry["rule"]), sentence, str(entry["path"])] += count
    except (KeyError, TypeError) as error:
        raise BaselineError(f"not a baseline: {error}") from error
    return counts


def apply_baseline(
    results: Sequence[FinalResult], known: Counter[Key]
) -> tuple[list[FinalResult], Counter[Key]]:
    """Take out the flags that a baseline knows.

    A sentence that moved to another file is still known: its old file is gone, or is among these
    drafts and no longer has it. A copy is new. A flag on a whole draft is known in its own file
    only.

    Returns:
        The results, and the entries on these files that nothing matches any more.
    """
    left = Counter(known)
    files = {result.draft.name for result in results}
    here = Counter(
        _key(part, sentence, result.draft.name)
        for result in results
        for flag, sentence in result.vetted.with_sentences()
        for part in flag.parts
    )
    free = Counter(  # how often each was known where it no longer is
        {
            key: count - here[key]
            for key, count in known.items()
            if key[1] and (key[2] in files or not os.path.lexists(key[2]))
        }
    )
    elsewhere = grouped((key[:2], key) for key in free)

    def without_known(result: FinalResult) -> FinalResult:
        suppressed: list[SuppressedFlag] = []

        def keep(flag: Flag, sentence: SentenceResult | None) -> bool:
            own = _key(flag, sentence, result.draft.name)
            moved = (key for key in elsewhere.get(own[:2], ()) if free[key] > 0)
            match = own if left[own] > 0 else next(moved, None)
            if match is None or flag.rule in KINDS:
                return True
            left[match] -= 1
            if match != own:
                free[match] -= 1
            suppressed.append(SuppressedFlag(flag, sentence, BASELINE, "held in the baseline"))
            return False

        vetted = filter_flags(result.vetted, keep)
        return replace(result, vetted=vetted, suppressed=(*result.suppressed, *suppressed))

    remaining = [without_known(result) for result in results]
    unmet = {key: count for key, count in left.items() if count > 0 and key[2] in files}
    return remaining, Counter(unmet)


def _key(flag: Flag, sentence: SentenceResult | None, name: str) -> Key:
    return flag.rule, sentence_hash(sentence.text) if sentence else "", name
