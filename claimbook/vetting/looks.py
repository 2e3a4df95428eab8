"""Why a person must look at a sentence, in words; beside a flag it says the less.

A flag is sure. What is doubtful beside it is said as a further reading, and not at all where it is
of the claim to which the flag objects: one block says one thing.
"""

from collections.abc import Collection, Iterable

from claimbook.language.safety import Safety
from claimbook.records import Claim, Flag

UNRECORDED = {
    "study": "It tells what a study found, and no study recorded here is named: a person must "
    "check it.",
    "figure": "It says how many people got better, and no record has that figure: a person must "
    "check it.",
    "benefit": "It says that a treatment works for people of whom no claim is recorded here: a "
    "person must check it.",
}
Doubt = tuple[Claim, Flag, str]  # a claim perhaps made, what would be flagged, and why only perhaps


def look(topic: str | None, doubts: Iterable[Doubt]) -> str | None:
    """Why a person must look at a sentence; None where nobody must.

    Args:
        topic: the safety topic that it makes light of.
        doubts: what it perhaps claims.
    """
    if topic:
        return f"Safety topic ({topic}): a person must check this sentence."
    for claim, flag, why in doubts:
        return (
            f'It may be about "{claim.statement}" Read so, it would be flagged ({flag.rule}), but'
            f" {why}: a person must check it."
        )
    return None


def look_beside(
    topic: str | None,
    doubts: Iterable[Doubt],
    flagged: Collection[Claim],
    at_fault: Iterable[str],
    safety: Safety,
) -> str | None:
    """What a person must check beside what is flagged in a sentence.

    Args:
        topic, doubts: as for `look`.
        flagged: the claims of it to which rules object.
        at_fault: the words of it to which rules object.
        safety: the safety topics of the base.
    """
    objected = (*at_fault, *(claim.statement for claim in flagged))
    if topic and not any(topic in safety.touched(text) for text in objected):
        return f"It is on a safety topic, too ({topic}): let a person check that part."
    for claim, _, _ in doubts:
        if claim not in flagged:
            return f'It may also say "{claim.statement}" Let a person check that part.'
    return None
