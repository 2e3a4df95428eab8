"""A page that offers another regimen than the one its benefits were found with."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.directness import Difference, relation
from claimbook.evidence.index import Index
from claimbook.records import BENEFITS, Occurrence, Page, Remark
from claimbook.rules.remarks import labels


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object once, with the passages whose deciding findings are all about another regimen than the one offered."""
    offered = page.regimen.intervention if page.regimen else None
    if not offered:
        return
    passages: list[Occurrence] = []
    studied: dict[str, None] = {}
    sources: dict[str, None] = {}
    for occurrence in index.base.by_page[page.id]:
        scope = index.base.scope_of(occurrence)
        about_it = scope.intervention and not _apart(scope.intervention, offered, index)
        deciding = (
            appraise(occurrence, index).deciding
            if index.base.claim_of(occurrence).kind in BENEFITS and about_it
            else ()
        )
        given = [one.evidence.finding.about.intervention for one in deciding]
        if given and all(name and _apart(offered, name, index) for name in given):
            passages.append(occurrence)
            studied |= dict.fromkeys(name for name in given if name)
            sources |= dict.fromkeys(source_ids(deciding))
    if passages:
        count = f"{len(passages)} passage{'s' * (len(passages) > 1)}"
        yield Remark(
            page.regimen.at if page.regimen else page.at,
            f"offers {labels([offered], index)}; the evidence behind {count} is on {labels(studied, index)}",
            sources=tuple(sources),
            occurrences=tuple(one.id for one in passages),
        )


def _apart(one: str, other: str, index: Index) -> bool:
    return one != other and relation(one, other, index.base.vocabulary) is Difference.OTHER
