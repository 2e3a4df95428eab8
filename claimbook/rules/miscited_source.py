"""A passage that cites a source about other people or another treatment."""

from collections.abc import Iterator

from claimbook.evidence.directness import Difference, directness
from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a cited source every finding of which is about other people or another treatment."""
    scope = index.base.scope_of(occurrence)
    for key in occurrence.cited:
        apart = [
            _facets(directness(scope, finding.about, index.base.vocabulary).differences)
            for finding in index.base.sources[key].findings
        ]
        if apart and all(apart):
            what = " and ".join(sorted(set.intersection(*apart)) or ["scope"])
            yield Remark(
                occurrence.at, f"the cited source {key} is about another {what}", sources=(key,)
            )


def _facets(differences: tuple[tuple[str, Difference], ...]) -> set[str]:
    return {
        facet
        for facet, how in differences
        if how is Difference.OTHER and facet in ("population", "intervention")
    }
