"""Many page texts, vetted in bulk: a line of JSON for each page, and what all lines come to.

Texts are read from files; nothing is fetched. Each line is made by a pure function of a base and a
text (`page_line`), wherever it runs: in this process, in worker processes, or on a cluster. Lines
are appended as they are done, so a crawl that was stopped goes on where it was.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from claimbook.loading.serialize import unpack
from claimbook.records import Base, Claim, Verdict
from claimbook.records.grouping import grouped
from claimbook.vetting.drafts import files
from claimbook.vetting.formatters.html import render
from claimbook.vetting.receipts import base_hash, engine_hash, rule_hashes
from claimbook.vetting.results import as_data
from claimbook.vetting.vet import Vetter

RESULTS = "results.jsonl"
MARKER = ".claimbook-crawl"  # is in every folder of results: only what a crawl made is replaced
_IN_HAND = 4  # texts read ahead for each worker
MOST = 20  # sentences of each verdict that a summary shows; all are in the results
_FAULTY = {verdict.label: verdict for verdict in Verdict if verdict >= Verdict.OVERSTATED}


def version(root: Path) -> dict[str, str]:
    """What a line depends on beside its text: digests of the records, and of engine and rules."""
    return {"base": base_hash(root), "engine": _engine()}


@lru_cache(maxsize=1)
def _engine() -> str:
    rules = json.dumps(rule_hashes(), sort_keys=True)
    return hashlib.sha256((engine_hash() + rules).encode()).hexdigest()


def page_line(packed: str, head: Mapping[str, str], content: bytes, ending: str) -> str:
    """The line of one page: its head, and the result of `claimbook vet` or the `error`.

    A page's own comments set no flag aside: whoever wrote the page may have written them.

    Args:
        packed: the base, as `claimbook.loading.serialize.pack` writes it.
        head: what the line begins with, the `path` of the page among it.
        content: the bytes of the page.
        ending: its file's ending, which tells how it is read.
    """
    try:
        if head["engine"] != _engine():
            raise RuntimeError("this worker runs another version of claimbook")
        draft = files.draft(content, head["path"], ending)
        result = as_data(_vetter(packed).vet(draft.text, draft.name))
    except files.DraftError as error:
        result = {"error": _reason(error, head["path"])}
    except Exception as error:  # noqa: BLE001 - one page must not end the crawl of a million
        result = _not_vetted(error)
    return _as_line(head, result)


def _not_vetted(error: Exception) -> dict[str, str]:
    return {"error": f"not vetted: {type(error).__name__}: {error}"}


@lru_cache(maxsize=1)
def _vetter(packed: str) -> Vetter:
    """The base of this worker, indexed once."""
    return Vetter(unpack(packed))


def _as_line(head: Mapping[str, str], result: Mapping[str, Any]) -> str:
    return json.dumps({**head, **result}, ensure_ascii=False) + "\n"


def _reason(error: files.DraftError, name: str) -> str:
    return str(error).removeprefix(f"{name}: ")


@dataclass
class Results:
    """The file of lines: appended to while a crawl runs, sorted and without old lines at its end.

    Attributes:
        path: the file; a last line that was not written whole is cut off.
        version: what the lines must have been made with to count.
        offsets: where the last line of each page begins.
        digests: of the text of each page that need not be vetted again.
    """

    path: Path
    version: Mapping[str, str]
    offsets: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path.touch()
        end = 0
        with self.path.open("r+b") as lines:
            for raw in lines:
                if not raw.endswith(b"\n"):
                    lines.truncate(end)
                    break
                self._hold(raw, end)
                end += len(raw)

    def _hold(self, raw: bytes, offset: int) -> None:
        try:
            line = json.loads(raw)
            path, digest = line["path"], line["sha256"]
        except (ValueError, TypeError, KeyError):  # damaged: the page is vetted again
            return
        self.offsets[path] = offset
        current = all(line.get(key) == value for key, value in self.version.items())
        if current and "error" not in line:
            self.digests[path] = digest
        else:
            self.digests.pop(path, None)

    def append(self, lines: Iterable[tuple[str, str]]) -> None:
        """Add the lines of pages, each at once and for good."""
        with self.path.open("ab") as results:
            for path, line in lines:
                self.offsets[path] = results.tell()
                results.write(line.encode())
                results.flush()

    def finish(self, paths: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Leave one line for each of these pages, in the order of their paths, and give each."""
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with self.path.open("rb") as lines, fresh.open("wb") as ordered:
            for path in sorted(paths):
                lines.seek(self.offsets[path])
                raw = lines.readline()
                ordered.write(raw)
                yield json.loads(raw)
        fresh.replace(self.path)


def crawl(
    pages: Mapping[str, Path],
    results: Results,
    packed: Any,
    executor: Executor,
    workers: int,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Vet the pages that have no line yet for their text and for this version.

    Args:
        pages: files by the names that they have in their lines.
        packed: the base for `page_line`, or what stands for it where the executor runs.
        executor: runs `page_line`.
        workers: how many of them run at once.
        progress: is given, after each page, how many are done.
    """

    def lines() -> Iterator[tuple[str, str]]:
        running: dict[Future[str], dict[str, str]] = {}
        for done, (name, path) in enumerate(pages.items(), 1):
            progress(done)
            head = {"path": name, "sha256": "", **results.version}
            try:
                content = files.read_bytes(path)
            except files.DraftError as error:
                yield name, _as_line(head, {"error": _reason(error, name)})
                continue
            head["sha256"] = hashlib.sha256(content).hexdigest()
            if results.digests.get(name) == head["sha256"]:
                continue
            task = executor.submit(page_line, packed, head, content, path.suffix.lower())
            running[task] = head
            if len(running) >= _IN_HAND * workers:
                yield from _done(running)
        while running:
            yield from _done(running)

    results.append(lines())


def _done(running: dict[Future[str], dict[str, str]]) -> Iterator[tuple[str, str]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for task in done:
        head = running.pop(task)
        try:
            line = task.result()
        except Exception as error:  # noqa: BLE001 - of what runs it: a worker that was killed
            line = _as_line(head, _not_vetted(error))
        yield head["path"], line


# --- what the lines come to: claims by pages, worst sentences, what pages leave out --------------


def summary(lines: Iterable[Mapping[str, Any]], base: Base, version: Mapping[str, str]) -> Any:
    """The summary of the lines of pages, as plain data.

    Each sentence is counted once on a page, however often the page has it among the worst.
    """
    unread: list[dict[str, str]] = []
    states: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    pages: Counter[str] = Counter()  # by claim
    by_claim: dict[str, Counter[str]] = {}  # the verdicts of the sentences that make it
    faulty: dict[tuple[str, str], dict[str, Any]] = {}
    missing: Counter[str] = Counter()
    read = 0
    for line in lines:
        if "error" in line:
            unread.append({"path": line["path"], "error": line["error"]})
            continue
        read += 1
        for sentence in line["sentences"]:
            verdict = sentence["verdict"] or "none"
            states[sentence["state"]] += 1
            verdicts[verdict] += 1
            for name in sentence["claims"]:
                by_claim.setdefault(name, Counter())[verdict] += 1
        pages.update({name for sentence in line["sentences"] for name in sentence["claims"]})
        missing.update(each["disclosure"] for each in line["left_out"])
        _note_faulty(line, faulty)
    return {
        **version,
        "pages": read + len(unread),
        "read": read,
        "unread": unread,
        "sentences": states.total(),
        "states": dict(sorted(states.items())),
        "verdicts": dict(sorted(verdicts.items())),
        "claims": [
            _claim(base.claims[name], number, by_claim[name]) for name, number in _most_first(pages)
        ],
        "worst": _worst(faulty),
        "missing": [
            {"id": name, "label": base.disclosures[name].label, "pages": number}
            for name, number in _most_first(missing)
        ],
    }


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _claim(claim: Claim, pages: int, verdicts: Counter[str]) -> dict[str, Any]:
    """A claim with what the evidence says, how many pages make it, and their sentences."""
    return {
        "id": claim.id,
        "statement": claim.statement,
        "truth": {"is": claim.truth.is_, "line": claim.truth.line} if claim.truth else None,
        "pages": pages,
        "sentences": verdicts.total(),
        "verdicts": dict(sorted(verdicts.items())),
    }


def _note_faulty(line: Mapping[str, Any], faulty: dict[tuple[str, str], dict[str, Any]]) -> None:
    here = {
        (sentence["verdict"], sentence["text"]): sentence
        for sentence in reversed(line["sentences"])
        if sentence["verdict"] in _FAULTY
    }
    for key, sentence in here.items():
        first = {"text": sentence["text"], "pages": 0, "path": line["path"]}
        reasons = [flag["message"] for flag in sentence["flags"]]
        first |= {"line": sentence["line"], "reasons": reasons}
        faulty.setdefault(key, first)["pages"] += 1


def _worst(faulty: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Any]:
    """By verdict, the gravest first: how many sentences, and those on most pages."""
    groups = grouped((verdict, sentence) for (verdict, _), sentence in faulty.items())
    return {
        verdict: {
            "sentences": len(group),
            "most": sorted(group, key=lambda each: (-each["pages"], each["text"]))[:MOST],
        }
        for verdict in reversed(_FAULTY)
        if (group := groups.get(verdict))
    }


def as_html(data: Mapping[str, Any]) -> str:
    """The summary as one page of HTML."""
    return render("claimbook.curation", "crawl_summary.html.jinja", **data)
