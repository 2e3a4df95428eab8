"""What a sentence perhaps claims, and why a person must look at it.

A flag is sure. What is doubtful beside it is said as a further reading, and not at all where it is
of the claim to which the flag objects: one block says one thing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from claimbook.evidence.support import denies_harm
from claimbook.language.care import Care
from claimbook.language.clauses import FACT
from claimbook.language.concepts import Reading
from claimbook.language.discourse import refers, reports, tells_finding
from claimbook.language.likeness import Manner, likeness
from claimbook.language.phrases import pattern
from claimbook.language.safety import AT_LARGE, Safety, calls_safe
from claimbook.language.stance import disclaimed
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    DANGERS,
    Claim,
    ConceptSet,
    Flag,
    Kind,
    Occurrence,
    Share,
    join_flags,
)
from claimbook.records.grouping import grouped
from claimbook.rules.check import Report, all_rules
from claimbook.rules.rule import DoubtedFor, Drafts
from claimbook.rules.wording import promised_benefit
from claimbook.vetting.matching import Matcher, gives_leave, tells_of_illness
from claimbook.vetting.occurrences import ELSEWHERE, PLACEHOLDERS
from claimbook.vetting.results import objects

_words = partial(pattern, "matching")
# How much of a clause, by weight, its claims may leave without a word, and be meant for sure. Of
# the flags that only weigh, on 400 sentences of public copy, 28 of 39 were right below this limit
# and 16 of 26 above it; of those just above it that whole pages have, hardly one was.
UNSURE = 0.6
NO_STUDY = (
    "It tells what a study found, and no study recorded here is named: a person must check it."
)
NO_FIGURE = (
    "It says how many people got better, and no record has that figure: a person must check it."
)
NO_CLAIM = (
    "It says that a treatment works for people of whom no claim is recorded here: a person must"
    " check it."
)
NO_RECORD = (
    "It says that something works or that people got better, and no record covers it: a person"
    " must check it."
)
CAREFUL = "it warns or restricts"
FEW_WORDS = "few of its words say so"
SOUND = "it reads like copy that promises no more than it may"
_LIKE = "It reads like sentences that {}, most in “{}”: a person must check it."
_FAULTS = {Manner.DANGER: "make light of safety", Manner.OVERCLAIM: "promise too much"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim perhaps made, what would be flagged, and why only perhaps.

    Nobody need look where two reasons tell that it is not made (`why` is ""); it is not checked.
    """

    claim: Claim
    flag: Flag
    why: str


class Doubts:
    """Tells what is sure of a draft from what is not."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher, self.base = matcher, matcher.base

    def set_apart(self, report: Report) -> tuple[Report, Mapping[str, Doubt]]:
        """A report without the flags that weigh what a clause perhaps does not say, and these.

        The doubts are by the passage that they are on.
        """
        passages = report.base.occurrences
        clauses = grouped(
            (each.quote, self.base.claims[each.claim])
            for each in passages.values()
            if each.claim in self.base.claims  # not one made for a study's finding
        )
        flags: list[Flag] = []
        doubts: dict[str, Doubt] = {}
        for flag in report.flags:
            passage = passages.get(flag.subject)
            claims = clauses.get(passage.quote, ()) if passage else ()
            if passage and not self._speaks_of(flag, passage, claims):
                continue
            why, unsure = self._unsure(flag, passage, claims) if passage else ("", [])
            if passage and unsure:
                doubts[passage.id] = Doubt(report.base.claims[passage.claim], flag, why)
                sure = [part for part in flag.parts if part not in unsure]
                flags += [join_flags(sure)] if sure else []
            else:
                flags.append(flag)
        return replace(report, flags=tuple(flags)), doubts

    def _speaks_of(self, flag: Flag, passage: Occurrence, claims: Sequence[Claim]) -> bool:
        """Whether what a rule says of a draft is meant for a passage, read as some claims.

        A rule on a benefit that no recorded claim covers is not meant for one of which claims on a
        benefit are read, nor for what is said of treatments on which there are no claims; of a
        benefit in an illness that no claim is on, it alone speaks.
        """
        uncovered = all_rules()[flag.rule].drafts is Drafts.UNCOVERED
        if passage.claim not in PLACEHOLDERS:
            return not (uncovered and any(claim.kind in BENEFITS for claim in claims))
        of_others = self._is_of_others(self.matcher.reader.read(passage.quote))
        return not of_others if uncovered else passage.claim != ELSEWHERE.id

    def _is_of_others(self, reading: Reading) -> bool:
        """Whether words name only treatments on which there are no claims."""
        dangers = self.matcher.dangers
        return bool(dangers.only_others(reading, dangers.medicines - dangers.others))

    def _unsure(
        self, flag: Flag, passage: Occurrence, claims: Sequence[Claim]
    ) -> tuple[str, list[Flag]]:
        """Why a clause perhaps does not say what claims say, and the parts of a flag that it takes.

        Args:
            passage: the clause, read as one of the claims.
            claims: all recorded ones that it is read as.
        """
        rules = [(part, all_rules()[part.rule]) for part in flag.parts]
        claim = self.base.claims.get(passage.claim)
        on_evidence = [part for part, rule in rules if "evidence" in rule.causes]
        approvals = self.matcher.approvals
        if claim and approvals.leaves_use_open(passage.quote, claim):
            return "it does not say approved for what", on_evidence
        if claim and approvals.leaves_drug_open(passage.quote, claim):
            return "it does not say of which drug", on_evidence
        if claim and self._restrains(passage, claim):
            return "" if reads_sound(passage.quote) else CAREFUL, on_evidence
        doubted = {
            reason: [part for part, rule in rules if reason in rule.doubt] for reason in DoubtedFor
        }
        if self._denies_harm(passage, claim) or self._limits(passage, claim):
            return "", []
        if (told := doubted[DoubtedFor.FAR_MANNER]) and self._promises_nothing(passage.quote):
            return SOUND, told
        for_words, weighed = doubted[DoubtedFor.WORDS], doubted[DoubtedFor.MANNER]
        of_harm = claim is not None and claim.kind in DANGERS
        if of_harm or not self._names_subject(passage.quote):
            for_words = weighed  # such words are weak: "ease", "calm", "better"
        sound = bool(weighed) and objects(flag) and reads_sound(passage.quote)
        wanted = weighed if sound else for_words
        few = bool(wanted and claims) and self._have_few_words(claims, passage.quote)
        if sound:
            return "" if few else SOUND, weighed
        return (FEW_WORDS, for_words) if few else ("", [])

    def _promises_nothing(self, clause: str) -> bool:
        """Whether a clause reads far less like a promise than most do, and names no danger."""
        far = likeness(Manner.OVERCLAIM).is_far_below(clause) and reads_sound(clause)
        return far and not self.matcher.dangers.topics(clause, "bar")

    def _names_subject(self, clause: str) -> bool:
        """Whether a clause names a treatment or people, or opens with what stands for one."""
        named = self.matcher.reader.read(clause).concepts.keys()
        return not named.isdisjoint(("intervention", "population")) or refers(clause)

    def _restrains(self, passage: Occurrence, claim: Claim) -> bool:
        """Whether a clause on a safeguard, or on who should not be treated, only takes care."""
        barred = claim.kind is Kind.CONTRAINDICATION
        safeguard = self.base.vocabulary.norm(claim.about.outcome)
        placed = isinstance(passage.says, ConceptSet) and not barred
        if not (barred or safeguard) or placed or self._limits(passage, claim):
            return False
        if gives_leave(self.matcher.reader.read(passage.quote)) or calls_safe(passage.quote):
            return False
        return takes_care(self.matcher.dangers.safety.care(passage.quote))

    def _limits(self, passage: Occurrence, claim: Claim | None) -> bool:
        """Whether a clause says how long a safeguard holds: less than asked for is no care."""
        limited = claim is not None and self.matcher.limits.has(claim)
        return limited and passage.says is not None

    def _denies_harm(self, passage: Occurrence, claim: Claim | None) -> bool:
        """Whether a clause names the harm that a claim is on, and denies it: no word more is due.

        "It never causes that" has hardly a word of a claim.
        """
        if claim is None or claim.kind is not Kind.HARM or passage.says is None:
            return False
        reading = self.matcher.with_leave(self.matcher.reader.read(passage.quote))
        named = claim.about.outcome in reading.signs
        return named and denies_harm(passage.says)

    def _have_few_words(self, claims: Sequence[Claim], clause: str) -> bool:
        """Whether a clause perhaps does not say what claims say: they have few of its words."""
        matcher = self.matcher
        general = any(claim.about.outcome in matcher.effects.general for claim in claims)
        if general and _words("effective").search(clause):
            return False  # what is called effective needs no further word
        reading = matcher.reader.read(clause)
        told = {claim.about.outcome for claim in claims}
        named = (signs for name, signs in reading.signs.items() if name in told)
        naming = (span for sign in chain.from_iterable(named) for span in sign.spans)
        words = (matcher.reader.read(reading.text[start:end]).bag for start, end in naming)
        share = matcher.candidates.unrecorded_share(reading.bag, claims, frozenset().union(*words))
        return share > UNSURE and not likeness(Manner.OVERCLAIM).is_far_above(clause)

    def unrecorded(self, sentence: str, elsewhere: bool = False) -> str | None:
        """Why a person must look at a sentence that tells as a fact what no record covers.

        That a study saw a benefit of a treatment, or no harm, that it works for some people, or how
        many of them got better. To be asked where the sentence has been matched to no claim and no
        finding.

        Args:
            sentence: one that names people, or none.
            elsewhere: whether it claims a benefit in another illness than claims are on.
        """
        works, reading = _words("effective").search(sentence), self.matcher.reader.read(sentence)
        denied, step = _words("no more than").search(sentence), wording(sentence).step
        shares = (isinstance(each, Share) for each in self.matcher.extractor.figures(sentence))
        better = _words("got better").search(sentence) is not None
        if step and not denied and better and any(shares):
            return NO_FIGURE
        if self._sees_no_harm(reading):
            return NO_STUDY
        plain = elsewhere or denied or likeness(Manner.OVERCLAIM).is_low(sentence)
        if not (plain or self._is_of_others(reading)) and promised_benefit(
            sentence, self.matcher.index
        ):
            return NO_RECORD
        benefits = [name for name in reading.signs if name in self.matcher.index.benefits]
        benefits += self.matcher.effects.general if works else ()
        if denied or not benefits:
            return None
        treated, of_people = (facet in reading.concepts for facet in ("intervention", "population"))
        if step >= FACT and treated and tells_finding(sentence):
            return NO_STUDY
        if elsewhere:
            told = (not disclaimed(sentence, reading.place(name) or (0, 0)) for name in benefits)
            claimed = step > 1 and not tells_of_illness(reading, elsewhere) and (treated or better)
            return NO_CLAIM if claimed and (works or any(told)) else None
        return NO_CLAIM if step >= FACT and works and treated and of_people else None

    def _sees_no_harm(self, reading: Reading) -> bool:
        """Whether a study is said to have seen no harm of a treatment."""
        if not (reports(reading.text) or tells_finding(reading.text)):
            return False
        harms = filter(self.base.vocabulary.harm, reading.concepts.get("outcome", ()))
        return "intervention" in reading.concepts and any(map(reading.denies, harms))


def reads_sound(text: str) -> bool:
    """Whether words read like none that promise too much, nor like those that are dangerous."""
    return likeness(Manner.OVERCLAIM).is_low(text) and not likeness(Manner.DANGER).is_high(text)


def takes_care(found: Care) -> bool:
    """Whether signs are those of care, or of what is forbidden, and none makes light."""
    return bool(found & (Care.CAREFUL | Care.FORBIDS)) and not found & (Care.LIGHT | Care.WAIVED)


def reads_like(manner: Manner, text: str) -> str:
    """Why a person must look at a sentence for its manner, with the words that tell it most."""
    return _LIKE.format(_FAULTS[manner], likeness(manner).core(text))


def takes_back(rider: str) -> str:
    """Why a person must look at a sentence that takes back its own precaution by some words."""
    return f"It takes a precaution back (“{rider.strip()}”): a person must check it."


def look(topic: str | None, doubts: Iterable[Doubt]) -> str | None:
    """Why a person must look at a sentence; None where nobody must.

    Args:
        topic: the safety topic that its words make light of.
        doubts: what it perhaps claims.
    """
    if topic:
        return f"Safety topic ({topic}): a person must check this sentence."
    for each in doubts:
        if each.why:
            about = f'It may be about "{each.claim.statement}" Read so, it'
            read = "It" if each.claim.id in PLACEHOLDERS else about
            flagged = f"{read} would be flagged ({each.flag.rule})"
            return f"{flagged}, but {each.why}: a person must check it."
    return None


def look_beside(
    topic: str | None,
    doubts: Iterable[Doubt],
    flagged: Collection[Claim],
    at_fault: Iterable[str],
    safety: Safety,
) -> str | None:
    """What a person must check beside what is flagged in a sentence.

    Args:
        topic, doubts: as for `look`.
        flagged: the claims of it to which rules object.
        at_fault: the words of it to which rules object.
        safety: the safety topics of the base.
    """
    objected = (*at_fault, *(claim.statement for claim in flagged))
    if topic and topic != AT_LARGE and not any(topic in safety.touched(text) for text in objected):
        return f"It is on a safety topic, too ({topic}): let a person check that part."
    for each in doubts:
        if each.why and each.claim not in flagged:
            return f'It may also say "{each.claim.statement}" Let a person check that part.'
    return None
