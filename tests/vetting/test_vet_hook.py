"""The pre-commit hook and the workflow of the docs, as they stand in a fresh clone.

What pre-commit and the runner do themselves (clone, make a venv, install) is left out.
"""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli.main import COMMANDS
from claimbook.vetting.drafts.files import ENDINGS

BAD = "Our tablets lower your weight."


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / ".git").exists():
        pytest.skip("not a Git checkout")
    folder = tmp_path_factory.mktemp("fresh") / "claimbook"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "1", ROOT.as_uri(), str(folder)],
        check=True,
        timeout=120,
    )
    return folder


def run(
    command: str, arguments: list[str], clone: Path, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run `claimbook ...` as the clone has it, in a folder."""
    name, *words = shlex.split(command)
    assert name in tomllib.loads((clone / "pyproject.toml").read_text())["project"]["scripts"]
    assert words[0] in COMMANDS
    return subprocess.run(
        [sys.executable, "-m", "claimbook", *words, *arguments], cwd=folder, env={"PYTHONPATH": str(clone)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def hook(clone: Path) -> dict[str, Any]:
    (found,) = yaml.safe_load((clone / ".pre-commit-hooks.yaml").read_text())
    return dict(found)


def test_the_hook_judges_what_is_committed(clone: Path, tmp_path: Path) -> None:
    found = hook(clone)
    assert (found["language"], found["require_serial"]) == ("python", True)
    names = [f"drafts/a{ending}" for ending in ENDINGS] + ["B.HTML", "a.py", "a.mdx", "md"]
    assert [name for name in names if re.search(found["files"], name)] == names[: len(ENDINGS) + 1]
    (tmp_path / "good.md").write_text("The tablets are not approved for weight.")
    (tmp_path / "bad.md").write_text(BAD)
    root = ["--root", str(WEIGHT_LOSS)]
    assert run(found["entry"], [*root, "good.md"], clone, tmp_path).returncode == 0
    done = run(found["entry"], [*root, "good.md", "bad.md"], clone, tmp_path)
    assert done.returncode == 1, done.stderr
    assert "bad.md:1:1: flagged (contradicted)" in done.stdout
    done = run(found["entry"], ["good.md"], clone, tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        ".: no base here (no claims/): name its folder with --root or CLAIMBOOK_ROOT\n",
    )


def blocks() -> dict[str, Any]:
    text = (ROOT / "docs" / "method" / "vetting.md").read_text(encoding="utf-8")
    found = re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL)
    return {name: yaml.safe_load(inside) for name, inside in found}


def test_the_docs_name_the_hook_as_it_is(clone: Path) -> None:
    (repo,) = blocks()[".pre-commit-config.yaml"]["repos"]
    (used,) = repo["hooks"]
    assert used["id"] == hook(clone)["id"]
    assert used["args"][0] == "--root"


def test_the_workflow_runs(clone: Path, tmp_path: Path) -> None:
    (job,) = blocks()[".github/workflows/vet.yml"]["jobs"].values()
    (tmp_path / ".claimbook").symlink_to(WEIGHT_LOSS)
    (tmp_path / "content" / "blog").mkdir(parents=True)
    (tmp_path / "content" / "blog" / "a.md").write_text(BAD)
    commands = [
        step["run"] for step in job["steps"] if step.get("run", "").startswith("claimbook ")
    ]
    assert len(commands) == 2
    first, second = (run(command, [], clone, tmp_path) for command in commands)
    assert first.returncode == 1, first.stderr
    assert first.stdout.startswith("::error file=content/blog/a.md,line=1,col=1")
    assert (second.returncode, second.stdout) == (0, "")
    (kept,) = [step["with"]["path"] for step in job["steps"] if "upload" in step.get("uses", "")]
    assert (tmp_path / kept).read_text(encoding="utf-8").startswith("<!doctype html>")
