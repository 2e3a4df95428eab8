"""A page that offers a treatment and leaves out what patients should be told.

Which disclosures count, on whose authority and with what force, is data (`claims/disclosures.yaml`). A page tells one when it has a
passage on one of the claims named there that does not deny it.

## Flagged
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths cure colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths cure colds., says: {is: yes}}]
disclosures:
  no-cure: {label: It is not a cure, kind: disclosure, authority: [trial], force: label, told-by: [claim-2], by-denying: true}
```
## Passes
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths cure colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths do not cure colds., says: {is: no}}]
disclosures:
  no-cure: {label: It is not a cure, kind: disclosure, authority: [trial], force: label, told-by: [claim-2], by-denying: true}
```
"""

from collections.abc import Iterator

from claimbook.evidence.disclosures import left_out
from claimbook.evidence.index import Index
from claimbook.records import Category, Page, Remark, Severity

SUBJECT = Page
CATEGORY = Category.OMISSION
SEVERITY = Severity.NOTE
AUTHORITY = "The authority and its force are recorded with each disclosure; a label binds the product, not the page."


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once, with everything that is left out."""
    return left_out(page, "disclosure", "what patients should be told", index)
