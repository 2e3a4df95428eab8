"""What is offered in the place of a sentence speaks of what is wrong with it, or nothing is."""

import pytest
import yaml
from conftest import ROOT, WEIGHT_LOSS

from claimbook.loading.load import load
from claimbook.records import BENEFITS, Base
from claimbook.vetting.vet import Vetter

KNOWN = yaml.load((ROOT / "tests/gold/known.yaml").read_bytes(), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def real(vetter: Vetter) -> Vetter:
    return vetter


def offered(vetter: Vetter, sentence: str) -> str | None:
    read = vetter.vet(sentence).sentences
    assert any(each.look or any(flag.verdict for flag in each.flags) for each in read), sentence
    return next((words for each in read for words in each.wordings), None)


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [
        # the harm that is made light of, though "heal" reads as a cure
        ("Whatever long use of ketamine does to the bladder heals by itself.", "Long use of"),
        ("Repeated ketamine can heal the liver.", "Repeated use of ketamine is linked to liver"),
        (
            "Ketamine makes some people feel cut off from themselves: the cure.",
            "Ketamine can make you",
        ),
        ("Ketamine cannot make you drowsy, dizzy or sick.", "Ketamine can make you drowsy, dizzy,"),
        # the medicine, and the gravest that is recorded of it
        ("Alcohol is not dangerous with ketamine.", "Alcohol is dangerous with ketamine."),
        (
            "Other drugs that slow breathing are safe together with ketamine.",
            "Opioids, benzodiazepines and other drugs that slow breathing are dangerous together",
        ),
        (
            "Ketamine and triptans together do not raise blood pressure.",
            "Nobody is known to have tested ketamine together with",
        ),
        (
            "Ketamine is a non-opioid, potent drug that has sedative, pain-relieving and psychedelic properties.",
            "Trials of ketamine for a migraine",  # nobody takes an opioid
        ),
        ("SSRIs act on serotonin levels.", None),
        ("Triptans together with SSRIs are no problem.", "The FDA warned in 2006"),
        ("Theophylline is no obstacle to treatment.", "Ketamine must not be combined with theo"),
        ("You can even relax with a glass of wine after your session.", "Alcohol is dangerous"),
        ("Memantine can be taken with ketamine.", "If you take memantine"),
        ("You should be able to drive after about four hours.", "You should not drive on the day"),
        ("The drug does more for you than rehab ever could.", None),  # only the topic is the same
        ("If you get the worst headache of your life, use the spray first.", None),
        # a harm that was counted, and is flatly denied
        ("Ketamine never causes dizziness.", "Ketamine can make you dizzy"),
        ("Ketamine does not slow breathing.", "Ketamine can slow breathing when too much is"),
        ("All headache medicines can be stopped suddenly without harm.", "Do not stop a medicine"),
        # the people
        ("Expecting mothers love our gentle migraine drip.", "Ketamine is not recommended in preg"),
        (
            "A growing brain loves the plasticity boost of ketamine.",
            "The FDA warns that long or repeat",
        ),
        ("Ketamine makes only older people feel cut off from themselves.", None),
        ("No harm to 400 babies was reported after ketamine in milk.", None),
        (
            "Spravato is approved for depression in adults and teenagers.",
            "Spravato (esketamine) is",
        ),
        # the emergency
        ("In a crisis with thoughts of suicide our drip repairs the brain.", None),
        ("Thoughts of ending it all lift within an hour of the drip, so skip 988.", None),
        ("Ketamine eases thoughts of suicide.", "Ketamine may ease thoughts of suicide for some"),
        ("Ketamine eases thoughts of suicide, so you need no doctor.", None),
        # what it says of a benefit, though no claim on one is read
        ("Ketamine cures depression.", "Ketamine may ease depression for some days."),
        (
            "Ketamine infusions are effective in 75% of people.",
            "Ketamine does not help everyone, relief",
        ),
        ("The SPG block is a proven treatment of facial pain.", None),
        # mood is of another illness than those of the headache trials
        ("Responders get quick relief and often feel significant gains in mood in hours.", None),
        (
            "Ketamine was approved as a great option for psychological disorders.",
            "Ketamine is not approved by the FDA for any mental",
        ),
        # of a treatment on which the base is not, no line tells
        ("A nerve stimulator prevents migraine without side effects.", None),
        ("Emgality is not addictive and does no harm to the liver.", None),
        ("Unlike Vyepti, our infusion stops every migraine.", "In one hospital, average pain"),
        # what names a treatment is no verb
        ("Occipital nerve blocks make migraine headaches rarer.", None),
        ("Life is not worth living? Our drip lifts that within an hour.", None),
        ("No headache needs an ambulance.", "Call 911 for a headache"),
        # what is approved of a treatment, and its use
        ("Ketamine drips are approved for headaches.", "Ketamine is not approved by the FDA for"),
        ("Ketamine is approved for certain adults with depression.", "Ketamine is not approved by"),
        ("Ketamine is approved as an anaesthetic and for migraine.", "Ketamine is approved as an"),
        ("Our ketamine nose spray is approved.", "No ketamine nasal spray is approved"),
        # the mechanism, the outcome, the study that is meant
        (
            "Ketamine halts cortical spreading depression in migraine patients.",
            "In ten people with",
        ),
        ("Say goodbye to migraine forever after six sessions.", "Ketamine is not a cure"),
        ("In one hospital, 51 of 77 people had 2 points less pain on a drip.", "Ketamine does not"),
        ("Pain was cut at least by half in 45 of 64 hospital stays of children.", None),
    ],
)
def test_an_offer_answers_the_sentence(real: Vetter, sentence: str, begins: str | None) -> None:
    offer = offered(real, sentence)
    assert (offer is None) is (begins is None), offer
    assert offer is None or begins is None or offer.startswith(begins), offer


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        # the illness that the text is about
        (
            "We treat depression. Ketamine is FDA-approved for what ails you.",
            "Ketamine is not approved by the FDA for any mental disorder",
        ),
        (
            "We treat migraine. Ketamine is FDA-approved for what ails you.",
            "Ketamine is not approved by the FDA for migraine",
        ),
        # a harm that the sentence tells is not deleted
        (
            "With ketamine come dissociation, a rise in blood pressure and, in rare cases, slowed breathing.",
            None,
        ),
    ],
)
def test_an_offer_keeps_to_the_text(real: Vetter, text: str, begins: str | None) -> None:
    last = real.vet(text).sentences[-1]
    assert last.flags
    offer = next(iter(last.wordings), None)
    assert (offer is None) is (begins is None), offer
    assert offer is None or begins is None or offer.startswith(begins), offer


@pytest.mark.parametrize(
    ("sentence", "offer"),
    [
        ("The weekly shot does not inflame the pancreas.", "The weekly shot can inflame the pancreas."),
        ("The tablets are approved for weight loss.", "Exampramine tablets are not approved for this use."),
        ("The weekly shot is safe in pregnancy.", "People who are pregnant or have had a gland tumour should not have the weekly shot."),
    ],
)  # fmt: skip
def test_it_does_so_in_any_base(sentence: str, offer: str) -> None:
    assert offered(Vetter(load(WEIGHT_LOSS)), sentence) == offer


def test_no_benefit_is_offered_where_a_danger_is_made_light_of(base: Base, real: Vetter) -> None:
    """As read by the topic at risk and by the outcomes of the claims to which a rule objects."""
    kinds: dict[str, set[str]] = {}
    for claim in base.claims.values():
        for say in claim.say:
            kinds.setdefault(say.text, set()).add(claim.kind)
    safety = vars(real)["_safety"]
    offers, warnings = [], []
    for passage in KNOWN[::2]:
        for each in real.vet(passage["text"]).sentences:
            harms = any(
                base.vocabulary.harm(base.claims[name].about.outcome) for name in each.claims
            )
            flagged = any(
                flag.rule in ("risk-minimised", "against-guidance") for flag in each.flags
            )
            topic = safety.topic_at_risk(each.text) and safety.touched(each.text)
            if topic or flagged or (harms and len(each.claims) == 1):
                offers += [flag.suggestion for flag in each.flags if flag.suggestion]
                warnings += [each.suggestion] if each.suggestion else []
    assert len(offers) > 30
    assert not [offer for offer in offers if not BENEFITS.isdisjoint(kinds.get(offer, set()))]
    assert warnings
    assert not [offer for offer in warnings if kinds[offer] <= BENEFITS]  # none of benefit alone
