"""A passage that cites a source about other people or another treatment.

## Flagged
```yaml
statement: Footbaths ease colds.
about: {population: cold, intervention: footbath, outcome: cold-severity}
findings: {trial/cold-severity: {about: {population: gout, intervention: footbath, outcome: cold-severity}, says: {effect: reduces}}}
occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}, cites: [trial]}]
```
## Passes
```yaml
statement: Footbaths ease colds.
about: {population: cold, intervention: footbath, outcome: cold-severity}
evidence: [trial/cold-severity]
findings: {trial/cold-severity: {says: {effect: reduces}}}
occurrences: [{page: clinic-a, quote: Footbaths may ease colds., says: {effect: reduces}, cites: [trial]}]
```
"""

from collections.abc import Iterator

from claimbook.evidence.directness import Difference, directness
from claimbook.evidence.index import Index
from claimbook.records import Category, Occurrence, Remark, Severity, Verdict

SUBJECT = Occurrence
CATEGORY = Category.CITATION
SEVERITY = Severity.WARNING
VERDICT = Verdict.UNSUPPORTED
AUTHORITY = "A citation is a promise that the source is about this."


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
