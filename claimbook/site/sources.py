"""Sources: the table of them, and a page each with its findings and what rests on it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from claimbook.records import Base, Claim, Flag, Occurrence, Reference, Share, Source, wilson
from claimbook.rules.check import Report, all_rules
from claimbook.site import audit, json_ld
from claimbook.site.context import Content, Context
from claimbook.site.exports import ris
from claimbook.site.filters import NO_LEVEL, source_level, source_rows, table
from claimbook.site.words import as_description, in_words, short, source_title


def index(context: Context) -> dict[str, Any]:
    """The table of all sources, by name."""
    rows = source_rows(context.report)
    rows.sort(key=lambda row: short(row.record.id, context.base).casefold())
    return table(rows, context.base)


def pages(context: Context) -> Iterator[Content]:
    """A page for each source."""
    report, base = context.report, context.base
    used = report.index.by_finding
    cited, overlaps = _cited_by(base), _overlaps(base)
    for key, source in base.sources.items():
        reference, title, level = (
            base.references[key],
            source_title(key, base),
            source_level(source),
        )
        flags = report.by_source.get(key, ())
        faults = [flag for flag in flags if _queue(flag) == audit.ARITHMETIC]
        found = (f"{in_words(f.says, base)}. {f.plain or ''}" for f in source.findings)
        yield Content(
            f"sources/{key}.md",
            f"{short(key, base)}: {as_description(title)}",
            as_description(f"What we read in: {title}"),
            {
                "source": source,
                "reference": reference,
                "ris": ris(reference),
                "citation": _citation(reference, title, context.citations.get(key)),
                "links": links(reference, source),
                "people": _people(source),
                "standing": _standing(source),
                "level": None if level == NO_LEVEL else int(level),
                "faults": faults,
                "used": used,
                "arithmetic": list(_arithmetic(source, report)),
                "overlaps": overlaps.get(key, []),
                "dependent_claims": [
                    base.claims[name]
                    for flag in flags
                    if _queue(flag) == audit.DEPENDENT
                    for name in flag.claims
                ],
                "dependents": dependents(source, used),
                "cited_by": cited.get(key, []),
            },
            " · ".join([title, *found]),
            json_ld.source(reference, title),
        )


def _queue(flag: Flag) -> str | None:
    return all_rules()[flag.rule].queue


def _people(source: Source) -> str:
    """How many people were enrolled and analysed, as far as that is recorded."""
    people = source.participants
    if people is None:
        return ""
    enrolled = f"{people.enrolled} enrolled" if people.enrolled is not None else ""
    return enrolled + (f", {people.analysed} analysed" if people.analysed is not None else "")


def _standing(source: Source) -> str:
    """Whether a source was corrected or retracted, and when that was looked up."""
    standing = source.standing
    if standing.status == "unknown":
        return "Not checked: it may have been corrected or retracted."
    return standing.status + (f", checked on {standing.checked}" if standing.checked else "")


def _cited_by(base: Base) -> dict[str, list[Occurrence]]:
    """The passages that cite each source."""
    cited: dict[str, list[Occurrence]] = {}
    for occurrence in base.occurrences.values():
        for key in dict.fromkeys(occurrence.cites):
            cited.setdefault(key, []).append(occurrence)
    return cited


def _overlaps(base: Base) -> dict[str, list[str]]:
    """The sources that may have counted some of the same people, both ways."""
    overlaps: dict[str, set[str]] = {}
    for key, source in base.sources.items():
        for other in source.overlaps:
            overlaps.setdefault(key, set()).add(other)
            overlaps.setdefault(other, set()).add(key)
    return {key: sorted(others) for key, others in overlaps.items()}


def _citation(reference: Reference, title: str, formatted: str | None) -> Markup:
    """A source's citation; without a formatted one, its title and year."""
    if formatted is None:
        return escape(f"{title}. {reference.fields.get('year', '')}")
    return Markup(formatted)  # noqa: S704 - made by the citation formatter, which escapes


def links(reference: Reference, source: Source) -> list[tuple[str, str]]:
    """The identifiers of a source with the addresses they resolve to."""
    fields = reference.fields
    addresses = []
    if doi := fields.get("doi"):
        addresses.append((f"doi:{doi}", f"https://doi.org/{doi}"))
    if (pmid := fields.get("pmid", "")).isdigit():
        addresses.append((f"PMID {pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"))
    if re.fullmatch(r"PMC\d+", pmcid := fields.get("pmcid", "")):
        addresses.append((pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"))
    if (read_at := source.read_at or "").startswith(("https://", "http://")):
        addresses.append(("where it was read", read_at))
    return addresses


def _arithmetic(source: Source, report: Report) -> Iterator[dict[str, Any]]:
    """Each share of a source that comes with a count, and what the count gives."""
    flags = report.by_source.get(source.id, ())
    for finding in source.findings:
        match finding.says:
            case Share(count=int(count), total=int(total)) if total:
                yield {
                    "finding": finding,
                    "share": 100 * count / total,
                    "interval": wilson(count, total),
                    "faults": [
                        flag
                        for flag in flags
                        if _queue(flag) == audit.ARITHMETIC and flag.subject == finding.key
                    ],
                }


def dependents(source: Source, used: Mapping[str, tuple[Claim, ...]]) -> list[dict[str, Any]]:
    """The claims that rest on a source, with its findings and each page's first passage."""
    rows: dict[str, dict[str, Any]] = {}
    for finding in source.findings:
        for claim in used.get(finding.key, ()):
            pages = {o.page: o for o in reversed(claim.occurrences)}
            row = {
                "claim": claim,
                "findings": [],
                "passages": [o for _, o in sorted(pages.items())],
            }
            rows.setdefault(claim.id, row)["findings"].append(finding)
    return sorted(rows.values(), key=lambda row: (row["claim"].topic, row["claim"].statement))
