"""How far a finding speaks about what a claim is about (GRADE's indirectness).

Source: Guyatt et al. 2011, GRADE guidelines 8, doi:10.1016/j.jclinepi.2011.04.014: differences in population, intervention,
comparator and outcome make evidence indirect.
"""

from dataclasses import dataclass
from enum import StrEnum

from claimbook.records import FACETS, Scope, Vocabulary


class Difference(StrEnum):
    """How a finding's facet differs from the claim's."""

    NARROWER = "narrower"  # the finding is about some of those the claim is about
    BROADER = "broader"  # the finding is about more than those
    OVERLAPPING = "overlapping"
    UNSTATED = "unstated"  # the claim names one, the finding does not
    OTHER = "other"  # nothing in common


@dataclass(frozen=True, slots=True)
class Directness:
    """The facets in which a finding differs from a claim; none: it is direct."""

    differences: tuple[tuple[str, Difference], ...] = ()

    @property
    def apart(self) -> bool:
        """Whether some facet has nothing in common: such a finding cannot decide."""
        return any(how is Difference.OTHER for _, how in self.differences)

    @property
    def rank(self) -> int:
        """0 for direct; the more facets differ, the higher."""
        return len(self.differences)

    def __str__(self) -> str:
        return "; ".join(f"{facet} {how}" for facet, how in self.differences) or "direct"


def directness(claim: Scope, finding: Scope, vocabulary: Vocabulary) -> Directness:
    """How the scope of a finding differs from the scope of a claim, facet by facet.

    A facet that the claim leaves open is met by anything. A comparator matters only where both name one.

    Args:
        claim: what the claim is about.
        finding: what the finding is about.
        vocabulary: which concept is broader than which.
    """
    differences = []
    for facet in FACETS:
        wanted, found = getattr(claim, facet), getattr(finding, facet)
        if wanted is None or wanted == found or (facet == "comparator" and found is None):
            continue
        differences.append(
            (facet, relation(wanted, found, vocabulary) if found else Difference.UNSTATED)
        )
    return Directness(tuple(differences))


def relation(wanted: str, found: str, vocabulary: Vocabulary) -> Difference:
    """How the concept *found* stands to the different concept *wanted*."""
    if wanted in vocabulary.above.get(found, ()):
        return Difference.NARROWER
    if found in vocabulary.above.get(wanted, ()):
        return Difference.BROADER
    if vocabulary.below.get(wanted, frozenset()) & vocabulary.below.get(found, frozenset()):
        return Difference.OVERLAPPING
    return Difference.OTHER
