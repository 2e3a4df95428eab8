"""A passage about more people than were studied.

What was found in some may not hold for the rest. Flagged where every deciding finding is about only some of the people of whom
the passage speaks; graver where the passage cites the study that was so narrow. Where they all contradict the passage, there is
nothing to broaden.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {population: people, intervention: footbath, outcome: cold-severity}
evidence: [trial/cold-severity]
findings:
  trial/cold-severity: {about: {population: sailors, intervention: footbath, outcome: cold-severity}, says: {effect: reduces}}
vocabulary: {sailors: {facet: population, broader: [people]}}
occurrences: [{page: clinic-a, quote: Footbaths may ease colds., says: {effect: reduces}}]
```
## Passes
```yaml
statement: Footbaths ease colds in sailors.
about: {population: sailors, intervention: footbath, outcome: cold-severity}
evidence: [trial/cold-severity]
findings:
  trial/cold-severity: {about: {population: sailors, intervention: footbath, outcome: cold-severity}, says: {effect: reduces}}
vocabulary: {sailors: {facet: population, broader: [people]}, people: {facet: population}}
occurrences: [{page: clinic-a, quote: Footbaths may ease colds in sailors., says: {effect: reduces}}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, source_ids
from claimbook.evidence.directness import Difference
from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    Category,
    Kind,
    Occurrence,
    Remark,
    Severity,
    Verdict,
)

SUBJECT = Occurrence
CATEGORY = Category.OVERSTATED
SEVERITY = Severity.NOTE
AUTHORITY = "GRADE guidelines 8, doi:10.1016/j.jclinepi.2011.04.014: other people than those asked about are indirect evidence."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where every deciding finding is narrower in population than the passage."""
    claim, scope, weighing = (
        index.base.claim_of(occurrence),
        index.base.scope_of(occurrence),
        appraise(occurrence, index),
    )
    deciding, says = weighing.deciding, occurrence.says
    if (
        (claim.kind not in BENEFITS and claim.kind is not Kind.SAFETY)
        or not deciding
        or (says and (says.denies or says.doubts))
    ):
        return
    if weighing.stands == {Support.CONTRADICTS}:
        return
    if all(
        ("population", Difference.NARROWER) in one.evidence.directness.differences
        for one in deciding
    ):
        label = index.base.vocabulary.label
        sources = source_ids(deciding)
        studied = ", ".join(
            dict.fromkeys(label(one.evidence.finding.about.population).lower() for one in deciding)
        )
        cited = any(source in occurrence.cites for source in sources)
        yield Remark(
            occurrence.at,
            f"speaks of {label(scope.population).lower()}; {', '.join(sources)} studied {studied} only",
            sources=sources,
            severity=Severity.WARNING if cited else None,
            verdict=Verdict.OVERSTATED if cited else None,
        )
