"""A quote that is not on its page.

A defect of ours: the words recorded are not in the text of the page that was read. White space, quotation marks and dashes
are made plain before the quote is looked for; `…` stands for words left out. Where the page's text is not at hand the quote
is *not checked*, never fine.

## Flagged
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Footbaths cure colds., says: {effect: reduces}}]
snapshots: {clinic-a: Footbaths ease colds.}
```
## Passes
```yaml
statement: Footbaths ease colds.
occurrences: [{page: clinic-a, quote: Footbaths … colds., says: {effect: reduces}}]
snapshots: {clinic-a: Footbaths ease colds.}
```
"""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import Category, Occurrence, Remark, Severity
from claimbook.records.quotes import contains_quote

SUBJECT = Occurrence
CATEGORY = Category.RECORD
SEVERITY = Severity.ERROR
AUTHORITY = "A quote is word for word, or it is not a quote."


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the page's text is at hand and does not carry the quote."""
    text = index.base.snapshots.get(occurrence.page)
    if text is not None and not contains_quote(text, occurrence.quote):
        yield Remark(occurrence.at, f"not on the page {occurrence.page}: {occurrence.quote!r}")
