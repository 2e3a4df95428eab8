"""Bases for tests, all about one invented treatment: footbaths for colds.

`write_base` writes a sound base, `changed` one of its files with one thing wrong. `small_base`
makes the base that a few lines describe, and fills in what they leave out.
"""

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from claimbook.loading.load import load
from claimbook.records import Base

Example = dict[str, Any]
Content = str | bytes | None

VOCABULARY = "claims/vocabulary.yaml"
TOPIC = "claims/colds/topic.yaml"
CLAIM = "claims/colds/shorter-cold.yaml"
STORY = "claims/colds/happy-feet.yaml"
TRIAL = "sources/weber-2001.yaml"
SURVEY = "sources/klein-2004.yaml"
BIB = "sources/references.bib"
PAGE = "pages/warm-feet-spa.yaml"
HASH = "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7"  # of the text "data"

SOUND = {
    VOCABULARY: """\
concepts:
  population:
    common-cold:
      label: Common cold
      terms: [cold, colds]
    child-cold: {label: A cold in a child, broader: common-cold}
  intervention:
    footbath:
      label: Footbath
      cues: [feet + warm]
      distinct: [steam-bath]
    steam-bath: {label: Steam bath}
  comparator:
    dry-feet: {label: Dry feet, inactive: true}
  setting:
    home: {label: At home}
    spa: {label: In a spa}
  outcome:
    symptom: {label: Symptom, good: less}
    cold-length: {label: Length of a cold, broader: [symptom]}
    cured-share: {label: Cured within a week, good: more}
    chilblains: {label: Chilblains, harm: true}
words:
  most: {share: ">50%", because: More than half is the least it can mean.}
  several-days: {amount: 2 to 5 day, because: Two would be a couple.}
""",
    TOPIC: """\
question: Does a footbath shorten a cold?
answer: In one trial {weber-2001/cured} were well within a week.
claims: [shorter-cold, happy-feet]
""",
    CLAIM: """\
statement: A footbath makes a cold shorter.
kind: efficacy
about: {population: common-cold, intervention: footbath, outcome: cold-length}
evidence:
  - {finding: weber-2001/length, why: The only trial of this question.}
  - finding: klein-2004/length
    why: It asked the same of more people.
set-aside:
  - {finding: weber-2001/cured, because: It is about another outcome.}
certainty:
  imprecision: {down: 2, because: Forty people.}
occurrences:
  - page: warm-feet-spa
    section: Colds
    quote: a footbath ends most colds early
    says: {effect: reduces}
    cites: [weber-2001, unresolved]
    about: {population: child-cold}
  - page: warm-feet-spa
    quote: gone in 2 days
    says: {amount: 2 day, bound: about}
""",
    STORY: """\
statement: People like footbaths.
kind: testimonial
about: {intervention: footbath}
occurrences:
  - page: warm-feet-spa
    quote: "“my feet have never been happier” 🦶"
""",
    TRIAL: """\
kind: study
design: randomised-trial
participants: {enrolled: 40, analysed: 38}
people: Adults with a fresh cold.
centres: 1
text_read: abstract
read_at: https://example.org/weber
standing: {status: current, checked: 2001-02-03, with: a search}
risk_of_bias: {rating: serious, because: Nobody was blinded.}
findings:
  - id: length
    about: {population: common-cold, intervention: footbath, comparator: dry-feet, outcome: cold-length}
    says: {effect: none}
    printed: 6.1 against 6.3 days
    where: abstract
    plain: The cold did not get shorter.
  - id: cured
    about: {population: common-cold, intervention: footbath, outcome: cured-share}
    says: {share: 55%, of: [21, 38]}
    where: abstract
""",
    SURVEY: """\
kind: study
design: survey
text_read: full-text
findings:
  - id: length
    about: {population: common-cold, intervention: footbath, outcome: cold-length}
    says: {amount: 5 to 7 day}
    where: table 2
    read: second-hand
  - id: places
    about: {intervention: footbath, outcome: symptom}
    says: {includes: [home, spa]}
    where: table 1
""",
    BIB: """\
A comment with 100% in it.

@article{weber-2001,
  title = {Footbaths for colds},
  author = {Weber, Ada},
  year = {2001}
}

@misc{klein-2004,
  title = {A survey of feet},
  author = {Klein, Bo},
  url = {https://example.org/klein},
  year = {2004}
}
""",
    PAGE: f"""\
clinic: Warm Feet Spa
title: Colds end here
address: https://example.org/spa
read: 2001-12-31
sha256: {HASH}
regimen: {{intervention: footbath, session: 20 to 30 min, settings: [home, spa]}}
reply: null
""",
}


def write(folder: Path, files: Mapping[str, Content]) -> Path:
    """Write files by their names below a folder; None leaves a file out."""
    for name, content in files.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def write_base(folder: Path, changes: Mapping[str, Content] | None = None) -> Path:
    """Write the sound base with some files changed."""
    return write(folder, {**SOUND, **(changes or {})})


def changed(file: str, old: str, new: str) -> str:
    """The text of a sound file with one passage, which is there once, replaced."""
    assert SOUND[file].count(old) == 1, f"{old!r} is {SOUND[file].count(old)} times in {file}"
    return SOUND[file].replace(old, new)


def small_base(example: Example, folder: Path) -> Base:
    """The base that an example describes, through files and the loader like any other."""
    write(folder, dict(_files(example)))
    return load(folder, folder / "snapshots", folder / "figures")


OF_THE_BASE = (
    "claims", "findings", "vocabulary", "words", "snapshots", "figures", "topic", "regimen",
    "disclosures",
)  # fmt: skip
SEARCH: Example = {"on": "2001-12-31", "where": ["an index"], "for": "an example"}
CLAIM_LEFT_OUT: Example = {
    "statement": "A statement.",
    "kind": "efficacy",
    "about": {},
    "searched": SEARCH,
}
SOURCE_LEFT_OUT: Example = {"kind": "study", "design": "randomised-trial", "text_read": "abstract"}
OF_THE_SOURCE = (
    "design",
    "kind",
    "text_read",
    "standing",
    "overlaps",
    "participants",
    "contains",
    "risk_of_bias",
)  # written with a finding
SAYS_NOTHING = ("testimonial", "practice", "cost")


def _files(example: Example) -> Iterator[tuple[str, str]]:
    """The files of the base that an example describes; an example without `claims` is one claim."""
    one = {key: value for key, value in example.items() if key not in OF_THE_BASE}
    claims = {f"claim-{n}": _claim(c) for n, c in enumerate(example.get("claims") or [one], 1)}
    passages = [passage for claim in claims.values() for passage in claim["occurrences"]]
    first: Example = next(iter(claims.values()))["about"]
    sources = _sources(example.get("findings", {}), passages, first)
    texts: dict[str, str] = example.get("snapshots", {})

    records = [*claims.values(), *passages, *(f for s in sources.values() for f in s["findings"])]
    concepts: dict[str, dict[str, Example]] = {}
    for name, fields in example.get("vocabulary", {}).items():
        facet = fields.get("facet", "outcome")
        rest = {key: value for key, value in fields.items() if key != "facet"}
        concepts.setdefault(facet, {})[name] = {"label": _label(name)} | rest
    for facet, name in (pair for record in records for pair in record.get("about", {}).items()):
        concepts.setdefault(facet, {}).setdefault(name, {"label": _label(name)})

    topic = {"question": "A question?", "answer": "An answer.", "claims": list(claims)}
    found = (each for source in sources.values() for each in source["findings"])
    counted = list(dict.fromkeys(("people", *(each.get("counted", "people") for each in found))))
    words = example.get("words", {})
    written = {
        "claims/vocabulary.yaml": {"concepts": concepts, "words": words, "counted": counted},
        "claims/topic/topic.yaml": topic | example.get("topic", {}),
        **{f"claims/topic/{name}.yaml": claim for name, claim in claims.items()},
        **{f"sources/{key}.yaml": source for key, source in sources.items()},
    }
    if "disclosures" in example:
        written["claims/disclosures.yaml"] = example["disclosures"]
    regimen = example.get("regimen", {"intervention": first.get("intervention")})
    for page in sorted({*texts, *(passage["page"] for passage in passages)}) or ["clinic-a"]:
        written[f"pages/{page}.yaml"] = {
            "clinic": page,
            "title": "A page",
            "read": "2001-01-01",
            "sha256": hashlib.sha256(texts.get(page, "").encode()).hexdigest(),
            "regimen": regimen,
        }
    for name, data in written.items():
        yield name, yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    entry = "@misc{%s,\n  title = {An example},\n  year = {2001}\n}\n"
    yield BIB, "".join(entry % key for key in sources)
    yield from ((f"snapshots/{page}.txt", text) for page, text in texts.items())
    yield from ((f"figures/{key}.txt", text) for key, text in example.get("figures", {}).items())


def _label(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _claim(given: Example) -> Example:
    claim = {key: value for key, value in (CLAIM_LEFT_OUT | given).items() if value is not None}
    claim["evidence"] = [
        {"finding": link, "why": "An example."} if isinstance(link, str) else link
        for link in claim.get("evidence", [])
    ]
    says: Example = {} if claim["kind"] in SAYS_NOTHING else {"says": {"is": "yes"}}
    claim["occurrences"] = [
        deepcopy(says) | {key: value for key, value in passage.items() if value is not None}
        for passage in claim.get("occurrences", [])
    ]
    return claim


def _sources(
    findings: Mapping[str, Example], passages: list[Example], about: Example
) -> dict[str, Example]:
    """The sources that findings and citations name, with their findings; at least one."""
    sources: dict[str, Example] = {}
    for key in (key for passage in passages for key in passage.get("cites", [])):
        if key != "unresolved":
            sources.setdefault(key, {"findings": []})
    for key, given in findings.items():
        source, _, name = key.partition("/")
        fields = sources.setdefault(source, {"findings": []})
        fields |= {field: given[field] for field in OF_THE_SOURCE if field in given}
        rest = {field: value for field, value in given.items() if field not in OF_THE_SOURCE}
        rest = {"about": {**about, "outcome": name}, "where": "abstract"} | rest
        fields["findings"].append({"id": name} | rest)
    return {key: SOURCE_LEFT_OUT | fields for key, fields in sources.items()} or {
        "trial": SOURCE_LEFT_OUT | {"findings": []}
    }
