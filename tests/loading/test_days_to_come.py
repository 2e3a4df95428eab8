"""Nothing that records tell as done was done on a day that is still to come."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import CLAIM, PAGE, TRIAL, changed, write_base

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.records import LoadError

TODAY = date(2002, 3, 20)
FIRST = "statement: A footbath makes a cold shorter.\n"
SEARCHED = "searched: {on: DAY, where: [an index], for: trials}\n"
CORRECTION = "first:\n  on: DAY\n  wrong: A figure.\n  changed: It was put right.\n"
INBOX = "where: an index\nquery: footbaths\nexports: [{day: DAY}]\nrecords: []\n"


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        (PAGE, changed(PAGE, "2001-12-31", "DAY"), "4:7"),
        (TRIAL, changed(TRIAL, "2001-02-03", "DAY"), "8:38"),
        (CLAIM, changed(CLAIM, FIRST, FIRST + SEARCHED), "2:16"),
        (CLAIM, changed(CLAIM, FIRST, FIRST + "withdrawn: {on: DAY, because: x}\n"), "2:17"),
        ("claims/corrections.yaml", CORRECTION, "2:7"),
        ("inbox/footbaths.yaml", INBOX, "3:17"),
    ],
)
def test_days_to_come(file: str, text: str, place: str, tmp_path: Path) -> None:
    def problems(day: str) -> list[str]:
        try:
            load(write_base(tmp_path, {file: text.replace("DAY", day)}), today=TODAY)
        except LoadError as error:
            return list(map(str, error.problems))
        return []

    start = f"{file}:{place}: "
    assert problems("2002-03-20") == []
    assert problems("2002-12-03") == [
        f"{start}2002-12-03 is in the future; did you mean 2002-03-12?"
    ]
    assert problems("2003-01-05") == [
        f"{start}2003-01-05 is in the future; did you mean 2002-01-05?"
    ]
    for far in ("2002-03-21", "2999-01-01", "2003-11-30"):
        assert problems(far) == [
            f"{start}{far} is in the future; write the day on which it was done"
        ]


def test_the_day_that_check_is_told_counts(tmp_path: Path) -> None:
    def run(*today: str) -> tuple[int, str]:
        done = CliRunner().invoke(
            main, ["check", "--root", str(write_base(tmp_path)), "--no-cache", *today]
        )
        return done.exit_code, done.output

    assert run()[0] == run("--today", "2001-12-31")[0] == 0
    code, output = run("--today", "2001-12-30")
    assert code == 2
    assert output.startswith("pages/warm-feet-spa.yaml:4:7: 2001-12-31 is in the future")
