"""A benefit worded as caused by the treatment, where nobody was compared with anybody.

People get better by themselves, at their own pace, and with attention. A study without a comparison group cannot tell that
from the treatment, so its result is what came after, not what the treatment did. What people themselves said of it ("a third
said that it helped") is not taken as the page's own word.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: cold-severity}
evidence: [series/cold-severity]
findings: {series/cold-severity: {design: case-series, says: {effect: reduces}}}
occurrences: [{page: clinic-a, quote: Footbaths relieve colds., says: {effect: reduces}}]
```
## Passes
```yaml
statement: Footbaths ease colds.
about: {intervention: footbath, outcome: cold-severity}
evidence: [series/cold-severity]
findings: {series/cold-severity: {design: case-series, says: {effect: reduces}}}
occurrences: [{page: clinic-a, quote: Most people had a milder cold after a footbath., says: {effect: reduces}}]
```
"""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.language.clauses import FACT
from claimbook.language.negation import asserted_matches
from claimbook.language.sentences import statements
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    Category,
    Design,
    Occurrence,
    Remark,
    Severity,
)

SUBJECT = Occurrence
CATEGORY = Category.OVERSTATED
SEVERITY = Severity.NOTE
AUTHORITY = "OCEBM 2011 puts series without a control group at level 4; GRADE guidelines 3, doi:10.1016/j.jclinepi.2010.07.015."
_UNCONTROLLED = frozenset(
    {Design.COHORT, Design.CASE_SERIES, Design.CASE_REPORT, Design.CROSS_SECTIONAL, Design.SURVEY}
)
_CAUSE = re.compile(
    r"\b(?:(?:reduc|reliev|eas|improv|decreas|eliminat|alleviat)(?:es?|ed|ing)|(?:lower|shorten|calm|prevent|work|help|cut|end)(?:s|ed|ing)?"
    r"|stop(?:s|ping)?|treats?|stopped (?=the |my |your |her |his |their )|thanks to|because of|due to|leads? to|results? in"
    r"|(?:provid|giv|bring|offer|deliver)(?:es?|s|ing)?(?: \w+){0,2} relief)\b(?! (?:after|within|over|since|when)\b(?! other))",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|says?|felt|feel|rated|called|report(?:s|ed)?|believed?)\b", re.IGNORECASE
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a plain word of cause where every deciding finding is without a control group."""
    denies = occurrence.says is not None and occurrence.says.denies
    deciding = appraise(occurrence, index).deciding
    if index.base.claim_of(occurrence).kind not in BENEFITS or denies or not deciding:
        return
    if not all(one.evidence.source.design in _UNCONTROLLED for one in deciding):
        return
    for part in statements(occurrence.quote):
        for word in asserted_matches(_CAUSE, part):
            if wording(part).step >= FACT and not _TOLD.search(word.string, 0, word.start()):
                sources = source_ids(deciding)
                yield Remark(
                    occurrence.at,
                    f"{word[0]!r} says that the treatment did it; nobody was compared with anybody in {', '.join(sources)},"
                    " so getting better anyway cannot be told from the treatment",
                    "say what people had afterwards, and that nobody was compared with people who went without",
                    sources=sources,
                )
                return
