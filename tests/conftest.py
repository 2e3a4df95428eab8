"""What several tests share: built sites, once a run; the real base and a browser, once a process."""

import asyncio
import fcntl
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from hypothesis import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    expect,
    sync_playwright,
)
from xdist.scheduler import LoadFileScheduling

from claimbook.loading.load import load
from claimbook.records import Base
from claimbook.rules.check import Report, check
from claimbook.vetting.results import VetResult
from claimbook.vetting.sentences import DRAFT
from claimbook.vetting.vet import Progress, Vetter

Result = TypeVar("Result")
# A busy machine is no fault. Each run tries other values; `make fuzz` tries thousands.
settings.register_profile("untimed", deadline=None, max_examples=25)
settings.register_profile("few", settings.get_profile("untimed"), max_examples=15, derandomize=True)
settings.register_profile("fuzz", settings.get_profile("untimed"), max_examples=10_000)
settings.load_profile("untimed")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)
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
WEIGHT_LOSS_TEXTS = {
    "CLAIMBOOK_SNAPSHOTS": str(WEIGHT_LOSS / "snapshots"),
    "CLAIMBOOK_FIGURES": str(WEIGHT_LOSS / "figures"),
}
ADDRESS = "https://example.org/base"  # of a site that has one
# Files beside those in `vetting` whose tests vet by the real base.
VETTING = {"test_own_sentences.py", "test_safety.py", "test_truth_and_wording.py"}
SHARED = "CLAIMBOOK_TESTS"  # the variable that names the folder which all processes of a run share

# Pictures of every kind of page, for people to look at, where this folder is; not kept in Git.
ARTIFACTS = ROOT / "tests" / "artifacts"
TYPES = [  # a page of every kind
    "index.html", "questions/index.html", "questions/aura.html", "claims/index.html",
    "claims/nasal-aura-duration.html", "claims/most-still-better-later.html", "pages/index.html",
    "pages/concierge-md.html", "passages.html", "sources/index.html", "sources/pomeroy-2017.html",
    "audit.html", "board.html", "contradictions.html", "overview/silence.html",
    "overview/one-group.html",
    "overview/evidence-map.html", "flags.html", "rules/index.html", "rules/promised-cure.html",
    "glossary.html", "search.html", "method/index.html", "method/searching.html", "method/reviews.html", "check/index.html",
]  # fmt: skip


def thin(page: Page, keep: int = 2) -> None:
    """Take out what a long page repeats, for checks whose cost grows with the page.

    Of each verdict *keep* rows, passages, things to do and flags stay; of other items of lists and tables, *keep* of
    each make. One template makes them all, so what is wrong with one is wrong with those that stay.
    """
    page.evaluate(
        """keep => {
            const seen = new Map();
            const row = ":is(.cb-rows, .cb-matrix) tbody tr:not(.cb-rows__group)";
            const large = `${row}, .cb-passage, .cb-task, article h2 ~ ul > li`;
            const judged = (part) => {
                const has = (selector) => !!part.querySelector(selector);
                const verdict = part.querySelector(".cb-verdict, .cb-instead p")?.className || "";
                const sort = part.querySelector(".cb-kind")?.className || "";
                return [verdict, sort, has(".cb-instead"), has("[id^=instead]")];
            };
            const name = (part) => `${part.tagName}.${part.getAttribute("class")}`;
            const made = (part) => new Set([...part.querySelectorAll("*")].map(name));
            for (const part of document.querySelectorAll(`${large}, article :is(li, td > *, dt, dd)`)) {
                const inside = part.matches(large) ? judged(part) : made(part);
                const kind = [name(part.parentElement), name(part), ...inside].join();
                seen.set(kind, (seen.get(kind) || 0) + 1);
                if (seen.get(kind) > keep) part.remove();
            }
        }""",
        keep,
    )


def assert_themed(page: Page) -> None:
    """The policy of a page lets its own script and its own style sheets run, and nothing else."""
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    assert policy
    assert policy.startswith("default-src 'none'")
    assert "'unsafe-" not in policy
    assert page.locator("html.js").count() == 1, "the theme's script did not run"
    shown = page.evaluate("getComputedStyle(document.querySelector('.md-header')).display")
    assert shown == "block", "no style"


def violations(page: Page) -> list[Any]:
    """What axe objects to on a page; all that it passes stays in the browser.

    It fetches no style sheets, which a page from disk may not: no rule that runs reads them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = "{resultTypes: ['violations'], preload: {assets: ['media']}}"
    found = page.evaluate(f"async () => (await axe.run({options})).violations")
    return list(found)


def build(
    out: Path, *arguments: str, root: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `build_site.py` on a base."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build_site.py"), "--out", str(out), *arguments],
        env={**os.environ, "CLAIMBOOK_ROOT": str(root), **environment},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the run, readable by all: linkchecker gives up root before it reads."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="claimbook-tests-")
        Path(os.environ[SHARED]).chmod(0o755)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of the run."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes long: no process is left alone with it at the end.

    The first of the files has the site built; the next two do without it, and so need not wait.
    """
    first = ("test_site_vet.py", "test_vet.py", "test_docs.py", "test_site.py")
    long = ("site", "vetting", "rules", "tests")

    def place(item: pytest.Item) -> tuple[int, int]:
        name, folder = item.path.name, item.path.parent.name
        return (
            first.index(name) if name in first else len(first),
            long.index(folder) if folder in long else len(long),
        )

    items.sort(key=place)


class _Together(LoadFileScheduling):  # type: ignore[misc]
    """A file is tested in one process, and files that vet by the real base in the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file = Path(super()._split_scope(nodeid))
        together = file.parent.name == "vetting" or file.name in VETTING
        return "vetting" if together else file.as_posix()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """How `--dist loadfile` hands out the files."""
    return _Together(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """Spare the garbage collector thousands of tests, which stay until the end.

    Nearly all else that is made stays for long, too: to look through it seldom saves a quarter.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def built(name: str, root: Path, **environment: str) -> Path:
    """The site of a base, built by the first process that asks for it; tests change a copy."""
    folder = Path(os.environ[SHARED])
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / name).exists():
            done = build(folder / name, "--strict", root=root, **environment)
            assert done.returncode == 0, done.stdout + done.stderr
    return folder / name


@pytest.fixture(scope="session")
def site() -> Path:
    """The site of the real base, which is built where no base is named."""
    return built("site", ROOT, CLAIMBOOK_ROOT="")


@pytest.fixture(scope="session")
def weight_loss_site() -> Path:
    """The site of the second base."""
    return built("weight-loss", WEIGHT_LOSS, **WEIGHT_LOSS_TEXTS)


@pytest.fixture(scope="session")
def addressed_site() -> Path:
    """The site of the second base, built for its address."""
    return built("addressed", WEIGHT_LOSS, CLAIMBOOK_SITE_URL=ADDRESS, **WEIGHT_LOSS_TEXTS)


def awaited(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine, run in a thread: the browser may keep this one's loop busy."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


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
    """The system's Chromium; the shell without windows opens a page in a third of the time."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise pytest.UsageError(
        "Chromium is not installed: run make test, or install the package chromium"
    )


@cache
def real_base() -> Base:
    """The real base."""
    return load(ROOT)


@pytest.fixture(scope="session")
def base() -> Base:
    """The real base."""
    return real_base()


@pytest.fixture(scope="session")
def report(base: Base) -> Report:
    """The real base and everything the rules say about it."""
    return check(base)


class Remembering(Vetter):
    """A vetter that judges each draft once: it says the same every time (`test_vet.py`)."""

    def __init__(self, base: Base) -> None:
        super().__init__(base)
        self._vetted: dict[tuple[str, str], VetResult] = {}
        self._judged_once: dict[tuple[str, str], VetResult] = {}

    def vet(self, text: str, path: str = DRAFT, progress: Progress | None = None) -> VetResult:
        if (text, path) not in self._vetted:
            self._vetted[text, path] = super().vet(text, path, progress)
        return self._vetted[text, path]

    def judge(self, text: str, path: str = DRAFT) -> VetResult:
        if (text, path) not in self._judged_once:
            self._judged_once[text, path] = super().judge(text, path)
        return self._judged_once[text, path]


@cache
def real_vetter() -> Vetter:
    """Drafts, held to the real base."""
    return Remembering(real_base())


@pytest.fixture(scope="session")
def vetter() -> Vetter:
    """Drafts, held to the real base."""
    return real_vetter()


@pytest.fixture(scope="session")
def launched(chromium: str) -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--no-first-run",
                "--js-flags=--wasm-lazy-compilation",  # most of Python is never called
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(launched: Browser) -> Iterator[BrowserContext]:
    """Pages that may use the clipboard."""
    context = launched.new_context(
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 1280, "height": 800},
    )
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Iterator[Page]:
    """A page that the tests of a module share: a process of its own for each test costs most."""
    page = context.new_page()
    yield page
    page.close()


@contextmanager
def sound(page: Page) -> Iterator[Page]:
    """A page as it is when new, in which no script may fail."""
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    page.goto("about:blank")
    page.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    page.on("pageerror", failed)
    yield page
    page.remove_listener("pageerror", failed)
    assert not faults


@pytest.fixture
def browser(tab: Page) -> Iterator[Page]:
    """A page in which no script may fail."""
    with sound(tab) as page:
        yield page
