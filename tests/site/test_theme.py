"""What we change in the theme's HTML, on a page as the theme writes it, in short."""

import base64
import hashlib
import re

import pytest

from claimbook.site.theme import finish, not_found, secure

EVIL = "<script>evil()</script>"
PAGE = """<head>
<meta charset="utf-8">
<meta name="description" content="What &quot;it&quot; says.">
<title>A "title" - claimbook</title>
</head>
<script>theme()</script>
<div data-md-component="skip">
 <a href="#deep" class="md-skip">Skip</a>
</div>
<header><nav>x</nav>
</header>
<article class="md-content__inner md-typeset">{}</article>"""


def digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@pytest.mark.parametrize(
    "added",
    [
        '<meta property="og:description" content="What &quot;it&quot; says.">',
        '<meta property="og:title" content="A &quot;title&quot; - claimbook">',
        'type="application/atom+xml" title="Pages read and judged" href="../feed.xml">',
        '<div data-md-component="skip"><a href="#content" class="md-skip">Skip to content</a>\n',
        '<article id="content" class="md-content__inner md-typeset"><p>x</p></article>',
        '<a class="cb-find md-header__button" href="../search.html">Search</a>\n</nav>',
        f"script-src 'self' file: 'wasm-unsafe-eval' 'sha256-{digest('theme()')}'; style-src",
    ],
)
def test_what_the_theme_leaves_out_is_added(added: str) -> None:
    html = finish(PAGE.format("<p>x</p>"), "<p>x</p>", "..")
    assert html.count(added) == 1
    assert "#deep" not in html


def test_script_in_content_is_not_allowed_by_its_hash() -> None:
    content = f"<p>{EVIL}</p>"
    assert digest("evil()") not in secure(PAGE.format(content), content)
    assert digest("evil()") in secure(PAGE.format(EVIL), "")


def test_page_for_addresses_that_lead_nowhere_loads_nothing_and_escapes_what_it_is_told() -> None:
    html = not_found('Salt & <b>"water"</b>', "https://example.org/a&b/", ["claims", "pages"])
    assert "<b>" not in html
    assert not re.search(r"<(link|img)|src=", html)
    script = html.partition("<script>")[2].partition("</script>")[0]
    assert digest(script) in html
    assert '"https://example.org/a\\u0026b/"' in script
