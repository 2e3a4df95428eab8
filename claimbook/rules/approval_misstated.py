"""A passage about approval that the label or the authority contradicts."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import Support, appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark
from claimbook.rules.remarks import listed, verb


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where all deciding authorities are against the passage."""
    authorities = [one for one in appraise(occurrence, index).deciding if one.evidence.authority]
    if authorities and all(one.support is Support.CONTRADICTS for one in authorities):
        keys = source_ids(authorities)
        reason = authorities[0].comparison.reason if authorities[0].comparison else "otherwise"
        says = f"{listed(keys)} {verb(keys, 'says', 'say')} otherwise about approval"
        yield Remark(occurrence.at, f"{says} ({reason})", sources=keys)
