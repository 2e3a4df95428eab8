"""How far a finding speaks about what a claim is about (GRADE's indirectness).

Source: Guyatt et al. 2011, GRADE guidelines 8, doi:10.1016/j.jclinepi.2011.04.014: differences in
population, intervention, comparator and outcome make evidence indirect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claimbook.records import FACETS, Scope, Vocabulary


class Difference(StrEnum):
    """How a finding's facet differs from the claim's."""

    NARROWER = "narrower"  # the finding is about some of those the claim is about
    BROADER = "broader"  # the finding is about more than those
    OVERLAPPING = "overlapping"
    ACTIVE = "active"  # a comparator that is a treatment, of a claim that names none
    UNSTATED = "unstated"  # the claim names one, the finding does not
    OTHER = "other"  # nothing in common


# How far each difference leads away from a claim. What holds of a treatment in one form is direct
# evidence on the treatment; what holds of some people is not direct evidence on all.
_DISTANCE: Mapping[Difference, int] = {
    Difference.NARROWER: 1,
    Difference.OVERLAPPING: 1,
    Difference.ACTIVE: 1,
    Difference.BROADER: 2,
    Difference.UNSTATED: 2,
    Difference.OTHER: 3,
}
_FORMS = frozenset({"intervention", "comparator"})  # narrower in these: still direct


@dataclass(frozen=True, slots=True)
class Directness:
    """The facets in which a finding differs from a claim; none: it is direct."""

    differences: tuple[tuple[str, Difference], ...] = ()

    @property
    def others(self) -> frozenset[str]:
        """The facets that have nothing in common."""
        return frozenset(facet for facet, how in self.differences if how is Difference.OTHER)

    @property
    def unrelated(self) -> bool:
        """Whether some facet has nothing in common: such a finding cannot decide."""
        return bool(self.others)

    @property
    def partial(self) -> bool:
        """Whether the finding is about only some of what the claim is about."""
        return any(how is Difference.NARROWER for _, how in self.differences)

    @property
    def rank(self) -> int:
        """How far the worst facet leads away: 0 for direct, 3 for nothing in common.

        Not how many facets differ: that depends on how finely a record is written.
        """
        near = {(facet, Difference.NARROWER) for facet in _FORMS}
        far = (_DISTANCE[how] for facet, how in self.differences if (facet, how) not in near)
        return max(far, default=0)

    def __str__(self) -> str:
        return "; ".join(f"{facet} {how}" for facet, how in self.differences) or "direct"


def directness(claim: Scope, finding: Scope, vocabulary: Vocabulary) -> Directness:
    """How the scope of a finding differs from the scope of a claim, facet by facet.

    A facet that the claim leaves open is met by anything; but a claim without a comparator means
    against nothing or what is as good as nothing; a treatment is neither. A finding need name none.
    """
    differences = []
    for facet in FACETS:
        wanted, studied = getattr(claim, facet), getattr(finding, facet)
        if facet == "comparator" and not wanted and vocabulary.active(studied):
            differences.append((facet, Difference.ACTIVE))
        elif wanted and wanted != studied and (studied or facet != "comparator"):
            how = relation(wanted, studied, vocabulary) if studied else Difference.UNSTATED
            differences.append((facet, how))
    return Directness(tuple(differences))


def relation(wanted: str, studied: str, vocabulary: Vocabulary) -> Difference:
    """How the concept *studied* relates to the different concept *wanted*."""
    if wanted in vocabulary.above.get(studied, ()):
        return Difference.NARROWER
    if studied in vocabulary.above.get(wanted, ()):
        return Difference.BROADER
    apart = vocabulary.apart([wanted], [studied])
    return Difference.OTHER if apart else Difference.OVERLAPPING
