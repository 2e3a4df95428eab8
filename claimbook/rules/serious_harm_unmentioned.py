"""A page that offers a treatment and leaves out serious harms that its authorities name.

Which harms count, on whose authority and with what force, is data (`claims/disclosures.yaml`). A page tells a harm when it has a
passage on one of the claims named there; a passage that denies the harm does not tell it.

## Flagged
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths can scald.
    kind: harm
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths never scald., says: {effect: none}}]
disclosures:
  scalds: {label: Scalds, kind: serious-harm, authority: [trial], force: label, told-by: [claim-2]}
```
## Passes
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths can scald.
    kind: harm
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths can scald., says: {effect: increases}}]
disclosures:
  scalds: {label: Scalds, kind: serious-harm, authority: [trial], force: label, told-by: [claim-2]}
```
"""

from collections.abc import Iterator

from claimbook.evidence.disclosures import left_out
from claimbook.evidence.index import Index
from claimbook.records import Category, Page, Remark, Severity

SUBJECT = Page
CATEGORY = Category.MISSING_RISK
SEVERITY = Severity.NOTE
AUTHORITY = "The authority and its force are recorded with each harm; a label binds the product, not the page."


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once, with everything that is left out."""
    return left_out(page, "serious-harm", "serious harms", index)
