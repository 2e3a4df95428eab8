"""Sources looked up in a list of retractions: what is found, what is not taken for a find."""

import csv
import tracemalloc
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from claimbook.curation.retraction_watch import (
    COLUMNS,
    DAY,
    IDENTIFIERS,
    NATURE,
    read,
    replaces,
    status,
)
from claimbook.loading.identifiers import identifiers
from claimbook.records import Reference, Standing, StandingStatus, UserError

EXPORT = ROOT / "tests" / "data" / "retraction-watch.csv"
TODAY = date(2006, 1, 1)
Row = tuple[str, str, str, str]  # nature, day, DOI, PubMed id


def paper(key: str = "paper", **fields: str) -> Reference:
    return Reference(key, "article", fields, {}, "")


PAPER = paper(doi="10.5555/paper", pmid="123", note="The preprint is doi:10.5555/pre, PMID 456.")


def export(folder: Path, rows: Sequence[Row], header: Sequence[str] = COLUMNS) -> Path:
    path = folder / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        names = (NATURE, DAY, *IDENTIFIERS.values())
        writer.writerows(dict(zip(names, row, strict=True)) for row in rows)
    return path


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "not-listed"),
        ([("Retraction", "", "10.5555/other", "0")], "not-listed"),
        ([("Retraction", "", "unavailable", "0")], "not-listed"),
        ([("Retraction", "", "10.5555/paper", "123")], "retracted"),
        ([("  RETRACTION ", "", "10.5555/paper", "0")], "retracted"),
        ([("Correction", "", "HTTPS://DX.DOI.ORG/10.5555/PAPER", "0")], "corrected"),
        ([("Correction", "", "doi: 10.5555%2Fpaper.", "")], "corrected"),
        ([("Expression of concern", "", "Unavailable", " 0123.0 ")], "concern"),
        ([("Reinstatement", "", "10.5555/paper", "0")], "reinstated"),
        # several notices: the gravest, but for a retraction that a later day took back
        (
            [
                ("Correction", "1/1/2004", "10.5555/paper", "0"),
                ("Retraction", "1/1/2003", "10.5555/paper", "0"),
                ("Expression of concern", "1/1/2002", "10.5555/paper", "0"),
            ],
            "retracted",
        ),
        (
            [
                ("Reinstatement", "2/1/2004 0:00", "10.5555/paper", "0"),
                ("Retraction", "12/31/2003 0:00", "10.5555/paper", "0"),
            ],
            "reinstated",
        ),
        (
            [
                ("Reinstatement", "2004-01-01", "10.5555/paper", "0"),
                ("Retraction", "2004-01-02", "10.5555/paper", "0"),
            ],
            "retracted",
        ),
        (
            [
                ("Retraction", "1/1/2004", "10.5555/paper", "0"),
                ("Reinstatement", "1/1/2004", "10.5555/paper", "0"),
            ],
            "retracted",
        ),
        (
            [
                ("Retraction", "", "10.5555/paper", "0"),
                ("Reinstatement", "no day", "10.5555/paper", "0"),
            ],
            "retracted",
        ),
        (
            [
                ("Retraction", "1/1/2003", "10.5555/paper", "0"),
                ("Expression of concern", "2/1/2003", "10.5555/paper", "0"),
                ("Reinstatement", "1/1/2004", "10.5555/paper", "0"),
            ],
            "concern",
        ),
        # a person must look: an unknown notice, two papers in one row, a paper that a note names
        ([("Mystery", "", "10.5555/paper", "0")], None),
        ([("", "", "10.5555/paper", "0")], None),
        ([("Retraction", "", "10.5555/other", "123")], None),
        ([("Retraction", "", "10.5555/paper", "124")], None),
        ([("Retraction", "", "10.5555/pre", "0")], None),
        ([("Retraction", "", "", "456")], None),
        (
            [("Correction", "", "10.5555/paper", "0"), ("Mystery", "", "10.5555/paper", "0")],
            None,
        ),
    ],
)
def test_what_notices_make_of_a_paper(
    rows: list[Row], expected: StandingStatus | None, tmp_path: Path
) -> None:
    rows = [*rows, ("Correction", "", "10.5555/elsewhere", "9")]
    notices = read(export(tmp_path, rows), [PAPER], TODAY).notices.get("paper", ())
    assert status(notices) == expected
    assert len(notices) == (0 if expected == "not-listed" else len(rows) - 1)


@pytest.mark.parametrize(
    ("fields", "doi", "pmid"),
    [
        ({}, ("",), ("",)),
        ({"doi": "https://doi.org/10.1016/S0140-6736(97)11096-0"}, ("10.1016/s0140-6736(97)11096-0",), ("",)),
        ({"DOI": "not seen", "PMID": "0"}, ("",), ("",)),
        ({"note": "The others: doi:10.1/a.b, PMC1, PMID 77; doi:10.2/c."}, ("", "10.1/a.b", "10.2/c"), ("", "77")),
    ],
)  # fmt: skip
def test_identifiers_have_one_spelling(
    fields: dict[str, str], doi: tuple[str, ...], pmid: tuple[str, ...]
) -> None:
    assert identifiers(paper(**fields).fields) == {"DOI": doi, "PMID": pmid}


def test_an_export_is_read() -> None:
    papers = [
        paper("a", doi="10.5555/imaginary.a"),
        paper("b", pmid="222222"),
        paper("c", doi="10.5555/imaginary.c"),
        paper("d", doi="10.5555/imaginary.d", pmid="444444"),  # of a notice alone
    ]
    found = read(EXPORT, papers, TODAY)
    assert (found.rows, found.newest) == (6, date(2004, 9, 1))
    assert found.kinds == {"DOI", "PMID"}
    states = {key: status(notices) for key, notices in found.notices.items()}
    assert states == {"a": "retracted", "b": "corrected", "c": "reinstated"}
    first = found.notices["a"][0]
    assert first.reasons == ("Made-up Data", "Made-up Authors")
    assert (first.day, first.doi, first.line) == (date(2003, 5, 31), "10.5555/notice.1", 2)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Record ID", b"\xef\xbb\xbfRecord ID"),
        (b"\n", b"\r\n"),
        (b"Nemo", b"N\xe9mo \xff"),
        (b"Archives", b"\x00Archives"),
        (b"RetractionDate", b' "RetractionDate" '.strip()),
    ],
)
def test_an_export_is_read_in_spite_of(old: bytes, new: bytes, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORT.read_bytes().replace(old, new))
    papers = [paper("a", doi="10.5555/imaginary.a"), paper("b", pmid="222222")]
    found = read(path, papers, TODAY)
    assert found.rows == 6
    assert {key: len(notices) for key, notices in found.notices.items()} == {"a": 2, "b": 1}


HEADER = EXPORT.read_bytes().partition(b"\n")[0]
WHOLE = EXPORT.read_bytes()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "6 columns missing: OriginalPaperDOI, "),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "6 columns missing: .*; name a Retraction Watch export"),
        (WHOLE.decode().encode("utf-16"), "not a text file; save it as CSV"),
        (b"<html><body>Not found</body></html>", "6 columns missing"),
        (b"Record ID,RetractionNature\n1,Retraction\n", "5 columns missing: OriginalPaperDOI"),
        (WHOLE.replace(b"OriginalPaperDOI", b"OriginalpaperDOI"), "1 column missing: OriginalPaperDOI; did you mean 'OriginalpaperDOI'"),
        (WHOLE.replace(b",", b";"), "not separated by commas"),
        (WHOLE.replace(b",", b"\t"), "not separated by commas"),
        (HEADER, "no notice in it; export it again"),
        (HEADER + b"\n" + b"," * 20 + b"\n\n", "no notice in it"),
        (WHOLE[: WHOLE.index(b"4,An") + 30], "line 6: only 5 of 21 columns; the file is cut off"),
        (WHOLE[: WHOLE.index(b"and a second")], "line 4: not CSV .*; the file is cut off"),
        (WHOLE.replace(b'A title with ""quotes""', b'A title with "quotes"'), "line 4: not CSV"),
        (WHOLE + b'7,"' + b"x" * 200_000, "not CSV"),
    ],
)  # fmt: skip
def test_what_is_no_whole_export_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message):
        read(path, [PAPER], TODAY)


def test_a_day_in_the_future_is_not_the_newest(tmp_path: Path) -> None:
    rows = [("Retraction", day, "10.5555/x", "0") for day in ("1/1/2005", "1/2/2006", "13/1/2005")]
    assert read(export(tmp_path, rows), [PAPER], TODAY).newest == date(2005, 1, 1)


def test_a_long_export_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [("Retraction", "1/1/2005 0:00", f"10.5555/{n}", f"{n}") for n in range(1, 10_001)]
    path = export(tmp_path, rows)
    tracemalloc.start()
    found = read(path, [paper(doi="10.5555/9999")], TODAY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.rows, len(found.notices["paper"])) == (10_000, 1)
    assert peak < path.stat().st_size / 4


OLD, NEW = date(2005, 1, 1), date(2005, 2, 1)


@pytest.mark.parametrize(
    ("new", "held", "checked", "expected"),
    [
        ("not-listed", "unknown", None, True),
        ("retracted", "unknown", NEW, True),
        ("not-listed", "not-listed", OLD, True),
        ("not-listed", "not-listed", NEW, False),
        ("not-listed", "current", OLD, False),
        ("not-listed", "corrected", OLD, False),
        ("not-listed", "retracted", OLD, False),
        ("corrected", "current", OLD, True),
        ("corrected", "superseded", OLD, False),
        ("corrected", "concern", OLD, False),
        ("retracted", "superseded", NEW, True),
        ("reinstated", "retracted", OLD, True),
        ("retracted", "reinstated", OLD, True),
        ("retracted", "reinstated", NEW, False),
    ],
)
def test_what_is_recorded_gives_way_to_nothing_less(
    new: StandingStatus, held: StandingStatus, checked: date | None, expected: bool
) -> None:
    assert replaces(Standing(new, NEW, "a list"), Standing(held, checked, "a search")) == expected
