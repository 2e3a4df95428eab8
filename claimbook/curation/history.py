"""How the record of a claim changed, in words: its versions in Git, compared as data, day by day.

What is compared is what the record says and the reasons that it gives, never what a commit says. A
day on which only the layout changed is left out.
"""

import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from claimbook.curation.changes import commits, git
from claimbook.loading import yaml_file
from claimbook.records import Base, display

_Data = Mapping[str, Any]
_Name = Callable[[str], str]  # of a finding or a page, in words
_Changes = Callable[[Any, Any, _Name], Iterator[str]]  # of a field, then and now


@dataclass(frozen=True, slots=True)
class Day:
    """What of a record was changed on a day, in words."""

    day: str
    changes: tuple[str, ...]


def histories(base: Base, root: Path, files: Iterable[str]) -> dict[str, tuple[Day, ...]]:
    """How the records of claims changed, by file, newest first.

    A file has no entry where its history is not at hand: without Git, in a shallow clone, and where
    it was never committed.

    Args:
        base: names the findings and the clinics.
        files: of claims, as records name them.
    """
    try:
        versions = _versions(root, files)
        blobs = _blobs(root, {blob for days in versions.values() for _, blob in days})
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {}
    name = _naming(base)
    return {
        file: tuple(_days([(day, blobs[blob]) for day, blob in days], name))
        for file, days in versions.items()
        if days
    }


# --- versions, from Git ---------------------------------------------------------------------------


def _versions(root: Path, files: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The last version (day, blob) of each file on each day, newest first, through renames.

    Days are those on which a version came to the line of first parents: of the branch itself.
    """
    versions: dict[str, list[tuple[str, str]]] = {file: [] for file in files}
    names = {file: file for file in versions}  # at the time: what is its name now
    for commit in commits(root, "--first-parent", "-m"):
        older: dict[str, str] = {}
        for entry in commit.entries:
            if file := names.pop(entry.path, None):
                versions[file].append((commit.committed, entry.blob))
                if not entry.added:
                    older[entry.old or entry.path] = file
        names |= older
    return {
        file: [next(group) for _, group in groupby(days, lambda each: each[0])]
        for file, days in versions.items()
    }


def _blobs(root: Path, blobs: Iterable[str]) -> dict[str, _Data]:
    """What files held, as data; empty where it was no record."""
    names = sorted(blobs)
    out = git(root, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in names).encode())
    held: dict[str, _Data] = {}
    for blob in names:
        head, _, out = out.partition(b"\n")
        _, _, length = head.split()  # a version that is missing has none
        size = int(length)
        data, _ = yaml_file.read(out[:size], blob)
        held[blob] = yaml_file.without_places(data) if isinstance(data, dict) else {}
        out = out[size + 1 :]
    return held


# --- what changed, in words -----------------------------------------------------------------------


def _naming(base: Base) -> _Name:
    def name(key: str) -> str:
        if page := base.pages.get(key):
            return page.clinic
        source, _, finding = key.partition("/")
        reference = base.references.get(source)
        return f"{display.short(reference)} ({finding})" if reference else key

    return name


def _days(versions: list[tuple[str, _Data]], name: _Name) -> Iterator[Day]:
    sound = [version for version in versions if version[1]]
    for (day, new), (_, old) in pairwise(sound):
        if changes := tuple(_changes(old, new, name)):
            yield Day(day, changes)
    if sound:
        yield Day(sound[-1][0], ("first recorded",))


def _changes(old: _Data, new: _Data, name: _Name) -> Iterator[str]:
    """What one version of a record says otherwise than an older one."""
    for field in dict.fromkeys((*new, *old)):
        was, is_ = old.get(field), new.get(field)
        if was != is_:
            changes = _WORDS.get(field)
            yield from changes(was, is_, name) if changes else _other(field, was, is_)


def _other(field: str, was: Any, is_: Any) -> Iterator[str]:
    if isinstance(is_, dict) and "because" in is_:
        yield f"{field}: {is_['because']}"
    elif is_ is None:
        yield f"{field} taken out"
    elif was is None:
        yield f"{field} added" + (f": {is_}" if isinstance(is_, str) else "")
    elif isinstance(is_, str):
        yield f"{field}: “{was}” became “{is_}”"
    else:
        yield f"{field} changed"


def _truth(was: Any, is_: Any, _: _Name) -> Iterator[str]:
    was, is_ = _mapping(was), _mapping(is_)
    if not is_:
        yield "truth line taken out"
    elif was.get("is") != is_.get("is"):
        before = f"{was['is']} became " if was else ""
        yield f"truth: {before}{is_.get('is')}: “{is_.get('line')}”"
    else:
        yield f"truth line: “{was.get('line')}” became “{is_.get('line')}”"


def _about(was: Any, is_: Any, _: _Name) -> Iterator[str]:
    was, is_ = _mapping(was), _mapping(is_)
    for facet in dict.fromkeys((*is_, *was)):
        if was.get(facet) != is_.get(facet):
            yield f"{facet}: {was.get(facet, 'any')} became {is_.get(facet, 'any')}"


def _searched(_: Any, is_: Any, __: _Name) -> Iterator[str]:
    search = _mapping(is_)
    where = search.get("where")
    places = f" in {display.listed(map(str, where))}" if isinstance(where, list) and where else ""
    yield f"searched on {search['on']}{places}" if "on" in search else "search taken out"


def _rows(by: str, why: str, came: str, reworded: str, went: str) -> _Changes:
    """How a list of rows changed that each name something, in these words."""

    def changes(was: Any, is_: Any, name: _Name) -> Iterator[str]:
        old, new, named = _by(was, by), _by(is_, by), name if by == "finding" else str
        for key, row in new.items():
            if row != old.get(key):
                what = reworded if key in old else came
                yield f"{what}: {named(key)}: {row.get(why, 'no reason given')}"
        yield from (f"{went}: {named(key)}" for key in old if key not in new)

    return changes


def _certainty(was: Any, is_: Any, _: _Name) -> Iterator[str]:
    was, is_ = _mapping(was), _mapping(is_)
    for domain in dict.fromkeys((*is_, *was)):
        old, new = _mapping(was.get(domain)), _mapping(is_.get(domain))
        if old == new:
            continue
        way = "raised" if "up" in (new or old) else "lowered"
        reason = domain.replace("-", " ")
        if not new:
            yield f"certainty no longer {way} for {reason}"
        elif _steps(old) == _steps(new):
            yield f"certainty {way} for {reason}, reworded: {new.get('because')}"
        else:
            instead = f", not {_steps(old)}" if old else ""
            yield f"certainty {way} by {_steps(new)}{instead} for {reason}: {new.get('because')}"


def _steps(judgement: _Data) -> Any:
    return judgement.get("down", judgement.get("up"))


def _say(was: Any, is_: Any, _: _Name) -> Iterator[str]:
    old, new = _by(was, "text"), _by(is_, "text")
    yield from (f"wording to use added: “{text}”" for text in new if text not in old)
    yield from (f"wording to use taken out: “{text}”" for text in old if text not in new)
    both = (text for text in new if text in old and old[text] != new[text])
    yield from (f"wording to use rests on other findings: “{text}”" for text in both)


def _occurrences(was: Any, is_: Any, name: _Name) -> Iterator[str]:
    old, new = _by(was, "page", "quote"), _by(is_, "page", "quote")
    both = [key for key in new if key in old and old[key] != new[key]]
    groups = (
        ("added", [key for key in new if key not in old]),
        ("taken out", [key for key in old if key not in new]),
        ("read otherwise", both),
    )
    for what, keys in groups:
        if keys:
            clinics = display.listed(name(page) for page, _ in keys)
            yield f"{display.count(len(keys), 'passage')} {what} ({clinics})"


def _mapping(value: Any) -> _Data:
    return value if isinstance(value, dict) else {}


def _by(value: Any, *keys: str) -> Mapping[Any, _Data]:
    """The mappings of a list by what some of their keys hold; others are passed over."""
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    named = ((tuple(row.get(key) for key in keys), row) for row in rows)
    return {
        name if len(keys) > 1 else name[0]: row
        for name, row in named
        if all(isinstance(part, str) for part in name)
    }


_EVIDENCE = ("evidence added", "evidence used for another reason", "evidence taken out")
_SET_ASIDE = ("set aside", "set aside for another reason", "no longer set aside")
_HOW = ("added", "changed", "taken out")
_WORDS: Mapping[str, _Changes] = {
    "truth": _truth,
    "about": _about,
    "searched": _searched,
    "evidence": _rows("finding", "why", *_EVIDENCE),
    "set-aside": _rows("finding", "because", *_SET_ASIDE),
    "relations": _rows("to", "because", *(f"relation {how}" for how in _HOW)),
    "certainty": _certainty,
    "say": _say,
    "occurrences": _occurrences,
}
