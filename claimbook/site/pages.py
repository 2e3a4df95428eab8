"""Every page of the site by its path, from a table of the kinds of page."""

import json
import posixpath
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

import jinja2

from claimbook.rules.check import Report, all_rules
from claimbook.site import (
    board,
    claims,
    clinic_pages,
    differences,
    evidence_map,
    front,
    json_ld,
    overviews,
    questions,
    search_index,
    sources,
)
from claimbook.site.context import Content, Context, environment
from claimbook.site.file_formats import FileContent
from claimbook.site.filters import claim_rows, passage_rows, table
from claimbook.site.glossary import annotate_terms
from claimbook.site.words import WORDS, record_titles

FEED = 100  # entries of the feed: the pages that were read last


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: its template, what fills it, and whether medical words are explained."""

    template: str
    contents: Callable[[Context], Iterable[Content]]
    annotated: bool = False


def _single(
    path: str,
    template: str,
    data: Callable[[Context], Mapping[str, Any]] = lambda _: {},
    annotated: bool = False,
) -> PageKind:
    """The kind of a page of which there is one; its title is in `words.yaml`."""
    title, description = WORDS["pages"][template]
    return PageKind(
        template, lambda c: [Content(path, title, description, partial(data, c))], annotated
    )


KINDS = (
    PageKind("front", front.page),
    _single("questions/index.md", "questions", questions.index, annotated=True),
    _single("claims/index.md", "claims", lambda c: table(claim_rows(c.report), c.base)),
    _single("pages/index.md", "clinic_pages"),
    _single("sources/index.md", "sources", sources.index),
    _single("passages.md", "passages", lambda c: table(passage_rows(c.report), c.base)),
    _single("audit.md", "audit", sources.audit),
    PageKind("board", board.page),
    _single("contradictions.md", "contradictions", differences.contradictions),
    _single("overview/silence.md", "omissions", overviews.omissions),
    _single("overview/evidence-map.md", "evidence_map", evidence_map.page),
    _single("overview/one-group.md", "one_group", overviews.one_group),
    _single("flags.md", "flags", overviews.flags),
    _single("glossary.md", "glossary"),
    _single("method/searching.md", "searching", overviews.searching),
    _single("method/corrections.md", "corrections", overviews.corrections),
    _single("method/reviews.md", "reviews", overviews.reviews),
    _single("search.md", "search", lambda c: {"groups": [*questions.by_heading(c.base)]}),
    _single("check/index.md", "checker"),
    _single("rules/index.md", "rules", lambda _: {"rules": all_rules().values()}),
    PageKind("question", questions.pages, annotated=True),
    PageKind("claim", claims.pages, annotated=True),
    PageKind("clinic_page", clinic_pages.pages, annotated=True),
    PageKind("source", sources.pages),
    PageKind("rule", overviews.rule_pages),
)


@dataclass(frozen=True)
class SitePage:
    """One page: title, a line for search engines, HTML, and the files that stand beside it.

    The last two are made when they are first asked for.
    """

    title: str
    description: str
    _make: Callable[[], tuple[str, Mapping[str, FileContent]]]

    @cached_property
    def _made(self) -> tuple[str, Mapping[str, FileContent]]:
        return self._make()

    @property
    def html(self) -> str:
        """What stands below the head of the theme."""
        return self._made[0]

    @property
    def downloads(self) -> Mapping[str, FileContent]:
        """The files beside it, by path."""
        return self._made[1]

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The anchors and titles of its second-level headings."""
        return [
            (anchor, re.sub(r"<[^>]+>", "", title))
            for anchor, title in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', self.html, re.DOTALL)
        ]


def render(
    report: Report, clean: claims.Clean | None = None, corrections: str = ""
) -> dict[str, SitePage]:
    """Every generated page by its path below the site's root, as far as a base alone makes it.

    Args:
        clean: tells which sentences may be offered to writers; without it none is.
        corrections: where corrections are sent, an e-mail or web address; empty where nowhere.
    """
    offered = claims.suggestions(report, clean) if clean else {}
    return render_pages(Context(report, suggestions=offered, corrections=corrections))


def render_pages(context: Context) -> dict[str, SitePage]:
    """Every generated page by its path below the site's root."""
    engine = environment(context.report)
    return {
        content.path: SitePage(
            content.title, content.description, partial(_made, kind, content, context, engine)
        )
        for kind in KINDS
        for content in kind.contents(context)
    }


def _made(
    kind: PageKind, content: Content, context: Context, engine: jinja2.Environment
) -> tuple[str, Mapping[str, FileContent]]:
    """The HTML of a page, and the files beside it."""
    data = content.data() if callable(content.data) else content.data
    url = partial(_url, posixpath.dirname(content.path))
    given = {"url": url, "checker": context.checker, "site": context.address}
    html = engine.get_template(f"{kind.template}.html.jinja").render(**data, **given)
    if kind.annotated:
        html = annotate_terms(html, context.base.glossary, url("glossary.html"))
    return html + _script(content, context.address), content.downloads(data)


def files(context: Context, pages: Mapping[str, SitePage]) -> dict[str, str]:
    """What stands beside the pages: the search index, a feed, and a page at every old address."""
    report, base, engine = context.report, context.base, environment(context.report)
    newest = sorted(base.pages.values(), key=lambda page: page.id)
    newest.sort(key=lambda page: page.read, reverse=True)
    feed = engine.get_template("feed.xml.jinja").render(
        pages=newest[:FEED],
        urn=lambda name: uuid.uuid5(uuid.NAMESPACE_URL, f"claimbook/{name}").urn,  # permanent
        site=context.address,
    )
    titles = record_titles(base)
    redirect = engine.get_template("redirect.html.jinja")
    redirects = {
        f"{old}.html": redirect.render(
            to=_url(posixpath.dirname(old), f"{new}.html"), title=titles.get(new, new)
        )
        for old, new in base.redirects.items()
    }
    index = search_index.script(
        report, {path: (page.title, page.description) for path, page in pages.items()}
    )
    written = {"feed.xml": feed, search_index.ADDRESS: index, **redirects}
    return {path: f"{text}\n" for path, text in written.items()}


@lru_cache(maxsize=65_536)
def _url(folder: str, path: str, anchor: str = "") -> str:
    """The address of a page as a page in *folder* writes it."""
    return posixpath.relpath(path, folder or ".") + (f"#{anchor}" if anchor else "")


def _script(content: Content, site: str) -> str:
    """JSON-LD as a script, which no text in it can end."""
    linked_data = content.linked_data
    if not linked_data:
        return ""
    if site:
        linked_data = json_ld.absolute(linked_data, f"{site}{content.path[:-3]}.html")
    data = json.dumps(linked_data, ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c")
    return f'<script type="application/ld+json">{data}</script>\n'
