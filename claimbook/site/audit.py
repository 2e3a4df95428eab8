"""The citation audit: everything about sources and citations that somebody should look at, in the order to look at it.

The order is what can mislead a reader most first: what a cited source contradicts, what was retracted, what does not add up,
what nobody here read, what nobody looked up, what counts twice, what leads nowhere, and quotes that this build could not check.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from claimbook.evidence.appraisal import read_second_hand
from claimbook.evidence.index import Index
from claimbook.records import Amount, Claim, Finding, Flag, Occurrence, Page, Share, Topic
from claimbook.records.quotes import REFERENCE
from claimbook.rules.check import Report, all_rules


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of work: its anchor, its name and why it matters; a rule's page names the queue of its flags."""

    id: str
    name: str
    why: str

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules whose pages name the queue."""
        return tuple(name for name, rule in all_rules().items() if rule.queue == self.id)


OWN_SOURCE = Queue(
    "own-source", "Contradicted by the source it cites", "The page names a source that says otherwise, or that is about something else.",
)  # fmt: skip
RETRACTED = Queue(
    "retracted",
    "Rests on a source that was retracted",
    "Nothing should rest on it.",
)
ARITHMETIC = Queue(
    "arithmetic",
    "Sources whose arithmetic does not add up",
    "The printed share does not follow from the printed count.",
)
SECOND_HAND = Queue(
    "second-hand",
    "Figures and other findings read only second-hand",
    "Nobody here read them in the source itself, only in somebody’s report of it. They never decide a verdict alone.",
)
STANDING = Queue(
    "standing",
    "Standing not looked up",
    "Whether it was corrected or retracted is not known here. Those that most claims rest on come first.",
)
DEPENDENT = Queue(
    "dependent",
    "Studies that may have counted the same people",
    "Several papers about the same people are one result.",
)
DANGLING = Queue(
    "dangling",
    "Citations that lead nowhere",
    "A marker or the word “source” without anything behind it.",
)
QUOTES = Queue(
    "quotes",
    "Quotes not checked",
    "A quote counts as checked only in a build that has the text of its page. Not at hand is not checked, never fine.",
)
QUEUES = (OWN_SOURCE, RETRACTED, ARITHMETIC, SECOND_HAND, STANDING, DEPENDENT, DANGLING, QUOTES)


@dataclass(frozen=True, slots=True)
class SecondHand:
    """A finding read only second-hand, and what rests on it: claims, and questions that show it to patients."""

    finding: Finding
    claims: tuple[Claim, ...]
    topics: tuple[Topic, ...]

    @property
    def figure(self) -> bool:
        """Whether it is a number: a share or an amount."""
        return isinstance(self.finding.says, Share | Amount)

    @property
    def used(self) -> bool:
        """Whether a claim or an answer rests on it."""
        return bool(self.claims or self.topics)


def flags(report: Report, queue: Queue) -> list[Flag]:
    """The flags of a queue; sources that most claims rest on first, the others in the order of the records."""
    found = [flag for name in queue.rules for flag in report.by_rule.get(name, ())]
    if queue is STANDING:
        claims = report.index.by_source
        found.sort(key=lambda flag: (-len(claims.get(flag.subject, ())), flag.subject))
    return found


def second_hand(index: Index) -> list[SecondHand]:
    """Every finding that nobody here read in the source itself: figures in use first, then others in use, then the rest."""
    base = index.base
    topics: dict[str, dict[str, Topic]] = {}
    for topic in base.topics.values():
        for key in _shown(topic):
            topics.setdefault(key, {})[topic.id] = topic
    found = [
        SecondHand(finding, index.by_finding.get(key, ()), tuple(topics.get(key, {}).values()))
        for key, finding in base.findings.items()
        if read_second_hand(finding, base.sources[finding.source])
    ]
    return sorted(found, key=lambda one: (not one.used, not one.figure, one.finding.key))


def _shown(topic: Topic) -> Iterator[str]:
    """The findings that a topic shows or names in its texts."""
    yield from (*topic.found, *topic.harms)
    for _, text in topic.texts:
        yield from REFERENCE.findall(text)


def unchecked_quotes(report: Report) -> list[tuple[Page, list[Occurrence], list[Occurrence]]]:
    """The pages with quotes that are missing from their text, or that were not looked for: page, missing, not checked."""
    found = []
    for key, page in report.base.pages.items():
        checks = [(report.quote_check(o), o) for o in report.base.by_page[key]]
        missing, unchecked = (
            [o for how, o in checks if how == what] for what in ("missing", "not-checked")
        )
        if missing or unchecked:
            found.append((page, missing, unchecked))
    return found
