"""The site while records are written: what browsers ask for is made from the records as they are."""

import shutil
from pathlib import Path

import pytest
from conftest import WEIGHT_LOSS

from claimbook.records import LoadError
from claimbook.site.preview import Preview

RECORD, PAGE = "claims/approved-uses/balloon-time.yaml", "claims/balloon-time.html"


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    base, folder = tmp_path / "base", tmp_path / "site"
    shutil.copytree(WEIGHT_LOSS, base)
    folder.mkdir()
    return Preview(folder, base)


def change(preview: Preview, old: str, new: str) -> None:
    record = preview.root / RECORD
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new), encoding="utf-8")


def test_only_what_is_asked_for_is_made(preview: Preview) -> None:
    assert not list(preview.folder.iterdir())
    for address in (
        PAGE,
        "assets/claimbook.css",
        "method/index.html",
        "pages/example-clinic-north.csv",
    ):
        preview.make(address)
        assert (preview.folder / address).stat().st_size > 500
    preview.make("claims/no-such-claim.html")
    made = {path.relative_to(preview.folder).parts[0] for path in preview.folder.rglob("*.html")}
    assert made == {"claims", "method"}
    assert not (preview.folder / "claims/no-such-claim.html").exists()


def test_a_page_is_as_the_records_are(preview: Preview) -> None:
    page = preview.folder / PAGE
    preview.make(PAGE)
    assert "A balloon stays in for 6 months" in page.read_text(encoding="utf-8")
    change(preview, "statement: A balloon stays in for", "statement: Balloons stay in for")
    preview.read()
    preview.make(PAGE)
    assert "Balloons stay in for 6 months" in page.read_text(encoding="utf-8")


def test_an_unsound_record_shows_nothing_new(preview: Preview) -> None:
    change(preview, "statement:", "statment:")
    with pytest.raises(LoadError, match="unknown key 'statment'"):
        preview.read()
    preview.make(PAGE)
    assert "A balloon stays in" in (preview.folder / PAGE).read_text(encoding="utf-8")


def test_what_is_gone_is_not_shown(preview: Preview) -> None:
    page = preview.folder / "claims/withdrawn-long-ago.html"
    page.parent.mkdir()
    page.write_text("an older preview")
    preview.make("claims/withdrawn-long-ago.html")
    preview.make("claims")
    assert not page.exists()
