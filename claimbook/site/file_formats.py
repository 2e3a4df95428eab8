"""How the site's files are written: the same bytes for the same content."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from claimbook.records import Reference
from claimbook.site.words import WORDS

FileContent = str | bytes
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name
# Full width as well: spreadsheets run it. Source: OWASP, on formulas in CSV.
_FORMULA = re.compile(r"\t|\s*[-=+@\uff0d\uff1d\uff0b\uff20]")


def _cell(cell: Any) -> Any:
    text = str(cell).replace("\r", " ")  # the one sign that ends a row and is not quoted
    return f"'{text}" if _FORMULA.match(text) else text if isinstance(cell, str) else cell


def csv_file(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table for spreadsheets; what they would run as a formula is quoted.

    The first character tells them that it is UTF-8.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(map(_cell, row))
    return out.getvalue()


def ris(reference: Reference) -> str:
    """A reference as one RIS record, a line per tag, in plain text.

    People are written as BibTeX has them, the family name first; "and others" names nobody.
    PubMed's numbers stand where PubMed's own RIS has them.
    """
    types, first, addresses = (WORDS["ris"][part] for part in ("types", "fields", "addresses"))
    fields = {name: value for name, value in reference.fields.items() if value}
    kind = types.get(reference.type.lower(), "ELEC" if "url" in fields else "GEN")
    lines = [("TY", kind), ("ID", reference.key)]
    for tag, role in (("AU", "author"), ("ED", "editor")):
        people = (name for name in reference.persons.get(role, ()) if name != "others")
        lines += [(tag, name) for name in people]
    for tag, names in first.items():
        lines += [(tag, fields[n]) for n in names.split() if n in fields][:1]
    pages = re.split(r"\s*[-–—]+\s*", fields.get("pages", ""), maxsplit=1)
    lines += [(tag, page) for tag, page in zip(("SP", "EP"), pages, strict=False)]
    lines += [(tag, fields.get(name, "")) for tag, name in addresses.items()]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def as_json(data: Any) -> str:
    """Plain data, a line for each part."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # on every system as on Unix
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sha256(content: FileContent) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
