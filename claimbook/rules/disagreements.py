"""Passages that cannot all be so, or that pull a reader two ways."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from textwrap import shorten

from claimbook.evidence.disagreements import (
    Disagreement,
    DisagreementKind,
    between_pages,
    from_claim,
    position,
    within_page,
)
from claimbook.evidence.index import Index, memoized
from claimbook.evidence.relations import relations
from claimbook.evidence.undecided import undecided_on_outcome
from claimbook.language.clauses import FACT
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    Claim,
    Kind,
    Occurrence,
    Page,
    RelationKind,
    Remark,
    Severity,
)
from claimbook.records.display import listed
from claimbook.records.grouping import grouped

QUOTED = 60  # characters of a passage in a message
_WORDED = BENEFITS | {Kind.MECHANISM, Kind.CONTRAINDICATION}
_MAY = 2  # on the wording ladder


def page_disagrees_with_itself(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each disagreement of a page with itself, but for those of scope."""
    for each in _of_one_scope(with_itself(page.id, index)):
        says = "; ".join(_quoted(side[0]) for side in each.sides)
        yield _remark(each, f"the page says {says}")


def pages_disagree(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each disagreement between pages whose first claim this is, scope apart."""
    for each in _of_one_scope((*from_claim(claim, index), *_certainty(claim, index))):
        yield _remark(each, ". ".join(_side(side) for side in each.sides))


def _of_one_scope(found: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """Disagreements on one matter: what is said of another asks for no change."""
    return (each for each in found if each.kind is not DisagreementKind.SCOPE)


def with_itself(page: str, index: Index) -> tuple[Disagreement, ...]:
    """The disagreements of a page with itself, those of certainty too; the gravest first."""
    of_values = within_page(page, index)
    judged = {each.claims for each in of_values if each.kind is DisagreementKind.DEGREE}
    of_words = (each for each in _unsure_of_itself(page, index) if each.claims not in judged)
    return tuple(sorted((*of_values, *of_words), key=lambda each: each.severity))


def _unsure_of_itself(page: str, index: Index) -> Iterator[Disagreement]:
    """Where a page is sure of a claim in one place, and not in another.

    It may well be careful in one place of another matter. So this counts only where somebody wrote
    how the claim is told (`differences`), or on whom it is not for. What is written is told where
    it can only be of the page itself, as no pages differ.
    """
    by_claim = grouped((o.claim, o) for o in index.base.by_page[page])
    for name, passages in by_claim.items():
        claim = index.base.claims[name]
        if claim.differences or claim.kind is Kind.CONTRAINDICATION:
            between = (*from_claim(claim, index), *_certainty(claim, index))
            differs = any(each.claims == (claim,) for each in between)
            written = "" if differs else claim.differences or ""
            yield from _of_certainty(claim, [(o,) for o in passages], index, written)


@memoized
def every_disagreement(index: Index) -> tuple[Disagreement, ...]:
    """The disagreements between pages: in what they say, then in how sure they say it."""
    claims = index.base.claims.values()
    of_certainty = (each for claim in claims for each in _certainty(claim, index))
    return (*between_pages(index), *of_certainty)


def in_rows(found: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """Disagreements with those of the same kind and the same reason as one.

    Whoever writes one reason for several pairs of claims says that they are one matter.
    """
    for alike in grouped((each.row, each) for each in found).values():
        claims = tuple(dict.fromkeys(claim for each in alike for claim in each.claims))
        if len(alike) == 1:
            yield alike[0]
            continue
        sides = grouped(
            (passage.claim == each.claims[0].id, passage)
            for each in alike
            for passage in each.passages
        )
        first, second = (tuple(dict.fromkeys(sides[side])) for side in (True, False))
        yield replace(
            alike[0],
            claims=claims,
            sides=(first, second),
            grave=any(each.grave for each in alike),
            ordered=any(each.ordered for each in alike),
        )


@memoized
def _certainty(claim: Claim, index: Index) -> tuple[Disagreement, ...]:
    """Whether some pages state a claim as fact and others only hold it possible.

    A page stands by its strongest words. Where pages differ in degree on the claim, on what a
    person held beside it, or on a claim that implies it, that row tells of the same words.
    """
    wider = (
        index.base.claims[name]
        for (name, other), bearing in relations(index).items()
        if other == claim.id and bearing.how is RelationKind.IMPLIES
    )
    rows = (
        *from_claim(claim, index),
        *(r for w in wider for r in from_claim(w, index) if r.claims == (w,)),
    )
    if any(each.kind is DisagreementKind.DEGREE for each in rows):
        return ()
    pages = grouped((passage.page, passage) for passage in claim.occurrences)
    return _of_certainty(claim, pages.values(), index, claim.differences or "")


def _of_certainty(
    claim: Claim, speakers: Iterable[Sequence[Occurrence]], index: Index, written: str
) -> tuple[Disagreement, ...]:
    """Whether some speakers, each by their strongest words, are sure of a claim and others not.

    Only of a benefit, how it comes about, or whom it is not for, and only passages of one scope.
    Where nobody has *written* what follows from it, it is small.
    """
    good = index.base.vocabulary.good(claim.about.outcome)
    if (
        claim.kind not in _WORDED
        or claim.withdrawn
        or not claim.about.intervention
        or (claim.kind in BENEFITS and good == "neither")
    ):
        return ()
    denying = claim.kind is Kind.CONTRAINDICATION  # "not for" is what such a claim says
    strongest = (
        (scope, max(passages, key=lambda o: wording(o.quote, denying).step))
        for said in speakers
        for scope, passages in grouped(
            (index.base.scope_of(o), o) for o in said if position(o, claim.kind) == "affirms"
        ).items()
    )
    for passages in grouped(strongest).values():
        worded = {o: wording(o.quote, denying) for o in passages}
        sure = tuple(o for o, read in worded.items() if read.step >= FACT)
        # "Some people" tells of how many, not how sure.
        unsure = tuple(
            o
            for o, read in worded.items()
            if read.step == _MAY and not read.words[0].startswith("some")
        )
        if sure and unsure:
            how = "ruled out, against perhaps" if denying else "as a fact, against as possible"
            kind, small = DisagreementKind.DEGREE, not (written or denying)
            sides, reasons = (sure, unsure), (written or how,)
            return (Disagreement((claim,), kind, sides, reasons, denying, small),)
    return ()


def _remark(disagreement: Disagreement, message: str) -> Remark:
    if reasons := "; ".join(reason.removesuffix(".") for reason in disagreement.reasons):
        message = f"{message} ({reasons})"
    severity = Severity.WARNING
    if disagreement.kind is DisagreementKind.DEGREE:
        severity = Severity.NOTE
    elif disagreement.grave and disagreement.kind is DisagreementKind.CONFLICT:
        severity = Severity.ERROR
    passages = disagreement.passages
    occurrences = tuple(passage.id for passage in passages)
    return Remark(message, occurrences=occurrences, severity=severity, at=passages[0].at)


def _side(passages: Sequence[Occurrence]) -> str:
    """Who says one thing: the first in its words, the others by name."""
    first, *others = dict.fromkeys(passage.page for passage in passages)
    alike = f" (in other words {listed(others)} too)" if others else ""
    return f"{first}: {_quoted(passages[0])}{alike}"


def _quoted(passage: Occurrence) -> str:
    return f'"{shorten(passage.quote, QUOTED, placeholder=" …")}"'


def relation_undecided(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each other claim on the same outcome that nobody has held beside this one."""
    for pair in undecided_on_outcome(claim, index):
        message = f"nobody has decided how it bears on {pair.other.id}, on the same outcome"
        repair = "add it to relations, as apart where it does not bear"
        yield Remark(message, repair, claims=(pair.other.id,))
