"""A certainty that a person rated up above what the study designs allow, without saying why."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import rating
from claimbook.evidence.index import Index
from claimbook.records import Claim, Remark


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to the first reason to rate up where the design takes it down again."""
    raised = [judged for judged in claim.certainty.values() if judged.up]
    rated = rating(claim, index)
    if raised and rated and any(step.what == "design" and step.change for step in rated.steps):
        yield Remark(
            raised[0].at,
            "rated up above what the designs allow",
            "give the reason in exceeds-design",
        )
