"""A draft as read: its words, each with its place, and the comments that speak to us."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from claimbook.records import Location
from claimbook.records.quotes import VISIBLE

PREFIX = "claimbook:"  # what opens a comment that speaks to us
REVERSED = "letters set from right to left"
MARK = "\0"  # never in a draft: stands for what was taken out
_REFERENCE_MARK = re.compile(
    r"[\[(]?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}[\])]?|\[\w{1,3}\]|[*†‡§¶]{1,3}"
)
_POWER = re.compile(r"\b(?:[mcd]?m|10)$")  # before a raised figure that counts: m², 10⁶
RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")  # a power is no part of the number before it
# Letters in another dress, which are read as the plain ones: full width, ligatures of print, and
# the letters of mathematics. Source: Unicode Standard Annex 15, normalization form KC.
DRESSED = re.compile("[\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]+")
# What looks like a word and is not read as one: letters set apart ("c.u.r.e.s"), letters that are
# struck through, small capitals, letters in circles or of scripts that look like Latin; and Latin
# letters parted by a sign that is blank.
_DRESS = "\u0250-\u02af\u1d00-\u1dbf\u2c80-\u2cff\ua4d0-\ua4ff\ua720-\ua7ff\u249c-\u24e9"
_DRESS += "\u13a0-\u13ff\uab30-\uabbf\U0001f110-\U0001f189"
_STRUCK = "\u0332-\u0338\u20d0-\u20e0"
_BLANK = "\u115f\u1160\u2800\u3164\uffa0\ue000-\uf8ff\ufff9-\ufffd\U0001d173-\U0001d17a"
NOT_LETTERS = re.compile(
    r"(?<![^\W_])[^\W\d_]([^\w\s]|[^\S\n]|_)(?:[^\W\d_]\1){2,9999}[^\W\d_](?![^\W_])"
    rf"|(?<![A-Za-z])(?:[A-Za-z]++(?:[{_DRESS}{_STRUCK}]|[{_BLANK}](?=[A-Za-z]))"
    rf"|[{_DRESS}](?=[A-Za-z{_DRESS}]))[A-Za-z{_DRESS}{_STRUCK}{_BLANK}]{{0,60}}"
)
_CONTROL = re.compile("[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")


class DraftError(ValueError):
    """A draft cannot be read; the message says why."""


class MarkupError(ValueError):
    """Something in a file would hide what follows it. The message says what, and its line."""


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that speaks to us.

    Attributes:
        said: its words, after "claimbook:".
        at: where it stands in the text as read.
        source: where it stands in the file (code points).
    """

    said: str
    at: int
    source: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a draft that holds, or may hold, words and is not read; `source` as above."""

    what: str
    source: int


@dataclass(frozen=True)
class Draft:
    """A draft as read: its words, and where they stood.

    Attributes:
        name: how messages name it.
        text: the words as read; every offset of a vetted sentence is into it.
        source: the file's own text, code point for code point; for Word, the words.
        directives: the comments in it that speak to us.
        starts, places: where each piece of text that stood together starts, in `text` and `source`.
        editable: whether places in `source` are places in the file, where an editor can change it.
        unread: what in it is not read.
    """

    name: str
    text: str
    source: str
    directives: tuple[Directive, ...] = ()
    starts: "array[int]" = field(default_factory=lambda: array("L", [0]), repr=False)
    places: "array[int]" = field(default_factory=lambda: array("L", [0]), repr=False)
    editable: bool = True
    unread: tuple[Unread, ...] = ()

    def origin(self, offset: int) -> int:
        """Where in the file the letter at an offset of the text stood."""
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        place = self.places[piece] + offset - self.starts[piece]
        return min(place, len(self.source))

    def place(self, start: int, end: int) -> tuple[Location, Location]:
        """Where in the file a span of the text begins and ends; lines and columns count from 1."""
        first, last = self.span(start, end)
        return self.location(first), self.location(last)

    def written(self, start: int, end: int) -> str:
        """What the file has from the beginning of a span of the text to its end, markup too."""
        return self.source[slice(*self.span(start, end))]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same span of the text in the file."""
        return self.origin(start), self.origin(max(end - 1, start)) + (end > start)

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
        return line_starts(self.source)

    @cached_property
    def text_lines(self) -> "array[int]":
        """Where each line of the text starts."""
        return line_starts(self.text)


def is_reference_mark(raised: str, before: str) -> bool:
    """Whether raised signs, after these words, are a note's number or sign and no words."""
    mark = _REFERENCE_MARK.fullmatch(raised.strip()) is not None
    return mark and _POWER.search(before[-9:]) is None


def line_starts(text: str) -> "array[int]":
    """Where each line of a text starts."""
    return array("L", [0, *(match.end() for match in re.finditer("\n", text))])


def plain_lines(text: str) -> str:
    r"""The text, as long as before, lines ended by \n, other control characters as white space."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _CONTROL.sub(" ", text)


def _plain_parts(text: str, place: int) -> Iterator[tuple[str, int]]:
    """What is seen of a text that stands at a place, in plain letters, each part with its place."""
    for seen in VISIBLE.finditer(text):
        part, start, done = seen[0], place + seen.start(), 0
        for dressed in () if part.isascii() else DRESSED.finditer(part):
            if dressed.start() > done:
                yield part[done : dressed.start()], start + done
            done = dressed.end()
            plain = unicodedata.normalize("NFKC", dressed[0])
            if len(plain) == len(dressed[0]):
                yield plain, start + dressed.start()
            else:
                for at, letter in enumerate(dressed[0], start + dressed.start()):
                    yield unicodedata.normalize("NFKC", letter), at
        if done < len(part):
            yield part[done:], start + done


class TextBuilder:
    """Puts a draft together from pieces of its file.

    A block is one line. What `soft` (a line break) and `cell` (the edge of a table cell) come to,
    the next word decides.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts, self.places = array("L"), array("L")
        self.directives: list[Directive] = []
        self.unread: list[Unread] = []
        self.apart: list[tuple[str, int]] = []  # words that stand beside the line
        self.soft = self.cell = False
        self.fresh = True  # at the start of a line
        self.spaced = False  # after white space

    def add(self, text: str, place: int) -> None:
        """Add words that stand at a place in the file; white space opens no line."""
        for part, at in self._plain(text, place):
            self._add(part, at)

    def add_apart(self, text: str, place: int) -> None:
        """Add words that are no part of the line, such as a picture's: a line of their own."""
        self.apart.append((text, place))
        if self.fresh:
            self.end_block(place)

    def add_verbatim(self, text: str, place: int) -> None:
        """Add words with all their white space."""
        for part, at in self._plain(text, place):
            self._put(part, at)

    def end_block(self, place: int) -> None:
        """End the line."""
        if not self.fresh:
            self._trim()
            self._put("\n", place)
        self.fresh, self.soft, self.cell = True, False, False
        apart, self.apart = self.apart, []
        for text, at in apart:
            self.add(text, at)
            self.end_block(at)

    def add_comment(self, comment: str, place: int) -> None:
        """Keep a comment that speaks to us; any other is dropped."""
        comment = comment.strip()
        if comment.lower().startswith(PREFIX):
            last = self.parts[-1] if self.parts else ""
            at = self.length - (len(last) - len(last.rstrip(" \t")))
            self.directives.append(Directive(comment[len(PREFIX) :].strip(), at, place))

    def draft(self, name: str, source: str) -> Draft:
        """The draft, once everything is added."""
        starts, places = self.starts or array("L", [0]), self.places or array("L", [0])
        directives, unread = tuple(self.directives), tuple(self.unread)
        return Draft(name, "".join(self.parts), source, directives, starts, places, unread=unread)

    def _plain(self, text: str, place: int) -> Iterator[tuple[str, int]]:
        """What is seen of some words, as `_plain_parts` has it."""
        if "\u202e" in text:
            self.unread.append(Unread(REVERSED, place + text.index("\u202e")))
        return _plain_parts(text, place)

    def _add(self, text: str, place: int) -> None:
        if self.fresh or self.soft or self.cell or self.spaced:
            bare = text.lstrip()
            place += len(text) - len(bare)
            text = bare
        if not text:
            return
        if self.soft and not self.fresh:
            self._trim()
            breaks = self.parts[-1][-1] in ".!?:" or not text[0].islower()
            self._put("\n" if breaks else " ", place)
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
