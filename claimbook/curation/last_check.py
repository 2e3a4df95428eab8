"""The last report on a base, kept so that a check judges again only what changed since."""

import contextlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from claimbook.evidence.index import Index
from claimbook.loading import cache
from claimbook.loading.load import load
from claimbook.loading.record_files import FOLDERS
from claimbook.loading.serialize import pack, unpack
from claimbook.records import Base
from claimbook.rules.check import Report, check
from claimbook.rules.recheck import recheck
from claimbook.rules.rule import rules_of_bases

NAME = "last-check"
_MOST = 0.1  # of the files; where more changed, everything is judged


def report(
    root: Path,
    today: date,
    latest: date | None = None,
    outside: Iterable[Path] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """What all rules say of a base, the last report on it put to use as far as it holds.

    Args:
        today: the day by which dates are judged.
        latest: the day after which nothing recorded can have been done, as `load` takes it.
        outside: folders, beside those of records, on whose files the report depends.
        progress: as `load` takes it.
    Raises:
        LoadError: something is wrong with our own files.
    """
    read = partial(load, root, progress=progress, today=latest)
    try:
        others = cache.listing(outside)
        files = cache.listing(root / name for name in FOLDERS)
    except OSError:  # loading tells which file cannot be looked at
        return check(read(), today=today)
    prefix = len(str(root / "x")) - 1  # of the folder one is in, nothing
    now = {path[prefix:]: stat for path, stat in files.items()}
    key = cache.digest(others, today.isoformat())
    with contextlib.suppress(ValueError):
        if held := cache.recall(root, NAME, key):
            then = {path: tuple(stat) for path, stat in json.loads(held[0]).items()}
            changed = {path for path in {**now, **then} if now.get(path) != then.get(path)}
            if len(changed) <= _MOST * len(now):
                return report_after(changed, held[1], today, read)
    judged = check(read(), today=today)
    if not any(map(cache.fresh, others.values())):
        known = {path: stat for path, stat in now.items() if not cache.fresh(stat)}
        base = replace(judged.base, texts={}, snapshots={}, figures={})  # they are not ours
        packed = f"{pack(base)}\n{pack(judged.flags)}"
        cache.keep(root, NAME, key, json.dumps(known), packed)
    return judged


def report_after(
    changed: Collection[str], packed: str, today: date, read: Callable[..., Base]
) -> Report:
    """The report on a base some of whose files changed since a report was packed."""
    base_line, flags_line = packed.split("\n")
    then, flags = unpack(base_line), unpack(flags_line, tuple)
    base = read(before=then, changed=changed)
    # The texts at hand are as they were, but for those of pages and sources that changed.
    then = replace(then, texts=base.texts, snapshots=base.snapshots, figures=base.figures)
    return recheck(Report(Index(then, today), flags, rules_of_bases()), base)
