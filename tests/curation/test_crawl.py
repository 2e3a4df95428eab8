"""`claimbook crawl`: the same lines however they are made, and nothing lost or doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import main
from claimbook.curation import crawl
from claimbook.curation.crawl import summary
from claimbook.curation.workers import Workers
from claimbook.loading.load import load
from claimbook.loading.serialize import pack
from claimbook.loading.writing import alone
from claimbook.vetting.results import as_data
from claimbook.vetting.vet import Vetter

RESULTS = crawl.RESULTS


@pytest.fixture(scope="module")
def quotes() -> list[str]:
    return [occurrence.quote for occurrence in load(WEIGHT_LOSS).occurrences.values()]


@pytest.fixture
def pages(tmp_path: Path, quotes: list[str]) -> Path:
    """A folder of pages, each with other passages of the base's clinics in another order."""
    folder, chance = tmp_path / "pages", random.Random(1)
    (folder / "more").mkdir(parents=True)
    for number in range(12):
        place = folder / "more" if number % 2 else folder
        text = "\n\n".join(chance.sample(quotes, 5))
        (place / f"page-{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "page.html").write_text(f"<p>{quotes[0]}</p><!-- claimbook: allow hype -->")
    return folder


def run(pages: Path, out: Path, *arguments: str, root: Path = WEIGHT_LOSS) -> Result:
    command = ["crawl", str(pages), "--out", str(out), "--root", str(root), "--jobs", "1"]
    return CliRunner().invoke(main, [*command, *arguments])


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / RESULTS).read_text("utf-8").splitlines()]


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_each_page_has_the_line_that_vetting_it_gives(pages: Path, tmp_path: Path) -> None:
    result = run(pages, tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    vetter = Vetter(load(WEIGHT_LOSS))
    held = lines(tmp_path / "out")
    assert len(held) == 13
    assert [line["path"] for line in held] == sorted(line["path"] for line in held)
    for line in held:
        path = Path(line["path"])
        if path.suffix == ".txt":
            alone = as_data(vetter.vet(path.read_text(), line["path"]))
            assert {key: line[key] for key in alone} == json.loads(json.dumps(alone))


def test_processes_and_dask_write_what_one_thread_writes(pages: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster

    run(pages, tmp_path / "serial")
    processes = run(pages, tmp_path / "processes", "--jobs", "2")
    assert processes.exit_code == 0, processes.stderr
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        dask = run(pages, tmp_path / "dask", "--dask", cluster.scheduler_address)
    assert dask.exit_code == 0, dask.stderr
    serial = written(tmp_path / "serial")
    assert serial.keys() == {crawl.MARKER, RESULTS, "summary.json", "summary.html"}
    assert written(tmp_path / "processes") == serial
    assert written(tmp_path / "dask") == serial


def test_a_page_at_which_workers_end_fails_alone(pages: Path, tmp_path: Path) -> None:
    base = load(WEIGHT_LOSS)
    results = crawl.Results(tmp_path / RESULTS, crawl.version(WEIGHT_LOSS))
    named = {path.name: path for path in sorted(pages.glob("*.txt"))}
    with Deadly(1) as executor:
        crawl.crawl(named, results, pack(base), executor, 1)
    errors = {line["path"]: line["error"] for line in lines(tmp_path) if "error" in line}
    assert list(errors) == ["page-02.txt"]
    assert errors["page-02.txt"].startswith("not vetted: BrokenExecutor: 2 worker processes")
    assert len(lines(tmp_path)) == len(named)
    again = crawl.Results(tmp_path / RESULTS, crawl.version(WEIGHT_LOSS))
    assert named.keys() - again.digests.keys() == errors.keys(), "it is vetted in the next crawl"


class Deadly(Workers):
    """Workers that one page ends."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        deadly = args[1]["path"] == "page-02.txt"
        return super().submit(os._exit, 1) if deadly else super().submit(fn, *args, **kwargs)


def children(process: int) -> set[int]:
    """The processes that a process started, and those that they started."""
    found, parents = {process}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text().partition(" ")
        except OSError:
            continue
        parents[int(number)] = int(rest.rpartition(")")[2].split()[1])
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


def until(reached: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 120
    while not reached():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def running(pages: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A crawl of 33 pages in two processes, of which three are done."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("looks at /proc")
    long = "\n\n".join(path.read_text() for path in sorted(pages.glob("*.txt")))
    for copy in range(20):  # so that there is a middle
        (pages / f"copy-{copy:02}.txt").write_text(long)
    out = tmp_path / "out"
    results = out / RESULTS
    command = ["crawl", str(pages), "--out", str(out), "--root", str(WEIGHT_LOSS), "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "claimbook", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    until(lambda: results.exists() and results.read_bytes().count(b"\n") >= 3, "three lines")
    with process:
        yield process
        process.kill()


def test_killed_in_the_middle_it_goes_on(
    running: subprocess.Popen[str], pages: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    workers = children(running.pid)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    until(lambda: not any(map(alive, workers)), "workers end with the crawl")
    stopped = (out / RESULTS).read_bytes()
    assert 3 <= stopped.count(b"\n") < 33
    assert not (out / "summary.json").exists()
    (out / RESULTS).write_bytes(stopped[:-40])  # a line that was being written
    kept = stopped.count(b"\n") - 1
    assert counted(lambda: run(pages, out)) == 33 - kept
    run(pages, tmp_path / "fresh")
    assert written(out) == written(tmp_path / "fresh")
    assert len({line["path"] for line in lines(out)}) == len(lines(out)) == 33


def test_without_a_worker_it_goes_on(
    running: subprocess.Popen[str], pages: Path, tmp_path: Path
) -> None:
    worker = next(
        child
        for child in children(running.pid)
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    )
    os.kill(worker, signal.SIGKILL)
    said, _ = running.communicate(timeout=120)
    assert running.returncode == 0
    assert "33 pages" in said
    run(pages, tmp_path / "fresh")
    assert written(tmp_path / "out") == written(tmp_path / "fresh")


def counted(act: Callable[[], Result]) -> int:
    """How many pages an act vets, which must succeed."""
    with mock.patch.object(crawl, "page_line", wraps=crawl.page_line) as vetting:
        assert act().exit_code == 0
    return vetting.call_count


def edit(pages: Path, root: Path, out: Path) -> None:
    (pages / "page-00.txt").write_text("The shot is a miracle.")


def edit_base(pages: Path, root: Path, out: Path) -> None:
    path = root / "claims/does-it-work/tablet-lowers-weight.yaml"
    path.write_text(path.read_text() + "# looked at again\n")


def damage(pages: Path, root: Path, out: Path) -> None:
    held = (out / RESULTS).read_bytes().splitlines(keepends=True)
    (out / RESULTS).write_bytes(b"".join([b"{}\n", *held[1:], held[-1], b'{"path": "x']))


def remove(pages: Path, root: Path, out: Path) -> None:
    (pages / "page-00.txt").unlink()


@pytest.mark.parametrize(
    ("change", "vetted", "left"),
    [(None, 0, 13), (edit, 1, 13), (edit_base, 13, 13), (damage, 1, 13), (remove, 0, 12)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_only_what_changed_is_vetted_again(
    change: Callable[[Path, Path, Path], None] | None,
    vetted: int,
    left: int,
    pages: Path,
    tmp_path: Path,
) -> None:
    root, out = tmp_path / "base", tmp_path / "out"
    for folder in ("claims", "sources", "pages"):
        for path in (WEIGHT_LOSS / folder).rglob("*.*"):
            target = root / path.relative_to(WEIGHT_LOSS)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    assert counted(lambda: run(pages, out, root=root)) == 13
    if change:
        change(pages, root, out)
    assert counted(lambda: run(pages, out, root=root)) == vetted
    assert len(lines(out)) == left
    run(pages, tmp_path / "fresh", root=root)
    assert written(out) == written(tmp_path / "fresh")


def test_what_cannot_be_read_has_a_line_with_the_reason(pages: Path, tmp_path: Path) -> None:
    broken, missing = pages / "broken.txt", pages / "missing.txt"
    broken.write_bytes(b"\xff\xfe\xff")
    listed = tmp_path / "pages.list"
    listed.write_text(f"{pages / 'page-00.txt'}\n\n{broken}\n{missing}\n{missing}\n")
    out = tmp_path / "out"
    result = run(listed, out)
    assert result.exit_code == 2
    assert f"{missing}: No such file or directory" in result.stderr
    assert "2 pages not read" in result.stderr
    assert [(Path(line["path"]).name, line.get("error")) for line in lines(out)] == [
        ("broken.txt", "not UTF-8 text (byte 2, line 1); save it as UTF-8"),
        ("missing.txt", "No such file or directory"),
        ("page-00.txt", None),
    ]
    summary = json.loads((out / "summary.json").read_text())
    assert (summary["pages"], summary["read"], len(summary["unread"])) == (3, 1, 2)
    assert "No such file or directory" in (out / "summary.html").read_text()
    missing.write_text("Mended. The shot is a miracle.")
    broken.write_text("Mended.")
    assert run(listed, out).exit_code == 0
    assert not json.loads((out / "summary.json").read_text())["unread"]


def test_a_page_that_breaks_the_reading_ends_no_crawl(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vet = Vetter.vet

    def fail(self: Vetter, text: str, path: str = "") -> Any:
        if path.endswith("page-02.txt"):
            raise ZeroDivisionError("boom")
        return vet(self, text, path)

    monkeypatch.setattr(Vetter, "vet", fail)
    result = run(pages, tmp_path / "out")
    assert result.exit_code == 2
    assert "page-02.txt: not vetted: ZeroDivisionError: boom" in result.stderr
    assert sum("error" not in line for line in lines(tmp_path / "out")) == 12


def test_a_worker_of_another_version_vets_nothing() -> None:
    head = {"path": "x.txt", "sha256": "", "base": "", "engine": "another"}
    line = json.loads(crawl.page_line("", head, b"The shot is safe.", ".txt"))
    assert "another version" in line["error"]


def test_the_summary_counts_pages(tmp_path: Path) -> None:
    folder, out = tmp_path / "pages", tmp_path / "out"
    folder.mkdir()
    base = load(WEIGHT_LOSS)
    claim = base.claims["shot-lowers-weight"]
    said = next(iter(claim.occurrences)).quote
    praise = "The shot is a guaranteed miracle cure for obesity."
    (folder / "a.txt").write_text(f"{said}\n\n{praise}\n\n{praise}\n")
    (folder / "b.txt").write_text(f"{said}\n\n{praise}\n")
    (folder / "c.txt").write_text("Book online.\n")
    assert run(folder, out).exit_code == 0
    summary = json.loads((out / "summary.json").read_text())
    (row,) = (row for row in summary["claims"] if row["id"] == claim.id)
    assert row["pages"] == 2
    assert row["truth"]["line"] == claim.truth.line if claim.truth else row["truth"] is None
    assert [each["pages"] for each in summary["claims"]] == sorted(
        (each["pages"] for each in summary["claims"]), reverse=True
    )
    gravest = [sentence for group in summary["worst"].values() for sentence in group["most"]]
    (held,) = (sentence for sentence in gravest if sentence["text"] == praise)
    assert held["pages"] == 2
    assert held["line"] == 3
    assert {each["pages"] for each in summary["missing"]} == {2}
    html = (out / "summary.html").read_text()
    assert praise in html
    assert "<script" not in html


def test_what_a_page_leaves_out_is_counted_however_messages_word_it() -> None:
    base = load(WEIGHT_LOSS)
    vetted = as_data(Vetter(base).vet("The weekly shot lowers your weight."))
    missing = [each["disclosure"] for each in vetted["left_out"]]
    line = {**vetted, "path": "a.txt", "document_flags": []}
    assert len(missing) > 3
    assert [each["id"] for each in summary([line], base, {})["missing"]] == sorted(missing)


def test_two_do_not_write_the_same_results(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with alone(out):
        done = run(pages, out)
        assert done.exit_code == 2
        assert "another run writes there" in done.stderr
        assert not [*out.iterdir()]
    assert run(pages, out).exit_code == 0


@pytest.mark.parametrize("name", [RESULTS, "summary.json", "thesis.txt"])
def test_only_what_a_crawl_made_is_replaced(pages: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine")
    done = run(pages, out)
    assert done.exit_code == 2
    assert "no mark of a crawl" in done.stderr
    assert written(out) == {name: b"mine"}


def test_results_are_never_among_the_pages(pages: Path) -> None:
    result = run(pages, pages / "out")
    assert result.exit_code == 2
    assert "among the pages" in result.stderr
