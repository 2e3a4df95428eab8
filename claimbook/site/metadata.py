"""The data files described as a data set, for search engines and loaders: Croissant.

Source: Croissant Format Specification 1.0, docs.mlcommons.org/croissant, read 2026-11-28.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from claimbook.site.file_formats import FileContent, sha256
from claimbook.site.json_ld import DISTRIBUTION, LICENCE, PROJECT
from claimbook.site.words import WORDS

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
        title: of the site.
        about: the site in a sentence.
        site: where it stands; empty where that is not known, and then no address is told.
        as_of: the newest day in the records.
        files: what each file holds, by its path below the site's root.
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
