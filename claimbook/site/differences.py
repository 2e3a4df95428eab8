"""How pages differ, from one another and from themselves: the same rows wherever they are told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, isinf
from typing import Any

from claimbook.evidence.disagreements import Disagreement, DisagreementKind, pairs
from claimbook.evidence.index import Index
from claimbook.records import Amount, ConceptSet, Occurrence, Value
from claimbook.records.grouping import grouped
from claimbook.records.quotes import normalize
from claimbook.rules.check import Report
from claimbook.rules.disagreements import every_disagreement, in_rows, with_itself
from claimbook.site.board import quoted
from claimbook.site.context import Context
from claimbook.site.filters import Row, filters

WORDS_A_TELLING_ONE = 8  # of a quote weigh as much as one that tells its claim
_QUOTED = re.compile("“([^”]+)”")
Side = tuple[Occurrence, ...]  # the passages that say the same
Camp = dict[str, tuple[Occurrence, ...]]  # passages by page, of each what tells most first


def contradictions(context: Context) -> dict[str, Any]:
    """Every disagreement between pages, or of a page with itself, each side by page.

    What a page says against itself is told once, where pages differ on the same for the same
    reason, or a person wrote of the claim how pages differ on it. Small ones are apart.
    """
    base = context.base
    topics = grouped((name, topic.id) for topic in base.topics.values() for name in topic.claims)
    rows: dict[bool, list[tuple[Row, str, Disagreement, tuple[Camp, Camp]]]]
    rows = {True: [], False: []}
    for name, each in sorted(_rows(context).items(), key=lambda item: _order(item[1])):
        topic = tuple(name for claim in each.claims for name in topics.get(claim.id, ()))
        found_by = {
            "topic": tuple(dict.fromkeys(topic)),
            "clinic": each.pages,
            "kind": (each.kind.value,),
        }
        found = Row(each.claims[0], found_by)
        rows[each.small].append((found, name, each, camps(each, context.report)))
    return {
        "rows": rows[False],
        "small": rows[True],
        "total": len(rows[False]),
        "filters": filters((row[0] for row in rows[False]), base, ("kind", "clinic", "topic")),
    }


def _rows(context: Context) -> dict[str, Disagreement]:
    """The disagreements by the name of their row."""
    index = context.report.index
    between = every_disagreement(index)
    within = {page: with_itself(page, index) for page in context.base.pages}
    of_claims = {each.row for each in between if len(each.claims) > 1}
    alike = (each for some in within.values() for each in some if each.row in of_claims)
    found = {each.id: each for each in in_rows((*between, *alike))}
    told = {each.row: set(each.passages) for each in found.values()}
    written = {
        (each.kind, each.claims[0])
        for each in between
        if len(each.claims) == 1 and each.claims[0].differences
    }
    for page, some in within.items():
        for each in in_rows(some):
            again = told.get(each.row, set()).issuperset(each.passages)
            if not again and (each.kind, each.claims[0]) not in written:
                found[f"{page}--{each.id}"] = each
    return found


def _order(each: Disagreement) -> tuple[tuple[bool, bool, int], str, str]:
    """The gravest first, then by topic."""
    first = each.claims[0]
    return each.severity, first.topic, first.statement


@dataclass(frozen=True, slots=True)
class Difference:
    """What a page says on one side of a row, and one passage of each page on the other."""

    row: Disagreement
    ours: Occurrence
    theirs: tuple[Occurrence, ...]


Group = tuple[DisagreementKind, bool, bool]  # with whether it is grave, and small


def from_itself(page: str, report: Report) -> dict[Group, tuple[Disagreement, ...]]:
    """How a page differs from itself, the gravest first."""
    rows = sorted(in_rows(with_itself(page, report.index)), key=_order)
    return grouped((_group(row), row) for row in rows)


def from_others(page: str, report: Report) -> dict[Group, tuple[Difference, ...]]:
    """How a page differs from other pages, row by row, the gravest first."""
    rows = sorted(in_rows(every_disagreement(report.index)), key=_order)
    return grouped((_group(row), each) for row in rows for each in _of_page(page, row, report))


def _group(row: Disagreement) -> Group:
    return row.kind, row.grave, row.small


def _of_page(page: str, row: Disagreement, report: Report) -> Iterator[Difference]:
    """What a page says on each side of a row of which other pages stand on the other.

    A page that stands on both sides differs from those that stand on one; two that stand on both
    differ each from itself.
    """
    sides = camps(row, report)
    both = sides[0].keys() & sides[1].keys()
    left_out = {page, *both} if page in both else {page}
    for ours, theirs in (sides, sides[::-1]):
        others = tuple(some[0] for other, some in theirs.items() if other not in left_out)
        if page in ours and others:
            yield Difference(row, ours[page][0], others)


def camps(each: Disagreement, report: Report) -> tuple[Camp, Camp]:
    """The two sides of a row, by page."""
    first, second = _camps(each, report.index)
    return _by_page(first, each, report), _by_page(second, each, report)


def _by_page(camp: list[Side], each: Disagreement, report: Report) -> Camp:
    """The passages of a camp by page, the same words once; of a page what tells most first.

    These are the first where a person put them in order, and those that what is written of the row
    quotes. Else those tell most that hold most of their claim's words, and need no note on how they
    were read; of equals the longer ones. Headings come last.
    """
    words = [span for reason in each.reasons for span in _QUOTED.findall(reason)]

    def place(passage: Occurrence) -> tuple[bool, bool, float]:
        named = any(span in passage.quote for span in words)
        heads = normalize(passage.quote) in normalize(passage.section or "")
        length = len(passage.quote.split()) / WORDS_A_TELLING_ONE
        return not named, heads, bool(passage.note) - quoted(passage, report).telling - length

    sides = camp if each.ordered else [sorted(side, key=place) for side in camp]
    passages: dict[tuple[str, str], Occurrence] = {}
    for passage in (passage for side in sides for passage in side):
        passages.setdefault((passage.page, passage.quote), passage)
    return grouped((o.page, o) for o in passages.values())


def _camps(each: Disagreement, index: Index) -> tuple[list[Side], list[Side]]:
    """The first side with those that stand on it, and those that stand against them.

    A side stands where those are not that it disagrees with; one of another scope may disagree with
    the second side, and not with the first. Lists and amounts stand by their size.
    """
    if each.kind is DisagreementKind.DEGREE and (by_size := _by_size(each.sides)):
        return by_size
    claim, (first, *others) = each.claims[0], each.sides
    against = {
        frozenset((pair.passages, pair.others))
        for pair in pairs(claim, claim.occurrences, index)
        if pair.kind is each.kind
    }
    with_first, queue = {first: True}, [first]
    while queue and len(each.claims) == 1:
        side = queue.pop(0)
        for other in others:
            if other not in with_first and frozenset((side, other)) in against:
                with_first[other] = not with_first[side]
                queue.append(other)
    return (
        [side for side in each.sides if with_first.get(side)],
        [side for side in others if not with_first.get(side)],
    )


def _by_size(sides: Sequence[Side]) -> tuple[list[Side], list[Side]] | None:
    """The sides that name or give more than all do on average, and the others.

    The longer lists come first, the larger amounts last. None where sides have no size, or one.
    """
    values = [side[0].says for side in sides]
    if len({each.claim for side in sides for each in side}) > 1:
        return None
    sizes = [size for value in values if (size := _size(value)) is not None]
    if len(sizes) < len(sides) or len(set(sizes)) == 1:
        return None
    above = {n for n, size in enumerate(sizes) if size > sum(sizes) / len(sizes)}
    more = [side for n, side in enumerate(sides) if n in above]
    less = [side for n, side in enumerate(sides) if n not in above]
    return (more, less) if isinstance(values[0], ConceptSet) else (less, more)


def _size(value: Value | None) -> float | None:
    """How many things a list names that need not be whole, or the middle of an amount."""
    match value:
        case ConceptSet(mode="includes"):
            return len(value.concepts)
        case Amount():
            low, high = value.interval.low, value.interval.high
            middle = low if isinf(high) else (low + high) / 2
            return middle if isfinite(middle) else None
    return None
