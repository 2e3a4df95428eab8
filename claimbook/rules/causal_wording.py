"""A benefit worded as caused by the treatment, from studies that had no comparison group."""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.language.clauses import FACT
from claimbook.language.negation import asserted_matches
from claimbook.language.sentences import statements
from claimbook.language.strength import wording
from claimbook.records import (
    Design,
    Occurrence,
    Remark,
)
from claimbook.rules.remarks import listed

_UNCONTROLLED = frozenset(
    {Design.COHORT, Design.CASE_SERIES, Design.CASE_REPORT, Design.CROSS_SECTIONAL, Design.SURVEY}
)
_CAUSE = re.compile(
    r"\b(?:(?:reduc|reliev|eas|improv|decreas|eliminat|alleviat)(?:es?|ed|ing)|(?:lower|shorten|calm|prevent|work|help|cut|end)(?:s|ed|ing)?"
    r"|stop(?:s|ping)?|treats?|stopped (?=the |my |your |her |his |their )|thanks to|because of|due to|leads? to|results? in"
    r"|(?:provid|giv|bring|offer|deliver)(?:es?|s|ing)?(?: \w+){0,2} relief)\b(?! (?:after|within|over|since|when)\b(?! other))",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|says?|felt|feel|rated|called|report(?:s|ed)?|believed?)\b", re.IGNORECASE
)


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object to a plain word of cause where every deciding finding is without a control group."""
    denies = occurrence.says is not None and occurrence.says.denies
    deciding = appraise(occurrence, index).deciding
    if denies or not deciding:
        return
    if not all(one.source.design in _UNCONTROLLED for one in deciding):
        return
    for part in statements(occurrence.quote):
        for word in asserted_matches(_CAUSE, part):
            if wording(part).step >= FACT and not _TOLD.search(word.string, 0, word.start()):
                keys = source_ids(deciding)
                yield Remark(
                    occurrence.at,
                    f'"{word[0]}" says that the treatment did it, but {listed(keys)} had no comparison '
                    "group, and people may have got better anyway",
                    "say what people had afterwards, and that there was no comparison group",
                    sources=keys,
                )
                return
