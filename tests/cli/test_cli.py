"""However a command ends, it ends with a line and an exit code that says what happened."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import check as check_module
from claimbook.cli import main

BAD = "Our tablets lower your weight."
SCALD = "claims/colds/footbaths-scald.yaml"
SHORTEN = "claims/colds/footbaths-shorten-colds.yaml"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMBOOK_ROOT", str(WEIGHT_LOSS))
    (tmp_path / "d.md").write_text(BAD)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of a shell, in which CB is claimbook."""
    claimbook = f"{sys.executable} -m claimbook.cli"
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
        ("CB vet d.md --output /dev/null; test -c /dev/null", 0, ""),
        ("CB vet d.md --output d.md", 2, "d.md: a draft; write to another file"),
        ("ln -s d.md l.md; CB vet d.md --write-baseline l.md", 2, "l.md: a draft"),
        ("CB vet d.md --receipt ./d.md", 2, "d.md: a draft"),
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


def test_what_is_written_keeps_its_mode_and_its_link() -> None:
    Path("o.json").touch()
    Path("o.json").chmod(0o640)
    Path("l.json").symlink_to("o.json")
    assert run("vet", "d.md", "--format", "json", "--output", "l.json").exit_code == 1
    assert Path("l.json").is_symlink()
    assert Path("o.json").stat().st_mode & 0o777 == 0o640
    printed = run("vet", "d.md", "--format", "json", "--output", "-").stdout
    assert json.loads(printed) == json.loads(Path("o.json").read_text())


def test_an_error_nobody_expected_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("so\nthere")

    monkeypatch.setattr(check_module, "_run", fail)
    done = run("check", "--no-cache")
    said = "claimbook: ZeroDivisionError: so (CLAIMBOOK_DEBUG=1 shows where)\n"
    assert (done.exit_code, done.stderr) == (2, said)
    monkeypatch.setenv("CLAIMBOOK_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("check", "--no-cache")


def test_an_interrupted_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "_run", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    assert run("check", "--no-cache").exit_code == 130


@pytest.mark.parametrize(
    ("files", "fail_on", "code", "rules", "closing"),
    [
        ([SCALD], "error", 0, {"share-without-denominator"}, "1 flag in 1 file, of 16 flags"),
        ([SHORTEN], "error", 1, {"contradicted-by-evidence"}, "in 1 file, of 16 flags"),
        (["pages/warm-feet.yaml"], "never", 0, {"benefits-without-harms"}, "in 1 file"),
        ([SCALD, SHORTEN], "never", 0, {"contradicted-by-own-source"}, "in 2 files"),
        ([], "never", 0, {"benefits-without-harms"}, "16 flags (5 errors, 6 warnings, 5 notes)"),
    ],
)
def test_check_of_some_files(
    files: list[str], fail_on: str, code: int, rules: set[str], closing: str
) -> None:
    paths = [str(WEIGHT_LOSS / file) for file in files]
    done = run("check", "--fail-on", fail_on, *paths)
    assert done.exit_code == code, done.output
    assert all(f"({rule})\n" in done.stdout for rule in rules)
    assert closing in done.stdout
    data = json.loads(run("check", "--format", "json", *paths).stdout)
    assert len(data["flags"]) == done.stdout.count(")\n") - done.stdout.count("at hand)\n")


def test_check_of_a_file_elsewhere() -> None:
    done = run("check", "d.md")
    assert (done.exit_code, "d.md: not in the base" in done.stderr) == (2, True)
