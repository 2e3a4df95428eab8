"""How MkDocs writes the site: its hooks, and a run of it. Only `preview` knows MkDocs, too.

MkDocs is handed every generated page from memory, with HTML and headings ready, so that nothing
generated lands in `docs/` and no page is parsed twice. `config.extra["site"]` holds the site.
"""

import datetime
import logging
import os
import posixpath
import sys
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.structure.files import File
from mkdocs.structure.toc import AnchorLink, TableOfContents

from claimbook.records import LoadError, UserError
from claimbook.site import output_folder, theme
from claimbook.site.build import Site, build

PROGRAM = Path(__file__).parents[2].resolve()
ROOT = Path(os.environ.get("CLAIMBOOK_ROOT") or PROGRAM).resolve()
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def write_site(out: Path, strict: bool) -> Site:
    """Build the site, let MkDocs write it into a fresh folder, and put that in place of *out*.

    Raises:
        LoadError, UserError: nothing was built (`build`), or no site may be written there.
        MkDocsException: MkDocs stopped; an earlier site is as it was.
    """
    output_folder.refuse(out, ROOT, PROGRAM)
    out = out.resolve()
    site = build(ROOT)
    if strict and not any(path.startswith("assets/vendor/pyodide") for path in site.files):
        raise MkDocsException("Check your copy has no checker, and --strict takes no warning")
    with output_folder.beside(out) as folder:
        fresh = folder / "site"
        _run_mkdocs(site, fresh, strict)
        output_folder.refuse(out, ROOT, PROGRAM)  # again: building takes a while
        output_folder.replace(out, fresh)
    return site


def _run_mkdocs(site: Site, out: Path, strict: bool) -> None:
    # The day the newest page was read, so that builds are reproducible.
    newest = max(page.read for page in site.report.base.pages.values())
    midnight = datetime.datetime.combine(newest, datetime.time(), datetime.UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
    logger, handler = logging.getLogger("mkdocs"), logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    logger.addHandler(handler)
    config = configuration(site, out, strict)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    except Abort as stopped:  # also a `SystemExit`
        raise MkDocsException(stopped.format_message()) from stopped
    finally:
        config.plugins.on_shutdown()
        logger.removeHandler(handler)


def configuration(site: Site, out: Path, strict: bool = False) -> MkDocsConfig:
    """How MkDocs writes a site into a folder."""
    config = load_config(str(PROGRAM / "mkdocs.yml"), site_dir=str(out), strict=strict)
    config.extra["site"] = site
    return config


# --- hooks ----------------------------------------------------------------------------------------


def on_files(files: Any, config: Any) -> Any:
    """Add every generated page and data file."""
    if "site" not in config.extra:  # run by MkDocs itself
        try:
            config.extra["site"] = build(ROOT)
        except (LoadError, UserError) as error:
            raise PluginError(f"the base cannot be shown:\n{error}") from error
    site: Site = config.extra["site"]
    config.site_description = site.pages["index.md"].title  # of pages without one
    for path in site.pages:
        files.append(File.generated(config, path, content=""))
    # without an address the sitemap is empty
    sitemap = f"Sitemap: {config.site_url}sitemap.xml\n" if config.site_url else ""
    robots = {"robots.txt": f"User-agent: *\nAllow: /\n{sitemap}"}
    for path, content in {**site.files, **robots}.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_pre_page(page: Any, config: Any, files: Any) -> Any:  # noqa: ARG001 - MkDocs calls it so
    """Give a generated page its HTML, past the Markdown parser."""
    generated = config.extra["site"].pages.get(page.file.src_uri)
    if generated is None:
        return page

    def read_source(*_: Any) -> None:
        no_neighbours = [] if page.parent else ["navigation"]
        page.markdown = ""
        page.meta = {
            "title": escape(generated.title),
            "description": escape(generated.description),
            "hide": ["navigation", "toc"] if page.is_homepage else no_neighbours,
        }

    def render(*_: Any) -> None:
        page.content = generated.html
        page.toc = TableOfContents(
            [AnchorLink(title, anchor, 2) for anchor, title in generated.sections]
        )

    page.read_source, page.render = read_source, render
    return page


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Add what the theme leaves out."""
    generated = config.extra["site"].pages.get(page.file.src_uri)
    up = posixpath.relpath(".", posixpath.dirname(page.file.src_uri) or ".")
    return theme.finish(output, generated.html if generated else page.content, up)


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """Put our own page in the place of the theme's for addresses that lead nowhere."""
    if template_name != "404.html":
        return output_content
    pages = config.extra["site"].pages
    folders = sorted({path.partition("/")[0] for path in pages if "/" in path})
    return theme.not_found(pages["index.md"].title, config.site_url or "", folders)
