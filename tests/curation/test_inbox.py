"""Saved searches as records: what an export adds, what is proved, what the site counts."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.records import LoadError
from claimbook.records.inboxes import flow
from claimbook.rules.check import check
from claimbook.site.pages import render

FILES = ROOT / "tests" / "data" / "references"
HEAD = "where: Imaginary Index\nquery: examplutide\nexports: [{day: 2001-12-31}]\nrecords:\n"
NEW = ("--where", "Imaginary Index", "--query", "examplutide: shot # 1", "--on", "2001-12-31")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    shutil.copytree(WEIGHT_LOSS, tmp_path / "base")
    return tmp_path / "base"


def run(base: Path, *arguments: str | Path) -> Result:
    words = [*map(str, arguments), "--root", str(base)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def taken(base: Path, name: str = "places") -> list[tuple[str, str | None]]:
    return [(r.triage, r.source or r.because) for r in load(base).inboxes[name].records]


def export(folder: Path, *records: str) -> Path:
    path = folder / "export.ris"
    text = "".join(f"TY  - JOUR\n{record}\nER  - \n" for record in records)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_export_adds_what_is_new_and_decides_nothing(base: Path) -> None:
    result = run(base, "inbox", FILES / "invented.ris", "--name", "places", *NEW, "--by", "A. Nemo")
    assert result.exit_code == 1
    assert result.output.startswith("RETRACTED: ")
    assert "2 found, 0 duplicates, 1 to decide, 1 screened: 0 out, 1 in" in result.output
    assert taken(base) == [("in", "imaginary-trial-b"), ("undecided", None)]
    inbox = load(base).inboxes["places"]
    assert (inbox.query, inbox.exports[0].by) == ("examplutide: shot # 1", "A. Nemo")
    text = (base / "inbox" / "places.yaml").read_text(encoding="utf-8")
    assert "must not enter" not in text
    decided = text.replace("undecided", "out\n    because: a book")
    (base / "inbox" / "places.yaml").write_text(decided, encoding="utf-8")
    again = run(base, "inbox", FILES / "invented.ris", "--name", "places", "--on", "2002-01-31")
    assert "2 records read: 0 new, 2 known" in again.output
    assert taken(base) == [("in", "imaginary-trial-b"), ("out", "a book")]
    assert [str(e.day) for e in load(base).inboxes["places"].exports] == [
        "2001-12-31",
        "2002-01-31",
    ]
    run(base, "inbox", FILES / "invented.nbib", "--name", "places")
    assert taken(base)[2:] == [("undecided", None)] * 2


@pytest.mark.parametrize(
    ("records", "triage"),
    [
        (["TI  - A\nDO  - 10.5555/a", "TI  - B\nDO  - 10.5555/A"], "duplicate"),
        (["TI  - A\nPY  - 2001", "TI  - a.\nPY  - 2001"], "duplicate"),
        (["TI  - A\nPY  - 2001\nDO  - 10.5555/a", "TI  - A\nPY  - 2001"], "duplicate"),
        # alike, and yet two
        (["TI  - A\nPY  - 2001\nDO  - 10.5555/a", "TI  - A\nPY  - 2001\nDO  - 10.5555/b"], "undecided"),
        (["TI  - A\nPY  - 2001", "TI  - A\nPY  - 2002"], "undecided"),
    ],
)  # fmt: skip
def test_duplicates(base: Path, tmp_path: Path, records: list[str], triage: str) -> None:
    run(base, "inbox", export(tmp_path, *records), "--name", "places", *NEW)
    assert [state for state, _ in taken(base)] == ["undecided", triage]
    run(base, "inbox", export(tmp_path, *records), "--name", "other", *NEW)
    assert [state for state, _ in taken(base, "other")] == ["duplicate"] * 2
    assert "inbox/places.yaml" in str(taken(base, "other")[0][1])
    again = run(base, "inbox", export(tmp_path, *records), "--name", "places")
    assert "0 new, 2 known" in again.output


@pytest.mark.parametrize(
    "title", ["1e5", "yes", "2001-12-31", "- a: b # c", "'A", "null", "{a}", "x" * 900]
)
def test_any_title_is_read_back(base: Path, tmp_path: Path, title: str) -> None:  # fmt: skip
    run(base, "inbox", export(tmp_path, f"TI  - {title}"), "--name", "places", *NEW)
    assert [record.title for record in load(base).inboxes["places"].records] == [title]
    assert run(base, "format", "--check").exit_code in (0, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["invented.ris"], "inbox/invented.yaml is new: name --where and --query"),
        (["invented.ris", "--name", "Not an id"], "'Not an id' is not an id"),
        (["invented.ris", "--name", "index"], "'index' is not an id"),
        (["invented.ris", "--name", "there", "--query", "other"], "is of another search"),
        (["invented.ris", "--name", "there", "--on", "2999-01-01"], "2999-01-01 is in the future"),
        (
            ["invented.ris", "--name", "new", "--where", "A\x01", "--query", "b"],
            "a control character",
        ),
        (["invented.ris", "--name", "new", "--where", "A", "--query", " "], "no word in it"),
    ],
)
def test_what_is_not_taken_in(base: Path, arguments: list[str], said: str) -> None:
    write(base, "there", "  - {title: A}\n")
    before = (base / "inbox" / "there.yaml").read_bytes()
    result = run(base, "inbox", FILES / arguments[0], *arguments[1:])
    assert result.exit_code == 2
    assert said in result.output
    assert [path.name for path in (base / "inbox").iterdir()] == ["there.yaml"]
    assert (base / "inbox" / "there.yaml").read_bytes() == before


@pytest.mark.parametrize("file", ["inbox/there.yaml", "sources/references.bib"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_not_waited_for(
    base: Path, file: str, make: Callable[[Path], None]
) -> None:
    path = base / file
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    result = run(base, "inbox", FILES / "invented.ris", "--name", "places", *NEW)
    assert result.exit_code == 2
    assert f"{file}:1:1: not a file that can be read" in result.output


def test_a_comment_is_not_lost(base: Path) -> None:
    write(base, "places", "  - {title: A}\n")
    path = base / "inbox" / "places.yaml"
    path.write_text("# Ask Bo.\n" + path.read_text())
    run(base, "inbox", FILES / "invented.ris", "--name", "places")
    assert path.read_text().startswith("# Ask Bo.\nwhere: ")
    before = path.read_text().replace("records:", "# Half done.\nrecords:")
    path.write_text(before)
    result = run(base, "inbox", FILES / "invented.nbib", "--name", "places")
    assert result.exit_code == 2
    assert "move the comments above the first key" in result.output
    assert path.read_text() == before


def write(base: Path, name: str, records: str) -> None:
    (base / "inbox").mkdir(exist_ok=True)
    (base / "inbox" / f"{name}.yaml").write_text(HEAD + records)


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        ("  - {title: A, triage: out}", "5:24: 'out' without a reason; add because"),
        ("  - {title: A, triage: duplicate}", "5:24: 'duplicate' without a reason; add because"),
        (
            "  - {title: A, triage: in, source: imaginary-trial-x}",
            "5:36: unknown source 'imaginary-trial-x'; did you mean 'imaginary-trial-b'?",
        ),
        (
            "  - {title: A, source: imaginary-trial-b}",
            "5:24: a source of a record that is 'undecided'; write triage: in",
        ),
        ("  - {title: A, triage: maybe}", "5:24: 'maybe' is not one of undecided, in, out, dup"),
        ("  - {title: A, doi: 10.5555/a}\n  - {title: B, doi: 10.5555/A}", "6:21: the record 'A' has"),
        ("  - {title: A, pmid: x}", "5:22: 'pmid' takes a whole number, not 'x'"),
        ("  - {pmid: 7}", "5:5: missing 'title'; add it"),
        ("  - {title: A, abstract: All of it.}", "5:16: unknown key 'abstract'; the keys here are"),
    ],
)  # fmt: skip
def test_what_the_loader_proves(base: Path, records: str, problem: str) -> None:
    write(base, "places", records + "\n")
    with pytest.raises(LoadError) as error:
        load(base)
    assert len(error.value.problems) == 1
    assert str(error.value.problems[0]).startswith(f"inbox/places.yaml:{problem}")


def test_a_claim_names_its_searches(base: Path) -> None:
    path = base / "claims" / "is-it-safe" / "gallstones.yaml"
    text = path.read_text(encoding="utf-8")
    searched = "searched: {on: 2001-12-31, where: [an index], for: stones, inboxes: [place]}\n"
    path.write_text(re.sub(r"^searched:.*\n(?: .*\n)*", "", text, flags=re.MULTILINE) + searched)
    write(base, "places", "  - {title: A}\n")
    with pytest.raises(LoadError, match="unknown inbox 'place'; did you mean 'places'"):
        load(base)
    path.write_text(path.read_text(encoding="utf-8").replace("place]", "places]"))
    html = render(check(load(base)))["claims/gallstones.md"].html
    assert 'href="../method/searching.html#inbox-places"' in html


def test_the_method_page_shows_the_flow_where_there_is_one(base: Path) -> None:
    assert "From search to source" not in render(check(load(base)))["method/searching.md"].html
    write(
        base,
        "places",
        "  - {title: A, triage: in, source: imaginary-trial-a}\n"
        "  - {title: B, triage: out, because: not <people>}\n"
        "  - {title: C, triage: out, because: not <people>}\n"
        "  - {title: D, triage: out, because: no figures}\n"
        "  - {title: E, triage: duplicate, because: the same as A}\n"
        "  - {title: F}\n",
    )
    loaded = load(base)
    counts = flow(loaded.inboxes.values())
    assert (counts.found, counts.duplicates, counts.undecided, counts.screened) == (6, 1, 1, 4)
    assert counts.found == counts.duplicates + counts.undecided + counts.screened
    html = " ".join(render(check(loaded))["method/searching.md"].html.split())
    assert (
        "6 records found in 1 saved search, 1 duplicate set apart, 4 screened: 3 left out, 1"
        in html
    )
    assert "1 is not yet screened." in html
    assert "<li>not &lt;people&gt;: 2</li>" in html


def test_only_what_is_in_becomes_a_source(base: Path) -> None:
    run(base, "inbox", FILES / "invented.nbib", "--name", "places", *NEW)
    path = base / "inbox" / "places.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("undecided", "in", 1))
    result = run(base, "add-source", FILES / "invented.nbib", "--inbox", "places", "--apply")
    assert "1 record read: 1 source added" in result.output
    assert "source: nemo-2007" in path.read_text(encoding="utf-8")
    assert not (base / "sources" / "naught-2008.yaml").exists()
    again = run(base, "add-source", FILES / "invented.nbib", "--inbox", "places", "--apply")
    assert "0 records read" in again.output
    unknown = run(base, "add-source", FILES / "invented.nbib", "--inbox", "place")
    assert "there is no inbox 'place'; did you mean 'places'?" in unknown.output


def test_a_source_that_was_added_without_the_inbox_is_in_at_the_next_export(base: Path) -> None:
    file = FILES / "invented.ris"
    run(base, "inbox", file, "--name", "places", *NEW)
    run(base, "add-source", file, "--apply")
    again = run(base, "inbox", file, "--name", "places", "--on", "2002-01-31")
    assert "0 to decide, 2 screened: 0 out, 2 in" in again.output
    text = (base / "inbox" / "places.yaml").read_text(encoding="utf-8")
    assert "triage: in\n    source: world-body-nothing-2011" in text


@pytest.mark.parametrize(
    ("again", "days"),
    [
        ([], ["2001-12-31"]),
        (["--by", "A. Nemo"], ["2001-12-31"]),
        (["--by", "B. Nemo"], ["2001-12-31", "2001-12-31"]),
    ],
)
def test_an_export_counts_once_a_day(base: Path, again: list[str], days: list[str]) -> None:
    file = FILES / "invented.ris"
    run(base, "inbox", file, "--name", "places", *NEW, "--by", "A. Nemo")
    run(base, "inbox", file, "--name", "places", "--on", "2001-12-31", *again)
    assert [str(each.day) for each in load(base).inboxes["places"].exports] == days
