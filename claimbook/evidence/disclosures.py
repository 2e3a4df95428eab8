"""What a page should tell, and whether its registered passages do; words are not searched for."""

from claimbook.evidence.index import Index, memoized
from claimbook.records import ConceptSet, Disclosure, Kind, Occurrence

WARNINGS = (Kind.CONTRAINDICATION, Kind.HARM)


def tells(occurrence: Occurrence, disclosure: Disclosure, index: Index) -> bool:
    """Whether a passage tells a disclosure: makes (or denies) its claim, or names its concept."""
    claim = index.base.claim_of(occurrence)
    says = occurrence.says
    if claim.id in disclosure.told_by:
        return (says is not None and says.denies) == disclosure.by_denying
    names = isinstance(says, ConceptSet) and says.mode == "includes" and says.concepts
    return bool(claim.kind in WARNINGS and names and disclosure.concept in names)


def asked(disclosure: Disclosure, page: str, index: Index) -> bool:
    """Whether a disclosure is asked of a page: always, or where the page offers or names `when`."""
    base, when = index.base, disclosure.when
    regimen = base.pages[page].regimen
    if when is None or (regimen and when in (regimen.intervention, *regimen.settings)):
        return True
    scopes = map(base.scope_of, base.by_page[page])
    return any(when == concept for scope in scopes for _, concept in scope.facets())


@memoized
def disclosed(page: str, index: Index) -> dict[str, tuple[Occurrence, ...]]:
    """For every disclosure that is asked of a page the passages that tell it; none: left out."""
    return {
        name: tuple(o for o in index.base.by_page[page] if tells(o, disclosure, index))
        for name, disclosure in index.base.disclosures.items()
        if asked(disclosure, page, index)
    }
