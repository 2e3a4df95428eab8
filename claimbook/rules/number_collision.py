"""A percentage that is also, as a bare number, how many people a study had."""

import re
from collections.abc import Iterator

from claimbook.evidence.figures import same_figure
from claimbook.evidence.index import Index
from claimbook.records import Occurrence, Remark, Share, Source, parse_value
from claimbook.rules.remarks import agreeing, listed

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where a whole percentage is some study's number of people."""
    says = occurrence.says
    if not isinstance(says, Share) or not says.figure:
        return
    for number in _NUMBER.findall(says.text.partition(" in ")[0]):
        if not number.isdigit() or number not in occurrence.quote:
            continue
        near, share = _near(occurrence, index), parse_value({"share": f"{number}%"})
        counts = [source.id for source in near if _counts(source, int(number), index)]
        prints = [
            source.id
            for source in near
            if any(same_figure(share, finding.says) for finding in source.findings)
        ]
        if counts and not any(key in occurrence.cites for key in prints):
            given = f"no study on this gives {number}%"
            if prints:
                given = f"{agreeing(prints, 'gives', 'give')} {number}%, exactly or rounded"
            message = f"{number} is also the number of people in {listed(counts)}, and {given}"
            message += ": check where the figure comes from"
            yield Remark(occurrence.at, message, sources=tuple(dict.fromkeys(counts + prints)))


def _near(occurrence: Occurrence, index: Index) -> list[Source]:
    """Find the sources linked to the claim, and those that report its outcome."""
    claim, outcome = index.base.claim_of(occurrence), index.base.scope_of(occurrence).outcome
    named = [link.finding for link in claim.evidence] + [link.finding for link in claim.set_aside]
    linked = {index.base.findings[name].source for name in named}
    return [
        source
        for source in index.base.sources.values()
        if source.id in linked
        or (outcome and any(finding.about.outcome == outcome for finding in source.findings))
    ]


def _counts(source: Source, number: int, index: Index) -> bool:
    """Whether so many took part, or the source gives a share of so many."""
    shares = (finding.says for finding in source.findings if isinstance(finding.says, Share))
    return source.id in index.by_size.get(number, ()) or any(one.total == number for one in shares)
