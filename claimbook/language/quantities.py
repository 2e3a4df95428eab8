"""The figures that a sentence gives, read as values: shares, fractions, amounts with units, and the words of the vocabulary.

The same values as records carry, so that what a draft says can be held against findings like any page's words.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from claimbook.records import Value, parse_value

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
_SMALL |= {
    "eleven": 11,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_SMALL |= {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
_SMALL |= {"an": 1, "a": 1, "single": 1}
_TENS = "|".join(word for word, number in _SMALL.items() if number % 10 == 0 and number >= 20)
_UNITS_WORDS = "|".join(
    word for word, number in _SMALL.items() if 1 <= number <= 9 and len(word) > 2
)
_NUMBER = (
    rf"(?:{_N}|(?:{_TENS})-(?:{_UNITS_WORDS})\b|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
)
_UNITS = {
    r"mg\s*/\s*kg\s*/\s*h(?:r|our)?": "mg/kg/h", r"mg\s*/\s*kg": "mg/kg", r"mg": "mg",
    r"seconds?": "s", r"min(?:ute)?s?": "min", r"h(?:ou)?rs?|h": "h",
    r"(?:[a-z]+ )?days? (?:(?:per|a|each|every)|(?:out )?of (?:the|a|each|every)|in (?:the|a|each|every)) month": "day/month",
    r"(?:classes of )?(?:preventive|preventative)s?(?: (?:medicines?|medications?|drugs?|treatments?|classes))?|classes of \w+": "class",
    r"days? (?:per|a|each) week": "day/week", r"days?": "day", r"weeks?": "week", r"months?": "month", r"years?": "year",
    r"sessions?": "session", r"kg\s*/\s*m(?:2|²)": "kg/m2", r"(?:kg|kilos?|kilograms?)": "kg", r"(?:lbs?|pounds?)": "lb", r"mmHg": "mmHg",
}  # fmt: skip
_UNIT = "|".join(f"(?:{pattern})" for pattern in _UNITS)
_BOUND = (
    r"(?P<up>up to|as many as|as much as)|(?P<more>more than|over|above|greater than)|(?P<least>at least|no less than)"
    r"|(?P<less>less than|under|below|within|fewer than)|(?P<most>at most|no more than)"
    r"|(?P<about>about|around|approximately|roughly|nearly|almost)"
)
_SHARE = re.compile(
    rf"(?:(?:{_BOUND})\s+)?(?P<low>{_N})\s*%?(?:\s*(?:-|–|to)\s*(?P<high>{_N}))?\s*(?:%|percent|per cent)",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    rf"(?P<share>{_N})\s*(?:%|percent|per cent)\s+of\s+(?:(?:the|these|those|its|our)\s+)?(?P<total>\d[\d,]*)\b(?!\s*%|\.\d)"
    r"(?=\s+(?:\w+\s+){0,3}?(?:people|patients|users|participants|adults|women|men|children|volunteers|cases|inpatients)\b)",
    re.IGNORECASE,
)
_COUNT_SHARE = re.compile(
    rf"\b(?P<count>\d[\d,]*)\s*\((?P<share>{_N})\s*(?:%|percent|per cent)\)", re.IGNORECASE
)
_OUT_OF = re.compile(
    rf"\b(?P<count>{_NUMBER})\s+(?:out of|in|of)\s+(?:(?:the|their|its|his|her|our|these|those|every|an?"
    rf"|each)\s+)?(?P<total>{_NUMBER})\b(?!\s*%)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?:(?:{_BOUND})\s+)?(?P<low>\b{_NUMBER})(?P<plus>\+|\s+or more)?(?:\s*(?:-|–|to|or)\s*(?P<high>{_NUMBER}))?"
    rf"[\s-]*(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)


def _compiled(
    words: dict[str, dict[str, object]],
) -> list[tuple[re.Pattern[str], dict[str, object]]]:
    return [(re.compile(pattern, re.IGNORECASE), written) for pattern, written in words.items()]


_FRACTIONS = _compiled(
    {
        r"(?:over|more than) (?:one|a)[- ]third": {"share": ">33.3%"},
        r"(?:over|more than) half": {"share": ">50%"},
        r"(?:one|a)[- ]third": {"share": "30 to 37%"},
        r"half of|one half|half the": {"share": "45 to 55%"},
        r"two[- ]thirds": {"share": "60 to 73%"},
        r"(?:a|one)[- ]fifth": {"share": "18 to 22%"},
        r"three[- ]fifths": {"share": "58 to 62%"},
        r"four[- ]fifths": {"share": "78 to 82%"},
        r"nine[- ]tenths": {"share": "88 to 92%"},
        r"three[- ]quarters|three out of four": {"share": "70 to 80%"},
        r"a quarter|one[- ]quarter": {"share": "22 to 28%"},
        r"most (?:people|patients|users|of|individuals)|(?:the|a) majority": {"share": ">50%"},
        r"\bmost\b": {"share": ">50%"},
        r"(?:\bnot|n['’]t|\bnever)\b[^.;,]{0,30}?\b(?:everyone|everybody|all (?:patients|people)|every (?:patient|person))": {
            "share": "<100%"
        },
        r"everyone|everybody|all patients|every (?:single )?(?:patient|person)": {"share": "100%"},
    }
)
_WITHIN = _compiled(
    {
        r"within hours|in hours": {"amount": "0 to 24 h"},
        r"several hours|a few hours": {"amount": "2 to 12 h"},
        r"weeks or (?:even )?months": {"amount": ">=2 week"},
        r"days or (?:even )?weeks": {"amount": ">1 day"},
        r"for (?:many )?weeks": {"amount": ">=2 week"},
        r"for (?:many )?months": {"amount": ">=2 month"},
        r"for (?:many )?years": {"amount": ">=2 year"},
        r"a few days|several days": {"amount": "1 to 14 day"},
    }
)


_SOME = re.compile(
    rf"\d|\b(?:{'|'.join(_SMALL)}|half|thirds?|quarters?|fifths?|tenths?|most|majority|everyone|everybody|all|every|hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)  # no figure without one of these
SMALL = 10  # "three in four" is a rounded fraction, not a count


@lru_cache(maxsize=10_000)
def quantities(sentence: str) -> tuple[Value, ...]:
    """Every figure of a sentence as a value, shares first; what cannot be read is passed over."""
    return tuple(_quantities(sentence)) if _SOME.search(sentence) else ()


def _quantities(sentence: str) -> Iterator[Value]:
    taken = bytearray(len(sentence))  # the letters that belong to a figure already

    def free(match: re.Match[str]) -> bool:
        start, end = match.span()
        if taken.find(1, start, end) >= 0:
            return False
        taken[start:end] = b"\1" * (end - start)
        return True

    for match in _SHARE_OF.finditer(sentence):
        share, people = float(match["share"]), counted(match["total"])
        if people >= 2 and share <= 100 and free(match):
            yield parse_value(
                {"share": f"{match['share']}%", "of": [round(share * people / 100), people]}
            )
    for match in _COUNT_SHARE.finditer(sentence):
        part, share = counted(match["count"]), float(match["share"])
        people = round(100 * part / share) if share else 0
        if 0 < part <= people and abs(100 * part / people - share) < 0.06 and free(match):
            yield parse_value({"share": f"{match['share']}%", "of": [part, people]})
    for match in _SHARE.finditer(sentence):
        if free(match):
            yield from _read("share", match, "%")
    for match in _OUT_OF.finditer(sentence):
        count, total = _number(match["count"]), _number(match["total"])
        if (
            total < 2
            or count > total
            or count != int(count)
            or total != int(total)
            or not free(match)
        ):
            continue
        if total <= SMALL:  # a rounded fraction, read within a few points of itself
            near = min(max(20 / total, 2), 7)
            yield parse_value(
                {
                    "share": f"{max(100 * count / total - near, 0):.0f} to {min(100 * count / total + near, 100):.0f}%"
                }
            )
        else:
            yield parse_value(
                {"share": f"{100 * count / total:.1f}%", "of": [int(count), int(total)]}
            )
    for pattern, written in _FRACTIONS:
        for match in pattern.finditer(sentence):
            if free(match):
                yield parse_value(written)
    for match in _AMOUNT.finditer(sentence):
        if free(match):
            unit = next(
                unit
                for pattern, unit in _UNITS.items()
                if re.fullmatch(pattern, match["unit"], re.IGNORECASE)
            )
            yield from _read("amount", match, f" {unit}")
    for pattern, written in _WITHIN:
        for match in pattern.finditer(sentence):
            if free(match):
                yield parse_value(written)


def counted(word: str) -> int:
    """A whole number written in digits or as a word."""
    return int(_number(word))


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
        yield parse_value(written)
    except ValueError:
        return


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text.replace(",", ""))
    return float(sum(_SMALL[word] for word in text.lower().split("-")))
