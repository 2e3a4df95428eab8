"""Figures as people write them, made plain: points, commas, spaces and signs in numbers."""

import re

_DIGITS = r"(?<![\d.,])\d{1,3}"
# What may follow a figure with a decimal comma; "5,6" alone may be two figures.
_MEASURED = r"(?=\s*(?:%|percent|per\s+cent|[mµμnk]?g\b|mcg\b|ml\b|h\b|min\b|hours?\b|days?\b"
_MEASURED += r"|weeks?\b|months?\b|years?\b|points?\b))"
_REWRITES = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=\d)\s?[·∙⋅]\s?(?=\d)", "."),  # 71·4, as some journals print
        (rf"({_DIGITS}),(\d{{1,2}}){_MEASURED}", r"\1.\2"),  # 71,4 %
        (rf"({_DIGITS})[\u00a0\u2009\u202f'’](\d{{3}})(?!\d)", r"\1\2"),  # 1 200, 1'200
        (r"(?<=[\d%])\s*[‐‑‒–−]\s*(?=\d)", " to "),
        (r"\b[Bb]etween\s+(\d[\d.,]{0,12}\s*%?)\s+and\s+(?=\d)", r"\1 to "),
        (r"(?<![-=<>])(?:≥|>=|⩾)\s*(?=\d)", "at least "),
        (r"(?<![-=<>])(?:≤|<=|⩽)\s*(?=\d)", "no more than "),
        (r"(?<![-=<>\w])>\s*(?=\d)", "more than "),
        (r"(?<![-=<>\w])<\s*(?=\d)", "less than "),
        (r"(?<!\w)(?:~|≈|≃|\bca?\.)\s*(?=\d)", "about "),
    )
]
_ANY = re.compile(r"[^\x00-\x7f]|[,<>~']|\bca?\.|\bbetween\b", re.IGNORECASE)


def plain_figures(text: str) -> str:
    """The text with its figures in the plain way: 71.4%, 1200, 40 to 60, at least 15."""
    if _ANY.search(text):
        for pattern, plain in _REWRITES:
            text = pattern.sub(plain, text)
    return text
