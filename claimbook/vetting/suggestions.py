"""The wording that the evidence on a claim allows: what a writer may say instead.

Offers come in the order in which they change least: the writer's own sentence with softer words; what the page ought to tell in
any case; what the deciding finding found; the claim's own statement, as sure as its evidence.

Source: Santesso et al. 2020, GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014: a plain statement for high certainty,
"probably" for moderate, "may" for low and very low.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from claimbook.evidence.appraisal import CEILINGS, Certainty, Support, appraise, rating
from claimbook.language.strength import wording
from claimbook.records import GRADED, Amount, Base, Claim, ConceptSet, Kind, Occurrence, Share

MAY = 2  # the step of "may" on the wording ladder
_VERBS = (
    "help", "reduce", "relieve", "improve", "lower", "ease", "calm", "soothe", "shorten", "block", "inhibit", "interrupt", "boost",
    "enhance", "restore", "treat", "prevent", "provide", "offer", "deliver", "last", "work", "stop", "eliminate", "end", "cut", "bring",
    "make", "give", "lead", "decrease", "lessen", "diminish", "alleviate", "break", "keep", "take",
)  # fmt: skip
_MODAL = re.compile(
    r"\b(?:will|can|does|always|is (?:clinically )?(?:proven|shown|guaranteed|certain|sure) to|has been (?:proven|shown) to)"
    r"(?: (?:always|definitely|surely|effectively|significantly|dramatically|completely|quickly|reliably))* (?=[a-z])",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\s*\b(?:effectively|significantly|dramatically|completely|definitely|undoubtedly|always|reliably|truly|proven|clinically)\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"^With ([^,]+), (.+)$")
_FINITE = re.compile(rf"\b(?:{'|'.join(f'{verb}s' for verb in _VERBS)})\b", re.IGNORECASE)


def offers(claim: Claim, base: Base, occurrence: Occurrence | None = None) -> Iterator[str]:
    """Sentences that may be said on a claim, those that change least first; none where nothing can be offered.

    No figure is added that is not in a finding.

    Args:
        claim: what is claimed.
        base: the evidence.
        occurrence: the words to be replaced, when what they say bears on what may be said.
    """
    rated = rating(claim, base)
    if (
        occurrence
        and rated
        and CEILINGS[rated.certainty] >= MAY
        and (softer := softened(occurrence.quote))
    ):
        yield softer
    for disclosure in base.disclosures.values():
        if claim.id in disclosure.told_by and disclosure.by_denying:
            yield f"{disclosure.label}."
    if occurrence:
        yield from _found(occurrence, base)
    warns = claim.kind is Kind.HARM or base.vocabulary.harm(
        claim.about.outcome
    )  # a harm is never said to be unknown
    if claim.kind in GRADED and not warns and not claim.statement.startswith("How "):
        yield _as_sure(claim, base, occurrence)


def allowed(claim: Claim, base: Base, occurrence: Occurrence | None = None) -> str | None:
    """The first sentence that is offered on a claim; None where there is none to give."""
    return next(offers(claim, base, occurrence), None)


def softened(sentence: str) -> str | None:
    """A sentence with "may" where it stated, promised or proved; None where that cannot be done by changing a word or two.

    "Our footbath will effectively shorten your cold" becomes "Our footbath may shorten your cold".
    """
    plain = _FIRM.sub("", sentence) if _MODAL.search(sentence) is None else sentence
    changed = _MODAL.sub("may ", plain, count=1)
    if changed == plain:
        found = _FINITE.search(plain)
        if not found:
            return None
        changed = f"{plain[: found.start()]}may {found[0][:-1].lower()}{plain[found.end() :]}"
    changed = _FIRM.sub("", changed).strip()
    softer = wording(changed).step <= MAY < wording(sentence).step
    return changed[0].upper() + changed[1:] if softer and changed else None


def _found(occurrence: Occurrence, base: Base) -> Iterator[str]:
    """What the deciding findings found, in our plain words, where the passage gives a figure, a set or a fact that they do not."""
    figure = isinstance(occurrence.says, Share | Amount) and occurrence.says.figure
    for one in appraise(occurrence, base).deciding:
        plain, authority = one.evidence.finding.plain, one.evidence.authority
        if (
            plain
            and (figure or authority or isinstance(occurrence.says, ConceptSet))
            and one.stand is not Support.SUPPORTS
        ):
            yield plain


def _as_sure(claim: Claim, base: Base, occurrence: Occurrence | None) -> str:
    """The claim's statement, as sure as its evidence, or that it is not known."""
    rated = rating(claim, base)
    plain = _WITH.sub(r"\2 with \1", claim.statement.rstrip("."))
    statement = plain[0].lower() + plain[1:]
    stands = (
        appraise(replace(occurrence, claim=claim.id, id=f"allowed/{occurrence.id}"), base).stands
        if occurrence
        else frozenset()
    )
    if stands == {Support.CONTRADICTS}:
        return f"Studies have not shown that {statement}."
    if (
        Support.WEAKER in stands
        or Support.CONTRADICTS in stands
        or rated is None
        or rated.certainty is Certainty.NONE
    ):
        return f"It is not known whether {statement}."
    if rated.certainty in (Certainty.VERY_LOW, Certainty.LOW):
        return f"It may be that {statement}, but the evidence is uncertain."
    return f"Probably, {statement}." if rated.certainty is Certainty.MODERATE else claim.statement
