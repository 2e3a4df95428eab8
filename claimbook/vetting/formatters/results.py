"""What every output format needs of vetted drafts."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from claimbook.records import Category, Flag, Location, Severity, Verdict
from claimbook.records.display import count
from claimbook.records.grouping import grouped
from claimbook.vetting.results import SentenceResult, State
from claimbook.vetting.safety_box import box_lines
from claimbook.vetting.suppressions import BASELINE, KINDS, FinalResult, SuppressedFlag

LOOK = "look"  # what stands for a rule where a person must look
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

    The counts of sentences (`VetResult.counts`); flags on a whole `document`; flags set aside by
    comments (`allowed`) and by the baseline (`known`).
    """
    counts: Counter[str] = Counter()
    for result in results:
        counts.update(result.vetted.counts())
        counts["document"] += len(result.vetted.document_flags)
        counts.update("known" if held.by == BASELINE else "allowed" for held in result.suppressed)
    return counts


def numbers(counts: Counter[str]) -> str:
    """The numbers of a tally of sentences, in words."""
    return (
        f"{count(counts['sentences'], 'sentence')}, {counts['checked']} checked,"
        f" {counts['flagged']} flagged, {counts['look']} to look at,"
        f" {counts['unchecked']} not checked"
    )


def looks(result: FinalResult) -> Iterator[tuple[Flag, SentenceResult]]:
    """The sentences that a person must look at, each with that as a note."""
    for sentence in result.vetted.sentences:
        if sentence.state is State.LOOK:
            at, _ = result.draft.place(sentence.start, sentence.end)
            reason = sentence.look or ""
            yield Flag(LOOK, Category.RECORD, Severity.NOTE, reason, at, sentence.text), sentence


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


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int | None]]:
    """A text cut at its sentences: each piece with the number of its sentence, or None between."""
    end = 0
    for number, (start, stop) in enumerate(spans):
        if end < start:
            yield text[end:start], None
        yield text[start:stop], number
        end = stop
    if end < len(text):
        yield text[end:], None


def set_aside(result: FinalResult) -> dict[int | None, tuple[SuppressedFlag, ...]]:
    """What was set aside, by where its sentence starts; on the draft as a whole, under None."""
    return grouped(
        (each.sentence.start if each.sentence else None, each) for each in result.suppressed
    )


def additions(result: FinalResult, flag: Flag) -> list[str]:
    """What to add of what a flag on the whole draft misses, and for what no wording is recorded.

    A line that tells more than one thing stands under the gravest of them, with all that it tells.
    """
    missed = result.vetted.left_out or ()
    without = [each.label.lower() for each in missed if not each.wording and each.rule == flag.rule]
    return [
        *(
            f"add: {visible(line)} [{'; '.join(each.label.lower() for each in told)}]"
            for line, told in box_lines(missed).items()
            if told[0].rule == flag.rule
        ),
        *([f"no wording is recorded for: {', '.join(without)}"] if without else []),
    ]


def without_wording(sentence: SentenceResult) -> bool:
    """Whether a sentence says too much and no wording is offered instead."""
    too_much = sentence.verdict is not None and sentence.verdict >= Verdict.OVERSTATED
    return too_much and not any(flag.suggestion for flag in sentence.flags)
