"""Candidate claims for a clause: by the words it shares with statements and registered passages.

A claim whose treatment or people the clause rules out is no candidate. The others are ranked by
their likeness to the clause: TF-IDF, the mean of the cosine to the nearest passage of the claim
and of the cosine to all of its passages together, with a bonus for a claim on the outcome or the
treatment that the clause names. `benchmarks/ablation.py` shows what each number is worth.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from claimbook.language.care import small_letters
from claimbook.language.concepts import Reading, reader_of
from claimbook.language.phrases import pattern, plain
from claimbook.language.sentences import spans
from claimbook.records import BENEFITS, Base, Claim, Kind, Occurrence, Value
from claimbook.records.grouping import grouped
from claimbook.records.quotes import quote_spans, word_count

NEAR = 0.45  # the least likeness of a claim on an outcome that the clause does not name
ON_OUTCOME = 0.3  # bonus of a claim on an outcome that the clause names
ON_TREATMENT = 0.05  # bonus of a claim on a treatment that the clause names
UNKNOWN = 0.5  # weight of a word that no passage has, as a share of the rarest word's
MIN_WORDS = 4  # a shorter quote says nothing by itself
MAX_PASSAGES = 1_000  # common words are not looked up once rarer ones led to so many passages

_SIGNS = re.compile(r"[^\w\s.,;:'’%/&–—-]")  # by which a sentence may be turned round
_COMFORTS = BENEFITS | {Kind.SAFETY, Kind.MECHANISM}

Concepts = Mapping[str, tuple[str, ...]]  # the ids of the concepts that a clause names, by facet


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a clause may make.

    Attributes:
        nearest: the registered passage that is nearest to the clause; None where the claim's own
            statement is nearer.
        likeness: 0 for no word in common; about 1.35 for the same words.
        says: what the clause says of the claim, once that is read.
    """

    claim: Claim
    nearest: Occurrence | None
    likeness: float
    says: Value | None = None


@dataclass(frozen=True, slots=True)
class _SentenceWords:
    """What a sentence tells.

    Attributes:
        words: those it is compared by.
        order: the same in their order.
        turns: the words that turn or limit it.
        opens: whether it is so, and needs no sentence before it to tell of what it speaks.
    """

    words: frozenset[str]
    order: tuple[str, ...]
    turns: tuple[str, ...]
    opens: bool = True


class Candidates:
    """The claims of a base, indexed by the words of their statements and passages."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.reader = reader_of(base.vocabulary)
        self._passages = [
            (claim, occurrence)
            for claim in base.claims.values()
            for occurrence in (None, *claim.occurrences)
        ]
        bags = [
            self.reader.read(occurrence.quote if occurrence else claim.statement).bag
            for claim, occurrence in self._passages
        ]
        self._of_one_route = self._find_of_one_route()
        self._treatments = frozenset(
            f"#{name}"
            for name, concept in base.vocabulary.concepts.items()
            if concept.facet == "intervention"
        )
        self._index = grouped((word, number) for number, bag in enumerate(bags) for word in bag)
        total = len(bags) or 1
        weights = {word: math.log(1 + total / len(held)) for word, held in self._index.items()}
        self._weight = weights
        self._unknown = math.log(1 + total) * UNKNOWN
        self._length = [self._length_of(bag) for bag in bags]
        self._centroids = self._centroids_of(bags)
        self._quotes = _by_rarest_run(base.occurrences.values())
        self._known: dict[str, tuple[_SentenceWords, ...]] = {}  # by claim

    def _find_of_one_route(self) -> frozenset[str]:
        """The claims on doses that are otherwise for other treatments: one has to be named."""
        doses = (claim for claim in self.base.claims.values() if claim.kind is Kind.DOSE)
        by_outcome = grouped((claim.about.outcome, claim) for claim in doses)
        return frozenset(
            claim.id
            for same in by_outcome.values()
            for claim in same
            if self.base.vocabulary.apart(
                [claim.about.intervention],
                [other.about.intervention for other in same if other is not claim],
            )
        )

    def _length_of(self, bag: Iterable[str]) -> float:
        """The length of a bag of words as a vector; 1 for an empty one."""
        weights = (self._weight.get(word, self._unknown) for word in bag)
        return math.sqrt(math.fsum(weight**2 for weight in weights)) or 1.0

    def _centroids_of(self, bags: Iterable[frozenset[str]]) -> dict[str, dict[str, float]]:
        """By claim the sum of its passages as a vector of length 1."""
        centroids: dict[str, dict[str, float]] = {}
        for (claim, _), bag in zip(self._passages, bags, strict=True):
            centroid = centroids.setdefault(claim.id, {})
            for word in bag:
                centroid[word] = centroid.get(word, 0.0) + self._weight[word]
        for centroid in centroids.values():
            length = math.sqrt(math.fsum(value**2 for value in centroid.values())) or 1.0
            for word in centroid:
                centroid[word] /= length
        return centroids

    def near(self, reading: Reading, least: float = NEAR) -> list[Candidate]:
        """The claims that a clause may make, nearest first.

        Args:
                least: the least likeness of a claim on an outcome that the clause does not name.
        """
        outcomes = reading.concepts.get("outcome", ())
        concepts = _without_comparators(reading)
        length = self._length_of(reading.bag)
        candidates = []
        for number, cosine in self._nearest_passages(reading.bag, outcomes).values():
            claim, occurrence = self._passages[number]
            compares = claim.kind is Kind.COMPARISON
            if not self._is_compatible(claim, reading.concepts if compares else concepts):
                continue
            on_outcome = claim.about.outcome in outcomes
            on_treatment = claim.about.intervention in reading.concepts.get("intervention", ())
            mean = (cosine + self.overlap(reading.bag, claim)) / length / 2
            likeness = mean + (ON_OUTCOME * on_outcome + ON_TREATMENT * on_treatment)
            if likeness >= least or on_outcome:
                candidates.append(Candidate(claim, occurrence, likeness))
        return sorted(candidates, key=lambda candidate: -candidate.likeness)

    def _nearest_passages(
        self, bag: frozenset[str], outcomes: tuple[str, ...]
    ) -> dict[str, tuple[int, float]]:
        """By claim its passage nearest to a bag of words, with their cosine times the bag's length.

        The rarest words are looked up first, so that the cost does not grow with the base. One word
        in common says nothing, unless the clause names the claim's outcome; nor does one beside the
        treatment say that it helps, is safe, or how it works.
        """
        shared: Counter[int] = Counter()
        treatments: Counter[int] = Counter()
        words: list[str] = []
        found = 0
        rarest_first = sorted((len(self._index[word]), word) for word in bag & self._index.keys())
        for size, word in rarest_first:
            if found and found + size > MAX_PASSAGES:
                break
            found += size
            words.append(word)
            shared.update(self._index[word])
            if word in self._treatments:
                treatments.update(self._index[word])
        if len(words) < 2 and not outcomes:
            return {}
        scores: dict[int, float] = {}
        for number in sorted(shared):
            claim = self._passages[number][0]
            beside = treatments[number] if claim.kind in _COMFORTS else 0
            if shared[number] - beside > 1 or claim.about.outcome in outcomes:
                scores[number] = 0.0
        for word in words:
            square = self._weight[word] ** 2
            for number in scores.keys() & self._index[word]:
                scores[number] += square
        nearest: dict[str, tuple[int, float]] = {}
        for number, score in scores.items():
            claim = self._passages[number][0]
            cosine = score / self._length[number]
            if claim.id not in nearest or cosine > nearest[claim.id][1]:
                nearest[claim.id] = (number, cosine)
        return nearest

    def overlap(self, bag: frozenset[str], claim: Claim) -> float:
        """How much of the words of a claim's passages a bag has, by weight."""
        centroid = self._centroids[claim.id]
        return math.fsum(self._weight[word] * centroid[word] for word in bag if word in centroid)

    def unrecorded_share(
        self, bag: frozenset[str], claims: Iterable[Claim], naming: frozenset[str] = frozenset()
    ) -> float:
        """How much of a bag of words, by weight from 0 to 1, nothing recorded of some claims has.

        That is their statements, passages and wordings, and what their evidence says.

        Args:
            bag: the words of a clause.
            claims: what it is read as.
            naming: the words of it by which it names what they are about.
        """
        recorded = (told.words for each in claims for told in self._recorded(each))
        missing = bag.difference(naming, *recorded)
        return self._length_of(missing) ** 2 / self._length_of(bag) ** 2 if missing else 0.0

    def repeats(self, whole: str, parts: Mapping[str, Sequence[Claim]]) -> bool:
        """Whether a sentence says what is recorded of its claims, no more and no less.

        Each of its clauses is one recorded sentence, but for small words, synonyms, and people,
        treatment and outcome of the claim; and no word of the whole is left over.

        Args:
                parts: its clauses, each with the claims that it makes.
        """
        if _SIGNS.search(whole):
            return False  # "(not)", a crossed-out word, a thumb
        left = set(self._ordered_words(whole))
        for clause, claims in parts.items():
            left.difference_update(self._ordered_words(clause))
            if not any(self._repeats(clause, claim) for claim in claims):
                return False
        return not left

    def _repeats(self, clause: str, claim: Claim) -> bool:
        """Whether a clause is one of the sentences that are recorded of a claim.

        Of whom, with what and of what the claim is, one of the two need not say.
        """
        told, about = self._sentence_words(clause), {f"#{name}" for _, name in claim.about.facets()}
        for other in self._recorded(claim):
            if not other.opens:
                continue
            unsaid = about & (set(told.order) ^ set(other.order))
            mine, theirs = (
                [word for word in order if word not in unsaid]
                for order in (told.order, other.order)
            )
            if mine == theirs and told.turns == other.turns:
                return True
        return False

    def say_the_same(self, sentence: str, other: str) -> bool:
        """Whether two sentences are one, but for small words and synonyms."""
        return all(read(sentence) == read(other) for read in (self._ordered_words, _turns))

    def _sentence_words(self, text: str) -> _SentenceWords:
        return _SentenceWords(self.reader.read(text).bag, self._ordered_words(text), _turns(text))

    def _ordered_words(self, text: str) -> tuple[str, ...]:
        """The words of a text in order, "isn't" as "is not"."""
        return self.reader.ordered_words(small_letters(text))

    def _recorded(self, claim: Claim) -> tuple[_SentenceWords, ...]:
        """The sentences that are recorded of a claim, and what its evidence says.

        Of a claim of the base they are read once; one made for a draft has no passages.
        """
        if claim.id in self._known:
            return self._known[claim.id]
        ours = self.base.claims.get(claim.id)
        texts = [claim.statement, *(say.text for say in claim.say)]
        texts += [each.plain or "" for each in self.base.linked(claim)]
        texts += [each.quote for each in ours.occurrences] if ours else []
        unshown = claim.truth is not None and claim.truth.is_ in ("no", "not-shown")
        told = tuple(
            dict.fromkeys(
                replace(
                    self._sentence_words(text[start:end]),
                    opens=number == 0 and not (unshown and place == 0),  # the statement itself
                )
                for place, text in enumerate(texts)
                for number, (start, end) in enumerate(spans(text))
            )
        )
        if ours:
            self._known[claim.id] = told
        return told

    def _is_compatible(self, claim: Claim, concepts: Concepts) -> bool:
        """Whether the treatments and people that a clause names leave a claim possible."""
        treatments = concepts.get("intervention", ())
        vocabulary, treatment = self.base.vocabulary, claim.about.intervention
        if vocabulary.goes_unnamed(treatment, treatments):
            return False
        if claim.id in self._of_one_route and not vocabulary.is_named(treatment, treatments):
            return False
        return not any(
            vocabulary.apart([getattr(claim.about, facet)], concepts.get(facet, ()))
            for facet in ("intervention", "population")
        )

    def registered(self, sentence: str) -> list[Occurrence]:
        """The registered passages whose words a sentence repeats: a person read what they claim."""
        words = sentence.split()
        return [
            occurrence
            for run in dict.fromkeys(run for size in (1, 2, 3) for run in _runs(words, size))
            for spans, occurrence in self._quotes.get(run, ())
            if all(span in sentence for span in spans)
        ]


def _turns(text: str) -> tuple[str, ...]:
    """The words of a text that turn or limit it."""
    turning = pattern("matching", "turns").finditer(small_letters(text))
    return tuple(sorted(match[0] for match in turning))


def _without_comparators(reading: Reading) -> Concepts:
    """The concepts of a clause, but for treatments to which it only likens what it is about.

    "It does not tire people as X does" is not about X, nor is "unlike X, Y is mild".
    """
    likening = pattern("matching", "likened").finditer(plain(reading.text))
    likened = [match.end() for match in likening]
    if not likened:
        return reading.concepts
    treatments = reading.concepts.get("intervention", ())
    others = sorted(reading.starts(*treatments))
    left = tuple(
        name for name in treatments if not _is_likened(reading.starts(name), likened, others)
    )
    concepts = {
        facet: names for facet, names in reading.concepts.items() if facet != "intervention"
    }
    return {**concepts, "intervention": left} if left else concepts


def _is_likened(starts: Sequence[int], likened: Sequence[int], others: Sequence[int]) -> bool:
    """Whether a treatment is named only as the first one after words that liken."""
    return bool(starts) and all(
        any(end <= start and not any(end <= other < start for other in others) for end in likened)
        for start in starts
    )


def _by_rarest_run(
    occurrences: Iterable[Occurrence],
) -> dict[str, tuple[tuple[list[str], Occurrence], ...]]:
    """Passages with the spans of their quotes, by the rarest run of up to three words of each."""
    quoted = [
        (quote_spans(occurrence.quote), occurrence)
        for occurrence in occurrences
        if word_count(occurrence.quote) >= MIN_WORDS
    ]
    # The first and the last word of a span may be parts of words of the sentence.
    runs = [
        [run for span in spans for run in _runs(span.split()[1:-1]) or span.split()]
        for spans, _ in quoted
    ]
    counts = Counter(chain.from_iterable(runs))
    rarest = (min(own, key=lambda run: (counts[run], run)) for own in runs)
    return grouped(zip(rarest, quoted, strict=True))


def _runs(words: list[str], size: int = 3) -> list[str]:
    """The runs of so many words in a row; all the words, where there are fewer."""
    starts = range(max(len(words) - size, 0) + 1 if words else 0)
    return [" ".join(words[start : start + size]) for start in starts]
