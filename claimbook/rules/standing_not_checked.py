"""A study in use that nobody has checked for corrections or retraction."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Remark, Source, SourceKind


def check(source: Source, index: Index) -> Iterator[Remark]:
    """Object to a study or review that some claim uses and whose standing is unknown."""
    if (
        source.kind in (SourceKind.STUDY, SourceKind.REVIEW)
        and source.standing.status == "unknown"
        and source.id in index.by_source
    ):
        yield Remark(
            source.at, f"nobody has checked whether {source.id} was corrected or retracted"
        )
