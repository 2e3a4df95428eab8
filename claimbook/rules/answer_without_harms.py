"""An answer of ours that tells what was found and not what harm was found.

A defect of ours. Where a topic shows findings of benefit, findings of harm stand beside them.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: felt-better}
findings: {trial/felt-better: {says: {share: 70%}}}
topic: {answer: Some felt better., found: [trial/felt-better]}
```
## Passes
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: felt-better}
findings:
  trial/felt-better: {says: {share: 70%}}
  trial/scalds: {says: {share: 5%}}
vocabulary: {scalds: {harm: true}}
topic: {answer: Some felt better., found: [trial/felt-better], harms: [trial/scalds]}
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Category, Remark, Severity, Topic

SUBJECT = Topic
CATEGORY = Category.RECORD
SEVERITY = Severity.ERROR
AUTHORITY = "Numbers for benefit and harm stand side by side on one scale (CDC Clear Communication Index; Cochrane)."


def check(topic: Topic, index: Index) -> Iterator[Remark]:
    """Object where findings are shown and none of them, here or among the harms, is a harm."""
    if topic.found and not any(
        index.base.vocabulary.harm(index.base.findings[key].about.outcome) for key in topic.harms
    ):
        yield Remark(topic.at, "shows findings of benefit and no harm beside them")
