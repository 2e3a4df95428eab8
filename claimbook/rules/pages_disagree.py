"""Two pages that say what cannot both be so.

The same comparison that holds a page against a study holds a page against a page. It does not tell which of them is right;
the evidence beside them does. Passages about another route or other people are of different scope and never conflict.

## Flagged
```yaml
statement: A footbath takes about an hour.
kind: regimen
about: {intervention: footbath, outcome: session-length}
occurrences:
  - {page: clinic-a, quote: It takes 40 minutes., says: {amount: 40 min}}
  - {page: clinic-b, quote: It takes three hours., says: {amount: 3 h}}
```
## Passes
```yaml
statement: A footbath takes about an hour.
kind: regimen
about: {intervention: footbath, outcome: session-length}
occurrences:
  - {page: clinic-a, quote: It takes 40 minutes., says: {amount: 40 min}}
  - {page: clinic-b, quote: It takes 40 to 60 minutes., says: {amount: 40 to 60 min}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.disagreements import disagreements
from claimbook.evidence.index import Index
from claimbook.records import Category, Claim, Remark, Severity

SUBJECT = Claim
CATEGORY = Category.DISAGREEMENT
SEVERITY = Severity.WARNING
AUTHORITY = "Both cannot be so."


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each conflict between what different pages say."""
    told: dict[str, dict[str, None]] = {}
    for found in disagreements(claim, index):
        ones, others = {o.page for o in found.one}, {o.page for o in found.other}
        if any(one != other for one in ones for other in others):
            message = f"{', '.join(sorted(ones))} against {', '.join(sorted(others))}: {found.comparison.reason}"
            told.setdefault(message, {}).update(
                dict.fromkeys(o.id for o in (*found.one, *found.other))
            )
    for message, occurrences in told.items():
        yield Remark(
            index.base.occurrences[next(iter(occurrences))].at,
            message,
            occurrences=tuple(occurrences),
        )
