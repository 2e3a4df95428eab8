"""What the site's search runs on: every page with its texts, and the words that mean the same.

Everything that takes knowledge of English or of a base is here, as data: which forms of a word are
one, which words are too common to count, and which phrases stand for one another (the vocabulary's
synonym rings, and the terms of each concept). The script `docs/assets/search.js` only compares.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from claimbook.language.concepts import STOP, stem
from claimbook.language.phrases import words
from claimbook.records import (
    DANGERS,
    Base,
    Claim,
    Scope,
    Topic,
    Verdict,
    Vocabulary,
    display,
)
from claimbook.records.grouping import grouped
from claimbook.rules.check import Report
from claimbook.site.questions import answer, by_heading
from claimbook.site.words import (
    WORDS,
    asked,
    first_sentences,
    result,
    short,
    truth,
    truth_line,
)

ADDRESS = "assets/search-index.js"
DOCS = Path(__file__).parents[2].resolve() / "docs"  # prose written by people
# How much a word counts by where it stands; in a title 9, in the line under it 6 (`search.js`).
TEXT, ASIDE, BESIDE = 5, 3, 2
_WORD = re.compile(r"[^\W_]+")

Document = dict[str, Any]


def script(report: Report, titles: Mapping[str, tuple[str, str]]) -> str:
    """The index as a script, which a page opened from disk may load, too.

    Args:
        titles: title and description of every generated page by its path.
    """
    rings = _rings(report.base.vocabulary)
    documents = [*_records(report, {name: n for n, name in enumerate(rings)}), *_others(titles)]
    data = {
        "sections": WORDS["search"]["sections"],
        "common": " ".join(sorted({*STOP, *words("stop-words", "asking")})),
        "rings": list(rings.values()),
        "documents": documents,
    }
    data["forms"] = _forms(json.dumps([data["rings"], documents], ensure_ascii=False))
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.claimbookSearch = {packed};"


def _rings(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Phrases that stand for one another: the rings, and the terms of each concept by its id."""
    rings = {f"@{ring[0]}": ring for ring in vocabulary.synonyms}
    rings |= {name: concept.terms for name, concept in vocabulary.concepts.items()}
    return {
        name: tuple(phrase for phrase in ring if "…" not in phrase) for name, ring in rings.items()
    }


def _forms(text: str) -> str:
    """The words of a text by stem, as far as a stem has several: "walk walks walking|..."."""
    words = sorted({word.lower() for word in _WORD.findall(text)})
    forms = grouped((word if word in STOP else stem(word), word) for word in words)
    return "|".join(" ".join(words) for words in forms.values() if len(words) > 1)


def _records(report: Report, concepts: Mapping[str, int]) -> Iterator[Document]:
    """The records that can be found, by kind; questions in the order in which the site has them."""
    base = report.base
    for heading, topics in by_heading(base):
        for topic in topics:
            yield _question(topic, heading, report, concepts)
    for claim in (each for each in base.claims.values() if not each.withdrawn):
        yield _claim(claim, report, concepts)
    for page in base.pages.values():
        yield _document("page", f"pages/{page.id}.html", page.clinic, page.title)
    for term in base.glossary.values():
        to = f"glossary.html#{term.id}"
        yield _document("word", to, term.words[0], term.means, asked=term.words[1:])
    for source in base.sources.values():
        title = display.title(base.references[source.id])
        found = " ".join(f"{result(f, base)}. {f.plain or ''}" for f in source.findings)
        to = f"sources/{source.id}.html"
        yield _document("source", to, short(source.id, base), title, [(BESIDE, found)])


def _question(topic: Topic, heading: str, report: Report, concepts: Mapping[str, int]) -> Document:
    base = report.base
    claims = [claim for name in topic.claims if not (claim := base.claims[name]).withdrawn]
    own = [claim for claim in claims if claim.topic == topic.id]

    def plain(text: str) -> str:
        return answer(text, "", base).striptags()

    def told(some: Iterable[Claim]) -> str:
        return " ".join(f"{claim.statement} {_line(claim, base)}" for claim in some)

    return _document(
        "question",
        f"questions/{topic.id}.html",
        topic.question,
        plain(first_sentences(topic.answer)),
        [
            (TEXT, plain(topic.whole_answer)),
            (ASIDE, plain(topic.unknown or "")),
            (ASIDE, " ".join(topic.ask)),
            (ASIDE, told(own)),
            (BESIDE, told(claims)),
        ],
        asked=[*topic.asked_as, *([heading] if heading else [])],
        about=_about((claim.about for claim in own), concepts),
    )


def _claim(claim: Claim, report: Report, concepts: Mapping[str, int]) -> Document:
    base = report.base
    judged, worst = truth(claim, base), report.claim_verdict(claim)
    return _document(
        "claim",
        f"claims/{claim.id}.html",
        asked(claim),
        _line(claim, base),
        truth=judged and judged.is_,
        sort=claim.kind.value if judged and claim.kind in DANGERS else None,
        worst=worst and worst.label,
        fit=sum(report.verdict(o) is Verdict.SUPPORTED for o in claim.occurrences),
        quotes=[
            (o.quote, report.sentence_verdict(o).label, base.pages[o.page].clinic)
            for o in claim.occurrences
        ],
        about=_about([claim.about], concepts),
    )


def _line(claim: Claim, base: Base) -> str:
    """What the evidence makes of a claim; that nothing is known of it, where no record says so."""
    judged = truth(claim, base)
    return truth_line(judged) if judged else str(WORDS["search"]["no-truth"])


def _about(scopes: Iterable[Scope], concepts: Mapping[str, int]) -> list[int]:
    """The concepts of scopes, as places among the rings."""
    return sorted({concepts[name] for scope in scopes for _, name in scope.facets()})


def _others(titles: Mapping[str, tuple[str, str]]) -> Iterator[Document]:
    """The pages that are no record: those made from many, those on rules, and those of prose."""
    records = ("questions/", "claims/", "pages/", "sources/")
    for path, (title, description) in titles.items():
        if not path.startswith(records) or path.endswith("/index.md"):
            yield _document("other", f"{path.removesuffix('.md')}.html", title, description)
    for file in sorted(DOCS.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        title, *headings = re.findall(r"^##? (.+)", text, re.MULTILINE)
        to = file.relative_to(DOCS).with_suffix(".html").as_posix()
        yield _document("other", to, title, "", [(BESIDE, " · ".join(headings))])


def _document(
    kind: str, to: str, title: str, line: str, texts: Iterable[tuple[int, str]] = (), **more: Any
) -> Document:
    """One page to find; what is empty is left out.

    Args:
        kind: the section of the results in which it stands.
        to: its address.
        title: its name, beside `asked`, other words for it.
        line: what is shown under the title.
        texts: other texts by which it is found, each with its weight.
        more: the fields of one kind.
    """
    document = {"kind": kind, "to": to, "title": title, "line": line, "texts": [*texts], **more}
    return {name: value for name, value in document.items() if value not in (None, "", [])}
