"""A version changes with all that a claim was judged by, with nothing else, and can be checked."""

import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import WEIGHT_LOSS
from factories import Example, small_base

from claimbook.loading.load import load
from claimbook.records import Base, Claim, Truth, parse_value
from claimbook.rules.check import check
from claimbook.site.build import build
from claimbook.site.exports import Tables
from claimbook.site.versions import versions

SHOT, TABLET = "shot-lowers-weight", "tablet-lowers-weight"
Change = Callable[[Base], Base]
UNDATED: Example = {
    "statement": "A tub holds water.",
    "kind": "mechanism",
    "about": {"intervention": "footbath"},
    "truth": {"is": "yes", "line": "A tub holds water."},
    "occurrences": [],
    "evidence": ["trial/water"],
    "findings": {
        "trial/water": {
            "says": {"is": "yes"},
            "risk_of_bias": {"rating": "low", "because": "It was seen."},
        }
    },
}


@pytest.fixture(scope="module")
def weight_loss() -> Base:
    return load(WEIGHT_LOSS, WEIGHT_LOSS / "snapshots", WEIGHT_LOSS / "figures")


def versions_of(base: Base) -> dict[str, str]:
    report = check(base)
    return {name: each.version for name, each in versions(report, Tables(report)).items()}


def with_claim(base: Base, claim: Claim) -> Base:
    return replace(base, claims={**base.claims, claim.id: claim})


def other_line(base: Base) -> Base:
    claim = base.claims[SHOT]
    assert claim.truth
    return with_claim(base, replace(claim, truth=Truth(claim.truth.is_, "Another line.")))


def stronger_words(base: Base) -> Base:
    claim = base.claims[SHOT]
    first, *others = claim.occurrences
    changed = replace(first, quote=f"{first.quote}, guaranteed")
    return with_claim(base, replace(claim, occurrences=(changed, *others)))


def another_figure(base: Base) -> Base:
    finding = base.findings[base.claims[SHOT].evidence[0].finding]
    source = base.sources[finding.source]
    changed = replace(finding, printed="9.99", says=parse_value({"effect": "increases"}))
    findings = tuple(changed if each is finding else each for each in source.findings)
    return replace(base, sources={**base.sources, source.id: replace(source, findings=findings)})


def another_claim(base: Base) -> Base:
    return with_claim(base, replace(base.claims["prices"], statement="Prices differ."))


def no_texts(base: Base) -> Base:
    assert base.snapshots
    return replace(base, texts={}, snapshots={}, figures={})


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        (other_line, True),
        (stronger_words, True),
        (another_figure, True),
        (another_claim, False),
        (no_texts, False),
    ],
)
def test_a_version_changes_with_what_a_claim_was_judged_by(
    weight_loss: Base, change: Change, moves: bool
) -> None:
    before, after = versions_of(weight_loss), versions_of(change(weight_loss))
    assert (before[SHOT] != after[SHOT]) is moves
    assert before[TABLET] == after[TABLET]


def test_a_version_is_the_digest_of_a_file_in_the_dossier(weight_loss_site: Path) -> None:
    listed = json.loads((weight_loss_site / "data/versions.json").read_text(encoding="utf-8"))
    claims = json.loads((weight_loss_site / "data/claims.json").read_text(encoding="utf-8"))
    assert [each["id"] for each in listed] == [each["id"] for each in claims]
    for each in listed:
        dossier = (weight_loss_site / f"dossiers/claims/{each['id']}.zip").read_bytes()
        with zipfile.ZipFile(io.BytesIO(dossier)) as archive:
            digest = hashlib.sha256(archive.read("claim.json")).hexdigest()
            manifest = json.loads(archive.read("manifest.json"))
            assert each["version"] in archive.read("dossier.html").decode()
        assert digest[:12] == each["version"]
        assert manifest["files"]["claim.json"] == digest
        html = (weight_loss_site / f"claims/{each['id']}.html").read_text(encoding="utf-8")
        assert f'id="version-{each["version"]}"' in html
        assert f"records as of {each['records_as_of']}" in html


def test_a_claim_without_a_day_is_cited_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody searched, no page says it, and no source was looked up."""
    monkeypatch.delenv("CLAIMBOOK_SNAPSHOTS", raising=False)
    monkeypatch.delenv("CLAIMBOOK_FIGURES", raising=False)
    folder = tmp_path / "base"
    small_base(UNDATED, folder)
    (claim,) = folder.glob("claims/*/claim-1.yaml")
    claim.write_text(re.sub(r"^searched:\n(  .*\n)+", "", claim.read_text(), flags=re.MULTILINE))
    site = build(folder)
    html = site.pages["claims/claim-1.md"].html
    assert re.search(r"claim claim-1, version [0-9a-f]{12}\.</span>", html)
    (listed,) = json.loads(site.files["data/versions.json"])
    assert listed["records_as_of"] is None
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(site.files["data/claimbook.sqlite"])  # type: ignore[arg-type]
        assert database.execute("SELECT records_as_of FROM claims").fetchall() == [(None,)]
    published = str(site.files["data/nanopublications.trig"])
    assert "sub:pubinfo" in published
    assert "dcterms:date" not in published
