"""A page's text as proposals: its record, the passages that it may hold, and what to pass over.

The reader that vets drafts reads the page. About half of what it proposes is wrong, so nothing is
recorded until a person ticks it (`page_sheet`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claimbook.evidence.index import Index
from claimbook.language.discourse import asks, clauses
from claimbook.loading.record_format import written
from claimbook.records import Base, Claim, Occurrence
from claimbook.records.quotes import (
    MAX_QUOTE,
    contains_quote,
    heading,
    normalize,
    offsets,
    word_count,
)
from claimbook.vetting.candidates import Candidate
from claimbook.vetting.matching import Matcher
from claimbook.vetting.occurrences import OccurrenceReader
from claimbook.vetting.results import SentenceResult, State
from claimbook.vetting.sentences import Sentence, read_sentences
from claimbook.vetting.vet import Vetter

OTHERS = 5  # claims named beside a sentence that it may make as well, or instead
LEAD = 8  # words of the line that opens a list, before one of its items
MAX_HEADING = 14  # words
# How sure, by the least likeness to a claim's words. On five pages, each drafted as if it were not
# recorded, 74, 55 and 31 of 100 proposals were right: benchmarks/page_drafts.py.
SURE = (("high", 0.86), ("middle", 0.6), ("low", 0.0))
LIKELY = 0.6  # the likeness at which a claim is proposed that the reader did not read
_ENDS = re.compile(r"[.!;:,][\"'”’)]*$")
_ITEM = re.compile(r"\s*[•▪●◦‣*·–-]\s")
FIELDS = ("clinic", "title", "address", "read", "sha256")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence as a passage: what it may claim, how sure that is, and why.

    Attributes:
        claim: None where the sentence claims something and matches no claim.
        look: why a person must look at it in any case.
        others: further claims that it may make, nearest first, with their statements.
    """

    line: int
    sentence: str
    quote: str
    section: str | None
    claim: Claim | None = None
    says: Mapping[str, Any] | None = None
    about: Mapping[str, str] | None = None
    cites: tuple[str, ...] = ()
    sure: str = ""
    because: str = ""
    look: str | None = None
    others: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class PageDraft:
    """What is proposed of a page.

    Attributes:
        fields: its record as far as a text can tell; None for what a person has to fill in.
        passages: sentences that make a claim of the base.
        unmatched: sentences that claim something else, safety topics first.
        passed_over: quotes of sentences that claim nothing, with their line and the reason.
    """

    fields: Mapping[str, Any]
    passages: tuple[Proposal, ...]
    unmatched: tuple[Proposal, ...]
    passed_over: tuple[tuple[int, str, str | None], ...]


def page_draft(text: str, sha256: str, base: Base) -> PageDraft:
    """What to record of a page.

    Args:
        base: the records, without those of this page.
    """
    return _Drafter(text, base).draft(sha256)


class _Drafter:
    def __init__(self, text: str, base: Base) -> None:
        self.text, self.plain, self.base = text, normalize(text), base
        self.matcher = Matcher(Index(base))
        self.headings = headings(text)

    def draft(self, sha256: str) -> PageDraft:
        """The proposals, in the order of the page."""
        passages: list[Proposal] = []
        unmatched: list[Proposal] = []
        passed: list[tuple[int, str, str | None]] = []
        records = OccurrenceReader(self.matcher).records(read_sentences(self.text))
        results = Vetter(self.base).judge(self.text).sentences
        for record, result in zip(records, results, strict=True):
            ranked = self._ranked(record.sentence)
            if made := list(self._made(record.sentence, record.occurrences, ranked)):
                passages += [self._proposal(record.sentence, o, ranked, result) for o in made]
            elif result.state is State.NOTHING:
                passed.append((result.line, self._quote("", record.sentence), self._why(result)))
            else:
                unmatched.append(self._proposal(record.sentence, None, ranked, result))
        unmatched.sort(key=lambda each: each.look is None)
        title = next((line.strip() for line in self.text.splitlines() if line.strip()), None)
        fields = {**dict.fromkeys(FIELDS), "title": title, "sha256": sha256}
        return PageDraft(fields, tuple(passages), tuple(unmatched), tuple(passed))

    def _ranked(self, sentence: Sentence) -> dict[str, Candidate]:
        """The claims that a sentence may make, nearest first."""
        best: dict[str, Candidate] = {}
        for words in dict.fromkeys((sentence.whole, *clauses(sentence.whole))):
            for each in self.matcher.candidates.near(self.matcher.reader.read(words), least=0):
                held = best.get(each.claim.id)
                if held is None or held.likeness < each.likeness:
                    best[each.claim.id] = each
        return dict(sorted(best.items(), key=lambda item: -item[1].likeness))

    def _made(
        self, sentence: Sentence, found: Iterable[Occurrence], ranked: Mapping[str, Candidate]
    ) -> Iterator[Occurrence]:
        """The claims read in a sentence, and the nearest one where it is likely."""
        read = {each.claim: each for each in found if each.claim in self.base.claims}
        yield from read.values()
        nearest = next(iter(ranked.values()), None)
        if not nearest or nearest.likeness < LIKELY or asks(sentence.whole):
            return
        if nearest.claim.id not in read:
            reading = self.matcher.reader.read(sentence.whole)
            says = self.matcher.extractor.extract_value(reading, nearest)
            about = self.matcher.about(nearest.claim, reading.concepts)
            yield Occurrence("", nearest.claim.id, "", sentence.whole, says=says, about=about)

    def _proposal(
        self,
        sentence: Sentence,
        made: Occurrence | None,
        ranked: Mapping[str, Candidate],
        result: SentenceResult,
    ) -> Proposal:
        claim = self.base.claims[made.claim] if made else None
        others = [each.claim for name, each in ranked.items() if not made or name != made.claim]
        sure, because = self._sureness(ranked.get(claim.id)) if claim else ("", "")
        return Proposal(
            result.line,
            " ".join(result.text.split()),
            self._quote(made.quote if made else "", sentence),
            self.section(sentence.start),
            claim,
            written(made.says, self.base.vocabulary) if made and made.says else None,
            dict(made.about.facets()) if made and made.about else None,
            made.cites if made else (),
            sure,
            because,
            result.look,
            tuple(others[:OTHERS]),
        )

    def _sureness(self, candidate: Candidate | None) -> tuple[str, str]:
        """How sure it is that a sentence makes a claim, and why."""
        if candidate is None:
            return SURE[-1][0], "its words are far from those of the claim"
        sure = next(name for name, least in SURE if candidate.likeness >= least)
        near = candidate.nearest
        what = f"a passage on {near.page}, “{near.quote}”" if near else "the statement"
        return sure, f"likeness {candidate.likeness:.2f} to {what}"

    def _quote(self, clause: str, sentence: Sentence) -> str:
        """The words of the page for a clause, or for the sentence: at most 25, letter for letter.

        An item of a list is quoted with the line that opens the list.
        """
        own = self.text[sentence.start : sentence.end]
        at = sentence.words.find(clause) if clause else -1
        if at >= 0:
            places = offsets(own)
            own = own[places[at] : places[at + len(clause) - 1] + 1]
        lead = sentence.whole.removesuffix(sentence.words).strip(" :") if at < 0 else ""
        start = " ".join(lead.split()[-LEAD:])
        room = MAX_QUOTE - len(start.split())
        quote = " … ".join(filter(None, (start, _shortened(own.split(), room))))
        if contains_quote(self.plain, quote) and word_count(quote) <= MAX_QUOTE:
            return quote
        return _shortened(self.text[sentence.start : sentence.end].split(), MAX_QUOTE)

    def _why(self, result: SentenceResult) -> str | None:
        """Why a sentence may be passed over; None where a person has to say it."""
        if asks(result.text):
            return "A question."
        return "A heading." if result.line in self.headings else None

    def section(self, offset: int) -> str | None:
        """The heading above a place of the text."""
        line = self.text.count("\n", 0, offset) + 1
        return next((self.headings[at] for at in reversed(self.headings) if at <= line), None)


def _shortened(words: Sequence[str], most: int) -> str:
    """Words as a quote: all of them, or the first and the last."""
    if len(words) <= most:
        return " ".join(words)
    first = (most + 1) // 2
    return f"{' '.join(words[:first])} … {' '.join(words[len(words) - most + first :])}"


def headings(text: str) -> dict[int, str]:
    """The lines that look like headings, by their numbers from 1, in order.

    A heading is short and ends as no sentence does. Of several such lines in a row, the first and
    the last are headings, those between are items of a list; after a colon only the last is one.
    """
    found: dict[int, str] = {}
    run: list[tuple[int, str]] = []
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        short = len(line.split()) <= MAX_HEADING and not _ITEM.match(line)
        if short and not _ENDS.search(line.strip()):
            run.append((number, line.strip()))
            continue
        if before.rstrip().endswith(":"):
            found.update(run[-1:] if len(run) > 1 else ())
        else:
            found.update(run if len(run) <= 2 else (run[0], run[-1]))
        run, before = [], line
    return {number: heading(line) for number, line in found.items()}
