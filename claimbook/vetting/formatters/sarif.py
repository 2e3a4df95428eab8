"""Flags as a SARIF 2.1.0 log (OASIS Standard)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from claimbook.records import Category, Flag, Location, Severity
from claimbook.rules.check import all_rules
from claimbook.vetting.baseline import sentence_hash
from claimbook.vetting.formatters.results import LOOK, additions, looks, place
from claimbook.vetting.results import SentenceResult
from claimbook.vetting.suppressions import BASELINE, KINDS, FinalResult, SuppressedFlag

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LOOKS = "A sentence makes light of safety: a person must check it, whatever the rules found."
# What is flagged without being a rule: how much each matters, and what it means.
_OTHERS: Mapping[str, tuple[Severity, str]] = {**KINDS, LOOK: (Severity.NOTE, _LOOKS)}


def check_log(
    flags: Iterable[Flag], site: str | None = None, version: str | None = None
) -> dict[str, Any]:
    """The flags of a base.

    Args:
        site: the address of the site, where it stands anywhere; each rule's page is there.
        version: the release of the engine.
    """
    results = [
        {
            **_flag(flag),
            "locations": [_location(flag.at.file, _region(flag.at, flag.at))],
            "partialFingerprints": {"flagId/v1": flag.id},
        }
        for flag in flags
    ]
    return _log(results, _rules(site), site, version)


def vet_log(
    results: Iterable[FinalResult],
    site: str | None = None,
    version: str | None = None,
    failures: Iterable[str] = (),
) -> dict[str, Any]:
    """The flags of drafts; what was set aside is suppressed, suggestions are fixes.

    Args:
        site, version: as for `check_log`.
        failures: what could not be read.
    """
    found = [entry for result in results for entry in _draft(result)]
    rules = [*_rules(site), *(_rule(name, *of) for name, of in _OTHERS.items())]
    return _log(found, rules, site, version, failures)


def _log(
    results: list[dict[str, Any]], rules: list[dict[str, Any]],
    site: str | None, version: str | None, failures: Iterable[str] = (),
) -> dict[str, Any]:  # fmt: skip
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver: dict[str, Any] = {"name": "claimbook", "rules": rules}
    if version:
        driver["version"] = version
    if site:
        driver["informationUri"] = site
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if notes := [{"level": "error", "message": {"text": failure}} for failure in failures]:
        invocation = {"executionSuccessful": False, "toolExecutionNotifications": notes}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [{"ruleIndex": index[result["ruleId"]], **result} for result in results],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules(site: str | None) -> list[dict[str, Any]]:
    rules = []
    for rule in all_rules().values():
        doc = f"{rule.doc.strip()}\n\nRests on: {rule.authority}"
        entry = _rule(rule.name, rule.severity, rule.summary, doc, rule.category)
        if site:
            entry["helpUri"] = f"{site.rstrip('/')}/rules/{rule.name}.html"
        rules.append(entry)
    return rules


def _rule(
    name: str, severity: Severity, summary: str, doc: str = "", category: str = Category.RECORD
) -> dict[str, Any]:
    doc = doc or summary
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": doc.partition("\n## ")[0].strip()},
        "help": {"text": doc, "markdown": doc},
        "defaultConfiguration": {"level": str(severity)},
        "properties": {"category": str(category), "tags": [str(category)]},
    }


def _flag(flag: Flag) -> dict[str, Any]:
    """What a result says of a flag, its place apart."""
    properties: dict[str, Any] = {"category": flag.category.value}
    if flag.sources:
        properties["evidence"] = list(flag.sources)
    if flag.also:
        properties["also"] = [f"{other.message} ({other.rule})" for other in flag.also]
    return {
        "ruleId": flag.rule,
        "level": flag.severity.value,
        "message": {"text": flag.message},
        "properties": properties,
    }


def _location(file: str, region: dict[str, Any]) -> dict[str, Any]:
    """A place: the path as a URI reference, and a region of it."""
    return {"physicalLocation": {**_artifact(file), "region": region}}


def _artifact(file: str) -> dict[str, Any]:
    uri = PurePath(file).as_uri() if PurePath(file).is_absolute() else quote(file)
    return {"artifactLocation": {"uri": uri}}


def _region(start: Location, end: Location) -> dict[str, Any]:
    region = {"startLine": start.line, "startColumn": start.column}
    return {**region, "endLine": end.line, "endColumn": end.column} if end > start else region


# --- drafts ---------------------------------------------------------------------------------------


def _draft(result: FinalResult) -> Iterator[dict[str, Any]]:
    """The results of one draft, each with a fingerprint of its own."""
    seen: Counter[str] = Counter()
    entries: list[tuple[Flag, SentenceResult | None, SuppressedFlag | None]] = [
        *((flag, sentence, None) for flag, sentence in result.vetted.with_sentences()),
        *((held.flag, held.sentence, held) for held in result.suppressed),
        *((flag, sentence, None) for flag, sentence in looks(result)),
    ]
    for flag, on, held in entries:
        mark = f"{flag.rule}:{sentence_hash(on.text if on else flag.message)}"
        seen[mark] += 1
        entry = {**_flag(flag), "partialFingerprints": {"sentence/v1": f"{mark}:{seen[mark]}"}}
        start, end = place(result, flag, on)
        region = _region(start, end)
        if on:
            region["snippet"] = {"text": result.draft.written(on.start, on.end)}
            verdict = on.verdict.label if on.verdict is not None else None
            entry["properties"] |= {
                "reading": on.reading, "verdict": verdict, "state": on.state.value,
            }  # fmt: skip
            as_read = result.draft.editable and region["snippet"]["text"] == on.text
            if flag.suggestion and as_read:
                entry["fixes"] = [_fix(result.draft.name, _region(start, end), flag.suggestion)]
        elif not held and (lines := additions(result, flag)):
            entry["message"] = {"text": "\n".join((flag.message, *lines))}
        if held:
            entry["suppressions"] = [_suppression(held)]
        yield {**entry, "locations": [_location(result.draft.name, region)]}


def _fix(file: str, region: dict[str, Any], suggestion: str) -> dict[str, Any]:
    replacement = {"deletedRegion": region, "insertedContent": {"text": suggestion}}
    return {
        "description": {"text": "Write what the evidence allows."},
        "artifactChanges": [{**_artifact(file), "replacements": [replacement]}],
    }


def _suppression(held: SuppressedFlag) -> dict[str, Any]:
    until = f" (owner: {held.owner}, until {held.until})" if held.owner else ""
    return {
        "kind": "external" if held.by == BASELINE else "inSource",
        "status": "accepted",
        "justification": held.reason + until,
    }
