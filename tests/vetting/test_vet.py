"""A draft is a page that is not published yet."""

import io
import json
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import ROOT, WEIGHT_LOSS
from hypothesis import given
from hypothesis import strategies as st

from claimbook.curation.impact import without
from claimbook.evidence.index import Index
from claimbook.language import sentences
from claimbook.language.quantities import Quantities
from claimbook.loading.serialize import for_vetting, pack, unpack
from claimbook.records import Amount, Share
from claimbook.vetting.drafts.files import DraftError, draft, read
from claimbook.vetting.matching import Matcher
from claimbook.vetting.results import VetResult, as_data
from claimbook.vetting.suggestions import offers, softened
from claimbook.vetting.vet import Vetter

quantities = Quantities()
KNOWN = yaml.load((ROOT / "tests/gold/known.yaml").read_bytes(), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def real(vetter: Vetter) -> Vetter:
    return vetter


@pytest.mark.parametrize(
    ("sentence", "verdict", "claim", "rules"),
    [
        (
            "Ketamine nasal spray shortens migraine auras.",
            "unsupported",
            "nasal-aura-duration",
            {"not-shown"},
        ),
        (
            "Up to 77% of patients experience significant relief after ketamine infusions.",
            "overstated",
            "relief-in-up-to-77-of-100",
            {"bare-up-to"},
        ),
        ("Ketamine is not FDA-approved for migraine.", "supported", "approved-migraine", set()),
        ("Ketamine is not a cure for migraine.", "supported", "cures-migraine", set()),
        (
            "Our intranasal ketamine (Spravato) is here.",
            "contradicted",
            "spravato-is-ketamine",
            {"substance-confusion"},
        ),
        (
            "Chronic migraine means more than 15 headache days per month.",
            "overstated",
            "headache-days",
            {"definition-misstated"},
        ),
        (
            "Chronic migraine means headache on 15 or more days per month.",
            "not-checked",
            "headache-days",
            set(),
        ),
        (
            "Ketamine may help reduce headache severity in select cases.",
            "not-checked",
            "drip-eases-refractory-pain",
            set(),
        ),
        (
            "Ketamine cures migraine permanently.",
            "unsupported",
            "cures-migraine",
            {"promised-cure"},
        ),
        (  # a share out of a hundred is not a study of a hundred people
            "After a ketamine drip 39 in 100 people still had at least 2 points less pain later.",
            "not-checked",
            "most-still-better-later",
            set(),
        ),
        ("A lavender candle burns for 90% of the night.", "not-checked", None, set()),
        ("Is ketamine right for me?", None, None, set()),
        ("Call us today to book.", None, None, set()),
    ],
)
def test_sentences(
    real: Vetter, sentence: str, verdict: str | None, claim: str | None, rules: set[str]
) -> None:
    (one,) = real.vet(sentence).sentences
    assert (one.verdict.label if one.verdict is not None else None) == verdict, one
    assert claim is None or claim in one.claims
    assert rules <= {flag.rule for flag in one.flags}
    assert rules or not [flag for flag in one.flags if flag.verdict]


@pytest.mark.parametrize(
    ("text", "sources"),
    [  # of several studies of one size those of the people, the treatment and the outcome named
        ("In a study of 30 people with aura the spray did less.", {"afridi-2013"}),
        ("In a study of 30 people with PTSD ketamine did less.", {"feder-2021"}),
        ("One study asked 168 people about side effects.", {"park-2021"}),
        ("One study asked 168 people.", set()),
        # one alone may be told of others than it studied
        ("A study of 403 people who had Spravato found relief.", {"anand-2023"}),
    ],
)
def test_the_study_of_so_many_people(real: Vetter, text: str, sources: set[str]) -> None:
    assert Matcher(Index(real.base)).citations.sources(text) == sources


@pytest.mark.parametrize(
    ("text", "sources"),
    [  # a sentence begins with a capital letter, and many a surname is another word, too
        ("Do not drive after ketamine.", set()),
        ("FAQ: Do I need a driver?", set()),
        ("Short sessions do less.", set()),
        ("“Young adults come, too.”", set()),
        ("Strong evidence shows relief.", set()),
        ("Do et al. list the signs.", {"do-2019-snnoop10"}),
        ("Short (2018) counted side effects.", {"short-2018"}),
        ("Pomeroy’s team treated 77 people.", {"pomeroy-2017"}),
        ("Afridi gave 25 mg.", {"afridi-2013"}),
        ("A trial by Afridi found it.", {"afridi-2013"}),
        ("Schwenk, 2018, found relief.", {"cohen-2018", "schwenk-2018"}),
    ],
)
def test_the_study_of_an_author(real: Vetter, text: str, sources: set[str]) -> None:
    assert Matcher(Index(real.base)).citations.sources(text) == sources


@pytest.mark.parametrize(
    ("sentence", "softer"),
    [
        ("IV ketamine is proven to relieve refractory migraine.", True),
        ("Ketamine relieves 71% of refractory migraines.", False),  # no figure is softened,
        ("Three infusions of IV ketamine will relieve refractory migraine.", False),  # in any unit,
        ("Ketamine lowers your blood pressure.", False),  # nothing that evidence denies,
        ("IV ketamine relieves refractory migraine with minimal side effects.", False),  # no harm,
        ("Ketamine relieves toothache.", False),  # nothing that nobody looked at
    ],
)
def test_softer_words_are_offered_only_where_they_are_all_that_is_missing(
    real: Vetter, sentence: str, softer: bool
) -> None:
    claims = {name: replace(claim, say=()) for name, claim in real.base.claims.items()}
    (one,) = Vetter(replace(real.base, claims=claims)).vet(sentence).sentences
    assert any(" may " in (flag.suggestion or "") for flag in one.flags) is softer


def test_nothing_is_offered_that_nobody_wrote(real: Vetter) -> None:
    written = {
        *(finding.plain for finding in real.base.findings.values()),
        *(f"{disclosure.label}." for disclosure in real.base.disclosures.values()),
        *(wording.text for claim in real.base.claims.values() for wording in claim.say),
    }
    index = Index(real.base)
    for occurrence in real.base.occurrences.values():
        offered = set(offers(real.base.claim_of(occurrence), index, occurrence))
        assert offered - {softened(occurrence.quote)} <= written


def test_a_line_is_judged_alike_alone_and_among_others(real: Vetter) -> None:
    """So that what was found of it can be kept for other drafts."""
    texts = [passage.quote for passage in real.base.occurrences.values()][::4]
    together, one_by_one = Vetter(real.base), Vetter(real.base)
    clean = together.clean(texts)
    assert 0 < len(clean) < len(set(texts))
    assert clean == {text for text in texts if text in one_by_one.clean([text])}
    assert together.clean(texts[:9]) == clean & {*texts[:9]}


def test_to_judge_says_what_vetting_says_but_for_wording(real: Vetter) -> None:
    def said(result: VetResult) -> list[object]:
        parts = [part for flag in result.flags for part in flag.parts]
        return [
            *(replace(each, flags=(), suggestion=None) for each in result.sentences),
            *(replace(each, message="", suggestion=None, also=()) for each in parts),
        ]

    for text in (passage["text"] for passage in KNOWN[::20]):
        assert said(real.judge(text)) == said(real.vet(text))
        assert real.judge(text).left_out is None


def test_threads_may_share_a_vetter(real: Vetter) -> None:
    drafts = [passage["text"] for passage in KNOWN[::3]][:200]
    assert len(drafts) == 200
    expected = [json.dumps(as_data(real.vet(draft))) for draft in drafts]
    shared = Vetter(real.base)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            vetted = list(pool.map(lambda draft: json.dumps(as_data(shared.vet(draft))), drafts))
    finally:
        sys.setswitchinterval(interval)
    assert vetted == expected


def test_one_draft_leaves_nothing_behind_for_the_next(real: Vetter) -> None:
    drafts = [
        "Ketamine nasal spray shortens your aura.",
        "Ketamine nasal spray does not shorten an aura.",
        "55 of 77 people left hospital with less pain.",
        "71% of our patients get clear relief after a ketamine drip.",
        "92% of our patients get clear relief after a ketamine drip.",
        "You can have your drip at home.",
        "Ketamine is given only in a hospital.",
    ]
    # What they claim, and a part of the rest; every vetter has records of its own.
    named = {
        name for each in map(real.vet, drafts) for one in each.sentences for name in one.claims
    }
    others = [name for name in real.base.claims if name not in named]
    base = without(real.base, frozenset(others) - {*others[::6]})
    packed = pack(for_vetting(base))
    fresh = [as_data(Vetter(unpack(packed)).vet(draft)) for draft in drafts]
    one = Vetter(unpack(packed))
    assert [as_data(one.vet(draft)) for draft in drafts] == fresh
    assert [as_data(one.vet(draft)) for draft in reversed(drafts)] == fresh[::-1]


def test_of_what_is_offered_only_lines_of_the_base_are_kept(real: Vetter) -> None:
    """The writer's own sentence in softer words is offered, too, and belongs to the draft."""
    vetter = Vetter(real.base)
    vetter.vet("Our ketamine nasal spray makes migraine aura much milder.")
    kept = vars(vetter)["_clean"]
    assert kept
    assert not [line for line in kept if line.startswith("Our ketamine")]


COPY = "<p>Ketamine cures migraine. It is FDA approved for migraine and has no side effects.</p>"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p>Ke&shy;ta&shy;mine cures mi&shy;graine. It is FDA ap&shy;proved for mi&shy;graine and has no side ef&shy;fects.</p>",
        *(
            COPY.replace("u", f"u{sign}").replace("pp", f"p{sign}p")
            for sign in ("\u200d", "\u2060", "\ufeff", "\u202e", "\ufe0f")
        ),
        COPY.replace(". It", ".&#8203; It"),
        COPY.replace("c", "с")
        .replace("a", "&#1072;")
        .replace("Ke", "Κe"),  # the last of Greek, the others of Cyrillic
    ],
)
def test_copy_is_judged_as_it_looks(real: Vetter, hidden: str) -> None:
    clean, seen = (draft(text.encode(), "a.html", ".html") for text in (COPY, hidden))
    expected, vetted = real.vet(clean.text), real.vet(seen.text)
    assert len(expected.flags) > 5
    assert [(flag.rule, flag.message) for flag in vetted.flags] == [
        (flag.rule, flag.message) for flag in expected.flags
    ]
    for sentence in vetted.sentences:
        assert seen.text[sentence.start : sentence.end] == sentence.text
        assert seen.written(sentence.start, sentence.end) in hidden


def test_the_whole_draft_is_judged_too(real: Vetter) -> None:
    rules = {
        flag.rule
        for flag in real.vet(
            "Ketamine eases migraine pain. Chronic migraine is more than 15 headache days per month, or 15+ headache days per month."
        ).document_flags
    }
    assert {
        "approval-status-missing",
        "serious-harm-unmentioned",
        "benefits-without-harms",
    } <= rules


@given(st.text(max_size=300))
def test_offsets_are_into_the_text(text: str) -> None:
    spans = sentences.spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("up to 77% of patients", [(69.3, 77.0)]), ("55 of 77 people", [(71.35, 71.45)]), ("more than half", [(50, 100)]),
        ("over one-third improved", [(33.3, 100)]), ("15+ headache days per month", [(15, float("inf"))]),
        ("a 40–60 minute session", [(40, 60)]),
        ("about one hour", [(51, 69)]), ("in under 90 minutes", [(0, 90)]), ("0.1 to 1 mg/kg/hr", [(0.1, 1)]), ("no figure here", []),
        ("About 2 in 100 users", [(1.5, 2.5)]), ("two out of every 100 people", [(1.5, 2.5)]), ("100 in 100", [(99.5, 100)]),
        ("ninety-two in every hundred", [(91.5, 92.5)]), ("8 to 19 in 100 people", [(8, 19)]), ("3 to 4 in 1000", [(0.3, 0.4)]),
        ("2 of 100 people", [(1.95, 2.05)]), ("2 in 50 people", [(3.95, 4.05)]),
    ],
)  # fmt: skip
def test_quantities(sentence: str, found: list[tuple[float, float]]) -> None:
    intervals = [
        value.interval for value in quantities(sentence) if isinstance(value, Share | Amount)
    ]
    assert [(interval.low, interval.high) for interval in intervals] == list(
        map(pytest.approx, found)
    )


@given(st.text(max_size=200))
def test_quantities_never_fail(text: str) -> None:
    list(quantities(text))


def docx(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


RUNS = "<w:p><w:r><w:t>Baths cure </w:t></w:r><w:r><w:t>colds.</w:t></w:r></w:p>"
PARAGRAPH = f"<w:document xmlns:w='w'>{RUNS}<w:p><w:t>Book.</w:t></w:p></w:document>"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "Baths cure colds.".encode("utf-8-sig"), "Baths cure colds."),
        ("a.md", b"# Baths\n[cure](http://x) colds", "Baths\ncure colds\n"),
        ("a.html", b"<p>Baths <b>cure</b> colds.<script>alert(1)</script></p><img alt='A bath'>", "Baths cure colds.\nA bath\n"),
        ("a.html", b"<div>" * 50_000 + b"Baths cure colds.", "Baths cure colds.\n"),
        ("a.docx", docx(PARAGRAPH), "Baths cure colds.\nBook.\n"),
        ("a.pdf", b"%PDF", DraftError), ("a.txt", b"\xff\xfe\x00", DraftError), ("a.txt", b"a\0b", DraftError),
        ("a.docx", b"PK", DraftError), ("a.docx", docx("<w:document>"), DraftError),
        ("a.txt", b"x" * 20_000_001, DraftError),
        ("a.docx", docx('<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'), DraftError),
    ],
)  # fmt: skip
def test_drafts_are_read_or_refused(
    name: str, content: bytes, expected: object, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if expected is DraftError:
        with pytest.raises(DraftError, match=name):
            read(path)
    else:
        assert read(path).text == expected


SHAPE = {
    "type": "object", "required": ["text_sha256", "sentences", "document_flags", "summary", "checks_run", "not_checked"],
    "properties": {
        "sentences": {"items": {"required": ["start", "end", "line", "text", "reading", "claims", "verdict", "state", "look", "flags"]}},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "arguments", "code", "said"),
    [
        ("Our tablets lower your weight.", [], 1, "contradicted-by-evidence"),
        ("Our tablets lower your weight.", ["--fail-on", "never"], 0, "Safest: delete it."),
        ("Our tablets are approved for weight loss.", [], 1, "you may write"),
        ("Our tablets lower your weight.", ["--format", "json"], 1, '"verdict": "contradicted"'),
        (
            "Our tablets lower your weight.",
            ["--format", "sarif"],
            1,
            '"ruleId": "contradicted-by-evidence"',
        ),
        ("The tablets are not approved for weight.", [], 0, "0 flagged"),
        ("", [], 2, "no words to judge"),
        ("\0", [], 2, "binary"),
    ],
)
def test_command_line(draft: str, arguments: list[str], code: int, said: str) -> None:
    command = [
        sys.executable,
        "-m",
        "claimbook",
        "vet",
        "-",
        "--root",
        str(WEIGHT_LOSS),
        *arguments,
    ]
    done = subprocess.run(
        command, input=draft, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_data_is_as_the_contract_says(real: Vetter) -> None:
    text = "Ketamine cures migraine.\nIt is not approved."
    data = json.loads(json.dumps(as_data(real.vet(text))))
    jsonschema.validate(data, SHAPE)
    assert [text[one["start"] : one["end"]] for one in data["sentences"]] == [
        one["text"] for one in data["sentences"]
    ]


def test_hostile_text_takes_no_time(real: Vetter) -> None:
    """Others are in `test_vet_hostile.py`, with bounds on time and memory."""
    for text in ("ketamine " * 20_000, "a.b" * 50_000, "77% of 77 " * 5_000):
        real.vet(text)


def test_a_text_about_something_else_claims_nothing(real: Vetter) -> None:
    software = "This is licensed under MIT. The blog lives at the root of your project. " * 8

    def flagged(text: str) -> list[str]:
        return [each.text for each in real.vet(text).sentences if each.flags]

    assert flagged(software) == []
    promise = "It ends the attack within hours, safely and for good."
    assert flagged(promise) == [promise]  # a short text is taken to be about the subject
    near, far = "We are here. ", "We are here. " * 11
    assert flagged(f"{software} {far} Our ketamine drips. {near * 2} {promise}") == [promise]
    assert flagged(f"{software} {far} Our ketamine drips. {near * 3} {promise}") == []
    assert flagged(f"{far} {promise} {near * 8} See your doctor. See a nurse.") == [promise]
    assert flagged(f"{far} {promise} {near * 9} See your doctor. See a nurse.") == []
    assert flagged(f"{far} {promise} {near * 2} See your doctor.") == [promise]
