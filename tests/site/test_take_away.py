"""What is taken away opens elsewhere, says what the site says, and comes back whole."""

import csv
import hashlib
import io
import json
import logging
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from click.testing import CliRunner
from conftest import ADDRESS, ROOT, WEIGHT_LOSS, awaited, build
from factories import Example, small_base
from jsonschema import Draft202012Validator

from claimbook.cli import main
from claimbook.curation.changes import as_of
from claimbook.loading.load import load
from claimbook.rules.check import check
from claimbook.site import exports
from claimbook.vetting.receipts import base_hash

# mlcroissant uses what rdflib is about to replace
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def data(site: Path, name: str) -> Any:
    return json.loads((site / "data" / name).read_text(encoding="utf-8"))


# --- there and back -------------------------------------------------------------------------------

SAYS = ("cures", "eases", "ends", "prevents", "shortens")
LOW = {"rating": "low", "because": "Nobody could tell."}
TEN: Example = {
    "claims": [
        {
            "statement": f"A footbath {says} colds{where}.",
            "kind": "efficacy",
            "about": {"intervention": "footbath", "outcome": f"cold-{says}"},
            "truth": {"is": "no", "line": "No. Colds took as long with one."},
            "evidence": [f"trial/cold-{says}"],
            "occurrences": [
                {
                    "page": "clinic-a",
                    "quote": f"Our footbaths {says} every cold{where}, guaranteed",
                },
                {"page": "clinic-b", "quote": f"May help{where}", "cites": ["trial"]},
            ],
        }
        for says in SAYS
        for where in ("", " at home")
    ],
    "findings": {
        f"trial/cold-{says}": {"says": {"is": "no"}, "risk_of_bias": LOW} for says in SAYS
    },
}


def test_a_base_of_ten_claims_goes_out_and_comes_back(tmp_path: Path) -> None:
    folder, site = tmp_path / "base", tmp_path / "site"
    small_base(TEN, folder)
    claim = next(path for path in folder.glob("claims/*/*.yaml") if path.stem != "topic")
    claim.write_text(re.sub(r"(searched:\n)(\s+)", r"\1\2inboxes: [found]\n\2", claim.read_text()))
    (folder / "inbox").mkdir()
    (folder / "inbox" / "found.yaml").write_text(
        "where: an index\nquery: colds\nexports: [{day: 2001-12-31}]\nrecords: [{title: A}]\n"
    )
    done = build(site, root=folder, CLAIMBOOK_SNAPSHOTS="", CLAIMBOOK_FIGURES="")
    assert done.returncode == 0, done.stderr
    # to Datasette
    from datasette.app import Datasette  # slow to import, as the others below

    database = Datasette(immutables=[str(site / "data/claimbook.sqlite")])
    flagged = (
        "select count(distinct o.claim) as claims from flags f join flag_occurrences fo on "
        "fo.flag = f.id join occurrences o on o.id = fo.occurrence where f.rule = 'guarantee'"
    )
    assert rows(database, f"sql={flagged}") == [{"claims": 10}]
    # to a validator
    for name in (*exports.DATA, "versions"):
        Draft202012Validator(data(site, f"{name}.schema.json")).validate(data(site, f"{name}.json"))
    assert not croissant(site).metadata.ctx.issues.errors
    # and back
    with zipfile.ZipFile(site / "data/records.zip") as archive:
        archive.extractall(tmp_path / "back")
    assert base_hash(tmp_path / "back") == base_hash(folder)
    report = check(load(tmp_path / "back", tmp_path, tmp_path), today=as_of(folder))
    assert len(report.base.claims) == 10
    for name in exports.DATA:
        assert exports.table(name, report) == data(site, f"{name}.json")


def rows(database: Any, query: str) -> Any:
    async def ask() -> Any:
        response = await database.client.get(f"/claimbook.json?_shape=array&{query}")
        return response.json()

    return awaited(ask())


def test_the_records_of_a_site_are_those_of_its_base(
    site: Path, weight_loss_site: Path, tmp_path: Path
) -> None:
    for root, of in ((ROOT, site), (WEIGHT_LOSS, weight_loss_site)):
        with zipfile.ZipFile(of / "data/records.zip") as archive:
            for name in archive.namelist():
                assert archive.read(name) == (root / name).read_bytes()
            archive.extractall(tmp_path / root.name)
        assert base_hash(tmp_path / root.name) == base_hash(root)
        done = CliRunner().invoke(
            main, ["check", "--root", str(tmp_path / root.name), "--no-cache"]
        )
        assert done.exit_code == 0, done.output


# --- the data set ---------------------------------------------------------------------------------


def croissant(site: Path) -> Any:
    import mlcroissant

    logging.disable(logging.WARNING)  # recommended, and not known: when it was published
    try:
        return mlcroissant.Dataset(jsonld=site / "data/croissant.json")
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", ["claims", "board"])
def test_the_tables_load_as_they_are_described(site: Path, name: str) -> None:
    import pandas

    text = (site / f"data/{name}.csv").read_text(encoding="utf-8-sig")
    expected = list(csv.DictReader(io.StringIO(text)))
    loaded = list(croissant(site).records(name))
    assert len(loaded) == len(expected)
    for row, written in zip(loaded, expected, strict=True):
        assert [key.removeprefix(f"{name}/") for key in row] == list(written)
        for key, value in row.items():
            text = written[key.removeprefix(f"{name}/")]
            empty = not text and not pandas.notna(value)
            assert empty or value == text.encode() or str(value) == text


def test_every_data_file_is_listed_with_its_digest(site: Path, addressed_site: Path) -> None:
    described = data(site, "croissant.json")
    assert "url" not in described
    for each in described["distribution"]:
        content = (site / "data" / each["contentUrl"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
    described = data(addressed_site, "croissant.json")
    assert described["url"] == f"{ADDRESS}/index.html"
    for each in described["distribution"]:
        assert each["contentUrl"] == f"{ADDRESS}/data/{each['name']}"


def test_every_data_file_is_explained(site: Path) -> None:
    page = (ROOT / "docs/method/data.md").read_text(encoding="utf-8")
    for path in sorted((site / "data").iterdir()):
        assert f"(../data/{path.name})" in page, path.name


# --- the feed of reviews --------------------------------------------------------------------------


@pytest.mark.parametrize("addressed", [False, True])
def test_the_feed_holds_every_review_with_its_answer_and_its_address(
    site: Path, addressed_site: Path, addressed: bool
) -> None:
    of = addressed_site if addressed else site
    feed = data(of, "claim-reviews.json")
    means = {term["name"] for term in feed["about"]["hasDefinedTerm"]}
    claims = data(of, "claims.json")
    reviews = [each["item"] for each in feed["dataFeedElement"]]
    assert len(reviews) >= len(claims) * (not addressed)
    for review in reviews:
        assert review["@type"] == "ClaimReview"
        assert review["reviewBody"]
        assert review["reviewRating"]["alternateName"] in means
        assert "ratingValue" not in review["reviewRating"], "a verdict is never a number"
        whole = urljoin(f"{ADDRESS}/data/claim-reviews.json", review["url"])
        assert review["url"] == review["@id"]
        assert (review["url"] == whole) is addressed
        address, anchor = urldefrag(whole)
        html = (of / address.removeprefix(f"{ADDRESS}/")).read_text(encoding="utf-8")
        assert f'id="{anchor}"' in html
    lines = {
        r["itemReviewed"]["text"]: r["reviewBody"] for r in reviews if r["@id"].endswith("#truth")
    }
    told = {c["statement"]: c["truth"]["line"] for c in claims if c["truth"]}
    assert told.items() <= lines.items()
