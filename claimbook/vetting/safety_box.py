"""What a draft leaves out, and the wording that tells it: nothing is composed.

A wording is a line that somebody wrote for a claim (`say`). It counts only where it tells a
disclosure in its claim's own name, as the reader of drafts reads it, and nothing in it is flagged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimbook.evidence.index import Index
from claimbook.records import BENEFITS, Base, Claim, Disclosure, Page, SafeWording
from claimbook.rules.disclosures import WARNINGS, disclosed
from claimbook.rules.rule import all_rules


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A disclosure that a draft leaves out.

    Attributes:
        disclosure, label: its id, and what it is in words.
        rule: the rule whose flag names it.
        wording: a line to add that tells it; None where the base has none that fits.
    """

    disclosure: str
    label: str
    rule: str
    wording: str | None


@dataclass(frozen=True, slots=True)
class DisclosureLine:
    """A line that may be written, and the disclosures that it tells, by their ids."""

    say: SafeWording
    tells: frozenset[str]


def may_disclose(claim: Claim, disclosure: Disclosure) -> bool:
    """Whether a line written for a claim is one on a disclosure, and does not only touch it."""
    return claim.id in disclosure.told_by or bool(disclosure.concept and claim.kind in WARNINGS)


def lines(base: Base) -> Iterator[tuple[Claim, SafeWording]]:
    """The lines of a base that may tell a disclosure, each with its claim."""
    for claim in base.claims.values():
        if any(may_disclose(claim, disclosure) for disclosure in base.disclosures.values()):
            yield from ((claim, say) for say in claim.say)


def left_out(
    page: Page, index: Index, disclosure_lines: Callable[[], Iterable[DisclosureLine]]
) -> tuple[LeftOut, ...]:
    """The disclosures that a page with a benefit leaves out, in the order of the base.

    Of the lines that fit a treatment which the page names, those that tell the most come first,
    then the shortest. Lines are asked for only where something is left out: to read them takes
    longer than a short draft.
    """
    base = index.base
    untold = {name for name, by in disclosed(page.id, index).items() if not by}
    if BENEFITS.isdisjoint(index.kinds(page)) or not untold:
        return ()
    named = {base.scope_of(occurrence).intervention for occurrence in base.by_page[page.id]}
    treatments = {each.id for name in named for each in base.vocabulary.inherited(name)}
    fitting = [
        line
        for line in disclosure_lines()
        if not line.say.fits or not treatments.isdisjoint(line.say.fits)
    ]
    chosen = dict(_chosen(untold, fitting))
    rules = {rule.omits: name for name, rule in all_rules().items()}
    return tuple(
        LeftOut(name, each.label, rules[each.kind], chosen.get(name))
        for name, each in base.disclosures.items()
        if name in untold
    )


def _chosen(untold: set[str], fitting: Sequence[DisclosureLine]) -> Iterator[tuple[str, str]]:
    """A line for each disclosure that any tells."""
    rest = set(untold)
    while fitting:
        best = max(fitting, key=lambda each: (len(each.tells & rest), -len(each.say.text)))
        if not best.tells & rest:
            return
        yield from ((name, best.say.text) for name in best.tells & rest)
        rest -= best.tells


def safety_box(omissions: Iterable[LeftOut]) -> str:
    """One paragraph of the lines that tell what is left out, each once; empty where none does."""
    return " ".join(dict.fromkeys(each.wording for each in omissions if each.wording))
