"""Sources that were retracted or never checked, that share people, or that miscount."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import body, source_ids
from claimbook.evidence.groups import overlapping
from claimbook.evidence.index import Index
from claimbook.records import Claim, Finding, Remark, Share, Source, SourceKind
from claimbook.records.display import listed

_STATUS = {"retracted": "retracted", "concern": "under an expression of concern"}


def retracted_source(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to a claim that uses such evidence."""
    for link in claim.evidence:
        key = index.base.findings[link.finding].source
        if status := _STATUS.get(index.base.sources[key].standing.status):
            yield Remark(f"{key} is {status}", sources=(key,), at=link.at)


def standing_not_checked(source: Source, index: Index) -> Iterator[Remark]:
    """Object to a study or review that some claim uses and whose standing is unknown."""
    study = source.kind in (SourceKind.STUDY, SourceKind.REVIEW)
    if study and source.standing.status == "unknown" and source.id in index.by_source:
        yield Remark(f"nobody has checked whether {source.id} was corrected or retracted")


def standing_outdated(source: Source, index: Index) -> Iterator[Remark]:
    """Object to a source that some claim uses and whose standing was to be looked up again."""
    due, asked = source.standing.due, f"whether {source.id} was corrected or retracted"
    if due and due < index.today and source.id in index.by_source:
        yield Remark(f"{asked} was to be checked by {due}")


def dependent_studies(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each group of sources of the claim's evidence that overlap."""
    keys = source_ids(evidence for evidence in body(claim, index) if evidence.usable)
    for group in overlapping(keys, index.base):
        same = tuple(sorted(group))
        message = f"{listed(same)} may have counted the same people, so they count as one result"
        yield Remark(message, sources=same)


def source_arithmetic(finding: Finding, index: Index) -> Iterator[Remark]:
    """Object where count over total, rounded as printed, is not the share, in either arm."""
    if isinstance(finding.says, Share):
        yield from _arithmetic(finding.says, finding, index)
        if finding.says.against:
            yield from _arithmetic(finding.says.against, finding, index)


def _arithmetic(says: Share, finding: Finding, index: Index) -> Iterator[Remark]:
    if says.count is None or says.total is None:
        return
    share = 100 * says.count / says.total
    if not says.rounds(share):
        printed = f"{finding.source} prints {says.text} for {says.count:,} of {says.total:,}"
        yield Remark(f"{printed}, which is {share:.1f}%{_fits(says, finding, index)}")


def _fits(says: Share, finding: Finding, index: Index) -> str:
    """Another total of the same source that the share does fit: those who responded at first."""
    for other in index.base.sources[finding.source].findings:
        if other is finding or not isinstance(other.says, Share) or not says.count:
            continue
        for total in (other.says.count, other.says.total):
            if total and total != says.total and says.rounds(100 * says.count / total):
                counted = index.base.vocabulary.label(other.about.outcome).lower()
                return f"; {says.text} is {says.count} of {total}, as in “{counted}”"
    return ""
