"""What several tests share: the built site, once a run, and a browser."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from claimbook.loading.load import load
from claimbook.rules.check import Report, check

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
settings.register_profile("few", settings.get_profile("untimed"), max_examples=15, derandomize=True)
settings.load_profile("untimed")
expect.set_options(timeout=15_000)  # for a busy machine
ROOT = Path(__file__).parent.parent
# The clinic pages of the real base.
CONCIERGE, GEORGIA, UNNAMED, NORTEX, TEXAS = (
    "concierge-md",
    "ketamine-center-central-georgia",
    "ketamine-chronic-migraine-prevention",
    "nortex-psychiatry",
    "texas-ketamine-wellness",
)
WEIGHT_LOSS = ROOT / "tests" / "data" / "weight-loss"

# Pictures of every kind of page, for people to look at; not kept in Git.
ARTIFACTS = ROOT / "tests" / "artifacts"
TYPES = [  # a page of every kind
    "index.html", "questions/index.html", "questions/aura.html", "claims/index.html",
    "claims/nasal-aura-duration.html", "claims/most-still-better-later.html", "pages/index.html",
    "pages/concierge-md.html", "passages.html", "sources/index.html", "sources/pomeroy-2017.html",
    "audit.html", "board.html", "contradictions.html", "overview/silence.html",
    "overview/evidence-map.html", "flags.html", "rules/index.html", "rules/promised-cure.html",
    "glossary.html", "search.html", "method/index.html", "method/searching.html", "check/index.html",
]  # fmt: skip


def thin(page: Page, keep: int = 4) -> None:
    """Take out what a long page repeats, for checks whose cost grows with the page.

    Of each verdict *keep* rows, passages and flags stay. One template makes them all, so what is
    wrong with one is wrong with those that stay.
    """
    page.evaluate(
        """keep => {
            const seen = new Map();
            const row = ".cb-rows tbody tr:not(.cb-rows__group)";
            const parts = `${row}, .cb-passage, article h2 ~ ul > li`;
            for (const part of document.querySelectorAll(parts)) {
                const has = (selector) => !!part.querySelector(selector);
                const verdict = part.querySelector(".cb-verdict, .cb-instead p")?.className || "";
                const offers = [has(".cb-instead"), has("[id^=instead]")];
                const kind = [part.tagName, verdict, ...offers].join();
                seen.set(kind, (seen.get(kind) || 0) + 1);
                if (seen.get(kind) > keep) part.remove();
            }
        }""",
        keep,
    )


def build(
    out: Path, *arguments: str, root: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `build_site.py` on a base."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build_site.py"), "--out", str(out), *arguments],
        env={**os.environ, "CLAIMBOOK_ROOT": str(root), **environment},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def site() -> Iterator[Path]:
    """The site of the real base, readable by all (linkchecker gives up root before it reads)."""
    folder = Path(tempfile.mkdtemp(prefix="claimbook-site-"))
    folder.chmod(0o755)
    done = build(folder / "site", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    yield folder / "site"
    shutil.rmtree(folder, ignore_errors=True)


class _Quiet(SimpleHTTPRequestHandler):
    """Serves without a word, also to a browser that goes away while something loads."""

    def log_message(self, *_: object) -> None: ...

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(ConnectionError):
            super().copyfile(source, outputfile)


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise pytest.UsageError(
        "Chromium is not installed: run make test, or install the package chromium"
    )


@pytest.fixture(scope="module")
def report() -> Report:
    """The real base and everything the rules say about it."""
    return check(load(ROOT))


@pytest.fixture(scope="module")
def context(chromium: str) -> Iterator[BrowserContext]:
    """A browser whose pages may use the clipboard."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )
        yield launched.new_context(
            permissions=["clipboard-read", "clipboard-write"],
            viewport={"width": 1280, "height": 800},
        )
        launched.close()


@pytest.fixture
def browser(context: BrowserContext) -> Iterator[Page]:
    """A page in which no script may fail."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert not faults
