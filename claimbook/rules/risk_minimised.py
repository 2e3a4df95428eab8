"""A harm made small in words ("mild", "rare", "safe") without a figure that the evidence can stand behind.

Flagged where the deciding evidence does not say so, where it is too uncertain for words so firm, or where there is none. A
passage that gives the figure passes, and so does one that says the harm may be serious, or only what care is meant for ("to
ensure that it is safe"). Words that stand under several claims are flagged once, where they tell how small the harm is.

## Flagged
```yaml
statement: Footbaths seldom scald.
kind: safety
about: {intervention: footbath, outcome: scalds}
evidence: [series/scalds]
findings: {series/scalds: {design: case-series, says: {is: yes}}}
occurrences: [{page: clinic-a, quote: Scalds are rare., says: {is: yes}}]
```
## Passes
```yaml
statement: Footbaths seldom scald.
kind: safety
about: {intervention: footbath, outcome: scalds}
evidence: [series/scalds]
findings: {series/scalds: {design: case-series, says: {is: yes}}}
occurrences: [{page: clinic-a, quote: "Scalds were rare, 2 of 77 people in one study.", says: {is: yes}}]
```
"""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.language.strength import wording
from claimbook.records import (
    Amount,
    Category,
    ConceptSet,
    Direction,
    Effect,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Share,
    Value,
    Verdict,
)
from claimbook.records.quotes import normalize

SUBJECT = Occurrence
CATEGORY = Category.MISSING_RISK
SEVERITY = Severity.WARNING
VERDICT = Verdict.OVERSTATED
AUTHORITY = "Andreadis et al. 2021, doi:10.1007/s11606-021-07050-7: lay readers take 'rare' for far more than the official class; give the number."
_SMALL = re.compile(
    r"\b(?:mild(?:ly)?|minor|slight(?:ly)?|rare(?:ly)?|seldom|uncommon|minimal(?:ly)?|negligible|harmless|low[- ]risk"
    r"|well[- ]tolerated|safe(?:ly)?|(?:very |extremely )?low risks?|little risk"
    r"|a (?:touch|bit) (?:\w+)|at (?:the )?(?:very )?worst|nothing to (?:worry|fret|fear)\b|no cause for (?:worry"
    r"|concern|alarm)|nothing serious|trifling|trivial"
    r"|the worst (?:you|that|thing)|not as if it (?:can|could|does)|nothing more than a|a tiny price"
    r"|every bit as safe\w*|perfectly (?:safe|fine|harmless)"
    r"|no more \w+ than|no worse than|(?:hardly|barely|scarcely|almost never|next to nobody|hardly anyone"
    r"|barely anyone)\b(?= )|barely noticeable|gentle on"
    r"|(?<!a )few (?=people|patients|side|adverse|risks|complications|problems|users))\b"
    r"|\brisks?\b[^.;]{0,50}?\b(?:is|are|remains?) (?:\w+ )?low\b",
    re.IGNORECASE,
)
_KINDS = (Kind.HARM, Kind.SAFETY)
_MEANT = re.compile(
    r"\bto (?:help )?(?:ensure|make sure|keep)\b[^.;]*$|\bwhether\b[^.;]*$", re.IGNORECASE
)
_FIGURE = re.compile(
    r"\d\s?(?:%|percent\b|per cent\b)|\b\d+ (?:of|in|out of) (?:the )?\d+", re.IGNORECASE
)
_GRAVE = re.compile(
    r"\b(?:may|might|can|could) (?:\w+ )?be (?:\w+ )?(?:serious|severe|dangerous|harmful|fatal|lasting)\b",
    re.IGNORECASE,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a small word that no figure and no sure finding stands behind."""
    quote = occurrence.quote
    if (
        index.base.claim_of(occurrence).kind not in _KINDS
        or _FIGURE.search(quote)
        or _GRAVE.search(quote)
    ):
        return
    small = next(
        (
            word
            for word in asserted_matches(_SMALL, quote)
            if not _MEANT.search(word.string[: word.start()])
        ),
        None,
    )
    if small and not _told_elsewhere(small, occurrence, index) and (why := _why(occurrence, index)):
        sources = appraise(occurrence, index).sources
        yield Remark(
            occurrence.at,
            f"{small[0]!r} makes the harm small without a figure; {why}",
            "give the number",
            sources=sources,
        )


def _told_elsewhere(small: re.Match[str], occurrence: Occurrence, index: Index) -> bool:
    """Whether the passage tells only that there is a harm, and one that tells its size has the same words of the same page."""
    words = small.string[small.start() : small.end() + 8].strip()
    words = words if " " in words else small.string  # one word alone is not the same words
    others = (
        other
        for other in index.base.by_page[occurrence.page]
        if index.base.claim_of(other).kind in _KINDS and _of_size(other.says)
    )
    return not _of_size(occurrence.says) and any(
        normalize(words).lower() in normalize(other.quote).lower() for other in others
    )


def _of_size(says: Value | None) -> bool:
    """Whether a value tells how small a harm is, not only that it happens, which ones, or how long they last."""
    happens = isinstance(says, Share) and says.interval.high == 100
    return not (
        happens or isinstance(says, ConceptSet | Amount) or says == Effect(Direction.INCREASES)
    )


def _why(occurrence: Occurrence, index: Index) -> str:
    """Say what the evidence lacks for words so firm; empty where it is firm enough."""
    weighing = appraise(occurrence, index)
    step = wording(occurrence.quote, denying=True).step
    certainty = weighing.rating.certainty if weighing.rating else Certainty.NONE
    if step <= CEILINGS[Certainty.NONE]:
        return ""
    if not weighing.deciding:
        return "no evidence recorded here decides on it"
    if weighing.stands != {Support.SUPPORTS}:
        return "the deciding evidence does not say so"
    if index.base.claim_of(occurrence).kind is Kind.SAFETY and any(
        one.evidence.authority for one in weighing.deciding
    ):
        return ""
    if certainty > Certainty.LOW or step <= CEILINGS[certainty]:
        return ""
    return (
        f"the certainty of the evidence is {certainty.label}"
        if certainty
        else "no study in people stands behind it"
    )
