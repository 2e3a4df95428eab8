"""What every output format needs of vetted drafts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from claimbook.records import Base, Category, Flag, Location, Severity, Verdict, display
from claimbook.records.display import count, listed
from claimbook.records.grouping import grouped
from claimbook.vetting.results import SentenceResult, State
from claimbook.vetting.safety_box import box_lines
from claimbook.vetting.suppressions import BASELINE, KINDS, FinalResult, SuppressedFlag

LOOK = "look"  # what stands for a rule where a person must look
NO_WORDING = "No evidence-based wording yet. Safest:"
STATE_WORDS = {
    State.FLAGGED: "flagged",
    State.LOOK: "to look at",
    State.NOT_CHECKED: "not checked",
    State.CLEAN: "supported",
    State.NOTHING: "claiming nothing",
}
# What a whole draft leaves out or does not say, as it bears on safety: before any praise.
_SAFETY = (Category.MISSING_RISK, Category.OMISSION, Category.MISSING_OFF_LABEL)
_RANKS = {Severity.ERROR: 2, Severity.WARNING: 4, Severity.NOTE: 6}  # in a report's order
_URGENT = 5  # sentences: what somebody reads before anything else
_OPENING = 60  # letters of a sentence by which it is named
# Signs that a terminal would act on, or that nobody sees; but for three that take no room.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
NO_ROOM = "\u00ad\u200b\u200d"
_DOI = re.compile(r"10\.[^\s\"<>]+")
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")


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
    """The numbers of a tally of sentences, in words: each sentence is in one of the states."""
    states = ", ".join(f"{counts[state.value]} {words}" for state, words in STATE_WORDS.items())
    notes = f" ({counts['notes']} with notes only)" if counts["notes"] else ""
    return f"{count(counts['sentences'], 'sentence')}: {states}{notes}"


def looks(result: FinalResult) -> Iterator[tuple[Flag, SentenceResult]]:
    """The sentences that a person must look at, each with that as a note."""
    for sentence in result.vetted.sentences:
        if sentence.state is State.LOOK:
            at, _ = result.draft.place(sentence.start, sentence.end)
            reason = sentence.look or ""
            note = Flag(LOOK, Category.RECORD, Severity.NOTE, reason, at, sentence.text)
            yield replace(note, suggestion=sentence.suggestion), sentence


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


def advice(sentence: SentenceResult) -> str:
    """What to do where a sentence says too much and no wording is offered; empty elsewhere."""
    too_much = sentence.verdict is not None and sentence.verdict >= Verdict.OVERSTATED
    if not too_much or not sentence.flags or sentence.wordings:
        return ""
    if not sentence.at_fault:
        return f"{NO_WORDING} delete it."
    words = listed(f"“{words}”" for words in sentence.at_fault)
    return f"{NO_WORDING} write it without {words}, or delete it."


def heading(sentence: SentenceResult) -> str:
    """What became of a sentence, and what the evidence makes of it where a rule objects."""
    state, verdict = sentence.state, sentence.verdict
    objects = state is State.FLAGGED and verdict is not None and verdict > Verdict.NOT_CHECKED
    return f"{state.value} ({verdict.label})" if objects and verdict else state.value


def marked(result: FinalResult) -> list[SentenceResult]:
    """The sentences of which something is said: they are flagged, set aside or to look at."""
    aside = set_aside(result)
    return [
        each
        for each in result.vetted.sentences
        if each.flags or each.start in aside or each.state is State.LOOK
    ]


def by_urgency(result: FinalResult) -> list[SentenceResult | Flag]:
    """The sentences that are `marked`, and the flags on the whole, most dangerous first.

    That is: sentences that are flagged on safety, or make light of what a record warns of; other
    sentences to look at for their safety; what the draft leaves out; other errors; then warnings,
    other sentences to look at, and notes. Of those on safety the gravest verdict comes first; of
    equals, the text has the order.
    """
    return sorted([*marked(result), *result.vetted.document_flags], key=urgency)


def urgent(result: FinalResult) -> list[SentenceResult]:
    """The most dangerous of the sentences that are flagged or to look at on their safety."""
    ranked = (each for each in by_urgency(result) if not isinstance(each, Flag))
    return [each for each in ranked if each.danger][:_URGENT]


def whole(result: FinalResult) -> list[Flag]:
    """The flags on a whole draft, the most dangerous first."""
    return [each for each in by_urgency(result) if isinstance(each, Flag)]


def opening(sentence: SentenceResult) -> str:
    """The first words of a sentence, by which a reader finds it."""
    words = visible(" ".join(sentence.text.split()))
    return words if len(words) <= _OPENING else f"{words[:_OPENING].rsplit(' ', 1)[0]} …"


def urgency(said: SentenceResult | Flag) -> tuple[int, int]:
    """By which the most dangerous come first: sentences, and flags on a whole draft."""
    if isinstance(said, Flag):
        of_safety = said.category in _SAFETY
        return 1 if of_safety else _RANKS[said.severity], said.category is not Category.MISSING_RISK
    if said.state is State.FLAGGED:
        ranks = (_RANKS[flag.severity] for flag in said.flags)
        return (0, -(said.verdict or 0)) if said.danger else (min(ranks, default=6), 0)
    if said.state is State.LOOK and said.suggestion:
        return 0, -Verdict.OVERSTATED  # a record warns of what it makes light of
    if said.state is State.LOOK:
        return (0, 0) if said.danger else (5, 0)
    return 6, 1


def not_checked(result: FinalResult) -> list[SentenceResult]:
    """The sentences that no record decides, those first that name a danger."""
    sentences = [each for each in result.vetted.sentences if each.state is State.NOT_CHECKED]
    return sorted(sentences, key=lambda each: each.topic is None)


def cited(base: Base, key: str) -> tuple[str, str]:
    """A source: who, what, when; and its address, by its DOI if it has one, or empty."""
    reference = base.references.get(key)
    if reference is None:
        return key, ""
    fields = reference.fields
    people = [name.partition(",")[0] for name in reference.persons.get("author", ())]
    who = f"{people[0]} and others" if len(people) > 2 else " and ".join(people)
    parts = filter(None, (who, display.title(reference), fields.get("year")))
    text = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts)
    doi, address = fields.get("doi", ""), fields.get("url", "")
    if _DOI.fullmatch(doi):
        return text, f"https://doi.org/{doi}"
    return text, address if _ADDRESS.fullmatch(address) else ""


def named(text: str, sources: Iterable[str], base: Base) -> str:
    """What a flag says, with its sources by their short names."""
    return display.message(text, (), (key for key in sources if key in base.references), base)
