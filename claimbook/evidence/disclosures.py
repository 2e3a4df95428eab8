"""What a page should tell, and whether it does: decided by its registered passages, never by a search for words."""

from collections.abc import Iterator

from claimbook.records import (
    BENEFITS,
    Base,
    ConceptSet,
    Direction,
    Disclosure,
    Effect,
    Kind,
    Occurrence,
    Page,
    Remark,
    YesNo,
)


def tells(occurrence: Occurrence, disclosure: Disclosure, base: Base) -> bool:
    """Whether a passage tells a disclosure: it makes (or denies) one of its claims, or names its concept."""
    claim = base.claim_of(occurrence)
    says = occurrence.says
    if claim.id in disclosure.told_by:
        denies = says == YesNo(False) or (
            isinstance(says, Effect) and says.direction is Direction.NONE
        )
        return denies == disclosure.by_denying
    named = (
        claim.kind is Kind.CONTRAINDICATION
        and isinstance(says, ConceptSet)
        and says.mode == "includes"
    )
    return bool(named and isinstance(says, ConceptSet) and disclosure.concept in says.concepts)


def asked(disclosure: Disclosure, page: str, base: Base) -> bool:
    """Whether a disclosure is asked of a page: always, or where the page offers or names the concept in `when`."""
    if disclosure.when is None:
        return True
    regimen = base.pages[page].regimen
    if regimen and disclosure.when in (regimen.intervention, *regimen.settings):
        return True
    return any(
        disclosure.when in dict(base.scope_of(occurrence).facets()).values()
        for occurrence in base.by_page[page]
    )


def told(page: str, base: Base) -> dict[str, Occurrence | None]:
    """For every disclosure that is asked of a page the first passage that tells it, or None."""
    key = ("told", page)
    if key not in base.memo:
        passages = base.by_page[page]
        base.memo[key] = {
            name: next(
                (occurrence for occurrence in passages if tells(occurrence, one, base)), None
            )
            for name, one in base.disclosures.items()
            if asked(one, page, base)
        }
    return base.memo[key]  # type: ignore[return-value]


def left_out(page: Page, kind: str, what: str, base: Base) -> Iterator[Remark]:
    """One objection to a page that claims a benefit, with all the disclosures of a kind that it leaves out; *what* names the kind."""
    if not any(base.claim_of(occurrence).kind in BENEFITS for occurrence in base.by_page[page.id]):
        return
    left = [
        base.disclosures[name]
        for name, by in told(page.id, base).items()
        if by is None and base.disclosures[name].kind == kind
    ]
    if left:
        sources = tuple(dict.fromkeys(key for one in left for key in one.authority))
        yield Remark(
            page.at,
            f"leaves out {what}: {', '.join(one.label.lower() for one in left)}",
            sources=sources,
        )
