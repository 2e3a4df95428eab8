"""Two pages that say what cannot both be so."""

from collections.abc import Iterator

from claimbook.evidence.disagreements import disagreements
from claimbook.evidence.index import Index
from claimbook.records import Claim, Remark


def check(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each conflict between what different pages say."""
    told: dict[str, dict[str, None]] = {}
    for found in disagreements(claim, index):
        ones, others = {o.page for o in found.one}, {o.page for o in found.other}
        if any(one != other for one in ones for other in others):
            message = f"{', '.join(sorted(ones))} against {', '.join(sorted(others))}: {found.comparison.reason}"
            told.setdefault(message, {}).update(
                dict.fromkeys(o.id for o in (*found.one, *found.other))
            )
    for message, occurrences in told.items():
        yield Remark(
            index.base.occurrences[next(iter(occurrences))].at,
            message,
            occurrences=tuple(occurrences),
        )
