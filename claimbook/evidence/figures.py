"""Where a figure on a page may come from: the findings that print it, and counts like it."""

from dataclasses import dataclass

from claimbook.evidence.index import Index, memoized
from claimbook.records import Amount, Finding, Occurrence, Share, Value

_HOW = ("the cited source", "linked to this claim", "elsewhere in the base")
_MOST = 5  # findings that are worth a look
_LIMITS = ("<", ">", "at least", "0 to ")  # how a one-sided figure is written
_RANGE = " to "


@dataclass(frozen=True, slots=True)
class Origin:
    """A finding that prints the figure, and how near it is to the passage."""

    finding: Finding
    how: str


def printed_figure(value: Value | None) -> Share | Amount | None:
    """The share or amount that prints a figure; a word such as "most" prints none."""
    return value if isinstance(value, Share | Amount) and value.figure else None


def printed_share(value: Value | None) -> Share | None:
    """The share that prints a figure."""
    return value if isinstance(value, Share) and value.figure else None


def origins(occurrence: Occurrence, index: Index) -> tuple[Origin, ...]:
    """The likeliest findings that a passage's figure may come from, ranked.

    First those of a source that the page cites, then those linked to the claim, then any; on the
    passage's outcome before others. Empty for a passage without a figure, and where no recorded
    finding prints it.
    """
    if not (says := printed_figure(occurrence.says)):
        return ()
    outcome = index.base.scope_of(occurrence).outcome
    cited = index.findings_cited(occurrence)
    linked = index.base.linked(index.base.claim_of(occurrence))
    near = [*cited, *linked, *index.by_outcome.get(outcome, ())]
    near = [finding for finding in near if same_figure(says, finding.says)]

    def rank(finding: Finding) -> tuple[int, bool, str]:
        nearness = 0 if finding in cited else 1 if finding in linked else 2
        return nearness, finding.about.outcome != outcome, finding.key

    ranks = sorted({rank(finding) for finding in near or _printing(says, index)})
    return tuple(
        Origin(index.base.findings[key], _HOW[nearness] + ", another outcome" * other)
        for nearness, other, key in ranks[:_MOST]
    )


@memoized
def _printing(says: Share | Amount, index: Index) -> list[Finding]:
    return [each for each in index.base.findings.values() if same_figure(says, each.says)]


def collisions(occurrence: Occurrence, index: Index) -> tuple[str, ...]:
    """The sources that counted as many people as the share has percent: 77% and 77 people."""
    if not (says := printed_share(occurrence.says)):
        return ()
    best = says.text.startswith("up to")
    return index.by_size.get(round(says.interval.high if best else says.interval.middle), ())


def same_figure(says: Value | None, other: Value | None) -> bool:
    """Whether a finding prints the figure that is said, so that it may be given for what was found.

    Two figures are the same as far as both are printed: 49% is 49.1%, and not 50%. Nothing may be
    made of a finding that is more than it prints: a best case ("up to") is a figure at its top, a
    limit is any figure on its side of it, and what a finding gives as a best case, a limit or a
    range is no single figure. Where both count, the counts decide.

    Args:
        other: what the finding says; a word such as "most" prints no figure.
    """
    figure, printed = printed_figure(says), printed_figure(other)
    if not figure or not printed or figure.dimension != printed.dimension:
        return False
    if (counts := _counts(figure)) and (others := _counts(printed)):
        return counts == others
    if figure.interval == printed.interval:
        return True
    if figure.text.startswith(_LIMITS):
        return all(number in figure.interval for number in _ends(printed))
    if printed.text.startswith((*_LIMITS, "up to")):
        return False
    ranges = _RANGE in printed.text
    if figure.text.startswith("up to"):
        return figure.interval.high in (_ends(printed) if ranges else printed.interval)
    return not ranges and figure.interval.meets(printed.interval)


def _counts(value: Share | Amount) -> tuple[int | None, int | None] | None:
    return (value.count, value.total) if isinstance(value, Share) and value.total else None


def _ends(value: Share | Amount) -> tuple[float, ...]:
    """Both ends of a range or a limit; the middle of any other figure, as it was printed."""
    ranges = _RANGE in value.text or value.text.startswith(_LIMITS)
    return (value.interval.low, value.interval.high) if ranges else (value.interval.middle,)
