"""What every output format needs of vetted drafts."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from claimbook.records import Flag, Location, Verdict
from claimbook.records.display import count
from claimbook.vetting.suppressions import BASELINE, KINDS, FinalResult
from claimbook.vetting.vet import SentenceResult, State

NO_WORDING = "No evidence-based wording yet. Safest: delete it."
# Signs that a terminal would act on, or that nobody sees; but for three that take no room.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
NO_ROOM = "\u00ad\u200b\u200d"


def visible(text: str) -> str:
    r"""The text, every sign written out that is not seen or turns what follows around (\u202e)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(visible_sign, text))


@lru_cache(maxsize=10_000)
def visible_sign(sign: str) -> str:
    """One sign as `visible` writes it."""
    if sign in "\t\n":
        return " "
    hidden = unicodedata.category(sign) in _UNSEEN and sign not in NO_ROOM
    return f"\\u{ord(sign):04x}" if hidden else sign


def tally(results: Iterable[FinalResult]) -> Counter[str]:
    """What was done, in numbers.

    `sentences`, of which `checked`, `flagged`, to `look` at, `unchecked`; flags on a whole
    `document`; flags set aside by comments (`allowed`) and by the baseline (`known`).
    """
    counts: Counter[str] = Counter()
    for result in results:
        for sentence in result.vetted.sentences:
            unchecked = sentence.verdict is Verdict.NOT_CHECKED
            look = sentence.state is State.LOOK
            counts["sentences"] += 1
            counts["checked"] += sentence.verdict is not None and not unchecked
            counts["unchecked"] += unchecked and not look
            counts["flagged"] += bool(sentence.flags)
            counts["look"] += look
        counts["document"] += len(result.vetted.document_flags)
        for suppressed in result.suppressed:
            counts["known" if suppressed.by == BASELINE else "allowed"] += 1
    return counts


def numbers(counts: Counter[str]) -> str:
    """The numbers of a tally of sentences, in words."""
    return (
        f"{count(counts['sentences'], 'sentence')}, {counts['checked']} checked,"
        f" {counts['flagged']} flagged, {counts['look']} to look at,"
        f" {counts['unchecked']} not checked"
    )


def flags(result: FinalResult) -> Iterator[tuple[Flag, SentenceResult | None]]:
    """Every flag with its sentence, or None where it is on the whole draft."""
    for sentence in result.vetted.sentences:
        yield from ((flag, sentence) for flag in sentence.flags)
    yield from ((flag, None) for flag in result.vetted.document_flags)


def looks(result: FinalResult) -> Iterator[SentenceResult]:
    """The sentences that a person must look at."""
    return (one for one in result.vetted.sentences if one.state is State.LOOK)


def place(
    result: FinalResult, flag: Flag, sentence: SentenceResult | None
) -> tuple[Location, Location]:
    """Where in the file a flag begins and ends."""
    if sentence is not None:
        return result.draft.place(sentence.start, sentence.end)
    if flag.rule in KINDS:  # its place is the comment's own
        return flag.at, flag.at
    offset = result.draft.offset(flag.at)
    return result.draft.place(offset, offset)


def without_wording(sentence: SentenceResult) -> bool:
    """Whether a sentence says too much and no wording is offered instead."""
    too_much = sentence.verdict is not None and sentence.verdict >= Verdict.OVERSTATED
    return too_much and not any(flag.suggestion for flag in sentence.flags)
