"""What a draft leaves out, and the wording that tells it: nothing is composed.

A wording is a line that somebody wrote for a claim (`say`). It counts only where it tells a
disclosure in its claim's own name, as the reader of drafts reads it, and nothing in it is flagged.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from claimbook.evidence.index import Index
from claimbook.records import (
    OFFERS,
    Base,
    Claim,
    Disclosure,
    Flag,
    Kind,
    Occurrence,
    Page,
    SafeWording,
)
from claimbook.records.grouping import grouped
from claimbook.rules.disclosures import WARNINGS, disclosed, tells
from claimbook.rules.rule import all_rules

Told = Mapping[str, Sequence[Sequence[str]]]
"""By the text of a line the ids of the disclosures that it tells, and of the illnesses it is on."""
GRAVEST_FIRST = ("serious-harm", "contraindication", "disclosure")  # kinds of disclosure
NOT_SOUGHT = (
    "What is left out was not looked for: no sentence was read as one that offers the treatment."
)


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
    """A line that may be written.

    Attributes:
        tells: the disclosures that it tells, by their ids.
        illnesses: those that it is about; without any, it fits whatever is treated.
    """

    say: SafeWording
    tells: frozenset[str]
    illnesses: frozenset[str]


def may_disclose(claim: Claim, disclosure: Disclosure) -> bool:
    """Whether a line written for a claim is one on a disclosure, and does not only touch it."""
    return claim.id in disclosure.told_by or bool(disclosure.concept and claim.kind in WARNINGS)


def lines(base: Base) -> dict[str, tuple[tuple[Claim, SafeWording], ...]]:
    """The lines of a base that may tell a disclosure, each with the claims it is written for."""
    return grouped(
        (say.text, (claim, say))
        for claim in base.claims.values()
        if any(may_disclose(claim, disclosure) for disclosure in base.disclosures.values())
        for say in claim.say
    )


def disclosure_line(
    written: Sequence[tuple[Claim, SafeWording]],
    read: Sequence[Occurrence],
    illnesses: frozenset[str],
    index: Index,
) -> DisclosureLine:
    """What a line tells, in the name of every claim for which it is written.

    Args:
        written: the line, with each of these claims.
        read: what it claims.
        illnesses: those that it names; else it is about the use of which it is said whether that
            is approved.
        index: the base of what it claims.
    """
    tells_of = frozenset(
        name
        for name, disclosure in index.base.disclosures.items()
        if any(may_disclose(claim, disclosure) for claim, _ in written)
        and any(tells(each, disclosure, index) for each in read)
    )
    uses = (c.about.population for c, _ in written if c.kind is Kind.APPROVAL)
    return DisclosureLine(written[0][1], tells_of, illnesses or frozenset(filter(None, uses)))


def told(lines_read: Iterable[DisclosureLine]) -> Told:
    """What lines tell, to be kept until the base or the engine changes."""
    return {each.say.text: (sorted(each.tells), sorted(each.illnesses)) for each in lines_read}


def recalled(base: Base, kept: Told) -> tuple[DisclosureLine, ...]:
    """The lines of a base by what was kept of them."""
    written = lines(base)
    return tuple(
        DisclosureLine(written[text][0][1], *map(frozenset, parts)) for text, parts in kept.items()
    )


def left_out(
    page: Page,
    index: Index,
    disclosure_lines: Callable[[], Iterable[DisclosureLine]],
    illnesses: Collection[str] = (),
) -> tuple[LeftOut, ...] | None:
    """The disclosures that a page leaves out, the gravest kind first; None: it offers nothing.

    Of the lines that fit a treatment and an illness which the page names, those that tell the most
    come first, then the shortest. Lines are asked for only where something is left out: to read
    them takes longer than a short draft.

    Args:
        illnesses: those that the page names.
    """
    base = index.base
    if OFFERS.isdisjoint(index.kinds(page)):
        return None
    untold = {name for name, by in disclosed(page.id, index).items() if not by}
    if not untold:
        return ()
    named = {base.scope_of(occurrence).intervention for occurrence in base.by_page[page.id]}
    named |= set(page.regimen.named) if page.regimen else set()
    treatments = {each.id for name in named for each in base.vocabulary.inherited(name)}

    def akin(others: Iterable[str]) -> bool:
        return any(base.vocabulary.related(*pair) for pair in product(illnesses, others))

    fitting = [
        each
        for each in disclosure_lines()
        if each.say.suits(treatments)
        and (not illnesses or not each.illnesses or akin(each.illnesses))
    ]
    chosen = dict(_chosen(untold, fitting))
    rules = {rule.omits: name for name, rule in all_rules().items()}
    return tuple(
        LeftOut(name, each.label, rules[each.kind], chosen.get(name))
        for kind in GRAVEST_FIRST
        for name, each in base.disclosures.items()
        if name in untold and each.kind == kind
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


def gravity(flag: Flag) -> int:
    """By which flags on a whole page come in order: first those on no disclosure, then by kind."""
    return ("", *GRAVEST_FIRST).index(all_rules()[flag.rule].omits or "")


def box_lines(omissions: Iterable[LeftOut]) -> Mapping[str, tuple[LeftOut, ...]]:
    """The lines that tell what is left out, each once and with what it tells, gravest first."""
    return grouped((each.wording, each) for each in omissions if each.wording)


def safety_box(omissions: Iterable[LeftOut]) -> str:
    """A list of the lines that tell what is left out; empty where none does."""
    return "\n".join(f"- {line}" for line in box_lines(omissions))
