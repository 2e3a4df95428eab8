"""What claimbook costs, as ratios to what its parts cost bare: `python benchmarks/run.py [--claims N] [--site N] [--quick]`.

Every step runs in a fresh process, the two sides of a ratio in the same run. Seconds are seconds of the processor, which other
people's work on the same machine disturbs least. See `README.md` beside this file for what each ratio means.
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generate import generate, write_pages  # noqa: E402

TARGETS = {
    "check": 1.5,
    "again": 0.03,
    "changed": 0.1,
    "site": 0.45,
    "growth": 1.1,
    "memory": 110.0,
    "reading": 1.3,
    "draft": 0.06,
    "start": 0.25,
    "megabyte": 3.0,
    "crawl": 1.15,
    "resume": 0.05,
    "serve": 0.15,
}
PARSE = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""
LOAD_AND_CHECK = """
import gc, json, resource, sys, time
gc.disable()
from claimbook.rules.check import all_rules, check
from claimbook.loading.load import load
import pybtex.database
all_rules()
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
check(load(sys.argv[1]))
print(json.dumps([time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before]))
"""
VET = """
import gc, json, sys, time
gc.disable()
from pathlib import Path
from claimbook.loading.load import load
from claimbook.vetting.vet import Vetter
base = load(sys.argv[1])
own = [one.quote for one in base.occurrences.values()]
text = Path(sys.argv[2]).read_text()
if len(sys.argv) > 3:  # half of it in the words of the base itself
    half = int(sys.argv[3]) // 2
    text = (text * (half // len(text) + 1))[:half] + "\\n".join(own[:: max(1, len(own) * 60 // half)])[:half]
vetter = Vetter(base)
vetter.vet("One sentence to begin with.")
start = time.process_time()
vetter.vet(text)
print(json.dumps([time.process_time() - start, len(text)]))
"""
VET_PAGES = """
import json, sys, time
from pathlib import Path
from claimbook.loading.load import load
from claimbook.vetting.results import as_data
from claimbook.vetting.vet import Vetter
vetter = Vetter(load(sys.argv[1]))
texts = [path.read_text() for path in sorted(Path(sys.argv[2]).iterdir())[:int(sys.argv[3])]]
vetter.vet(texts[0])
start = time.process_time()
for text in texts:
    json.dumps(as_data(vetter.vet(text)))
print((time.process_time() - start) / len(texts))
"""
PREVIEW = """
import sys, tempfile, time
from pathlib import Path
from claimbook.site.preview import Preview
root = Path(sys.argv[1])
record = next(path for path in sorted(root.glob("claims/*/*.yaml")) if path.name != "topic.yaml")
text = record.read_text()
with tempfile.TemporaryDirectory() as folder:
    preview = Preview(Path(folder), root)
    record.write_text(text.replace("statement: ", "statement: Indeed, ", 1))
    start = time.process_time()
    preview.read()
    preview.make(f"claims/{record.stem}.html")
    print(time.process_time() - start)
record.write_text(text)
"""
READ = """
import json, sys, time
from claimbook.vetting.drafts.draft import MarkupError
from claimbook.vetting.drafts.html import read_html
from claimbook.vetting.drafts.markdown import read_markdown
from claimbook.vetting.drafts.text import read_text
def seconds(reader, text):
    start = time.process_time()
    try:
        reader(text, "x")
    except MarkupError:
        pass
    return time.process_time() - start
units = ["<", "<a b='", "a<b", "</", "&a", "[", "![a](", "[a](b)", "*a ", "_", "`a", "|", "> ", "- ", "# a\\n", "<td>", "<br>a", "a=", "("]
found = {}
for reader in (read_text, read_markdown, read_html):
    for unit in units:
        texts = [unit * (size // len(unit)) for size in (200_000, 800_000)]
        found[f"{reader.__name__} {unit!r}"] = [min(seconds(reader, text) for _ in range(3)) for text in texts]
print(json.dumps(found))
"""
PLAIN = """
site_name: plain
docs_dir: docs
use_directory_urls: false
theme: {name: material, font: false, features: [navigation.tabs, navigation.top, search.highlight, toc.follow]}
plugins: [search]
markdown_extensions: [tables, {toc: {permalink: false}}]
nav: [index.md, questions/index.md, pages/index.md, claims/index.md, contradictions.md, flags.md, sources/index.md, rules/index.md]
not_in_nav: |
  /questions/*
  /claims/*
  /pages/*
  /sources/*
  /rules/*
  /method/*
"""


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds of the processor and megabytes at its peak, children included."""

    seconds: float
    megabytes: float


def cost(
    command: list[str],
    times: int = 1,
    before: Callable[[], object] = lambda: None,
    status: Iterable[int] = (0,),
    **environment: str,
) -> Cost:
    """Measure the least that a command costs in so many runs; one that ends with another status than those given is a failure."""
    found = []
    for _ in range(times):
        before()
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                command,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env={**os.environ, **environment},
                cwd=HERE.parent,
            )
            _, ended, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(ended)
            if process.returncode not in status:
                said.seek(0)
                raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode()}")
        found.append(Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return Cost(min(one.seconds for one in found), min(one.megabytes for one in found))


def told(code: str, *arguments: object) -> Any:
    """What a program prints, as JSON."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return json.loads(subprocess.check_output(command, cwd=HERE.parent))


def words_of(name: str) -> list[str]:
    """The texts of a gold set."""
    text = (HERE.parent / "tests" / "gold" / f"{name}.yaml").read_text(encoding="utf-8")
    return re.findall(r"^  text: ['\"]?(.*?)['\"]?$", text, re.MULTILINE)


def age() -> None:
    """Wait until the cache trusts the files of a base: it trusts none that just changed."""
    time.sleep(3)


BLOCKS = ("p", "li", "h1", "h2", "h3", "table", "ul", "ol", "blockquote", "pre", "div")


class _Markdown(HTMLParser):
    """A generated page's HTML as plain Markdown: headings, paragraphs, lists, tables and quotations with the same words."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.row: list[str] | None = None
        self.prefix = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "tr":
            self.row = []
        elif self.row is None and tag in BLOCKS:
            self._end()
            self.prefix = {
                "li": "- ",
                "h1": "# ",
                "h2": "## ",
                "h3": "### ",
                "blockquote": "> ",
                "pre": "    ",
            }.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.row is not None:
            self.row.append(self._said().replace("|", "/"))
        elif tag == "tr" and self.row is not None:
            self.lines.append(f"| {' | '.join(self.row)} |")
            if self.lines[-2:-1] in ([], [""]):
                self.lines.append("|---" * len(self.row) + "|")
            self.row = None
        elif self.row is None and tag in BLOCKS:
            self._end(item=tag == "li")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def _said(self) -> str:
        said = " ".join("".join(self.words).split())
        self.words = []
        return said

    def _end(self, item: bool = False) -> None:
        if said := self._said():
            self.lines.append(self.prefix + re.sub(r"([\\`*_{}\[\]<>#])", r"\\\1", said))
            self.prefix = ""
        if not item and self.lines[-1:] != [""]:
            self.lines.append("")


def plain(pages: Path, folder: Path) -> None:
    """Write the project of a bare build: the pages that `build_site.py --pages` wrote, as plain Markdown."""
    for path in pages.rglob("*.md"):
        target = folder / "docs" / path.relative_to(pages)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if text.startswith("---\n{"):
            title = json.loads(text.split("\n", 2)[1])["title"]
            parser = _Markdown()
            parser.feed(text.split("---\n", 2)[2])
            parser.close()
            text = f"---\ntitle: {json.dumps(title)}\n---\n" + "\n".join(parser.lines) + "\n"
        target.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")


def exponent(sizes: Iterable[tuple[int, float]]) -> float:
    """How a cost grows from the smallest to the largest size: 1 is in proportion, 2 is with the square."""
    ordered = sorted(sizes)
    (small, low), (large, high) = ordered[0], ordered[-1]
    return math.log(high / low) / math.log(large / small)


Row = tuple[str, float, str, str]  # what, measured, its target, the figures behind it


def ratio(what: str, target: str, ours: Cost, theirs: Cost, why: str) -> Row:
    """What one process costs beside another."""
    behind = f"{ours.seconds:.2f} s ÷ {theirs.seconds:.2f} s{why}"
    return what, ours.seconds / theirs.seconds, target, behind


def check_rows(work: Path, claims: int, times: int) -> Iterator[Row]:
    """Load and check against parsing, a second check, growth and memory."""
    tenth = claims // 10
    bases = {size: work / f"base-{size}" for size in (tenth, claims)}
    for size, folder in bases.items():
        generate(folder, size)
    large = bases[claims]
    command = [sys.executable, "-m", "claimbook", "check", "--root", str(large)]
    parse = cost([sys.executable, "-c", PARSE, str(large)], times)
    check = cost([*command, "--no-cache"], times)
    megabytes = sum(path.stat().st_size for path in large.rglob("*.yaml")) / 1e6
    yield ratio("load + check ÷ parsing", "check", check, parse, f" for {megabytes:.2f} MB of YAML")
    age()
    cost(command)
    yield ratio("check again ÷ parsing", "again", cost(command, times), parse, "")
    records = sorted(large.glob("claims/*/*.yaml"))
    claim = next(path for path in records if path.name != "topic.yaml")

    def change() -> None:
        claim.write_text(claim.read_text().replace("    quote: ", "    quote: Guaranteed! ", 1))

    yield ratio("one file changed ÷ cold", "changed", cost(command, times, change), check, "")
    net = {}
    for size, folder in bases.items():
        runs = [told(LOAD_AND_CHECK, folder) for _ in range(times)]
        net[size] = (min(one[0] for one in runs), min(one[1] for one in runs) / 1024)
    for index, what, unit in ((0, "time", "s"), (1, "memory", "MB")):
        behind = ", ".join(f"{size:,}: {one[index]:.2f} {unit}" for size, one in net.items())
        grown = exponent((size, one[index]) for size, one in net.items())
        yield f"growth of {what}, load + check", grown, "growth", behind
    behind = f"{claims:,} claims, whole process"
    yield "peak memory of load + check, MB", check.megabytes, "memory", behind


def draft_rows() -> Iterator[Row]:
    """How reading hostile drafts grows, from 200,000 letters to four times as many: the worst of readers and attacks."""
    found = told(READ)
    worst, (small, large) = max(found.items(), key=lambda one: one[1][1] / max(one[1][0], 0.02))
    grown = exponent([(1, max(small, 0.02)), (4, max(large, 0.02))])
    behind = f"{worst}: {small:.2f} s, four times as long: {large:.2f} s"
    yield "growth of reading hostile drafts", grown, "reading", behind


def vet_rows(work: Path, claims: int, times: int) -> Iterator[Row]:
    """What vetting costs: a draft of 1,000 words, a long text against a large base, and the start; beside them a linter of prose."""
    words = " ".join(words_of("known")).split()
    draft, tiny = work / "draft.md", work / "tiny.md"
    draft.write_text(" ".join(words[:1000]).replace(". ", ".\n\n"), encoding="utf-8")
    tiny.write_text("Book online.\n", encoding="utf-8")

    seconds, letters = min(told(VET, HERE.parent, draft) for _ in range(times))
    yield "a draft of 1,000 words, s", seconds, "draft", f"{letters:,} letters, after the start"
    start = [sys.executable, "-m", "claimbook", "vet", "--fail-on", "never"]
    cost([*start, str(tiny)])
    begun = cost([*start, str(tiny)], times).seconds
    yield "start of claimbook vet, s", begun, "start", "a second run on an unchanged base"
    base = work / f"vet-base-{claims}"
    generate(base, claims)
    seconds, letters = min(told(VET, base, draft, 200_000) for _ in range(times))
    behind = f"{letters:,} letters, {claims:,} claims"
    yield "seconds a MB, many claims", seconds / letters * 1e6, "megabyte", behind
    peer = cost([sys.executable, "-m", "proselint", "check", str(draft)], times, status=(0, 1))
    ours = cost([*start, str(draft)], times)
    why = ", whole processes, the same 1,000 words"
    yield ratio("vet ÷ proselint", "", ours, peer, why)  # no target: they do different things


def crawl_rows(work: Path, count: int) -> Iterator[Row]:
    """What vetting many pages costs beside vetting alone, and what it costs to find that nothing changed."""
    from claimbook.loading.load import load

    root, folder = HERE.parent, work / "pages-to-crawl"
    passages = [each.quote for each in load(root).occurrences.values()]
    write_pages(folder, count, passages + words_of("known"))
    alone = told(VET_PAGES, root, folder, 50)
    vetted = str(work / "crawl")
    command = [sys.executable, "-m", "claimbook", "crawl", str(folder), "--out", vetted]
    whole = cost(command)
    page = whole.seconds / count
    yield "crawl ÷ vetting alone, a page", page / alone, "crawl", (
        f"{page * 1000:.0f} ms ÷ {alone * 1000:.0f} ms, {count:,} pages of 1,000 words: {1 / page:.1f} pages a second and core, "
        f"a million in {page * 1e6 / 3600:.0f} core-hours")  # fmt: skip
    yield ratio("crawl again ÷ crawl", "resume", cost(command), whole, ", nothing changed")


def site_rows(work: Path, claims: int, sizes: list[int], times: int) -> Iterator[Row]:
    """Compare the site with a bare build of the same words, and the growth of its bytes."""
    builder, weights = str(HERE.parent / "build_site.py"), {}
    for size in sorted({*sizes, claims}):
        base, site = work / f"site-base-{size}", work / f"site-{size}"
        generate(base, size)
        runs = times if size == claims else 1
        ours = cost([sys.executable, builder, "--out", str(site)], runs, CLAIMBOOK_ROOT=str(base))
        written = (path for path in site.rglob("*") if "assets" not in path.parts)
        weights[size] = sum(path.stat().st_size for path in written if path.is_file()) / 1e6
        if size == claims:
            for_claims, again = f" for {claims:,} claims", Cost(told(PREVIEW, base), 0)
            yield ratio("one record, while serving ÷ build", "serve", again, ours, for_claims)
            pages = work / "pages"
            cost([sys.executable, builder, "--pages", str(pages)], CLAIMBOOK_ROOT=str(base))
            plain(pages, work / "plain")
            mkdocs = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--config-file"]
            settings = str(work / "plain" / "mkdocs.yml")
            bare = cost([*mkdocs, settings], times, NO_MKDOCS_2_WARNING="1")
            yield ratio("site ÷ bare mkdocs build", "site", ours, bare, for_claims)
    behind = ", ".join(f"{size:,}: {weight:.1f} MB" for size, weight in weights.items())
    yield "growth of bytes, site", exponent(weights.items()), "growth", behind


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--claims", type=int, default=10_000, help="for loading and checking")
    parser.add_argument("--site", type=int, default=1_000, help="claims for the site")
    parser.add_argument("--quick", action="store_true", help="one run each, and no larger site")
    given = parser.parse_args()
    times = 1 if given.quick else 3
    sizes = [given.site * 3 // 10, *([] if given.quick else [given.site * 3])]
    print(f"{'':34} {'measured':>8} {'target':>8}")
    with tempfile.TemporaryDirectory(prefix="claimbook-bench-") as folder:
        work = Path(folder)
        for steps in (
            draft_rows(),
            vet_rows(work, given.claims, times),
            crawl_rows(work, 200 if given.quick else 2_000),
            check_rows(work, given.claims, times),
            site_rows(work, given.site, sizes, times),
        ):
            for what, measured, name, behind in steps:
                target = TARGETS.get(name, math.inf)
                reached = "reached" if measured <= target else "MISSED"
                asked, reached = (f"<= {target:g}", reached) if name else ("", "")
                print(f"{what:34} {measured:8.2f} {asked:>8}  {reached:8} {behind}", flush=True)


if __name__ == "__main__":
    main()
