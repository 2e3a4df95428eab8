"""What the lines of a crawl come to: claims by pages, worst sentences, what pages leave out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from claimbook.records import Base, Verdict
from claimbook.vetting.formatters.html import render

MOST = 20  # sentences of each verdict that a summary shows; all are in the results
_FAULTY = {verdict.label: verdict for verdict in Verdict if verdict >= Verdict.OVERSTATED}


@dataclass
class _Tally:
    """How many pages and sentences make a claim, and what became of the sentences."""

    pages: int = 0
    sentences: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)


def summary(lines: Iterable[Mapping[str, Any]], base: Base, version: Mapping[str, str]) -> Any:
    """The summary of the lines of pages, as plain data.

    Each sentence is counted once on a page, however often the page has it among the worst.
    """
    unread: list[dict[str, str]] = []
    counts: Counter[str] = Counter()
    states: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    claims: dict[str, _Tally] = {}
    faulty: dict[tuple[str, str], dict[str, Any]] = {}
    missing: Counter[str] = Counter()
    for line in lines:
        counts["pages"] += 1
        if "error" in line:
            unread.append({"path": line["path"], "error": line["error"]})
            continue
        counts["sentences"] += len(line["sentences"])
        states.update(sentence["state"] for sentence in line["sentences"])
        verdicts.update(sentence["verdict"] or "none" for sentence in line["sentences"])
        _count_claims(line, claims)
        _note_faulty(line, faulty)
        missing.update(each["disclosure"] for each in line["left_out"])
    return {
        **version,
        "pages": counts["pages"],
        "read": counts["pages"] - len(unread),
        "unread": unread,
        "sentences": counts["sentences"],
        "states": dict(sorted(states.items())),
        "verdicts": dict(sorted(verdicts.items())),
        "claims": _claims(claims, base),
        "worst": _worst(faulty),
        "missing": [
            {"id": name, "label": base.disclosures[name].label, "pages": number}
            for name, number in sorted(missing.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


def _count_claims(line: Mapping[str, Any], claims: dict[str, _Tally]) -> None:
    here = set()
    for sentence in line["sentences"]:
        for name in sentence["claims"]:
            tally = claims.setdefault(name, _Tally())
            tally.sentences += 1
            tally.verdicts[sentence["verdict"] or "none"] += 1
            here.add(name)
    for name in here:
        claims[name].pages += 1


def _note_faulty(line: Mapping[str, Any], faulty: dict[tuple[str, str], dict[str, Any]]) -> None:
    here = {
        (sentence["verdict"], sentence["text"]): sentence
        for sentence in reversed(line["sentences"])
        if sentence["verdict"] in _FAULTY
    }
    for key, sentence in here.items():
        first = {"text": sentence["text"], "pages": 0, "path": line["path"]}
        reasons = [flag["message"] for flag in sentence["flags"]]
        first |= {"line": sentence["line"], "reasons": reasons}
        faulty.setdefault(key, first)["pages"] += 1


def _claims(claims: Mapping[str, _Tally], base: Base) -> list[dict[str, Any]]:
    """The claims that pages make, those of most pages first, each with what the evidence says."""
    ordered = sorted(claims.items(), key=lambda item: (-item[1].pages, item[0]))
    rows = []
    for name, tally in ordered:
        claim = base.claims[name]
        truth = {"is": claim.truth.is_, "line": claim.truth.line} if claim.truth else None
        rows.append(
            {
                "id": name,
                "statement": claim.statement,
                "truth": truth,
                "pages": tally.pages,
                "sentences": tally.sentences,
                "verdicts": dict(sorted(tally.verdicts.items())),
            }
        )
    return rows


def _worst(faulty: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Any]:
    """By verdict, the gravest first: how many sentences, and those on most pages."""
    groups: dict[str, list[Mapping[str, Any]]] = {label: [] for label in reversed(_FAULTY)}
    for (verdict, _), sentence in faulty.items():
        groups[verdict].append(sentence)
    return {
        verdict: {
            "sentences": len(group),
            "most": sorted(group, key=lambda each: (-each["pages"], each["text"]))[:MOST],
        }
        for verdict, group in groups.items()
        if group
    }


def as_html(data: Mapping[str, Any]) -> str:
    """The summary as one page of HTML."""
    return render("claimbook.curation", "crawl_summary.html.jinja", **data)
