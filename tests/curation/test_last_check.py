"""A check that rests on the last one says what a check of everything says, and why it may not."""

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import WEIGHT_LOSS, WEIGHT_LOSS_TEXTS

from claimbook.cli import main
from claimbook.curation import last_check
from claimbook.loading import cache

CLAIM = "claims/does-it-work/shot-kilograms-lost.yaml"
PAGE = "pages/example-clinic-north.yaml"
TRIAL = "sources/imaginary-trial-a.yaml"
BIB = "sources/references.bib"
NORTH = "snapshots/example-clinic-north.txt"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base whose files are old enough to trust, with the texts of its pages and its figures."""
    root = tmp_path / "base"
    shutil.copytree(WEIGHT_LOSS, root, ignore=shutil.ignore_patterns(".claimbook-cache"))
    for name, folder in WEIGHT_LOSS_TEXTS.items():
        monkeypatch.setenv(name, str(root / Path(folder).name))
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3600 * 10**9)
    return root


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The files that changed, for each check that rests on an earlier one."""
    real, rested = last_check.report_after, list[set[str]]()

    def noted(changed: set[str], *others: object) -> object:
        rested.append(set(changed))
        return real(changed, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(last_check, "report_after", noted)
    return rested


def said(root: Path, *options: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["check", "--root", str(root), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def write(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def rename(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / old).rename(root / new)

    return change


@pytest.mark.parametrize(
    ("change", "files"),
    [
        (write(CLAIM, "9.8 kg in 68 weeks", "9.9 kg in 68 weeks"), {CLAIM}),
        (write(CLAIM, "statement:", "# A remark moves every place.\nstatement:"), {CLAIM}),
        (write(CLAIM, "finding: imaginary-trial-a", "finding: imaginary-trial-x"), {CLAIM}),
        (write(CLAIM, "cites: [imaginary-trial-a]", "cites: [unresolved]"), {CLAIM}),
        (write(CLAIM, "how: implies", "how: opposes"), {CLAIM}),
        (write(CLAIM, "kind: efficacy", "kind: cost"), {CLAIM}),
        (write(TRIAL, "status: current", "status: retracted"), {TRIAL}),
        (write(TRIAL, "id: kilograms-lost", "id: pounds-lost"), {TRIAL}),
        (write(PAGE, "sections:", "reply: We are sorry.\nsections:"), {PAGE}),
        (write(PAGE, "sha256: 8", "sha256: 7"), {PAGE}),
        (write(BIB, "2001", "2002"), {BIB}),
        (rename(TRIAL, "sources/imaginary-trial-z.yaml"), {TRIAL, "sources/imaginary-trial-z.yaml"}),
        (rename("reviews/nausea-alex.yaml", "reviews/n.yaml"), {"reviews/nausea-alex.yaml", "reviews/n.yaml"}),
        (write("claims/vocabulary.yaml", "given the treatment", "treated"), {"claims/vocabulary.yaml"}),
        (write("claims/disclosures.yaml", "label:", "label: Also,"), {"claims/disclosures.yaml"}),
        (lambda root: (root / "claims/more.txt").touch(), {"claims/more.txt"}),
        (lambda root: None, set()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_changed_file(
    change: Callable[[Path], None], files: set[str], form: str, root: Path, after: list[set[str]]
) -> None:
    said(root)
    assert not after
    change(root)
    for options in ((), (str(root / CLAIM),)):
        assert said(root, "--format", form, *options) == said(
            root, "--format", form, "--no-cache", *options
        )
    if files or form == "json":  # of what is the same, the very words are kept
        assert after[0] == files


def test_a_changed_file_of_the_folder_one_is_in(
    root: Path, after: list[set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    said(Path())
    write(CLAIM, "9.8 kg in 68 weeks", "9.9 kg in 68 weeks")(root)
    assert said(Path()) == said(Path(), "--no-cache")
    assert after == [{CLAIM}]


@pytest.mark.parametrize(
    "change",
    [
        write(NORTH, "The shot can lower", "The shot may lower"),
        write("figures/imaginary-trial-a.txt", "9.8 kg", "9.7 kg"),
    ],
)
def test_another_text_at_hand_is_judged_anew(
    change: Callable[[Path], None], root: Path, after: list[set[str]]
) -> None:
    said(root)
    change(root)
    assert said(root) == said(root, "--no-cache")
    assert not after


def test_many_changed_files_are_judged_anew_and_kept(root: Path, after: list[set[str]]) -> None:
    said(root)
    for path in sorted(root.glob("claims/*/*.yaml")):
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert said(root) == said(root, "--no-cache")
    assert not after
    write(CLAIM, "9.8 kg in 68 weeks", "9.9 kg in 68 weeks")(root)
    assert said(root) == said(root, "--no-cache")
    assert after == [{CLAIM}]


@pytest.mark.parametrize("seed", range(8))
def test_lines_that_are_gone_or_stand_elsewhere(
    seed: int, root: Path, after: list[set[str]]
) -> None:
    """Changes pile up until the base is not sound, and one after another is put right again."""
    chance, earlier = random.Random(seed), list[tuple[Path, str]]()
    said(root)
    files = [
        path for name in ("claims", "pages", "sources") for path in root.glob(f"{name}/**/*.yaml")
    ]
    for _ in range(8):
        path = chance.choice(sorted(path for path in files if path.name != "vocabulary.yaml"))
        if earlier and chance.random() < 0.4:
            path, text = earlier.pop()
            path.write_text(text, "utf-8")
        else:
            text = path.read_text("utf-8")
            earlier.append((path, text))
            lines = text.splitlines(keepends=True)
            line = lines.pop(chance.randrange(len(lines)))
            if chance.random() < 0.4:
                lines.insert(chance.randrange(len(lines) + 1), line)
            path.write_text("".join(lines), "utf-8")
        assert said(root) == said(root, "--no-cache")
    assert after


@pytest.mark.parametrize("spoil", [lambda text: "", lambda text: text.replace("9.8", "8.9", 1)])
def test_what_was_kept_and_is_spoilt_is_not_used(
    spoil: Callable[[str], str], root: Path, after: list[set[str]]
) -> None:
    said(root)
    kept = root / cache.FOLDER / last_check.NAME
    kept.write_text(spoil(kept.read_text("utf-8")), "utf-8")
    write(CLAIM, "9.8 kg in 68 weeks", "9.9 kg in 68 weeks")(root)
    assert said(root) == said(root, "--no-cache")
    assert not after


def test_texts_of_pages_are_not_kept(root: Path) -> None:
    said(root)
    assert "your weight. In one trial, people" not in (
        root / cache.FOLDER / last_check.NAME
    ).read_text("utf-8")
