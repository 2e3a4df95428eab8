"""A sentence of a page that our records neither register nor skip."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.language.coverage import State, of_page
from claimbook.records import Page, Remark


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each sentence that is left, with its line."""
    if covered := of_page(page.id, index.base):
        for sentence in covered.sentences:
            if sentence.state is State.LEFT:
                words = sentence.text.split()
                short = " ".join(words[:8]) + (" …" if len(words) > 8 else "")
                yield Remark(page.at, f"line {sentence.line} is not registered: {short}")
