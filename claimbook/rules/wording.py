"""Passages worded more strongly than the evidence behind them allows."""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, limits_benefit, reports_rightly
from claimbook.evidence.certainty import CEILINGS, UNCONTROLLED, Certainty
from claimbook.evidence.index import Index
from claimbook.language.clauses import FACT
from claimbook.language.concepts import reader_of
from claimbook.language.likeness import Manner, likeness
from claimbook.language.negation import asserted_matches
from claimbook.language.phrases import pattern
from claimbook.language.sentences import statements
from claimbook.language.stance import reassures
from claimbook.language.strength import wording
from claimbook.language.warning_words import takes_back
from claimbook.records import (
    UNRESOLVED,
    Amount,
    Direction,
    Effect,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Share,
    Value,
)
from claimbook.records.display import listed
from claimbook.rules.phrase_rules import asserted

_INSTEAD = {
    Certainty.NONE: 'write "is being studied"',
    Certainty.VERY_LOW: 'write "may"',
    Certainty.LOW: 'write "may"',
    Certainty.MODERATE: 'write "probably"',
    Certainty.HIGH: "promise nothing",
}


def causal_wording(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to a plain word of cause where every deciding finding is without a control group."""
    appraisal = appraise(occurrence, index)
    if (
        (occurrence.says and occurrence.says.denies)
        or not appraisal.deciding
        or any(each.source.design not in UNCONTROLLED for each in appraisal.deciding)
    ):
        return
    causes, said = pattern(phrases, "causes"), pattern(phrases, "said")
    words = (
        match[0]
        for statement in statements(occurrence.quote)
        for match in asserted_matches(causes, statement)
        if wording(statement).step >= FACT and not said.search(match.string, 0, match.start())
    )
    if word := next(words, None):
        yield Remark(
            f'"{word}" says that the treatment did it, but {listed(appraisal.sources)} had no '
            "comparison group, and people may have got better anyway",
            "say what people had afterwards, and that there was no comparison group",
            sources=appraisal.sources,
        )


def _of_harm(kind: Kind, says: Value | None) -> str:
    """What to do instead of saying too surely how it stands with harm."""
    if isinstance(says, Amount):
        return "say how long it lasted, and in whom"
    denied = kind is Kind.HARM and says is not None and says.promises_nothing
    return "do not rule it out" if denied else "give the number of people harmed"


def overstated_wording(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the words stand above the ceiling."""
    kind, appraisal = index.base.claim_of(occurrence).kind, appraise(occurrence, index)
    outcome, vocabulary = index.base.scope_of(occurrence).outcome, index.base.vocabulary
    if (
        not appraisal.rating
        or not appraisal.deciding
        or not _claims(kind, occurrence.says, vocabulary.good(outcome))
        or limits_benefit(occurrence.says, outcome, vocabulary)
    ):
        return
    certainty, of_harm = appraisal.rating.certainty, kind in (Kind.HARM, Kind.SAFETY)
    worded = wording(occurrence.quote, denying=of_harm)
    over = worded.step - CEILINGS[certainty]
    if over <= 0 or reports_rightly(occurrence, index):
        return
    evidence = f"for evidence of {certainty.label} certainty"
    evidence = evidence if certainty else "where no study that we can rate shows it"
    lasting = isinstance(occurrence.says, Amount)
    instead = _of_harm(kind, occurrence.says) if of_harm else _INSTEAD[certainty]
    named = _words_of_outcome(occurrence, index) if of_harm and lasting else ()
    words = worded.words or named
    yield Remark(
        f"{_phrase(words, occurrence.quote)} is too strong {evidence}: {instead}",
        sources=appraisal.sources,
        severity=Severity.WARNING if over == 1 else Severity.ERROR,
    )


def _words_of_outcome(occurrence: Occurrence, index: Index) -> tuple[str, ...]:
    """The words by which a passage names the outcome of its claim: "temporary" of how long."""
    reading = reader_of(index.base.vocabulary).read(occurrence.quote)
    signs = reading.signs_of(index.base.scope_of(occurrence).outcome)
    words: list[tuple[int, int]] = []
    for start, end in sorted({span for sign in signs[:1] for span in sign.spans}):
        joins = bool(words) and start - words[-1][1] <= 1  # as one word beside the next
        words[-1:] = [(words[-1][0], end)] if joins else [*words[-1:], (start, end)]
    return tuple(reading.text[start:end] for start, end in words)


def _phrase(words: tuple[str, ...], quote: str) -> str:
    """The words in quotation marks, with what stands between them where that is short."""
    if not words:
        return "a plain statement"
    between = r"(?:\W+\w+){0,2}?\W+"
    match = re.search(rf"\b{between.join(map(re.escape, words))}\b", quote, re.IGNORECASE)
    return f'"{match[0] if match else " … ".join(words)}"'


def _claims(kind: Kind, says: Value | None, good: str) -> bool:
    """Whether the passage claims something good; warnings and denials of benefit do not.

    A share counts people: where less of an outcome is better, those who fared badly.
    """
    denies = says is not None and says.promises_nothing
    if kind is Kind.HARM:
        return denies or says == Effect(Direction.REDUCES)
    endless = isinstance(says, Amount) and says.interval.threshold
    if kind is Kind.SAFETY and (endless or says == Effect(Direction.INCREASES)):
        return False  # a harm without an upper end reassures nobody
    if kind is not Kind.SAFETY and isinstance(says, Share) and good == "less":
        return False
    worse = {"less": Effect(Direction.INCREASES), "more": Effect(Direction.REDUCES)}
    return not denies and (kind is Kind.SAFETY or says is None or says != worse.get(good))


def testimonial_as_evidence(
    occurrence: Occurrence, index: Index, *, phrases: str
) -> Iterator[Remark]:
    """Object to an experience that stands without what is typical."""
    if not pattern(phrases).search(occurrence.quote):
        yield Remark("an experience without the usual result beside it")


def vague_authority(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to an authority that nobody could look up."""
    quote = occurrence.quote
    if occurrence.cited or (occurrence.says and occurrence.says.doubts):
        return
    words = asserted(quote, phrases)
    if not words or pattern(phrases, "named").search(quote):
        return
    if not any(word in index.by_author for word in re.findall(r"\w+", quote)):
        hedged = wording(quote).step <= CEILINGS[Certainty.LOW]
        yield Remark(
            f'"{words}" names no study or person that a reader could look up',
            "name the study and link to it",
            severity=Severity.NOTE
            if hedged or _of_illness(quote, index) or _warns(quote, index)
            else None,
        )


def _of_illness(quote: str, index: Index) -> bool:
    """Whether a passage tells of people and their illness only, and of no treatment."""
    named = reader_of(index.base.vocabulary).read(quote).concepts
    treats = "intervention" in named or not index.benefits.isdisjoint(named.get("outcome", ()))
    works = pattern("matching", "effective").search(quote) is not None
    return "population" in named and not (treats or works)


def _warns(quote: str, index: Index) -> bool:
    """Whether a passage tells of nothing but harm, and makes none of it small."""
    vocabulary = index.base.vocabulary
    reading = reader_of(vocabulary).read(quote)
    outcomes = reading.concepts.get("outcome", ())
    told = bool(outcomes) and all(map(vocabulary.harm, outcomes))
    warned = told and pattern("matching", "warns").search(quote) is not None
    small = reassures(quote) or takes_back(quote, [(at, at) for at in reading.starts(*outcomes)])
    return warned and not any(map(reading.denies, outcomes)) and not small


def bare_comparison(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to words that set a treatment above others, where nothing that compared is named."""
    quote, says = occurrence.quote, occurrence.says
    judged = index.base.claim_of(occurrence).kind is Kind.COMPARISON and (
        appraise(occurrence, index).deciding
    )
    if judged or occurrence.cited or (says and says.promises_nothing):
        return
    words = asserted(quote, phrases)
    if words and not pattern(phrases, "named").search(quote):
        hedged = wording(quote).step <= CEILINGS[Certainty.LOW]
        yield Remark(
            f'"{words}" compares, and no study that compared is named',
            "name the study, or leave the comparison out",
            severity=Severity.NOTE if hedged else None,
        )


def promised_benefit(text: str, index: Index, *, in_itself: bool = False) -> str | None:
    """The word by which a text says as a fact that something works, or that people got better.

    Args:
        text: names a treatment, an illness or an outcome; else a lift may work, too.
        index: the base whose words tell that.
        in_itself: whether a word for the good itself will do, of which one may only speak.
    """
    if wording(text).step <= CEILINGS[Certainty.LOW]:
        return None
    if pattern("vague-authority", "named").search(text):
        return None  # a reader can look that study up
    if not reader_of(index.base.vocabulary).read(text).concepts:
        return None
    names = ("effective", "improved", "good", *(("good itself",) if in_itself else ()))
    lists = (pattern("matching", name) for name in names)
    left_open = pattern("matching", "benefit left open")
    words = (
        match[0]
        for each in lists
        for match in asserted_matches(each, text)
        if not left_open.search(match.string, 0, match.start())
    )
    return next(words, None)


def unrecorded_benefit(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a benefit stated as sure, in the manner of those that promise too much.

    Of the good itself it has to speak in a manner that hardly sound copy has.
    """
    quote, manner = occurrence.quote, likeness(Manner.OVERCLAIM)
    if not manner.is_high(quote):
        return
    if word := promised_benefit(quote, index, in_itself=manner.is_far_above(quote)):
        yield Remark(
            f'"{word}" promises a benefit that no claim recorded here covers',
            "say what a study found, and in how many people, or leave it out",
        )


def dangling_citation(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to an unresolved citation."""
    if UNRESOLVED in occurrence.cites:
        keys = occurrence.cited
        source = f"; from its description it may be {listed(keys)}" if keys else ""
        yield Remark(f"the citation leads nowhere{source}", sources=keys)
