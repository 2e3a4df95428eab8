"""The wording that the evidence on a claim allows: what a writer may say instead.

Offers come in the order in which they change least: the writer's own sentence with softer words;
what the page ought to tell in any case; what the deciding finding found; the claim's own
statement, as sure as its evidence.

Source: Santesso et al. 2020, GRADE guidelines 26, doi:10.1016/j.jclinepi.2019.10.014: a plain
statement for high certainty, "probably" for moderate, "may" for low and very low.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from claimbook.evidence.appraisal import Support, appraise, rating
from claimbook.evidence.certainty import CEILINGS, Certainty
from claimbook.evidence.index import Index
from claimbook.language.phrases import pattern
from claimbook.language.strength import wording
from claimbook.records import GRADED, Amount, Claim, ConceptSet, Kind, Occurrence, Share

MAY = 2  # the step of "may" on the wording ladder
_FIRM = re.compile(rf"\s*(?:{pattern('softening', 'firm').pattern})", re.IGNORECASE)
_PROMISE = re.compile(
    rf"(?:{pattern('softening', 'promises').pattern})(?:{_FIRM.pattern})* (?=[a-z])", re.IGNORECASE
)
_VERB = pattern("softening", "verbs")
_WITH = re.compile(r"^With ([^,]+), (.+)$")


def offers(claim: Claim, index: Index, occurrence: Occurrence | None = None) -> Iterator[str]:
    """Sentences that may be said on a claim, those that change least first; often none.

    No figure is added that is not in a finding.

    Args:
        claim: what is claimed.
        index: the evidence.
        occurrence: the words to be replaced, when what they say bears on what may be said.
    """
    rated = rating(claim, index)
    may = rated is not None and CEILINGS[rated.certainty] >= MAY
    if occurrence and may and (softer := softened(occurrence.quote)):
        yield softer
    for disclosure in index.base.disclosures.values():
        if claim.id in disclosure.told_by and disclosure.by_denying:
            yield f"{disclosure.label}."
    if occurrence:
        yield from _findings_in_words(occurrence, index)
    # A harm is never said to be unknown.
    harm = claim.kind is Kind.HARM or index.base.vocabulary.harm(claim.about.outcome)
    if claim.kind in GRADED and not harm and not claim.statement.startswith("How "):
        yield _as_sure_as_evidence(claim, index, occurrence)


def softened(sentence: str) -> str | None:
    """A sentence with "may" where it stated, promised or proved; None where that takes more.

    "Our footbath will effectively shorten your cold" becomes "Our footbath may shorten your cold".
    """
    changed = _PROMISE.sub("may ", sentence, count=1)
    if changed == sentence:
        changed = _FIRM.sub("", sentence)
        verb = _VERB.search(changed)
        if not verb:
            return None
        changed = f"{changed[: verb.start()]}may {verb[0][:-1].lower()}{changed[verb.end() :]}"
    changed = _FIRM.sub("", changed).strip()
    if not changed or not wording(changed).step <= MAY < wording(sentence).step:
        return None
    return changed[0].upper() + changed[1:]


def _findings_in_words(occurrence: Occurrence, index: Index) -> Iterator[str]:
    """What deciding findings found, where a passage gives a figure, a set or a fact against them."""
    says = occurrence.says
    specific = isinstance(says, ConceptSet) or (isinstance(says, Share | Amount) and says.figure)
    for appraised in appraise(occurrence, index).deciding:
        plain, authority = appraised.evidence.finding.plain, appraised.evidence.authority
        if plain and appraised.support is not Support.SUPPORTS and (specific or authority):
            yield plain


def _as_sure_as_evidence(claim: Claim, index: Index, occurrence: Occurrence | None) -> str:
    """The claim's statement, as sure as its evidence, or that it is not known."""
    rated = rating(claim, index)
    certainty = rated.certainty if rated else Certainty.NONE
    plain = _WITH.sub(r"\2 with \1", claim.statement.rstrip("."))
    statement = plain[0].lower() + plain[1:]
    support = (
        appraise(replace(occurrence, claim=claim.id), index).support if occurrence else frozenset()
    )
    if support == {Support.CONTRADICTS}:
        return f"Studies have not shown that {statement}."
    if support & {Support.WEAKER, Support.CONTRADICTS} or certainty is Certainty.NONE:
        return f"It is not known whether {statement}."
    if certainty in (Certainty.VERY_LOW, Certainty.LOW):
        return f"It may be that {statement}, but the evidence is uncertain."
    return f"Probably, {statement}." if certainty is Certainty.MODERATE else claim.statement
