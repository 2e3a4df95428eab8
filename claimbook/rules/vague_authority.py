"""A passage that leans on studies or experts and names none.

"Studies show" asks for trust that the reader cannot check. A passage that cites a source, or itself names a study by its year,
its author or its number of people, is not vague.

## Flagged
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Studies show that footbaths ease colds., says: {effect: reduces}}]
```
## Passes
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Studies show that footbaths ease colds., says: {effect: reduces}, cites: [trial]}]
```
"""

import re
from collections.abc import Iterator

from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.language.strength import wording
from claimbook.records import (
    Category,
    Occurrence,
    Remark,
    Severity,
)

SUBJECT = Occurrence
CATEGORY = Category.CITATION
SEVERITY = Severity.WARNING
AUTHORITY = "A reader must be able to find what is cited."
_SHOWS = (
    r"(?:(?:show|suggest|indicat|demonstrat|prov|confirm|support|highlight|reveal|report|conclud|find|point|discover)(?:e|s|es|ed|n|ing)?"
    r"|found|says?|agrees?|believes?|recommends?|backs?)\b"
)
_HELPERS = r"(?:(?:has|have|is|are|was|were|been|also|now|clearly|consistently|continues?|keeps?|to) ){0,3}"
_WHO = (
    r"(?:stud(?:y|ies)|research(?:ers)?|trials?|evidence|literature|science|scientists|experts?|specialists|doctors|physicians"
    r"|(?:available|clinical|early|recent|emerging|real-world|scientific|published|the|these) data)"
)
_THIN = r"(?:limited|lacking|mixed|weak|thin|scarce|sparse|evolving|early|preliminary|unclear|insufficient|small)\b"
_VAGUE = re.compile(
    rf"\b{_WHO}(?: (?:on|of|in|into|and)(?: [\w-]+){{1,3}})? {_HELPERS}{_SHOWS}"
    r"|\baccording to (?:\w+ )?(?:experts?|research|studies|science|doctors)\b"
    rf"|\b(?:clinical|real-world) (?:data|evidence)\b(?! (?:is|are|remains?) (?:\w+ )?{_THIN})"
    r"|\b(?:science|research|the evidence|medicine) (?:is|stands?|comes? down) (?:\w+ )?(?:on (?:the|its|our) side"
    r"|behind|clear|settled|in favou?r)"
    r"|\b(?:mountain|wealth|body|abundance|decades|years|plenty|heaps?|stacks?|mounting|growing body"
    r"|large body) of (?:[\w-]+ ){0,2}(?:papers|evidence|research|studies|literature|work|data|science|proof)\b"
    r"|\b(?:scholars?|professors?|academics?|\w+ologists?|clinicians?|scientists?|universit(?:y|ies)|authorities"
    r"|specialists?|experts?|doctors?)"
    r" (?:\w+ ){0,4}(?:swear by|agree|confirm(?:ed)?|recommend(?:ed)?|endorse[ds]?|praise[ds]?|favou?r|rate it"
    r"|stand behind|back it|say so|consider it)\b"
    r"|\b(?:paper after paper|study after study|journal after journal|documented (?:again and again|time and again)|(?:white"
    r"|lab) coats)\b"
    r"|\b(?:doctors|experts|scientists|\w+ologists|specialists|researchers) (?:\w+ ){0,2}(?:calling|hail|hailing|love|are excited)\b"
    r"|\b(?:ask|talk to) any (?:\w+ )?(?:professor|doctor|\w+ologist|expert|specialist|scientist|physician)\b"
    r"|\b(?:well|widely|long)[- ](?:established|documented|proven|recogni[sz]ed) (?:by|in) (?:\w+ )?(?:science"
    r"|medicine|research|literature)\b"
    r"|\b(?:it is|it's) (?:well|widely) (?:known|established|documented)\b|\b(?:clinically|scientifically) (?:proven"
    r"|shown|tested)\b|\b(?:research|science|evidence)-backed\b"
    r"|\b(?:backed|supported|proven) by (?:\w+ )?(?:research|science|studies|evidence)\b|\b(?:medical|scientific) community\b"
    r"|\bjury is in\b|\bscience (?:has spoken|(?:is )?in (?:its|our) corner)\b"
    r"|\b(?:medical|scientific) world (?:\w+ ){0,2}(?:woken|agrees|loves|raves|embrac\w+)\b"
    r"|\bthose in the know\b"
    r"|\b(?:textbooks?|literature|figures|numbers|facts|data|science|papers|journals|results) (?:all )?(?:speaks? for (?:itself"
    r"|themselves)"
    r"|says? it all|(?:do not|don't) lie|(?:is|are) on (?:our|its) side|leaves? no doubt)\b|\b(?:common knowledge|open secret)\b"
    r"|\b(?:leading|brightest|finest|sharpest) (?:lights|minds)\b|\b(?:matter|question|debate) is settled\b"
    r"|\b(?:doctors|experts|scientists|\w+ologists|specialists|researchers) (?:everywhere |the world over |worldwide |around the world )?"
    r"(?:have (?:long |always )?known|will (?:all )?tell you (?:that|how|it)|all agree"
    r"|(?:can't|cannot) (?:stop (?:talking|raving|praising)|say enough)|(?:are )?(?:lining up|queu\w+ up|flock\w*|rav(?:e|es|ing))"
    r"|(?:are|is) (?:all )?(?:sold on|convinced|unanimous|won over|in agreement))\b"
    r"|\b(?:oodles|loads|tons|piles|reams|shelves|volumes) of (?:[\w-]+ ){0,2}(?:papers|evidence|research|studies|literature|data"
    r"|proof)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:19|20)\d\d\b|\bet al\b|\band colleagues\b|\bn\s?=\s?\d|\bof \d+\b"
    r"|\b\d[\d,]* (?:[a-z][\w-]* ){0,2}(?:people|patients|participants|adults|users|women|men|children|volunteers)\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to an authority that nobody could look up."""
    if occurrence.cited or (occurrence.says and occurrence.says.doubts):
        return
    for words in asserted_matches(_VAGUE, occurrence.quote):
        if _NAMED.search(occurrence.quote) or _author(occurrence, index):
            return
        hedged = wording(occurrence.quote).step <= CEILINGS[Certainty.LOW]
        message = f"{words[0]!r} names no study or person that a reader could look up"
        yield Remark(
            occurrence.at,
            message,
            "name the study and link to it",
            severity=Severity.NOTE if hedged else None,
        )
        return


def _author(occurrence: Occurrence, index: Index) -> bool:
    """Whether the passage names an author of a recorded source."""
    words = re.findall(r"\w+", occurrence.quote)
    return any(word in index.by_author for word in words)
