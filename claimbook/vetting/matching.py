"""Which claims a clause makes, and what it says of them: the choice among its candidates."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Literal

from claimbook.evidence.figures import same_figure
from claimbook.evidence.index import Index
from claimbook.language.clauses import FACT
from claimbook.language.concepts import Reading, Sign
from claimbook.language.discourse import reports
from claimbook.language.phrases import pattern
from claimbook.language.safety import SAFE
from claimbook.language.stance import Stance, affirms, reassures
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    GRADED,
    UNCHECKABLE,
    Amount,
    Claim,
    Direction,
    Effect,
    Kind,
    Scope,
    Share,
    Value,
    YesNo,
)
from claimbook.vetting.candidates import NEAR, Candidate, Candidates, Concepts
from claimbook.vetting.citations import STUDY, Citations
from claimbook.vetting.extraction import NO_MORE, PERMITS, WARNS, Extractor

BESIDE = 0.9  # how near, beside the nearest, a claim on an outcome that the clause does not name
# How much of a clause, by weight, its claims may leave without a word, and be meant for sure. Of
# the flags that only weigh, on 720 sentences of public copy, 40 of 65 were right below this limit
# and 17 of 54 above it.
UNSURE = 0.6
LICENSED = pattern("matching", "licensed")
EFFECTIVE = pattern("matching", "effective")
APPROVED = pattern("matching", "approved")
APPROVED_FOR = pattern("matching", "approved for")
FOUND = pattern("studies", "found")
SAFE_THINGS = pattern("matching", "safe things")
IN_PART, IN_FULL = pattern("matching", "in part"), pattern("matching", "in full")
PRECAUTIONS = pattern("matching", "precautions")
AT_HAND = pattern("matching", "at hand")
LISTED = pattern("distinctions", "listed")
PRICE = re.compile(r"[$£€]\s?\d")
_NORMS = (Kind.REGIMEN, Kind.ELIGIBILITY)


class Matcher:
    """Finds the claims of a base in clauses. Keeps nothing of a clause; threads may share one."""

    def __init__(self, index: Index) -> None:
        self.index, self.base = index, index.base
        self.candidates = Candidates(self.base)
        self.extractor = Extractor(index)
        self.citations = Citations(index, self.candidates, self.extractor)
        self.reader = self.candidates.reader
        self._general = self._general_effects()
        self._approved = {
            claim.about.intervention
            for claim in self.base.claims.values()
            if claim.kind is Kind.APPROVAL
            and any(finding.says == YesNo(True) for finding in self.base.linked(claim))
        }
        self._approval_words = self._words_of_approval()
        self.benefits = {
            claim.about.outcome for claim in self.base.claims.values() if claim.kind in BENEFITS
        }

    def _words_of_approval(self) -> dict[str | None, frozenset[str]]:
        """By outcome of a claim on approval the words by which the vocabulary knows it.

        But for those that name people or a treatment.
        """
        concepts, claims = self.base.vocabulary.concepts, self.base.claims.values()

        def words(phrases: Iterable[str]) -> frozenset[str]:
            return frozenset(chain.from_iterable(self.reader.read(each).bag for each in phrases))

        scope = (each for each in concepts.values() if each.facet in ("population", "intervention"))
        of_scope = words(chain.from_iterable(each.terms for each in scope))
        outcomes = {claim.about.outcome for claim in claims if claim.kind is Kind.APPROVAL}
        known = (concepts[name] for name in outcomes if name)
        return {
            each.id: words((*each.terms, *each.cues, *each.denials)) - of_scope | {f"#{each.id}"}
            for each in known
        }

    def names_use(self, reading: Reading) -> bool:
        """Whether a clause names people or an effect, not only that something is approved."""
        harm, outcomes = self.base.vocabulary.harm, reading.concepts.get("outcome", ())
        effect = any(name in self.benefits or harm(name) for name in outcomes)
        return effect or "population" in reading.concepts

    def _general_effects(self) -> tuple[str, ...]:
        """The outcomes of the claims that only say that a treatment works."""
        return tuple(
            dict.fromkeys(
                claim.about.outcome
                for claim in self.base.claims.values()
                if claim.kind is Kind.EFFICACY
                and claim.about.outcome
                and EFFECTIVE.search(claim.statement)
                and not self.extractor.figures(claim.statement)
                and {claim.about.outcome}.issuperset(
                    self.reader.read(claim.statement).concepts.get("outcome", ())
                )
            )
        )

    def matches(self, reading: Reading, sources: frozenset[str] = frozenset()) -> list[Candidate]:
        """The claims that a clause makes: the nearest, and of further outcomes the nearest each.

        Args:
            reading: the clause.
            sources: recorded sources that it names; then only claims that rest on one of them.
        """
        named, reading = reading, self._with_general_effect(reading)
        general = reading is not named  # then it hardly has a word of a claim
        read = [
            replace(candidate, says=self.extractor.extract_value(reading, candidate))
            for candidate in self.candidates.near(reading)
            if not sources or self._rests_on(candidate.claim, sources)
        ]
        denied = any(_denies_benefit(match, reading) for match in read)
        ranked = [
            match
            for match in read
            if not self._says_nothing(match, reading, sources)
            and not self._tells_of_study(match, reading, sources)
            and not (denied and _promises(match.claim, reading))
        ]
        ranked = self._of_whole_treatment(ranked, reading)
        chosen = ranked[:1]
        for match in ranked[1:]:
            outcome = match.claim.about.outcome
            if any(outcome == other.claim.about.outcome for other in chosen):
                continue
            is_named = outcome in reading.concepts.get("outcome", ())
            is_near = match.likeness >= NEAR or match.claim.kind not in BENEFITS or general
            if (is_named and is_near) or match.likeness >= BESIDE * ranked[0].likeness:
                chosen.append(match)
        printed = [match.says for match in chosen if self._prints(match)]
        # A figure is of one claim.
        return [
            match
            for match in chosen
            if (match.says not in printed or self._prints(match))
            and not self._only_warns(match, sources)
            and not self._denies_more(match, chosen)
        ]

    def _of_whole_treatment(self, matches: list[Candidate], reading: Reading) -> list[Candidate]:
        """The matches without approvals of one form, where a clause names the whole treatment.

        What is said to be approved is answered by what is recorded of it as a whole, if anything
        is, and not by a notice on one of its forms.
        """
        vocabulary, named = self.base.vocabulary, reading.concepts.get("intervention", ())
        narrower = frozenset().union(*(vocabulary.below[name] for name in vocabulary.finest(named)))
        approvals = [match for match in matches if match.claim.kind is Kind.APPROVAL]
        of_one = [each for each in approvals if each.claim.about.intervention in narrower]
        if len(of_one) == len(approvals):
            return matches
        return [match for match in matches if match not in of_one]

    def is_doubtful(self, clause: str, claims: Sequence[Claim]) -> bool:
        """Whether a clause perhaps does not say what claims say: they have few of its words."""
        general = any(claim.about.outcome in self._general for claim in claims)
        if general and EFFECTIVE.search(clause):
            return False  # what is called effective needs no further word
        return self.candidates.unrecorded_share(self.reader.read(clause).bag, claims) > UNSURE

    def unrecorded(self, sentence: str) -> Literal["study", "benefit"] | None:
        """What a sentence tells as a fact and no record covers; None where it tells nothing.

        That a study saw a benefit of a treatment, or that it works for some people. To be asked
        where the sentence has been matched to no claim and no finding.
        """
        named, works = self.reader.read(sentence).concepts, EFFECTIVE.search(sentence) is not None
        told = NO_MORE.search(sentence) is None and wording(sentence).step >= FACT
        if not told or "intervention" not in named:
            return None
        benefit = works or not self.benefits.isdisjoint(named.get("outcome", ()))
        if FOUND.search(sentence) and benefit:
            return "study"
        return "benefit" if works and "population" in named else None

    def leaves_use_open(self, clause: str, claim: Claim) -> bool:
        """Whether a clause calls a treatment approved, which it is for some use, and not for what.

        "The FDA approved it in 1970" is so, and a reader may take it to be about another use.
        """
        if claim.kind is not Kind.APPROVAL or claim.about.intervention not in self._approved:
            return False
        return not (APPROVED_FOR.search(clause) or self.names_use(self.reader.read(clause)))

    def _denies_more(self, match: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether a match denies all harm where the clause denies one harm alone."""
        outcome, above = match.claim.about.outcome, self.base.vocabulary.above
        narrower = any(outcome in above.get(each.claim.about.outcome or "", ()) for each in chosen)
        return narrower and match.says is not None and match.says.denies

    def _with_general_effect(self, reading: Reading) -> Reading:
        """A clause that calls a treatment of an illness effective names what that claims."""
        concepts, words = reading.concepts, EFFECTIVE.search(reading.text)
        named = not self.benefits.isdisjoint(concepts.get("outcome", ()))
        if not words or named or not {"intervention", "population"} <= concepts.keys():
            return reading
        sign = Sign((words.span(),))
        return replace(
            reading,
            concepts={**concepts, "outcome": (*concepts.get("outcome", ()), *self._general)},
            signs={**reading.signs, **dict.fromkeys(self._general, (sign,))},
        )

    def _only_warns(self, match: Candidate, sources: frozenset[str]) -> bool:
        """Whether a match only warns: a harm has no upper end, or an unsure benefit is denied."""
        claim, says = match.claim, match.says
        if claim.kind is Kind.SAFETY:
            return isinstance(says, Amount) and says.interval.high == math.inf
        unsure = (Effect(Direction.UNCLEAR), Effect(Direction.MIXED))
        return (
            claim.kind in BENEFITS
            and not sources
            and says == Effect(Direction.NONE)
            and any(self.base.findings[link.finding].says in unsure for link in claim.evidence)
        )

    def _rests_on(self, claim: Claim, sources: frozenset[str]) -> bool:
        return any(self.base.findings[link.finding].source in sources for link in claim.evidence)

    def _prints(self, match: Candidate) -> bool:
        """Whether a finding that a claim rests on gives the figure that the clause gives."""
        findings = (self.base.findings[link.finding] for link in match.claim.evidence)
        return any(same_figure(match.says, finding.says) for finding in findings)

    def _says_nothing(self, match: Candidate, reading: Reading, sources: frozenset[str]) -> bool:
        """Whether nothing that a clause says of a claim could be held against evidence."""
        claim, says = match.claim, match.says
        said = self.extractor.stance(reading, claim)
        doubted = said in (Stance.DOUBTS, Stance.OPEN)
        if doubted and (says is None or claim.about.outcome not in reading.signs):
            return True
        if said is Stance.NONE and claim.kind in BENEFITS:
            return True
        if self._is_of_others(claim, says, reading):
            return True
        if self._reassures(claim) and (doubted or not self._is_reassuring(reading, says)):
            return True
        benefit, step = claim.kind in BENEFITS, wording(reading.text).step
        if says is None:
            judged = bool(claim.evidence) or claim.kind in GRADED
            return judged and (bool(sources) or not benefit or step > 1)
        if says.denies and benefit and (claim.evidence or step > 1):
            # A page may say less than was found.
            return all(self.base.findings[link.finding].says != says for link in claim.evidence)
        if claim.kind not in _NORMS:
            return False
        if says == YesNo(True) and PERMITS.search(claim.statement):
            return affirms(PRECAUTIONS, reading.text) is True
        return says == YesNo(False) and WARNS.search(reading.text) is not None

    def _is_of_others(self, claim: Claim, says: Value | None, reading: Reading) -> bool:
        """Whether a clause tells of somebody licensed, of use, or of who is spared a harm."""
        if claim.kind is Kind.APPROVAL:
            words = self._approval_words.get(claim.about.outcome, frozenset())
            if reading.bag.isdisjoint(words) and not APPROVED.search(reading.text):
                return True  # what treats an illness, or is used for it, need not be approved
            signs = reading.signs.get(claim.about.outcome or "", ())
            ends = [sign.spans[-1][1] for sign in signs]
            return bool(ends) and all(
                LICENSED.match(reading.text[end:].lstrip()) is not None for end in ends
            )
        if claim.kind is Kind.DEFINITION and self._only_lists(claim, reading):
            return True
        if claim.kind is not Kind.SAFETY:
            return False
        spared = says is not None and says.denies and _in_part(reading.text)
        return spared or _calls_else_safe(reading.text)

    def _only_lists(self, claim: Claim, reading: Reading) -> bool:
        """Whether all that names a definition stands side by side: "the one or the other"."""
        signs = reading.signs.get(claim.about.outcome or "", ())
        return bool(signs) and all(
            len(sign.spans) > 1
            and all(
                re.fullmatch(LISTED.pattern, reading.text[one[1] : other[0]], re.IGNORECASE)
                for one, other in pairwise(sorted(sign.spans))
            )
            for sign in signs
        )

    def _reassures(self, claim: Claim) -> bool:
        """Whether a claim says that harm is small."""
        small = claim.kind is Kind.SAFETY or claim.kind is Kind.HARM
        return small and reassures(claim.statement)

    def _is_reassuring(self, reading: Reading, says: Value | None) -> bool:
        """Whether a clause makes harm small: it says so, denies a harm, or gives its size."""
        signs = (
            sign
            for name in reading.concepts.get("outcome", ())
            if self.base.vocabulary.harm(name)
            for sign in reading.signs[name]
        )
        given = isinstance(says, Share | Amount) and bool(self.extractor.figures(reading.text))
        return given or reassures(reading.text) or any(map(reading.denied, signs))

    def about(self, claim: Claim, concepts: Concepts) -> Scope | None:
        """The facets in which a clause is narrower than the claim: it names one form of several."""
        above = self.base.vocabulary.above
        narrower: dict[str, str] = {}
        for facet in ("population", "intervention", "setting"):
            names = self.base.vocabulary.finest(concepts.get(facet, ()))
            wanted = getattr(claim.about, facet)
            if len(names) == 1 and wanted and wanted in above.get(names[0], ()):
                narrower[facet] = names[0]
        return replace(Scope(), **narrower) if narrower else None  # type: ignore[arg-type]

    def _tells_of_study(self, match: Candidate, reading: Reading, sources: frozenset[str]) -> bool:
        """Whether a clause tells what a study did or saw, which is not what the claim says."""
        claim, says = match.claim, match.says
        if claim.kind not in UNCHECKABLE and AT_HAND.search(reading.text):
            return True
        of_study_or_price = STUDY.search(reading.text) or PRICE.search(reading.text)
        if claim.kind in (Kind.REGIMEN, Kind.DOSE) and of_study_or_price:
            return True
        if sources and isinstance(says, Share):
            return not any(
                isinstance(value, Share) for value in self.extractor.quantities(reading.text)
            )
        cited = bool(sources) and claim.about.outcome in reading.signs
        counted = isinstance(says, Share) and says.figure
        return claim.kind in GRADED and not cited and not counted and reports(reading.text)


def _calls_else_safe(text: str) -> bool:
    """Whether all that a clause calls safe is something else than a treatment."""
    things = [match.span() for match in SAFE_THINGS.finditer(text)]
    rest = [text[end:start] for end, start in pairwise((0, *chain.from_iterable(things), None))]
    return bool(things) and not any(map(SAFE.search, rest[::2]))


def _in_part(text: str) -> bool:
    """Whether a clause says less than that a harm never comes."""
    return IN_PART.search(text) is not None and not IN_FULL.search(text)


def _denies_benefit(match: Candidate, reading: Reading) -> bool:
    """Whether a clause denies a benefit that it names."""
    claim, says = match.claim, match.says
    named = claim.kind in BENEFITS and claim.about.outcome in reading.signs
    return named and says is not None and says.denies


def _promises(claim: Claim, reading: Reading) -> bool:
    """Whether a claim tells of a benefit, or of what brings it, that a clause does not name."""
    kinds = (*BENEFITS, Kind.TESTIMONIAL, Kind.MECHANISM)
    return claim.kind in kinds and claim.about.outcome not in reading.signs
