"""A page that offers a treatment and does not say that this use is unapproved.

Where a page says so of one route only, it has not said so of the treatment it offers.

## Flagged
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths are approved for colds.
    kind: approval
    about: {intervention: footbath, outcome: approval}
    occurrences: []
```
## Passes
```yaml
claims:
  - statement: Footbaths ease colds.
    about: {intervention: footbath, outcome: cold-severity}
    occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
  - statement: Footbaths are approved for colds.
    kind: approval
    about: {intervention: footbath, outcome: approval}
    occurrences: [{page: clinic-a, quote: Footbaths are not approved for colds., says: {is: no}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    Category,
    Kind,
    Occurrence,
    Page,
    Remark,
    Severity,
)

SUBJECT = Page
CATEGORY = Category.MISSING_OFF_LABEL
SEVERITY = Severity.WARNING
AUTHORITY = "The product's label tells what it is approved for; FDA tells patients what an unapproved use means."


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object where a page claims a benefit and its words on approval leave out what it offers."""
    passages = index.base.by_page[page.id]
    benefits = [o for o in passages if index.base.claim_of(o).kind in BENEFITS]
    if not benefits or not any(claim.kind is Kind.APPROVAL for claim in index.base.claims.values()):
        return
    said = [
        o
        for o in passages
        if index.base.claim_of(o).kind is Kind.APPROVAL and o.says and o.says.denies
    ]
    offered = page.regimen.intervention if page.regimen else None
    if not said:
        yield Remark(page.at, "the page does not say that this use is unapproved")
    elif offered and not any(
        _covers(index.base.scope_of(o).intervention, offered, index) for o in said
    ):
        of = ", ".join(
            dict.fromkeys(
                index.base.vocabulary.label(index.base.scope_of(o).intervention) for o in said
            )
        )
        yield Remark(
            said[0].at,
            f"says only of {of.lower()} that the use is unapproved",
            occurrences=_ids(said),
        )


def _covers(said: str | None, offered: str, index: Index) -> bool:
    return said is None or said == offered or said in index.base.vocabulary.above.get(offered, ())


def _ids(some: list[Occurrence]) -> tuple[str, ...]:
    return tuple(one.id for one in some)
