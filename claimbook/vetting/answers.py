"""Which wording may stand in the place of a sentence: one that speaks of what is wrong with it.

A line on something else is worse than none, and a benefit told in the place of a warning is the
worst. Where no line answers a sentence, nothing is offered: it is best deleted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from claimbook.language.concepts import Reading
from claimbook.records import BENEFITS, UNCHECKABLE, Claim, Kind
from claimbook.vetting.subjects import Line, Offer, Subjects, counts, named

_COMFORTS = BENEFITS | {Kind.MECHANISM, Kind.TESTIMONIAL}
# How far a line is from what is objected to: written for it, for what else the sentence says, or
# for another claim.
_OWN, _SAID, _FURTHER = range(3)


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence for which other wording is sought.

    Attributes:
        reading: the sentence as it was read.
        at_risk: whether it touches a safety topic without care.
        claims: the claims that it makes.
        flagged: those of them to which a rule objects.
        uses: the people named in its clauses on approval to which a rule objects.
        offers: what may be said instead of what is objected to, the first choice first.
        sources: what the objections rest on.
    """

    reading: Reading
    at_risk: bool
    claims: Sequence[Claim]
    flagged: Sequence[Claim]
    uses: frozenset[str]
    offers: Sequence[Offer]
    sources: frozenset[str]


def ranked(fault: Fault, subjects: Subjects) -> list[str]:
    """The wordings that answer a sentence, the best first."""
    search = _Search(fault, subjects)
    ranks: dict[str, tuple[int, ...]] = {}
    for offer in dict.fromkeys([*fault.offers, *search.others()]):
        line = subjects.lines.get(offer) or subjects.line(*offer)
        distance = (
            _OWN if offer in fault.offers else _SAID if line.claim in fault.claims else _FURTHER
        )
        if search.answers(line, distance):
            ranks.setdefault(offer[1], search.rank(line, distance))
    return sorted(ranks, key=ranks.__getitem__)


class _Search:
    """What a wording has to speak of, to answer one sentence.

    Attributes:
        names: the concepts that the sentence names.
        treatments: the treatments that it names, or else those that its claims are on.
        grave: the harms, and what should be done, that it names or makes light of.
        risk_concepts: the people, and the medicines, for whom and with which treatment is a danger.
        light: whether it makes light of a danger.
    """

    def __init__(self, fault: Fault, subjects: Subjects) -> None:
        self.fault, self.subjects, reading = fault, subjects, fault.reading
        self.names = named(reading)
        claimed = (claim.about.intervention for claim in fault.claims)
        self.treatments = subjects.treatments(reading) or frozenset(filter(None, claimed))
        careless = [claim for claim in fault.flagged if subjects.is_safety(claim)]
        grave = filter(subjects.is_grave, reading.concepts.get("outcome", ()))
        self.grave = frozenset(grave).union(
            claim.about.outcome for claim in careless if claim.about.outcome
        )
        self.risk_concepts = subjects.risk_concepts(self.names)
        self.light = bool(careless) or (fault.at_risk and bool(subjects.topics(reading.text)))

    def others(self) -> Iterator[Offer]:
        """Lines on what the sentence is about, beside those of what is objected to.

        They are of what else it says, of the same outcome, or warn of what it makes light of.
        """
        subjects, people = self.subjects, self.fault.reading.concepts.get("population", ())
        outcomes = {claim.about.outcome for claim in self.fault.flagged}
        for offer, line in subjects.lines.items():
            said = line.claim in self.fault.claims and line.claim.kind not in UNCHECKABLE
            same = line.claim.about.outcome in outcomes
            alike = same and not subjects.vocabulary.apart([line.claim.about.population], people)
            if said or alike or (self.light and self._warns(line)):
                yield offer

    def _warns(self, line: Line) -> bool:
        """Whether a line warns of what the sentence makes light of, or of more than that."""
        outcome = line.claim.about.outcome
        narrower = self.subjects.vocabulary.below[outcome] if outcome else frozenset()
        grave = outcome in self.grave or not self.grave.isdisjoint(narrower & line.names)
        others = self.subjects.harmful.difference(self.subjects.warned_of.get(line.claim.id, ()))
        return self.subjects.is_safety(line.claim) and (
            grave or not self.risk_concepts.isdisjoint(line.names - others)
        )

    def rank(self, line: Line, distance: int) -> tuple[int, ...]:
        """How well a line answers the sentence: the smaller, the better.

        A warning comes before a benefit; then what names the most of the dangers made light of; of
        warnings those that the sentence is read as; of approvals what names the most uses; the same
        counts; what is objected to first; the same people, of whom the sources of the objection
        tell; and, of further warnings, what names little else.
        """
        fault, subjects, outcome = self.fault, self.subjects, line.claim.about.outcome
        dangers = self.grave | self.risk_concepts if self.light else ()
        outcomes = [claim.about.outcome for claim in fault.flagged]
        approval = {line.claim.kind} & {claim.kind for claim in fault.flagged} == {Kind.APPROVAL}
        uses = fault.reading.concepts.get("population", ()) if approval else ()
        alike = self.treatments & line.treatments if approval else ()
        further = self.light and distance is _FURTHER
        return (
            line.claim.kind in _COMFORTS and any(map(subjects.warns, fault.claims)),
            -len(subjects.named_by(dangers, line)),
            further,
            -len(subjects.named_by(uses, line)) - len(alike),
            -len(counts(fault.reading.text) & line.counts),
            outcomes.index(outcome) if outcome in outcomes else len(outcomes),
            distance,
            not line.written or line.sources.isdisjoint(fault.sources),
            not line.written or self._is_narrow(line),
            len(line.names) if further else 0,
        )

    def answers(self, line: Line, distance: int) -> bool:
        """Whether a line speaks of what the sentence is about, and of what is wrong with it."""
        if self.light and line.claim.kind in _COMFORTS:
            return False
        return (
            (distance is _OWN or not self._is_narrow(line))
            and (distance is not _FURTHER or self._is_of_people(line))
            and self._is_of_treatment(line)
            and self._is_of_use(line)
            and self._names_dangers(line)
            and self._touches_topics(line, distance)
        )

    def _is_narrow(self, line: Line) -> bool:
        """Whether a line is for one form of a treatment, and the sentence not on that form."""
        above = self.subjects.vocabulary.above
        return bool(line.fits) and not any(
            self.treatments.isdisjoint(above[name]) for name in line.fits
        )

    def _is_of_people(self, line: Line) -> bool:
        """Whether a line that is for some people, or warns of a medicine, is for these."""
        some = (
            bool(self.subjects.risk_concepts(line.names))
            or line.claim.kind is Kind.CONTRAINDICATION
        )
        of_all = line.claim.kind is Kind.APPROVAL or not some
        return of_all or bool(self.subjects.named_by(self.risk_concepts, line))

    def _is_of_treatment(self, line: Line) -> bool:
        """Whether a line is on a treatment of the sentence, or on one that includes it.

        Evidence on one form of a treatment may be told as such; what is approved of it may not.
        """
        above, approval = self.subjects.vocabulary.above, line.claim.kind is Kind.APPROVAL
        return not (self.treatments and line.treatments) or any(
            name == own or own in above[name] or (name in above[own] and not approval)
            for name in self.treatments
            for own in line.treatments
        )

    def _is_of_use(self, line: Line) -> bool:
        """Whether a line on an approval is on a use to which a rule objects."""
        uses = self.fault.uses if line.claim.kind is Kind.APPROVAL else ()
        return not uses or bool(self.subjects.named_by(uses, line, broader=True))

    def _names_dangers(self, line: Line) -> bool:
        """Whether a line names what the sentence makes light of, and every medicine in that.

        A benefit is told with some harm, where the sentence names one.
        """
        told, medicines = self.subjects.named_by, self.names & self.subjects.harmful
        if self.light:
            named = not self.grave or bool(told(self.grave, line))
            return named and told(medicines, line) == medicines
        harmless = self.grave and line.claim.kind in _COMFORTS
        return not harmless or bool(told(self.grave, line, broader=True))

    def _touches_topics(self, line: Line, distance: int) -> bool:
        """Whether a line touches the safety topics of the sentence, or names what touches them.

        One of several is enough, but for what calls for help. A benefit is to touch them all, those
        too that are dangers only where they are permitted.
        """
        topics, text, signs = (
            self.subjects.topics,
            self.fault.reading.text,
            self.fault.reading.signs,
        )
        told = chain.from_iterable(
            signs.get(name, ()) for name in self.subjects.named_by(self.names, line)
        )
        rest = list(text)
        for start, end in chain.from_iterable(sign.spans for sign in told):
            rest[start:end] = " " * (end - start)
        left = "".join(rest)
        if line.claim.kind in _COMFORTS:
            return topics(left, "bar", "sign", "risk") <= line.topics
        barred = topics(text, "bar")
        if not topics(left, "sign") <= line.topics or (
            barred and barred <= topics(left, "bar") - line.topics
        ):
            return False
        unnamed = self.fault.at_risk and not self.grave and distance is not _OWN
        touched = topics(text) if unnamed else frozenset()
        return not touched or not touched.isdisjoint(line.topics)
