"""A patient's question: the answer at a glance, what was found, and what stands closed below."""

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import ADDRESS, violations
from factories import Example, small_base
from markupsafe import Markup
from playwright.sync_api import Page, expect

from claimbook.evidence.passages import sentence_of
from claimbook.records import Topic, display
from claimbook.rules.check import Report, check
from claimbook.site.charts import pictures, ruler
from claimbook.site.context import Context
from claimbook.site.pages import SitePage, render, render_pages
from claimbook.site.questions import answer, related, said
from claimbook.site.words import WORDS, asked, first_sentences, main_reason, sign


@pytest.fixture(scope="module")
def pages(report: Report) -> dict[str, SitePage]:
    return render(report)


def text(html: str) -> str:
    return " ".join(Markup(html).striptags().split())


def card(html: str) -> str:
    return html.partition('<section class="cb-card"')[2].partition("</section>")[0]


def small(claim: Example, topic: Example | None = None, findings: Example | None = None) -> str:
    """The card of a question with one claim, of which it is the answer."""
    example = {
        "claims": [claim],
        "findings": findings or {},
        "topic": {"truth-of": "claim-1"} | (topic or {}),
    }
    with TemporaryDirectory() as folder:
        return card(render(check(small_base(example, Path(folder))))["questions/topic.md"].html)


def test_cards_say_what_the_records_say(report: Report, pages: dict[str, SitePage]) -> None:
    base = report.base
    for topic in base.topics.values():
        shown = card(pages[f"questions/{topic.id}.md"].html)
        line = re.search(r'<p class="cb-card__line">(.*?)</p>', shown, re.DOTALL)
        assert line, topic.id
        first = answer(first_sentences(topic.answer), "questions/x.md", base)
        assert text(line[1]) == text(first), topic.id
        listed = shown.partition('<ul class="cb-card__points">')[2]
        points = re.findall(r"<li[^>]*>(.*?)</li>", listed, re.DOTALL)
        assert len(points) == bool(topic.found) + bool(topic.harms) + bool(topic.unknown) <= 3
        for keys in (topic.found, topic.harms):
            if keys and (plain := base.findings[keys[0]].plain):
                assert any(text(plain) in text(point) for point in points), topic.id
        assert signs(shown) == expected_signs(topic, report), topic.id
        if topic.truth_of:
            lead = base.claims[topic.truth_of]
            assert main_reason(lead, report.index) in text(shown), topic.id
        page = text(pages[f"questions/{topic.id}.md"].html)
        for told in ("What would change this", "Searched"):  # of reviewers, below the box
            assert told not in text(shown), topic.id
        if topic.would_change:
            assert f"What would change this {topic.would_change}" in page, topic.id
        claims = [base.claims[name] for name in topic.claims]
        days = sorted(str(claim.searched.on) for claim in claims if claim.searched)
        between = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else "No search"
        assert f"Searched {between}" in page, topic.id


def test_no_sign_stands_beside_an_answer(report: Report, pages: dict[str, SitePage]) -> None:
    """It is of a claim: "Not shown" beside "Can I stop my other medicines?" would be an answer."""
    for topic in report.base.topics.values():
        shown = card(pages[f"questions/{topic.id}.md"].html)
        head, _, facts = shown.partition('<dl class="cb-card__facts">')
        assert not signs(head), topic.id
        if topic.truth_of:
            lead = report.base.claims[topic.truth_of]
            assert f"The claim {asked(lead)} {signs(facts)[0]}" in text(facts), topic.id


def signs(shown: str) -> list[str]:
    return [text(one) for one in re.findall(r'<span class="cb-sign .*?</span> .*?</span>', shown)]


def expected_signs(topic: Topic, report: Report) -> list[str]:
    if not topic.truth_of:
        return []
    shown = sign(report.base.claims[topic.truth_of], report.base)
    assert shown, topic.id
    return [f"{shown[2]} {shown[1]}"]


@pytest.mark.parametrize(
    ("kind", "truth", "shown"),
    [
        ("efficacy", "yes", "✓ Yes"),
        ("efficacy", "no", "✗ No"),
        ("efficacy", "not-shown", "? Not shown"),
        ("durability", "mixed", "± Mixed"),
        ("cost", "out-of-scope", "– Not looked at here"),
        ("harm", "yes", "! A risk"),
        ("harm", "no", "? Not shown"),
        ("harm", "not-shown", "? Not known"),
        ("contraindication", "yes", "! Advised against"),
        ("contraindication", "no", "? Not shown"),
    ],
)
def test_sign_is_of_the_claim_that_answers(kind: str, truth: str, shown: str) -> None:
    claim: Example = {
        "statement": "A footbath warms.",
        "kind": kind,
        "about": {"intervention": "footbath", "outcome": "warmth"},
        "truth": {"is": truth, "line": "As the record says."},
    }
    assert signs(small(claim)) == [shown]


def test_certainty_has_the_one_reason_that_weighs_most() -> None:
    claim: Example = {
        "statement": "A footbath warms.",
        "kind": "efficacy",
        "about": {"intervention": "footbath", "outcome": "warmth"},
        "truth": {"is": "not-shown", "line": "Not shown."},
        "evidence": ["trial/warmth"],
        "certainty": {
            "risk-of-bias": {"down": 1, "because": "everybody knew"},
            "imprecision": {"down": 2, "because": "it was 6 people."},
            "indirectness": {"down": 1, "because": "They were cold."},
        },
    }
    findings: Example = {"trial/warmth": {"says": {"effect": "increases"}}}
    shown = text(small(claim, findings=findings))
    assert "How sure ●○○○ Very low. It was 6 people. No clinician" in shown
    assert "everybody knew" not in shown


def test_what_a_card_takes_from_findings_and_ratings_reads_at_grade_eight(report: Report) -> None:
    from textstat import textstat

    base = report.base
    hard: dict[str, str] = {}
    for topic in base.topics.values():
        shown = [
            base.findings[key].plain or ""
            for side in (topic.found, topic.harms)
            for key in side[:1]
        ]
        if topic.truth_of:
            shown.append(main_reason(base.claims[topic.truth_of], report.index))
        hard |= {words: topic.id for words in shown if textstat.flesch_kincaid_grade(words) > 8}
    assert not hard


def test_question_without_one_answer_has_no_sign(pages: dict[str, SitePage]) -> None:
    shown = card(pages["questions/ask-a-clinic.md"].html)
    assert not signs(shown)
    assert "This question has no yes or no." in text(pages["questions/ask-a-clinic.md"].html)


LISTED: Example = {
    "answer": "Call 112 at once for any of these signs of a cold foot.\n\nKeep warm.",
    "lists": [
        {"heading": "Your foot: call 112", "points": ["It is blue.", "It is 112 years old."]},
        {"heading": "Your hand", "points": ["It is cold."]},
    ],
    "phones": ["112"],
}


def test_what_an_answer_lists_stands_first_with_numbers_that_can_be_called() -> None:
    with TemporaryDirectory() as folder:
        example = {"claims": [WARM], "topic": LISTED}
        pages = render(check(small_base(example, Path(folder))))
    html = pages["questions/topic.md"].html
    shown = card(html)
    assert re.findall(r"<h2[^>]*>(.*?)</h2>|<li[^>]*>(.*?)</li>", shown) == [
        ('Your foot: call <a href="tel:112">112</a>', ""),
        ("", "It is blue."),
        ("", 'It is <a href="tel:112">112</a> years old.'),
        ("Your hand", ""),
        ("", "It is cold."),
    ]
    assert ("your-foot-call-112", "Your foot: call 112") in pages["questions/topic.md"].sections
    for below in ("Keep warm.", "How sure", "Searched"):
        assert below not in shown
        assert below in html.partition(shown)[2]


def test_signs_of_an_emergency_come_before_everything_else(
    report: Report, pages: dict[str, SitePage]
) -> None:
    (one,) = [topic for topic in report.base.topics.values() if topic.urgent]
    shown = text(card(pages[f"questions/{one.id}.md"].html))
    places = [shown.index(each.heading) for each in one.lists]
    assert len(places) == 3
    assert places == sorted(places)
    assert max(places) < shown.index(WORDS["points"]["unknown"])
    html = pages[f"questions/{one.id}.md"].html
    assert {'href="tel:911"', 'href="tel:988"'} <= set(re.findall(r'href="tel:\d+"', html))


def test_urgent_question_is_linked_from_all_others_and_the_front(
    report: Report, pages: dict[str, SitePage]
) -> None:
    (one,) = [topic for topic in report.base.topics.values() if topic.urgent]
    for topic in report.base.topics.values():
        assert (f"{one.id}.html" in card(pages[f"questions/{topic.id}.md"].html)) == (topic != one)
    notice = pages["index.md"].html.partition('role="note">')[2].partition("</p>")[0]
    assert f'href="questions/{one.id}.html"' in notice


def test_warning_has_its_harm_before_its_benefit(pages: dict[str, SitePage]) -> None:
    names = [WORDS["points"][side] for side in ("found", "harms")]
    for page, order in (("children", names[::-1]), ("pain-and-attacks", names)):
        html = pages[f"questions/{page}.md"].html.partition('<h2 id="evidence">')[0]
        assert re.findall(r"<li><b>(.*?)</b>", card(html)) == order
        sides = [WORDS["sides"][side] for side in ("found", "harms")]
        shown = [side for side in re.findall(r"<h3>(.*?)</h3>", html) if side in sides]
        assert shown == (sides if order == names else sides[::-1])


# --- pictures -------------------------------------------------------------------------------------

MOMENTS: Example = {
    "trial/at-once": {"says": {"share": "70%", "of": [28, 40]}, "when": "at once"},
    "trial/later": {"says": {"share": "20%", "of": [8, 40]}, "when": "a week later"},
    "poll/warm": {"says": {"share": "50%", "of": [20, 40]}, "design": "survey"},
    "poll/wet": {"says": {"share": "25%", "of": [10, 40]}},
}
WARM: Example = {
    "statement": "A footbath warms.",
    "kind": "efficacy",
    "about": {"intervention": "footbath", "outcome": "warmth"},
}


def found(findings: Example, **topic: list[str]) -> str:
    """What a question shows of its findings."""
    example = {"claims": [WARM], "findings": findings, "topic": topic}
    with TemporaryDirectory() as folder:
        page = render(check(small_base(example, Path(folder))))["questions/topic.md"].html
    return page.partition('<h2 id="found">')[2]


def test_moments_of_one_count_are_one_row_in_the_order_of_the_source() -> None:
    cohort = MOMENTS | {"trial/at-once": MOMENTS["trial/at-once"] | {"design": "cohort"}}
    shown = found(cohort, found=["trial/later", "trial/at-once"], harms=["poll/wet"])
    (row,) = re.findall(r'<ol class="cb-moments">(.*?)</ol>', shown, re.DOTALL)
    assert [text(moment) for moment in re.findall(r"<li>(.*?)</li>", row, re.DOTALL)] == [
        "70 of 100 (28 of 40) at once",
        "20 of 100 (8 of 40) a week later",
        f"? {WORDS['alone']}",
    ]


def test_where_people_were_compared_nobody_is_missing() -> None:
    trial = MOMENTS | {"trial/at-once": MOMENTS["trial/at-once"] | {"design": "randomised-trial"}}
    shown = found(trial, found=["trial/later", "trial/at-once"], harms=["poll/wet"])
    assert WORDS["alone"] not in text(shown)


def test_a_harm_is_in_a_hue_of_its_own_and_needs_no_comparison() -> None:
    shown = found(MOMENTS, found=["poll/warm"], harms=["poll/wet"])
    benefit, harm = re.findall(r'<section class="cb-side--(.*?)</section>', shown, re.DOTALL)
    assert benefit.startswith("found")
    assert f"{WORDS['alone']}." in text(benefit)
    assert harm.startswith("harms")
    assert WORDS["alone"] not in text(harm)


def test_real_moments_are_those_of_the_source(report: Report) -> None:
    base = report.base
    topic = base.topics["pain-and-attacks"]
    first, *_ = pictures((base.findings[key] for key in topic.found), base)
    assert [f.key for f in first.findings] == [
        "pomeroy-2017/acute-response",
        "pomeroy-2017/sustained-response",
    ]
    assert first.alone


def test_ruler_holds_what_was_studied_beside_what_pages_offer(report: Report) -> None:
    base = report.base
    shown = ruler(base.topics["pain-and-attacks"], base)
    assert shown
    assert shown["claim"].id == "session-length"
    assert shown["studied"]["words"] == ["4.8 days"]
    assert shown["studied"]["by"] == ["pomeroy-2017"]
    times = {o.says.text for o in shown["claim"].occurrences if o.says}
    assert len(shown["said"]["words"]) == len(times)
    assert len(shown["said"]["by"]) == len({o.page for o in shown["claim"].occurrences if o.says})
    ((studied, _),) = shown["studied"]["spans"]
    assert all(high < studied for _, high in shown["said"]["spans"]), "none is offered for days"


@pytest.mark.parametrize("topic", ["ask-a-clinic", "at-home", "emergency-room"])
def test_no_ruler_where_no_study_of_the_question_tells_a_length(topic: str, report: Report) -> None:
    assert ruler(report.base.topics[topic], report.base) is None


@pytest.mark.parametrize(
    ("source", "says", "drawn"),
    [
        ({"analysed": 40}, {"share": "54%"}, 100),
        ({"analysed": 13}, {"share": "54%"}, 0),
        (None, {"share": "54%"}, 0),
        (None, {"share": "54%", "of": [7, 13]}, 13),
    ],
)
def test_a_picture_shows_as_many_as_were_counted(
    source: Example | None, says: Example, drawn: int
) -> None:
    finding: Example = {"says": says} | ({"participants": source} if source else {})
    shown = found({"poll/warm": finding}, found=["poll/warm"])
    figures = re.findall(r'aria-label="\d+ of (\d+) people"', shown.partition("<h2")[0])
    assert figures == ([str(drawn)] if drawn else [])


def test_what_counts_no_people_is_not_drawn_by_the_people_of_its_study(report: Report) -> None:
    finding = report.base.findings["yuan-2023/any-side-effect"]
    assert display.figures(finding, report.base) == (74, 100)
    assert display.figures(replace(finding, counted="uses"), report.base) is None


# --- what stands closed, and what comes next ------------------------------------------------------


def test_each_sentence_of_a_page_is_one_line_with_its_gravest_verdict(
    report: Report, pages: dict[str, SitePage]
) -> None:
    for topic in report.base.topics.values():
        claims = [report.base.claims[name] for name in topic.claims]
        lines = [o for _, some in said(claims, report) for o in some]
        sentences = {sentence_of(o, report.index)[0].id for c in claims for o in c.occurrences}
        assert {sentence_of(o, report.index)[0].id for o in lines} == sentences
        assert len(lines) == len(sentences)
        html = pages[f"questions/{topic.id}.md"].html
        shown = re.findall(
            r'<li><span class="cb-verdict cb-verdict--([a-z-]+)"[^>]*>[^<]*</span> “', html
        )
        assert shown == [report.sentence_verdict(o).label for o in lines], topic.id


def test_no_certainty_stands_beside_a_harm(pages: dict[str, SitePage]) -> None:
    html = pages["questions/serious-harms.md"].html
    part = html[html.index('<h2 id="how-sure">') :]
    harm = part[part.index("claims/slowed-breathing.html") :].partition("<h3>")[0]
    assert "Known risk" in harm
    assert "cb-dots" not in harm


def test_related_questions_share_the_most_claims(report: Report) -> None:
    base = report.base
    for topic in base.topics.values():
        shared = [len(set(topic.claims) & set(t.claims)) for t in related(topic, base)]
        assert shared == sorted(shared, reverse=True)
        assert all(shared)
        others = (t for t in base.topics.values() if t not in (topic, *related(topic, base)))
        least = min(shared, default=0)
        assert all(len(set(topic.claims) & set(t.claims)) <= least for t in others)


def test_next_and_before_follow_the_list(report: Report, pages: dict[str, SitePage]) -> None:
    order = [name for names in report.base.questions.values() for name in names]
    name, visited = order[0], []
    while name:
        visited.append(name)
        links = pages[f"questions/{name}.md"].html.partition('<nav class="cb-neighbours"')[2]
        after = re.search(r'Next: <a href="([a-z-]+)\.html"', links)
        assert ("Before: " in links) == (len(visited) > 1)
        name = after[1] if after else ""
    assert visited == order


# --- on a screen ----------------------------------------------------------------------------------


def test_no_question_is_longer_than_a_few_screens(site: Path, browser: Page) -> None:
    """All are shown on the page of one, and as much longer as its script makes that."""
    articles = {
        path.stem: path.read_text(encoding="utf-8").partition("<article")[2].partition(">")[2]
        for path in (site / "questions").glob("*.html")
        if path.name != "index.html"
    }
    assert len(articles) > 30
    size = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    show = f"html => {{ document.querySelector('article').innerHTML = html; return {size}; }}"
    browser.emulate_media(reduced_motion="reduce")  # a new width holds at once
    for width, screens in ((1280, 4), (390, 7)):
        browser.set_viewport_size({"width": width, "height": 900})
        browser.goto((site / "questions/aura.html").as_uri())
        opened, _ = browser.evaluate(size)
        written, _ = browser.evaluate(show, articles["aura"].partition("</article>")[0])
        assert opened >= written
        for name, html in articles.items():
            height, wide = browser.evaluate(show, html.partition("</article>")[0])
            height = (height + opened - written + 1) / 900  # a pixel for rounding
            assert height <= screens, f"{name} at {width}: {height:.1f} screens"
            assert wide <= width, name


LISTS = ("who-should-not", "with-other-medicines")


def test_every_question_is_one_sheet_of_paper(site: Path, browser: Page, report: Report) -> None:
    """Where the site has an address, with its code. All are printed at once, each on its sheets."""
    pages = render_pages(Context(report, address=f"{ADDRESS}/")).items()
    questions = {
        path: page.html for path, page in pages if re.match(r"questions/(?!index\.)", path)
    }
    browser.emulate_media(media="print")

    def sheets(*texts: str) -> int:
        browser.goto((site / "questions/aura.html").as_uri())
        browser.locator("article").evaluate(
            """(article, texts) => {
                const each = (html) => {
                    const sheet = article.cloneNode();
                    sheet.innerHTML = html;
                    sheet.style.breakAfter = "page";
                    document.documentElement.classList.add("cb-sheet-alone");
                    return sheet;
                };
                article.replaceWith(...texts.map(each));
            }""",
            texts,
        )
        codes = browser.locator(".cb-sheet svg").all()
        assert len(codes) == len(texts)
        assert all(code.is_visible() for code in codes)
        return len(re.findall(rb"/Type\s*/Page\b", browser.pdf(format="A4")))

    assert len(questions) > 30
    # Lists of what warns come before room: who should not have it, and with which medicines.
    both_sides = [questions.pop(f"questions/{name}.md") for name in LISTS]
    assert sheets(*questions.values()) == len(questions), [
        path for path, html in questions.items() if sheets(html) > 1
    ]
    assert [sheets(html) for html in both_sides] == [2, 2]


def test_the_button_prints_a_sheet_and_the_menu_all_of_it(site: Path, browser: Page) -> None:
    browser.goto((site / "questions/aura.html").as_uri())
    browser.emulate_media(media="print")
    browser.evaluate(
        "globalThis.print = () => (globalThis.alone = document.documentElement.className)"
    )
    study = browser.locator("details.cb-layer").first.locator("li").first
    expect(study).to_be_visible()
    expect(browser.locator(".cb-paper")).to_contain_text("doi:10.")
    browser.locator("button.cb-print").evaluate("button => button.click()")
    assert "cb-sheet-alone" in browser.evaluate("alone")
    expect(study).not_to_be_visible()
    browser.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(study).to_be_visible()
    browser.emulate_media(media="screen")
    expect(study).not_to_be_visible()
    expect(browser.locator(".cb-paper")).not_to_be_visible()


def test_closed_parts_open_by_keyboard_and_by_their_address(site: Path, browser: Page) -> None:
    page = (site / "questions/pain-and-attacks.html").as_uri()
    browser.goto(page)
    parts = browser.locator("details.cb-layer")
    expect(parts).to_have_count(3)
    for part in parts.all():
        assert not part.evaluate("one => one.open")
        summary = part.locator("summary")
        summary.focus()
        browser.keyboard.press("Enter")
        assert part.evaluate("one => one.open")
        browser.keyboard.press("Tab")
        assert part.evaluate("one => one.contains(document.activeElement)")
    assert violations(browser) == []
    browser.goto("about:blank")
    browser.goto(f"{page}#what-clinics-say")
    expect(browser.locator(".cb-said").first).to_be_visible()
    expect(browser.locator("details.cb-layer[open]")).to_have_count(1)
