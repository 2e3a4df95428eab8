"""Which claims a clause makes, and what it says of them: the choice among its candidates."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, pairwise

from claimbook.evidence.figures import printed_share, same_figure
from claimbook.evidence.index import Index
from claimbook.language.care import Care, permits, small_letters
from claimbook.language.concepts import Reading, Sign
from claimbook.language.discourse import for_the_better, refers, reports
from claimbook.language.phrases import alternatives, pattern
from claimbook.language.safety import SAFE
from claimbook.language.stance import Stance, affirms, reassures
from claimbook.language.strength import wording
from claimbook.language.warning_words import is_of_another
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
from claimbook.records.grouping import grouped
from claimbook.vetting.approvals import Approvals
from claimbook.vetting.candidates import NEAR, Candidate, Candidates, Concepts
from claimbook.vetting.citations import Citations
from claimbook.vetting.dangers import Dangers
from claimbook.vetting.effects import Effects
from claimbook.vetting.extraction import CLOSE, Extractor
from claimbook.vetting.places import Places

_words = partial(pattern, "matching")
BESIDE = 0.9  # how near, beside the nearest, a claim on an outcome that the clause does not name
_LISTED = re.compile(alternatives("distinctions", "listed"), re.IGNORECASE)
_EQUATED = re.compile(
    rf"\W*(?:{alternatives('distinctions', 'equated')}\b\W*){{0,6}}", re.IGNORECASE
)
# "X therapy, Y, the one, and the other": with fewer items the second may explain the first.
_COMMA = re.compile(r"[®™]?(?: [\w-]+){0,2}, ")
_CLOSED = re.compile(r"[®™]?[,)]")  # "X, Y, is here" says that they are one
_ITEM = rf"(?!{alternatives('clause-breaks', 'verbs')}\b)[^,;:.]{{1,40}}"
_SERIES = re.compile(rf"[®™]?(?:, {_ITEM})+(?:,? (?:and|or) |$)", re.IGNORECASE)
_PART = re.compile(rf"\b{alternatives('distinctions', 'part')} $", re.IGNORECASE)
_MEDICINES = pattern("safety", "medicines")
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
        self.approvals = Approvals(index)
        self.dangers = Dangers(self.base)
        self.places = Places(self.base.vocabulary, self.dangers.safety)
        self._harms_with = self._find_harms_with()
        self.limits = self.extractor.limits
        self.effects = Effects(index, self.extractor)

    def _find_harms_with(self) -> dict[str, tuple[str, ...]]:
        """By medicine the harms that it is known to do together with the treatment."""
        claims = (self.base.claims[name] for name in self.dangers.warned_of)
        return grouped(
            (medicine, claim.about.outcome)
            for claim in claims
            if claim.kind is Kind.HARM and claim.about.outcome and claim.truth
            if claim.truth.is_ == "yes"
            for medicine in sorted(self.dangers.warned_of[claim.id])
        )

    def matches(
        self,
        reading: Reading,
        sources: frozenset[str] = frozenset(),
        illnesses: Collection[str] = (),
    ) -> list[Candidate]:
        """The claims that a clause makes: the nearest, and of further outcomes the nearest each.

        Args:
            reading: the clause.
            sources: recorded sources that it names; then only claims that rest on one of them.
            illnesses: those that the text is about, of a clause that names nobody.
        """
        reading = self.with_leave(reading)
        named, reading = reading, self.effects.with_general(reading)
        general = reading is not named  # then it hardly has a word of a claim
        read = [
            replace(candidate, says=self.extractor.extract_value(reading, candidate))
            for candidate in self.candidates.near(reading)
            if not sources
            or any(each.source in sources for each in self.base.linked(candidate.claim))
        ]
        read = self._of_these(self._of_treatment(read, reading), illnesses)
        unpromised = any(
            _denies_benefit(match, reading) or self._only_names_both(match.claim, reading)
            for match in read
        )
        ranked = [
            match
            for match in read
            if not self._says_nothing(match, reading, sources)
            and not self._tells_of_study(match, reading, sources)
            and not (unpromised and _promises(match.claim, reading))
        ]
        ranked = self.approvals.of_whole_treatment(ranked, reading)
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
            and not self._tells_of_limit(match, chosen, reading)
        ]

    def in_another_illness(self, claim: Claim, illnesses: Collection[str]) -> bool:
        """Whether a claim is on a benefit in another illness; what pages should tell is of all."""
        people = claim.about.population
        return (
            claim.kind in BENEFITS
            and claim.id not in self.index.disclosing
            and people in self.index.illnesses
            and self.base.vocabulary.apart([people], illnesses)
        )

    def _of_treatment(self, read: list[Candidate], reading: Reading) -> list[Candidate]:
        """Candidates without those on the base's treatment, where a clause names only others."""
        if not (named := self.dangers.only_others(reading, self.dangers.others)):
            return read
        apart = self.base.vocabulary.apart
        return [each for each in read if not apart([each.claim.about.intervention], named)]

    def _of_these(self, read: list[Candidate], illnesses: Collection[str]) -> list[Candidate]:
        """Candidates without those on another illness, where one on the same outcome is not."""
        elsewhere = {
            match.claim.id for match in read if self.in_another_illness(match.claim, illnesses)
        }
        here = {match.claim.about.outcome for match in read if match.claim.id not in elsewhere}
        return [
            match
            for match in read
            if match.claim.id not in elsewhere or match.claim.about.outcome not in here
        ]

    def _denies_more(self, match: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether a match denies all harm where the clause denies one harm alone."""
        outcome, above = match.claim.about.outcome, self.base.vocabulary.above
        narrower = any(outcome in above.get(each.claim.about.outcome or "", ()) for each in chosen)
        return narrower and match.says is not None and match.says.denies

    def _tells_of_limit(
        self, match: Candidate, chosen: Sequence[Candidate], reading: Reading
    ) -> bool:
        """Whether what a match says yes or no to is said only with how long a safeguard holds.

        "You may drive after 24 hours" does not say that people may drive on the day.
        """
        if not isinstance(match.says, YesNo) or match.claim.about.outcome not in reading.signs:
            return False
        limits = (each.claim.about.outcome for each in chosen if self.limits.has(each.claim))
        words = {span for sign in reading.signs_of(*limits) for span in sign.spans}
        signs = reading.signs_of(match.claim.about.outcome)
        return all(not words.isdisjoint(sign.spans) for sign in signs)

    def with_leave(self, reading: Reading) -> Reading:
        """A clause that gives leave to take what is known to harm beside the treatment denies that.

        "It is compatible with X" says that X does no harm with it.
        """
        named = reading.concepts.get("intervention", ())
        harms = {name: self._harms_with[name] for name in named if name in self._harms_with}
        if not harms or self.dangers.medicines.issuperset(named) or not gives_leave(reading):
            return reading
        if self.dangers.safety.care(reading.text) & (Care.CAREFUL | Care.FORBIDS):
            return reading
        signs = {
            outcome: (Sign(reading.signs[name][0].spans, denies=True),)
            for name, outcomes in harms.items()
            if name in reading.signs
            for outcome in outcomes
            if outcome not in reading.signs
        }
        return reading.naming(signs)

    def _only_warns(self, match: Candidate, sources: frozenset[str]) -> bool:
        """Whether a match only warns: a harm has no upper end, or an unsure benefit is denied."""
        claim, says = match.claim, match.says
        if claim.kind is Kind.SAFETY:
            return isinstance(says, Amount) and says.interval.threshold
        unsure = (Effect(Direction.UNCLEAR), Effect(Direction.MIXED))
        return (
            claim.kind in BENEFITS
            and not sources
            and says == Effect(Direction.NONE)
            and any(each.says in unsure for each in self.base.linked(claim))
        )

    def _prints(self, match: Candidate) -> bool:
        """Whether a finding that a claim rests on gives the figure that the clause gives."""
        findings = self.base.linked(match.claim)
        return any(same_figure(match.says, finding.says) for finding in findings)

    def _says_nothing(self, match: Candidate, reading: Reading, sources: frozenset[str]) -> bool:
        """Whether nothing that a clause says of a claim could be held against evidence."""
        claim, says = match.claim, match.says
        if self.limits.has(claim):
            return claim.about.outcome not in reading.signs or says is None
        said = self.extractor.stance(reading, claim)
        doubted = said in (Stance.DOUBTS, Stance.OPEN)
        if doubted and (says is None or claim.about.outcome not in reading.signs):
            return True
        if claim.kind in BENEFITS and (said is Stance.NONE or tells_of_illness(reading)):
            return True
        if claim.kind in (Kind.COMPARISON, Kind.MECHANISM) and self._names_neither(claim, reading):
            return True
        unnamed = claim.about.outcome not in reading.signs
        used = claim.kind in BENEFITS and claim.evidence and _of_use(reading)
        if unnamed and (used or claim.kind is Kind.DOSE):
            return True
        if self._is_of_others(claim, says, reading) or self._defines_another(match, reading):
            return True
        small = claim.kind in (Kind.SAFETY, Kind.HARM) and reassures(claim.statement)
        if small and (doubted or not self._is_reassuring(reading, claim, says)):
            return True
        if claim.kind is Kind.DURABILITY and _words("lasts little").search(reading.text):
            return True
        benefit, step = claim.kind in BENEFITS, wording(reading.text).step
        if says is None:
            judged = bool(claim.evidence) or claim.kind in GRADED
            return judged and (bool(sources) or not benefit or step > 1)
        if says.denies and benefit and (claim.evidence or step > 1):
            # A page may say less than was found.
            return all(each.says != says for each in self.base.linked(claim))
        return claim.kind in _NORMS and self._only_takes_care(claim, says, reading.text)

    def _only_takes_care(self, claim: Claim, says: Value, text: str) -> bool:
        """Whether a clause on what may or has to be done takes care, and affirms or denies nothing.

        What is not recommended denies no fact, but the safeguard that it is.
        """
        if says == YesNo(True) and _words("permits").search(claim.statement):
            return affirms(_words("precautions"), text) is True
        fact = not self.base.vocabulary.norm(claim.about.outcome)
        kinds = ("warns", "within limits", *(("not recommended",) if fact else ()))
        return says == YesNo(False) and any(_words(kind).search(text) for kind in kinds)

    def _names_neither(self, claim: Claim, reading: Reading) -> bool:
        """Whether a clause names neither the treatment of a claim, or "it", nor its outcome.

        Nor, of a claim that compares, anything to compare with.
        """
        treatments = reading.concepts.get("intervention", ())
        named = claim.about.outcome in reading.signs or self.base.vocabulary.is_named(
            claim.about.intervention, treatments
        )
        if claim.kind is not Kind.COMPARISON:
            return not (named or refers(reading.text))
        compares = (
            claim.about.outcome in reading.signs
            or self.base.vocabulary.is_named(claim.about.comparator, treatments)
            or _words("compares").search(reading.text)
        )
        return not (named and compares)

    def _is_of_others(self, claim: Claim, says: Value | None, reading: Reading) -> bool:
        """Whether a clause tells of something else than the words that it shares with a claim."""
        match claim.kind:
            case Kind.APPROVAL:
                return not self.approvals.is_told(claim, reading)
            case Kind.DEFINITION:
                return self._only_names_both(claim, reading)
            case Kind.SAFETY:
                others = _spares_some(says, reading.text) or calls_else_safe(reading.text)
                return others or self._is_of_one_harm(claim, reading)
            case Kind.TESTIMONIAL:
                # A share of people is no story, nor is one that tells of nothing better.
                if any(isinstance(each, Share) for each in self.extractor.figures(reading.text)):
                    return True
                outcomes = reading.concepts.get("outcome", ())
                benefits = not self.index.benefits.isdisjoint(outcomes)
                if not benefits and not for_the_better(reading.text):
                    return True
        return self.places.only_names(says, reading)

    def _is_of_one_harm(self, claim: Claim, reading: Reading) -> bool:
        """Whether a clause calls one harm small, and not all that a claim calls small."""
        outcome, text = claim.about.outcome or "", reading.text
        signs, harm = reading.signs_of(outcome), self.base.vocabulary.harm
        others = any(harm(name) for name in reading.concepts.get("outcome", ()) if name != outcome)
        return (others and bool(signs)) and all(
            any(
                is_of_another(text, match.span(), sign.spans)
                for match in pattern("small-words", "strong").finditer(text)
                if any(match.start() <= start < match.end() for start, _ in sign.spans)
            )
            for sign in signs
        )

    def _only_names_both(self, claim: Claim, reading: Reading) -> bool:
        """Whether all that names a definition names two things and does not say they are one.

        They stand in one list or apart, or one is only what another thing is a part of.
        """
        signs, text = reading.signs_of(claim.about.outcome), reading.text
        defines = claim.kind is Kind.DEFINITION and bool(signs)
        of_drug = claim.about.intervention in self.base.vocabulary.mistaken
        return defines and all(
            len(sign.spans) > 1
            and (
                any(_PART.search(text, 0, start) for start, _ in sign.spans)
                or all(_listed(text, *pair) for pair in pairwise(sorted(sign.spans)))
                or (of_drug and not _equated(text, sign.spans))
            )
            for sign in signs
        )

    def _defines_another(self, match: Candidate, reading: Reading) -> bool:
        """Whether a clause, not near what a claim defines, names neither that nor whom it is of."""
        claim, named = match.claim, reading.concepts.get("population", ())
        if claim.kind is not Kind.DEFINITION or match.likeness >= CLOSE:
            return False
        above = self.base.vocabulary.above.get(claim.about.population or "", frozenset())
        return bool(named) and above.issuperset(named) and claim.about.outcome not in reading.signs

    def _is_reassuring(self, reading: Reading, claim: Claim, says: Value | None) -> bool:
        """Whether a clause makes harm small: it says so, denies a harm, or gives its size."""
        harms = filter(self.base.vocabulary.harm, reading.concepts.get("outcome", ()))
        denied = any(map(reading.denied, reading.signs_of(*harms)))
        # "No risk in the long run" denies what would deny that it is safe.
        outcome = claim.about.outcome
        against = any(sign.denies for sign in reading.signs_of(outcome))
        twice = against and reading.denies(outcome) is False
        given = isinstance(says, Share | Amount) and bool(self.extractor.figures(reading.text))
        less = _words("not as").search(reading.text)  # "not as bad as" denies nothing
        return given or (denied and not less) or twice or reassures(reading.text)

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
        if claim.kind not in UNCHECKABLE and _words("at hand").search(reading.text):
            return True
        of_study_or_price = _words("study").search(reading.text) or PRICE.search(reading.text)
        if claim.kind in (Kind.REGIMEN, Kind.DOSE) and of_study_or_price:
            return True
        if claim.kind is Kind.DEFINITION and pattern("figures", "reported").search(reading.text):
            return True  # "37 used it more than 15 days a month" defines nothing
        if sources and isinstance(says, Share):
            return not any(
                isinstance(value, Share) for value in self.extractor.quantities(reading.text)
            )
        cited = bool(sources) and claim.about.outcome in reading.signs
        counted = printed_share(says) is not None
        return claim.kind in GRADED and not cited and not counted and reports(reading.text)


def gives_leave(reading: Reading) -> bool:
    """Whether a clause permits something, and does not only tell what a treatment "can" do."""
    named = reading.concepts.get("intervention", ())
    return permits(small_letters(_without_own_acts(reading, named)))


def _without_own_acts(reading: Reading, names: Iterable[str]) -> str:
    """A clause without the "can" of what some medicines do themselves, which gives nobody leave.

    "X can get in its way" lets nobody take X; "X can be taken" does.
    """
    text = reading.text
    named = {end for sign in reading.signs_of(*names) for _, end in sign.spans}
    for end in sorted(named | {match.end() for match in _MEDICINES.finditer(text)})[::-1]:
        if own := _words("own act").match(text, end + 1):
            text = text[:end] + text[own.end() :]
    return text


def _listed(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether what stands at two places are items of one list, or end and begin a clause."""
    between = text[one[1] : other[0]]
    if not (_COMMA.fullmatch(between) and _CLOSED.match(text, other[1])):
        return _LISTED.fullmatch(between) is not None
    series = _SERIES.match(text, other[1])
    return bool(series) and not pattern("distinctions", "whose").search(text)


def _equated(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether what stands at some places is said to be one: "the one (the other)"."""
    places = sorted(spans)
    between = (text[one[1] : other[0]] for one, other in pairwise(places))
    return any(map(_EQUATED.fullmatch, chain(between, (text[slice(*place)] for place in places))))


def calls_else_safe(text: str) -> bool:
    """Whether all that a clause calls safe is something else than a treatment."""
    things = [match.span() for match in _words("safe things").finditer(text)]
    rest = [text[end:start] for end, start in pairwise((0, *chain.from_iterable(things), None))]
    return bool(things) and not any(map(SAFE.search, rest[::2]))


def tells_of_illness(reading: Reading, of_ill: bool = False) -> bool:
    """Whether a clause that names no treatment says what an illness does to people.

    Args:
        reading: the clause.
        of_ill: whether it is about an illness though it names nobody.
    """
    treated, of_people = (facet in reading.concepts for facet in ("intervention", "population"))
    told = (of_people or of_ill) and _words("of illness").search(reading.text)
    return bool(told) and not treated


def _of_use(reading: Reading) -> bool:
    """Whether a clause says for what a treatment is used or approved, and not that it helps."""
    of_use = (_words(kind).search(reading.text) for kind in ("used for", "approved"))
    return any(of_use) and not affirms(_words("effective"), reading.text)


def _spares_some(says: Value | None, text: str) -> bool:
    """Whether a clause says less than that a harm never comes: whom it spares, or mostly."""
    denied = says is not None and says.denies
    return denied and bool(_words("in part").search(text)) and not _words("in full").search(text)


def _denies_benefit(match: Candidate, reading: Reading) -> bool:
    claim, says = match.claim, match.says
    named = claim.kind in BENEFITS and claim.about.outcome in reading.signs
    return named and says is not None and says.denies


def _promises(claim: Claim, reading: Reading) -> bool:
    """Whether a claim tells of a benefit, or of what brings it, that a clause does not name."""
    kinds = (*BENEFITS, Kind.TESTIMONIAL, Kind.MECHANISM)
    return claim.kind in kinds and claim.about.outcome not in reading.signs
