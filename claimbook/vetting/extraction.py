"""What a clause says of a claim: the value that it gives, and whether it affirms or denies.

The value is read from the clause's own figures and words. Where it gives none, it says what the
claim's statement says, or the opposite where just one of the two denies.
"""

import re
from functools import cache, partial
from typing import Literal

from claimbook.evidence.index import Index
from claimbook.evidence.support import NOBODY
from claimbook.language.concepts import Reading, reader_of
from claimbook.language.negation import denied_behind
from claimbook.language.phrases import Pattern, alternatives, pattern, plain
from claimbook.language.quantities import quantities_of
from claimbook.language.stance import (
    REACH,
    Stance,
    affirms,
    called_wrong,
    denied_twice,
    denies,
    reassures,
    refuted,
    stance,
)
from claimbook.language.strength import wording
from claimbook.records import (
    BENEFITS,
    DANGERS,
    GRADED,
    Amount,
    Claim,
    ConceptSet,
    Direction,
    Effect,
    Interval,
    Kind,
    Occurrence,
    Regimen,
    Share,
    Value,
    YesNo,
)
from claimbook.records.grouping import grouped
from claimbook.vetting.candidates import Candidate
from claimbook.vetting.limits import Limits

_words = partial(pattern, "matching")
CLOSE = 0.6  # the least likeness at which a clause without a figure says "most" as the passage does
NOBODY_HAS_IT = Share(NOBODY, "nobody", figure=False)
SOMEBODY_HAS_IT = Share(Interval(0, 100, low_open=True), ">0%", figure=False)
_COUNT = "|".join(alternatives("numbers", section) for section in ("ones", "teens", "tens"))
_FIGURE = re.compile(rf"\d|\bper\s?cent\b|\b(?:in|out of) (?:{_COUNT})\b", re.IGNORECASE)
_APART = re.compile(r"[,;:]|\b(?:who|that|if|when|but|and)\b")  # then it denies something else
_ALL = re.compile(r"\b(?:100\s?(?:%|per\s?cent)|every(?:one|body)\b)", re.IGNORECASE)
_NEARLY_ALL = 99  # per cent: where the share that "100%" gives begins
CHANGE = "relative change"
NEXT = 16  # letters between a verb and what it is about: "about having "
HARM_REACH = 40  # letters between a "not" and a harm that it denies
Mode = Literal["only", "includes", "excludes"]  # of a set of concepts
_OPPOSITE: dict[Mode, Mode] = {"includes": "excludes", "excludes": "includes", "only": "excludes"}
_FIGURED = (*BENEFITS, Kind.HARM, Kind.SAFETY)


class Extractor:
    """Reads what clauses say of the claims of a base."""

    def __init__(self, index: Index) -> None:
        self.quantities = quantities_of(index.base.vocabulary)
        self.index, self.base = index, index.base
        self._reader = reader_of(self.base.vocabulary)
        self._completed = {
            (source.participants.analysed, source.participants.enrolled)
            for source in self.base.sources.values()
            if source.participants and source.participants.analysed
        }
        self._listed = self._listed_concepts()
        self.limits = Limits(self.base)
        self._states_denial = cache(self._states_denial_of)

    def _listed_concepts(self) -> dict[str | None, tuple[str, ...]]:
        """By outcome the concepts that findings and passages list: who should not have it, say."""
        base = self.base
        said = [(base.scope_of(each).outcome, each.says) for each in base.occurrences.values()]
        found = [(finding.about.outcome, finding.says) for finding in base.findings.values()]
        return grouped(
            (outcome, name)
            for outcome, says in (*said, *found)
            if isinstance(says, ConceptSet)
            for name in says.concepts & base.vocabulary.concepts.keys()
        )

    def figures(self, text: str) -> list[Share | Amount]:
        """The figures of a text, but for how many of those who began a study ended it."""
        return [
            value
            for value in self.quantities(text)
            if isinstance(value, Amount)
            or (isinstance(value, Share) and (value.count, value.total) not in self._completed)
        ]

    def extract_value(self, reading: Reading, candidate: Candidate) -> Value | None:
        """What a clause says of a claim; None where that could not be held against evidence."""
        if self.limits.has(candidate.claim):
            return self.limits.read(reading, candidate.claim)
        return self._value(reading, candidate)

    def _value(self, reading: Reading, candidate: Candidate) -> Value | None:
        """What a clause says of a claim that is on no limit."""
        claim, text = candidate.claim, reading.text
        expected = self._expected(claim, candidate.nearest)
        figures = self.figures(text)
        if claim.kind in _FIGURED and (figure := _share_or_change(figures, expected, text)):
            return None if _is_denied_of_all(figure, text) else figure
        if (expected is None and claim.kind in GRADED) or _is_checked(reading, claim):
            return None
        said = self.stance(reading, claim)
        is_open = said in (Stance.DOUBTS, Stance.OPEN) or _leaves_open(claim, text)
        denied, states_denial = self._denies(reading, claim), self._states_denial(claim.id)
        if states_denial and claim.about.outcome not in reading.signs:
            denied = not denied  # only the statement names what it denies
        turned = denied != states_denial
        perhaps = turned and claim.kind in DANGERS and _words("may not").search(text)
        timed = isinstance(expected, Amount) and figures and _times_another(reading, claim)
        if perhaps or timed or (is_open and not isinstance(expected, Effect | YesNo)):
            return None
        if isinstance(expected, Share | Amount):
            if turned and claim.kind in BENEFITS and isinstance(expected, Amount):
                return None  # a length of time denies no benefit
            given = _same_kind(figures, expected)
            happens = isinstance(expected, Share) and expected.interval.high == 100
            if turned and not given and claim.kind is Kind.HARM and happens:
                return self._no_harm(claim)
            return given or (None if turned else self._in_words(reading, candidate, expected))
        if isinstance(expected, ConceptSet):
            return self._members(reading, claim, expected, turned)
        if isinstance(expected, Regimen):
            return None if turned else _regimen(figures, expected)
        if claim.kind in GRADED and (is_open or wording(text).step == 1):
            # Who was "studied in those who have it" says nothing of that harm.
            doubts = said is Stance.DOUBTS or claim.kind is not Kind.HARM
            return Effect(Direction.UNCLEAR) if doubts and isinstance(expected, Effect) else None
        if turned and _denies_nothing(reading, claim, expected):
            return None
        if not isinstance(expected, Effect):
            unsaid = claim.kind is Kind.APPROVAL and (is_open or _is_to_come(reading, claim))
            asked = said is Stance.OPEN and claim.kind in (Kind.ELIGIBILITY, Kind.REGIMEN)
            return None if unsaid or asked else YesNo(not turned)
        return Effect(Direction.NONE if denied else self._direction(claim))

    def _no_harm(self, claim: Claim) -> Value:
        """What denies a harm: that nobody has it, where people were counted who had it."""
        found = next((each.says for each in self.base.linked(claim)), None)
        return NOBODY_HAS_IT if isinstance(found, Share) else Effect(Direction.NONE)

    def _in_words(
        self, reading: Reading, candidate: Candidate, expected: Share | Amount
    ) -> Value | None:
        """What a clause without a figure says of a claim that has one: "most", "long-lasting"."""
        claim = candidate.claim
        at = reading.place(claim.about.outcome)
        if claim.kind is Kind.HARM and at and denied_twice(reading.text, at):
            return SOMEBODY_HAS_IT  # "not without harm" denies that nobody has it
        if vague := _vague(expected, candidate):
            return vague
        named = claim.kind in BENEFITS and claim.about.outcome in reading.signs
        effects = any(isinstance(each.says, Effect) for each in claim.occurrences)
        return Effect(self._direction(claim)) if named and effects else None

    def stance(self, reading: Reading, claim: Claim) -> Stance:
        """What a clause says of a claim, where it names its outcome or else as a whole."""
        return stance(reading.text, reading.place(claim.about.outcome))

    def _expected(self, claim: Claim, nearest: Occurrence | None) -> Value | None:
        """A value as a claim's passages or findings give, that of the nearest passage first.

        Who names a harm without a figure says that it comes, not how often it was found.
        """
        passages = (*((nearest,) if nearest else ()), *claim.occurrences)
        given = (record.says for record in (*passages, *self.base.linked(claim)))
        expected = next((says for says in given if says is not None), None)
        counted = isinstance(expected, Share) and not claim.occurrences
        return SOMEBODY_HAS_IT if counted and claim.kind is Kind.HARM else expected

    def _direction(self, claim: Claim) -> Direction:
        """The effect that a clause affirms: that of the claim's passages, where they have but one.

        Otherwise of a harm more, and of other outcomes what is better.
        """
        effects = {each.says for each in claim.occurrences if isinstance(each.says, Effect)}
        given = {effect.direction for effect in effects if not effect.denies}
        given &= {Direction.INCREASES, Direction.REDUCES}
        if len(given) == 1:
            return given.pop()
        vocabulary, outcome = self.base.vocabulary, claim.about.outcome
        increases = vocabulary.harm(outcome) or vocabulary.good(outcome) == "more"
        return Direction.INCREASES if increases else Direction.REDUCES

    def _denies(self, reading: Reading, claim: Claim) -> bool:
        """Whether a clause denies a claim's outcome where it names it, else denies altogether."""
        if claim.kind in DANGERS and _words("not as").search(reading.text):
            return False
        treatments = reading.concepts.get("intervention", ())
        if _words("no more than").search(reading.text):
            return True
        if _stands_after(reading, _words("outdone"), *treatments):
            return True
        harm = claim.kind is Kind.HARM
        norm = self.base.vocabulary.norm(claim.about.outcome)
        if norm and affirms(_words("withholds"), reading.text):
            return False  # "without it there is no treatment"
        if harm and _words("prohibits").search(plain(reading.text)):
            return False  # "do not stop it by yourself" denies no harm
        if harm and _is_unwatched(reading, claim):
            return False  # nor does "nobody watches it"
        if harm and _stands_after(reading, _words("prevents"), claim.about.outcome or ""):
            return True
        denied = reading.denies(claim.about.outcome, HARM_REACH if harm else REACH)
        if denied is None:
            return wording(reading.text).step == 0 and not (harm and self._names_itself(claim))
        if denied and claim.kind is Kind.APPROVAL and _only_for(reading, claim):
            return False
        after = self._denied_after(reading, claim)
        if any(sign.denies for sign in reading.signs_of(claim.about.outcome)):
            return denied != after  # "a taxi home does not count"
        return after or denied

    def _denied_after(self, reading: Reading, claim: Claim) -> bool:
        """Whether a clause denies after it what it has named: a harm, a norm, an approved use."""
        text, outcome = reading.text, claim.about.outcome or ""
        ends = [sign.spans[-1][1] for sign in reading.signs[outcome]]
        end = max(ends)
        if claim.kind is Kind.APPROVAL:
            people = (claim.about.population, *reading.concepts.get("population", ()))
            uses = (at for at in map(reading.place, people) if at and at[0] > end)
            use = next(uses, None)
            return bool(use and _words("not for").search(text, end, use[0]))
        if claim.kind in BENEFITS and any(denied_behind(text, each) for each in ends):
            return True
        if not self.base.vocabulary.harm(outcome) and not self.base.vocabulary.norm(outcome):
            return False
        after = _words("denied after").search(text, end)
        near = after and not _APART.search(text, end, after.start())
        denied = near or _words("none").search(text, end)
        return bool(denied) and not refuted(text, reading.signs[outcome][0].spans[0])

    def _names_itself(self, claim: Claim) -> bool:
        """Whether the statement of a claim names its outcome: then who denies it does, too."""
        return claim.about.outcome in self._reader.read(claim.statement).signs

    def _states_denial_of(self, claim_id: str) -> bool:
        claim = self.base.claims[claim_id]
        return self._denies(self._reader.read(claim.statement), claim)

    def _members(
        self, reading: Reading, claim: Claim, expected: ConceptSet, turned: bool
    ) -> ConceptSet | None:
        """The set that a clause names; None where nothing it names is listed of the outcome."""
        named = self._named_members(reading, claim)
        if not named:
            return None
        barred = claim.kind is Kind.CONTRAINDICATION
        if barred:
            mode, named = _barred(reading, named)
        elif placed := _placed(reading, named, expected.mode, turned):
            mode, named = placed
        else:
            return None
        places = filter(None, map(reading.place, named))
        # Where the outcome is named, it has been read whether it is said to be wrong.
        read = barred or claim.about.outcome in reading.signs
        if not read and any(refuted(reading.text, at) for at in places):
            mode = _OPPOSITE[mode]
        if mode == "only":  # a place and what it is one of name one place
            named = frozenset(self.base.vocabulary.finest(named))
        return ConceptSet(mode, named)

    def _named_members(self, reading: Reading, claim: Claim) -> frozenset[str]:
        """The concepts of a clause that are listed of a claim's outcome, or broader or narrower."""
        listed, vocabulary = self._listed.get(claim.about.outcome, ()), self.base.vocabulary
        facets = {vocabulary.concepts[name].facet for name in listed}
        return frozenset(
            name
            for facet in facets
            for name in reading.concepts.get(facet, ())
            if any(vocabulary.related(name, other) for other in listed)
            and not _stands_after(reading, _words("outdone"), name)
        ) - {claim.about.population, claim.about.intervention}


def _is_to_come(reading: Reading, claim: Claim) -> bool:
    """Whether a clause tells of an approval only in a condition, or that it may come."""
    starts = reading.starts(claim.about.outcome)
    return bool(starts) and all(
        _words("to come").search(reading.text, 0, start) is not None for start in starts
    )


def _barred(reading: Reading, named: frozenset[str]) -> tuple[Mode, frozenset[str]]:
    """Who of those named should not have something: they are listed so, or may have it."""
    text, only = reading.text, _words("only").search(reading.text)
    warned = _warned(reading, _words("forbids"), only is not None)
    if any(_excepted(reading, name) for name in named):
        return "excludes" if warned else "includes", named
    if warned is not None:
        return "includes" if warned else "excludes", named
    if only:
        return "only", named
    permits = affirms(_words("permits"), text) and not _words("refuses").search(text)
    return "excludes" if permits or _urges(reading) else "includes", named


def _placed(
    reading: Reading, named: frozenset[str], expected: Mode, turned: bool
) -> tuple[Mode, frozenset[str]] | None:
    """Where something is said to be, or which things it does; None where that is not read."""
    if apart := _set_against(reading, named):
        return apart
    text, only = reading.text, affirms(_words("only"), reading.text)
    if only is False:
        return None  # "not only in …": where else is not read
    if any(_stands_after(reading, _words("leaves"), name) for name in named):
        turned = not turned
    warned = _warned(reading, _words("warns"), only is not None)
    if warned is not None and expected != "excludes":
        # Which of several it warns of is not read.
        return ("excludes" if warned else "includes", named) if len(named) == 1 else None
    if only:
        mode: Mode = "only"
    elif expected == "excludes":
        mode = "excludes" if turned or _words("refuses").search(text) else "includes"
    else:
        mode = "excludes" if turned != bool(_words("rarely").search(text)) else "includes"
    return mode, named


def _warned(reading: Reading, warns: Pattern, only: bool) -> bool | None:
    """Whether a clause has words that warn and does not deny them; None where it has none."""
    if only or _words("rarely").search(reading.text):
        return None
    warned = affirms(warns, reading.text)
    return warned and not reassures(reading.text)  # "the risk is low"


def _leaves_open(claim: Claim, text: str) -> bool:
    """Whether words leave a claim open; evidence of a harm that is called weak plays it down."""
    kinds = ("open", "weak evidence") if claim.kind in BENEFITS else ("open",)
    return any(_words(kind).search(text) for kind in kinds)


def _times_another(reading: Reading, claim: Claim) -> bool:
    """Whether the time that a clause gives beside a harm is not how long that lasts.

    It stands in the condition with which the clause opens ("If it comes within a day, call us"), or
    is how long somebody is watched for it.
    """
    if claim.kind not in (Kind.HARM, Kind.SAFETY):
        return False
    if _words("watched for").search(reading.text):
        return True
    if not (opens := _words("condition").match(reading.text)):
        return False
    starts = reading.starts(claim.about.outcome)
    lasts = _words("lasts").search(reading.text, opens.end())
    timed = any(match.end() < opens.end() for match in _words("length").finditer(reading.text))
    return bool(starts) and min(starts) < opens.end() and timed and not lasts


def _share_or_change(
    figures: list[Share | Amount], expected: Value | None, text: str
) -> Share | Amount | None:
    """The share of people that a clause gives, or else by how much it says something changes."""
    share = next((value for value in figures if isinstance(value, Share)), None)
    written = share and _FIGURE.search(share.text) and _FIGURE.search(text)
    if share and (written or isinstance(expected, Share)):
        return share
    if not isinstance(expected, Effect):
        return None
    return next((value for value in figures if value.dimension == CHANGE), None)


def _is_denied_of_all(figure: Share | Amount, text: str) -> bool:
    """Whether it is denied that something is so of all ("no drug is 100% safe")."""
    at = (
        _ALL.search(text)
        if isinstance(figure, Share) and figure.interval.low >= _NEARLY_ALL
        else None
    )
    return at is not None and denies(text, at.span(), subject=False)


def _same_kind(figures: list[Share | Amount], expected: Share | Amount) -> Share | Amount | None:
    """The first figure that can be held against the expected one."""
    return next((figure for figure in figures if figure.dimension == expected.dimension), None)


def _regimen(figures: list[Share | Amount], expected: Regimen) -> Regimen | None:
    """The parts that a clause gives of those that are expected; one alone is no regimen."""
    left, parts = list(figures), []
    for name, part in expected.parts:
        amount = _same_kind(left, part)
        if isinstance(amount, Amount):
            left.remove(amount)
            parts.append((name, amount))
    return Regimen(tuple(parts)) if len(parts) > 1 else None


def _vague(expected: Share | Amount, candidate: Candidate) -> Share | Amount | None:
    """The expected value where a clause says it without a figure ("most", "not everyone")."""
    harm = candidate.claim.kind is Kind.HARM
    open_ended = expected.text == "<100%" or (harm and expected.text.startswith(">"))
    if candidate.likeness >= CLOSE and (open_ended or not expected.figure):
        return expected
    return expected if harm and open_ended else None


def _urges(reading: Reading) -> bool:
    """Whether a clause says that a treatment is not to be done without."""
    starts = reading.starts(*reading.concepts.get("intervention", ()))
    return any(
        denies(reading.text, match.span(), subject=False)
        for match in _words("forgoes").finditer(reading.text)
        if any(0 <= start - match.end() <= NEXT for start in starts)
    )


def _only_for(reading: Reading, claim: Claim) -> bool:
    """Whether a clause that denies approval excepts a claim's use, or its drug, from that."""
    use = reading.place(claim.about.population)
    drugs = reading.starts(claim.about.intervention)
    return any(_words("sets apart").search(reading.text, 0, start) for start in drugs) or (
        use is not None
        and any(_words(kind).search(reading.text, 0, use[0]) for kind in ("excepts", "only as"))
    )


def _set_against(reading: Reading, named: frozenset[str]) -> tuple[Mode, frozenset[str]] | None:
    """The places that a clause affirms, where it sets others against them ("rather than")."""
    against = _words("set against")
    denied = frozenset(name for name in named if _stands_after(reading, against, name))
    if denied and denied != named:
        return "includes", named - denied
    only = _words("only").search(reading.text)
    return ("excludes", named) if denied and only else None


def _excepted(reading: Reading, name: str) -> bool:
    """Whether a clause excepts people or a place from what it says ("unless you are …")."""
    at = reading.place(name)
    kinds = ("excepts", "are not")
    turns = [_words(kind).search(reading.text, 0, at[0]) for kind in kinds] if at else []
    return sum(match is not None for match in turns) % 2 == 1


def _stands_after(reading: Reading, words: Pattern, *names: str) -> bool:
    """Whether a clause names concepts only right after some words, which end in `$`."""
    starts = reading.starts(*names)
    return bool(starts) and all(
        words.search(reading.text, max(0, start - 30), start) for start in starts
    )


def _denies_nothing(reading: Reading, claim: Claim, expected: Value | None) -> bool:
    """Whether a clause that denies does not deny what a claim says.

    It denies in a condition ("get help if you cannot breathe"), it speaks of approval and not of
    that which the claim is on, or its "nobody should tell you" calls something else wrong.
    """
    unnamed = claim.about.outcome not in reading.signs
    unnamed = unnamed and (claim.kind is Kind.APPROVAL or any(called_wrong(reading.text)))
    in_condition = claim.kind is Kind.HARM and _words("if").search(reading.text)
    asked = _words("denied if").search(reading.text) and not isinstance(expected, Effect)
    return bool(unnamed or in_condition or asked)


def _is_unwatched(reading: Reading, claim: Claim) -> bool:
    """Whether all that a clause denies is that somebody watches for a harm."""
    text, starts = plain(reading.text), reading.starts(claim.about.outcome)
    match = _words("unwatched").search(text)
    if match is None or not starts:
        return False
    near = all(0 <= start - match.end() <= NEXT for start in starts)
    return near and pattern("care", "denial").search(text, match.end()) is None


def _is_checked(reading: Reading, claim: Claim) -> bool:
    """Whether a clause names a harm only where it says what is checked."""
    starts = reading.starts(claim.about.outcome) if claim.kind in (Kind.HARM, Kind.SAFETY) else ()
    return bool(starts) and all(
        _words("checks that").search(reading.text, 0, start) is not None for start in starts
    )
