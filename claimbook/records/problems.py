"""Defects in our own files, which stop the build all at once, and what else cannot be done."""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from claimbook.records.record import Location


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One defect of one file: where it is, what it is and the likely repair."""

    at: Location
    message: str
    repair: str = ""

    def __str__(self) -> str:
        return f"{self.at}: {self.message}" + (f"; {self.repair}" if self.repair else "")


class LoadError(Exception):
    """Files cannot be used; `problems` holds every reason, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class UserError(Exception):
    """What was asked cannot be done; the lines tell whoever asked why, and what to do instead."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def did_you_mean(name: str, known: Collection[str]) -> str:
    """The repair for a misspelt *name*: the known name that is closest, or nothing."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else ""
