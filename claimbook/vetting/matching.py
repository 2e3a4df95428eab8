"""Which claims a sentence makes, and what it says of them.

By scope and outcome first: a claim whose outcome the sentence names is near, one whose treatment or people the sentence rules out is
no match. By wording second: the likeness of the sentence to the claim's statement and registered passages, over their rare words.
What it says is read from its own figures and words. Where it gives none, it says what the claim's statement says, or the opposite
where just one of the two denies.

A sentence that reports a recorded finding ("55 of 77", "Afridi and colleagues") is held to that finding, whichever claim rests on it.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claimbook.evidence.directness import Difference, relation
from claimbook.evidence.figures import same_figure
from claimbook.evidence.index import Index
from claimbook.language.concepts import Reading, reader_of
from claimbook.language.discourse import reports
from claimbook.language.quantities import Quantities, counted
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    GRADED,
    Amount,
    Base,
    Claim,
    ConceptSet,
    Direction,
    Effect,
    EvidenceLink,
    Finding,
    Kind,
    Occurrence,
    Scope,
    Share,
    Value,
    YesNo,
)
from claimbook.records.quotes import quote_spans, word_count

NEAR = 0.32  # the least likeness at which a sentence makes a claim
ALIKE = 0.40  # ... by its words alone, its outcome not being named
SILENT = 0.5  # ... where the vocabulary has words for its outcome that the sentence does not use
ON_OUTCOME = 0.30  # how much nearer a claim is whose outcome the sentence names
NEAR_OUTCOME = 0.10  # ... names a broader or narrower one of
APART = -1.0  # ... names harms only, the claim being of a benefit
OFF_OUTCOME = -0.25  # ... does not name, naming others
FINER = -0.05  # ... that is about one form of the treatment, where none is named
OFF_SUBJECT = -0.2  # ... that is about another treatment than most, where none is named
ON_TREATMENT = 0.05  # how much nearer a claim is that is about just the treatment named
PRINTED = 0.2  # how much nearer a claim is that rests on a finding with the clause's own figure
FIGURE = 1.25  # how much nearer a passage counts that gives a figure of the same kind
SHAPE = 0.4  # how much the claim's passages together count beside the nearest one
BESIDE = 0.92  # a second claim counts where it is nearly as near as the first
UNKNOWN = 0.5  # how much a word counts that no record has, beside the rarest that one has
CLOSE = 0.6  # the least likeness at which a sentence without a figure says the vague one ("most") that the nearest passage says
SURE = (
    0.45  # the least likeness at which a claim on a further outcome counts beside the nearest one
)
OPENS = 5  # letters: how near the beginning of a clause its subject stands
CLOSELY = 40  # letters: how near a "not" stands to a harm that it denies
KNOWN = 4  # words: a shorter quote says nothing by itself
LOOKED_UP = 1_000  # passages that are found by a word
LOOKED_AT = 60  # passages that are looked at closely
SEEN = 20  # how many of the nearest claims are looked at
MOST = 6  # claims that one clause is taken to make

_EXCLUDES = re.compile(
    r"\b(?:avoid\w*|contra-?indicat\w*|exclu\w+|unsuitable|ineligible|unsafe|rules? out|ruled out|screen\w*|not|never|\w+n't|cannot|no)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|series|surveys?|reviews?|reports?)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PEOPLE = re.compile(
    r"\b(\d+|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|twelve|eleven|ten) (?:[a-z-]+ ){0,3}?(?:people|patients"
    r"|users|participants|adults|children|women|men|volunteers|inpatients)\b",
    re.IGNORECASE,
)
_PERMITS = re.compile(
    r"\b(?:suitable|safe(?:ly)?|welcome|fine|ok(?:ay)?|can|may|no problem|no obstacle|go ahead|need not|harmless"
    r"|happily|right for|eligible|ideal|perfect|we (?:do |also )?(?:treat|give|accept|see|welcome))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\bwhether\b|\bno (?:study|trial) has\b|\bunknown\b|\bnot (?:yet )?known\b|\b(?:nobody|no one) knows\b"
    r"|\brecruiting\b|\b(?:stud(?:y|ies)|trials?) (?:\w+ )?(?:needed|under way|planned)\b",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"\b(?:risks?|risky|dangers?|dangerous|warns?|warned|advises? against|unsafe|points? out|cautions?|societ(?:y|ies))\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\bno (?:more|better|faster|sooner|greater|different)\b[^.;]{0,40}\b(?:than|from)\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b(?:more|better|faster|sooner|further|longer) (?:\w+ )?than (?:\w+ ){0,2}$", re.IGNORECASE
)
_DOES = re.compile(
    r"\s+(?:(?:attacks?|symptoms?|usually|often|typically|sometimes|commonly|can|may) )*"
    r"(?:is|are|lasts?|comes?|goes|affects?|means?|causes?|begins?|starts?|happens?|strikes?|returns?|varies)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_ONLY = re.compile(r"\b(?:only|solely|exclusively|nowhere else|nowhere but)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|in case|should)\b", re.IGNORECASE)
_NORMS = (Kind.REGIMEN, Kind.ELIGIBILITY)
_FIGURED = (*BENEFITS, Kind.HARM, Kind.SAFETY)


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that a sentence makes, and what it says of it.

    `nearest` is the registered passage that is nearest to the sentence (None: the statement is), `likeness` how near it is.
    """

    claim: Claim
    nearest: Occurrence | None
    likeness: float
    says: Value | None


@dataclass(frozen=True, slots=True)
class Report:
    """A recorded finding that a sentence reports, and the figure that the sentence gives for it."""

    claim: Claim
    finding: Finding
    says: Value


class Matcher:
    """The claims of a base, indexed once by the words of their statements and passages."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.base = base = index.base
        self.reader = reader_of(base.vocabulary)
        self._passages: list[tuple[Claim, Occurrence | None]] = []
        bags: list[frozenset[str]] = []
        for claim in base.claims.values():
            for occurrence in (None, *claim.occurrences):
                self._passages.append((claim, occurrence))
                bags.append(
                    self.reader.read(occurrence.quote if occurrence else claim.statement).bag
                )
        counts: dict[str, int] = {}
        for bag in bags:
            for word in bag:
                counts[word] = counts.get(word, 0) + 1
        self._bags = bags
        total = len(bags) or 1
        self._weight = {word: math.log(1 + total / count) for word, count in counts.items()}
        self._strange = math.log(1 + total) * UNKNOWN
        self._norm = [self._length(bag) for bag in bags]
        self._shape: dict[str, dict[str, float]] = {}
        self._index: dict[str, list[int]] = {}
        for number, ((claim, _), bag) in enumerate(zip(self._passages, bags, strict=True)):
            shape = self._shape.setdefault(claim.id, {})
            for word in bag:
                shape[word] = shape.get(word, 0.0) + self._weight[word]
                self._index.setdefault(word, []).append(number)
        for shape in self._shape.values():
            norm = math.sqrt(math.fsum(value**2 for value in shape.values())) or 1.0
            for word in shape:
                shape[word] /= norm
        roots = [
            self._root(claim.about.intervention)
            for claim in base.claims.values()
            if claim.about.intervention
        ]
        self._subject = max(sorted(set(roots)), key=roots.count, default=None)
        self._directions: dict[str, Direction] = {}
        self._quantities = Quantities(base.vocabulary.units)
        self._negative: dict[str, bool] = {}
        self._listed = _listed(base)
        people = [source.participants for source in base.sources.values() if source.participants]
        self._completed = {(some.analysed, some.enrolled) for some in people if some.analysed}
        self._known: dict[str, list[tuple[list[str], Occurrence]]] = {}
        quoted = [
            (quote_spans(one.quote), one)
            for one in base.occurrences.values()
            if word_count(one.quote) >= KNOWN
        ]
        often = Counter(word for spans, _ in quoted for span in spans for word in span.split())
        for spans, occurrence in quoted:
            rarest = min(
                (word for span in spans for word in span.split()[1:-1] or span.split()),
                key=lambda word: (often[word], word),
            )
            self._known.setdefault(rarest, []).append((spans, occurrence))
        self._readable = {
            concept.id
            for concept in base.vocabulary.concepts.values()
            if concept.cues or concept.terms
        }

    def registered(self, sentence: str) -> list[Occurrence]:
        """The registered passages whose very words a sentence repeats: what they claim was read by a person."""
        words = dict.fromkeys(sentence.split())
        return [
            one
            for word in words
            for spans, one in self._known.get(word, ())
            if all(span in sentence for span in spans)
        ]

    def _root(self, concept: str) -> str:
        """The broadest concept above one; itself where there is none."""
        above = self.base.vocabulary.above.get(concept, frozenset())
        return next(
            (name for name in sorted(above) if not self.base.vocabulary.above.get(name)), concept
        )

    def _figures(self, reading: Reading) -> list[Value]:
        """The figures of a clause, but for how many of those who began a study ended it."""
        return [
            one
            for one in self._quantities(reading.text)
            if not isinstance(one, Share) or (one.count, one.total) not in self._completed
        ]

    def _length(self, bag: Iterable[str]) -> float:
        return (
            math.sqrt(math.fsum(self._weight.get(word, self._strange) ** 2 for word in bag)) or 1.0
        )

    def matches(
        self, reading: Reading, sources: frozenset[str] = frozenset(), part: bool = False
    ) -> list[Match]:
        """The claims that a clause makes, nearest first; at most `MOST`.

        Args:
            reading: the clause.
            sources: recorded sources that it reports; then the claims that rest on one of them come first.
            part: whether it is only a part of a sentence, which must be nearer where it names no outcome.
        """
        least = SURE if part and "outcome" not in reading.concepts else NEAR
        outcomes = reading.concepts.get("outcome", ())
        norm = self._length(reading.bag)
        values = [value for value in self._figures(reading) if isinstance(value, Share | Amount)]
        figures = {type(value) for value in values}
        covered = (
            math.sqrt(
                math.fsum(self._weight[word] ** 2 for word in reading.bag if word in self._weight)
            )
            / norm
        )
        if (
            not outcomes
            and covered * (FIGURE if figures else 1.0)
            + ON_TREATMENT
            + (PRINTED if figures else 0.0)
            < ALIKE
        ):
            return []  # no passage can be near enough: too few of the words are known
        best: dict[str, tuple[float, int]] = {}
        fits: dict[str, bool] = {}
        on: dict[str, float] = {}
        for number in self._candidates(reading.bag):
            claim, passage = self._passages[number]
            common = reading.bag & self._bags[number]
            if len(common) < 2 and claim.about.outcome not in outcomes:
                continue  # one word in common says nothing
            if claim.id not in fits:
                fits[claim.id] = self._fits(claim, reading.concepts)
                on[claim.id] = self._on(claim, reading.concepts) + (
                    PRINTED if self._prints(claim, values) else 0.0
                )
            if not fits[claim.id]:
                continue
            figure = figures and passage and type(passage.says) in figures
            score = math.fsum(self._weight[word] ** 2 for word in common)
            near = score / (norm * self._norm[number]) * (FIGURE if figure else 1.0)
            shape = self._shape[claim.id]
            alike = (
                math.fsum(self._weight[word] * shape[word] for word in reading.bag if word in shape)
                / norm
            )
            likeness = near * (1 - SHAPE) + alike * SHAPE + on[claim.id]
            named = claim.about.outcome in outcomes
            enough = (
                least
                if named
                else max(least, SILENT if claim.about.outcome in self._readable else ALIKE)
            )
            if likeness >= enough and likeness > best.get(claim.id, (0.0, 0))[0]:
                best[claim.id] = (likeness, number)
        ranked = [
            Match(*self._passages[number], likeness, None)
            for likeness, number in sorted(best.values(), key=lambda pair: (-pair[0], pair[1]))
        ]
        if sources:
            ranked = [match for match in ranked if self._rests_on(match.claim, sources)]
        ranked = [
            match
            for match in (self._saying(match, reading, sources) for match in ranked[:SEEN])
            if match
        ]
        chosen = [
            match for match in ranked[: MOST + 1] if match.likeness >= ranked[0].likeness * BESIDE
        ]
        chosen = self._told_apart(
            chosen + self._one_for_each_outcome(ranked, reading, chosen), reading.bag
        )[:MOST]
        given = [
            match.says
            for match in chosen
            if isinstance(match.says, Share | Amount) and self._prints(match.claim, [match.says])
        ]
        return [
            match for match in chosen if match.says not in given or self._prints(match.claim, given)
        ]  # a figure is of one claim

    def _found(self, says: Value | None, claim: Claim) -> bool:
        """Whether a finding that a claim rests on says just that."""
        return any(self.base.findings[link.finding].says == says for link in claim.evidence)

    def _candidates(self, bag: frozenset[str]) -> list[int]:
        """The passages that are worth a closer look: those that share the most and rarest words.

        The rarest words are looked up first, and the commonest only while few passages were found, so that the cost does not
        grow with the base.
        """
        scores: dict[int, float] = {}
        seen = 0
        for word in sorted(
            bag & self._index.keys(), key=lambda word: (len(self._index[word]), word)
        ):
            found = self._index[word]
            if seen and seen + len(found) > LOOKED_UP:
                break
            seen += len(found)
            weight = self._weight[word] ** 2
            for number in found:
                scores[number] = scores.get(number, 0.0) + weight
        return [
            -number
            for _, number in heapq.nlargest(
                LOOKED_AT, ((score / self._norm[n], -n) for n, score in scores.items())
            )
        ]

    def _saying(self, match: Match, reading: Reading, sources: frozenset[str]) -> Match | None:
        """The match with what the clause says of its claim; None where that is nothing which could be held against evidence."""
        says, claim = self._says(reading, match), match.claim
        if claim.kind in BENEFITS and claim.about.intervention and _is_of_illness(reading):
            return None
        step = wording(reading.text).step
        if (
            says is None
            and (claim.evidence or claim.kind in GRADED)
            and (sources or claim.kind not in BENEFITS or step > 1)
        ):
            return None
        if (
            says
            and says.denies
            and claim.kind in BENEFITS
            and not self._found(says, claim)
            and (claim.evidence or step > 1)
        ):
            return None  # a page may say less than was found
        if (
            sources
            and isinstance(says, Share)
            and not any(isinstance(value, Share) for value in self._quantities(reading.text))
        ):
            return None
        if says == YesNo(False) and claim.kind in _NORMS and _WARNS.search(reading.text):
            return None
        figure = isinstance(says, Share | Amount) and says.figure
        named = claim.about.outcome in reading.signs
        if isinstance(says, Amount) and figure and not named and match.likeness < CLOSE:
            return None
        if (
            reports(reading.text)
            and claim.kind in GRADED
            and not (sources and named)
            and not (isinstance(says, Share) and figure)
        ):
            return None  # tells what a study saw, which no claim here is
        if claim.kind in (Kind.REGIMEN, Kind.DOSE) and _STUDY.search(reading.text):
            return None  # tells how a study was done
        return replace(match, says=says)

    def _prints(self, claim: Claim, values: Iterable[Share | Amount]) -> bool:
        """Whether a finding that a claim rests on gives one of the figures."""
        found = [self.base.findings[link.finding].says for link in claim.evidence]
        return any(same_figure(value, said) for value in values for said in found)

    def _rests_on(self, claim: Claim, sources: frozenset[str]) -> bool:
        return any(self.base.findings[link.finding].source in sources for link in claim.evidence)

    def _one_for_each_outcome(
        self, ranked: Sequence[Match], reading: Reading, chosen: Sequence[Match]
    ) -> list[Match]:
        """The nearest claim on each outcome that the clause names and that no chosen claim is about."""
        had = {match.claim.about.outcome for match in chosen}
        more = []
        for outcome in reading.concepts.get("outcome", ()):
            on_it = (match for match in ranked if match.claim.about.outcome == outcome)
            nearest = next(
                (
                    match
                    for match in on_it
                    if match.likeness >= (SURE if match.claim.kind in BENEFITS else NEAR)
                ),
                None,
            )
            if nearest and outcome not in had:
                more.append(nearest)
                had.add(outcome)
        return more

    def _told_apart(self, near: Sequence[Match], bag: frozenset[str]) -> list[Match]:
        """Of claims that the same registered sentence makes, those whose own statement is nearest, unless all of it is said again."""
        own = [
            math.fsum(
                self._weight.get(word, 0.0)
                for word in bag & self.reader.read(match.claim.statement).bag
            )
            for match in near
        ]
        kept = []
        for match, mine in zip(near, own, strict=True):
            quote = match.nearest.quote if match.nearest else match.claim.statement
            same = [
                theirs
                for other, theirs in zip(near, own, strict=True)
                if other.nearest and other.nearest.quote == quote
            ]
            if len(same) <= 1 or self.reader.read(quote).bag <= bag or mine == max(same):
                kept.append(match)
        return kept

    def _on(self, claim: Claim, concepts: Mapping[str, tuple[str, ...]]) -> float:
        """How much nearer a claim is for the outcome and the treatment that a clause names."""
        named, outcome = concepts.get("outcome", ()), claim.about.outcome
        treatments, about = concepts.get("intervention", ()), claim.about.intervention
        treatment = ON_TREATMENT if about in treatments else 0.0
        if about and not treatments and about != self._subject:
            treatment = FINER if self._root(about) == self._subject else OFF_SUBJECT
        if not named or outcome is None:
            return treatment
        if outcome in named:
            return ON_OUTCOME + treatment
        if any(_akin(outcome, name, self.base.vocabulary.above) for name in named):
            return NEAR_OUTCOME + treatment
        harmful = [self.base.vocabulary.harm(name) for name in named]
        if claim.kind in BENEFITS and all(harmful):
            return APART
        return (OFF_OUTCOME if outcome in self._readable else 0.0) + treatment

    def _fits(self, claim: Claim, concepts: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the treatments and people that a clause names leave a claim possible."""
        for facet in ("intervention", "population"):
            wanted = getattr(claim.about, facet)
            named = concepts.get(facet, ())
            if wanted and named and all(self._other(wanted, name) for name in named):
                return False
        return True

    def _other(self, wanted: str, name: str) -> bool:
        return name != wanted and relation(wanted, name, self.base.vocabulary) is Difference.OTHER

    def narrowed(
        self, named: Mapping[str, tuple[str, ...]], context: Mapping[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        """What a clause names, with what the rest of its sentence names where that is narrower or the clause names nothing."""
        made = dict(named)
        above = self.base.vocabulary.above
        for facet, names in context.items():
            mine = named.get(facet, ())
            finer = tuple(
                name
                for name in names
                if name not in mine and any(one in above.get(name, ()) for one in mine)
            )
            made[facet] = mine + finer if mine else names
        return made

    def about(self, claim: Claim, concepts: Mapping[str, tuple[str, ...]]) -> Scope | None:
        """The facets in which a clause is narrower than the claim: it names one treatment of several, say."""
        given: dict[str, str] = {}
        above = self.base.vocabulary.above
        for facet in ("population", "intervention", "setting"):
            named = [
                name
                for name in concepts.get(facet, ())
                if not any(name in above.get(other, ()) for other in concepts[facet])
            ]
            wanted = getattr(claim.about, facet)
            if len(named) == 1 and wanted and wanted in above.get(named[0], ()):
                given[facet] = named[0]
        return replace(Scope(), **given) if given else None  # type: ignore[arg-type]

    def sources(self, text: str) -> frozenset[str]:
        """The recorded sources that a sentence names: by an author, with the year where it gives one, or by a study's number of people."""
        years = set(_YEAR.findall(text))
        named = {
            key
            for surname in re.findall(r"\b[A-Z][\w-]+", text)
            for key in self.index.by_author.get(surname, ())
        }
        dated = {key for key in named if self.base.references[key].fields.get("year") in years}
        if named:
            return frozenset(dated or (() if years else named))
        if not _STUDY.search(text) and not any(
            isinstance(value, Share) for value in self._quantities(text)
        ):
            return frozenset()
        sized: list[set[str]] = [
            set(self.index.by_size.get(counted(number), ())) for number in _PEOPLE.findall(text)
        ]
        if years:
            sized = [
                {key for key in keys if self.base.references[key].fields.get("year") in years}
                for keys in sized
            ]
        return frozenset(key for keys in sized if len(keys) == 1 for key in keys)

    def reports(self, reading: Reading, sources: frozenset[str]) -> list[Report]:
        """The recorded findings whose figures a clause repeats: of the sources that it names, or, with the count, of any."""
        found = []
        for value in self._figures(reading):
            if not isinstance(value, Share | Amount) or (
                value.text == ">50%" and "50" not in reading.text
            ):
                continue  # "most" is no figure of anybody's
            with_count = isinstance(value, Share) and (
                value.count is not None or " in " in value.text
            )
            near = [
                finding
                for finding in (
                    self.base.findings.values()
                    if with_count and not sources
                    else self._findings_of(sources)
                )
                if same_figure(value, finding.says) and self._may_report(finding, reading, sources)
            ]
            if not near and sources and isinstance(value, Share) and _DIGIT.search(value.text):
                near = [
                    f
                    for f in self._findings_of(sources)
                    if isinstance(f.says, Share)
                    and f.says.figure
                    and self._may_report(f, reading, sources)
                ]
            if near:
                best = max(
                    near,
                    key=lambda finding: (
                        finding.about.outcome in reading.signs,
                        finding.key in self.index.by_finding,
                    ),
                )
                found.append(Report(self._claim_on(best, reading), best, value))
        return found

    def _findings_of(self, sources: Iterable[str]) -> Iterator[Finding]:
        return (
            finding
            for key in sorted(sources)
            if key in self.base.sources
            for finding in self.base.sources[key].findings
        )

    def _may_report(self, finding: Finding, reading: Reading, sources: frozenset[str]) -> bool:
        """Whether a clause can be about a finding's outcome: it names it, one near it, or none.

        Of a source that it names, any outcome of the same side will do: harm or not.
        """
        named, outcome = reading.concepts.get("outcome", ()), finding.about.outcome
        if (
            sources
            and outcome
            and self.base.vocabulary.harm(outcome)
            == any(self.base.vocabulary.harm(name) for name in named)
        ):
            return True
        return not named or any(_akin(outcome, name, self.base.vocabulary.above) for name in named)

    def _claim_on(self, finding: Finding, reading: Reading) -> Claim:
        """The claim on a finding's own outcome that rests on it, nearest to the clause; else one made for it."""
        on_it = [
            claim
            for claim in self.index.by_finding.get(finding.key, ())
            if claim.about.outcome == finding.about.outcome
        ]
        if on_it:
            return max(on_it, key=lambda claim: len(reading.bag & self._shape[claim.id].keys()))
        kinds = [claim.kind for claim in self.index.by_finding.get(finding.key, ())]
        harm = self.base.vocabulary.harm(finding.about.outcome)
        kind = kinds[0] if kinds else Kind.HARM if harm else Kind.EFFICACY
        statement = (
            f"{self.base.vocabulary.label(finding.about.outcome)}, as {finding.source} found it."
        )
        return Claim(
            f"report/{finding.key}",
            "",
            statement,
            kind,
            finding.about,
            (EvidenceLink(finding.key, "the sentence reports it"),),
        )

    def _says(self, reading: Reading, match: Match) -> Value | None:
        """What a clause says of a claim; None where it says nothing that could be held against evidence."""
        claim, text = match.claim, reading.text
        values = self._figures(reading)
        share = next((value for value in values if isinstance(value, Share)), None)
        like = self._like(claim, match.nearest)
        if (
            share
            and claim.kind in _FIGURED
            and (isinstance(like, Share) or (_DIGIT.search(share.text) and _DIGIT.search(text)))
        ):
            return share
        if like is None and claim.kind in GRADED:
            return None
        if _OPEN.search(text) and not isinstance(like, Effect | YesNo):
            return None
        turned = self._denies(reading, claim) != self._states_a_denial(claim)
        if isinstance(like, Share | Amount):
            dimension = like.dimension if isinstance(like, Amount) else None
            for value in (
                values
                if not turned or isinstance(like, Share) or claim.kind not in BENEFITS
                else ()
            ):
                if type(value) is type(like) and (
                    not isinstance(value, Amount) or value.dimension == dimension
                ):
                    return value
            open_ended = like.text == "<100%" or (
                claim.kind is Kind.HARM and like.text.startswith(">")
            )  # "not everyone", "some"
            vague = not like.figure or open_ended
            return (
                like
                if vague
                and not turned
                and (match.likeness >= CLOSE or (claim.kind is Kind.HARM and open_ended))
                else None
            )
        if isinstance(like, ConceptSet):
            return self._members(text, claim, like, turned, reading.concepts)
        if (wording(text).step == 1 or _OPEN.search(text)) and claim.kind in GRADED:
            return Effect(Direction.UNCLEAR) if isinstance(like, Effect) else None
        if turned and claim.kind is Kind.HARM and _IF.search(text):
            return None
        if turned and claim.kind in BENEFITS and claim.about.outcome not in reading.signs:
            return None  # "no miracle" denies praise, not a benefit
        if isinstance(like, Effect):
            direction = self._direction(claim)
            return Effect(
                _opposite(direction, self.base.vocabulary.harm(claim.about.outcome))
                if turned
                else direction
            )
        return YesNo(not turned)

    def _like(self, claim: Claim, nearest: Occurrence | None) -> Value | None:
        """A value of the kind that the claim's passages and findings give; that of the nearest passage first."""
        said = [
            one.says
            for one in ((nearest,) if nearest else ()) + claim.occurrences
            if one.says is not None
        ]
        found = (self.base.findings[link.finding].says for link in claim.evidence)
        return next(iter(said), None) or next(found, None)

    def _direction(self, claim: Claim) -> Direction:
        """The effect that a claim's statement states: what most passages say that do not deny it, or the better one of its outcome."""
        vocabulary, outcome = self.base.vocabulary, claim.about.outcome
        if vocabulary.harm(outcome):
            return Direction.NONE if self._states_a_denial(claim) else Direction.INCREASES
        if claim.id not in self._directions:
            stated = [
                one.says.direction
                for one in claim.occurrences
                if isinstance(one.says, Effect)
                and one.says.direction is not Direction.UNCLEAR
                and self._denies(self.reader.read(one.quote), claim) == self._states_a_denial(claim)
            ]
            better = {"more": Direction.INCREASES, "less": Direction.REDUCES}.get(
                vocabulary.good(outcome)
            )
            self._directions[claim.id] = better or max(
                stated, key=stated.count, default=Direction.REDUCES
            )
        return self._directions[claim.id]

    def _denies(self, reading: Reading, claim: Claim) -> bool:
        """Whether words deny what a claim is about: its outcome where they name it, else altogether."""
        if _NO_MORE.search(reading.text) or self._is_beaten(reading):
            return True
        denied = reading.denies(claim.about.outcome, CLOSELY if claim.kind is Kind.HARM else None)
        return wording(reading.text).step == 0 if denied is None else denied

    def _is_beaten(self, reading: Reading) -> bool:
        """Whether the treatment is only what another is compared with ("eased pain more than it did")."""
        spans = [
            sign.spans[0]
            for name in reading.concepts.get("intervention", ())
            for sign in reading.signs.get(name, ())
        ]
        return bool(spans) and all(
            _THAN.search(reading.text, max(0, start - 30), start) for start, _ in spans
        )

    def _states_a_denial(self, claim: Claim) -> bool:
        if claim.id not in self._negative:
            self._negative[claim.id] = self._denies(self.reader.read(claim.statement), claim)
        return self._negative[claim.id]

    def _members(
        self,
        text: str,
        claim: Claim,
        like: ConceptSet,
        turned: bool,
        concepts: Mapping[str, tuple[str, ...]],
    ) -> ConceptSet | None:
        """The set that a clause names; None where it names none of those that are known of this outcome."""
        above = self.base.vocabulary.above
        known = self._listed.get(claim.about.outcome or "", frozenset())
        facets = {self.base.vocabulary.concepts[name].facet for name in known}
        named = frozenset(
            name
            for facet in facets
            for name in concepts.get(facet, ())
            if name in known
            or above.get(name, frozenset()) & known
            or any(name in above.get(one, ()) for one in known)
        ) - {claim.about.population, claim.about.intervention}
        if not named:
            return None
        if _ONLY.search(text):
            return ConceptSet("only", named)
        if _WARNS.search(text) and like.mode != "excludes" and len(named) > 1:
            return None
        if _WARNS.search(text) and like.mode != "excludes":
            return ConceptSet("excludes", named)
        if claim.kind is Kind.CONTRAINDICATION:
            permits = _PERMITS.search(text) is not None and not _EXCLUDES.search(text)
            return ConceptSet("excludes" if permits else "includes", named)
        if like.mode == "excludes":
            return ConceptSet(
                "includes" if not turned and not _EXCLUDES.search(text) else "excludes", named
            )
        return ConceptSet(
            "excludes" if turned else "includes" if like.mode == "only" else like.mode, named
        )


def _is_of_illness(reading: Reading) -> bool:
    """Whether a clause tells of the illness and not of a treatment: it names none, and the illness does what it tells."""
    if reading.concepts.get("intervention"):
        return False
    spans = [
        sign.spans[0]
        for name in reading.concepts.get("population", ())
        for sign in reading.signs.get(name, ())
    ]
    return any(start <= OPENS and _DOES.match(reading.text, end) for start, end in spans)


def _akin(one: str | None, other: str, above: Mapping[str, frozenset[str]]) -> bool:
    """Whether one outcome is the other, or broader or narrower than it."""
    return one == other or other in above.get(one or "", ()) or one in above.get(other, ())


def _listed(base: Base) -> dict[str, frozenset[str]]:
    """The concepts that findings and passages list, by outcome: who should not have it, where it may be given."""
    listed: dict[str, frozenset[str]] = {}
    said = [(base.scope_of(one).outcome, one.says) for one in base.occurrences.values()]
    for outcome, says in [
        *said,
        *((one.about.outcome, one.says) for one in base.findings.values()),
    ]:
        if isinstance(says, ConceptSet):
            listed[outcome or ""] = listed.get(outcome or "", frozenset()) | (
                says.concepts & base.vocabulary.concepts.keys()
            )
    return listed


def _opposite(direction: Direction, harm: bool) -> Direction:
    """What is said where an effect is denied: none; and of "none", that there is some."""
    if direction is Direction.NONE:
        return Direction.INCREASES if harm else Direction.REDUCES
    return Direction.NONE
