"""Where a figure on a page may come from: the findings that print it, the likeliest first, and the counts it may be confused with."""

from dataclasses import dataclass

from claimbook.evidence.index import Index, remembered
from claimbook.records import Amount, Finding, Occurrence, Share, Value


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
    cited = [one.key for key in occurrence.cited for one in index.base.sources[key].findings]
    alike = [one.key for one in index.by_outcome.get(outcome or "", ())]
    near = [index.base.findings[key] for key in dict.fromkeys((*cited, *linked, *alike))]
    ranked = []
    for finding in [one for one in near if same_figure(says, one.says)] or _printing(says, index):
        nearness = 0 if finding.key in cited else 1 if finding.key in linked else 2
        ranked.append((nearness, finding.about.outcome != outcome, finding.key))
    return tuple(
        Origin(index.base.findings[key], _HOW[nearness] + ", another outcome" * other)
        for nearness, other, key in sorted(ranked)[:most]
    )


_HOW = ("the cited source", "linked to this claim", "elsewhere in the base")


@remembered
def _printing(says: Share | Amount, index: Index) -> list[Finding]:
    """Every finding that prints a figure."""
    return [one for one in index.base.findings.values() if same_figure(says, one.says)]


def collisions(occurrence: Occurrence, index: Index) -> tuple[str, ...]:
    """The sources that counted just as many people as the passage's share has percent: 77% and 77 people."""
    says = occurrence.says
    if not isinstance(says, Share) or not says.figure:
        return ()
    low, high = says.interval.low, says.interval.high
    figure = high if says.text.startswith("up to") else (low + high) / 2
    return index.by_size.get(round(figure), ())


_LIMITS = ("<", ">", "at least", "0 to ")  # how a one-sided figure is written
_RANGE = " to "


def same_figure(said: Value | None, found: Value | None) -> bool:
    """Whether a finding prints the figure that is said, so that it may be given for what was found.

    Two figures are the same as far as both are printed: 49% is 49.1%, and not 50%. Nothing may be made of a finding that is
    more than it prints: a best case ("up to") is a figure at its top, a limit is any figure on its side of it, and what a
    finding gives as a best case, a limit or a range is no single figure. Where both count, the counts decide.

    Args:
        said: what a page or a draft says.
        found: what the finding says; a word such as "most" prints no figure.
    """
    if not isinstance(said, Share | Amount) or not isinstance(found, Share | Amount):
        return False
    if _measure(said) != _measure(found) or not said.figure or not found.figure:
        return False
    if (counts := _counts(said)) and (others := _counts(found)):
        return counts == others
    if said.interval == found.interval:
        return True
    if said.text.startswith(_LIMITS):
        thresholds = said.interval.threshold and found.interval.threshold
        return not thresholds and all(number in said.interval for number in _printed(found))
    if found.text.startswith((*_LIMITS, "up to")):
        return False
    if said.text.startswith("up to"):
        return said.interval.high in (_printed(found) if _RANGE in found.text else found.interval)
    return _RANGE not in found.text and said.interval.meets(found.interval)


def _measure(value: Share | Amount) -> str:
    return value.dimension if isinstance(value, Amount) else "share"


def _counts(value: Share | Amount) -> tuple[int | None, int | None] | None:
    return (value.count, value.total) if isinstance(value, Share) and value.total else None


def _printed(value: Share | Amount) -> tuple[float, ...]:
    """Both ends of a range or a limit; the middle of any other figure, which is what was printed."""
    low, high = value.interval.low, value.interval.high
    ranges = _RANGE in value.text or value.text.startswith(_LIMITS)
    return (low, high) if ranges else ((low + high) / 2,)
