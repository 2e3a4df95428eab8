"""A receipt: what was vetted, by which records and rules, with what result, for anybody to repeat.

It depends on content only: on no time of a file, path of a machine or version of Python.
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
from claimbook.loading.record_files import JUDGED, REFERENCES, record_files
from claimbook.records.display import count
from claimbook.rules.check import all_rules
from claimbook.vetting.baseline import Key, read_baseline
from claimbook.vetting.drafts.draft import Draft
from claimbook.vetting.formatters.json import as_json, result_data
from claimbook.vetting.suppressions import FinalResult

VERSION = 1


def base_hash(root: Path) -> str:
    """The version of a base: a digest of the names and bytes of the records that judge.

    Reviews and saved searches judge nothing, so that no result goes stale by one of them.
    """
    return _digest(files_of(root, JUDGED).items())


def files_of(root: Path, folders: Iterable[str]) -> dict[str, Path]:
    """The files of records in some folders of a base, by their names below its own folder."""
    found = (file for folder in folders for file in record_files(root, folder) if not file.fault)
    paths = (root / REFERENCES, *(file.path for file in found))
    return {path.relative_to(root).as_posix(): path for path in paths if path.is_file()}


@lru_cache(maxsize=1)
def engine_hash() -> str:
    """The version of the engine: a digest of its modules and its words, rules apart."""
    folder = Path(__file__).parents[1]
    own = {path for name in all_rules() for path in _rule_files(name)}
    files = {*folder.rglob("*.py"), *folder.rglob("*.txt")} - own
    return _digest((path.relative_to(folder).as_posix(), path) for path in files)


@lru_cache(maxsize=1)
def rule_hashes() -> Mapping[str, str]:
    """The version of every rule: a digest of its page and its check."""
    return {
        name: _digest((path.suffix, path) for path in _rule_files(name))[:16]
        for name in all_rules()
    }


def _rule_files(name: str) -> tuple[Path, Path]:
    folder = Path(rules.__path__[0])
    return folder / "pages" / f"{name}.md", folder / f"{all_rules()[name].module}.py"


def engine_version() -> str | None:
    """The release of the engine, where it is installed."""
    from importlib import metadata  # slow, and only some formats tell it

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


def versions(root: Path) -> dict[str, Any]:
    """What a receipt names of the engine, of the base in a folder, and of every rule."""
    return {
        "engine": {"version": engine_version(), "sha256": engine_hash()},
        "base": {"sha256": base_hash(root)},
        "rules": dict(rule_hashes()),
    }


def receipt(
    results: Sequence[FinalResult],
    by: Mapping[str, Any],
    today: date,
    baseline: Mapping[str, Any] | None = None,
) -> str:
    """The receipt of a run, to the byte.

    Args:
        results: every draft, after all that is set aside was taken out of its flags.
        by: the versions of what judged them (`versions`).
        today: the day by which comments were judged.
        baseline: what was set aside as known, as it was read.
    """
    run = sorted({name for result in results for name in result.vetted.checks_run})
    content = {
        "receipt": VERSION,
        "engine": by["engine"],
        "base": by["base"],
        "rules": {name: by["rules"][name] for name in run},
        "arguments": {"today": today.isoformat(), "baseline": baseline},
        "files": [{"path": result.draft.name, "result": result_data(result)} for result in results],
    }
    return as_json(content | {"sha256": _own_digest(content)})


def _own_digest(content: Mapping[str, Any]) -> str:
    """The digest of a receipt, itself left out: who changes its day or drops a draft changes it."""
    rest = {key: value for key, value in content.items() if key != "sha256"}
    return hashlib.sha256(as_json(rest).encode()).hexdigest()


def arguments(held: str) -> tuple[date, Counter[Key], Any, list[str]]:
    """What a receipt was made with: day, entries of the baseline, baseline, names of the drafts.

    Raises:
        ValueError: it is no receipt.
    """
    try:
        content = json.loads(held)
        if content["receipt"] != VERSION:
            raise ValueError(f"not a receipt of version {VERSION}")
        today, baseline = content["arguments"]["today"], content["arguments"]["baseline"]
        entries = read_baseline(baseline) if baseline is not None else Counter()
        for key in ("engine", "base", "rules"):
            if not isinstance(content[key], dict):
                raise TypeError(key)
        for file in content["files"]:
            str(file["result"]["text_sha256"])
            _flags_of(file["result"])
        names = [str(file["path"]) for file in content["files"]]
        return date.fromisoformat(today), entries, baseline, names
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a receipt ({error!r})") from error


def in_order(drafts: Iterable[Draft], names: Sequence[str]) -> list[Draft]:
    """Drafts in the order of a receipt's names, and so named; those with other names in turn."""
    drafts = list(drafts)
    by_name = {draft.name: draft for draft in drafts}
    others = iter([draft for draft in drafts if draft.name not in names])
    return [
        replace(by_name[name] if name in by_name else next(others), name=name) for name in names
    ]


def differences(held: str, again: str) -> list[str]:
    """What differs between a receipt and a second one, in plain words; empty if nothing does."""
    if held == again:
        return []
    before, after = json.loads(held), json.loads(again)
    own = before.get("sha256") != _own_digest(before)
    lines = ["receipt: changed after it was written"] * own
    lines += [
        f"{key}: {_short(before[key])} then, {_short(after[key])} now"
        for key in ("engine", "base")
        if before[key] != after[key]
    ]
    if rules_changed := _changed(before["rules"], after["rules"]):
        lines.append(f"rules: {', '.join(rules_changed)}")
    if before["arguments"] != after["arguments"]:
        lines.append("arguments: the day or the baseline is another")
    if len(before["files"]) != len(after["files"]):
        lines.append(f"files: {len(before['files'])} then, {len(after['files'])} now")
    for old, new in zip(before["files"], after["files"], strict=False):
        if old["result"]["text_sha256"] != new["result"]["text_sha256"]:
            lines.append(f"text: {old['path']} is another text")
        elif old["result"] != new["result"]:
            lines.append(f"result: {old['path']}: {_result_change(old['result'], new['result'])}")
    return lines or ["the receipt was written in another way, or changed by hand"]


def _short(version: Mapping[str, Any]) -> str:
    return " ".join(str(value)[:12] for value in version.values() if value)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]


def _result_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    old, new = _flags_of(before), _flags_of(after)
    if old != new:
        return f"{count((old - new).total(), 'flag')} gone, {(new - old).total()} new"
    return ", ".join(f"other {key}" for key in _changed(before, after))


def _flags_of(result: Mapping[str, Any]) -> Counter[str]:
    sentences = [(sentence["start"], sentence["flags"]) for sentence in result["sentences"]]
    return Counter(
        json.dumps([start, flag], sort_keys=True)
        for start, flags in (*sentences, (-1, result["document_flags"]))
        for flag in flags
    )
