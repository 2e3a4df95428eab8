"""A passage that takes one form of a treatment for as good as another.

What a drip did in studies is not known of a spray or a lozenge until somebody looks. A passage that says of two different
treatments that they do the same, or that what was studied with one holds for the other, needs a study that compares them.

## Flagged
```yaml
statement: Footbaths and foot sprays do the same.
occurrences: [{page: clinic-a, quote: Our foot spray works just as well as a footbath., says: {is: yes}}]
vocabulary:
  footbath: {facet: intervention, terms: [footbath]}
  foot-spray: {facet: intervention, terms: [foot spray]}
```
## Passes
```yaml
statement: Footbaths and foot sprays do the same.
occurrences: [{page: clinic-a, quote: We do not know whether a foot spray works as well as a footbath., says: {is: yes}}]
vocabulary:
  footbath: {facet: intervention, terms: [footbath]}
  foot-spray: {facet: intervention, terms: [foot spray]}
```
"""

import re
from collections.abc import Iterator
from itertools import combinations

from claimbook.evidence.directness import Difference, relation
from claimbook.evidence.index import Index
from claimbook.language.concepts import reader_of
from claimbook.language.negation import asserted_matches
from claimbook.records import Category, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.FORMULATION_CONFLATION
SEVERITY = Severity.WARNING
VERDICT = Verdict.UNSUPPORTED
AUTHORITY = "GRADE guidelines 8, doi:10.1016/j.jclinepi.2011.04.014: another intervention is indirect evidence."
_SAME = re.compile(
    r"\b(?:(?:just|every bit|exactly|quite) as \w+|(?:does?|works?|helps?|performs?|did) (?:just )?as (?:well|much"
    r"|good)|as well as (?:the|an?|our)\b"
    r"|(?:the )?(?:very )?same (?:result|effect|relief|benefit|thing|way|job|success|power|medicine|drug|outcome)s?"
    r"|identical|interchangeabl\w+"
    r"|makes? no difference|no different (?:from|to|than)|equal(?:ly|s)?|equivalent|matches|no matter (?:how|which)"
    r"|(?:because|since) \w+ (?:\w+ )?(?:was|were|has been|have been) (?:studied|shown|proven|found|tested)"
    r"|six of one|two peas in a pod|toe[- ]to[- ]toe|by another name|what (?:holds|goes|works) for [^.;]{1,40} (?:holds|goes|works) for"
    r"|(?:up|come out) in the same place|(?:do|does|did) just what|every (?:inch|bit) the equal|(?:an? )?stand-in for|on a par with"
    r"|all the (?:benefits?|good) (?:that )?(?:\w+ ){0,2}(?:shown|seen|proven|found)|(?:swap|trade|switch)\w* [^.;]{1,40} without losing"
    r"|two sides of the same coin|much of a muchness|the payoff is|measures? up to|just like the"
    r"|same (?:\w+ )?(?:punch|finish line|mileage|deal|story|ground)|(?:outcome|result|effect|relief|benefit)s? (?:is"
    r"|are) (?:\w+ )?the same)\b",
    re.IGNORECASE,
)
_NO_GAP = re.compile(
    r"\b(?:nothing to choose|no (?:real )?difference|not a hair's breadth|nothing) between\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:whether|unknown|not (?:yet )?known)\b", re.IGNORECASE)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to two treatments, neither of them a form of the other, of which the passage says that they do the same."""
    same = next(asserted_matches(_SAME, _NO_GAP.sub("identical:", occurrence.quote)), None)
    if not same or _OPEN.search(occurrence.quote):
        return
    named = reader_of(index.base.vocabulary).read(occurrence.quote).concepts.get("intervention", ())
    for one, other in combinations(named, 2):
        if relation(one, other, index.base.vocabulary) is Difference.OTHER:
            label = index.base.vocabulary.label
            yield Remark(
                occurrence.at,
                f"{same[0]!r}: what is known of {label(one).lower()} is not known of {label(other).lower()}",
            )
            return
