"""Passages of one claim that cannot all be so."""

from collections.abc import Iterator
from textwrap import shorten

from claimbook.evidence.disagreements import disagreements
from claimbook.evidence.index import Index, grouped
from claimbook.records import Claim, Remark
from claimbook.rules.remarks import agreeing, listed


def page_disagrees_with_itself(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each page and pair of values that the page itself gives and that conflict."""
    for pair in disagreements(claim, index):
        for page in sorted({o.page for o in pair.passages} & {o.page for o in pair.others}):
            passages = [o for o in (*pair.passages, *pair.others) if o.page == page]
            quotes = [shorten(passage.quote, 80, placeholder=" …") for passage in passages]
            both = f'"{quotes[0]}" and "{quotes[-1]}"'
            message = f"{page} says both {both} ({pair.comparison.reason})"
            yield Remark(passages[0].at, message, occurrences=tuple(o.id for o in passages))


def pages_disagree(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each conflict between what different pages say."""
    conflicts = []
    for pair in disagreements(claim, index):
        pages, others = (
            sorted({o.page for o in pair.passages}),
            sorted({o.page for o in pair.others}),
        )
        if len({*pages, *others}) > 1:
            others = [page for page in others if page not in pages] or others
            pages = [page for page in pages if page not in others] or pages
            who = f"{agreeing(pages, 'disagrees', 'disagree')} with {listed(others)}"
            message = f"{who}: {pair.comparison.reason}"
            conflicts += [(message, passage) for passage in (*pair.passages, *pair.others)]
    for message, passages in grouped(conflicts).items():
        occurrences = tuple(passage.id for passage in passages)
        yield Remark(passages[0].at, message, occurrences=occurrences)
