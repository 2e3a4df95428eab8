"""What clauses say of approvals: whether they tell of one, and for what use."""

from collections.abc import Iterable
from functools import cache, partial
from itertools import chain

from claimbook.evidence.index import Index
from claimbook.language.concepts import Reading, reader_of
from claimbook.language.phrases import Phrases, any_of, pattern
from claimbook.records import Claim, Kind, YesNo
from claimbook.vetting.candidates import Candidate

_words = partial(pattern, "matching")
FEW = 6  # words of a line that may leave out what it speaks of
NEXT = 16  # letters between what likens and the use that it likens another one to
_LEFT_OUT = 3  # words before "approved" where what is approved is left out


class Approvals:
    """The claims of a base on approvals, and the words by which it knows them."""

    def __init__(self, index: Index) -> None:
        self.index, self.base = index, index.base
        self._reader = reader_of(self.base.vocabulary)
        claims = [each for each in self.base.claims.values() if each.kind is Kind.APPROVAL]
        self._approved_for = [
            (claim.about.intervention, claim.about.population)
            for claim in claims
            if any(finding.says == YesNo(True) for finding in self.base.linked(claim))
        ]
        self._approved = {treatment for treatment, _ in self._approved_for}
        self._words_of = self._words_by_outcome(claims)

    def _words_by_outcome(self, claims: Iterable[Claim]) -> dict[str | None, frozenset[str]]:
        """By outcome of a claim on approval the words by which the vocabulary knows it.

        But for those that name people or a treatment.
        """
        concepts = self.base.vocabulary.concepts

        def words(phrases: Iterable[str]) -> frozenset[str]:
            return frozenset(chain.from_iterable(self._reader.read(each).bag for each in phrases))

        scope = (each for each in concepts.values() if each.facet in ("population", "intervention"))
        of_scope = words(chain.from_iterable(each.terms for each in scope))
        known = (concepts[name] for name in {claim.about.outcome for claim in claims} if name)
        return {
            each.id: words((*each.terms, *each.cues, *each.denials)) - of_scope | {f"#{each.id}"}
            for each in known
        }

    def is_told(self, claim: Claim, reading: Reading) -> bool:
        """Whether a clause tells of an approval, and not only of use, or of somebody licensed."""
        if _names_nobody(reading):
            return False  # "drugs are licensed for a condition"
        text, words = reading.text, self._words_of.get(claim.about.outcome, frozenset())
        if reading.bag.isdisjoint(words) and not _words("approved").search(text):
            return False  # what treats an illness, or is used for it, need not be approved
        if self._only_likened(claim, reading) or _only_paid_for(text):
            return False  # "in lower doses than those for that", "insurers approve it"
        if self._told_before(claim, reading):
            return False
        signs = reading.signs_of(claim.about.outcome)
        return not signs or not all(_of_somebody(text, *sign.spans[-1]) for sign in signs)

    def _only_likened(self, claim: Claim, reading: Reading) -> bool:
        """Whether a clause names the use that a claim is on only to liken another one to it."""
        starts = reading.starts(claim.about.population)
        ends = [match.end() for match in _words("likened").finditer(reading.text)]
        return bool(starts) and all(
            any(0 <= start - end <= NEXT for end in ends) for start in starts
        )

    def _told_before(self, claim: Claim, reading: Reading) -> bool:
        """Whether the people of a claim stand before "approved for", and others after it.

        "First used in these, it is now approved for those" tells of no approval for these.
        """
        match = _words("approved for whom").search(reading.text)
        signs = reading.starts(claim.about.population)
        if not (match and signs) or max(signs) >= match.start():
            return False
        people = (name for name in reading.signs if name in reading.concepts.get("population", ()))
        return any(start >= match.end() for start in reading.starts(*people))

    def names_use(self, reading: Reading) -> bool:
        """Whether a clause names people or an effect, not only that something is approved."""
        harm, outcomes = self.base.vocabulary.harm, reading.concepts.get("outcome", ())
        effect = any(name in self.index.benefits or harm(name) for name in outcomes)
        return effect or "population" in reading.concepts

    def leaves_use_open(self, clause: str, claim: Claim) -> bool:
        """Whether a clause calls a treatment approved, which it is for some use, and not for what.

        "The FDA approved it in 1970" is so, and a reader may take it to be about another use.
        """
        if claim.kind is not Kind.APPROVAL or claim.about.intervention not in self._approved:
            return False
        reading = self._reader.read(clause)
        told = min(reading.starts(claim.about.outcome), default=0)
        names = self.names_use(reading) or _words("this use").search(clause)
        return not (names or _words("approved for").search(clause, told))

    def leaves_drug_open(self, clause: str, claim: Claim) -> bool:
        """Whether a clause on an approval may be about another drug: it names none, or either.

        "It is approved" may be so of one drug, and not of another.
        """
        vocabulary, treatment = self.base.vocabulary, claim.about.intervention or ""
        if claim.kind is not Kind.APPROVAL:
            return False
        reading = self._reader.read(clause)
        if "intervention" not in reading.concepts:
            first = min(reading.starts(claim.about.outcome), default=0)
            of_page = _is_short(clause) or len(clause[:first].split()) < _LEFT_OUT
            return not of_page and _words("of it").search(clause) is None
        if _words("ours").search(clause):
            return False
        above = vocabulary.above.get(treatment, frozenset())
        named = self._places(clause, above | ({treatment} if treatment else set()))
        if named and all(_words("kind of it").search(clause[:start]) for start in named):
            return self._other_form_approved(treatment, reading.concepts.get("population", ()))
        others = vocabulary.distinct.get(treatment, frozenset()) & self._approved
        return bool(others) and not self._places(clause, above)

    def _other_form_approved(self, treatment: str, people: Iterable[str]) -> bool:
        """Whether what a treatment is mistaken for is approved for some people.

        "One form of it" may be that.
        """
        vocabulary = self.base.vocabulary
        family = {treatment, *vocabulary.below.get(treatment, ())}
        mistaken = chain.from_iterable(vocabulary.distinct.get(name, ()) for name in family)
        forms = set(mistaken) - family
        return any(
            form in forms and use and not vocabulary.apart([use], people)
            for form, use in self._approved_for
        )

    def _places(self, clause: str, treatments: Iterable[str]) -> list[int]:
        """Where terms of some treatments start."""
        known = (self.base.vocabulary.concepts[name] for name in treatments)
        terms = tuple(sorted(chain.from_iterable(each.terms for each in known)))
        return [match.start() for match in _any_of(terms).finditer(clause)] if terms else []

    def of_whole_treatment(self, matches: list[Candidate], reading: Reading) -> list[Candidate]:
        """The matches without approvals of one form, where a clause names the whole treatment.

        What is said to be approved is answered by what is recorded of it as a whole, if anything
        is, and not by a notice on one of its forms. A clause that names no treatment is on the
        whole, too, where the next best approval is.
        """
        vocabulary, named = self.base.vocabulary, reading.concepts.get("intervention", ())
        approvals = [match for match in matches if match.claim.kind is Kind.APPROVAL]
        treatments = filter(None, (each.claim.about.intervention for each in approvals))
        whole = vocabulary.finest(named) or treatments
        narrower = frozenset().union(*(vocabulary.below[name] for name in whole))
        of_one = [each for each in approvals if each.claim.about.intervention in narrower]
        rest = [each for each in approvals if each not in of_one]
        forms = vocabulary.below.get(rest[0].claim.about.intervention or "", ()) if rest else ()
        on_whole = named or all(each.claim.about.intervention in forms for each in of_one)
        if not rest or not on_whole:
            return matches
        return [match for match in matches if match not in of_one]


@cache
def _any_of(terms: tuple[str, ...]) -> Phrases:
    return Phrases(rf"\b{any_of(terms)}s?\b")


def _is_short(text: str) -> bool:
    return len(text.split()) < FEW


def _only_paid_for(text: str) -> bool:
    """Whether those who pay approve something, and no authority is named."""
    return bool(_words("payers approve").search(text)) and not _words("authorities").search(text)


def _of_somebody(text: str, start: int, end: int) -> bool:
    """Whether what stands at a place is said of people, a place or a case: "licensed staff"."""
    before, after = _words("whose licence"), _words("licensed")
    return bool(after.match(text[end:].lstrip()) or before.search(text[:start]))


def _names_nobody(reading: Reading) -> bool:
    """Whether a clause, but for a short line, names neither treatment nor people, nor "it"."""
    named = not reading.concepts.keys().isdisjoint(("intervention", "population"))
    return not named and not _is_short(reading.text) and not _words("of it").search(reading.text)
