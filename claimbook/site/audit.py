"""The citation audit: work left to do on sources and citations, most misleading first."""

from collections.abc import Iterator
from dataclasses import dataclass

from claimbook.evidence.appraisal import read_second_hand
from claimbook.evidence.index import Index
from claimbook.records import Amount, Claim, Finding, Flag, Occurrence, Page, Share, Topic
from claimbook.records.quotes import REFERENCE
from claimbook.rules.check import Report, all_rules
from claimbook.site.words import WORDS


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of work: its anchor, its name, and why it matters."""

    id: str
    name: str
    why: str

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules whose pages name this queue."""
        return tuple(name for name, rule in all_rules().items() if rule.queue == self.id)


STANDING, SECOND_HAND, QUOTES = "standing", "second-hand", "quotes"
ARITHMETIC, DEPENDENT = "arithmetic", "dependent"
QUEUES = tuple(Queue(name, *fields) for name, fields in WORDS["queues"].items())


@dataclass(frozen=True, slots=True)
class SecondHand:
    """A finding not read in its source, with the claims and the questions that use it."""

    finding: Finding
    claims: tuple[Claim, ...]
    topics: tuple[Topic, ...]

    @property
    def figure(self) -> bool:
        """Whether it is a number: a share or an amount."""
        return isinstance(self.finding.says, Share | Amount)

    @property
    def used(self) -> bool:
        """Whether a claim or an answer uses it."""
        return bool(self.claims or self.topics)


def flags(report: Report, queue: Queue) -> list[Flag]:
    """The flags of a queue: sources that most claims use first, others in the records' order."""
    queued = [flag for rule in queue.rules for flag in report.by_rule.get(rule, ())]
    if queue.id == STANDING:
        claims = report.index.by_source
        queued.sort(key=lambda flag: (-len(claims.get(flag.subject, ())), flag.subject))
    return queued


def second_hand(index: Index) -> list[SecondHand]:
    """Every finding not read in its source: figures in use first, then others in use, then all."""
    base = index.base
    topics: dict[str, dict[str, Topic]] = {}
    for topic in base.topics.values():
        for key in _shown(topic):
            topics.setdefault(key, {})[topic.id] = topic
    findings = [
        SecondHand(finding, index.by_finding.get(key, ()), tuple(topics.get(key, {}).values()))
        for key, finding in base.findings.items()
        if read_second_hand(finding, base.sources[finding.source])
    ]
    return sorted(findings, key=lambda f: (not f.used, not f.figure, f.finding.key))


def _shown(topic: Topic) -> Iterator[str]:
    """The findings that a topic shows or names in its texts."""
    yield from (*topic.found, *topic.harms)
    for _, text in topic.texts:
        yield from REFERENCE.findall(text)


def unchecked_quotes(report: Report) -> list[tuple[Page, list[Occurrence], list[Occurrence]]]:
    """The pages with quotes that are not in their text, or were not checked: page, both lists."""
    pages = []
    for key, page in report.base.pages.items():
        checks = [(report.quote_check(o), o) for o in report.base.by_page[key]]
        missing = [o for check, o in checks if check == "missing"]
        unchecked = [o for check, o in checks if check == "not-checked"]
        if missing or unchecked:
            pages.append((page, missing, unchecked))
    return pages
