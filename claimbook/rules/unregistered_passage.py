"""A sentence of a page that is neither registered nor passed over.

A gap of ours: the page may claim something there that nobody has held against the evidence. Runs where the page's text is
at hand.

## Flagged
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
snapshots: {clinic-a: "Footbaths ease colds. They cost little."}
```
## Passes
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Footbaths ease colds., says: {effect: reduces}}]
snapshots: {clinic-a: Footbaths ease colds.}
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.language.coverage import State, of_page
from claimbook.records import Category, Page, Remark, Severity

SUBJECT = Page
CATEGORY = Category.RECORD
SEVERITY = Severity.NOTE
AUTHORITY = "What is not registered is not judged."


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each sentence that is left, with its line."""
    if covered := of_page(page.id, index.base):
        for sentence in covered.sentences:
            if sentence.state is State.LEFT:
                words = sentence.text.split()
                short = " ".join(words[:8]) + (" …" if len(words) > 8 else "")
                yield Remark(page.at, f"line {sentence.line} is not registered: {short}")
