"""The report for other programs: plain data in a stable order.

The shapes are a contract (`docs/method/data.md`): they change only by adding.
"""

import csv
import io
import math
import re
from collections import Counter
from typing import Any, TypedDict

from claimbook.evidence.appraisal import appraise, body, rating
from claimbook.language.strength import wording
from claimbook.records import (
    Amount,
    Claim,
    ConceptSet,
    Effect,
    Flag,
    Interval,
    Occurrence,
    Reference,
    Severity,
    Share,
    Value,
    YesNo,
    display,
    wilson,
)
from claimbook.rules.check import Report


class EvidenceData(TypedDict):
    """A finding on a claim; `compare` holds its relation to each comparable passage."""

    finding: str
    source: str
    level: int | None
    directness: str
    decides_on: list[str]
    compare: dict[str, str]
    why: str


class OccurrenceData(TypedDict):
    """One page's words for a claim."""

    id: str
    page: str
    section: str | None
    quote: str
    says: dict[str, Any] | None
    wording_step: int
    verdict: str
    cites: list[str]
    quote_check: str
    flags: list[str]


class ClaimData(TypedDict):
    """One claim with its evidence and its passages."""

    id: str
    topic: str
    statement: str
    kind: str
    about: dict[str, str]
    certainty: str | None
    certainty_reasons: list[str]
    verdict: str | None
    evidence: list[EvidenceData]
    occurrences: list[OccurrenceData]


class ReasonData(TypedDict):
    """What another rule says of the same cause."""

    rule: str
    message: str


class FlagData(TypedDict):
    """One flag."""

    id: str
    rule: str
    category: str
    severity: str
    message: str
    claims: list[str]
    occurrences: list[str]
    pages: list[str]
    sources: list[str]
    suggestion: str | None
    also: list[ReasonData]


class FindingData(TypedDict):
    """One finding."""

    id: str
    about: dict[str, str]
    says: dict[str, Any]
    printed: str | None
    where: str
    plain: str | None
    read: str
    claims: list[str]


class SourceData(TypedDict):
    """One source."""

    id: str
    title: str
    kind: str
    design: str
    text_read: str
    standing: str
    people: str | None
    risk_of_bias: str | None
    findings: list[FindingData]
    flags: list[str]


class PageData(TypedDict):
    """One clinic page."""

    id: str
    clinic: str
    title: str
    read: str
    sha256: str
    address: str | None
    reply: str | None
    verdicts: dict[str, int]
    occurrences: list[str]
    flags: list[str]


DATA = {
    "claims": list[ClaimData],
    "sources": list[SourceData],
    "pages": list[PageData],
    "flags": list[FlagData],
}


def says(value: Value) -> dict[str, Any]:
    """A value as plain data."""
    match value:
        case Effect():
            return {"effect": value.direction.value}
        case Share():
            data: dict[str, Any] = {"share": value.text, **_ends(value.interval)}
            if value.count is not None and value.total is not None:
                interval = wilson(value.count, value.total)
                data |= {
                    "of": [value.count, value.total],
                    "wilson": [round(interval.low, 1), round(interval.high, 1)],
                }
            return data
        case Amount():
            return {"amount": value.text, "dimension": value.dimension, **_ends(value.interval)}
        case YesNo():
            return {"is": value.holds}
        case ConceptSet():
            return {value.mode: sorted(value.concepts)}
    raise TypeError(value)


def _ends(interval: Interval) -> dict[str, float | None]:
    return {
        "low": round(interval.low, 6),
        "high": None if math.isinf(interval.high) else round(interval.high, 6),
    }


def claims(report: Report) -> list[ClaimData]:
    """Every claim, in the order of their ids."""
    return [_claim(claim, report) for _, claim in sorted(report.base.claims.items())]


def _claim(claim: Claim, report: Report) -> ClaimData:
    rated, verdict = rating(claim, report.index), report.claim_verdict(claim)
    appraisals = {o.id: appraise(o, report.index).all for o in claim.occurrences}
    evidence: list[EvidenceData] = []
    for index, one in enumerate(body(claim, report.index)):
        on = {name: findings[index] for name, findings in appraisals.items()}
        evidence.append(
            {
                "finding": one.finding.key,
                "source": one.source.id,
                "level": one.level,
                "directness": str(one.directness) if one.on_outcome else "another outcome",
                "decides_on": [name for name, finding in on.items() if finding.decides],
                "compare": {
                    name: finding.comparison.relation.value
                    for name, finding in on.items()
                    if finding.comparison
                },
                "why": one.why,
            }
        )
    return {
        "id": claim.id,
        "topic": claim.topic,
        "statement": claim.statement,
        "kind": claim.kind.value,
        "about": dict(claim.about.facets()),
        "certainty": rated.certainty.label if rated else None,
        "certainty_reasons": [
            f"{step.what}{f' {step.change:+d}' if step.change else ''}: {step.because}"
            for step in (rated.steps if rated else ())
        ],
        "verdict": verdict.label if verdict is not None else None,
        "evidence": evidence,
        "occurrences": [_occurrence(o, report) for o in claim.occurrences],
    }


def _occurrence(occurrence: Occurrence, report: Report) -> OccurrenceData:
    return {
        "id": occurrence.id,
        "page": occurrence.page,
        "section": occurrence.section,
        "quote": occurrence.quote,
        "says": says(occurrence.says) if occurrence.says else None,
        "wording_step": wording(occurrence.quote).step,
        "verdict": report.verdict(occurrence).label,
        "cites": list(occurrence.cites),
        "quote_check": report.quote_check(occurrence),
        "flags": [flag.id for flag in report.by_occurrence.get(occurrence.id, ())],
    }


def flag(one: Flag) -> FlagData:
    """One flag as plain data."""
    return {
        "id": one.id,
        "rule": one.rule,
        "category": one.category.value,
        "severity": one.severity.value,
        "message": one.message,
        "claims": list(one.claims),
        "occurrences": list(one.occurrences),
        "pages": list(one.pages),
        "sources": list(one.sources),
        "suggestion": one.suggestion,
        "also": [{"rule": other.rule, "message": other.message} for other in one.also],
    }


def flags(report: Report) -> list[FlagData]:
    """Every flag, in the order of the ids."""
    return sorted(map(flag, report.flags), key=lambda one: one["id"])


def sources(report: Report) -> list[SourceData]:
    """Every source, in the order of the keys."""
    base, used = report.base, report.index.by_finding
    return [
        {
            "id": key,
            "title": display.title(base.references[key]),
            "kind": source.kind.value,
            "design": source.design.value,
            "text_read": source.text_read,
            "standing": source.standing.status,
            "people": source.people,
            "risk_of_bias": source.risk_of_bias.rating if source.risk_of_bias else None,
            "findings": [
                {
                    "id": finding.key,
                    "about": dict(finding.about.facets()),
                    "says": says(finding.says),
                    "printed": finding.printed,
                    "where": finding.where,
                    "plain": finding.plain,
                    "read": finding.read,
                    "claims": sorted(claim.id for claim in used.get(finding.key, ())),
                }
                for finding in source.findings
            ],
            "flags": [one.id for one in report.by_source.get(key, ())],
        }
        for key, source in sorted(base.sources.items())
    ]


def pages(report: Report) -> list[PageData]:
    """Every clinic page, in the order of the ids."""
    base = report.base
    return [
        {
            "id": name,
            "clinic": page.clinic,
            "title": page.title,
            "read": page.read.isoformat(),
            "sha256": page.sha256,
            "address": page.address,
            "reply": page.reply,
            "verdicts": {
                verdict.label: count for verdict, count in report.page_counts(name).items()
            },
            "occurrences": [o.id for o in base.by_page[name]],
            "flags": [one.id for one in report.by_page.get(name, ())],
        }
        for name, page in sorted(base.pages.items())
    ]


_COLUMNS = [
    "claim",
    "topic",
    "statement",
    "kind",
    "certainty",
    "page",
    "section",
    "quote",
    "wording_step",
    "verdict",
    "flags",
]


def claims_csv(report: Report) -> str:
    """One row per passage, for spreadsheets; what they would run as a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for claim in claims(report):
        about = claim["id"], claim["topic"], claim["statement"], claim["kind"]
        for o in claim["occurrences"]:
            flags = report.by_occurrence.get(o["id"], ())
            rules = sorted({rule for flag in flags for rule in flag.rules})
            passage = o["page"], o["section"] or "", o["quote"], o["wording_step"], o["verdict"]
            cells = (*about, claim["certainty"] or "", *passage, " ".join(rules))
            writer.writerow(
                f"'{cell}" if str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) else cell
                for cell in cells
            )
    return out.getvalue()


def bibtex(report: Report) -> str:
    """Every reference as BibTeX, in the order of the keys."""
    return "\n".join(reference.text for _, reference in sorted(report.base.references.items()))


_RIS_TYPES = {
    "article": "JOUR",
    "book": "BOOK",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "conference": "CPAPER",
    "mastersthesis": "THES",
    "phdthesis": "THES",
    "techreport": "RPRT",
    "online": "ELEC",
}
_RIS_FIELDS = {  # the fields of a BibTeX entry that each tag is read from; the first that is there
    "TI": "title",
    "T2": "journal booktitle series",
    "PY": "year",
    "VL": "volume",
    "IS": "number",
    "PB": "publisher institution organization school howpublished",
    "CY": "address",
    "ET": "edition",
    "SN": "issn isbn",
    "N1": "note",
}
_RIS_ADDRESSES = {"DO": "doi", "AN": "pmid", "C2": "pmcid", "UR": "url"}


def ris(reference: Reference) -> str:
    """A reference as one RIS record, a line per tag, in plain text.

    People are written as BibTeX has them, the family name first; "and others" names nobody.
    PubMed's numbers stand where PubMed's own RIS has them.
    """
    fields = {name: value for name, value in reference.fields.items() if value}
    kind = _RIS_TYPES.get(reference.type.lower(), "ELEC" if "url" in fields else "GEN")
    lines = [("TY", kind), ("ID", reference.key)]
    for tag, role in (("AU", "author"), ("ED", "editor")):
        people = (name for name in reference.persons.get(role, ()) if name != "others")
        lines += [(tag, name) for name in people]
    for tag, names in _RIS_FIELDS.items():
        lines += [(tag, fields[n]) for n in names.split() if n in fields][:1]
    pages = re.split(r"\s*[-–—]+\s*", fields.get("pages", ""), maxsplit=1)
    lines += [(tag, page) for tag, page in zip(("SP", "EP"), pages, strict=False)]
    lines += [(tag, fields.get(name, "")) for tag, name in _RIS_ADDRESSES.items()]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def ris_file(report: Report) -> str:
    """Every reference as RIS, in the order of the keys."""
    return "\n".join(ris(reference) for _, reference in sorted(report.base.references.items()))


def summary(report: Report) -> dict[str, Any]:
    """The state of the base in numbers."""
    base = report.base
    checks = [report.quote_check(o) for o in base.occurrences.values()]
    verdicts = Counter(report.verdict(o).label for o in base.occurrences.values())
    return {
        "claims": len(base.claims),
        "occurrences": len(base.occurrences),
        "sources": len(base.sources),
        "findings": len(base.findings),
        "pages": len(base.pages),
        "flags": len(report.flags),
        "by_severity": {s.value: sum(f.severity is s for f in report.flags) for s in Severity},
        "verdicts": dict(sorted(verdicts.items())),
        "quotes_found": checks.count("found"),
        "quotes_not_checked": checks.count("not-checked"),
        "sources_with_figures": len(base.figures),
    }


def check_result(report: Report) -> dict[str, Any]:
    """What `claimbook check --format json` prints."""
    return {
        "summary": summary(report),
        "checks_run": list(report.rules_run),
        "flags": flags(report),
    }
