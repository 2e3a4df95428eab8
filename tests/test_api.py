"""The public names, and the examples of the page about them."""

import re
import subprocess
import sys
from typing import Any

import pytest
from conftest import ROOT

import claimbook

PAGE = ROOT / "docs" / "development" / "api.md"


def test_the_examples_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 4
    names: dict[str, Any] = {}
    for example in examples:
        exec(example, names)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("claims/")
    assert printed[3].startswith("flagged This treatment is a cure.")
    assert printed[4:-1] == ["nothing Call us today. []"]
    assert "All flags" in printed[-1]


def test_every_public_name_is_there_and_told() -> None:
    for name in claimbook.__all__:
        assert getattr(claimbook, name).__name__ == name
    assert dir(claimbook) == sorted(claimbook.__all__)
    text = PAGE.read_text(encoding="utf-8")
    assert all(re.search(rf"`{name}\b|import .*\b{name}\b", text) for name in claimbook.__all__)
    with pytest.raises(AttributeError, match="no attribute 'cure'"):
        claimbook.cure  # noqa: B018


def test_importing_it_loads_nothing() -> None:
    code = (
        "import claimbook, sys; print(sorted(m for m in sys.modules if m.startswith('claimbook')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "['claimbook']\n"
