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
from collections.abc import Mapping

from claimbook.vetting.drafts.draft import (
    RAISED,
    REVERSED,
    Draft,
    MarkupError,
    TextBuilder,
    Unread,
    is_reference_mark,
    plain_lines,
)

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
_NOT_SHOWN = {"script", "style", "noscript", "template", "iframe", "object", "annotation"}
_MAY_SHOW = {"noscript", "template"}  # what a browser or a script may show of it is not known
_ELSEWHERE = {  # show what is not read
    "iframe", "frame", "object", "embed", "video", "audio", "canvas",
}  # fmt: skip
_DRAWN = {"text", "title", "desc", "foreignobject"}  # the words of a drawing (SVG)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "title", "caption", "legend", "summary"}
# Parts of a formula whose place says what they mean.
_PLACED = {"mfrac", "msup", "msub", "msubsup", "mroot", "mtable"}
_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_UNCLOSED = {"p", "li", "dt", "dd", "td", "th", "tr", "option"}  # end where the next one begins
_SPOKEN = frozenset(
    {
        "alt", "alttext", "title", "label", "placeholder", "aria-label", "aria-description",
        "aria-placeholder", "aria-roledescription", "aria-valuetext",
    }
)  # fmt: skip
_DOT = frozenset({"0", "1"})  # the sides of a picture that counts visits
_VALUED = frozenset(  # kinds of <input> that show their value
    {"", "text", "search", "email", "tel", "url", "submit", "button", "reset"}
)
_SHARED = frozenset(  # of a page's metadata, what searches and shared links show
    {
        "description", "headline", "og:title", "og:description", "og:image:alt", "twitter:title",
        "twitter:description", "twitter:image:alt",
    }
)  # fmt: skip
_TAG = re.compile(r"""</?([a-zA-Z][^\s/>]{0,100})((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,100})")
_ATTRIBUTE = re.compile(
    r"""([^\s\x01"'<>/=]{1,100})(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?"""
)
_ANY_TAG = re.compile(r"<[^>]*+>")
_COMMENT_END = re.compile(r"--!?>")
_RAISED = re.compile(  # links and spans may be around what is raised
    r"<sup\b[^>]{0,500}>(?:\s|<[^>]{0,500}>){0,8}([^<]{1,200})(?:</(?!sup\b)[^>]{0,500}>|\s){0,8}"
    r"</sup\s*>",
    re.IGNORECASE,
)
_GOOGLE_COMMENT = re.compile(  # what Google Docs exports of the margin
    r"<div\b[^>]{0,300}>\s{0,20}<p\b[^>]{0,300}>\s{0,20}"
    r"<a\b[^>]{0,300}href=[\"']#cmnt_ref\d+[\"'].*?</div\s*>",
    re.IGNORECASE | re.DOTALL,
)
_GOOGLE_MARK = re.compile(
    r"<sup\b[^>]{0,300}>\s{0,20}<a\b[^>]{0,300}href=[\"']#cmnt\d+[\"'].{0,300}?</sup\s*>",
    re.IGNORECASE | re.DOTALL,
)
_CSS_CONTENT = re.compile(  # what a style sheet adds to the page
    r"\bcontent\s*:((?:[^;}\"']++|\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')*+)",
    re.IGNORECASE | re.DOTALL,
)
_CSS_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'", re.DOTALL)
_CSS_SIGN = re.compile(r"\\([0-9a-fA-F]{1,5})")
_REVERSING = re.compile(r"bidi-override", re.IGNORECASE)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_REFERENCE = r"&(?:#[0-9]{1,300}|#[xX][0-9a-fA-F]{1,300}|[a-zA-Z][a-zA-Z0-9]{0,40});?"
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
        self.last_data = source.rfind("]]>")
        self.row = False  # a row has a cell already
        self.hidden: Hidden | None = None
        self.heading = 0  # how many headings are open
        self.google = "#cmnt" in source
        self.caption = ""  # the open element of a drawing (<svg>) whose words are shown

    def read(self) -> None:
        """Read the page into the words."""
        source, at = self.source, 0
        while (sign := source.find("<", at)) >= 0:
            self._text(at, sign)
            at = self._markup(sign)
        self._text(at, len(source))
        if self.hidden:
            raise self._unclosed(f"a hidden <{self.hidden.name}>", self.hidden.place)
        self.words.end_block(len(source))

    def _text(self, start: int, end: int) -> None:
        if self.hidden and not self.caption:
            return
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
            ending = _COMMENT_END.search(source, sign + 2)  # as a browser: "<!-->" is a comment
            if ending is None:
                raise self._unclosed("a comment", sign)
            self.words.add_comment(source[sign + 4 : ending.start()].replace(DROP, ""), sign)
            return ending.end()
        start = sign + len("<![CDATA[")  # words, in a drawing and in XHTML
        if start <= self.last_data and source[sign:start] == "<![CDATA[":
            self._text(start, end := source.find("]]>", start))
            return end + len("]]>")
        if source.startswith(("<!", "<?"), sign):
            return source.find(">", sign) + 1 if sign < self.last else len(source)
        if apart := self._end_of_mark(sign):
            return apart
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
            if what := _not_shown(name, inside, source[end : match.start()]):
                self.words.unread.append(Unread(what, sign))
            return match.end()
        return end

    def _end_of_mark(self, sign: int) -> int:
        """Where a raised reference mark or a comment in the margin ends; 0 where there is none."""
        source = self.source
        if source[sign + 1 : sign + 4].lower() == "sup" and (mark := _RAISED.match(source, sign)):
            before = self.words.parts[-1] if self.words.parts else ""
            if is_reference_mark(html.unescape(mark[1].replace(DROP, "")), before):
                return mark.end()
            if mark[1].lstrip("-−").isdigit():
                self.words.add(mark[1].translate(RAISED), mark.start(1))
                return mark.end()
        if not self.google:
            return 0
        mark = _GOOGLE_MARK.match(source, sign) or _GOOGLE_COMMENT.match(source, sign)
        return mark.end() if mark else 0

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
        empty = name in _EMPTY or inside.endswith("/")
        if self.hidden and self.hidden.keeps(name, closing, empty):
            if self.hidden.name == "svg" and name == (self.caption or name) in _DRAWN:
                self.caption = "" if closing or empty else name
                self.words.end_block(sign)
        else:
            self.hidden, self.caption = None, ""
            if not closing:
                self._open(name, inside, end - 1 - len(inside), empty)
            elif name in _BLOCKS:
                self.words.end_block(sign)
            self.heading = max(0, self.heading + (1 - 2 * closing) * (name in _HEADINGS))
        return name, inside, end

    def _open(self, name: str, inside: str, place: int, empty: bool) -> None:
        words = self.words
        attributes = _attributes(inside)
        if name == "svg" or _is_hidden(attributes):
            self.hidden = None if empty else Hidden(name, place)
            if name != "svg" or _is_hidden(attributes):
                return
        if what := _unread(name, attributes):
            words.unread.append(Unread(what, place))
        if name == "br" and self.heading:
            words.add(" ", place)
        elif name == "br":
            words.soft = not words.fresh
        elif name in _CELLS:
            words.cell, self.row = self.row and not words.fresh, True
            if not words.cell:
                words.end_block(place)
        elif name in _BLOCKS:
            self.row = self.row and name != "tr"
            words.end_block(place)
        shown = _shown(name, attributes)
        for key, match in attributes.items():
            if key in shown and (value := _value(attributes, key)):
                said = " ".join(html.unescape(value).split())
                if any(map(str.isalnum, said)):  # a smiley is no word
                    words.add_apart(said, place + match.start(match.lastindex or 0))


class Hidden:
    """An element whose inside is not shown, while it is open."""

    def __init__(self, name: str, place: int) -> None:
        self.name, self.place = name, place
        self.same = 1  # how many elements of its name are open
        self.inside = 0  # how many elements are open inside

    def keeps(self, name: str, closing: bool, empty: bool) -> bool:
        """Count a tag; whether the element is open after it."""
        if closing:
            self.same -= name == self.name
            self.inside -= 1
            return self.same > 0 and self.inside >= 0
        if name == self.name in _UNCLOSED or (self.name == "p" and name in _BLOCKS):
            return False
        self.same += name == self.name and not empty
        self.inside += not empty
        return True


def _attributes(inside: str) -> dict[str, re.Match[str]]:
    """The attributes of a tag by name; of two alike a browser takes the first."""
    attributes: dict[str, re.Match[str]] = {}
    for match in _ATTRIBUTE.finditer(inside):
        attributes.setdefault(match[1].lower(), match)
    return attributes


def _shown(name: str, attributes: Mapping[str, re.Match[str]]) -> frozenset[str]:
    """The attributes of an element that are shown or spoken."""
    kinds = {_value(attributes, key).lower() for key in ("name", "property", "itemprop")}
    if name == "input" and _value(attributes, "type").lower() in _VALUED:
        return _SPOKEN | {"value"}
    return _SPOKEN | {"content"} if name == "meta" and kinds & _SHARED else _SPOKEN


def _is_hidden(attributes: Mapping[str, re.Match[str]]) -> bool:
    """Whether an element's own attributes keep it from being shown."""
    return (
        ("hidden" in attributes and _value(attributes, "hidden").lower() != "until-found")
        or _value(attributes, "type").lower() == "hidden"
        or _HIDING.search(_value(attributes, "style")) is not None
    )


def _unread(name: str, attributes: Mapping[str, re.Match[str]]) -> str:
    """What an element may show that is not read; empty where there is nothing."""
    sides = {_value(attributes, side) for side in ("width", "height")}
    if name == "img" and "alt" not in attributes and not sides <= _DOT:
        return "a picture without alternative text"
    if name in _PLACED:
        return "a formula whose parts are not on one line"
    reversing = name == "bdo" and _value(attributes, "dir").lower() == "rtl"
    if reversing or _REVERSING.search(_value(attributes, "style")):
        return REVERSED
    return f"<{name}>" if name in _ELSEWHERE else ""


def _not_shown(name: str, inside: str, inner: str) -> str:
    """What an element that is not shown may hold in words; empty where there is nothing."""
    if name in _MAY_SHOW and any(map(str.isalnum, _ANY_TAG.sub("", inner))):
        return f"<{name}>"
    if name == "script" and "ld+json" in inside.lower() and any(map(str.isalpha, inner)):
        return "what the page tells search engines (JSON-LD)"
    if name == "style":
        added = " ".join(rule[1] for rule in _CSS_CONTENT.finditer(inner))
        strings = " ".join(_CSS_STRING.findall(added))
        plain = _CSS_SIGN.sub(lambda sign: chr(int(sign[1], 16)), strings)
        if any(map(str.isalpha, plain)) or "attr(data-" in added.replace(" ", ""):
            return "words that a style sheet adds"
    return ""


def _value(attributes: Mapping[str, re.Match[str]], name: str) -> str:
    match = attributes.get(name)
    if match is None or match.lastindex == 1:
        return ""
    return match[match.lastindex or 0].replace(DROP, "").strip()
