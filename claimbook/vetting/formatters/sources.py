"""Sources as a reader of a report looks them up."""

import re
from collections.abc import Iterable

from claimbook.records import Base, display

_DOI = re.compile(r"10\.[^\s\"<>]+")
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")


def cited(base: Base, key: str) -> tuple[str, str]:
    """A source: who, what, when; and its address, by its DOI if it has one, or empty."""
    reference = base.references.get(key)
    if reference is None:
        return key, ""
    fields = reference.fields
    people = [name.partition(",")[0] for name in reference.persons.get("author", ())]
    who = f"{people[0]} and others" if len(people) > 2 else " and ".join(people)
    parts = filter(None, (who, display.title(reference), fields.get("year")))
    text = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts)
    doi, address = fields.get("doi", ""), fields.get("url", "")
    if _DOI.fullmatch(doi):
        return text, f"https://doi.org/{doi}"
    return text, address if _ADDRESS.fullmatch(address) else ""


def named(text: str, sources: Iterable[str], base: Base) -> str:
    """What a flag says, with its sources by their short names."""
    return display.message(text, (), (key for key in sources if key in base.references), base)
