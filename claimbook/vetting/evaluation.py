"""How well drafts are read: precision and recall on passages whose faults are known, and the share of seeded faults that are caught.

A passage counts as flagged where something is flagged in it that is a warning or worse, or that changes its verdict. *Precision*
is the share of flagged passages that are faulty, *recall* the share of faulty passages that are flagged; for a category, of the
passages in which it is raised those that have it (one that may be raised beside counts neither way), and of those that have it the
passages in which it is raised.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from claimbook.records import BENEFITS, Flag, Severity, Verdict
from claimbook.vetting.vet import Vetter

STYLES = ("clean", "plain", "hard")


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
    """Passages flagged that are faulty, flagged that are not, and faulty that are not flagged."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what is flagged that is so; None where nothing is flagged."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of what is so that is flagged; None where nothing is so."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass(slots=True)
class Measured:
    """What a measurement came to: over passages, by style and by category, and of seeded faults by their kind (caught, made)."""

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
            one["id"],
            one["text"],
            one["style"],
            frozenset(one["expect"]),
            frozenset(one.get("also") or ()),
            bool(one.get("document")),
        )
        for one in records
    ]


def measure(some: Sequence[Passage], vetter: Vetter) -> Measured:
    """Vet every passage, and its seeded faults where it is clean, and count."""
    made = Measured(len(some))
    for one in some:
        raised = _raised(one, vetter)
        for tally in (made.overall, made.by_style.setdefault(one.style, Tally())):
            tally.right += bool(one.expect and raised)
            tally.wrong += bool(raised and not one.expect)
            tally.missed += bool(one.expect and not raised)
        for category in raised | one.expect:
            tally = made.by_category.setdefault(category, Tally())
            tally.right += category in one.expect & raised
            tally.missed += category in one.expect - raised
            tally.wrong += category in raised - one.expect - one.also
        if not one.expect and not raised and not one.document:
            for kind, text in seeded(one.text, vetter):
                caught = made.seeded.setdefault(kind, [0, 0])
                caught[0] += bool(_raised(Passage(one.id, text, one.style, frozenset()), vetter))
                caught[1] += 1
    return made


def _raised(one: Passage, vetter: Vetter) -> frozenset[str]:
    vetted = vetter.vet(one.text)
    flags: Iterable[Flag] = (
        vetted.document_flags
        if one.document
        else (
            part for sentence in vetted.sentences for flag in sentence.flags for part in flag.parts
        )
    )
    return frozenset(
        flag.category.value
        for flag in flags
        if one.document or flag.severity is not Severity.NOTE or flag.verdict
    )


# --- seeded faults ----------------------------------------------------------------------------------------------------

_NOT = re.compile(
    r"\b(?:(is|are|was|were|does|do|did|can|will|has|have|may|should) ?(?:not|n['’]t)|(can)not)\b"
)
_NUMBER = re.compile(
    r"(?<![\d.,–-])(\d{1,2}(?:\.\d)?)(?=\s?(?:%|percent|of\b|people|patients|minutes|hours|days|or more))"
)
_HEDGES = (
    (re.compile(r"\b(?:may|might|could) "), "will "),
    (re.compile(r"\bsome (people|patients)\b", re.IGNORECASE), r"every one of the \1"),
    (re.compile(r"\b(?:suggests?|hints?)\b"), "proves"),
)


def seeded(text: str, vetter: Vetter) -> Iterator[tuple[str, str]]:
    """A clean passage made faulty, one fault at a time: a number swapped, a "not" dropped, a hedge hardened, another treatment named.

    Only passages that are found supported by evidence are changed, and hedges and treatments only where a benefit is claimed:
    what nobody can check cannot be made wrong, and a warning made firmer is none the worse.
    """
    (first, *more) = vetter.vet(text).sentences or (None,)
    if first is None or more or first.verdict is not Verdict.SUPPORTED:
        return
    benefit = any(
        vetter.base.claims[name].kind in BENEFITS
        for name in first.claims
        if name in vetter.base.claims
    )
    if (number := _NUMBER.search(text)) and float(number[1]) > 1:
        changed = float(number[1]) * 1.6 + 3
        yield "number", f"{text[: number.start(1)]}{changed:.0f}{text[number.end(1) :]}"
    if denied := _NOT.search(text):
        yield "not", f"{text[: denied.start()]}{denied[1] or denied[2]}{text[denied.end() :]}"
    for pattern, harder in _HEDGES if benefit else ():
        if pattern.search(text):
            yield "hedge", pattern.sub(harder, text, count=1)
            break
    if benefit:
        yield from (("treatment", changed) for changed in _other_treatment(text, vetter))


def _other_treatment(text: str, vetter: Vetter) -> Iterator[str]:
    """The text with a treatment's name changed for that of one it is easily taken for."""
    concepts = vetter.base.vocabulary.concepts
    for one in concepts.values():
        for other in (concepts[name] for name in one.distinct):
            for named, instead in ((one, other), (other, one)):
                terms = sorted(named.terms, key=lambda term: (-len(term), term))
                pattern = (
                    re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)
                    if terms and instead.terms
                    else None
                )
                if pattern and pattern.search(text):
                    yield pattern.sub(instead.terms[0], text, count=1)
                    return


def told(measured: Measured, write: Callable[[str], Any]) -> None:
    """Write a measurement as text."""

    def share(value: float | None) -> str:
        return "    –" if value is None else f"{value:5.2f}"

    write(f"{measured.passages} passages")
    write(f"{'':22} precision  recall   right  wrong  missed")
    rows = [
        ("all", measured.overall),
        *((style, measured.by_style[style]) for style in STYLES if style in measured.by_style),
    ]
    for name, tally in [*rows, *sorted(measured.by_category.items())]:
        write(
            f"{name:22} {share(tally.precision):>9}  {share(tally.recall):>6}  {tally.right:6} {tally.wrong:6} {tally.missed:7}"
        )
    for kind, (caught, made) in sorted(measured.seeded.items()):
        write(f"seeded fault: {kind:12} {caught} of {made} caught")
