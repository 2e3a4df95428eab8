"""Which wording may stand in the place of a sentence: one that speaks of what is wrong with it.

A line on something else is worse than none, and a benefit told in the place of a warning is the
worst. Where no line answers a sentence, nothing is offered: it is best deleted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from claimbook.evidence.index import Index
from claimbook.language.care import Care, permits, small_letters
from claimbook.language.concepts import Reading, reader_of
from claimbook.language.discourse import tells_finding
from claimbook.language.phrases import pattern, plain
from claimbook.language.safety import DOSE, is_only_spoken_of
from claimbook.language.warning_words import tells_harm
from claimbook.records import BENEFITS, DANGERS, UNCHECKABLE, Claim, Kind
from claimbook.vetting.dangers import Dangers

# A count, by which a study is known; a share of a hundred may be that of any.
_COUNT = re.compile(r"\b\d+(?:[.,]\d+)*\b(?! ?%| percent\b| (?:in|of|out of)(?: every)? 100\b)")
_COMFORTS = BENEFITS | {Kind.MECHANISM, Kind.TESTIMONIAL}
# How far a line is from what is objected to: written for it, for what else the sentence says, or
# for another claim.
_OWN, _SAID, _FURTHER = range(3)

Offer = tuple[Claim, str]  # a wording, and the claim that it was written for


@dataclass(frozen=True, slots=True)
class Line:
    """A wording as it is read.

    Attributes:
        names: the concepts that it names, those of its claim, and the outcomes it rests on.
        harms: those that it tells; to watch for one is not to tell it.
        treatments: the treatments that it names, or else fits.
        fits: the treatments for which it may be offered, if not for all.
        topics: the safety topics that it touches.
        sources: those of the findings that it rests on.
        written: whether somebody wrote it for its claim.
    """

    claim: Claim
    names: frozenset[str]
    harms: frozenset[str]
    treatments: frozenset[str]
    fits: tuple[str, ...]
    topics: frozenset[str]
    counts: frozenset[str]
    sources: frozenset[str]
    written: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence for which other wording is sought.

    Attributes:
        at_risk: whether it touches a safety topic without care.
        flagged: those of them to which a rule objects.
        uses: the people named in its clauses on approval to which a rule objects.
        offers: what may be said instead of what is objected to, the first choice first.
        sources: what the objections rest on.
        illnesses: those that it is about by the sentences around it, where it names nobody.
    """

    reading: Reading
    at_risk: bool
    claims: Sequence[Claim]
    flagged: Sequence[Claim]
    uses: frozenset[str]
    offers: Sequence[Offer]
    sources: frozenset[str]
    illnesses: Sequence[str] = ()


class Replacements:
    """The wordings that a base may offer, and which of them answer a sentence.

    Attributes:
        disclosures: the outcomes of which pages should tell.
    """

    def __init__(self, dangers: Dangers, index: Index) -> None:
        self.dangers, self.base = dangers, dangers.base
        self.vocabulary = self.base.vocabulary
        self._reader = reader_of(self.vocabulary)
        self._disclosing = index.disclosing
        self._lines: dict[tuple[str, str], Line] = {}  # by claim and words
        claims = map(self.base.claims.get, index.disclosing)
        self.disclosures = frozenset(claim.about.outcome for claim in claims if claim)

    def on_benefits(self, reading: Reading, illnesses: Sequence[str]) -> list[Offer]:
        """Wordings on a benefit, for a sentence that states one of which no claim is read.

        What is known of it in the illnesses that the sentence names or is about, the most general
        first; where it is about none, how far a benefit goes, as pages should tell: first what
        tells the most of that.
        """
        people = reading.concepts.get("population", ()) or illnesses
        offers = [offer for offer in self.offers if self._is_on_treatment(offer[0], reading)]
        if people:
            signs = self.dangers.topics(reading.text, "sign")
            known = [
                (claim, text)
                for claim, text in offers
                if claim.kind is Kind.EFFICACY
                and claim.about.population in people
                and self.dangers.topics(text, "sign") <= signs  # no line on another crisis
            ]
            return sorted(known, key=lambda offer: len(self.line(offer).names))
        told = [
            (claim, text)
            for claim, text in offers
            if claim.kind in BENEFITS
            and claim.id in self._disclosing
            and "population" not in self._reader.read(text).concepts
        ]
        count = Counter(text for _, text in told)
        return sorted(told, key=lambda offer: -count[offer[1]])

    def _is_on_treatment(self, claim: Claim, reading: Reading) -> bool:
        """Whether a claim is on a treatment that a sentence names, a form of it or a wider one."""
        named, own = reading.concepts.get("intervention", ()), claim.about.intervention
        near = {own, *self.vocabulary.above[own], *self.vocabulary.below[own]} if own else set()
        return not near.isdisjoint(named)

    def ranked(self, fault: Fault) -> list[str]:
        """The wordings that answer a sentence, the best first."""
        search = _Search(fault, self)
        ranks: dict[str, tuple[int, ...]] = {}
        for offer in dict.fromkeys([*fault.offers, *search.others()]):
            line = self.line(offer)
            distance = (
                _OWN if offer in fault.offers else _SAID if line.claim in fault.claims else _FURTHER
            )
            if search.answers(line, distance):
                ranks.setdefault(offer[1], search.rank(line, distance))
        return sorted(ranks, key=ranks.__getitem__)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The wordings that were written for the claims of the base."""
        claims = self.base.claims.values()
        return tuple((claim, say.text) for claim in claims for say in claim.say)

    def read_ahead(self) -> bool:
        """Read the next wording that was not yet read; whether there was one."""
        unread = (each for each in self.offers if (each[0].id, each[1]) not in self._lines)
        if offer := next(unread, None):
            self.line(offer)
        return offer is not None

    def line(self, offer: Offer) -> Line:
        """A wording as it is read; one that was written for the base is read once."""
        key = offer[0].id, offer[1]
        if key not in self._lines:
            line = self._read(*offer)
            if not line.written:
                return line
            self._lines[key] = line
        return self._lines[key]

    def _read(self, claim: Claim, text: str) -> Line:
        """A wording as it is read; a writer's own words in a softer form, too."""
        reading, findings = self._reader.read(text), self.base.findings
        say = next((say for say in claim.say if say.text == text), None)
        fits, rests_on = (say.fits, say.rests_on) if say else ((), ())
        outcomes = {claim.about.outcome, *(findings[key].about.outcome for key in rests_on)}
        scope = (name for _, name in claim.about.facets())
        warns = say is None or claim.kind in DANGERS
        return Line(
            claim,
            frozenset(filter(None, (*_named(reading), *scope, *outcomes))),
            self.harms_told(reading) if warns else self.harms_told(reading) & outcomes,
            self.treatments(reading) or frozenset(fits),
            fits,
            frozenset(self.dangers.safety.touched(text)),
            _counts(text),
            frozenset(findings[key].source for key in rests_on),
            say is not None,
        )

    def treatments(self, reading: Reading) -> frozenset[str]:
        """The treatments that a text names, but for those that are broader than another."""
        treatments = frozenset(reading.concepts.get("intervention", ())) - self.dangers.medicines
        return frozenset(self.vocabulary.finest(treatments))

    def harms_told(self, reading: Reading) -> frozenset[str]:
        """The harms that a text tells, and neither denies nor plays down."""
        harms = filter(self.vocabulary.harm, reading.concepts.get("outcome", ()))
        return frozenset(name for name in harms if tells_harm(reading, name))

    def named_by(self, names: Iterable[str], line: Line, broader: bool = False) -> frozenset[str]:
        """Which of some concepts a line names: itself, a narrower one, or, if asked, a broader."""
        above, below = self.vocabulary.above, self.vocabulary.below
        return frozenset(
            name
            for name in names
            if name in line.names
            or not line.names.isdisjoint(below[name])
            or (broader and not line.names.isdisjoint(above[name]))
        )


class _Search:
    """What a wording has to speak of, to answer one sentence.

    Attributes:
        names: the concepts that the sentence names; a medicine that it only compares with, or
            names for what it does, is not taken.
        told: the harms that it tells, of those that every page should tell.
        treatments: the treatments that it names, or else those that its claims are on.
        of_others: the treatments that it names, if the base is on none of them, and none does harm
            beside the base's own.
        grave: the harms, and what should be done, that it names or makes light of.
        risk_concepts: the people, and the medicines, for whom and with which treatment is a danger.
        light: whether it makes light of a danger.
    """

    def __init__(self, fault: Fault, replacements: Replacements) -> None:
        self.fault, self.replacements, reading = fault, replacements, fault.reading
        self.dangers = dangers = replacements.dangers
        self.vocabulary, self.named_by = replacements.vocabulary, replacements.named_by
        self.line = replacements.line
        spoken_of = (name for name in dangers.harmful if _is_only_spoken_of(name, reading))
        self.names = _named(reading).difference(spoken_of)
        self.told = replacements.harms_told(reading) & replacements.disclosures
        claimed = (claim.about.intervention for claim in fault.claims)
        self.of_others = dangers.only_others(reading, dangers.medicines - dangers.harmful)
        self.treatments = replacements.treatments(reading) or frozenset(filter(None, claimed))
        careless = [claim for claim in fault.flagged if dangers.is_safety(claim)]
        grave = filter(dangers.is_grave, reading.concepts.get("outcome", ()))
        self.grave = frozenset(grave).union(
            claim.about.outcome for claim in careless if claim.about.outcome
        )
        self.risk_concepts = dangers.risk_concepts(self.names)
        self.light = bool(careless) or (fault.at_risk and bool(dangers.topics(reading.text)))

    def others(self) -> Iterator[Offer]:
        """Lines on what the sentence is about, beside those of what is objected to.

        They are of what else it says, of the same outcome, or warn of what it makes light of.
        """
        people = self.fault.reading.concepts.get("population", ())
        outcomes = {claim.about.outcome for claim in self.fault.flagged}
        for offer in self.replacements.offers:
            claim, about = offer[0], offer[0].about
            said = claim in self.fault.claims and claim.kind not in UNCHECKABLE
            alike = about.outcome in outcomes and not self.vocabulary.apart(
                [about.population], people
            )
            if said or alike or (self.light and self._warns(offer)):
                yield offer

    def _warns(self, offer: Offer) -> bool:
        """Whether a line warns of what the sentence makes light of, or of more than that."""
        claim, outcome = offer[0], offer[0].about.outcome
        if not self.dangers.is_safety(claim):
            return False
        if outcome in self.grave:
            return True
        names = self.line(offer).names
        narrower = self.vocabulary.below[outcome] if outcome else frozenset()
        others = self.dangers.harmful.difference(self.dangers.warned_of.get(claim.id, ()))
        return not (
            self.grave.isdisjoint(narrower & names)
            and self.risk_concepts.isdisjoint(names - others)
        )

    def rank(self, line: Line, distance: int) -> tuple[int, ...]:
        """How well a line answers the sentence: the smaller, the better.

        A warning comes before a benefit; then what keeps the most of the dangers told, and names
        the most of those made light of; of warnings those that the sentence is read as; of
        approvals what names the most uses; the same counts; a benefit for the people named before
        a mechanism, and what is objected to first; the same people, of whom the sources of the
        objection tell; and, of further warnings, what names little else.
        """
        fault, outcome, named = self.fault, line.claim.about.outcome, self.named_by
        dangers = self.grave | self.risk_concepts if self.light else ()
        people = fault.reading.concepts.get("population", ())
        benefit = any(
            claim.kind in BENEFITS
            and claim.about.population in people
            and any(not self._is_narrow(self.line((claim, say.text))) for say in claim.say)
            for claim in fault.flagged
        )
        outcomes = [
            claim.about.outcome
            for claim in sorted(
                fault.flagged, key=lambda each: benefit and each.kind is Kind.MECHANISM
            )
        ]
        approval = {line.claim.kind} & {claim.kind for claim in fault.flagged} == {Kind.APPROVAL}
        uses = fault.reading.concepts.get("population", ()) if approval else ()
        alike = self.treatments & line.treatments if approval else ()
        further = self.light and distance is _FURTHER
        own_warning = distance is _OWN and line.claim.kind in DANGERS  # the first is the best
        return (
            line.claim.kind in _COMFORTS and any(claim.kind in DANGERS for claim in fault.claims),
            self._dropped(line),
            -len(named(dangers, line)),
            further,
            -len(named(uses, line)) - len(alike),
            -len(_counts(fault.reading.text) & line.counts),
            outcomes.index(outcome) if outcome in outcomes else len(outcomes),
            distance,
            not line.written or (not own_warning and line.sources.isdisjoint(fault.sources)),
            not line.written or self._is_narrow(line),
            len(line.names) if further else 0,
        )

    def answers(self, line: Line, distance: int) -> bool:
        """Whether a line speaks of what the sentence is about, and of what is wrong with it."""
        if self.light and line.claim.kind in _COMFORTS and not self._is_of_own_danger(line):
            return False
        if not self.fault.flagged and self._only_tells():
            return False
        return (
            (distance is _OWN or not self._is_narrow(line))
            and (distance is not _FURTHER or self._is_of_people(line))
            and self._is_of_treatment(line)
            and self._is_of_illness(line)
            and self._keeps_harms(line)
            and self._is_of_all_medicines(line)
            and self._is_of_use(line)
            and self._names_dangers(line)
            and self._touches_topics(line, distance)
        )

    def _is_of_own_danger(self, line: Line) -> bool:
        """Whether a benefit is objected to, and the danger that the sentence touches is its own.

        "It works best for people with thoughts of suicide": but not "..., so call nobody".
        """
        text = self.fault.reading.text
        topics, light = self.dangers.topics(text), Care.LIGHT | Care.WAIVED
        own = line.claim in self.fault.flagged and bool(topics) and topics <= line.topics
        return own and not self.dangers.safety.care(text) & light

    def _is_narrow(self, line: Line) -> bool:
        """Whether a line is for one form of a treatment, and the sentence not on that form."""
        above = self.vocabulary.above
        return bool(line.fits) and not any(
            self.treatments.isdisjoint(above[name]) for name in line.fits
        )

    def _is_of_people(self, line: Line) -> bool:
        """Whether a line that is for some people, or warns of a medicine, is for these."""
        some = (
            bool(self.dangers.risk_concepts(line.names)) or line.claim.kind is Kind.CONTRAINDICATION
        )
        of_all = line.claim.kind is Kind.APPROVAL or not some
        return of_all or bool(self.named_by(self.risk_concepts, line))

    def _is_of_treatment(self, line: Line) -> bool:
        """Whether a line is on a treatment of the sentence, or on one that includes it.

        Evidence on one form of a treatment may be told as such; what is approved of it may not. Of
        other treatments, only a line that names one answers.
        """
        if self.of_others:
            return bool(self.named_by(self.of_others, line, broader=True))
        above, approval = self.vocabulary.above, line.claim.kind is Kind.APPROVAL
        return not (self.treatments and line.treatments) or any(
            name == own or own in above[name] or (name in above[own] and not approval)
            for name in self.treatments
            for own in line.treatments
        )

    def _only_tells(self) -> bool:
        """Whether a sentence to which no rule objects tells what a study found, or of other drugs.

        A line on a danger would not say that: it stands in the place of what makes light of one, or
        is on the treatment, the clinic or the reader.
        """
        text = self.fault.reading.text
        ours = bool(self.treatments) or pattern("matching", "ours").search(text) is not None
        light = self.dangers.safety.care(text) & (Care.LIGHT | Care.WAIVED)
        return tells_finding(text) or not (ours or light)

    def _dropped(self, line: Line) -> int:
        """How many of the harms that the sentence tells a line does not tell."""
        below = self.vocabulary.below
        return sum(
            harm not in line.harms and line.harms.isdisjoint(below[harm]) for harm in self.told
        )

    def _keeps_harms(self, line: Line) -> bool:
        """Whether a line on a danger tells most of what the sentence tells.

        And all of it, where no rule objects: what warns is not replaced by what warns of less.
        """
        dropped = self._dropped(line)
        if not self.fault.flagged:
            return not dropped
        return line.claim.kind not in DANGERS or not dropped or 2 * dropped < len(self.told)

    def _is_of_all_medicines(self, line: Line) -> bool:
        """Whether the sentence names all medicines that a line warns of without the treatment."""
        together = self.dangers.warned_of.get(line.claim.id, frozenset())
        return bool(line.treatments) or len(together) < 2 or together <= self.names

    def _is_of_illness(self, line: Line) -> bool:
        """Whether a line that does not warn is on an illness that the sentence may be about."""
        named = self.fault.reading.concepts.get("population", ())
        benefit = line.claim.kind in BENEFITS
        illnesses = (named if benefit else ()) or self.fault.illnesses
        others = illnesses and not self.dangers.is_safety(line.claim)
        return not others or not self.vocabulary.apart([line.claim.about.population], illnesses)

    def _is_of_use(self, line: Line) -> bool:
        """Whether a line on an approval is on a use to which a rule objects."""
        uses = self.fault.uses if line.claim.kind is Kind.APPROVAL else ()
        return not uses or bool(self.named_by(uses, line, broader=True))

    def _names_dangers(self, line: Line) -> bool:
        """Whether a line names what the sentence makes light of, and every medicine in that.

        A benefit is told with some harm, where the sentence names one.
        """
        told, medicines = self.named_by, self.names & self.dangers.harmful
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
        topics, text = self.dangers.topics, self.fault.reading.text
        told = self.fault.reading.signs_of(*self.named_by(self.names, line))
        rest = list(text)
        for start, end in chain.from_iterable(sign.spans for sign in told):
            rest[start:end] = (letter if letter == "%" else " " for letter in rest[start:end])
        left = "".join(rest)
        if line.claim.kind in _COMFORTS:
            left = self.dangers.safety.taken(small_letters(left))
            named = set() if permits(left) else {DOSE}  # of which one may only speak
            return topics(left, "bar", "sign", "risk") - named <= line.topics
        barred = topics(text, "bar")
        if not topics(text, "sign") <= line.topics or (
            barred and barred <= topics(left, "bar") - line.topics
        ):
            return False
        if not self.fault.flagged and not self._is_of_danger(line):
            return False
        unnamed = self.fault.at_risk and not self.grave and distance is not _OWN
        touched = topics(text) if unnamed else frozenset()
        return not touched or not touched.isdisjoint(line.topics)

    def _is_of_danger(self, line: Line) -> bool:
        """Whether a line warns of a danger that a sentence names, to which no rule objects."""
        dangers = self.grave | self.risk_concepts
        return self.dangers.is_safety(line.claim) and bool(self.named_by(dangers, line))


def _is_only_spoken_of(name: str, reading: Reading) -> bool:
    """Whether a text only speaks of a medicine, and nobody takes it."""
    spans = [span for sign in reading.signs_of(name) for span in sign.spans]
    text = plain(reading.text)
    return bool(spans) and all(is_only_spoken_of(text, *span) for span in spans)


def _named(reading: Reading) -> frozenset[str]:
    return frozenset(chain.from_iterable(reading.concepts.values()))


def _counts(text: str) -> frozenset[str]:
    return frozenset(_COUNT.findall(text)) - {"100"}
