"""Figures as people write them, made plain: points, commas, spaces, signs, fractions and words."""

import re
import unicodedata
from collections.abc import Callable

from claimbook.language.phrases import alternatives, any_of, meanings

VALUES = {
    word: int(value)
    for section in ("ones", "teens", "tens", "articles")
    for word, value in meanings("numbers", section).items()
}
_WORD = any_of(VALUES.keys() - meanings("numbers", "articles").keys())
_TENS = alternatives("numbers", "tens")
_SMALL = rf"(?:\d{{1,4}}|{_WORD})"
_DIGITS = r"(?<![\d.,])\d{1,3}"
_PERCENT = r"(?:%|percent\b|per\s+cent\b|pct\b)"
_UNIT = r"(?:[mµμnk]?g|mcg|ml|h|points?|(?:milli|micro|kilo)?grams?|(?:min|hr|wk|mo|yr|second"
_UNIT += r"|minute|hour|day|week|month|year)s?)\b"
# What may follow a figure with a decimal comma; "5,6" alone may be two figures.
_MEASURED = rf"(?=\s*(?:{_PERCENT}|{_UNIT}))"
_FRACTIONS = dict(zip("½⅓⅔¼¾⅕⅛", meanings("numbers", "signs").values(), strict=True))
_SIGNS = "".join(_FRACTIONS)
_PARTS = {"half": 0.5, "quarter": 0.25}
_PEOPLE = alternatives("people")


def number(text: str) -> float:
    """A number in digits or in words: "1,200", "twenty-one", "a"."""
    if text[0].isdigit():
        return float(text.replace(",", ""))
    return float(sum(VALUES[word] for word in re.split(r"[\s-]+", text.lower())))


def _with_sign(match: re.Match[str]) -> str:
    return f"{int(match[1]) + unicodedata.numeric(match[2]):.3g}"


def _with_part(match: re.Match[str]) -> str:
    """One and a half hours, or an hour and a half, as 1.5 hours."""
    part = _PARTS[match["part"].lower()]
    return f"{number(match['number']) + part:g} {match['unit'] or ''}".strip()


def _part(match: re.Match[str]) -> str:
    return f"{number(match[1]) / 4:g} "


def _quotient(match: re.Match[str]) -> str:
    return f"{int(match[1] or 0) + int(match[2]) / int(match[3]):.3g}"


def _in_digits(match: re.Match[str]) -> str:
    return f"{number(match[0]):g}"


def _with_decimals(match: re.Match[str]) -> str:
    decimals = "".join(f"{number(word):g}" for word in match[2].split())
    return f"{number(match[1]):g}.{decimals}"


_NAMED = r"(?P<number>\d{1,4}|\ban?|\b(?:" + _WORD + r"))\s+"
_AND_PART = r"and\s+an?\s+(?P<part>half|quarter)\b"
_ONES = alternatives("numbers", "ones")
_PART_OF = rf"(?:{_PERCENT}|\b(?:half|thirds?|quarters?|fifths?|eighths?|tenths?|\d+))"
_ONE_IN = rf"\b(one|1)\s+{alternatives('people', 'one')}\s+(in|out\s+of)"
_BOUNDED = rf"(?<!to )(?<![\d.,–-])(\d[\d.,]{{0,12}}\s*(?:{_PERCENT}|{_UNIT}))\s+or\s+"
_OF_ONE = r"\s+(?:of\s+)?(?:an?|one|1)\s+"
_UP_TO = rf"\s+up\s+to(?=\s+(?:[\d.,]{{1,12}}|[a-z]+(?:-[a-z]+)?)\s*{_PERCENT})"
_Plain = str | Callable[[re.Match[str]], str]
# What a text in small letters must have, the figure as it is written, and the plain way.
_WRITTEN: list[tuple[str, str, _Plain]] = [
    (rf"\d\s?[{_SIGNS}]", rf"(\d)\s?([{_SIGNS}])", _with_sign),  # 1½
    (rf"[{_SIGNS}]", rf"[{_SIGNS}]", lambda match: _FRACTIONS[match[0]]),
    ("/", rf"(?<![\d/.,])(?:(\d{{1,3}})\s+)?([1-3])/([234])(?=\s+{_UNIT})", _quotient),
    ("[·∙⋅]", r"(?<=\d)\s?[·∙⋅]\s?(?=\d)", "."),  # 71·4, as some journals print
    (r"\d,\d", rf"({_DIGITS}),(\d{{1,2}}){_MEASURED}", r"\1.\2"),  # 71,4 %
    # 1 200, 1'200; after a plain space 1 000 only, for 1 200 may be two figures
    ("\\d[\u00a0\u2009\u202f'’]", rf"({_DIGITS})[\u00a0\u2009\u202f'’](\d{{3}})(?!\d)", r"\1\2"),
    (r"\d 0", rf"({_DIGITS}) (0\d\d)(?!\d)", r"\1\2"),
    (r"(?<!\d)\.\d", r"(?<![\w.)\]])\.(?=\d)", "0."),  # .5
    (
        " point ",
        rf"\b((?:{_TENS}[ -])?{_ONES}|(?:{_WORD}))\s+point\s+({_ONES}(?:\s+{_ONES})*)\b",
        _with_decimals,
    ),
    (r"per\s?cent", rf"\b(?:{_TENS}[ -])?(?:{_WORD})(?=\s+per\s?cent\b)", _in_digits),
    (" and an? ", rf"{_NAMED}(?P<unit>{_UNIT})\s+{_AND_PART}", _with_part),
    (" and an? ", rf"{_NAMED}(?P<unit>){_AND_PART}", _with_part),
    ("quarter", rf"\b(an?|one|three)[ -]quarters?\s+(?:of\s+)?(?:an?\s+)?(?={_UNIT})", _part),
    ("half", rf"\b(?:an?\s+|one[ -])?half(?:[ -]|{_OF_ONE})(?=(?:{_PERCENT}|{_UNIT}))", "0.5 "),
    ("dozen", r"\bhalf\s+a\s+dozen\b", "six"),
    ("dozen", r"\ba\s+dozen\b", "twelve"),
    ("couple", rf"\ba\s+couple\s+of\s+(?={_UNIT})", "two "),
    ("fortnight", r"\b(?:an?|one)\s+fortnight\b", "two weeks"),
    ("pct", r"(?<=\d)\s*pct\b", "%"),
    (r"\d[ -]?ish", r"(\d[\d.,]{0,12})[ -]?ish\b", r"about \1"),
    (r"/\d", rf"\b(\d+)/(\d+)(?=\s+(?:of\s+)?{_PEOPLE}\b)", r"\1 in \2"),  # 7/10 people
    (
        " in | out ",
        rf"{_ONE_IN}(?=\s+(?:every\s+)?{_SMALL}\b(?!\s+{_UNIT}))",  # one woman in eight
        r"\1 \2",
    ),
    (" times out ", rf"(?<=\w)\s+times\s+(?=out\s+of\s+(?:every\s+)?{_SMALL}\b)", " "),
    (" up to ", rf"({_PERCENT}){_UP_TO}", r"\1 to"),
    (r"\+", r"(?<!to )(?<![\d.,])(\d[\d.,]{0,12})\s*(?:%\s*\+|\+\s*%)", r"at least \1%"),
    (" or ", rf"{_BOUNDED}(?:more|higher|greater|above|longer|over)\b", r"at least \1"),
    (" or ", rf"{_BOUNDED}(?:less|fewer|lower|below|shorter|under)\b", r"no more than \1"),
    (
        " of (?:all|every) ",
        rf"({_PART_OF})\s+of\s+(?:all|every)(?=\s+(?:the\s+|our\s+)?{_PEOPLE}\b)",
        r"\1 of",
    ),
    ("-to-", r"(?<=\d)-to-(?=\d)", " to "),
    ("[‐‑‒–−]", r"(?<=[\d%])\s*[‐‑‒–−]\s*(?=\d)", " to "),
    ("between", r"\bbetween\s+(\d[\d.,]{0,12}\s*%?)\s+and\s+(?=\d)", r"\1 to "),
    ("between", rf"\bbetween\s+({_WORD})\s+and\s+(?={_SMALL}\b)", r"\1 to "),
    ("[≥>⩾]", r"(?<![-=<>])(?:≥|>=|⩾)\s*(?=\d)", "at least "),
    ("[≤<⩽]", r"(?<![-=<>])(?:≤|<=|⩽)\s*(?=\d)", "no more than "),
    (">", r"(?<![-=<>\w])>\s*(?=\d)", "more than "),
    ("<", r"(?<![-=<>\w])<\s*(?=\d)", "less than "),
    (r"[~≈≃]|\bca?\.", r"(?<!\w)(?:~|≈|≃|\bca?\.)\s*(?=\d)", "about "),
    ("daily|weekly|monthly", r"\b(days?|times?)\s+(dai|week|month)ly\b", r"\1 a \2"),
]
_REWRITES = [(re.compile(needs), pattern, plain) for needs, pattern, plain in _WRITTEN]


def plain_figures(text: str) -> str:
    """The text with its figures in the plain way: 71.4%, 1200, 40 to 60, at least 15."""
    small = text.lower()
    for needs, pattern, plain in _REWRITES:  # few texts need any, and few patterns are compiled
        if needs.search(small):
            text = re.sub(pattern, plain, text, flags=re.IGNORECASE)
    return text
