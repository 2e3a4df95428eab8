"""Faults and gaps in our own records; those in what we record of sources are in `sources`."""

import re
from collections.abc import Iterable, Iterator

from claimbook.evidence.appraisal import appraise, of_source, rating
from claimbook.evidence.certainty import Certainty
from claimbook.evidence.directness import directness
from claimbook.evidence.disagreements import position
from claimbook.evidence.index import Index
from claimbook.evidence.support import Support
from claimbook.language.coverage import Registration, of_page
from claimbook.records import Claim, Finding, Occurrence, Page, Remark, Severity, Topic, YesNo
from claimbook.records.quotes import contains_quote, normalize

_BRACES = re.compile(r"\{[^{}]*\}")
_DIGIT = re.compile(r"\S*\d\S*")
_NUMBER = re.compile(r"\d+")


def answer_without_harms(topic: Topic, index: Index) -> Iterator[Remark]:
    """Object where findings are shown and none of them, here or among the harms, is a harm."""
    outcomes = (index.base.findings[key].about.outcome for key in topic.harms)
    if topic.found and not any(map(index.base.vocabulary.harm, outcomes)):
        yield Remark("shows findings of benefit and no finding of harm")


def number_without_finding(topic: Topic, index: Index) -> Iterator[Remark]:
    """Object once for each text with a typed number that no advice prints, as one to call."""
    base = index.base
    rests_on = (each for name in topic.claims for each in base.linked(base.claims[name]))
    advice = [each.printed for each in rests_on if each.printed and isinstance(each.says, YesNo)]
    printed = set(_NUMBER.findall(" ".join(advice)))
    for field, text in topic.texts:
        for typed in _DIGIT.findall(_BRACES.sub("", text)):
            if not printed.issuperset(_NUMBER.findall(typed)):
                yield Remark(f'"{typed}" in `{field}` does not come from a finding')
                break


def evidence_left_out(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object once for each finding on the claim's outcome and scope that it does not mention.

    It is an error to set all evidence aside where some of it bears out a passage.
    """
    yield from _set_aside_in_favour(claim, index)
    if claim.about.outcome is None:
        return
    vocabulary = index.base.vocabulary
    used = [directness(claim.about, each.about, vocabulary) for each in index.base.linked(claim)]
    least = max((each.rank for each in used if not each.unrelated), default=9)
    for finding in index.by_outcome.get(claim.about.outcome, ()):
        how = directness(claim.about, finding.about, vocabulary)
        if finding.key not in claim.mentioned and not how.unrelated and how.rank <= least:
            yield Remark(f"neither used nor set aside: {finding.key}", sources=(finding.source,))


def _set_aside_in_favour(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to the first finding that bears out a passage of which we say that nothing does."""
    if claim.evidence or not claim.searched:
        return
    for occurrence in claim.occurrences:
        for aside in claim.set_aside:
            for each in of_source(index.base.findings[aside.finding].source, occurrence, index):
                found, favours = each.evidence, each.support is Support.SUPPORTS
                if found.finding.key == aside.finding and favours and not found.second_hand:
                    message = f'{aside.finding} bears out "{occurrence.quote}", and is set aside'
                    repair = "link it: how direct it is decides what it is worth"
                    yield Remark(message, repair, severity=Severity.ERROR)
                    return


def raised_above_design(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to the first reason to rate up where the design takes it down again."""
    raised = [judgement for judgement in claim.certainty.values() if judgement.up]
    rated = rating(claim, index)
    if raised and rated and any(step.what == "design" and step.change for step in rated.steps):
        message = "rated up above what the designs allow"
        yield Remark(message, "give the reason in exceeds-design", at=raised[0].at)


def bias_not_judged(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to a certainty above low where nobody has judged the risk of bias."""
    rated = rating(claim, index)
    if rated and rated.certainty > Certainty.LOW and not rated.bias_judged:
        message = f"{rated.certainty.label} certainty, and nobody has judged the risk of bias"
        repair = "write the steps under certainty, or rate every study that counts as low"
        yield Remark(message, repair)


def printed_not_in_source(finding: Finding, index: Index) -> Iterator[Remark]:
    """Object where the source's figures are at hand and none carries the span."""
    lines, printed = index.base.figures.get(finding.source), finding.printed
    if printed and lines is not None and not any(normalize(printed) in line for line in lines):
        message = f'the figures read in {finding.source} do not include "{printed}"'
        yield Remark(message)


def review_overdue(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object where the day by which the claim was to be reviewed is past."""
    if claim.due and claim.due < index.today:
        yield Remark(f"the review was due by {claim.due}")


def quote_not_on_page(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where the page's text is at hand and does not carry the quote."""
    text = index.base.snapshots.get(occurrence.page)
    if text is not None and not contains_quote(text, occurrence.quote):
        yield Remark(f'not on the page {occurrence.page}: "{occurrence.quote}"')


def unregistered_passage(page: Page, index: Index) -> Iterator[Remark]:
    """Object once for each sentence that is left, with its line."""
    coverage = of_page(page.id, index.base)
    for sentence in coverage.sentences if coverage else ():
        if sentence.state is Registration.LEFT:
            words = sentence.text.split()
            short = " ".join(words[:8]) + (" …" if len(words) > 8 else "")
            yield Remark(f"line {sentence.line} is not registered: {short}")


def truth_against_evidence(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to the first passage that affirms a claim that we deny, and is borne out."""
    if claim.truth is None or claim.truth.is_ != "no":
        return
    for occurrence in claim.occurrences:
        borne_out = appraise(occurrence, index).support == {Support.SUPPORTS}
        if borne_out and position(occurrence, claim.kind) == "affirms":
            message = f'the truth is "no", yet the evidence bears out "{occurrence.quote}"'
            repair = "correct the truth, the evidence, or which way the outcome is better"
            yield Remark(message, repair)
            return


def wording_of_retracted(claim: Claim, index: Index) -> Iterator[Remark]:
    """Object to each sentence to use that rests on a source that was retracted."""
    for say in claim.say:
        for key in _retracted(say.rests_on, index):
            yield Remark(f"{key} was retracted, and this wording rests on it", sources=(key,))


def answer_of_retracted(topic: Topic, index: Index) -> Iterator[Remark]:
    """Object to an answer once for each source that it rests on and that was retracted."""
    for key in _retracted(topic.findings, index):
        yield Remark(f"{key} was retracted, and this answer rests on it", sources=(key,))


def _retracted(findings: Iterable[str], index: Index) -> Iterator[str]:
    """The sources of findings that were retracted, each once.

    What a base was made without is passed over: an answer still names it.
    """
    base = index.base
    sources = dict.fromkeys(base.findings[key].source for key in findings if key in base.findings)
    return (key for key in sources if base.sources[key].standing.status == "retracted")
