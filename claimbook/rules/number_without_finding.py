"""A figure in one of our answers that does not come from a finding."""

import re
from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Remark, Topic

_BRACES = re.compile(r"\{[^{}]*\}")
_DIGIT = re.compile(r"\S*\d\S*")


def check(topic: Topic, index: Index) -> Iterator[Remark]:
    """Object once for each text with a typed digit."""
    for field, text in topic.texts:
        if typed := _DIGIT.search(_BRACES.sub("", text)):
            yield Remark(topic.at, f'"{typed[0]}" in `{field}` does not come from a finding')
