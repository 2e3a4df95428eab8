"""A draft's sentences as occurrences: what each claims, as if a person had registered it.

A sentence is read clause by clause. A clause that matches no claim becomes an occurrence of a
claim that stands for all that no recorded claim covers, so that its wording is judged all the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from claimbook.evidence.appraisal import limits_benefit
from claimbook.language.concepts import Reading
from claimbook.language.discourse import (
    advises,
    cites_nothing,
    clauses,
    distant,
    for_the_better,
    modest,
    of_oneself,
    of_somebody,
    refers,
    refers_to_several,
    titles,
    uses,
    was_ill,
)
from claimbook.language.phrases import pattern
from claimbook.language.safety import Safety
from claimbook.language.stance import reassures
from claimbook.records import (
    BENEFITS,
    UNRESOLVED,
    Claim,
    Effect,
    Kind,
    Location,
    Occurrence,
    Scope,
    YesNo,
)
from claimbook.records.quotes import normalize, quote_spans
from claimbook.vetting.candidates import Concepts
from claimbook.vetting.matching import Matcher, calls_else_safe
from claimbook.vetting.sentences import DRAFT, Sentence

UNCOVERED = Claim(
    "draft-uncovered", DRAFT, "Something that no recorded claim covers.", Kind.DEFINITION, Scope()
)
ELSEWHERE = Claim(
    "draft-elsewhere", DRAFT, "A benefit in an illness that no claim is on.", Kind.EFFICACY, Scope()
)
VOICE = Claim("draft-voice", DRAFT, "Somebody tells an experience.", Kind.TESTIMONIAL, Scope())
PLACEHOLDERS = {claim.id: claim for claim in (UNCOVERED, ELSEWHERE, VOICE)}
TYPICAL = pattern("typical")
CARE = pattern("health-care")
# How many sentences on either side two that name the subject speak for, and one alone. On the
# clinic pages of the first base at most 8 in a row name no treatment, no illness and no care.
NEAR_SUBJECT = 10
NEIGHBOURS = 3
DOCTORS = "seeing a doctor"  # the safety topic of who only names one
_SAFETY = Safety()
_SUBJECTS = ("population", "intervention")  # facets that one sentence gives the next
_CONTEXT = ("population", "intervention", "setting")  # facets that the sentence gives its clauses


@dataclass(frozen=True, slots=True)
class SentenceRecords:
    """What a sentence claims: its occurrences, the claims made for them, the concepts it names.

    `on_subject` is whether a sentence near it names a treatment, an illness or care. `illnesses`
    are those that it is about, by the sentences around it, where it names nobody.
    """

    sentence: Sentence
    concepts: Concepts
    occurrences: tuple[Occurrence, ...] = ()
    claims: tuple[Claim, ...] = ()
    on_subject: bool = True
    illnesses: tuple[str, ...] = ()


class OccurrenceReader:
    """Reads what sentences claim of a base. Keeps nothing of a draft."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher, self._base = matcher, matcher.base

    def records(self, sentences: Iterable[Sentence]) -> Iterator[SentenceRecords]:
        """What each sentence claims; what was named last is what "it" and "this" refer to.

        Sentences of a text about something else claim nothing here: "Licensed under MIT."
        """
        named: Concepts = {}
        before: tuple[Occurrence, ...] = ()
        read = [(sentence, self.matcher.reader.read(sentence.whole)) for sentence in sentences]
        around = self._illnesses_around([whole for _, whole in read])
        for (sentence, reading, on_subject), illnesses in zip(
            _with_subject(read), around, strict=True
        ):
            whole = self.matcher.reader.of_named(reading, named.get("intervention", ()))
            if not on_subject:
                yield SentenceRecords(sentence, whole.concepts, on_subject=False)
                continue
            records = self._records(sentence, whole, named, illnesses, before)
            before = records.occurrences
            named = {**named, **self._subjects(records.concepts)}
            yield records

    def _subjects(self, concepts: Concepts) -> Concepts:
        """What "it" and "they" may refer to: people, and treatments but for other medicines.

        A page that says what triptans cannot do goes on about its own treatment.
        """
        others = self.matcher.dangers.medicines
        named = {
            facet: tuple(name for name in concepts.get(facet, ()) if name not in others)
            for facet in _SUBJECTS
        }
        return {facet: names for facet, names in named.items() if names}

    def _illnesses_around(self, read: Sequence[Reading]) -> Iterator[tuple[str, ...]]:
        """By sentence the illnesses that it is about, if it names nobody; otherwise none.

        They are those last named shortly before it, or else all that the draft names.
        """
        ours = self.matcher.index.illnesses
        named = [
            tuple(name for name in reading.concepts.get("population", ()) if name in ours)
            for reading in read
        ]
        everywhere = tuple(dict.fromkeys(chain.from_iterable(named)))
        for number, reading in enumerate(read):
            before = filter(None, reversed(named[max(number - NEIGHBOURS, 0) : number]))
            yield () if "population" in reading.concepts else next(before, everywhere)

    def _records(
        self,
        sentence: Sentence,
        whole: Reading,
        named: Concepts,
        illnesses: tuple[str, ...],
        before: Sequence[Occurrence],
    ) -> SentenceRecords:
        claims: dict[str, Claim] = {}
        if sentence.asks or distant(sentence.whole):
            occurrences: list[Occurrence] = []
        elif self._is_experience(sentence, whole):
            occurrences = [self._experience(sentence, whole)]
        else:
            occurrences = self._claimed(sentence, whole, named, illnesses, claims, before)
        if cites_nothing(sentence.words, sentence.after):
            occurrences = [
                replace(occurrence, cites=(*occurrence.cites, UNRESOLVED))
                for occurrence in occurrences
            ]
        unique = {occurrence.id: occurrence for occurrence in occurrences}
        return SentenceRecords(
            sentence,
            whole.concepts,
            tuple(unique.values()),
            tuple(claims.values()),
            illnesses=illnesses,
        )

    def _is_experience(self, sentence: Sentence, whole: Reading) -> bool:
        """Whether somebody tells an experience that makes others hope for the same.

        What people tell of themselves does so only where something got better, or is not safe: "I
        was never without pain" does not, nor "I have had it for two years".
        """
        words = sentence.words
        thing = any(start == 0 for sign in whole.signs_of(*whole.signs) for start, _ in sign.spans)
        told = of_somebody(words[:1].lower() + words[1:] if thing else words)
        told = told and not was_ill(words)
        outcomes = whole.concepts.get("outcome", ())
        of_harm_alone = outcomes and all(map(self._base.vocabulary.harm, outcomes))
        if not (told or of_oneself(words)) or of_harm_alone:
            return False  # who tells of nothing but harm makes nobody expect a benefit
        if told and not self.matcher.index.benefits.isdisjoint(outcomes):
            return True
        risky = _SAFETY.topic_at_risk(words) not in (None, DOCTORS)
        return (told or for_the_better(words) or risky) and not _SAFETY.takes_care(words)

    def _claimed(
        self,
        sentence: Sentence,
        whole: Reading,
        named: Concepts,
        illnesses: tuple[str, ...],
        claims: dict[str, Claim],
        before: Sequence[Occurrence],
    ) -> list[Occurrence]:
        """What a plain sentence claims; *claims* takes up those made for reported findings."""
        sources = self.matcher.citations.sources(sentence.whole)
        registered = self.matcher.candidates.registered(sentence.whole)
        occurrences = [
            replace(
                occurrence,
                id=f"{DRAFT}/{sentence.number}/{occurrence.claim}",
                page=DRAFT,
                cites=self._cited(self._base.claims[occurrence.claim], sources),
                at=sentence.at,
            )
            for occurrence in registered
        ]
        known = [part for occurrence in registered for part in quote_spans(occurrence.quote)]
        context = {facet: whole.concepts[facet] for facet in _CONTEXT if facet in whole.concepts}
        if refers(sentence.whole):
            context = {**named, **context}
        for number, reading in enumerate(self._readings(sentence, whole, context)):
            clause = reading.text
            is_whole = clause == sentence.whole
            name = f"{DRAFT}/{sentence.number}/{number}"
            if read_already := [part for part in known if part in clause]:
                matched = self._matched(reading, sources, name, sentence, illnesses)
                occurrences += self._further_harms(matched, reading, read_already)
                continue
            found = list(self._reported(reading, sources, name, sentence.at, claims))
            silent = _is_silent(clause, is_whole, reading)
            limits = not self.matcher.limits.outcomes.isdisjoint(reading.signs)
            if not found and (limits or not silent):
                matched = self._matched(reading, sources, name, sentence, illnesses)
                found = self._without_presupposed(
                    [each for each in matched if not silent or self._limits(each)]
                )
            found += self._harms_made_small(reading, occurrences or before, name, sentence.at)
            if not found and len(clause.split()) > 2 and not modest(clause):
                says = YesNo(True)  # words that no recorded claim covers
                found = [Occurrence(name, UNCOVERED.id, DRAFT, clause, says=says, at=sentence.at)]
            occurrences += found
        return occurrences

    def _harms_made_small(
        self, reading: Reading, before: Iterable[Occurrence], name: str, at: Location
    ) -> Iterator[Occurrence]:
        """The harms named just before, where a clause makes them small: "but they are rare"."""
        vocabulary = self._base.vocabulary
        if any(map(vocabulary.harm, reading.signs)) or not (
            refers_to_several(reading.text) and reassures(reading.text)
        ):
            return
        for each in before:
            claim = self._base.claims.get(each.claim)
            if claim and claim.kind is Kind.HARM and claim.about.outcome:
                yield replace(each, id=f"{name}/{each.claim}", quote=reading.text, at=at)

    def _limits(self, found: Occurrence) -> bool:
        """Whether what a clause says is how long a safeguard holds, which advice says too."""
        claim = self._base.claims.get(found.claim)
        return claim is not None and self.matcher.limits.has(claim)

    def _without_presupposed(self, found: list[Occurrence]) -> list[Occurrence]:
        """What a clause claims, but for a benefit of which it says no more than that it passes.

        "Pain relief is often temporary" takes relief for granted, and promises none.
        """
        claims = self._base.claims
        kinds = {each.claim: claims[each.claim].kind for each in found if each.claim in claims}

        def passes(each: Occurrence) -> bool:
            outcome = claims[each.claim].about.outcome
            return limits_benefit(each.says, outcome, self._base.vocabulary)

        if not any(kinds.get(each.claim) is Kind.DURABILITY and passes(each) for each in found):
            return found
        return [
            each
            for each in found
            if kinds.get(each.claim) is not Kind.EFFICACY
            or not isinstance(each.says, Effect)
            or each.says.promises_nothing
        ]

    def _further_harms(
        self, found: Iterable[Occurrence], reading: Reading, known: Sequence[str]
    ) -> Iterator[Occurrence]:
        """Of what a clause claims the harms that it names outside of the words that are known.

        Only those that every page should tell: a person read the rest of the words.
        """
        starts = [(reading.text.find(part), len(part)) for part in known]
        outside = {
            name
            for name, signs in reading.signs.items()
            if self._base.vocabulary.harm(name)
            and not any(
                start <= place < start + length
                for sign in signs
                for place, _ in sign.spans
                for start, length in starts
            )
        }
        if not outside:
            return
        for each in found:
            if each.claim in self.matcher.index.disclosing:
                claim = self._base.claims[each.claim]
                if claim.kind is Kind.HARM and claim.about.outcome in outside:
                    yield each

    def _readings(self, sentence: Sentence, whole: Reading, context: Concepts) -> Iterator[Reading]:
        """The clauses of a sentence as they are read; of uses that are approved each by itself."""
        for clause in clauses(sentence.whole):
            parts = uses(clause)
            if len(parts) == 1:
                is_whole = clause == sentence.whole
                reading = whole
                if not is_whole:
                    read = self.matcher.reader.read(clause)
                    reading = self.matcher.reader.of_named(read, context.get("intervention", ()))
                yield replace(reading, concepts={**context, **reading.concepts})
                continue
            apart = {facet: names for facet, names in context.items() if facet != "population"}
            for part, use in parts:
                reading = self.matcher.reader.read(part)
                if not self.matcher.approvals.names_use(reading):
                    reading = self.matcher.reader.read(use)
                yield replace(reading, concepts={**apart, **reading.concepts})

    def _reported(
        self,
        reading: Reading,
        sources: frozenset[str],
        name: str,
        at: Location,
        claims: dict[str, Claim],
    ) -> Iterator[Occurrence]:
        """What a clause repeats of recorded findings, held to those findings."""
        for claim, finding, says in self.matcher.citations.reports(reading, sources):
            if claim.id not in self._base.claims:
                claims[claim.id] = claim
            yield Occurrence(
                f"{name}/{finding.key}",
                claim.id,
                DRAFT,
                reading.text,
                says=says,
                cites=(finding.source,),
                about=self._as_told(finding.about, reading.concepts),
                at=at,
            )

    def _as_told(self, scope: Scope, concepts: Concepts) -> Scope:
        """The scope of a finding, but for the treatment where a clause tells it of another one."""
        vocabulary = self._base.vocabulary
        named = vocabulary.finest(concepts.get("intervention", ()))
        if vocabulary.apart([scope.intervention], named):
            return replace(scope, intervention=named[-1])
        return scope

    def _matched(
        self,
        reading: Reading,
        sources: frozenset[str],
        name: str,
        sentence: Sentence,
        illnesses: tuple[str, ...],
    ) -> Iterator[Occurrence]:
        """The claims that a clause makes; advice ("ask us about relief") promises none.

        Nor is a treatment called safe by the end of a sentence on who may go home. A benefit in
        another illness than the text is about is none of those that are recorded.
        """
        others_safe = calls_else_safe(sentence.whole)
        for match in self.matcher.matches(reading, sources, illnesses):
            if match.claim.kind in (*BENEFITS, Kind.SAFETY) and advises(reading.text):
                continue
            if match.claim.kind is Kind.SAFETY and others_safe:
                continue
            if self.matcher.in_another_illness(match.claim, illnesses):
                yield Occurrence(
                    f"{name}/{ELSEWHERE.id}",
                    ELSEWHERE.id,
                    DRAFT,
                    reading.text,
                    says=match.says,
                    about=Scope(intervention=match.claim.about.intervention),
                    at=sentence.at,
                )
                continue
            cites = self._cited(match.claim, sources)
            yield Occurrence(
                f"{name}/{match.claim.id}",
                match.claim.id,
                DRAFT,
                sentence.whole if cites else reading.text,
                None,
                match.says,
                cites,
                self.matcher.about(match.claim, reading.concepts),
                at=sentence.at,
            )

    def _cited(self, claim: Claim, sources: frozenset[str]) -> tuple[str, ...]:
        """Of the sources that a sentence names, those that say something on a claim's outcome."""
        return tuple(
            key
            for key in sorted(sources)
            if any(
                finding.about.outcome == claim.about.outcome
                for finding in self._base.sources[key].findings
            )
        )

    def _experience(self, sentence: Sentence, whole: Reading) -> Occurrence:
        """An experience told in somebody's own voice.

        What follows belongs to it where it tells, in the same paragraph, what is typical.
        """
        quote = sentence.whole
        if "\n\n" not in sentence.after and TYPICAL.search(sentence.after):
            quote = f"{quote} {normalize(sentence.after)}"
        claims = (match.claim for match in self.matcher.matches(whole))
        claim = next((claim for claim in claims if claim.kind is Kind.TESTIMONIAL), VOICE)
        name = f"{DRAFT}/{sentence.number}"
        return Occurrence(name, claim.id, DRAFT, quote, says=YesNo(True), at=sentence.at)


def _with_subject(
    read: Sequence[tuple[Sentence, Reading]],
) -> Iterator[tuple[Sentence, Reading, bool]]:
    """The sentences, each with whether those near it name a treatment, an illness or care.

    One may do so by accident, so that it speaks for its neighbours only. All of a short text are
    taken to be about the subject.
    """
    naming = [
        number
        for number, (_, reading) in enumerate(read)
        if CARE.search(reading.text) or not reading.concepts.keys().isdisjoint(_SUBJECTS)
    ]
    for number, (sentence, reading) in enumerate(read):
        first = bisect_left(naming, number - NEAR_SUBJECT)
        near = naming[first : bisect_right(naming, number + NEAR_SUBJECT)]
        beside = any(abs(other - number) <= NEIGHBOURS for other in near)
        yield sentence, reading, len(read) <= NEAR_SUBJECT or len(near) > 1 or beside


def _is_silent(clause: str, is_whole: bool, reading: Reading) -> bool:
    """Whether a clause claims nothing: it promises nothing, or only names a thing."""
    if modest(clause) or TYPICAL.search(clause):
        return True
    return is_whole and titles(clause, "outcome" in reading.concepts)
