"""A passage that the study it cites contradicts."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, support
from claimbook.evidence.directness import directness
from claimbook.evidence.index import Index
from claimbook.records import (
    Occurrence,
    Remark,
    compare,
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where a cited source's findings on this outcome are all against the passage, or less than it says."""
    if not occurrence.says:
        return
    scope = index.base.scope_of(occurrence)
    for key in occurrence.cited:
        held = []
        for finding in index.base.sources[key].findings:
            if (
                finding.about.outcome == scope.outcome
                and not directness(scope, finding.about, index.base.vocabulary).unrelated
            ):
                comparison = compare(occurrence.says, finding.says, index.base.vocabulary.above)
                if stands := support(
                    comparison, occurrence.says, finding.says, scope.outcome, index.base.vocabulary
                ):
                    held.append((stands, comparison.reason))
        if held and all(stands is not Support.SUPPORTS for stands, _ in held):
            yield Remark(
                occurrence.at,
                f"the cited source {key} reports otherwise ({held[0][1]})",
                sources=(key,),
            )
