"""A passage that praises instead of informing.

Readers take "breakthrough" and "promising" as praise, not as a sign of thin evidence. "Promising" and its like are noted and
leave the verdict as it is; stronger praise makes the passage overstated.

## Flagged
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: A revolutionary breakthrough against colds., says: {effect: reduces}}]
```
## Passes
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Footbaths are no miracle., says: {effect: none}}]
```
"""

import re
from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.records import Category, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.HYPE
SEVERITY = Severity.WARNING
VERDICT = Verdict.OVERSTATED
AUTHORITY = "FTC staff, Health Products Compliance Guidance (2022): such words are read as praise, not as a disclaimer."
_STRONG = re.compile(
    r"\b(?:revolution\w*|breakthroughs?|mirac\w+|magic\w*|game[- ]chang\w+|cutting[- ]edge|ground-?breaking"
    r"|powerful tool|fresh and innovative|life-chang\w+|exciting|new chapter|new hope|unique ability"
    r"|wonder drug|wonders?(?= (?:of|for|with))|excellent|amazing\w*|incredibl\w+|astonish\w*|astound\w*|phenomenal\w*|extraordinar\w+"
    r"|spectacular\w*|marvel\w*|dazzling|jaw[- ]dropping|mind[- ]blowing|unbelievabl\w+|remarkabl\w+|sensational|superb|brilliant"
    r"|(?:turn|flip)(?:s|ed|ing|ping)? (?:\w+ ){0,4}(?:upside down|on (?:its|their) heads?)|rewrit(?:es?|ing) the (?:rules|rulebook|book)"
    r"|(?:bright )?new (?:age|era|dawn|frontier)|dawn of|holy grail|best[- ]kept secret|(?:beacon|ray|glimmer) of hope|second to none"
    r"|in a league of (?:its|their) own|ahead of its time|the future of \w+|next[- ]generation|unmatched|unbeatable"
    r"|unsurpassed|dream come true"
    r"|nothing (?:\w+ ){0,4}(?:comes? close|compares?|rivals?|beats?|matches)|like nothing (?:you|else|before)|(?:the )?gold standard"
    r"|weight in gold|trump card|in a different league|pales? (?:beside|next to|in comparison)"
    r"|head and shoulders above|in a class of (?:its|their) own|(?:giant|huge|great|quantum) (?:leap|step)|leap forward"
    r"|out of the water|(?:puts?|leaves?|throws?) (?:[\w-]+ ){1,7}in the (?:shade|dust)|runs? rings (?:a)?round"
    r"|leaves? everything else (?:standing|behind)|god-?send|secret weapon|(?:silver|magic) bullet|(?:the )?real deal"
    r"|(?:biggest|greatest|boldest) (?:\w+ )?(?:advance|step|leap|news|discovery)"
    r"|answer (?:\w+ ){0,5}(?:waiting|praying|looking|longing|hoping) for|(?:be|get ready to be) wowed|works? like a (?:charm|dream)"
    r"|works? wonders|(?:true|real|absolute|veritable) (?:lifeline|life-?saver|blessing)|best thing since|light[- ]years ahead"
    r"|a cut above|(?:wins?|beats?) (?:[\w-]+ ){0,4}hands down|streets ahead|home run|packs? a punch|makes? (?:[\w-]+ ){1,4}look (?:old"
    r"|pale|weak|tame|slow|outdated)"
    r"|leaves? (?:[\w-]+ ){1,4}for dead|out(?:shines?|classe[sd]|class|strips?|paces?|does)|(?:everyone|everybody"
    r"|the world) (?:[\w-]+ ){0,4}"
    r"talking about|(?:works?|wins?|delivers?|succeeds?) where (?:[\w-]+ ){1,5}(?:fails?|failed|falls? (?:flat|short)|fell (?:flat"
    r"|short)|gives? up)"
    r"|beats (?:every|any|all) (?!odds)\w+|tops? the (?:league|charts)"
    r"|state[- ]of[- ]the[- ]art|world[- ]class|unparalleled|unrivall?ed)\b",
    re.IGNORECASE,
)
# Praise worded as a denial; read as the word that it stands for.
_UNRIVALLED = "unrivalled"
_NO_RIVAL = re.compile(
    r"\b(?:nothing|no other|none)\b(?: (?!but\b)[\w'-]+){0,7}? (?:(?:comes?|came|come) close|compares?|rivals?|matches|holds? a candle"
    r"|measures? up|touch(?:es)? it)\b|\bnothing short of\b|\bthere(?: is|'s) nothing (?:quite )?like (?:it|this|our)\b"
    r"|\bnot seen (?:an? \w+|anything) (?:forward )?like (?:this|it)\b",
    re.IGNORECASE,
)
_MILD = re.compile(r"\b(?:promis(?:es?|ing)|innovative|growing hope|advanced)\b", re.IGNORECASE)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to words of praise that are not denied."""
    rival = _NO_RIVAL.search(occurrence.quote.replace("’", "'"))
    quote = _NO_RIVAL.sub(_UNRIVALLED, occurrence.quote.replace("’", "'"))
    strong = [
        rival[0] if rival and match[0] == _UNRIVALLED else match[0]
        for match in asserted_matches(_STRONG, quote)
    ]
    mild = [match[0] for match in asserted_matches(_MILD, occurrence.quote)]
    if strong:
        yield Remark(occurrence.at, f"{strong[0]!r} is praise, not information")
    elif mild:
        message = f"{mild[0]!r} is read as praise, not as a sign of early evidence"
        yield Remark(occurrence.at, message, severity=Severity.NOTE, verdict=Verdict.SUPPORTED)
