"""Values, amounts, sources and messages as running text has them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from claimbook.records.base import Base
from claimbook.records.sources import Finding, Reference
from claimbook.records.units import Unit
from claimbook.records.values import (
    Amount,
    ConceptSet,
    Effect,
    Regimen,
    Share,
    Value,
    YesNo,
    percent,
)
from claimbook.records.vocabulary import Vocabulary

_SIGNS = {">=": "at least ", "<=": "at most ", ">": "more than ", "<": "less than "}
_SETS = {"only": "only", "includes": "among others", "excludes": "not"}
_PARTS = {"length": "for {}", "gap": "{} apart", "days": "over {}"}
FEW = 30  # people, of whom a share out of 100 would look surer than it is
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AFTER_NUMBER = re.compile(r"(?<![\w.])(?<!\w-)(\d+(?:\.\d+)?) ([A-Za-z][\w/-]*)")


def count(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: 1 sentence, 2 sentences, 2 passes; *nouns* is an irregular plural."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {nouns or noun + ('es' if noun.endswith(('s', 'x', 'ch', 'sh')) else 's')}"


def listed(names: Iterable[str], last: str = "and") -> str:
    """Names in running text, each once: "a, b and c"."""
    *most, end = dict.fromkeys(names)
    return f"{', '.join(most)} {last} {end}" if most else end


def sentence(text: str) -> str:
    """Words as a sentence: with a capital and a full stop."""
    return f"{text[0].upper()}{text[1:].removesuffix('.')}."


def amounts(text: str, units: Mapping[str, Unit]) -> str:
    """Amounts as a reader would say them: ">=15 day/month" is "at least 15 days a month"."""
    text = re.sub(r"(>=|<=|>|<)\s*(?=\d)", lambda match: _SIGNS[match[1]], text)

    def said(match: re.Match[str]) -> str:
        unit = units.get(match[2])
        return f"{match[1]} {unit.after(match[1])}" if unit else match[0]

    return _AFTER_NUMBER.sub(said, text)


def in_words(value: Value | None, vocabulary: Vocabulary, comparator: str | None = None) -> str:
    """A value in words: "at least 15 days a month", "only: a clinic", "45%, against 34% with tea".

    Args:
        comparator: the concept that the treatment was compared with.
    """
    match value:
        case Effect():
            return value.direction.in_words
        case Share() if value.against:
            alone = in_words(replace(value, against=None), vocabulary)
            whom = f" with {vocabulary.label(comparator).lower()}" if comparator else ""
            return f"{alone}, against {in_words(value.against, vocabulary)}{whom}"
        case Regimen():
            return ", ".join(
                _PARTS.get(name, "{}").format(amounts(part.text, vocabulary.units))
                for name, part in value.parts
            )
        case Share() if value.count is not None:
            low, high = map(percent, (value.uncertain.low, value.uncertain.high))
            interval = f"95% interval {low} to {high}%"
            if value.told != value.text:
                return f"{amounts(value.told, vocabulary.units)} ({interval})"
            count = f"{value.count:,} of {value.total:,}"
            return f"{amounts(value.text, vocabulary.units)} ({count}; {interval})"
        case Share() | Amount():
            return amounts(value.text, vocabulary.units)
        case YesNo():
            return "yes" if value.holds else "no"
        case ConceptSet():
            names = ", ".join(sorted(vocabulary.label(name).lower() for name in value.concepts))
            return f"{_SETS[value.mode]}: {names}"
    return "not recorded"


def share_of(value: Share) -> str:
    """How many of how many: "71 out of 100 (55 of 77)", "1 of 6", "3 to 4 out of 1000".

    A hundred is too few to show what is rare: some are never none, and most are never all.
    """
    if value.counted:
        share, count = value.counted.low, f"{value.count:,} of {value.total:,}"
        few = value.total is not None and value.total < FEW
        return count if few or _scale(share) > 1 else f"{round(share)} out of 100 ({count})"
    if not value.figure:
        return value.text
    scale = max(_scale(float(number)) for number in _NUMBER.findall(value.text))
    said = _NUMBER.sub(lambda number: str(round(float(number[0]) * scale)), value.text)
    said = said.replace("<", "fewer than ").replace(">", "more than ").removesuffix("%")
    return f"{said} out of {100 * scale}"


def _scale(share: float) -> int:
    """How many hundreds it takes to show a percentage as some and not as all."""
    rest, scale = min(share, 100 - share), 1
    while 0 < rest * scale < 1:
        scale *= 10
    return scale


def figures(finding: Finding, base: Base) -> tuple[int, int] | None:
    """How many of how many figures show a finding; None where it is not one share, or is rare.

    Of a hundred; of those counted where they are few, as one of six is no "17 of 100". Where no
    count is printed, people are as many as the source analysed; where these are few, or nobody
    tells how many they were, there is nothing to draw.
    """
    value = finding.says
    if not isinstance(value, Share):
        return None
    if value.count is not None and value.total and value.total < FEW:
        return value.count, value.total
    participants = base.sources[finding.source].participants
    analysed = participants.analysed if participants and finding.counted == "people" else None
    if not value.counted and (analysed or 0) < FEW:
        return None
    single = re.fullmatch(r"(\d+(?:\.\d+)?)%", value.text)
    share = value.counted.low if value.counted else float(single[1]) if single else None
    return (round(share), 100) if share is not None and _scale(share) == 1 else None


def title(reference: Reference) -> str:
    """The title of a source."""
    return reference.fields.get("title", reference.key)


def short(reference: Reference) -> str:
    """How running text names a source: its short title, or its first author and year.

    Where the year of print was not seen it is that of the key, by which the source is found.
    """
    if name := reference.fields.get("shorttitle"):
        return name
    people = reference.persons.get("author", ())
    name = people[0].split(",")[0] if people else title(reference)
    others = " and others" if len(people) > 1 else ""
    in_key = re.search(r"-((?:19|20)\d\d)$", reference.key)
    year = reference.fields.get("year") or (in_key[1] if in_key else "")
    return f"{name}{others} {year}".strip()


def message(text: str, pages: Iterable[str], sources: Iterable[str], base: Base) -> str:
    """What a flag says, with the clinics and sources that it concerns by their names."""
    text = amounts(text, base.vocabulary.units)
    names = {name: base.pages[name].clinic for name in pages}
    names |= {key: short(base.references[key]) for key in sources}
    for name in sorted(names, key=len, reverse=True):
        replacement = names[name].replace("\\", "\\\\")  # a name is no pattern
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", replacement, text)
    return text
