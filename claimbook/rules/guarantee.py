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

from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.records import Category, Occurrence, Remark, Severity, Verdict

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
    r"|\b(?:without exception|sure[- ]?(?:fire|thing)|never lets? (?:you|anyone|anybody) down|never disappoints?|rest assured"
    r"|(?:you can )?(?:bank|count|bet) on (?:it|relief|results|us)|no (?:ifs|doubt about it)|cannot (?:possibly )?go wrong"
    r"|we promise|word of honou?r|(?:is|are) a certainty|there(?: is|['’]s) no way (?:this|it)|our promise|(?:is"
    r"|are) certain to|(?:is|are) bound to|can't lose|cannot lose|every (?:single )?(?:time|session"
    r"|visit) works)\b"
    r"|\b(?:works?|helps?|succeeds?|relieves?|eases?|delivers?)\b[^.;,]{0,30}\b(?:every (?:single )?time"
    r"|every (?:single )?(?:patient|person|one of)|each and every)\b"
    r"|\bnothing (?:can|could|will|ever) (?:possibly |ever )?(?:go|goes|went) wrong\b|\bnothing to lose\b"
    r"|\b(?:won['’]t|will not|never) (?:leave|be|walk away) (?:\w+ )?disappointed\b|\bnot once has\b"
    r"|\b(?:whoever|everyone|everybody|anyone) (?:\w+ ){0,6}(?:feels?|walks?|leaves?|gets?) (?:\w+ ){0,3}(?:better"
    r"|relief|pain[- ]free|well)\b"
    r"|\b(?:complete|total|absolute|perfect|full|entire)(?:ly)? saf(?:e|ety)\b"
    r"|\btake (?:it|that) to the bank\b|\bor (?:you get )?your money back\b|\bor you owe us nothing\b|\bhand on heart\b"
    r"|\byou have our word\b|\bmark our words\b|\ball but (?:assured|certain)\b|\bas (?:sure|certain) as\b"
    r"|\b(?:a|an) (?:sure|safe) bet\b|\ba (?:dead cert|foregone conclusion)\b|\b(?:is|are) a given\b"
    r"|\bdelivers? (?:the goods|results?|relief)[^.;]{0,20}\b(?:session after session|time after time|time and again)\b"
    r"|\byou(?:'ll| will) feel the (?:relief|difference)\b"
    r"|\bhits the (?:mark|spot|target)[^.;]{0,20}\b(?:every|each) (?:\w+ )?time\b"
    r"|\b(?:ten out of ten|all of our) (?:patients|people|clients)\b"
    r"|\b(?:does|doing) (?:the (?:trick|job)|what it says)[^.;]{0,30}"
    r"\b(?:all who|whoever|every|each|everyone|everybody|anyone|young and old)\b"
    r"|\b(?:works?|helps?) for (?:whoever|all who|one and all|young and old)\b"
    r"|\bwill (?:be|become|stay) (?:\w+ )?free (?:of|from)\b(?! charge)"
    r"|\b(?:you|patients|people)(?:'ll| will) (?:be|become|stay) \w+-free\b",
    re.IGNORECASE,
)
# What these deny is a harm, so that the denial is the promise; what a study did not see ("no side effects were reported") is none.
_NO_HARM = re.compile(
    r"\b(?:no|zero|without(?: any)?|not a single|free (?:of|from)(?: any| all)?) (?:\w+ )?(?:risks?|side[- ]effects?"
    r"|downsides?|drawbacks?|dangers?|complications?)\b(?!-| (?:free|factors?|were|was|reported|seen|found"
    r"|observed)\b)",
    re.IGNORECASE,
)
# Promises that are worded as a denial; read as the word that they stand for.
_SURE = "guaranteed"
_NEVER = re.compile(
    r"\b(?:never|not once)(?: \w+)? (?:lets? (?:[\w-]+ ){1,5}down|misses|miss(?= the)|disappoints?|falls? short|backfires?)\b"
    r"|\b(?:not (?:one|a single)|none|nobody|no one)\b(?: of)?(?: [\w-]+){0,4}?"
    r" (?:leaves?|left|goes|went|walks? (?:away|out)|comes? away)\b"
    r"[^.;]{0,40}?(?:\bwithout (?:\w+ ){0,2}(?:relief|results?|improvement|feeling better|an? (?:clear|quiet) head)"
    r"|\b(?:disappointed|empty-handed|unhelped))\b"
    r"|\b(?:hardly|scarcely|barely|almost) (?:anyone|anybody|no one|nobody|a patient|any patient)\b[^.;]{0,40}?"
    r"\b(?:empty-handed|disappointed|without relief|(?:does not|doesn't) (?:help|work for))"
    r"|\b(?:cannot|can't|can not) (?:possibly |ever )?(?:go wrong|lose)(?=\s*(?:[.,;!]|with\b|$))"
    r"|\bno such thing as an? (?:failed|unsuccessful|wasted)\b"
    r"|\b(?:nothing|not (?:one|a single) thing) (?:can|could|will) (?:possibly |ever )?go wrong\b"
    r"|\bwithout fail(?=,? (?:the|it|your|you)\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d\s?(?:%|percent\b|per cent\b)|\b\d+ (?:of|out of) (?:the |these |those )?\d|\b\d+ (?:\w+ )?(?:said|reported|had|noticed|felt)\b"
)  # a study's count is no promise


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a promise that is neither denied nor asked."""
    counted = _COUNTED.search(occurrence.quote)
    no_harm = None if counted else _NO_HARM.search(occurrence.quote)
    never = _NEVER.search(occurrence.quote.replace("’", "'"))
    quote = _NEVER.sub(_SURE, occurrence.quote.replace("’", "'"))
    for word in asserted_matches(_PROMISE, quote if counted else _NO_HARM.sub(_FREE, quote)):
        words = (
            no_harm[0]
            if no_harm and word[0] == _FREE
            else never[0]
            if never and word[0] == _SURE
            else word[0]
        )
        yield Remark(occurrence.at, f"{words!r} promises what no study can show")
        return
