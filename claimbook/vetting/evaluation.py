"""Precision and recall of vetting on passages whose faults are known, and on seeded faults.

A passage counts as flagged where a flag on it is a warning or worse, or changes its verdict. For
a category, a passage counts as flagged where that category is raised; a category listed under
`also` may be raised or not and counts neither way.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import permutations
from typing import Any

from claimbook.language.phrases import any_of
from claimbook.records import BENEFITS, Concept, Flag, Severity, Verdict
from claimbook.vetting.results import State, VetResult
from claimbook.vetting.vet import Vetter

STYLES = ("clean", "plain", "hard")
_NOT = re.compile(
    r"\b(?:(is|are|was|were|does|do|did|can|will|has|have|may|should) ?(?:not|n['’]t)|(can)not)\b"
)
_NUMBER = re.compile(
    r"(?<![\d.,–-])(\d{1,2}(?:\.\d)?)(?=\s?(?:%|percent|of\b|people|patients|minutes|hours|days"
    r"|or more))"
)
_HEDGES = (
    (re.compile(r"\b(?:may|might|could) "), "will "),
    (re.compile(r"\bsome (people|patients)\b", re.IGNORECASE), r"every one of the \1"),
    (re.compile(r"\b(?:suggests?|hints?)\b"), "proves"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and the categories that a careful reader flags in it; none: it is clean."""

    id: str
    text: str
    style: str
    expect: frozenset[str]
    also: frozenset[str] = frozenset()
    document: bool = False  # whether the faults are those of a whole document


@dataclass(slots=True)
class Tally:
    """Counts of what is flagged rightly, flagged wrongly and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, expected: bool, raised: bool) -> None:
        """Count one passage."""
        self.right += expected and raised
        self.wrong += raised and not expected
        self.missed += expected and not raised

    @property
    def precision(self) -> float | None:
        """The share of flagged passages that are faulty; None where nothing is flagged."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of faulty passages that are flagged; None where nothing is faulty."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass(slots=True)
class Measured:
    """A measurement: overall, by style and category, and of seeded faults [caught, made]."""

    passages: int = 0
    overall: Tally = field(default_factory=Tally)
    by_style: dict[str, Tally] = field(default_factory=dict)
    by_category: dict[str, Tally] = field(default_factory=dict)
    seeded: dict[str, list[int]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The result for JSON, in a fixed order."""
        data = asdict(self)
        return data | {
            name: dict(sorted(data[name].items())) for name in ("by_style", "by_category", "seeded")
        }


def passages(records: Iterable[Mapping[str, Any]]) -> list[Passage]:
    """Records of a gold set as passages.

    Raises:
        KeyError: a record lacks its id, text, style or expect.
    """
    return [
        Passage(
            record["id"],
            record["text"],
            record["style"],
            frozenset(record["expect"]),
            frozenset(record.get("also") or ()),
            bool(record.get("document")),
        )
        for record in records
    ]


def measure(gold: Sequence[Passage], vetter: Vetter) -> Measured:
    """Vet every passage, and its seeded faults where it is clean, and count."""
    measured = Measured(len(gold))
    for passage in gold:
        vetted = vetter.judge(passage.text)
        raised = raised_categories(passage, vetted)
        flagged = raised if passage.expect else raised - passage.also
        for tally in (measured.overall, measured.by_style.setdefault(passage.style, Tally())):
            tally.add(bool(passage.expect), bool(flagged))
        for category in (raised - passage.also) | passage.expect:
            tally = measured.by_category.setdefault(category, Tally())
            tally.add(category in passage.expect, category in raised)
        if not passage.expect and not raised and not passage.document:
            _count_seeded(passage, vetted, vetter, measured)
    return measured


def measure_pages(vetter: Vetter) -> Measured:
    """Count seeded faults in the passages of pages that read as supported: words nobody made up."""
    measured = Measured()
    for quote in dict.fromkeys(each.quote for each in vetter.base.occurrences.values()):
        passage = Passage(quote, quote, "plain", frozenset())
        vetted = vetter.judge(quote)
        if not raised_categories(passage, vetted):
            measured.passages += 1
            _count_seeded(passage, vetted, vetter, measured)
    return measured


def _count_seeded(passage: Passage, vetted: VetResult, vetter: Vetter, measured: Measured) -> None:
    """Seed a passage with faults, one at a time, and count which are caught."""
    for kind, text in seeded(vetted, vetter):
        counts = measured.seeded.setdefault(kind, [0, 0])
        counts[0] += bool(raised_categories(passage, vetter.judge(text)))
        counts[1] += 1


def raised_categories(passage: Passage, vetted: VetResult) -> frozenset[str]:
    """The categories that vetting raised in a passage, notes without a verdict left out."""
    parts = (part for each in vetted.sentences for flag in each.flags for part in flag.parts)
    flags: Iterable[Flag] = vetted.document_flags if passage.document else parts
    return frozenset(
        flag.category.value
        for flag in flags
        if passage.document or flag.severity is not Severity.NOTE or flag.verdict
    )


def seeded(vetted: VetResult, vetter: Vetter) -> Iterator[tuple[str, str]]:
    """A clean passage, as it was vetted, made faulty, one fault at a time, each with its kind.

    A number is swapped, a "not" dropped, a hedge hardened, another treatment or another route of
    the same one named. Only passages that make a recorded claim and to which nothing objects are
    changed, and hedges, treatments and routes only where a benefit is claimed: what nobody can
    check cannot be made wrong, and a warning made firmer is none the worse.
    """
    text, (first, *more) = vetted.text, vetted.sentences or (None,)
    if first is None or more or not first.claims or first.state in (State.FLAGGED, State.LOOK):
        return
    if first.verdict not in (Verdict.SUPPORTED, Verdict.NOT_CHECKED):
        return
    benefit = any(vetter.base.claims[name].kind in BENEFITS for name in first.claims)
    if (number := _NUMBER.search(text)) and float(number[1]) > 1:
        changed = float(number[1]) * 1.6 + 3
        yield "number", f"{text[: number.start(1)]}{changed:.0f}{text[number.end(1) :]}"
    if denied := _NOT.search(text):
        yield "not", f"{text[: denied.start()]}{denied[1] or denied[2]}{text[denied.end() :]}"
    if benefit:
        for hedge, harder in _HEDGES:
            if hedge.search(text):
                yield "hedge", hedge.sub(harder, text, count=1)
                break
        if other := _other_treatment(text, vetter):
            yield "treatment", other
        if other := _other_route(text, vetter):
            yield "route", other


def _other_treatment(text: str, vetter: Vetter) -> str | None:
    """The text with a treatment's name changed for one that it is easily taken for."""
    vocabulary = vetter.base.vocabulary
    for name, others in vocabulary.distinct.items():
        for other in sorted(others):
            if changed := _renamed(text, vocabulary.concepts[name], vocabulary.concepts[other]):
                return changed
    return None


def _other_route(text: str, vetter: Vetter) -> str | None:
    """The text with a route of a treatment changed for another one of the same treatment."""
    vocabulary = vetter.base.vocabulary
    routes = [
        concept
        for concept in vocabulary.concepts.values()
        if concept.facet == "intervention" and concept.terms and vocabulary.above.get(concept.id)
    ]
    for named, other in permutations(routes, 2):
        shared = vocabulary.above[named.id] & vocabulary.above[other.id]
        akin = any(vocabulary.concepts[name].terms for name in shared)
        changed = _renamed(text, named, other) if akin else None
        if changed and vocabulary.apart([named.id], [other.id]):
            return changed
    return None


def _renamed(text: str, named: Concept, instead: Concept) -> str | None:
    """The text with a concept named in the place of another; None where it does not name that."""
    words = re.compile(rf"\b{any_of(named.terms)}\b", re.IGNORECASE)
    if not named.terms or not instead.terms or not words.search(text):
        return None
    return words.sub(instead.terms[0], text, count=1)


def write_table(measured: Measured, write: Callable[[str], Any]) -> None:
    """Write a measurement as a table, line by line."""

    def share(value: float | None) -> str:
        return "    –" if value is None else f"{value:5.2f}"

    write(f"{measured.passages} passage{'s' * (measured.passages != 1)}")
    write(f"{'':22} precision  recall   right  wrong  missed")
    styles = [(style, measured.by_style[style]) for style in STYLES if style in measured.by_style]
    for name, tally in [("all", measured.overall), *styles, *sorted(measured.by_category.items())]:
        write(
            f"{name:22} {share(tally.precision):>9}  {share(tally.recall):>6}"
            f"  {tally.right:6} {tally.wrong:6} {tally.missed:7}"
        )
    write_seeded(measured, write)


def write_seeded(measured: Measured, write: Callable[[str], Any]) -> None:
    """Write how many of the seeded faults are caught, by kind."""
    for kind, (caught, made) in sorted(measured.seeded.items()):
        write(f"seeded fault: {kind:12} {caught} of {made} caught")
