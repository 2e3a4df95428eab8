"""Builds the site in memory: every page and every other file, by path."""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import yaml

from claimbook.curation.changes import as_of, load_with_changes
from claimbook.curation.history import histories
from claimbook.loading.bibtex_file import citations
from claimbook.loading.record_files import INBOXES, JUDGED
from claimbook.loading.schemas import data_schemas
from claimbook.records import Base, UserError
from claimbook.rules.check import Report, check
from claimbook.site import bill_of_materials, board, dossier, exports, json_ld, pyodide_bundle
from claimbook.site.claims import suggestions
from claimbook.site.clinic_pages import additions
from claimbook.site.context import Context, environment
from claimbook.site.file_formats import FileContent, as_json, ris, zipped
from claimbook.site.nanopublications import nanopublications, vocabulary
from claimbook.site.pages import SitePage, files, render_pages
from claimbook.site.sqlite_file import datasette_metadata, sqlite_file
from claimbook.site.versions import VERSIONS, versions
from claimbook.vetting.evaluation import measure, passages
from claimbook.vetting.receipts import base_hash, files_of
from claimbook.vetting.vet import Vetter


@dataclass(frozen=True)
class Site:
    """What is to be written: the judged base, its pages and all other files by path."""

    report: Report
    pages: Mapping[str, SitePage]
    files: Mapping[str, FileContent]


def build(root: Path, preview: bool = False) -> Site:
    """Read, check and render a base.

    Args:
        preview: leave out what is made from the whole base and can wait: dossiers, data files, the
            versions of claims, and how well drafts are read.

    Raises:
        LoadError: the base is unsound.
        UserError: a rule finds an error in our own records.
    """
    base = load_with_changes(root)  # read files, make records, resolve references
    report = check(base, today=as_of(root))  # appraise the evidence, judge every passage
    if report.faults:
        raise UserError(*map(str, report.faults))
    vetter = Vetter(base)
    bundle, checker = _bundle(vetter, root)
    context = Context(
        report,
        citations(base.references.values()),
        _record_sources(base, root),
        suggestions(report, vetter.clean),
        additions(report, lambda: vetter.disclosure_lines),
        checker,
        address=_address(),
        corrections=os.environ.get("CLAIMBOOK_CORRECTIONS", "").strip(),
    )
    if preview:
        pages = render_pages(context)
        return Site(report, pages, {**bundle, **files(context, pages)})
    tables = exports.Tables(report)
    measured = _evaluation(vetter, root / "tests" / "gold" / "unseen.yaml")
    context = replace(context, measured=measured, versions=versions(report, tables))
    pages = render_pages(context)
    downloads = {path: file for page in pages.values() for path, file in page.downloads.items()}
    others: dict[str, FileContent] = {
        **bundle,
        **_data(context, tables, root, pages["index.md"]),
        **_dossiers(context, tables, root),
        **files(context, pages),
        **bill_of_materials.files(pyodide_bundle.PINS, pyodide_bundle.LICENCES),
    }
    return Site(report, pages, {**others, **downloads})


def _address() -> str:
    """Where the site stands, with a slash at its end; empty where that is not known."""
    address = os.environ.get("CLAIMBOOK_SITE_URL", "").strip()
    return address and f"{address.removesuffix('/')}/"


def _dossiers(context: Context, tables: exports.Tables, root: Path) -> dict[str, bytes]:
    engine, version = environment(context.report), base_hash(root)
    return {
        f"dossiers/{address}.zip": zipped(
            dossier.files(dossier.subject(address, context), context, tables, root, engine, version)
        )
        for address in dossier.addresses(context.base)
    }


def _bundle(vetter: Vetter, root: Path) -> tuple[Mapping[str, bytes], dict[str, Any] | None]:
    """What "Check your copy" runs; without npm the site is built without it, with a warning."""
    try:
        return pyodide_bundle.checker(vetter, root)
    except pyodide_bundle.NotHereError as error:
        print(f"warning: Check your copy is built without its checker: {error}", file=sys.stderr)
        return {}, None


def _record_sources(base: Base, root: Path) -> dict[str, dict[str, Any]]:
    """The file of each claim: its text, where it can be edited, and how it changed."""
    edit = os.environ.get("CLAIMBOOK_EDIT_URL", "").rstrip("/")
    files = [claim.at.file for claim in base.claims.values()]
    history = histories(base, root, files)
    return {
        file: {
            "text": (root / file).read_text(encoding="utf-8"),
            "edit": edit and f"{edit}/{file}",
            "history": history.get(file, ()),
        }
        for file in files
    }


def _evaluation(vetter: Vetter, held_out: Path) -> dict[str, Any]:
    """How well drafts are read, on held-out passages; empty where these are not at hand."""
    if not held_out.exists():
        return {}
    gold = yaml.load(held_out.read_bytes(), Loader=yaml.CSafeLoader)
    return measure(passages(gold), vetter).as_data()


def _data(
    context: Context, tables: exports.Tables, root: Path, front: SitePage
) -> dict[str, FileContent]:
    report, site = context.report, context.address
    shapes = {**exports.DATA, "versions": VERSIONS}
    ordered = [context.versions[name] for name in sorted(context.versions)]
    data: dict[str, Any] = {"versions.json": [VERSIONS.data(one, report) for one in ordered]}
    data |= data_schemas({name: shape.rows for name, shape in shapes.items()})
    feed = json_ld.feed(report, front.description)
    data["claim-reviews.json"] = (
        json_ld.absolute(feed, f"{site}data/claim-reviews.json") if site else feed
    )
    data["datasette.json"] = datasette_metadata(front.title, front.description)
    whole = files_of(root, (*JUDGED, INBOXES))  # claims name inboxes; reviews hold e-mail addresses
    records = {name: path.read_bytes() for name, path in whole.items()}
    references = [each for _, each in sorted(context.base.references.items())]
    files: dict[str, FileContent] = {
        "data/claimbook.sqlite": sqlite_file(context, tables),
        "data/claims.csv": exports.claims_csv(tables, report),
        "data/findings.csv": exports.findings_csv(tables, report),
        "data/passages.csv": exports.passages_csv(tables, report),
        "data/board.csv": board.board_csv(report),
        "data/nanopublications.trig": nanopublications(context),
        "data/records.zip": zipped(records),
        "data/references.bib": "\n".join(reference.text for reference in references),
        "data/sources.ris": "\n".join(map(ris, references)),
        "data/vocabulary.ttl": vocabulary(context),
        **{f"data/{kind}.json": tables.as_json(kind, rows) for kind, rows in tables.items()},
        **{f"data/{name}": as_json(value) for name, value in data.items()},
    }
    day = dossier.records_as_of(context.base)
    described = json_ld.croissant(front.title, front.description, site, day, files)
    return {**files, "data/croissant.json": as_json(described)}


def write_pages(site: Site, folder: Path, docs: Path) -> None:
    """Write the pages as Markdown, for any site generator, beside the prose in *docs*."""
    if docs.is_dir():
        shutil.copytree(docs, folder, dirs_exist_ok=True)
    markdown = {path: _front_matter(page) for path, page in site.pages.items()}
    for path, content in {**markdown, **site.files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())


def _front_matter(page: SitePage) -> str:
    """A page as a Markdown file: its title and description, and its HTML.

    Blank lines end a block of HTML in Markdown, so there are none.
    """
    head = json.dumps(  # escaped, as themes do not escape them
        {"title": escape(page.title), "description": escape(page.description)}, ensure_ascii=False
    )
    html = "".join(
        piece.replace("\n\n", "\n&#10;")
        if piece.startswith("<pre>")
        else re.sub(r"\n{2,}", "\n", piece)
        for piece in re.split(r"(<pre>.*?</pre>)", page.html, flags=re.DOTALL)
    )
    return f"---\n{head}\n---\n\n<div>\n{html}\n</div>\n"
