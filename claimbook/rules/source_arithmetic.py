"""A source whose printed share does not follow from its printed count."""

import math
from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Finding, Remark, Share


def check(finding: Finding, index: Index) -> Iterator[Remark]:
    """Object where count over total, rounded as printed, is not the share."""
    says = finding.says
    if not isinstance(says, Share) or says.count is None or says.total is None:
        return
    share = 100 * says.count / says.total
    if _rounds(share, says):
        return
    printed = f"{finding.source} prints {says.text} for {says.count} of {says.total}"
    yield Remark(finding.at, f"{printed}, which is {share:.1f}%{_fits(says, finding, index)}")


def _rounds(share: float, says: Share) -> bool:
    """Whether a share may be printed so; what lies halfway may be rounded either way."""
    return (
        share in says.interval
        or math.isclose(share, says.interval.low)
        or math.isclose(share, says.interval.high)
    )


def _fits(says: Share, finding: Finding, index: Index) -> str:
    """Another total of the same source that the printed share does fit: the count of those who responded at first, say."""
    for other in index.base.sources[finding.source].findings:
        if other is not finding and isinstance(other.says, Share):
            for total in (other.says.count, other.says.total):
                if (
                    total
                    and total != says.total
                    and says.count
                    and _rounds(100 * says.count / total, says)
                ):
                    return f"; {says.text} is {says.count} of {total}, the number in {other.id}"
    return ""
