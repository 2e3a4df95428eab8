"""Disagreements that a reader finds on the five pages are computed, and fair pages are left alone.

The rows were written from the pages. What cannot both be so is a conflict; what leads a reader two
ways a tension; the same in another size, or another timetable, a degree; of another form, other
people, another moment or another side of the matter, a scope.
"""

import pytest
from conftest import CONCIERGE, GEORGIA, NORTEX, TEXAS, UNNAMED

from claimbook.evidence.disagreements import Disagreement
from claimbook.rules.check import Report
from claimbook.rules.disagreements import every_disagreement, with_itself

# a claim and a page that makes it, a claim and a page that says otherwise, how they disagree
FOUND = [
    # where, and who gives it
    ("monitored-setting-only", TEXAS, "monitored-setting-only", GEORGIA, "conflict"),
    ("spray-used-at-home", UNNAMED, "monitored-setting-only", TEXAS, "tension"),
    ("nurse-comes-home", CONCIERGE, "monitored-setting-only", TEXAS, "tension"),  # a nurse is there
    ("nurse-comes-home", CONCIERGE, "physician-leads", TEXAS, "scope"),
    ("nurse-comes-home", CONCIERGE, "treated-at-the-clinic", NORTEX, "scope"),
    ("nurse-comes-home", CONCIERGE, "where-it-is-given", UNNAMED, "scope"),
    ("nurse-comes-home", CONCIERGE, "usual-setting", CONCIERGE, "tension"),
    ("nurse-comes-home", CONCIERGE, "emergencies", CONCIERGE, "tension"),
    ("spray-used-at-home", GEORGIA, "where-it-is-given", GEORGIA, "tension"),
    ("spray-used-at-home", GEORGIA, "treated-at-the-clinic", GEORGIA, "tension"),
    # how long a session, how soon, how long it lasts
    ("session-length", CONCIERGE, "session-length", GEORGIA, "degree"),
    ("session-length", GEORGIA, "session-length", NORTEX, "degree"),
    ("session-length", CONCIERGE, "session-length", NORTEX, "degree"),
    ("relief-within-hours", CONCIERGE, "best-effect-takes-days", NORTEX, "tension"),
    ("relief-within-hours", GEORGIA, "best-effect-takes-days", NORTEX, "tension"),
    ("relief-lasts-weeks-or-months", GEORGIA, "relief-may-wear-off", TEXAS, "degree"),
    ("relief-lasts-weeks-or-months", CONCIERGE, "relief-may-wear-off", TEXAS, "degree"),
    ("forum-reports-of-lasting-relief", UNNAMED, "relief-may-wear-off", TEXAS, "degree"),
    # cure, and how many it helps
    ("targets-root-causes", CONCIERGE, "cures-migraine", NORTEX, "scope"),
    ("breakthrough", CONCIERGE, "more-studies-needed", CONCIERGE, "degree"),
    ("breakthrough", UNNAMED, "more-studies-needed", NORTEX, "degree"),
    ("patients-report-improvement", UNNAMED, "not-everyone-responds", TEXAS, "degree"),
    # other treatment
    ("alternative-to-others", UNNAMED, "part-of-a-wider-plan", TEXAS, "scope"),
    ("less-need-of-daily-medicine", NORTEX, "part-of-a-wider-plan", TEXAS, "tension"),
    ("for-severe-attacks", CONCIERGE, "after-other-treatments", NORTEX, "tension"),
    # the spray, harms, a definition
    ("spray-in-use", GEORGIA, "spray-still-explored", CONCIERGE, "degree"),
    ("spray-in-use", CONCIERGE, "spray-still-explored", CONCIERGE, "degree"),
    ("complete-safety", CONCIERGE, "has-side-effects", NORTEX, "tension"),
    ("dependence-very-low", CONCIERGE, "dependence", CONCIERGE, "degree"),
    ("headache-days", TEXAS, "which-patients", GEORGIA, "degree"),  # 15 or more, more than 15
    # how firm, how sure
    ("contraindications", UNNAMED, "contraindications", TEXAS, "degree"),
    ("contraindications", UNNAMED, "contraindications", GEORGIA, "degree"),
    ("resets-pain-processing", GEORGIA, "resets-pain-processing", GEORGIA, "degree"),
    # what must have failed first, and whether anything must
    ("painkillers-count", GEORGIA, "after-two-preventives", UNNAMED, "degree"),
    ("for-anyone-interested", CONCIERGE, "after-other-treatments", TEXAS, "tension"),
    ("for-anyone-interested", CONCIERGE, "after-other-treatments", CONCIERGE, "tension"),
    # dose, and what goes on after the drips
    ("dose-by-aim", CONCIERGE, "low-dose", NORTEX, "scope"),
    ("serious-rare", GEORGIA, "follow-on", UNNAMED, "scope"),
    ("serious-rare", GEORGIA, "spray-for-frequent-attacks", GEORGIA, "scope"),
    ("spray-eases-an-attack", GEORGIA, "after-several-treatments", TEXAS, "scope"),
    ("which-patients", NORTEX, "psychosis", TEXAS, "scope"),
    ("spray-for-frequent-attacks", GEORGIA, "overuse-worsens", TEXAS, "scope"),
    ("rewiring-eases-migraine", UNNAMED, "follow-on", UNNAMED, "scope"),
    ("follow-on", UNNAMED, "trained-supervision", TEXAS, "scope"),
    # the evidence behind it
    ("breakthrough", UNNAMED, "rests-on-case-series", UNNAMED, "degree"),
    ("relief-in-up-to-77-of-100", UNNAMED, "not-everyone-responds", TEXAS, "degree"),
    ("relief-in-up-to-77-of-100", UNNAMED, "half-call-it-very-effective", GEORGIA, "scope"),
    ("nasal-prevention", UNNAMED, "nasal-aura-severity", UNNAMED, "scope"),
    ("spravato-is-ketamine", CONCIERGE, "spray-used-at-home", GEORGIA, "scope"),
    # the spray at home, the drip in a clinic
    ("spray-used-at-home", UNNAMED, "watched", UNNAMED, "scope"),
    ("home-saves-time", CONCIERGE, "recovery-time", TEXAS, "scope"),
    ("half-call-it-very-effective", GEORGIA, "spray-still-explored", CONCIERGE, "scope"),
    # how one gets in, and who may
    ("telemedicine", CONCIERGE, "check-before", CONCIERGE, "scope"),
    ("telemedicine", CONCIERGE, "check-before", UNNAMED, "scope"),
    ("painkillers-count", GEORGIA, "after-several-treatments", GEORGIA, "degree"),
    ("painkillers-count", GEORGIA, "after-all-has-failed", GEORGIA, "degree"),
    ("after-two-preventives", UNNAMED, "after-all-has-failed", UNNAMED, "degree"),
    ("side-effects-count", NORTEX, "after-several-treatments", TEXAS, "degree"),
    ("spray-eases-an-attack", GEORGIA, "after-all-has-failed", GEORGIA, "scope"),
    ("other-headaches", TEXAS, "which-patients", GEORGIA, "scope"),
    ("what-the-plan-holds", UNNAMED, "after-other-treatments", NORTEX, "scope"),
    ("what-the-plan-holds", UNNAMED, "after-several-treatments", GEORGIA, "scope"),
    # who must not: avoid, or may not be the best choice
    ("contraindications", GEORGIA, "not-for-everyone", GEORGIA, "degree"),
    # hours, days, and what comes after
    ("nurse-comes-home", CONCIERGE, "side-effects-pass", CONCIERGE, "scope"),
    ("relief-within-hours", GEORGIA, "session-length", GEORGIA, "scope"),
    ("most-still-better-later", GEORGIA, "session-length", GEORGIA, "scope"),
    ("most-still-better-later", GEORGIA, "relief-may-wear-off", TEXAS, "degree"),
    ("relief-lasts-weeks-or-months", CONCIERGE, "maintenance-plan", CONCIERGE, "scope"),
    ("relief-lasts-weeks-or-months", UNNAMED, "follow-on", UNNAMED, "scope"),
    # rules, doses, studies
    ("strict-guidelines", CONCIERGE, "being-studied", CONCIERGE, "scope"),
    ("dose-by-aim", CONCIERGE, "side-effects-mild", CONCIERGE, "scope"),
    ("tailored-works-better", CONCIERGE, "dose-fitted", CONCIERGE, "degree"),
    ("targets-root-causes", CONCIERGE, "being-studied", CONCIERGE, "degree"),
    # other illnesses, other products, other medicines
    ("repairs-the-brain", CONCIERGE, "drip-eases-refractory-pain", CONCIERGE, "scope"),
    # what a physician missed who read every row
    ("complete-safety", CONCIERGE, "well-tolerated", GEORGIA, "degree"),
    ("treatment-length", GEORGIA, "maintenance-plan", CONCIERGE, "scope"),
    ("treatment-length", GEORGIA, "best-effect-takes-days", NORTEX, "scope"),
    ("which-patients", NORTEX, "what-makes-it-resistant", TEXAS, "scope"),
    ("nasal-aura-duration", UNNAMED, "nasal-aura-severity", GEORGIA, "degree"),
    ("headache-days", TEXAS, "which-patients", NORTEX, "degree"),
    ("nurse-comes-home", CONCIERGE, "who-gives-it", NORTEX, "scope"),
    # what a third missed
    ("which-patients", UNNAMED, "after-other-treatments", NORTEX, "degree"),
    ("which-patients", GEORGIA, "after-other-treatments", TEXAS, "degree"),
    ("spray-used-at-home", UNNAMED, "approved-migraine", TEXAS, "scope"),
    ("serious-rare", GEORGIA, "maintenance-plan", CONCIERGE, "scope"),
    ("serious-rare", GEORGIA, "maintenance-plan", NORTEX, "scope"),
    ("nurse-comes-home", CONCIERGE, "side-effects-pass", GEORGIA, "scope"),
    ("telemedicine", CONCIERGE, "psychiatric-screening", TEXAS, "scope"),
    ("complete-safety", CONCIERGE, "well-tolerated", UNNAMED, "degree"),
]

# two claims (or one) on which two pages (or one) do not disagree
AGREE = [
    # a page that says what it cannot promise is balanced
    ("drip-eases-refractory-pain", TEXAS, "not-everyone-responds", TEXAS),
    ("some-patients-report-relief", TEXAS, "not-everyone-responds", TEXAS),
    ("promising-treatment", NORTEX, "cures-migraine", NORTEX),
    ("promising-treatment", NORTEX, "not-everyone-responds", TEXAS),
    ("patient-head-felt-quiet", NORTEX, "stops-migraine-for-good", NORTEX),
    ("side-effects-mild", UNNAMED, "contraindications", UNNAMED),
    ("serious-rare", GEORGIA, "contraindications", GEORGIA),
    ("well-tolerated", GEORGIA, "has-side-effects", NORTEX),
    ("care-makes-it-safe", CONCIERGE, "has-side-effects", CONCIERGE),
    # after other treatments, and beside those that are kept
    ("after-other-treatments", TEXAS, "better-within-a-plan", TEXAS),
    ("after-other-treatments", NORTEX, "part-of-a-wider-plan", TEXAS),
    ("less-need-of-daily-medicine", NORTEX, "other-treatments-work-better", NORTEX),
    # another form, another length of treatment, another moment
    ("spray-works-fast", UNNAMED, "best-effect-takes-days", NORTEX),
    ("treatment-length", GEORGIA, "treatment-length", CONCIERGE),
    ("eases-a-migraine-attack", CONCIERGE, "best-effect-takes-days", NORTEX),
    ("headache-days", UNNAMED, "headache-days", TEXAS),
    # one sentence, or a page that answers itself
    ("may-replace-medicines", TEXAS, "part-of-a-wider-plan", TEXAS),
    ("standard-dose", CONCIERGE, "dose-fitted", CONCIERGE),
    ("forum-reports-of-lasting-relief", UNNAMED, "follow-on", UNNAMED),
    ("resets-pain-processing", NORTEX, "best-effect-takes-days", NORTEX),
    ("promising-treatment", NORTEX, "promising-treatment", GEORGIA),
    # what is the same in other words
    ("high-blood-pressure", GEORGIA, "high-blood-pressure", TEXAS),
    ("approved-migraine", GEORGIA, "approved-migraine", TEXAS),
    ("nurse-comes-home", CONCIERGE, "check-before", CONCIERGE),
    # reasons that fit together
    ("side-effects-mild", UNNAMED, "high-blood-pressure", UNNAMED),
    ("promising-treatment", TEXAS, "not-everyone-responds", TEXAS),
    ("physician-leads", TEXAS, "part-of-a-wider-plan", TEXAS),
    ("physician-leads", TEXAS, "who-gives-it", TEXAS),
    ("which-patients", NORTEX, "best-effect-takes-days", NORTEX),
    ("half-call-it-very-effective", GEORGIA, "promising-treatment", GEORGIA),
    # what a physician who read every row called no difference
    ("faster-than-other-medicines", CONCIERGE, "best-effect-takes-days", NORTEX),
    ("breakthrough", GEORGIA, "cures-migraine", GEORGIA),
    ("repairs-the-brain", CONCIERGE, "cures-migraine", TEXAS),
    ("alternative-to-others", CONCIERGE, "better-within-a-plan", UNNAMED),
    ("alternative-to-others", UNNAMED, "what-the-plan-holds", UNNAMED),
    ("breakthrough", GEORGIA, "a-third-say-life-is-better", GEORGIA),
    ("which-patients", TEXAS, "after-several-treatments", TEXAS),
    ("blood-pressure-slight", UNNAMED, "high-blood-pressure", UNNAMED),
    ("session-length", CONCIERGE, "side-effects-pass", CONCIERGE),
    ("most-still-better-later", GEORGIA, "relief-within-hours", GEORGIA),
    ("rests-on-studies", CONCIERGE, "rests-on-case-series", TEXAS),
    ("resets-pain-processing", NORTEX, "cures-migraine", NORTEX),
    ("spray-used-at-home", UNNAMED, "trained-supervision", GEORGIA),
    ("spray-used-at-home", UNNAMED, "where-it-is-given", CONCIERGE),
    # what a second physician called unfair, or told elsewhere already
    ("spray-used-at-home", GEORGIA, "treated-at-the-clinic", NORTEX),
    ("spray-used-at-home", GEORGIA, "trained-supervision", TEXAS),
    ("which-side-effects", CONCIERGE, "which-side-effects", CONCIERGE),
    ("breakthrough", CONCIERGE, "breakthrough", GEORGIA),
    ("breakthrough", CONCIERGE, "breakthrough", CONCIERGE),
    ("breakthrough", UNNAMED, "breakthrough", UNNAMED),
    ("promising-treatment", CONCIERGE, "promising-treatment", CONCIERGE),
    ("high-blood-pressure", UNNAMED, "high-blood-pressure", TEXAS),
    # what a third called unfair, or told elsewhere already
    ("monitored-setting-only", TEXAS, "monitored-setting-only", CONCIERGE),
    ("monitored-setting-only", TEXAS, "monitored-setting-only", UNNAMED),
    ("headache-days", GEORGIA, "headache-days", TEXAS),
    ("breakthrough", UNNAMED, "cures-migraine", NORTEX),
    ("breakthrough", UNNAMED, "cures-migraine", TEXAS),
    ("relief-lasts-weeks-or-months", GEORGIA, "package-price", GEORGIA),
    ("relief-within-hours", CONCIERGE, "series-works-better", CONCIERGE),
    ("most-still-better-later", GEORGIA, "session-length", NORTEX),
    ("most-still-better-later", GEORGIA, "maintenance-plan", CONCIERGE),
    ("lowers-brain-inflammation", GEORGIA, "resets-pain-processing", NORTEX),
    ("spravato-headache", CONCIERGE, "approved-migraine", CONCIERGE),
]


@pytest.fixture(scope="module")
def computed(report: Report) -> list[Disagreement]:
    index = report.index
    within = (each for page in report.base.pages for each in with_itself(page, index))
    return [*every_disagreement(index), *within]


def kinds(
    computed: list[Disagreement], claim: str, page: str, other: str, other_page: str
) -> set[str]:
    """How what one page says on a claim disagrees with what another, or itself, says elsewhere."""
    return {
        str(each.kind)
        for each in computed
        for side in each.sides
        for second in each.sides
        if side is not second
        and any((o.claim, o.page) == (claim, page) for o in side)
        and any((o.claim, o.page) == (other, other_page) for o in second)
    }


@pytest.mark.parametrize(("claim", "page", "other", "other_page", "kind"), FOUND)
def test_what_disagrees_is_found(
    computed: list[Disagreement], claim: str, page: str, other: str, other_page: str, kind: str
) -> None:
    assert kind in kinds(computed, claim, page, other, other_page)


@pytest.mark.parametrize(("claim", "page", "other", "other_page"), AGREE)
def test_what_agrees_is_left_alone(
    report: Report,
    computed: list[Disagreement],
    claim: str,
    page: str,
    other: str,
    other_page: str,
) -> None:
    for name, of in ((claim, page), (other, other_page)):
        assert any(o.page == of for o in report.base.claims[name].occurrences), name
    assert kinds(computed, claim, page, other, other_page) == set()
