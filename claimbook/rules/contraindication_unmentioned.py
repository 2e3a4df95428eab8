"""A page that offers a treatment and leaves out people who should not have it.

Which contraindications count, on whose authority and with what force, is data (`claims/disclosures.yaml`). A page tells one when a
passage of a contraindication claim names its concept.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: cold-severity}
occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
vocabulary: {burnt-feet: {facet: population}}
disclosures:
  burnt-feet: {label: Burnt feet, kind: contraindication, authority: [trial], force: label, concept: burnt-feet}
```
## Passes
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths are not for burnt feet.
    kind: contraindication
    about: {intervention: footbath, outcome: who-should-not}
    occurrences: [{page: clinic-a, quote: Not for burnt feet., says: {includes: [burnt-feet]}}]
vocabulary: {burnt-feet: {facet: population}}
disclosures:
  burnt-feet: {label: Burnt feet, kind: contraindication, authority: [trial], force: label, concept: burnt-feet}
```
"""

from collections.abc import Iterator

from claimbook.evidence.disclosures import left_out
from claimbook.evidence.index import Index
from claimbook.records import Category, Page, Remark, Severity

SUBJECT = Page
CATEGORY = Category.OMISSION
SEVERITY = Severity.NOTE
AUTHORITY = "The authority and its force are recorded with each contraindication; a label binds the product, not the page."


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once, with everything that is left out."""
    return left_out(page, "contraindication", "people who should not have it", index)
