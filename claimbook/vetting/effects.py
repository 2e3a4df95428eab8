"""What a clause claims that calls a treatment of an illness effective, and names no effect."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from itertools import chain

from claimbook.evidence.index import Index
from claimbook.language.concepts import Reading, Sign, reader_of
from claimbook.language.phrases import pattern
from claimbook.records import Kind
from claimbook.records.grouping import grouped
from claimbook.vetting.extraction import Extractor

_words = partial(pattern, "matching")


class Effects:
    """The benefits that claims of a base say treatments bring.

    Attributes:
        general: the outcomes of the claims that only say that a treatment works.
    """

    def __init__(self, index: Index, extractor: Extractor) -> None:
        self.index, self.base = index, index.base
        read = reader_of(self.base.vocabulary).read
        self._claims = [
            claim
            for claim in self.base.claims.values()
            if claim.kind is Kind.EFFICACY and claim.about.outcome
        ]
        general = (
            claim.about.outcome
            for claim in self._claims
            if _words("effective").search(claim.statement)
            and not extractor.figures(claim.statement)
            and {claim.about.outcome}.issuperset(read(claim.statement).concepts.get("outcome", ()))
        )
        self.general = tuple(dict.fromkeys(filter(None, general)))

    def with_general(self, reading: Reading) -> Reading:
        """A clause that calls a treatment of an illness effective names what that claims."""
        concepts = reading.concepts
        if not {"intervention", "population"} <= concepts.keys():
            return reading
        own = self._own(concepts["intervention"])
        named = not self.index.benefits.isdisjoint(concepts.get("outcome", ()))
        if named and not own:
            return reading
        if not (words := _words("effective").search(reading.text) or self._helps_against(reading)):
            return reading
        sign = Sign((words.span(),))
        return reading.naming(dict.fromkeys(own or self.general, (sign,)))

    def _own(self, treatments: Iterable[str]) -> tuple[str, ...]:
        """The benefits that are claimed of treatments, if they are apart from the general ones."""
        vocabulary = self.base.vocabulary
        general = (self._treated[outcome] for outcome in self.general)
        if not vocabulary.apart(chain.from_iterable(general), treatments):
            return ()
        family = {*treatments}.union(*(vocabulary.above.get(name, ()) for name in treatments))
        return tuple(name for name, treated in self._treated.items() if family & {*treated})

    @cached_property
    def _treated(self) -> Mapping[str, tuple[str | None, ...]]:
        """By outcome the treatments of which claims say that they bring it."""
        return grouped(
            (claim.about.outcome or "", claim.about.intervention) for claim in self._claims
        )

    def _helps_against(self, reading: Reading) -> re.Match[str] | None:
        """The words right before an illness that say that a treatment helps against it."""
        if _words("used for").search(reading.text) or _words("approved").search(reading.text):
            return None
        before = (reading.text[:start] for start in reading.starts(*self.index.illnesses))
        return next(filter(None, map(_words("helps against").search, before)), None)
