"""What the lines of a crawl come to: claims by pages, worst sentences, what pages leave out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from claimbook.records import Base, Claim, Verdict
from claimbook.vetting.formatters.html import render

MOST = 20  # sentences of each verdict that a summary shows; all are in the results
_FAULTY = {verdict.label: verdict for verdict in Verdict if verdict >= Verdict.OVERSTATED}


def summary(lines: Iterable[Mapping[str, Any]], base: Base, version: Mapping[str, str]) -> Any:
    """The summary of the lines of pages, as plain data.

    Each sentence is counted once on a page, however often the page has it among the worst.
    """
    unread: list[dict[str, str]] = []
    states: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    pages: Counter[str] = Counter()  # by claim
    by_claim: dict[str, Counter[str]] = {}  # the verdicts of the sentences that make it
    faulty: dict[tuple[str, str], dict[str, Any]] = {}
    missing: Counter[str] = Counter()
    read = 0
    for line in lines:
        if "error" in line:
            unread.append({"path": line["path"], "error": line["error"]})
            continue
        read += 1
        for sentence in line["sentences"]:
            verdict = sentence["verdict"] or "none"
            states[sentence["state"]] += 1
            verdicts[verdict] += 1
            for name in sentence["claims"]:
                by_claim.setdefault(name, Counter())[verdict] += 1
        pages.update({name for sentence in line["sentences"] for name in sentence["claims"]})
        missing.update(each["disclosure"] for each in line["left_out"])
        _note_faulty(line, faulty)
    return {
        **version,
        "pages": read + len(unread),
        "read": read,
        "unread": unread,
        "sentences": states.total(),
        "states": dict(sorted(states.items())),
        "verdicts": dict(sorted(verdicts.items())),
        "claims": [
            _claim(base.claims[name], number, by_claim[name]) for name, number in _most_first(pages)
        ],
        "worst": _worst(faulty),
        "missing": [
            {"id": name, "label": base.disclosures[name].label, "pages": number}
            for name, number in _most_first(missing)
        ],
    }


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _claim(claim: Claim, pages: int, verdicts: Counter[str]) -> dict[str, Any]:
    """A claim with what the evidence says, how many pages make it, and their sentences."""
    return {
        "id": claim.id,
        "statement": claim.statement,
        "truth": {"is": claim.truth.is_, "line": claim.truth.line} if claim.truth else None,
        "pages": pages,
        "sentences": verdicts.total(),
        "verdicts": dict(sorted(verdicts.items())),
    }


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
