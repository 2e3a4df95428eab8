"""A drug that is taken for the treatment (`distinct`): its claims are of drafts that name it."""

import pytest

from claimbook.vetting.vet import Vetter

ITS_OWN = "spravato-"


@pytest.mark.parametrize(
    ("text", "claim", "state"),
    [
        ("Spravato has a limited range of side effects.", "spravato-side-effects", "flagged"),
        ("Spravato has minimal side effects.", "spravato-mild", "flagged"),
        ("Nausea is rare with Spravato.", "spravato-nausea", "flagged"),
        ("Vomiting is very rare with esketamine nasal spray.", "spravato-vomiting", "flagged"),
        ("Spravato does not make you dizzy.", "spravato-dizziness", "flagged"),
        ("Few patients feel sedated after Spravato.", "spravato-sedation", "flagged"),
        ("Spravato does not make you sleepy.", "spravato-drowsiness", "flagged"),
        ("Dissociation is uncommon with Spravato.", "spravato-dissociation", "flagged"),
        ("Spravato does not affect your blood pressure.", "spravato-blood-pressure", "flagged"),
        ("Spravato has no effect on your breathing.", "spravato-breathing", "flagged"),
        ("Spravato is not habit-forming.", "spravato-misuse", "flagged"),
        ("Spravato does not cause suicidal thoughts.", "spravato-suicidal-thoughts", "flagged"),
        ("There are no bladder problems with Spravato.", "spravato-bladder", "flagged"),
        ("Spravato never causes headaches.", "spravato-causes-headache", "flagged"),
        ("You will think clearly an hour after Spravato.", "spravato-thinking", "flagged"),
        ("You can drive in the evening after Spravato.", "spravato-driving", "flagged"),
        ("You can go home alone after Spravato.", "spravato-escort", "flagged"),
        ("One hour of watching is enough after Spravato.", "spravato-watching", "flagged"),
        ("You can take Spravato home with you.", "spravato-where", "flagged"),
        ("Spravato is safe during pregnancy.", "spravato-pregnancy", "flagged"),
        ("You can breastfeed while taking Spravato.", "spravato-breast-feeding", "flagged"),
        ("Spravato is safe for long-term use.", "spravato-long-term", "flagged"),
        ("About a quarter of people feel sick after Spravato.", "spravato-nausea", "not-checked"),
        ("Spravato can slow breathing, so staff watch you.", "spravato-breathing", "not-checked"),
        (
            "Spravato may be given only under supervision at a certified clinic.",
            "spravato-where",
            "not-checked",
        ),
        ("We watch you for two hours after Spravato.", "spravato-watching", "look"),
        ("Spravato is not recommended in pregnancy.", "spravato-pregnancy", "clean"),
        ("You stay with us for one hour after Spravato.", "spravato-watching", "flagged"),
        ("We keep you for 40 minutes after Spravato.", "spravato-watching", "flagged"),
        ("You stay with us for two hours after Spravato.", "spravato-watching", "not-checked"),
        ("You can eat up to one hour before Spravato.", "spravato-no-food", "flagged"),
        ("Eat nothing for three hours before Spravato.", "spravato-no-food", "not-checked"),
        ("You can drink water until ten minutes before Spravato.", "spravato-no-drink", "flagged"),
        ("Spravato may be given at any clinic.", "spravato-certified", "flagged"),
        ("Our clinic is certified to give Spravato.", "spravato-certified", "not-checked"),
        (
            (
                "Staff check your blood pressure about 40 minutes after Spravato and watch you for at "
                "least two hours."
            ),
            "spravato-blood-pressure",
            "not-checked",
        ),
        (
            "Spravato is not approved to treat depression in children.",
            "spravato-for-children",
            "not-checked",
        ),
        ("Someone must drive you home after Spravato.", "spravato-escort", "not-checked"),
        # how it works
        (
            "Spravato works by restoring connections between brain cells.",
            "spravato-restores-connections",
            "flagged",
        ),
        ("Esketamine promotes neuroplasticity.", "spravato-restores-connections", "flagged"),
        ("Spravato boosts glutamate to lift your mood.", "spravato-raises-glutamate", "flagged"),
        ("Scientists know exactly how Spravato works.", "spravato-mechanism", "flagged"),
        ("How esketamine works is not fully understood.", "spravato-mechanism", "not-checked"),
        ("Esketamine blocks NMDA receptors.", "spravato-blocks-nmda", "clean"),
        ("Spravato works by raising serotonin.", "spravato-mechanism", "flagged"),
        # that it helps
        ("Spravato eases depression in some people.", "spravato-eases-depression", "look"),
        (
            "Spravato may help some adults with depression.",
            "spravato-eases-depression",
            "not-checked",
        ),
        ("Spravato lifts depression in everyone.", "spravato-eases-depression", "flagged"),
        ("Spravato does not help depression.", "spravato-eases-depression", "flagged"),
        # next to a drip, and to other drugs for depression
        ("Spravato is safer than IV ketamine.", "spravato-safer-than-drip", "flagged"),
        ("A drip is safer than Spravato.", "spravato-safer-than-drip", "flagged"),
        (
            "Spravato has not been shown to be safer than IV ketamine.",
            "spravato-safer-than-drip",
            "not-checked",
        ),
        (
            "Spravato is more effective than SSRIs.",
            "spravato-better-than-antidepressants",
            "flagged",
        ),
        (
            "While traditional antidepressants take weeks, Spravato works within 24 hours.",
            "spravato-faster-than-antidepressants",
            "flagged",
        ),
        (
            "Spravato may work faster than antidepressants.",
            "spravato-faster-than-antidepressants",
            "not-checked",
        ),
        ("Spravato is better tolerated than SSRIs.", "spravato-fewer-side-effects", "flagged"),
        # who may have it
        ("Spravato must always be taken with an antidepressant.", "spravato-alone", "flagged"),
        (
            "Spravato is approved as a stand-alone treatment for treatment-resistant depression.",
            "spravato-alone",
            "not-checked",
        ),
        ("Spravato is a first-line treatment.", "spravato-tried-before", "flagged"),
        (
            "Spravato is for adults who have tried at least two antidepressants.",
            "spravato-tried-before",
            "not-checked",
        ),
        (
            "Spravato is for adults whose depression has not improved with at least two antidepressants.",
            "spravato-tried-before",
            "not-checked",
        ),
        (
            "Spravato is for adults who did not get better on two antidepressants.",
            "spravato-tried-before",
            "not-checked",
        ),
        (
            "Spravato is for people who got better on two antidepressants.",
            "spravato-tried-before",
            "flagged",
        ),
        (
            "Spravato is approved as a first treatment for anyone with depression.",
            "spravato-tried-before",
            "flagged",
        ),
        (
            "Spravato is not approved as a first treatment for depression.",
            "spravato-tried-before",
            "not-checked",
        ),
        (
            "You can have Spravato after one failed antidepressant.",
            "spravato-tried-before",
            "flagged",
        ),
        (
            "For depression with suicidal thoughts Spravato is approved only with an antidepressant tablet.",
            "spravato-with-tablet-when-suicidal",
            "look",
        ),
        (
            "With suicidal thoughts Spravato may be taken without an antidepressant.",
            "spravato-with-tablet-when-suicidal",
            "flagged",
        ),
        ("Spravato is approved for teenagers.", "spravato-for-children", "flagged"),
        ("Spravato is for adults only.", "spravato-for-children", "clean"),
        ("Spravato is FDA-approved for depression and anxiety.", "spravato-for-anxiety", "flagged"),
        ("Spravato is not approved for PTSD.", "spravato-for-ptsd", "not-checked"),
        ("No screening is needed before Spravato.", "spravato-checks", "flagged"),
        ("We screen you before your first Spravato session.", "spravato-checks", "not-checked"),
    ],
)
def test_what_is_said_of_it(text: str, claim: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert claim in sentence.claims
    assert sentence.state.value == state


@pytest.mark.parametrize(
    "text",
    [
        "Nothing can possibly go wrong.",
        "You could take it for years and never get hooked.",
        "Your pulse and pressure stay where they were.",
        "Vomiting while drowsy is dangerous.",
        "Nausea is rare with ketamine.",
        "Of our patients, 9 in 100 needed a drug for it.",  # a share of people who vomited on it
        "Nobody knows how ketamine works in migraine.",
        "Bring a list of the antidepressants that you have tried.",
        "Antidepressants take weeks to work.",
        "Ask about ketamine if your mood did not get better on two antidepressants.",
        "After a ketamine drip you stay with us for one hour.",
    ],
)
def test_what_does_not_name_it_is_not_of_it(text: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert not [name for name in sentence.claims if name.startswith(ITS_OWN)]


def test_it_refers_back_to_the_drug_that_was_named(vetter: Vetter) -> None:
    sentence = vetter.vet("We give Spravato on Mondays. It can be misused.").sentences[-1]
    assert sentence.claims == ("spravato-misuse",)


def test_how_it_is_given_offers_no_treatment(vetter: Vetter) -> None:
    assert vetter.vet("Spravato is given only at a certified site.").left_out is None
    assert vetter.vet("Ketamine is given at our clinic by drip.").left_out


def test_the_share_that_a_finding_is_held_against_is_of_that_finding(vetter: Vetter) -> None:
    text = (
        "In trials of Spravato for depression, about 20 in 100 people had a headache, compared "
        "with about 17 in 100 on a dummy spray."
    )
    (sentence,) = vetter.vet(text).sentences
    assert sentence.claims == ("spravato-causes-headache",)
    assert not sentence.flags


@pytest.mark.parametrize(
    ("text", "claim", "state"),
    [
        ("Lozenges are just as effective as IV infusions.", "lozenge-or-drip", "flagged"),
        ("A drip works better than lozenges.", "lozenge-or-drip", "flagged"),
        (
            "A lozenge delivers as much ketamine to the blood as a drip does.",
            "lozenge-blood-or-drip",
            "flagged",
        ),
        (
            "Less of a lozenge than of a shot gets into the blood.",
            "lozenge-blood-or-drip",
            "not-checked",
        ),
        ("A troche gives you 90% of the dose.", "by-mouth-in-blood", "flagged"),
        (
            "Lozenges have not been shown to work as well as a drip.",
            "lozenge-or-drip",
            "not-checked",
        ),
        ("IM ketamine is as effective as IV ketamine.", "muscle-or-drip", "flagged"),
        ("Ketamine troches ease migraine.", "lozenges-ease-migraine", "flagged"),
        ("Intramuscular ketamine eases migraine.", "muscle-shots-ease-migraine", "flagged"),
        ("Our ketamine troches are approved by the FDA.", "lozenges-approved", "flagged"),
        ("No ketamine lozenge is FDA-approved.", "lozenges-approved", "not-checked"),
        ("Lozenges have a bioavailability of 90%.", "by-mouth-in-blood", "flagged"),
        ("IV ketamine has 100% bioavailability.", "drip-in-blood", "not-checked"),
        ("Nasal ketamine has a bioavailability of 90%.", "spray-in-blood", "flagged"),
        ("Spravato has a bioavailability of about 48%.", "spravato-in-blood", "not-checked"),
        (
            "Ketamine is more effective than antidepressants.",
            "ketamine-better-than-antidepressants",
            "flagged",
        ),
        (
            "Ketamine may work faster than antidepressants in depression.",
            "ketamine-faster-than-antidepressants",
            "not-checked",
        ),
    ],
)
def test_other_ways_of_giving_it(text: str, claim: str, state: str, vetter: Vetter) -> None:
    (sentence,) = vetter.vet(text).sentences
    assert claim in sentence.claims
    assert sentence.state.value == state


@pytest.mark.parametrize(
    "text",
    [
        "Yellow skin, dark urine or pain under your right ribs: stop the lozenges.",
        "Do not chew the lozenge.",
        "A nurse gives the injection into the muscle of your arm.",
        "Only 20 percent of the patients reached the blood pressure target.",
    ],
)
def test_what_only_names_a_form_is_not_on_how_well_it_works(text: str, vetter: Vetter) -> None:
    claims = [name for sentence in vetter.vet(text).sentences for name in sentence.claims]
    topics = {vetter.base.claims[name].topic for name in claims}
    assert "lozenges-and-shots" not in topics
