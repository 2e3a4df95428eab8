"""A draft is a page that is not published yet: its sentences become occurrences, and the same rules judge them.

A sentence is read clause by clause: what it is about (`reading`), which claims it makes and what it says of them (`matching`).
A sentence near no claim is *not checked*, and said so; what its wording promises is judged all the same.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from claimbook.evidence.index import Index
from claimbook.language.concepts import Reading
from claimbook.language.discourse import (
    MAX_ITEM,
    advises,
    asks,
    cites_nothing,
    clauses,
    distant,
    ends,
    modest,
    refers,
    split,
    titles,
    voice,
)
from claimbook.language.safety import topic_at_risk
from claimbook.language.strength import STEP_WORDS, wording
from claimbook.records import (
    BENEFITS,
    FACETS,
    UNRESOLVED,
    Amount,
    Base,
    Category,
    Claim,
    ConceptSet,
    Effect,
    Flag,
    Kind,
    Location,
    Occurrence,
    Page,
    Scope,
    Share,
    Topic,
    Value,
    Verdict,
    YesNo,
)
from claimbook.records.flags import flag_data
from claimbook.records.quotes import normalize, parts
from claimbook.rules.check import Report, all_rules, check
from claimbook.rules.testimonial_as_evidence import TYPICAL
from claimbook.vetting.matching import Matcher
from claimbook.vetting.suggestions import offers

DRAFT = "draft"
UNCOVERED = "draft-uncovered"
VOICE = "draft-voice"
_OURS = {  # the claims of sentences that no recorded claim covers
    UNCOVERED: ("Something that no recorded claim covers.", Kind.DEFINITION),
    VOICE: ("Somebody tells an experience.", Kind.TESTIMONIAL),
}
_SKIPPED = frozenset(
    {"regimen-mismatch", "pages-disagree", "dependent-studies", "evidence-left-out"}
)
_WORTH = re.compile(
    r"\d|%|\b(?:study|studies|trial|research|evidence|proven|effective|safe|relief|approved|cure|risk|side effects?)\b",
    re.IGNORECASE,
)


class State(StrEnum):
    """What became of a sentence, as a reader is shown it."""

    FLAGGED = "flagged"  # a rule objects, or objected and was set aside
    LOOK = "look"  # nothing is flagged, and a person must look all the same
    NOT_CHECKED = "not-checked"  # it claims something that nothing recorded decides
    CLEAN = "clean"  # it claims something, and all of it is supported
    NOTHING = "nothing"  # it claims nothing, or what no study can decide: a question, a price, the clinic's own practice


@dataclass(frozen=True, slots=True)
class SentenceResult:
    """One sentence of a draft: where it stands, how it was read, what it claims, and what the rules say."""

    start: int
    end: int
    line: int
    text: str
    reading: str
    claims: tuple[str, ...]
    verdict: Verdict | None  # None: it claims nothing
    flags: tuple[Flag, ...]
    look: str | None = None  # why a person must look at it, whatever the rules say

    @property
    def state(self) -> State:
        """What became of it. Setting a flag aside does not make a sentence clean."""
        if self.flags or (self.verdict is not None and self.verdict > Verdict.NOT_CHECKED):
            return State.FLAGGED
        if self.look:
            return State.LOOK
        if self.verdict is None or self.verdict is Verdict.NOT_CHECKABLE:
            return State.NOTHING
        return State.CLEAN if self.verdict is Verdict.SUPPORTED else State.NOT_CHECKED


@dataclass(frozen=True, slots=True)
class VetResult:
    """A vetted draft."""

    text: str
    sentences: tuple[SentenceResult, ...]
    document_flags: tuple[Flag, ...]
    checks_run: tuple[str, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Every flag, those on sentences first."""
        return (
            *(flag for sentence in self.sentences for flag in sentence.flags),
            *self.document_flags,
        )


def vet(text: str, base: Base, path: str = DRAFT) -> VetResult:
    """Judge a draft; for many drafts of one base, a `Vetter` reads the base once.

    Args:
        text: the draft's words.
        base: the records it is held against.
        path: how messages name it.
    """
    return Vetter(base).vet(text, path)


class Vetter:
    """What is known of a base, indexed once: vet as many drafts as you like."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.matcher = Matcher(Index(base))
        self._clean: dict[
            str, bool
        ] = {}  # what was offered before, and whether nothing is flagged in it

    def vet(self, text: str, path: str = DRAFT) -> VetResult:
        """Judge a draft: every sentence read, matched to claims and held to the same rules as any page.

        Args:
            text: the draft's words, as read.
            path: how messages name the draft.
        """
        sentences, made, report = self._judged(text, path)
        document = tuple(
            flag
            for flag in report.flags
            if flag.subject == DRAFT or (flag.rule == "page-disagrees-with-itself")
        )
        return VetResult(
            text,
            tuple(self._with_suggestions(sentences, made, report.index)),
            document,
            report.rules_run,
        )

    def _judged(
        self, text: str, path: str
    ) -> tuple[list[SentenceResult], list[list[Occurrence]], Report]:
        """Every sentence of a text with its flags, the occurrences it makes, and what the rules said of the whole."""
        spans = split(text)
        breaks = [match.start() for match in re.finditer("\n", text)]
        self._made: dict[str, Claim] = {}
        occurrences: dict[str, list[Occurrence]] = {}
        made: list[list[Occurrence]] = []
        readings = []
        looks = []
        before = ""  # the sentence before
        self._last: tuple[str, ...] = ()  # the treatment that was named last: what "it" is
        lead = ""  # the words that open a list: what they say holds for its items
        for number, (start, end) in enumerate(spans):
            line = bisect_left(breaks, start)
            at = Location(path, line + 1, start - (breaks[line - 1] if line else -1))
            after = text[end : spans[number + 1][1]] if number + 1 < len(spans) else ""
            sentence = normalize(text[start:end])
            item = "\n" in text[spans[number - 1][1] : start] if number else True
            lead = lead if item and len(sentence.split()) <= MAX_ITEM and not ends(sentence) else ""
            whole = f"{lead} {sentence}" if lead else sentence
            topic = topic_at_risk(whole, before)
            looks.append(
                f"Safety topic ({topic}): a person must check this sentence." if topic else None
            )
            before = sentence
            mine, concepts = self._read(whole, str(number), at, after)
            if cites_nothing(sentence, after):
                mine = [replace(one, cites=(*one.cites, UNRESOLVED)) for one in mine]
            lead = sentence if sentence.endswith(":") else lead
            for one in mine:
                occurrences.setdefault(one.claim, []).append(one)
            made.append(mine)
            worthy = bool(concepts or _WORTH.search(sentence))
            readings.append((self._told(sentence, concepts, mine), worthy))
        report = check(self._draft(occurrences, text), _rules())
        sentences = []
        for (start, end), mine, (reading, worthy), look in zip(
            spans, made, readings, looks, strict=True
        ):
            ids = {one.id for one in mine}
            flags = {
                flag.rule + flag.message: flag
                for one in mine
                for flag in report.by_occurrence.get(one.id, ())
                if flag.subject in ids and _matters(flag)
            }
            covered = [one for one in mine if one.claim in self.base.claims]
            reported = any(one.claim in self._made for one in mine)
            verdict = max((report.verdict(one) for one in mine), default=None)
            if (
                mine
                and not covered
                and not reported
                and verdict in (Verdict.SUPPORTED, Verdict.NOT_CHECKED)
            ):
                verdict = Verdict.NOT_CHECKED if worthy else None
            if look and verdict in (None, Verdict.SUPPORTED, Verdict.NOT_CHECKABLE):
                verdict = Verdict.NOT_CHECKED
            line = bisect_left(breaks, start) + 1
            named = tuple(dict.fromkeys(one.claim for one in covered))
            sentences.append(
                SentenceResult(
                    start,
                    end,
                    line,
                    text[start:end],
                    reading,
                    named,
                    verdict,
                    tuple(sorted(flags.values(), key=lambda flag: (-flag.verdict, flag.rule))),
                    look,
                )
            )
        return sentences, made, report

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(
        self, sentence: str, number: str, at: Location, after: str
    ) -> tuple[list[Occurrence], Mapping[str, tuple[str, ...]]]:
        """The occurrences that a sentence makes, and the concepts it names."""
        whole = self.matcher.reader.read(sentence)
        if asks(sentence) or distant(sentence):
            return [], whole.concepts
        if voice(sentence):
            return [self._voiced(sentence, whole, number, at, after)], whole.concepts
        known, sources = (
            self.matcher.candidates.registered(sentence),
            self.matcher.citations.sources(sentence),
        )
        mine = [
            replace(
                one,
                id=f"{DRAFT}/{number}/{one.claim}",
                page=DRAFT,
                cites=self._cited(self.base.claims[one.claim], sources),
                at=at,
            )
            for one in known
        ]
        for index, clause in enumerate(clauses(sentence)):
            if any(part in clause for one in known for part in parts(one.quote)):
                continue
            reading = self.matcher.reader.read(clause) if clause != sentence else whole
            context = {
                facet: whole.concepts[facet]
                for facet in ("population", "intervention", "setting")
                if facet in whole.concepts
            }
            if "intervention" not in context and refers(sentence):
                context["intervention"] = self._last
            reading = replace(reading, concepts=self.matcher.narrowed(reading.concepts, context))
            name = f"{DRAFT}/{number}/{index}"
            found = self._reported(reading, sources, name, at)
            silent = (
                found
                or modest(clause)
                or TYPICAL.search(clause)
                or (clause == sentence and titles(clause, "outcome" in reading.concepts))
            )
            for match in () if silent else self.matcher.matches(reading, sources):
                if match.claim.kind in BENEFITS and advises(clause):
                    continue
                about = self.matcher.about(match.claim, reading.concepts)
                cites = self._cited(match.claim, sources)
                quote = sentence if cites else clause
                one = Occurrence(
                    f"{name}/{match.claim.id}",
                    match.claim.id,
                    DRAFT,
                    quote,
                    None,
                    match.says,
                    cites,
                    about,
                    at=at,
                )
                found.append(one)
            if not found and len(clause.split()) > 2 and not modest(clause):
                found = [Occurrence(name, UNCOVERED, DRAFT, clause, says=YesNo(True), at=at)]
            mine += found
        self._last = whole.concepts.get("intervention", self._last)
        return list({one.id: one for one in mine}.values()), whole.concepts

    def _reported(
        self, reading: Reading, sources: frozenset[str], name: str, at: Location
    ) -> list[Occurrence]:
        """What a clause repeats from recorded findings, held to those findings."""
        made = []
        for report in self.matcher.citations.reports(reading, sources):
            self._made.setdefault(report.claim.id, report.claim)
            one = Occurrence(
                f"{name}/{report.finding.key}",
                report.claim.id,
                DRAFT,
                reading.text,
                None,
                report.says,
                at=at,
            )
            made.append(replace(one, cites=(report.finding.source,), about=report.finding.about))
        return made

    def _cited(self, claim: Claim, sources: frozenset[str]) -> tuple[str, ...]:
        """Of the sources that a sentence names, those that say something on a claim's outcome."""
        on_it = (
            key
            for key in sources
            if any(f.about.outcome == claim.about.outcome for f in self.base.sources[key].findings)
        )
        return tuple(sorted(on_it))

    def _voiced(
        self, sentence: str, whole: Reading, number: str, at: Location, after: str
    ) -> Occurrence:
        """An experience told in somebody's own voice, with what is said of it right after where that tells what is usual."""
        quote = (
            f"{sentence} {normalize(after)}"
            if "\n\n" not in after and TYPICAL.search(after)
            else sentence
        )
        near = next(
            (m.claim.id for m in self.matcher.matches(whole) if m.claim.kind is Kind.TESTIMONIAL),
            VOICE,
        )
        return Occurrence(f"{DRAFT}/{number}", near, DRAFT, quote, says=YesNo(True), at=at)

    def _told(
        self, sentence: str, concepts: Mapping[str, tuple[str, ...]], mine: Sequence[Occurrence]
    ) -> str:
        """How a sentence was read, for a person to check."""
        label = self.base.vocabulary.label
        named = [label(name).lower() for facet in FACETS for name in concepts.get(facet, ())]
        covered = [one for one in mine if one.claim not in _OURS]
        claims = (self._made.get(one.claim) or self.base.claims[one.claim] for one in covered)
        outcomes = [label(claim.about.outcome).lower() for claim in claims if claim.about.outcome]
        values = [_spoken(one.says, self.base) for one in covered if one.says is not None]
        worded = wording(sentence)
        return ", ".join(
            [
                *dict.fromkeys([*named, *outcomes]),
                *dict.fromkeys(values),
                f"{STEP_WORDS[worded.step]} (step {worded.step})",
            ]
        )

    # --- judging ------------------------------------------------------------------------------------------------------

    def _draft(self, occurrences: Mapping[str, list[Occurrence]], text: str) -> Base:
        """A base whose one page is the draft."""
        base = self.base
        told = {name for one in base.disclosures.values() for name in one.told_by}
        kept = {
            claim.id: replace(claim, occurrences=tuple(occurrences.get(claim.id, ())))
            for claim in base.claims.values()
            if claim.id in occurrences or claim.id in told or claim.kind is Kind.APPROVAL
        }
        for name, claim in self._made.items():
            if name not in kept:
                kept[name] = replace(claim, occurrences=tuple(occurrences.get(name, ())))
        for name, (statement, kind) in _OURS.items():
            if name in occurrences:
                kept[name] = Claim(
                    name, DRAFT, statement, kind, Scope(), occurrences=tuple(occurrences[name])
                )
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        page = Page(DRAFT, "Draft", "Draft", date(1970, 1, 1), digest)
        topics: dict[str, Topic] = {}
        return Base(
            base.vocabulary,
            topics,
            kept,
            base.sources,
            {DRAFT: page},
            base.references,
            base.disclosures,
        )

    def _with_suggestions(
        self,
        sentences: Sequence[SentenceResult],
        made: Sequence[Sequence[Occurrence]],
        draft: Index,
    ) -> Iterator[SentenceResult]:
        """The sentences with wording that may be said instead: the first offer that nothing is flagged in when it is vetted itself."""
        offered = [
            list(
                dict.fromkeys(
                    words
                    for one in mine
                    if one.claim in self.base.claims
                    for words in offers(draft.base.claims[one.claim], draft, one)
                )
            )
            if any(flag.verdict for flag in sentence.flags)
            else []
            for sentence, mine in zip(sentences, made, strict=True)
        ]
        self._try({words for some in offered for words in some})
        for sentence, some in zip(sentences, offered, strict=True):
            words = next((words for words in some if self._clean[words]), None)
            yield replace(
                sentence,
                flags=tuple(
                    _offering(flag, words if flag.verdict else None) for flag in sentence.flags
                ),
            )

    def clean(self, offered: Iterable[str]) -> frozenset[str]:
        """What of the wording that is offered nothing is flagged in, when it is vetted itself."""
        some = set(offered)
        self._try(some)
        return frozenset(words for words in some if self._clean[words])

    def _try(self, offered: Iterable[str]) -> None:
        """Vet what is offered and was not vetted before, all of it at once."""
        new = sorted(set(offered) - self._clean.keys())
        judged, _, _ = self._judged("\n\n".join(new), DRAFT) if new else ((), (), None)
        lines: dict[int, bool] = {}
        for sentence in judged:
            lines[sentence.line] = lines.get(sentence.line, True) and not (
                sentence.look or any(flag.verdict for flag in sentence.flags)
            )
        for number, words in enumerate(new):
            self._clean[words] = lines.get(2 * number + 1, False)


def _offering(flag: Flag, words: str | None) -> Flag:
    """A flag with wording to use instead; what its rule asks for, which is no wording, goes with its message."""
    return replace(
        flag,
        message=f"{flag.message}: {flag.suggestion}" if flag.suggestion else flag.message,
        suggestion=words,
    )


def _rules() -> list[str]:
    return [
        name
        for name, rule in all_rules().items()
        if rule.category is not Category.RECORD and name not in _SKIPPED
    ]


def _matters(flag: Flag) -> bool:
    """Whether a flag on a sentence is news: that nothing covers it is said by its verdict."""
    return not (not _OURS.keys().isdisjoint(flag.claims) and flag.rule == "unsupported-claim")


def _spoken(value: Value | None, base: Base) -> str:
    match value:
        case Effect():
            return value.direction.value
        case Share() | Amount():
            return value.text
        case YesNo():
            return "yes" if value.holds else "no"
        case ConceptSet():
            return f"{value.mode} {', '.join(sorted(base.vocabulary.label(name).lower() for name in value.concepts))}"
    return ""


def as_data(vetted: VetResult) -> dict[str, Any]:
    """The result as the contract writes it."""
    by_category: dict[str, int] = {}
    for flag in vetted.flags:
        by_category[flag.category.value] = by_category.get(flag.category.value, 0) + 1
    checked = [one for one in vetted.sentences if one.verdict not in (None, Verdict.NOT_CHECKED)]
    return {
        "text_sha256": hashlib.sha256(vetted.text.encode("utf-8", "replace")).hexdigest(),
        "sentences": [
            {
                "start": one.start, "end": one.end, "line": one.line, "text": one.text, "reading": one.reading, "claims": list(one.claims),
                "verdict": one.verdict.label if one.verdict is not None else None, "state": one.state.value, "look": one.look,
                "flags": [flag_data(flag) for flag in one.flags],
            }
            for one in vetted.sentences
        ],
        "document_flags": [flag_data(flag) for flag in vetted.document_flags],
        "summary": {
            "sentences": len(vetted.sentences), "checked": len(checked), "flagged": sum(bool(one.flags) for one in vetted.sentences),
            "look": sum(one.state is State.LOOK for one in vetted.sentences),
            "by_category": dict(sorted(by_category.items())),
        },
        "checks_run": list(vetted.checks_run),
        "not_checked": [one.text for one in vetted.sentences if one.verdict is Verdict.NOT_CHECKED],
        "suppressed": [],
    }  # fmt: skip
