"""The vocabulary: concepts by facet (PICO with a setting), vague words, glossary terms, and what pages should tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from claimbook.records.places import NOWHERE, Location
from claimbook.records.record import BORDER
from claimbook.records.values import VagueTerm

FACETS = ("population", "intervention", "comparator", "setting", "outcome")


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that scopes and sets name; `broader` as in SKOS. `terms` are phrases that copy uses for it, `cues` are words that
    show together that a sentence is about it ("aura + shorter"), `denials` are cues that deny it too ("off-label" of approval);
    neither is ever shown (SKOS's hidden labels).
    """

    __pydantic_config__ = BORDER
    id: str
    facet: str
    label: str
    plain: str | None = None
    broader: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    good: Literal["more", "less", "neither"] | None = None
    harm: bool = False
    at: Location = NOWHERE


@dataclass(frozen=True)
class Vocabulary:
    """The concepts by id (unique over all facets), the words by id, and rings of words that copy uses for one another."""

    concepts: Mapping[str, Concept]
    words: Mapping[str, VagueTerm]
    synonyms: tuple[tuple[str, ...], ...] = ()

    def __hash__(self) -> int:  # mappings are among its fields
        return hash(tuple(self.concepts))

    @cached_property
    def above(self) -> Mapping[str, frozenset[str]]:
        """Every concept that is broader than a concept, at any distance."""
        found: dict[str, frozenset[str]] = {}

        def climb(name: str, path: frozenset[str]) -> frozenset[str]:
            if name in found:
                return found[name]
            up: set[str] = set()
            for parent in self.concepts[name].broader if name in self.concepts else ():
                if parent not in path:
                    up |= {parent, *climb(parent, path | {name})}
            found[name] = frozenset(up)
            return found[name]

        for name in self.concepts:
            climb(name, frozenset())
        return found

    @cached_property
    def below(self) -> Mapping[str, frozenset[str]]:
        """Every concept that is narrower than a concept, at any distance."""
        found: dict[str, set[str]] = {name: set() for name in self.concepts}
        for name, up in self.above.items():
            for parent in up:
                found.setdefault(parent, set()).add(name)
        return {name: frozenset(down) for name, down in found.items()}

    def inherited(self, name: str | None) -> Iterator[Concept]:
        """The concept and the broader ones, nearest first."""
        seen: set[str] = set()
        queue = [name] if name else []
        while queue:
            current = queue.pop(0)
            if current in self.concepts and current not in seen:
                seen.add(current)
                yield self.concepts[current]
                queue += self.concepts[current].broader

    def good(self, outcome: str | None) -> str:
        """In which direction an outcome is better for the patient: `more`, `less` or `neither`."""
        return next((c.good for c in self.inherited(outcome) if c.good), "neither")

    def harm(self, outcome: str | None) -> bool:
        """Whether an outcome is a harm."""
        return any(c.harm for c in self.inherited(outcome))

    def label(self, name: str | None) -> str:
        """The name of a concept as the site writes it."""
        return self.concepts[name].label if name and name in self.concepts else (name or "")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom, with what, against what, where, on which outcome (PICO with a setting)."""

    __pydantic_config__ = BORDER
    population: str | None = None
    intervention: str | None = None
    comparator: str | None = None
    setting: str | None = None
    outcome: str | None = None
    at: Location = field(default=NOWHERE, compare=False)

    def facets(self) -> Iterator[tuple[str, str]]:
        """The facets that are given, with their concepts."""
        for name in FACETS:
            if concept := getattr(self, name):
                yield name, concept

    def within(self, other: "Scope") -> "Scope":
        """This scope where it says something, the *other* where it does not."""
        return Scope(**{name: getattr(self, name) or getattr(other, name) for name in FACETS})


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a patient-facing page should tell: a fact, a serious harm or a contraindication, on whose authority and with what force.

    A page tells it when it has a passage on one of the claims of `told_by` that does not deny it (or, where it is told
    `by_denying`, that does: "is not a cure"), or, for a contraindication, a passage that names its `concept`. It is asked only of
    pages that offer or name the concept in `when`, if one is given.
    """

    __pydantic_config__ = BORDER
    id: str
    label: str
    kind: Literal["disclosure", "serious-harm", "contraindication"]
    authority: tuple[str, ...]
    force: str
    told_by: tuple[str, ...] = ()
    by_denying: bool = False
    concept: str | None = None
    when: str | None = None
    because: str | None = None
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word that patients may not know, in the forms in which it is met (the first names it), and what it means in plain words."""

    __pydantic_config__ = BORDER
    id: str
    words: tuple[str, ...]
    means: str
    at: Location = NOWHERE
