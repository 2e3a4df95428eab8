"""How a remark is worded."""

from collections.abc import Iterable

from claimbook.evidence.index import Index


def labels(concepts: Iterable[str | None], index: Index) -> str:
    """Some concepts as running text names them, each once."""
    return ", ".join(dict.fromkeys(index.base.vocabulary.label(name).lower() for name in concepts))
