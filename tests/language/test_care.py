"""A sentence on a safety topic has to take care; what restrains and is denied makes light of it."""

import pytest

from claimbook.language.safety import LIMITS, Safety

SAFETY = Safety()
ROWS = [
    # the burden: a topic, and nothing careful
    ("Toddlers sleep right through it.", "children"),
    ("A pint in the garden rounds the day off.", "alcohol and other drugs"),
    ("Your kidneys take it in their stride.", "liver, kidneys and bladder"),
    ("We ask toddlers' parents to stay.", None),
    ("Pregnant women are seen by their midwife first.", None),
    # what restrains is denied, by a word of any kind
    ("A pacemaker poses no difficulty.", "blood pressure and heart"),
    ("Epilepsy has never made us hesitate.", "epilepsy and other illness"),
    ("Hardly any kidney problems.", "liver, kidneys and bladder"),
    ("Leave out the blood tests.", "seeing a doctor"),
    ("Treatment without ever seeing a psychiatrist.", "seeing a doctor"),
    ("A chaperone is optional.", "driving"),
    ("Zero ambulances in ten years.", "emergency"),
    ("0 hangovers, 2,000 drips.", "side effects"),
    ("It is anything but habit-forming.", "addiction"),
    # and turned round again by a second denial
    ("We never leave out the blood tests.", None),
    ("You cannot come without a chaperone.", None),
    ("A chaperone is not optional.", None),
    ("Epilepsy is not without problems here.", None),
    # what is denied and restrains nothing is forbidden; twice, it is permitted
    ("Do not swim that evening.", None),
    ("Nobody should swim that evening.", None),
    ("We have never met a pensioner whom we could not treat.", "age"),
    # but to tell what is not there or not done forbids nothing
    (
        "On warfarin? There is nothing to look up, and your kidneys cope.",
        "liver, kidneys and bladder",
    ),
    ("Toddlers come, and nobody has sent one home.", "children"),
    ("Nothing to eat before it, and no toddlers in the room.", None),
    ("Toddlers love it, so ask for a bigger cup.", "children"),
    ("Toddlers love it, but ask for advice.", None),
    # conditions and concessions say nothing of the rest
    ("If your kidneys are weak, we go ahead as planned.", "liver, kidneys and bladder"),
    ("If your kidneys are weak, tell us.", None),
    ("Some warn of alcohol, but a beer has its charm.", "alcohol and other drugs"),
    ("A beer has its charm, but wait until the next day.", None),
    (
        "Although the label warns of it, pregnant women love our drips.",
        "pregnancy and breast-feeding",
    ),
    ("The leaflet advises against beer (just lawyers being careful).", "alcohol and other drugs"),
    # words that take care in one sense only
    ("Bring a bottle of gin.", "alcohol and other drugs"),
    ("Bring a driver, and leave the gin at home.", None),
    ("Sign the contract on your way out.", "driving"),
    ("A weak pulse is a sign of blood loss.", None),
    ("A gin for good measure.", "alcohol and other drugs"),
    ("Your reading of 190 is only nerves.", "blood pressure and heart"),
    ("Gin is only for people who do not come.", None),
    ("A gin before the first bag warms you up.", "alcohol and other drugs"),
    ("Pregnant women are seen before we begin.", None),
    ("A gin, nothing more.", "alcohol and other drugs"),
    ("Your insulin can go in the bin.", "stopping medicine"),
    # comparison
    ("It is gentler than a sleeping pill.", "alcohol and other drugs"),
    ("It is not gentler than a sleeping pill.", None),
    ("Coffee is more addictive.", "addiction"),
    ("Mixing it with beer is riskier.", None),
    ("Nothing you can buy is safer.", LIMITS),
    ("It is no safer than the tablets.", None),
    # a harm that is only called something is no warning
    ("Withdrawal is a word for films.", "addiction"),
    ("Withdrawal is a real danger.", None),
    ("What complications?", "side effects"),
    ("What are the complications?", None),
    # what is called a myth is said to be otherwise
    ("Myth: it is habit-forming.", "addiction"),
    ("Myth: you can swim that evening.", None),
    # leave is given, or a duty waived, whatever it is about
    ("Feel free to carry the rest home.", LIMITS),
    ("How long you rest is your call.", LIMITS),
    ("Everyone qualifies.", LIMITS),
    ("No upper limit.", LIMITS),
    ("There is no need to keep to the plan.", LIMITS),
    ("Not everyone qualifies.", None),
    ("There is a limit.", None),
    # what is not known is careful, and a harm that was never shown is none
    ("It is not known whether it harms the kidneys.", None),
    ("No study has shown that it harms the kidneys.", "liver, kidneys and bladder"),
    ("The agency did not review the tablets for their safety.", None),
    # asides, and items of a list
    ("Your first visit (no blood tests, ever) takes an hour.", "seeing a doctor"),
    ("Angina: fine", "blood pressure and heart"),
    ("Angina", None),
]


@pytest.mark.parametrize(("sentence", "topic"), ROWS)
def test_care(sentence: str, topic: str | None) -> None:
    assert SAFETY.topic_at_risk(sentence) == topic


@pytest.mark.parametrize(
    ("before", "sentence", "topic"),
    [
        ("Cycling?", "Same evening.", "driving"),
        ("Cycling?", "Not before the next day.", None),
        ("Is glaucoma a problem?", "Not with us.", "epilepsy and other illness"),
        ("Is glaucoma a problem?", "It can be.", None),
        ("Do I need a chaperone?", "You do.", None),
        ("Do I need a chaperone?", "You don't.", "driving"),
        ("Q: May I have a beer?", "A: None for two days.", None),
        ("Q: May I have a beer?", "A: Sure.", "alcohol and other drugs"),
        ("Afraid of withdrawal?", "Don't be.", "addiction"),
        ("Pregnant mothers", "They come once a week.", "pregnancy and breast-feeding"),
    ],
)
def test_answers(before: str, sentence: str, topic: str | None) -> None:
    assert SAFETY.topic_at_risk(sentence, before) == topic
