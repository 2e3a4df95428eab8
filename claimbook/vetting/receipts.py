"""A receipt: what was vetted, by which records and rules, and what came of it, so that anybody can do it again.

Everything in it is a function of content: no time of a file, no path of a machine, no version of Python.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from claimbook import rules
from claimbook.vetting.baseline import Key, read
from claimbook.vetting.drafts.draft import Draft
from claimbook.vetting.suppressions import Result, data

VERSION = 1
_RECORDS = (("claims", "*.y*ml"), ("sources", "*.y*ml"), ("sources", "*.bib"), ("pages", "*.y*ml"))


def base_hash(root: Path) -> str:
    """The version of a base: a digest of the names and bytes of its records, the same on every machine."""
    found = {
        path
        for folder, pattern in _RECORDS
        for path in (root / folder).rglob(pattern)
        if path.is_file()
    }
    return _digest((path.relative_to(root).as_posix(), path) for path in found)


@lru_cache(maxsize=1)
def engine_hash() -> str:
    """The version of the engine: a digest of its modules and its words, rules apart."""
    folder = Path(__file__).parents[1]
    modules = (
        path for path in folder.rglob("*.py") if path.parent.name != "rules" or path.stem == "check"
    )
    return _digest(
        (path.relative_to(folder).as_posix(), path) for path in (*modules, *folder.rglob("*.txt"))
    )


@lru_cache(maxsize=1)
def rule_hashes() -> Mapping[str, str]:
    """The version of every rule: a digest of its module."""
    files = sorted(
        path
        for folder in rules.__path__
        for path in Path(folder).glob("*.py")
        if path.stem not in ("__init__", "check")
    )
    return {path.stem.replace("_", "-"): _digest([("", path)])[:16] for path in files}


def engine_version() -> str | None:
    """The release of the engine, where it is installed."""
    from importlib import metadata  # slow, and only some faces tell it

    try:
        return metadata.version("claimbook")
    except metadata.PackageNotFoundError:
        return None


def _digest(files: Iterable[tuple[str, Path]]) -> str:
    r"""A digest of named files; \r\n counts as \n, which Git may write on some machines."""
    digest = hashlib.sha256()
    for name, path in sorted(files):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{len(name.encode())}:{name}{len(content)}:".encode() + content)
    return digest.hexdigest()


def receipt(
    results: Sequence[Result], root: Path, today: date, baseline: Mapping[str, Any] | None = None
) -> str:
    """The receipt of a run, to the byte.

    Args:
        results: every draft, after all that is set aside was taken out of its flags.
        root: the base's folder.
        today: the day by which comments were judged.
        baseline: what was set aside as known, as it was read.
    """
    run = sorted({name for result in results for name in result.vetted.checks_run})
    hashes = rule_hashes()
    held = {
        "receipt": VERSION,
        "engine": {"version": engine_version(), "sha256": engine_hash()},
        "base": {"sha256": base_hash(root)},
        "rules": {name: hashes[name] for name in run},
        "arguments": {"today": today.isoformat(), "baseline": baseline},
        "files": [{"path": result.draft.name, "result": data(result)} for result in results],
    }
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def arguments(held: str) -> tuple[date, Counter[Key], Any, list[str]]:
    """What a receipt was made with: the day, the entries of its baseline, the baseline as written, and the names of its drafts.

    Raises:
        ValueError: it is no receipt.
    """
    try:
        made = json.loads(held)
        if made["receipt"] != VERSION:
            raise ValueError(f"not a receipt of version {VERSION}")
        given = made["arguments"]
        entries = read(given["baseline"]) if given["baseline"] is not None else Counter()
        names = [str(one["path"]) for one in made["files"]]
        for key in ("engine", "base", "rules"):
            if not isinstance(made[key], dict):
                raise TypeError(key)
        for one in made["files"]:
            _flags_of(one["result"])
        return date.fromisoformat(given["today"]), entries, given["baseline"], names
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a receipt ({error!r})") from error


def in_order(drafts: Iterable[Draft], names: Sequence[str]) -> list[Draft]:
    """Drafts in the order of a receipt's names, and so named: by their own name where it is one of these, the others in turn."""
    drafts = list(drafts)
    by_name = {draft.name: draft for draft in drafts}
    others = iter([draft for draft in drafts if draft.name not in names])
    return [
        replace(by_name[name] if name in by_name else next(others), name=name) for name in names
    ]


def differences(held: str, again: str) -> list[str]:
    """How a second receipt differs from the first: what changed, and what came of it, in plain words; empty where nothing does."""
    if held == again:
        return []
    before, after = json.loads(held), json.loads(again)
    found: list[str] = []
    if before["engine"] != after["engine"]:
        found.append(f"engine: {_short(before['engine'])} then, {_short(after['engine'])} now")
    if before["base"] != after["base"]:
        found.append(f"base: {_short(before['base'])} then, {_short(after['base'])} now")
    changed = _changed(before["rules"], after["rules"])
    if changed:
        found.append(f"rules: {', '.join(changed)}")
    if before["arguments"] != after["arguments"]:
        found.append("arguments: the day or the baseline is another")
    if len(before["files"]) != len(after["files"]):
        found.append(f"files: {len(before['files'])} then, {len(after['files'])} now")
    for one, other in zip(before["files"], after["files"], strict=False):
        if one["result"]["text_sha256"] != other["result"]["text_sha256"]:
            found.append(f"text: {one['path']} is another text")
        elif one["result"] != other["result"]:
            found.append(
                f"result: {one['path']}: {', '.join(_result_changes(one['result'], other['result']))}"
            )
    return found or ["the receipt was written in another way, or changed by hand"]


def _short(held: Mapping[str, Any]) -> str:
    return " ".join(str(value)[:12] for value in held.values() if value)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]


def _result_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    old, new = _flags_of(before), _flags_of(after)
    gone, come = sum((old - new).values()), sum((new - old).values())
    return (
        [f"{gone} flags gone, {come} new"]
        if gone or come
        else [f"another {key}" for key in _changed(before, after)]
    )


def _flags_of(result: Mapping[str, Any]) -> Counter[str]:
    sentences = [(one["start"], one["flags"]) for one in result["sentences"]]
    return Counter(
        json.dumps([at, flag], sort_keys=True)
        for at, some in (*sentences, (-1, result["document_flags"]))
        for flag in some
    )
