"""Words in their places: folding, finding quotes, counting words."""

import re

_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‑": "-", "\u00a0": " ", "\u200b": None})
_GAP = re.compile(r"…|\.\.\.")
MAX_QUOTE = 25  # words: short enough to be a quotation, never a copy


def fold(text: str) -> str:
    """The text with white space, quotation marks and dashes made plain, for finding one text in another."""
    return " ".join(text.translate(_FOLD).split())


def parts(quote: str) -> list[str]:
    """The spans of a quote written as `start words … end words`, folded."""
    return [fold(part) for part in _GAP.split(quote) if part.strip()]


def found(quote: str, text: str) -> bool:
    """Whether the folded *text* carries the quote, its spans in order."""
    start = 0
    for part in parts(quote):
        at = text.find(part, start)
        if at < 0:
            return False
        start = at + len(part)
    return bool(parts(quote))


def word_count(quote: str) -> int:
    """How many words a quote repeats."""
    return sum(len(part.split()) for part in parts(quote))


def slug(text: str) -> str:
    """The text as an id or an anchor."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
