"""`claimbook standing`: what it prints, what it writes, and that it writes all or nothing."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.records import Standing

EXPORT = str(ROOT / "tests" / "data" / "retraction-watch.csv")
TRIAL_A, TRIAL_B = "sources/imaginary-trial-a.yaml", "sources/imaginary-trial-b.yaml"
FOUND = """\
imaginary-cohort-c: reinstated
    Retraction, 2004-07-01, by DOI
        Error by Journal
        https://doi.org/10.5555/notice.4
    Reinstatement, 2004-08-01, by DOI
        Error by Journal
        https://doi.org/10.5555/notice.5
imaginary-review-d: a person must look
    Retraction, 2004-09-01, by PMID
        but by DOI it is another paper
        https://doi.org/10.5555/imaginary.d
    recorded: unknown
imaginary-trial-a: retracted
    Retraction, 2003-05-31, by DOI
        Made-up Data; Made-up Authors
        https://doi.org/10.5555/notice.1
    Expression of concern, 2002-04-01, by DOI
        Concerns about Data
1 source not listed: imaginary-trial-b
3 sources not looked up, for want of a DOI or PubMed id: imaginary-classification-i, imaginary-guideline-f, imaginary-label-e
6 notices read, the newest of 2004-09-01
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the invented base in which sources have identifiers and nobody looked them up."""
    root = tmp_path / "base"
    shutil.copytree(WEIGHT_LOSS, root, ignore=shutil.ignore_patterns(".claimbook-cache"))
    references = root / "sources" / "references.bib"
    text = references.read_text()
    for year, fields in {
        2001: "doi = {10.5555/imaginary.A}",
        2002: "doi = {10.5555/imaginary.b}",
        2003: "doi = {10.5555/imaginary.c}",
        2004: "doi = {10.5555/imaginary.d}, pmid = {999999}",
    }.items():
        text = text.replace(f"year = {{{year}}}", f"year = {{{year}}}, {fields}")
    references.write_text(text)
    for path in root.glob("sources/*.yaml"):
        edit(path, lambda text: text.replace(recorded(text), "standing: {status: unknown}"))
    return root


def recorded(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("standing:"))


def edit(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text()
    assert change(text) != text
    path.write_text(change(text))


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "sources").iterdir()}


def run(root: Path, *arguments: str, export: str = EXPORT) -> Result:
    return CliRunner().invoke(main, ["standing", "--from", export, "--root", str(root), *arguments])


def standings(root: Path) -> dict[str, Standing]:
    return {key.rpartition("-")[2]: s.standing for key, s in load(root).sources.items()}


def test_by_default_it_only_prints(base: Path) -> None:
    before = files(base)
    result = run(base)
    assert (result.exit_code, result.stdout) == (1, FOUND)
    assert files(base) == before


def test_what_was_found_is_written_and_nothing_else_is_touched(base: Path) -> None:
    edit(base / TRIAL_B, lambda text: text.replace("\n", "\r\n").replace("kind:", "kind:  "))
    (base / TRIAL_A).chmod(0o640)
    before = files(base)
    result = run(base, "--apply", "--with", "A list: of 2004")
    assert result.exit_code == 1
    assert result.stdout.endswith("3 sources written\n")
    states = {key: (s.status, s.checked, s.with_) for key, s in standings(base).items()}
    newest = (date(2004, 9, 1), "A list: of 2004")
    unknown = ("unknown", None, None)
    assert states == {
        "a": ("retracted", *newest), "b": ("not-listed", *newest), "c": ("reinstated", *newest),
        "d": unknown, "e": unknown, "f": unknown, "i": unknown,
    }  # fmt: skip
    for name, content in files(base).items():
        line = recorded(content.decode()).encode() if name.endswith("yaml") else b""
        assert content.replace(line, b"standing: {status: unknown}") == before[name] or (
            content == before[name]
        )
    assert (base / TRIAL_A).stat().st_mode & 0o777 == 0o640
    again = files(base)
    assert run(base, "--apply", "--with", "A list: of 2004").stdout.endswith("0 sources written\n")
    assert files(base) == again


def test_nothing_listed_exits_with_0_and_a_later_day_renews(base: Path) -> None:
    export = base / "export.csv"
    lines = Path(EXPORT).read_text().splitlines(keepends=True)
    export.write_text(lines[0] + lines[5].replace("imaginary.c", "nobody"))
    for day in ("2005-01-01", "2005-02-01"):
        result = run(base, "--apply", "--checked", day, export=str(export))
        assert (result.exit_code, standings(base)["a"].checked) == (0, date.fromisoformat(day))
    assert "the export holds no PMID: nothing was looked up by it" in result.stdout


def test_what_a_person_recorded_is_kept(base: Path) -> None:
    held = "standing: {status: superseded, checked: 2001-01-01, with: the journal}"
    for name in (TRIAL_B, "sources/imaginary-cohort-c.yaml"):
        edit(base / name, lambda text: text.replace(recorded(text), held))
    result = run(base, "--apply")
    assert "    kept: superseded\n" in result.stdout
    assert {standings(base)[key].status for key in "bc"} == {"superseded"}


def test_json(base: Path) -> None:
    result = run(base, "--apply", "--format", "json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["rows"], data["newest"]) == (1, 6, "2004-09-01")
    trial = next(s for s in data["sources"] if s["source"] == "imaginary-trial-a")
    notices = trial.pop("notices")
    assert trial == {
        "source": "imaginary-trial-a",
        "looked_up_by": {"DOI": ["10.5555/imaginary.a"]},
        "status": "retracted",
        "recorded": "unknown",
        "written": True,
    }
    assert [(n["status"], n["day"]) for n in notices] == [
        ("retracted", "2003-05-31"),
        ("concern", "2002-04-01"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "gone.csv"], "'gone.csv' does not exist"),
        (["--from", "."], "is a directory"),
        (["--from", str(ROOT / "README.md")], "README.md: 6 columns missing"),
        (["--checked", "2999-01-01"], "2999-01-01 is in the future"),
        (["--checked", "soon"], "Invalid isoformat string"),
        (["--with", " "], "not a name"),
        (["--with", "a\nb"], "not a name"),
    ],
)
def test_what_cannot_be_run_says_why_and_writes_nothing(
    arguments: list[str], said: str, base: Path
) -> None:
    before = files(base)
    result = run(base, "--apply", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert files(base) == before


def test_an_export_without_days_needs_one(base: Path) -> None:
    export = base / "export.csv"
    text = Path(EXPORT).read_text().splitlines(keepends=True)
    export.write_text(text[0] + text[1].replace("5/31/2003 0:00", ""))
    result = run(base, "--apply", export=str(export))
    assert (result.exit_code, "give the day of the export" in result.stderr) == (2, True)
    assert run(base, "--apply", "--checked", "2003-06-01", export=str(export)).exit_code == 1


def test_a_base_with_a_mistake_is_not_looked_up(base: Path) -> None:
    edit(base / TRIAL_A, lambda text: text.replace("design:", "desing:"))
    result = run(base, "--apply")
    assert (result.exit_code, "nothing was looked up" in result.stderr) == (2, True)


def test_one_source_that_cannot_be_written_keeps_all_from_being_written(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commented = "standing:\n  # nobody asked\n  status: unknown"
    edit(base / TRIAL_A, lambda text: text.replace(recorded(text), commented))
    before = files(base)
    result = run(base, "--apply")
    assert (result.exit_code, "write it by hand" in result.stderr) == (2, True)
    assert files(base) == before

    edit(base / TRIAL_A, lambda text: text.replace(commented, "standing: {status: unknown}"))
    before, replace = files(base), Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == "imaginary-trial-b.yaml":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    result = run(base, "--apply")
    assert (result.exit_code, "No space left on device" in result.stderr) == (2, True)
    assert files(base) == before
