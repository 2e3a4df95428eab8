"""A figure that no recorded finding of its source gives."""

import re
from collections.abc import Iterator

from claimbook.evidence.figures import same_figure
from claimbook.evidence.index import Index
from claimbook.records import (
    Amount,
    Finding,
    Occurrence,
    Remark,
    Share,
)
from claimbook.rules.remarks import listed

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|dozen)\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the figure is in no finding that it may come from."""
    claim = index.base.claim_of(occurrence)
    says = occurrence.says
    if (
        not isinstance(says, Share | Amount)
        or not says.figure
        or not _NUMBER.search(occurrence.quote)
    ):
        return
    if keys := occurrence.cited:
        searched: list[Finding] = [
            finding for key in keys for finding in index.base.sources[key].findings
        ]
        where = f"the cited source{'s' * (len(set(keys)) > 1)} {listed(keys)}"
    else:
        searched = [index.base.findings[link.finding] for link in claim.evidence]
        where = "the evidence linked to this claim"
    if not any(same_figure(says, finding.says) for finding in searched):
        yield Remark(
            occurrence.at,
            f"no finding recorded from {where} gives {says.text}",
            sources=tuple(keys),
        )
