"""What rests on a source, a finding or a claim, and what falls without it.

`without` makes the base without it, the same `check` judges that base again, and `consequences`
compares the two. What people wrote and no rule can judge is part of what `all_dependents` lists: it
is to be read again.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from claimbook.evidence.appraisal import appraise, rating
from claimbook.evidence.groups import overlapping
from claimbook.evidence.harms import HarmStatus, harm_status
from claimbook.evidence.index import Index
from claimbook.records import (
    UNRESOLVED,
    Amount,
    Base,
    Category,
    Claim,
    ConceptSet,
    Occurrence,
    Reference,
    Share,
    Topic,
    Verdict,
    Written,
    display,
)
from claimbook.rules.check import Report, check

# What people wrote, in the order in which it is listed; no rule can judge it again.
WRITTEN = ("truth line", "answer", "grading", "disclosure", "board row")
NO_STATUS = "not known as a harm"
NOT_RATED = "not rated"
_FACT = 5  # above every certainty
_YEAR = re.compile(r"\b\d{4}\b")
_Part = TypeVar("_Part", bound=Written)


@dataclass(frozen=True, slots=True)
class Dependent:
    """What rests on something: a kind of thing, the record that it is of or in, and its words."""

    kind: str  # claim, passage, wording, or one of `WRITTEN`
    record: str
    text: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What is said otherwise without something: of which record, before and after, and why."""

    kind: str  # verdict, wording, certainty, harm status, contradiction
    record: str
    before: str
    after: str
    because: str = ""


# --- the base without it --------------------------------------------------------------------------


def without(base: Base, keys: frozenset[str]) -> Base:
    """The base as if nobody had recorded some sources, findings or claims.

    A passage that cites such a source cites something unknown. Wording to use that rests on such a
    finding, even in part, goes with it. Sentences of answers stay as they are written. Records that
    do not change are the same objects.

    Args:
        base: any base; it stays as it is.
        keys: keys of sources, of findings (`source/finding`) and ids of claims; what is not there
            is passed over.
    """
    findings = findings_of(base, keys)
    gone = keys | findings

    def less(record: _Part, *fields: str, **parts: Any) -> _Part:
        """A record with other parts, and without the names in some fields that lead nowhere now."""
        names = {name: getattr(record, name) for name in fields}
        kept = {key: tuple(n for n in some if n not in gone) for key, some in names.items()}
        return _with(record, **kept, **parts)

    def cites(occurrence: Occurrence) -> tuple[str, ...]:
        if keys.isdisjoint(occurrence.cites):
            return occurrence.cites
        return tuple(dict.fromkeys(UNRESOLVED if key in keys else key for key in occurrence.cites))

    def claim_without(claim: Claim) -> Claim:
        return _with(
            claim,
            evidence=tuple(link for link in claim.evidence if link.finding not in findings),
            set_aside=tuple(link for link in claim.set_aside if link.finding not in findings),
            say=tuple(say for say in claim.say if findings.isdisjoint(say.rests_on)),
            relations=tuple(each for each in claim.relations if each.to not in keys),
            occurrences=tuple(_with(each, cites=cites(each)) for each in claim.occurrences),
        )

    def topic_without(topic: Topic) -> Topic:
        truth_of = None if topic.truth_of in keys else topic.truth_of
        return less(topic, "found", "harms", "claims", truth_of=truth_of)

    changed = {claim.id: claim_without(claim) for claim in _naming(base, gone)}
    claims = {name: claim for name, claim in {**base.claims, **changed}.items() if name not in keys}
    sources = {
        key: less(
            source,
            *("overlaps", "contains"),
            findings=tuple(each for each in source.findings if each.key not in findings),
        )
        for key, source in base.sources.items()
        if key not in keys
    }
    return replace(
        base,
        claims=claims,
        sources=sources,
        topics={name: topic_without(topic) for name, topic in base.topics.items()},
        references={key: each for key, each in base.references.items() if key in sources},
        figures={key: figures for key, figures in base.figures.items() if key in sources},
        disclosures={
            name: less(each, "authority", "told_by", "promised_by")
            for name, each in base.disclosures.items()
        },
        matters={
            name: less(matter, "claims")
            for name, matter in base.matters.items()
            if matter.truth_of not in keys
        },
        redirects={
            old: new for old, new in base.redirects.items() if new.partition("/")[2] not in keys
        },
    )


def findings_of(base: Base, keys: frozenset[str]) -> frozenset[str]:
    """The findings that go with some sources and findings."""
    sources = (base.sources[key] for key in keys if key in base.sources)
    own = (finding.key for source in sources for finding in source.findings)
    return frozenset(chain(own, keys & base.findings.keys()))


def _naming(base: Base, keys: frozenset[str]) -> list[Claim]:
    """The claims that are or name some of these, in the order of the base."""
    near = keys.union(*(base.naming.get(key, ()) for key in keys))
    return [claim for name, claim in base.claims.items() if name in near]


def _with(record: _Part, **parts: Any) -> _Part:
    """A record with other parts; the record itself where they are the same."""
    same = all(getattr(record, name) == part for name, part in parts.items())
    return record if same else replace(record, **parts)


def study_group(key: str, base: Base) -> tuple[str, ...]:
    """A source and all that may have counted the same people, directly or through others."""
    return next((group for group in overlapping(base.sources, base) if key in group), (key,))


def published_after(year: int, base: Base) -> tuple[str, ...]:
    """The sources that were published after a year, or whose year is not known."""
    years = {key: year_of(reference) for key, reference in base.references.items()}
    return tuple(key for key, published in years.items() if published is None or published > year)


def year_of(reference: Reference) -> int | None:
    """The year in which a source was published, the last where several are given; None: unknown."""
    date = reference.fields.get("year") or reference.fields.get("date", "")
    return max(map(int, _YEAR.findall(date)), default=None)


# --- what rests on it -----------------------------------------------------------------------------


def all_dependents(report: Report, keys: frozenset[str]) -> tuple[Dependent, ...]:
    """All that rests on some sources, findings and claims: claims first, then what people wrote."""
    base, findings = report.base, findings_of(report.base, keys)
    near = _naming(base, keys | findings)
    claims = {
        claim.id: claim
        for claim in near
        if claim.id in keys or any(link.finding in findings for link in claim.evidence)
    }
    rests = [
        Dependent("claim", name, _sureness(claim, report.index)) for name, claim in claims.items()
    ]
    for occurrence in (passage for claim in near for passage in claim.occurrences):
        if occurrence.claim in claims or not keys.isdisjoint(occurrence.cites):
            rests += _of_passage(occurrence, keys, report)
    wording = [
        Dependent("wording", claim.id, say.text)
        for claim in near
        for say in claim.say
        if claim.id in keys or not findings.isdisjoint(say.rests_on)
    ]
    worded = dict.fromkeys((*claims, *(rest.record for rest in wording)))
    truths = ((name, base.claims[name].truth) for name in worded)
    rests += wording
    rests += (Dependent("truth line", name, truth.line) for name, truth in truths if truth)
    for topic in base.topics.values():
        if why := _why_answer(topic, claims, keys, findings):
            rests.append(Dependent("answer", topic.id, why))
    rests += (
        Dependent("grading", name, f"judged with it: {display.listed(claim.certainty)}")
        for name, claim in claims.items()
        if claim.certainty and name not in keys
    )
    rests += (
        Dependent("disclosure", each.id, each.label)
        for each in base.disclosures.values()
        if not keys.isdisjoint((*each.authority, *each.told_by, *each.promised_by))
    )
    rests += (
        Dependent("board row", matter.id, matter.question)
        for matter in base.matters.values()
        if not keys.isdisjoint(matter.claims)
    )
    return tuple(rests)


def _sureness(claim: Claim, index: Index) -> str:
    """What is shown of how sure a claim is: the status of a harm, or the certainty."""
    status = harm_status(claim, index)
    return status.value if status else _certainty(claim, index)[1]


def _certainty(claim: Claim, index: Index) -> tuple[int, str, str]:
    """The certainty as a number, in words, and the reasons for it."""
    rated = rating(claim, index)
    if not rated:
        return _FACT, NOT_RATED, ""
    label, why = rated.certainty.label, "; ".join(step.because for step in rated.steps)
    return rated.certainty, f"{label} certainty" if rated.certainty else label, why


def _status(claim: Claim, index: Index) -> tuple[int, str, str]:
    """The status of a harm as a number, and in words."""
    surest_first = [*map(str, HarmStatus), NO_STATUS]
    status = str(harm_status(claim, index) or NO_STATUS)
    return -surest_first.index(status), status, ""


_SURENESS: Mapping[str, Callable[[Claim, Index], tuple[int, str, str]]] = {
    "certainty": _certainty,
    "harm status": _status,
}


def _of_passage(
    occurrence: Occurrence, keys: frozenset[str], report: Report
) -> Iterator[Dependent]:
    deciding = (each.evidence.finding for each in appraise(occurrence, report.index).deciding)
    ways = {
        "makes the claim": occurrence.claim in keys,
        "decided by it": any(f.key in keys or f.source in keys for f in deciding),
        "cites it": not keys.isdisjoint(occurrence.cites),
    }
    if any(ways.values()):
        text = ", ".join(way for way, holds in ways.items() if holds)
        yield Dependent("passage", occurrence.id, f"{report.verdict(occurrence).label} ({text})")


def _why_answer(
    topic: Topic, claims: Collection[str], keys: frozenset[str], findings: Collection[str]
) -> str:
    """How an answer rests on it; empty where it does not."""
    named = [key for key in topic.findings if key in findings]
    named += (f"the claim {name}" for name in topic.claims if name in keys)
    if topic.truth_of in claims and topic.truth_of not in keys:
        named.append(f"what is said of {topic.truth_of}")
    return f"shows {display.listed(named)}" if named else ""


# --- what changes without it ----------------------------------------------------------------------


def consequences(
    report: Report, keys: frozenset[str], everywhere: bool = True
) -> tuple[Consequence, ...]:
    """What the rules say otherwise without some sources, findings or claims, gravest first.

    Args:
        keys: as `without` takes them.
        everywhere: judge the whole base again. Otherwise only the passages that can be reached are
            judged, which for sources and findings gives the same, and no disagreements are sought.
    """
    base, reduced = report.base, without(report.base, keys)
    passages = None if everywhere else _reached(report, reduced)
    after = check(reduced, subjects=passages)
    changed = [
        (base.claims[name], claim)
        for name, claim in reduced.claims.items()
        if claim is not base.claims[name]
    ]
    return (
        *_verdicts(report, after, reduced.occurrences if passages is None else passages),
        *(
            Consequence("wording", was.id, "offered", "not offered", say.text)
            for was, is_ in changed
            for say in was.say
            if say not in is_.say
        ),
        *(each for kind in _SURENESS for each in _less_sure(kind, changed, report, after)),
        *(_contradictions(report, after) if everywhere else ()),
    )


def _reached(report: Report, reduced: Base) -> list[str]:
    """The passages on which something may be said otherwise: some more than those on which it is.

    Rules read of a passage what its claim rests on, what it cites, and the authors whom its words
    may name; where it says a figure or a list, also what its claim sets aside and the findings on
    its outcome.
    """
    base = report.base
    findings = base.findings.keys() - reduced.findings.keys()
    outcomes = {base.findings[key].about.outcome for key in findings}
    authors = [
        name
        for name, sources in report.index.by_author.items()
        if reduced.references.keys().isdisjoint(sources)
    ]
    near = {name for each in outcomes for name in report.index.on_outcome.get(each, ())}

    def reached(passage: Occurrence, claim: Claim, was: Claim) -> bool:
        figures = isinstance(passage.says, Share | Amount | ConceptSet)
        return (
            claim.evidence != was.evidence
            or passage != base.occurrences[passage.id]
            or any(author in passage.quote for author in authors)
            or (figures and claim.set_aside != was.set_aside)
            or (figures and reduced.scope_of(passage).outcome in outcomes)
        )

    return [
        passage.id
        for name, claim in reduced.claims.items()
        if authors or name in near or claim is not base.claims[name]
        for passage in claim.occurrences
        if reached(passage, claim, base.claims[name])
    ]


def _verdicts(before: Report, after: Report, passages: Iterable[str]) -> Iterator[Consequence]:
    """Changed verdicts: the worse ones first, and of these the gravest."""
    pairs = []
    for name in passages:
        was, is_ = (each.verdict(each.base.occurrences[name]) for each in (before, after))
        if was is not is_:
            pairs.append((is_ < was, -is_, name, was))
    for _, grade, name, was in sorted(pairs):
        is_ = Verdict(-grade)
        flags = after.by_occurrence.get(name, ())
        why = (flag.message for flag in flags if flag.subject == name and flag.verdict is is_)
        yield Consequence("verdict", name, was.label, is_.label, next(why, ""))


def _less_sure(
    kind: str, changed: Iterable[tuple[Claim, Claim]], before: Report, after: Report
) -> Iterator[Consequence]:
    """Changed certainties or statuses, the largest fall first."""
    rows = []
    for was, is_ in changed:
        high, old, _ = _SURENESS[kind](was, before.index)
        low, new, because = _SURENESS[kind](is_, after.index)
        if old != new:
            rows.append((low - high, was.id, old, new, because))
    return (Consequence(kind, *row) for _, *row in sorted(rows))


def _contradictions(before: Report, after: Report) -> Iterator[Consequence]:
    """Disagreements of pages that vanish, and that appear."""
    was, is_ = (
        [
            (flag.rule, flag.subject, flag.message)
            for flag in report.flags
            if flag.category is Category.DISAGREEMENT
        ]
        for report in (before, after)
    )
    for key in (*was, *is_):
        if key not in was or key not in is_:
            states = ("there", "gone") if key in was else ("not there", "there")
            yield Consequence("contradiction", key[1], *states, key[2])


# --- in words -------------------------------------------------------------------------------------

_PLURALS = {
    "certainty": "certainties",
    "harm status": "harm statuses",
    "wording": "pieces of wording",
}


def counted(rows: Iterable[Dependent | Consequence]) -> str:
    """How many of each kind: "2 verdicts, 1 certainty"; "nothing" where there is none."""
    counts = Counter(row.kind for row in rows)
    named = (display.count(n, kind, _PLURALS.get(kind, "")) for kind, n in counts.items())
    return ", ".join(named) or "nothing"


def read_again(rests: Iterable[Dependent], changed: Iterable[Consequence]) -> list[Dependent]:
    """Of all that rests on it, what people wrote; of each kind first where something changes."""
    records = {each.record for each in changed}
    written = [rest for rest in rests if rest.kind in WRITTEN]
    return sorted(written, key=lambda r: (WRITTEN.index(r.kind), r.record not in records))


def as_text(
    name: str, rests: Sequence[Dependent], changed: Sequence[Consequence] | None
) -> Iterator[str]:
    """What rests on it or, where it is known what *changed*, what falls without it."""
    if changed is None:
        yield f"{name} carries {counted(rests)}"
    else:
        yield f"without {name}: {counted(changed)} changed"
        for each in changed:
            because = f" ({each.because})" if each.because else ""
            yield f"{each.kind} {each.record}: {each.before} -> {each.after}{because}"
        rests = read_again(rests, changed)
        yield f"to be read again: {counted(rests)}"
    yield from (f"{rest.kind} {rest.record}: {rest.text}" for rest in rests)


def as_data(rests: Sequence[Dependent], changed: Sequence[Consequence] | None) -> dict[str, Any]:
    """The same as plain data."""
    data: dict[str, Any] = {"carries": [asdict(rest) for rest in rests]}
    if changed is not None:
        data["changes"] = [asdict(each) for each in changed]
        data["counts"] = dict(Counter(each.kind for each in changed))
        data["read_again"] = [asdict(rest) for rest in read_again(rests, changed)]
    return data
