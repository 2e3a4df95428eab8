"""Which concepts a sentence names: its words made one by the vocabulary's synonyms, then looked up.

Three kinds of entry in the vocabulary teach it to read, from the surest to the loosest:

* a *term* of a concept is a phrase that names it ("warm footbath");
* a *cue* of a concept is words that name it together, wherever they stand ("cold + shorter");
  a *denial* is a cue that also denies it ("off-label" of approval);
* a *synonym ring* is words that copy uses for one another ("shorter", "briefer", "cut short"); the
  first stands for all (ANSI/NISO Z39.19, 8.2.1). Terms and cues are read through the rings, so that
  they need to name one word of each ring only.

Words are compared by their stems. Everything is looked up by word, so that reading takes time
linear in the text, however large the vocabulary is.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter

from claimbook.language.phrases import Span, pattern, words
from claimbook.language.stance import REACH, begins_denial, denies
from claimbook.records import Vocabulary, of_vocabulary
from claimbook.records.grouping import grouped
from claimbook.records.quotes import normalize

_WORD = re.compile(r"…|%|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?")
_FORBORNE = 30  # letters between "avoid" and what is to be left
_GAP = 3  # words that may stand between the parts of a phrase written with "…"
STOP = words("stop-words")  # too common to tell one sentence from another
_FREE = words("stop-words", "free")  # a sentence says the same without them
_WHOLE = words("stop-words", "whole")  # no ending to take off


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its endings, for looking up: "shortens" and "shortening" are one."""
    word = word.removesuffix("n't").partition("'")[0]
    if len(word) <= 3 or word[0].isdigit() or word in _WHOLE:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ations", "ation", "ingly", "edly", "ing", "ed", "ly", "ness"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and re.search(r"[aeiouy]", root):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
            word = root[:-1] if doubled and ending in ("ing", "ed") else root
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


Word = tuple[str, int, int]  # a stem or a name, and where it stands in the text


@dataclass(frozen=True, slots=True)
class Sign:
    """Where words stand that name a concept; `denies` where they deny it, too ("off-label")."""

    spans: tuple[tuple[int, int], ...]
    denies: bool = False


@dataclass(frozen=True)
class Reading:
    """A sentence as it was read.

    Attributes:
        text: the sentence, normalised.
        bag: what it is compared by: its words made one by the synonyms, but for the commonest, and
            the concepts that it names.
        concepts: the ids of the concepts it names, by facet.
        signs: for each of those, what tells so.
    """

    text: str
    bag: frozenset[str]
    concepts: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[Sign, ...]]

    def denies(self, concept: str | None, within: int = REACH) -> bool | None:
        """Whether the sentence denies a concept; None where it does not name it.

        Double negation affirms ("nothing off-label about it", "not without risks"). A "never" that
        is part of what names the concept ("never again") does not deny it. Within: how many letters
        before it a "not" may stand.
        """
        signs = self.signs_of(concept)
        if not signs:
            return None
        own = [sign for sign in signs if sign.denies]
        return any(
            sign.denies != self._reached(sign, within) and not self._forborne(sign)
            for sign in own or _closest(signs)
        )

    def _forborne(self, sign: Sign) -> bool:
        """Whether one is to leave what would deny something: "avoid eating before it"."""
        if not sign.denies:
            return False
        text, start = self.text.lower(), min(sign.spans)[0]
        return any(
            0 <= start - match.end() <= _FORBORNE and not denies(text, match.span(), False)
            for match in pattern("matching", "forbears").finditer(text)
        )

    def _reached(self, sign: Sign, within: int) -> bool:
        own = [span for span in sign.spans if begins_denial(self.text, span)]
        return any(
            denies(self.text, span, False, within)
            for span in own or sign.spans
            if not self._in_condition(sign, span)
        )

    def _in_condition(self, sign: Sign, span: tuple[int, int]) -> bool:
        """Whether a word of a sign stands in a condition of what its first word is in.

        What is denied in "fast relief when nothing else works" is not the relief.
        """
        _, first = min(sign.spans)
        return pattern("clauses", "condition").search(self.text, first, span[0]) is not None

    def denied(self, sign: Sign) -> bool:
        """Whether a "not" or its like denies what a sign names; "safe" alone denies no harm."""
        if sign.denies and not any(begins_denial(self.text, span) for span in sign.spans):
            return False
        return sign.denies != self._reached(sign, REACH)

    def signs_of(self, *concepts: str | None) -> list[Sign]:
        """What tells that the sentence names any of some concepts."""
        return [sign for name in concepts for sign in self.signs.get(name or "", ())]

    def starts(self, *concepts: str | None) -> list[int]:
        """Where the signs of some concepts begin."""
        return [sign.spans[0][0] for sign in self.signs_of(*concepts)]

    def naming(self, outcomes: Mapping[str, tuple[Sign, ...]]) -> "Reading":
        """The same sentence, taken to name further outcomes by some signs."""
        named = dict.fromkeys((*self.concepts.get("outcome", ()), *outcomes))
        concepts = {**self.concepts, "outcome": tuple(named)} if named else self.concepts
        return replace(self, concepts=concepts, signs={**self.signs, **outcomes})

    def place(self, concept: str | None) -> tuple[int, int] | None:
        """Where the sentence last names a concept; None where it does not."""
        return max((s for sign in self.signs_of(concept) for s in sign.spans), default=None)


def _closest(signs: Sequence[Sign]) -> list[Sign]:
    """Signs of one concept; of those that share a word, those whose words stand closest.

    In "fast relief when nothing else works" the word "fast" belongs to "relief", not to "works".
    """

    def extent(sign: Sign) -> int:
        return max(end for _, end in sign.spans) - min(start for start, _ in sign.spans)

    return [
        sign
        for sign in signs
        if not any(
            extent(other) < extent(sign) and not set(other.spans).isdisjoint(sign.spans)
            for other in signs
        )
    ]


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that name a concept together: all that it needs, and those that stand in a row."""

    needs: frozenset[str]
    rows: tuple[tuple[str, ...], ...]
    concept: str
    denies: bool

    def met(self, present: frozenset[str], row: str) -> bool:
        """Whether a sentence has them: by its words, and by all of them in a row."""
        return self.needs <= present and all(f" {' '.join(part)} " in row for part in self.rows)

    def spans(self, places: Mapping[str, Sequence[Span]]) -> tuple[Span, ...]:
        """Where it stands: of words in several places, those in its rows or else the nearest."""
        chosen: dict[str, Span] = {}
        for row in self.rows:
            first = min(
                places[row[0]],
                key=lambda span: sum(_gap(places[word], span[0]) for word in row[1:]),
            )
            chosen |= {word: _next_to(places[word], first[0]) for word in row}
        rarest = min(sorted(self.needs), key=lambda need: len(places[need]))
        anchor = min(chosen.values(), default=places[rarest][0])[0]
        return tuple(
            chosen.get(need) or _next_to(places[need], anchor) for need in sorted(self.needs)
        )


def _cue(parts: Iterable[tuple[str, ...]], concept: str, denies: bool) -> _Cue:
    rows = tuple(parts)
    needs = frozenset(chain.from_iterable(rows))
    return _Cue(needs, tuple(row for row in rows if len(row) > 1), concept, denies)


def _next_to(spans: Sequence[Span], at: int) -> Span:
    return min(spans, key=lambda span: abs(span[0] - at))


def _gap(spans: Sequence[Span], at: int) -> int:
    return abs(_next_to(spans, at)[0] - at)


class _Phrases:
    """Phrases to be found in a row of words, longest first."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], str]]) -> None:
        longest_first = sorted(phrases, key=lambda entry: -len(entry[0]))
        self._by_first = grouped((p[0], (tuple(p[1:]), name)) for p, name in longest_first if p)

    def replaced(self, words: Sequence[Word]) -> list[Word]:
        """The row with every phrase found replaced by its name."""
        row: list[Word] = []
        at, count = 0, len(words)
        while at < count:
            word = words[at]
            for rest, name in self._by_first.get(word[0], ()):
                if end := _follows(rest, words, at + 1):
                    row.append((name, word[1], words[end - 1][2]))
                    between = [word for word in words[at + 1 : end] if word[0] not in rest]
                    row += self.replaced(between)
                    at = end
                    break
            else:
                row.append(word)
                at += 1
        return row


def _follows(rest: Sequence[str], words: Sequence[Word], at: int) -> int:
    """Where a phrase ends whose further words stand from *at* on; 0 where they do not."""
    gap = False
    for word in rest:
        if word == "…":
            gap = True
            continue
        until = min(at + _GAP, len(words) - 1) if gap else at
        while at < until and words[at][0] != word:
            at += 1
        if at >= len(words) or words[at][0] != word:
            return 0
        at += 1
        gap = False
    return at


class Reader:
    """Reads sentences by a vocabulary that it has indexed once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = vocabulary.concepts.values()
        self._facet = {concept.id: concept.facet for concept in concepts}
        self._rings = _Phrases(
            (_stems(_stemmed(phrase)), f"@{ring[0]}")
            for ring in vocabulary.synonyms
            for phrase in ring
        )
        self._distinct = vocabulary.distinct
        self._substances = {
            concept.id: tuple(
                term.lower()
                for broader in vocabulary.inherited(concept.id)
                if broader is not concept
                for term in broader.terms
            )
            for concept in concepts
        }
        self._broader = vocabulary.above
        self._terms = _Phrases(
            (_stems(self._canonical(term)), f"#{c.id}") for c in concepts for term in c.terms
        )
        part_of = cache(self._part)  # many cues share their parts
        told = (
            _cue(map(part_of, cue.split("+")), concept.id, denies)
            for concept in concepts
            for denies, cues in ((False, concept.cues), (True, concept.denials))
            for cue in cues
        )
        cues = [cue for cue in told if cue.needs]
        counts = Counter(word for cue in cues for word in cue.needs)
        # By the word that the fewest cues need: few are looked at in vain.
        self._cues = grouped(
            (min(cue.needs, key=lambda word: (word in STOP, counts[word], word)), (number, cue))
            for number, cue in enumerate(cues)
        )

    def _part(self, words: str) -> tuple[str, ...]:
        """The words of a cue that stand in a row, as they are looked for."""
        return tuple(_stems(self._terms.replaced(self._canonical(words))))

    @lru_cache(maxsize=64)  # noqa: B019 - several ask about one sentence; `reader_of` keeps readers
    def read(self, sentence: str) -> Reading:
        """Read one sentence.

        Of two cues of one facet one of which needs all that the other needs and more, the longer
        holds: "warmth + weeks" tells of how long warmth lasts, and no longer of warmth.
        """
        text = normalize(sentence)
        row = _in_their_sense(self._canonical(text), text)
        words = self._terms.replaced(row)
        places: dict[str, list[tuple[int, int]]] = {}
        signs: dict[str, list[Sign]] = {}
        for word, start, end in words:
            places.setdefault(word, []).append((start, end))
            if word[0] == "#":
                signs.setdefault(word[1:], []).append(Sign(((start, end),)))
        for name in self._forms_of_another(text, signs):
            del signs[name], places[f"#{name}"]
        named = {**self._inside(words, row), **self._of_themselves(places, text)}
        held = {**self._classes(named), **named}
        line = f" {' '.join(_stems(words))} "
        present = frozenset(held)
        found = (
            (number, cue)
            for word in held
            for number, cue in self._cues.get(word, ())
            if word in named or len(cue.needs) > 1  # a class alone is to be named itself
        )
        met = [cue for _, cue in sorted(found, key=itemgetter(0)) if cue.met(present, line)]
        for cue in met:
            if not any(self._is_part(cue, other) for other in met):
                signs.setdefault(cue.concept, []).append(Sign(cue.spans(held), cue.denies))
        facets: dict[str, tuple[str, ...]] = {}
        for name in signs:
            facets[self._facet[name]] = (*facets.get(self._facet[name], ()), name)
        bag = frozenset(places.keys() - STOP) | {f"#{name}" for name in signs}
        return Reading(text, bag, facets, {name: tuple(group) for name, group in signs.items()})

    def _of_themselves(
        self, places: Mapping[str, list[tuple[int, int]]], text: str
    ) -> dict[str, list[tuple[int, int]]]:
        """The places of words but for those of an illness that only tells what a medicine is for.

        Who stops their "cold tablets" stops no cold.
        """
        medicine = pattern("safety", "medicines")
        own = {
            word: [(start, end) for start, end in spans if not medicine.match(text, end + 1)]
            if word[0] == "#" and self._facet[word[1:]] == "population"
            else spans
            for word, spans in places.items()
        }
        return {word: spans for word, spans in own.items() if spans}

    def _classes(self, places: Mapping[str, Sequence[Span]]) -> dict[str, tuple[Span, ...]]:
        """The places of broader treatments, where narrower ones are named: cues speak of both."""
        return grouped(
            (f"#{broader}", span)
            for word, spans in places.items()
            if word[0] == "#" and self._facet[word[1:]] == "intervention"
            for broader in self._broader[word[1:]]
            for span in spans
        )

    def _is_part(self, cue: _Cue, other: _Cue) -> bool:
        """Whether a cue of another concept of the same facet needs all of a cue and more."""
        same_facet = self._facet[cue.concept] == self._facet[other.concept]
        return cue.concept != other.concept and same_facet and cue.needs < other.needs

    def _forms_of_another(self, text: str, signs: Mapping[str, Sequence[Sign]]) -> list[str]:
        """The concepts of which only a form is named, beside a substance that is not theirs.

        In "X, a tablet" the tablet is one of X; in "like X, our tablet" it is not, nor in "X is Y
        in a tablet", but in "unlike Y, X is a tablet".
        """
        if pattern("distinctions", "whose").search(text):
            return []
        apart = any(pattern("distinctions", kind).search(text) for kind in ("different", "part"))
        return [
            name
            for name, told in signs.items()
            if self._substances[name]
            and not self._distinct[name].isdisjoint(signs)
            and (apart or not any(broader in signs for broader in self._broader[name]))
            and not self._names_substance(name, text, told)
        ]

    def of_named(self, reading: Reading, named: Collection[str]) -> Reading:
        """A sentence in which a form alone is one of the drug that was named before it.

        "X is a sister drug. The tablet is given here": it is X, unless somebody says that it is
        theirs.

        Args:
            reading: the sentence.
            named: the treatments that were named last.
        """
        if len(named) != 1 or pattern("distinctions", "whose").search(reading.text):
            return reading
        (drug,) = named
        forms = [
            name
            for name in reading.signs
            if drug in self._distinct.get(name, ())
            and drug not in reading.signs
            and not self._names_substance(name, reading.text, reading.signs[name])
            and not any(broader in reading.signs for broader in self._broader[name])
        ]
        for name in forms:
            signs = {drug if key == name else key: told for key, told in reading.signs.items()}
            concepts = {
                facet: tuple(drug if key == name else key for key in names)
                for facet, names in reading.concepts.items()
            }
            bag = reading.bag - {f"#{name}"} | {f"#{drug}"}
            reading = replace(reading, bag=bag, concepts=concepts, signs=signs)
        return reading

    def _names_substance(self, name: str, text: str, signs: Iterable[Sign]) -> bool:
        """Whether words that name a form say of which substance."""
        return any(
            term in text[start:end].lower()
            for sign in signs
            for start, end in sign.spans
            for term in self._substances[name]
        )

    def ordered_words(self, sentence: str) -> tuple[str, ...]:
        """All its words but for articles and the like, and concepts that terms name, in order."""
        words = self._terms.replaced(self._canonical(normalize(sentence)))
        return tuple(word for word, _, _ in words if word not in _FREE)

    def _inside(
        self, words: Sequence[Word], row: Sequence[Word]
    ) -> dict[str, tuple[tuple[int, int], ...]]:
        """The words inside names of people: "cold sufferers" names people, and a cold."""
        starts = [start for _, start, _ in row]
        return grouped(
            (part, (begin, until))
            for word, start, end in words
            if word[0] == "#" and self._facet[word[1:]] == "population"
            for part, begin, until in row[bisect_left(starts, start) : bisect_left(starts, end)]
        )

    def _canonical(self, text: str) -> list[Word]:
        return self._rings.replaced(_stemmed(text))


def _stemmed(text: str) -> list[Word]:
    """The stems of a text's words with their places; "…" stays."""
    return [
        (word if word in STOP or word == "…" else stem(word), match.start(), match.end())
        for match in _WORD.finditer(normalize(text).lower())
        if (word := match[0])
    ]


def _in_their_sense(words: Sequence[Word], text: str) -> list[Word]:
    """The words of a text but for those that mean something else ("insurance authorization")."""
    others = [match.span() for match in pattern("other-senses").finditer(text)]
    return [
        word
        for word in words
        if not any(start <= word[1] and word[2] <= end for start, end in others)
    ]


def _stems(words: Iterable[Word]) -> list[str]:
    return [word for word, _, _ in words]


@of_vocabulary
def reader_of(vocabulary: Vocabulary) -> Reader:
    """The reader of a vocabulary, indexed once for all who read by it."""
    return Reader(vocabulary)
