"""`claimbook add-source` on an invented base: what is told, what is written, and when nothing is."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import main
from claimbook.loading import bibtex_file
from claimbook.loading.load import load
from claimbook.records import LoadError

FILES = ROOT / "tests" / "data" / "references"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    shutil.copytree(WEIGHT_LOSS, tmp_path / "base")
    return tmp_path / "base"


def run(base: Path, *arguments: str | Path) -> Result:
    words = ["add-source", *map(str, arguments), "--root", str(base)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def contents(base: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("invented.nbib", 1, "RETRACTED: {}:28:1: naught-2008: "),
        ("invented.ris", 1, "imaginary-trial-b is here already: the same title and year\n    volume"),
        ("invented.json", 0, "2 records read: 2 sources new, 0 here already"),
        ("invented.xml", 1, "EXPRESSION OF CONCERN: {}:4:1: nandu-2014: "),
        ("invented.bib", 0, "imaginary-trial-a is here already"),
    ],
)  # fmt: skip
def test_without_apply_nothing_is_written(base: Path, name: str, code: int, said: str) -> None:
    before = contents(base)
    result = run(base, FILES / name)
    assert result.exit_code == code
    assert said.format(FILES / name) in result.output
    assert "invented and must not enter" not in result.output
    assert contents(base) == before
    load(base)


def test_what_is_applied_is_named_field_by_field_until_it_is_filled(base: Path) -> None:
    result = run(base, *sorted(FILES.iterdir()), "--apply")
    assert result.exit_code == 1
    assert "9 records read: 7 sources added, 2 here already" in result.output
    references = (base / "sources" / "references.bib").read_text(encoding="utf-8")
    assert references.startswith((WEIGHT_LOSS / "sources" / "references.bib").read_text())
    assert "must not enter" not in "".join(map(str, contents(base).values()))
    with pytest.raises(LoadError) as error:
        load(base)
    problems = [str(problem) for problem in error.value.problems]
    missing = [problem for problem in problems if "naught-2008.yaml" in problem]
    assert [problem.partition(": nothing is not one of ")[0] for problem in missing] == [
        f"sources/naught-2008.yaml:{place}" for place in ("1:7", "3:9", "7:12")
    ]
    assert len(problems) == 7 * 3
    for path in (base / "sources").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("kind: null", "kind: study").replace("design: null", "design: cohort")
        path.write_text(text.replace("text_read: null", "text_read: none"), encoding="utf-8")
    loaded = load(base)
    assert loaded.sources["naught-2008"].standing.status == "retracted"
    assert loaded.references["nandu-2014"].persons["author"][0] == "Ñandú, Jr, Gil"


def test_what_was_added_is_there_already(base: Path) -> None:
    run(base, FILES / "invented.nbib", "--apply")
    before = contents(base)
    result = run(base, FILES / "invented.nbib", "--apply")
    assert "2 records read: 0 sources added, 2 here already" in result.output
    assert contents(base) == before


def test_one_faulty_record_and_nothing_is_written(base: Path, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.ris"
    faulty.write_text("TY  - JOUR\nAU  - Nemo, A\nER  - \nTY  - JOUR\nTI  - Cut")
    before = contents(base)
    result = run(base, FILES / "invented.json", faulty, "--apply")
    assert result.exit_code == 2
    assert result.output.splitlines() == [
        f"{faulty}:1:1: a record without a title; add it, or take the record out",
        f"{faulty}:4:1: a record that ER does not end; the file may be cut off; export it again",
        "2 problems: nothing was written",
    ]
    assert contents(base) == before


def test_references_that_cannot_be_read_are_left_alone(base: Path) -> None:
    (base / "sources" / "references.bib").write_text("@article{a, title = {A}")
    result = run(base, FILES / "invented.json", "--apply")
    assert result.exit_code == 2
    assert "nothing was written" in result.output


def test_markup_in_a_title_stays_text(base: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.ris"
    title = r"<script>alert(1)</script> \input{/etc/passwd} }, note = {x"
    hostile.write_text(f"TY  - JOUR\nTI  - {title}\nAU  - Nemo, A}} and {{Other\nER  - \n")
    assert run(base, hostile, "--apply").exit_code == 0
    content = (base / "sources" / "references.bib").read_bytes()
    references, problems = bibtex_file.read(content, "x")
    assert not problems
    assert references["nemo"].fields["title"] == title
    assert "note" not in references["nemo"].fields
    assert "<script>" not in bibtex_file.citations([references["nemo"]])["nemo"]
