"""A tiny base from a few lines: what an example leaves out is filled in, written to files and really loaded."""

import hashlib
from pathlib import Path
from typing import Any

import yaml

from claimbook.loading.load import load
from claimbook.records import Base

Example = dict[str, Any]


def small_base(example: Example, folder: Path) -> Base:
    """The base that an example describes, through the files and the loader like any other."""
    claims = example.get("claims") or [
        {
            k: v
            for k, v in example.items()
            if k
            not in (
                "findings",
                "vocabulary",
                "snapshots",
                "figures",
                "topic",
                "regimen",
                "disclosures",
                "words",
            )
        }
    ]
    findings: dict[str, Example] = {
        key: dict(value) for key, value in example.get("findings", {}).items()
    }
    snapshots: dict[str, str] = example.get("snapshots", {})
    concepts: dict[str, dict[str, Example]] = {}
    extra = example.get("vocabulary", {})

    def know(about: Example) -> None:
        for facet, name in about.items():
            concepts.setdefault(facet, {}).setdefault(
                name, {"label": name.replace("-", " ").capitalize()}
            )

    for name, fields in extra.items():
        fields = dict(fields)
        concepts.setdefault(fields.pop("facet", "outcome"), {})[name] = {
            "label": name.replace("-", " ").capitalize()
        } | fields
    pages: set[str] = set(snapshots)
    sources: dict[str, Example] = {}
    written: dict[str, Example] = {}
    for index, given in enumerate(claims):
        claim = {
            "statement": "A statement.",
            "kind": "efficacy",
            "about": {},
            "occurrences": [],
        } | given
        claim["evidence"] = [
            {"finding": f, "why": "An example."} if isinstance(f, str) else f
            for f in claim.get("evidence", [])
        ]
        know(claim["about"])
        for occurrence in claim["occurrences"]:
            know(occurrence.get("about", {}))
            pages.add(occurrence["page"])
            if occurrence.get("says") is None and claim["kind"] not in (
                "testimonial",
                "practice",
                "cost",
            ):
                occurrence["says"] = {"is": "yes"}
            for key in occurrence.get("cites", []):
                if key != "unresolved":
                    sources.setdefault(key, {})
        written[f"claim-{index + 1}"] = claim
    for key, finding in findings.items():
        source, _, name = key.partition("/")
        about = finding.pop("about", None) or {**claims[0].get("about", {}), "outcome": name}
        know(about)
        fields = sources.setdefault(source, {})
        for field in ("design", "kind", "text_read", "standing", "overlaps"):
            if field in finding:
                fields[field] = finding.pop(field)
        fields.setdefault("findings", []).append(
            {"id": name, "about": about, "where": "abstract"} | finding
        )
    for key in sources:
        sources[key] = {
            "kind": "study",
            "design": "randomised-trial",
            "text_read": "abstract",
            "findings": [],
        } | sources[key]
    sources = sources or {
        "trial": {
            "kind": "study",
            "design": "randomised-trial",
            "text_read": "abstract",
            "findings": [],
        }
    }
    texts = folder / "snapshots"
    figures = folder / "figures"
    _write(
        folder / "claims/vocabulary.yaml", {"concepts": concepts, "words": example.get("words", {})}
    )
    topic = {
        "question": "A question?",
        "answer": "An answer.",
        "claims": list(written),
    } | example.get("topic", {})
    _write(folder / "claims/topic/topic.yaml", topic)
    if disclosures := example.get("disclosures"):
        _write(folder / "claims/disclosures.yaml", disclosures)
    for name, claim in written.items():
        _write(folder / f"claims/topic/{name}.yaml", claim)
    for key, fields in sources.items():
        _write(folder / f"sources/{key}.yaml", fields)
    bib = "".join(
        f"@misc{{{key},\n  title = {{An example}},\n  year = {{2001}}\n}}\n" for key in sources
    )
    (folder / "sources/references.bib").write_text(bib)
    for page in sorted(pages) or ["clinic-a"]:
        text = snapshots.get(page, "").encode()
        regimen = example.get(
            "regimen", {"intervention": claims[0].get("about", {}).get("intervention")}
        )
        fields = {
            "clinic": page,
            "title": "A page",
            "read": "2001-01-01",
            "sha256": hashlib.sha256(text).hexdigest(),
            "regimen": regimen,
        }
        _write(folder / f"pages/{page}.yaml", fields)
        if page in snapshots:
            _text(texts / f"{page}.txt", snapshots[page])
    for key, lines in example.get("figures", {}).items():
        _text(figures / f"{key}.txt", lines)
    return load(folder, texts, figures)


def _write(path: Path, data: Any) -> None:
    _text(path, yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
