"""Where a figure on a page may come from: the findings that print it, the likeliest first, and the counts it may be confused with."""

from dataclasses import dataclass

from claimbook.evidence.index import Index, remembered
from claimbook.records import UNRESOLVED, Amount, Finding, Occurrence, Share, Value


@dataclass(frozen=True, slots=True)
class Origin:
    """A finding that prints the figure, and how near it is to the passage."""

    finding: Finding
    how: str


def origins(occurrence: Occurrence, index: Index, most: int = 5) -> tuple[Origin, ...]:
    """The findings that a passage's figure may come from, ranked.

    First those of a source that the page cites, then those linked to the claim, then any; on the passage's outcome before
    others. Empty for a passage without a figure, and where no recorded finding prints it.
    """
    says = occurrence.says
    if not isinstance(says, Share | Amount) or not says.figure:
        return ()
    outcome = index.base.scope_of(occurrence).outcome
    linked = [link.finding for link in index.base.claim_of(occurrence).evidence]
    cited = [
        finding.key
        for key in occurrence.cites
        if key != UNRESOLVED
        for finding in index.base.sources[key].findings
    ]
    alike = [finding.key for finding in index.by_outcome.get(outcome or "", ())]
    near = [index.base.findings[key] for key in dict.fromkeys((*cited, *linked, *alike))]
    found = []
    for finding in [one for one in near if _same_figure(says, one.says)] or _printing(says, index):
        nearness = 0 if finding.key in cited else 1 if finding.key in linked else 2
        other = finding.about.outcome != outcome
        how = ("the cited source", "linked to this claim", "elsewhere in the base")[nearness]
        found.append(
            (
                nearness,
                other,
                finding.key,
                Origin(finding, how + (", another outcome" if other else "")),
            )
        )
    return tuple(origin for *_, origin in sorted(found, key=lambda one: one[:3])[:most])


@remembered
def _printing(says: Share | Amount, index: Index) -> list[Finding]:
    """Every finding that prints a figure."""
    return [one for one in index.base.findings.values() if _same_figure(says, one.says)]


def collisions(occurrence: Occurrence, index: Index) -> tuple[str, ...]:
    """The sources that counted just as many people as the passage's share has percent: 77% and 77 people."""
    says = occurrence.says
    if not isinstance(says, Share) or not says.figure:
        return ()
    figure = (
        round((says.interval.low + says.interval.high) / 2)
        if not says.text.startswith("up to")
        else round(says.interval.high)
    )
    return index.by_size.get(figure, ())


def _same_figure(said: Share | Amount, found: Value) -> bool:
    """Whether a finding prints this figure, as far as both are printed; a best case (`up to`) by its top."""
    if not isinstance(found, Share | Amount) or not found.figure or type(found) is not type(said):
        return False
    if isinstance(found, Amount) and isinstance(said, Amount) and found.dimension != said.dimension:
        return False
    if said.text.startswith("up to"):
        return said.interval.high in found.interval
    return found.interval.meets(said.interval)
