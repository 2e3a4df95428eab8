"""Runs the rules and folds their flags into verdicts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from claimbook.evidence.index import Index
from claimbook.records import (
    UNCHECKABLE,
    Base,
    Category,
    Claim,
    Finding,
    Flag,
    Occurrence,
    Page,
    Record,
    Remark,
    Severity,
    Source,
    Topic,
    Verdict,
    together,
)
from claimbook.records.quotes import contains_quote
from claimbook.rules.rule import Rule, all_rules

__all__ = ["Report", "Rule", "all_rules", "check"]


def _subjects(kind: type, base: Base) -> Iterable[Record]:
    some: dict[type, Callable[[], Iterable[Record]]] = {
        Claim: base.claims.values,
        Occurrence: base.occurrences.values,
        Finding: base.findings.values,
        Source: base.sources.values,
        Page: base.pages.values,
        Topic: base.topics.values,
    }
    return some[kind]()


@dataclass(frozen=True)
class Report:
    """A base and everything the rules have to say about it."""

    index: Index
    flags: tuple[Flag, ...]
    rules_run: tuple[str, ...]

    @property
    def base(self) -> Base:
        """The base that the rules were run over."""
        return self.index.base

    @property
    def faults(self) -> tuple[Flag, ...]:
        """The errors in our own records: they are to be mended before anything is built."""
        return tuple(
            flag
            for flag in self.flags
            if flag.category is Category.RECORD and flag.severity is Severity.ERROR
        )

    @cached_property
    def by_occurrence(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags that concern each occurrence."""
        return self._index(lambda flag: flag.occurrences)

    @cached_property
    def by_claim(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags that concern each claim, its passages included."""
        return self._index(lambda flag: flag.claims)

    @cached_property
    def by_page(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags that concern each page."""
        return self._index(lambda flag: flag.pages)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags that concern each source."""
        return self._index(lambda flag: flag.sources)

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Flag, ...]]:
        """What each rule says, also where another rule speaks for it."""
        parts: dict[str, list[Flag]] = {}
        for flag in self.flags:
            for part in flag.parts:
                parts.setdefault(part.rule, []).append(part)
        return {name: tuple(some) for name, some in parts.items()}

    def _index(self, keys: Callable[[Flag], Iterable[str]]) -> Mapping[str, tuple[Flag, ...]]:
        found_flags: dict[str, list[Flag]] = {}
        for flag in self.flags:
            for key in keys(flag):
                found_flags.setdefault(key, []).append(flag)
        return {key: tuple(some) for key, some in found_flags.items()}

    def verdict(self, occurrence: Occurrence) -> Verdict:
        """The gravest verdict that any flag on the passage forces.

        Every rule has run, so none means supported; or not checkable, where the passage tells the clinic's own practice, its
        prices or somebody's experience.
        """
        start = (
            Verdict.NOT_CHECKABLE
            if self.base.claim_of(occurrence).kind in UNCHECKABLE
            else Verdict.SUPPORTED
        )
        own = (
            flag.verdict
            for flag in self.by_occurrence.get(occurrence.id, ())
            if flag.subject == occurrence.id
        )
        return max(own, default=start) if start is Verdict.SUPPORTED else max((start, *own))

    def claim_verdict(self, claim: Claim) -> Verdict | None:
        """The verdict of the claim's worst occurrence; None where no page makes it."""
        return max(map(self.verdict, claim.occurrences), default=None)

    def page_counts(self, page: str) -> Mapping[Verdict, int]:
        """How many of a page's passages have each verdict, gravest first."""
        counts: dict[Verdict, int] = {}
        for occurrence in self.base.by_page.get(page, ()):
            verdict = self.verdict(occurrence)
            counts[verdict] = counts.get(verdict, 0) + 1
        return dict(sorted(counts.items(), reverse=True))

    def quote_check(self, occurrence: Occurrence) -> str:
        """`found` or `missing` on the page's text; `not-checked` where that text is not at hand."""
        text = self.base.snapshots.get(occurrence.page)
        if text is None:
            return "not-checked"
        return "found" if contains_quote(text, occurrence.quote) else "missing"


def check(base: Base, only: Iterable[str] | None = None) -> Report:
    """Run every rule (or *only* those named) over a base."""
    chosen = all_rules() if only is None else {name: all_rules()[name] for name in only}
    index = Index(base)
    remarks = [
        (rule, subject, remark) for rule in chosen.values() for subject, remark in _run(rule, index)
    ]
    remarks.sort(
        key=lambda one: (
            one[2].at.file,
            one[2].at.line,
            one[2].at.column,
            one[0].name,
            one[2].message,
        )
    )
    counts: dict[str, int] = {}
    remarks.reverse()  # so that each can be let go once it is signed
    signed = [_signed(*remarks.pop(), base, counts) for _ in range(len(remarks))]
    return Report(index, _folded(signed), tuple(chosen))


def _folded(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """One flag for each cause on a record: the gravest speaks, the others stand under it.

    Of flags that are equally grave the one of a specific rule speaks, else the most severe.
    """
    flags, rules, severities = tuple(flags), all_rules(), list(Severity)
    speakers: dict[str, list[Flag]] = {}  # by record
    under: dict[str, list[Flag]] = {}  # by the id of the flag that speaks

    def grave(flag: Flag) -> tuple[int, bool, int, str]:
        rule = rules[flag.rule]
        return -flag.verdict, not rule.specific, severities.index(flag.severity), flag.rule

    for flag in sorted((flag for flag in flags if rules[flag.rule].causes), key=grave):
        causes = rules[flag.rule].causes
        here = speakers.setdefault(flag.subject, [])
        for other in here:
            if other.rule != flag.rule and causes & rules[other.rule].causes:
                under.setdefault(other.id, []).append(flag)
                break
        else:
            here.append(flag)
    silent = {flag.id for some in under.values() for flag in some}
    return tuple(
        together((flag, *under.get(flag.id, ()))) for flag in flags if flag.id not in silent
    )


def _run(rule: Rule, index: Index) -> Iterator[tuple[Record, Remark]]:
    for subject in _subjects(rule.subject, index.base):
        for remark in rule.check(subject, index):
            yield subject, remark


def _signed(
    rule: Rule, subject: Record, remark: Remark, base: Base, counts: dict[str, int]
) -> Flag:
    """The remark with its rule's name and every record it concerns.

    Its id stays the same as long as its rule, its subject and their order do: *counts* holds how many each had so far.
    """
    claims: dict[str, None] = {}
    occurrences = dict.fromkeys(remark.occurrences)
    pages: dict[str, None] = {}
    sources = dict.fromkeys(remark.sources)
    match subject:
        case Occurrence():
            occurrences = {subject.id: None} | occurrences
        case Claim():
            claims[subject.id] = None
        case Page():
            pages[subject.id] = None
        case Finding():
            sources = {subject.source: None} | sources
        case Source():
            sources = {subject.id: None} | sources
    for name in occurrences:
        claims[base.occurrences[name].claim] = None
        pages[base.occurrences[name].page] = None
    about = subject.key if isinstance(subject, Finding) else subject.id
    name = f"{rule.name}:{about}"
    counts[name] = counts.get(name, 0) + 1
    return Flag(
        rule.name,
        rule.category,
        remark.severity or rule.severity,
        remark.message,
        remark.at,
        about,
        rule.verdict if remark.verdict is None else remark.verdict,
        tuple(claims),
        tuple(occurrences),
        tuple(pages),
        tuple(sources),
        remark.suggestion,
        f"{name}:{counts[name]}" if counts[name] > 1 else name,
    )
