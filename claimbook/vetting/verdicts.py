"""The verdict of a sentence of a draft: that of its claims, where they are all that it says."""

import re

from claimbook.language.quantities import quantities_of
from claimbook.records import Amount, Base, Regimen, Share, Verdict
from claimbook.rules.check import Report
from claimbook.vetting.occurrences import PLACEHOLDERS, UNCOVERED, SentenceRecords

_DIGIT = re.compile(r"\d")
_CHECK_WORTHY = re.compile(
    r"\d|%|\b(?:study|studies|trial|research|evidence|proven|effective|safe|relief|approved|cure"
    r"|risk|side effects?)\b",
    re.IGNORECASE,
)


def verdict_of(records: SentenceRecords, report: Report, at_risk: bool) -> Verdict | None:
    """The gravest verdict of what a sentence claims.

    Not checked, where no recorded claim covers a check-worthy sentence; and where it would be
    better than that although it touches a safety topic, or names a treatment and is covered only by
    claims about an illness.
    """
    occurrences = records.occurrences
    verdict = report.joint_verdict(occurrences) if records.on_subject else Verdict.NOT_CHECKED
    uncovered = all(occurrence.claim in PLACEHOLDERS for occurrence in occurrences)
    if uncovered and verdict in (Verdict.SUPPORTED, Verdict.NOT_CHECKED):
        worthy = records.concepts or _CHECK_WORTHY.search(records.sentence.words)
        verdict = Verdict.NOT_CHECKED if worthy else None
    if verdict is Verdict.SUPPORTED and _read_in_part(records, report.base):
        return Verdict.NOT_CHECKED
    if at_risk and verdict in (None, Verdict.SUPPORTED, Verdict.NOT_CHECKABLE):
        return Verdict.NOT_CHECKED
    if verdict is Verdict.SUPPORTED and records.concepts.get("intervention"):
        claims = [report.base.claims[one.claim] for one in occurrences]
        if not any(claim.about.intervention for claim in claims):
            return Verdict.NOT_CHECKED
    return verdict


def is_counted(records: SentenceRecords, report: Report) -> bool:
    """Whether a sentence says how many, as its evidence does, and no more."""
    return (
        any(isinstance(each.says, Share) for each in records.occurrences)
        and _DIGIT.search(records.sentence.words) is not None
        and report.joint_verdict(records.occurrences) is Verdict.SUPPORTED
        and not _read_in_part(records, report.base)
    )


def _read_in_part(records: SentenceRecords, draft: Base) -> bool:
    """Whether a sentence says more than was read.

    That is a figure, a part that no claim covers, or people of whom no claim made of it is.
    """
    occurrences = records.occurrences
    figures = any(isinstance(each.says, Share | Amount | Regimen) for each in occurrences)
    unread = any(
        each.claim == UNCOVERED.id and _CHECK_WORTHY.search(each.quote) for each in occurrences
    )
    scopes = (draft.claims[each.claim].about for each in occurrences)
    wanted = [scope.population for scope in scopes if scope.population]
    people = records.concepts.get("population", ())
    return (
        unread
        or (not figures and any(quantities_of(draft.vocabulary)(records.sentence.words)))
        or any(draft.vocabulary.apart(wanted, [name]) for name in people)
    )
