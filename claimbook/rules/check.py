"""Runs the rules and folds their flags into verdicts."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.index import Index
from claimbook.evidence.passages import sentence_of, sentences
from claimbook.records import (
    UNCHECKABLE,
    Base,
    Category,
    Claim,
    Finding,
    Flag,
    Kind,
    Occurrence,
    Page,
    Record,
    Remark,
    Severity,
    Source,
    Verdict,
    gravest,
    join_flags,
)
from claimbook.records.grouping import grouped
from claimbook.records.quotes import contains_quote
from claimbook.rules.rule import Rule, all_rules, rules_of_bases

__all__ = ["Report", "Rule", "all_rules", "check"]


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
        return grouped((key, flag) for flag in self.flags for key in flag.occurrences)

    @cached_property
    def by_claim(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags that concern each claim, its passages included."""
        return grouped((key, flag) for flag in self.flags for key in flag.claims)

    @cached_property
    def by_page(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags that concern each page."""
        return grouped((key, flag) for flag in self.flags for key in flag.pages)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags that concern each source."""
        return grouped((key, flag) for flag in self.flags for key in flag.sources)

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Flag, ...]]:
        """What each rule says, also where another rule speaks for it."""
        return grouped((part.rule, part) for flag in self.flags for part in flag.parts)

    def verdict(self, occurrence: Occurrence) -> Verdict:
        """The gravest verdict that any flag on the passage forces.

        Every rule has run, so none means supported; or not checkable, where the passage tells the
        clinic's own practice, its prices or somebody's experience; its timetable, where no evidence
        decides on it. Nothing is judged by a claim that was withdrawn.
        """
        claim = self.base.claim_of(occurrence)
        if claim.withdrawn:
            return Verdict.NOT_CHECKED
        uncheckable = claim.kind in UNCHECKABLE or (
            claim.tells_timetable(occurrence) and not appraise(occurrence, self.index).deciding
        )
        start = Verdict.NOT_CHECKABLE if uncheckable else Verdict.SUPPORTED
        flags = self.by_occurrence.get(occurrence.id, ())
        return max((start, *(flag.verdict for flag in flags if flag.subject == occurrence.id)))

    def sentence_verdict(self, occurrence: Occurrence) -> Verdict:
        """The verdict of the passages that are parts of the same sentence."""
        verdict = self.joint_verdict(sentence_of(occurrence, self.index))
        return Verdict.NOT_CHECKABLE if verdict is None else verdict

    def part_verdict(self, occurrence: Occurrence) -> Verdict:
        """The verdict on a passage that is shown without the rest of its sentence.

        It is its own, graver or milder than that of the sentence, but for a part of a story.
        """
        own, whole = self.verdict(occurrence), self.sentence_verdict(occurrence)
        return whole if whole is Verdict.NOT_CHECKABLE else own

    def joint_verdict(self, parts: Iterable[Occurrence]) -> Verdict | None:
        """The gravest verdict of parts; None without parts.

        Somebody's own story is never borne out by what else the sentence says.
        """
        parts = list(parts)
        verdict = gravest(map(self.verdict, parts))
        story = any(self.base.claim_of(part).kind is Kind.TESTIMONIAL for part in parts)
        return Verdict.NOT_CHECKABLE if story and verdict is Verdict.SUPPORTED else verdict

    def praiseworthy(self, occurrence: Occurrence) -> bool:
        """Whether the whole sentence is right: no part is judged, flagged or left unchecked.

        That another page says otherwise is no fault of it.
        """
        parts = sentence_of(occurrence, self.index)
        return self.sentence_verdict(occurrence) <= Verdict.NOT_CHECKABLE and not any(
            flag.severity is not Severity.NOTE and flag.category is not Category.DISAGREEMENT
            for part in parts
            for flag in self.by_occurrence.get(part.id, ())
        )

    def makes_small(self, occurrence: Occurrence) -> bool:
        """Whether the sentence makes the harm that it tells look small."""
        return any(
            all_rules()[rule].makes_small
            for part in sentence_of(occurrence, self.index)
            for flag in self.by_occurrence.get(part.id, ())
            for rule in flag.rules
        )

    def claim_verdict(self, claim: Claim) -> Verdict | None:
        """The verdict of the claim's worst occurrence; None where no page makes it."""
        return max(map(self.verdict, claim.occurrences), default=None)

    def page_counts(self, page: str) -> Mapping[Verdict, int]:
        """How many of a page's passages have each verdict, gravest first."""
        counts = Counter(map(self.verdict, self.base.by_page.get(page, ())))
        return dict(sorted(counts.items(), reverse=True))

    def sentence_counts(self, page: str) -> Mapping[Verdict, int]:
        """How many of a page's sentences have each verdict, gravest first."""
        groups = sentences(page, self.index)
        counts = Counter(self.sentence_verdict(parts[0]) for parts in groups)
        return dict(sorted(counts.items(), reverse=True))

    def quote_check(self, occurrence: Occurrence) -> str:
        """`found` or `missing` on the page's text; `not-checked` where it is not at hand."""
        text = self.base.snapshots.get(occurrence.page)
        if text is None:
            return "not-checked"
        return "found" if contains_quote(text, occurrence.quote) else "missing"


def check(
    base: Base,
    only: Iterable[str] | None = None,
    today: date = date.min,
    subjects: Collection[str] | None = None,
) -> Report:
    """Run the rules over a base; what concerns a claim that was withdrawn is left out.

    Args:
        only: the names of the rules that run, if not all do.
        today: the day by which dates are judged; by default none is past.
        subjects: the ids of the records that are judged, if not all are: of passages, claims,
            pages, sources and topics, and the keys of findings.
    """
    chosen = {name: all_rules()[name] for name in (rules_of_bases() if only is None else only)}
    index = Index(base, today)
    remarks = list(_run(chosen.values(), index, subjects))
    remarks.sort(
        key=lambda remark: (remark[2].at or remark[1].at, remark[0].name, remark[2].message)
    )
    counts: Counter[str] = Counter()
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    signed = [_signed(*remark, base, counts, same) for remark in remarks]
    del remarks  # as large as the flags
    flags = [f for f in signed if not any(base.claims[name].withdrawn for name in f.claims)]
    return Report(index, _folded(flags), tuple(chosen))


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
    silent = {flag.id for others in under.values() for flag in others}
    return tuple(
        join_flags((flag, *under.get(flag.id, ()))) for flag in flags if flag.id not in silent
    )


def _run(
    rules: Iterable[Rule], index: Index, chosen: Collection[str] | None
) -> Iterator[tuple[Rule, Record, Remark]]:
    """What rules say, record by record: what one reads of a passage is at hand for the next."""
    for kind, of_kind in grouped((rule.subject, rule) for rule in rules).items():
        subjects = getattr(index.base, f"{kind.__name__.lower()}s")
        if chosen is not None:
            subjects = {name: subjects[name] for name in chosen if name in subjects}
        offered: dict[frozenset[Kind], list[Rule]] = {}  # by the kinds of claim of a record
        for subject in subjects.values():
            kinds = index.kinds(subject)
            if kinds not in offered:
                offered[kinds] = [rule for rule in of_kind if rule.takes(kinds)]
            for rule in offered[kinds]:
                for remark in rule.check(subject, index):
                    yield rule, subject, remark


def _signed(
    rule: Rule,
    subject: Record,
    remark: Remark,
    base: Base,
    counts: Counter[str],
    same: dict[tuple[str, ...], tuple[str, ...]],
) -> Flag:
    """The remark with its rule's name and every record it concerns.

    Its id stays the same as long as its rule, its subject and their order do: *counts* holds how
    many each had so far. Most flags concern what others do: *same* holds these ids once.
    """

    def once(names: Iterable[str]) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(names))
        return same.setdefault(ids, ids)

    about = subject.key if isinstance(subject, Finding) else subject.id
    occurrences = [about] * isinstance(subject, Occurrence) + [*remark.occurrences]
    claims = [about] * isinstance(subject, Claim) + [*remark.claims]
    claims += [base.occurrences[key].claim for key in occurrences]
    pages = [about] * isinstance(subject, Page)
    pages += [base.occurrences[key].page for key in occurrences]
    sources = [about] * isinstance(subject, Source) + [*remark.sources]
    if isinstance(subject, Finding):
        sources.insert(0, subject.source)
    name = f"{rule.name}:{about}"
    counts[name] += 1
    return Flag(
        rule=rule.name,
        category=rule.category,
        severity=remark.severity or rule.severity,
        message=remark.message,
        at=remark.at or subject.at,
        subject=about,
        verdict=rule.verdict if remark.verdict is None else remark.verdict,
        claims=once(claims),
        occurrences=once(occurrences),
        pages=once(pages),
        sources=once(sources),
        suggestion=remark.suggestion,
        id=f"{name}:{counts[name]}" if counts[name] > 1 else name,
    )
