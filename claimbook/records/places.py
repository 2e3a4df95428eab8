"""Where a record stands, so that every message can point there."""

from typing import NamedTuple


class Location(NamedTuple):
    """A place in a file: its path below the base's folder, line and column, both from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Location("", 1, 1)
