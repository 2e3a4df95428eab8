"""The report as pages: a mapping from path to page. Words and layout; no files, no clock, no MkDocs, no decisions.

Everything that comes from a record, a page or a BibTeX file is escaped by the template engine.
"""

import itertools
import json
import posixpath
import re
import textwrap
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from claimbook.evidence.appraisal import Support, appraise, body, rating, source_ids
from claimbook.evidence.certainty import CEILINGS, LEVEL_WHY, Certainty
from claimbook.evidence.disagreements import PairRelation, pairs
from claimbook.evidence.disclosures import told
from claimbook.evidence.figures import collisions, origins
from claimbook.language.coverage import State, of_page
from claimbook.language.sentences import split
from claimbook.language.strength import STEP_WORDS, wording
from claimbook.records import (
    BENEFITS,
    FACETS,
    UNRESOLVED,
    Amount,
    Category,
    Claim,
    Disclosure,
    Finding,
    Flag,
    Kind,
    Occurrence,
    Relation,
    Share,
    Source,
    Topic,
    Value,
    Verdict,
    YesNo,
    display,
    wilson,
)
from claimbook.records.quotes import REFERENCE, heading, normalize, quote_spans, slug, text_fragment
from claimbook.rules.check import Report, Rule, all_rules
from claimbook.site import audit, json_ld
from claimbook.site.charts import SIZES, by_certainty, evidence_map, plots, reading
from claimbook.site.exports import ris, summary
from claimbook.site.filters import (
    NO_LEVEL,
    NOT_GRADED,
    Row,
    claim_rows,
    counts,
    passage_rows,
    source_level,
    source_rows,
)
from claimbook.site.glossary import explained
from claimbook.vetting import suggestions

VERDICT_WORDS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.SUPPORTED: (
        "Supported",
        "The recorded evidence says so, and the words are no stronger than it is.",
    ),
    Verdict.NOT_CHECKABLE: (
        "Not checkable",
        "The clinic's own practice, its prices, or somebody's experience: no study can say.",
    ),
    Verdict.NOT_CHECKED: ("Not checked", "Nothing that we have read ourselves could decide this."),
    Verdict.OVERSTATED: ("Overstated", "The words are stronger, or say more, than the evidence."),
    Verdict.UNSUPPORTED: (
        "Unsupported",
        "No recorded evidence reports this. That is not a finding that it is false.",
    ),
    Verdict.CONTRADICTED: ("Contradicted", "The deciding evidence says otherwise."),
    Verdict.CONTRADICTED_BY_OWN_SOURCE: (
        "Contradicted by its own source",
        "The source that the page cites says otherwise.",
    ),
}
SURE: Mapping[Certainty | None, tuple[int, str]] = {
    Certainty.HIGH: (4, "We are sure: more research is unlikely to change this."),
    Certainty.MODERATE: (3, "We are fairly sure: the truth is probably close to this."),
    Certainty.LOW: (2, "We are not sure: the truth may be quite different."),
    Certainty.VERY_LOW: (1, "We are very unsure: the truth is likely to be quite different."),
    Certainty.NONE: (0, "No study in people recorded here measured this."),
    None: (0, "This is a question of fact, not of degree: an authority says so, or it does not."),
}

DISCLOSED: Mapping[str, str] = {
    "disclosure": "Facts", "serious-harm": "Serious harms", "contraindication": "Who should not have it",
}  # fmt: skip
PRAISED: Mapping[str, frozenset[Kind]] = {  # the kinds of claim that "What it says well" lists
    "Harms and who should not have it": frozenset({Kind.HARM, Kind.SAFETY, Kind.CONTRAINDICATION}),
    "Benefit, in words that the evidence bears out": BENEFITS,
    "Facts": frozenset({Kind.APPROVAL, Kind.DEFINITION}),
}
JUDGED = frozenset(
    {
        Verdict.OVERSTATED,
        Verdict.UNSUPPORTED,
        Verdict.CONTRADICTED,
        Verdict.CONTRADICTED_BY_OWN_SOURCE,
    }
)
MARKS: Mapping[
    Relation, tuple[str, str]
] = {  # how a page's words stand to a finding: a sign, and what it says
    Relation.AGREES: ("=", "agrees"),
    Relation.EXCEEDS: ("▲", "the page says more"),
    Relation.FALLS_SHORT: ("▼", "the page says less"),
    Relation.CONFLICTS: ("✗", "the page says otherwise"),
    Relation.NOT_COMPARABLE: ("–", "cannot be compared"),
}
EXPLAINED = (
    "questions",
    "question",
    "claim",
    "clinic_page",
)  # the kinds of page on which words are explained where they are met
FRONT = "What clinic pages claim, word for word, beside what studies and authorities found, with a verdict on every sentence."
SHORT = 40  # characters: a first sentence that is shorter is shown with the next
FEED = 100  # entries of the feed: the pages that were read last

READ: Mapping[str, str] = {
    "none": "not read", "abstract": "abstract", "full-text": "full text", "excerpt": "excerpt", "second-hand": "only second-hand",
}  # fmt: skip
STANDING: Mapping[str, str] = {
    "current": "current", "corrected": "corrected", "concern": "expression of concern", "retracted": "retracted",
    "superseded": "superseded", "unknown": "not looked up",
}  # fmt: skip
FILTERS: Mapping[str, str] = {
    "clinic": "Clinic page", "topic": "Question", "kind": "Kind", "design": "Design", "verdict": "Verdict", "certainty": "How sure",
    "level": "Best level", "read": "What was read", "standing": "Standing", "rule": "Rule that objects",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordSource:
    """A record as it stands in its file, the address at which it can be edited (if any), and its changes, the last first: day, subject."""

    text: str
    edit: str = ""
    changes: tuple[tuple[str, str], ...] = ()


Clean = Callable[
    [Iterable[str]], Collection[str]
]  # of some sentences, those in which nothing is flagged


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of the site: its title, one line about it for search engines, its HTML, and what the site's search finds it by."""

    title: str
    description: str
    html: str
    words: str

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The anchors and titles of its second-level headings."""
        return [
            (anchor, re.sub(r"<[^>]+>", "", title))
            for anchor, title in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', self.html)
        ]


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("claimbook.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["picture"] = picture
    environment.globals |= {
        "VERDICT_WORDS": VERDICT_WORDS, "Verdict": Verdict, "STEP_WORDS": STEP_WORDS, "CEILINGS": CEILINGS, "LEVEL_WHY": LEVEL_WHY,
        "SURE": SURE, "Stand": Support, "State": State, "of_100": of_100, "picture": picture,
        "DISCLOSED": DISCLOSED, "SIZES": SIZES, "Certainty": Certainty, "by_certainty": by_certainty,
        "JUDGED": JUDGED, "READ": READ, "STANDING": STANDING, "NO_LEVEL": NO_LEVEL, "ris": ris,
        "UNRESOLVED": UNRESOLVED, "FACETS": FACETS, "MARKS": MARKS, "slug": slug, "wording": wording,
    }  # fmt: skip
    return environment


@dataclass(frozen=True, slots=True)
class Checker:
    """Where on the site the page "Check your copy" finds what it runs, and how large that is."""

    python: str  # the folder of Pyodide
    engine: str  # the zip file of the engine and the base
    megabytes: int


def render(
    report: Report,
    citations: Mapping[str, str] | None = None,
    kept: Mapping[str, RecordSource] | None = None,
    clean: Clean | None = None,
    checker: Checker | None = None,
    measured: Mapping[str, Any] | None = None,
) -> dict[str, SitePage]:
    """Every generated page by its path below the site's root.

    Args:
        report: a base and its flags.
        citations: the formatted citation of each source, as safe HTML; by default its title and year.
        kept: the records of claims by their files, as far as they are to be shown.
        clean: tells which sentences may be offered to writers; without it none is.
        checker: what "Check your copy" runs; without it the page says that it is not there.
        measured: how well drafts are read (`Measured.as_data`), to be shown with the rules.
    """
    return _Site(
        report,
        citations or {},
        kept or {},
        clean or (lambda _: frozenset()),
        checker,
        measured or {},
    ).pages()


def files(report: Report) -> dict[str, str]:
    """What stands beside the pages: a feed of what was read, and a page at every address that a record had before."""
    base, environment = report.base, _environment()

    def urn(name: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"claimbook/{name}").urn

    newest = sorted(base.pages.values(), key=lambda page: page.id)
    newest.sort(key=lambda page: page.read, reverse=True)
    made = {
        "feed.xml": environment.get_template("feed.xml.jinja").render(
            report=report, pages=newest[:FEED], urn=urn
        )
        + "\n"
    }
    names = {
        **{f"questions/{topic.id}": topic.question for topic in base.topics.values()},
        **{f"claims/{claim.id}": claim.statement for claim in base.claims.values()},
        **{f"pages/{page.id}": f"{page.clinic}: {page.title}" for page in base.pages.values()},
    } if base.redirects else {}  # fmt: skip
    moved = environment.get_template("redirect.html.jinja")
    for old, new in base.redirects.items():
        made[f"{old}.html"] = (
            moved.render(
                to=_relative(f"{new}.html", posixpath.dirname(old)), title=names.get(new, new)
            )
            + "\n"
        )
    return made


class _Site:
    """One rendering: the report, and what templates may ask of it."""

    def __init__(
        self,
        report: Report,
        citations: Mapping[str, str],
        kept: Mapping[str, RecordSource],
        clean: Clean,
        checker: Checker | None,
        measured: Mapping[str, Any],
    ) -> None:
        self.report, self.base, self.citations, self.kept, self.checker = (
            report,
            report.base,
            citations,
            kept,
            checker,
        )
        self.index = report.index
        self.measured = measured
        self.instead = self._instead(clean)
        self.vocabulary = report.base.vocabulary

    def pages(self) -> dict[str, SitePage]:
        base, report = self.base, self.report
        made = {
            "index.md": self._page(
                "index.md",
                "front",
                "What clinics claim, held against the evidence",
                FRONT,
                state=summary(report),
            ),
            "questions/index.md": self._page(
                "questions/index.md",
                "questions",
                "Questions",
                "Plain answers for patients, in numbers out of 100, with harms beside benefits.",
                groups=self._questions(),
            ),
            "claims/index.md": self._page(
                "claims/index.md",
                "claims",
                "All claims",
                "Every claim that the pages make, by question, with its certainty and its worst verdict.",
                **self._table(claim_rows(report)),
            ),
            "pages/index.md": self._page(
                "pages/index.md",
                "clinic_pages",
                "Clinic pages",
                "The clinic pages that were read, each with how many of its passages have which verdict.",
            ),
            "sources/index.md": self._page(
                "sources/index.md",
                "sources",
                "Sources",
                "Every study, label, guideline and notice that passages are held against, and what was read of it.",
                **self._table(
                    sorted(source_rows(report), key=lambda row: self.short(row.one.id).casefold())
                ),
            ),
            "passages.md": self._page(
                "passages.md",
                "passages",
                "All passages",
                "Every passage of a clinic page with the claim it makes and its verdict.",
                **self._table(passage_rows(report)),
            ),
            "audit.md": self._page(
                "audit.md",
                "audit",
                "Citation audit",
                "What to look at about sources and citations, in order.",
                **self._audit(),
            ),
            "contradictions.md": self._page(
                "contradictions.md",
                "contradictions",
                "Contradictions",
                "Claims on which pages, or one page in two places, say what cannot both be so.",
                **self._matrix(),
            ),
            "overview/silence.md": self._page(
                "overview/silence.md",
                "silence",
                "What pages leave out",
                "Disclosures, serious harms and contraindications, clinic by clinic.",
                kinds=self._silence(),
            ),
            "overview/evidence-map.md": self._page(
                "overview/evidence-map.md",
                "evidence_map",
                "Map of the evidence",
                "Every study by question, certainty and number of people.",
                rows=evidence_map(self.index),
            ),
            "flags.md": self._page(
                "flags.md",
                "flags",
                "All flags",
                "Everything that the rules object to, rule by rule.",
            ),
            "glossary.md": self._page(
                "glossary.md",
                "glossary",
                "Words explained",
                "What medical and research words mean, in plain words.",
            ),
            "check/index.md": self._page(
                "check/index.md",
                "checker",
                "Check your copy",
                "Paste a draft: each sentence is held against the evidence in your own browser, and nothing is sent.",
                checker=self.checker,
            ),
            "rules/index.md": self._page(
                "rules/index.md",
                "rules",
                "Rules",
                "The rules that judge passages, each named for what is wrong.",
                rules=all_rules(),
            ),
        }
        for topic in base.topics.values():
            path = f"questions/{topic.id}.md"
            answer, unknown = (
                self._answer(topic.answer, path),
                self._answer(topic.unknown or "", path),
            )
            claims = [base.claims[name] for name in topic.claims]
            found, harms = (
                [base.findings[key] for key in keys] for keys in (topic.found, topic.harms)
            )
            made[path] = self._page(path, "question", topic.question, _short(answer.striptags()), answer.striptags(),
                                    topic=topic, answer=answer, unknown=unknown, asks=[self._answer(one, path) for one in topic.ask],
                                    claims=claims, graded=[one for one in claims if self.certainty(one) is not None],
                                    found=found, harms=harms,
                                    verdicts=sorted({self.verdict(o) for claim in claims for o in claim.occurrences}))  # fmt: skip
        for claim in base.claims.values():
            path = f"claims/{claim.id}.md"
            made[path] = self._page(path, "claim", claim.statement, _short(self._about(claim)),
                                    " · ".join(o.quote for o in claim.occurrences), claim=claim, rated=rating(claim, self.index),
                                    evidence=self._evidence(claim), plots=self._plots(claim),
                                    facets=dict(claim.about.facets()))  # fmt: skip
        by_id = {row.one.id: row for row in passage_rows(report)}
        for page in base.pages.values():
            path = f"pages/{page.id}.md"
            counts = report.page_counts(page.id)
            made[path] = self._page(path, "clinic_page", f"{page.clinic}: {page.title}",
                                    f"{len(base.by_page[page.id])} passages read on {page.read}, each with its verdict and the reason.",
                                    page.title,
                                    page=page, counts=counts, studied=self._studied(page.id), well=self._well(page.id),
                                    **self._passages(page.id, by_id),
                                    **self._about_page(page.id), covered=of_page(page.id, base),
                                    disclosures=self._disclosures(page.id), numbers=self._numbers(page.id))  # fmt: skip
        used = self.index.by_finding
        more = self._about_sources(used)
        for key, source in base.sources.items():
            path = f"sources/{key}.md"
            made[path] = self._page(
                path,
                "source",
                f"{self.short(key)}: {_short(self.title(key))}",
                _short(f"What was read in: {self.title(key)}"),
                self._found_by(source),
                source=source,
                used=used,
                **more[key],
            )
        for name, rule in all_rules().items():
            path = f"rules/{name}.md"
            read = self.measured.get("by_category", {}).get(rule.category.value)
            flags = report.by_rule.get(name, ())
            made[path] = self._page(
                path,
                "rule",
                name,
                rule.summary,
                rule=rule,
                doc=_rule_doc(rule),
                flags=flags,
                read=read,
            )
        return made

    def _page(
        self,
        path: str,
        template: str,
        title: str,
        description: str,
        words: str | None = None,
        **given: Any,
    ) -> SitePage:
        here = posixpath.dirname(path)

        def url(to: str, anchor: str = "") -> str:
            return _relative(to, here) + (f"#{anchor}" if anchor else "")

        html = (
            _environment()
            .get_template(f"{template}.html.jinja")
            .render(site=self, report=self.report, base=self.base, url=url, **given)
        )
        if template in EXPLAINED:
            html = explained(html, self.base.glossary, url("glossary.html"))
        return SitePage(
            title,
            description,
            html + self._linked(template, title, description, given),
            description if words is None else words,
        )

    def _linked(self, template: str, title: str, description: str, given: Mapping[str, Any]) -> str:
        """What other programs read in a page of this kind, as a script that is data; nothing for other kinds."""
        data: Any = None
        match template:
            case "front":
                data = json_ld.front(self.report, title, description)
            case "question":
                sources = dict.fromkeys(
                    finding.source for finding in (*given["found"], *given["harms"])
                )
                data = json_ld.question(given["topic"], str(given["answer"].striptags()), sources)
            case "claim":
                data = json_ld.claim(given["claim"], self.report, VERDICT_WORDS)
            case "source":
                key = given["source"].id
                data = json_ld.source(self.base.references[key], self.title(key))
        if not data:
            return ""
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace(
            "<", "\\u003c"
        )  # so that no text ends the script
        return f'<script type="application/ld+json">{written}</script>\n'

    def _about(self, claim: Claim) -> str:
        """One line on what a claim's page shows."""
        pages = len({o.page for o in claim.occurrences})
        rated = rating(claim, self.index)
        sure = f" Certainty: {rated.certainty.label}." if rated else ""
        return f"What {pages} clinic page{'s' * (pages != 1)} and the evidence say.{sure} {claim.statement}"

    # --- what templates ask -------------------------------------------------------------------------------------------

    def verdict(self, occurrence: Occurrence) -> Verdict:
        """The verdict of a passage."""
        return self.report.verdict(occurrence)

    def flags(self, occurrence: Occurrence) -> tuple[Flag, ...]:
        """The flags of a passage, gravest first."""
        return tuple(
            sorted(self.report.by_occurrence.get(occurrence.id, ()), key=lambda flag: -flag.verdict)
        )

    def reason(self, occurrence: Occurrence) -> str:
        """Why a passage without a flag has the verdict it has."""
        verdict = self.verdict(occurrence)
        if verdict is Verdict.SUPPORTED and not appraise(occurrence, self.index).deciding:
            return "It only asks, plans or denies, so nothing has to support it."
        return VERDICT_WORDS[verdict][1]

    def message(self, flag: Flag) -> str:
        """What a flag says, with clinics and sources by their names."""
        return self._named(flag.message, flag)

    def sentence(self, flag: Flag) -> str:
        """What a flag says, and what would mend it, as sentences; quoted words at the beginning stay as they are."""
        told = [self._named(text, flag) for text in (flag.message, flag.suggestion) if text]
        return " ".join(f"{text[0].upper()}{text[1:].removesuffix('.')}." for text in told)

    def _named(self, text: str, flag: Flag) -> str:
        return display.message(text, flag.pages, flag.sources, self.base)

    def _instead(self, clean: Clean) -> dict[str, Markup]:
        """By passage that says too much, the first wording that may be offered in its place, with the sources that bear it out."""
        judged = [o for o in self.base.occurrences.values() if self.report.verdict(o) in JUDGED]
        offered = {o.id: list(self._offers(o)) for o in judged}
        good = clean(dict.fromkeys(text for some in offered.values() for text, _ in some))
        return {
            name: self._cited(*one)
            for name, some in offered.items()
            if (one := next((one for one in some if one[0] in good), None))
        }

    def _offers(self, occurrence: Occurrence) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Wording for the place of a passage, each with the deciding sources behind it; what these found in plain words comes last."""
        deciding = [one.evidence for one in appraise(occurrence, self.index).deciding]
        by_plain = {
            one.finding.plain: one.source.id
            for one in deciding
            if one.finding.plain and not one.second_hand
        }
        every = source_ids(deciding)
        for text in dict.fromkeys(
            (*suggestions.offers(self.base.claim_of(occurrence), self.index, occurrence), *by_plain)
        ):
            yield text, (by_plain[text],) if text in by_plain else every

    def _cited(self, text: str, keys: Iterable[str]) -> Markup:
        """A sentence with its sources, author and year, before its full stop."""
        named = "; ".join(map(self.short, keys))
        return (
            Markup("{} ({}).").format(text.removesuffix("."), named)
            if named
            else escape(f"{text.removesuffix('.')}.")
        )

    def live(self, occurrence: Occurrence) -> str | None:
        """The address of the passage on the clinic's own page; None where the page's address is not recorded."""
        address = self.base.pages[occurrence.page].address
        if not address:
            return None
        return address + ("" if "#" in address else "#") + text_fragment(occurrence.quote)

    def label(self, concept: str | None) -> str:
        """The name of a concept."""
        return self.vocabulary.label(concept)

    def short(self, key: str) -> str:
        """How running text names a source: first author and year."""
        return display.short(self.base.references[key])

    def title(self, key: str) -> str:
        """The title of a source without its protecting braces."""
        return display.title(self.base.references[key])

    def citation(self, key: str) -> Markup:
        """The formatted citation of a source."""
        if key in self.citations:
            return Markup(self.citations[key])  # noqa: S704 - made by the citation formatter, which escapes
        return escape(f"{self.title(key)}. {self.base.references[key].fields.get('year', '')}")

    def links(self, key: str) -> list[tuple[str, str]]:
        """The identifiers of a source with the addresses they resolve to."""
        fields = self.base.references[key].fields
        found = []
        if doi := fields.get("doi"):
            found.append((f"doi:{doi}", f"https://doi.org/{doi}"))
        if (pmid := fields.get("pmid", "")).isdigit():
            found.append((f"PMID {pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"))
        if re.fullmatch(r"PMC\d+", pmcid := fields.get("pmcid", "")):
            found.append((pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"))
        read_at = self.base.sources[key].read_at or ""
        if read_at.startswith(("https://", "http://")):
            found.append(("where it was read", read_at))
        return found

    def says(self, value: Value | None) -> str:
        """A value in words."""
        return display.in_words(value, self.vocabulary)

    def spoken(self, text: str) -> str:
        """A text with its amounts as a reader would say them."""
        return display.amounts(text, self.vocabulary.units)

    def reading(self, value: Value | None) -> str:
        """The range that a vague word or a best case is read as."""
        return reading(value, self.vocabulary.units)

    def scope(self, finding: Finding) -> str:
        """The scope of a finding in words."""
        return " · ".join(
            self.label(name) for facet, name in finding.about.facets() if facet != "outcome"
        )

    def certainty(self, claim: Claim) -> Certainty | None:
        """The certainty of a claim; None where it is not graded."""
        rated = rating(claim, self.index)
        return rated.certainty if rated else None

    def means(self, claim: Claim) -> str:
        """What the certainty of a claim means; where no study measured it, on whose word it rests."""
        sure = self.certainty(claim)
        linked = body(claim, self.index)
        said = source_ids(one for one in linked if one.usable and one.authority)
        if sure is not Certainty.NONE or not said:
            return SURE[sure][1]
        return f"{SURE[sure][1]} What is known of it comes from {', '.join(map(self.short, said))}."

    def denied(self, claim: Claim) -> str:
        """Who says that the statement of a claim is not so, where nobody says that it is: lest a reader take the statement as true."""
        sources = [self.base.findings[link.finding] for link in claim.evidence]
        found = {
            one.says.holds
            for one in sources
            if isinstance(one.says, YesNo) and one.about.outcome == claim.about.outcome
        }
        said = {
            one.says.holds if isinstance(one.says, YesNo) else None for one in claim.occurrences
        }
        if found == {False}:
            return "The evidence says that this is not so."
        return "Every page that speaks of it says that this is not so." if said == {False} else ""

    def anchor(self, occurrence: Occurrence) -> str:
        """The anchor of a passage on its claim's page."""
        return slug(occurrence.id.partition("/")[2])

    def quoted(self, quote: str) -> Markup:
        """A quote between quotation marks."""
        return Markup("“{}”").format(quote)

    def appraise(self, occurrence: Occurrence) -> Any:
        """The evidence on a passage."""
        return appraise(occurrence, self.index)

    def order(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims by topic and statement."""
        return sorted(claims, key=lambda claim: (claim.topic, claim.statement))

    def _found_by(self, source: Source) -> str:
        """The title of a source and what was found, in the words of its findings."""
        found = (f"{self.says(finding.says)}. {finding.plain or ''}" for finding in source.findings)
        return " · ".join([self.title(source.id), *found])

    # --- what pages need ----------------------------------------------------------------------------------------------

    def _answer(self, answer: str, path: str) -> Markup:
        """A topic's answer with its findings as numbers out of 100, each with a link to its source."""
        made, last = [], 0
        for match in REFERENCE.finditer(answer):
            finding = self.base.findings[match[1]]
            value = finding.says
            figure = self.says(value)
            if isinstance(value, Share):
                counted = f" ({value.count} of {value.total})" if value.count is not None else ""
                said = (
                    answer[match.end() :].lstrip().startswith(finding.counted)
                )  # the text names what was counted by itself
                counts = "" if finding.counted == "people" or said else f" {finding.counted}"
                figure = f"{of_100(value)} out of 100{counts}{counted}"
            address = (
                posixpath.relpath(f"sources/{finding.source}.html", posixpath.dirname(path))
                + f"#{finding.id}"
            )
            made += [
                escape(answer[last : match.start()]),
                Markup('<a class="cb-figure" href="{}">{}</a>').format(address, figure),
            ]
            last = match.end()
        return Markup("").join([*made, escape(answer[last:])])

    def _evidence(self, claim: Claim) -> list[dict[str, Any]]:
        decides = {
            one.evidence.finding.key
            for o in claim.occurrences
            for one in appraise(o, self.index).deciding
        }
        return [
            {"one": one, "decides": one.finding.key in decides} for one in body(claim, self.index)
        ]

    def _plots(self, claim: Claim) -> Any:
        """The figures of a claim's findings and passages, side by side."""
        evidence = self._evidence(claim)
        return plots(
            claim,
            [row["one"] for row in evidence],
            {row["one"].finding.key for row in evidence if row["decides"]},
            self.vocabulary.units,
        )

    def _studied(self, page: str) -> list[Source]:
        """The studies in people behind a page's passages on benefit, best level first, as far as the treatment they gave is recorded."""
        benefits = (o for o in self.base.by_page[page] if self.base.claim_of(o).kind in BENEFITS)
        weighed = (one.evidence for o in benefits for one in appraise(o, self.index).all)
        found = {
            (one.level, one.source.id): one.source
            for one in weighed
            if one.usable and one.level and one.level < 5
        }
        return [source for _, source in sorted(found.items()) if source.regimen]

    def _well(self, page: str) -> dict[str, list[tuple[Claim, list[Occurrence]]]]:
        """A page's supported passages that evidence bears out, by what they are about and then by claim, the fullest words first."""
        found: dict[str, dict[str, list[Occurrence]]] = {name: {} for name in PRAISED}
        listed: list[str] = []  # the words that stand there already, also as part of a longer quote
        for o in sorted(self.base.by_page[page], key=lambda o: (-len(o.quote), o.id)):
            kind, words = self.base.claim_of(o).kind, normalize(o.quote).casefold().rstrip(".")
            name = next((name for name, kinds in PRAISED.items() if kind in kinds), None)
            says = (
                kind not in BENEFITS or wording(o.quote).step >= 2
            )  # that it is being studied is no word on benefit
            if (
                name
                and says
                and self.verdict(o) is Verdict.SUPPORTED
                and appraise(o, self.index).deciding
            ):
                if o.claim not in found[name] and any(words in other for other in listed):
                    continue
                found[name].setdefault(o.claim, []).append(o)
                listed.append(words)
        return {
            name: [(self.base.claims[one], some) for one, some in by_claim.items()]
            for name, by_claim in found.items()
            if by_claim
        }

    def _silence(self) -> dict[str, list[dict[str, Any]]]:
        """Every disclosure by kind, with the passage (or None) of each page of which it is asked."""
        asked = {name: told(name, self.index) for name in self.base.pages}
        found: dict[str, list[dict[str, Any]]] = {}
        for name, one in self.base.disclosures.items():
            by = {page: passages[name] for page, passages in asked.items() if name in passages}
            found.setdefault(one.kind, []).append(
                {"one": one, "by": by, "told": sum(o is not None for o in by.values())}
            )
        return found

    def _questions(self) -> list[tuple[str, list[tuple[Topic, Markup]]]]:
        """The questions by heading, each with the first words of its answer; those under no heading last."""
        listed = {name for names in self.base.questions.values() for name in names}
        groups = {
            **self.base.questions,
            "More questions" if listed else "": [
                name for name in self.base.topics if name not in listed
            ],
        }
        return [
            (
                title,
                [
                    (topic, self._answer(_first(topic.answer), "questions/index.md"))
                    for topic in map(self.base.topics.get, names)
                    if topic
                ],
            )
            for title, names in groups.items()
            if names
        ]

    def _passages(self, page: str, rows: Mapping[str, Row]) -> dict[str, Any]:
        """A page's passages by section, in reading order: within a section as far as the page's text is at hand; with their filters."""
        text, sections = self.base.snapshots.get(page, ""), self.base.pages[page].sections

        def place(occurrence: Occurrence) -> tuple[int, int, str]:
            spans, section = quote_spans(occurrence.quote), heading(occurrence.section)
            order = sections.index(section) if section in sections else len(sections)
            return (
                (0 if text else order),
                (text.find(spans[0]) if text and spans else 0),
                occurrence.id,
            )

        found: dict[str, list[Row]] = {title: [] for title in sections}
        for occurrence in sorted(self.base.by_page[page], key=place):
            found.setdefault(heading(occurrence.section) or "Elsewhere on the page", []).append(
                rows[occurrence.id]
            )
        some = [row for rows in found.values() for row in rows]
        return {
            "sections": [one for one in found.items() if one[1]],
            "total": len(some),
            "choices": self._filters(some, ("verdict", "topic", "rule")),
        }

    def _about_page(self, page: str) -> dict[str, Any]:
        """The flags about the page as a whole, and by claim those about what it says against itself or others."""
        occurrences = {o.id for o in self.base.by_page[page]}
        flags = [
            flag for flag in self.report.by_page.get(page, ()) if flag.subject not in occurrences
        ]
        disagreements: dict[str, list[Flag]] = {}
        for flag in flags:
            if flag.category is Category.DISAGREEMENT and flag.claims:
                disagreements.setdefault(flag.claims[0], []).append(flag)
        told = [flag for some in disagreements.values() for flag in some]
        return {
            "disagreements": disagreements,
            "about_page": [flag for flag in flags if flag not in told],
        }

    def _disclosures(self, page: str) -> dict[str, list[tuple[Disclosure, Occurrence | None]]]:
        """What a page is asked to tell, by kind, with the passage that tells it."""
        found: dict[str, list[tuple[Disclosure, Occurrence | None]]] = {}
        for name, by in told(page, self.index).items():
            one = self.base.disclosures[name]
            found.setdefault(one.kind, []).append((one, by))
        return found

    def _numbers(self, page: str) -> list[dict[str, Any]]:
        """Every figure of a page that may come from a study, with the findings it may come from."""
        return [
            {
                "passage": o,
                "origins": origins(o, self.index),
                "collisions": collisions(o, self.index),
            }
            for o in self.base.by_page[page]
            if isinstance(o.says, Share | Amount) and o.says.figure and re.search(r"\d", o.quote)
        ]

    def _contradictions(self) -> Iterable[dict[str, Any]]:
        """Each claim on which pages, or a page and itself, disagree, with what is only of another scope."""
        for claim in self.order(self.base.claims.values()):
            found = pairs(claim, self.index)
            conflicts = [one for one in found if one.kind is PairRelation.CONFLICT]
            apart = [one for one in found if one.kind is PairRelation.DIFFERENT_SCOPE]
            if conflicts or apart:
                by_page: dict[str, list[Occurrence]] = {}
                for occurrence in claim.occurrences:
                    by_page.setdefault(occurrence.page, []).append(occurrence)
                clashing = {o.id for one in conflicts for o in (*one.one, *one.other)}
                reasons = [f"Conflict: {one.comparison.reason}" for one in conflicts]
                reasons += [
                    f"Different {' and '.join(one.facets)}, so no conflict: {one.comparison.reason}"
                    for one in apart
                ]
                yield {
                    "claim": claim,
                    "by_page": by_page,
                    "clashing": clashing,
                    "reasons": Counter(reasons),
                }

    def _matrix(self) -> dict[str, Any]:
        """The contradictions as a table with its filters."""
        rows = list(self._contradictions())
        topics = {name: topic.claims for name, topic in self.base.topics.items()}
        found = [
            Row(
                row["claim"],
                {
                    "topic": tuple(name for name, ids in topics.items() if row["claim"].id in ids),
                    "clinic": tuple(row["by_page"]),
                },
            )
            for row in rows
        ]
        return {
            "rows": list(zip(found, rows, strict=True)),
            "total": len(rows),
            "choices": self._filters(found, ("clinic", "topic")),
        }

    def _table(self, rows: list[Row]) -> dict[str, Any]:
        """A long table: its rows, the same by topic, and its filters with their choices and how many rows each finds."""

        def topic(row: Row) -> str:
            return (
                self.base.claim_of(row.one).topic
                if isinstance(row.one, Occurrence)
                else getattr(row.one, "topic", "")
            )

        by_topic = [(name, list(some)) for name, some in itertools.groupby(rows, topic)]
        return {
            "rows": rows,
            "by_topic": by_topic,
            "total": len(rows),
            "choices": self._filters(rows, FILTERS),
            "clinics": self._clinics(),
        }

    def _filters(self, rows: Iterable[Row], names: Iterable[str]) -> list[dict[str, Any]]:
        """The filters of a table by which its rows differ: their names, their labels, and each choice with how many rows it finds."""
        found = counts(rows)
        return [
            {
                "name": name,
                "label": FILTERS[name],
                "options": [
                    (id_, words, found[name][id_])
                    for id_, words in self._choices(name, found[name])
                ],
            }
            for name in names
            if name in found and len(found[name]) > 1
        ]

    def _choices(self, name: str, ids: Iterable[str]) -> list[tuple[str, str]]:
        """What a filter offers, in order: the ids that occur, with their words."""
        words: Mapping[str, str] = {}
        match name:
            case "clinic":
                words = self._clinics()
            case "topic":
                words = {topic.id: topic.question for topic in self.base.topics.values()}
            case "verdict":
                words = {verdict.label: VERDICT_WORDS[verdict][0] for verdict in reversed(Verdict)}
            case "certainty":
                words = {
                    one.label.replace(" ", "-"): one.label.capitalize()
                    for one in reversed(Certainty)
                } | {NOT_GRADED: "Not graded"}
            case "level":
                words = {
                    str(number): f"{number}: {why}" for number, why in LEVEL_WHY.items() if number
                } | {NO_LEVEL: "No level"}
            case "read" | "standing":
                words = READ if name == "read" else STANDING
            case _:
                words = {
                    id_: id_ if name == "rule" else id_.replace("-", " ") for id_ in sorted(ids)
                }
        return [(id_, said) for id_, said in words.items() if id_ in ids]

    def _clinics(self) -> dict[str, str]:
        """How tables name each page: by its clinic, with its title where the clinic has more than one."""
        many = Counter(page.clinic for page in self.base.pages.values())
        return {
            name: f"{page.clinic}: {page.title}" if many[page.clinic] > 1 else page.clinic
            for name, page in self.base.pages.items()
        }

    def _audit(self) -> dict[str, Any]:
        """The queues of the citation audit with what they hold."""
        found, flags = (
            audit.second_hand(self.index),
            {queue.id: audit.flags(self.report, queue) for queue in audit.QUEUES},
        )
        quotes = audit.unchecked_quotes(self.report)
        held = {
            "second-hand": len(found),
            "quotes": sum(len(missing) + len(unchecked) for _, missing, unchecked in quotes),
        }
        queues = [(queue, held.get(queue.id, len(flags[queue.id]))) for queue in audit.QUEUES]
        return {
            "queues": queues,
            "flags": flags,
            "second_hand": found,
            "quotes": quotes,
            "resting": self.index.by_source,
        }

    def _about_sources(self, used: Mapping[str, tuple[Claim, ...]]) -> dict[str, dict[str, Any]]:
        """By source what its page tells beside its findings: its arithmetic, its independence, and what rests on it."""
        cited: dict[str, list[Occurrence]] = {}
        for occurrence in self.base.occurrences.values():
            for key in dict.fromkeys(occurrence.cites):
                cited.setdefault(key, []).append(occurrence)
        overlaps: dict[str, set[str]] = {}
        for key, source in self.base.sources.items():
            for other in source.overlaps:
                overlaps.setdefault(key, set()).add(other)
                overlaps.setdefault(other, set()).add(key)
        return {
            key: {
                "level": source_level(source),
                "arithmetic": list(self._arithmetic(source)),
                "overlaps": sorted(overlaps.get(key, ())),
                "dependent": [
                    flag
                    for flag in self.report.by_source.get(key, ())
                    if all_rules()[flag.rule].queue == audit.DEPENDENT.id
                ],
                "rests": self._rests(source, used),
                "cited_by": cited.get(key, []),
            }
            for key, source in self.base.sources.items()
        }

    def _arithmetic(self, source: Source) -> Iterable[dict[str, Any]]:
        """Each share of a source that comes with a count, and what the count gives."""
        flags = [
            flag
            for flag in self.report.by_source.get(source.id, ())
            if all_rules()[flag.rule].queue == audit.ARITHMETIC.id
        ]
        for finding in source.findings:
            value = finding.says
            if isinstance(value, Share) and value.count is not None and value.total:
                yield {"finding": finding, "value": value, "share": 100 * value.count / value.total,
                       "interval": wilson(value.count, value.total), "faults": [f for f in flags if f.subject == finding.key]}  # fmt: skip

    def _rests(self, source: Source, used: Mapping[str, tuple[Claim, ...]]) -> list[dict[str, Any]]:
        """The claims that rest on a source, each with the findings it uses and the first passage of every page that makes it."""
        found: dict[str, dict[str, Any]] = {}
        for finding in source.findings:
            for claim in used.get(finding.key, ()):
                if claim.id not in found:
                    pages = {o.page: o for o in reversed(claim.occurrences)}
                    found[claim.id] = {
                        "claim": claim,
                        "findings": [],
                        "pages": dict(sorted(pages.items())),
                    }
                found[claim.id]["findings"].append(finding)
        return sorted(found.values(), key=lambda row: (row["claim"].topic, row["claim"].statement))


def _first(text: str) -> str:
    """The first sentence of a text, or as many as make a line."""
    lines = itertools.accumulate(split(text), lambda line, sentence: f"{line} {sentence}")
    return next((line for line in lines if len(line) >= SHORT), text)


def _short(text: str) -> str:
    """The text as a description, which search engines cut at about 160 characters."""
    return textwrap.shorten(text, 155, placeholder=" …")


@lru_cache(maxsize=65_536)
def _relative(to: str, here: str) -> str:
    """The address of a page as a page in the folder *here* writes it."""
    return posixpath.relpath(to, here or ".")


def of_100(value: Share) -> str:
    """A share out of 100: from the count where it is known, from the printed share otherwise; a range stays a range."""
    if value.count is not None and value.total:
        return str(round(100 * value.count / value.total))
    if value.interval.high - value.interval.low > 1.5:
        return f"{value.interval.low:.0f} to {value.interval.high:.0f}"
    return str(round((value.interval.low + value.interval.high) / 2))


def picture(finding: Finding) -> int | None:
    """How many of a hundred dots show a finding; None where it is not one share."""
    return (
        int(of_100(finding.says))
        if isinstance(finding.says, Share) and of_100(finding.says).isdecimal()
        else None
    )


def _rule_doc(rule: Rule) -> Markup:
    """A rule's page, which is ours, as HTML: paragraphs, second-level headings and code."""
    made: list[Markup] = []
    text = rule.doc.strip().partition("\n")[2]
    for chunk in re.split(r"(```yaml\n.*?```|^## [^\n]*$)", text, flags=re.DOTALL | re.MULTILINE):
        if chunk.startswith("```"):
            made.append(
                Markup("<pre><code>{}</code></pre>").format(
                    chunk.removeprefix("```yaml\n").removesuffix("```")
                )
            )
        elif chunk.startswith("## "):
            made.append(Markup('<h2 id="{}">{}</h2>').format(slug(chunk[3:]), chunk[3:]))
        else:
            for paragraph in filter(None, map(str.strip, chunk.split("\n\n"))):
                code = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(normalize(paragraph))))
                made.append(Markup("<p>{}</p>").format(Markup(code)))  # noqa: S704 - escaped on the line above
    return Markup("\n").join(made)
