"""A made-up base of any size about footbaths against colds: the same seed writes the same bytes.

    python benchmarks/generate.py FOLDER [--claims 10000] [--seed 1]

It is shaped like the real base: about 975 bytes of YAML a claim, one to three links to findings, two to four passages on N/20
pages, N/10 sources with three findings each, topics of 20 claims. It loads without a problem and most rules object to something.
"""

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

POPULATIONS = ("cold", "winter-cold", "stubborn-cold", "childhood-cold", "summer-cold")
INTERVENTIONS = ("footbath", "warm-footbath", "salt-footbath", "mustard-bath", "herbal-footbath")
VOCABULARY = """\
concepts:
  population:
    people: {label: People}
    cold: {label: Common cold, broader: people, terms: [cold, colds]}
    winter-cold: {label: Winter cold, broader: cold, terms: [winter cold]}
    stubborn-cold: {label: Stubborn cold, broader: cold, terms: [stubborn cold]}
    childhood-cold: {label: Cold in children, broader: cold}
    summer-cold: {label: Summer cold, broader: cold, terms: [summer cold]}
  intervention:
    footbath: {label: Footbath, terms: [footbath, footbaths]}
    warm-footbath: {label: Warm footbath, broader: footbath, terms: [warm footbath, warm footbaths]}
    salt-footbath: {label: Salt footbath, broader: footbath, terms: [salt footbath]}
    mustard-bath: {label: Mustard bath, broader: footbath, terms: [mustard bath], distinct: [warm-footbath]}
    herbal-footbath: {label: Herbal footbath, broader: footbath, terms: [herbal footbath]}
  comparator:
    dry-feet: {label: Dry feet}
  setting:
    spa: {label: Spa}
    bathroom: {label: Bathroom at home}
    bathhouse: {label: Bathhouse, broader: spa}
  outcome:
    harm: {label: Harm, harm: true, good: less}
{outcomes}words:
  most: {share: ">50%", because: More than half is the least that the word can mean.}
  a-few-days: {amount: 2 to 4 day, because: A few is read as two to four.}
"""
OUTCOMES = """\
    cold-severity-{block}: {{label: Severity of a cold of kind {block}, good: less}}
    cold-length-{block}: {{label: Length of a cold of kind {block}, good: less}}
    better-sleep-{block}: {{label: People of kind {block} who sleep better, good: more}}
    benefit-kept-{block}: {{label: People of kind {block} who keep the benefit, good: more}}
    relief-start-{block}: {{label: Time until relief of kind {block}, good: less}}
    wrinkled-toes-{block}: {{label: Wrinkled toes of kind {block}, broader: harm}}
    chill-{block}: {{label: A chill of kind {block} afterwards, broader: harm}}
    warm-blood-{block}: {{label: Warmth of the blood of kind {block}}}
    bath-length-{block}: {{label: Length of a bath of kind {block}}}
    long-cold-{block}: {{label: Length of a long cold of kind {block}}}
    bath-place-{block}: {{label: Where the bath of kind {block} is taken}}
    approval-{block}: {{label: Approval of kind {block}}}
    story-{block}: {{label: A story of kind {block}}}
"""
BLOCK = 200  # claims that share one set of outcomes: what is asked grows with the base, what answers one question does not
WORDS: dict[str, list[str]] = yaml.safe_load("""\
designs:
  [review-of-trials, randomised-trial, randomised-trial, controlled-cohort, cohort, cohort, case-series, case-report,
   cross-sectional, survey, laboratory, narrative-review]
surnames: [Lind, Bly, Marsh, Pool, Brook, Wells, Rivers, Shaw, Tubb, Soames, Lake, Ford]
hedges: [may, might, could, can, will, probably, seem to, have been shown to, "", "", often, definitely]
openings:
  ["", "", "", "", "", In our experience, As many guests notice, According to a study, Week after week, For tired families,
   After a visit, At the right heat, Without any effort, Together with rest, In the evening]
endings:
  ["", "", "", "", "", ", for good", " and cure the rest", ", a promising way", ", a powerful tool", " … results vary",
   " at last"]
sections:
  ["What is a footbath?", How footbaths work, What the research says, "Is it safe?", What to expect, Our approach, In short]
reasons: [The only trial., The same people., The largest., Most direct.]
""")

Says = Callable[[random.Random], str]  # a value as records write it


def _one_of(values: str, *numbers: int) -> Says:
    """One of some values, with a number of a range, and larger ones, where they have room for it."""

    def says(chance: random.Random) -> str:
        number = chance.randrange(*numbers) if numbers else 0
        value = chance.choice(values.split("; ")).format(
            n=number, more=number + 5, later=number + 2, long=number + 15
        )
        return f"{{{value}}}"

    return says


def _counted(chance: random.Random) -> str:
    total = chance.randrange(20, 200)
    count = chance.randrange(total + 1)
    share = 100 * count / total + (
        7 if chance.random() < 0.03 and count < total / 2 else 0
    )  # some sources cannot add up
    return f"{{share: {share:.1f}%, of: [{count}, {total}]}}"


_EFFECT = "effect: reduces; effect: reduces; effect: reduces; effect: "
SAYS: dict[str, Says] = {
    "effect": _one_of(f"{_EFFECT}none; effect: mixed; effect: increases; effect: unclear"),
    "claimed effect": _one_of(f"{_EFFECT}increases; effect: none"),
    "count": _counted,
    "share": _one_of(
        "share: most; share: {n}%; share: {n}%, bound: up-to; share: {n} to {more}%", 5, 95
    ),
    "days": _one_of(
        'amount: a-few-days; amount: {n} day; amount: {n} to {later} day; amount: "<5 day"', 1, 9
    ),
    "minutes": _one_of(
        "amount: {n} min; amount: {n} min, bound: about; amount: {n} to {long} min", 5, 60, 5
    ),
    "limit": _one_of('amount: ">=10 day"; amount: ">=10 day"; amount: ">10 day"'),
    "place": _one_of(
        "only: [spa]; includes: [bathroom, spa]; only: [bathhouse]; excludes: [bathroom]"
    ),
    "yes": _one_of("is: yes; is: yes; is: no"),
}


@dataclass(frozen=True)
class Subject:
    """One thing that claims are about: how often, what findings and passages say of it, and in which words."""

    outcome: str
    kind: str
    weight: int
    found: Says
    said: Says
    statement: str
    words: str


def _subject(line: str) -> Subject:
    outcome, kind, weight, found, said, statement, words = line.split(" | ")
    return Subject(outcome, kind, int(weight), SAYS[found], SAYS[said], statement, words)


SUBJECTS = [
    _subject(line)
    for line in """\
cold-severity | efficacy | 18 | effect | claimed effect | make a cold milder | ease {people} in {n} of our guests
cold-length | efficacy | 8 | days | days | shorten a cold to some days | end {people} in {n} days
better-sleep | efficacy | 8 | count | share | let people sleep better | give {n}% with {people} a better night
benefit-kept | durability | 6 | count | share | help for long | keep {n}% with {people} well
relief-start | onset | 6 | minutes | minutes | work within minutes | bring relief in {n} minutes from {people}
wrinkled-toes | harm | 10 | count | share | wrinkle the toes | wrinkle the toes of {n}% with {people}
chill | safety | 8 | count | share | rarely end in a chill | give a chill to {n}% with {people}
warm-blood | mechanism | 10 | effect | claimed effect | warm the blood | warm blood in {people} by {n}%
bath-length | regimen | 10 | minutes | minutes | take some minutes | last {n} minutes for {people}
long-cold | definition | 6 | limit | limit | are meant for colds of ten days or more | are for {people} past day {n}
bath-place | practice | 6 | place | place | are taken in a spa | are taken for {people} at {n} places
approval | approval | 4 | yes | yes | are approved for colds | are approved for {people} since 19{n}
story | testimonial | 6 | yes | yes | helped somebody who tells of it | changed my life with {people} at {n}
""".splitlines()
]
BEARINGS = ("in-tension", "suggests", "implies")
TRUTHS = ('"yes"', "mixed", "not-shown")  # a "no" over what is borne out would be an error
GRADED = frozenset({"efficacy", "onset", "durability", "harm", "safety", "mechanism"})


def generate(root: Path, claims: int = 10_000, seed: int = 1) -> None:
    """Write a base of so many claims below a folder.

    Args:
        root: the folder, made where it is missing; it should be empty.
        claims: how many; a multiple of 20 gives whole topics.
        seed: another seed is another base of the same shape.
    """
    chance = random.Random(seed)
    for folder in ("claims", "sources", "pages"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    blocks = max(claims // BLOCK, 1)
    outcomes = "".join(OUTCOMES.format(block=block) for block in range(blocks))
    (root / "claims" / "vocabulary.yaml").write_text(
        VOCABULARY.replace("{outcomes}", outcomes), encoding="utf-8"
    )
    findings, says = _sources(root, max(claims // 10, 5), blocks, chance)
    pages = [f"spa-{number:04}" for number in range(max(claims // 20, 2))]
    for number, name in enumerate(pages):
        (root / "pages" / f"{name}.yaml").write_text(_page(name, number, chance), encoding="utf-8")
    shares = [
        key
        for outcome, keys in findings.items()
        if outcome.startswith(("better-sleep", "benefit-kept"))
        for key in keys
    ]
    for first in range(0, claims, 20):
        topic = f"topic-{first // 20:04}"
        place = root / "claims" / topic
        place.mkdir(exist_ok=True)
        names: list[str] = []
        for number in range(first, min(first + 20, claims)):
            subject = chance.choices(SUBJECTS, [one.weight for one in SUBJECTS])[0]
            record = _claim(subject, number, first // 20 % blocks, findings, says, pages, chance)
            if names and chance.random() < 0.5:
                record += f"relations:\n  - {{to: {names[-1]}, how: {chance.choice(BEARINGS)}, because: Both are about feet.}}\n"
            names.append(f"{subject.outcome}-{number:05}")
            (place / f"{names[-1]}.yaml").write_text(record, encoding="utf-8")
        (place / "topic.yaml").write_text(
            f"question: What do footbaths do, part {first // 20 + 1}?\nanswer: >-\n  About {{{chance.choice(shares)}}} slept better"
            f" or stayed well after a footbath. Nobody knows whether that was the water.\nclaims: [{', '.join(names)}]\n",
            encoding="utf-8",
        )


def _sources(
    root: Path, count: int, blocks: int, chance: random.Random
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Write the sources and their BibTeX; the keys of their findings by outcome, and what each says."""
    says: dict[str, str] = {}
    findings: dict[str, list[str]] = {
        f"{subject.outcome}-{block}": [] for subject in SUBJECTS for block in range(blocks)
    }
    entries = []
    for number in range(count):
        surname, year = (
            WORDS["surnames"][number % len(WORDS["surnames"])],
            chance.randrange(1961, 2026),
        )
        name = f"{surname.lower()}-{year}-{number:04}"
        normative = number % 12 == 5
        kind, design = (
            ("guideline", "authority") if normative else ("study", chance.choice(WORDS["designs"]))
        )
        enrolled = chance.randrange(20, 400)
        lines = [
            f"kind: {kind}\ndesign: {design}\nparticipants: {{enrolled: {enrolled}, analysed: {enrolled * 9 // 10}}}\n"
            f"people: People with a cold who came to bathhouse {number}.\n"
            f"regimen: A warm footbath of {chance.randrange(10, 40)} minutes every evening.\n"
            f"text_read: {chance.choice(('abstract', 'full-text', 'abstract', 'excerpt', 'second-hand'))}\nread_at: https://example.org/{name}\n"
            f"risk_of_bias: {{rating: {chance.choice(('low', 'serious', 'unknown'))}, because: Feet cannot be blinded.}}\nfindings:\n"
        ]
        for index in range(3):
            subject = SUBJECTS[
                (3 * (number // blocks) + index) % len(SUBJECTS)
            ]  # in turn, so that every block has every outcome
            outcome = f"{subject.outcome}-{number % blocks}"
            key = f"{name}/{outcome}"
            findings[outcome].append(key)
            says[key] = subject.found(chance)
            compared = ", comparator: dry-feet" if chance.random() < 0.3 else ""
            lines.append(
                f"  - id: {outcome}\n    about: {{population: {chance.choice(POPULATIONS)}, "
                f"intervention: {chance.choice(INTERVENTIONS)}{compared}, outcome: {outcome}}}\n    says: {says[key]}\n"
                "    where: abstract, results\n"
                f"    plain: After the baths this is what the {enrolled} people told.\n"
            )
        (root / "sources" / f"{name}.yaml").write_text("".join(lines), encoding="utf-8")
        entries.append(
            f"@article{{{name},\n  author = {{{surname}, {chance.choice('ABCDEF')}. and Waters, {chance.choice('GHIJK')}.}},\n"
            f"  title = {{{{Footbaths and colds: study {number}}}}},\n  journal = {{Annals of Bathing}},\n  year = {{{year}}},\n"
            f"  volume = {{{number % 80 + 1}}},\n  pages = {{{number}--{number + 7}}},\n  doi = {{10.5555/bath.{number}}},\n}}\n"
        )
    (root / "sources" / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    return findings, says


def _page(name: str, number: int, chance: random.Random) -> str:
    return (
        f"clinic: Spa number {number}\ntitle: Footbaths for colds at spa number {number}\naddress: https://example.org/{name}\n"
        f"read: 2026-11-21\nsha256: {chance.getrandbits(256):064x}\n"
        f"regimen: {{intervention: {chance.choice(INTERVENTIONS)}, session: 30 min, settings: [spa]}}\n"
    )


def _claim(
    subject: Subject,
    number: int,
    block: int,
    findings: dict[str, list[str]],
    says: dict[str, str],
    pages: list[str],
    chance: random.Random,
) -> str:
    population, intervention = chance.choice(POPULATIONS), chance.choice(INTERVENTIONS)
    outcome = f"{subject.outcome}-{block}"
    links = [
        chance.choice(
            findings[
                outcome if chance.random() < 0.85 else f"{chance.choice(SUBJECTS).outcome}-{block}"
            ]
        )
        for _ in range(chance.randint(1, 3))
    ]
    links = list(dict.fromkeys(links))
    lines = [
        f"# yaml-language-server: $schema=../../schemas/claim.schema.json\nstatement: {_plural(intervention)} {subject.statement} "
        f"in a {population.replace('-', ' ')} ({number}).\nkind: {subject.kind}\n"
        f"about: {{population: {population}, intervention: {intervention}, "
        f"outcome: {outcome}}}\n"
        f"truth: {{is: {chance.choice(TRUTHS)}, line: The studies of bathhouse {number} tell no more.}}\n"
    ]
    if subject.kind in GRADED:
        lines.append(
            f"searched: {{on: 2026-11-21, where: [the library of a spa], for: footbath and {population}}}\n"
        )
    lines.append("evidence:\n")
    lines += [
        f"  - {{finding: {link}, why: {chance.choice(WORDS['reasons'])}}}\n" for link in links
    ]
    if subject.kind in GRADED:
        lines.append(
            f"certainty:\n  risk-of-bias: {{down: 1, because: {chance.randrange(5, 40)} people did not come back.}}\n"
        )
        if chance.random() < 0.4:
            lines.append("  imprecision: {down: 1, because: Few people.}\n")
    lines.append("occurrences:\n")
    held = chance.choices(pages, k=chance.choice((2, 2, 3, 3, 4)))
    usual = (
        says[links[0]]
        if chance.random() < 0.6 and links[0].endswith(f"/{outcome}")
        else subject.said(chance)
    )
    for index, page in enumerate(held):
        again = index and chance.random() < 0.15  # a page that says it twice
        lines.append(
            f"  - page: {held[0] if again else page}\n    section: {chance.choice(WORDS['sections'])}\n    quote: {_quote(subject, intervention, population, chance)}\n"
        )
        lines.append(f"    says: {usual if chance.random() < 0.85 else subject.said(chance)}\n")
        cited = chance.random()
        own = chance.choice(links if cited < 0.15 else findings[outcome]).partition("/")[0]
        lines.append(
            f"    cites: [{own}]\n"
            if cited < 0.25
            else "    cites: [unresolved]\n"
            if cited < 0.32
            else "    cites: []\n"
        )
        if chance.random() < 0.1:
            lines.append(f"    about: {{population: {chance.choice(POPULATIONS)}}}\n")
        if chance.random() < 0.1:
            lines.append("    note: The sentence before speaks of colds.\n")
    return "".join(lines)


def write_pages(folder: Path, count: int, passages: list[str], seed: int = 1) -> None:
    """Write so many texts of about a thousand words: passages of pages, shuffled anew for each.

    Args:
        folder: where to; it is made.
        count: how many.
        passages: what to shuffle, a paragraph each.
        seed: the same seed gives the same bytes.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    for number in range(count):
        words, paragraphs = 0, []
        for passage in chance.sample(passages, len(passages)):
            if words >= 1000:
                break
            paragraphs.append(passage)
            words += len(passage.split())
        text = "\n\n".join(paragraphs) + "\n"
        (folder / f"page-{number:05}.txt").write_text(text, encoding="utf-8")


def _plural(intervention: str) -> str:
    return f"{intervention.replace('-', ' ').capitalize()}s"


def _quote(subject: Subject, intervention: str, population: str, chance: random.Random) -> str:
    """Make a passage in words that vary in strength; nearly every one is the only one of its kind."""
    people = f"a {population.replace('-', ' ')}"
    words = " ".join(
        filter(
            None,
            (
                _plural(intervention).lower(),
                chance.choice(WORDS["hedges"]),
                subject.words.format(people=people, n=chance.randrange(2, 99)),
            ),
        )
    )
    also = (
        " like a warm footbath (mustard bath)"
        if chance.random() < 0.02
        else chance.choice(WORDS["endings"])
    )
    opening = chance.choice(WORDS["openings"])
    return f"{opening}, {words}{also}" if opening else f"{words[0].upper()}{words[1:]}{also}"


def main() -> None:
    """Write a base into a folder."""
    parser = argparse.ArgumentParser(description="Write a made-up base about footbaths.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.folder, given.claims, given.seed)


if __name__ == "__main__":
    main()
