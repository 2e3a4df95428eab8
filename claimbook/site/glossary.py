"""Words that patients may not know, made to tell what they mean: each once a page, where a reader meets it first."""

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import escape

from claimbook.records import GlossaryTerm

_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = re.compile(  # where nothing is explained: links, headings, pictures, and the words of others
    r"<(/?)(a|h[1-6]|button|summary|svg|figure|script|style|select|textarea|blockquote|q|pre|code|label|caption|th)\b",
    re.IGNORECASE,
)


def annotate_terms(html: str, glossary: Mapping[str, GlossaryTerm], more: str) -> str:
    """A page with a button at the first place of every term and, at the end, what each of them shows.

    It needs no script: a button opens its popover when it is pressed or tapped, and tells its meaning when it is pointed at.

    Args:
        html: the page; its texts are escaped.
        glossary: the terms.
        more: the address of the page of all terms.
    """
    if not glossary:
        return html
    pattern, of = _pattern(tuple(glossary.values()))
    met: dict[str, GlossaryTerm] = {}

    def button(match: re.Match[str]) -> str:
        term = of[match[0].casefold()]
        if term.id in met:
            return match[0]
        met[term.id] = term
        return (
            f'<button type="button" class="cb-term" popovertarget="term-{term.id}" title="{escape(term.means)}">{match[0]}</button>'
        )  # fmt: skip

    pieces, depth = _TAG.split(html), 0
    for index, piece in enumerate(pieces):
        if index % 2:
            if (closed := _CLOSED.match(piece)) and not piece.endswith("/>"):
                depth += -1 if closed[1] else 1
        elif not depth:
            pieces[index] = pattern.sub(button, piece)
    meanings = (
        f'<div id="term-{term.id}" class="cb-meaning" popover><p><strong>{escape(term.words[0])}</strong>: {escape(term.means)}</p>'
        f'<p class="cb-small"><a href="{escape(more)}#{term.id}">All words explained</a></p></div>\n'
        for term in met.values()
    )
    return "".join([*pieces, *meanings])


@lru_cache(maxsize=1)
def _pattern(terms: tuple[GlossaryTerm, ...]) -> tuple[re.Pattern[str], dict[str, GlossaryTerm]]:
    """What finds any word of any term, the longest first, and the term of each word; both as they stand in HTML."""
    of = {str(escape(word)).casefold(): term for term in terms for word in term.words}
    words = "|".join(re.escape(word) for word in sorted(of, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![\w&;-])(?:{words})(?![\w-])", re.IGNORECASE), of
