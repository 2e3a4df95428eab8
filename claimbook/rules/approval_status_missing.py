"""A page that offers a treatment without saying that this use is not approved."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import body
from claimbook.evidence.index import Index
from claimbook.records import BENEFITS, Kind, Page, Remark, YesNo
from claimbook.rules.remarks import labels


def check(page: Page, index: Index) -> Iterator[Remark]:
    """Object where a page claims a benefit and its words on approval leave out what it offers."""
    passages = index.base.by_page[page.id]
    benefits = [o for o in passages if index.base.claim_of(o).kind in BENEFITS]
    offered = page.regimen.intervention if page.regimen else None
    treatments = {offered} if offered else {index.base.scope_of(o).intervention for o in benefits}
    if not any(_may_be_unapproved(treatment, index) for treatment in treatments):
        return
    said = [
        o
        for o in passages
        if index.base.claim_of(o).kind is Kind.APPROVAL and o.says and o.says.denies
    ]
    if benefits and not said:
        yield Remark(page.at, "the page does not say that this use is unapproved")
    elif (
        benefits
        and offered
        and not any(_covers(index.base.scope_of(o).intervention, offered, index) for o in said)
    ):
        named = labels((index.base.scope_of(o).intervention for o in said), index)
        yield Remark(
            said[0].at,
            f"says that the use is unapproved, but only of {named}",
            occurrences=tuple(o.id for o in said),
        )


def _may_be_unapproved(treatment: str | None, index: Index) -> bool:
    """Whether a claim on the approval of a treatment is recorded that no finding bears out."""
    return any(
        claim.kind is Kind.APPROVAL
        and (treatment is None or _covers(claim.about.intervention, treatment, index))
        and not any(one.finding.says == YesNo(True) for one in body(claim, index))
        for claim in index.base.claims.values()
    )


def _covers(said: str | None, offered: str, index: Index) -> bool:
    return said is None or said == offered or said in index.base.vocabulary.above.get(offered, ())
