"""What machines read on the site: linked data, the security policy, the feed, redirects; print."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import segno
import yaml
from conftest import ADDRESS, ROOT, TYPES, assert_themed, build, violations
from factories import CLAIM, PAGE, TOPIC, VOCABULARY, changed, write_base
from markupsafe import Markup
from playwright.sync_api import Browser, Page
from textstat import textstat

from claimbook.loading.load import load
from claimbook.records import Base, GlossaryTerm, LoadError
from claimbook.rules.check import Report, check
from claimbook.site.glossary import annotate_terms
from claimbook.site.pages import render
from claimbook.site.words import WORDS

CORRECTIONS = "claims/corrections.yaml"
GLOSSARY, REDIRECTS, QUESTIONS = (
    "claims/glossary.yaml",
    "claims/redirects.yaml",
    "claims/questions.yaml",
)


@pytest.fixture
def browser(launched: Browser) -> Iterator[Page]:
    page = launched.new_page(viewport={"width": 1280, "height": 844})
    yield page
    page.close()


def one_of_each(site: Path) -> list[str]:
    """One page of every folder and every page at the root."""
    found = {
        path.relative_to(site).parent.as_posix(): path
        for path in sorted(site.rglob("*.html"))
        if path.name != "index.html"
    }
    pages = [*site.glob("*.html"), *site.glob("*/index.html"), *found.values()]
    return sorted({path.relative_to(site).as_posix() for path in pages if path.name != "404.html"})


def linked_data(path: Path) -> Any:
    """What a page carries as JSON-LD; None where it carries nothing."""
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>',
        path.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert len(found) < 2
    return json.loads(found[0]) if found else None


# --- linked data ----------------------------------------------------------------------------------


def test_judged_passages_are_claim_reviews_without_a_score(site: Path) -> None:
    every = {
        claim["id"]: linked_data(site / f"claims/{claim['id']}.html") or []
        for claim in claims(site)
    }
    reviews = {name: [r for r in some if r["@id"] != "#truth"] for name, some in every.items()}
    judged = {
        claim["id"]: [o for o in claim["occurrences"] if not o["verdict"].startswith("not-check")]
        for claim in claims(site)
    }
    assert {name: len(some) for name, some in reviews.items()} == {
        name: len(some) for name, some in judged.items()
    }
    assert sum(map(len, reviews.values())) > 100
    for name, some in reviews.items():
        html = (site / f"claims/{name}.html").read_text(encoding="utf-8")
        for review, passage in zip(some, judged[name], strict=True):
            assert review["@type"] == "ClaimReview"
            assert review["itemReviewed"]["text"] == passage["quote"]
            assert review["itemReviewed"]["appearance"]["name"]
            assert f'id="{review["@id"][1:]}"' in html
            rating = review["reviewRating"]
            assert (
                rating["alternateName"]
                .lower()
                .replace(" ", "-")
                .startswith(passage["verdict"][:12])
            )
            assert set(rating) == {"@type", "alternateName", "ratingExplanation"}, (
                "a verdict is never a number"
            )


def claims(site: Path) -> Any:
    return json.loads((site / "data/claims.json").read_text(encoding="utf-8"))


def test_questions_papers_and_the_front_say_what_they_are(site: Path) -> None:
    question = linked_data(site / "questions/aura.html")
    assert question["@type"] == "MedicalWebPage"
    assert "did not get shorter" in question["mainEntity"]["acceptedAnswer"]["text"]
    assert "{" not in question["mainEntity"]["acceptedAnswer"]["text"]
    assert all((site / "questions" / one["@id"]).is_file() for one in question["citation"])
    paper = linked_data(site / "sources/afridi-2013.html")
    assert paper["@type"] == "ScholarlyArticle"
    assert paper["sameAs"].startswith("https://doi.org/10.")
    assert paper["author"][0]["name"].endswith("Afridi")
    assert linked_data(site / "sources/asa-2025-ketamine.html") is None
    front = linked_data(site / "index.html")
    assert front["@type"] == "Dataset"
    assert all((site / one["contentUrl"]).is_file() for one in front["distribution"])


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with hostile words in a passage, and with a claim that was renamed."""
    folder = tmp_path_factory.mktemp("small")
    files = {
        CLAIM: changed(CLAIM, "ends most colds early", "</script><script>alert(1)</script>"),
        REDIRECTS: "claims/brief-cold: claims/shorter-cold\n",
    }
    done = build(folder / "site", root=write_base(folder / "base", files))
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_no_text_ends_the_script_of_linked_data(small_site: Path) -> None:
    html = (small_site / "claims/shorter-cold.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html
    reviews = linked_data(small_site / "claims/shorter-cold.html")
    assert "</script><script>alert(1)</script>" in {
        review["itemReviewed"]["text"].removeprefix("a footbath ") for review in reviews
    }


# --- the policy -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["disk", "server"])
def test_policy_holds_on_every_kind_of_page(
    site: Path, served: str, browser: Page, how: str
) -> None:
    """Most of them are opened from disk in `test_site.py`."""
    start = site.as_uri() if how == "disk" else served
    faults: list[str] = []
    browser.add_init_script(
        "addEventListener('securitypolicyviolation', "
        "e => console.error('policy', e.violatedDirective, e.sample))"
    )
    browser.on(
        "console",
        lambda message: (
            faults.append(f"{browser.url}: {message.text}") if message.type == "error" else None
        ),
    )
    browser.on("pageerror", lambda error: faults.append(f"{browser.url}: {error}"))
    names = one_of_each(site)
    assert len(names) > 12
    for name in names if how == "server" else sorted({*names} - {*TYPES}):
        browser.goto(f"{start}/{name}")
        assert_themed(browser)
    for name in ("index.html", "questions/aura.html"):
        browser.goto(f"{start}/{name}")
        browser.keyboard.press("/")
        browser.keyboard.type("aura")
        browser.keyboard.press("Enter")
        assert "aura" in browser.locator(".cb-hit").first.inner_text().lower()
    assert not faults


def test_injected_scripts_and_handlers_do_not_run(
    site: Path, browser: Page, tmp_path: Path
) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    page = copy / "questions/aura.html"
    evil = (
        "<script>window.evil = 1</script><img src=x onerror='window.evil = 2'>"
        "<p style='color: red' id=styled>x</p>"
    )
    page.write_text(
        page.read_text(encoding="utf-8").replace("</h1>", f"</h1>{evil}", 1), encoding="utf-8"
    )
    browser.goto(page.as_uri())
    browser.wait_for_timeout(200)
    assert browser.evaluate("window.evil") is None
    assert (
        browser.evaluate("getComputedStyle(document.getElementById('styled')).color")
        != "rgb(255, 0, 0)"
    )


# --- words ----------------------------------------------------------------------------------------


def test_term_opens_its_meaning_by_keyboard_and_tap_without_a_script(
    site: Path, launched: Browser
) -> None:
    context = launched.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto((site / "questions/aura.html").as_uri())
    term = page.locator("button.cb-term", has_text="aura").first
    meaning = page.locator("#term-aura")
    assert not meaning.is_visible()
    term.click()
    assert meaning.is_visible()
    assert "flashing lights" in meaning.inner_text()
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    term.focus()
    page.keyboard.press("Enter")
    assert meaning.is_visible()
    context.close()


def test_each_term_is_explained_once_a_page_and_is_on_the_page_of_words(site: Path) -> None:
    words = (site / "glossary.html").read_text(encoding="utf-8")
    met: Counter[str] = Counter()
    for path in (site / "questions").glob("*.html"):
        html = path.read_text(encoding="utf-8")
        terms = re.findall(r'popovertarget="term-([^"]+)"', html)
        assert len(terms) == len(set(terms)), path
        assert all(f'id="term-{term}"' in html and f'<dt id="{term}">' in words for term in terms)
        assert not re.search(r"<a\b[^>]*>[^<]*<button", html), "no button in a link"
        met.update(terms)
    assert len(met) > 20
    assert len(re.findall("<dt id=", words)) >= 25


def test_meanings_read_at_grade_eight(base: Base) -> None:
    hard = {term.id: textstat.flesch_kincaid_grade(term.means) for term in base.glossary.values()}
    hard = {name: grade for name, grade in hard.items() if grade > 8}
    assert sum(hard.values()) / max(len(hard), 1) <= 10
    together = " ".join(term.means for term in base.glossary.values())
    assert textstat.flesch_kincaid_grade(together) <= 8
    assert set(hard) <= {"aura", "label", "esketamine", "chronic-migraine"}, hard


@pytest.mark.parametrize(
    ("html", "explained_words"),
    [
        ("<p>A drip, a drip and Drips.</p>", ["drip"]),
        ("<p><a href='x'>drip</a> <b>DRIP</b></p>", ["DRIP"]),
        ("<h2 id='drip'>drip</h2><p title='drip'>dripping, drip-like</p>", []),
        ("<svg><text>drip</text></svg><p>cold drip</p>", ["cold drip"]),
        ("<p>R&amp;D of it</p>", ["R&amp;D"]),
    ],
)
def test_terms_are_found_in_texts_alone(html: str, explained_words: list[str]) -> None:
    terms = {
        "drip": GlossaryTerm("drip", ("drip", "drips"), 'In a "vein" <b>.'),
        "cold": GlossaryTerm("cold", ("cold drip",), "x"),
        "rd": GlossaryTerm("rd", ("R&D",), "x"),
    }
    made = annotate_terms(html, terms, "words.html")
    assert re.findall(r"<button[^>]*>(.*?)</button>", made) == explained_words
    assert (
        Markup(re.sub(r'<div id="term.*', "", made, flags=re.DOTALL)).striptags()
        == Markup(html).striptags()
    )
    assert "<b>." not in made


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("No opioids, please.", "opioids,"),
        ("No (opioids).", "opioids)."),
        ("No opioids now.", None),
    ],
)
def test_no_line_begins_with_what_ends_a_word(html: str, kept: str | None) -> None:
    made = annotate_terms(html, {"o": GlossaryTerm("o", ("opioids",), "x")}, "words.html")
    together = re.search(r'<span class="cb-together">(.*?)</span>', made)
    assert (Markup(together[1]).striptags() if together else None) == kept


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_meaning_is_accessible(site: Path, browser: Page, scheme: str) -> None:
    browser.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browser.goto((site / "questions/aura.html").as_uri())
    browser.locator("button.cb-term").first.click()
    assert violations(browser) == []


# --- titles, feed, citation, print ----------------------------------------------------------------


def test_titles_and_descriptions_tell_pages_apart(site: Path) -> None:
    titles: Counter[str] = Counter()
    descriptions: Counter[str] = Counter()
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if path.name == "404.html" or 'http-equiv="refresh"' in html:
            continue
        title, description = (
            re.search(r"<title>(.*?)</title>", html),
            re.search(r'<meta name="description" content="([^"]*)">', html),
        )
        assert title, path
        assert description, path
        assert 20 <= len(Markup(description[1]).unescape()) <= 260, (path, description[1])
        assert "{" not in description[1], path
        titles[title[1]] += 1
        descriptions[description[1]] += 1
    assert [one for one, count in titles.items() if count > 1] == []
    assert [one for one, count in descriptions.items() if count > 1] == []


def test_feed_holds_every_page_that_was_read(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring((site / "feed.xml").read_text(encoding="utf-8"))
    entries = feed.findall(f"{atom}entry")
    pages = json.loads((site / "data/pages.json").read_text(encoding="utf-8"))
    assert {entry.findtext(f"{atom}updated", "")[:10] for entry in entries} == {
        page["read"] for page in pages
    }
    assert len({entry.findtext(f"{atom}id") for entry in [*entries, feed]}) == len(pages) + 1
    for entry in entries:
        link = entry.find(f"{atom}link")
        assert link is not None
        assert (site / link.attrib["href"]).is_file()
    html = (site / "questions/aura.html").read_text(encoding="utf-8")
    assert 'type="application/atom+xml"' in html
    assert 'href="../feed.xml"' in html


def test_feed_escapes_what_pages_call_themselves(weight_loss_site: Path) -> None:
    feed = (weight_loss_site / "feed.xml").read_text(encoding="utf-8")
    ElementTree.fromstring(feed)
    assert "Example &lt;Clinic&gt; North" in feed


def test_site_of_another_base_has_no_word_of_this_one(weight_loss_site: Path) -> None:
    ours = r"(?i)ketamine|migraine|headache|\baura\b|\bdrips?\b|nasal|nose spray"
    texts = [*weight_loss_site.rglob("*.html"), weight_loss_site / "assets/search-index.js"]
    found = {path: re.findall(ours, path.read_text(encoding="utf-8")) for path in texts}
    assert {path: words for path, words in found.items() if words} == {}
    description = '<meta name="description" content="{}: what clinics say, and what studies found">'
    front = (weight_loss_site / "index.html").read_text(encoding="utf-8")
    title = re.search(r"<h1>(.*?): what", front)
    assert title
    missing = (weight_loss_site / "404.html").read_text(encoding="utf-8")
    assert description.format(title[1]) in missing


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("/404.html", "/"),
        ("/no-such.html", "/"),
        ("/sub/path/questions/no-such.html", "/sub/path/"),
        ("/sub/path/no-such.html", "/sub/path/"),
        ("/pages/site/404.html", "/pages/site/"),
    ],
)
def test_page_for_addresses_that_lead_nowhere_finds_the_site(
    site: Path, browser: Page, address: str, root: str
) -> None:
    html = (site / "404.html").read_text(encoding="utf-8")
    browser.route(
        "https://example.org/**",
        lambda route: route.fulfill(body=html, status=404, content_type="text/html"),
    )
    browser.goto(f"https://example.org{address}")
    links = browser.evaluate("[...document.links].map((link) => link.href)")
    searched = "" if address.endswith("404.html") else "#q=no%20such"
    assert links == [
        f"https://example.org{root}{path}"
        for path in (
            f"search.html{searched}", "questions/index.html", "pages/index.html", "index.html"
        )
    ]  # fmt: skip


def test_page_for_addresses_that_lead_nowhere_works_from_disk(site: Path, browser: Page) -> None:
    browser.goto((site / "404.html").as_uri())
    browser.get_by_role("link", name="Questions and answers").click()
    assert browser.url == (site / "questions/index.html").as_uri()


def test_citation_file_says_how_to_cite() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    shown = {"author": cited["authors"][0]["name"], "title": cited["title"]}
    assert shown == WORDS["cited"], "so a claim's page says it"
    assert f'version = "{cited["version"]}"' in (ROOT / "pyproject.toml").read_text(
        encoding="utf-8"
    )


def test_address_of_the_site_makes_canonical_links(site: Path, addressed_site: Path) -> None:
    assert 'rel="canonical"' not in (site / "index.html").read_text(encoding="utf-8")
    assert "Sitemap" not in (site / "robots.txt").read_text(encoding="utf-8")
    for path in addressed_site.rglob("*.html"):
        if path.name not in ("404.html", "weight-returns.html"):  # which leads elsewhere
            name = path.relative_to(addressed_site).as_posix()
            addresses = re.findall(
                r'<link rel="canonical" href="([^"]*)">', path.read_text(encoding="utf-8")
            )
            assert addresses == [f"https://example.org/base/{name}"]
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in (addressed_site / "robots.txt").read_text(
        encoding="utf-8"
    )


def test_linked_data_and_feed_are_absolute_where_the_site_has_an_address(
    addressed_site: Path,
) -> None:
    addresses = [
        each.get("href", "")
        for each in ElementTree.fromstring((addressed_site / "feed.xml").read_text("utf-8")).iter()
        if each.tag.endswith("}link")
    ]
    assert f"{ADDRESS}/feed.xml" in addresses
    for path in addressed_site.rglob("*.html"):
        page = linked_data(path)
        addresses += re.findall(r'"(?:@id|url|contentUrl)": "([^"]*)"', json.dumps(page))
    assert len(addresses) > 50
    ours = [a for a in addresses if a.startswith(f"{ADDRESS}/")]
    assert {a for a in addresses if a not in ours and not a.startswith("https://")} == set()
    for address in ours:
        name, _, anchor = address.removeprefix(f"{ADDRESS}/").partition("#")
        content = (addressed_site / name).read_bytes()
        assert not anchor or f'id="{anchor}"'.encode() in content, address


def test_each_question_has_its_code_where_the_site_has_an_address(addressed_site: Path) -> None:
    for path in (addressed_site / "questions").glob("*.html"):
        if path.name != "index.html":
            html = path.read_text(encoding="utf-8")
            sheet = html.partition('<div class="cb-sheet">')[2].partition("</div>")[0]
            leads_to = f"{ADDRESS}/questions/{path.name}"
            drawn = re.findall(r' d="([^"]*)"', segno.make_qr(leads_to).svg_inline(border=2))
            assert re.findall(r' d="([^"]*)"', sheet) == drawn
            assert f"<p>{leads_to}</p>" in sheet


def test_question_prints_what_is_taken_along(site: Path, browser: Page) -> None:
    browser.emulate_media(color_scheme="dark", media="print")  # black on white all the same
    browser.goto((site / "questions/aura.html").as_uri())
    for shown in ("#ask", ".cb-answer", ".cb-card", ".cb-people"):
        assert browser.locator(shown).first.is_visible(), shown
    browser.evaluate("document.documentElement.classList.add('cb-sheet-alone')")  # by the button
    for hidden in (".md-header", ".cb-layer", ".cb-print", "#related"):
        assert not browser.locator(hidden).first.is_visible(), hidden
    assert (
        browser.evaluate("getComputedStyle(document.querySelector('.cb-answer')).color")
        == "rgb(0, 0, 0)"
    )


def test_one_press_prints_the_sheet(site: Path, browser: Page) -> None:
    browser.goto((site / "questions/aura.html").as_uri())
    browser.evaluate("window.print = () => { document.title = 'printed'; }")
    browser.get_by_role("button", name="Print a sheet to take along").click()
    assert browser.title() == "printed"
    assert browser.locator(".cb-sheet").count() == 0, "no code where the site has no address"


# --- corrections ----------------------------------------------------------------------------------

CORRECTED = """\
first: {on: 2001-01-31, wrong: It said <six>., changed: It is five.}
second:
  on: 2001-02-28
  wrong: The clinic had moved.
  changed: Its new address stands there.
  about: [pages/warm-feet-spa, claims/brief-cold]
  thanks-to: A reader
"""


def test_corrections_are_listed_with_thanks_the_newest_first(tmp_path: Path) -> None:
    files = {CORRECTIONS: CORRECTED, REDIRECTS: "claims/brief-cold: claims/shorter-cold\n"}
    html = render(check(load(write_base(tmp_path, files))))["method/corrections.md"].html
    assert html.index("2001-02-28") < html.index("2001-01-31")
    assert "It said &lt;six&gt;." in html
    assert "Thanks to A reader." in html
    assert '<a href="../pages/warm-feet-spa.html">' in html
    assert '<a href="../claims/shorter-cold.html">A footbath makes a cold shorter.</a>' in html
    assert "No corrections so far" not in html


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", "This site has no address for corrections yet."),
        ("https://example.org/new", '<a href="https://example.org/new">Write to us</a>'),
        ("ask@example.org", '<a href="mailto:ask@example.org?subject=Correction&amp;body='),
    ],
)
def test_corrections_name_the_address_that_is_set(address: str, shown: str, report: Report) -> None:
    assert shown in render(report, corrections=address)["method/corrections.md"].html


def test_without_corrections_the_page_says_so(report: Report) -> None:
    assert "No corrections so far." in render(report)["method/corrections.md"].html


# --- redirects and the border ---------------------------------------------------------------------


def test_renamed_record_keeps_its_address(browser: Page, small_site: Path) -> None:
    browser.goto((small_site / "claims/brief-cold.html").as_uri())
    browser.wait_for_url("**/claims/shorter-cold.html")
    assert browser.locator("h1").inner_text() == "A footbath makes a cold shorter."


@pytest.mark.parametrize(
    ("file", "content", "place", "message"),
    [
        (
            REDIRECTS,
            "claims/old: claims/shortr-cold\n",
            "1:13",
            "did you mean 'claims/shorter-cold'?",
        ),
        (
            REDIRECTS,
            "claims/a: claims/b\nclaims/b: claims/shorter-cold\n",
            "1:11",
            "write where it leads: claims/shorter-cold",
        ),
        (
            REDIRECTS,
            "claims/shorter-cold: claims/happy-feet\n",
            "1:22",
            "is the address of claims/colds/shorter-cold.yaml",
        ),
        (REDIRECTS, "claims/../x: claims/happy-feet\n", "1:1", "is not an address of a record"),
        (REDIRECTS, "claims/x: [a]\n", "1:11", "a list is not an address of a record"),
        (QUESTIONS, "Is it safe?: colds\n", "1:14", "'colds' is not a list of topics"),
        ("claims/searching.yaml", "Who?: we\n", "1:7", "'we' is not a list of paragraphs"),
        (QUESTIONS, "Is it safe?: [colds, cold]\n", "1:22", "did you mean 'colds'?"),
        (
            QUESTIONS,
            "Is it safe?: [colds]\nMore: [colds]\n",
            "2:8",
            "it is also under 'Is it safe?'",
        ),
        (GLOSSARY, "drip: a tube\n", "1:7", "a term is a mapping"),
        (GLOSSARY, "drip: {words: [drip], means: a, plain: b}\n", "1:33", "unknown key 'plain'"),
        (GLOSSARY, "drip: {words: [], means: a}\n", "1:15", "a term without words"),
        (GLOSSARY, "drip: {words: [drip], means: ' '}\n", "1:30", "empty text"),
        (
            GLOSSARY,
            "drip: {words: [drip], means: a}\ntube: {words: [x, Drip], means: a}\n",
            "2:19",
            "it is also a word of 'drip'",
        ),
        (GLOSSARY, "Drip: {words: [drip], means: a}\n", "1:1", "'Drip' is not an id"),
        (CORRECTIONS, "a: it was wrong\n", "1:4", "write {on: 2001-12-31, wrong: ..., changed"),
        (CORRECTIONS, "a: {on: May, wrong: x, changed: y}\n", "1:9", "'May' is not a date"),
        (
            CORRECTIONS,
            "a: {on: 2001-12-31, wrong: x, changed: y, about: [claims/shortr-cold]}\n",
            "1:51",
            "did you mean 'claims/shorter-cold'?",
        ),
    ],
)
def test_faults_of_words_and_redirects_are_told_with_their_place(
    tmp_path: Path, file: str, content: str, place: str, message: str
) -> None:
    with pytest.raises(LoadError) as caught:
        load(write_base(tmp_path, {file: content}), tmp_path / "none", tmp_path / "none")
    told = list(map(str, caught.value.problems))
    assert len(told) == 1, told
    assert told[0].startswith(f"{file}:{place}: ")
    assert message in told[0]


def test_section_that_its_page_does_not_have_is_told_with_the_nearest(tmp_path: Path) -> None:
    page = changed(PAGE, "reply: null", "sections: [Our spa, Cold]\nreply: null")
    with pytest.raises(LoadError) as caught:
        load(write_base(tmp_path, {PAGE: page}), tmp_path / "none", tmp_path / "none")
    (told,) = map(str, caught.value.problems)
    assert told.startswith(f"{CLAIM}:")
    assert "'Colds' is not a section of its page; did you mean 'Cold'?" in told


def test_base_without_words_and_redirects_is_sound(tmp_path: Path) -> None:
    base = load(
        write_base(tmp_path, {TOPIC: changed(TOPIC, "Does a", "Can a")}),
        tmp_path / "none",
        tmp_path / "none",
    )
    assert not base.glossary
    assert not base.redirects
    assert VOCABULARY
