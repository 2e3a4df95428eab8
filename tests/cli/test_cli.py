"""However a command ends, it ends with a line and an exit code that says what happened."""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import check as check_module
from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.loading.writing import Records, write_all
from claimbook.records import Flag, LoadError, Severity, UserError
from claimbook.records.display import count
from claimbook.rules.check import Report, check

BAD = "Our tablets lower your weight."
VOMITING = "claims/is-it-safe/balloon-vomiting.yaml"
TABLET = "claims/does-it-work/tablet-lowers-weight.yaml"
CENTRE = "pages/example-balloon-centre.yaml"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMBOOK_ROOT", str(WEIGHT_LOSS))
    (tmp_path / "d.md").write_text(BAD)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of a shell, in which CB is claimbook."""
    claimbook = f"{sys.executable} -m claimbook"
    return subprocess.run(
        ["bash", "-c", command.replace("CB", claimbook)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("CB vet - <&-", 2, "standard input: closed"),
        ("CB vet d.md >&-", 2, "standard output is closed"),
        ("CB check >&-", 2, "standard output is closed"),
        ("CB check > /dev/full", 2, "No space left on device"),
        ("CB vet d.md > /dev/full", 2, "No space left on device"),
        ("CB vet gone.md 2>&-", 2, ""),
        ("CB check --no-cache | head -1 > /dev/null; exit ${PIPESTATUS[0]}", 0, ""),
        ("mkfifo a.md; CB vet a.md", 2, "a.md: not a regular file"),
        ("mkdir f; mkfifo f/a.md; CB vet f d.md", 2, "f/a.md: not a regular file"),
        ("CB vet /dev/null/a.md", 2, "a.md: Not a directory"),
        ("CB vet d.md --receipt r.json < /dev/null; CB verify r.json", 0, ""),
        ("CB vet d.md --output /dev/null", 2, "/dev/null: not a plain file"),
        ("mkfifo p; CB vet d.md --receipt p", 2, "p: not a plain file"),
        ("echo x > o; ln -s o l; CB vet d.md --write-baseline l", 2, "l: not a plain file"),
        ("ln -s gone l; CB vet d.md --output l", 2, "l: not a plain file"),
        ("mkdir f; CB vet d.md --output f/gone/o", 2, "No such file or directory"),
        ("CB vet d.md --output o --receipt ./o", 2, "o: written already"),
        ("CB vet d.md --output o --write-baseline b; CB vet d.md --baseline b --output b", 2,
         "b: the baseline; write to another file"),
        ("CB vet d.md --write-baseline b; CB vet d.md --baseline b --write-baseline b", 0, ""),
        ("CB vet d.md --receipt $CLAIMBOOK_ROOT/claims/new.yaml", 2, "a place of records"),
        ("CB vet d.md --output $CLAIMBOOK_ROOT/sources/references.bib", 2, "a place of records"),
        ("CB vet d.md --output d.md", 2, "d.md: a draft; write to another file"),
        ("ln -s d.md l.md; CB vet d.md --write-baseline l.md", 2, "l.md: a draft"),
        ("CB vet d.md --receipt ./d.md", 2, "d.md: a draft"),
        ("mkdir f; printf '\\xff' > f/a.md; CB vet f d.md --output f/a.md", 2, "f/a.md: a draft"),
        ("python3 -c \"print('[' * 100000)\" > r.json; CB verify r.json", 2, "not a receipt"),
        ("python3 -c \"print('[' * 100000)\" > r.json; CB vet --baseline r.json d.md", 2, "r.json: "),
    ],
)  # fmt: skip
def test_whatever_happens_is_said_in_one_line(command: str, code: int, said: str) -> None:
    done = shell(command)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1


@pytest.mark.parametrize("name", ["-d.md", "--root.md", "-", "-o=a.txt"])
def test_a_file_may_begin_with_a_dash(name: str) -> None:
    Path("d.md").rename(name)
    done = run("vet", name, "--format", "json", stdin=BAD)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["summary"]["flagged"] == 1
    assert run("vet", f"{name}.md").exit_code == 2, "an option that nobody knows is still none"


def test_what_is_written_keeps_its_mode_and_leaves_nothing_beside() -> None:
    Path("o.json").touch()
    Path("o.json").chmod(0o640)
    assert run("vet", "d.md", "--format", "json", "--output", "o.json").exit_code == 1
    assert Path("o.json").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in Path().iterdir()) == ["d.md", "o.json"]
    printed = run("vet", "d.md", "--format", "json", "--output", "-").stdout
    assert json.loads(printed) == json.loads(Path("o.json").read_text())


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
@pytest.mark.parametrize("done", [0, 1])
def test_all_files_are_written_or_none(
    error: BaseException, step: str, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = getattr(Path, step)
    Path("there").write_text("old")
    before = sorted(path.name for path in Path().iterdir())
    files = {Path("new"): b"new", Path("there"): b"new"}
    for contents in (files, dict(reversed(files.items()))):
        times = itertools.count()

        def fail(*arguments: Any, times: Iterator[int] = times) -> Any:
            if next(times) == done:
                raise error
            return act(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(Path, step, fail)
            with pytest.raises(UserError if isinstance(error, OSError) else KeyboardInterrupt):
                write_all(contents)
        assert sorted(path.name for path in Path().iterdir()) == before
        assert Path("there").read_text() == "old"


KILLED = """\
import os, pathlib, sys
from claimbook.loading.writing import Records

root, left = pathlib.Path("base"), int(sys.argv[1])
replace = pathlib.Path.replace

def dies(path, target):
    global left
    if not left:
        os.kill(os.getpid(), 9)
    left -= 1
    return replace(path, target)

pathlib.Path.replace = dies
glossary = root / "claims/glossary.yaml"
contents = {glossary: glossary.read_bytes() + b"# new\\n"}
contents |= {root / f"claims/{name}.yaml": b"{} # new\\n" for name in ("redirects", "corrections")}
Records(root).write(contents)
"""


@pytest.mark.parametrize("step", range(5))
def test_a_command_that_is_killed_leaves_all_of_the_old_or_all_of_the_new(step: int) -> None:
    base = Path(shutil.copytree(WEIGHT_LOSS, "base"))
    names = ("glossary", "redirects", "corrections")

    def new() -> set[bool]:
        files = [base / "claims" / f"{name}.yaml" for name in names]
        return {file.exists() and file.read_text().endswith("# new\n") for file in files}

    killed = subprocess.run([sys.executable, "-c", KILLED, str(step)], check=False).returncode
    assert killed == (0 if step == 4 else -signal.SIGKILL)
    if step:  # else the journal itself is not there yet
        if killed:
            with pytest.raises(LoadError, match="writing several records was broken off"):
                load(base)
        assert run("check", "--root", "base").exit_code == 0
    assert new() == {step > 0}
    assert step == 0 or not [*base.glob(".claimbook-write*"), *base.glob("claims/.*")]


def test_what_somebody_else_wrote_meanwhile_is_not_lost() -> None:
    base = Path(shutil.copytree(WEIGHT_LOSS, "base"))
    records = Records(base)
    (base / "claims" / "glossary.yaml").write_text("{}")
    with pytest.raises(UserError, match="changed meanwhile"):
        records.write({base / "sources" / "new.yaml": b"new"})
    assert not (base / "sources" / "new.yaml").exists()
    Records(base).write({base / "sources" / "new.yaml": b"new"})
    assert (base / "sources" / "new.yaml").read_bytes() == b"new"


def test_an_error_nobody_expected_is_one_line_and_a_file_to_send(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("so\nthere")

    monkeypatch.setattr(check_module, "_report", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = run("check", "--no-cache")
    (report,) = tmp_path.glob("claimbook-*.txt")
    what = f"please report it with {report}, which may hold words of yours: read it first"
    said = f"claimbook: ZeroDivisionError: so ({what})\n"
    assert (done.exit_code, done.stderr) == (2, said)
    assert "in fail" in report.read_text(encoding="utf-8")
    monkeypatch.setenv("CLAIMBOOK_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("check", "--no-cache")


def test_an_interrupted_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "_report", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    assert run("check", "--no-cache").exit_code == 130


@pytest.fixture(scope="module")
def report() -> Report:
    return check(load(WEIGHT_LOSS))


def summary(flags: Sequence[Flag]) -> str:
    counted = Counter(str(flag.severity) for flag in flags)
    return f"{len(flags)} flags ({', '.join(f'{counted[one]} {one}s' for one in Severity)})"


@pytest.mark.parametrize(
    ("files", "fail_on", "code", "rule"),
    [
        ([VOMITING], "error", 0, "share-without-denominator"),
        ([TABLET], "error", 1, "contradicted-by-evidence"),
        ([CENTRE], "never", 0, "same-study-harm-omitted"),
        ([VOMITING, TABLET], "warning", 1, "contradicted-by-own-source"),
        ([], "never", 0, "contraindication-unmentioned"),
    ],
)
def test_check_of_some_files(
    report: Report, files: list[str], fail_on: str, code: int, rule: str
) -> None:
    pages = {Path(file).stem for file in files if file.startswith("pages/")}
    flags = [
        flag
        for flag in report.flags
        if not files or flag.at.file in files or not pages.isdisjoint(flag.pages)
    ]
    assert rule in {flag.rule for flag in flags}
    paths = [str(WEIGHT_LOSS / file) for file in files]
    day = ("--today", "2002-06-01")  # on which no review is overdue
    done = run("check", *day, "--fail-on", fail_on, *paths)
    assert done.exit_code == code, done.output
    assert done.stdout.startswith("".join(f"{flag}\n" for flag in flags))
    concern = "concerns" if len(flags) == 1 else "concern"
    counted = f"{count(len(flags), 'flag')} that {concern} {count(len(files), 'file')}"
    assert not files or f"\n{counted}, of " in done.stdout
    assert summary(report.flags) in done.stdout
    data = json.loads(run("check", *day, "--format", "json", *paths).stdout)
    assert len(data["flags"]) == len(flags)


def test_check_of_a_file_elsewhere() -> None:
    done = run("check", "d.md")
    assert (done.exit_code, "d.md: not in the base" in done.stderr) == (2, True)
