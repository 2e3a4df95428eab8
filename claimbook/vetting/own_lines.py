"""Sentences of a draft that are nearly a line of the base, and not it.

Who copies a line that the base offers and changes a little of it has written a line that nobody
checked and that looks like ours: "Do not drive for at least 24 minutes". So what differs from our
line is told, and a person must check it.

A sentence is nearly a line where they have most of their words in common, in one order, and differ
in few places. The bounds were chosen on small changes of every line of the real base and on public
copy in other words: `docs/method/vetting.md` has the figures.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import chain, dropwhile
from operator import itemgetter

from claimbook.language.care import small_letters
from claimbook.language.concepts import STOP, stem
from claimbook.language.phrases import pattern
from claimbook.language.phrases import words as listed_words
from claimbook.language.sentences import spans
from claimbook.language.written_figures import VALUES
from claimbook.records import UNITS
from claimbook.records.display import listed
from claimbook.records.grouping import grouped
from claimbook.records.quotes import normalize, quote_spans
from claimbook.vetting.candidates import Candidates

LEAST = 6  # words of a line; a shorter one may be anybody's
MIDDLE = 8  # words in common, below which another word has to turn or to count what is said
LONG = 11  # words in common, from which on more than a word may stand for another
PLACES = 3  # in which a sentence may differ from a line
SCATTERED = 2 / 3  # of them, that may differ in several places
LIKELY = 1 / 3  # words in common, as a share of those of both, of a line laid beside a sentence
BETWEEN = 2  # common words between two places that are told as one
TRIED = 2  # lines that are laid beside a sentence: those that share most

_CITED = re.compile(r"\s*\([^()]{1,80}\b(?:19|20)\d\d[a-z]?\)")  # "(Smith and others 2018)"
_WORD = re.compile(r"%|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*")
_ADDED = listed_words("stop-words", "idle")
_IDLE = listed_words("stop-words", "free") | _ADDED

Words = tuple[str, ...]  # what sentences are compared by


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence of a line, its words in order, and each once."""

    text: str
    words: Words
    bag: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of a line, and what a sentence has in their place; either may be empty.

    Attributes:
        ends: whether nothing of the line comes after them.
    """

    ours: str
    theirs: str
    ends: bool


class OwnLines:
    """The sentences of the lines that a base offers, indexed once for any number of drafts."""

    def __init__(self, candidates: Candidates, lines: Iterable[str]) -> None:
        """Index lines.

        Args:
            candidates: the base's claims, which tell what else is recorded.
            lines: each of one sentence or several.
        """
        self._candidates = candidates
        self._texts = sorted(lines)
        self._by_run = grouped(
            (run, number)
            for number, text in enumerate(self._texts)
            for run in set(_runs(normalize(text)))
        )
        self._read: dict[int, list[_Line]] = {}  # by their text, once it is needed

    def change(self, sentence: str, after: str = "") -> str | None:
        """Why a person must look at a sentence that is nearly a line; None where it is not.

        Args:
            sentence: one sentence of a draft, folded.
            after: what follows it: that may be what it leaves out.
        """
        sentence = _CITED.sub("", sentence)
        likely = self._likely(sentence)
        if not likely:
            return None
        theirs = _words(sentence)
        nearest: tuple[int, str, list[_Change]] | None = None
        aligned = SequenceMatcher(None, (), theirs, autojunk=False)
        for line in likely:
            ours = line.words
            aligned.set_seq1(ours)
            shared = sum(block.size for block in aligned.get_matching_blocks())
            lost, added = len(ours) - shared, len(theirs) - shared
            if lost + added > shared:
                continue
            changes = [
                change
                for change in _changes(aligned, line.text, sentence)
                if not self._changes_nothing(change, after)
            ]
            if not changes:
                return None
            lost = sum(len(_essence(change.ours)) for change in changes)
            added = sum(len(_essence(change.theirs)) for change in changes)
            turned = any(map(_turns, changes))
            if is_near(shared, lost, added, len(changes), turned=turned):
                if self._candidates.say_the_same(line.text, sentence):
                    return None
                if nearest is None or lost + added < nearest[0]:
                    nearest = lost + added, line.text, changes
        if nearest is None or self._is_recorded(sentence):
            return None
        return _reason(*nearest[1:])

    def _sharing(self, text: str) -> Iterator[_Line]:
        """The lines that have runs of words in common with a text, and those around them."""
        runs = list(_runs(text))
        hits = Counter(chain.from_iterable(filter(None, map(self._by_run.get, runs))))
        least = 1 if len(runs) < LONG else 2
        for number in [number for number, count in hits.items() if count >= least]:
            if number not in self._read:
                sentences = _sentences([self._texts[number]])
                read = ((each, _words(each)) for each in sentences)
                self._read[number] = [_Line(each, words, frozenset(words)) for each, words in read]
            yield from self._read[number]

    def _likely(self, sentence: str) -> list[_Line]:
        """The few lines that share most words with a sentence; none, if it is a line."""
        if not (sharing := list(self._sharing(sentence))):
            return []
        theirs = _words(sentence)
        if any(line.words == theirs for line in sharing):
            return []
        bag, likely = frozenset(theirs), []
        for line in sharing:
            length = len(line.words)
            if length >= LEAST and length <= 2 * len(theirs) <= 4 * length:
                share = len(bag & line.bag) / (len(bag) + len(line.bag))
                if share >= LIKELY:
                    likely.append((-share, line.text, line))
        return [line for *_, line in sorted(likely, key=itemgetter(0, 1))[:TRIED]]

    def _is_recorded(self, sentence: str) -> bool:
        """Whether a sentence is what the base says beside its lines, or passages it has judged."""
        said = sentence.rstrip(" .!")
        if said in self._recorded:
            texts = (text for text in self._recorded.splitlines() if said in text)
            if _words(sentence) in map(_words, _sentences(texts)):
                return True
        rest = sentence
        for occurrence in self._candidates.registered(sentence):
            for span in quote_spans(occurrence.quote):
                rest = rest.replace(span, " ")
        return not _essence(rest)

    @cached_property
    def _recorded(self) -> str:
        """What the base says beside its lines, and the passages that it has judged: a line each."""
        base = self._candidates.base
        texts = chain(
            (claim.statement for claim in base.claims.values()),
            (claim.truth.line for claim in base.claims.values() if claim.truth),
            (text for topic in base.topics.values() for _, text in topic.texts),
            (occurrence.quote for occurrence in base.occurrences.values()),
        )
        return "\n".join(map(normalize, texts))

    def _changes_nothing(self, change: _Change, after: str) -> bool:
        """Whether a change leaves a line as it says.

        It is of small words alone, or of how a word is written; it puts "it" for a name; what it
        adds is a line, too; or what it leaves out comes after it.
        """
        ours, theirs = _essence(change.ours), _essence(change.theirs)
        if "".join(ours) == "".join(theirs):
            return True
        if not ours:
            added = _untied(change.theirs)
            return any(line.words == added for line in self._sharing(change.theirs))
        if theirs:
            return False
        if change.theirs:
            names = self._candidates.reader.ordered_words(change.ours)
            return len(names) == 1 and names[0].startswith("#")
        return change.ends and _essence(normalize(after))[: len(ours)] == ours


def is_near(shared: int, lost: int, added: int, places: int, *, turned: bool = False) -> bool:
    """Whether a sentence is nearly a line.

    It may leave out words of the line, or add some, as many as they have in common. To put others
    for them is more: of a short line it may change one word, of a long one a part or a few words.

    Args:
        shared: the words that both have, in one order.
        lost: the words that only the line has.
        added: the words that only the sentence has.
        places: where those stand.
        turned: whether they count something, turn what is said, or limit it.
    """
    if places > PLACES or shared < LEAST - 1:
        return False
    if shared < LEAST:
        return lost + added <= 1
    one_sided = not lost or not added
    if shared < LONG and not one_sided:
        return lost == added == 1 and (turned or shared >= MIDDLE)
    return lost + added <= (shared if one_sided or places == 1 else SCATTERED * shared)


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    """The sentences of texts, folded."""
    return (normalize(text[start:end]) for text in texts for start, end in spans(text))


@lru_cache(maxsize=10_000)
def _parts(token: str) -> tuple[tuple[str, str], ...]:
    """The words of a token as it stands in a text, each with its root: "isn't" is two words."""
    word = token.lower().replace("-", "")
    apart = word == "cannot" or "'" in word
    return tuple(
        (each, _root(each)) for each in (small_letters(word).split() if apart else (word,))
    )


def _root(word: str) -> str:
    """What a word is compared by: "three" is 3."""
    if word in VALUES and word not in _IDLE:
        return str(VALUES[word])
    return "percent" if word == "%" else stem(word)


_UNITS = frozenset(_root(form.lower()) for unit in UNITS.values() for form in unit.forms)


def _turns(change: _Change) -> bool:
    """Whether words of a change count something, turn what is said, or limit it."""
    text = small_letters(f"{change.ours} {change.theirs}")
    counts = any(word[0].isdigit() or word in _UNITS for word in _words(text))
    return counts or pattern("matching", "turns").search(text) is not None


def _words(text: str) -> Words:
    return tuple(root for token in _WORD.findall(text) for _, root in _parts(token))


def _essence(text: str) -> Words:
    """The words of a text but for those without which it says the same."""
    read = chain.from_iterable(map(_parts, _WORD.findall(text)))
    return tuple(root for word, root in read if word not in _IDLE)


def _untied(text: str) -> Words:
    """The words of a text after those that tie it to what is before it."""
    return tuple(dropwhile(_ADDED.__contains__, _words(text)))


def _runs(text: str) -> Iterator[Words]:
    """Each three words in a row, as they are written."""
    words = _WORD.findall(text.lower())
    return zip(words, words[1:], words[2:], strict=False)


def _changes(aligned: SequenceMatcher[str], line: str, sentence: str) -> Iterator[_Change]:
    """What differs between a line and a sentence, as each has it."""
    ours, theirs = map(_spans_of_words, (line, sentence))
    for start, end, since, until in _places(aligned, line, ours):
        yield _Change(
            _shown(line, ours[start:end]), _shown(sentence, theirs[since:until]), end == len(ours)
        )


def _spans_of_words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text) for _ in _parts(match[0])]


def _places(
    aligned: SequenceMatcher[str], line: str, ours: list[tuple[int, int]]
) -> list[tuple[int, int, int, int]]:
    """Where a line and a sentence differ, by the numbers of their words.

    Two places are one where only common words stand between them, and each has words of both:
    "the worst of your life", "two weeks of rest".
    """
    places: list[tuple[int, int, int, int]] = []
    for kind, *place in aligned.get_opcodes():
        if kind == "equal":
            continue
        if kind == "replace" and places:
            start, end, since, until = places[-1]
            between = _shown(line, ours[end : place[0]]).lower().split()
            both = end > start and until > since
            if both and len(between) <= BETWEEN and STOP.issuperset(between):
                place[0], place[2] = start, since
                places.pop()
        places.append((place[0], place[1], place[2], place[3]))
    return places


def _shown(text: str, words: list[tuple[int, int]]) -> str:
    return text[words[0][0] : words[-1][1]] if words else ""


def _reason(line: str, changes: list[_Change]) -> str:
    """What differs from a line, in words."""
    added = [f'"{each.theirs}"' for each in changes if not each.ours]
    left = [f'"{each.ours}"' for each in changes if not each.theirs]
    put = [f'"{each.theirs}" for "{each.ours}"' for each in changes if each.ours and each.theirs]
    told = {"adds": added, "leaves out": left, "has": put}
    differences = listed(f"{verb} {listed(each)}" for verb, each in told.items() if each)
    changed = "change" if len(changes) == 1 else "changes"
    return (
        f'It is nearly "{line.removesuffix(".")}", but {differences}: a person must check the'
        f" {changed}."
    )
