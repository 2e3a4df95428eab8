"""What is known of a harm: a ladder of its own, because a warning needs no proof like a benefit."""

from enum import StrEnum

from claimbook.evidence.appraisal import Evidence, body, rating
from claimbook.evidence.certainty import Rating
from claimbook.evidence.directness import Difference
from claimbook.evidence.index import Index, memoized
from claimbook.evidence.support import NOBODY
from claimbook.records import Amount, Claim, Direction, Effect, Kind, Share, Value


class HarmStatus(StrEnum):
    """How a harm is known, surest first; as the site and the exports write it."""

    KNOWN_AND_COUNTED = "known risk, counted"
    KNOWN = "known risk"  # a label, a notice or a guideline names it
    COUNTED = "counted"  # a study in people says in how many, or how much
    REPORTED = "reported cases"  # a study of people tells of it, without a number
    SUSPECTED = "suspected"  # from mechanism, animals or second-hand reports only


@memoized
def harm_status(claim: Claim, index: Index) -> HarmStatus | None:
    """How the harm is known that a claim warns of.

    A claim that reassures ("very low", "well tolerated") is of kind safety and has none: it is
    rated like a benefit. Only evidence that can speak on the claim counts, and that tells of the
    harm; what nobody here read in the source itself makes it suspected at most.

    Returns:
        The surest status; None for a claim of another kind, and where no evidence tells of it.
    Source:
        The ladder is this project's. That harms need other evidence than benefits: GRADE and OCEBM
        2011 (the row for common harms) rate how sure a size is, not whether a warning is due.
    """
    if claim.kind is not Kind.HARM:
        return None
    telling = [each for each in body(claim, index) if _of_harm(each) and _tells(each.finding.says)]
    first_hand = [each for each in telling if not each.second_hand]
    known = any(each.authority for each in first_hand)
    studies = [each for each in first_hand if each.of_people]
    counted = any(isinstance(each.finding.says, Share | Amount) for each in studies)
    if known:
        return HarmStatus.KNOWN_AND_COUNTED if counted else HarmStatus.KNOWN
    if counted:
        return HarmStatus.COUNTED
    if any(each.finding.says != Effect(Direction.MIXED) for each in studies):
        return HarmStatus.REPORTED
    return HarmStatus.SUSPECTED if telling else None


def shown_rating(claim: Claim, index: Index) -> Rating | None:
    """The rating of a claim as readers are told it; none of a harm that has a status."""
    return None if harm_status(claim, index) else rating(claim, index)


def _of_harm(evidence: Evidence) -> bool:
    """Whether it is of the very harm, or of a narrower one."""
    directness = evidence.directness
    of_its_kind = ("outcome", Difference.NARROWER) in directness.differences
    narrower = of_its_kind and not directness.unrelated and not evidence.retracted
    return evidence.usable or narrower


def _tells(value: Value) -> bool:
    """Whether a value tells of a harm: that there is one, in whom, how much or which."""
    match value:
        case Effect():
            return value.direction in (Direction.INCREASES, Direction.MIXED)
        case Share():
            return value.interval != NOBODY
    return not value.denies
