"""Flags as a SARIF 2.1.0 log (OASIS Standard)."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from claimbook.records import Flag, Severity
from claimbook.rules.check import all_rules

SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def flags_log(
    found: Iterable[Flag], site: str | None = None, version: str | None = None
) -> dict[str, Any]:
    """The flags of a base as a SARIF 2.1.0 log (OASIS Standard), one rule descriptor for every rule."""
    results = [
        {
            **sarif_result(one),
            "locations": [
                sarif_location(
                    one.at.file, {"startLine": one.at.line, "startColumn": one.at.column}
                )
            ],
            "partialFingerprints": {"flagId/v1": one.id},
        }
        for one in found
    ]
    return sarif_log(results, site=site, version=version)


def sarif_result(one: Flag) -> dict[str, Any]:
    """What a SARIF result says of a flag, its place apart."""
    properties = {
        "category": one.category.value,
        **({"evidence": list(one.sources)} if one.sources else {}),
    }
    return {
        "ruleId": one.rule,
        "level": one.severity.value,
        "message": {"text": one.message},
        "properties": properties,
    }


def sarif_location(file: str, region: dict[str, Any] | None) -> dict[str, Any]:
    """A place as SARIF writes it: the path as a URI reference, and a region of it."""
    uri = PurePath(file).as_uri() if PurePath(file).is_absolute() else quote(file)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            **({"region": region} if region else {}),
        }
    }


def sarif_log(
    results: list[dict[str, Any]], *, site: str | None = None, version: str | None = None,
    also: Mapping[str, tuple[Severity, str]] | None = None, failures: Iterable[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """A SARIF 2.1.0 log of one run.

    Args:
        results: what was found, each with its `ruleId`.
        site: the address of the site, where it stands anywhere: each rule's page is there.
        version: the release of the engine.
        also: rules that are not modules: how much each matters, and what it means.
        failures: what could not be read.
    """
    page = f"{site.rstrip('/')}/rules/" if site else None
    rules = [
        _sarif_rule(
            rule.name,
            rule.summary,
            f"{rule.doc.strip()}\n\nRests on: {rule.authority}",
            rule.severity,
            rule.category.value,
            page,
        )
        for rule in all_rules().values()
    ] + [
        _sarif_rule(name, said, said, severity, "record", None)
        for name, (severity, said) in (also or {}).items()
    ]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {
        "name": "claimbook",
        **({"version": version} if version else {}),
        **({"informationUri": site} if site else {}),
        "rules": rules,
    }
    told = [{"level": "error", "message": {"text": failure}} for failure in failures]
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": not told,
                **({"toolExecutionNotifications": told} if told else {}),
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [{"ruleIndex": index[one["ruleId"]], **one} for one in results],
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_rule(
    name: str, short: str, doc: str, severity: Severity, category: str, page: str | None
) -> dict[str, Any]:
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "shortDescription": {"text": short},
        "fullDescription": {"text": doc.partition("\n## ")[0].strip()},
        "help": {"text": doc, "markdown": doc},
        **({"helpUri": f"{page}{name}.html"} if page else {}),
        "defaultConfiguration": {"level": severity.value},
        "properties": {"category": category, "tags": [category]},
    }
