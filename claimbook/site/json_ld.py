"""What search engines and other programs read in a page (JSON-LD, schema.org).

It says what the page shows too. Addresses are relative to the page, because a site works from any
folder; `absolute` makes them whole where the site has an address. A verdict has a name and a
reason, never a number: nothing here scores a clinic.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from claimbook.loading.identifiers import doi_address
from claimbook.records import Claim, Reference, Topic, Verdict
from claimbook.rules.check import Report
from claimbook.site.exports import DATA
from claimbook.site.words import VERDICT_WORDS, WORDS, anchor, judgement, sign, truth

PROJECT = {"@type": "Organization", "name": "claimbook"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DISTRIBUTION = {
    **{f"data/{name}.json": "application/json" for name in DATA},
    "data/claimbook.sqlite": "application/vnd.sqlite3",
    "data/claims.csv": "text/csv",
    "data/findings.csv": "text/csv",
    "data/passages.csv": "text/csv",
    "data/board.csv": "text/csv",
    "data/claim-reviews.json": "application/ld+json",
    "data/nanopublications.trig": "application/trig",
    "data/vocabulary.ttl": "text/turtle",
    "data/references.bib": "application/x-bibtex",
    "data/records.zip": "application/zip",
}
_ADDRESSES = ("@id", "url", "contentUrl")
_UNJUDGED = (Verdict.NOT_CHECKABLE, Verdict.NOT_CHECKED)


def claim(one: Claim, report: Report) -> list[dict[str, Any]]:
    """A `ClaimReview` of a claim, where its truth is told, and of each passage that was judged."""
    answer, reviews = truth(one, report.base), []
    if answer and (signed := sign(one, report.base)):
        reviews.append(_review("#truth", one.statement, signed[1], answer.line))
    for passage in one.occurrences:
        if report.verdict(passage) not in _UNJUDGED:
            page = report.base.pages[passage.page]
            appearance = {"@type": "WebPage", "name": page.title}
            review = _review(f"#{anchor(passage)}", passage.quote, *judgement(passage, report))
            review["itemReviewed"]["appearance"] = appearance | (
                {"url": page.address} if page.address else {}
            )
            reviews.append(review)
    return reviews


def absolute(data: Any, page: str) -> Any:
    """Linked data of the page at an address, every address in it whole."""
    match data:
        case dict():
            return {
                key: urljoin(page, value) if key in _ADDRESSES else absolute(value, page)
                for key, value in data.items()
            }
        case list():
            return [absolute(value, page) for value in data]
    return data


def feed(report: Report, description: str) -> dict[str, Any]:
    """A `DataFeed` of every review, with what its ratings mean; it stands in the folder `data`."""
    means = WORDS["truth-means"]
    answers = [(name, means[answer]) for answer, (name, _) in WORDS["truth"].items()]
    reviews = (
        absolute(review, f"../claims/{each.id}.html")
        for each in report.base.claims.values()
        for review in claim(each, report)
    )
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": "Reviews of what clinic pages claim",
        "description": description,
        "license": LICENCE,
        "about": {
            "@type": "DefinedTermSet",
            "name": "Ratings: of claims, then of passages",
            "hasDefinedTerm": [
                {"@type": "DefinedTerm", "name": name, "description": meaning}
                for name, meaning in (*answers, *VERDICT_WORDS.values())
            ],
        },
        "dataFeedElement": [{"@type": "DataFeedItem", "item": review} for review in reviews],
    }


def _review(address: str, words: str, answer: str, because: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "author": PROJECT,
        "claimReviewed": words,
        "itemReviewed": {"@type": "Claim", "text": words},
        "reviewBody": because,
        "reviewRating": {"@type": "Rating", "alternateName": answer, "ratingExplanation": because},
    }


def question(topic: Topic, answer: str, sources: Iterable[str]) -> dict[str, Any]:
    """A `MedicalWebPage` for a patient's question, with its plain answer and its sources."""
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": topic.question,
        "audience": {"@type": "PeopleAudience", "audienceType": "Patient"},
        "author": PROJECT,
        "mainEntity": {
            "@type": "Question",
            "name": topic.question,
            "acceptedAnswer": {"@type": "Answer", "text": answer},
        },
        "citation": [{"@id": f"../sources/{key}.html"} for key in sources],
        "license": LICENCE,
    }


def source(reference: Reference, title: str) -> dict[str, Any] | None:
    """A `ScholarlyArticle` for a source that has a journal; None for another."""
    fields = reference.fields
    if reference.type.lower() != "article" or not (journal := fields.get("journal")):
        return None
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": f"{reference.key}.html",
        "headline": title,
        "author": [
            {"@type": "Person", "name": " ".join(reversed(person.split(", ", 1)))}
            for person in reference.persons.get("author", ())
            if person != "others"
        ],
        "isPartOf": {"@type": "Periodical", "name": journal},
    }
    if year := fields.get("year"):
        article["datePublished"] = year
    if doi := fields.get("doi"):
        article["sameAs"] = doi_address(doi)
    return article


def front(report: Report, title: str, description: str) -> dict[str, Any]:
    """A `Dataset` for the whole site, with the files that other programs read."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": "index.html",
        "name": title,
        "description": description,
        "creator": PROJECT,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "dateModified": max(page.read for page in report.base.pages.values()).isoformat(),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": path, "encodingFormat": kind}
            for path, kind in DISTRIBUTION.items()
        ],
    }
