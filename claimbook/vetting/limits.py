"""How long a safeguard is to last: "not for 6 hours", "watched for two hours".

Authorities say how long not to drive, to be watched, not to eat. What a draft says is held against
that, in advice, too, which otherwise claims nothing.
"""

import re
from dataclasses import replace
from itertools import chain, pairwise

from claimbook.language.concepts import Reading
from claimbook.language.phrases import alternatives
from claimbook.language.quantities import quantities_of
from claimbook.records import Amount, Base, Claim

# Then something else is said.
_TURNS = re.compile(
    rf"[;:]|\b(?:but|who|which)\b|\band\b(?= (?:{alternatives('clause-breaks', 'verbs')}"
    rf"|{alternatives('clause-breaks', 'subjects')})\b)",
    re.IGNORECASE,
)


class Limits:
    """The safeguards of a base of which authorities say how long they last.

    Attributes:
        outcomes: what they are, such as a wait before something.
    """

    def __init__(self, base: Base) -> None:
        self._quantities = quantities_of(base.vocabulary)
        found = ((each.about.outcome, each.says) for each in base.findings.values())
        self.outcomes = frozenset(
            outcome
            for outcome, says in found
            if outcome and isinstance(says, Amount) and base.vocabulary.norm(outcome)
        )

    def has(self, claim: Claim) -> bool:
        """Whether a claim is on such a safeguard."""
        return claim.about.outcome in self.outcomes

    def read(self, reading: Reading, claim: Claim) -> Amount | None:
        """How long a clause says that a safeguard lasts: what stands with all that names it.

        "You stay two hours and may not drive" does not say for how long one may not.
        """
        ends = [match.span() for match in _TURNS.finditer(reading.text)]
        parts = pairwise((0, *chain.from_iterable(ends), len(reading.text)))
        for start, end in [*parts][::2]:
            named = (
                all(start <= low and high <= end for low, high in sign.spans)
                for sign in reading.signs_of(claim.about.outcome)
            )
            if any(named) and (found := self._quantities.limits(reading.text[start:end])):
                # "Up to 24 hours", or 12 to 24, may be less.
                return replace(found[0], interval=replace(found[0].interval, high_open=True))
        return None
