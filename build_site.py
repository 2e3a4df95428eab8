"""The site: a hook when MkDocs loads this file, a command when it is run. The one file that knows MkDocs.

As a hook it hands MkDocs every generated page from memory, with HTML and headings ready, so that nothing generated lands in
`docs/` and no page is parsed twice. As a command it checks, renders and builds into a fresh folder, and only a whole site
replaces an earlier one.
"""

import argparse
import base64
import gc
import hashlib
import json
import os
import posixpath
import re
import shutil
import signal
import subprocess
import sys
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from claimbook.site import output_folder

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
ROOT = Path(os.environ.get("CLAIMBOOK_ROOT") or Path(__file__).parent).resolve()
UNSEEN = ROOT / "tests" / "gold" / "unseen.yaml"
HERE = Path(__file__).parent.resolve()
CHANGES = 10  # of each record are shown
_PAGES: dict[str, Any] = {}  # what the running build renders, by path
_REPORT: Any = None  # what the command has loaded and checked, for the hook in the same process


def rendered(edit: str = "") -> tuple[dict[str, Any], dict[str, str | bytes | Path]]:
    """Every generated page, and every other file as content or as a file to copy, by path; raises `LoadError` for an unsound base.

    Args:
        edit: the address of the folder in which records can be edited, where there is one.
    """
    from claimbook.loading.bibtex_file import citations
    from claimbook.loading.load import load
    from claimbook.loading.schemas import data_schemas
    from claimbook.rules.check import check
    from claimbook.site import exports
    from claimbook.site.render import RecordSource, files, render
    from claimbook.vetting.vet import Vetter

    gc.disable()  # nearly everything made here stays until the end
    report = getattr(sys.modules.get("__main__"), "_REPORT", None) or check(load(ROOT))

    def dumped(data: Any) -> str:
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    carried, checker = _checker(report.base)
    data: dict[str, str | bytes | Path] = {
        **carried,
        "data/claims.json": dumped(exports.claims(report)),
        "data/sources.json": dumped(exports.sources(report)),
        "data/pages.json": dumped(exports.pages(report)),
        "data/flags.json": dumped(exports.flags(report)),
        "data/claims.csv": exports.claims_csv(report),
        "data/references.bib": exports.bibtex(report),
        "data/sources.ris": exports.ris_file(report),
        **{f"data/{name}": dumped(schema) for name, schema in data_schemas(exports.DATA).items()},
        **files(report),
    }
    changes = _changes()
    kept = {
        file: RecordSource(
            (ROOT / file).read_text(encoding="utf-8"),
            f"{edit.rstrip('/')}/{file}" if edit else "",
            changes.get(file, ()),
        )
        for file in (claim.at.file for claim in report.base.claims.values())
    }
    vetter = Vetter(report.base)
    pages = render(
        report,
        citations(report.base.references.values()),
        kept,
        vetter.clean,
        checker,
        _measured(vetter),
    )
    gc.freeze()
    gc.enable()
    return pages, data


def _measured(vetter: Any) -> dict[str, Any]:
    """How well drafts are read, on the passages that nobody looks at; nothing where they are not there."""
    import yaml

    from claimbook.vetting.evaluation import measure, passages

    if not UNSEEN.exists():
        return {}
    return measure(
        passages(yaml.load(UNSEEN.read_bytes(), Loader=yaml.CSafeLoader)), vetter
    ).as_data()


def _checker(base: Any) -> tuple[dict[str, Path | bytes], Any]:
    """What "Check your copy" runs; where it cannot be had the site is built without it, and that is said."""
    from claimbook.site import pyodide_bundle

    try:
        return pyodide_bundle.checker(base)
    except pyodide_bundle.NotHereError as error:
        print(
            f"warning: the page Check your copy is built without its checker: {error}",
            file=sys.stderr,
        )
        return {}, None


def _changes() -> dict[str, tuple[tuple[str, str], ...]]:
    """The last changes of each file of claims, as Git tells them (day, subject); none without Git, or where its history is cut off."""
    git = ["git", "-C", str(ROOT)]
    try:
        shallow = subprocess.run(
            [*git, "rev-parse", "--is-shallow-repository"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        log = [
            "log",
            "--relative",
            "--name-only",
            "--no-renames",
            "--no-merges",
            "--date=short",
            "--format=%x01%ad%x02%s",
            "-z",
            "--",
            "claims",
        ]
        told = subprocess.run(
            [*git, *log], capture_output=True, text=True, encoding="utf-8", check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return {}
    found: dict[str, list[tuple[str, str]]] = {}
    for commit in told.split("\x01")[1:] if shallow.strip() == "false" else ():
        head, *names = commit.replace("\n", "\0").split("\0")
        day, _, subject = head.partition("\x02")
        for name in filter(None, names):
            found.setdefault(name, []).append((day, subject))
    return {name: tuple(some[:CHANGES]) for name, some in found.items()}


def front_matter(page: Any) -> str:
    """A page as a Markdown file that any generator can read: its title and description, and its HTML."""
    head = json.dumps(
        {"title": escape(page.title), "description": escape(page.description)}, ensure_ascii=False
    )  # the theme does not escape them
    return f"---\n{head}\n---\n\n<div>\n{_unindented(page.html)}\n</div>\n"


def _unindented(html: str) -> str:
    """HTML without blank lines, which end a block of HTML in Markdown, except inside preformatted text."""
    pieces = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    return "".join(
        re.sub(r"\n{2,}", "\n", p) if not p.startswith("<pre>") else p.replace("\n\n", "\n&#10;")
        for p in pieces
    )


# --- hooks ------------------------------------------------------------------------------------------------------------


def on_files(files: Any, config: Any) -> Any:
    """Add every generated page and data file, in memory."""
    from mkdocs.exceptions import PluginError
    from mkdocs.structure.files import File

    from claimbook.records import LoadError

    try:
        pages, data = rendered(config.extra.get("edit") or "")
    except LoadError as error:
        raise PluginError(f"the base cannot be loaded:\n{error}") from error
    _PAGES.clear()
    _PAGES.update(pages)
    for path in pages:
        files.append(File.generated(config, path, content=""))
    sitemap = (
        f"Sitemap: {config.site_url}sitemap.xml\n" if config.site_url else ""
    )  # which is empty without an address
    for path, content in {**data, "robots.txt": f"User-agent: *\nAllow: /\n{sitemap}"}.items():
        given = (
            {"abs_src_path": os.fspath(content)}
            if isinstance(content, Path)
            else {"content": content}
        )
        files.append(File.generated(config, path, **given))
    return files


def on_pre_page(page: Any, config: Any, files: Any) -> Any:
    """Give a generated page its HTML and headings as they are, past the Markdown parser and past the search plugin's."""
    if (made := _PAGES.get(page.file.src_uri)) is not None:

        def read(*_: Any) -> None:
            page.markdown = ""
            page.meta = {
                "title": escape(made.title),
                "description": escape(made.description),
                "search": {"exclude": True},
            }
            page.meta["hide"] = (
                ["navigation", "toc"] if page.is_homepage else [] if page.parent else ["navigation"]
            )  # no neighbours to list

        def ready(*_: Any) -> None:
            from mkdocs.structure.toc import AnchorLink, TableOfContents

            page.content = made.html
            page.toc = TableOfContents(
                [AnchorLink(title, anchor, 2) for anchor, title in made.sections]
            )

        page.read_source, page.render = read, ready
    return page


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Render the theme once around all pages of a folder that have the same headings: they differ in title and words alone."""
    import jinja2

    title, description, content = (
        "claimbook-title-here",
        "claimbook-description-here",
        "<h1>claimbook-content-here</h1>",
    )
    address = "https://claimbook-address-here/"
    shells: dict[Any, str] = {}

    class Shared(jinja2.Template):
        def render(self, *args: Any, **kwargs: Any) -> str:
            context = dict(*args, **kwargs)
            page: Any = context.get("page")
            made = _PAGES.get(page.file.src_uri) if page else None
            if (
                made is None
                or page.file.name == "index"
                or page.parent
                or any(page is one for one in context["nav"].pages)
            ):
                return super().render(context)
            if escape(
                made.title + made.description
            ) != made.title + made.description or made.title != " ".join(made.title.split()):
                return super().render(context)  # the theme writes such a title in two ways
            key = (posixpath.dirname(page.file.src_uri), tuple(made.sections))
            if key not in shells:
                page.meta |= {"title": title, "description": description}
                page.content = content
                canonical, page.canonical_url = page.canonical_url, page.canonical_url and address
                shells[key] = super().render(context)
                page.canonical_url = canonical
            shell = shells[key].replace(title, made.title).replace(description, made.description)
            shell = shell.replace(address, page.canonical_url or "")
            return shell.replace(content, made.html, 1)

    env.template_class = Shared
    return env


def on_post_build(config: Any) -> None:
    """Add the generated pages to the search index: a title and the words that somebody may look for, and nothing else.

    Runs after the search plugin has written the index and before the offline plugin makes a script of it.
    """
    path = Path(config.site_dir) / "search" / "search_index.json"
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] += [
        {
            "location": path.removesuffix(".md") + ".html",
            "title": escape(page.title, quote=False),
            "text": escape(page.words, quote=False),
        }
        for path, page in _PAGES.items()
    ]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Add the policy and the feed, a way past the header to the content, and a name for the search dialog, which the theme leaves out."""
    made = _PAGES.get(page.file.src_uri)
    feed = posixpath.relpath("feed.xml", posixpath.dirname(page.file.src_uri) or ".")
    output = _secured(output, made.html if made else page.content)
    output = _NAMED.sub(_shared, output, count=1)
    output = _SKIP.sub(
        f'{_SKIP_MARK}<a href="#content" class="md-skip">Skip to content</a>', output, count=1
    )
    output = output.replace(
        '<article class="md-content__inner', '<article id="content" class="md-content__inner', 1
    )
    # not "alternate" alone: for that the theme looks for other languages in the sitemap, which cannot be asked from disk
    output = output.replace(
        "</title>",
        f'</title>\n<link rel="alternate feed" type="application/atom+xml" title="Pages read and judged" href="{feed}">',
        1,
    )
    return output.replace(
        'data-md-component="search" role="dialog"',
        'data-md-component="search" role="dialog" aria-label="Search"',
        1,
    )


# what a page is called where somebody shares its address
_NAMED = re.compile(
    r'<meta name="description" content="([^"]*)">(.*?)<title>(.*?)</title>', re.DOTALL
)


def _shared(found: re.Match[str]) -> str:
    head = f'<meta property="og:type" content="article">\n<meta property="og:description" content="{found[1]}">'
    title = found[3].replace('"', "&quot;")
    return f'{head}\n<meta property="og:title" content="{title}">\n{found[0]}'


_SKIP_MARK = '<div data-md-component="skip">'
_SKIP = re.compile(
    re.escape(_SKIP_MARK) + r'(?:\s*<a href="[^"]*" class="md-skip">.*?</a>)?', re.DOTALL
)  # the theme's leads past the answer


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """The same for the one page that is no page to MkDocs."""
    return _secured(output_content, "") if template_name == "404.html" else output_content


# `file:` is for a site opened from disk in a browser for which such a page is not the 'self' of its neighbours; elsewhere it
# allows nothing, as no page from the network may load a file.
_POLICY = (
    "default-src 'none'; script-src 'self' file: {hashes}; style-src 'self' file:; img-src 'self' file: data:; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)


def _secured(output: str, content: str) -> str:
    """The page with a policy by which no script runs but the site's files and the theme's own inline scripts.

    The inline scripts of the theme are named by their hashes; one in the page's *content* is not, so it does not run.
    """
    scripts = re.findall(
        r"<script>(.*?)</script>", output.replace(content, "", 1) if content else output, re.DOTALL
    )
    policy = _POLICY.format(hashes=" ".join(dict.fromkeys(map(_hash, scripts))))
    mark = '<meta charset="utf-8">'
    return output.replace(
        mark, f'{mark}\n<meta http-equiv="Content-Security-Policy" content="{policy}">', 1
    )


@lru_cache(maxsize=256)
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


# --- command ----------------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Check, render, write the site. 0: built; 2: not built, and an earlier site is as it was; 130: the same, by an interrupt."""
    parser = argparse.ArgumentParser(
        description="Check the records, render them and write the site."
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=ROOT / "site",
        metavar="DIR",
        help="where to write the site (default: site/)",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="also stop on warnings of the site generator",
    )
    parser.add_argument(
        "--pages",
        type=Path,
        metavar="DIR",
        help="write the generated pages as Markdown into DIR, and stop",
    )
    given = parser.parse_args(arguments)
    from claimbook.records import LoadError

    try:
        if given.pages:
            return _write_pages(given.pages)
        return _build(given.out, given.strict)
    except LoadError as error:
        print(error, file=sys.stderr)
        print(
            f"{len(error.problems)} problem{'s' * (len(error.problems) != 1)}: nothing was built",
            file=sys.stderr,
        )
        return 2
    except (OSError, output_folder.RefusedError) as error:
        print(f"cannot write: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def _write_pages(folder: Path) -> int:
    pages, data = rendered()
    if (HERE / "docs").is_dir():
        shutil.copytree(HERE / "docs", folder, dirs_exist_ok=True)
    for path, content in [
        *((path, front_matter(page)) for path, page in pages.items()),
        *data.items(),
    ]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, folder / path)
        else:
            (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    print(f"{len(pages)} pages written to {folder}")
    return 0


def _build(out: Path, strict: bool) -> int:
    from claimbook.loading.load import load
    from claimbook.rules.check import check

    output_folder.refuse(out, ROOT, HERE)
    out = out.resolve()
    report = check(load(ROOT))  # problems stop here, before MkDocs starts
    if faults := report.faults:
        print("\n".join(map(str, faults)), file=sys.stderr)
        errors = f"{len(faults)} error{'s' * (len(faults) != 1)}"
        print(f"{errors} in our own records: nothing was built", file=sys.stderr)
        return 2
    with output_folder.beside(out) as folder:
        fresh = folder / "site"
        if not _mkdocs(report, fresh, strict):
            print("nothing was built", file=sys.stderr)
            return 2
        output_folder.refuse(out, ROOT, HERE)  # again: building takes a while
        output_folder.replace(out, fresh)
    print(
        f"{len(report.base.claims)} claims, {len(report.base.occurrences)} passages, {len(report.flags)} flags: {out}/index.html"
    )
    return 0


def _mkdocs(report: Any, out: Path, strict: bool) -> bool:
    """Run MkDocs in this process, with what is loaded already; whether it built the site."""
    global _REPORT
    import click
    from mkdocs.__main__ import cli

    os.environ.setdefault("SOURCE_DATE_EPOCH", str(_day(report)))
    command = [
        "--quiet",
        "build",
        "--config-file",
        str(HERE / "mkdocs.yml"),
        "--site-dir",
        str(out),
    ]
    _REPORT = report
    try:
        cli([*command, "--strict" if strict else "--no-strict"], standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return False
    except click.Abort as interrupted:
        raise KeyboardInterrupt from interrupted
    except SystemExit as stopped:
        return not stopped.code
    finally:
        _REPORT = None
    return True


def _day(report: Any) -> int:
    """The day the newest page was read, as seconds since 1970: the same base builds the same bytes on any day."""
    import datetime

    newest = max(page.read for page in report.base.pages.values())
    return int(datetime.datetime.combine(newest, datetime.time(), datetime.UTC).timestamp())


if __name__ == "__main__":
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # to be stopped is to be interrupted: temporary folders go
    raise SystemExit(main())
