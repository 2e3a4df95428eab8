"""Claims with every page's words on them, the pages, and the questions they answer."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from claimbook.records.quotes import REFERENCE
from claimbook.records.record import YEAR, Written, computed, spelt
from claimbook.records.values import Amount, Value
from claimbook.records.vocabulary import Scope


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
    UTILISATION = "utilisation"  # where, how and how often others use the treatment
    TESTIMONIAL = "testimonial"
    PRACTICE = "practice"


BENEFITS = frozenset({Kind.EFFICACY, Kind.ONSET, Kind.DURABILITY, Kind.COMPARISON})
OFFERS = BENEFITS | {  # what a page says of a treatment that it offers
    *(Kind.SAFETY, Kind.DOSE, Kind.REGIMEN, Kind.ELIGIBILITY),
    *(Kind.COST, Kind.UTILISATION, Kind.PRACTICE),
}
DANGERS = frozenset({Kind.HARM, Kind.SAFETY, Kind.CONTRAINDICATION})
GRADED = BENEFITS | {Kind.HARM, Kind.SAFETY, Kind.MECHANISM}
DESCRIPTIONS = frozenset({Kind.DEFINITION, Kind.UTILISATION})  # told only by who looked or counted
UNCHECKABLE = frozenset({Kind.TESTIMONIAL, Kind.PRACTICE, Kind.COST})


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


@dataclass(frozen=True, slots=True)
class EvidenceLink(Written):
    """A finding that bears on a claim, and why it was chosen."""

    finding: str
    why: str


@dataclass(frozen=True, slots=True)
class SetAside(Written):
    """A finding that bears on a claim and was not used, and why not."""

    finding: str
    because: str


@dataclass(frozen=True, slots=True)
class Judgement(Written):
    """One GRADE domain as a person judged it: steps down or up, and the reason."""

    because: str
    down: Literal[1, 2] | None = None
    up: Literal[1, 2] | None = None


class RelationKind(StrEnum):
    """How one claim bears on another; `apart`: it was considered, and does not."""

    OPPOSES = "opposes"  # both cannot be so
    IN_TENSION = "in-tension"  # both may be so, but they lead a reader two ways
    DIFFERS = "differs"  # the same matter, of another size, reach or certainty
    OTHER_SCOPE = "other-scope"  # of other people, another form or another moment
    NARROWER = "narrower"  # a case of the other
    IMPLIES = "implies"  # cannot be so without the other
    SUGGESTS = "suggests"  # lets a reader expect the other, and does not make it so
    APART = "apart"


@dataclass(frozen=True, slots=True)
class RelatedPassage(Written):
    """A passage by its page, by words of its quote and, where two claims have it, by its claim."""

    page: str
    quote: str
    claim: str | None = None

    def names(self, passage: "Occurrence") -> bool:
        """Whether a passage is of this page and has these words."""
        of_claim = self.claim in (None, passage.claim)
        return of_claim and passage.page == self.page and self.quote in passage.quote


@dataclass(frozen=True, slots=True)
class ClaimRelation(Written):
    """How a claim bears on another, and why; written once, at either of the two.

    `small`: where they differ, nothing follows for a patient. `grave`: whoever follows the wrong
    one may come to harm, also where the kinds of the claims do not tell so. `passages`: those of
    the two claims that bear on each other, and what is shown first; without it all of them, as they
    stand.
    """

    to: str
    how: RelationKind
    because: str
    small: bool | None = None
    grave: bool | None = None
    passages: tuple[RelatedPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth(Written):
    """What the evidence makes of a claim's statement, in one plain sentence that a person wrote.

    `not-shown`: studies were looked for, and none shows it. `out-of-scope`: this base does not look
    at the question.
    """

    is_: Literal["yes", "no", "not-shown", "mixed", "out-of-scope"] = field(metadata=spelt("is"))
    line: str


@dataclass(frozen=True, slots=True)
class Search(Written):
    """When, where and for what evidence on a claim was last searched."""

    on: date
    where: tuple[str, ...]
    for_: str = field(metadata=spelt("for"))
    inboxes: tuple[str, ...] = ()  # that hold what was found, and what was decided of it


@dataclass(frozen=True, slots=True)
class SafeWording(Written):
    """A sentence that a clinic may use, written by a person and whole in itself.

    It rests on findings, and may be offered for the treatments that it `fits` and narrower ones;
    without any, wherever its claim is made.
    """

    text: str
    rests_on: tuple[str, ...] = field(metadata=spelt("rests-on"))
    fits: tuple[str, ...] = ()

    def suits(self, treatments: Collection[str]) -> bool:
        """Whether it may be offered for some treatments, given with all that are broader."""
        return not self.fits or not set(self.fits).isdisjoint(treatments)


@dataclass(frozen=True, slots=True)
class Withdrawal(Written):
    """Since when this base no longer stands by a claim, and why."""

    on: date
    because: str


UNRESOLVED = "unresolved"  # in `cites`: a bare marker or a dead link


@dataclass(frozen=True, slots=True)
class Occurrence(Written):
    """One page's words for a claim: what it says, and what it cites for it.

    `reported`: they tell what some people do, and neither offer nor advise it.
    """

    id: str = field(metadata=computed("leave it out"))
    claim: str = field(metadata=computed("leave it out"))
    page: str
    quote: str
    section: str | None = None
    says: Value | None = None
    cites: tuple[str, ...] = ()
    about: Scope | None = None
    reported: bool | None = None
    note: str | None = None

    def __hash__(self) -> int:  # quick; equal by every field
        return hash(self.id)

    @property
    def cited(self) -> tuple[str, ...]:
        """The sources that it cites; a citation that leads nowhere is none."""
        return tuple(key for key in self.cites if key != UNRESOLVED)


@dataclass(frozen=True, slots=True)
class Claim(Written):
    """One proposition, free of anybody's wording, with its evidence and every page's words.

    `differences` tells in plain words how pages differ on it, and what to ask.
    """

    id: str = field(metadata=computed("the file's name is the id"))
    topic: str = field(metadata=computed("the folder's name is the topic"))
    statement: str
    kind: Kind
    about: Scope
    truth: Truth | None = None
    searched: Search | None = None
    relations: tuple[ClaimRelation, ...] = ()
    evidence: tuple[EvidenceLink, ...] = ()
    set_aside: tuple[SetAside, ...] = field(default=(), metadata=spelt("set-aside"))
    certainty: Mapping[Domain, Judgement] = field(default_factory=dict)
    exceeds_design: str | None = field(default=None, metadata=spelt("exceeds-design"))
    review_by: date | None = field(default=None, metadata=spelt("review-by"))
    withdrawn: Withdrawal | None = None
    say: tuple[SafeWording, ...] = ()
    differences: str | None = None
    occurrences: tuple[Occurrence, ...] = ()

    def __hash__(self) -> int:  # a mapping is among its fields; equal by every field
        return hash(self.id)

    def tells_timetable(self, occurrence: "Occurrence") -> bool:
        """Whether a passage on it tells when and how often the clinic gives the treatment.

        Times and counts are the clinic's timetable, unless it cites a study for them.
        """
        timetable = self.kind is Kind.REGIMEN and isinstance(occurrence.says, Amount)
        return timetable and not occurrence.cites

    @property
    def mentioned(self) -> tuple[str, ...]:
        """The findings that it rests on, then those that it sets aside."""
        rests_on = (each.finding for each in self.evidence)
        return (*rests_on, *(each.finding for each in self.set_aside))

    @property
    def named(self) -> Iterator[str]:
        """The findings, sources and claims that it and its passages name, some more than once."""
        yield from self.mentioned
        yield from (key for say in self.say for key in say.rests_on)
        yield from (each.to for each in self.relations)
        yield from (key for occurrence in self.occurrences for key in occurrence.cites)

    @property
    def due(self) -> date | None:
        """The last day before it is to be reviewed: as written, else a year after its search."""
        return self.review_by or (self.searched.on + YEAR if self.searched else None)


@dataclass(frozen=True, slots=True)
class AnswerList(Written):
    """What an answer lists, to be seen at one look: a heading, and the points under it."""

    heading: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic(Written):
    """A patient's question and its plain answer.

    Figures stand in the texts as findings in braces (`{source/finding}`). `found` and `harms` are
    the findings to show side by side, the most telling first; `unknown` is what nobody knows,
    `would_change` which study would change the answer, `ask` what to ask a clinic. `claims` are
    those it rests on, in their order; a topic lists every claim of its own folder, and may list
    others. `truth_of` is the one of them that answers the question: yes, no or not shown, or of a
    harm that there is one. A question that asks for more than that has none. By
    `asked_as`, other words in which patients ask it, the search finds it; they are never shown.
    `lists` stand at once under the first line of the answer, as the signs for which to call; every
    number in `phones` can be called from any question that names it. A question that is `urgent`,
    as when to call for help, is linked from every other and the front.
    """

    id: str = field(metadata=computed("the folder's name is the id"))
    question: str
    answer: str
    claims: tuple[str, ...]
    truth_of: str | None = field(default=None, metadata=spelt("truth-of"))
    found: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    unknown: str | None = None
    would_change: str | None = field(default=None, metadata=spelt("would-change"))
    ask: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = field(default=(), metadata=spelt("asked-as"))
    urgent: bool = False
    lists: tuple[AnswerList, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def whole_answer(self) -> str:
        """The answer with what it lists, in paragraphs."""
        lists = (f"{each.heading}. {' '.join(each.points)}" for each in self.lists)
        return "\n".join((self.answer, *lists))

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The texts that carry findings in braces, by the name of their field."""
        more = {"unknown": self.unknown, "would-change": self.would_change}
        written = [(name, text) for name, text in more.items() if text]
        for each in self.lists:
            written += [("lists", text) for text in (each.heading, *each.points)]
        return (("answer", self.answer), *(("ask", text) for text in self.ask), *written)

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that it shows or names in a text, each once."""
        named = (key for _, text in self.texts for key in REFERENCE.findall(text))
        return tuple(dict.fromkeys((*self.found, *self.harms, *named)))


@dataclass(frozen=True, slots=True)
class Matter(Written):
    """What a patient decides by: a short question, and the claims with which pages answer it.

    The most telling claim stands first. `truth_of` is the one whose truth line answers for the
    evidence.
    """

    id: str = field(metadata=computed("leave it out"))
    question: str
    claims: tuple[str, ...]
    truth_of: str = field(metadata=spelt("truth-of"))


@dataclass(frozen=True, slots=True)
class Correction(Written):
    """What was wrong in published records, and what was changed, on a day.

    `about` holds addresses of records (`claims/<id>`). Who asked is named only with their leave.
    """

    id: str = field(metadata=computed("leave it out"))
    on: date
    wrong: str
    changed: str
    about: tuple[str, ...] = ()
    thanks_to: str | None = field(default=None, metadata=spelt("thanks-to"))


@dataclass(frozen=True, slots=True)
class OfferedRegimen(Written):
    """What a page offers, to hold beside what was studied; `named` are treatments of a draft."""

    intervention: str | None = None
    session: str | None = None
    settings: tuple[str, ...] = ()
    named: tuple[str, ...] = field(default=(), metadata=computed("leave it out"))


@dataclass(frozen=True, slots=True)
class PassedOver(Written):
    """A sentence of a page that claims nothing that could be checked, and why."""

    quote: str
    because: str


@dataclass(frozen=True, slots=True)
class Page(Written):
    """A clinic's published page as it was read on a day."""

    id: str = field(metadata=computed("the file's name is the id"))
    clinic: str
    title: str
    read: date
    sha256: str
    address: str | None = None
    regimen: OfferedRegimen | None = None
    sections: tuple[str, ...] = ()  # its headings with passages, in reading order
    passed_over: tuple[PassedOver, ...] = field(default=(), metadata=spelt("passed-over"))
    reply: str | None = None
