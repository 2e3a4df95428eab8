"""`claimbook review` and `claimbook queue`, on a copy of the invented base."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import WEIGHT_LOSS

from claimbook.cli import main
from claimbook.loading.load import load


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHT_LOSS, tmp_path / "base"))


def run(root: Path, *arguments: str) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(main, [command, "--root", str(root), *rest])


NEW = ("review", "nausea", "--name", "Ann O'Hara: x", "--role", "md # 1", "--today", "2002-06-01")


def test_a_new_review_is_sound_and_never_overwritten(root: Path) -> None:
    done = run(root, *NEW)
    assert (done.exit_code, "fill in" in done.output) == (0, True)
    path = root / "reviews" / "nausea-ann-o-hara-x-2002-06-01.yaml"
    review = load(root).reviews[path.stem]
    assert (review.subject, review.verdict) == ("nausea", None)
    assert (review.reviewer.name, review.reviewer.role) == ("Ann O'Hara: x", "md # 1")
    assert [(each.source, each.as_) for each in review.read] == [("imaginary-trial-a", "record")]
    assert run(root, "format", "--check", str(path)).exit_code == 0
    path.write_text(path.read_text() + "comment: My own words.\n")
    again = run(root, *NEW)
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    assert "My own words." in path.read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nauseas"], "there is no 'nauseas'; did you mean 'nausea'?"),
        (["zzz"], 'write a claim, source/finding or "claim -> finding"'),
        (["nausea -> imaginary-trial-a/gallstones"], "'nausea' has no evidence"),
        (["nausea", "--orcid", "1"], "'1' is not an ORCID iD"),
        (["nausea", "--today", "2999-01-01"], "2999-01-01 is in the future"),
    ],
)
def test_what_would_be_unsound_is_not_written(
    root: Path, arguments: list[str], message: str
) -> None:
    held = sorted(path.name for path in (root / "reviews").iterdir())
    done = run(root, "review", "--name", "Rowan Example", "--role", "invented", *arguments)
    assert (done.exit_code, message in done.output) == (2, True), done.output
    assert sorted(path.name for path in (root / "reviews").iterdir()) == held


def test_the_queue_as_data(root: Path) -> None:
    rows = json.loads(run(root, "queue", "--today", "2003-01-01", "--format", "json").output)
    assert {tuple(row) for row in rows} == {("since", "address", "what")}
    assert [row["since"] for row in rows] == sorted(row["since"] for row in rows)
    assert run(root, "queue", "--today", "2001-12-31", "--format", "json").output.strip() != "[]"
    shutil.rmtree(root / "reviews")
    assert json.loads(run(root, "queue", "--today", "2002-12-31", "--format", "json").output) == []
