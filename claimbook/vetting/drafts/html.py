"""The words of HTML, each with its place.

One pass that never looks back further than a fixed distance, so that no file costs more than its
length. Python's own `html.parser` takes time in the square of "<a <a <a", and reads a page in
another way with every release.

What a browser would not show (comments, scripts, link targets) is left out; what it shows or
speaks (alternative texts, titles, labels, captions, buttons, table cells) is kept. A row of a
table is one line, its cells parted by " | ".
"""

import html
import re

from claimbook.vetting.drafts.draft import Draft, MarkupError, TextBuilder, plain_lines

# Signs that another reader may leave, each in the place of one letter; none is ever in a draft.
DROP, BREAK, SOFT, CELL = "\x01", "\x02", "\x03", "\x04"  # nothing; the three kinds of edge
LITERAL = {"<": "\x05", "&": "\x06", ">": "\x07"}  # letters that are no markup here

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "label", "legend", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody",
    "textarea", "tfoot", "thead", "title", "tr", "ul",
}  # fmt: skip
_CELLS = frozenset({"td", "th"})
_NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "math"}
)
_SPOKEN = frozenset({"alt", "title", "aria-label", "aria-description", "placeholder"})
_BUTTONS = frozenset({"submit", "button", "reset"})
_SHARED = frozenset(  # of a page's metadata, what searches and shared links show
    {"description", "og:title", "og:description", "twitter:title", "twitter:description"}
)
_TAG = re.compile(r"""</?([a-zA-Z][^\s/>]{0,100})((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,100})")
_ATTRIBUTE = re.compile(
    r"""([^\s\x01"'<>/=]{1,100})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++))"""
)
_REFERENCE = r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,40});?"
_INK = re.compile(rf"[{DROP}-{LITERAL['>']}]|[\t\n\f\v]\s*|\s{{2,}}|{_REFERENCE}")
_LETTERS = {sign: letter for letter, sign in LITERAL.items()}


def read_html(text: str, name: str) -> Draft:
    """The words of a page of HTML.

    Raises:
        MarkupError: a comment, a script or the like is never closed.
    """
    source, words = plain_lines(text), TextBuilder()
    HtmlReader(source, words, source).read()
    return words.draft(name, source)


class HtmlReader:
    """One pass over a page of HTML, as the *file* has it or as another reader leaves it."""

    def __init__(self, source: str, words: TextBuilder, file: str) -> None:
        self.source, self.words, self.file = source, words, file
        self.quotes = True  # attributes have quotation marks, until one is never closed
        self.last = source.rfind(">")  # no tag begins after it
        self.row = False  # a row has a cell already

    def read(self) -> None:
        """Read the page into the words."""
        source, at = self.source, 0
        while (sign := source.find("<", at)) >= 0:
            self._text(at, sign)
            at = self._markup(sign)
        self._text(at, len(source))
        self.words.end_block(len(source))

    def _text(self, start: int, end: int) -> None:
        words, done = self.words, start
        for match in _INK.finditer(self.source, start, end):
            at, sign = match.start(), match[0][0]
            if at > done:
                words.add(self.source[done:at], done)
            done = match.end()
            if sign == BREAK:
                words.end_block(at)
            elif sign == SOFT:
                words.soft = not words.fresh
            elif sign == CELL:
                words.cell = not words.fresh
            elif sign == "&":
                words.add(html.unescape(match[0]), at)
            elif sign != DROP:
                words.add(_LETTERS.get(sign, " "), at)
        if done < end:
            words.add(self.source[done:end], done)

    def _markup(self, sign: int) -> int:
        """Read what begins with a "<"; where the rest begins."""
        source = self.source
        if source.startswith("<!--", sign):
            end = source.find("-->", sign + 2)  # as a browser: "<!-->" is a comment
            if end < 0:
                raise self._unclosed("a comment", sign)
            self.words.add_comment(source[sign + 4 : end].replace(DROP, ""), sign)
            return end + 3
        if source.startswith(("<!", "<?"), sign):
            return source.find(">", sign) + 1 if sign < self.last else len(source)
        tag = self._tag(sign)
        if tag is None:
            self.words.add("<", sign)
            return sign + 1
        name, inside, end = tag
        if name in _NOT_SHOWN and source[sign + 1] != "/" and not inside.rstrip().endswith("/"):
            closing = rf"</{name}(?![a-zA-Z0-9-])[^>]*+>?"
            match = re.compile(closing, re.IGNORECASE).search(source, end)
            if match is None:
                raise self._unclosed(f"a <{name}>", sign)
            return match.end()
        return end

    def _unclosed(self, what: str, sign: int) -> MarkupError:
        line = self.file.count("\n", 0, sign) + 1
        return MarkupError(f"{what} that is never closed (line {line})")

    def _tag(self, sign: int) -> tuple[str, str, int] | None:
        """Read a tag: its name, its attributes and its end; None where it is none."""
        source = self.source
        closing = source.startswith("/", sign + 1)
        if sign > self.last or not source[sign + 1 + closing : sign + 2 + closing].isalpha():
            return None
        if match := _TAG.match(source, sign) if self.quotes else None:
            name, inside, end = match[1].lower(), match[2], match.end()
        else:  # a quotation mark is never closed: from here on a tag ends with its first ">"
            self.quotes = False
            end = source.find(">", sign) + 1
            opening = _TAG_NAME.match(source, sign, end) if end else None
            if opening is None:
                return None
            name, inside = opening[1].lower(), source[opening.end() : end - 1]
        if not closing:
            self._open(name, inside, end - 1 - len(inside))
        elif name in _BLOCKS:
            self.words.end_block(sign)
        return name, inside, end

    def _open(self, name: str, inside: str, place: int) -> None:
        words = self.words
        if name == "br":
            words.soft = not words.fresh
        elif name in _CELLS:
            words.cell, self.row = self.row and not words.fresh, True
            if not words.cell:
                words.end_block(place)
        elif name in _BLOCKS:
            self.row = self.row and name != "tr"
            words.end_block(place)
        if "=" in inside:
            self._attributes(name, inside, place)

    def _attributes(self, name: str, inside: str, place: int) -> None:
        """Read the attributes of a tag that are shown or spoken, each as a block of its own."""
        matches = {match[1].lower(): match for match in _ATTRIBUTE.finditer(inside)}

        def value(key: str) -> str:
            match = matches.get(key)
            return (match[match.lastindex or 0] or "").replace(DROP, "").strip() if match else ""

        shown = set(_SPOKEN)
        if name == "input" and value("type").lower() in _BUTTONS:
            shown.add("value")
        if name == "meta" and (value("name") or value("property")).lower() in _SHARED:
            shown.add("content")
        for key, match in matches.items():
            if key in shown and (said := value(key)):
                self.words.end_block(place)
                at = place + match.start(match.lastindex or 0)
                self.words.add(" ".join(html.unescape(said).split()), at)
                self.words.end_block(place)
