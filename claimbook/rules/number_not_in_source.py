"""A figure that no recorded finding of its source prints.

Where a page cites a source for a figure, that source's findings are searched, on any outcome; otherwise those linked to the
claim. A rounded figure agrees with the printed one: 49% with 49.1%; a best case ("up to") only with a figure at its top.

## Flagged
```yaml
statement: Most people feel better soon.
kind: onset
about: {intervention: footbath, outcome: time-to-relief}
evidence: [trial/time-to-relief]
findings: {trial/time-to-relief: {says: {amount: 300 min}}}
occurrences: [{page: clinic-a, quote: Relief came in under 90 minutes., says: {amount: "<90 min"}, cites: [trial]}]
```
## Passes
```yaml
statement: People called it effective.
about: {intervention: footbath, outcome: called-effective}
evidence: [trial/called-effective]
findings: {trial/called-effective: {says: {share: 49.1%}}}
occurrences: [{page: clinic-a, quote: 49% called it effective., says: {share: 49%}, cites: [trial]}]
```
"""

import re
from collections.abc import Iterator

from claimbook.evidence.figures import same_figure
from claimbook.evidence.index import Index
from claimbook.records import (
    GRADED,
    Amount,
    Category,
    Finding,
    Occurrence,
    Remark,
    Severity,
    Share,
    Verdict,
)

SUBJECT = Occurrence
CATEGORY = Category.NUMBER_MISMATCH
SEVERITY = Severity.ERROR
VERDICT = Verdict.UNSUPPORTED
AUTHORITY = "A figure is somebody's measurement; without its source it cannot be checked."


_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|dozen)\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the figure is in no finding that it may come from."""
    claim = index.base.claim_of(occurrence)
    says = occurrence.says
    if (
        claim.kind not in GRADED
        or not isinstance(says, Share | Amount)
        or not says.figure
        or not _NUMBER.search(occurrence.quote)
    ):
        return
    if cited := occurrence.cited:
        searched: list[Finding] = [
            finding for key in cited for finding in index.base.sources[key].findings
        ]
        where = f"the cited source {', '.join(cited)}"
    else:
        searched = [index.base.findings[link.finding] for link in claim.evidence]
        where = "the evidence linked to this claim"
    if not any(same_figure(says, finding.says) for finding in searched):
        yield Remark(
            occurrence.at,
            f"no finding recorded from {where} gives {says.text}",
            sources=cited,
        )
