"""What a page as a whole leaves out, or offers beside what was studied."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, body
from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    Amount,
    Direction,
    Effect,
    Finding,
    Kind,
    Occurrence,
    Page,
    Remark,
    Share,
    Value,
    YesNo,
)
from claimbook.records.display import count
from claimbook.rules.disclosures import disclosed, is_taken_back, taken_back, warns
from claimbook.rules.remarks import labels


def benefits_without_harms(page: Page, index: Index) -> Iterator[Remark]:
    """Object to a page that affirms a benefit, without a passage that tells of a harm."""
    affirms = any(
        passage.says and not passage.says.promises_nothing
        for passage in index.base.by_page[page.id]
        if index.base.claim_of(passage).kind in BENEFITS
    )
    if affirms and not any(warns(passage, index) for passage in index.base.by_page[page.id]):
        yield Remark("mentions benefits but no harms")


def approval_status_missing(page: Page, index: Index) -> Iterator[Remark]:
    """Object where a page claims a benefit and its words on approval leave out what it offers."""
    passages = index.base.by_page[page.id]
    benefits = [o for o in passages if index.base.claim_of(o).kind in BENEFITS]
    offered = page.regimen.intervention if page.regimen else None
    treatments = {offered} if offered else {index.base.scope_of(o).intervention for o in benefits}
    if not benefits or not any(_may_be_unapproved(each, index) for each in treatments):
        return
    denying = [o for o in passages if o.says and o.says.denies]
    said = [o for o in denying if index.base.claim_of(o).kind is Kind.APPROVAL]
    of_what = [index.base.scope_of(o).intervention for o in said]
    if not said:
        yield Remark("the page does not say that this use is unapproved")
    elif offered and not any(_takes_in(treatment, offered, index) for treatment in of_what):
        named = labels(of_what, index)
        yield Remark(
            f"says that the use is unapproved, but only of {named}",
            occurrences=tuple(o.id for o in said),
            at=said[0].at,
        )


def _may_be_unapproved(treatment: str | None, index: Index) -> bool:
    """Whether a claim on the approval of a treatment is recorded that no finding bears out."""
    return any(
        claim.kind is Kind.APPROVAL
        and (treatment is None or _takes_in(claim.about.intervention, treatment, index))
        and not any(one.finding.says == YesNo(True) for one in body(claim, index))
        for claim in index.base.claims.values()
    )


def _takes_in(said: str | None, offered: str, index: Index) -> bool:
    return said is None or said == offered or said in index.base.vocabulary.above.get(offered, ())


def missing_disclosures(
    page: Page, index: Index, *, disclosure: str, missing: str
) -> Iterator[Remark]:
    """Object once to a page that offers a treatment, with all the disclosures it leaves out.

    Where its own words lead a reader to expect one of them, the first of these words are quoted.
    """
    untold = [
        index.base.disclosures[name] for name, by in disclosed(page.id, index).items() if not by
    ]
    if left_out := [each for each in untold if each.kind == disclosure]:
        sources = tuple(key for each in left_out for key in each.authority)
        back = taken_back(page.id, index)
        what = ", ".join(
            each.label.lower()
            + (f' ("{back[each.id].quote}" does not tell it)' if each.id in back else "")
            for each in left_out
        )
        promises = {name for each in left_out for name in each.promised_by}
        promised = [
            passage
            for passage in index.base.by_page[page.id]
            if passage.claim in promises and not is_taken_back(passage, index)
        ]
        although = f', although it says "{promised[0].quote}"' if promised else ""
        yield Remark(f"leaves out {missing}{although}: {what}", sources=sources)


def same_study_harm_omitted(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each source that is cited for benefit and not for its harms.

    Of a harm without a figure there is no more to tell than that it happens: a passage that names
    no source tells it too.
    """
    base, above = index.base, index.base.vocabulary.above
    benefits: dict[str, list[Occurrence]] = {}
    cited_for_harm: set[str] = set()
    told: set[str] = set()
    for occurrence in base.by_page[page.id]:
        outcome = base.scope_of(occurrence).outcome
        harmful = base.vocabulary.harm(outcome)
        says = None if occurrence.cites else occurrence.says
        if outcome and harmful and says and not _harmless(says):
            told.add(outcome)
        for key in occurrence.cited:
            if harmful:
                cited_for_harm.add(key)
            elif base.claim_of(occurrence).kind in BENEFITS and not (
                occurrence.says and occurrence.says.promises_nothing
            ):
                benefits.setdefault(key, []).append(occurrence)
    for key, passages in benefits.items():
        harms = [
            finding
            for finding in base.sources[key].findings
            if (outcome := finding.about.outcome)
            and base.vocabulary.harm(outcome)
            and not _harmless(finding.says)
            and (
                isinstance(finding.says, Share | Amount)
                or told.isdisjoint((outcome, *above[outcome]))
            )
        ]
        if harms and key not in cited_for_harm:
            worst = max(harms, key=_share)
            figure = f" ({worst.says.text})" if isinstance(worst.says, Share) else ""
            what = f"{labels([worst.about.outcome], index)}{figure}"
            yield Remark(
                f"cites {key} for benefit and leaves out the harm it reports: {what}",
                sources=(key,),
                occurrences=tuple(passage.id for passage in passages),
                at=passages[0].at,
            )


def _share(finding: Finding) -> float:
    return finding.says.interval.high if isinstance(finding.says, Share) else -1


def _harmless(says: Value) -> bool:
    """Whether a finding on a harm is that there was none of it."""
    nobody = isinstance(says, Share) and (says.count == 0 or says.interval.high == 0)
    return nobody or says.denies or says == Effect(Direction.REDUCES)


def regimen_mismatch(page: Page, index: Index) -> Iterator[Remark]:
    """Object once, with the passages whose deciding findings are all about another regimen."""
    regimen, vocabulary = page.regimen, index.base.vocabulary
    if not regimen or not (offered := regimen.intervention):
        return
    passages: list[str] = []
    studied: list[str | None] = []
    sources: list[str] = []
    for occurrence in index.base.by_page[page.id]:
        about = index.base.scope_of(occurrence).intervention
        benefit = index.base.claim_of(occurrence).kind in BENEFITS
        if benefit and about and not vocabulary.apart([about], [offered]):
            appraisal = appraise(occurrence, index)
            given = [each.evidence.finding.about.intervention for each in appraisal.deciding]
            if vocabulary.apart([offered], given):
                passages.append(occurrence.id)
                studied += given
                sources += appraisal.sources
    if passages:
        behind = f"the evidence behind {count(len(passages), 'passage')}"
        yield Remark(
            f"offers {labels([offered], index)}; {behind} is on {labels(studied, index)}",
            sources=tuple(dict.fromkeys(sources)),
            occurrences=tuple(passages),
            at=regimen.at,
        )
