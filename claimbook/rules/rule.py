"""Rules: each is a page in `pages/`, and a `check` in Python.

A page is Markdown after a head of `name: value` lines:

    subject    the kind of record that the rule is offered: occurrence, claim, finding, ...
    category, severity, verdict
               what its flags are, and what they make of their subject (without: as it was)
    authority  what the rule rests on
    drafts     where it speaks on a draft: of a `sentence`, of a sentence that a recorded claim is
               `covered` by, of the whole `document`, or `no`
    queue      the queue of the citation audit that shows its flags
    cause      the causes it objects to: of several rules with one cause, one flag speaks
    specific   `yes`: speaks before others that are equally grave
    quiet      `yes`: nothing in the base of this project need raise it
    code       the check, as `module.function`; without: the module named as the rule

Any other line is handed to the check by its name. The text has a line that says what is wrong, and
the sections *Why it matters*, *Flagged* and *Passes* (examples, which run as tests) and *Write
instead*.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from importlib.resources import files

from claimbook import records
from claimbook.evidence.index import Index
from claimbook.records import Category, Record, Remark, Severity, Verdict

Check = Callable[[Record, Index], Iterable[Remark]]


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
    specific: bool
    quiet: bool
    module: str
    check: Check

    @property
    def summary(self) -> str:
        """The first line of its page."""
        return self.doc.partition("\n")[0]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name: one for each page."""
    pages = sorted(files(__package__).joinpath("pages").iterdir(), key=lambda page: page.name)
    names = (page.name.removesuffix(".md") for page in pages)
    return {
        name: _rule(name, page.read_text(encoding="utf-8"))
        for name, page in zip(names, pages, strict=True)
    }


def _rule(name: str, page: str) -> Rule:
    """A rule from its page.

    Raises:
        KeyError, ValueError: a line of the head is missing, or says what it cannot.
        ImportError, AttributeError: there is no such check.
    """
    head, _, doc = page.removeprefix("---\n").partition("\n---\n")
    told = dict(line.split(": ", 1) for line in head.splitlines())
    module, _, function = told.pop("code", name.replace("-", "_")).partition(".")
    verdict = told.pop("verdict", "supported")
    return Rule(
        name=name,
        doc=doc.strip(),
        subject=getattr(records, told.pop("subject").capitalize()),
        category=Category(told.pop("category")),
        severity=Severity(told.pop("severity")),
        verdict=next(each for each in Verdict if each.label == verdict),
        authority=told.pop("authority"),
        drafts=Drafts(told.pop("drafts")),
        queue=told.pop("queue", None),
        causes=frozenset(filter(None, told.pop("cause", "").split(", "))),
        specific=told.pop("specific", "") == "yes",
        quiet=told.pop("quiet", "") == "yes",
        module=module,
        check=_check(module, function or "check", told),
    )


def _check(module: str, function: str, told: Mapping[str, str]) -> Check:
    check: Check = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    return partial(check, **told) if told else check
