"""`claimbook review` and `claimbook queue`, on a copy of the invented base."""

import json
import os
import re
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
        (["nausea", "--name", "  "], "no word in it"),
        (["nausea", "--name", "A\x1b[31m"], "a control character in it"),
        (["nausea", "--role", os.fsdecode(b"\xff")], "or what is not UTF-8"),
    ],
)
def test_what_would_be_unsound_is_not_written(
    root: Path, arguments: list[str], message: str
) -> None:
    held = sorted(path.name for path in (root / "reviews").iterdir())
    done = run(root, "review", "--name", "Rowan Example", "--role", "invented", *arguments)
    assert (done.exit_code, message in done.output) == (2, True), done.output
    assert sorted(path.name for path in (root / "reviews").iterdir()) == held


def test_names_in_any_script_have_files_of_their_own(root: Path) -> None:
    names = ("\u674e\u660e", "\u738b\u82b3", "\u0391\u03bd\u03bd\u03b1", "x" * 300)
    for name in names:
        done = run(
            root, "review", "nausea", "--name", name, "--role", "md", "--today", "2002-06-01"
        )
        assert done.exit_code == 0, done.output
    assert {*names} < {review.reviewer.name for review in load(root).reviews.values()}


def test_the_queue_as_data(root: Path) -> None:
    def dated(day: str) -> list[str]:
        rows = json.loads(run(root, "queue", "--today", day, "--format", "json").output)
        assert {tuple(row) for row in rows} == {("since", "address", "what")}
        undated = [row["since"] is None for row in rows]
        assert undated == sorted(undated)
        return [row["since"] for row in rows if row["since"]]

    assert dated("2003-01-01") == sorted(dated("2003-01-01"))
    assert dated("2001-12-31")
    shutil.rmtree(root / "reviews")
    assert dated("2002-12-31") == []


def test_what_waits_without_a_date_is_listed(root: Path) -> None:
    (root / "inbox").mkdir()
    (root / "inbox" / "places.yaml").write_text(
        "where: Imaginary Index\nquery: examplutide\nexports: [{day: 2001-12-31}]\nrecords:\n"
        "  - {title: A, triage: undecided}\n  - {title: B, triage: out, because: cats}\n"
    )
    source = root / "sources" / "imaginary-trial-a.yaml"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    source.write_text("".join(line for line in lines if not line.startswith("standing:")))
    due, *undated = run(root, "queue", "--today", "2001-01-01").output.splitlines()[-4:]
    assert due.endswith("due on 2001-01-01")
    assert re.fullmatch(r"\d+ without a date: Review it: nobody has. .*; and \d+ more", undated[0])
    assert undated[1:] == [
        "1 without a date: Decide whether it is in or out. inbox/places: A",
        (
            "1 without a date: Look up for the first time whether it was corrected or retracted."
            " sources/imaginary-trial-a"
        ),
    ]
