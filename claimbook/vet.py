"""A draft is a page that is not published yet: its sentences become occurrences, and the same rules judge them.

Reading a sentence: its scope by the vocabulary's terms, its figures, its wording, whether it denies. Matching: the claim whose
statement and registered passages share the rarest words with it, as long as the treatment or the people it names do not rule the
claim out. What it says is read from its own figures and words; where it has none, it is taken to say what the nearest registered
passage says, turned round where one of the two denies. A sentence near no claim is *not checked*, and said so.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from claimbook.check import all_rules, check
from claimbook.flag import Category, Flag
from claimbook.model import (
    FACETS,
    GRADED,
    Amount,
    Base,
    Claim,
    Direction,
    Effect,
    Kind,
    Members,
    Occurrence,
    Page,
    Scope,
    Share,
    Topic,
    Truth,
    Value,
    Verdict,
)
from claimbook.quantity import quantities
from claimbook.rewording import allowed
from claimbook.scope import Difference, relation
from claimbook.text import fold
from claimbook.wording import STEP_WORDS, wording

DRAFT = "draft"
UNCOVERED = "draft-uncovered"  # the claim of sentences that no recorded claim covers
NEAR = 0.32  # the least likeness (cosine over rare words) at which a sentence makes a claim
FIGURE = 1.25  # how much nearer a passage counts that gives a figure of the same kind
SHAPE = 0.4  # how much the claim's passages together count beside the nearest one
BESIDE = 0.92  # a second claim counts where it is nearly as near as the first
_SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?](?!\s|$|[\"'”’)])[^\n.!?]*)*[.!?]*[\"'”’)]*")
_MARKS = re.compile(r"^[\s#>*+\-•·|–]*(?:\d+[.)]\s+)?(?:\[[ x]\]\s+)?")
_TOKEN = re.compile(r"[a-z][a-z'-]+|\d+")
_STOP = frozenset(
    {"a", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could", "do", "does", "for",
     "from", "had", "has", "have", "help", "helps", "how", "if", "in", "into", "is", "it", "its", "many", "may", "might", "more", "most",
     "much", "no", "not", "of", "often", "on", "or", "our", "patient", "patients", "people", "so", "some", "such", "than", "that", "the",
     "their", "them", "then", "therapy", "there", "these", "they", "this", "those", "to", "treatment", "treatments", "up", "use", "used",
     "using", "very", "was", "we", "were", "what", "when", "which", "while", "who", "will", "with", "would", "you", "your"}
)  # fmt: skip
_SKIPPED = frozenset({"regimen-mismatch", "pages-disagree", "dependent-studies", "evidence-left-out"})
_WORTH = re.compile(
    r"\d|%|\b(?:study|studies|trial|research|evidence|proven|effective|safe|relief|approved|cure|risk|side effects?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence of a draft: where it stands, how it was read, what it claims, and what the rules say."""

    start: int
    end: int
    line: int
    text: str
    reading: str
    claims: tuple[str, ...]
    verdict: Verdict | None  # None: it claims nothing
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Vetted:
    """A vetted draft."""

    text: str
    sentences: tuple[Judged, ...]
    document_flags: tuple[Flag, ...]
    checks_run: tuple[str, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Every flag, those on sentences first."""
        return (*(flag for sentence in self.sentences for flag in sentence.flags), *self.document_flags)


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), list marks and heading signs left out."""
    found = []
    for match in _SENTENCE.finditer(text):
        raw = match[0]
        start = match.start() + len(_MARKS.match(raw)[0])  # type: ignore[index]
        end = match.start() + len(raw.rstrip(" \t|*_"))
        if end > start and re.search(r"\w", text[start:end]):
            found.append((start, end))
    return _joined(found, text)


def _joined(found: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Sentences that an abbreviation broke, put together again."""
    made: list[tuple[int, int]] = []
    for start, end in found:
        gap = text[made[-1][1] : start] if made else "\n"
        if made and "\n" not in gap and re.search(r"(?:\b(?:Dr|Mr|Ms|Mrs|vs|approx|e\.g|i\.e|[A-Z]))\.$", text[made[-1][0] : made[-1][1]]):
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


class Vetter:
    """What is known of a base, indexed once: vet as many drafts as you like."""

    def __init__(self, base: Base) -> None:
        self.base = base
        concepts = base.vocabulary.concepts.values()
        terms = sorted({(term.lower(), one.id) for one in concepts for term in one.terms}, key=lambda pair: (-len(pair[0]), pair))
        self._concept_of = dict(reversed(terms))
        self._terms = re.compile(rf"\b(?:{'|'.join(re.escape(term) for term, _ in terms) or '(?!)'})\b", re.IGNORECASE)
        self._passages: list[tuple[Claim, Occurrence | None]] = []
        texts: list[str] = []
        for claim in base.claims.values():
            self._passages.append((claim, None))
            texts.append(claim.statement)
            for occurrence in claim.occurrences:
                self._passages.append((claim, occurrence))
                texts.append(occurrence.quote)
        tokens = [self._tokens(text) for text in texts]
        counts: dict[str, int] = {}
        for some in tokens:
            for token in some:
                counts[token] = counts.get(token, 0) + 1
        total = len(texts) or 1
        self._weight = {token: math.log(1 + total / count) for token, count in counts.items()}
        self._norm = [math.sqrt(sum(self._weight[token] ** 2 for token in some)) or 1.0 for some in tokens]
        self._shape = self._shapes(tokens)
        self._index: dict[str, list[int]] = {}
        for number, some in enumerate(tokens):
            for token in some:
                self._index.setdefault(token, []).append(number)

    def _shapes(self, tokens: Sequence[frozenset[str]]) -> dict[str, dict[str, float]]:
        """For every claim, how much of its passages each word makes up: what tells it from a claim of the same sentence."""
        shapes: dict[str, dict[str, float]] = {}
        for (claim, _), some in zip(self._passages, tokens, strict=True):
            shape = shapes.setdefault(claim.id, {})
            for token in some:
                shape[token] = shape.get(token, 0.0) + self._weight[token]
        for shape in shapes.values():
            norm = math.sqrt(sum(value**2 for value in shape.values())) or 1.0
            for token in shape:
                shape[token] /= norm
        return shapes

    def vet(self, text: str, path: str = DRAFT) -> Vetted:
        """Judge a draft: every sentence read, matched to claims and held to the same rules as any page.

        Args:
            text: the draft's words, as read.
            path: how messages name the draft.
        """
        from claimbook.location import Location

        spans = split(text)
        occurrences: dict[str, list[Occurrence]] = {}
        made: list[list[Occurrence]] = []
        readings = []
        for number, (start, end) in enumerate(spans):
            sentence = fold(text[start:end])
            at = Location(path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
            concepts = self._concepts(sentence)
            asks = sentence.rstrip("\"')").endswith("?")
            matches = [] if asks else self._matches(sentence, concepts)
            mine = []
            for claim, nearest in matches:
                says = self._says(sentence, claim, nearest, concepts)
                if says is not None or claim.kind not in GRADED:
                    mine.append(
                        Occurrence(
                            f"{DRAFT}/{number}/{claim.id}", claim.id, DRAFT, sentence, says=says, about=self._about(claim, concepts), at=at
                        )
                    )
            if not mine and not asks and (concepts or _WORTH.search(sentence)) and len(sentence.split()) > 2:
                mine = [Occurrence(f"{DRAFT}/{number}", UNCOVERED, DRAFT, sentence, says=Truth(True), at=at)]
            for one in mine:
                occurrences.setdefault(one.claim, []).append(one)
            made.append(mine)
            readings.append(self._reading(sentence, concepts, mine))
        report = check(self._draft(occurrences, text), _rules())
        sentences = []
        for (start, end), mine, reading in zip(spans, made, readings, strict=True):
            ids = {one.id for one in mine}
            flags = {flag.rule + flag.message: flag for flag in report.flags if flag.subject in ids and _matters(flag)}
            covered = [one for one in mine if one.claim != UNCOVERED]
            verdict = max((report.verdict(one) for one in mine), default=None)
            if mine and not covered and verdict is Verdict.SUPPORTED:
                verdict = Verdict.NOT_CHECKED
            line = text.count("\n", 0, start) + 1
            named = tuple(one.claim for one in covered)
            sentences.append(
                Judged(start, end, line, text[start:end], reading, named, verdict, tuple(self._helped(flags.values(), covered)))
            )
        document = tuple(flag for flag in report.flags if flag.subject == DRAFT or (flag.rule == "page-disagrees-with-itself"))
        return Vetted(text, tuple(sentences), document, report.rules_run)

    # --- reading ------------------------------------------------------------------------------------------------------

    def _tokens(self, text: str) -> frozenset[str]:
        words = (_stem(word) for word in _TOKEN.findall(fold(text).lower()) if word not in _STOP)
        return frozenset(words)

    def _concepts(self, sentence: str) -> dict[str, list[str]]:
        """The concepts a sentence names, by facet."""
        found: dict[str, list[str]] = {}
        for match in self._terms.finditer(sentence):
            concept = self.base.vocabulary.concepts[self._concept_of[match[0].lower()]]
            some = found.setdefault(concept.facet, [])
            if concept.id not in some:
                some.append(concept.id)
        return found

    def _matches(self, sentence: str, concepts: Mapping[str, list[str]]) -> list[tuple[Claim, Occurrence | None]]:
        """The claims that a sentence makes, nearest first, each with the registered passage that is nearest to it."""
        tokens = self._tokens(sentence)
        strange = math.log(1 + len(self._passages))
        norm = math.sqrt(sum(self._weight.get(token, strange) ** 2 for token in tokens)) or 1.0
        figures = {type(value) for value in quantities(sentence)}
        scores: dict[int, float] = {}
        for token in tokens:
            weight = self._weight.get(token, 0.0) ** 2
            for number in self._index.get(token, ()):
                scores[number] = scores.get(number, 0.0) + weight
        best: dict[str, tuple[float, int]] = {}
        for number, score in scores.items():
            claim, passage = self._passages[number]
            figure = figures and passage and type(passage.says) in figures
            near = score / (norm * self._norm[number]) * (FIGURE if figure else 1.0)
            shape = self._shape[claim.id]
            alike = sum(self._weight[token] * shape[token] for token in tokens if token in shape) / norm
            likeness = near * (1 - SHAPE) + alike * SHAPE
            if likeness >= NEAR and likeness > best.get(claim.id, (0.0, 0))[0] and self._fits(claim, concepts):
                best[claim.id] = (likeness, number)
        ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1]))
        nearest = [number for likeness, number in ranked[:4] if likeness >= ranked[0][0] * BESIDE]
        return [self._passages[number] for number in self._told_apart(nearest, tokens)][:3]

    def _told_apart(self, near: Sequence[int], tokens: frozenset[str]) -> Iterable[int]:
        """Of claims that the same registered sentence makes, those whose own statement is nearest, unless all of it is said again."""
        own = {
            number: sum(self._weight.get(token, 0.0) for token in tokens & self._tokens(self._passages[number][0].statement))
            for number in near
        }
        for number in near:
            quote = self._words(number)
            same = [other for other in near if self._words(other) == quote]
            if len(same) == 1 or self._tokens(quote) <= tokens or own[number] == max(own[other] for other in same):
                yield number

    def _words(self, number: int) -> str:
        claim, occurrence = self._passages[number]
        return occurrence.quote if occurrence else claim.statement

    def _fits(self, claim: Claim, concepts: Mapping[str, list[str]]) -> bool:
        """Whether the treatments and people that a sentence names leave a claim possible."""
        for facet in ("intervention", "population"):
            wanted = getattr(claim.about, facet)
            named = concepts.get(facet, [])
            if (
                wanted
                and named
                and all(name != wanted and relation(wanted, name, self.base.vocabulary) is Difference.OTHER for name in named)
            ):
                return False
        return True

    def _about(self, claim: Claim, concepts: Mapping[str, list[str]]) -> Scope | None:
        """The facets in which a sentence is narrower than the claim: it names one treatment of several, say."""
        given: dict[str, str] = {}
        for facet in ("intervention", "setting"):
            named = concepts.get(facet, [])
            wanted = getattr(claim.about, facet)
            if len(named) == 1 and wanted and wanted in self.base.vocabulary.above.get(named[0], ()):
                given[facet] = named[0]
        return Scope(intervention=given.get("intervention"), setting=given.get("setting")) if given else None

    def _says(self, sentence: str, claim: Claim, nearest: Occurrence | None, concepts: Mapping[str, list[str]]) -> Value | None:
        """What a sentence says of a claim: its own figure or set, or what the nearest passage says, turned round where one denies."""
        nearest = nearest or next(iter(claim.occurrences), None)
        found = (self.base.findings[link.finding].says for link in claim.evidence)
        like = nearest.says if nearest else next(found, None)
        denies = wording(sentence).step == 0
        turned = denies != (nearest is not None and wording(nearest.quote).step == 0)
        if isinstance(like, Share | Amount):
            dimension = like.dimension if isinstance(like, Amount) else None
            for value in quantities(sentence):
                if type(value) is type(like) and (not isinstance(value, Amount) or value.dimension == dimension):
                    return value
            return like if not like.figure and not turned else None
        if isinstance(like, Members):
            facets = {self.base.vocabulary.concepts[name].facet for name in like.concepts if name in self.base.vocabulary.concepts}
            named = frozenset(name for facet in facets for name in concepts.get(facet, ()))
            if re.search(r"\bonly\b", sentence, re.IGNORECASE):
                return Members("only", named or like.concepts)
            return Members("excludes" if denies and like.mode != "includes" else like.mode, named or like.concepts)
        if isinstance(like, Effect):
            return Effect(Direction.NONE if like.direction is not Direction.NONE else Direction.REDUCES) if turned else like
        if isinstance(like, Truth):
            return Truth(like.holds != turned)
        return Truth(not denies)

    def _reading(self, sentence: str, concepts: Mapping[str, list[str]], mine: Sequence[Occurrence]) -> str:
        """How a sentence was read, for a person to check."""
        named = [self.base.vocabulary.label(name).lower() for facet in FACETS for name in concepts.get(facet, ())]
        values = [_spoken(one.says, self.base) for one in mine if one.says is not None and one.claim != UNCOVERED]
        worded = wording(sentence)
        return ", ".join([*dict.fromkeys(named), *dict.fromkeys(values), f"{STEP_WORDS[worded.step]} (step {worded.step})"])

    # --- judging ------------------------------------------------------------------------------------------------------

    def _draft(self, occurrences: Mapping[str, list[Occurrence]], text: str) -> Base:
        """A base whose one page is the draft."""
        base = self.base
        told = {name for one in base.disclosures.values() for name in one.told_by}
        kept = {
            claim.id: replace(claim, occurrences=tuple(occurrences.get(claim.id, ())))
            for claim in base.claims.values()
            if claim.id in occurrences or claim.id in told or claim.kind is Kind.APPROVAL
        }
        if UNCOVERED in occurrences:
            statement = "Something that no recorded claim covers."
            kept[UNCOVERED] = Claim(UNCOVERED, DRAFT, statement, Kind.DEFINITION, Scope(), occurrences=tuple(occurrences[UNCOVERED]))
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        page = Page(DRAFT, "Draft", "Draft", date(1970, 1, 1), digest)
        topics: dict[str, Topic] = {}
        return Base(base.vocabulary, topics, kept, base.sources, {DRAFT: page}, base.references, base.disclosures)

    def _helped(self, flags: Iterable[Flag], mine: Sequence[Occurrence]) -> Iterable[Flag]:
        """The flags, gravest first, with wording that the evidence allows where there is any."""
        wording_of = next((allowed(self.base.claims[one.claim], self.base, one) for one in mine if one.claim in self.base.claims), None)
        for flag in sorted(flags, key=lambda flag: (-flag.verdict, flag.rule)):
            yield replace(flag, suggestion=wording_of) if flag.verdict and wording_of and not flag.suggestion else flag


def _rules() -> list[str]:
    return [name for name, rule in all_rules().items() if rule.category is not Category.RECORD and name not in _SKIPPED]


def _matters(flag: Flag) -> bool:
    """Whether a flag on a sentence is news: that nothing covers it is said by its verdict."""
    return not (UNCOVERED in flag.claims and flag.rule == "unsupported-claim")


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _spoken(value: Value | None, base: Base) -> str:
    match value:
        case Effect():
            return value.direction.value
        case Share() | Amount():
            return value.text
        case Truth():
            return "yes" if value.holds else "no"
        case Members():
            return f"{value.mode} {', '.join(sorted(base.vocabulary.label(name).lower() for name in value.concepts))}"
    return ""


def as_data(vetted: Vetted) -> dict[str, Any]:
    """The result as the contract writes it."""
    by_category: dict[str, int] = {}
    for flag in vetted.flags:
        by_category[flag.category.value] = by_category.get(flag.category.value, 0) + 1
    checked = [one for one in vetted.sentences if one.verdict not in (None, Verdict.NOT_CHECKED)]
    return {
        "text_sha256": hashlib.sha256(vetted.text.encode("utf-8", "replace")).hexdigest(),
        "sentences": [
            {
                "start": one.start, "end": one.end, "line": one.line, "text": one.text, "reading": one.reading, "claims": list(one.claims),
                "verdict": one.verdict.label if one.verdict is not None else None, "flags": [_flag(flag) for flag in one.flags],
            }
            for one in vetted.sentences
        ],
        "document_flags": [_flag(flag) for flag in vetted.document_flags],
        "summary": {
            "sentences": len(vetted.sentences), "checked": len(checked), "flagged": sum(bool(one.flags) for one in vetted.sentences),
            "by_category": dict(sorted(by_category.items())),
        },
        "checks_run": list(vetted.checks_run),
        "not_checked": [one.text for one in vetted.sentences if one.verdict is Verdict.NOT_CHECKED],
        "suppressed": [],
    }  # fmt: skip


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "rule": flag.rule, "category": flag.category.value, "severity": flag.severity.value, "message": flag.message,
        "suggestion": flag.suggestion, "evidence": list(flag.sources),
    }  # fmt: skip
