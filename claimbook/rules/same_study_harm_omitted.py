"""A page that gives a study's benefit and leaves out the harm that the same study reports."""

from collections.abc import Iterator

from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    Direction,
    Effect,
    Occurrence,
    Page,
    Remark,
    Share,
    Value,
)


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each source that is cited for benefit and not for its harms."""
    benefits: dict[str, list[Occurrence]] = {}
    told = set()
    for occurrence in index.base.by_page[page.id]:
        for key in occurrence.cited:
            if index.base.vocabulary.harm(index.base.scope_of(occurrence).outcome):
                told.add(key)
            elif index.base.claim_of(occurrence).kind in BENEFITS:
                benefits.setdefault(key, []).append(occurrence)
    for key, occurrences in benefits.items():
        harms = [
            f
            for f in index.base.sources[key].findings
            if index.base.vocabulary.harm(f.about.outcome) and not _harmless(f.says)
        ]
        if harms and key not in told:
            worst = max(
                harms,
                key=lambda finding: (
                    finding.says.interval.high if isinstance(finding.says, Share) else -1
                ),
            )
            figure = f" ({worst.says.text})" if isinstance(worst.says, Share) else ""
            what = index.base.vocabulary.label(worst.about.outcome).lower()
            yield Remark(
                occurrences[0].at,
                f"cites {key} for benefit and leaves out the harm it reports: {what}{figure}",
                sources=(key,),
                occurrences=tuple(one.id for one in occurrences),
            )


def _harmless(says: Value) -> bool:
    """Whether a finding on a harm is that there was none of it."""
    nobody = isinstance(says, Share) and (says.count == 0 or says.interval.high == 0)
    return nobody or says.denies or says == Effect(Direction.REDUCES)
