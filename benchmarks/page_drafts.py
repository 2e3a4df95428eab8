"""How much of a curator's work on a page `claimbook draft-page` proposes, one page left out at a time.

    python benchmarks/page_drafts.py     # CLAIMBOOK_SNAPSHOTS names the texts of the pages

The passages of a page are taken out of the base, and the page is drafted anew. A passage counts as
proposed where its claim is proposed for a sentence that holds its words, and as near where the
claim is among those named beside such a sentence. A proposal is right where the curator has it.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from claimbook.curation.page_draft import PageDraft, Proposal, page_draft
from claimbook.loading.load import load
from claimbook.records import Base, Occurrence
from claimbook.records.quotes import normalize, quote_spans

ROOT = Path(__file__).parent.parent


def without(page: str, base: Base) -> Base:
    """The base as if nobody had recorded a page."""
    claims = {
        name: replace(claim, occurrences=tuple(o for o in claim.occurrences if o.page != page))
        for name, claim in base.claims.items()
    }
    pages = {name: each for name, each in base.pages.items() if name != page}
    return replace(base, claims=claims, pages=pages, texts={}, snapshots={})


def measure(page: str, base: Base) -> Counter[str]:
    """Counts of one page: passages, proposed and near; proposals, right and right by sureness."""
    draft = page_draft(base.texts[page], base.pages[page].sha256, without(page, base))
    recorded = base.by_page[page]
    counts = Counter(passages=len(recorded), proposals=len(draft.passages))
    for occurrence in recorded:
        of = [each for each in sentences(draft) if holds(each, occurrence)]
        proposed = any(each.claim and each.claim.id == occurrence.claim for each in of)
        near = any(claim.id == occurrence.claim for each in of for claim in each.others)
        counts["proposed"] += proposed
        counts["proposed or near"] += proposed or near
    for each in draft.passages:
        right = any(
            each.claim and each.claim.id == occurrence.claim and holds(each, occurrence)
            for occurrence in recorded
        )
        counts["right"] += right
        counts[f"{each.sure}"] += 1
        counts[f"{each.sure} and right"] += right
    counts["unmatched"] = len(draft.unmatched)
    counts["passed over"] = len(draft.passed_over)
    return counts


def sentences(draft: PageDraft) -> tuple[Proposal, ...]:
    """Every sentence that is proposed or named as unmatched."""
    return (*draft.passages, *draft.unmatched)


def holds(proposal: Proposal, occurrence: Occurrence) -> bool:
    """Whether a proposal is of the sentence in which a recorded passage ends, or begins."""
    words = normalize(proposal.sentence)
    last = quote_spans(occurrence.quote)[-1]
    return last in words or words in last


def main() -> None:
    """Print the counts of every page and of all."""
    base = load(ROOT)
    total: Counter[str] = Counter()
    for page in base.texts:
        counts = measure(page, base)
        total += counts
        print(f"{page}: {dict(counts)}")
    print(f"all: {dict(total)}")
    for name, of in (
        ("proposed", "passages"),
        ("proposed or near", "passages"),
        ("right", "proposals"),
    ):
        print(f"{name}: {total[name]} of {total[of]} {of}, {total[name] / total[of]:.0%}")


if __name__ == "__main__":
    main()
