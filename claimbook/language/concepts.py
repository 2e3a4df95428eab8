"""What a sentence is about: its words made one by the vocabulary's synonyms, and the concepts that it names.

Three kinds of entry in the vocabulary teach it to read, from the surest to the loosest:

* a *term* of a concept is a phrase that names it ("warm footbath");
* a *cue* of a concept is words that name it together, wherever they stand ("cold + shorter");
  A *denial* is a cue that also denies it ("off-label" of approval);
* a *synonym ring* is words that copy uses for one another ("shorter", "briefer", "cut short"); the first stands for all
  (ANSI/NISO Z39.19, 8.2.1). Terms and cues are read through the rings, so that they need to name one word of each ring only.

Words are compared by their stems. Everything is looked up by word, so that reading takes time linear in the text, however
large the vocabulary is.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from claimbook.language.strength import negated_spans
from claimbook.records import Vocabulary
from claimbook.records.quotes import normalize

_WORD = re.compile(r"…|%|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?")
_GAP = 3  # words that may stand between the parts of a phrase written with "…"
STOP = frozenset(
    {"a", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could", "do", "does", "for",
     "from", "had", "has", "have", "help", "helps", "how", "if", "in", "into", "is", "it", "its", "many", "may", "might", "more", "most",
     "much", "no", "not", "of", "often", "on", "or", "our", "patient", "patients", "people", "so", "some", "such", "than", "that", "the",
     "their", "them", "then", "therapy", "there", "these", "they", "this", "those", "to", "treatment", "treatments", "up", "use", "used",
     "using", "very", "was", "we", "were", "what", "when", "which", "while", "who", "will", "with", "would", "you", "your"}
)  # fmt: skip


_WHOLE = frozenset(
    {"promising", "during", "something", "nothing", "anything", "everything", "evening", "morning"}
)  # no ending to take off


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its endings, so that "shortens", "shortened" and "shortening" are one; for looking up, not for reading."""
    word = word.partition("'")[0]
    if len(word) <= 3 or word[0].isdigit() or word in _WHOLE:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ations", "ation", "ingly", "edly", "ing", "ed", "ly", "ness"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= 3 and re.search(r"[aeiouy]", left):
            word = left
            if (
                ending in ("ing", "ed")
                and len(word) > 3
                and word[-1] == word[-2]
                and word[-1] not in "lsz"
            ):
                word = word[:-1]
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


Word = tuple[str, int, int]  # a stem or a name, and where it stands in the text


@dataclass(frozen=True, slots=True)
class Sign:
    """What tells that a sentence names a concept: where the words stand, and whether they deny it by themselves ("off-label")."""

    spans: tuple[tuple[int, int], ...]
    denies: bool = False


@dataclass(frozen=True)
class Reading:
    """A sentence as it was read.

    Attributes:
        text: the sentence, folded.
        bag: what it is compared by: its words made one by the synonyms, but for the commonest, and the concepts that it names.
        concepts: the ids of the concepts it names, by facet.
        signs: for each of those, what tells so.
    """

    text: str
    bag: frozenset[str]
    concepts: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[Sign, ...]]

    @cached_property
    def denied(self) -> list[tuple[int, int]]:
        """Where the sentence denies or asks."""
        return negated_spans(self.text)

    def denies(self, concept: str | None, within: int | None = None) -> bool | None:
        """Whether the sentence denies a concept; None where it does not name it.

        A concept named by a word that denies it is affirmed where that word is denied ("nothing off-label about it"). A "never"
        that is part of what names it ("never again") does not deny it. Within: how many letters before it a "not" may stand.
        """
        signs = self.signs.get(concept or "")
        if not signs:
            return None
        own = [sign for sign in signs if sign.denies]
        return any(
            sign.denies != self._reached(sign, within or len(self.text)) for sign in own or signs
        )

    def _reached(self, sign: Sign, within: int) -> bool:
        starts = {start for start, _ in self.denied}
        if any(start in starts for start, _ in sign.spans):
            return False
        return any(
            low < start < min(high, low + within)
            for start, _ in sign.spans
            for low, high in self.denied
        )


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that name a concept together: all that it needs, and those of them that have to stand in a row."""

    needs: frozenset[str]
    rows: tuple[str, ...]
    concept: str
    denies: bool

    def met(self, places: Collection[str], row: str) -> bool:
        """Whether a sentence has them: by its words, and by all of them in a row."""
        return all(need in places for need in self.needs) and all(some in row for some in self.rows)


class _Phrases:
    """Phrases to be found in a row of words, longest first."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for words, name in phrases:
            if words:
                self._by_first.setdefault(words[0], []).append((tuple(words[1:]), name))
        for some in self._by_first.values():
            some.sort(key=lambda one: -len(one[0]))

    def replaced(self, words: Sequence[Word]) -> list[Word]:
        """The row with every phrase found replaced by its name."""
        made: list[Word] = []
        at, count = 0, len(words)
        while at < count:
            word = words[at]
            for rest, name in self._by_first.get(word[0], ()):
                if end := _follows(rest, words, at + 1):
                    made.append((name, word[1], words[end - 1][2]))
                    made += [between for between in words[at + 1 : end] if between[0] not in rest]
                    at = end
                    break
            else:
                made.append(word)
                at += 1
        return made


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
        self._facet = {concept.id: concept.facet for concept in vocabulary.concepts.values()}
        rings = [
            (f"@{ring[0]}", [_plain(phrase) for phrase in ring]) for ring in vocabulary.synonyms
        ]
        self._rings = _Phrases(
            (_stems(words), name) for name, phrases in rings for words in phrases
        )
        terms = [
            (self._canonical(term), concept.id)
            for concept in vocabulary.concepts.values()
            for term in concept.terms
        ]
        self._terms = _Phrases((_stems(words), f"#{name}") for words, name in terms)
        self._cues: dict[str, list[_Cue]] = {}
        for concept in vocabulary.concepts.values():
            for cue, denies in [
                *((cue, False) for cue in concept.cues),
                *((cue, True) for cue in concept.denials),
            ]:
                parts = [
                    _stems(self._terms.replaced(self._canonical(part))) for part in cue.split("+")
                ]
                needs = frozenset(word for part in parts for word in part)
                if needs:
                    rows = tuple(f" {' '.join(part)} " for part in parts if len(part) > 1)
                    first = min(needs, key=lambda word: (word[0] not in "#@", word in STOP, word))
                    self._cues.setdefault(first, []).append(_Cue(needs, rows, concept.id, denies))

    def read(self, sentence: str) -> Reading:
        """Read one sentence.

        Of two cues one of which needs all that the other needs and more, the longer holds: "relief + weeks" tells of how long
        relief lasts, and no longer of relief.
        """
        text = normalize(sentence)
        row = self._canonical(text)
        starts = [start for _, start, _ in row]
        words = self._terms.replaced(row)
        places: dict[str, list[tuple[int, int]]] = {}
        inside: dict[str, list[tuple[int, int]]] = {}
        signs: dict[str, list[Sign]] = {}
        for word, start, end in words:
            places.setdefault(word, []).append((start, end))
            if word[0] == "#":
                signs.setdefault(word[1:], []).append(Sign(((start, end),)))
                if (
                    self._facet[word[1:]] == "population"
                ):  # "cold sufferers" names people, and a cold
                    for part, begins, ends in row[
                        bisect_left(starts, start) : bisect_left(starts, end)
                    ]:
                        inside.setdefault(part, []).append((begins, ends))
        held = {**inside, **places}
        line = f" {' '.join(_stems(words))} "
        met = [cue for word in held for cue in self._cues.get(word, ()) if cue.met(held, line)]
        for cue in met:
            if not any(cue.needs < other.needs and cue.concept != other.concept for other in met):
                signs.setdefault(cue.concept, []).append(
                    Sign(tuple(held[need][0] for need in sorted(cue.needs)), cue.denies)
                )
        facets: dict[str, tuple[str, ...]] = {}
        for name in signs:
            facets[self._facet[name]] = (*facets.get(self._facet[name], ()), name)
        bag = frozenset(word for word in places if word not in STOP) | frozenset(
            f"#{name}" for name in signs
        )
        return Reading(text, bag, facets, {name: tuple(some) for name, some in signs.items()})

    def _canonical(self, text: str) -> list[Word]:
        return self._rings.replaced(_plain(text))


def _plain(text: str) -> list[Word]:
    """The stems of a text's words with their places; "…" stays."""
    return [
        (word if word in STOP or word == "…" else stem(word), match.start(), match.end())
        for match in _WORD.finditer(normalize(text).lower())
        if (word := match[0])
    ]


def _stems(words: Iterable[Word]) -> list[str]:
    return [word for word, _, _ in words]
