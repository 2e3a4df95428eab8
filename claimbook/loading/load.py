"""Files in, a sound `Base` out: every record is sound and every reference resolves.

Pydantic validates into the frozen records and gives the JSON Schemas. A defect in our own files is
a `Problem`; all of them come at once, each with its place and the likely repair. A defect in what a
clinic's page says is never one: rules judge it.
"""

import gc
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from claimbook.loading import bibtex_file, yaml_file
from claimbook.loading.constraints import SHA256, faults, missing_records
from claimbook.loading.messages import NO_ID, SEE, ProblemCollector, shown
from claimbook.loading.record_files import (
    CORRECTIONS,
    DISCLOSURES,
    FIGURES,
    GLOSSARY,
    INBOXES,
    JOURNAL,
    MATTERS,
    NO_FOLDER,
    OF_NO_TOPIC,
    QUESTIONS,
    REDIRECTS,
    REFERENCES,
    SEARCHING,
    SNAPSHOTS,
    VOCABULARY,
    read_bytes,
    record_files,
)
from claimbook.loading.records_from_data import ID, build, build_named, items
from claimbook.loading.references import Known, unresolved
from claimbook.loading.vocabulary_file import build_vocabulary
from claimbook.records import (
    Base,
    Claim,
    Correction,
    Disclosure,
    GlossaryTerm,
    Inbox,
    LoadError,
    Location,
    Matter,
    Page,
    Problem,
    Reference,
    Review,
    Source,
    Topic,
    Vocabulary,
)
from claimbook.records.quotes import normalize

_EAST = timedelta(hours=14)  # how far the first day on Earth is ahead
LIST = "index"  # on the site, in every folder of records
ADDRESS = re.compile(rf"(?:questions|claims|pages|sources)/{ID.pattern}")
_AN_ADDRESS = "write claims/<id>, questions/<topic>, pages/<id> or sources/<key>"


def load(
    root: Path | str,
    snapshots: Path | str | None = None,
    figures: Path | str | None = None,
    progress: Callable[[int], None] = lambda _: None,
    unsaved: Mapping[Path, bytes] = MappingProxyType({}),
    today: date | None = None,
    without_pages: bool = False,
    before: Base | None = None,
    changed: Collection[str] = (),
) -> Base:
    """Read, prove and join every record below a folder.

    Args:
        root: the folder that holds `claims/`, `sources/` and `pages/`.
        snapshots: the folder with the text of clinic pages, one file per page id; by default what
            the environment variable `CLAIMBOOK_SNAPSHOTS` names, if anything.
        figures: the folder with the figures that sources print, one file per source key; by
            default `CLAIMBOOK_FIGURES`.
        progress: is given, after each file, how many are read.
        unsaved: what counts in the place of files that are there, by paths that begin with *root*:
            an editor's text, before it is saved.
        today: the day after which nothing recorded can have been done; by default the latest
            anywhere on Earth.
        without_pages: a base that has no page yet is sound.
        before: the base as it was loaded earlier: its records stay the same objects.
        changed: the files that were written, removed or added since, as messages name them.
    Raises:
        LoadError: something is wrong with our own files; it holds every problem found.
    """
    collecting = gc.isenabled()
    gc.disable()  # a load makes records and drops next to nothing: a quarter of the time is saved
    try:
        loader = _Loader(Path(root), progress, unsaved, without_pages)
        if before and VOCABULARY not in changed:  # in whose words all records are read
            loader.hold(before, changed)
        base = loader.read(
            Path(snapshots or loader.folder_at(SNAPSHOTS)),
            Path(figures or loader.folder_at(FIGURES)),
        )
        loader.prove(base, today or (datetime.now(UTC) + _EAST).date())
        if problems := loader.problems():
            raise LoadError(problems)
        return base
    finally:
        if collecting:
            gc.enable()


def load_inboxes(root: Path) -> dict[str, Inbox]:
    """The inboxes of a base, the rest of which need not be sound.

    Raises:
        LoadError: one of them cannot be read.
    """
    loader = _Loader(root)
    inboxes = loader.read_folder(INBOXES, Inbox)
    if problems := loader.problems():
        raise LoadError(problems)
    return inboxes


class _Loader:
    """One load: the files read so far, and what is wrong with them."""

    def __init__(
        self,
        root: Path,
        progress: Callable[[int], None] = lambda _: None,
        unsaved: Mapping[Path, bytes] = MappingProxyType({}),
        without_pages: bool = False,
    ) -> None:
        self.root, self.progress, self.done = root, progress, 0
        self.unsaved = unsaved
        self.without_pages = without_pages
        self.prefix = len((root / "x").as_posix()) - 1  # of a path, which messages leave out
        self.whole_files: list[Problem] = []  # what is wrong with files as a whole
        self.collectors: dict[str, ProblemCollector] = {}
        self.unsound: set[str] = set()  # files that are there and hold no sound record
        self.vocabulary = Vocabulary({}, {})
        self.held: dict[str, Any] = {}  # records read earlier, and the references, by file
        self.before: Base | None = None  # what they are of

    # --- steps ------------------------------------------------------------------------------------

    def hold(self, before: Base, changed: Collection[str]) -> None:
        """Take what was read earlier from files that did not change."""
        kinds = (before.sources, before.pages, before.topics, before.claims)
        records = chain.from_iterable(kind.values() for kind in (*kinds, before.reviews))
        self.held = {record.at.file: record for record in records}
        self.held[VOCABULARY] = before.vocabulary
        self.before = before
        if not any(file.startswith("sources/") and file not in self.held for file in changed):
            self.held[REFERENCES] = before.references  # some may need a source of that key
        for file in changed:
            self.held.pop(file, None)

    def read(self, snapshots: Path, figures: Path) -> Base:
        """Every file as records, as far as they are sound."""
        self.vocabulary = self.held.get(VOCABULARY) or self.read_vocabulary()
        topics: dict[str, Topic] = {}
        claims: dict[str, Claim] = {}
        sources: dict[str, Source] = self.read_folder("sources", Source)
        pages: dict[str, Page] = self.read_folder("pages", Page)
        for path in self.files("claims"):
            if path.parent == self.root / "claims":
                if (file := self.name(path)) not in OF_NO_TOPIC:
                    repair = "put it into a topic's folder"
                    self.problem(file, "this file belongs to no topic", repair)
            elif path.name == "topic.yaml":
                self.read_record(path, Topic, topics, path.parent.name)
            else:
                self.read_record(path, Claim, claims, path.stem, topic=path.parent.name)
        reviews = self.read_folder("reviews", Review)
        inboxes = self.read_folder(INBOXES, Inbox)
        references = self.held.get(REFERENCES) or self.read_references()
        if (self.root / JOURNAL).exists():
            repair = "run claimbook check, which finishes it"
            self.problem(JOURNAL, "writing several records was broken off", repair)
        needed: dict[str, Mapping[str, Any]] = {"claims": claims, "sources": sources}
        self.refuse_empty(needed if self.without_pages else {**needed, "pages": pages})
        texts = self.read_texts(snapshots, pages)
        return Base(
            self.vocabulary,
            topics,
            claims,
            sources,
            pages,
            references,
            self.read_named(DISCLOSURES, Disclosure),
            self.read_named(GLOSSARY, GlossaryTerm),
            self.read_redirects(),
            self.read_lists(QUESTIONS, "topics"),
            self.read_named(MATTERS, Matter),
            self.read_lists(SEARCHING, "paragraphs"),
            texts=texts,
            snapshots={name: normalize(text) for name, text in texts.items()},
            figures=_read_figures(figures, sources),
            corrections=self.read_named(CORRECTIONS, Correction),
            reviews=reviews,
            inboxes=inboxes,
        )

    def folder_at(self, variable: str) -> str:
        """The folder that an environment variable names, which has to be there and readable."""
        folder = os.environ.get(variable)
        if not folder:
            return NO_FOLDER
        try:
            os.scandir(folder).close()
        except OSError as error:
            message = f"{variable} names no folder that can be read: {error.strerror}"
            self.problem(folder, message, "correct it, or leave it out")
        return folder

    def prove(self, base: Base, today: date) -> None:
        """Note what does not resolve, and what breaks a rule of our own."""
        known = Known(base, frozenset(self.unsound))
        self.whole_files += missing_records(known)
        named = unresolved(known, self.resolved(base))
        for file, path, message, repair in chain(named, faults(known, today)):
            self.collector(file).add(path, message, repair)

    def resolved(self, base: Base) -> Collection[str]:
        """The files whose records name what is there, as they did earlier: nothing is gone."""
        before = self.before
        if not before or any(
            not getattr(before, kind).keys() <= getattr(base, kind).keys()
            for kind in ("claims", "findings", "sources", "pages", "topics", "reviews", "inboxes")
        ):
            return ()
        return self.held.keys() - {review.at.file for review in base.reviews.values()}

    def problems(self) -> list[Problem]:
        """Everything that is wrong so far."""
        collected = (collector.problems() for collector in self.collectors.values())
        return [*self.whole_files, *chain.from_iterable(collected)]

    # --- files ------------------------------------------------------------------------------------

    def files(self, folder: str) -> Iterator[Path]:
        """The files of records in a folder; whatever else is there is noted."""
        for file in record_files(self.root, folder):
            if file.fault:
                self.problem(self.name(file.path), file.fault, file.repair)
            else:
                yield file.path

    def name(self, path: Path) -> str:
        """A path as messages name it."""
        return path.as_posix()[self.prefix :].encode(errors="replace").decode()

    def problem(self, file: str, message: str, repair: str) -> None:
        """Note what is wrong with a whole file."""
        self.whole_files.append(Problem(Location(file), message, repair))

    def collector(self, file: str) -> ProblemCollector:
        """What is wrong with the parts of a file."""
        if file not in self.collectors:
            path = self.root / file
            self.collectors[file] = ProblemCollector(path, file, self.unsaved.get(path))
        return self.collectors[file]

    def read_bytes(self, path: Path) -> bytes | None:
        """What a file holds; None, with the problem noted, where it cannot be read."""
        if path in self.unsaved:
            return self.unsaved[path]
        content = read_bytes(path, self.name(path))
        if isinstance(content, bytes):
            return content
        self.whole_files.append(content)
        return None

    def read_yaml(self, path: Path) -> dict[str, Any] | None:
        """The mapping that a file holds; None, with problems noted, where it holds none."""
        self.done += 1
        self.progress(self.done)
        file = self.name(path)
        if (content := self.read_bytes(path)) is None:
            return None
        data, problems = yaml_file.read(content, file)
        self.whole_files += problems
        if isinstance(data, dict):
            return data
        if data is not None or not problems:
            self.problem(file, "a record is a mapping of keys to values", SEE)
        return None

    def read_optional(self, file: str) -> tuple[dict[str, Any], ProblemCollector]:
        """The mapping of a file that a base need not have, and where its problems go."""
        path = self.root / file
        return (path.exists() and self.read_yaml(path)) or {}, self.collector(file)

    # --- records ----------------------------------------------------------------------------------

    def read_folder(self, folder: str, kind: Any) -> dict[str, Any]:
        records: dict[str, Any] = {}
        for path in self.files(folder):
            self.read_record(path, kind, records, path.stem)
        return records

    def read_record(
        self, path: Path, kind: Any, records: dict[str, Any], name: str, **computed: str
    ) -> None:
        file = self.name(path)
        if not ID.fullmatch(name):
            self.problem(file, f"{name!r} is not an id", NO_ID)
        elif name == LIST:
            self.problem(file, f"{name!r} is the address of the list", "choose another id")
        self.unsound.add(file)
        if name in records:
            repair = f"it is also the id of {records[name].at.file}"
            self.problem(file, f"repeated id {name!r}", repair)
            return
        record = self.held.get(file)
        if not record and (data := self.read_yaml(path)):
            own = {"id": name, **computed}
            record = build(kind, data, self.vocabulary, self.collector(file), (), own)
        if record:
            records[name] = record
            self.unsound.discard(file)

    def read_vocabulary(self) -> Vocabulary:
        """The vocabulary, an empty one where there is none."""
        path = self.root / VOCABULARY
        self.unsound.add(VOCABULARY)
        if not path.exists():
            self.problem(VOCABULARY, "there is no vocabulary", f"add {VOCABULARY}")
        elif data := self.read_yaml(path):
            concepts = data.get("concepts")
            if isinstance(concepts, dict) and all(
                isinstance(named, dict) for key, named in concepts.items() if key != yaml_file.AT
            ):
                self.unsound.discard(VOCABULARY)
            return build_vocabulary(data, self.collector(VOCABULARY))
        return Vocabulary({}, {})

    def read_references(self) -> Mapping[str, Reference]:
        """The bibliographic entries of the sources; a book in which others are need not be one."""
        path = self.root / REFERENCES
        self.unsound.add(REFERENCES)
        if not path.exists():
            self.problem(REFERENCES, "there are no references", f"add {REFERENCES}")
        elif (content := self.read_bytes(path)) is not None:
            references, problems = bibtex_file.read(content, REFERENCES)
            self.whole_files += problems
            if not problems:
                self.unsound.discard(REFERENCES)
            above = {each.fields.get("crossref", "").lower() for each in references.values()}
            return {
                key: reference
                for key, reference in references.items()
                if key.lower() not in above or (self.root / f"sources/{key}.yaml").exists()
            }
        return {}

    def refuse_empty(self, records: Mapping[str, Mapping[str, Any]]) -> None:
        """Note kinds of record of which there is none, where nothing else says why."""
        for folder, named in records.items():
            if not named and not any(p.at.file.startswith(f"{folder}/") for p in self.problems()):
                repair = "add one, or run in the base's folder"
                self.problem(f"{folder}/", f"an empty base: no {folder}", repair)

    def read_named(self, file: str, kind: Any) -> dict[str, Any]:
        """The records of one file by their names, where the base has that file."""
        data, collector = self.read_optional(file)
        built = build_named(kind, data, (), self.vocabulary, collector)
        return {name: record for name, record in built if record}

    def read_redirects(self) -> dict[str, str]:
        """The addresses of records that were renamed, and where they are now."""
        data, collector = self.read_optional(REDIRECTS)
        redirects = {}
        for old, new in items(data, (), collector):
            if not ADDRESS.fullmatch(old):
                message = f"{old!r} is not an address of a record"
                collector.add((old,), message, _AN_ADDRESS, key=True)
            elif not isinstance(new, str) or not ADDRESS.fullmatch(new):
                message = f"{shown(new)} is not an address of a record"
                collector.add((old,), message, _AN_ADDRESS)
            else:
                redirects[old] = new
        return redirects

    def read_lists(self, file: str, of: str) -> dict[str, tuple[str, ...]]:
        """The headings of a file that a base need not have, in order, with the texts under each."""
        data, collector = self.read_optional(file)
        lists = {}
        for title, texts in items(data, (), collector):
            if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
                lists[title] = tuple(texts)
            else:
                message = f"{shown(texts)} is not a list of {of}"
                collector.add((title,), message, f"write [{of[:-1]}, {of[:-1]}]")
        return lists

    def read_texts(self, folder: Path, pages: Mapping[str, Page]) -> dict[str, str]:
        """The text of every page that is at hand and is the text that was read."""
        texts = {}
        for name, page in pages.items():
            path = folder / f"{name}.txt"
            if not os.path.lexists(path) or not SHA256.fullmatch(page.sha256):
                continue
            if (content := self.read_bytes(path)) is None:
                continue
            if hashlib.sha256(content).hexdigest() == page.sha256:
                texts[name] = content.decode("utf-8", errors="replace")
            else:
                message = "the page's text at hand is not the text that was read"
                repair = "read the page again and record its sha256"
                self.collector(page.at.file).add(("sha256",), message, repair)
        return texts


def _read_figures(folder: Path, sources: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The spans that each source prints, made plain, where they are at hand."""
    figures = {}
    for key in sources:
        path = folder / f"{key}.txt"
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            spans = (line.rsplit(" | ", 1)[0] for line in lines if line and line[0] != "#")
            figures[key] = tuple(map(normalize, spans))
    return figures
