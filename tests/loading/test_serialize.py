"""A packed base is the base, without what is not ours to pass on; and what it is for: a quick start."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, WEIGHT_LOSS
from hypothesis import given
from hypothesis import strategies as st

from claimbook.loading.load import load
from claimbook.loading.serialize import for_vetting, pack, unpack
from claimbook.records import (
    Amount,
    Base,
    Change,
    Claim,
    ConceptSet,
    Effect,
    Interval,
    Page,
    Reference,
    Share,
    Source,
    VagueTerm,
    Value,
    Vocabulary,
    YesNo,
)  # fmt: skip
from claimbook.vetting.results import as_data
from claimbook.vetting.vet import Vetter

DRAFT = "The weekly shot cures 90% of obesity. People lose 20 to 30 kg with it. It is approved. We are open.\n"
EMPTY = Base(Vocabulary({}, {}), {}, {}, {}, {}, {})


@pytest.fixture(scope="module", params=[ROOT, WEIGHT_LOSS], ids=["real", "weight-loss"])
def base(request: pytest.FixtureRequest) -> Base:
    return load(request.param)


def test_a_base_comes_out_as_it_went_in(base: Base) -> None:
    base = replace(base, texts={"a": "Text \ud800 \u2028 😀"}, figures={"b": ("1%", "2%")})
    made = unpack(pack(base))
    assert made == base
    assert pack(made) == pack(base)
    assert list(made.claims) == list(base.claims), "the order counts too"
    assert made.vocabulary.above == base.vocabulary.above
    for claim in base.claims.values():  # what equality leaves out
        assert made.claims[claim.id].about.at == claim.about.at
        assert [type(domain) for domain in made.claims[claim.id].certainty] == [
            type(domain) for domain in claim.certainty
        ]
    json.loads(pack(base), parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


_NUMBERS = st.floats(allow_nan=False) | st.integers(-(10**30), 10**30).map(float)
st.register_type_strategy(
    Interval, st.builds(Interval, _NUMBERS, _NUMBERS, st.booleans(), st.booleans())
)
st.register_type_strategy(
    Value, st.one_of(*map(st.from_type, (Effect, Share, Amount, YesNo, ConceptSet)))
)
_RECORDS = {"claims": Claim, "sources": Source, "pages": Page, "references": Reference}


@given(
    st.fixed_dictionaries(
        {
            field: st.dictionaries(st.text(max_size=3), st.from_type(kind), max_size=2)
            for field, kind in _RECORDS.items()
        }
    )
)
def test_any_records_come_out_as_they_went_in(records: dict[str, dict[str, object]]) -> None:
    base = replace(EMPTY, **records)  # type: ignore[arg-type]
    assert unpack(pack(base)) == base


@given(st.from_type(Value))
def test_any_value_comes_out_as_it_went_in(value: Value) -> None:
    base = replace(EMPTY, vocabulary=Vocabulary({}, {"w": VagueTerm("w", value, "because")}))
    made = unpack(pack(base)).vocabulary.words["w"].means
    assert (made, repr(type(made))) == (value, repr(type(value)))


def test_what_is_not_ours_is_left_out_and_nothing_else_is_missed(base: Base) -> None:
    page = Page("p", "Clinic", "Title", date(2001, 1, 1), "0" * 64)
    held = for_vetting(
        replace(
            base,
            texts={"p": "A long text."},
            snapshots={"p": "A long text."},
            pages={**base.pages, "p": page},
            changes={"f": (Change(date(2001, 1, 1), frozenset({"anna@example.org"})),)},
        )
    )
    assert "A long text." not in pack(held)
    assert "anna@example.org" not in pack(held)
    assert not any(page.passed_over for page in held.pages.values())
    assert held.claims == base.claims
    some = list(base.claims.values())[::8]
    text = DRAFT + " ".join(claim.statement for claim in some)
    assert as_data(Vetter(unpack(pack(for_vetting(base)))).vet(text)) == as_data(
        Vetter(base).vet(text)
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: "",
        lambda data: data[: len(data) // 2],
        lambda data: "[]",
        lambda data: "{}",
        lambda data: json.dumps({**json.loads(data), "rows": []}),
        lambda data: json.dumps({**json.loads(data), "rows": json.loads(data)["rows"][:-1]}),
        lambda data: json.dumps({**json.loads(data), "rows": [["system", "echo run"]]}),
        lambda data: json.dumps({**json.loads(data), "rows": [["Location", [7]]]}),
        lambda data: json.dumps({**json.loads(data), "rows": [["Verdict", "no such"]]}),
        lambda data: data.replace('"statement"', '"statements"', 1),
    ],
)
def test_damaged_data_is_refused(damage: object) -> None:
    with pytest.raises(ValueError, match=r"packed|Expecting|Unterminated|not a valid|delimiter"):
        unpack(damage(pack(EMPTY)))  # type: ignore[operator]


# --- the command line -------------------------------------------------------------------------------------------------


def vet(base: Path, draft: Path, *python: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *python, "-m", "claimbook", "vet", str(draft), "--root", str(base), "--format", "json", "--fail-on", "never"],
        env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    """A copy of a base that nobody has changed for long, so that results are kept."""
    base = tmp_path / "base"
    shutil.copytree(WEIGHT_LOSS, base, ignore=shutil.ignore_patterns(".claimbook-cache"))
    for path in base.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    time.sleep(2.1)  # no other time of a file can be put back
    return base


def test_a_second_start_reads_no_yaml_and_says_the_same(settled: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    first = vet(settled, draft)
    assert (first.returncode, first.stderr) == (0, "")
    again = vet(settled, draft, "-X", "importtime")
    assert again.stdout == first.stdout
    if (
        settled / ".claimbook-cache/base"
    ).is_file():  # not where the engine itself was changed within two seconds
        assert not [
            line
            for line in again.stderr.splitlines()
            if line.rpartition("|")[2].strip().split(".")[0] in ("yaml", "pydantic", "pybtex")
        ]
        (settled / ".claimbook-cache/base").write_text("spoilt", encoding="utf-8")
        assert vet(settled, draft).stdout == first.stdout
    claim = settled / "claims/approved-uses/balloon-time.yaml"
    claim.write_text(
        claim.read_text(encoding="utf-8").replace("statement:", "statment:"), encoding="utf-8"
    )
    broken = vet(settled, draft)
    assert broken.returncode == 2
    assert "did you mean 'statement'?" in broken.stderr
