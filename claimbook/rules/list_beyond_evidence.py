"""A list with right members and others that no source read here lists."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, warns
from claimbook.evidence.index import Index
from claimbook.evidence.support import Support
from claimbook.records import GRADED, Occurrence, Remark, Severity, Verdict
from claimbook.rules.remarks import agreeing, labels


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to the members that no source lists, where a deciding source lists others.

    A list that only warns is not checked rather than unsupported: to name a harm too many, or
    people too many for whom the treatment is not, comforts nobody.
    """
    appraisal, claim = appraise(occurrence, index), index.base.claim_of(occurrence)
    if not appraisal.unmet or Support.SUPPORTS not in appraisal.support:
        return
    nowhere = [name for name, heard in appraisal.unmet.items() if not heard]
    unread = [labels([name], index) for name, heard in appraisal.unmet.items() if heard]
    graded, parts = claim.kind in GRADED, []
    searched = bool(claim.searched) or not graded
    if nowhere:
        outcome = labels([index.base.scope_of(occurrence).outcome], index)
        why = f"none of the sources on “{outcome}” lists"
        why = why if searched else "this base has not searched for evidence on"
        parts.append(f"{why} {labels(nowhere, index)}")
    if unread:
        parts.append(f"{agreeing(unread, 'is', 'are')} listed only in what was read second-hand")
    checked = bool(nowhere) and searched and not warns(occurrence, index)
    severity = Severity.ERROR if graded else Severity.WARNING
    heard = (key for keys in appraisal.unmet.values() for key in keys)
    yield Remark(
        occurrence.at,
        "; ".join(parts),
        sources=tuple(dict.fromkeys((*appraisal.sources, *heard))),
        severity=severity if checked else Severity.NOTE,
        verdict=None if checked else Verdict.NOT_CHECKED,
    )
