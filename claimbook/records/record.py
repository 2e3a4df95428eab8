"""What every record that a file writes shares: its place, and how its fields are spelt there."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import timedelta
from typing import Any, ClassVar, NamedTuple


class Location(NamedTuple):
    """A place in a file, so that every message can point there.

    It is the file's path below the base's folder, and line and column, both from 1.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Location("", 1, 1)
YEAR = timedelta(days=365)  # after which what was looked up is due again


@dataclass(frozen=True, slots=True)
class Written:
    """A record that a file writes; a key of the file that no field names is a defect."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {
        "extra": "forbid",
        "arbitrary_types_allowed": True,
    }

    at: Location = field(default=NOWHERE, kw_only=True)


def spelt(key: str) -> dict[str, Any]:
    """Metadata of a field that files spell in another way than Python can."""
    return {"alias": key}


def computed(by: str) -> dict[str, Any]:
    """Metadata of a field that no file writes, and what gives it: "the file's name is the id"."""
    return {"computed": by}


def spelling(of: "Field[Any]") -> str:
    """The key under which files write a field."""
    return str(of.metadata.get("alias", of.name))


def computed_fields(kind: Any) -> tuple[str, ...]:
    """The fields of a record that no file writes."""
    return tuple(field.name for field in fields(kind) if "computed" in field.metadata)
