"""Passages that cannot all be so, or that pull a reader two ways."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from claimbook.evidence.disagreements import (
    Disagreement,
    DisagreementKind,
    between_pages,
    from_claim,
    stance,
    undecided_on_outcome,
    within_page,
)
from claimbook.evidence.index import Index, grouped, once, remembered
from claimbook.language.clauses import FACT, PROMISE
from claimbook.language.strength import wording
from claimbook.records import BENEFITS, Claim, Occurrence, Page, Remark, Severity
from claimbook.records.display import listed

QUOTED = 60  # characters of a passage in a message


def page_disagrees_with_itself(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each disagreement of a page with itself."""
    for each in within_page(page.id, index):
        says = "; ".join(_quoted(side[0]) for side in each.sides)
        yield _remark(each, f"the page says {says}{_reasons(each)}")


def pages_disagree(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each disagreement between pages whose first claim this is."""
    for each in (*from_claim(claim, index), *_certainty(claim, index)):
        says = ". ".join(_side(side) for side in each.sides)
        yield _remark(each, f"{says}{_reasons(each)}")


@once
def every_disagreement(index: Index) -> tuple[Disagreement, ...]:
    """The disagreements between pages: in what they say, then in how sure they say it."""
    claims = index.base.claims.values()
    of_certainty = (each for claim in claims for each in _certainty(claim, index))
    return (*between_pages(index), *of_certainty)


@remembered
def _certainty(claim: Claim, index: Index) -> tuple[Disagreement, ...]:
    """Whether some pages state a benefit as fact and others only hold it possible.

    Only passages of one scope stand against each other, and a page by its strongest words.
    """
    good = index.base.vocabulary.good(claim.about.outcome)
    judged = claim.kind in BENEFITS and not claim.withdrawn and good != "neither"
    if not judged or any(
        each.claims == (claim,) and each.kind is DisagreementKind.DEGREE
        for each in from_claim(claim, index)
    ):
        return ()
    passages = (o for o in claim.occurrences if stance(o, claim.kind) == "affirms")
    for by_scope in grouped((index.base.scope_of(o), o) for o in passages).values():
        pages = grouped((passage.page, passage) for passage in by_scope)
        sides = [_worded(pages.values(), *steps) for steps in (_FLAT, _HEDGED)]
        if all(sides):
            kind, reasons = DisagreementKind.DEGREE, ("as a fact, against as possible",)
            return (Disagreement((claim,), kind, tuple(sides), reasons, grave=False),)
    return ()


_FLAT, _HEDGED = (FACT, PROMISE), (2, 2)  # steps of the wording ladder


def _worded(pages: Iterable[tuple[Occurrence, ...]], low: int, high: int) -> tuple[Occurrence, ...]:
    """Of the pages whose strongest words stand between two steps, the passages with these words."""
    strongest = (max(passages, key=lambda o: wording(o.quote).step) for passages in pages)
    return tuple(o for o in strongest if low <= wording(o.quote).step <= high)


def _reasons(disagreement: Disagreement) -> str:
    reasons = "; ".join(reason.removesuffix(".") for reason in disagreement.reasons)
    return f" ({reasons})" if reasons else ""


def _remark(disagreement: Disagreement, message: str) -> Remark:
    severity = Severity.WARNING
    if disagreement.kind is DisagreementKind.DEGREE:
        severity = Severity.NOTE
    elif disagreement.grave and disagreement.kind is DisagreementKind.CONFLICT:
        severity = Severity.ERROR
    passages = disagreement.passages
    occurrences = tuple(passage.id for passage in passages)
    return Remark(passages[0].at, message, occurrences=occurrences, severity=severity)


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
        yield Remark(claim.at, message, "add it to relations, as apart where it does not bear")
