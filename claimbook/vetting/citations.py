"""Recorded studies that a sentence tells of: the sources it names, and the findings it repeats.

A sentence that repeats a recorded finding ("55 of 77", "Afridi and colleagues") is held to that
finding, whichever claim rests on it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from claimbook.evidence.figures import printed_share, same_figure
from claimbook.evidence.index import Index
from claimbook.language.concepts import Reading
from claimbook.language.phrases import alternatives, pattern
from claimbook.language.quantities import counted
from claimbook.records import Amount, Claim, EvidenceLink, Finding, Kind, Share
from claimbook.vetting.candidates import Candidates
from claimbook.vetting.extraction import Extractor

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAME = re.compile(r"\b[A-Z][\w-]+")
_OPENS = re.compile(r"(?:^|[.:;!?–—]\s)\W*$")  # what stands before the first word of a sentence
_OF_AUTHOR = re.compile(
    rf"(?:['’]s|,? (?:and|&) [A-Z][\w-]+)?[\s,(]+{alternatives('studies', 'of authors')}\b"
)
_DIGIT = re.compile(r"\d")
_OUT_OF = re.compile(r"\d (?:in|(?:out )?of every) $")  # "39 in 100 people": nobody counted 100


# A recorded finding that a sentence reports, the claim that it is held to, and the figure given.
Report = tuple[Claim, Finding, Share | Amount]


class Citations:
    """Finds the recorded studies that sentences tell of."""

    def __init__(self, index: Index, candidates: Candidates, extractor: Extractor) -> None:
        self.index, self.base = index, index.base
        self._candidates, self._extractor = candidates, extractor
        findings = self.base.findings.values()
        self._shares = [finding for finding in findings if printed_share(finding.says)]

    def sources(self, text: str) -> frozenset[str]:
        """The recorded sources that a text names.

        By an author, else by a study's number of people; where it gives years, of those years only.
        """
        years = set(_YEAR.findall(text))

        def dated(keys: Iterable[str]) -> frozenset[str]:
            references = self.base.references
            return frozenset(
                key for key in keys if not years or references[key].fields.get("year") in years
            )

        by_author = [self.index.by_author.get(name, ()) for name in _surnames(text)]
        if any(by_author):
            return dated(key for keys in by_author for key in keys)
        numbers = [
            counted(match[0].split()[0])
            for match in pattern("matching", "number of people").finditer(text)
            if not _OUT_OF.search(text, 0, match.start())
        ]
        if not numbers or not (
            pattern("matching", "study").search(text)
            or any(isinstance(value, Share) for value in self._extractor.figures(text))
        ):
            return frozenset()
        reading = self._candidates.reader.read(text)
        by_size = [
            self._of_what_is_named(dated(self.index.by_size.get(number, ())), reading)
            for number in numbers
        ]
        return frozenset(key for keys in by_size if len(keys) == 1 for key in keys)

    def _of_what_is_named(self, keys: Iterable[str], reading: Reading) -> list[str]:
        """Of several sources those on the people, the treatment and the outcome that a text names.

        Of one alone nothing more is asked: a text may tell it of others than it studied.
        """
        left = list(keys)
        for facet in ("population", "intervention", "outcome"):
            if len(left) > 1:
                left = [key for key in left if self._is_on(key, reading, facet)]
        return left

    def _is_on(self, source: str, reading: Reading, facet: str) -> bool:
        """Whether a source has something to do with what a text names of a facet."""
        about = [getattr(each.about, facet) for each in self.base.sources[source].findings]
        return not self.base.vocabulary.apart(about, reading.concepts.get(facet, ()))

    def reports(self, reading: Reading, sources: frozenset[str]) -> list[Report]:
        """The recorded findings whose figures a clause repeats.

        Of the sources that it names; a count of people, where it names none, of any source.
        """
        reports: list[Report] = []
        named = (self.base.sources[key] for key in sorted(sources) if key in self.base.sources)
        of_sources = [finding for source in named for finding in source.findings]
        compared: list[Share | None] = []  # those who had what a treatment was compared with
        for figure in self._extractor.figures(reading.text):
            if figure.text == ">50%" and "50" not in reading.text:
                continue  # "most" is nobody's figure
            if any(same_figure(figure, against) for against in compared):
                continue  # "compared with 9 in 100": what a finding is held against
            counted_people = isinstance(figure, Share) and (
                figure.count is not None or " in " in figure.text
            )
            findings = self._shares if counted_people and not sources else of_sources
            printing = [
                each
                for each in findings
                if same_figure(figure, each.says) and self._may_cite(each, reading, sources)
            ]
            given = sources and isinstance(figure, Share) and _DIGIT.search(figure.text)
            if given and not printing:
                shares = (each for each in findings if printed_share(each.says))
                printing = [each for each in shares if self._may_cite(each, reading, sources)]
            compared += (each.says.against for each in printing if isinstance(each.says, Share))
            if printing:
                best = max(printing, key=partial(self._nearness, reading))
                reports.append((self._claim_on(best, reading), best, figure))
        return reports

    def _may_cite(self, finding: Finding, reading: Reading, sources: frozenset[str]) -> bool:
        """Whether a clause can be about a finding's outcome: it names it, a related one, or none.

        Of a source that it names, any outcome of the same side will do: harm or not. Of others, the
        finding is not about other people than the clause names.
        """
        vocabulary, about = self.base.vocabulary, finding.about
        treatments, people = (reading.concepts.get(f, ()) for f in ("intervention", "population"))
        if not sources and (
            vocabulary.goes_unnamed(about.intervention, treatments)
            or vocabulary.apart([about.population], people)
        ):
            return False
        named, outcome = reading.concepts.get("outcome", ()), finding.about.outcome
        if not named or any(vocabulary.related(outcome, name) for name in named):
            return True
        harm = any(vocabulary.harm(name) for name in named)
        return bool(sources and outcome) and vocabulary.harm(outcome) == harm

    def _nearness(self, reading: Reading, finding: Finding) -> tuple[bool, bool]:
        """How near a finding is to a clause that repeats its figure: by outcome, then treatment."""
        treatments = reading.concepts.get("intervention", ())
        is_other = self.base.vocabulary.apart([finding.about.intervention], treatments)
        return finding.about.outcome in reading.signs, not is_other

    def _claim_on(self, finding: Finding, reading: Reading) -> Claim:
        """The nearest claim on a finding's outcome that rests on it; else one made for it."""
        outcome, vocabulary = finding.about.outcome, self.base.vocabulary
        claims = [
            claim
            for claim in self.index.by_finding.get(finding.key, ())
            if claim.about.outcome == outcome
        ]
        if claims:
            return max(claims, key=lambda claim: self._candidates.overlap(reading.bag, claim))
        return Claim(
            id=f"report/{finding.key}",
            topic="",
            statement=f"{vocabulary.label(outcome)}, as {finding.source} found it.",
            kind=Kind.HARM if vocabulary.harm(outcome) else Kind.EFFICACY,
            about=finding.about,
            evidence=(EvidenceLink(finding.key, "the sentence reports it"),),
        )


def _surnames(text: str) -> Iterator[str]:
    """The words of a text that may be surnames: its first one only where it is said of authors."""
    for match in _NAME.finditer(text):
        if not _OPENS.search(text, 0, match.start()) or _OF_AUTHOR.match(text, match.end()):
            yield match[0]
