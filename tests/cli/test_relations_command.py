"""`claimbook relations`: what bears on what, and what is left to decide."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import WEIGHT_LOSS

from claimbook.cli import main

LOWERS = "claims/does-it-work/tablet-lowers-weight.yaml"
RELATION = (
    "relations:\n  - {to: balloon-weight-stays-off, how: apart, because: Another treatment.}\n"
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the invented base in which one more relation is recorded."""
    root = tmp_path / "base"
    shutil.copytree(WEIGHT_LOSS, root, ignore=shutil.ignore_patterns(".claimbook-cache"))
    path = root / LOWERS
    text = path.read_text()
    path.write_text(text.replace("evidence:", f"{RELATION}evidence:", 1))
    return root


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["relations", "--root", str(root), *arguments])


def test_what_is_recorded_is_printed(base: Path) -> None:
    result = run(base)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert "tablet-lowers-weight apart balloon-weight-stays-off: Another treatment." in lines
    assert "shot-kilograms-lost implies shot-lowers-weight: Who loses 10 kg weighs less." in lines
    assert len(lines) == len(set(lines))


def test_what_is_left_to_decide_is_proposed(base: Path) -> None:
    every = run(base, "--propose", "--most", "1000").stdout
    pairs = every.count("- {to: ")
    assert pairs > 1
    assert "- {to: balloon-vomiting, how: , because: }" in every
    first = run(base, "--propose", "--most", "1")
    assert first.stdout == every[: len(first.stdout)]
    assert first.stdout.count("- {to: ") == 1
    assert f"{pairs - 1} more; --most shows them" in first.stderr


def test_a_base_at_fault_is_named(base: Path) -> None:
    path = base / LOWERS
    path.write_text(path.read_text().replace("balloon-weight-stays-off", "balloon-weight-stays-of"))
    result = run(base)
    assert result.exit_code == 2
    assert "unknown claim 'balloon-weight-stays-of'; did you mean" in result.stderr
    assert "nothing was compared" in result.stderr
