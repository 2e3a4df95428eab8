"""The report for other programs: plain data in a stable order.

The shapes are a contract (`docs/method/data.md`): they change only by adding. Each is one table,
from which both the data and its JSON Schema are made.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from typing_extensions import TypedDict

from claimbook.curation.reviews import is_current, state
from claimbook.evidence.appraisal import appraise, body
from claimbook.evidence.certainty import level
from claimbook.evidence.harms import harm_status, shown_rating
from claimbook.language.strength import wording
from claimbook.records import (
    Amount,
    Claim,
    ConceptSet,
    Effect,
    Flag,
    Interval,
    Regimen,
    Severity,
    Share,
    Value,
    YesNo,
    display,
    percent,
)
from claimbook.rules.check import Report
from claimbook.site.file_formats import csv_file
from claimbook.site.words import WORDS, result, truth


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of record as data: by field its type, or its type and how it is read.

    What is not read in a way of its own is the record's attribute of that name, made plain by the
    type: an enumeration or a day as text, a tuple as a list.
    """

    name: str
    fields: Mapping[str, Any]

    @property
    def row(self) -> Any:
        """The type of such a record, for the JSON Schema."""
        types = {name: f[0] if isinstance(f, tuple) else f for name, f in self.fields.items()}
        return TypedDict(self.name, types)  # type: ignore[operator]

    @property
    def rows(self) -> Any:
        """The type of a list of such records."""
        return list[self.row]  # type: ignore[name-defined]

    def data(self, record: Any, report: Report) -> dict[str, Any]:
        """One record as plain data."""
        data: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, tuple):
                data[name] = field[1](record, report)
            else:
                value = getattr(record, name)
                data[name] = field(value) if callable(field) else value  # a union is as it is
        return data


def says(value: Value | None) -> dict[str, Any] | None:
    """A value as plain data."""
    match value:
        case Effect():
            return {"effect": value.direction.value}
        case Share():
            share = value.corrected(decimals=1)
            data: dict[str, Any] = {"share": share.text, "printed_share": value.text}
            data |= _ends(share.interval)
            if value.count is not None and value.total is not None:
                ends = (value.uncertain.low, value.uncertain.high)
                data |= {"of": [value.count, value.total]}
                data |= {"wilson": [float(percent(end, 1)) for end in ends]}
            return data | ({"against": says(value.against)} if value.against else {})
        case Amount():
            return {"amount": value.text, "dimension": value.dimension, **_ends(value.interval)}
        case Regimen():
            return {"regimen": {name: says(amount) for name, amount in value.parts}}
        case YesNo():
            return {"is": value.holds}
        case ConceptSet():
            return {value.mode: sorted(value.concepts)}
    return None


def _ends(interval: Interval) -> dict[str, float | None]:
    return {
        "low": round(interval.low, 6),
        "high": None if math.isinf(interval.high) else round(interval.high, 6),
    }


def _ids(flags: Iterable[Flag]) -> list[str]:
    return [flag.id for flag in flags]


def _evidence(claim: Claim, report: Report) -> list[Any]:
    """The findings on a claim, each with how it bears on every passage, by the passage's id."""
    appraisals = {o.id: appraise(o, report.index).all for o in claim.occurrences}
    return [
        (evidence, {name: every[i] for name, every in appraisals.items()})
        for i, evidence in enumerate(body(claim, report.index))
    ]


def _reasons(claim: Claim, report: Report) -> list[str]:
    rated = shown_rating(claim, report.index)
    return [
        f"{step.what}{f' {step.change:+d}' if step.change else ''}: {step.because}"
        for step in (rated.steps if rated else ())
    ]


def _each(names: str, field: Any) -> dict[str, Any]:
    """Several fields of one type."""
    return dict.fromkeys(names.split(), field)


_TEXTS, _MAYBE = list[str], str | None
_ABOUT = dict[str, str], lambda record, _: dict(record.about.facets())
_EVIDENCE = Shape(  # a finding on a claim; `compare` holds its relation to comparable passages
    "EvidenceData",
    {
        "finding": (str, lambda pair, _: pair[0].finding.key),
        "source": (str, lambda pair, _: pair[0].source.id),
        "level": (int | None, lambda pair, _: pair[0].level),
        "directness": (
            str,
            lambda pair, _: str(pair[0].directness) if pair[0].on_outcome else "another outcome",
        ),
        "decides_on": (_TEXTS, lambda pair, _: [n for n, f in pair[1].items() if f.decides]),
        "compare": (
            dict[str, str],
            lambda pair, _: {
                name: finding.comparison.relation.value
                for name, finding in pair[1].items()
                if finding.comparison
            },
        ),
        "why": (str, lambda pair, _: pair[0].why),
    },
)
_OCCURRENCE = Shape(  # one page's words for a claim
    "OccurrenceData",
    {
        **_each("id page", str),
        "section": _MAYBE,
        "quote": str,
        "says": (dict[str, Any] | None, lambda o, _: says(o.says)),
        "wording_step": (int, lambda o, _: wording(o.quote).step),
        "verdict": (str, lambda o, report: report.verdict(o).label),
        "sentence_verdict": (str, lambda o, report: report.sentence_verdict(o).label),
        "cites": _TEXTS,
        "quote_check": (str, lambda o, report: report.quote_check(o)),
        "flags": (_TEXTS, lambda o, report: _ids(report.by_occurrence.get(o.id, ()))),
    },
)
_FINDING = Shape(
    "FindingData",
    {
        "id": (str, lambda finding, _: finding.key),
        "about": _ABOUT,
        "says": (dict[str, Any], lambda finding, _: says(finding.says)),
        "printed": _MAYBE,
        "where": str,
        **_each("plain when", _MAYBE),
        "read": str,
        "claims": (
            _TEXTS,
            lambda f, report: sorted(c.id for c in report.index.by_finding.get(f.key, ())),
        ),
    },
)
_REASON = Shape("ReasonData", {"rule": str, "message": str})  # what another rule says of it
_TRUTH = Shape("TruthData", {"is": (str, lambda truth, _: truth.is_), "line": str})
_SEARCH = Shape(
    "SearchData", {"on": str, "where": _TEXTS, "for": (str, lambda s, _: s.for_), "inboxes": _TEXTS}
)
_WITHDRAWAL = Shape("WithdrawalData", _each("on because", str))
_REVIEW = Shape(  # of a claim, its links and the findings that it links
    "ReviewData",
    {
        **_each("id subject on", str),
        "reviewer": (str, lambda review, _: review.reviewer.name),
        **_each("verdict rates comment", _MAYBE),
        "adjudicates": _TEXTS,
        "current": (bool, lambda review, report: is_current(review, report.index)),
    },
)
_WORDING = Shape("WordingData", {"text": str, **_each("rests_on fits", _TEXTS)})


def _optional(shape: Shape, name: str) -> tuple[Any, Any]:
    """A part of a claim that may not be there."""

    def data(claim: Claim, report: Report) -> dict[str, Any] | None:
        part = getattr(claim, name)
        return shape.data(part, report) if part else None

    return shape.row | None, data


def _list(shape: Shape, parts: Callable[[Any, Report], Iterable[Any]]) -> tuple[Any, Any]:
    """Parts of a record as a list."""
    return shape.rows, lambda record, report: [
        shape.data(part, report) for part in parts(record, report)
    ]


DATA = {
    "claims": Shape(
        "ClaimData",
        {
            **_each("id topic statement kind", str),
            "truth": _optional(_TRUTH, "truth"),
            "about": _ABOUT,
            "certainty": (
                _MAYBE,
                lambda c, report: (told := shown_rating(c, report.index)) and told.certainty.label,
            ),
            "certainty_reasons": (_TEXTS, _reasons),
            "harm_status": (
                _MAYBE,
                lambda c, report: (status := harm_status(c, report.index)) and status.value,
            ),
            "verdict": (
                _MAYBE,
                lambda c, report: report.claim_verdict(c).label if c.occurrences else None,
            ),
            "searched": _optional(_SEARCH, "searched"),
            "review_by": (_MAYBE, lambda c, _: c.due and str(c.due)),
            "withdrawn": _optional(_WITHDRAWAL, "withdrawn"),
            "status": (str, lambda c, report: state(c, report.index).status.value),
            "status_reasons": (_TEXTS, lambda c, report: [*state(c, report.index).why]),
            "reviews": _list(_REVIEW, lambda c, report: state(c, report.index).reviews),
            "say": _list(_WORDING, lambda c, _: c.say),
            "evidence": _list(_EVIDENCE, _evidence),
            "occurrences": _list(_OCCURRENCE, lambda c, _: c.occurrences),
        },
    ),
    "sources": Shape(
        "SourceData",
        {
            "id": str,
            "title": (str, lambda s, report: display.title(report.base.references[s.id])),
            **_each("kind design text_read", str),
            "standing": (str, lambda s, _: s.standing.status),
            "people": _MAYBE,
            "risk_of_bias": (_MAYBE, lambda s, _: s.risk_of_bias and s.risk_of_bias.rating),
            "findings": _list(_FINDING, lambda s, _: s.findings),
            "flags": (_TEXTS, lambda s, report: _ids(report.by_source.get(s.id, ()))),
        },
    ),
    "pages": Shape(
        "PageData",
        {
            **_each("id clinic title read sha256", str),
            **_each("address reply", _MAYBE),
            "verdicts": (
                dict[str, int],
                lambda p, report: {v.label: n for v, n in report.page_counts(p.id).items()},
            ),
            "sentence_verdicts": (
                dict[str, int],
                lambda p, report: {v.label: n for v, n in report.sentence_counts(p.id).items()},
            ),
            "occurrences": (_TEXTS, lambda p, report: [o.id for o in report.base.by_page[p.id]]),
            "flags": (_TEXTS, lambda p, report: _ids(report.by_page.get(p.id, ()))),
        },
    ),
    "flags": Shape(
        "FlagData",
        {
            **_each("id rule category severity message", str),
            **_each("claims occurrences pages sources", _TEXTS),
            "suggestion": _MAYBE,
            "also": _list(_REASON, lambda flag, _: flag.also),
        },
    ),
}


class Tables(dict[str, dict[str, dict[str, Any]]]):
    """Claims, sources, pages and flags as data, by kind and id, in the order of the ids."""

    def __init__(self, report: Report) -> None:
        super().__init__({kind: {row["id"]: row for row in table(kind, report)} for kind in DATA})
        self._texts: dict[tuple[str, str], str] = {}

    def as_json(self, kind: str, ids: Iterable[str]) -> str:
        """Rows of a kind as a list; each is put into words once, as many dossiers hold it."""
        rows = ",\n ".join(self._text(kind, name) for name in ids)
        return f"[\n {rows}\n]\n" if rows else "[]\n"

    def _text(self, kind: str, name: str) -> str:
        key = kind, name
        if key not in self._texts:
            text = json.dumps(self[kind][name], ensure_ascii=False, indent=1)
            self._texts[key] = text.replace("\n", "\n ")
        return self._texts[key]


def table(name: str, report: Report) -> list[dict[str, Any]]:
    """Every claim, source, page or flag as data, in the order of the ids."""
    records = report.flags if name == "flags" else getattr(report.base, name).values()
    rows = sorted(records, key=lambda record: record.id)
    return [DATA[name].data(record, report) for record in rows]


def claims_csv(tables: Tables, report: Report) -> str:
    """One row per claim, those that no page makes, too."""
    base, rows = report.base, []
    for data in tables["claims"].values():
        claim = base.claims[data["id"]]
        sources = dict.fromkeys(finding.source for finding in base.linked(claim))
        levels = [e.level for e in body(claim, report.index) if e.usable and e.level]
        rows.append(
            {
                **data,
                **_truth(claim, report),
                "claim": claim.id,
                "level": min(levels, default="none"),
                "sources": " ".join(sources),
                "dois": " ".join(filter(None, (_field(key, "doi", report) for key in sources))),
                "passages": len(claim.occurrences),
                "worst_verdict": data["verdict"],
            }
        )
    return _csv("claims.csv", rows)


def findings_csv(tables: Tables, report: Report) -> str:
    """One row per finding."""
    base, rows = report.base, []
    for source in tables["sources"].values():
        record = base.sources[source["id"]]
        of_source = {
            "source": record.id,
            "title": source["title"],
            "year": _field(record.id, "year", report),
            "doi": _field(record.id, "doi", report),
            "pmid": _field(record.id, "pmid", report),
            "design": source["design"],
            "level": level(record.design),
        }
        for data, finding in zip(source["findings"], record.findings, strict=True):
            own = {"finding": data["id"], "says": result(finding, base)}
            own |= {"counted": finding.counted, "claims": " ".join(data["claims"])}
            rows.append({**of_source, **data["about"], **data, **own})
    return _csv("findings.csv", rows)


def _field(key: str, name: str, report: Report) -> str:
    return report.base.references[key].fields.get(name, "")


def _truth(claim: Claim, report: Report) -> dict[str, str]:
    answer = truth(claim, report.base)
    return {"truth": answer.is_ if answer else "", "truth_line": answer.line if answer else ""}


def _csv(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    columns = WORDS["columns"][name]
    return csv_file(columns, ([row.get(column) for column in columns] for row in rows))


def passages_csv(tables: Tables, report: Report) -> str:
    """One row per passage."""
    rows = []
    for claim in tables["claims"].values():
        for o in claim["occurrences"]:
            flags = report.by_occurrence.get(o["id"], ())
            rules = sorted({rule for flag in flags for rule in flag.rules})
            row = {**claim, **o, "claim": claim["id"], "flags": " ".join(rules)}
            rows.append(row | _truth(report.base.claims[claim["id"]], report))
    return _csv("passages.csv", rows)


def summary(report: Report) -> dict[str, Any]:
    """The state of the base in numbers."""
    verdicts = Counter(report.verdict(o).label for o in report.base.occurrences.values())
    return sizes(report) | {"verdicts": dict(sorted(verdicts.items()))}


def sizes(report: Report) -> dict[str, Any]:
    """How much there is of what a base and a report hold."""
    base = report.base
    checks = [report.quote_check(o) for o in base.occurrences.values()]
    severities = Counter(flag.severity for flag in report.flags)
    return {
        "claims": len(base.claims),
        "occurrences": len(base.occurrences),
        "sources": len(base.sources),
        "findings": len(base.findings),
        "pages": len(base.pages),
        "flags": len(report.flags),
        "by_severity": {severity.value: severities[severity] for severity in Severity},
        "quotes_found": checks.count("found"),
        "quotes_not_checked": checks.count("not-checked"),
        "sources_with_figures": len(base.figures),
    }


def check_result(report: Report) -> dict[str, Any]:
    """What `claimbook check --format json` prints."""
    return {
        "summary": summary(report),
        "checks_run": list(report.rules_run),
        "flags": table("flags", report),
    }
