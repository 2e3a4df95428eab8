"""Explains medical words on a page, each at the first place where a reader meets it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import escape

from claimbook.language.phrases import any_of
from claimbook.records import GlossaryTerm

_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = re.compile(  # where nothing is explained: links, headings, pictures, others' words
    r"<(/?)(a|h[1-6]|button|summary|svg|figure|script|style|select|textarea|blockquote|q|pre|code"
    r"|label|caption|th)\b",
    re.IGNORECASE,
)
_BUTTON = '<button type="button" class="cb-term" popovertarget="term-{}" title="{}">{}</button>'
_TOGETHER = '<span class="cb-together">{}{}</span>'  # a line may end after a button
_MEANING = (
    '<div id="term-{}" class="cb-meaning" popover><p><strong>{}</strong>: {}</p>'
    '<p class="cb-small"><a href="{}">All words explained</a></p></div>\n'
)


def annotate_terms(html: str, glossary: Mapping[str, GlossaryTerm], more: str) -> str:
    """A page with a button at the first place of every term and, at the end, their meanings.

    It needs no script: a button opens its popover, and tells its meaning when it is pointed at.

    Args:
        html: the page; its texts are escaped.
        more: the address of the page of all terms.
    """
    if not glossary:
        return html
    pattern, terms = _pattern(tuple(glossary.values()))
    met: dict[str, GlossaryTerm] = {}

    def button(match: re.Match[str]) -> str:
        word, after = match.groups()
        term = terms[word.casefold()]
        if term.id in met:
            return match[0]
        met[term.id] = term
        made = _BUTTON.format(term.id, escape(term.means), word)
        return _TOGETHER.format(made, after) if after else made

    pieces, depth = _TAG.split(html), 0
    for index, piece in enumerate(pieces):
        if index % 2:
            if (closed := _CLOSED.match(piece)) and not piece.endswith("/>"):
                depth += -1 if closed[1] else 1
        elif not depth:
            pieces[index] = pattern.sub(button, piece)
    meanings = (
        _MEANING.format(term.id, escape(term.words[0]), escape(term.means), f"{more}#{term.id}")
        for term in met.values()
    )
    return "".join([*pieces, *meanings])


@lru_cache(maxsize=1)
def _pattern(terms: tuple[GlossaryTerm, ...]) -> tuple[re.Pattern[str], dict[str, GlossaryTerm]]:
    """A pattern of all words of all terms, the longest first, and the term of each word."""
    by_word = {str(escape(word)).casefold(): term for term in terms for word in term.words}
    words = rf"(?<![\w&;-])({any_of(by_word)})(?![\w-])([,.;:!?)]*)"
    return re.compile(words, re.IGNORECASE), by_word
