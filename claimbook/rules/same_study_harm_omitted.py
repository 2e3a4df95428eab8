"""A page that tells a study's benefit and leaves out the harm that the same study reports.

Harm belongs beside benefit, from the same people. The rule asks only of sources that the page itself cites for a benefit.

## Flagged
```yaml
claims:
  - statement: People called it effective.
    about: {intervention: footbath, outcome: called-effective}
    evidence: [trial/called-effective]
    occurrences: [{page: clinic-a, quote: 49% called it effective., says: {share: 49%}, cites: [trial]}]
findings:
  trial/called-effective: {says: {share: 49%}}
  trial/scalds: {says: {share: 74%}}
vocabulary: {scalds: {harm: true}}
```
## Passes
```yaml
claims:
  - statement: People called it effective.
    about: {intervention: footbath, outcome: called-effective}
    evidence: [trial/called-effective]
    occurrences: [{page: clinic-a, quote: 49% called it effective., says: {share: 49%}, cites: [trial]}]
  - statement: Footbaths scald.
    kind: harm
    about: {intervention: footbath, outcome: scalds}
    evidence: [trial/scalds]
    occurrences: [{page: clinic-a, quote: 74% were scalded., says: {share: 74%}, cites: [trial]}]
findings:
  trial/called-effective: {says: {share: 49%}}
  trial/scalds: {says: {share: 74%}}
vocabulary: {scalds: {harm: true}}
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    Category,
    Direction,
    Effect,
    Occurrence,
    Page,
    Remark,
    Severity,
    Share,
    Value,
)

SUBJECT = Page
CATEGORY = Category.OMISSION
SEVERITY = Severity.WARNING
AUTHORITY = "Cochrane plain-language summaries report adverse effects; 21 CFR 202.1 asks manufacturers for fair balance."


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each source that is cited for benefit and not for its harms."""
    benefits: dict[str, list[Occurrence]] = {}
    told = set()
    for occurrence in index.base.by_page[page.id]:
        for key in occurrence.cited:
            if index.base.vocabulary.harm(index.base.scope_of(occurrence).outcome):
                told.add(key)
            elif index.base.claim_of(occurrence).kind in BENEFITS:
                benefits.setdefault(key, []).append(occurrence)
    for key, occurrences in benefits.items():
        harms = [
            f
            for f in index.base.sources[key].findings
            if index.base.vocabulary.harm(f.about.outcome) and not _harmless(f.says)
        ]
        if harms and key not in told:
            worst = max(
                harms,
                key=lambda finding: (
                    finding.says.interval.high if isinstance(finding.says, Share) else -1
                ),
            )
            figure = f" ({worst.says.text})" if isinstance(worst.says, Share) else ""
            what = index.base.vocabulary.label(worst.about.outcome).lower()
            yield Remark(
                occurrences[0].at,
                f"cites {key} for benefit and leaves out the harm it reports: {what}{figure}",
                sources=(key,),
                occurrences=tuple(one.id for one in occurrences),
            )


def _harmless(says: Value) -> bool:
    """Whether a finding on a harm is that there was none of it."""
    nobody = isinstance(says, Share) and (says.count == 0 or says.interval.high == 0)
    return nobody or says.denies or says == Effect(Direction.REDUCES)
