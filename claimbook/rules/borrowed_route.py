"""A passage about one form of a treatment that rests on evidence about another form."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.directness import Difference
from claimbook.evidence.index import Index
from claimbook.records import GRADED, Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every finding on the outcome is apart in the treatment, and in nothing else."""
    if index.base.claim_of(occurrence).kind not in GRADED:
        return
    on_outcome = [
        one.evidence for one in appraise(occurrence, index).all if one.evidence.on_outcome
    ]
    apart = [
        tuple(facet for facet, how in one.directness.differences if how is Difference.OTHER)
        for one in on_outcome
    ]
    if on_outcome and all(facets == ("intervention",) for facets in apart):
        found = ", ".join(
            dict.fromkeys(
                index.base.vocabulary.label(one.finding.about.intervention).lower()
                for one in on_outcome
            )
        )
        wanted = index.base.vocabulary.label(index.base.scope_of(occurrence).intervention).lower()
        sources = source_ids(on_outcome)
        yield Remark(
            occurrence.at, f"speaks of {wanted}; the evidence is on {found}", sources=sources
        )
