"""PubMed's XML: read without a document type, entities or anything from outside the file."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from claimbook.curation.citation import Citation, citation, group, pages
from claimbook.records import Location, Problem

MAX_DEPTH = 60
_LINE = "line"  # under this attribute every element carries its line
_RECORDS = ("PubmedArticle", "MedlineCitation", "PubmedBookArticle", "BookDocument")


class _RefusedError(Exception):
    """The file declares what no record needs."""


def read(content: bytes, file: str) -> Iterator[Citation | Problem]:
    """The records of PubMed XML (`PubmedArticleSet`, books among them)."""
    parser = expat.ParserCreate()
    try:
        root = _tree(parser, content)
    except _RefusedError as refused:
        place = Location(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        yield Problem(place, str(refused), "such a file is not read")
        return
    except (expat.ExpatError, LookupError) as error:  # LookupError: an unknown encoding
        place = Location(file, getattr(error, "lineno", 1), getattr(error, "offset", 0) + 1)
        said = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
        yield Problem(place, f"not valid XML: {said}", "export it again")
        return
    records = list(_records(root))
    if not records:
        message = f"<{root.tag}> is not PubMed's XML"
        yield Problem(Location(file), message, "export it from PubMed as XML, or as PubMed (nbib)")
    for record in records:
        yield _citation(record, Location(file, int(record.get(_LINE, 1))))


def _tree(parser: Any, content: bytes) -> Element:
    """The elements of a file, each with its line.

    Raises:
        _RefusedError: it declares entities, refers to something outside itself, or is too deep.
        ExpatError: it is not well formed.
    """
    builder = TreeBuilder()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _RefusedError(f"elements more than {MAX_DEPTH} deep")
        builder.start(tag, {**attributes, _LINE: str(parser.CurrentLineNumber)})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def refuse_entity(name: str, *_: object) -> None:
        raise _RefusedError(f"the file declares the entity {name!r}")

    def refuse_outside(*_: object) -> int:
        raise _RefusedError("the file refers to something outside itself")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse_entity
    parser.UnparsedEntityDeclHandler = refuse_entity
    parser.ExternalEntityRefHandler = refuse_outside
    parser.SkippedEntityHandler = refuse_outside
    parser.Parse(content, True)
    return builder.close()


def _records(root: Element) -> Iterator[Element]:
    """The outermost records: an article with its identifiers, or a citation that stands alone."""
    if root.tag in _RECORDS:
        yield root
    else:
        for child in root:
            yield from _records(child)


def _citation(record: Element, at: Location) -> Citation | Problem:
    documents = (e for e in (record, *record) if e.tag in ("MedlineCitation", "BookDocument"))
    within = next(documents, record)

    def text(path: str, where: Element = within) -> str | None:
        element = where.find(path)
        return " ".join("".join(element.itertext()).split()) if element is not None else None

    ids = [
        *within.findall("Article/ELocationID"),
        *record.findall("PubmedData/ArticleIdList/ArticleId"),
        *within.findall("ArticleIdList/ArticleId"),
    ]

    def identifier(kind: str) -> str | None:
        of_kind = (
            element.text
            for element in ids
            if kind in (element.get("IdType"), element.get("EIdType"))
            and element.get("ValidYN") != "N"
        )
        return next((each for each in of_kind if each), None)

    article = within.find("Article")
    if article is None:
        article = within
    issue = "Journal/JournalIssue/"
    first = text("Pagination/StartPage", article)
    medline_pages = text("Pagination/MedlinePgn", article)
    title = text("ArticleTitle", article) or text("VernacularTitle", article)
    book = text("Book/BookTitle")
    fields = {
        "title": title or book,
        "booktitle": book if title else None,
        "journal": text("Journal/Title", article) or text("Journal/ISOAbbreviation", article),
        "year": text(f"{issue}PubDate/Year", article)
        or text(f"{issue}PubDate/MedlineDate", article)
        or text("ArticleDate/Year", article)
        or text("Book/PubDate/Year"),
        "volume": text(f"{issue}Volume", article),
        "number": text(f"{issue}Issue", article),
        "pages": pages(medline_pages) or pages(first, text("Pagination/EndPage", article)),
        "publisher": text("Book/Publisher/PublisherName"),
        "doi": identifier("doi"),
        "pmid": text("PMID"),
        "pmcid": identifier("pmc"),
    }
    lists = [*article.findall("AuthorList"), *within.findall("Book/AuthorList")]
    people: dict[str, list[str]] = {"author": [], "editor": []}
    for authors in lists:
        role = "editor" if authors.get("Type") == "editors" else "author"
        people[role] += filter(None, map(_name, authors.findall("Author")))
    kinds = [e.text for e in article.iter("PublicationType") if e.text]
    links = [
        link.get("RefType", "")
        for link in within.findall("CommentsCorrectionsList/CommentsCorrections")
    ]
    kind = "article" if fields["journal"] else "incollection" if title and book else "book"
    return citation(kind, fields, people, at, kinds, links)


def _name(author: Element) -> str:
    parts = {part.tag: " ".join("".join(part.itertext()).split()) for part in author}
    last, first = parts.get("LastName"), parts.get("ForeName") or parts.get("Initials")
    if last and first:
        return ", ".join(filter(None, (last, parts.get("Suffix"), first)))
    return group(parts.get("CollectiveName") or last or first or "")
