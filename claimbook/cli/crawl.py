"""`claimbook crawl`: vet many page texts."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.cli import inputs, options, output
from claimbook.records.display import count

if TYPE_CHECKING:
    from concurrent.futures import Executor


@click.command()
@click.argument("pages", type=click.Path(exists=True, path_type=Path), metavar="DIR|LIST")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the results; a crawl that was stopped goes on from what is there.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    help="How many worker processes; default: one for each core.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Run on the cluster of this Dask scheduler instead (in a clone: pip install '.[dask]').",
)
@options.root_option
def crawl(pages: Path, out: Path, jobs: int, dask: str | None, root: Path) -> None:
    """Vet many page texts: those of a folder, or those that a file lists, one path a line.

    Files are read; nothing is fetched from the network. results.jsonl gets a line of JSON for each
    page, in the order of their paths; summary.html and summary.json tell what they come to. Pages
    whose text, records and engine are as before are not vetted again.

    Exits with 2 if a page could not be read or vetted; its line says why.
    """
    from claimbook.curation import crawl as crawling
    from claimbook.loading.serialize import pack
    from claimbook.loading.writing import alone
    from claimbook.vetting.drafts.files import shown

    if out.resolve().is_relative_to(pages.resolve()):
        output.stop(f"{out}: among the pages; write to another folder")
    paths, failures = _paths(pages)
    if not paths:
        output.stop(*failures or [f"{pages}: lists no page"])
    named = {shown(path): path for path in paths}
    base = inputs.load_vetter(root).base
    marker = out / crawling.MARKER
    if out.is_dir() and any(out.iterdir()) and not marker.is_file():
        why = f"holds files and no mark of a crawl ({marker.name})"
        output.stop(f"{out}: {why}: write to another folder")
    out.mkdir(parents=True, exist_ok=True)
    click.get_current_context().with_resource(alone(out, wait=False))
    marker.touch()
    version = crawling.version(root)
    results = crawling.Results(out / crawling.RESULTS, version)
    with output.Progress() as progress, _executor(jobs, dask, pack(base)) as running:
        crawling.crawl(named, results, *running, progress)
    data = crawling.summary(results.finish(named), base, version)
    output.write_json(out / "summary.json", data)
    output.write(out / "summary.html", crawling.as_html(data))
    click.echo(f"{out}: {count(data['pages'], 'page')}, {count(data['sentences'], 'sentence')}")
    if unread := [f"{each['path']}: {each['error']}" for each in data["unread"]]:
        failures += [*unread[:20], f"{count(len(unread), 'page')} not read: see summary.json"]
    if failures:
        output.stop(*failures)


def _paths(pages: Path) -> tuple[list[Path], list[str]]:
    """The files of a folder, or of a list, each once, and what could not be looked into."""
    from claimbook.vetting.drafts import files

    if pages.is_dir():
        return files.find(pages)
    try:
        lines = files.decode(pages.read_bytes(), str(pages)).splitlines()
    except files.DraftError as error:
        output.stop(str(error))
    return [Path(line.strip()) for line in lines if line.strip()], []


@contextlib.contextmanager
def _executor(jobs: int, dask: str | None, packed: str) -> "Iterator[tuple[Any, Executor, int]]":
    """The base as the workers are given it, what runs them, and how many there are."""
    from concurrent.futures import ThreadPoolExecutor

    from claimbook.curation.workers import Workers

    if dask:
        try:
            from distributed import Client
        except ImportError:
            output.stop("Dask is not installed; in a clone of claimbook: pip install '.[dask]'")
        with Client(dask) as client:
            threads = sum(client.nthreads().values())
            yield client.scatter(packed, broadcast=True), client.get_executor(), max(threads, 1)
        return
    with ThreadPoolExecutor(1) if jobs == 1 else Workers(jobs) as executor:
        yield packed, executor, jobs
