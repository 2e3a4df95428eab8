"""The figures that a sentence gives, read as values: shares, fractions, amounts with units, and the words of the vocabulary.

The same values as records carry, so that what a draft says can be held against findings like any page's words.
"""

import re
from collections.abc import Iterator

from claimbook.model import Value
from claimbook.values import read

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
_SMALL |= {"an": 1, "a": 1}
_NUMBER = rf"(?:{_N}|{'|'.join(_SMALL)})"
_UNITS = {
    r"mg\s*/\s*kg\s*/\s*h(?:r|our)?": "mg/kg/h", r"mg\s*/\s*kg": "mg/kg", r"mg": "mg",
    r"seconds?": "s", r"min(?:ute)?s?": "min", r"h(?:ou)?rs?|h": "h",
    r"(?:[a-z]+ )?days? (?:per|a|each) month": "day/month",
    r"days? (?:per|a|each) week": "day/week", r"days?": "day", r"weeks?": "week", r"months?": "month", r"years?": "year",
    r"sessions?": "session",
}  # fmt: skip
_UNIT = "|".join(f"(?:{pattern})" for pattern in _UNITS)
_BOUND = (
    r"(?P<up>up to|as many as|as much as)|(?P<more>more than|over|above|greater than)|(?P<least>at least|no less than)"
    r"|(?P<less>less than|under|below|within|fewer than)|(?P<most>at most|no more than)"
    r"|(?P<about>about|around|approximately|roughly|nearly|almost)"
)
_SHARE = re.compile(rf"(?:(?:{_BOUND})\s+)?(?P<low>{_N})\s*%?(?:\s*(?:-|–|to)\s*(?P<high>{_N}))?\s*(?:%|percent|per cent)", re.IGNORECASE)
_OUT_OF = re.compile(rf"(?P<count>{_NUMBER})\s+(?:out of|in|of)\s+(?P<total>{_NUMBER})\b(?!\s*%)", re.IGNORECASE)
_AMOUNT = re.compile(
    rf"(?:(?:{_BOUND})\s+)?(?P<low>\b{_NUMBER})(?P<plus>\+|\s+or more)?(?:\s*(?:-|–|to|or)\s*(?P<high>{_NUMBER}))?"
    rf"[\s-]*(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)
_FRACTIONS: dict[str, dict[str, object]] = {
    r"(?:over|more than) (?:one|a)[- ]third": {"share": ">33.3%"}, r"(?:over|more than) half": {"share": ">50%"},
    r"(?:one|a)[- ]third": {"share": "30 to 37%"}, r"half of|one half|half the": {"share": "45 to 55%"},
    r"two[- ]thirds": {"share": "60 to 73%"},
    r"three[- ]quarters|three out of four": {"share": "70 to 80%"}, r"a quarter|one[- ]quarter": {"share": "22 to 28%"},
    r"most (?:people|patients|users|of|individuals)|(?:the|a) majority": {"share": ">50%"}, r"\bmost\b": {"share": ">50%"},
    r"everyone|all patients|every patient": {"share": "100%"},
}  # fmt: skip
_WITHIN: dict[str, dict[str, object]] = {
    r"within hours|in hours": {"amount": "0 to 24 h"}, r"several hours|a few hours": {"amount": "2 to 12 h"},
    r"weeks or (?:even )?months": {"amount": ">=2 week"}, r"a few days|several days": {"amount": "1 to 14 day"},
}  # fmt: skip


def quantities(sentence: str) -> Iterator[Value]:
    """Every figure of a sentence as a value, shares first; what cannot be read is passed over."""
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if not inside:
            taken.append(match.span())
        return not inside

    for match in _SHARE.finditer(sentence):
        if free(match):
            yield from _read("share", match, "%")
    for match in _OUT_OF.finditer(sentence):
        count, total = _number(match["count"]), _number(match["total"])
        if total >= 2 and count <= total and count == int(count) and total == int(total) and free(match):
            yield read({"share": f"{100 * count / total:.1f}%", "of": [int(count), int(total)]})
    for pattern, written in _FRACTIONS.items():
        for match in re.finditer(pattern, sentence, re.IGNORECASE):
            if free(match):
                yield read(written)
    for match in _AMOUNT.finditer(sentence):
        if free(match):
            unit = next(unit for pattern, unit in _UNITS.items() if re.fullmatch(pattern, match["unit"], re.IGNORECASE))
            yield from _read("amount", match, f" {unit}")
    for pattern, written in _WITHIN.items():
        for match in re.finditer(pattern, sentence, re.IGNORECASE):
            if free(match):
                yield read(written)


def _read(kind: str, match: re.Match[str], unit: str) -> Iterator[Value]:
    low = _number(match["low"])
    number = f"{low:g}" if "." not in match["low"] else match["low"]
    plus = "plus" in match.re.groupindex and match["plus"]
    if match["high"]:
        written: dict[str, object] = {kind: f"{number} to {_number(match['high']):g}{unit}"}
    elif match["more"]:
        written = {kind: f">{number}{unit}"}
    elif match["least"] or plus:
        written = {kind: f">={number}{unit}"}
    elif match["less"]:
        written = {kind: f"<{number}{unit}"}
    elif match["most"]:
        written = {kind: f"<={number}{unit}"}
    else:
        bound = "up-to" if match["up"] else "about" if match["about"] else None
        written = {kind: f"{number}{unit}"}
        if bound:
            written["bound"] = bound
    try:
        yield read(written)
    except ValueError:
        return


def _number(text: str) -> float:
    return _SMALL[text.lower()] if text.lower() in _SMALL else float(text.replace(",", ""))
