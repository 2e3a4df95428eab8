"""The words of plain text, Markdown and HTML, each with its place in the file they were read from.

Readers take one pass and never look back further than a fixed distance, so that no file costs more than its length. What a
browser would not show (comments, scripts, link targets, code, soft hyphens, zero-width signs) is left out; what it shows or
speaks (alternative texts, titles, labels, captions, buttons, table cells) is kept. A block is one line of the text as read; so
is a row of a table, its cells parted by " | ".
"""

import html
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from claimbook.records import Location
from claimbook.records.quotes import VISIBLE

NOTE = "claimbook:"  # what opens a comment that speaks to us
_CONTROL = re.compile("[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
MARK = "\0"  # never in a draft: stands for what was taken out


class MarkupError(ValueError):
    """A file hides what follows: something is opened and never closed. The message says what, and its line."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment that speaks to us: what it says, where it stands in the text as read, and where in the file (code points)."""

    said: str
    at: int
    source: int


@dataclass(frozen=True)
class Draft:
    """A draft as read: its words, and where they stood.

    Attributes:
        name: how messages name it.
        text: the words as read; every offset of a vetted sentence is into it.
        source: the file's own text, code point for code point; the words themselves where the file is not text (Word).
        notes: the comments in it that speak to us.
        starts, places: pieces of the text that stood together: the offset of each in `text`, and in `source`.
        editable: whether places in `source` are places in the file, so that an editor can go there and mend it.
    """

    name: str
    text: str
    source: str
    notes: tuple[Note, ...] = ()
    starts: "array[int]" = field(default_factory=lambda: array("L", [0]), repr=False)
    places: "array[int]" = field(default_factory=lambda: array("L", [0]), repr=False)
    editable: bool = True

    def origin(self, offset: int) -> int:
        """Where in the file the letter at an offset of the text stood."""
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        place = self.places[piece] + offset - self.starts[piece]
        return min(place, len(self.source))

    def place(self, start: int, end: int) -> tuple[Location, Location]:
        """Where in the file a span of the text begins and ends (line and column from 1, the end exclusive)."""
        return self.location(self.origin(start)), self.location(self._end(start, end))

    def written(self, start: int, end: int) -> str:
        """What stands in the file from the beginning of a span of the text to its end, marks and all."""
        return self.source[self.origin(start) : self._end(start, end)]

    def _end(self, start: int, end: int) -> int:
        return self.origin(max(end - 1, start)) + (end > start)

    def location(self, origin: int) -> Location:
        """The line and the column of a place in the file."""
        line = bisect_right(self.lines, origin)
        return Location(self.name, line, origin - self.lines[line - 1] + 1)

    def offset(self, at: Location) -> int:
        """The offset in the text of a line and column of the text."""
        index = min(max(at.line, 1), len(self.text_lines)) - 1
        return min(self.text_lines[index] + max(at.column, 1) - 1, len(self.text))

    @cached_property
    def lines(self) -> "array[int]":
        """Where each line of the file starts."""
        return _line_starts(self.source)

    @cached_property
    def text_lines(self) -> "array[int]":
        """Where each line of the text starts."""
        return _line_starts(self.text)


def _line_starts(text: str) -> "array[int]":
    return array("L", [0, *(match.end() for match in re.finditer("\n", text))])


def lined(text: str) -> str:
    r"""The text, as long as before, with every line ended by \n and other control characters as white space."""
    return _CONTROL.sub(
        " ", text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
    )


class _Words:
    """A text put together from pieces."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts, self.places = array("L"), array("L")
        self.notes: list[Note] = []
        self.soft = self.cell = (
            False  # a line break, or the edge of a cell, that the next word decides on
        )
        self.fresh = True  # at the start of a line
        self.spaced = False  # after white space

    def add(self, text: str, place: int) -> None:
        """Add words that stand at a place in the file; white space opens no line."""
        for seen in VISIBLE.finditer(text):
            self._add(seen[0], place + seen.start())

    def as_is(self, text: str, place: int) -> None:
        """Add words with all their white space."""
        for seen in VISIBLE.finditer(text):
            self._put(seen[0], place + seen.start())

    def _add(self, text: str, place: int) -> None:
        if self.fresh or self.soft or self.cell or self.spaced:
            bare = text.lstrip()
            place += len(text) - len(bare)
            text = bare
        if not text:
            return
        if self.soft and not self.fresh:
            broken = self._last() in ".!?:" or not text[0].islower()
            self._put("\n" if broken else " ", place)
        elif self.cell and not self.fresh:
            self._trim()
            self._put(" | ", place)
        self.soft = self.cell = self.fresh = False
        self.spaced = text[-1] in " \t\n"
        self._put(text, place)

    def _put(self, text: str, place: int) -> None:
        if not self.starts or self.places[-1] + self.length - self.starts[-1] != place:
            self.starts.append(self.length)
            self.places.append(place)
        self.parts.append(text)
        self.length += len(text)

    def _last(self) -> str:
        self._trim()
        return self.parts[-1][-1] if self.parts else "."

    def _trim(self) -> None:
        while self.parts and self.parts[-1][-1:] in (" ", "\t", ""):
            bare = self.parts[-1].rstrip(" \t")
            self.length -= len(self.parts[-1]) - len(bare)
            self.parts.pop()
            if bare:
                self.parts.append(bare)
        while self.starts and self.starts[-1] > self.length:
            self.starts.pop()
            self.places.pop()

    def block(self, place: int) -> None:
        """End the line."""
        if not self.fresh:
            self._trim()
            self._put("\n", place)
        self.fresh, self.soft, self.cell = True, False, False

    def note(self, said: str, place: int) -> None:
        """Keep a comment that speaks to us; any other is dropped."""
        if (said := said.strip()).lower().startswith(NOTE):
            last = self.parts[-1] if self.parts else ""
            at = self.length - (len(last) - len(last.rstrip(" \t")))
            self.notes.append(Note(said[len(NOTE) :].strip(), at, place))

    def draft(self, name: str, source: str) -> Draft:
        text = "".join(self.parts)
        return Draft(
            name,
            text,
            source,
            tuple(self.notes),
            self.starts or array("L", [0]),
            self.places or array("L", [0]),
        )


# --- plain text ---------------------------------------------------------------------------------------------------------

_LINK_END = r"\((?:[^()\[\]\n]|\([^()\[\]\n]{0,300}\)){0,2000}\)"
_PLAIN = re.compile(
    rf"<!--(?P<comment>\s{{0,100}}{NOTE}(?:[^-<]|-(?!->)|<(?!!--)){{0,2000}})-->[ \t]*\n?|^[ \t]*#[ \t]*(?P<line>{NOTE}[^\n]*)\n?"
    rf"|{MARK}(?P<margin>\d+){MARK}|!?\[(?P<link>[^\[\]\n]{{0,300}})\]{_LINK_END}",
    re.MULTILINE | re.IGNORECASE,
)


def plain(text: str, name: str, margin: tuple[str, ...] = ()) -> Draft:
    """Plain text as it is, but for links (their words stay) and comments that speak to us.

    Args:
        text: the text; `MARK` around a number stands for a comment in the margin.
        name: how messages name it.
        margin: the comments in the margin.
    """
    source, words, done = lined(text), _Words(), 0
    words.fresh = False  # white space stays
    for match in _PLAIN.finditer(source):
        if match.start() > done:
            words.as_is(source[done : match.start()], done)
        done = match.end()
        if match["link"] is not None:
            words.as_is(match["link"], match.start("link"))
        elif match["margin"] is not None:
            words.note(margin[int(match["margin"])], match.start())
        else:
            if (
                match["comment"] is not None
                and words.parts
                and words.parts[-1][-1:] != "\n"
                and match[0].endswith("\n")
            ):
                done -= 1  # it ends a line of words, whose end stays
            words.note(match["comment"] or match["line"], match.start())
    if done < len(source):
        words.as_is(source[done:], done)
    return words.draft(name, source)


# --- HTML -----------------------------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "label", "legend", "li",
     "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "textarea", "tfoot", "thead", "title",
     "tr", "ul"}
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_RAW = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "math"}
)  # what is in them is not copy, or not shown
_SPOKEN = frozenset({"alt", "title", "aria-label", "aria-description", "placeholder"})
_SHOWN_META = frozenset(
    {"description", "og:title", "og:description", "twitter:title", "twitter:description"}
)  # what search and sharing show
_TAG = re.compile(r"""</?([a-zA-Z][^\s/>]{0,100})((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]{1,100})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++))"""
)
_REFERENCE = r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,40});?"
DROP, BREAK, SOFT, CELL = (
    "\x01",
    "\x02",
    "\x03",
    "\x04",
)  # signs that Markdown is turned into: nothing, and the three kinds of edge
_INK = re.compile(rf"{DROP}+|{BREAK}+|[{SOFT}{CELL}]|[\t\n\f\v]\s*|\s{{2,}}|{_REFERENCE}")


class _Page:
    """One pass over a page of HTML, or over the tags in a paragraph of Markdown."""

    def __init__(self, source: str, words: _Words) -> None:
        self.source, self.words = source, words
        self.quotes = (
            True  # attributes are read with their quotation marks, until one is never closed
        )
        self.last = source.rfind(">")  # no tag begins after it
        self.row = False  # a row has a cell already

    def read(self) -> None:
        source, at = self.source, 0
        while (sign := source.find("<", at)) >= 0:
            self._data(at, sign)
            at = self._markup(sign)
        self._data(at, len(source))
        self.words.block(len(source))

    def _data(self, start: int, end: int) -> None:
        done = start
        for match in _INK.finditer(self.source, start, end):
            if match.start() > done:
                self.words.add(self.source[done : match.start()], done)
            done = match.end()
            match match[0][0]:
                case "\x01":
                    pass
                case "\x02":
                    self.words.block(match.start())
                case "\x03":
                    self.words.soft = not self.words.fresh
                case "\x04":
                    self.words.cell = not self.words.fresh
                case "&":
                    self.words.add(html.unescape(match[0]), match.start())
                case _:
                    self.words.add(" ", match.start())
        if done < end:
            self.words.add(self.source[done:end], done)

    def _markup(self, sign: int) -> int:
        """Read what begins with a "<"; where the rest begins."""
        source = self.source
        if source.startswith("<!--", sign):
            end = source.find("-->", sign + 2)  # as a browser: "<!-->" is a comment
            if end < 0:
                raise MarkupError(
                    f"a comment that is never closed (line {source.count(chr(10), 0, sign) + 1})"
                )
            self.words.note(source[sign + 4 : end], sign)
            return end + 3
        if source.startswith(("<!", "<?"), sign):
            return source.find(">", sign) + 1 if sign < self.last else len(source)
        tag = self.tag(sign)
        if tag is None:
            self.words.add("<", sign)
            return sign + 1
        name, inside, end = tag
        if name in _RAW and source[sign + 1] != "/" and not inside.rstrip().endswith("/"):
            return self._skip(name, sign, end)
        return end

    def tag(self, sign: int) -> tuple[str, str, int] | None:
        """The name, the attributes and the end of a tag, its effect on the words done; None where it is none."""
        source = self.source
        closing = source.startswith("/", sign + 1)
        if sign > self.last or not source[sign + 1 + closing : sign + 2 + closing].isalpha():
            return None
        match = _TAG.match(source, sign) if self.quotes else None
        if match:
            name, inside, end = match[1].lower(), match[2], match.end()
        else:  # a quotation mark is never closed: from here on a tag ends with its first ">"
            self.quotes = False
            if (end := source.find(">", sign) + 1) == 0:
                return None
            whole = re.match(r"</?([a-zA-Z][^\s/>]{0,100})", source[sign:end])
            if whole is None:
                return None
            name, inside = whole[1].lower(), source[sign + whole.end() : end - 1]
        if not closing:
            self._open(name, inside, end - 1 - len(inside))
        elif name in _BLOCKS:
            self.words.block(sign)
        return name, inside, end

    def _open(self, name: str, inside: str, place: int) -> None:
        words = self.words
        if name == "br":
            words.soft = not words.fresh
        elif name in _CELLS:
            words.cell, self.row = self.row and not words.fresh, True
            if not words.cell:
                words.block(place)
        elif name in _BLOCKS:
            self.row = self.row and name != "tr"
            words.block(place)
        if "=" not in inside:
            return
        found = {match[1].lower(): match for match in _ATTRIBUTE.finditer(inside)}
        shown = set(_SPOKEN)
        if name == "input" and _value(found.get("type")).lower() in ("submit", "button", "reset"):
            shown.add("value")
        if (
            name == "meta"
            and (_value(found.get("name")) or _value(found.get("property"))).lower() in _SHOWN_META
        ):
            shown.add("content")
        for key, match in found.items():
            if key in shown and (value := _value(match).strip()):
                words.block(place)
                words.add(
                    " ".join(html.unescape(value).split()),
                    place + match.start(match.lastindex or 0),
                )
                words.block(place)

    def _skip(self, name: str, sign: int, at: int) -> int:
        """The end of an element whose inside is left out."""
        end = re.compile(rf"</{name}(?![a-zA-Z0-9-])[^>]*+>?", re.IGNORECASE).search(
            self.source, at
        )
        if end is None:
            raise MarkupError(
                f"a <{name}> that is never closed (line {self.source.count(chr(10), 0, sign) + 1})"
            )
        return end.end()


def _value(match: re.Match[str] | None) -> str:
    return (match[2] or match[3] or match[4] or "") if match else ""


def page(text: str, name: str) -> Draft:
    """The words of a page of HTML.

    Raises:
        MarkupError: a comment, a script or the like is never closed.
    """
    source, words = lined(text), _Words()
    _Page(source, words).read()
    return words.draft(name, source)


# --- Markdown -------------------------------------------------------------------------------------------------------------

_LEAD = r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
_FRONT = re.compile(
    r"---[ \t]*\n(?:(?!(?:---|\.\.\.)[ \t]*$)[^\n]*\n){0,2000}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_SHOWN_FIELD = re.compile(
    r"^(?:title|subtitle|headline|description|summary|excerpt|caption|alt)[ \t]*:[ \t]*[\"']?([^\s\"'][^\n]*?)[\"']?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_APART = re.compile(
    rf"(?P<fence>{_LEAD}(?P<sign>`{{3,}}|~{{3,}})[^`\n]*$)|(?P<code>(?<!`)`[^`\n]{{1,300}}`)|(?P<comment><!--)|<(?P<raw>script|style)\b",
    re.MULTILINE | re.IGNORECASE,
)
_BLANK = re.compile(rf"[\s{MARK}>]*$")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*+){1,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|=+[ \t]*+)$")
_DEFINITION = re.compile(r"[ \t>]*\[(?!\^)([^\[\]\n]{1,300})\]:[ \t]*\S")
_PREFIX = re.compile(
    r"[ \t>]*(?P<item>(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?)?[ \t>]*"
    r"(?P<head>#{1,6}(?:[ \t]+|$))?(?P<foot>\[\^[^\]\n]{1,100}\]:)?"
)
_DELIMITER = re.compile(r"[ \t>]*\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*\|?[ \t]*$")
_INLINE = re.compile(
    rf"\\(?P<sign>[!-/:-@\[-`{{-~])|(?P<drop>`+|\[\^[^\]\s]{{1,100}}\]|<(?:https?://|mailto:)[^\s<>]{{1,2000}}>|\*+(?=\S)|(?<=\S)\*+"
    rf"|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|~~|==)|(?P<tag></?[a-zA-Z](?:[^<>\"']|\"[^\"<>]{{0,500}}\"|'[^'<>]{{0,500}}'){{0,2000}}>)"
    rf"|(?P<open>!?\[)|(?P<end>\](?:{_LINK_END}|\[[^\[\]\n]{{0,300}}\])?)",
    re.IGNORECASE,
)


def markdown(text: str, name: str) -> Draft:
    """The words of a Markdown file: its marks are turned into signs of one letter each, and the rest is read as HTML.

    Raises:
        MarkupError: a comment, a script or a fenced block of code is never closed.
    """
    source, words = lined(text), _Words()
    _Page(_Markdown(source).plain(), words).read()
    return words.draft(name, source)


class _Markdown:
    """One pass over a Markdown file: what stands apart, then blocks by line, then the inside of each."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.edits: list[
            tuple[int, int, str]
        ] = []  # from, to, and the sign that every letter between becomes

    def plain(self) -> str:
        """The file, as long as before, its marks turned into the signs that `_Page` knows."""
        self.masked = self._mask()
        self.labels = {
            match[1].lower() for match in map(_DEFINITION.match, self.masked.split("\n")) if match
        }
        self._blocks()
        parts, done = [], 0
        for start, end, sign in sorted(self.edits):
            parts += [self.source[done:start], sign * (end - max(start, done))]
            done = max(end, done)
        return "".join([*parts, self.source[done:]])

    def _mask(self) -> str:
        """The file, as long as before, without front matter, fenced code, scripts and comments."""
        source, parts, done, line, counted = self.source, [], 0, 1, 0
        if front := _FRONT.match(source):
            for shown in _SHOWN_FIELD.finditer(front[0]):
                self.edits.append((done, shown.start(1), BREAK))
                parts.append("\n" * (shown.start(1) - done) + MARK * len(shown[1]))
                done = shown.end(1)
            self.edits.append((done, front.end(), BREAK))
            parts.append("\n" * (front.end() - done))
            done = front.end()
        while match := _APART.search(source, done):
            at = match.start()
            line, counted = line + source.count("\n", counted, at), at
            parts.append(source[done:at])
            if match["code"]:
                end = match.end()
                parts.append(re.sub(r"[<\[\]*_|]", "x", match[0]))
            elif match["comment"]:
                if (end := source.find("-->", at + 2) + 3) < 3:
                    raise MarkupError(f"a comment that is never closed (line {line})")
                parts.append(MARK * (end - at))
            elif match["raw"]:
                tail = re.compile(rf"</{match['raw']}[^>]*+>", re.IGNORECASE).search(
                    source, match.end()
                )
                if tail is None:
                    raise MarkupError(
                        f"a <{match['raw'].lower()}> that is never closed (line {line})"
                    )
                end = tail.end()
                parts.append(MARK * (end - at))
            else:
                sign = match["sign"]
                closing = re.compile(
                    rf"^[ \t>]*{re.escape(sign)}{re.escape(sign[0])}*[ \t]*$", re.MULTILINE
                ).search(source, match.end())
                if closing is None:
                    raise MarkupError(f"a block of code that is never closed (line {line})")
                end = closing.end()
                self.edits.append((at, end, BREAK))
                parts.append("\n" * (end - at))
            done = end
        parts.append(source[done:])
        return "".join(parts)

    def _blocks(self) -> None:
        lines = self.masked.split("\n")
        begin: int | None = None  # where the paragraph began that is being read
        at, table, quoting = 0, False, False
        for number, line in enumerate(lines):
            end = at + len(line)
            if not line:
                self._ended(begin, at)
                begin, table, at = None, False, end + 1
                continue
            after = lines[number + 1] if number + 1 < len(lines) else ""
            prefix = _PREFIX.match(line)
            apart = table or (
                "|" in line
                and "-" in after
                and "|" in after
                and _DELIMITER.match(after) is not None
            )
            if _BLANK.match(line) or _RULE.match(line) or _DEFINITION.match(line):
                self._ended(begin, at)
                begin, table = None, False
                if MARK not in line:
                    self.edits.append((at, end, DROP))
            elif apart:
                self._ended(begin, at)
                begin = None
                if table and _DELIMITER.match(line):
                    self.edits.append((at, end, DROP))
                else:
                    self._inside(at, end)
                    self.edits += [
                        (match.start() + at, match.end() + at, CELL)
                        for match in re.finditer(r"(?<!\\)\|", line)
                    ]
                self.edits.append((end, end + 1, BREAK))
                table = True
            else:
                quoted = line.lstrip(" \t").startswith(">")
                if prefix and (
                    prefix["item"] or prefix["head"] or prefix["foot"] or quoted > quoting
                ):
                    self._ended(begin, at)
                    begin = None
                quoting = quoted
                begin = at if begin is None else begin
                if prefix and prefix.end():
                    self.edits.append((at, at + prefix.end(), DROP))
                if prefix and prefix["head"]:
                    if closing := re.search(r"[ \t]#++[ \t]*$", line[-300:]):
                        self.edits.append((end - len(closing[0]), end, DROP))
                    self._ended(begin, end)
                    begin = None
                    self.edits.append((end, end + 1, BREAK))
                elif line.endswith(("  ", "\\", "\\ ")):
                    self.edits.append((end - 1, end, SOFT))
            at = end + 1
        self._ended(begin, len(self.source))
        if self.edits and self.edits[-1][1] > len(self.source):
            start, _, sign = self.edits.pop()
            self.edits.append((start, len(self.source), sign))

    def _ended(self, begin: int | None, end: int) -> None:
        """Read the inside of the paragraph that ends here, if there is one."""
        if end and self.masked[end - 1] == "\n":
            self.edits.append((end - 1, end, BREAK))
        if begin is not None:
            self._inside(begin, end)

    def _inside(self, begin: int, end: int) -> None:
        """The marks inside a block: emphasis, escapes, links."""
        opened: list[tuple[int, int]] = []
        for match in _INLINE.finditer(self.masked, begin, end):
            start, stop = match.span()
            match match.lastgroup:
                case "sign":
                    self.edits.append((start, start + 1, DROP))
                case "drop":
                    self.edits.append((start, stop, DROP))
                case "open":
                    opened.append((start, stop))
                case "end" if opened:
                    bracket, words = opened.pop()
                    target, label = self.masked[start + 1 : stop], self.masked[words:start].lower()
                    named = target[1:-1].lower() or label
                    if target.startswith("(") or (named if target else label) in self.labels:
                        self.edits += [(bracket, words, DROP), (start, stop, DROP)]
