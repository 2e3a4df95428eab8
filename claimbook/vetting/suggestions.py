"""The wording that the evidence on a claim allows: what a writer may say instead.

Nothing is composed: an offer is a sentence that somebody wrote for this claim and that rests on
findings, or the writer's own with softer words. Often there is none, which is better than a wrong
one.

Source: Santesso et al. 2020, GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014: "may" for
low and very low certainty.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from claimbook.evidence.appraisal import Appraisal, appraise
from claimbook.evidence.certainty import CEILINGS
from claimbook.evidence.figures import printed_figure
from claimbook.evidence.index import Index
from claimbook.evidence.support import Support
from claimbook.language.concepts import reader_of
from claimbook.language.phrases import pattern
from claimbook.language.quantities import quantities_of
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    Category,
    Claim,
    ConceptSet,
    Flag,
    Kind,
    Occurrence,
    Vocabulary,
)
from claimbook.rules.check import Report
from claimbook.vetting.results import objects

# Rules: on a benefit that no claim need cover, and on what is beside the claims of a passage.
_ON_BENEFIT = {"unrecorded-benefit", "promised-cure"}
_BESIDE = {"mechanism-as-benefit", "unrecorded-benefit"}
MAY = 2  # the step of "may" on the wording ladder
_FIRM = re.compile(rf"\s*(?:{pattern('softening', 'firm').pattern})", re.IGNORECASE)
_PROMISE = re.compile(
    rf"(?:{pattern('softening', 'promises').pattern})(?:{_FIRM.pattern})* (?=[a-z])", re.IGNORECASE
)
_VERB = pattern("softening", "verbs")
_WHOSE = ("population", "intervention")
# Praise and promises, of which a rule names the words: a sentence is one without them.
_OF_WORDS = (Category.HYPE, Category.GUARANTEE)
_QUOTED = re.compile(r'^"([^"]+)"')
_HARMS = [pattern("safety", f"side effects: {part}") for part in ("harm", "bar")]


def offers(claim: Claim, index: Index, occurrence: Occurrence) -> Iterator[str]:
    """Sentences that may stand in the place of a passage: those written for it first."""
    appraisal = appraise(occurrence, index)
    about = index.base.scope_of(occurrence).intervention
    treatments = {concept.id for concept in index.base.vocabulary.inherited(about)}
    yield from (say.text for say in claim.say if say.suits(treatments))
    if _may_be_softened(claim, occurrence.quote, appraisal, index.base.vocabulary):
        reading = reader_of(index.base.vocabulary).read(occurrence.quote)
        named = chain.from_iterable(reading.concepts.get(facet, ()) for facet in _WHOSE)
        spans = chain.from_iterable(sign.spans for sign in reading.signs_of(*named))
        if softer := softened(occurrence.quote, {reading.text[slice(*span)] for span in spans}):
            yield softer
    for disclosure in index.base.disclosures.values():
        if claim.id in disclosure.told_by and disclosure.by_denying:
            yield f"{disclosure.label}."
    if claim.kind not in BENEFITS:  # a benefit is told with its setting, its comparison and a harm
        yield from _findings_in_words(occurrence, appraisal)


def softened(sentence: str, names: Collection[str] = ()) -> str | None:
    """A sentence with "may" where it stated, promised or proved; None where that takes more.

    "Our footbath will effectively shorten your cold" becomes "Our footbath may shorten your cold".

    Args:
        names: words of the sentence that name something: a "stops" in a name is no verb.
    """
    changed = _PROMISE.sub("may ", sentence, count=1)
    if changed == sentence:
        changed = _FIRM.sub("", sentence)
        nouns = [
            match.span()
            for name in names
            for match in re.finditer(re.escape(name), changed, re.IGNORECASE)
        ]
        verbs = (
            match
            for match in _VERB.finditer(changed)
            if not any(start < match.end() <= end for start, end in nouns)
        )
        verb = next(verbs, None)
        if not verb:
            return None
        changed = f"{changed[: verb.start()]}may {verb[0][:-1].lower()}{changed[verb.end() :]}"
    changed = _FIRM.sub("", changed).strip()
    if not changed or not wording(changed).step <= MAY < wording(sentence).step:
        return None
    return changed[0].upper() + changed[1:]


def _may_be_softened(
    claim: Claim, sentence: str, appraisal: Appraisal, vocabulary: Vocabulary
) -> bool:
    """Whether "may" is all that a sentence lacks.

    It must claim a benefit or a mechanism that the deciding findings report, and name of whom and
    with what. "May" mends no figure, and a harm that is made to look small would still look small.
    """
    graded = claim.kind in BENEFITS or claim.kind is Kind.MECHANISM
    supported = appraisal.support == {Support.SUPPORTS} and not appraisal.unmet
    if not (graded and supported and appraisal.rating):
        return False
    named = reader_of(vocabulary).read(sentence).concepts
    return (
        CEILINGS[appraisal.rating.certainty] >= MAY
        and not re.search(r"\d", sentence)
        and not any(quantities_of(vocabulary)(sentence))
        and all(named.get(facet) for facet, _ in claim.about.facets() if facet in _WHOSE)
        and not any(
            vocabulary.harm(name) for name in (claim.about.outcome, *named.get("outcome", ()))
        )
        and not any(harm.search(sentence) for harm in _HARMS)
    )


def _findings_in_words(occurrence: Occurrence, appraisal: Appraisal) -> Iterator[str]:
    """What deciding findings found, where a passage gives a figure, or another set or fact.

    A figure, too, that agrees is better told as it was counted.
    """
    says = occurrence.says
    figure = printed_figure(says)
    for appraised in appraisal.deciding:
        evidence, against = appraised.evidence, appraised.support is not Support.SUPPORTS
        differs = figure or (against and (isinstance(says, ConceptSet) or evidence.authority))
        if differs and evidence.finding.plain and not evidence.second_hand:
            yield evidence.finding.plain


def at_fault(
    flags: Iterable[Flag], passages: Mapping[str, Occurrence], sentence: str
) -> tuple[str, ...]:
    """The words of a sentence to which flags object; empty where it is most of them.

    And where they make a harm small: without them the harm would not be told at all.

    Args:
        passages: what its clauses are recorded as, by id.
        sentence: its folded words.
    """
    words: dict[str, None] = {}
    for flag in flags:
        named = _QUOTED.match(flag.message) if flag.category in _OF_WORDS else None
        said = named[1] if named else passages[flag.subject].quote.strip(" .!")
        if said not in sentence or flag.category is Category.MISSING_RISK:
            return ()
        words[said] = None
    return tuple(words) if 2 * len("".join(words)) <= len(sentence) else ()


def only_beside(passage: Occurrence, report: Report) -> bool:
    """Whether all that rules object to is beside what the claims of a passage are on.

    That it leaps from a mechanism to a benefit, say. What is known of the claims says nothing of
    that.
    """
    flags = report.by_occurrence.get(passage.id, ())
    rules = {flag.rule for flag in flags if flag.subject == passage.id and objects(flag)}
    return bool(rules) and rules <= _BESIDE


def states_benefit(passages: Iterable[Occurrence], report: Report) -> bool:
    """Whether a rule objects to a benefit, or a cure, that no claim on one covers."""
    flags = (flag for each in passages for flag in report.by_occurrence.get(each.id, ()))
    return any(flag.rule in _ON_BENEFIT for flag in flags)
