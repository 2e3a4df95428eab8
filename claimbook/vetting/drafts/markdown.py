"""The words of Markdown, each with its place: CommonMark, tables, task lists, alerts, footnotes.

markdown-it finds out which letters of a file are words. Of the file a copy is made, as long as
before, in which every letter of markup has become a sign of `html`; what is left is read as HTML.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from claimbook.vetting.drafts.draft import (
    Draft,
    MarkupError,
    TextBuilder,
    Unread,
    line_starts,
    plain_lines,
)
from claimbook.vetting.drafts.html import BREAK, CELL, DROP, LITERAL, SOFT, HtmlReader

MAX_NESTING = 50  # of lists and quotes; what is deeper would not be read
MAX_BRACKETS = 200  # of a block: reading links takes time in the square of their number
_FRONT = re.compile(
    r"---[ \t]*\n(?=\s*[\w-]+[ \t]*:|[ \t]*#|---|\.\.\.)"
    r"(?:(?!(?:---|\.\.\.)[ \t]*$)[^\n]*\n){0,2000}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?:(?!\+\+\+)[^\n]*\n){0,2000}?\+\+\+[ \t]*(?:\n|\Z)")
_SHOWN_FIELD = re.compile(  # on one line, or on the lines below, which stand further in
    r"^(?P<indent>[ \t]*)(?:title|subtitle|headline|description|summary|excerpt|caption|alt)"
    r"[ \t]*[:=][ \t]*(?:[|>][-+0-9]{0,2}[ \t]*\n"
    r"(?P<block>(?:(?P=indent)[ \t]+\S[^\n]*\n|[ \t]*\n){1,200})"
    r"|(?:\"\"\"|\'\'\'|[\"'])?(?P<line>[^\s\"'][^\n]*?)(?:\"\"\"|\'\'\'|[\"'])?[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
_JSX_COMMENT = re.compile(r"\{/\*(?=[ \t\n])[ \t\n]((?:[^*]|\*(?!/)){0,2000})\*/\}")
# Of Material for MkDocs and of Python-Markdown: titles of boxes and tabs, and lists of attributes.
_BOX_TITLE = re.compile(
    r"^(?P<mark>[ \t]*(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?:[\w-]+[ \t]+){0,4}\")"
    r"(?P<title>[^\"\n]+)\"[ \t]*$",
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(
    r"\{:?(?:[ \t]*(?:[#.][\w-]{1,80}"
    r"|[\w-]{1,80}=(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[^\s\"'}]{1,200}))(?=[ \t}])){1,20}"
    r"[ \t]*\}"
)
_FOOTNOTE = re.compile(
    r"(?P<note>^[ \t>]*\[\^[^\]\n]{1,100}\]:)|\[\^[^\]\s]{1,100}\]", re.MULTILINE
)
_PIPE = re.compile(r"(?<!\\)\|")
_CONTAINER = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")  # what opens lists and quotes
_LITERAL = str.maketrans(LITERAL)


def read_markdown(text: str, name: str) -> Draft:
    """The words of a Markdown file.

    Raises:
        MarkupError: a comment, a script or a fence is never closed, or lists are nested too deep.
    """
    source, words = plain_lines(text), TextBuilder()
    markdown = _Markdown(_in_common_marks(source))
    HtmlReader(markdown.as_html(), words, source).read()
    words.unread += [Unread("the title of a link", place) for place in markdown.titled]
    return words.draft(name, source)


def _in_common_marks(source: str) -> str:
    """The text, as long as before, its marks of MDX and Python-Markdown as HTML or gone."""
    source = _JSX_COMMENT.sub(lambda match: f"<!--{match[1]}-->", source)
    source = _BOX_TITLE.sub(
        lambda match: (
            f"{DROP * len(match['mark'])}{match['title']}"
            + BREAK * (len(match[0]) - len(match["mark"]) - len(match["title"]))
        ),
        source,
    )
    return _ATTRIBUTES.sub(lambda match: DROP * len(match[0]), source)


class _State(StateInline):
    """Gives every inline token its offset in the block, as `meta["at"]`."""

    pending_at = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 (markdown-it's name)
        token = super().pushPending()
        token.meta["at"] = self.pending_at
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return tokens


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt()
    parser.inline = _Inline()
    options = {"maxNesting": MAX_NESTING, "tasklists": True, "alerts": True}
    parser.configure("commonmark", options_update=options)
    parser.enable(["table", "strikethrough"])
    return parser.disable(["inline", "fragments_join", "text_join"])  # each token keeps its place


def _literal(text: str) -> str:
    """The text with no letter that HTML would take for markup, and without marks of a highlight."""
    return text.translate(_LITERAL).replace("==", 2 * DROP)


class _Markdown:
    def __init__(self, source: str) -> None:
        self.titled: list[int] = []  # where links are that have a title
        self.source = source
        self.parts: list[str] = []
        self.done = 0  # how much of the file the parts stand for
        self.env: dict[str, Any] = {}  # markdown-it keeps definitions of links in it
        self.content = ""  # of a block, without the marks of its lists and quotes
        self.spans: list[tuple[int, int, int]] = []  # its lines: offset, place in the file, length

    def as_html(self) -> str:
        """The file, as long as before, its markup turned into the signs that `HtmlReader` knows.

        Raises:
            MarkupError: as for `read_markdown`.
        """
        front = self._front_matter()
        before = re.sub(r"[^\n]", " ", self.source[:front])
        self.source = before + _FOOTNOTE.sub(_footnote, self.source[front:])
        self.lines = line_starts(self.source)
        tokens = iter(_parser().parse(self.source.removesuffix("\n") + "\n", self.env))
        for token in tokens:
            if token.level >= MAX_NESTING - 1 and token.map:
                place = f"line {token.map[0] + 1}"
                raise MarkupError(f"lists or quotes more than {MAX_NESTING} deep ({place})")
            if token.type == "table_open" and token.map:
                self._table(*token.map)
                while next(tokens).type != "table_close":
                    pass
            elif token.map and token.nesting == 0:
                self._block(token, *token.map)
        self._put(len(self.source), "")
        return "".join(self.parts)

    def _put(self, place: int, text: str) -> None:
        """Put a text at its place; what stands between it and the text before is markup."""
        self.parts += [DROP * (place - self.done), text]
        self.done = place + len(text)

    def _line(self, number: int) -> tuple[int, str]:
        """Where a line of the file starts, and its text."""
        start = self.lines[number]
        end = self.lines[number + 1] - 1 if number + 1 < len(self.lines) else len(self.source)
        return start, self.source[start:end]

    def _end_block(self, line: int) -> None:
        """Mark the end of the block that ends before a line."""
        if line < len(self.lines):
            self._put(self.lines[line] - 1, BREAK)

    def _front_matter(self) -> int:
        """Put the fields of the front matter that readers see; where it ends."""
        front = _FRONT.match(self.source) or _TOML.match(self.source)
        for field in _SHOWN_FIELD.finditer(front[0]) if front else ():
            kind = "line" if field["block"] is None else "block"
            self._put(field.start(kind), _literal(field[kind]))
            end = field.end() if kind == "line" else field.end() - 1
            self._put(self.source.index("\n", end), BREAK)
        return front.end() if front else 0

    def _block(self, token: Token, first: int, end: int) -> None:
        kind = token.type
        if kind == "fence" and end - first - 1 == token.content.count("\n"):  # never closed
            if token.level == 0:
                raise MarkupError(f"a block of code that is never closed (line {first + 1})")
            # Its list or quote ends it; one without a line below its sign has no words.
            kind, first = "code_block" if token.content else kind, first + 1
        if kind in ("inline", "code_block", "html_block"):
            self.content = token.content.removesuffix("\n")
            self.spans = list(self._spans(first))
            if kind == "html_block":
                self._emit(0, len(self.content))
            else:  # indented code is read as copy: writers indent copy
                self._inline(kind == "code_block")
        self._end_block(end)

    def _spans(self, first: int) -> Iterator[tuple[int, int, int]]:
        """Where the lines of the block stand: each is the end of a line of the file."""
        offset = 0
        for number, line in enumerate(self.content.split("\n"), first):
            start, whole = self._line(number)
            bare = line if line in whole else line.lstrip(" \t")  # of a tab, spaces may be left
            yield offset + len(line) - len(bare), start + whole.rindex(bare), len(bare) + 1
            offset += len(line) + 1

    def _table(self, first: int, end: int) -> None:
        """Put the rows of a table; cells beyond its last column are words too."""
        for number in (first, *range(first + 2, end)):
            start, line = self._line(number)
            opening = _CONTAINER.match(line)
            at = opening.end() if opening else 0
            for pipe in (*_PIPE.finditer(line, at), None):
                stop = pipe.start() if pipe else len(line)
                self.content = line[at:stop].strip(" \t")
                place = start + line.index(self.content, at)
                self.spans = [(0, place, len(self.content))]
                self._inline()
                if pipe:
                    self._put(start + stop, CELL)
                    at = stop + 1
            self._end_block(number + 1)

    def _inline(self, lines_break: bool = False) -> None:
        content = self.content
        if content.count("[") > MAX_BRACKETS:
            content = content.replace("[", "(")
        parser = _parser()
        self._words(parser.inline.parse(content, parser, self.env, []), 0, lines_break)

    def _words(self, tokens: Iterable[Token], base: int, lines_break: bool) -> None:
        """Put the words among inline tokens, whose places count from an offset in the block."""
        end = base
        address = False  # inside <https://...>, which nobody reads as words
        for token in tokens:
            at = max(base + token.meta["at"], end)  # the signs of one run share a place
            size = len(token.content)
            match token.type:
                case "text" if not address:
                    self._emit(at, at + size, _literal)
                case "text_special" if token.info == "entity":
                    size = len(token.markup)
                    self._emit(at, at + size)
                case "text_special":  # an escaped letter, or a backslash that escapes none
                    at += len(token.markup) - size
                    self._emit(at, at + size, _literal)
                case "code_inline":
                    at += len(token.markup)
                    written = self.content[at : at + size].replace("\n", " ")
                    at += written != token.content  # a space at either end is no part of it
                    self._emit(at, at + size, _literal)
                case "html_inline":
                    self._emit(at, at + size)
                case "softbreak" if not lines_break:
                    self._emit(at, at + 1)
                case "softbreak" | "hardbreak":
                    self._emit(at, at + 1, lambda _: SOFT)
                case "image":
                    self._note_title(token, at)
                    self._words(token.children or (), at + len("!["), lines_break)
                case "link_open" | "link_close":
                    self._note_title(token, at)
                    address = token.info == "auto" and token.nesting == 1
                case _:  # the signs of emphasis and the like
                    size = len(token.markup)
            end = at + size

    def _note_title(self, token: Token, at: int) -> None:
        """Keep in mind that a link or a picture has a title, which stands apart from its words."""
        if token.attrGet("title"):
            index = max(bisect_right(self.spans, (at, math.inf)) - 1, 0)
            self.titled.append(self.spans[index][1] + at - self.spans[index][0])

    def _emit(self, start: int, end: int, show: Callable[[str], str] = str) -> None:
        """Put a part of the block as the file has it, or as it is to be shown, as long as that."""
        index = max(bisect_right(self.spans, (start, math.inf)) - 1, 0)
        while index < len(self.spans) and self.spans[index][0] < end:
            offset, place, length = self.spans[index]
            left, right = max(start, offset) - offset, min(end - offset, length)
            self._put(place + left, show(self.source[place + left : place + right]))
            index += 1


def _footnote(match: re.Match[str]) -> str:
    """The signs for the mark of a footnote; the note itself is a block of its own."""
    return (BREAK if match["note"] else DROP) + DROP * (len(match[0]) - 1)
