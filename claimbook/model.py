"""The records a base is made of, and the values they carry.

Every record is frozen and remembers where it came from (`at`). The border (`claimbook.load`) proves them; they carry no
checks of their own. How each is written is told in `docs/method/records.md`.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Literal

from claimbook.location import NOWHERE, Location

WRITTEN = {
    "set_aside": "set-aside",
    "passed_over": "passed-over",
    "told_by": "told-by",
    "by_denying": "by-denying",
    "exceeds_design": "exceeds-design",
    "with_": "with",
}  # fields that YAML spells otherwise
# Read by the border: a key that no field names is a defect.
BORDER = {"extra": "forbid", "arbitrary_types_allowed": True, "alias_generator": lambda name: WRITTEN.get(name, name)}
FACETS = ("population", "intervention", "comparator", "setting", "outcome")


class Kind(StrEnum):
    """What a claim is about; decides how it is judged."""

    EFFICACY = "efficacy"
    ONSET = "onset"
    DURABILITY = "durability"
    HARM = "harm"
    SAFETY = "safety"
    MECHANISM = "mechanism"
    DOSE = "dose"
    REGIMEN = "regimen"
    ELIGIBILITY = "eligibility"
    CONTRAINDICATION = "contraindication"
    APPROVAL = "approval"
    DEFINITION = "definition"
    COMPARISON = "comparison"
    COST = "cost"
    TESTIMONIAL = "testimonial"
    PRACTICE = "practice"


GRADED = frozenset({Kind.EFFICACY, Kind.ONSET, Kind.DURABILITY, Kind.HARM, Kind.SAFETY, Kind.COMPARISON, Kind.MECHANISM})
BENEFITS = frozenset({Kind.EFFICACY, Kind.ONSET, Kind.DURABILITY, Kind.COMPARISON})
UNCHECKABLE = frozenset({Kind.TESTIMONIAL, Kind.PRACTICE, Kind.COST})


class SourceKind(StrEnum):
    """What a source is."""

    STUDY = "study"
    REVIEW = "review"
    GUIDELINE = "guideline"
    LABEL = "label"
    RULE = "rule"
    NOTICE = "notice"
    REGISTRY = "registry"
    REFERENCE = "reference"


class Design(StrEnum):
    """How a study was done. `authority` is normative text: a guideline, label, rule, notice or definition."""

    REVIEW_OF_TRIALS = "review-of-trials"
    RANDOMISED_TRIAL = "randomised-trial"
    CONTROLLED_COHORT = "controlled-cohort"
    COHORT = "cohort"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    CASE_CONTROL = "case-control"
    CROSS_SECTIONAL = "cross-sectional"
    SURVEY = "survey"
    ANIMAL = "animal"
    LABORATORY = "laboratory"
    NARRATIVE_REVIEW = "narrative-review"
    AUTHORITY = "authority"
    PROTOCOL = "protocol"


class Direction(StrEnum):
    """What happens to an outcome. `unclear`: an authority found too little to tell."""

    REDUCES = "reduces"
    INCREASES = "increases"
    NONE = "none"
    MIXED = "mixed"
    UNCLEAR = "unclear"


class Domain(StrEnum):
    """GRADE's reasons to lower or raise certainty."""

    RISK_OF_BIAS = "risk-of-bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication-bias"
    LARGE_EFFECT = "large-effect"
    DOSE_RESPONSE = "dose-response"
    OPPOSING_CONFOUNDING = "opposing-confounding"


RAISING = frozenset({Domain.LARGE_EFFECT, Domain.DOSE_RESPONSE, Domain.OPPOSING_CONFOUNDING})


class Verdict(IntEnum):
    """What the recorded evidence makes of a passage; the gravest flag wins, so they are in order of gravity."""

    SUPPORTED = 0
    NOT_CHECKABLE = 1
    NOT_CHECKED = 2
    OVERSTATED = 3
    UNSUPPORTED = 4
    CONTRADICTED = 5
    CONTRADICTED_BY_OWN_SOURCE = 6

    @property
    def label(self) -> str:
        """The verdict as the site and the exports write it."""
        return self.name.lower().replace("_", "-")


# --- values -----------------------------------------------------------------------------------------------------------


class Value:
    """What is said of an outcome: an effect, a share, an amount, yes or no, or a set."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of numbers; an end that is `open` is not itself inside."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, number: float) -> bool:
        above = number > self.low if self.low_open else number >= self.low
        return above and (number < self.high if self.high_open else number <= self.high)

    def meets(self, other: "Interval") -> bool:
        """Whether the two ranges share a number."""
        return not (self.before(other) or other.before(self))

    def before(self, other: "Interval") -> bool:
        """Whether all of this range lies below all of the *other*."""
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    @property
    def threshold(self) -> bool:
        """Whether it is one-sided: a limit rather than a range."""
        return math.isinf(self.high)


@dataclass(frozen=True, slots=True)
class Effect(Value):
    """What happens to the outcome."""

    direction: Direction


@dataclass(frozen=True, slots=True)
class Share(Value):
    """A share of people in percent, with the count behind it where one is given; `text` is how it was written."""

    interval: Interval
    text: str
    count: int | None = None
    total: int | None = None
    figure: bool = True  # False for a word such as "most"


@dataclass(frozen=True, slots=True)
class Amount(Value):
    """An amount in the base unit of its dimension; `text` is how it was written."""

    interval: Interval
    dimension: str
    text: str
    figure: bool = True


@dataclass(frozen=True, slots=True)
class Truth(Value):
    """Whether the statement holds."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Members(Value):
    """A set of concepts: `only` these, at least these (`includes`), or none of these (`excludes`)."""

    mode: Literal["only", "includes", "excludes"]
    concepts: frozenset[str]


# --- vocabulary -------------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Word:
    """A vague word and the interval it is read as, with the reason."""

    __pydantic_config__ = BORDER
    id: str
    means: Value
    because: str
    at: Location = NOWHERE


@dataclass(frozen=True)
class Vocabulary:
    """The concepts by id (unique over all facets), the words by id, and rings of words that copy uses for one another."""

    concepts: Mapping[str, Concept]
    words: Mapping[str, Word]
    synonyms: tuple[tuple[str, ...], ...] = ()

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


# --- sources ----------------------------------------------------------------------------------------------------------


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
class Finding:
    """What one source reports about one outcome, in one scope."""

    __pydantic_config__ = BORDER
    id: str
    about: Scope
    says: Value
    where: str
    printed: str | None = None
    plain: str | None = None
    counted: Literal["people", "infusions", "visits", "uses"] = "people"  # what a share is a share of
    read: Literal["direct", "second-hand"] = "direct"
    source: str = ""
    at: Location = NOWHERE

    @property
    def key(self) -> str:
        """How claims refer to it: `source/finding`."""
        return f"{self.source}/{self.id}"


@dataclass(frozen=True, slots=True)
class Participants:
    """How many people took part."""

    __pydantic_config__ = BORDER
    enrolled: int | None = None
    analysed: int | None = None
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the publication still stands, and when and with what that was looked up."""

    __pydantic_config__ = BORDER
    status: Literal["current", "corrected", "concern", "retracted", "superseded", "unknown"] = "unknown"
    checked: date | None = None
    with_: str | None = None
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class RiskOfBias:
    """How far the way it was done may have bent the result, and why."""

    __pydantic_config__ = BORDER
    rating: Literal["low", "serious", "very-serious", "unknown"]
    because: str
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Source:
    """The appraisal of one source and its findings."""

    __pydantic_config__ = BORDER
    id: str
    kind: SourceKind
    design: Design
    text_read: Literal["none", "abstract", "full-text", "excerpt", "second-hand"]
    findings: tuple[Finding, ...]
    people: str | None = None
    regimen: str | None = None
    setting: str | None = None
    centres: int | str | None = None
    recruited: str | None = None
    overlaps: tuple[str, ...] = ()  # sources that may have counted some of the same people
    participants: Participants | None = None
    read_at: str | None = None
    standing: Standing = Standing()
    risk_of_bias: RiskOfBias | None = None
    note: str | None = None
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliographic entry: its type, fields, people by role, and its text as written."""

    key: str
    type: str
    fields: Mapping[str, str]
    persons: Mapping[str, tuple[str, ...]]
    text: str
    at: Location = NOWHERE


# --- pages and claims -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Regimen:
    """What a page offers, to hold beside what was studied."""

    __pydantic_config__ = BORDER
    intervention: str | None = None
    session: str | None = None
    settings: tuple[str, ...] = ()
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sentence of a page that claims nothing that could be checked, and why."""

    __pydantic_config__ = BORDER
    quote: str
    because: str
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Page:
    """A clinic's published page as it was read on a day."""

    __pydantic_config__ = BORDER
    id: str
    clinic: str
    title: str
    read: date
    sha256: str
    address: str | None = None
    regimen: Regimen | None = None
    sections: tuple[str, ...] = ()  # its headings with passages, in reading order
    passed_over: tuple[PassedOver, ...] = ()
    reply: str | None = None
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Link:
    """A finding that bears on a claim, and why it was chosen."""

    __pydantic_config__ = BORDER
    finding: str
    why: str
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that bears on a claim and was not used, and why not."""

    __pydantic_config__ = BORDER
    finding: str
    because: str
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Judgement:
    """One GRADE domain as a person judged it: steps down or up, and the reason."""

    __pydantic_config__ = BORDER
    because: str
    down: Literal[1, 2] | None = None
    up: Literal[1, 2] | None = None
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One page's words for a claim: what it says, and what it cites for it."""

    __pydantic_config__ = BORDER
    id: str
    claim: str
    page: str
    quote: str
    section: str | None = None
    says: Value | None = None
    cites: tuple[str, ...] = ()
    about: Scope | None = None
    note: str | None = None
    at: Location = NOWHERE


UNRESOLVED = "unresolved"  # in `cites`: a bare marker or a dead link


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition, free of anybody's wording, with its evidence and every page's words on it."""

    __pydantic_config__ = BORDER
    id: str
    topic: str
    statement: str
    kind: Kind
    about: Scope
    evidence: tuple[Link, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    certainty: Mapping[Domain, Judgement] = field(default_factory=dict)
    exceeds_design: str | None = None
    checked: str | None = None
    occurrences: tuple[Occurrence, ...] = ()
    at: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Topic:
    """A patient's question and its plain answer.

    Figures stand in the texts as findings in braces (`{source/finding}`). `found` and `harms` are the findings to show side
    by side, `unknown` is what nobody knows, `ask` what to ask a clinic. `claims` are those it rests on, in their order; a topic
    lists every claim of its own folder, and may list others.
    """

    __pydantic_config__ = BORDER
    id: str
    question: str
    answer: str
    claims: tuple[str, ...]
    found: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    unknown: str | None = None
    ask: tuple[str, ...] = ()
    at: Location = NOWHERE

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The texts that carry findings in braces, by the name of their field."""
        asked = (("ask", question) for question in self.ask)
        return (("answer", self.answer), *asked, *([("unknown", self.unknown)] if self.unknown else []))


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
class Term:
    """A word that patients may not know, in the forms in which it is met (the first names it), and what it means in plain words."""

    __pydantic_config__ = BORDER
    id: str
    words: tuple[str, ...]
    means: str
    at: Location = NOWHERE


Record = Claim | Occurrence | Finding | Source | Page | Topic


@dataclass(frozen=True)
class Base:
    """A whole base: every record sound, every reference resolved.

    `texts` holds the text of clinic pages by page id, `snapshots` the same with white space and signs made plain, and
    `figures` the figures that sources print by key, each as far as they are at hand.
    """

    vocabulary: Vocabulary
    topics: Mapping[str, Topic]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    pages: Mapping[str, Page]
    references: Mapping[str, Reference]
    disclosures: Mapping[str, Disclosure] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)  # addresses of records that were renamed, and where they are now
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # headings, and the topics under each in order
    texts: Mapping[str, str] = field(default_factory=dict)
    snapshots: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding by `source/finding`."""
        return {f.key: f for source in self.sources.values() for f in source.findings}

    @cached_property
    def findings_on(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings on each outcome."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings.values():
            if finding.about.outcome:
                found.setdefault(finding.about.outcome, []).append(finding)
        return {outcome: tuple(some) for outcome, some in found.items()}

    @cached_property
    def occurrences(self) -> Mapping[str, Occurrence]:
        """Every occurrence by id, in the order of the claims."""
        return {o.id: o for claim in self.claims.values() for o in claim.occurrences}

    @cached_property
    def by_page(self) -> Mapping[str, tuple[Occurrence, ...]]:
        """The occurrences of each page."""
        found: dict[str, list[Occurrence]] = {page: [] for page in self.pages}
        for occurrence in self.occurrences.values():
            found[occurrence.page].append(occurrence)
        return {page: tuple(some) for page, some in found.items()}

    @cached_property
    def memo(self) -> dict[object, object]:
        """What rules have worked out about this base, so that it is worked out once."""
        return {}

    def claim_of(self, occurrence: Occurrence) -> Claim:
        """The claim that an occurrence makes."""
        return self.claims[occurrence.claim]

    def scope_of(self, occurrence: Occurrence) -> Scope:
        """The claim's scope, with the facets in which the passage differs."""
        about = self.claims[occurrence.claim].about
        return occurrence.about.within(about) if occurrence.about else about
