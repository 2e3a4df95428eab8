"""The check of the rules that are a list of phrases, `claimbook/language/en/NAME.txt`.

A list has the sections `strong` and, where there is need of them, `mild`; `denials`, which say the
same by denying something ("nothing compares"); and `denials of harm`, which count only in a
passage without a count ("no side effects" promises, "no side effects in 77 people" reports).
Words that stand in one of the `other senses` of a list are none of its words ("permanent damage").
"""

import re
from collections.abc import Iterator
from functools import cache

from claimbook.evidence.index import Index
from claimbook.language import phrases as lists
from claimbook.language.negation import asserted_matches
from claimbook.records import Occurrence, Remark, Severity, Verdict

_STAND_IN = "so_worded"  # is read in the place of a denial, so that it does not deny itself


def check(
    occurrence: Occurrence, index: Index, *, phrases: str, message: str, mild: str = ""
) -> Iterator[Remark]:
    """Object to words of a list that are neither denied nor asked.

    Args:
        message: what is wrong, with `{}` for the words.
        mild: the same of words in the mild section, which leave the verdict as it is.
    """
    if words := asserted(occurrence.quote, phrases):
        yield Remark(message.format(f'"{words}"'))
    elif mild and (
        match := next(asserted_matches(lists.pattern(phrases, "mild"), occurrence.quote), None)
    ):
        yield Remark(
            mild.format(f'"{match[0]}"'), severity=Severity.NOTE, verdict=Verdict.SUPPORTED
        )


def asserted(quote: str, name: str) -> str:
    """The first strong words of a list that a passage neither denies nor asks; empty: none."""
    quote, strong = quote.replace("’", "'"), lists.pattern(name, "strong")
    sections = lists.phrases(name).keys() & {"strong", "denials", "denials of harm"}
    if not _either(name, tuple(sorted(sections))).may_have(quote):
        return ""
    denials: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        denials.append(match[0])
        return _STAND_IN

    quote = _in_its_sense(name, quote)
    denying = _denials(name, quote)
    if denying and denying.search(quote):
        quote = re.sub(denying.pattern, stand_in, quote, flags=re.IGNORECASE)
    match = next(asserted_matches(_or_stand_in(strong) if denials else strong, quote), None)
    if match is None:
        return ""
    return denials[quote.count(_STAND_IN, 0, match.start())] if match[0] == _STAND_IN else match[0]


def _in_its_sense(name: str, quote: str) -> str:
    """A passage without what a list calls another sense of its words."""
    if "other senses" not in lists.phrases(name):
        return quote
    others = lists.pattern(name, "other senses")
    if not others.may_have(quote):
        return quote
    return re.sub(others.pattern, "…", quote, flags=re.IGNORECASE)


@cache
def _or_stand_in(strong: lists.Phrases) -> lists.Phrases:
    return lists.Phrases(f"{_STAND_IN}|{strong.pattern}")


def _denials(name: str, quote: str) -> lists.Phrases | None:
    """The denials of a list that count in a passage."""
    sections = lists.phrases(name).keys() & {"denials", "denials of harm"}
    if "denials of harm" in sections and lists.pattern("figures", "reported").search(quote):
        sections.discard("denials of harm")
    return _either(name, tuple(sorted(sections))) if sections else None


@cache
def _either(name: str, sections: tuple[str, ...]) -> lists.Phrases:
    return lists.Phrases("|".join(lists.pattern(name, section).pattern for section in sections))
