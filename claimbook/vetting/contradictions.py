"""Two sentences of a draft that cannot both be so.

No person read what a draft claims, so only such comparisons are made as were right on drafts that
nobody here wrote (`docs/method/vetting.md`). Two sentences are held against each other where they
are not about two treatments, groups of people or times, and

* the claims that they make are in conflict by what is recorded of them; or
* one says that something never or hardly comes, and the other that it does, or that it mostly does;
* one says that something is proven, and the other that nobody knows whether it is so; or
* their figures are of one unit and do not meet, and they have words in common.

Neighbours are one thought and are not compared: "We begin at 25 mg. Some need 100 mg."
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations, product
from textwrap import shorten

from claimbook.evidence.directness import Difference, relation
from claimbook.evidence.disagreements import DisagreementKind, within_page
from claimbook.evidence.index import Index
from claimbook.language.clauses import PROMISE
from claimbook.language.concepts import STOP, Reading, stem
from claimbook.language.discourse import asks, clauses, distant, ends, titles, voice
from claimbook.language.phrases import pattern, phrases, words
from claimbook.language.stance import Stance, denies, stance
from claimbook.language.strength import wording
from claimbook.records import (
    UNCHECKABLE,
    Amount,
    Flag,
    Interval,
    Severity,
    Share,
    YesNo,
)
from claimbook.rules.check import all_rules
from claimbook.vetting.candidates import Concepts
from claimbook.vetting.matching import Matcher
from claimbook.vetting.occurrences import DRAFT, Sentence, SentenceRecords

RULE = "page-disagrees-with-itself"
APART = 3  # sentences from one to the other, at the least
IN_COMMON = 2  # words of two sentences whose figures are of one thing
# To how many people of a hundred something comes, where no figure is given.
NEVER, FEW, SOME, MOST = Interval(0, 0), Interval(0, 15), Interval(1, 100), Interval(50, 100, True)
GAP = 20  # between two such numbers that cannot both be so
ALL = 99  # "everyone" may be whom we ask about it
TOO_FAR = 30  # times as much: a figure of another thing
TOO_MANY = 60  # sentences of a draft that have a word in common
QUOTED = 120  # letters of a sentence in a message

_FACETS = ("intervention", "population")
_UNSURE = (Stance.DOUBTS, Stance.OPEN, Stance.ATTRIBUTES, Stance.CONDITIONAL, Stance.NONE)
_UNPROVEN = (Stance.DENIES, Stance.DOUBTS, Stance.OPEN, Stance.ATTRIBUTES)
_NAMES = {NEVER: "none", FEW: "few", SOME: "some", MOST: "most"}
_words = partial(pattern, "contradictions")
_ASKING = words("stop-words", "asking")
_NUMBERS = ("ones", "teens", "tens", "up-to", ">", ">=", "<", "<=", "about")
_COUNTING = {
    word
    for section in _NUMBERS
    for line in phrases("numbers")[section]
    for word in line.partition(" = ")[0].split()
}
_WEAK = STOP | _ASKING | frozenset(map(stem, STOP | _ASKING | _COUNTING))
_PRICE = re.compile(r"(up to )?[$£€]\s?(\d[\d,]*\d|\d)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[^\w\n]*\n")
_NAME = re.compile(r"\W*([A-Z]\w+) ([A-Z]\w+)")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What a paragraph has told so far, for each of its sentences.

    Attributes:
        about: the treatments and people that it named.
        past: whether it tells of a time that is past.
        names: the two names that open it ("Riverbend North is …"), if it opens with two.
    """

    about: Concepts
    past: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Saying:
    """What one sentence says.

    Attributes:
        place: which sentence of the draft it is.
        plain: whether it is a whole sentence, and says something without a condition.
        words: what tells it from others, but for treatments, people and figures.
        turns: which of several times it tells of: the first, the next.
        grades: how grave what it tells is ("lasting"), or after how much ("a large dose").
        extents: to how many people of a hundred outcomes come, by outcome.
        proven, unknown: whether it says that something is known for sure, or whether it is so not.
    """

    place: int
    sentence: Sentence
    paragraph: _Paragraph
    plain: bool
    words: frozenset[str]
    turns: frozenset[str]
    grades: frozenset[str]
    figures: tuple[Share | Amount, ...]
    extents: Mapping[str, Interval]
    proven: bool
    unknown: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Two sayings, and why they cannot both be so; `grave`: who follows one may come to harm."""

    pair: tuple[_Saying, _Saying]
    why: str
    claims: tuple[str, ...] = ()
    grave: bool = False


class Contradictions:
    """Finds them in the drafts of one base. Keeps nothing of a draft."""

    def __init__(self, matcher: Matcher) -> None:
        self._reader, self._figures = matcher.reader, matcher.extractor.figures
        self._vocabulary = vocabulary = matcher.base.vocabulary
        concepts, claims = vocabulary.concepts.values(), matcher.base.claims.values()
        self._scopes = frozenset(f"#{each.id}" for each in concepts if each.facet != "outcome")
        uncheckable = {claim.about.outcome for claim in claims if claim.kind in UNCHECKABLE}
        self._outcomes = {each.id for each in concepts if each.facet == "outcome"} - uncheckable
        self._harms = frozenset(filter(vocabulary.harm, self._outcomes))
        passages = matcher.base.occurrences.values()
        self._promised = {
            matcher.base.scope_of(each).outcome for each in passages if isinstance(each.says, YesNo)
        }
        forms = " ".join(form for unit in vocabulary.units.values() for form in unit.forms)
        self._weak = _WEAK | frozenset(map(stem, re.findall(r"[a-z]+", forms.lower())))

    def flags(self, records: Sequence[SentenceRecords], index: Index) -> Iterator[Flag]:
        """A flag for each contradiction; a sentence is in one of them.

        Args:
            records: what the sentences of a draft were read to say, in order.
            index: a base whose one page is the draft.
        """
        flagged: set[int] = set()
        for found in self._found(records, index):
            places = {saying.place for saying in found.pair}
            if flagged.isdisjoint(places):
                flagged |= places
                yield _flag(found)

    def _found(self, records: Sequence[SentenceRecords], index: Index) -> Iterator[_Found]:
        sayings = list(self._sayings(records))
        yield from self._of_claims(records, sayings, index)
        for one, other in self._meeting(sayings):
            if self._comparable(one, other):
                if why := self._extents_apart(one, other):
                    yield _Found((one, other), why, grave=True)
                elif why := _certainty_apart(one, other) or _figures_apart(one, other):
                    yield _Found((one, other), why)

    def _meeting(self, sayings: Sequence[_Saying]) -> Iterator[tuple[_Saying, _Saying]]:
        """Each two sayings that have a word of their figures, an outcome or their doubts in common.

        What too many share tells nothing of them, so that the work grows with the draft.
        """
        groups: dict[str, list[int]] = {}
        for number, saying in enumerate(sayings):
            above = (self._vocabulary.above[name] for name in saying.extents)
            keys = {*saying.extents, *chain.from_iterable(above)}
            keys |= saying.words if saying.figures and saying.plain else set()
            keys |= {""} if saying.proven or saying.unknown else set()
            for key in keys:
                groups.setdefault(key, []).append(number)
        few = (group for group in groups.values() if len(group) <= TOO_MANY)
        pairs = {pair for group in few for pair in combinations(group, 2)}
        for first, second in sorted(pairs):
            yield sayings[first], sayings[second]

    def _comparable(self, one: _Saying, other: _Saying) -> bool:
        """Whether two sayings stand apart, and are not of two treatments, people, times, places."""
        here, there = one.paragraph, other.paragraph
        return (
            abs(one.place - other.place) >= APART
            and here.past == there.past
            and one.grades == other.grades
            and not (here.names != there.names and here.names & there.names)
            and not any(
                here.about.get(facet)
                and there.about.get(facet)
                and all(
                    name != another
                    and relation(name, another, self._vocabulary) is Difference.OTHER
                    for name, another in product(here.about[facet], there.about[facet])
                )
                for facet in _FACETS
            )
        )

    def _of_claims(
        self, records: Sequence[SentenceRecords], sayings: Sequence[_Saying], index: Index
    ) -> Iterator[_Found]:
        """Conflicts by what is recorded of the claims that sentences make."""
        by_occurrence = {
            occurrence.id: saying
            for saying in sayings
            for occurrence in records[saying.place].occurrences
        }
        for each in within_page(DRAFT, index):
            checkable = UNCHECKABLE.isdisjoint(claim.kind for claim in each.claims)
            if each.kind is DisagreementKind.CONFLICT and checkable:
                why, claims = "; ".join(each.reasons), tuple(claim.id for claim in each.claims)
                for side, opposite in combinations(each.sides, 2):
                    for passage, another in product(side, opposite):
                        one, other = (by_occurrence.get(o.id) for o in (passage, another))
                        if one and other and self._comparable(one, other):
                            yield _Found((one, other), why, claims, each.grave)

    def _extents_apart(self, one: _Saying, other: _Saying) -> str:
        """Why an outcome cannot come to as many as both say; a kind of it comes no more often."""
        above = self._vocabulary.above
        for few, many in ((one, other), (other, one)):
            for (name, low), (another, high) in product(few.extents.items(), many.extents.items()):
                same = name == another or name in above.get(another, ())
                if same and low.before(high) and (high.low - low.high >= GAP or low == NEVER):
                    label = self._vocabulary.label(name).lower()
                    return f"{label}: {_told(low)} against {_told(high)}"
        return ""

    def _sayings(self, records: Sequence[SentenceRecords]) -> Iterator[_Saying]:
        """What the sentences say that neither ask nor repeat what others say."""
        paragraph, after = _Paragraph({}), "\n"
        for place, each in enumerate(records):
            sentence = each.sentence
            if _PARAGRAPH.match(after):
                names = _NAME.match(sentence.words)
                paragraph = _Paragraph({}, names=frozenset(names.groups() if names else ()))
            after = sentence.after
            named = {facet: each.concepts[facet] for facet in _FACETS if facet in each.concepts}
            past = paragraph.past or _words("past").search(sentence.words) is not None
            paragraph = replace(paragraph, about={**paragraph.about, **named}, past=past)
            if each.on_subject and not (asks(sentence.whole) or distant(sentence.whole)):
                yield self._saying(place, sentence, paragraph)

    def _saying(self, place: int, sentence: Sentence, paragraph: _Paragraph) -> _Saying:
        text, said = sentence.whole, stance(sentence.whole)
        proven = _words("proven").search(text)
        return _Saying(
            place,
            sentence,
            paragraph,
            ends(sentence.words) and said not in (Stance.OPEN, Stance.CONDITIONAL),
            self._telling(self._reader.read(text).bag),
            frozenset(match[0].lower() for match in _words("turns").finditer(text)),
            frozenset(match[0].lower() for match in _words("grades").finditer(text)),
            tuple(self._figures_of(text)),
            dict(self._extents(sentence)),
            proven is not None and stance(text, proven.span()) not in _UNPROVEN,
            said is Stance.DOUBTS and _words("whether").search(text) is not None,
        )

    def _telling(self, bag: frozenset[str]) -> frozenset[str]:
        return frozenset(
            word
            for word in bag.difference(self._scopes)
            if not word[0].isdigit()
            and self._weak.isdisjoint((word.lstrip("@"), stem(word.lstrip("@"))))
        )

    def _figures_of(self, text: str) -> Iterator[Share | Amount]:
        """The figures of a sentence, prices too; "up to" is all that is not more."""
        for figure in self._figures(text):
            if figure.figure:
                low = 0 if figure.text.startswith("up to") else figure.interval.low
                yield replace(figure, interval=replace(figure.interval, low=low))
        for price in _PRICE.finditer(text):
            number = float(price[2].replace(",", ""))
            yield Amount(Interval(0 if price[1] else number, number), "price", price[0])

    def _extents(self, sentence: Sentence) -> Iterator[tuple[str, Interval]]:
        """To how many outcomes come, by what a sentence says of all; not by somebody's story."""
        if titles(sentence.words, outcome=False) or voice(sentence.words):
            return
        first, *others = clauses(sentence.whole)
        before = sentence.before
        if titles(before, outcome=False) and not asks(before) and _words("pronouns").search(first):
            first = f"{before} {first}"  # "The knee. Long walks can hurt it."
        for reading in map(self._reader.read, (first, *others)):
            for name in reading.concepts.get("outcome", ()):
                sure = stance(reading.text, reading.place(name)) not in _UNSURE
                if sure and name in self._outcomes and (extent := self._extent(reading, name)):
                    yield name, extent

    def _extent(self, reading: Reading, name: str) -> Interval | None:
        text = reading.text
        rare, common = (
            any(
                not denies(text, match.span(), subject=False)
                for match in _words(how).finditer(text)
            )
            for how in ("rare", "common")
        )
        if reading.denies(name) or stance(text, reading.place(name)) is Stance.DENIES:
            if rare or common or _words("not all").search(text):
                return FEW if rare and not common else None
            return NEVER if name in self._harms | self._promised else None
        shares = [each.interval for each in self._figures(text) if isinstance(each, Share)]
        if shares := [share for share in shares if share.low < ALL]:
            return shares[0] if len(shares) == 1 else None
        if rare != common:
            return FEW if rare else MOST
        promise = name in self._promised and wording(text).step >= PROMISE
        return SOME if promise or name in self._harms else None


def _certainty_apart(one: _Saying, other: _Saying) -> str:
    if (one.proven and other.unknown) or (other.proven and one.unknown):
        return "proven, against not known"
    return ""


def _figures_apart(one: _Saying, other: _Saying) -> str:
    """Why their figures cannot both be so; those of a first and of a later time can."""
    turns = one.turns and other.turns and one.turns != other.turns
    if turns or not (one.plain and other.plain) or len(one.words & other.words) < IN_COMMON:
        return ""
    for figure, another in product(one.figures, other.figures):
        if figure.dimension == another.dimension and _apart(figure.interval, another.interval):
            return f"{figure.told} against {another.told}"
    return ""


def _apart(one: Interval, other: Interval) -> bool:
    """Whether two figures do not meet, and are near enough to be of one thing: hours, not years."""
    low, high = sorted((one, other), key=lambda interval: interval.low)
    return low.before(high) and high.low < TOO_FAR * low.high


def _told(extent: Interval) -> str:
    return _NAMES.get(extent) or f"{extent.low:.3g} to {extent.high:.3g}%"


def _flag(found: _Found) -> Flag:
    rule = all_rules()[RULE]
    pair = sorted(found.pair, key=lambda saying: saying.place)
    first, second = (shorten(each.sentence.words, QUOTED, placeholder=" …") for each in pair)
    why = f" ({found.why.removesuffix('.')})" if found.why else ""
    return Flag(
        rule=RULE,
        category=rule.category,
        severity=Severity.ERROR if found.grave else rule.severity,
        message=f'the draft says "{first}" and "{second}"{why}',
        at=pair[0].sentence.at,
        subject=DRAFT,
        claims=found.claims,
        pages=(DRAFT,),
        id=f"{RULE}:{pair[0].place}:{pair[1].place}",
    )
