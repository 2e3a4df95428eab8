"""Judging a base again after some of its records changed: only what the change can reach.

Of what changes with claims, sources, pages and topics, a rule reads

- for a claim and its passages: what they name, and what a review that they name contains; findings
  on their outcomes, and those that print a passage's figure; claims on the claim's outcome; claims
  that relations join to it, at any distance; and for a passage those of its page;
- for a page: its passages, all that is read for these, and the claims on approval;
- for a source and its findings: the source, and whether a claim rests on it;
- for a topic: the findings that it shows, and those on which its claims rest. Topics are few, and
  all are judged.

`tests/rules/test_recheck.py` changes records at random and holds this against judging everything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from claimbook.evidence.figures import same_figure
from claimbook.records import Base, Claim, Kind
from claimbook.records.grouping import grouped, reachable
from claimbook.rules.check import Report, check

_BY_RECORD = {"claims", "sources", "pages", "topics"}
_READ_BY_NO_RULE = {"reviews", "changes", "inboxes"}


def recheck(before: Report, base: Base) -> Report:
    """What `check` says of a base, from what it said of an earlier state of it.

    Args:
        base: the base as it is; a record counts as changed unless it is the same object.
    """
    old, today, rules = before.base, before.index.today, before.rules_run
    whole = {field.name for field in fields(Base)} - _BY_RECORD - _READ_BY_NO_RULE
    if any(getattr(old, name) != getattr(base, name) for name in whole):
        return check(base, rules, today)
    subjects = reached(old, base)
    after = check(base, rules, today, subjects)
    flags = [flag for flag in before.flags if flag.subject not in subjects]
    flags += after.flags
    flags.sort(key=lambda flag: (flag.at, flag.rule, flag.message))
    return Report(after.index, tuple(flags), rules)


def reached(old: Base, new: Base) -> set[str]:
    """The ids of all subjects of rules of which more, less or something else may be said.

    Those that are gone are among them.
    """
    changed = _changed(old.claims, new.claims)
    sources = _changed(old.sources, new.sources)
    names = {source.id for source in sources}
    sources += (each for each in new.sources.values() if not names.isdisjoint(each.contains))
    keys = {source.id for source in sources}
    findings = [finding for source in sources for finding in source.findings]
    outcomes = {finding.about.outcome for finding in findings}
    claims = [*new.claims.values(), *(c for c in changed if new.claims.get(c.id) is not c)]
    joined = _joined({claim.id for claim in changed}, claims)

    def reads(claim: Claim) -> bool:
        return (
            claim.id in joined
            or claim.about.outcome in outcomes
            or any(o.about and o.about.outcome in outcomes for o in claim.occurrences)
            or not keys.isdisjoint(name.partition("/")[0] for name in claim.named)
            or any(same_figure(o.says, f.says) for o in claim.occurrences for f in findings)
        )

    core = list(filter(reads, claims))
    shared = {o.page for claim in changed for o in claim.occurrences}
    pages = {page.id for page in _changed(old.pages, new.pages)}
    pages |= {o.page for claim in core for o in claim.occurrences}
    if any(claim.kind is Kind.APPROVAL for claim in core):
        pages |= new.pages.keys()
    compared = {claim.about.outcome for claim in changed}
    core += (claim for claim in claims if claim.about.outcome in compared)
    keys |= {link.finding.partition("/")[0] for claim in changed for link in claim.evidence}
    subjects = {claim.id for claim in core} | pages | keys | old.topics.keys() | new.topics.keys()
    subjects |= {o.id for claim in core for o in claim.occurrences}
    subjects |= {o.id for claim in claims for o in claim.occurrences if o.page in shared}
    cited = (source for source in new.sources.values() if source.id in keys)
    subjects |= {finding.key for finding in findings}
    subjects |= {finding.key for source in cited for finding in source.findings}
    return subjects


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Any]:
    """The records that are not the same in both: as they were, and as they are."""
    names = [name for name in {**old, **new} if old.get(name) is not new.get(name)]
    return [records[name] for records in (old, new) for name in names if name in records]


def _joined(names: Iterable[str], claims: Iterable[Claim]) -> set[str]:
    """Some claims and all that relations join to them, directly or through others."""
    pairs = [(claim.id, relation.to) for claim in claims for relation in claim.relations]
    beside = grouped((*pairs, *((other, name) for name, other in pairs)))
    return set(reachable(names, lambda name: beside.get(name, ())))
