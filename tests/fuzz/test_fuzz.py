"""Whatever is in a file, it is read or refused with a reason: changed seeds, and nothing but bytes.

`make fuzz` tries thousands of each; the tests try a few. What once failed becomes a seed.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import WEIGHT_LOSS
from hypothesis import given
from hypothesis import strategies as st

from claimbook.loading import bibtex_file
from claimbook.loading.load import load
from claimbook.loading.serialize import for_vetting, pack
from claimbook.records import LoadError, Problem
from claimbook.rules.check import check
from claimbook.site import exports, file_formats
from claimbook.vetting.browser import Checker, vet_draft
from claimbook.vetting.drafts import files
from claimbook.vetting.drafts.draft import DraftError
from claimbook.vetting.formatters.html import as_html
from claimbook.vetting.formatters.json import result_data
from claimbook.vetting.formatters.text import as_text

SEEDS = {path.name: path.read_bytes() for path in Path(__file__).parent.joinpath("seeds").iterdir()}
DRAFTS = sorted(name for name in SEEDS if Path(name).suffix in files.ENDINGS)
RECORDS = sorted(
    path.relative_to(WEIGHT_LOSS).as_posix()
    for folder in ("claims", "sources", "pages")
    for path in (WEIGHT_LOSS / folder).rglob("*.*")
)
DAY = date(2026, 11, 28)
TOKENS = (
    b"<", b">", b"</p>", b"<!--", b"-->", b"<sup>", b'"', b"'", b"[", b"](", b"{", b"}", b"@", b"\\", b"%", b"#", b"- ", b": ",
    b"\n", b"\r\n", b"\n\n", b"\t", b"|", b"`", b"*", b"&amp;", b"&#x200b;", b"\xc2\xad", b"\xe2\x80\xae", b"\xe2\x80\x99",
    b"\xff", b"\0", b"0", b"9" * 30, b"1,", b"not ", b"no ", b"cures ", b"up to ", b"% of ", b"? Yes.", b"null", b"&a", b"!!x",
)  # fmt: skip


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(pack(for_vetting(load(WEIGHT_LOSS))), "{}")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz") / "base"
    shutil.copytree(WEIGHT_LOSS, folder)
    return folder


@st.composite
def changed(draw: st.DrawFn, seed: bytes) -> bytes:
    """A seed with a few parts taken out, said twice or replaced."""
    content = seed
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(start + draw(st.integers(0, 60)), len(content))
        twice = st.just(content[start:end] * 2)
        new = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6), twice))
        content = content[:start] + new + content[end:]
    return content


@pytest.mark.parametrize("name", DRAFTS)
@given(data=st.data())
def test_drafts(name: str, data: st.DataObject, checker: Checker) -> None:
    content = data.draw(st.one_of(changed(SEEDS[name]), st.binary(max_size=200)))
    refused: DraftError | None = None
    try:
        draft = files.draft(content, name, Path(name).suffix)
    except DraftError as error:
        refused = error
    if refused:
        assert str(refused).startswith(f"{name}: ")
        return
    result = vet_draft(draft, checker.vetter, DAY)
    for sentence in result.vetted.sentences:
        assert draft.text[sentence.start : sentence.end] == sentence.text
        start, end = draft.place(sentence.start, sentence.end)
        assert start <= end
        assert end.line <= draft.source.count("\n") + 1
    assert json.dumps(result_data(result)).isascii()
    assert "".join(as_text([result], checker.base)).encode()
    assert "".join(as_html([result], checker.base, "1", DAY)).encode()


@given(data=st.data())
def test_what_is_pasted(data: st.DataObject, checker: Checker) -> None:
    seed = SEEDS[data.draw(st.sampled_from(DRAFTS))]
    content = data.draw(st.one_of(changed(seed), st.text(max_size=200).map(str.encode)))
    answer = json.loads(checker.vet(content))
    if "error" not in answer:
        report = json.loads(answer["report"])
        numbers = {number for _, number in answer["pieces"] if number is not None}
        assert numbers <= set(range(len(report["sentences"])))
        assert len(answer["sentences"]) == len(report["sentences"])


@given(content=st.one_of(changed(SEEDS["references.bib"]), st.binary(max_size=200)))
def test_references(content: bytes) -> None:
    references, problems = bibtex_file.read(content, "references.bib")
    assert all(str(problem).startswith("references.bib:") for problem in problems)
    if not problems:
        assert bibtex_file.citations(references.values()).keys() == references.keys()
        assert all(map(file_formats.ris, references.values()))


@given(data=st.data())
def test_records(data: st.DataObject, base: Path) -> None:
    """A changed record is refused with a place in it, or is judged and written out as data."""
    name = data.draw(st.sampled_from(RECORDS))
    sound = (WEIGHT_LOSS / name).read_bytes()
    (base / name).write_bytes(data.draw(changed(sound)))
    problems: list[Problem] = []
    try:
        report = check(load(base, base / "none", base / "none"))
        assert exports.check_result(report)["summary"]
        tables = exports.Tables(report)
        assert all((exports.claims_csv(tables, report), exports.findings_csv(tables, report)))
        assert exports.passages_csv(tables, report)
    except LoadError as error:
        problems = error.problems
    finally:
        (base / name).write_bytes(sound)
    for problem in problems:
        assert problem.at.line >= 1 <= problem.at.column
        assert str(problem).encode()
