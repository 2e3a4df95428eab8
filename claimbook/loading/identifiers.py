"""DOIs and PubMed ids, each in one spelling, by which a publication is known."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

DOI, PMID = "DOI", "PMID"
_DOI = re.compile(r"10\.\d+(?:\.\d+)*/\S+")
_NOTED_PMID = re.compile(r"PMID:? ?(\d+)")
_PMID = re.compile(r"0*([1-9]\d*)(?:\.0)?", re.ASCII)


def identifiers(fields: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The DOIs and PubMed ids in the fields of a reference, each in one spelling.

    Its own comes first, or is empty; those that its note names follow: records of several papers,
    and preprints, have the others there.
    """
    fields = {name.lower(): value for name, value in fields.items()}
    note = fields.get("note", "")
    return {
        DOI: (doi(fields.get("doi", "")), *map(doi, _DOI.findall(note))),
        PMID: (pmid(fields.get("pmid", "")), *map(pmid, _NOTED_PMID.findall(note))),
    }


def doi(text: str) -> str:
    """A DOI in small letters, without an address before it; empty where it is none.

    DOIs are the same in capitals: DOI Handbook, 2.4, doi:10.1000/182.
    """
    return printed_doi(text).lower()


def printed_doi(text: str) -> str:
    """A DOI as it is printed, without an address before it; empty where it is none."""
    match = _DOI.search(unquote(text))
    return match[0].rstrip(".,;") if match else ""


def doi_address(doi: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{doi}"


def pubmed_address(pmid: str) -> str:
    """Where PubMed has a publication."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def pmid(text: str) -> str:
    """A PubMed id; empty where it is none, which exports write as 0."""
    match = _PMID.fullmatch(text.strip())
    return match[1] if match else ""
