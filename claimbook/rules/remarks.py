"""How remarks are worded."""

from collections.abc import Collection, Iterable

from claimbook.evidence.index import Index


def listed(names: Iterable[str]) -> str:
    """Names in running text, each once: "a, b and c"."""
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} and {last}" if most else last


def verb(names: Collection[str], singular: str, plural: str) -> str:
    """The form of a verb that has the names as its subject."""
    return singular if len(set(names)) == 1 else plural


def labels(concepts: Iterable[str | None], index: Index) -> str:
    """Some concepts as running text names them."""
    return listed(index.base.vocabulary.label(name).lower() for name in concepts)
