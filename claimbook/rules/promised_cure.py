"""A passage that promises a cure, or to undo the cause.

To cure is to end a disease for good; to repair or to remove the root cause says the same in other words. A study that
measured relief cannot carry that.

## Flagged
```yaml
statement: Footbaths cure colds.
occurrences: [{page: clinic-a, quote: Our footbaths cure colds., says: {is: yes}}]
```
## Passes
```yaml
statement: Footbaths cure colds.
occurrences: [{page: clinic-a, quote: This is not a cure., says: {is: no}}]
```
"""

import re
from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.records import Category, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.UNSAFE_ABSOLUTE
SEVERITY = Severity.ERROR
VERDICT = Verdict.OVERSTATED
AUTHORITY = "22 TAC 164.3(b)(2) deems an offer of a permanent cure for an incurable illness deceptive (it binds Texas physicians)."
_CURE = re.compile(
    r"\b(?:cur(?:e|es|ed|ing|ative)|permanent(?:ly)?|root causes?|heal(?:s|ed)? (?:the|your)"
    r"|the root(?: of|s of)? (?:the|your) (?:problem|illness|pain|disease)|by (?:the|its) roots|(?:at|to|from) its (?:origin|source"
    r"|root)s?"
    r"|(?:good|never) as new|(?:as )?good as new|once and for all|for (?:the rest of )?(?:your|my) (?:life|days)"
    r"|for good(?=\s*(?:[.,;!?]|$))|forever|for ever"
    r"|never (?:\w+ ){0,4}(?:again|another)|last (?:attack|episode|flare)\w* (?:you|of)|thing of the past"
    r"|(?:say|kiss|wave) (?:goodbye|farewell)|goodbye to|banish(?:es|ed)?|eradicat(?:e|es|ed|ing)|wip(?:e|es|ed|ing) (?:out|away)"
    r"|(?:rid|free)s? you of|end(?:s|ed)? your \w+|(?:repair|restor)(?:e|es|ed|ing|s)? (?:the |your )?(?:brain"
    r"|nerve)\w*|promoting repair"
    r"|put(?:s|ting)? an end to|shows?(?: \w+){1,4} the door|sen(?:d|ds|ding|t)(?: \w+){1,4} packing|rear-?view mirror"
    r"|(?:clos|shut|turn)\w* the (?:book|page|chapter|door) on|draw\w* a line under|see(?:s|n)? the back of (?!this|the|our)"
    r"|(?:kick|drive|throw|boot|force|push|clear|evict)s?(?: \w+){1,3} (?:out of|from) your (?:life|head)"
    r"|leav\w+(?: \w+){1,4} in the past|bid\w*(?: \w+){1,3} adieu"
    r"|lay(?:s|ing)?(?: (?!you\b|your head)\w+){1,3} to rest|over and done with|days are (?:over|numbered)|as long as you live"
    r"|(?:stays?|remain|remains) gone|wip\w+ the slate clean|(?:pulls?|tears?|rips?|plucks?|digs?)\b[^.;]{1,40}\b(?:out|up) like a weed"
    r"|ticket out of|so long to|break(?:s|ing)? free (?:of|from)|for keeps"
    r"|(?:at|by) the roots?|(?:is|are|becomes?) history(?=\s*(?:[.,;!]|$))|good riddance|(?:hit|hits|press\w*|push\w*) (?:the )?reset"
    r"|reset button"
    r"|(?:mend|restring|knit)(?:e|s|es|ed|ing)? (?:the |your )?(?:\w+ ){0,2}(?:brain|nerves?|wiring))\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a word of cure that is neither denied nor asked."""
    for word in asserted_matches(_CURE, occurrence.quote):
        yield Remark(occurrence.at, f"{word[0]!r} promises more than relief")
        return
