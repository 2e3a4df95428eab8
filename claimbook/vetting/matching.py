"""Which claims a clause makes, and what it says of them: the choice among its candidates."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from claimbook.evidence.figures import same_figure
from claimbook.evidence.index import Index
from claimbook.language.concepts import Reading
from claimbook.language.discourse import reports
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    GRADED,
    Amount,
    Claim,
    Kind,
    Scope,
    Share,
    YesNo,
)
from claimbook.vetting.candidates import NEAR, Candidate, Candidates, Concepts
from claimbook.vetting.citations import STUDY, Citations
from claimbook.vetting.extraction import CLOSE, WARNS, Extractor

_NORMS = (Kind.REGIMEN, Kind.ELIGIBILITY)


class Matcher:
    """Finds the claims of a base in clauses. Keeps nothing of a clause; threads may share one."""

    def __init__(self, index: Index) -> None:
        self.index, self.base = index, index.base
        self.candidates = Candidates(self.base)
        self.extractor = Extractor(index)
        self.citations = Citations(index, self.candidates, self.extractor)
        self.reader = self.candidates.reader

    def matches(self, reading: Reading, sources: frozenset[str] = frozenset()) -> list[Candidate]:
        """The claims that a clause makes: the nearest, and the nearest on each further outcome.

        Args:
            reading: the clause.
            sources: recorded sources that it names; then only claims that rest on one of them.
        """
        read = (
            replace(candidate, says=self.extractor.extract_value(reading, candidate))
            for candidate in self.candidates.near(reading)
            if not sources or self._rests_on(candidate.claim, sources)
        )
        ranked = [
            match
            for match in read
            if not self._says_nothing(match, reading, sources)
            and not self._tells_of_study(match, reading, sources)
        ]
        chosen = [match for match in ranked if match.likeness == ranked[0].likeness]
        chosen = self._drop_duplicates(
            chosen + list(self._further(ranked, reading, chosen)), reading.bag
        )
        figures = [
            match.says
            for match in chosen
            if isinstance(match.says, Share | Amount) and self._prints(match.claim, [match.says])
        ]
        return [
            match
            for match in chosen
            if match.says not in figures or self._prints(match.claim, figures)
        ]  # a figure is of one claim

    def _rests_on(self, claim: Claim, sources: frozenset[str]) -> bool:
        return any(self.base.findings[link.finding].source in sources for link in claim.evidence)

    def _prints(self, claim: Claim, figures: Iterable[Share | Amount]) -> bool:
        """Whether a finding that a claim rests on gives one of the figures."""
        printed = [self.base.findings[link.finding].says for link in claim.evidence]
        return any(same_figure(figure, value) for figure in figures for value in printed)

    def _says_nothing(self, match: Candidate, reading: Reading, sources: frozenset[str]) -> bool:
        """Whether nothing that a clause says of a claim could be held against evidence."""
        claim, says = match.claim, match.says
        benefit, step = claim.kind in BENEFITS, wording(reading.text).step
        if says is None:
            judged = bool(claim.evidence) or claim.kind in GRADED
            return judged and (bool(sources) or not benefit or step > 1)
        if says.denies and benefit and (claim.evidence or step > 1):
            # A page may say less than was found.
            return all(self.base.findings[link.finding].says != says for link in claim.evidence)
        if says == YesNo(False) and claim.kind in _NORMS:
            return WARNS.search(reading.text) is not None
        if isinstance(says, Amount) and says.figure and claim.about.outcome not in reading.signs:
            return match.likeness < CLOSE
        return False

    def _further(
        self, ranked: Sequence[Candidate], reading: Reading, chosen: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """The nearest claim on each outcome that a clause names and no chosen claim is about."""
        taken = {match.claim.about.outcome for match in chosen}
        for outcome in reading.concepts.get("outcome", ()):
            near = (
                match
                for match in ranked
                if match.claim.about.outcome == outcome
                and (match.likeness >= NEAR or match.claim.kind not in BENEFITS)
            )
            if outcome not in taken and (nearest := next(near, None)):
                yield nearest

    def _drop_duplicates(
        self, matches: Sequence[Candidate], bag: frozenset[str]
    ) -> list[Candidate]:
        """Where one quote backs several claims, the claim with the nearest statement."""
        own = [
            self.candidates.shared_weight(bag, self.reader.read(match.claim.statement).bag)
            for match in matches
        ]
        kept = []
        for match, mine in zip(matches, own, strict=True):
            quote = match.nearest.quote if match.nearest else match.claim.statement
            same = [
                theirs
                for other, theirs in zip(matches, own, strict=True)
                if other.nearest and other.nearest.quote == quote
            ]
            if len(same) <= 1 or self.reader.read(quote).bag <= bag or mine == max(same):
                kept.append(match)
        return kept

    def narrowed(self, named: Concepts, context: Concepts) -> dict[str, tuple[str, ...]]:
        """What a clause names, with what its sentence names that is narrower or not in the clause."""
        above = self.base.vocabulary.above
        merged = dict(named)
        for facet, names in context.items():
            own = named.get(facet, ())
            finer = (
                name
                for name in names
                if name not in own and any(other in above.get(name, ()) for other in own)
            )
            merged[facet] = (*own, *finer) if own else names
        return merged

    def about(self, claim: Claim, concepts: Concepts) -> Scope | None:
        """The facets in which a clause is narrower than the claim: it names one form of several."""
        above = self.base.vocabulary.above
        narrower: dict[str, str] = {}
        for facet in ("population", "intervention", "setting"):
            names = concepts.get(facet, ())
            finest = [
                name for name in names if not any(name in above.get(other, ()) for other in names)
            ]
            wanted = getattr(claim.about, facet)
            if len(finest) == 1 and wanted and wanted in above.get(finest[0], ()):
                narrower[facet] = finest[0]
        return replace(Scope(), **narrower) if narrower else None  # type: ignore[arg-type]

    def _tells_of_study(self, match: Candidate, reading: Reading, sources: frozenset[str]) -> bool:
        """Whether a clause tells what a study did or saw, which is not what the claim says."""
        claim, says = match.claim, match.says
        if claim.kind in (Kind.REGIMEN, Kind.DOSE) and STUDY.search(reading.text):
            return True
        if sources and isinstance(says, Share):
            return not any(
                isinstance(value, Share) for value in self.extractor.quantities(reading.text)
            )
        cited = bool(sources) and claim.about.outcome in reading.signs
        counted = isinstance(says, Share) and says.figure
        return claim.kind in GRADED and not cited and not counted and reports(reading.text)
