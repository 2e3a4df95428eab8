"""Somebody's experience, told as a reason to expect the same.

What one patient or a forum reports is read as what people generally get. It is no evidence of that, and what is typical has
to stand beside it. A passage that says so itself ("results vary", "that does not mean", "others may") passes.

## Flagged
```yaml
statement: A patient tells of relief.
kind: testimonial
occurrences: [{page: clinic-a, quote: "One patient said: my cold was gone in a day."}]
```
## Passes
```yaml
statement: A patient tells of relief.
kind: testimonial
occurrences: [{page: clinic-a, quote: "Some patients report relief … Others may experience no change."}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.language.phrases import pattern
from claimbook.records import Category, Kind, Occurrence, Remark, Severity

SUBJECT = Occurrence
CATEGORY = Category.TESTIMONIAL
SEVERITY = Severity.WARNING
AUTHORITY = "16 CFR 255.2 (FTC Endorsement Guides): an experience is read as typical; disclose what people generally get."
TYPICAL = pattern("typical")


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to an experience that stands without what is typical."""
    if index.base.claim_of(occurrence).kind is Kind.TESTIMONIAL and not TYPICAL.search(
        occurrence.quote
    ):
        yield Remark(occurrence.at, "an experience told without what people generally get")
