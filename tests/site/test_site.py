"""The site as its readers meet it: built, linked, opened from disk in a real browser."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

import jsonschema
import pytest
from conftest import ARTIFACTS, ROOT, TYPES, WEIGHT_LOSS, assert_themed, build, thin, violations
from playwright.sync_api import Browser, Page

SCHEMES: dict[Literal["light", "dark"], int] = {"dark": 390, "light": 1280}  # each at one width


@pytest.fixture(scope="module")
def browser(launched: Browser) -> Iterator[Page]:
    page = launched.new_page()
    yield page
    page.close()


@pytest.fixture
def faults(browser: Page) -> Iterator[list[str]]:
    """Errors on the console while a page is open, and requests that leave this machine."""
    found: list[str] = []

    def asked(request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith(("file://", "data:", "blob:", "about:")):
            found.append(f"asked {url}")

    browser.goto("about:blank")  # what the page before still says is none of this one's faults
    browser.on("request", asked)
    browser.on("pageerror", lambda error: found.append(str(error)))
    browser.on(
        "console", lambda message: found.append(message.text) if message.type == "error" else None
    )
    yield found
    browser.remove_listener("request", asked)


@pytest.mark.parametrize("name", TYPES)
def test_page_opens_from_disk_fits_and_is_accessible(
    site: Path, browser: Page, faults: list[str], name: str
) -> None:
    def show(scheme: Literal["light", "dark"], width: int) -> None:
        # without motion, a new width holds at once
        browser.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        browser.set_viewport_size({"width": width, "height": 844})

    show("light", 1280)
    browser.goto((site / name).as_uri())
    assert browser.locator("h1").count() == 1
    assert_themed(browser)
    for width in (1280, 640, 390, 320):  # 640 is 1280 at twice the size, 320 at four times
        show("light", width)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert not faults
    for scheme, width in SCHEMES.items() if ARTIFACTS.is_dir() else ():
        show(scheme, width)
        stem = name.replace("/", "-").removesuffix(".html")
        browser.screenshot(path=ARTIFACTS / f"{stem}-{width}-{scheme}.png")
    thin(browser)
    for scheme, width in SCHEMES.items():
        show(scheme, width)
        assert violations(browser) == [], scheme


def test_six_tabs_lead_to_every_page_of_the_menu(site: Path, browser: Page) -> None:
    browser.set_viewport_size({"width": 1280, "height": 844})
    browser.goto((site / "method/index.html").as_uri())
    tabs = browser.locator(".md-tabs__link:visible").all_inner_texts()
    assert tabs == [
        "Start", "Questions", "Clinic pages", "Check your copy", "Evidence", "How it works",
    ]  # fmt: skip
    addresses = set(
        browser.locator("nav.md-nav--primary a[href]").evaluate_all(
            "links => links.map(link => link.href.split('#')[0])"
        )
    )
    wanted = ("flags", "board", "sources/index", "curation/start", "development/api", "audit")
    for name in wanted:
        assert (site / f"{name}.html").as_uri() in addresses, name
    browser.set_viewport_size({"width": 390, "height": 844})
    assert not browser.locator(".md-tabs").is_visible()
    browser.locator("label.md-header__button[for=__drawer]").click()
    browser.locator(".md-nav--primary").get_by_role("link", name="How we searched").click()
    assert browser.locator("h1").inner_text() == "How we searched"


def test_verdict_reasons_and_words_stand_together_on_a_claim(site: Path, browser: Page) -> None:
    browser.goto((site / "claims/nasal-aura-duration.html").as_uri())
    passage = browser.locator(".cb-passage").filter(
        has_text="can effectively reduce aura severity and duration"
    )
    for shown in ("Unsupported", "not-shown", "vague-authority"):
        assert shown in passage.inner_text()
    browser.get_by_role("link", name="Afridi and others 2013").first.click()
    browser.wait_for_load_state()
    assert "aura" in browser.locator("article").inner_text().lower()


def test_a_rule_page_shows_its_examples_and_how_well_it_is_read(site: Path) -> None:
    html = (site / "rules" / "promised-cure.html").read_text(encoding="utf-8")
    assert html.count("<pre><code>statement: Footbaths cure colds.") == 2
    for heading in (
        "Flagged",
        "Passes",
        "How often it is right about drafts",
        "Where it was found",
    ):
        assert re.search(rf"<h2 [^>]*>{heading}\b", html), heading
    assert "held-out passages" in html
    assert "```" not in html


def test_front_says_what_it_is(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    assert "This is not medical advice" in front
    assert "No clinician has reviewed these records yet" in front


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    for path in [site / name for name in TYPES]:
        loads = re.findall(
            r'<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]+)"', path.read_text(encoding="utf-8")
        )
        loads += re.findall(
            r'<link\b[^>]*\brel="(?:stylesheet|icon|preconnect|preload)"[^>]*\bhref="([^"]+)"',
            path.read_text(encoding="utf-8"),
        )
        assert loads
        assert not [address for address in loads if address.startswith(("http:", "https:", "//"))]


def test_no_link_is_broken(weight_loss_site: Path) -> None:
    """As another program finds, on a site with every kind of page; the next test reads all links."""
    checker = shutil.which("linkchecker", path=str(Path(sys.executable).parent)) or "linkchecker"
    done = subprocess.run(
        [
            checker,
            "--config",
            str(ROOT / "tests/data/linkcheckerrc"),
            "--no-status",
            "-t",
            "0",
            (weight_loss_site / "index.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    checked = re.search(r"That's it\. (\d+) links", done.stdout)
    assert checked, done.stdout[-500:]
    assert int(checked[1]) > 250, "linkchecker looked at next to nothing"


def test_links_lead_to_places_in_pages(site: Path) -> None:
    """Of pages and style sheets, also those that linkchecker does not come to."""
    links = re.compile(r'\s(?:href|src|action|poster)="([^"]*)"|\burl\(["\']?([^)"\']*)')
    texts = {
        path: path.read_text(encoding="utf-8")
        for ending in ("html", "css", "svg")
        for path in site.rglob(f"*.{ending}")
    }
    places = {path: set(re.findall(r'\sid="([^"]*)"', text)) for path, text in texts.items()}
    checked, broken = 0, set()
    for path, text in texts.items():
        for link in {unescape(first or second) for first, second in links.findall(text)}:
            if re.match("[a-z]+:", link):
                continue
            checked += 1
            address, _, place = link.partition("#")
            target = path
            if address := address.partition("?")[0]:
                target = Path(unquote(urlsplit(urljoin(path.as_uri(), address)).path))
            # what has "=" sets a filter
            known = "=" in place or unquote(place) in places.get(target, {place}) | {""}
            if not (target.is_file() and known):
                broken.add((path.relative_to(site).as_posix(), link))
    assert broken == set()
    assert checked > 10_000, "next to nothing was looked at"


@pytest.mark.parametrize("name", ["claims", "sources", "pages", "flags"])
def test_data_fits_its_schema(site: Path, name: str) -> None:
    data = json.loads((site / f"data/{name}.json").read_text(encoding="utf-8"))
    schema = json.loads((site / f"data/{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    assert data
    assert [one["id"] for one in data] == sorted(one["id"] for one in data)


def test_nothing_generated_lands_in_docs(site: Path) -> None:
    names = {
        path.relative_to(ROOT / "docs").as_posix()
        for path in (ROOT / "docs").rglob("*")
        if path.is_file()
    }
    assert not {
        name
        for name in names
        if name.startswith(("claims/", "questions/", "sources/", "pages/", "rules/", "data/"))
    }


def test_a_problem_leaves_the_earlier_site_untouched(
    tmp_path: Path, weight_loss_site: Path
) -> None:
    base, out = tmp_path / "base", tmp_path / "site"
    shutil.copytree(WEIGHT_LOSS, base)
    shutil.copytree(weight_loss_site, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    claim = base / "claims/is-it-safe/nausea.yaml"
    claim.write_text(claim.read_text().replace("outcome: nausea}", "outcome: nausae}"))
    done = build(out, root=base)
    assert done.returncode == 2
    assert "claims/is-it-safe/nausea.yaml:3:" in done.stderr
    assert "did you mean 'nausea'?" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_second_base_builds_its_own_site_and_its_text_is_escaped(weight_loss_site: Path) -> None:
    claim = (weight_loss_site / "claims/shot-lowers-weight.html").read_text(encoding="utf-8")
    assert "The shot can lower your weight" in claim
    assert "Example &lt;Clinic&gt; North" in claim
    assert "<Clinic>" not in claim
    source = (weight_loss_site / "sources/imaginary-cohort-c.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;" in source
    assert "Nothing <b>" not in source
    everything = "".join(
        p.read_text(encoding="utf-8")
        for p in weight_loss_site.rglob("*.html")
        if not {"method", "development"} & set(p.parts)  # prose
    )
    assert "migraine" not in re.sub(r'<meta name="description"[^>]*>', "", everything).lower()
