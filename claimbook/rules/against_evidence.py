"""Passages that the evidence on them contradicts, falls short of or does not address."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import (
    Appraisal,
    appraise,
    of_source,
    only_warns,
    reports_rightly,
    source_ids,
)
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.evidence.support import Support
from claimbook.language.safety import calls_safe
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    DANGERS,
    DESCRIPTIONS,
    GRADED,
    UNRESOLVED,
    Amount,
    Claim,
    ConceptSet,
    Kind,
    Occurrence,
    Regimen,
    Remark,
    Severity,
    SourceKind,
    Verdict,
)
from claimbook.records.display import count, listed
from claimbook.rules.remarks import agreeing, contrast, findings_in_words, labels

_MILDEST = CEILINGS[Certainty.VERY_LOW]  # "may": the step of words that claim least
_OTHERS = {  # by facet
    "outcome": "another outcome",
    "population": "other people",
    "intervention": "another treatment",
    "comparator": "another comparison",
    "setting": "another setting",
}


def approval_misstated(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where all deciding authorities contradict the passage."""
    authorities = [each for each in appraise(occurrence, index).deciding if each.evidence.authority]
    if authorities and all(each.support is Support.CONTRADICTS for each in authorities):
        keys = source_ids(authorities)
        says = f"{agreeing(keys, 'says', 'say')} otherwise about approval"
        why = contrast(authorities, occurrence, index)
        yield Remark(f"{says} ({why})", sources=keys)


def definition_misstated(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the deciding authorities define it otherwise.

    A guideline defines a word for its own use; that others use it differently is worth knowing.
    A limit that leaves out or takes in only the number itself is inexact, not another definition.
    """
    appraisal = appraise(occurrence, index)
    if appraisal.contradicts:
        first, says = appraisal.deciding[0], occurrence.says
        others = [each.evidence.finding.says for each in appraisal.deciding]
        nearly = isinstance(says, Amount) and all(
            isinstance(other, Amount) and says.interval.same_limit(other.interval)
            for other in others
        )
        own_use = all(each.source.kind is SourceKind.GUIDELINE for each in appraisal.deciding)
        why = contrast([first], occurrence, index)
        yield Remark(
            f"{first.source.id} defines it differently ({why})",
            sources=appraisal.sources,
            severity=Severity.NOTE if own_use else Severity.WARNING if nearly else None,
            verdict=Verdict.NOT_CHECKED if own_use else Verdict.OVERSTATED if nearly else None,
        )


def contradicted_by_evidence(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding contradicts the passage, and surely enough.

    What is only called "safe" is made small, which `risk-minimised` objects to; it is not denied.
    """
    appraisal, outcome = appraise(occurrence, index), index.base.scope_of(occurrence).outcome
    safety = index.base.claim_of(occurrence).kind is Kind.SAFETY
    if safety and calls_safe(occurrence.quote):
        return
    if appraisal.refutes and not index.base.vocabulary.norm(outcome):
        first, *others = appraisal.deciding
        more = f"; and {count(len(others), 'more finding')}" if others else ""
        why = contrast([first], occurrence, index)
        yield Remark(f"the best evidence says otherwise ({why}{more})", sources=appraisal.sources)


def contradicted_by_own_source(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a cited source whose findings on this outcome all say otherwise, or less.

    Where the page's own reference leads nowhere, the source is our guess: the page may have meant
    another one, so that it only does not show what the page says.
    """
    outcome = index.base.scope_of(occurrence).outcome
    for key in occurrence.cited:
        compared = [
            each
            for each in of_source(key, occurrence, index)
            if each.support and each.evidence.finding.about.outcome == outcome
        ]
        if compared and all(each.support is not Support.SUPPORTS for each in compared):
            guessed = UNRESOLVED in occurrence.cites
            which = f"study that it seems to describe, {key}," if guessed else f"cited source {key}"
            why = contrast(compared[:1], occurrence, index)
            yield Remark(
                f"the {which} reports otherwise ({why})",
                sources=(key,),
                severity=Severity.WARNING if guessed else None,
                verdict=Verdict.UNSUPPORTED if guessed else None,
            )


def exceeds_evidence(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where some deciding finding is less than the passage says, or the findings split.

    Findings that all tell only that too little was found show nothing (`not-shown`). What offers
    less care than an authority asks for is against guidance. "May" is half the truth of findings
    that split: that they do is not told.
    """
    outcome, vocabulary = index.base.scope_of(occurrence).outcome, index.base.vocabulary
    if vocabulary.norm(outcome):
        return
    appraisal = appraise(occurrence, index)
    short = [each for each in appraisal.deciding if each.support is not Support.SUPPORTS]
    settled = appraisal.contradicts or appraisal.undecided
    if short and not settled and not reports_rightly(occurrence, index):
        divided = len(short) < len(appraisal.deciding)
        found = "otherwise" if vocabulary.harm(outcome) else "less"  # more harm may have been found
        how = "the best evidence is divided" if divided else f"the evidence found {found}"
        why = contrast(short, occurrence, index)
        hedged = divided and _hedges(occurrence, outcome, index)
        yield Remark(
            f"{how} ({why})",
            sources=source_ids(short),
            severity=Severity.WARNING if hedged else None,
        )


def against_guidance(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where an authority rules out what the passage says or offers, or asks for more.

    Where it was read second-hand only, the passage is not judged by it.
    """
    if not index.base.vocabulary.norm(index.base.scope_of(occurrence).outcome):
        return
    objecting = [
        each
        for each in appraise(occurrence, index).all
        if each.evidence.authority
        and each.support in (Support.CONTRADICTS, Support.WEAKER)
        and (each.decides or each.evidence.second_hand)
    ]
    read = [each for each in objecting if not each.evidence.second_hand] or objecting
    if not read:
        return
    against = [each for each in read if each.support is Support.CONTRADICTS]
    says, keys = occurrence.says, source_ids(against or read)
    if against:
        what = f"{labels(sorted(says.concepts), index)}: " if isinstance(says, ConceptSet) else ""
        message = f"{what}{agreeing(keys, 'advises', 'advise')} against this"
    else:
        message = f"{agreeing(keys, 'asks', 'ask')} for more ({contrast(read, occurrence, index)})"
    unread = any(each.evidence.second_hand for each in read)
    yield Remark(
        f"{message} (read only second-hand)" if unread else message,
        sources=keys,
        severity=Severity.WARNING if unread else None,
        verdict=Verdict.SUPPORTED if unread else None,
    )


def list_beyond_evidence(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to the members that no source lists, where a deciding source lists others.

    A list that only warns is not checked rather than unsupported: to name a harm too many, or
    people too many for whom the treatment is not, comforts nobody. So is a list of what an
    illness is or of what others do: without a source nothing can be said of its other members.
    What a page is asked to tell is to be kept, though it was read second-hand.
    """
    appraisal, claim = appraise(occurrence, index), index.base.claim_of(occurrence)
    if not appraisal.unmet or Support.SUPPORTS not in appraisal.support:
        return
    nowhere = [name for name, heard in appraisal.unmet.items() if not heard]
    unread = [labels([name], index) for name, heard in appraisal.unmet.items() if heard]
    graded, parts = claim.kind in GRADED, []
    searched = bool(claim.searched) or not graded
    if nowhere:
        outcome = labels([index.base.scope_of(occurrence).outcome], index)
        why = f"none of the sources on “{outcome}” lists"
        why = why if searched else "this base has not searched for evidence on"
        parts.append(f"{why} {labels(nowhere, index)}")
    if unread:
        second_hand = f"{agreeing(unread, 'is', 'are')} listed only in what was read second-hand"
        asked = {disclosure.concept for disclosure in index.base.disclosures.values()}
        keep = asked.issuperset(name for name, heard in appraisal.unmet.items() if heard)
        them = "it" if len(unread) == 1 else "them"
        keeping = f"; keep {them}, since pages should tell {them}" if keep else ""
        parts.append(second_hand + keeping)
    checked = bool(nowhere) and searched and claim.kind not in DESCRIPTIONS
    checked = checked and not only_warns(occurrence, index)
    severity = Severity.ERROR if graded else Severity.WARNING
    heard = (key for keys in appraisal.unmet.values() for key in keys)
    yield Remark(
        "; ".join(parts),
        sources=tuple(dict.fromkeys((*appraisal.sources, *heard))),
        severity=severity if checked else Severity.NOTE,
        verdict=None if checked else Verdict.NOT_CHECKED,
    )


def not_shown(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where what decides does not show the passage, and is too weak to refute it.

    Every deciding finding contradicts it, or tells that too little was found.
    """
    appraisal, outcome = appraise(occurrence, index), index.base.scope_of(occurrence).outcome
    if index.base.vocabulary.norm(outcome):
        return
    if appraisal.undecided:
        told, weak, hedged = appraisal.deciding, "", _hedges(occurrence, outcome, index)
    elif appraisal.contradicts and not appraisal.refutes:
        told, weak, hedged = appraisal.deciding[:1], f", and is {_too_weak(appraisal)}", False
    else:
        return
    shows = f"{agreeing(source_ids(told), 'does', 'do')} not show this"
    yield Remark(
        f"{shows} ({contrast(told, occurrence, index)}){weak}",
        sources=appraisal.sources,
        severity=Severity.WARNING if hedged else None,
    )


def _too_weak(appraisal: Appraisal) -> str:
    """Why findings that contradict a passage do not refute it."""
    rated = appraisal.rating
    authority = any(finding.evidence.authority for finding in appraisal.deciding)
    if rated and rated.certainty < Certainty.LOW and not authority:
        return f"of {rated.certainty.label} certainty" if rated.certainty else "not from people"
    return "about only some of those whom the passage is about"


def _hedges(occurrence: Occurrence, outcome: str | None, index: Index) -> bool:
    """Whether a passage says of anything but a harm no more than that it may be so."""
    harm = index.base.vocabulary.harm(outcome)
    return wording(occurrence.quote).step <= _MILDEST and not harm


def _beside_the_point(appraisal: Appraisal) -> str:
    """Why none of the evidence linked to a claim bears on a passage: each reason that holds."""
    linked = [each.evidence for each in appraisal.all]
    others = frozenset().union(*(each.directness.others for each in linked))
    if not all(each.on_outcome for each in linked):
        others |= {"outcome"}
    reasons = []
    if about := [words for facet, words in _OTHERS.items() if facet in others]:
        reasons.append(f"is about {listed(about, 'or')}")
    if any(each.evidence.usable and each.support is None for each in appraisal.all):
        reasons.append("gives nothing to compare this with")
    if any(each.retracted for each in linked):
        reasons.append("was retracted")
    return f"the linked evidence {listed(reasons, 'or')}"


def unsupported_claim(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where nothing decides on the passage, unless it tells the clinic's own practice.

    What an illness is, and what is done by others, is only known where somebody looked or counted:
    without that it is not checked, and the search that found none is told.
    """
    claim, appraisal = index.base.claim_of(occurrence), appraise(occurrence, index)
    doubts = occurrence.says is not None and occurrence.says.doubts
    if (
        appraisal.deciding
        or claim.tells_timetable(occurrence)
        or (
            claim.kind not in DANGERS
            and (doubts or wording(occurrence.quote).step <= CEILINGS[Certainty.NONE])
        )
    ):
        return
    message, sources, checked = _lacking(claim, occurrence, appraisal, index)
    checked = checked and claim.kind not in DESCRIPTIONS
    checked = checked and not only_warns(occurrence, index)  # a warning too many comforts nobody
    mild = claim.kind in BENEFITS and wording(occurrence.quote).step <= _MILDEST
    severity = Severity.ERROR if claim.kind in GRADED and not mild else Severity.WARNING
    yield Remark(
        message,
        sources=sources,
        severity=severity if checked else Severity.NOTE,
        verdict=None if checked else Verdict.NOT_CHECKED,
    )


def _lacking(
    claim: Claim, occurrence: Occurrence, appraisal: Appraisal, index: Index
) -> tuple[str, tuple[str, ...], bool]:
    """What is lacking on a passage: the message, its sources, and whether anybody looked.

    What was read second-hand only excuses a passage where it says so too.
    """
    searched = claim.searched if claim.kind in GRADED | {Kind.UTILISATION} else None
    heard = [each for each in appraisal.all if each.support]
    denied = all(each.support is not Support.SUPPORTS for each in heard)
    if heard and not (searched and denied):
        message = "the only evidence on this was read second-hand, so the passage was not checked"
        return message, source_ids(heard), False
    if heard and searched:
        why = f"read only second-hand: {findings_in_words(heard, index)}"
        return f"nothing found by {searched.on} shows this ({why})", source_ids(heard), True
    if claim.kind in GRADED and not searched:
        message = "this base has not searched for evidence on this"
        return message, source_ids(appraisal.all), False
    if active := source_ids(each for each in appraisal.all if each.evidence.against_active):
        what = "it with another treatment, which does not show what it does itself"
        return f"{agreeing(active, 'compares', 'compare')} {what}", active, True
    compared = [each for each in appraisal.all if each.comparison]
    if compared and isinstance(occurrence.says, Regimen):
        why = contrast(compared, occurrence, index)
        message = f"none of the sources on this gives this regimen ({why})"
        return message, source_ids(appraisal.all), True
    if appraisal.all:
        return _beside_the_point(appraisal), source_ids(appraisal.all), True
    aside = tuple(
        dict.fromkeys(index.base.findings[each.finding].source for each in claim.set_aside)
    )
    if aside:
        found = f"nothing found by {searched.on} shows" if searched else "nothing linked addresses"
        return f"{found} this; set aside: {listed(aside)}", aside, bool(searched)
    if not searched:
        return "no source recorded here addresses this", (), False
    return f"no study or authority found by {searched.on} reports this", (), True
