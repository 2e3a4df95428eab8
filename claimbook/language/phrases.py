"""Phrase lists: English as data, one phrase a line, in `en/NAME.txt`.

A line is a phrase in small letters, and is read as a regular expression with two shorthands: `*`
is any ending of a word ("promis*"), and `…` between two words is up to seven words ("no … reason").
`(a|b)` is one of two, `(a )?` may be left out, `^` is the beginning of the text. Lines that start
with `#` are comments; `[name]` begins a section.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

GAP = r" (?:[^\s.;]+ ){0,7}?"  # what "…" stands for


@cache
def phrases(name: str) -> Mapping[str, tuple[str, ...]]:
    """The phrases of a list by section, as written; those before the first section are under ""."""
    sections: dict[str, list[str]] = {"": []}
    section = sections[""]
    text = files(__package__).joinpath(f"en/{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            section.append(line)
    return {title: tuple(lines) for title, lines in sections.items()}


@cache
def pattern(name: str, section: str = "") -> re.Pattern[str]:
    """One pattern for a whole section of a list; longer phrases are tried first.

    Raises:
        KeyError: the list has no such section.
    """
    lines = sorted(phrases(name)[section], key=len, reverse=True)
    return re.compile("|".join(map(expression, lines)), re.IGNORECASE)


def expression(phrase: str) -> str:
    """A phrase as a regular expression that matches whole words."""
    start, words = ("^", phrase[1:]) if phrase.startswith("^") else (r"(?<![\w-])", phrase)
    words = re.sub(r"\((?!\?)", "(?:", words).replace("*", r"\w*").replace(" … ", GAP)
    return rf"{start}(?:{words})(?!\w)"
