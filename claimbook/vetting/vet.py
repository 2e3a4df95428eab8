"""A draft is a page that is not published yet: the same rules judge it.

`vet` reads the sentences, records what they claim (`occurrences`), checks them with the rules as
the one page of a base, and looks for wording that may be used instead (`suggestions`). A sentence
that matches no claim is *not checked*, and said so; what its wording promises is judged anyway.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.index import Index
from claimbook.language.discourse import asks, confirms, named_before
from claimbook.language.likeness import Manner, likeness
from claimbook.language.phrases import pattern
from claimbook.language.safety import AT_LARGE, HARMS
from claimbook.language.strength import STEP_WORDS, wording
from claimbook.records import (
    FACETS,
    Base,
    Flag,
    Kind,
    Page,
    Verdict,
    display,
    join_flags,
)
from claimbook.records.grouping import grouped, reachable
from claimbook.records.quotes import normalize
from claimbook.rules.check import Report, all_rules, check
from claimbook.rules.rule import Drafts
from claimbook.vetting import safety_box
from claimbook.vetting.contradictions import contradictions
from claimbook.vetting.doubts import Doubt, Doubts, look, look_beside, reads_like, takes_back
from claimbook.vetting.matching import Matcher
from claimbook.vetting.neighbours import denied_above, without_taken_up
from claimbook.vetting.occurrences import ELSEWHERE, PLACEHOLDERS, OccurrenceReader, SentenceRecords
from claimbook.vetting.own_lines import OwnLines
from claimbook.vetting.replacements import Fault, Replacements
from claimbook.vetting.results import SentenceResult, State, VetResult, objects
from claimbook.vetting.sentences import DRAFT, Sentence, read_sentences
from claimbook.vetting.suggestions import at_fault, offers, only_beside, states_benefit
from claimbook.vetting.verdicts import is_counted, verdict_of
from claimbook.vetting.whole_draft import illnesses, of_document, offered

VAGUE = "vague-authority"
NO_DAY = date(1970, 1, 1)  # on which a draft was read as a page
Progress = Callable[[int, int], None]


def vet(text: str, base: Base, path: str = DRAFT) -> VetResult:
    """Judge a draft; for many drafts of one base, a `Vetter` reads the base once.

    Args:
        text: the draft's words, as read.
        base: the records it is held against.
        path: how messages name the draft.
    """
    return Vetter(base).vet(text, path)


class Vetter:
    """A base, indexed once to vet any number of drafts. Keeps nothing of a draft.

    Threads may share it. A claim that was withdrawn is as if it had never been recorded.

    Args:
        told: what an earlier one read in the base's own lines (`safety_box.told`).
    """

    def __init__(self, base: Base, told: safety_box.Told | None = None) -> None:
        claims = {name: claim for name, claim in base.claims.items() if not claim.withdrawn}
        self.base = base = replace(base, claims=claims)
        self._unsaid = [replace(claim, occurrences=()) for claim in claims.values()]
        self._index = Index(base)
        self._matcher = matcher = Matcher(self._index)
        self._occurrences, self._doubts = OccurrenceReader(matcher), Doubts(matcher)
        self._dangers, self._safety = matcher.dangers, matcher.dangers.safety
        self._replacements = Replacements(self._dangers, self._index)
        self._clean: dict[str, bool] = {}  # by line of the base
        self._told = told

    def vet(self, text: str, path: str = DRAFT, progress: Progress | None = None) -> VetResult:
        """Judge a draft: every sentence read, matched to claims and held to the rules of pages.

        Args:
            text: the draft's words, as read.
            path: how messages name the draft.
            progress: is given, now and then, how many sentences are judged, and of how many.
        """
        judged, records, report = self._judged(text, path, progress)
        return replace(
            judged,
            sentences=tuple(self._with_suggestions(judged.sentences, records, report)),
            left_out=safety_box.left_out(
                report.base.pages[DRAFT],
                report.index,
                lambda: self.disclosure_lines,
                illnesses(records, self._index),
            ),
        )

    def judge(self, text: str, path: str = DRAFT) -> VetResult:
        """Judge a draft as `vet` does, but look for no wording: nothing is offered or left out."""
        return self._judged(text, path)[0]

    def _judged(
        self, text: str, path: str, progress: Progress | None = None
    ) -> tuple[VetResult, list[SentenceRecords], Report]:
        records = list(self._occurrences.records(read_sentences(text, path)))
        report, doubts = self._check(records)
        results, denied = [], denied_above(records)
        for number, sentence in enumerate(records):
            if progress and number % 50 == 0:
                progress(number, len(records))
            results.append(self._result(sentence, text, report, doubts, denied))
        remarks = (*of_document(report), *contradictions(records, report.index))
        results = without_taken_up(results, records)
        return VetResult(text, tuple(results), remarks, report.rules_run), records, report

    def read_ahead(self) -> bool:
        """Read the next of the base's own lines, for drafts to come; whether one was left."""
        _ = self.disclosure_lines
        return self._replacements.read_ahead()

    def clean(self, offered: Iterable[str]) -> frozenset[str]:
        """The offers in which nothing is flagged when they are vetted themselves.

        The base's own lines are vetted once, for however many drafts; a writer's words in a softer
        form are not kept.
        """
        wanted = frozenset(offered)
        clean = {offer: self._clean[offer] for offer in wanted if offer in self._clean}
        if fresh := wanted - clean.keys():
            records, report, doubts = self._read_separately(fresh)
            for offer, sentences in records.items():
                results = [self._result(each, offer, report, doubts) for each in sentences]
                clean[offer] = bool(results) and not any(
                    result.look or any(map(objects, result.flags)) for result in results
                )
            self._clean |= {offer: clean[offer] for offer in fresh & self._lines}
        return frozenset(offer for offer in wanted if clean[offer])

    @cached_property
    def disclosure_lines(self) -> tuple[safety_box.DisclosureLine, ...]:
        """The lines of the base that tell disclosures, and in which nothing is objected to."""
        if self._told is not None:
            return safety_box.recalled(self.base, self._told)
        written = safety_box.lines(self.base)
        records, report, doubts = self._read_separately(written)
        clean = (
            text
            for text, sentences in records.items()
            if all(
                self._result(each, text, report, doubts).state in (State.CLEAN, State.NOTHING)
                for each in sentences
            )
        )
        return tuple(
            safety_box.disclosure_line(
                written[text],
                [*chain.from_iterable(each.occurrences for each in records[text])],
                illnesses(records[text], self._index),
                report.index,
            )
            for text in clean
        )

    def _read_separately(
        self, texts: Iterable[str]
    ) -> tuple[dict[str, list[SentenceRecords]], Report, Mapping[str, Doubt]]:
        """What texts claim, each read by itself, and what the rules say of all of them."""
        records: dict[str, list[SentenceRecords]] = {}
        count = 0
        for text in sorted(set(texts)):
            records[text] = [*self._occurrences.records(read_sentences(text, first=count))]
            count += len(records[text])
        report, doubts = self._check([*chain.from_iterable(records.values())])
        return records, report, doubts

    def _check(self, records: Sequence[SentenceRecords]) -> tuple[Report, Mapping[str, Doubt]]:
        """What the rules say of a base whose one page is the draft, but for what is doubtful."""
        base = self.base
        occurrences = grouped(
            (each.claim, each) for sentence in records for each in sentence.occurrences
        )
        names = _related(occurrences.keys(), base) | self._index.disclosing
        claims = {c.id: c for c in self._unsaid if c.id in names or c.kind is Kind.APPROVAL}
        claims |= {claim.id: claim for sentence in records for claim in sentence.claims}
        claims |= {name: claim for name, claim in PLACEHOLDERS.items() if name in occurrences}
        said = {
            name: replace(claims[name], occurrences=each)
            for name, each in occurrences.items()
            if name in claims
        }
        regimen = offered(records, base)
        page = Base(
            vocabulary=base.vocabulary,
            topics={},
            claims={**claims, **said},
            sources=base.sources,
            pages={DRAFT: Page(DRAFT, "Draft", "Draft", NO_DAY, sha256="", regimen=regimen)},
            references=base.references,
            disclosures=base.disclosures,
        )
        vars(page)["findings"] = base.findings  # of the same sources, for any draft
        rules = [name for name, rule in all_rules().items() if rule.drafts is not Drafts.NO]
        return self._doubts.set_apart(check(page, rules))

    def _result(
        self,
        records: SentenceRecords,
        text: str,
        report: Report,
        doubts: Mapping[str, Doubt],
        denied: Container[int] = (),
    ) -> SentenceResult:
        sentence, occurrences = records.sentence, records.occurrences
        is_ours = not self._wordings.isdisjoint(
            (before, sentence.words) for before in ("", sentence.before)
        )
        topic, by_manner = self._at_risk(sentence)
        if is_ours or (topic and is_counted(records, report)):
            topic = None  # what was counted is as its evidence says
        ids = {occurrence.id for occurrence in occurrences}
        named = named_before(sentence.words, sentence.before)
        flags = _merged(
            flag
            for occurrence in occurrences
            for flag in report.by_occurrence.get(occurrence.id, ())
            if flag.subject in ids and not (named and flag.rule == VAGUE)
        )
        claims = dict.fromkeys(occurrence.claim for occurrence in occurrences)
        matched = not claims.keys() <= PLACEHOLDERS.keys()
        unrecorded = (
            None if matched else self._doubts.unrecorded(sentence.whole, ELSEWHERE.id in claims)
        )
        doubted = [doubts[each.id] for each in occurrences if each.id in doubts]
        objecting = [flag for flag in flags if objects(flag)]
        verdict: Verdict | None = Verdict.SUPPORTED
        if objecting or not is_ours:
            verdict = self._verdict(records, report, topic is not None or bool(doubted))
        denies = pattern("matching", "denied beside").search
        if verdict is Verdict.SUPPORTED and (
            sentence.number in denied
            or any(map(denies, (sentence.before, normalize(sentence.after))))
        ):
            verdict = Verdict.NOT_CHECKED  # "All of this is untrue:"
        wrong = [report.base.claims[name] for flag in objecting for name in flag.claims]
        faults = at_fault(objecting, report.base.occurrences, sentence.words)
        why = look(topic, doubted) or unrecorded
        if topic:
            why = self._why_at_risk(sentence, by_manner) or why
        danger = also_look = None
        if not (why or objecting or is_ours) and (changed := self._changed_line(sentence)):
            why, verdict = changed, Verdict.NOT_CHECKED
        if objecting:
            also_look = look_beside(topic, doubted, wrong, faults, self._safety)
        if verdict is Verdict.NOT_CHECKED:
            danger = self._dangers.unwarned(sentence.whole, records.concepts.get("outcome", ()))
            if not why and _promises_much(sentence):
                why = reads_like(Manner.OVERCLAIM, sentence.whole)
        decided = (bool(appraise(each, report.index).deciding) for each in occurrences)
        return SentenceResult(
            start=sentence.start,
            end=sentence.end,
            line=sentence.at.line,
            text=text[sentence.start : sentence.end],
            reading=_describe(records, report.base),
            claims=tuple(name for name in claims if name in self.base.claims),
            verdict=verdict,
            flags=tuple(sorted(flags, key=lambda flag: (-flag.verdict, flag.rule))),
            look=why,
            decided=is_ours or any(decided),
            topic=topic or danger,
            danger=topic is not None or any(map(self._dangers.is_safety, wrong)),
            at_fault=faults,
            look_beside=also_look,
        )

    def _changed_line(self, sentence: Sentence) -> str | None:
        """Why a person must look at a sentence that is nearly one of the base's own lines."""
        if asks(sentence.whole):
            return None
        return self._own_lines.change(sentence.words, sentence.after)

    def _at_risk(self, sentence: Sentence) -> tuple[str | None, bool]:
        """The safety topic that a sentence makes light of, and whether its manner alone tells."""
        danger, words = likeness(Manner.DANGER), _with_question(sentence)
        if danger.is_low(words) and not self._safety.undoes_care(sentence.whole):
            return None, False
        if topic := self._topic(sentence):
            return topic, False
        statement = not (asks(sentence.whole) or sentence.leads_to_question)
        if statement and danger.is_high(words):
            return next(iter(self._safety.touched(sentence.whole)), AT_LARGE), True
        return None, False

    def _why_at_risk(self, sentence: Sentence, by_manner: bool) -> str | None:
        """What tells that a sentence is at risk, where that is more than its topic."""
        if by_manner:
            return reads_like(Manner.DANGER, sentence.whole)
        undone_by = self._safety.undone_by(sentence.whole)
        return takes_back(undone_by) if undone_by else None

    def _topic(self, sentence: Sentence) -> str | None:
        """The safety topic that the words of a sentence make light of, or touch without care."""
        if sentence.leads_to_question:
            return None
        around = sentence.before, sentence.asked_of
        topic = self._safety.topic_at_risk(sentence.whole, *around)
        if topic is None and confirms(sentence.before, sentence.words):
            topic = self._safety.topic_at_risk(sentence.words, *around)  # by itself, as an answer
        return topic

    @cached_property
    def _lines(self) -> frozenset[str]:
        """All that the base itself may offer."""
        base = self.base
        says = (say.text for claim in base.claims.values() for say in claim.say)
        plain = (finding.plain for finding in base.findings.values() if finding.plain)
        labels = (f"{disclosure.label}." for disclosure in base.disclosures.values())
        return frozenset((*says, *plain, *labels))

    @cached_property
    def _own_lines(self) -> OwnLines:
        return OwnLines(self._matcher.candidates, self._lines)

    @cached_property
    def _wordings(self) -> frozenset[tuple[str, str]]:
        """The sentences that somebody wrote for the base, each after the one before it."""
        texts = (say.text for claim in self.base.claims.values() for say in claim.say)
        read = chain.from_iterable(map(read_sentences, texts))
        return frozenset((sentence.before, sentence.words) for sentence in read)

    def _verdict(self, records: SentenceRecords, report: Report, at_risk: bool) -> Verdict | None:
        """The verdict of a sentence: supported only if it says what is recorded, and no more."""
        verdict, claims = verdict_of(records, report, at_risk), report.base.claims
        sentence, nothing = records.sentence, verdict is None
        if verdict is Verdict.NOT_CHECKABLE:  # but for a benefit that it names, or plainly promises
            outcomes = records.concepts.get("outcome", ())
            nothing = not self._index.benefits.isdisjoint(outcomes)
            nothing = nothing or likeness(Manner.OVERCLAIM).is_high(sentence.whole)
        if nothing and _may_promise(sentence):
            return Verdict.NOT_CHECKED  # it says something
        if verdict is not Verdict.SUPPORTED:
            return verdict
        if self._topic(records.sentence) and not is_counted(records, report):
            return Verdict.NOT_CHECKED
        parts = grouped((each.quote, claims[each.claim]) for each in records.occurrences)
        repeats = self._matcher.candidates.repeats(records.sentence.whole, parts)
        return Verdict.SUPPORTED if repeats else Verdict.NOT_CHECKED

    def _with_suggestions(
        self, results: Sequence[SentenceResult], records: Sequence[SentenceRecords], report: Report
    ) -> Iterator[SentenceResult]:
        """The sentences, each with the first offer in which nothing is flagged, if it seeks one."""
        offered = [
            self._offers(sentence, report) if _seeks_wording(result) else []
            for result, sentence in zip(results, records, strict=True)
        ]
        clean = self.clean(chain.from_iterable(offered))
        for result, offers_here in zip(results, offered, strict=True):
            offer = next((offer for offer in offers_here if offer in clean), None)
            yield replace(
                result,
                flags=tuple(
                    _with_suggestion(flag, offer if flag.verdict else None) for flag in result.flags
                ),
                suggestion=offer if result.state is State.LOOK else None,
            )

    def _offers(self, records: SentenceRecords, report: Report) -> list[str]:
        """Wording to use instead of a sentence that says too much, the best first."""
        claims, sentence = self.base.claims, records.sentence
        covered = [each for each in records.occurrences if each.claim in claims]
        faulty = [each for each in covered if report.verdict(each) >= Verdict.OVERSTATED]
        faulty = [each for each in faulty if not only_beside(each, report)]
        topic, by_manner = self._at_risk(sentence)
        if topic and not by_manner and not self._safety.topic_at_risk(sentence.whole):
            return []  # what it makes light of stands before it: no line could answer both
        if by_manner and faulty:
            topic = None  # what is wrong with it is known
        elif by_manner and topic == HARMS:
            return []  # which harm it makes light of is not told by its manner
        read = self._matcher.reader.read
        own = [
            (claims[each.claim], offer)
            for each in faulty
            for offer in offers(report.base.claims[each.claim], report.index, each)
        ]
        flagged = [claims[each.claim] for each in faulty]
        if not faulty and not topic and states_benefit(records.occurrences, report):
            own = self._replacements.on_benefits(read(sentence.whole), records.illnesses)
            flagged, covered = [*dict.fromkeys(claim for claim, _ in own)], []
        if not flagged and not topic:
            return []
        uses = (
            read(each.quote).concepts.get("population", ())
            for each in faulty
            if claims[each.claim].kind is Kind.APPROVAL
        )
        fault = Fault(
            read(sentence.whole),
            topic is not None,
            [claims[each.claim] for each in covered],
            flagged,
            frozenset(chain.from_iterable(uses)),
            own,
            frozenset(
                source
                for each in faulty
                for flag in report.by_occurrence.get(each.id, ())
                for source in flag.sources
            ),
            records.illnesses,
        )
        ranked, lines = self._replacements.ranked(fault), {text for _, text in own}
        return ranked if topic or faulty else [offer for offer in ranked if offer in lines]


def _with_question(sentence: Sentence) -> str:
    """A sentence after the question that it answers, and after what that was asked of.

    So its manner is read.
    """
    question = f"{sentence.asked_of} {sentence.before}" if asks(sentence.before) else ""
    return f"{question} {sentence.whole}"


def _may_promise(sentence: Sentence) -> bool:
    """Whether a sentence has the manner of those that promise too much, be it a little."""
    promise = likeness(Manner.OVERCLAIM)
    score = promise.score(_with_question(sentence))
    return score is not None and score >= promise.low


def _promises_much(sentence: Sentence) -> bool:
    """Whether a sentence that does not deny what it says reads like those that promise too much."""
    denies = wording(sentence.whole).step == 0
    return not denies and likeness(Manner.OVERCLAIM).is_high(_with_question(sentence))


def _related(names: Iterable[str], base: Base) -> frozenset[str]:
    """Claims, and those that they bear on, at any distance: what a draft's claims may share."""
    claims = base.claims

    def related(name: str) -> Iterator[str]:
        return (each.to for each in claims[name].relations if each.to in claims)

    return frozenset(reachable((name for name in names if name in claims), related))


def _merged(flags: Iterable[Flag]) -> list[Flag]:
    """The flags of a sentence, which makes several claims, each said once."""
    merged: dict[tuple[str, str], Flag] = {}
    for flag in flags:
        if parts := [part for part in flag.parts if not _is_uncovered(part)]:
            key = parts[0].rule, parts[0].message
            merged[key] = join_flags((*merged[key].parts, *parts) if key in merged else parts)
    also = {(part.rule, part.message) for flag in merged.values() for part in flag.also}
    return [flag for key, flag in merged.items() if flag.also or key not in also]


def _is_uncovered(flag: Flag) -> bool:
    """Whether a flag only says that no recorded claim covers a sentence; its verdict says that."""
    uncovered = not PLACEHOLDERS.keys().isdisjoint(flag.claims)
    return uncovered and all_rules()[flag.rule].drafts is Drafts.COVERED


def _describe(records: SentenceRecords, draft: Base) -> str:
    """How a sentence was read, for a person to check."""
    label = draft.vocabulary.label
    concepts = [name for facet in FACETS for name in records.concepts.get(facet, ())]
    covered = [each for each in records.occurrences if each.claim not in PLACEHOLDERS]
    outcomes = [draft.claims[each.claim].about.outcome for each in covered]
    named = (label(name).lower() for name in (*concepts, *filter(None, outcomes)))
    values = (
        display.in_words(each.says, draft.vocabulary) for each in covered if each.says is not None
    )
    step = wording(records.sentence.words).step
    return ", ".join(
        [*dict.fromkeys(named), *dict.fromkeys(values), f"{STEP_WORDS[step]} (step {step})"]
    )


def _seeks_wording(result: SentenceResult) -> bool:
    """Whether a sentence says too much, or is to look at since it makes light of safety."""
    makes_light = result.state is State.LOOK and result.danger
    return makes_light or any(flag.verdict for flag in result.flags)


def _with_suggestion(flag: Flag, offer: str | None) -> Flag:
    """A flag with wording to use instead; advice from its rule goes into the message."""
    message = f"{flag.message}: {flag.suggestion}" if flag.suggestion else flag.message
    also = tuple(_with_suggestion(other, None) for other in flag.also)
    return replace(flag, message=message, suggestion=offer, also=also)
