"""What a site is made of: a CycloneDX list of components, and the licences of what it ships."""

import base64
import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

THEME = "mkdocs-material"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def files(pins: Path, shipped: dict[str, str]) -> dict[str, str]:
    """The list, and the theme's licence beside it, by path.

    Args:
        pins: the folder of the locks.
        shipped: licences, as SPDX names them, of the Python packages whose code the site carries.
    """
    licence = metadata.distribution(THEME).read_text("licenses/LICENSE")
    parts = [*_pyodide(pins), *_packages(pins, {THEME: "MIT", **shipped})]
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "claimbook",
                "name": "claimbook",
                "version": metadata.version("claimbook"),
                **_licensed("MIT"),
            }
        },
        "components": sorted(parts, key=lambda part: part["bom-ref"]),
    }
    return {
        "data/sbom.cdx.json": json.dumps(bill, indent=2) + "\n",
        "assets/LICENSE-theme.txt": licence or "",
    }


def _pyodide(pins: Path) -> Iterator[dict[str, Any]]:
    """Python for the browser, as npm's lock has it."""
    lock = json.loads((pins / "package-lock.json").read_text(encoding="utf-8"))
    for path, package in lock["packages"].items():
        name = path.rpartition("node_modules/")[2]
        if not name:
            continue
        digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
        yield {
            **_component("npm", name, package["version"], name == "pyodide"),
            "hashes": [{"alg": "SHA-512", "content": digest}],
            **_licensed(package["license"]),
        }


def _packages(pins: Path, shipped: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Python packages: those whose files the site carries, and those that only build it."""
    for name, version in _PINNED.findall((pins / "site.lock").read_text(encoding="utf-8")):
        licence = _licensed(shipped[name]) if name in shipped else {}
        yield {**_component("pypi", name, version, name in shipped), **licence}


def _component(kind: str, name: str, version: str, shipped: bool) -> dict[str, Any]:
    """A package; one that is not shipped builds the site, or runs what is outside a browser."""
    address = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "scope": "required" if shipped else "excluded",
    }


def _licensed(name: str) -> dict[str, Any]:
    return {"licenses": [{"license": {"id": name}}]}
