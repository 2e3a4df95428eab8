"""A finding in our records that bears on a claim, and that the claim neither uses nor sets aside."""

from collections.abc import Iterator

from claimbook.evidence.directness import directness
from claimbook.evidence.index import Index
from claimbook.records import Claim, Remark


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each finding on the claim's outcome and scope that the claim does not mention."""
    if claim.about.outcome is None:
        return
    mentioned = {link.finding for link in claim.evidence} | {
        link.finding for link in claim.set_aside
    }
    used = [
        directness(claim.about, index.base.findings[link.finding].about, index.base.vocabulary)
        for link in claim.evidence
    ]
    least = max((one.rank for one in used if not one.unrelated), default=9)
    for finding in index.by_outcome.get(claim.about.outcome, ()):
        far = directness(claim.about, finding.about, index.base.vocabulary)
        if finding.key not in mentioned and not far.unrelated and far.rank <= least:
            yield Remark(
                claim.at, f"neither used nor set aside: {finding.key}", sources=(finding.source,)
            )
