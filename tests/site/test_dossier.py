"""A dossier holds all that concerns a claim, a page or a source, and opens without a network."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, WEIGHT_LOSS, violations
from playwright.sync_api import Page

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.records import UserError
from claimbook.rules.check import check
from claimbook.site import dossier
from claimbook.site.context import Context, environment
from claimbook.site.exports import Tables
from claimbook.site.file_formats import zipped


@pytest.fixture(scope="module")
def judged() -> Context:
    return Context(check(load(WEIGHT_LOSS)))


Files = Callable[[str], dict[str, bytes]]


def made(judged: Context) -> Files:
    """What makes the files of the dossier of an address."""
    tables, engine = Tables(judged.report), environment(judged.report)

    def files(address: str) -> dict[str, bytes]:
        about = dossier.subject(address, judged)
        return dossier.files(about, judged, tables, WEIGHT_LOSS, engine, "0" * 64)

    return files


@pytest.fixture(scope="module")
def files_of(judged: Context) -> Files:
    return made(judged)


def test_every_record_has_one_whose_manifest_holds(judged: Context, files_of: Files) -> None:
    for address in dossier.addresses(judged.base):
        files = files_of(address)
        manifest = json.loads(files.pop("manifest.json"))
        assert manifest["about"] == address
        assert manifest["files"] == {
            name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())
        }
        kind, _, name = address.partition("/")
        held = {row["id"] for row in json.loads(files[f"data/{kind}.json"])}
        assert name in held
        for record in (name for name in files if name.startswith("records/")):
            assert files[record] == (WEIGHT_LOSS / record.removeprefix("records/")).read_bytes()


def test_a_claim_brings_its_sources_and_pages(judged: Context, files_of: Files) -> None:
    for claim in judged.base.claims.values():
        files = files_of(f"claims/{claim.id}")
        sources = {judged.base.findings[link.finding].source for link in claim.evidence}
        assert sources <= {row["id"] for row in json.loads(files["data/sources.json"])}
        pages = {row["id"] for row in json.loads(files["data/pages.json"])}
        assert pages == {one.page for one in claim.occurrences}
        html = files["dossier.html"].decode()
        assert all(one.quote.split()[0] in html for one in claim.occurrences)
        assert all(key in files["references.bib"].decode() for key in sources)


def test_a_source_nobody_uses_still_tells_its_findings(judged: Context, files_of: Files) -> None:
    for key, source in judged.base.sources.items():
        html = files_of(f"sources/{key}")["dossier.html"].decode()
        for finding in source.findings:
            assert (finding.where or "") in html


def test_the_same_records_give_the_same_bytes(judged: Context) -> None:
    first, second = (zipped(made(judged)("claims/shot-lowers-weight")) for _ in "ab")
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert "dossier.html" in archive.namelist()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("claims/shot-lowers-wait", "did you mean 'shot-lowers-weight'?"),
        ("shot-lowers-wait", "did you mean 'shot-lowers-weight'?"),
        ("x", "write claims/ID, pages/ID or sources/KEY"),
        ("rules/x", "write claims/ID, pages/ID or sources/KEY"),
    ],
)
def test_what_is_not_there_is_said(judged: Context, address: str, told: str) -> None:
    with pytest.raises(UserError, match=re.escape(told)):
        dossier.subject(address, judged)


def test_a_name_will_do_where_it_is_of_one_record(judged: Context) -> None:
    for address in ("claims/nausea", "pages/example-clinic-north", "sources/imaginary-trial-a"):
        assert dossier.subject(address.partition("/")[2], judged).address == address
    pages = {**judged.base.pages, "nausea": judged.base.pages["example-clinic-north"]}
    twice = Context(check(replace(judged.base, pages=pages)))
    with pytest.raises(UserError, match="'nausea' is ambiguous; write claims/nausea or pages/n"):
        dossier.subject("nausea", twice)


def test_the_command_writes_a_zip_or_a_page(tmp_path: Path) -> None:
    for name, start in (("x.zip", b"PK"), ("x.html", b"<!doctype html>")):
        done = CliRunner().invoke(
            main,
            [
                "dossier",
                "claims/shot-lowers-weight",
                "--root",
                str(WEIGHT_LOSS),
                "--out",
                str(tmp_path / name),
            ],
        )
        assert done.exit_code == 0, done.output
        assert (tmp_path / name).read_bytes().startswith(start)
    for arguments in (
        ["claims/x"],
        ["claims/shot-lowers-weight", "--out", str(tmp_path / "x.pdf")],
    ):
        done = CliRunner().invoke(main, ["dossier", *arguments, "--root", str(WEIGHT_LOSS)])
        assert done.exit_code == 2
    assert not (tmp_path / "x.pdf").exists()


def test_the_page_opens_alone_and_is_accessible(site: Path, browser: Page, tmp_path: Path) -> None:
    archive = site / "dossiers/claims/relief-in-up-to-77-of-100.zip"
    with zipfile.ZipFile(archive) as held:
        held.extract("dossier.html", tmp_path)
        record = held.read("records/claims/response/relief-in-up-to-77-of-100.yaml")
    assert record == (ROOT / "claims/response/relief-in-up-to-77-of-100.yaml").read_bytes()
    asked: list[str] = []
    browser.on("request", lambda request: asked.append(request.url))
    for width in (1280, 390):
        browser.set_viewport_size({"width": width, "height": 900})
        browser.goto((tmp_path / "dossier.html").as_uri())
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert len(asked) == 2
    assert violations(browser) == []
    link = browser.goto((site / "claims/relief-in-up-to-77-of-100.html").as_uri())
    assert link
    href = browser.get_by_role("link", name="Dossier of this claim").get_attribute("href")
    assert (site / "claims" / (href or "")).resolve() == archive.resolve()
