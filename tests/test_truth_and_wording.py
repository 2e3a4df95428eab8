"""What the base says itself: its truth lines, and the wording that it offers."""

import re

from textstat import textstat

from claimbook.records import GRADED, Base, Claim, SafeWording, Severity
from claimbook.vetting.results import State
from claimbook.vetting.vet import Vetter


def test_every_claim_says_what_the_evidence_makes_of_it(base: Base) -> None:
    faults = {}
    for claim in base.claims.values():
        if claim.truth is None:
            faults[claim.id] = "no truth"
        elif (grade := textstat.flesch_kincaid_grade(claim.truth.line)) > 8:
            faults[claim.id] = f"reads at grade {grade}"
        elif claim.truth.is_ == "out-of-scope":
            continue
        elif claim.searched is None and (claim.kind in GRADED or claim.truth.is_ == "not-shown"):
            faults[claim.id] = "no search"
    assert not faults


def wordings(base: Base) -> list[tuple[Claim, SafeWording]]:
    return [(claim, wording) for claim in base.claims.values() for wording in claim.say]


def test_wording_that_we_offer_vets_clean(base: Base, vetter: Vetter) -> None:
    faults = {}
    for claim, wording in wordings(base):
        vetted = vetter.vet(wording.text)
        flags = [
            str(flag)
            for flag in vetted.flags
            if flag.severity is not Severity.NOTE
            # One sentence need not say what another of the same page says.
            and flag.rule != "approval-status-missing"
        ]
        unclean = [
            (one.text, one.state.value, one.look)
            for one in vetted.sentences
            if one.state not in (State.CLEAN, State.NOTHING)
        ]
        if flags or unclean:
            faults[claim.id] = flags, unclean
    assert not faults


SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
HUNDREDS = re.compile(r"\b(?:in|of(?: every)?) 100\b")


def numbers(text: str) -> set[str]:
    """The numbers of a text, small ones in words too; not the hundred that a share is out of."""
    digits = re.findall(r"\d+(?:\.\d+)?", HUNDREDS.sub("", text))
    words = re.findall(r"\w+", text.lower())
    return {*digits, *(str(SMALL.index(word)) for word in words if word in SMALL[2:])}


def test_wording_that_we_offer_prints_figures_of_its_findings_only(base: Base) -> None:
    faults = {}
    for claim, wording in wordings(base):
        # The day of a search is of our record, not of a finding.
        printed = f"{claim.searched.on:%Y}" if claim.searched else ""
        for key in wording.rests_on:
            finding = base.findings[key]
            people = base.sources[finding.source].participants
            counts = [getattr(finding.says, name, "") for name in ("text", "count", "total")]
            printed += f" {counts} {finding.printed} {finding.plain} {people}"
        assert wording.rests_on, claim.id
        if extra := numbers(wording.text) - numbers(printed):
            faults[claim.id] = extra
    assert not faults


def test_wording_that_we_offer_does_not_speak_as_this_base(base: Base) -> None:
    """A clinic prints it as its own: "we know of no study" would be said of the clinic."""
    ours = re.compile(
        r"\bwe (know|found|find|read|searched|looked|counted)\b|recorded here|this base"
        r"|the report (does not say|contradicts)|nobody went without",
        re.IGNORECASE,
    )
    assert not [
        say.text for claim in base.claims.values() for say in claim.say if ours.search(say.text)
    ]
