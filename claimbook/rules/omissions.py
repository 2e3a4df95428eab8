"""Pages that offer a treatment and leave out what they should tell."""

from collections.abc import Iterator

from claimbook.evidence.disclosures import told
from claimbook.evidence.index import Index
from claimbook.records import Page, Remark


def check(page: Page, index: Index, *, disclosure: str, missing: str) -> Iterator[Remark]:
    """Object once to a page that claims a benefit, with all the disclosures that it leaves out.

    Args:
        disclosure: the kind of disclosure.
        missing: what disclosures of this kind are.
    """
    base = index.base
    left = [
        base.disclosures[name]
        for name, passage in told(page.id, index).items()
        if passage is None and base.disclosures[name].kind == disclosure
    ]
    if left:
        sources = tuple(dict.fromkeys(key for each in left for key in each.authority))
        what = ", ".join(each.label.lower() for each in left)
        yield Remark(page.at, f"leaves out {missing}: {what}", sources=sources)
