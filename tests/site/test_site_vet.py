"""Check your copy: the page as a writer meets it, in a real browser, served as any host would."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ARTIFACTS, ROOT, WEIGHT_LOSS, violations
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from claimbook.cli import inputs, main
from claimbook.loading.load import load
from claimbook.loading.serialize import for_vetting, pack
from claimbook.records import Base
from claimbook.site import pyodide_bundle
from claimbook.vetting.browser import BASE, Checker
from claimbook.vetting.drafts.files import draft, read
from claimbook.vetting.formatters.results import pieces
from claimbook.vetting.safety_box import told
from claimbook.vetting.vet import Vetter

SNAPSHOTS = os.environ.get("CLAIMBOOK_SNAPSHOTS")
DRAFT = "Ketamine cures migraine permanently. Ketamine is not FDA-approved for migraine.\n\nA lavender candle burns for 90% of the night.\n"
OFFER = "Ketamine is not a cure for migraine."  # in the place of the first of them
TRICKY = """\
# Ketamine for migraine — 100% “safe”? 😀

Up to 77% of patients (55/77, 1/2, ½) experience *significant* relief after ketamine infusions!  0.1 mg/kg/h, 1e3, 0,5 %, ١٢٣, ⅔.
It is **not** a cure. "It saved me", says Zoë O’Brien‑Łukasz.\tNaïve café, ﬁne, İstanbul, ß, Σς, n\u0303, \u200b\u00adsoft\u2028hard\u2029.
<script>window.evil = 1</script><img src=x onerror="window.evil = 2"> [our study](https://example.org/a_(b)) &amp; &lt;b&gt;

| Ketamine nasal spray shortens migraine auras | 40 to 60 min |
1. Chronic migraine means more than 15 headache days per month.
- [x] Our intranasal ketamine (Spravato) is here.
Dr. Who vs. e.g. the U.S. F.D.A. approved ketamine for migraine... 🇺🇸👩🏽‍⚕️ 𝒦𝑒𝓉amine \x07\x1b[31m {{ 7*7 }} ${x} %s \\u0041 \ufeff
Nothing more"""


@pytest.fixture(scope="module")
def context(launched: Browser) -> Iterator[BrowserContext]:
    made = launched.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(context: BrowserContext, served: str) -> Iterator[tuple[Page, list[str]]]:
    """The page, opened once, and what goes wrong on it."""
    faults: list[str] = []
    opened = context.new_page()
    opened.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective, e.sample))"
    )
    opened.on(
        "console",
        lambda message: (
            faults.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(f"{served}/check/index.html")
    yield opened, faults
    opened.close()


@pytest.fixture
def page(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page without a text, on which nothing may go wrong."""
    opened, faults = shared
    opened.emulate_media(media="screen")
    opened.set_viewport_size({"width": 1280, "height": 900})
    opened.get_by_label("Your text", exact=True).fill("")
    opened.get_by_role("button", name="Check", exact=True).click()  # forgets the file before, too
    yield opened
    assert not faults


def judged(page: Page) -> None:
    """Press the button and wait for the result, which takes the focus."""
    page.locator("#checker-heading").evaluate("heading => heading.blur()")
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#checker-heading:focus").wait_for(timeout=60_000)


def clicked(page: Page, words: str) -> Locator:
    """Click in the text, and the card that shows."""
    box = page.locator("#checker-draft")
    page.locator("#checker-marks span", has_text=words).scroll_into_view_if_needed()
    here = page.locator("#checker-marks span", has_text=words).bounding_box()
    there = box.bounding_box()
    assert here
    assert there
    box.click(position={"x": here["x"] - there["x"] + 20, "y": here["y"] - there["y"] + 8})
    return page.locator("#checker-list > li:visible")


def report(page: Page) -> bytes:
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the report as data").click()
    return Path(saved.value.path()).read_bytes()


def command(draft: Path) -> list[str]:
    return ["vet", str(draft), "--root", str(ROOT), "--format", "json", "--fail-on", "never"]


@pytest.fixture(scope="module")
def loaded() -> Vetter:
    """The base as the command reads it."""
    return inputs.load_vetter(ROOT)


@pytest.fixture
def printed(loaded: Vetter, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], bytes]:
    """What the command line says of a draft; it reads the base once for all drafts."""

    def run(draft: Path) -> bytes:
        done = CliRunner().invoke(main, command(draft))
        assert done.exit_code == 0, done.stderr
        return done.stdout_bytes

    monkeypatch.setattr(inputs, "load_vetter", lambda _: loaded)
    return run


def word(paragraphs: list[str]) -> bytes:
    """A small Word document."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return made.getvalue()


def test_nothing_is_loaded_before_the_writer_begins_and_nothing_leaves(
    page: Page, served: str, site: Path
) -> None:
    asked: list[tuple[str, str, str | None]] = []
    page.context.on(
        "request", lambda request: asked.append((request.method, request.url, request.post_data))
    )
    page.reload(wait_until="networkidle")
    assert not [url for _, url, _ in asked if "/vendor/" in url]
    asked.clear()
    page.get_by_label("Your text", exact=True).fill(TRICKY)
    page.get_by_text("The checker is ready.").wait_for(timeout=60_000)
    loaded = [request for request in asked if not request[1].startswith("blob:")]
    assert len({url for _, url, _ in loaded}) == 2
    for method, url, body in loaded:
        assert (method, body) == ("GET", None)
        assert (site / url.removeprefix(f"{served}/")).is_file(), "no address carries anything"
    asked.clear()
    judged(page)
    page.locator("#checker-file").set_input_files(
        {"name": "draft.txt", "mimeType": "text/plain", "buffer": DRAFT.encode()}
    )
    judged(page)
    assert asked == []
    (worker,) = (each for each in page.workers if each.url.startswith("blob:"))
    for attempt in (
        "fetch('/x')",
        "new XMLHttpRequest()",
        "new WebSocket('ws://127.0.0.1:9')",
        "new EventSource('/x')",
    ):
        assert (
            worker.evaluate(
                f"() => {{ try {{ {attempt}; return 'sent' }} catch (error) {{ return error.name }} }}"
            )
            == "TypeError"
        )


def test_most_urgent_sentences_are_a_click_away(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill(
        "Our room is a true game changer for migraine.\n\nThe side effects of ketamine are mild.\n"
    )
    judged(page)
    urgent = page.locator("#checker-urgent").get_by_role("button")
    assert urgent.all_inner_texts() == ["The side effects of ketamine are mild."]
    card = page.locator("#checker-list > li:visible")
    assert "makes the harm look small" in card.inner_text(), "it opens with the most urgent"
    expect(page.locator("#checker-position")).to_have_text("1 of 2 to fix")
    page.get_by_role("button", name="Next").click()
    assert "game changer" in card.inner_text()
    urgent.click()
    shown = card.inner_text()
    assert shown.startswith("Flagged"), "its state comes first"
    assert "makes the harm look small" in shown


def test_pasted_draft_is_judged_in_place(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill(DRAFT)
    judged(page)
    assert (
        "3 sentences: 1 flagged, 0 to look at, 1 not checked, 1 supported, 0 claiming nothing"
        in page.locator("#checker-counts").inner_text()
    )
    assert page.get_by_role("status").filter(has_text="Done").is_visible()
    mark = page.locator(".cb-checker__mark--unsupported")
    assert mark.inner_text() == "Ketamine cures migraine permanently."
    styles = [
        page.locator(f".cb-checker__mark--{name}").evaluate(
            "one => getComputedStyle(one).textDecorationStyle"
        )
        for name in ("unsupported", "supported")
    ]
    assert styles == ["dotted", "solid"]
    entry = clicked(page, "cures migraine")
    assert "Unsupported" in entry.inner_text(), "told in words, not by colour alone"
    assert '"cures" promises more than relief' in entry.inner_text()
    assert entry.get_by_text("How it was read").is_visible()
    assert entry.get_by_role("link", name="Ketamine cures migraine? Not shown").count() == 1
    assert (
        entry.get_by_role("link", name="promised-cure").get_attribute("href")
        == "../rules/promised-cure.html"
    )
    assert (
        "A lavender candle burns for 90% of the night."
        in page.locator("#checker-unchecked").inner_text()
    )
    assert "mentions benefits but no harms" in page.locator("#checker-whole").inner_text()


def test_sentence_to_look_at_is_shown_with_its_reason(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill(
        "Breastfeeding mothers are in good hands with us. Call us today to book."
    )
    judged(page)
    assert (
        "2 sentences: 0 flagged, 1 to look at, 0 not checked, 0 supported, 1 claiming nothing"
        in page.locator("#checker-counts").inner_text()
    )
    assert page.locator(".cb-checker__mark--look").count() == 1
    entry = clicked(page, "Breastfeeding")
    assert "Look" in entry.inner_text(), "told in words, not by colour alone"
    assert (
        "Safety topic (pregnancy and breast-feeding): a person must check this sentence."
        in entry.inner_text()
    )
    assert not page.locator(".cb-checker__mark--supported").count()
    assert "Look 1" in page.locator("#checker-tally").inner_text()


def test_suggestion_is_copied(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill(DRAFT)
    judged(page)
    words = page.locator(".cb-checker__instead q").first.inner_text()
    page.locator(".cb-checker__instead .cb-copy").first.click()
    page.get_by_text("Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == words.strip('“”"')


def test_safety_box_is_added_and_tells_what_was_left_out(page: Page) -> None:
    typed = "Ketamine eases chronic pain."
    text = page.get_by_label("Your text", exact=True)
    text.fill(typed)
    judged(page)
    words = page.locator("#checker-box-words").inner_text()
    clean = "Ketamine does not help everyone, relief may wear off, and there are side effects."
    assert f"- {clean}" in words.split("\n")
    assert "it is not a cure" in page.locator("#checker-without").inner_text()
    add = page.get_by_role("button", name="Add the safety box")
    add.click()
    expect(add).to_be_hidden()
    assert text.input_value() == f"{typed}\n\n{words}\n"
    page.get_by_role("status").filter(has_text="Done").wait_for(timeout=60_000)
    assert "it is not a cure" in page.locator("#checker-whole").inner_text()
    assert "serious harms" not in page.locator("#checker-whole").inner_text()
    assert page.locator("#checker-box-words").inner_text() == ""
    assert page.locator(".cb-checker__mark--supported", has_text=clean).count() == 1
    page.get_by_role("button", name="Undo").click()
    assert text.input_value() == typed
    expect(add).to_be_visible(timeout=60_000)


def test_it_says_where_nothing_was_looked_for(page: Page) -> None:
    text = page.get_by_label("Your text", exact=True)
    why = page.locator("#checker-unsought")
    text.fill("Migraine is a disease of the brain.")
    judged(page)
    expect(why).to_contain_text("What is left out was not looked for")
    text.fill("Ketamine eases migraine.")
    judged(page)
    expect(why).to_be_hidden()


def test_links_lead_to_pages_of_the_site(page: Page, site: Path) -> None:
    page.get_by_label("Your text", exact=True).fill(TRICKY)
    judged(page)
    links = page.locator("#checker-result a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    folders = {
        folder
        for link in links
        if (folder := re.sub(r"/[^/]*$", "", link)) in ("../claims", "../sources", "../rules")
    }
    assert folders == {"../claims", "../sources", "../rules"}
    for link in links:
        if link.startswith("#"):
            assert page.locator(link).count() == 1, link
        elif not link.startswith("blob:"):
            assert (site / "check" / link).resolve().is_file(), link


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("draft.txt", DRAFT.encode(), "1"),
        ("long.txt", DRAFT.encode() * 20, "1"),
        (
            "Draft.MD",
            b"\xef\xbb\xbf# Title\r\n\r\n" + DRAFT.replace("\n", "\r\n").encode(),
            "2",
        ),
        (
            "draft.html",
            f"<h1>A title</h1><p>{DRAFT}</p><script>no()</script><ul><li>It&nbsp;is &amp; was<td>x".encode(),
            "2",
        ),
        (
            "draft.docx",
            word(["Ketamine cures migraine permanently.", "R&amp;D 😀"]),
            "1",
        ),
    ],
)
def test_file_is_read_as_the_command_line_reads_it(
    page: Page,
    printed: Callable[[Path], bytes],
    tmp_path: Path,
    name: str,
    content: bytes,
    found: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    page.locator("#checker-file").set_input_files(tmp_path / name)
    judged(page)
    assert "Unsupported" in page.locator(f"#sentence-{found}").inner_text()
    assert report(page) == printed(tmp_path / name)
    assert page.locator("#checker-draft").input_value().strip(), "the words are there to go on with"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.pdf", b"%PDF", "draft.pdf: not a draft"),
        ("draft.docx", b"PK no", "draft.docx: not a Word document"),
        ("draft.txt", b"caf\xe9", "draft.txt: not UTF-8 text"),
        ("draft.txt", b"a\0b", "draft.txt: binary, not text"),
    ],
)
def test_what_cannot_be_read_is_said(
    page: Page, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    page.locator("#checker-file").set_input_files(tmp_path / name)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text(said).wait_for(timeout=60_000)
    assert not page.locator("#checker-result").is_visible()
    page.get_by_label("Your text", exact=True).fill(
        DRAFT
    )  # what is written counts, and the checker is still there
    judged(page)


def test_a_long_text_is_bounded_tells_how_far_it_is_and_can_be_stopped(page: Page) -> None:
    box, status = page.get_by_label("Your text", exact=True), page.locator("#checker-status")
    fill = """([box, text]) => {
        box.value = text;
        box.dispatchEvent(new Event("input"));
        window.said = new Set();
        new MutationObserver(() => window.said.add(document.getElementById("checker-status").textContent))
            .observe(document.getElementById("checker-status"), { childList: true });
    }"""
    check, stop = (page.get_by_role("button", name=name, exact=True) for name in ("Check", "Stop"))
    page.evaluate(fill, [box.element_handle(), DRAFT * 3_000])
    check.click()
    expect(status).to_contain_text("more than 250,000 letters: check it in parts", timeout=60_000)
    expect(stop).to_be_hidden()
    page.evaluate(fill, [box.element_handle(), DRAFT * 400])
    check.click()
    stop.click(timeout=60_000)
    expect(status).to_have_text("Not checked: stopped")
    expect(stop).to_be_hidden()
    page.evaluate(fill, [box.element_handle(), DRAFT * 30])
    judged(page)
    assert "Judged 50 of 90 sentences …" in page.evaluate("[...window.said]")
    expect(stop).to_be_hidden()


def test_nothing_to_check_is_said(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill("")
    page.get_by_role("button", name="Check", exact=True).click()
    assert "Paste a text or open a file first" in page.get_by_role("status").first.inner_text()
    assert page.locator("#checker-draft:focus").count() == 1


def test_browser_and_command_line_agree_to_the_byte(page: Page, tmp_path: Path) -> None:
    (tmp_path / "tricky.txt").write_text(TRICKY, encoding="utf-8")
    said = {
        subprocess.run(
            [sys.executable, "-m", "claimbook", *command(tmp_path / "tricky.txt")],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, timeout=120, check=True,
        ).stdout for seed in ("0", "1")  # the browser has one of its own
    }  # fmt: skip
    assert len(said) == 1, "the order of sets shows"
    page.get_by_label("Your text", exact=True).fill(TRICKY)
    judged(page)
    assert {report(page)} == said
    assert page.get_by_label("Your text", exact=True).input_value() == TRICKY, "as it was pasted"
    (same,) = said
    assert json.loads(same)["summary"]["flagged"] >= 4
    page.get_by_role("button", name="Copy the report as data").click()
    page.get_by_text("Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()").encode() == same


@pytest.mark.skipif(not SNAPSHOTS, reason="page texts are not at hand")
def test_real_pages_come_to_the_same_on_both_sides(
    page: Page, printed: Callable[[Path], bytes]
) -> None:
    texts = sorted(Path(SNAPSHOTS or "").glob("*.txt"))
    assert texts
    for text in texts:
        page.get_by_label("Your text", exact=True).fill(text.read_text(encoding="utf-8"))
        judged(page)
        assert report(page) == printed(text), text.name


def test_policy_is_no_looser_than_elsewhere(site: Path) -> None:
    def policy(name: str) -> str:
        found = re.search(
            r'Content-Security-Policy" content="([^"]*)"', (site / name).read_text(encoding="utf-8")
        )
        assert found
        return re.sub(r" 'sha256-[^']*'", "", found[1])

    assert policy("check/index.html") == policy("questions/index.html")
    assert "'unsafe-" not in policy("check/index.html")
    assert "worker-src blob:;" in policy("check/index.html")


def test_scripts_in_a_draft_are_shown_and_not_run(page: Page) -> None:
    evil = '<img src=x onerror="window.evil=1">\n<script>evil=2</script>\nKetamine <b>cures</b> <svg onload="window.evil=3"> migraine.\n'
    page.get_by_label("Your text", exact=True).fill(evil)
    judged(page)
    assert '<img src=x onerror="window.evil=1">' in page.locator("#checker-marks").inner_text()
    assert "<b>cures</b>" in page.locator("#checker-list").inner_text()
    assert page.locator("#checker-result :is(img, script, b, svg)").count() == 0
    assert page.evaluate("window.evil") is None


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill("")
    page.get_by_label("Your text", exact=True).focus()
    page.keyboard.type("Ketamine cures migraine permanently.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#checker-heading:focus").wait_for(timeout=60_000)
    wanted = {
        "checker-next",
        "checker-undo",
        "checker-print",
        "checker-copy",
        "checker-save",
        "Use this",
        "Copy",
    }
    for _ in range(90):
        page.keyboard.press("Tab")
        focus = "[document.activeElement.id, document.activeElement.textContent]"
        wanted -= set(page.evaluate(focus))
    assert not wanted


def accessible(page: Page, width: int) -> None:
    # colours that are still fading are no colours of the page
    page.evaluate("Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0)))")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_page_is_accessible_before_and_after(
    page: Page, context: BrowserContext, served: str, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wanted = page.locator(
        f"body[data-md-color-scheme={'slate' if scheme == 'dark' else 'default'}]"
    )
    if not wanted.count():  # the theme keeps its first choice, so media alone would not change it
        page.locator("form[data-md-component=palette] label:visible").click()
    wanted.wait_for()
    page.get_by_label("Your text", exact=True).fill(TRICKY)
    judged(page)
    accessible(page, width)
    if ARTIFACTS.is_dir():
        page.screenshot(path=ARTIFACTS / f"check-{scheme}-{width}.png", full_page=True)
    fresh = context.new_page()
    fresh.set_viewport_size({"width": width, "height": 900})
    fresh.goto(f"{served}/check/index.html")
    assert fresh.locator("body").get_attribute("data-md-color-scheme") == wanted.get_attribute(
        "data-md-color-scheme"
    )
    accessible(fresh, width)
    fresh.close()


def test_report_prints_without_the_form(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill(DRAFT)
    judged(page)
    page.emulate_media(media="print")
    assert page.locator("#checker-counts").is_visible()
    assert page.locator("#checker-list").is_visible()
    assert not page.locator("#checker").is_visible()
    assert not page.locator(".cb-checker__instead button").first.is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 3


def test_flagged_sentence_is_replaced_and_taken_back(page: Page) -> None:
    draft = page.get_by_label("Your text", exact=True)
    draft.fill(DRAFT)
    judged(page)
    position, stale = page.locator("#checker-position"), page.locator("#checker-stale")
    expect(position).to_have_text("1 of 1 to fix")
    assert not stale.is_visible()
    page.get_by_role("button", name=f"Use this: {OFFER}").click()
    assert draft.input_value() == DRAFT.replace("Ketamine cures migraine permanently.", OFFER)
    assert stale.is_visible(), "the verdicts are of the text before"
    assert (page.locator("#mark-1").get_attribute("class") or "").endswith(
        "--changed cb-checker__mark--here"
    )
    expect(stale).to_be_hidden(timeout=60_000)
    expect(position).to_have_text("Nothing to fix")
    page.get_by_role("button", name="Copy my text").click()
    page.get_by_text("Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == draft.input_value()
    page.get_by_role("button", name="Undo").click()
    assert draft.input_value() == DRAFT
    expect(position).to_have_text("1 of 1 to fix", timeout=60_000)


def test_what_changes_is_marked_and_what_stays_keeps_its_mark(page: Page) -> None:
    draft = page.get_by_label("Your text", exact=True)
    draft.fill(DRAFT)
    judged(page)
    marks = page.locator("#checker-marks")
    assert marks.evaluate("marks => marks.textContent") == f"{DRAFT}\n", "letter on letter"
    draft.evaluate("draft => draft.setSelectionRange(8, 8)")
    page.keyboard.press("Tab")
    draft.focus()
    page.keyboard.type(" really")
    changed, stays = marks.locator("#mark-1"), marks.locator("#mark-2")
    assert changed.inner_text() == "Ketamine really cures migraine permanently."
    assert "--changed" in (changed.get_attribute("class") or "")
    assert (stays.inner_text(), "--supported" in (stays.get_attribute("class") or "")) == (
        "Ketamine is not FDA-approved for migraine.",
        True,
    )
    assert page.get_by_role("button", name=f"Use this: {OFFER}").is_disabled()
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    assert "--unsupported" in (changed.get_attribute("class") or "")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_every_mark_lies_on_its_words_in_a_long_draft(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    draft, marks = page.locator("#checker-draft"), page.locator("#checker-marks span")
    paragraph = "Ketamine cures migraine. Up to 77% have relief. " + "Our lounge has tea. " * 10
    text = "\n\n".join([paragraph.strip()] * 7 + ["There is no risk of addiction."])
    assert len(text.split()) > 300

    def on_their_words() -> None:
        assert draft.evaluate("draft => draft.scrollTop") == 0, "only the editor scrolls"
        now = draft.input_value()
        ends: list[int] = []
        for mark in marks.all():
            *here, words = mark.evaluate(
                """mark => {
                    mark.scrollIntoView({ block: "center" });
                    const { left, top, height } = mark.getClientRects()[0];
                    return [left + 20, top + height / 2, mark.innerText];
                }"""
            )
            page.mouse.click(*here)
            start = now.index(words, ends[-1] if ends else 0)
            ends.append(start + len(words))
            caret = draft.evaluate("draft => draft.selectionStart")
            assert start <= caret <= ends[-1], words
        assert ends[-1] == len(now), "the last word can be seen"

    draft.fill(text)
    judged(page)
    assert page.locator(".cb-checker__editor").evaluate(
        "box => box.scrollHeight > box.clientHeight"
    )
    on_their_words()
    draft.press("Control+End")
    page.keyboard.type("\n\nKetamine is safe.\n\nKetamine cures migraine.")
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    on_their_words()
    page.locator("#checker-list > li:visible .cb-use").first.click()
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    on_their_words()


def test_next_and_previous_go_through_what_is_to_be_fixed(page: Page) -> None:
    page.get_by_label("Your text", exact=True).fill(
        f"{DRAFT}There is no risk of addiction. Up to 77% have relief."
    )
    judged(page)
    position, card = page.locator("#checker-position"), page.locator("#checker-list > li:visible")
    seen = []
    for button in ("Next", "Next", "Next", "Previous"):
        seen.append((position.inner_text(), card.locator("blockquote").inner_text().strip()))
        page.get_by_role("button", name=button).click()
    firsts = [  # the most dangerous first, as on the command line
        "There is no risk of addiction.",
        "Ketamine cures migraine permanently.",
        "Up to 77% have relief.",
    ]
    assert seen[:3] == [(f"{nth} of 3 to fix", words) for nth, words in enumerate(firsts, 1)]
    assert seen[3] == seen[0], "after the last comes the first"
    assert page.locator(".cb-checker__mark--here").inner_text() == firsts[2]
    page.get_by_role("button", name="Previous").click()
    assert card.locator("blockquote").inner_text().strip() == firsts[1]
    page.get_by_label("Your text", exact=True).evaluate(
        "(draft, [start, end]) => draft.setSelectionRange(start, end)",
        [len(DRAFT), len(DRAFT) + len(firsts[1])],
    )
    page.get_by_label("Your text", exact=True).focus()
    page.keyboard.type("It is not a cure.")
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    assert position.inner_text() == "Next: 1 of 2 to fix", "the most dangerous of what is left"
    assert not page.locator(".md-top").is_visible(), "nothing lies on the buttons"


def objection(page: Page, reason: str, owner: str) -> tuple[Locator, Locator]:
    """The card of the open sentence, and its flag on a promise, with what sets it aside filled in."""
    card = page.locator("#checker-list > li:visible")
    item = card.locator(".cb-reasons > li", has_text="promises more than relief")
    item.locator("summary").click()
    item.get_by_label("Why not?").fill(reason)
    item.get_by_label("Your name").fill(owner)
    return card, item


def test_flag_is_set_aside_by_a_comment_with_its_reason(page: Page) -> None:
    draft = page.get_by_label("Your text", exact=True)
    draft.fill(DRAFT)
    judged(page)
    card, item = objection(page, 'It is a "quote" -->', "Editorial, us")
    until = f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}"
    item.get_by_label("Until").fill(until)
    item.get_by_role("button", name="Set it aside").click()
    comment = f"""<!-- claimbook: allow promised-cure because "It is a 'quote' --'", owner: Editorial  us, until: {until} -->"""
    assert draft.input_value() == DRAFT.replace("permanently.", f"permanently. {comment}", 1)
    expect(page.locator("#checker-counts")).to_contain_text(
        "1 flag set aside by comments", timeout=60_000
    )
    expect(card).not_to_contain_text("promises more than relief")
    for button, copied in (
        ("Copy my text", DRAFT),
        ("Copy with comments", draft.input_value()),
    ):
        page.get_by_role("button", name=button).click()
        page.get_by_text("Copied").first.wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == copied
        page.get_by_role("button", name=button).wait_for()
    whole = page.locator("#checker-whole .cb-reasons > li").first
    rule = whole.get_by_role("link").first.inner_text()
    whole.locator("summary").click()
    whole.get_by_label("Why not?").fill("The next page says it")
    whole.get_by_label("Your name").fill("Editorial")
    whole.get_by_role("button", name="Set it aside").click()
    assert f"\n\n<!-- claimbook: allow {rule} because" in draft.input_value()
    expect(page.locator("#checker-counts")).to_contain_text(
        "2 flags set aside by comments", timeout=60_000
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Nobody needs a scan before the first visit.",  # to look at
        "Our patients are thrilled with this miracle.",  # flagged, and no wording is recorded
    ],
)
def test_a_sentence_for_which_there_is_no_wording_can_be_deleted(page: Page, sentence: str) -> None:
    draft = page.get_by_label("Your text", exact=True)
    draft.fill(f"Call us.\n\n{sentence}\n")
    judged(page)
    page.get_by_role("button", name="Next").click()
    page.locator("#checker-list > li:visible").get_by_role("button", name="Delete this").click()
    assert draft.input_value() == "Call us.\n\n"


def test_wording_that_stands_in_the_text_is_not_offered_twice(page: Page) -> None:
    draft = page.get_by_label("Your text", exact=True)
    draft.fill(f"{DRAFT}\nKetamine cures migraine for good.\n\nCall us.\n")
    judged(page)
    card = page.locator("#checker-list > li:visible")
    card.get_by_role("button", name=f"Use this: {OFFER}").click()
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    expect(page.locator("#checker-position")).to_have_text("Next: 1 of 1 to fix")
    page.get_by_role("button", name="Next").click()
    expect(card).to_contain_text(f"Already in your text: {OFFER} Delete this sentence.")
    assert not card.get_by_role("button", name=f"Use this: {OFFER}").count()
    card.get_by_role("button", name="Delete this sentence").click()
    mended = DRAFT.replace("Ketamine cures migraine permanently.", OFFER)
    assert draft.input_value() == f"{mended}\nCall us.\n"
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    expect(page.locator("#checker-position")).to_have_text("Nothing to fix")
    page.get_by_role("button", name="Undo").click()
    assert "Ketamine cures migraine for good.\n\nCall us." in draft.input_value()


def test_second_click_writes_no_second_comment_and_a_refusal_is_told_in_the_card(
    page: Page,
) -> None:
    draft = page.get_by_label("Your text", exact=True)
    draft.fill(DRAFT)
    judged(page)
    card, item = objection(page, "The study's own words", "Editorial")
    item.get_by_label("Until").evaluate("field => { field.max = ''; field.value = '2099-01-01' }")
    button = item.get_by_role("button", name="Set it aside")
    button.evaluate("button => { button.click(); button.click(); }")
    assert button.is_disabled()
    assert draft.input_value().count("<!-- claimbook") == 1
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    refused = "this comment lacks a last day within a year (not 2099-01-01)"
    expect(card).to_contain_text(refused)
    expect(card).to_contain_text("Ketamine cures migraine permanently.")
    assert page.locator("#checker-list > li", has_text=refused).count() == 1


def saved(page: Page, button: str) -> tuple[str, bytes]:
    """A file as saved: its name, and what is in it."""
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_draft_is_saved_as_word_with_comments_as_a_report_and_with_a_receipt(
    page: Page, tmp_path: Path
) -> None:
    text = (
        f'{DRAFT}\nCall us. <!-- claimbook: allow unsupported-claim because "x",'
        " owner: Editorial, until: 2027-01-31 -->\n"
    )
    page.get_by_label("Your text", exact=True).fill(text)
    judged(page)
    name, content = saved(page, "Save as Word, with comments")
    assert name == "draft-checked.docx"
    (tmp_path / name).write_bytes(content)
    again = read(tmp_path / name)
    assert [line for line in again.text.split("\n") if line] == [
        *(line for line in DRAFT.split("\n") if line), "Call us.",
    ]  # fmt: skip
    assert [each.said[:23] for each in again.directives] == ["allow unsupported-claim"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        comments = archive.read("word/comments.xml").decode()
    assert "promises more than relief" in comments
    assert "of the whole draft: mentions benefits but no harms" in comments
    name, content = saved(page, "Save the report")
    assert name == "draft-report.html"
    assert b"promises more than relief" in content
    assert b"default-src 'none'" in content
    name, content = saved(page, "Save the receipt")
    (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    files = (str(tmp_path / each) for each in (name, "draft.txt"))
    verified = subprocess.run(
        [sys.executable, "-m", "claimbook", "verify", *files, "--root", str(ROOT)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_what_of_a_file_is_not_kept_is_said(page: Page, tmp_path: Path) -> None:
    allowed = '<!-- claimbook: allow promised-cure because "It is a quote", owner: E, until: 2027-01-31 -->'
    (tmp_path / "page.html").write_text(
        f"<h1>Ketamine</h1><!-- for Ada --><p>Ketamine <b>cures</b> migraine. {allowed}</p>"
        "<table><tr><td>Price<td>One</table>",
        encoding="utf-8",
    )
    page.locator("#checker-file").set_input_files(tmp_path / "page.html")
    judged(page)
    expect(page.locator("#checker-lost")).to_have_text(
        "page.html is open here as plain words, without its 1 comment, 1 table and formatting. "
        "The file itself is not changed."
    )
    text = page.get_by_label("Your text", exact=True)
    assert allowed in text.input_value(), "a comment that sets a flag aside stays"
    text.press("End")
    text.type(" ")
    expect(page.locator("#checker-stale")).to_be_hidden(timeout=60_000)
    assert "set aside by comments" in page.locator("#checker-counts").inner_text()
    assert page.locator("#checker-lost").is_visible(), "still so after it was changed"
    name, _ = saved(page, "Save the report")
    assert name == "page-report.html"


def test_page_from_disk_works_too(launched: Browser, weight_loss_site: Path) -> None:
    page = launched.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.goto((weight_loss_site / "check/index.html").as_uri())
    page.get_by_label("Your text", exact=True).fill("The weekly shot cures obesity for good.")
    judged(page)
    expect(page.locator("#checker-position")).to_have_text("1 of 1 to fix")
    for button in ("Save as Word, with comments", "Save the report", "Save the receipt"):
        assert len(saved(page, button)[1]) > 900
    assert not faults
    page.close()


def test_engine_is_packed_the_same_every_time_and_runs_on_the_standard_library(
    tmp_path: Path, base: Base
) -> None:
    packed = pyodide_bundle.archive(Vetter(base), ROOT)
    assert pyodide_bundle.archive(Vetter(base), ROOT) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        names = zipped.namelist()
        zipped.extractall(tmp_path)
    assert BASE in names
    assert not {
        name for name in names if re.search("^claimbook/(cli|site)/|/load.py|_it/cli", name)
    }
    for project in pyodide_bundle.LIBRARIES:
        assert any(name.startswith(f"licenses/{project}/LICENSE") for name in names)
    code = (
        "import sys; sys.path.insert(0, '.'); from claimbook.vetting.browser import Checker\n"
        "checker = Checker(*(open(f'{name}.json').read() for name in ('base', 'versions', 'lines')))\n"
        "draft = b'*Ketamine* cures migraine.', 'a.md'\n"
        "print(checker.vet(*draft)); saved = [checker.save(*draft, form) for form in ('docx', 'html', 'json')]\n"
        "print([len(each) > 900 for each in saved])\n"
        "print({name.split('.')[0] for name in sys.modules} - sys.stdlib_module_names)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer, saved, outside = done.stdout.splitlines()
    assert eval(saved) == [True] * 3
    assert json.loads(answer)["sentences"][0]["verdict"] == "unsupported"
    assert eval(outside) <= {"claimbook", "__main__", *pyodide_bundle.LIBRARIES.values()}


def test_pieces_make_the_whole_text(base: Base) -> None:
    checker = Checker(pack(for_vetting(base)), "{}")
    answer = json.loads(checker.vet(TRICKY.encode()))
    assert "".join(words for words, _ in answer["pieces"]) == draft(TRICKY.encode(), "").source
    read = json.loads(checker.vet(b"# *Ketamine* cures migraine.", "draft.md"))["pieces"]
    assert "".join(words for words, _ in read).strip() == "Ketamine cures migraine."
    assert [number for _, number in answer["pieces"] if number is not None] == list(
        range(len(answer["sentences"]))
    )
    assert list(pieces("", [])) == []


def test_what_is_read_ahead_changes_nothing(base: Base) -> None:
    packed = pack(for_vetting(base))
    ahead, late = Checker(packed, "{}"), Checker(packed, "{}")
    count = sum(len(claim.say) for claim in base.claims.values())
    assert sum(iter(ahead.read_ahead, False)) == count
    assert "disclosure_lines" in vars(ahead.vetter)
    assert "disclosure_lines" not in vars(late.vetter)
    assert ahead.vet(DRAFT.encode()) == late.vet(DRAFT.encode())
    kept = told(ahead.vetter.disclosure_lines)
    recalled = Checker(packed, "{}", json.dumps(kept))
    assert recalled.vetter.disclosure_lines == ahead.vetter.disclosure_lines
    assert recalled.vet(DRAFT.encode()) == ahead.vet(DRAFT.encode())


# --- what the page is built from --------------------------------------------------------------------------------------


def test_package_is_pinned_by_hash_and_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = json.loads((pyodide_bundle.PINS / "package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]["node_modules/pyodide"]
    wanted = json.loads((pyodide_bundle.PINS / "package.json").read_text(encoding="utf-8"))[
        "dependencies"
    ]["pyodide"]
    assert locked["version"] == wanted
    assert locked["integrity"].startswith("sha512-")
    assert "resolved" not in locked, "no host is named"
    held = pyodide_bundle.pyodide()
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("asked again"))
    assert pyodide_bundle.pyodide() == held


@pytest.mark.parametrize(
    ("npm", "said"), [(None, "there is no npm"), ("exit 7", "npm could not bring")]
)
def test_without_the_package_the_page_says_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    npm: str | None,
    said: str,
) -> None:
    from claimbook.rules.check import check
    from claimbook.site.build import _bundle
    from claimbook.site.pages import render

    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_bytes((pyodide_bundle.PINS / name).read_bytes())
    script = tmp_path / "npm"
    script.write_text(f"#!/bin/sh\n{npm}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(pyodide_bundle, "PINS", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: str(script) if npm else None)
    base = load(WEIGHT_LOSS)
    assert _bundle(Vetter(base), WEIGHT_LOSS) == ({}, None)
    assert said in capfd.readouterr().err
    html = render(check(base, []))["check/index.md"].html
    assert "built without the checker" in html
    assert "<form" not in html
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "npm",
        "package-lock.json",
        "package.json",
    ], "nothing half done is left"


def test_a_strict_build_needs_the_checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mkdocs.exceptions import MkDocsException

    from claimbook.site import mkdocs_hook
    from claimbook.site.build import Site

    monkeypatch.setattr(mkdocs_hook, "build", lambda _: Site(None, {}, {}))  # type: ignore[arg-type]
    with pytest.raises(MkDocsException, match="no checker"):
        mkdocs_hook.write_site(tmp_path / "site", strict=True)
