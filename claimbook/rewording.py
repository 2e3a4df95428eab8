"""The wording that the evidence on a claim allows: what a writer may say instead.

Source: Santesso et al. 2020, GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014: a plain statement for high certainty,
"probably" for moderate, "may" for low and very low.
"""

from dataclasses import replace

from claimbook.evidence import Certainty, Stand, rating, weigh
from claimbook.model import GRADED, Base, Claim, Kind, Occurrence


def allowed(claim: Claim, base: Base, occurrence: Occurrence | None = None) -> str | None:
    """A sentence on a claim that its evidence allows; None where there is none to give.

    Built from the claim's own statement and its certainty; no figure is added.

    Args:
        claim: what is claimed.
        base: the evidence.
        occurrence: the words to be replaced, when what they say bears on what may be said.
    """
    if claim.kind not in GRADED or claim.kind is Kind.HARM:
        return None
    rated = rating(claim, base)
    statement = claim.statement[0].lower() + claim.statement[1:].rstrip(".")
    stands = weigh(replace(occurrence, claim=claim.id, id=f"allowed/{occurrence.id}"), base).stands if occurrence else frozenset()
    if stands == {Stand.AGAINST}:
        return f"Studies have not shown that {statement}."
    if Stand.LESS in stands or Stand.AGAINST in stands or rated is None or rated.certainty is Certainty.NONE:
        return f"It is not known whether {statement}."
    if rated.certainty in (Certainty.VERY_LOW, Certainty.LOW):
        return f"It may be that {statement}, but the evidence is uncertain."
    return f"Probably, {statement}." if rated.certainty is Certainty.MODERATE else claim.statement
