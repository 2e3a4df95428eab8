"""What a page should tell, and whether its registered passages do.

A passage is on a disclosure by its claim or by the concepts that it names. Whether it tells it is
read from its words: "a lower risk of scalds" is on scalds, and does not warn of them.
"""

import re

from claimbook.evidence.figures import printed_figure
from claimbook.evidence.index import Index, memoized
from claimbook.language.concepts import reader_of
from claimbook.language.warning_words import (
    affirms_one_of,
    careless,
    cautions,
    makes_light,
    says_one_of,
    tells_harm,
)
from claimbook.records import BENEFITS, ConceptSet, Direction, Disclosure, Effect, Kind, Occurrence

_DIGIT = re.compile(r"\d")
WARNINGS = (Kind.CONTRAINDICATION, Kind.HARM)


def is_on(occurrence: Occurrence, disclosure: Disclosure, index: Index) -> bool:
    """Whether a passage is on a disclosure: makes (or denies) its claim, or names its concept.

    Where the disclosure has `words`, the passage has one of them, too.
    """
    claim, says = index.base.claim_of(occurrence), occurrence.says
    if claim.id in disclosure.told_by:
        named = (says is not None and says.denies) == disclosure.by_denying
    else:
        names = isinstance(says, ConceptSet) and says.mode == "includes" and says.concepts
        named = bool(claim.kind in WARNINGS and names and disclosure.concept in names)
    return named and (not disclosure.words or says_one_of(occurrence.quote, disclosure.words))


def tells(occurrence: Occurrence, disclosure: Disclosure, index: Index) -> bool:
    """Whether a passage is on a disclosure and does not take it back, or says it in its words.

    Whom a treatment is not for is told wherever a passage names them and takes care.
    """
    if is_on(occurrence, disclosure, index) and not is_taken_back(occurrence, index):
        return True
    quote = occurrence.quote
    if disclosure.kind == "contraindication" and disclosure.concept:
        terms = index.base.vocabulary.concepts[disclosure.concept].terms
        return says_one_of(quote, terms) and cautions(quote)
    return affirms_one_of(quote, disclosure.said_as)


def warns(occurrence: Occurrence, index: Index) -> bool:
    """Whether a passage tells of a harm: of one that is a disclosure, in words that tell it."""
    claim, says = index.base.claim_of(occurrence), occurrence.says
    if claim.about.outcome is None:
        return _names_harm(occurrence.quote, index)
    if claim.kind is not Kind.HARM or (says and (says.denies or says == Effect(Direction.REDUCES))):
        return False
    on_it = [each for each in index.base.disclosures.values() if claim.id in each.told_by]
    return not is_taken_back(occurrence, index) and (
        not on_it or any(is_on(occurrence, each, index) for each in on_it)
    )


def _names_harm(quote: str, index: Index) -> bool:
    """Whether words that no claim covers name a harm of treatment, and do not take it back."""
    vocabulary = index.base.vocabulary
    reading = reader_of(vocabulary).read(quote)
    harms = filter(vocabulary.harm, reading.concepts.get("outcome", ()))
    return not makes_light(quote) and any(tells_harm(reading, name) for name in harms)


@memoized
def is_taken_back(occurrence: Occurrence, index: Index) -> bool:
    """Whether a passage takes back what it is on; what was counted is told by its figure."""
    says, scope = occurrence.says, index.base.scope_of(occurrence)
    quote, vocabulary = occurrence.quote, index.base.vocabulary
    kind = index.base.claim_of(occurrence).kind
    if printed_figure(says) and _DIGIT.search(quote):
        return False
    if kind is not Kind.APPROVAL and kind not in BENEFITS and makes_light(quote):
        return True
    if kind in WARNINGS and careless(quote):
        return True
    if not scope.outcome or not vocabulary.harm(scope.outcome):
        return False
    return not tells_harm(reader_of(vocabulary).read(quote), scope.outcome)


def asked(disclosure: Disclosure, page: str, index: Index) -> bool:
    """Whether a disclosure is asked of a page.

    Always, or where the page offers or names `when`; not where it offers only `unless`.
    """
    base, when = index.base, disclosure.when
    regimen = base.pages[page].regimen
    if regimen and regimen.settings == (disclosure.unless,):
        return False
    if when is None or (
        regimen and when in (regimen.intervention, *regimen.settings, *regimen.named)
    ):
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


@memoized
def taken_back(page: str, index: Index) -> dict[str, Occurrence]:
    """Of what a page leaves out, what it names only to take it back, with the first passage."""
    passages = index.base.by_page[page]
    return {
        name: next(o for o in passages if is_on(o, index.base.disclosures[name], index))
        for name, by in disclosed(page, index).items()
        if not by and any(is_on(o, index.base.disclosures[name], index) for o in passages)
    }
