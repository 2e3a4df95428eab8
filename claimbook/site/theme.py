"""What we change in the HTML that the theme writes: a security policy, a feed, sharing, access."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

import jinja2

# `file:` is for a site opened from disk in a browser for which such a page is not the 'self' of
# its neighbours; elsewhere it allows nothing, as no page from the network may load a file. `blob:`
# and 'wasm-unsafe-eval' are for the engine: a page opened from disk may start no other worker, and
# such a worker, which runs Python as WebAssembly, keeps to the policy of its page.
_POLICY = (
    "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval' {hashes}; "
    "style-src 'self' file:; img-src 'self' file: data:; connect-src 'self'; "
    "worker-src blob:; base-uri 'none'; form-action 'none'"
)
_CHARSET = '<meta charset="utf-8">'
_SKIP_MARK = '<div data-md-component="skip">'
_SKIP = re.compile(  # the theme's own link leads past the answer
    re.escape(_SKIP_MARK) + r'(?:\s*<a href="[^"]*" class="md-skip">.*?</a>)?', re.DOTALL
)
_NAMED = re.compile(
    r'<meta name="description" content="([^"]*)">(.*?)<title>(.*?)</title>', re.DOTALL
)
# `alternate` alone would make the theme look for other languages in the sitemap, which cannot be
# fetched from disk.
_FEED = (
    '<link rel="alternate feed" type="application/atom+xml" '
    'title="Pages read and judged" href="{}">'
)


_HEADER_END = re.compile(r"</nav>\s*(?=</header>)")
_SEARCH = """\
<form class="cb-find" role="search" aria-label="Search" autocomplete="off" hidden data-find="{0}">
<input type="search" name="words" placeholder="Ask, or paste a sentence" spellcheck="false" \
aria-label="Ask, or paste a sentence">
</form>
<a class="cb-find md-header__button" href="{0}">Search</a>
"""


def finish(html: str, content: str, up: str) -> str:
    """A page with what the theme leaves out.

    Args:
        html: the page as the theme wrote it.
        content: the part of it that is ours.
        up: the address of the site's root, relative to the page.
    """
    html = _NAMED.sub(_with_sharing, secure(html, content), count=1)
    skip = f'{_SKIP_MARK}<a href="#content" class="md-skip">Skip to content</a>'
    html = _SKIP.sub(skip, html, count=1)
    article = '<article class="md-content__inner'
    html = html.replace(article, article.replace("<article", '<article id="content"'), 1)
    html = html.replace("</title>", f"</title>\n{_FEED.format(f'{up}/feed.xml')}", 1)
    search = _SEARCH.format(f"{up}/search.html")
    return _HEADER_END.sub(lambda end: search + end[0], html, count=1)


def secure(html: str, content: str) -> str:
    """A page with a policy by which only the site's files and the theme's inline scripts run.

    The theme's inline scripts are allowed by their hashes. One in *content* is not, so it does
    not run.
    """
    shell = html.replace(content, "", 1) if content else html
    scripts = re.findall(r"<script>(.*?)</script>", shell, re.DOTALL)
    policy = _POLICY.format(hashes=" ".join(dict.fromkeys(map(_hash, scripts))))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n{meta}", 1)


def not_found(title: str, address: str, folders: Iterable[str]) -> str:
    """The page for addresses that lead nowhere, which works at any of them.

    Args:
        title: what the site is about.
        address: of the site's root; empty where it is not known. The page then looks for the root
            by itself: before the first of its *folders*, or beside itself.
        folders: of the site, at its root.
    """
    engine = jinja2.Environment(
        loader=jinja2.PackageLoader("claimbook.site"), autoescape=True, trim_blocks=True
    )
    engine.filters["source_hash"] = _hash
    page = engine.get_template("not_found.html.jinja")
    return page.render(title=title, address=address, folders=folders).lstrip() + "\n"


def _with_sharing(head: re.Match[str]) -> str:
    """The title and description again, as sites on which an address is shared read them."""
    title = head[3].replace('"', "&quot;")
    return (
        '<meta property="og:type" content="article">\n'
        f'<meta property="og:description" content="{head[1]}">\n'
        f'<meta property="og:title" content="{title}">\n{head[0]}'
    )


@lru_cache(maxsize=256)
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
