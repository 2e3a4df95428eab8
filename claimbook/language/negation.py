"""What a passage denies or asks, so that words there are not taken for its claims."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from claimbook.language.clauses import read_clauses
from claimbook.language.phrases import Pattern, alternatives, pattern
from claimbook.language.stance import disclaimed

_BACK = re.compile(rf" (?:for |of )?(?={alternatives('clauses', 'back')}\b)", re.IGNORECASE)


def negated_spans(passage: str) -> list[tuple[int, int]]:
    """Where a passage denies, from the "not" on, or asks, as (start, end), in order."""
    return sorted(span for clause in read_clauses(passage) for span in clause.denied)


def asserted_matches(words: Pattern, passage: str) -> Iterator[re.Match[str]]:
    """Where words stand in a passage and are not denied ("not a cure"), asked or doubted.

    The passage is searched with straight apostrophes, so that they need one kind only.
    """
    straight = passage.replace("’", "'")
    matches = list(words.finditer(straight))
    if not matches:
        return
    spans = negated_spans(passage)
    starts = [start for start, _ in spans]
    for match in matches:
        index = bisect_left(starts, match.start()) - 1
        denied = index >= 0 and match.start() < spans[index][1]
        denied = denied or denied_behind(straight, match.end())
        if not denied and not disclaimed(straight, match.span()):
            yield match


def denied_behind(passage: str, at: int) -> bool:
    """Whether what ends at a place is denied right behind it ("cures nobody")."""
    found = _BACK.match(passage, at)
    return found is not None and not pattern("clauses", "idle").match(passage, found.end())
