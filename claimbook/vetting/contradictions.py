"""Two sentences of a draft of which one says, on one claim, what the other denies or rules out.

No person read what a draft claims, so of all that a page is held against itself for only this is
left: it was right on drafts that nobody here wrote (`docs/method/vetting.md`). Figures are not
compared: which of several they are of (the first dose or the highest, a part of a visit or all) is
not read well enough; nor are effects, since a sentence may only name them.

The two stand apart, since neighbours are one thought ("Here we allow it. At home we do not."), and
are not on two treatments, groups of people, times or cases.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from textwrap import shorten

from claimbook.evidence.disagreements import Disagreement, DisagreementKind, within_page
from claimbook.evidence.index import Index
from claimbook.language.discourse import ends
from claimbook.language.phrases import pattern
from claimbook.records import UNCHECKABLE, ConceptSet, Flag, Severity, Vocabulary, YesNo
from claimbook.rules.check import all_rules
from claimbook.vetting.candidates import Concepts
from claimbook.vetting.occurrences import SentenceRecords
from claimbook.vetting.sentences import DRAFT, Sentence

RULE = "page-disagrees-with-itself"
APART = 3  # sentences from one to the other, at the least
LIMITS = pattern("contradictions")
QUOTED = 120  # letters of a sentence in a message

_FACETS = frozenset({"intervention", "population"})
_PARAGRAPH = re.compile(r"[^\w\n]*\n")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands in a draft.

    Attributes:
        number: which sentence it is.
        about: the treatments and people that its paragraph has named so far.
        limited: whether its paragraph has told of a past time or of one case ("If you live alone").
    """

    number: int
    about: Concepts
    limited: bool


def contradictions(records: Sequence[SentenceRecords], index: Index) -> Iterator[Flag]:
    """A flag for each claim on which a draft says in one sentence what it denies in another.

    Args:
        records: what the sentences of a draft were read to say, in order.
        index: a base whose one page is the draft.
    """
    places = {
        occurrence.id: place
        for place in _places(records)
        for occurrence in records[place.number].occurrences
        if isinstance(occurrence.says, YesNo | ConceptSet)
    }
    for each in within_page(DRAFT, index):
        claim, *others = each.claims
        if each.kind is DisagreementKind.CONFLICT and not others and claim.kind not in UNCHECKABLE:
            sides = [
                [places[passage.id] for passage in side if passage.id in places]
                for side in each.sides
            ]
            pairs = chain.from_iterable(product(*pair) for pair in combinations(sides, 2))
            apart = (pair for pair in pairs if _comparable(*pair, index.base.vocabulary))
            if pair := next(apart, None):
                numbers = sorted(place.number for place in pair)
                yield _flag(each, [records[number].sentence for number in numbers])


def _places(records: Sequence[SentenceRecords]) -> Iterator[_Place]:
    """The places of the sentences, but for headings and items of lists."""
    about: Concepts = {}
    limited, after = False, ""
    for number, each in enumerate(records):
        text = each.sentence.words
        if _PARAGRAPH.match(after):
            about, limited = {}, False
        after = each.sentence.after
        about = {**about, **{name: each.concepts[name] for name in _FACETS & each.concepts.keys()}}
        limited = limited or LIMITS.search(text) is not None
        if ends(text):
            yield _Place(number, about, limited)


def _comparable(one: _Place, other: _Place, vocabulary: Vocabulary) -> bool:
    return (
        abs(one.number - other.number) >= APART
        and not (one.limited or other.limited)
        and not any(
            vocabulary.apart(one.about[facet], other.about[facet])
            for facet in one.about.keys() & other.about.keys()
        )
    )


def _flag(disagreement: Disagreement, sentences: Sequence[Sentence]) -> Flag:
    rule = all_rules()[RULE]
    first, second = (shorten(each.words, QUOTED, placeholder=" …") for each in sentences)
    return Flag(
        rule=RULE,
        category=rule.category,
        severity=Severity.ERROR if disagreement.grave else rule.severity,
        message=f'the draft says "{first}" and "{second}"',
        at=sentences[0].at,
        subject=DRAFT,
        claims=tuple(claim.id for claim in disagreement.claims),
        pages=(DRAFT,),
        id=f"{RULE}:{disagreement.id}",
    )
