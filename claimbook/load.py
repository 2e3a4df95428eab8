"""The border: files in, a sound `Base` out. After `load` every record is sound and every reference resolves.

Pydantic validates into the frozen records and gives the JSON Schemas. A defect in our own files is a `Problem`; all of them
come at once, each with its place and the likely repair. A defect in what a clinic's page says is never one: rules judge it.
"""

import dataclasses
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

from claimbook import bib_file, yaml_file
from claimbook.errors import LoadError, Problem, nearest
from claimbook.evidence import body, certainty
from claimbook.location import Location
from claimbook.model import (
    FACETS,
    GRADED,
    RAISING,
    UNCHECKABLE,
    UNRESOLVED,
    WRITTEN,
    Amount,
    Base,
    Claim,
    Concept,
    Finding,
    Members,
    Occurrence,
    Page,
    Reference,
    Scope,
    Share,
    Source,
    Topic,
    Truth,
    Value,
    Vocabulary,
    Word,
)
from claimbook.text import MAX_QUOTE, fold, word_count
from claimbook.values import KINDS, UNITS, read
from claimbook.yaml_file import AT

SNAPSHOTS, FIGURES = "CLAIMBOOK_SNAPSHOTS", "CLAIMBOOK_FIGURES"  # environment variables: folders outside the repository
MAX_PRINTED = 8  # words of a source's own text that a finding may carry
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
REFERENCE = re.compile(r"\{([^{}\s]+)\}")  # in a topic's answer: a finding by source/finding
_COMPUTED = {  # fields that no file writes
    Claim: ("id", "topic"),
    Topic: ("id",),
    Source: ("id",),
    Page: ("id",),
    Occurrence: ("id", "claim"),
    Finding: ("source",),
}
_FIELDS = sorted(
    {WRITTEN.get(f.name, f.name) for record in (Claim, Topic, Source, Page, Occurrence, Finding, Scope) for f in dataclasses.fields(record)}
    - {AT}
)


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
        self.problems: list[Problem] = []
        self.vocabulary = Vocabulary({}, {})
        self.topics: dict[str, Topic] = {}
        self.claims: dict[str, Claim] = {}
        self.sources: dict[str, Source] = {}
        self.pages: dict[str, Page] = {}
        self.references: dict[str, Reference] = {}

    def load(self, snapshots: FilePath, figures: FilePath) -> Base:
        self._read_vocabulary()
        for path in self._files("sources", "*.yaml"):
            self._read_record(path, Source, self.sources)
        for path in self._files("pages", "*.yaml"):
            self._read_record(path, Page, self.pages)
        for path in self._files("claims", "*/*.yaml"):
            if path.name == "topic.yaml":
                self._read_record(path, Topic, self.topics, path.parent.name)
            else:
                self._read_record(path, Claim, self.claims, topic=path.parent.name)
        self._read_references()
        for name, some in (("claims", self.claims), ("sources", self.sources), ("pages", self.pages)):
            if not some and not any(p.at.file.startswith(f"{name}/") for p in self.problems):
                self.problems.append(Problem(Location(f"{name}/"), f"an empty base: no {name}", "add one, or run in the base's folder"))
        base = Base(
            self.vocabulary, self.topics, self.claims, self.sources, self.pages, self.references,
            self._read_snapshots(snapshots), self._read_figures(figures),
        )  # fmt: skip
        self._prove(base)
        if self.problems:
            raise LoadError(self.problems)
        return base

    # --- files --------------------------------------------------------------------------------------------------------

    def _files(self, folder: str, pattern: str) -> list[FilePath]:
        return sorted((self.root / folder).glob(pattern))

    def _name(self, path: FilePath) -> str:
        return path.relative_to(self.root).as_posix()

    def _read_yaml(self, path: FilePath) -> dict[str, Any] | None:
        """The mapping that a file holds; None, with problems noted, where it holds none."""
        self.done += 1
        self.progress(self.done)
        data, problems = yaml_file.read(path.read_bytes(), self._name(path))
        self.problems += problems
        if data is None and problems:
            return None
        if not isinstance(data, dict):
            self.problems.append(Problem(Location(self._name(path)), "a record is a mapping of keys to values", "see docs/method/records.md"))
            return None
        return data

    def _read_record(self, path: FilePath, kind: Any, into: dict[str, Any], name: str | None = None, **given: str) -> None:
        file, name = self._name(path), name or path.stem
        if not _ID.fullmatch(name):
            self.problems.append(Problem(Location(file), f"{name!r} is not an id", "lower-case letters, digits and single hyphens"))
        if name in into:
            self.problems.append(Problem(Location(file), f"repeated id {name!r}", f"it is also the id of {into[name].at.file}"))
        if (data := self._read_yaml(path)) is None:
            return
        wrong = _Wrong(path, file)
        for key in _COMPUTED[kind]:
            if key in data:
                wrong.add((key,), f"unknown key {key!r}", "the file's name is the id" if key == "id" else "leave it out", key=True)
        data |= {"id": name, **given}
        _prepare(data, name, self.vocabulary.words, wrong)
        try:
            record = _adapter(kind).validate_python(data)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_context=True):
                wrong.add_invalid(one)
            record = None
        self.problems += wrong.problems()
        if record is not None and not (wrong.found and name in into):
            into[name] = record

    def _read_vocabulary(self) -> None:
        path = self.root / "claims" / "vocabulary.yaml"
        if not path.is_file():
            self.problems.append(Problem(Location("claims/vocabulary.yaml"), "there is no vocabulary", "add claims/vocabulary.yaml"))
            return
        data = self._read_yaml(path)
        if data is None:
            return
        wrong = _Wrong(path, self._name(path))
        concepts: dict[str, Concept] = {}
        words: dict[str, Word] = {}
        for key in set(data) - {AT, "concepts", "words"}:
            wrong.add((key,), f"unknown key {key!r}", nearest(key, ("concepts", "words")), key=True)
        for facet, some in _items(data.get("concepts"), ("concepts",), wrong):
            if facet not in FACETS:
                wrong.add(("concepts", facet), f"unknown facet {facet!r}", nearest(facet, FACETS), key=True)
            for name, fields in _items(some, ("concepts", facet), wrong):
                where = ("concepts", facet, name)
                if name in concepts:
                    wrong.add(where, f"repeated id {name!r}", "a concept's id is unique over all facets", key=True)
                if not isinstance(fields, dict):
                    wrong.add(where, "a concept is a mapping", "write {label: ...}")
                    continue
                fields |= {"id": name, "facet": facet}
                if isinstance(fields.get("broader"), str):
                    fields["broader"] = [fields["broader"]]
                if concept := _validated(Concept, fields, where, wrong):
                    concepts[name] = concept
        for name, fields in _items(data.get("words"), ("words",), wrong):
            if not isinstance(fields, dict):
                wrong.add(("words", name), "a word is a mapping", "write {share: ..., because: ...}")
                continue
            written = {key: fields.pop(key) for key in KINDS if key in fields}
            try:
                means = read(written)
                if not isinstance(means, Share | Amount):
                    raise ValueError("a word means a share or an amount")
                fields["means"] = dataclasses.replace(means, text=name.replace("-", " "), figure=False)
            except ValueError as error:
                wrong.add(("words", name), str(error))
                continue
            if word := _validated(Word, fields | {"id": name}, ("words", name), wrong):
                words[name] = word
        for name, concept in concepts.items():
            for field in ("broader", "distinct"):
                for other in getattr(concept, field):
                    if other not in concepts:
                        wrong.add(("concepts", concept.facet, name, field), f"unknown concept {other!r}", nearest(other, concepts))
                    elif field == "broader" and concepts[other].facet != concept.facet:
                        wrong.add(("concepts", concept.facet, name, field), f"{other!r} is of another facet", "stay within one facet")
        self.vocabulary = Vocabulary(concepts, words)
        for name, concept in concepts.items():
            if name in self.vocabulary.above[name]:
                wrong.add(("concepts", concept.facet, name), f"{name!r} is broader than itself", "break the circle", key=True)
        self.problems += wrong.problems()

    def _read_references(self) -> None:
        path = self.root / "sources" / "references.bib"
        if not path.is_file():
            self.problems.append(Problem(Location("sources/references.bib"), "there are no references", "add sources/references.bib"))
            return
        self.references, problems = bib_file.read(path.read_bytes(), self._name(path))
        self.problems += problems
        if not problems:
            for key, source in self.sources.items():
                if key not in self.references:
                    self.problems.append(Problem(source.at, f"no BibTeX entry {key!r}", nearest(key, self.references) or "add it to sources/references.bib"))
            for key, reference in self.references.items():
                if key not in self.sources and not (self.root / "sources" / f"{key}.yaml").is_file():
                    self.problems.append(Problem(reference.at, f"no appraisal of {key!r}", nearest(key, self.sources) or f"add sources/{key}.yaml"))

    def _read_snapshots(self, folder: FilePath) -> dict[str, str]:
        """The folded text of every page that is at hand and is the text that was read."""
        found = {}
        for name, page in self.pages.items():
            path = folder / f"{name}.txt"
            if not path.is_file():
                continue
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() != page.sha256:
                wrong = _Wrong(self.root / page.at.file, page.at.file)
                wrong.add(("sha256",), "the page's text at hand is not the text that was read", "read the page again and record its sha256")
                self.problems += wrong.problems()
            else:
                found[name] = fold(content.decode("utf-8", errors="replace"))
        return found

    def _read_figures(self, folder: FilePath) -> dict[str, tuple[str, ...]]:
        """The folded spans that each source prints, where they are at hand."""
        found = {}
        for key in self.sources:
            path = folder / f"{key}.txt"
            if path.is_file():
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
                found[key] = tuple(fold(line.rsplit(" | ", 1)[0]) for line in lines if line and not line.startswith("#"))
        return found

    # --- proof --------------------------------------------------------------------------------------------------------

    def _prove(self, base: Base) -> None:
        """Every reference resolves and every rule of our own is kept."""
        wrongs: dict[str, _Wrong] = {}

        def report(file: str, path: yaml_file.Path, message: str, repair: str = "") -> None:
            wrongs.setdefault(file, _Wrong(self.root / file, file)).add(path, message, repair)

        for source in base.sources.values():
            _prove_source(source, base, report)
        for page in base.pages.values():
            _prove_page(page, base, report)
        ungraded = not self.problems  # a rating needs every link to resolve
        for claim in base.claims.values():
            _prove_claim(claim, base, report)
            ungraded = ungraded and not wrongs
            if ungraded and any(j.up for j in claim.certainty.values()) and not claim.exceeds_design:
                designs = [one.source.design for one in body(claim, base) if one.usable]
                if any(step.what == "design" for step in certainty(designs, claim.certainty).steps):
                    report(claim.at.file, ("certainty",), "rated up above what the designs allow", "give the reason in exceeds-design")
        by_topic: dict[str, list[str]] = {}
        for claim in base.claims.values():
            by_topic.setdefault(claim.topic, []).append(claim.id)
        for topic in base.topics.values():
            _prove_topic(topic, by_topic.get(topic.id, []), base, report)
        for name, ids in by_topic.items():
            if name not in base.topics and not any(p.at.file == f"claims/{name}/topic.yaml" for p in self.problems):
                at = base.claims[ids[0]].at
                self.problems.append(Problem(Location(f"claims/{name}/topic.yaml"), "the topic has claims and no topic.yaml", f"see {at.file}"))
        for wrong in wrongs.values():
            self.problems += wrong.problems()


Report = Callable[..., None]


def _prove_scope(scope: Scope, path: yaml_file.Path, file: str, base: Base, report: Report) -> None:
    concepts = base.vocabulary.concepts
    for facet, name in scope.facets():
        if name not in concepts:
            same = [c.id for c in concepts.values() if c.facet == facet]
            report(file, (*path, facet), f"unknown concept {name!r}", nearest(name, same) or "add it to claims/vocabulary.yaml")
        elif concepts[name].facet != facet:
            report(file, (*path, facet), f"{name!r} is a concept of the facet {concepts[name].facet}, not {facet}")


def _prove_value(value: Value | None, path: yaml_file.Path, file: str, base: Base, report: Report) -> None:
    if isinstance(value, Members):
        for name in sorted(value.concepts):
            if name not in base.vocabulary.concepts:
                report(file, path, f"unknown concept {name!r}", nearest(name, base.vocabulary.concepts) or "add it to claims/vocabulary.yaml")


def _prove_source(source: Source, base: Base, report: Report) -> None:
    file, seen = source.at.file, set()
    for index, finding in enumerate(source.findings):
        path = ("findings", index)
        if not _ID.fullmatch(finding.id):
            report(file, (*path, "id"), f"{finding.id!r} is not an id", "lower-case letters, digits and single hyphens")
        if finding.id in seen:
            report(file, (*path, "id"), f"repeated id {finding.id!r}", "a finding's id is unique in its source")
        seen.add(finding.id)
        if finding.about.outcome is None:
            report(file, (*path, "about"), "a finding is about an outcome", "add outcome")
        if finding.printed and len(finding.printed.split()) > MAX_PRINTED:
            report(file, (*path, "printed"), f"printed is over {MAX_PRINTED} words", "keep the span that carries the figure")
        _prove_scope(finding.about, (*path, "about"), file, base, report)
        _prove_value(finding.says, (*path, "says"), file, base, report)


def _prove_page(page: Page, base: Base, report: Report) -> None:
    concepts = base.vocabulary.concepts
    if not re.fullmatch(r"[0-9a-f]{64}", page.sha256):
        report(page.at.file, ("sha256",), "not a SHA-256", "64 hexadecimal digits, as sha256sum prints them")
    if page.address and not page.address.startswith(("https://", "http://")):
        report(page.at.file, ("address",), "not a web address", "start it with https://")
    if page.regimen:
        for name in [page.regimen.intervention, *page.regimen.settings]:
            if name and name not in concepts:
                report(page.at.file, ("regimen",), f"unknown concept {name!r}", nearest(name, concepts))
        if page.regimen.session:
            try:
                read({"amount": page.regimen.session}, base.vocabulary.words)
            except ValueError as error:
                report(page.at.file, ("regimen", "session"), str(error))


def _prove_claim(claim: Claim, base: Base, report: Report) -> None:
    file = claim.at.file
    _prove_scope(claim.about, ("about",), file, base, report)
    linked = set()
    for field, links in (("evidence", claim.evidence), ("set-aside", claim.set_aside)):
        for index, link in enumerate(links):
            if link.finding in linked:
                report(file, (field, index, "finding"), f"{link.finding!r} is linked twice", "keep one of them")
            linked.add(link.finding)
            if link.finding not in base.findings:
                source = link.finding.partition("/")[0]
                near = nearest(link.finding, base.findings) if source in base.sources else nearest(source, base.sources)
                what = "finding" if source in base.sources else "source"
                report(file, (field, index, "finding"), f"unknown {what} {link.finding if what == 'finding' else source!r}", near)
    for domain, judged in claim.certainty.items():
        steps = (judged.up, judged.down) if domain in RAISING else (judged.down, judged.up)
        if steps[0] is None or steps[1] is not None:
            report(file, ("certainty", domain.value), f"{domain} is judged {'up' if domain in RAISING else 'down'}", "write 1 or 2 steps")
    if claim.certainty and claim.kind not in GRADED:
        report(file, ("certainty",), f"claims of the kind {claim.kind} are not graded", "leave certainty out")
    for index, occurrence in enumerate(claim.occurrences):
        path = ("occurrences", index)
        if occurrence.page not in base.pages:
            report(file, (*path, "page"), f"unknown page {occurrence.page!r}", nearest(occurrence.page, base.pages) or f"add pages/{occurrence.page}.yaml")
        words = word_count(occurrence.quote)
        if words > MAX_QUOTE:
            report(file, (*path, "quote"), f"a quote of {words} words; at most {MAX_QUOTE}", "keep its first and last words: start … end")
        elif words == 0:
            report(file, (*path, "quote"), "an empty quote", "copy the page's words")
        if occurrence.says is None and claim.kind not in UNCHECKABLE:
            report(file, path, "what the passage says is not recorded", "add says")
        for key in occurrence.cites:
            if key != UNRESOLVED and key not in base.sources:
                report(file, (*path, "cites"), f"unknown source {key!r}", nearest(key, base.sources) or f"or write {UNRESOLVED}")
        if occurrence.about:
            _prove_scope(occurrence.about, (*path, "about"), file, base, report)
        _prove_value(occurrence.says, (*path, "says"), file, base, report)


def _prove_topic(topic: Topic, held: Collection[str], base: Base, report: Report) -> None:
    file = topic.at.file
    for index, name in enumerate(topic.claims):
        if name not in held:
            report(file, ("claims", index), f"unknown claim {name!r} in this topic", nearest(name, held))
    for name in sorted(set(held) - set(topic.claims)):
        report(file, ("claims",), f"the order leaves out the claim {name!r}", "add it to the list")
    for name in REFERENCE.findall(topic.answer):
        if name not in base.findings:
            report(file, ("answer",), f"unknown finding {name!r}", nearest(name, base.findings))
        elif not isinstance(base.findings[name].says, Share):
            report(file, ("answer",), f"{name!r} is not a share of people", "only shares print as numbers out of 100")


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
            wrong.add_invalid(one, path)
        return None


def _prepare(data: dict[str, Any], name: str, words: Mapping[str, Word], wrong: "_Wrong") -> None:
    """Fill in what the file's name tells and read values; what is wrong is noted, and passed over."""
    if isinstance(domains := data.get("certainty"), dict):
        domains.pop(AT, None)
    counts: dict[str, int] = {}
    for index, one in enumerate(_dicts(data.get("occurrences"))):
        path = ("occurrences", index)
        for key in _COMPUTED[Occurrence]:
            if key in one:
                wrong.add((*path, key), f"unknown key {key!r}", "leave it out", key=True)
        page = str(one.get("page"))
        counts[page] = counts.get(page, 0) + 1
        one["claim"] = name
        one["id"] = f"{name}/{page}" + (f"-{counts[page]}" if counts[page] > 1 else "")
        _prepare_says(one, path, words, wrong)
    for index, one in enumerate(_dicts(data.get("findings"))):
        if "source" in one:
            wrong.add(("findings", index, "source"), "unknown key 'source'", "the file's name is the source", key=True)
        one["source"] = name
        _prepare_says(one, ("findings", index), words, wrong)


def _dicts(data: object) -> Iterable[dict[str, Any]]:
    return [one if isinstance(one, dict) else {} for one in data] if isinstance(data, list) else []


def _prepare_says(one: dict[str, Any], path: yaml_file.Path, words: Mapping[str, Word], wrong: "_Wrong") -> None:
    says = one.get("says")
    if says is None:
        return
    try:
        if not isinstance(says, dict):
            raise ValueError("a value is a mapping: {effect: reduces}")
        says.pop(AT, None)
        one["says"] = read(says, words)
    except ValueError as error:
        wrong.add((*path, "says"), str(error))
        one["says"] = Truth(True)  # stands in, so that the rest of the record is checked too


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


class _Wrong:
    """What is wrong with one file; places are looked up only when there is something."""

    def __init__(self, path: FilePath, file: str) -> None:
        self.path, self.file = path, file
        self.found: list[tuple[yaml_file.Path, str, str, bool]] = []

    def add(self, path: yaml_file.Path, message: str, repair: str = "", key: bool = False) -> None:
        """Note a fault of the value at *path*, or of its key."""
        self.found.append((path, message, repair, key))

    def add_invalid(self, error: Any, prefix: yaml_file.Path = ()) -> None:
        """Note what pydantic found."""
        path: yaml_file.Path = (*prefix, *error["loc"])
        match error["type"]:
            case "missing":
                self.add(path[:-1], f"missing {path[-1]!r}", "add it")
            case "unexpected_keyword_argument" | "extra_forbidden" | "dataclass_unexpected":
                name = str(path[-1]).strip()
                self.add((*path[:-1], name), f"unknown key {name!r}", nearest(name, [f for f in _FIELDS if f != name]), key=True)
            case "enum" | "literal_error":
                options = [o.strip(" '") for o in re.split(r",| or ", error["ctx"]["expected"])]
                if path[-1] == "[key]":
                    path = path[:-1]
                given = str(error["input"])
                self.add(path, f"{given!r} is not one of {', '.join(options)}", nearest(given, options))
            case _:
                wanted = error["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
                self.add(path, f"wrong type or value: {wanted}", "see docs/method/records.md")

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
            yield Problem(Location(self.file, key_line if at_key else line, key_column if at_key else column), message, repair)


# --- schemas ----------------------------------------------------------------------------------------------------------

_SHARE = {"anyOf": [{"type": "string"}, {"type": "number"}], "description": "71.4%, '>50%', 40 to 50%, or a word of the vocabulary"}
_AMOUNT = {"type": "string", "description": f"a number or a range with a unit ({', '.join(UNITS)}), or a word of the vocabulary"}
_BOUND = {"enum": ["up-to", "at-least", "about"]}
_CONCEPTS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
VALUE_SCHEMA: dict[str, Any] = {
    "description": "What is said of the outcome: one kind of value.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "effect": {"enum": ["reduces", "increases", "none", "mixed", "unclear"]},
        "share": _SHARE,
        "of": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
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
        made[f"{name}.schema.json"] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    concept = TypeAdapter(Concept).json_schema(schema_generator=_Schema)
    concept.get("$defs", {}).pop("Location", None)
    for name in ("id", "facet"):
        concept["properties"].pop(name)
        concept["required"].remove(name)
    concept["properties"]["broader"] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    named = {"type": "object", "additionalProperties": concept}
    word = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"share": _SHARE, "amount": _AMOUNT, "because": {"type": "string"}},
        "required": ["because"],
    }
    made["vocabulary.schema.json"] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Vocabulary",
        "type": "object",
        "additionalProperties": False,
        "required": ["concepts", "words"],
        "properties": {
            "concepts": {"type": "object", "additionalProperties": False, "properties": {facet: named for facet in FACETS}},
            "words": {"type": "object", "additionalProperties": word},
        },
    }
    return made


def data_schemas(shapes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each exported data file by its file's name."""
    return {
        f"{name}.schema.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(_shape(shape)).json_schema()}
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
