"""A receipt can be replayed to the byte, and says what differs where it cannot."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import WEIGHT_LOSS
from hypothesis import given
from hypothesis import strategies as st

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.rules.check import all_rules
from claimbook.vetting import receipts
from claimbook.vetting.drafts.files import draft
from claimbook.vetting.suppressions import apply_suppressions
from claimbook.vetting.vet import Vetter

BAD = "Our tablets lower your weight."
ALLOW = 'claimbook: allow contradicted-by-evidence because "so it is", owner: E, second: F, until: 2026-12-01'


@pytest.fixture(scope="module")
def vetter() -> Vetter:
    return Vetter(load(WEIGHT_LOSS))


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(WEIGHT_LOSS, tmp_path / "base")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMBOOK_ROOT", "base")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795300000")  # 2026-11-21
    (tmp_path / "a.md").write_text(f"{BAD}\n\n<!-- {ALLOW} -->\n\n{BAD}\n")
    (tmp_path / "b.txt").write_text("Tablets cure obesity.\n")
    return tmp_path


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def leave(*arguments: str) -> str:
    run("vet", "a.md", "b.txt", "--receipt", "r.json", *arguments)
    return Path("r.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "files", "day", "aside"),
    [
        ([], [], "2026-11-21", "1 flag"),
        ([], ["a.md", "b.txt"], "2026-11-21", "1 flag"),
        ([], ["b.txt", "a.md"], "2026-11-21", "1 flag"),
        (["--today", "2030-01-01"], [], "2030-01-01", "0 flags"),
        (["--write-baseline", "old.json"], [], "2026-11-21", r"\d+ flags"),
    ],
)
def test_the_same_again(
    arguments: list[str],
    files: list[str],
    day: str,
    aside: str,
    base: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = leave(*arguments)
    assert leave(*arguments) == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1995300000")  # years later
    done = run("verify", "r.json", *files)
    assert done.exit_code == 0
    same = rf"the same, to the byte: 2 drafts vetted on {day}, {aside} set aside\n"
    assert re.fullmatch(same, done.stdout)


def test_a_receipt_is_of_no_machine(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = leave()
    assert str(base) not in first
    shutil.copytree(base / "base", base / "elsewhere")
    (base / "elsewhere" / "notes.txt").write_text("no record")
    (base / "elsewhere" / "claims" / ".hidden.yaml").write_text("no record either")
    shutil.rmtree(base / "elsewhere" / "reviews")
    for path in (base / "elsewhere").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert receipts.base_hash(base / "elsewhere") == receipts.base_hash(base / "base")
    (base / "moved").mkdir()
    for name in ("a.md", "b.txt"):
        (base / name).rename(base / "moved" / name)
    monkeypatch.setenv("CLAIMBOOK_ROOT", "elsewhere")
    assert run("verify", "r.json", "moved").exit_code == 0


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("a.md", "weight.", "weights.", ["text: a.md is another text"]), ("b.txt", "cure", "ease", ["text: b.txt is another text"]),
        ("base/sources/imaginary-trial-a.yaml", "kind: study", "kind: study  # a remark", ["base: "]),
        ("r.json", '"message": "', '"message": "Not ', ["result: a.md: "]),
        ("r.json", '"today": "2026-11-21"', '"today": "2026-12-02"', ["result: a.md: "]),
        ("r.json", '  "receipt": 1', '   "receipt": 1', ["changed by hand"]),
        ("r.json", '"today": "2026-11-21"', '"today": "2026-11-20"', ["receipt: changed after it was written"]),
        ("r.json", '"verdict": "', '"verdict": "not ', ["result: a.md: other sentences"]),
    ],
)  # fmt: skip
def test_what_differs_is_said(path: str, old: str, new: str, said: list[str], base: Path) -> None:
    leave()
    before = Path(path).read_text(encoding="utf-8")
    assert old in before
    Path(path).write_text(before.replace(old, new, 1), encoding="utf-8")
    done = run("verify", "r.json")
    assert done.exit_code == 1, done.output
    assert all(part in done.stdout for part in said), done.stdout


def test_a_draft_dropped_from_a_receipt_is_missed(base: Path) -> None:
    content = json.loads(leave())
    Path("r.json").write_text(json.dumps(content | {"files": content["files"][:1]}))
    done = run("verify", "r.json")
    assert (done.exit_code, done.stdout) == (1, "receipt: changed after it was written\n")


@pytest.mark.parametrize(
    ("name", "said"), [("rule_hashes", "rules: "), ("engine_hash", "engine: ")]
)
def test_other_rules_and_another_engine_are_told(
    name: str, said: str, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave()
    real = getattr(receipts, name)()
    other = "0" * 64 if isinstance(real, str) else {**real, "promised-cure": "0" * 16}
    monkeypatch.setattr(receipts, name, lambda: other)
    done = run("verify", "r.json")
    assert (done.exit_code, done.stdout.startswith(said)) == (1, True)
    assert isinstance(real, str) or done.stdout == "rules: promised-cure\n"


@pytest.mark.parametrize(
    ("held", "files", "said"),
    [
        (None, ["a.md"], "the receipt is of 2 drafts, not of 1"), (None, ["a.md", "gone.md"], "gone.md: No such file"),
        ("{}", [], "not a receipt"), ("[]", [], "not a receipt"), ("", [], "Expecting value"),
        ('{"receipt": 2}', [], "not a receipt of version 1"),
        ('{"receipt": 1, "arguments": {"today": "x", "baseline": null}, "files": [], "engine": {}, "base": {}, "rules": {}}', [],
         "Invalid isoformat"),
        ('{"receipt": 1, "arguments": {"today": "2026-01-01", "baseline": 3}, "files": []}', [], "not a baseline"),
        ('{"receipt": 1, "arguments": {"today": "2026-01-01", "baseline": null}, "files": [{"path": "a", "result": {}}]}', [],
         "not a receipt"),
    ],
)  # fmt: skip
def test_what_cannot_be_replayed(held: str | None, files: list[str], said: str, base: Path) -> None:
    leave()
    if held is not None:
        Path("r.json").write_text(held)
    done = run("verify", "r.json", *files)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert run("verify", "no-receipt.json").exit_code == 2


def test_no_receipt_of_half_a_run(base: Path) -> None:
    done = run("vet", "a.md", "gone.md", "--receipt", "half.json")
    assert (done.exit_code, Path("half.json").exists()) == (2, False)
    assert "half.json: not written, because not every draft was read" in done.stderr


@given(
    text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200)
)
def test_any_text_can_be_replayed(vetter: Vetter, text: str) -> None:
    day = date(2026, 11, 21)

    def again() -> str:
        read = draft(f"{BAD} {text}".encode(), "c.txt")
        return receipts.receipt(
            [apply_suppressions(vetter.vet(read.text, read.name), read, all_rules().keys(), day)],
            receipts.versions(WEIGHT_LOSS),
            day,
        )

    held = again()
    assert json.loads(held)["files"][0]["path"] == "c.txt"
    assert receipts.differences(held, again()) == []
    assert receipts.arguments(held)[0] == day
