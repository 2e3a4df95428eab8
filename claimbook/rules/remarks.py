"""How remarks are worded."""

from collections.abc import Collection, Iterable

from claimbook.evidence.index import Index


def listed(names: Iterable[str]) -> str:
    """Names in running text, each once: "a, b and c"."""
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} and {last}" if most else last


def agreeing(names: Collection[str], singular: str, plural: str) -> str:
    """Names and the form of a verb that has them as its subject: "a says", "a and b say"."""
    return f"{listed(names)} {singular if len(set(names)) == 1 else plural}"


def counted(number: int, noun: str) -> str:
    """A number and what it counts: "1 passage", "2 passages"."""
    return f"{number} {noun}{'s' * (number > 1)}"


def labels(concepts: Iterable[str | None], index: Index) -> str:
    """Some concepts as running text names them."""
    return listed(index.base.vocabulary.label(name).lower() for name in concepts)
