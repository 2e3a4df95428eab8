"""Rules: each is a page in `pages/`, and a `check` in Python.

A page is Markdown after a head of `name: value` lines:

    subject    the kind of record that the rule is offered: occurrence, claim, finding, ...
    kinds      the kinds of claim that it is offered, or those it is `not`: names of kinds, or
               `benefits`, `offers`, `graded`, `uncheckable`; a page is offered for its passages
    category, severity, verdict
               what its flags are, and what they make of their subject (without: as it was)
    authority  what the rule rests on
    drafts     where it speaks on a draft: of a `sentence`, of a sentence that a recorded claim is
               `covered` by, of the whole `document`, or `no`
    queue      the queue of the citation audit that shows its flags
    cause      the causes it objects to: of several rules with one cause, one flag speaks
    small      `yes`: it objects to a harm that is made to look small
    specific   `yes`: speaks before others that are equally grave
    weighs     `yes`: it weighs what is claimed, so that in a draft it objects only where the claim
               has most of the words
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

from claimbook import records
from claimbook.evidence.index import Index
from claimbook.records import (
    BENEFITS,
    GRADED,
    OFFERS,
    UNCHECKABLE,
    Category,
    Kind,
    Record,
    Remark,
    Severity,
    UserError,
    Verdict,
)

Check = Callable[[Record, Index], Iterable[Remark]]
_GROUPS = {
    "benefits": BENEFITS,
    "offers": OFFERS,
    "graded": GRADED,
    "uncheckable": UNCHECKABLE,
}


class Drafts(StrEnum):
    """What of a draft a rule speaks of."""

    NO = "no"
    SENTENCE = "sentence"
    COVERED = "covered"
    DOCUMENT = "document"


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
    weighs: bool
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


def rule_from(page: Path) -> Rule:
    """The rule of a page.

    Raises:
        UserError: a line of its head is missing, or says what it cannot; there is no such check.
    """
    try:
        return _rule(page.stem, page.read_text(encoding="utf-8"))
    except KeyError as error:
        raise UserError(f"{page}: in its head, {error} is missing or unknown") from error
    except (ValueError, TypeError, ImportError, AttributeError) as error:
        raise UserError(f"{page}: {error}") from error


def _rule(name: str, page: str) -> Rule:
    head, _, doc = page.removeprefix("---\n").partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    module, _, function = fields.pop("code", name.replace("-", "_")).partition(".")
    check = getattr(importlib.import_module(f"{__package__}.{module}"), function or "check")
    rule = Rule(
        name=name,
        doc=doc.strip(),
        subject=getattr(records, fields.pop("subject").capitalize()),
        category=Category(fields.pop("category")),
        severity=Severity(fields.pop("severity")),
        verdict={each.label: each for each in Verdict}[fields.pop("verdict", "supported")],
        authority=fields.pop("authority"),
        drafts=Drafts(fields.pop("drafts")),
        queue=fields.pop("queue", None),
        causes=frozenset(filter(None, fields.pop("cause", "").split(", "))),
        makes_small=fields.pop("small", "") == "yes",
        specific=fields.pop("specific", "") == "yes",
        weighs=fields.pop("weighs", "") == "yes",
        kinds=_kinds(fields.pop("kinds")) if "kinds" in fields else None,
        module=module,
        omits=fields.get("disclosure"),
        check=partial(check, **fields),
    )
    inspect.signature(check).bind(None, None, **fields)  # no line too many, and none too few
    return rule


def _kinds(line: str) -> frozenset[Kind]:
    names = filter(None, line.removeprefix("not ").split(", "))
    kinds = frozenset[Kind]().union(*(_GROUPS.get(name) or {Kind(name)} for name in names))
    return frozenset(Kind) - kinds if line.startswith("not ") else kinds
