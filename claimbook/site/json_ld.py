"""What search engines and other programs read in a page (JSON-LD, schema.org).

It says what the page shows too. Addresses are relative to the page, because a site works from any
folder; `absolute` makes them whole where the site has an address. A verdict has a name and a
reason, never a number: nothing here scores a clinic.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urljoin

from claimbook.loading.identifiers import doi_address
from claimbook.records import Claim, Reference, Topic, Verdict
from claimbook.rules.check import Report
from claimbook.site.exports import DATA
from claimbook.site.file_formats import FileContent, sha256
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
            address = {"url": page.address} if page.address else {}
            review = _review(f"#{anchor(passage)}", passage.quote, *judgement(passage, report))
            appearance = {"@type": "WebPage", "name": page.title, **address}
            review["itemReviewed"]["appearance"] = appearance
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
    answers: dict[str, str] = {}
    for words in (WORDS["truth"], *WORDS["answers"].values()):
        for answer, (name, _) in words.items():
            answers.setdefault(name, means[answer])
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
                for name, meaning in (*answers.items(), *VERDICT_WORDS.values())
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


# --- the data set, for loaders: Croissant ---------------------------------------------------------

_OWN_NAMES = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty"),
    *("fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField"),
    *("path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate"),
    *("separator", "source", "subField", "transform"),
)
_CONTEXT = {  # the standard one
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{name: f"cr:{name}" for name in _OWN_NAMES},
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}
_NUMBERS = ("wording_step", "more", "passages")


def croissant(
    title: str, about: str, site: str, as_of: date, files: Mapping[str, FileContent]
) -> dict[str, Any]:
    """The data set: its files with their digests, and the columns of the tables.

    Args:
        about: the site in a sentence.
        site: where it stands; empty where that is not known, and then no address is told.
        as_of: the newest day in the records.
        files: what each file holds, by its path below the site's root.
    Source:
        Croissant Format Specification 1.0, docs.mlcommons.org/croissant, read 2026-11-28.
    """
    folder = f"{site}data/" if site else ""
    kinds = {path.removeprefix("data/"): kind for path, kind in DISTRIBUTION.items()}
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": title,
        "description": about,
        "license": LICENCE,
        **({"url": f"{site}index.html"} if site else {}),
        "creator": PROJECT,
        "citeAs": f"Claimbook. {title}. Records as of {as_of}.",
        "dateModified": as_of.isoformat(),
        "version": f"{as_of.year}.{as_of.month}.{as_of.day}",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": name,
                "name": name,
                "contentUrl": f"{folder}{name}",
                "encodingFormat": kind,
                "sha256": sha256(files[f"data/{name}"]),
            }
            for name, kind in kinds.items()
        ],
        "recordSet": [_table(name, columns) for name, columns in WORDS["columns"].items()],
    }


def _table(name: str, columns: Mapping[str, str]) -> dict[str, Any]:
    table = name.removesuffix(".csv")
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table}/{column}",
                "name": column,
                "description": meaning,
                "dataType": "sc:Integer" if column in _NUMBERS else "sc:Text",
                "source": {"fileObject": {"@id": name}, "extract": {"column": column}},
            }
            for column, meaning in columns.items()
        ],
    }
