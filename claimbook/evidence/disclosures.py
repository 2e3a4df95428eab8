"""What a page should tell, and whether it does: decided by its registered passages, never by a search for words."""

from claimbook.evidence.index import Index, remembered
from claimbook.records import (
    ConceptSet,
    Disclosure,
    Kind,
    Occurrence,
)


def tells(occurrence: Occurrence, disclosure: Disclosure, index: Index) -> bool:
    """Whether a passage tells a disclosure: it makes (or denies) one of its claims, or names its concept."""
    claim = index.base.claim_of(occurrence)
    says = occurrence.says
    if claim.id in disclosure.told_by:
        return (says is not None and says.denies) == disclosure.by_denying
    named = (
        claim.kind is Kind.CONTRAINDICATION
        and isinstance(says, ConceptSet)
        and says.mode == "includes"
    )
    return bool(named and isinstance(says, ConceptSet) and disclosure.concept in says.concepts)


def asked(disclosure: Disclosure, page: str, index: Index) -> bool:
    """Whether a disclosure is asked of a page: always, or where the page offers or names the concept in `when`."""
    if disclosure.when is None:
        return True
    regimen = index.base.pages[page].regimen
    if regimen and disclosure.when in (regimen.intervention, *regimen.settings):
        return True
    return any(
        disclosure.when in dict(index.base.scope_of(occurrence).facets()).values()
        for occurrence in index.base.by_page[page]
    )


@remembered
def told(page: str, index: Index) -> dict[str, Occurrence | None]:
    """For every disclosure that is asked of a page the first passage that tells it, or None."""
    return {
        name: next((one for one in index.base.by_page[page] if tells(one, disclosure, index)), None)
        for name, disclosure in index.base.disclosures.items()
        if asked(disclosure, page, index)
    }
