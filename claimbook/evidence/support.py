"""What a finding makes of a passage: it supports it, is less than it, or contradicts it."""

from enum import StrEnum

from claimbook.records import (
    Comparison,
    ConceptSet,
    Direction,
    Effect,
    Interval,
    Regimen,
    Relation,
    Share,
    Value,
    Vocabulary,
    YesNo,
)


class Support(StrEnum):
    """What a deciding finding makes of a passage."""

    SUPPORTS = "for"
    WEAKER = "less"  # the finding is less than the passage makes of it
    CONTRADICTS = "against"


# How much harm an effect on a harm tells of.
_GRAVE = dict.fromkeys(Direction, 0) | {
    Direction.INCREASES: 2,
    Direction.MIXED: 1,
    Direction.UNCLEAR: 1,
}

NOBODY = Interval(0, 0.5, high_open=True)  # how 0% is read


def support(
    comparison: Comparison, says: Value, other: Value, outcome: str | None, vocabulary: Vocabulary
) -> Support | None:
    """What a comparison makes of a passage, by the direction in which the outcome is better.

    A passage may say less than was found, never more: more benefit, sooner, longer, less harm
    ("causes none" where too little was found to tell). Where an outcome has no better direction (a
    definition, a dose, a session's length), any difference goes against the passage. Another
    regimen says nothing of the passage's.

    Args:
        says: what the passage says.
        other: what the finding says.
    """
    harm, good = vocabulary.harm(outcome), vocabulary.good(outcome)
    more = comparison.relation is Relation.EXCEEDS
    match says, other:
        case _ if comparison.relation is Relation.NOT_COMPARABLE:
            return None
        case _ if comparison.relation is Relation.AGREES:
            return Support.SUPPORTS
        case Regimen(), _ if comparison.relation is Relation.CONFLICTS:
            return None
        case Effect(), Effect() if harm and _GRAVE[says.direction] >= _GRAVE[other.direction]:
            return Support.SUPPORTS
        case _ if comparison.relation is Relation.CONFLICTS:
            return Support.CONTRADICTS
        case Share(), _ if harm and says.interval == NOBODY:
            return Support.CONTRADICTS  # of a harm that people were counted to have
        case Effect(), Effect():
            denies = says.direction is Direction.NONE and good == "more"
            weaker = harm or (more and not denies)
        case ConceptSet(mode="includes"), ConceptSet(mode="includes"):
            return Support.SUPPORTS  # what it lists; `Appraisal.unmet` has the rest
        case ((ConceptSet() | YesNo()), _):
            weaker = more
        case _ if good == "neither" and not harm:
            return Support.CONTRADICTS
        case _:
            weaker = more == (good == "more")
    return Support.WEAKER if weaker else Support.SUPPORTS


def denies_harm(value: Value) -> bool:
    """Whether a value says of a harm that it does not come."""
    nobody = isinstance(value, Share) and value.interval == NOBODY
    return nobody or value == Effect(Direction.NONE)
