"""`claimbook format`: what it writes, what it refuses, and that our own records are laid out."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from claimbook.cli import main

LONG = "b: {c: [d]}\n"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["format", *arguments])
    return done.exit_code, done.output


def test_our_own_records_are_laid_out() -> None:
    assert run("--check", "--root", str(ROOT)) == (0, "")


@pytest.mark.parametrize(
    ("flags", "code", "said", "after"),
    [([], 0, "changed", "b:\n  c: [d]\n"), (["--check"], 1, "would change", LONG)],
)
def test_a_record_is_laid_out(
    flags: list[str], code: int, said: str, after: str, tmp_path: Path
) -> None:
    record = tmp_path / "claims" / "topic" / "a.yaml"
    record.parent.mkdir(parents=True)
    record.write_text(LONG)
    assert run(*flags, "--root", str(tmp_path)) == (code, f"{record}: {said}\n")
    assert record.read_text() == after


def test_a_comment_that_would_be_lost_is_refused_and_the_others_are_written(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    bad.write_text("a:\n  # why\n  b: c\n")
    good.write_text(LONG)
    code, output = run(str(bad), str(good))
    assert code == 2
    assert f"{bad}: line 2: move this comment above a top-level key" in output
    assert bad.read_text() == "a:\n  # why\n  b: c\n"
    assert good.read_text() != LONG


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    os.mkfifo(tmp_path / "pages" / "pipe.yaml")
    code, output = run("--root", str(tmp_path))
    assert (code, "pipe.yaml: not a file that can be read" in output) == (2, True)


def test_a_folder_without_records_is_no_base(tmp_path: Path) -> None:
    code, output = run("--root", str(tmp_path))
    assert (code, output.startswith(f"{tmp_path}: no records here")) == (2, True)
