"""Sources: the table of them, a page each with what rests on it, and the citation audit.

The audit is the work left to do on sources and citations, most misleading first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from claimbook.curation.impact import Consequence, all_dependents, consequences, counted, read_again
from claimbook.evidence.appraisal import read_second_hand
from claimbook.evidence.certainty import level
from claimbook.evidence.index import Index
from claimbook.loading.identifiers import doi_address, pubmed_address
from claimbook.records import (
    Amount,
    Claim,
    Flag,
    Occurrence,
    Page,
    Reference,
    Share,
    Source,
    Verdict,
    display,
)
from claimbook.records.grouping import grouped
from claimbook.rules.check import Report, all_rules
from claimbook.site import json_ld
from claimbook.site.context import Content, Context
from claimbook.site.file_formats import ris
from claimbook.site.filters import source_rows, table
from claimbook.site.words import WORDS, as_description, short

STANDING, SECOND_HAND, QUOTES = "standing", "second-hand", "quotes"  # queues of the audit
ARITHMETIC, DEPENDENT = "arithmetic", "dependent"


def index(context: Context) -> dict[str, Any]:
    """The table of all sources, by name."""
    rows = source_rows(context.report)
    rows.sort(key=lambda row: short(row.record.id, context.base).casefold())
    return table(rows, context.base)


def pages(context: Context) -> Iterator[Content]:
    """A page for each source."""
    base = context.base
    cited = grouped((key, o) for o in base.occurrences.values() for key in dict.fromkeys(o.cites))
    pairs = [(key, other) for key, source in base.sources.items() for other in source.overlaps]
    overlaps = grouped((*pairs, *((other, key) for key, other in pairs)))  # both ways
    for key in base.sources:
        reference = base.references[key]
        title = display.title(reference)
        yield Content(
            f"sources/{key}.md",
            f"{short(key, base)}: {as_description(title)}",
            as_description(f"What we read in: {title}"),
            partial(_data, key, cited.get(key, ()), sorted(set(overlaps.get(key, ()))), context),
            json_ld.source(reference, title),
        )


def _data(
    key: str, cited: Iterable[Occurrence], overlaps: Iterable[str], context: Context
) -> dict[str, Any]:
    """What the page of a source needs: the passages that cite it, and what it overlaps with."""
    report, base = context.report, context.base
    source, reference, used = base.sources[key], base.references[key], report.index.by_finding
    title = display.title(reference)
    plain = escape(f"{title}. {reference.fields.get('year', '')}")  # without a formatted one
    flags = report.by_source.get(key, ())
    faults = [flag for flag in flags if all_rules()[flag.rule].queue == ARITHMETIC]
    return {
        "source": source,
        "reference": reference,
        "ris": ris(reference),
        "citation": Markup(context.citations.get(key, plain)),  # noqa: S704 - is escaped
        "links": links(reference, source),
        "level": level(source.design),
        "faults": faults,
        "used": used,
        "arithmetic": [  # each share with a count
            (finding, [flag for flag in faults if flag.subject == finding.key])
            for finding in source.findings
            if isinstance(finding.says, Share) and finding.says.total
        ],
        "overlaps": overlaps,
        "dependent_claims": [
            base.claims[name]
            for flag in flags
            if all_rules()[flag.rule].queue == DEPENDENT
            for name in flag.claims
        ],
        "dependents": dependents(source, used),
        "cited_by": cited_by(cited, report),
        "impact": impact(key, report),
    }


def impact(key: str, report: Report) -> dict[str, Any]:
    """What rests on a source, what changes without it, and what is to be read again then."""
    base = report.base
    rests = all_dependents(report, frozenset({key}))
    changed = consequences(report, frozenset({key}), everywhere=False)

    def reason(change: Consequence) -> str:
        named = [name for name in base.sources if name in change.because]
        occurrence = base.occurrences.get(change.record)
        return display.message(change.because, [occurrence.page] if occurrence else [], named, base)

    return {
        "rests": counted(rests),
        "changes": [(change, reason(change)) for change in changed],
        "counts": counted(changed),
        "again": grouped((rest.kind, rest) for rest in read_again(rests, changed)),
    }


def cited_by(
    occurrences: Iterable[Occurrence], report: Report
) -> dict[str, tuple[Occurrence, ...]]:
    """Passages that cite a source: those that are right, that say too much, and all others."""

    def kind(occurrence: Occurrence) -> str:
        verdict = report.verdict(occurrence)
        if verdict is Verdict.SUPPORTED:
            return "right"
        return "wrong" if verdict > Verdict.NOT_CHECKED else "other"

    return grouped((kind(occurrence), occurrence) for occurrence in occurrences)


def links(reference: Reference, source: Source) -> list[tuple[str, str]]:
    """The identifiers of a source with the addresses they resolve to, and where it was read.

    That is linked where it is the address of the reference; another may be any copy of it.
    """
    fields = reference.fields
    addresses = []
    if doi := fields.get("doi"):
        addresses.append((f"doi:{doi}", doi_address(doi)))
    if (pmid := fields.get("pmid", "")).isdigit():
        addresses.append((f"PMID {pmid}", pubmed_address(pmid)))
    if re.fullmatch(r"PMC\d+", pmcid := fields.get("pmcid", "")):
        addresses.append((pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"))
    if (read_at := source.read_at or "").startswith(("https://", "http://")):
        own = read_at == fields.get("url")  # of another place it is told, but nobody is sent there
        addresses.append(("where it was read", read_at) if own else (f"read at {read_at}", ""))
    return addresses


def dependents(source: Source, used: Mapping[str, tuple[Claim, ...]]) -> list[dict[str, Any]]:
    """The claims that rest on a source, with its findings and each page's first passage."""
    rests = grouped((c, finding) for finding in source.findings for c in used.get(finding.key, ()))
    rows = []
    for claim in sorted(rests, key=lambda claim: (claim.topic, claim.statement)):
        pages = {o.page: o for o in reversed(claim.occurrences)}
        passages = [pages[name] for name in sorted(pages)]
        rows.append({"claim": claim, "findings": rests[claim], "passages": passages})
    return rows


# --- the citation audit --------------------------------------------------------------------------


def audit(context: Context) -> dict[str, Any]:
    """The queues of the citation audit with what they hold."""
    report = context.report
    findings, quotes = second_hand(report.index), unchecked_quotes(report)
    flags = {name: queued_flags(report, name) for name in WORDS["queues"]}
    counts = {name: len(some) for name, some in flags.items()} | {
        SECOND_HAND: len(findings),
        QUOTES: sum(len(missing) + len(unchecked) for _, missing, unchecked in quotes),
    }
    return {
        "queues": [
            (name, *words, queue_rules(name), counts[name])
            for name, words in WORDS["queues"].items()
        ],
        "flags": flags,
        "second_hand": findings,
        "figures": sum(finding["figure"] for finding in findings),
        "in_use": sum(finding["used"] for finding in findings),
        "quotes": quotes,
        "resting": report.index.by_source,
    }


def queue_rules(queue: str) -> tuple[str, ...]:
    """The rules whose pages name a queue."""
    return tuple(name for name, rule in all_rules().items() if rule.queue == queue)


def queued_flags(report: Report, queue: str) -> list[Flag]:
    """The flags of a queue: sources that most claims use first, others in the records' order."""
    queued = [flag for rule in queue_rules(queue) for flag in report.by_rule.get(rule, ())]
    if queue == STANDING:
        claims = report.index.by_source
        queued.sort(key=lambda flag: (-len(claims.get(flag.subject, ())), flag.subject))
    return queued


def second_hand(index: Index) -> list[dict[str, Any]]:
    """Every finding not read in its source, with the claims and the topics that use it.

    Those that are used come first, `figure`s (a share or an amount) before the rest.
    """
    base = index.base
    shown = ((key, topic) for topic in base.topics.values() for key in topic.findings)
    topics = grouped(dict.fromkeys(shown))  # that show a finding or name it in their texts
    findings = [
        {
            "finding": finding,
            "claims": index.by_finding.get(key, ()),
            "topics": topics.get(key, ()),
            "figure": isinstance(finding.says, Share | Amount),
            "used": key in index.by_finding or key in topics,
        }
        for key, finding in base.findings.items()
        if read_second_hand(finding, base.sources[finding.source])
    ]
    return sorted(findings, key=lambda f: (not f["used"], not f["figure"], f["finding"].key))


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
