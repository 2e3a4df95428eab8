"""What a site is made of is listed, and what it ships has its licence beside it."""

import json
import re
from pathlib import Path

from conftest import ROOT

from claimbook.site import bill_of_materials
from claimbook.site.pyodide_bundle import LIBRARIES, LICENCES, PINS

FILES = bill_of_materials.files(PINS, LICENCES)
PARTS = json.loads(FILES["data/sbom.cdx.json"])["components"]


def test_every_pinned_package_is_listed_once() -> None:
    pinned = re.findall(r"^([\w.-]+)==(\S+)", (PINS / "site.lock").read_text(), re.MULTILINE)
    npm = json.loads((PINS / "package-lock.json").read_text())["packages"]
    assert {(part["name"], part["version"]) for part in PARTS} == {
        *pinned,
        *((path.partition("/")[2], package["version"]) for path, package in npm.items() if path),
    }
    assert len({part["bom-ref"] for part in PARTS}) == len(PARTS) > 20
    assert all(part["purl"].endswith(f"@{part['version']}") for part in PARTS)


def test_what_is_shipped_has_a_licence() -> None:
    shipped = {part["name"]: part for part in PARTS if part["scope"] == "required"}
    assert set(shipped) == {"pyodide", bill_of_materials.THEME, *LIBRARIES}
    assert all(part["licenses"] for part in shipped.values())
    assert len(shipped["pyodide"]["hashes"][0]["content"]) == 128
    assert "Permission is hereby granted" in FILES["assets/LICENSE-theme.txt"]


def test_pyodide_and_python_bring_theirs(site: Path) -> None:
    folder = site / "assets" / "vendor"
    assert "Mozilla Public License" in (folder / "LICENSE-pyodide.txt").read_text()
    assert (
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"
        in (folder / "LICENSE-python.txt").read_text()
    )


def test_the_list_is_the_same_each_time() -> None:
    assert bill_of_materials.files(PINS, LICENCES) == FILES
    assert (ROOT / "requirements").samefile(PINS)
