"""What is dangerous in a base: harms, medicines beside the treatment, people, safety topics."""

from collections.abc import Container, Iterable, Iterator
from functools import cached_property
from itertools import chain

from claimbook.language.care import small_letters
from claimbook.language.concepts import Reading, reader_of
from claimbook.language.phrases import Phrases, any_of, pattern
from claimbook.language.safety import Safety, named
from claimbook.records import BENEFITS, DANGERS, Base, Claim, Concept, ConceptSet, Kind


class Dangers:
    """What may harm, by the vocabulary and the claims of a base.

    Attributes:
        medicines: the ids of the treatments that a patient may take beside the one in question.
        warned_of: by each claim that warns, those among them that its statement or cues of its
            harm name: they can harm together with the treatment. What one of them can do is no
            such warning.
        harmful: all of these.
        others: those that have claims of their own, and can do no harm beside the treatment.
        safety: the safety topics, for whatever speaks of one without care.
    """

    def __init__(self, base: Base) -> None:
        self.base, self.vocabulary = base, base.vocabulary
        concepts = base.vocabulary.concepts.values()
        harms = [each for each in concepts if base.vocabulary.harm(each.id)]
        medicines = list(_medicines(base))
        by_term = {term.lower(): medicine.id for medicine in medicines for term in medicine.terms}
        self.medicines = frozenset(medicine.id for medicine in medicines)
        claims = base.claims.values()
        own = [claim for claim in claims if claim.about.intervention not in self.medicines]
        theirs = {claim.about.outcome for claim in claims} - {claim.about.outcome for claim in own}
        of_harms = {
            each.id: frozenset(by_term[word] for word in _cues(each) & by_term.keys())
            for each in harms
            if each.id not in theirs
        }
        self.warned_of: dict[str, frozenset[str]] = {}
        read = reader_of(base.vocabulary).read
        for claim in filter(self.is_safety, own):
            named = read(claim.statement).concepts.get("intervention", ())
            of_harm = of_harms.get(claim.about.outcome or "", frozenset())
            self.warned_of[claim.id] = self.medicines.intersection(named) | of_harm
        self.harmful = frozenset().union(*self.warned_of.values(), *of_harms.values())
        about = {claim.about.intervention for claim in base.claims.values()}
        self.others = self.medicines.intersection(filter(None, about)) - self.harmful
        self.safety = Safety(
            harms=_terms(harms),
            treatments=_terms(each for each in concepts if each.facet == "intervention"),
            medicines=_terms(medicines),
            harmful=_terms(medicine for medicine in medicines if medicine.id in self.harmful),
        )

    def only_others(self, reading: Reading, others: Container[str]) -> tuple[str, ...]:
        """The treatments that a text names, if all are among some that are not the base's own.

        "Unlike X, ours helps" speaks of that as well.
        """
        named = reading.concepts.get("intervention", ())
        of_others = all(name in others for name in named)
        return named if of_others and not pattern("matching", "of it").search(reading.text) else ()

    def topics(self, text: str, *kinds: str) -> frozenset[str]:
        """The safety topics that a text touches, if by words of some kinds only."""
        touched, small = self.safety.touched(text), small_letters(text)
        return frozenset(topic for topic, words in touched.items() if named(words, small, *kinds))

    def unwarned(self, text: str, outcomes: Iterable[str]) -> str | None:
        """The safety topic, or else the harm among outcomes, that a text does not warn of."""
        if self.safety.takes_care(text):
            return None
        harms = (
            self.vocabulary.label(name).lower() for name in filter(self.vocabulary.harm, outcomes)
        )
        topics = sorted(self.topics(self.safety.taken(small_letters(text)), "bar", "sign", "risk"))
        return next(chain(topics, harms), None)

    def is_safety(self, claim: Claim) -> bool:
        """Whether a claim warns, or is on a safeguard."""
        return claim.kind in DANGERS or self.vocabulary.norm(claim.about.outcome)

    def is_grave(self, outcome: str) -> bool:
        """Whether an outcome is a harm, or what should be done."""
        return self.vocabulary.harm(outcome) or self.vocabulary.norm(outcome)

    def risk_concepts(self, names: Iterable[str]) -> frozenset[str]:
        """Of concepts the people of whom no benefit is claimed, and medicines that are a danger."""
        above, concepts = self.vocabulary.above, self.vocabulary.concepts
        return frozenset(
            name
            for name in names
            if name in self.harmful
            or (concepts[name].facet == "population" and not {name, *above[name]} <= self._patients)
        )

    @cached_property
    def _patients(self) -> frozenset[str]:
        """The people of whom a benefit is claimed, those among them, and all people.

        But for those whom a contraindication names.
        """
        above, below = self.vocabulary.above, self.vocabulary.below
        claims = self.base.claims.values()
        benefits = (claim.about.population for claim in claims if claim.kind in BENEFITS)
        people = frozenset(filter(None, benefits))
        among = chain.from_iterable(below[name] for name in people if above[name])
        barring = (claim for claim in claims if claim.kind is Kind.CONTRAINDICATION)
        says = [each.says for claim in barring for each in self.base.linked(claim)]
        barred = chain.from_iterable(each.concepts for each in says if isinstance(each, ConceptSet))
        all_people = chain.from_iterable(above[name] for name in people)
        return people | {*among, *all_people}.difference(barred)


def _medicines(base: Base) -> Iterator[Concept]:
    """The treatments on which no passage is, and in a base without any no claim on a benefit.

    A patient may take them beside the one in question.
    """
    vocabulary = base.vocabulary
    benefits = (claim.about for claim in base.claims.values() if claim.kind in BENEFITS)
    scopes = [base.scope_of(each) for each in base.occurrences.values()] or benefits
    told = {scope.intervention for scope in scopes if scope.intervention}
    told = told.union(*(vocabulary.above.get(name, ()) for name in told))
    for concept in vocabulary.concepts.values():
        family = {concept.id, *vocabulary.above.get(concept.id, ())}
        if concept.facet == "intervention" and told.isdisjoint(family):
            yield concept


def _cues(concept: Concept) -> set[str]:
    """The words that are cues of a concept, or part of one, in small letters."""
    cues = (*concept.cues, *concept.denials)
    return {part.strip().lower() for cue in cues for part in cue.split("+")}


def _terms(concepts: Iterable[Concept]) -> Phrases | None:
    """The words that copy uses for concepts, in small letters; the longest first."""
    terms = {term.lower() for each in concepts for term in each.terms}
    return Phrases(rf"\b{any_of(terms)}\b") if terms else None
