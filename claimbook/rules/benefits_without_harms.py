"""A page that tells benefits and no harm at all.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: cold-severity}
occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
```
## Passes
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths scald.
    kind: harm
    about: {intervention: footbath, outcome: scalds}
    occurrences: [{page: clinic-a, quote: They can scald., says: {effect: increases}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import BENEFITS, Category, Kind, Page, Remark, Severity

SUBJECT = Page
CATEGORY = Category.MISSING_RISK
SEVERITY = Severity.ERROR
AUTHORITY = "Cochrane plain-language summaries report adverse effects; 21 CFR 202.1 asks manufacturers for fair balance."


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object where there is a passage of benefit and none of harm."""
    kinds = {index.base.claim_of(occurrence).kind for occurrence in index.base.by_page[page.id]}
    if kinds & BENEFITS and Kind.HARM not in kinds:
        yield Remark(page.at, "tells benefits and not one harm")
