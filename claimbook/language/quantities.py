"""The figures that a sentence gives, as values: shares, fractions, amounts, lengths of time.

The same values as records carry, so that what a draft says can be held against findings like any
page's words. Numbers and bounds in words are data (`en/numbers.txt`), and so are units: the general
ones and those of a base.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache, partial

from claimbook.language.phrases import (
    Pattern,
    alternatives,
    any_of,
    expression,
    meanings,
    pattern,
    phrases,
)
from claimbook.language.written_figures import VALUES, number, plain_figures
from claimbook.records import (
    UNITS,
    Amount,
    Interval,
    Share,
    Unit,
    Value,
    Vocabulary,
    of_vocabulary,
    parse_value,
)

Written = dict[str, object]  # a value as records write it
Place = tuple[int, int, Value]  # from where to where a value stands in a text
Reader = tuple[str, Callable[[re.Match[str]], Written | Value | None]]
Group = tuple[Pattern, Sequence[Reader]]  # after a sign that a text has something for them

ROUNDED = 10  # "three in four" is a rounded fraction, not a count: totals up to this
RATES = (100, 1000)  # "2 in 100" is a rounded rate, which counts nobody
REACH = 40  # letters on either side of a length of time in which words tell that it is a limit
PRINTED = 0.06  # points by which a printed share may miss its count, rounded to one place

_BOUNDS = {
    phrase: sign
    for sign in ("up-to", ">", ">=", "<", "<=", "about")
    for phrase in phrases("numbers")[sign]
}
# Runs of digits are bounded, so that a long one costs no more than its length.
_FIGURE = r"(?<!\d)\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,12})?(?!\d)"
_WORDS = any_of(VALUES)
_FROM_TO = re.compile(r"\s*(?:-|–|to)\s+")
_TENS = rf"{alternatives('numbers', 'tens')}[- ]{alternatives('numbers', 'ones')}\b"
_NUMBER = rf"(?:{_FIGURE}|{_TENS}|{_WORDS})"
_PLAIN_WORDS = "|".join(alternatives("numbers", section) for section in ("tens", "teens", "ones"))
_PERCENTAGE = rf"(?:{_FIGURE}|\b(?:{_TENS}|{_PLAIN_WORDS}))"
_BOUND = rf"(?:(?P<bound>{'|'.join(_BOUNDS)})\s+)?"
_ROUNDED = re.compile(r"(\d+) to (\d+)%")  # a fraction, as `numbers.txt` has it
_PER_CENT = re.compile(r"%|per\s?cent", re.IGNORECASE)
_PERCENT = r"\s*(?:%(?![ -]?points?\b)|per\s?cent\b)"
_PEOPLE = rf"\s+(?:\w+\s+){{0,3}}?{alternatives('people')}\b"
_SHARE = (
    rf"{_BOUND}(?P<low>{_PERCENTAGE})(?:{_PERCENT}|\s*%)?"
    rf"(?:\s*(?:-|–|to|or)\s*(?P<high>{_PERCENTAGE}))?{_PERCENT}"
)
_SHARE_OF = (
    rf"(?P<share>{_FIGURE}){_PERCENT}\s+of\s+(?:(?:the|these|those|its|our)\s+)?"
    rf"(?P<total>{_FIGURE})\b(?!\s*%|\.\d)(?={_PEOPLE})"
)
_COUNT_SHARE = rf"(?<!/)\b(?P<count>{_FIGURE})\s*\((?P<share>{_FIGURE}){_PERCENT}\)"
_SLASHED = rf"\b(?P<count>{_FIGURE})\s*/\s*(?P<total>{_FIGURE})\b"
_SLASHED_SHARE = rf"{_SLASHED}\s*[(,;=:]\s*(?P<share>{_FIGURE}){_PERCENT}"
_SHARE_SLASHED = rf"(?P<share>{_FIGURE}){_PERCENT}\s*[(,;]\s*(?:n\s*=\s*)?{_SLASHED}"
_OUT_OF = (
    rf"{_BOUND}\b(?:(?P<low>{_FIGURE})\s*(?:-|–|to)\s*)?(?P<count>{_NUMBER})\s+"
    r"(?P<link>out of|in|of|per(?=\s+1,?0{2,3}\b))\s+"
    r"(?:(?:the|their|its|his|her|our|these|those|(?P<every>every|each|an?))\s+)?"
    rf"(?P<total>{_NUMBER})\b(?!\s*%)"
)
_AMOUNT = (
    rf"{_BOUND}(?P<low>\b{_NUMBER})(?P<plus>\+|\s+or more)?"
    rf"(?:\s*(?:-|–|to|or)\s*(?P<high>{_NUMBER}))?"
    rf"(?:(?<=[\d+])[\s-]*|[\s-]+)(?:{alternatives('numbers', 'whole')}\s+)?(?P<unit>UNIT)\b"
    r"(?P<more>\s+(?:or (?:more|longer)|at (?:the very |the )?least)\b(?!\s+[a-z]+s\b))?"
)
_PER = r"(?:\s*/\s*|\s+(?:per|an?|each|every|(?:(?:out )?of|in) (?:the|an?|each|every))\s+)"
_BY = re.compile(r"\bby$", re.IGNORECASE)
# How sure a figure is, which is the share of nobody: "95% CI 0.3 to 2.7".
_INTERVAL = re.compile(
    rf"{_FIGURE}{_PERCENT}\s*-?\s*{alternatives('numbers', 'intervals')}\b"
    rf"(?:[\s:,=(\[]{{0,4}}(?:(?:of|was|is|from)\s+)?-?{_FIGURE}\s*%?"
    rf"(?:\s*(?:-|–|to|,|and)\s*-?{_FIGURE}(?:\s*%)?))?",
    re.IGNORECASE,
)
# No sentence without one of these gives a figure.
_ANY = re.compile(
    rf"\d|[½⅓⅔¼¾⅕⅛]|\b(?:{_WORDS}|half|thirds?|quarters?|fifths?|tenths?|most|majority|everyone|everybody"
    r"|all|every|hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in any case; few texts need any, and few patterns are compiled."""
    return re.compile(pattern, re.IGNORECASE)


class Quantities:
    """Reads the figures of sentences, with the units of a base; the same sentence is read once."""

    def __init__(self, units: Mapping[str, Unit] = UNITS) -> None:
        self.units, self._forms = units, _unit_forms(units.values())
        unit = "|".join(f"(?:{form})" for form in self._forms.values())
        amounts = (_ANY, [(_AMOUNT.replace("UNIT", unit), self._amount)])
        self._readers: list[Group] = [*_SHARES, amounts, _TIMES]
        self._read = lru_cache(maxsize=10_000)(lambda sentence: tuple(self._values(sentence)))

    def __call__(self, sentence: str) -> tuple[Value, ...]:
        """Every figure of a sentence, shares first; what cannot be read is passed over.

        So is time that is past: "over the last 20 years".
        """
        if not _ANY.search(sentence):
            return ()
        text = _plain(sentence)
        return tuple(
            value for start, end, value in self._read(text) if not _is_past(text, start, end)
        )

    def limits(self, sentence: str) -> tuple[Amount, ...]:
        """The lengths of time for which a sentence says that something waits, or lasts.

        "Not for 6 hours" gives one; "it takes 20 minutes" and "once the two hours are over" none.
        """
        text = _plain(sentence)
        found = self._read(text) if _ANY.search(sentence) else ()
        return tuple(
            value
            for start, end, value in found
            if isinstance(value, Amount) and value.dimension == "time"
            if value.text.startswith(">=") or _limits(text, start, end)
        )

    def _values(self, text: str) -> Iterator[Place]:
        found: list[Place] = []
        taken = bytearray(len(text))  # the letters that belong to a figure already
        for match in _INTERVAL.finditer(text) if _PER_CENT.search(text) else ():
            taken[match.start() : match.end()] = b"\1" * len(match[0])
        readers = (each for sign, group in self._readers if sign.search(text) for each in group)
        for written_so, read in readers:
            for match in _compiled(written_so).finditer(text):
                start, end = match.span()
                if taken.find(1, start, end) >= 0 or (written := read(match)) is None:
                    continue
                taken[start:end] = b"\1" * (end - start)
                with suppress(ValueError):
                    if not isinstance(written, Value):
                        written = parse_value(written, units=self.units)
                    found.append((start, end, written))
        return _joined(found, text)

    def _amount(self, match: re.Match[str]) -> Written:
        forms = self._forms.items()
        unit = next(name for name, form in forms if _compiled(form).fullmatch(match["unit"]))
        bound = _bound(match)
        if (match["plus"] or match["more"]) and bound in (None, "up-to", "about"):
            bound = ">="
        return _range_or_bounded("amount", match, f" {unit}", bound)


def _unit_forms(units: Iterable[Unit]) -> dict[str, str]:
    """How copy writes each unit, the longest first; a rate as it writes its parts."""
    forms = {
        unit.id: "|".join(
            re.escape(form).replace(r"\ ", r"\s+").replace("/", r"\s*/\s*")
            for form in sorted(unit.forms, key=len, reverse=True)
        )
        for unit in units
    }
    for name in [name for name, written in forms.items() if not written]:
        first, *rest = (
            f"(?:{forms.get(part) or re.escape(part) + 's?'})" for part in name.split("/")
        )
        kind = "(?:[a-z]+ )?" if rest and name.startswith("day/") else ""  # "15 ill days a month"
        forms[name] = kind + _PER.join([first, *rest])
    order = sorted(forms, key=lambda name: (-name.count("/"), -len(forms[name])))
    return {name: forms[name] for name in order}


def _joined(found: Iterable[Place], text: str) -> Iterator[Place]:
    """The values of a text; two amounts that are the ends of a range are one."""
    last: Place | None = None
    for place in found:
        whole = last and _FROM_TO.fullmatch(text, last[1], place[0]) and _range_of(last, place)
        if last and not whole:
            yield last
        last = whole or place
    if last:
        yield last


def _is_past(text: str, start: int, end: int) -> bool:
    """Whether what stands at a place is a length of time until now."""
    before, after = pattern("figures", "past"), pattern("figures", "since")
    return bool(before.search(text[:start]) or after.search(text[end:]))


def _plain(sentence: str) -> str:
    return plain_figures(sentence.replace("’", "'"))


def _limits(text: str, start: int, end: int) -> bool:
    """Whether what stands before or after a length of time says that it is a limit."""
    opens, closes, other = (pattern("limits", kind) for kind in ("opens", "closes", "no limit"))
    before, after = text[max(0, start - REACH) : start].rstrip(), text[end : end + REACH]
    return bool(
        not _ends(other, before) and (_ends(opens, before) or closes.match(after.lstrip(" -,")))
    )


def _ends(words: Pattern, text: str) -> bool:
    return any(match.end() == len(text) for match in words.finditer(text))


def _range_of(one: Place, other: Place) -> Place | None:
    """Two single amounts of one dimension, the lower first, as a range."""
    (start, _, low), (_, end, high) = one, other
    if not isinstance(low, Amount) or not isinstance(high, Amount):
        return None
    single = all(each.text[0].isdigit() and " to " not in each.text for each in (low, high))
    first, last = low.interval.middle, high.interval.middle
    if not single or low.dimension != high.dimension or first >= last:
        return None
    return start, end, Amount(Interval(first, last), low.dimension, f"{low.text} to {high.text}")


def counted(word: str) -> int:
    """A whole number written in digits or as a word."""
    return int(number(word))


def _share_of(match: re.Match[str]) -> Written | None:
    """Read "71% of 77 people": the count is what the share makes of the total."""
    share, people = number(match["share"]), counted(match["total"])
    if people < 2 or share > 100:
        return None
    return {"share": f"{match['share']}%", "of": [round(share * people / 100), people]}


def _count_share(match: re.Match[str]) -> Written | None:
    """Read "55 (71.4%)": the total is what makes the share of the count, if any does."""
    count, share = counted(match["count"]), number(match["share"])
    people = round(100 * count / share) if share else 0
    if not 0 < count <= people or abs(100 * count / people - share) >= PRINTED:
        return None
    return {"share": f"{match['share']}%", "of": [count, people]}


def _slashed(match: re.Match[str]) -> Written | None:
    """Read "55/77 (71.4%)": a count only where the share is that of the two numbers."""
    count, total = counted(match["count"]), counted(match["total"])
    share, rounded = number(match["share"]), PRINTED if "." in match["share"] else 0.5
    if total < 2 or count > total or abs(100 * count / total - share) > rounded:
        return None
    return {"share": f"{match['share']}%", "of": [count, total]}


def _share(match: re.Match[str]) -> Written:
    """Read "71%" as a share of people, and "71% less pain" or "fell by 71%" as a change."""
    text, start, after = match.string, match.start(), match.string[match.end() :].lstrip()
    before = text[:start].rstrip()  # to look through all of it takes as its square
    by = len(before) < start and _BY.search(before[-3:]) and not after.startswith("of ")
    if by or pattern("numbers", "changes").match(after):
        return _range_or_bounded("amount", match, "% change", _bound(match))
    return _range_or_bounded("share", match, "%", _bound(match))


def _out_of(match: re.Match[str]) -> Written | Share | None:
    """Read "55 of 77" as a count, "36 in 100" as a rounded rate, "three in four" as a fraction."""
    count, total = number(match["count"]), number(match["total"])
    low = number(match["low"]) if match["low"] else count
    whole = all(number == int(number) for number in (low, count, total))
    if not whole or total < 2 or not low <= count <= total:
        return None
    share, bound = 100 * count / total, _bound(match)
    if bound not in (None, "about"):
        return _bounded("share", f"{share:.4g}", "%", bound)
    if total in RATES and (match["link"].lower() in ("in", "per") or match["every"]):
        half = 0 if match["low"] else 0.5
        ends = max(100 * (low - half) / total, 0), min(100 * (count + half) / total, 100)
        text = f"{low:g} to {count:g}" if match["low"] else f"{count:g}"
        return Share(Interval(*ends, high_open=bool(half)), f"{text} in {total:g}")
    if match["low"]:
        return {"share": f"{100 * low / total:.4g} to {share:.4g}%"}
    if total <= ROUNDED:  # within a few points of itself
        near = min(max(20 / total, 2), 7)
        return {"share": f"{max(share - near, 0):.0f} to {min(share + near, 100):.0f}%"}
    if bound:
        return _bounded("share", f"{share:.4g}", "%", bound)
    return {"share": f"{share:.1f}%", "of": [int(count), int(total)]}


def _range_or_bounded(kind: str, match: re.Match[str], unit: str, bound: str | None) -> Written:
    low = match["low"] if "." in match["low"] else f"{number(match['low']):.12g}"
    if match["high"]:
        return {kind: f"{low} to {number(match['high']):g}{unit}"}
    return _bounded(kind, low, unit, bound)


def _bounded(kind: str, number: str, unit: str, bound: str | None) -> Written:
    if bound in ("up-to", "about"):
        return {kind: f"{number}{unit}", "bound": bound}
    return {kind: f"{bound or ''}{number}{unit}"}


def _bound(match: re.Match[str]) -> str | None:
    return _BOUNDS[match["bound"].lower()] if match["bound"] else None


def _in_words(kind: str, section: str) -> Group:
    words = meanings("numbers", section).items()
    return pattern("numbers", section), [
        (rf"\b{_BOUND}{expression(phrase)}", partial(_worded, kind, value))
        for phrase, value in words
    ]


def _worded(kind: str, value: str, match: re.Match[str]) -> Written | Value:
    """What a phrase stands for; a bound before a fraction is one of its middle.

    A length of time ("for weeks") prints no figure.
    """
    if kind == "amount":
        amount = parse_value({kind: value})
        return replace(amount, figure=False) if isinstance(amount, Amount) else amount
    bound, share = _bound(match), _ROUNDED.fullmatch(value)
    if not share or bound in (None, "about"):
        return {kind: value}
    return _bounded(kind, f"{(int(share[1]) + int(share[2])) / 2:g}", "%", bound)


_PERCENTAGES: list[Reader] = [
    (_SHARE_OF, _share_of),
    (_COUNT_SHARE, _count_share),
    (_SLASHED_SHARE, _slashed),
    (_SHARE_SLASHED, _slashed),
    (_SHARE, _share),
]
_SHARES: list[Group] = [
    (_PER_CENT, _PERCENTAGES),
    (re.compile(r"\s(?:in|of|per)\s", re.IGNORECASE), [(_OUT_OF, _out_of)]),
    _in_words("share", "shares"),
]
_TIMES = _in_words("amount", "times")


@of_vocabulary
def quantities_of(vocabulary: Vocabulary) -> Quantities:
    """Reads figures with the units of a vocabulary, made once for all who read by it."""
    return Quantities(vocabulary.units)
