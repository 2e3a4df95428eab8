"""The vocabulary: concepts by facet (PICO with a setting), units, words, and what pages tell."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import product
from typing import Any, Literal, TypeVar

from claimbook.records.grouping import grouped, reachable
from claimbook.records.record import NOWHERE, Location, Written, computed, spelt
from claimbook.records.units import UNITS, Unit
from claimbook.records.written_values import VagueTerm

_OPEN = ("neither", False, False)  # of what is no concept
FACETS = ("population", "intervention", "comparator", "setting", "outcome")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Concept(Written):
    """A thing that scopes and sets name; `broader` as in SKOS.

    `terms` are phrases that copy uses for it, `cues` words that show together that a sentence is
    about it ("cold + shorter"), `denials` cues that deny it too ("off-label" of approval); none is
    ever shown (SKOS's hidden labels). An outcome that is a `norm` is what should be done: only
    authorities speak on it. A comparator that is `inactive` gives nothing that could help.
    """

    id: str = field(metadata=computed("leave it out"))
    facet: str = field(metadata=computed("leave it out"))
    label: str
    broader: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    good: Literal["more", "less", "neither"] | None = None
    harm: bool = False
    norm: bool = False
    inactive: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The concepts by id (unique over all facets), vague words and units by id.

    `synonyms` are rings of words that copy uses for one another; `counted` is what shares count.
    """

    concepts: Mapping[str, Concept]
    words: Mapping[str, VagueTerm]
    synonyms: tuple[tuple[str, ...], ...] = ()
    units: Mapping[str, Unit] = field(default_factory=lambda: UNITS)
    counted: tuple[str, ...] = ("people",)

    @cached_property
    def made(self) -> dict[object, Any]:
        """What is made of it once, by what makes it (`of_vocabulary`)."""
        return {}

    @cached_property
    def above(self) -> Mapping[str, frozenset[str]]:
        """Every concept that is broader than a concept, at any distance."""
        return {
            name: frozenset(concept.id for concept in self.inherited(name)) - {name}
            for name in self.concepts
        }

    @cached_property
    def below(self) -> Mapping[str, frozenset[str]]:
        """Every concept that is narrower than a concept, at any distance."""
        below = grouped((above, name) for name, broader in self.above.items() for above in broader)
        return {name: frozenset(below.get(name, ())) for name in self.concepts}

    def related(self, one: str | None, other: str | None) -> bool:
        """Whether one concept is the other, or broader or narrower than it."""
        return (
            one == other
            or other in self.above.get(one or "", ())
            or one in self.above.get(other or "", ())
        )

    def apart(self, some: Iterable[str | None], others: Iterable[str | None]) -> bool:
        """Whether no concept of one group has anything in common with one of the other.

        None, which stands for whatever there is, and a group without any are apart from nothing.
        """
        pairs = list(product(some, others))
        return bool(pairs) and not any(
            one is None
            or other is None
            or self.related(one, other)
            or self.below.get(one, frozenset()) & self.below.get(other, frozenset())
            for one, other in pairs
        )

    def finest(self, names: Collection[str]) -> tuple[str, ...]:
        """Of concepts those that are not broader than another ("hot bath" rather than "bath")."""
        broader = frozenset[str]().union(*(self.above[name] for name in names))
        return tuple(name for name in names if name not in broader)

    @cached_property
    def mistaken(self) -> frozenset[str]:
        """What says that it is easily taken for another thing: a sister drug of the treatment."""
        return frozenset(name for name, each in self.concepts.items() if each.distinct)

    def goes_unnamed(self, treatment: str | None, named: Collection[str]) -> bool:
        """Whether a sister drug is not among the treatments named: "it is safe" is not of it."""
        return treatment in self.mistaken and not self.is_named(treatment, named)

    def is_named(self, concept: str | None, named: Collection[str]) -> bool:
        """Whether a concept, or one related to it, is among those named."""
        return any(self.related(concept, name) for name in named)

    @cached_property
    def distinct(self) -> Mapping[str, frozenset[str]]:
        """Every concept that is easily taken for a concept, whichever of the two says so."""
        said = [(name, other) for name, each in self.concepts.items() for other in each.distinct]
        distinct = grouped([*said, *((other, name) for name, other in said)])
        return {name: frozenset(distinct.get(name, ())) for name in self.concepts}

    def inherited(self, name: str | None) -> Iterator[Concept]:
        """The concept and the broader ones, nearest first."""
        known = self.concepts
        names = reachable(
            [name] if name else [], lambda each: known[each].broader if each in known else ()
        )
        return (known[each] for each in names if each in known)

    @cached_property
    def _of_outcomes(self) -> Mapping[str | None, tuple[str, bool, bool]]:
        """In which direction each concept is better, whether it is a harm, and a norm."""
        return {
            name: (
                next((c.good for c in self.inherited(name) if c.good), "neither"),
                any(c.harm for c in self.inherited(name)),
                any(c.norm for c in self.inherited(name)),
            )
            for name in self.concepts
        }

    def good(self, outcome: str | None) -> str:
        """In which direction an outcome is better for the patient: `more`, `less` or `neither`."""
        return self._of_outcomes.get(outcome, _OPEN)[0]

    def harm(self, outcome: str | None) -> bool:
        """Whether an outcome is a harm."""
        return self._of_outcomes.get(outcome, _OPEN)[1]

    def norm(self, outcome: str | None) -> bool:
        """Whether an outcome is what should be done."""
        return self._of_outcomes.get(outcome, _OPEN)[2]

    def active(self, comparator: str | None) -> bool:
        """Whether a comparator is itself a treatment."""
        return bool(comparator) and not any(c.inactive for c in self.inherited(comparator))

    def label(self, name: str | None) -> str:
        """The name of a concept as the site writes it."""
        return self.concepts[name].label if name and name in self.concepts else (name or "")


def of_vocabulary(make: Callable[[Vocabulary], Result]) -> Callable[[Vocabulary], Result]:
    """Make something of a vocabulary once, and keep it with it.

    A cache would find it by comparing vocabularies, and where another one is equal, as after
    records were loaded again, that takes longer than to read a sentence.
    """

    @wraps(make)
    def recall(vocabulary: Vocabulary) -> Result:
        try:
            result: Result = vocabulary.made[make]
        except KeyError:
            result = vocabulary.made[make] = make(vocabulary)
        return result

    return recall


@dataclass(frozen=True, slots=True)
class Scope(Written):
    """Whom, with what, against what, where, on which outcome (PICO with a setting)."""

    population: str | None = None
    intervention: str | None = None
    comparator: str | None = None
    setting: str | None = None
    outcome: str | None = None
    at: Location = field(default=NOWHERE, compare=False, kw_only=True)

    def facets(self) -> Iterator[tuple[str, str]]:
        """The facets that are given, with their concepts."""
        for name in FACETS:
            if concept := getattr(self, name):
                yield name, concept

    def within(self, other: "Scope") -> "Scope":
        """This scope where it says something, the *other* where it does not."""
        return Scope(**{name: getattr(self, name) or getattr(other, name) for name in FACETS})


@dataclass(frozen=True, slots=True)
class Disclosure(Written):
    """What a patient-facing page should tell, on whose authority and with what force.

    A page tells it when it has a passage on one of the claims of `told_by` that does not deny it
    (or, where it is told `by_denying`, that does: "is not a cure"), or a passage on harms or
    contraindications that names its `concept`. If it has `words`, phrases as in a phrase list, the
    passage has one of them: "a thermometer against scalds" warns of nothing. In words of
    `said_as` any passage tells it. It is asked only of pages that offer or name the concept in
    `when`, if one is given, and never of pages that offer the treatment in the setting `unless`
    alone. With a passage on a claim of `promised_by` a page leads its readers to expect it ("there
    are risks").
    """

    id: str = field(metadata=computed("leave it out"))
    label: str
    kind: Literal["disclosure", "serious-harm", "contraindication"]
    authority: tuple[str, ...]
    force: str
    told_by: tuple[str, ...] = field(default=(), metadata=spelt("told-by"))
    by_denying: bool = field(default=False, metadata=spelt("by-denying"))
    words: tuple[str, ...] = ()
    said_as: tuple[str, ...] = field(default=(), metadata=spelt("said-as"))
    promised_by: tuple[str, ...] = field(default=(), metadata=spelt("promised-by"))
    concept: str | None = None
    when: str | None = None
    unless: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class GlossaryTerm(Written):
    """A word that patients may not know, in its forms (the first names it), and what it means."""

    id: str = field(metadata=computed("leave it out"))
    words: tuple[str, ...]
    means: str
