"""Quotes: texts made plain, quotes found in them, words counted, addresses of passages."""

import re
import urllib.parse
from collections.abc import Iterator

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‑": "-", "\u00a0": " "}
)
# Code points that a reader does not see: soft hyphens, zero-width signs, marks of direction,
# variation selectors, tags. Source: Default_Ignorable_Code_Point, Unicode 16.0,
# DerivedCoreProperties.txt; without the fillers of Hangul and the vowels of Khmer, which take up
# room, and so part words.
_UNSEEN = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U000e0000-\U000e0fff"
)
VISIBLE = re.compile(f"[^{_UNSEEN}]+")
# Letters of Cyrillic and Greek that look like a Latin one.
# Source: Unicode Technical Standard 39, confusables.txt.
_CYRILLIC = str.maketrans("АВЕЅІЈКМНОРСТУХԚԜасԁеһіјӏорԛѕԝхуѵ", "ABESIJKMHOPCTYXQWacdehijlopqswxyv")
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹαϲιϳνορυ", "ABEZHIKMNOPTYXCacijvopu")
_LOOKALIKES = _CYRILLIC | _GREEK
_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"^\W+")
_GAP = re.compile(r"…|\.\.\.")
_PARTING = re.compile(r"[\s\x00-\x1f\x7f-\x9f<>\"{}|\\^`\ue000-\uf8ff\ufff9-\uffff]")
_NUMBERED = re.compile(r"[\d.]+|[\da-f]*:[\da-f:.]*")  # a host without a name
_PASSING = re.compile(r"(?:^|[.-])(?:staging|proxy|clone|mirror|deploy|dev|sit|uat)\d*(?=[.-])")
REFERENCE = re.compile(r"\{([^{}\s]+)\}")  # in a topic's texts: a finding by source/finding
MAX_QUOTE = 25  # words: short enough to be a quotation, never a copy


def normalize(text: str) -> str:
    """The text as it looks, for finding one text in another.

    White space, quotation marks and dashes are made plain, what a reader does not see is gone, and
    a letter of Cyrillic or Greek in a word with Latin letters is the Latin letter that it looks
    like.
    """
    if not text.isascii():
        text = "".join(VISIBLE.findall(text.translate(_PLAIN)))
        if _LOOKALIKE.search(text):
            text = _WORD.sub(_one_script, text)
    return " ".join(text.split())


def offsets(text: str) -> list[int]:
    """Where each letter of `normalize(text)` stands in the text; a space, where its gap ends."""
    places: list[int] = []
    gap = False
    for offset, letter in enumerate(text):
        if not VISIBLE.match(letter):
            continue
        if letter.isspace():
            gap = True
            continue
        places += [offset] * (1 + (gap and bool(places)))
        gap = False
    return places


def mixed_words(text: str) -> Iterator[tuple[int, str, str]]:
    """Words of Latin letters and letters that look so: where each stands, and how it looks."""
    if not text.isascii() and _LOOKALIKE.search(text):
        for word in _WORD.finditer(text):
            if (looks := _one_script(word)) != word[0]:
                yield word.start(), word[0], looks


def _one_script(word: re.Match[str]) -> str:
    return word[0].translate(_LOOKALIKES) if _LATIN.search(word[0]) else word[0]


def spans(quote: str) -> list[str]:
    """The spans of a quote written as `start words … end words`."""
    return [part.strip() for part in _GAP.split(quote) if part.strip()]


def quote_spans(quote: str) -> list[str]:
    """Those spans, made plain."""
    return list(map(normalize, spans(quote)))


def quote_words(quote: str) -> list[tuple[str, ...]]:
    """The words of each span of a quote, without signs and capitals."""
    return [tuple(_WORD.findall(span.casefold())) for span in quote_spans(quote)]


def contains_quote(text: str, quote: str) -> bool:
    """Whether the *text*, made plain, carries the quote, its spans in order."""
    start = 0
    for part in quote_spans(quote):
        at = text.find(part, start)
        if at < 0:
            return False
        start = at + len(part)
    return bool(quote_spans(quote))


def word_count(quote: str) -> int:
    """How many words a quote repeats."""
    return sum(len(part.split()) for part in quote_spans(quote))


def slug(text: str) -> str:
    """The text as an id or an anchor."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def text_fragment(quote: str) -> str:
    """The text directive that leads a browser to a quote on a live page.

    `start words … end words` become the ends of a range. Signs that mean something in a directive
    are written as percent and number, among them the hyphen, the comma and the ampersand.

    Source:
        URL Fragment Text Directives, WICG draft community group report,
        https://wicg.github.io/scroll-to-text-fragment/.
    """
    ends = spans(quote)
    if len(ends) > 2:
        ends = [ends[0], ends[-1]]
    return ":~:text=" + ",".join(
        urllib.parse.quote(end, safe="").replace("-", "%2D") for end in ends
    )


def is_web_address(text: str) -> bool:
    """Whether a text is the address of a page: https or http, a host, and no sign that parts it.

    Source: RFC 3987, section 2.2, for the signs that an address has written out.
    """
    try:
        parts = urllib.parse.urlsplit(text)
        host = parts.hostname and parts.port != 0
    except ValueError:  # brackets that are no number of a host; a port that is none
        return False
    good = text.startswith(("https://", "http://")) and bool(host)
    return good and VISIBLE.fullmatch(text) is not None and not _PARTING.search(text)


def is_copy(address: str) -> bool:
    """Whether an address is of no place to send a reader to: a number, a port, a staging copy.

    Such a host may be gone tomorrow, or be anybody's. What was read there may be recorded; cited is
    the work, where it was published.
    """
    parts = urllib.parse.urlsplit(address)
    host = parts.hostname or ""
    usual = parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme))
    return not usual or _NUMBERED.fullmatch(host) is not None or _PASSING.search(host) is not None


def heading(section: str | None) -> str:
    """A section's heading without the signs that some pages put before it."""
    return _MARKS.sub("", section or "")
