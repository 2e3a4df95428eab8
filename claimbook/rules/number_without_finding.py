"""A figure in an answer of ours that does not come from a finding.

A defect of ours. Figures stand in answers as findings in braces, so that each can be followed to its source; a typed digit cannot.

## Flagged
```yaml
statement: Footbaths ease colds.
topic: {answer: About 70 in 100 people felt better.}
```
## Passes
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: felt-better}
findings: {trial/felt-better: {says: {share: 70%}}}
topic: {answer: "{trial/felt-better} felt better."}
```
"""

import re
from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Category, Remark, Severity, Topic

SUBJECT = Topic
CATEGORY = Category.RECORD
SEVERITY = Severity.ERROR
AUTHORITY = "Every figure is in a source that somebody here read."
_BRACES = re.compile(r"\{[^{}]*\}")
_DIGIT = re.compile(r"\S*\d\S*")


def check(topic: Topic, index: Index) -> Iterator[Remark]:
    """Object once for each text with a typed digit."""
    for field, text in topic.texts:
        if typed := _DIGIT.search(_BRACES.sub("", text)):
            yield Remark(topic.at, f"{typed[0]!r} in {field!r} comes from no finding")
