"""A sound tiny base about an imaginary treatment, footbaths for colds, and ways to write it with one thing wrong."""

from pathlib import Path

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
    dry-feet: {label: Dry feet}
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
  imprecision: {down: 1, because: Forty people.}
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

Content = str | bytes | None


def write_base(folder: Path, changes: dict[str, Content] | None = None) -> Path:
    """Write the sound base with some files changed; None leaves a file out."""
    files: dict[str, Content] = {**SOUND, **(changes or {})}
    for name, content in files.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def changed(file: str, old: str, new: str) -> str:
    """The text of a sound file with one passage, which is there once, replaced."""
    assert SOUND[file].count(old) == 1, f"{old!r} is {SOUND[file].count(old)} times in {file}"
    return SOUND[file].replace(old, new)
