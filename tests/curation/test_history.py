"""How a record changed, told from its versions in Git."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import main
from claimbook.curation.history import Day, histories
from claimbook.loading.load import load
from claimbook.records import Base

BASE = load(WEIGHT_LOSS)
FILE = "claims/is-it-safe/gallstones.yaml"
FIRST = Day("2001-01-01", ("first recorded",))
TRIAL = "Nemo and others 2001"
REVIEW = "Void 2004"
Edit = Callable[[dict[str, object]], object]


def git(root: Path, *arguments: str, day: str = "2001-01-01") -> None:
    date = f"{day}T12:00:00+0000"
    names = {
        f"GIT_{who}_{what}": "nobody"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": "1999-01-01T00:00:00+0000", "GIT_COMMITTER_DATE": date}
    subprocess.run(
        ["git", "-C", str(root), *arguments],
        env={**os.environ, **names, **dates, "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        check=True,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the invented base in a folder of a repository."""
    root = tmp_path / "repository" / "base"
    shutil.copytree(WEIGHT_LOSS, root, ignore=shutil.ignore_patterns(".claimbook-cache"))
    git(root.parent, "init", "-b", "main")
    commit(root, "2001-01-01")
    return root


def commit(root: Path, day: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "--allow-empty", "-m", "words that nobody reads", day=day)


def edit(root: Path, change: Edit, file: str = FILE) -> None:
    record = yaml.safe_load((root / file).read_text())
    if True in record["searched"]:  # as YAML 1.1 reads "on"
        record["searched"]["on"] = record["searched"].pop(True)
    change(record)
    (root / file).write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True))


def state(text: str, record: dict[str, object]) -> None:
    record["statement"] = text


def told(root: Path, file: str = FILE) -> list[Day]:
    return list(histories(BASE, root, [file]).get(file, ()))


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["history", "--root", str(root), *arguments])


LINK = {"finding": "imaginary-review-d/serious-harm", "why": "It pooled five trials."}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda record: record.update(statement="The shot may cause gallstones."),
            "statement: “{statement}” became “The shot may cause gallstones.”",
        ),
        (
            lambda record: record.update(truth={"is": "yes", "line": "Yes, in a few."}),
            "truth: yes: “Yes, in a few.”",
        ),
        (
            lambda record: record["evidence"].append(LINK),
            f"evidence added: {REVIEW} (serious-harm): It pooled five trials.",
        ),
        (
            lambda record: record["evidence"].pop(0),
            f"evidence taken out: {TRIAL} (gallstones)",
        ),
        (
            lambda record: record["evidence"][0].update(why="It is the only one."),
            f"evidence used for another reason: {TRIAL} (gallstones): It is the only one.",
        ),
        (
            lambda record: record.update({"set-aside": [{**LINK, "because": "Too few."}]}),
            f"set aside: {REVIEW} (serious-harm): Too few.",
        ),
        (
            lambda record: record.update(certainty={"imprecision": {"down": 1, "because": "Few."}}),
            "certainty lowered by 1, not 2 for imprecision: Few.",
        ),
        (lambda record: record.pop("certainty"), "certainty no longer lowered for imprecision"),
        (
            lambda record: record["certainty"].update(
                {"large-effect": {"up": 1, "because": "Large."}}
            ),
            "certainty raised by 1 for large effect: Large.",
        ),
        (
            lambda record: record.update(searched={"on": "2001-12-31", "where": ["an index", "a list"], "for": "stones"}),
            "searched on 2001-12-31 in an index and a list",
        ),
        (
            lambda record: record.update(say=[{"text": "It may.", "rests-on": [LINK["finding"]]}]),
            "wording to use added: “It may.”",
        ),
        (
            lambda record: record["occurrences"].clear(),
            "1 passage taken out (Example <Clinic> North)",
        ),
        (
            lambda record: record["occurrences"][0].update(says={"effect": "none"}),
            "1 passage read otherwise (Example <Clinic> North)",
        ),
        (lambda record: record.update(kind="safety"), "kind: “harm” became “safety”"),
        (
            lambda record: record["about"].update(population="adult"),
            "population: obesity became adult",
        ),
        (
            lambda record: record.update(withdrawn={"on": "2001-02-02", "because": "Misread."}),
            "withdrawn: Misread.",
        ),
    ],
)  # fmt: skip
def test_what_changed_in_words(root: Path, change: Edit, expected: str) -> None:
    before = BASE.claims["gallstones"].statement
    edit(root, change)
    commit(root, "2001-02-02")
    day = Day("2001-02-02", (expected.format(statement=before),))
    assert histories(BASE, root, [FILE]) == {FILE: (day, FIRST)}


def test_one_entry_a_day_by_its_last_version(root: Path) -> None:
    for word, day in (("first", "02-02"), ("second", "02-02"), ("third", "03-03")):
        edit(root, partial(state, f"A {word} try."))
        commit(root, f"2001-{day}")
    assert [(day.day, len(day.changes)) for day in told(root)] == [
        ("2001-03-03", 1),
        ("2001-02-02", 1),
        ("2001-01-01", 1),
    ]
    assert told(root)[0].changes == ("statement: “A second try.” became “A third try.”",)


def test_layout_alone_is_no_change_and_a_broken_version_is_passed_over(root: Path) -> None:
    edit(root, lambda _: None)
    commit(root, "2001-02-02")
    sound = (root / FILE).read_text()
    (root / FILE).write_text("statement: [")
    commit(root, "2001-03-03")
    (root / FILE).write_text(sound)
    commit(root, "2001-04-04")
    assert told(root) == [FIRST]


def test_a_record_is_followed_to_its_older_names(root: Path) -> None:
    moved = "claims/does-it-work/stones.yaml"
    git(root, "mv", FILE, moved)
    commit(root, "2001-02-02")
    edit(root, lambda record: record.update(kind="safety"), moved)
    shutil.copy(root / "claims/is-it-safe/nausea.yaml", root / FILE)
    commit(root, "2001-03-03")
    files = [moved, FILE]
    shown = histories(BASE, root, files)
    assert [day.day for day in shown[moved]] == ["2001-03-03", "2001-01-01"]
    assert shown[FILE] == (Day("2001-03-03", ("first recorded",)),)


def test_a_branch_counts_on_the_day_of_its_merge(root: Path) -> None:
    git(root, "checkout", "-b", "side")
    edit(root, lambda record: record.update(kind="safety"))
    commit(root, "2001-02-02")
    git(root, "checkout", "main")
    git(root, "merge", "--no-ff", "side", "-m", "merge", day="2001-03-03")
    assert [day.day for day in told(root)] == ["2001-03-03", "2001-01-01"]


def test_without_a_whole_history_there_is_none(root: Path, tmp_path: Path) -> None:
    edit(root, lambda record: record.update(kind="safety"))
    commit(root, "2001-02-02")
    git(tmp_path, "clone", "--depth", "1", f"file://{root.parent}", "shallow")
    shutil.copytree(root, tmp_path / "copy")
    (root / "claims/is-it-safe/new.yaml").write_text((root / FILE).read_text())
    assert len(told(root)) == 2
    assert not told(root, "claims/is-it-safe/new.yaml")
    assert not told(tmp_path / "shallow" / "base")
    assert not told(tmp_path / "copy")


def test_no_git_no_history(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not told(root)


def test_every_record_of_the_real_base(base: Base) -> None:
    files = [claim.at.file for claim in base.claims.values()]
    shown: Mapping[str, tuple[Day, ...]] = histories(base, ROOT, files)
    for days in shown.values():
        assert days[-1].changes == ("first recorded",)
        assert [day.day for day in days] == sorted({day.day for day in days}, reverse=True)
        assert all(day.changes for day in days)
    assert histories(base, ROOT, files) == shown


def test_command(root: Path) -> None:
    edit(root, lambda record: record.update(kind="safety"))
    commit(root, "2001-02-02")
    result = run(root, "gallstones")
    assert result.output == run(root, "claims/gallstones").output
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "2001-02-02: kind: “harm” became “safety”",
        "2001-01-01: first recorded",
    ]


def test_command_without_a_claim_or_a_history(root: Path, tmp_path: Path) -> None:
    result = run(root, "gallstone")
    assert (result.exit_code, result.stderr) == (
        2,
        "there is no claim 'gallstone'; did you mean 'gallstones'?\n",
    )
    shutil.copytree(root, tmp_path / "copy")
    result = run(tmp_path / "copy", "gallstones")
    assert result.exit_code == 2
    assert "the history is not at hand" in result.stderr
