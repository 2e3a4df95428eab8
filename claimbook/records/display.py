"""Amounts, sources and messages as running text has them."""

import re
from collections.abc import Iterable

from claimbook.records import Base, Reference
from claimbook.records.quotes import latex_to_text

_SIGNS = {">=": "at least ", "<=": "at most ", ">": "more than ", "<": "less than "}
_PER = {
    "day/month": "days a month",
    "day/week": "days a week",
    "time/day": "times a day",
    "time/week": "times a week",
    "attack/day": "attacks a day",
}
_PLURAL = re.compile(
    r"(\d+(?:\.\d+)?) (day|week|month|year|class|session|spray|attack|dose|infusion)\b(?!/)"
)


def count(number: int, noun: str) -> str:
    """A number with its noun: 1 sentence, 2 sentences, 2 passes."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun}{'es' if noun.endswith(('s', 'x', 'ch', 'sh')) else 's'}"


def amounts(text: str) -> str:
    """Amounts and shares as a reader would say them: ">=15 day/month" is "at least 15 days a month"."""
    text = re.sub(r"(>=|<=|>|<)\s*(?=\d)", lambda match: _SIGNS[match[1]], text)
    for unit, words in _PER.items():
        text = text.replace(unit, words)
    return _PLURAL.sub(
        lambda m: f"{m[1]} {m[2]}{'' if m[1] == '1' else 'es' if m[2].endswith('s') else 's'}", text
    )


def title(reference: Reference) -> str:
    """The title of a source without its protecting braces."""
    return latex_to_text(reference.fields.get("title", reference.key))


def short(reference: Reference) -> str:
    """How running text names a source: first author and year."""
    people = reference.persons.get("author", ())
    name = people[0].split(",")[0].strip("{} ") if people else title(reference)
    return f"{name}{' and others' if len(people) > 1 else ''} {reference.fields.get('year', '')}".strip()


def message(text: str, pages: Iterable[str], sources: Iterable[str], base: Base) -> str:
    """What a flag says, with the clinics and sources that it concerns by their names."""
    text = amounts(text)
    names = {name: base.pages[name].clinic for name in pages} | {
        key: short(base.references[key]) for key in sources
    }
    for name in sorted(names, key=len, reverse=True):
        found = names[name].replace("\\", "\\\\")  # a name is no pattern
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", found, text)
    return text
