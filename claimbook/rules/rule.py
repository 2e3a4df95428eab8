"""Rules: each is a page in `pages/`, and a `check` in Python.

A page is Markdown after a head of `name: value` lines:

    subject    the kind of record that the rule is offered: occurrence, claim, finding, ...
    kinds      the kinds of claim that it is offered, or those it is `not`: names of kinds, or
               `benefits`, `offers`, `graded`, `uncheckable`; a page is offered for its passages
    category, severity, verdict
               what its flags are, and what they make of their subject (without: as it was)
    authority  what the rule rests on
    drafts     where it speaks on a draft: of a `sentence`, of one that a recorded claim covers
               (`covered`) or none (`uncovered`; of drafts only), of the whole `document`, or `no`
    queue      the queue of the citation audit that shows its flags
    cause      the causes it objects to: of several rules with one cause, one flag speaks
    small      `yes`: it objects to a harm that is made to look small
    specific   `yes`: speaks before others that are equally grave
    doubt      what makes it doubtful on a draft: `words`, few of the copy's words are those of the
               claim; `manner`, the copy reads like copy that promises no more than it may;
               `far-manner`, it reads far less like a promise than that
    code       the check, as `module.function`; without: the module named as the rule

Any other line is handed to the check by its name. The text has a line that says what is wrong, and
the sections *Why it matters*, *Flagged* and *Passes* (examples, which run as tests) and *Write
instead*.
"""

import importlib
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from claimbook.evidence.index import Index
from claimbook.language import phrases as lists
from claimbook.records import (
    BENEFITS,
    GRADED,
    OFFERS,
    UNCHECKABLE,
    Category,
    Claim,
    Finding,
    Kind,
    Occurrence,
    Page,
    Record,
    Remark,
    Severity,
    Source,
    Topic,
    UserError,
    Verdict,
    did_you_mean,
)
from claimbook.records.display import listed

Check = Callable[[Record, Index], Iterable[Remark]]
_GROUPS = {"benefits": BENEFITS, "offers": OFFERS, "graded": GRADED, "uncheckable": UNCHECKABLE}
_SUBJECTS: Mapping[str, type[Record]] = {
    each.__name__.lower(): each for each in (Occurrence, Claim, Finding, Source, Page, Topic)
}
_KEYS = {  # of a head; the check takes the others
    *("subject", "kinds", "category", "severity", "verdict", "authority", "drafts", "queue"),
    *("cause", "small", "specific", "doubt", "code"),
}
T = TypeVar("T")


class Drafts(StrEnum):
    """What of a draft a rule speaks of."""

    NO = "no"
    SENTENCE = "sentence"
    COVERED = "covered"
    UNCOVERED = "uncovered"
    DOCUMENT = "document"


class DoubtedFor(StrEnum):
    """Why a rule is not sure of what it says of a draft."""

    WORDS = "words"
    MANNER = "manner"
    FAR_MANNER = "far-manner"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as its page declares it; `module` is where its check is."""

    name: str
    doc: str
    subject: type[Record]
    category: Category
    severity: Severity
    verdict: Verdict
    authority: str
    drafts: Drafts
    queue: str | None
    causes: frozenset[str]
    makes_small: bool
    specific: bool
    doubt: frozenset[DoubtedFor]
    kinds: frozenset[Kind] | None  # of the records that it is offered; None: all records
    module: str
    omits: str | None  # the kind of disclosure that it misses on a page
    check: Check

    def takes(self, kinds: frozenset[Kind]) -> bool:
        """Whether it is offered a record of some kinds of claim."""
        return self.kinds is None or not self.kinds.isdisjoint(kinds)

    @property
    def summary(self) -> str:
        """The first line of its page."""
        return self.doc.partition("\n")[0]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name: one for each page."""
    return {page.stem: rule_from(page) for page in sorted(Path(__file__).parent.glob("pages/*.md"))}


@cache
def rules_of_bases() -> tuple[str, ...]:
    """The names of the rules that a base is checked by: all but those on drafts only."""
    return tuple(name for name, each in all_rules().items() if each.drafts is not Drafts.UNCOVERED)


def rule_from(page: Path) -> Rule:
    """The rule of a page.

    Raises:
        UserError: a line of its head is missing, or says what it cannot; there is no such check.
    """
    text = page.read_text(encoding="utf-8")
    head, end, doc = text.removeprefix("---\n").partition("\n---\n")
    if not end or not text.startswith("---\n"):
        raise UserError(f"{page}:1: no head; begin and end it with a line of three hyphens")
    return _rule(_Head(page, head), doc.strip())


class _Head:
    """The `name: value` lines of a head. Whoever takes one that is wrong is told its line."""

    def __init__(self, page: Path, text: str) -> None:
        self.page = page
        self.fields: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        for number, line in enumerate(text.splitlines(), 2):
            key, colon, value = line.partition(": ")
            if not colon:
                raise UserError(f"{page}:{number}: {line!r} has no value; write name: value")
            self.fields[key], self._lines[key] = value, number

    def fault(self, key: str, message: str, repair: str) -> UserError:
        """An error at a line, or at the top where there is no such line."""
        return UserError(f"{self.page}:{self._lines.get(key, 1)}: {message}; {repair}")

    def get(self, key: str) -> str:
        """What a line says that every head has."""
        if key not in self.fields:
            raise self.fault(key, f"the head has no {key}", f"add a line {key}: ...")
        return self.fields[key]

    def said(self, key: str) -> bool:
        """What a line says that is `yes` or left out."""
        if self.fields.get(key, "yes") != "yes":
            raise self.fault(key, f"{key} is yes, or is left out", "delete the line")
        return key in self.fields

    def one_of(self, key: str, choices: Mapping[str, T], name: str | None = None) -> T:
        """What the value of a line, or one *name* in it, stands for."""
        name = self.get(key) if name is None else name
        if name not in choices:
            repair = did_you_mean(name, choices) or "write one of them"
            raise self.fault(key, f"{key} is {listed(choices, 'or')}, not {name!r}", repair)
        return choices[name]


def _rule(head: _Head, doc: str) -> Rule:
    module, check = _check(head)
    fields = {key: value for key, value in head.fields.items() if key not in _KEYS}
    verdict = head.fields.get("verdict", Verdict.SUPPORTED.label)
    causes = head.fields.get("cause", "").split(", ")
    doubts = filter(None, head.fields.get("doubt", "").split(", "))
    return Rule(
        name=head.page.stem,
        doc=doc,
        subject=head.one_of("subject", _SUBJECTS),
        category=head.one_of("category", {each.value: each for each in Category}),
        severity=head.one_of("severity", {each.value: each for each in Severity}),
        verdict=head.one_of("verdict", {each.label: each for each in Verdict}, verdict),
        authority=head.get("authority"),
        drafts=head.one_of("drafts", {each.value: each for each in Drafts}),
        queue=head.fields.get("queue"),
        causes=frozenset(filter(None, causes)),
        makes_small=head.said("small"),
        specific=head.said("specific"),
        doubt=frozenset(
            head.one_of("doubt", {each.value: each for each in DoubtedFor}, name) for name in doubts
        ),
        kinds=_kinds(head) if "kinds" in head.fields else None,
        module=module,
        omits=fields.get("disclosure"),
        check=partial(check, **fields),
    )


def _check(head: _Head) -> tuple[str, Callable[..., Iterable[Remark]]]:
    """The module and the function of a check, which takes the other lines of the head."""
    code = head.fields.get("code", head.page.stem.replace("-", "_"))
    module, _, function = code.partition(".")
    try:
        held = importlib.import_module(f"{__package__}.{module}")
    except ImportError as error:
        if error.name != f"{__package__}.{module}":
            raise UserError(f"{head.page}: {error}") from error
        known = {path.stem for path in Path(__file__).parent.glob("*.py")}
        repair = (
            did_you_mean(module, known) or "write it, or name another, as code: module.function"
        )
        message = f"the check is to be in claimbook/rules/{module}.py, which is not there"
        raise head.fault("code", message, repair) from error
    check = getattr(held, function or "check", None)
    if check is None:
        repair = did_you_mean(function, vars(held)) or "write it, or name another"
        message = f"claimbook/rules/{module}.py has no function {function or 'check'!r}"
        raise head.fault("code", message, repair)
    lines = list(inspect.signature(check).parameters.values())[2:]
    names = {each.name for each in lines}
    for key in head.fields.keys() - _KEYS - names:
        repair = did_you_mean(key, _KEYS | names) or "delete the line"
        raise head.fault(key, f"nothing reads {key!r}", repair)
    for each in lines:
        if each.default is each.empty:
            head.get(each.name)
    if (name := head.fields.get("phrases")) and not lists.place(name).exists():
        path = f"claimbook/language/en/{name}.txt"
        repair = did_you_mean(name, lists.names()) or "write that file"
        raise head.fault("phrases", f"there is no list {path}", repair)
    return module, check


def _kinds(head: _Head) -> frozenset[Kind]:
    line = head.get("kinds")
    choices = {**_GROUPS, **{each.value: frozenset({each}) for each in Kind}}
    names = filter(None, line.removeprefix("not ").split(", "))
    kinds = frozenset[Kind]().union(*(head.one_of("kinds", choices, name) for name in names))
    return frozenset(Kind) - kinds if line.startswith("not ") else kinds
