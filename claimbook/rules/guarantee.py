"""A passage that promises a result, or complete safety.

No study shows that something always works or never harms. "Not guaranteed" and a question promise nothing.

## Flagged
```yaml
statement: Footbaths are safe.
kind: safety
occurrences: [{page: clinic-a, quote: Our footbaths are 100% safe., says: {is: yes}}]
```
## Passes
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Results are not guaranteed., says: {is: no}}]
```
"""

import re
from collections.abc import Iterator

from claimbook.flag import Category, Remark, Severity
from claimbook.model import Base, Occurrence, Verdict
from claimbook.wording import affirmed

SUBJECT = Occurrence
CATEGORY = Category.GUARANTEE
SEVERITY = Severity.ERROR
VERDICT = Verdict.OVERSTATED
AUTHORITY = "A guarantee claims a certainty that no study gives; GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014."
_FREE = "risk-free"
_PROMISE = re.compile(
    r"\b(?<!money-back )(?<!money back )guarante\w*|\brisk[- ]free\b|\b100 ?% (?:safe|effective|success\w*|certain|cure|relief)\b"
    r"|\balways (?:works?|helps?|succeeds?)\b|\bworks? (?:every time|for everyone|for everybody)\b"
    r"|\b(?:never|cannot|can't|won't|doesn't|does not) fails?\b|\b(?:foolproof|fail-?safe)\b"
    r"|\b(?:complete|total|absolute|perfect|full|entire)(?:ly)? saf(?:e|ety)\b"
    r"|\bwill (?:be|become|stay) (?:\w+ )?free (?:of|from)\b(?! charge)"
    r"|\b(?:you|patients|people)(?:'ll| will) (?:be|become|stay) \w+-free\b",
    re.IGNORECASE,
)
# What these deny is a harm, so that the denial is the promise; what a study did not see ("no side effects were reported") is none.
_NO_HARM = re.compile(
    r"\b(?:no|zero|without(?: any)?) (?:risks?|side[- ]effects?)\b(?!-| (?:free|factors?|were|was|reported|seen|found|observed)\b)",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, base: Base) -> Iterator[Remark]:
    """Object to a promise that is neither denied nor asked."""
    no_harm = _NO_HARM.search(occurrence.quote)
    for word in affirmed(_PROMISE, _NO_HARM.sub(_FREE, occurrence.quote)):
        words = no_harm[0] if no_harm and word[0] == _FREE else word[0]
        yield Remark(occurrence.at, f"{words!r} promises what no study can show")
        return
