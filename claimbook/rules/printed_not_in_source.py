"""A printed figure in our records that its source does not carry."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Finding, Remark
from claimbook.records.quotes import normalize


def check(finding: Finding, index: Index) -> Iterator[Remark]:
    """Object where the source's figures are at hand and none carries the span."""
    lines = index.base.figures.get(finding.source)
    if (
        finding.printed
        and lines is not None
        and not any(normalize(finding.printed) in line for line in lines)
    ):
        yield Remark(
            finding.at, f'the figures read in {finding.source} do not include "{finding.printed}"'
        )
