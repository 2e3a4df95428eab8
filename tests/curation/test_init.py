"""The base to start from: sound, without a flag, vetted against, built into a site."""

import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import build

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.loading.record_format import formatted
from claimbook.rules.check import check
from claimbook.vetting.results import State
from claimbook.vetting.vet import vet


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A base that the command wrote."""
    result = CliRunner().invoke(main, ["init", str(tmp_path / "base")])
    assert result.exit_code == 0
    return tmp_path / "base"


def test_it_is_small_and_sound_and_nothing_is_flagged(started: Path) -> None:
    base = load(started, snapshots=started / "texts")
    assert base.texts
    counts = [len(each) for each in (base.claims, base.sources, base.pages)]
    assert counts == [2, 2, 1]
    assert len(base.vocabulary.concepts) == 6
    report = check(base)
    assert [str(flag) for flag in report.flags] == []
    assert {report.quote_check(each) for each in base.occurrences.values()} == {"found"}


def test_its_records_are_in_the_layout_of_records(started: Path) -> None:
    paths = [*started.rglob("*.yaml")]
    assert len(paths) == 7
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert formatted(text) == text, path
        schema = text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file(), path


def test_drafts_are_vetted_against_it(started: Path) -> None:
    draft = "Footbaths cure colds. A warm footbath may make a cold shorter. We open at nine."
    states = [sentence.state for sentence in vet(draft, load(started)).sentences]
    assert states == [State.FLAGGED, State.CLEAN, State.NOTHING]


def test_a_site_is_built_of_it(started: Path, tmp_path: Path) -> None:
    done = build(tmp_path / "site", "--strict", root=started, CLAIMBOOK_SNAPSHOTS="")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "questions" / "colds.html").is_file()


def test_it_says_that_it_is_invented(started: Path) -> None:
    assert "Everything in this folder is invented" in (started / "README.md").read_text()


@pytest.mark.parametrize("name", ["notes.txt", ".git"])
def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_all_of_it_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    write, times = Path.write_bytes, itertools.count()

    def fail(path: Path, content: bytes) -> int:
        if next(times) == 3:
            raise error
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new")])
    assert result.exit_code == (2 if isinstance(error, OSError) else 130)
    assert "Traceback" not in result.output
    assert not [*(tmp_path / "new").iterdir()]
    assert CliRunner().invoke(main, ["init", str(tmp_path / "new")]).exit_code == 0


def test_a_link_to_nowhere_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "new").symlink_to("nowhere")
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new")])
    assert (result.exit_code, "not an empty folder" in result.output) == (2, True)


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path)]).exit_code == 0
    assert (tmp_path / "claims" / "vocabulary.yaml").is_file()
