"""The border: files in, a sound `Base` out. After `load` every record is sound and every reference resolves.

Pydantic validates into the frozen records and gives the JSON Schemas. A defect in our own files is a `Problem`; all of them
come at once, each with its place and the likely repair. A defect in what a clinic's page says is never one: rules judge it.
"""

import dataclasses
import datetime
import gc
import hashlib
import os
import re
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

import typing_extensions
from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from claimbook.loading import bibtex_file, yaml_file
from claimbook.loading.yaml_file import AT
from claimbook.records import (
    FACETS,
    GRADED,
    KINDS,
    RAISING,
    UNCHECKABLE,
    UNITS,
    UNRESOLVED,
    WRITTEN,
    Amount,
    Base,
    Claim,
    Concept,
    ConceptSet,
    Disclosure,
    EvidenceLink,
    Finding,
    GlossaryTerm,
    Judgement,
    LoadError,
    Location,
    Occurrence,
    Page,
    Participants,
    PassedOver,
    Problem,
    Reference,
    Regimen,
    RiskOfBias,
    Scope,
    SetAside,
    Share,
    Source,
    Standing,
    Topic,
    VagueTerm,
    Value,
    Vocabulary,
    did_you_mean,
    parse_value,
)
from claimbook.records.quotes import MAX_QUOTE, REFERENCE, heading, normalize, word_count

SNAPSHOTS, FIGURES = (
    "CLAIMBOOK_SNAPSHOTS",
    "CLAIMBOOK_FIGURES",
)  # environment variables: folders outside the repository
MAX_VALUE = 60  # characters of a number with its unit, or of a word
MAX_PEOPLE = 10**10
MAX_PRINTED = 8  # words of a source's own text that a finding may carry
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
VOCABULARY, DISCLOSURES = "claims/vocabulary.yaml", "claims/disclosures.yaml"
GLOSSARY, REDIRECTS, QUESTIONS = (
    "claims/glossary.yaml",
    "claims/redirects.yaml",
    "claims/questions.yaml",
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(rf"(?:questions|claims|pages|sources)/{_ID.pattern}")
_AN_ADDRESS = "write claims/<id>, questions/<topic>, pages/<id> or sources/<key>"
_COMPUTED = {  # fields that no file writes
    Claim: ("id", "topic"),
    Topic: ("id",),
    Source: ("id",),
    Page: ("id",),
    Occurrence: ("id", "claim"),
    Finding: ("source",),
    Concept: ("id", "facet"),
    Disclosure: ("id",),
    GlossaryTerm: ("id",),
}
_KIND_WORDS: Mapping[Any, str] = {Disclosure: "disclosure", GlossaryTerm: "term"}
_PARTS = {  # by the key in which a file writes them
    "about": Scope,
    "evidence": EvidenceLink,
    "set-aside": SetAside,
    "certainty": Judgement,
    "occurrences": Occurrence,
    "findings": Finding,
    "participants": Participants,
    "standing": Standing,
    "risk_of_bias": RiskOfBias,
    "regimen": Regimen,
    "passed-over": PassedOver,
}


def load(
    root: FilePath | str,
    snapshots: FilePath | str | None = None,
    figures: FilePath | str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Base:
    """Read, prove and join every record below a folder.

    Args:
        root: the folder that holds `claims/`, `sources/` and `pages/`.
        snapshots: the folder with the text of clinic pages, one file per page id; by default what the environment variable
            `CLAIMBOOK_SNAPSHOTS` names, if anything.
        figures: the folder with the figures that sources print, one file per source key; by default `CLAIMBOOK_FIGURES`.
        progress: told after each file how many are read.
    Raises:
        LoadError: something is wrong with our own files; it holds every problem found.
    """
    collecting = gc.isenabled()
    gc.disable()  # a load makes records and drops next to nothing: a quarter of the time is saved
    try:
        return _Loader(FilePath(root), progress).load(
            FilePath(snapshots or os.environ.get(SNAPSHOTS) or "/nonexistent"),
            FilePath(figures or os.environ.get(FIGURES) or "/nonexistent"),
        )
    finally:
        if collecting:
            gc.enable()


class _Loader:
    """One load: the records so far and the problems so far."""

    def __init__(self, root: FilePath, progress: Callable[[int], None]) -> None:
        self.root, self.progress, self.done = root, progress, 0
        self.above = (
            len((root / "x").as_posix()) - 1
        )  # letters of a path before the part that messages name
        self.problems: list[Problem] = []
        self.unsound: set[str] = (
            set()
        )  # files that are there and hold no sound record: what they name is not missing
        self.vocabulary = Vocabulary({}, {})
        self.topics: dict[str, Topic] = {}
        self.claims: dict[str, Claim] = {}
        self.sources: dict[str, Source] = {}
        self.pages: dict[str, Page] = {}
        self.references: dict[str, Reference] = {}

    def load(self, snapshots: FilePath, figures: FilePath) -> Base:
        self._read_vocabulary()
        for path in self._files("claims", "*"):
            if self._name(path) not in (VOCABULARY, DISCLOSURES, GLOSSARY, REDIRECTS, QUESTIONS):
                self.problems.append(
                    Problem(
                        Location(self._name(path)),
                        "this file belongs to no topic",
                        "put it into a topic's folder",
                    )
                )
        for path in self._files("sources", "*"):
            self._read_record(path, Source, self.sources)
        for path in self._files("pages", "*"):
            self._read_record(path, Page, self.pages)
        for path in self._files("claims", "*/*"):
            if path.name == "topic.yaml":
                self._read_record(path, Topic, self.topics, path.parent.name)
            else:
                self._read_record(path, Claim, self.claims, topic=path.parent.name)
        self._read_references()
        for name, some in (
            ("claims", self.claims),
            ("sources", self.sources),
            ("pages", self.pages),
        ):
            if not some and not any(p.at.file.startswith(f"{name}/") for p in self.problems):
                self.problems.append(
                    Problem(
                        Location(f"{name}/"),
                        f"an empty base: no {name}",
                        "add one, or run in the base's folder",
                    )
                )
        texts = self._read_texts(snapshots)
        folded = {name: normalize(text) for name, text in texts.items()}
        base = Base(
            self.vocabulary, self.topics, self.claims, self.sources, self.pages, self.references,
            self._read_named(DISCLOSURES, Disclosure, "{label: ..., kind: ..., authority: [...], force: ...}"),
            self._read_named(GLOSSARY, GlossaryTerm, "{words: [...], means: ...}"),
            self._read_redirects(), self._read_questions(), texts, folded, self._read_figures(figures),
        )  # fmt: skip
        self._prove(base)
        if self.problems:
            raise LoadError(self.problems)
        return base

    # --- files --------------------------------------------------------------------------------------------------------

    def _files(self, folder: str, pattern: str) -> list[FilePath]:
        """The YAML files of a folder; one with the wrong ending would be passed over in silence, so it is a problem."""
        found = sorted((self.root / folder).glob(f"{pattern}.y*ml"))
        wrong = [path for path in found if path.suffix != ".yaml"]
        for path in wrong:
            self.problems.append(
                Problem(
                    Location(self._name(path)),
                    f"the file ends in {path.suffix!r}",
                    "let it end in .yaml",
                )
            )
        return [path for path in found if path.suffix == ".yaml"] if wrong else found

    def _name(self, path: FilePath) -> str:
        return path.as_posix()[self.above :].encode(errors="replace").decode()

    def _bytes(self, path: FilePath) -> bytes | None:
        """What a file holds; None, with the problem noted, where it cannot be read."""
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - half the time of Path.read_bytes
                return file.read()
        except OSError as error:
            what = error.strerror or "it cannot be read"
            self.problems.append(
                Problem(
                    Location(self._name(path)),
                    f"not a file that can be read: {what}",
                    "replace it or remove it",
                )
            )
            return None

    def _read_yaml(self, path: FilePath, file: str | None = None) -> dict[str, Any] | None:
        """The mapping that a file holds; None, with problems noted, where it holds none."""
        self.done += 1
        self.progress(self.done)
        file = file or self._name(path)
        if (content := self._bytes(path)) is None:
            return None
        data, problems = yaml_file.read(content, file)
        self.problems += problems
        if data is None and problems:
            return None
        if not isinstance(data, dict):
            at = Location(file)
            self.problems.append(Problem(at, "a record is a mapping of keys to values", _SEE))
            return None
        return data

    def _read_record(
        self, path: FilePath, kind: Any, into: dict[str, Any], name: str | None = None, **given: str
    ) -> None:
        file, name = self._name(path), name or path.stem
        if not _ID.fullmatch(name):
            self.problems.append(
                Problem(
                    Location(file),
                    f"{name!r} is not an id",
                    "lower-case letters, digits and single hyphens",
                )
            )
        self.unsound.add(file)
        if name in into:
            self.problems.append(
                Problem(
                    Location(file),
                    f"repeated id {name!r}",
                    f"it is also the id of {into[name].at.file}",
                )
            )
            return
        if (data := self._read_yaml(path, file)) is None:
            return
        wrong = _Wrong(path, file)
        for key in _COMPUTED[kind]:
            if key in data:
                repair = f"the {'folder' if kind is Topic or key == 'topic' else 'file'}'s name is the {key}"
                wrong.add((key,), f"unknown key {key!r}", repair, key=True)
        data |= {"id": name, **given}
        _prepare(data, kind, name, self.vocabulary.words, wrong)
        try:
            record = _adapter(kind).validate_python(data)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_context=True):
                wrong.add_invalid(one, kind)
        else:
            into[name] = record
            self.unsound.discard(file)
        self.problems += wrong.problems()

    def _read_vocabulary(self) -> None:
        path = self.root / VOCABULARY
        self.unsound.add(VOCABULARY)
        if not path.exists():
            self.problems.append(
                Problem(
                    Location(VOCABULARY), "there is no vocabulary", "add claims/vocabulary.yaml"
                )
            )
            return
        data = self._read_yaml(path, VOCABULARY)
        if data is None:
            return
        if isinstance(data.get("concepts"), dict):
            self.unsound.discard(VOCABULARY)
        wrong = _Wrong(path, self._name(path))
        concepts: dict[str, Concept] = {}
        words: dict[str, VagueTerm] = {}
        for key in set(data) - {AT, "concepts", "words", "synonyms"}:
            wrong.add(
                (key.strip(),),
                f"unknown key {key.strip()!r}",
                did_you_mean(key, ("concepts", "words", "synonyms")),
                key=True,
            )
        for facet, some in _items(data.get("concepts"), ("concepts",), wrong):
            if not isinstance(some, dict):
                self.unsound.add(VOCABULARY)
            if facet not in FACETS:
                wrong.add(
                    ("concepts", facet),
                    f"unknown facet {facet!r}",
                    did_you_mean(facet, FACETS) or f"one of {', '.join(FACETS)}",
                    key=True,
                )
            for name, fields in _items(some, ("concepts", facet), wrong):
                where = ("concepts", facet, name)
                if name in concepts:
                    wrong.add(
                        where,
                        f"repeated id {name!r}",
                        "a concept's id is unique over all facets",
                        key=True,
                    )
                    continue
                if not _ID.fullmatch(name):
                    wrong.add(
                        where,
                        f"{name!r} is not an id",
                        "lower-case letters, digits and single hyphens",
                        key=True,
                    )
                concepts[name] = Concept(
                    name, facet, name
                )  # stands in for a faulty one, so that what names it is not faulty too
                if not isinstance(fields, dict):
                    wrong.add(where, "a concept is a mapping", "write {label: ...}")
                    continue
                for key in _COMPUTED[Concept]:
                    if key in fields and (key, fields[key]) != (
                        "facet",
                        facet,
                    ):  # where it stands says it already
                        wrong.add((*where, key), f"unknown key {key!r}", "leave it out", key=True)
                fields |= {"id": name, "facet": facet}
                if isinstance(fields.get("broader"), str):
                    fields["broader"] = [fields["broader"]]
                if concept := _validated(Concept, fields, where, wrong):
                    concepts[name] = concept
        for name, fields in _items(data.get("words"), ("words",), wrong):
            if not isinstance(fields, dict):
                wrong.add(
                    ("words", name), "a word is a mapping", "write {share: ..., because: ...}"
                )
                continue
            for key in [key for key in fields if key not in (*KINDS, "because", AT)]:
                del fields[key]
                repair = (
                    did_you_mean(key, ("share", "amount", "because"))
                    or "the keys here are share, amount, because"
                )
                wrong.add(("words", name, key), f"unknown key {key.strip()!r}", repair, key=True)
            if not _ID.fullmatch(name):
                wrong.add(
                    ("words", name),
                    f"{name!r} is not an id",
                    "lower-case letters, digits and single hyphens",
                    key=True,
                )
            written = {key: fields.pop(key) for key in KINDS if key in fields}
            try:
                means = _value(written, {})
                if not isinstance(means, Share | Amount):
                    raise ValueError("a word means a share or an amount")
                fields["means"] = dataclasses.replace(
                    means, text=name.replace("-", " "), figure=False
                )
            except ValueError as error:
                wrong.add(("words", name), str(error))
                continue
            if word := _validated(VagueTerm, fields | {"id": name}, ("words", name), wrong):
                words[name] = word
        for name, concept in concepts.items():
            for field in ("broader", "distinct"):
                for other in getattr(concept, field):
                    if other not in concepts:
                        wrong.add(
                            ("concepts", concept.facet, name, field),
                            f"unknown concept {other!r}",
                            did_you_mean(other, concepts),
                        )
                    elif field == "broader" and concepts[other].facet != concept.facet:
                        wrong.add(
                            ("concepts", concept.facet, name, field),
                            f"{other!r} is of another facet",
                            "stay within one facet",
                        )
        self.vocabulary = Vocabulary(concepts, words, _rings(data.get("synonyms"), wrong))
        for name in _circular(concepts):
            wrong.add(
                ("concepts", concepts[name].facet, name),
                f"{name!r} is broader than itself",
                "break the circle",
                key=True,
            )
        self.problems += wrong.problems()

    def _read_references(self) -> None:
        path = self.root / "sources" / "references.bib"
        if not path.exists():
            self.problems.append(
                Problem(
                    Location("sources/references.bib"),
                    "there are no references",
                    "add sources/references.bib",
                )
            )
            return
        if (content := self._bytes(path)) is None:
            return
        self.references, problems = bibtex_file.read(content, self._name(path))
        self.problems += problems
        if not problems:
            for key, source in self.sources.items():
                if key not in self.references:
                    repair = (
                        did_you_mean(key, self.references) or "add it to sources/references.bib"
                    )
                    self.problems.append(
                        Problem(Location(source.at.file), f"no BibTeX entry {key!r}", repair)
                    )
            for key, reference in self.references.items():
                if key not in self.sources and f"sources/{key}.yaml" not in self.unsound:
                    repair = did_you_mean(key, self.sources) or f"add sources/{key}.yaml"
                    self.problems.append(Problem(reference.at, f"no appraisal of {key!r}", repair))

    def _read_named(self, file: str, kind: Any, shape: str) -> dict[str, Any]:
        """The records of one file by their names, where the base has that file."""
        path = self.root / file
        if not path.exists() or (data := self._read_yaml(path)) is None:
            return {}
        wrong, found = _Wrong(path, file), {}
        for name, fields in _items(data, (), wrong):
            if not isinstance(fields, dict):
                wrong.add((name,), f"a {_KIND_WORDS[kind]} is a mapping", f"write {shape}")
            elif one := _validated(kind, fields | {"id": name}, (name,), wrong):
                found[name] = one
        self.problems += wrong.problems()
        return found

    def _read_redirects(self) -> dict[str, str]:
        """The addresses of records that were renamed, and where they are now."""
        path = self.root / REDIRECTS
        if not path.exists() or (data := self._read_yaml(path)) is None:
            return {}
        wrong, found = _Wrong(path, REDIRECTS), {}
        for old, new in _items(data, (), wrong):
            if not _ADDRESS.fullmatch(old):
                wrong.add((old,), f"{old!r} is not an address of a record", _AN_ADDRESS, key=True)
            elif not isinstance(new, str) or not _ADDRESS.fullmatch(new):
                wrong.add((old,), f"{_told(new)} is not an address of a record", _AN_ADDRESS)
            else:
                found[old] = new
        self.problems += wrong.problems()
        return found

    def _read_questions(self) -> dict[str, tuple[str, ...]]:
        """The headings under which the site lists questions, in order, with the topics under each."""
        path = self.root / QUESTIONS
        if not path.exists() or (data := self._read_yaml(path)) is None:
            return {}
        wrong, found = _Wrong(path, QUESTIONS), {}
        for name, topics in _items(data, (), wrong):
            if isinstance(topics, list) and all(isinstance(one, str) for one in topics):
                found[name] = tuple(topics)
            else:
                wrong.add(
                    (name,), f"{_told(topics)} is not a list of topics", "write [topic, topic]"
                )
        self.problems += wrong.problems()
        return found

    def _read_texts(self, folder: FilePath) -> dict[str, str]:
        """The text of every page that is at hand and is the text that was read."""
        found = {}
        for name, page in self.pages.items():
            path = folder / f"{name}.txt"
            if not path.is_file():
                continue
            content = path.read_bytes()
            if not _SHA256.fullmatch(page.sha256):
                continue  # which is told already
            if hashlib.sha256(content).hexdigest() != page.sha256:
                wrong = _Wrong(self.root / page.at.file, page.at.file)
                wrong.add(
                    ("sha256",),
                    "the page's text at hand is not the text that was read",
                    "read the page again and record its sha256",
                )
                self.problems += wrong.problems()
            else:
                found[name] = content.decode("utf-8", errors="replace")
        return found

    def _read_figures(self, folder: FilePath) -> dict[str, tuple[str, ...]]:
        """The folded spans that each source prints, where they are at hand."""
        found = {}
        for key in self.sources:
            path = folder / f"{key}.txt"
            if path.is_file():
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
                found[key] = tuple(
                    normalize(line.rsplit(" | ", 1)[0])
                    for line in lines
                    if line and not line.startswith("#")
                )
        return found

    # --- proof --------------------------------------------------------------------------------------------------------

    def _prove(self, base: Base) -> None:
        """Every reference resolves and every rule of our own is kept."""
        wrongs: dict[str, _Wrong] = {}

        def report(file: str, path: yaml_file.Path, message: str, repair: str = "") -> None:
            wrongs.setdefault(file, _Wrong(self.root / file, file)).add(path, message, repair)

        unsound = frozenset(self.unsound)
        for source in base.sources.values():
            _prove_source(source, base, unsound, report)
        for page in base.pages.values():
            _prove_page(page, base, unsound, report)
        for claim in base.claims.values():
            _prove_claim(claim, base, unsound, report)
        by_topic: dict[str, list[str]] = {}
        for claim in base.claims.values():
            by_topic.setdefault(claim.topic, []).append(claim.id)
        for topic in base.topics.values():
            _prove_topic(topic, by_topic.get(topic.id, []), base, unsound, report)
        for name, ids in by_topic.items():
            file = f"claims/{name}/topic.yaml"
            if name not in base.topics and file not in unsound:
                repair = f"write it; {base.claims[ids[0]].at.file} is one of them"
                self.problems.append(
                    Problem(Location(file), "the topic has claims and no topic.yaml", repair)
                )
        for one in base.disclosures.values():
            _prove_disclosure(one, base, unsound, report)
        _prove_glossary(base, report)
        _prove_redirects(base, unsound, report)
        _prove_questions(base, unsound, report)
        for wrong in wrongs.values():
            self.problems += wrong.problems()


Report = Callable[..., None]
Unsound = Collection[str]


def _rings(given: object, wrong: "_Wrong") -> tuple[tuple[str, ...], ...]:
    """The synonym rings of the vocabulary; a word in two rings would stand for two things."""
    rings = given if isinstance(given, list) else []
    if given is not None and not isinstance(given, list):
        wrong.add(("synonyms",), "synonyms are a list of rings", "write - [word, another word]")
    seen: dict[str, int] = {}
    made = []
    for number, ring in enumerate(rings):
        if (
            not isinstance(ring, list)
            or len(ring) < 2
            or not all(isinstance(word, str) for word in ring)
        ):
            wrong.add(
                ("synonyms", number),
                "a ring is a list of two words or more",
                "write - [word, another word]; quote numbers and yes or no",
            )
            continue
        for index, word in enumerate(ring):
            if seen.setdefault(word.lower(), number) != number:
                wrong.add(
                    ("synonyms", number, index),
                    f"{word!r} is in two rings",
                    "join the rings, or leave it in one",
                )
        made.append(tuple(ring))
    return tuple(made)


def _circular(concepts: Mapping[str, Concept]) -> list[str]:
    """The concepts that are, at some distance, broader than themselves."""
    circular = []
    for name in concepts:
        seen, queue = set(), list(concepts[name].broader)
        while queue:
            if (one := queue.pop()) in concepts and one not in seen:
                seen.add(one)
                queue += concepts[one].broader
        if name in seen:
            circular.append(name)
    return circular


def _prove_concept(
    name: str,
    facet: str | None,
    path: yaml_file.Path,
    file: str,
    base: Base,
    unsound: Unsound,
    report: Report,
) -> None:
    concepts = base.vocabulary.concepts
    if name in concepts:
        if facet and concepts[name].facet != facet and concepts[name].facet in FACETS:
            right = concepts[name].facet
            report(
                file,
                path,
                f"{name!r} is a concept of the facet {right}, not {facet}",
                f"move it to {right}, or name another {facet}",
            )
    elif VOCABULARY not in unsound:
        same = [c.id for c in concepts.values() if facet in (None, c.facet)]
        report(
            file,
            path,
            f"unknown concept {name!r}",
            did_you_mean(name, same) or "add it to claims/vocabulary.yaml",
        )


def _prove_scope(
    scope: Scope, path: yaml_file.Path, file: str, base: Base, unsound: Unsound, report: Report
) -> None:
    for facet, name in scope.facets():
        _prove_concept(name, facet, (*path, facet), file, base, unsound, report)


def _prove_value(
    value: Value | None,
    path: yaml_file.Path,
    file: str,
    base: Base,
    unsound: Unsound,
    report: Report,
) -> None:
    if isinstance(value, ConceptSet):
        for name in sorted(value.concepts):
            _prove_concept(name, None, (*path, value.mode), file, base, unsound, report)


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and not text.endswith("://")


def _prove_source(source: Source, base: Base, unsound: Unsound, report: Report) -> None:
    file, seen = source.at.file, set()
    if source.read_at and not _is_address(source.read_at):
        report(file, ("read_at",), "not a web address", "start it with https://")
    for index, name in enumerate(source.overlaps):
        if (
            name not in base.sources or name == source.id
        ) and f"sources/{name}.yaml" not in unsound:
            report(
                file,
                ("overlaps", index),
                f"unknown source {name!r}",
                did_you_mean(name, base.sources),
            )
    for index, finding in enumerate(source.findings):
        path = ("findings", index)
        if not _ID.fullmatch(finding.id):
            report(
                file,
                (*path, "id"),
                f"{finding.id!r} is not an id",
                "lower-case letters, digits and single hyphens",
            )
        if finding.id in seen:
            report(
                file,
                (*path, "id"),
                f"repeated id {finding.id!r}",
                "a finding's id is unique in its source",
            )
        seen.add(finding.id)
        if finding.about.outcome is None:
            report(file, (*path, "about"), "a finding is about an outcome", "add outcome")
        if finding.printed and len(finding.printed.split()) > MAX_PRINTED:
            report(
                file,
                (*path, "printed"),
                f"printed is over {MAX_PRINTED} words",
                "keep the span that carries the figure",
            )
        _prove_scope(finding.about, (*path, "about"), file, base, unsound, report)
        _prove_value(finding.says, (*path, "says"), file, base, unsound, report)


def _prove_page(page: Page, base: Base, unsound: Unsound, report: Report) -> None:
    file = page.at.file
    if not _SHA256.fullmatch(page.sha256):
        report(
            file, ("sha256",), "not a SHA-256", "64 hexadecimal digits, as sha256sum prints them"
        )
    if page.address and not _is_address(page.address):
        report(file, ("address",), "not a web address", "start it with https://")
    for index, passed in enumerate(page.passed_over):
        if word_count(passed.quote) > MAX_QUOTE:
            report(
                file,
                ("passed-over", index, "quote"),
                f"a quote of over {MAX_QUOTE} words",
                "keep its first and last words: start … end",
            )
    if page.regimen:
        if page.regimen.intervention:
            _prove_concept(
                page.regimen.intervention,
                "intervention",
                ("regimen", "intervention"),
                file,
                base,
                unsound,
                report,
            )
        for index, name in enumerate(page.regimen.settings):
            _prove_concept(
                name, "setting", ("regimen", "settings", index), file, base, unsound, report
            )
        if page.regimen.session:
            try:
                _value({"amount": page.regimen.session}, base.vocabulary.words)
            except ValueError as error:
                report(file, ("regimen", "session"), str(error))


def _prove_claim(claim: Claim, base: Base, unsound: Unsound, report: Report) -> None:
    file = claim.at.file
    _prove_scope(claim.about, ("about",), file, base, unsound, report)
    linked = set()
    both: tuple[tuple[str, tuple[EvidenceLink | SetAside, ...]], ...] = (
        ("evidence", claim.evidence),
        ("set-aside", claim.set_aside),
    )
    for field, links in both:
        for index, link in enumerate(links):
            if link.finding in linked:
                report(
                    file,
                    (field, index, "finding"),
                    f"{link.finding!r} is linked twice",
                    "keep one of them",
                )
            linked.add(link.finding)
            source = link.finding.partition("/")[0]
            if link.finding not in base.findings and f"sources/{source}.yaml" not in unsound:
                near = (
                    did_you_mean(link.finding, base.findings)
                    if source in base.sources
                    else did_you_mean(source, base.sources)
                )
                what = "finding" if source in base.sources else "source"
                report(
                    file,
                    (field, index, "finding"),
                    f"unknown {what} {link.finding if what == 'finding' else source!r}",
                    near,
                )
    for domain, judged in claim.certainty.items():
        steps = (judged.up, judged.down) if domain in RAISING else (judged.down, judged.up)
        if steps[0] is None or steps[1] is not None:
            report(
                file,
                ("certainty", domain.value),
                f"{domain} is judged {'up' if domain in RAISING else 'down'}",
                "write 1 or 2 steps",
            )
    if claim.certainty and claim.kind not in GRADED:
        report(
            file,
            ("certainty",),
            f"claims of the kind {claim.kind} are not graded",
            "leave certainty out",
        )
    for index, occurrence in enumerate(claim.occurrences):
        path = ("occurrences", index)
        if occurrence.page not in base.pages and f"pages/{occurrence.page}.yaml" not in unsound:
            repair = (
                did_you_mean(occurrence.page, base.pages) or f"add pages/{occurrence.page}.yaml"
            )
            report(file, (*path, "page"), f"unknown page {occurrence.page!r}", repair)
        sections = base.pages[occurrence.page].sections if occurrence.page in base.pages else ()
        if (
            sections
            and occurrence.section
            and (section := heading(occurrence.section)) not in sections
        ):
            repair = did_you_mean(section, sections) or f"add it to pages/{occurrence.page}.yaml"
            report(
                file,
                (*path, "section"),
                f"{_told(occurrence.section)} is not a section of its page",
                repair,
            )
        words = word_count(occurrence.quote)
        if words > MAX_QUOTE:
            report(
                file,
                (*path, "quote"),
                f"a quote of {words} words; at most {MAX_QUOTE}",
                "keep its first and last words: start … end",
            )
        elif words == 0 and occurrence.quote.strip():  # empty text is a problem of its own
            report(file, (*path, "quote"), "an empty quote", "copy the page's words")
        if occurrence.says is None and claim.kind not in UNCHECKABLE:
            report(file, path, "what the passage says is not recorded", "add says")
        for number, key in enumerate(occurrence.cites):
            if (
                key != UNRESOLVED
                and key not in base.sources
                and f"sources/{key}.yaml" not in unsound
            ):
                repair = did_you_mean(key, base.sources) or f"or write {UNRESOLVED}"
                report(file, (*path, "cites", number), f"unknown source {key!r}", repair)
        if occurrence.about:
            _prove_scope(occurrence.about, (*path, "about"), file, base, unsound, report)
        _prove_value(occurrence.says, (*path, "says"), file, base, unsound, report)


def _prove_topic(
    topic: Topic, held: Collection[str], base: Base, unsound: Unsound, report: Report
) -> None:
    file = topic.at.file
    for index, name in enumerate(topic.claims):
        if name in topic.claims[:index]:
            report(file, ("claims", index), f"the claim {name!r} is here twice", "keep one of them")
        elif name not in base.claims and not any(one.endswith(f"/{name}.yaml") for one in unsound):
            report(
                file,
                ("claims", index),
                f"unknown claim {name!r}",
                did_you_mean(name, held) or did_you_mean(name, base.claims),
            )
    for name in sorted(set(held) - set(topic.claims)):
        report(file, ("claims",), f"the order leaves out the claim {name!r}", "add it to the list")
    named: list[tuple[yaml_file.Path, str]] = [
        ((field,), name) for field, text in topic.texts for name in REFERENCE.findall(text)
    ]
    named += [
        ((field, index), name)
        for field in ("found", "harms")
        for index, name in enumerate(getattr(topic, field))
    ]
    for path, name in named:
        if name not in base.findings:
            if f"sources/{name.partition('/')[0]}.yaml" not in unsound:
                repair = did_you_mean(
                    name, base.findings
                ) or "write source/finding" + " between the braces" * (
                    path[0] not in ("found", "harms")
                )
                report(file, path, f"unknown finding {name!r}", repair)
        elif (
            path[0] not in ("found", "harms")
            and not isinstance(base.findings[name].says, Share | Amount)
            and type(base.findings[name].says) is not Value
        ):
            report(
                file,
                path,
                f"{name!r} is neither a share nor an amount",
                "only figures stand in a text",
            )


def _prove_disclosure(one: Disclosure, base: Base, unsound: Unsound, report: Report) -> None:
    for index, key in enumerate(one.authority):
        if key not in base.sources and f"sources/{key}.yaml" not in unsound:
            report(
                DISCLOSURES,
                (one.id, "authority", index),
                f"unknown source {key!r}",
                did_you_mean(key, base.sources),
            )
    for index, name in enumerate(one.told_by):
        if name not in base.claims and not any(file.endswith(f"/{name}.yaml") for file in unsound):
            report(
                DISCLOSURES,
                (one.id, "told-by", index),
                f"unknown claim {name!r}",
                did_you_mean(name, base.claims),
            )
    for field, concept in (("concept", one.concept), ("when", one.when)):
        if concept:
            _prove_concept(concept, None, (one.id, field), DISCLOSURES, base, unsound, report)
    if not one.told_by and not one.concept:
        report(
            DISCLOSURES, (one.id,), "nothing tells whether a page says it", "add told-by or concept"
        )


def _prove_glossary(base: Base, report: Report) -> None:
    of: dict[str, str] = {}
    for term in base.glossary.values():
        if not _ID.fullmatch(term.id):
            report(
                GLOSSARY,
                (term.id,),
                f"{term.id!r} is not an id",
                "lower-case letters, digits and single hyphens",
            )
        if not term.words:
            report(
                GLOSSARY,
                (term.id, "words"),
                "a term without words",
                "write the word as readers meet it",
            )
        for index, word in enumerate(term.words):
            if (other := of.setdefault(word.casefold(), term.id)) != term.id:
                report(
                    GLOSSARY,
                    (term.id, "words", index),
                    f"{word!r} has two meanings",
                    f"it is also a word of {other!r}",
                )


def _prove_redirects(base: Base, unsound: Unsound, report: Report) -> None:
    """Every redirect leads from an address that nothing has to a record that is there: so there is no circle."""
    records: dict[str, Mapping[str, Any]] = {
        "questions": base.topics, "claims": base.claims, "pages": base.pages, "sources": base.sources
    }  # fmt: skip
    for old, new in base.redirects.items():
        folder, _, name = old.partition("/")
        if name in records[folder]:
            report(
                REDIRECTS,
                (old,),
                f"{old!r} is the address of {records[folder][name].at.file}",
                "leave it out",
            )
        folder, _, name = new.partition("/")
        if new in base.redirects:
            report(
                REDIRECTS,
                (old,),
                f"{new!r} is itself redirected",
                f"write where it leads: {base.redirects[new]}",
            )
        elif name not in records[folder] and not any(f"/{name}" in file for file in unsound):
            report(
                REDIRECTS,
                (old,),
                f"there is no {new!r}",
                did_you_mean(new, [f"{folder}/{one}" for one in records[folder]]),
            )


def _prove_questions(base: Base, unsound: Unsound, report: Report) -> None:
    """Every question under a heading is there, once."""
    under: dict[str, str] = {}
    for title, topics in base.questions.items():
        for index, name in enumerate(topics):
            if name not in base.topics and f"claims/{name}/topic.yaml" not in unsound:
                report(
                    QUESTIONS,
                    (title, index),
                    f"unknown topic {name!r}",
                    did_you_mean(name, base.topics),
                )
            elif name in under:
                report(
                    QUESTIONS,
                    (title, index),
                    f"{name!r} stands here twice",
                    f"it is also under {under[name]!r}",
                )
            under.setdefault(name, title)


# --- from plain data to records ---------------------------------------------------------------------------------------


def _items(data: object, path: yaml_file.Path, wrong: "_Wrong") -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        yield from ((key, value) for key, value in data.items() if key != AT)
    else:
        wrong.add(path, f"{path[-1]!r} is missing or not a mapping")


def _validated(kind: Any, fields: dict[str, Any], path: yaml_file.Path, wrong: "_Wrong") -> Any:
    try:
        return _adapter(kind).validate_python(fields)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=True):
            wrong.add_invalid(one, kind, path)
        return None


def _prepare(
    data: dict[str, Any], kind: Any, name: str, words: Mapping[str, VagueTerm], wrong: "_Wrong"
) -> None:
    """Fill in what the file's name tells and read values; what is wrong is noted, and passed over."""
    _check_plain(data, kind, wrong)
    if isinstance(domains := data.get("certainty"), dict):
        domains.pop(AT, None)
    used: set[str] = set()
    for index, one in enumerate(_dicts(data.get("occurrences"))):
        path = ("occurrences", index)
        for key in _COMPUTED[Occurrence]:
            if key in one:
                wrong.add((*path, key), f"unknown key {key!r}", "leave it out", key=True)
        page = str(one.get("page"))
        one["claim"] = name
        one["id"], again = f"{name}/{page}", 1
        while one["id"] in used:
            again += 1
            one["id"] = f"{name}/{page}-{again}"
        used.add(one["id"])
        _prepare_says(one, path, words, wrong)
    for index, one in enumerate(_dicts(data.get("findings"))):
        if "source" in one:
            wrong.add(
                ("findings", index, "source"),
                "unknown key 'source'",
                "the file's name is the source",
                key=True,
            )
        one["source"] = name
        _prepare_says(one, ("findings", index), words, wrong)


def _dicts(data: object) -> Iterable[dict[str, Any]]:
    return [one if isinstance(one, dict) else {} for one in data] if isinstance(data, list) else []


def _prepare_says(
    one: dict[str, Any], path: yaml_file.Path, words: Mapping[str, VagueTerm], wrong: "_Wrong"
) -> None:
    says = one.get("says")
    if says is None:
        return
    try:
        if not isinstance(says, dict):
            raise ValueError("a value is a mapping: {effect: reduces}")
        one["says"] = _value(
            {key.strip(): given for key, given in says.items() if key != AT}, words
        )
    except ValueError as error:
        wrong.add((*path, "says"), str(error))
        one["says"] = Value()  # stands in, so that the rest of the record is checked too


def _value(written: Mapping[str, Any], words: Mapping[str, VagueTerm]) -> Value:
    """The value that is written, each part of which is one thing of a sensible length."""
    for key, given in written.items():
        if given is None:
            raise ValueError(f"{key!r} is empty; write its value")
        if isinstance(given, dict) or (
            isinstance(given, list) and key not in ("of", "only", "includes", "excludes")
        ):
            raise ValueError(f"{key!r} takes no {'mapping' if isinstance(given, dict) else 'list'}")
        if isinstance(given, str) and len(given) > MAX_VALUE:
            raise ValueError(f"{_told(given)} is too long for a value")
        if (
            key == "of"
            and isinstance(given, list)
            and any(isinstance(n, int) and n > MAX_PEOPLE for n in given)
        ):
            raise ValueError(f"'of' counts people, at most {MAX_PEOPLE:,}")
    return parse_value(written, words)


_DATES: Mapping[Any, tuple[tuple[str, ...], ...]] = {
    Page: (("read",),),
    Source: (("standing", "checked"),),
}
_COUNTS: Mapping[Any, tuple[tuple[str, ...], ...]] = {
    Source: (("participants", "enrolled"), ("participants", "analysed"), ("centres",))
}


def _check_plain(data: Mapping[str, Any], kind: Any, wrong: "_Wrong") -> None:
    """Note what pydantic would take for a date or a whole number although it is written as something else."""
    for path in _DATES.get(kind, ()):
        given = _at(data, path)
        if given is not None and not (isinstance(given, str) and _DATE.fullmatch(given)):
            wrong.add(path, f"{_told(given)} is not a date", "write it as 2001-12-31")
            _at(data, path[:-1])[path[-1]] = datetime.date.min
    for path in _COUNTS.get(kind, ()):
        given = _at(data, path)
        if (
            isinstance(given, float)
            or given is True
            or given is False
            or (isinstance(given, int) and given < 0)
        ):
            wrong.add(
                path,
                f"{_told(given)} is not a count",
                "write a whole number, or null where it is not known",
            )
            _at(data, path[:-1])[path[-1]] = None
    for domain, judged in (
        data["certainty"] if isinstance(data.get("certainty"), dict) else {}
    ).items():
        for key in ("down", "up"):
            if isinstance(judged, dict) and type(judged.get(key)) in (bool, float):
                wrong.add(
                    ("certainty", domain, key),
                    f"{_told(judged[key])} is not one of 1, 2",
                    "write 1 or 2 steps",
                )
                judged[key] = 1


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _told(given: object) -> str:
    """A faulty value in a message."""
    match given:
        case None:
            return "nothing"
        case bool():
            return repr(str(given).lower())
        case dict():
            return "a mapping"
        case list():
            return "a list"
    return repr(str(given) if len(str(given)) < 60 else f"{str(given)[:56]}...")


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _nearest_field(name: str, record: Any, path: yaml_file.Path) -> str:
    """The repair for an unknown key: the nearest field of the record, or of the part of it, in which the key stands."""
    record = next(
        (_PARTS[key] for key in reversed(path[:-1]) if isinstance(key, str) and key in _PARTS),
        record,
    )
    fields = [WRITTEN.get(field.name, field.name) for field in dataclasses.fields(record)]
    fields = [field for field in fields if field != AT and field not in _COMPUTED.get(record, ())]
    return did_you_mean(name, fields) or f"the keys here are {', '.join(fields)}"


_SEE = "see docs/method/records.md"
_WANTED = {  # by the start of the name of pydantic's error
    "string": "text",
    "tuple": "a list",
    "dataclass": "a mapping",
    "mapping": "a mapping",
    "int": "a whole number",
    "bool": "true or false",
    "date": "a date such as 2001-12-31",
}


class _Wrong:
    """What is wrong with one file; places are looked up only when there is something."""

    def __init__(self, path: FilePath, file: str) -> None:
        self.path, self.file = path, file
        self.found: list[tuple[yaml_file.Path, str, str, bool]] = []

    def add(self, path: yaml_file.Path, message: str, repair: str = "", key: bool = False) -> None:
        """Note a fault of the value at *path*, or of its key."""
        self.found.append((path, message, repair, key))

    def add_invalid(self, error: Any, record: Any, prefix: yaml_file.Path = ()) -> None:
        """Note what pydantic found in a record."""
        path: yaml_file.Path = (*prefix, *error["loc"])
        given = error.get("input")
        match error["type"]:
            case "missing":
                self.add(path[:-1], f"missing {path[-1]!r}", "add it")
            case "unexpected_keyword_argument" | "extra_forbidden" | "dataclass_unexpected":
                name = str(path[-1]).strip()
                self.add(
                    (*path[:-1], name),
                    f"unknown key {_told(name)}",
                    _nearest_field(name, record, error["loc"]),
                    key=True,
                )
            case "enum" | "literal_error":
                options = [o.strip(" '") for o in re.split(r",| or ", error["ctx"]["expected"])]
                key = path[-1] == "[key]"
                path = (*path[:-2], str(path[-2]).strip()) if key else path
                name = str(given).strip()
                told = repr(name) if isinstance(given, str) else _told(given)
                self.add(
                    path,
                    f"{told} is not one of {', '.join(options)}",
                    did_you_mean(name, options),
                    key,
                )
            case "is_instance_of":
                self.add(path[:-1], f"missing {path[-1]!r}", "add it")
            case kind:
                if path[-1] in ("int", "str") and len(path) > 1:  # either would do
                    path, kind = path[:-1], "string_type"
                wanted = next(
                    (what for start, what in _WANTED.items() if kind.startswith(start)),
                    "something else",
                )
                repair = (
                    "put quotation marks around it"
                    if wanted == "text" and isinstance(given, int | float)
                    else _SEE
                )
                fault = (path, f"{path[-1]!r} takes {wanted}, not {_told(given)}", repair, False)
                if fault not in self.found:
                    self.found.append(fault)

    def problems(self) -> Iterator[Problem]:
        """Every fault with its place."""
        if not self.found:
            return
        try:
            places = yaml_file.places(self.path.read_bytes())
        except Exception:  # noqa: BLE001 - the file is unreadable, which is reported elsewhere; its first line will do
            places = {}
        for path, message, repair, key in self.found:
            held = path
            while held and held not in places:
                held = held[:-1]
            key_line, key_column, line, column = places.get(held, (1, 1, 1, 1))
            at_key = key or held != path
            yield Problem(
                Location(self.file, key_line if at_key else line, key_column if at_key else column),
                message,
                repair,
            )


# --- schemas ----------------------------------------------------------------------------------------------------------

_SHARE = {
    "anyOf": [{"type": "string"}, {"type": "number"}],
    "description": "71.4%, '>50%', 40 to 50%, or a word of the vocabulary",
}
_AMOUNT = {
    "type": "string",
    "description": f"a number or a range with a unit ({', '.join(UNITS)}), or a word of the vocabulary",
}
_BOUND = {"enum": ["up-to", "at-least", "about"]}
_CONCEPTS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
VALUE_SCHEMA: dict[str, Any] = {
    "description": "What is said of the outcome: one kind of value.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "effect": {"enum": ["reduces", "increases", "none", "mixed", "unclear"]},
        "share": _SHARE,
        "of": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
        },
        "bound": _BOUND,
        "amount": _AMOUNT,
        "is": {"enum": ["yes", "no", True, False]},
        "only": _CONCEPTS,
        "includes": _CONCEPTS,
        "excludes": _CONCEPTS,
    },
    "oneOf": [{"required": [key]} for key in KINDS],
}


class _Schema(GenerateJsonSchema):
    """Records as they are written: values by hand, computed fields left out."""

    def is_instance_schema(self, schema: Any) -> dict[str, Any]:
        return VALUE_SCHEMA if schema["cls"] is Value else super().is_instance_schema(schema)

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        made = super().dataclass_schema(schema)
        for name in (AT, *_COMPUTED.get(schema["cls"], ())):
            made.get("properties", {}).pop(name, None)
            if name in made.get("required", ()):
                made["required"].remove(name)
        return made


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of every kind of record by its file's name."""
    made = {}
    for name, kind in (("claim", Claim), ("topic", Topic), ("source", Source), ("page", Page)):
        schema = TypeAdapter(kind).json_schema(schema_generator=_Schema)
        schema.get("$defs", {}).pop("Location", None)
        made[f"{name}.schema.json"] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **schema,
        }
    concept = TypeAdapter(Concept).json_schema(schema_generator=_Schema)
    concept.get("$defs", {}).pop("Location", None)
    concept["properties"]["broader"] = {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    }
    named = {"type": "object", "additionalProperties": concept}
    word = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"share": _SHARE, "amount": _AMOUNT, "because": {"type": "string"}},
        "required": ["because"],
    }
    lists: dict[str, Any] = {"Disclosures": Disclosure, "Glossary": GlossaryTerm}
    for title, one in lists.items():
        named_record = TypeAdapter(one).json_schema(schema_generator=_Schema)
        named_record.get("$defs", {}).pop("Location", None)
        made[f"{title.lower()}.schema.json"] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            "type": "object",
            "additionalProperties": named_record,
        }
    address = {"type": "string", "pattern": f"^{_ADDRESS.pattern}$"}
    made["redirects.schema.json"] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Redirects",
        "description": "The address that a record had, and the address that it has now.",
        "type": "object",
        "propertyNames": address,
        "additionalProperties": address,
    }
    made["questions.schema.json"] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Questions",
        "description": "The headings under which the site lists questions, in order, with the topics under each.",
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    }
    made["vocabulary.schema.json"] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Vocabulary",
        "type": "object",
        "additionalProperties": False,
        "required": ["concepts", "words"],
        "properties": {
            "concepts": {
                "type": "object",
                "additionalProperties": False,
                "properties": dict.fromkeys(FACETS, named),
            },
            "words": {"type": "object", "additionalProperties": word},
            "synonyms": {
                "type": "array",
                "description": "rings of words that copy uses for one another; the first stands for all",
                "items": {"type": "array", "minItems": 2, "items": {"type": "string"}},
            },
        },
    }
    return made


def data_schemas(shapes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each exported data file by its file's name."""
    return {
        f"{name}.schema.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **TypeAdapter(_shape(shape)).json_schema(),
        }
        for name, shape in shapes.items()
    }


def _shape(shape: Any) -> Any:
    """A type with its `TypedDict`s in the form that pydantic reads on every Python."""
    if typing.is_typeddict(shape):
        fields = {name: _shape(kind) for name, kind in typing.get_type_hints(shape).items()}
        return typing_extensions.TypedDict(shape.__name__, fields)  # type: ignore[operator]
    if typing.get_origin(shape) is list:
        return list[_shape(typing.get_args(shape)[0])]  # type: ignore[misc]
    return shape
