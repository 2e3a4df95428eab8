"""One of our answers gives findings of benefit and no finding of harm."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Remark, Topic


def check(topic: Topic, index: Index) -> Iterator[Remark]:
    """Object where findings are shown and none of them, here or among the harms, is a harm."""
    if topic.found and not any(
        index.base.vocabulary.harm(index.base.findings[key].about.outcome) for key in topic.harms
    ):
        yield Remark(topic.at, "shows findings of benefit and no finding of harm")
