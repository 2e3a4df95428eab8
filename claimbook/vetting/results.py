"""What becomes of a draft: its sentences, their states and flags, as the contract writes them."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claimbook.records import Flag, Severity, Verdict
from claimbook.records.flags import flag_data
from claimbook.vetting.safety_box import NOT_SOUGHT, LeftOut


class State(StrEnum):
    """What became of a sentence, as a reader is shown it."""

    FLAGGED = "flagged"  # a rule objects, or objected and was set aside
    LOOK = "look"  # nothing is flagged, and a person must look all the same
    NOT_CHECKED = "not-checked"  # it claims something that nothing recorded decides
    CLEAN = "clean"  # it claims something, and all of it is supported
    NOTHING = "nothing"  # it claims nothing that a study can decide: a question, a price


def objects(flag: Flag) -> bool:
    """Whether a flag objects; a note that leaves the verdict as it was, or unchecked, does not."""
    return flag.severity is not Severity.NOTE or flag.verdict > Verdict.NOT_CHECKED


@dataclass(frozen=True, slots=True)
class SentenceResult:
    """One sentence of a draft: how it was read, what it claims, and what the rules say.

    Attributes:
        start, end, line: where it stands in the draft's text; lines count from 1.
        reading: how it was read, in words, for a person to check.
        claims: the ids of the recorded claims that it makes.
        verdict: None where it claims nothing.
        decided: whether evidence decides on some part of it; it may only ask, plan or deny.
        look: why a person must look at it, whatever the rules say.
        topic: the safety topic that it makes light of; if it is not checked, a topic or a harm that
            it names and does not warn of.
        danger: whether it makes light of a safety topic, or a rule objects to what it says of one.
        at_fault: its words to which rules object, where they are not most of it.
        look_beside: what a person must check beside what is flagged.
        suggestion: where it is only to look at, words that warn of what it makes light of.
    """

    start: int
    end: int
    line: int
    text: str
    reading: str
    claims: tuple[str, ...]
    verdict: Verdict | None
    flags: tuple[Flag, ...]
    look: str | None = None
    decided: bool = True
    topic: str | None = None
    danger: bool = False
    at_fault: tuple[str, ...] = ()
    look_beside: str | None = None
    suggestion: str | None = None

    @property
    def wordings(self) -> tuple[str, ...]:
        """What may be written in its place, each once."""
        offered = (*(flag.suggestion for flag in self.flags), self.suggestion)
        return tuple(dict.fromkeys(filter(None, offered)))

    @property
    def to_look_at(self) -> str | None:
        """What a person must check, as a reader is shown it: beside a flag only what is more."""
        return self.look_beside if self.state is State.FLAGGED else self.look

    @property
    def state(self) -> State:
        """What became of it. Setting a flag aside does not make a sentence clean.

        A note that leaves the verdict as it was is worth knowing, and no objection.
        """
        flagged = any(map(objects, self.flags))
        if flagged or (self.verdict is not None and self.verdict > Verdict.NOT_CHECKED):
            return State.FLAGGED
        if self.look:
            return State.LOOK
        if self.verdict is None or self.verdict is Verdict.NOT_CHECKABLE:
            return State.NOTHING
        if self.verdict is Verdict.SUPPORTED and not self.decided:
            return State.NOTHING
        return State.CLEAN if self.verdict is Verdict.SUPPORTED else State.NOT_CHECKED


@dataclass(frozen=True, slots=True)
class VetResult:
    """A vetted draft.

    `left_out` is what its flags on the whole draft miss in it, None where it offers no treatment.
    """

    text: str
    sentences: tuple[SentenceResult, ...]
    document_flags: tuple[Flag, ...]
    checks_run: tuple[str, ...]
    left_out: tuple[LeftOut, ...] | None = None

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Every flag, those on sentences first."""
        return tuple(flag for flag, _ in self.with_sentences())

    def with_sentences(self) -> Iterator[tuple[Flag, SentenceResult | None]]:
        """Every flag with its sentence, or None where it is on the whole draft."""
        for sentence in self.sentences:
            yield from ((flag, sentence) for flag in sentence.flags)
        yield from ((flag, None) for flag in self.document_flags)

    def counts(self) -> Counter[str]:
        """How many `sentences`; how many in each state, by its name; how many have but `notes`.

        And how many are `checked`: have a verdict that evidence, or a rule, decides.
        """
        counts: Counter[str] = Counter()
        for sentence in self.sentences:
            counts["sentences"] += 1
            counts[sentence.state.value] += 1
            counts["notes"] += bool(sentence.flags) and sentence.state is not State.FLAGGED
            counts["checked"] += sentence.verdict not in (None, Verdict.NOT_CHECKED)
        return counts


def as_data(vetted: VetResult) -> dict[str, Any]:
    """The result as the contract writes it."""
    by_category = Counter(flag.category.value for flag in vetted.flags)
    counts = vetted.counts()
    return {
        "text_sha256": hashlib.sha256(vetted.text.encode("utf-8", "replace")).hexdigest(),
        "sentences": [_sentence_data(sentence) for sentence in vetted.sentences],
        "document_flags": [flag_data(flag) for flag in vetted.document_flags],
        "summary": {
            **{name: counts[name] for name in ("sentences", "checked", "notes")},
            **{state.value.replace("-", "_"): counts[state.value] for state in State},
            "by_category": dict(sorted(by_category.items())),
        },
        "checks_run": list(vetted.checks_run),
        "not_checked": [
            sentence.text
            for sentence in vetted.sentences
            if sentence.verdict is Verdict.NOT_CHECKED
        ],
        "left_out": [
            {
                "disclosure": each.disclosure,
                "label": each.label,
                "rule": each.rule,
                "add": each.wording,
            }
            for each in vetted.left_out or ()
        ],
        "left_out_not_sought": NOT_SOUGHT if vetted.left_out is None else None,
        "suppressed": [],
    }


def _sentence_data(sentence: SentenceResult) -> dict[str, Any]:
    fields = ("start", "end", "line", "text", "reading")
    return {name: getattr(sentence, name) for name in fields} | {
        "claims": list(sentence.claims),
        "verdict": sentence.verdict.label if sentence.verdict is not None else None,
        "state": sentence.state.value,
        "look": sentence.look,
        "look_beside": sentence.look_beside,
        "topic": sentence.topic,
        "danger": sentence.danger,
        "at_fault": list(sentence.at_fault),
        "suggestion": sentence.suggestion,
        "flags": [flag_data(flag) for flag in sentence.flags],
    }
